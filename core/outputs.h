/* SPDX-License-Identifier: Apache-2.0
 *
 * Where results go. An output is made beside its place as FOLDER/.NAME.assay-MACHINE-PID-WRITER and renamed when it is
 * whole. MACHINE tells machines and containers apart, so that what a killed run left can be told from what a run
 * elsewhere is just making in a shared folder.
 */
#ifndef OUTPUTS_H
#define OUTPUTS_H

#include <sys/types.h>

#include "arena.h"
#include "plan.h"

struct inputs;

/* In each folder that a run put in place: only such a folder, or an empty one, is ever replaced, and none is read
 * again. */
#define OUTPUTS_MARK ".assay"

/* Whether the writers' outputs can be put where they should go, as far as that can be known before: their folders are
 * there and can be written, and they are not what the run reads. Says all that is wrong. Also removes what dead runs
 * have left there. 0: something is wrong. */
int outputs_check(const struct plan *, const struct inputs *, struct diag *);

/* The name under which `path` is made. NULL: out of memory. */
char *output_shadow(struct arena *, const char *path, pid_t pid, uint32_t writer);
/* 1: an empty folder, or one that an earlier run put in place. */
int output_may_replace(const char *folder);
/* Syncs what was made and puts it in its place. -1: it cannot be (said), and what was made is gone. */
int output_place(const char *path, const char *shadow, struct diag *);
/* Removes a file or folder as deep as it goes. Never follows links. */
void output_drop(const char *path);

#endif
