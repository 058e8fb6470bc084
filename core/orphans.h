/* SPDX-License-Identifier: Apache-2.0
 *
 * Processes that plugins leave behind. A worker's group of processes ends with it; one that has left the group (a
 * daemon, setsid) would stay, and keep the host's outputs open. A worker therefore adopts its orphans, and ends them
 * before it ends itself, also where its host dies before it (pool.c). Those of a worker that dies without that become
 * the host's, and it ends them.
 */
#ifndef ORPHANS_H
#define ORPHANS_H

#include <stdint.h>
#include <sys/types.h>

/* From here on, orphans of what this process starts become its own children. */
void orphans_adopt(void);
/* The same, for a process whose children are not all its own doing: only where it has none so far, so that it cannot
 * take somebody else's for a stray. 0: it has some, and nothing is done. */
int orphans_adopt_alone(void);
/* From here on, no longer. */
void orphans_disown(void);
/* Ends all children of this process but the `n` in `but` (0 is nobody), and theirs. Best effort: it needs /proc. */
void orphans_end(const pid_t *but, uint32_t n);

#endif
