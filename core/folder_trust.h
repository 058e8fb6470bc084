/* SPDX-License-Identifier: Apache-2.0
 *
 * Which finished tasks of a run folder need not be summed again: those whose file is, by its inode, size and times, the
 * one whose sum was right when a run last looked. DIR/verified has them. Whoever writes into a file changes its times,
 * and a copied folder is summed whole; against disks that lose bits by themselves one file in sixteen is summed
 * nevertheless, another sixteenth each run.
 */
#ifndef FOLDER_TRUST_H
#define FOLDER_TRUST_H

#include "folder.h"

/* After the files were listed, in order of names: sets `trusted` and what they were then. A damaged list is none. */
void folder_trust_read(struct folder *);
/* Writes down those that are used and trusted. Best effort. */
void folder_trust_write(const struct folder *);
/* 1: the open file is what it was. 0: it has to be summed; what it is now is noted. */
int folder_trusted(struct folder_file *, int fd);
struct stat;
struct folder_stamp folder_stamp(const struct stat *);

#endif
