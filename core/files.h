/* SPDX-License-Identifier: Apache-2.0
 *
 * The file descriptors that a worker inherits from the host, and whether they are still the same: a plugin may close
 * one that is not its own, or all of them, and what it opens next gets their numbers.
 */
#ifndef FILES_H
#define FILES_H

#include <sys/types.h>

#include "arena.h"

/* What a descriptor leads to. */
struct file_id {
    dev_t device;
    ino_t inode;
};

/* -1: errno; of a negative descriptor it is not touched. */
int file_note(int fd, struct file_id *);
/* 1: the descriptor leads there. */
int file_is(int fd, const struct file_id *);

struct files {
    struct bytes noted;
};

/* Notes an open descriptor; -1 is passed over. 0: out of memory. */
int files_add(struct files *, int fd);
/* 1: all lead where they did. */
int files_kept(const struct files *);
/* The same of the first and of some others, which ones by `turn`: a run over many tasks has thousands. */
int files_kept_some(const struct files *, uint64_t turn);
void files_free(struct files *);

#endif
