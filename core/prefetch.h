/* SPDX-License-Identifier: Apache-2.0
 *
 * Asks the disk, ahead of time, for documents that a hook will probably view: those that the records it is about to be
 * given name. A guess that costs little: if fewer than half of the guesses come true fewer are made, then none; and
 * none are made while everything is in memory.
 */
#ifndef PREFETCH_H
#define PREFETCH_H

#include "work.h"

#define PREFETCH_NAMES 64u

/* Documents that some records name, and how often; what finds no room is left out. Zero n first. */
struct prefetch {
    assay_docid id[PREFETCH_NAMES];
    uint32_t times[PREFETCH_NAMES];
    uint32_t n;
};

/* 1: guesses are of use in what this process does now. */
int prefetch_wanted(struct run *);
/* Adds what a record names. `lists`: it is opened, so that its lists may be followed. */
void prefetch_add(struct prefetch *, const struct assay_fields *, const void *record, int lists);
/* Tells the disk. */
void prefetch_tell(struct run *, const struct prefetch *);

#endif
