/* SPDX-License-Identifier: Apache-2.0
 *
 * Resource limits of a worker process (open files, file size, memory). A plugin may lower one for good, and what fails
 * then is the next write of the host: hence a note of what they were, and a look whether they still are. Also: more
 * memory for a while, for one large document.
 */
#ifndef LIMITS_H
#define LIMITS_H

#include <stdint.h>
#include <sys/resource.h>

#define LIMITS_KEPT 4

struct limits {
    rlim_t at[LIMITS_KEPT];
};

void limits_note(struct limits *);
/* 1: none is lower than it was. */
int limits_kept(const struct limits *);

/* Lets this process have all the data that it may have at the most; gives the limit before, for limits_narrow, which
 * sets it again unless more is in use still. */
rlim_t limits_widen(void);
void limits_narrow(rlim_t);
/* Bytes of private data of this process. */
uint64_t limits_data(void);

#endif
