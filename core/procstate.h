/* SPDX-License-Identifier: Apache-2.0
 *
 * What a plugin's open must not change for the host and the other plugins, and sometimes does because a library behind
 * it does: the working folder, the file mask, signals, the locale, how numbers are rounded. Noted before, put back
 * after. What it prints meanwhile goes to stderr. What cannot be put back is told: files of the host that it closed,
 * threads that it left.
 */
#ifndef PROCSTATE_H
#define PROCSTATE_H

#include <signal.h>
#include <sys/types.h>

#include "files.h"

#define PROCSTATE_SIGNALS 5

struct procstate {
    int folder; /* a descriptor of it, or -1 */
    int out;    /* of stdout, or -1 */
    mode_t mask;
    sigset_t blocked;
    struct sigaction action[PROCSTATE_SIGNALS];
    struct files files; /* open before */
    unsigned threads;   /* before */
};

/* What a hook did that nobody can put back. */
struct procstate_harm {
    int closed;       /* 1: a file that was open before is closed, or another one */
    unsigned threads; /* that are there now and were not */
};

void procstate_save(struct procstate *);
/* Puts all back, and frees what save holds. */
struct procstate_harm procstate_restore(struct procstate *);
/* The rounding of numbers alone, after a hook: looks first, since that costs a few nanoseconds and setting it far
 * more. */
void procstate_rounding(void);

#endif
