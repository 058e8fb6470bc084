/* SPDX-License-Identifier: Apache-2.0
 *
 * Processes that plugins leave behind. A worker's group of processes ends with it; one that has left the group (a
 * daemon, setsid) would stay, and keep the host's outputs open. A worker therefore adopts its orphans, and ends them
 * before it ends itself.
 */
#ifndef STRAYS_H
#define STRAYS_H

/* From here on, orphans of what this process starts become its own children. */
void strays_adopt(void);
/* Ends all children of this process, and theirs. Best effort: it needs /proc. */
void strays_end(void);

#endif
