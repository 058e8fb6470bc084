/* SPDX-License-Identifier: Apache-2.0
 *
 * Has the disk begin with documents that a hook is about to view: those that the records it is going to be given name.
 * Only a guess; where less than half of the guesses come true, fewer are made, or none, and none while nothing has to
 * be read.
 */
#ifndef AHEAD_H
#define AHEAD_H

#include "work.h"

#define AHEAD_NAMES 64u

/* Documents that some records name, and how often; what finds no room is left out. Zero n first. */
struct ahead {
    assay_docid id[AHEAD_NAMES];
    uint32_t times[AHEAD_NAMES];
    uint32_t n;
};

/* 1: guesses are of use in what this process does now. */
int ahead_wanted(struct run *);
/* Adds what a record names. `lists`: it is opened, so that its lists may be followed. */
void ahead_add(struct ahead *, const struct assay_fields *, const void *record, int lists);
/* Tells the disk. */
void ahead_tell(struct run *, const struct ahead *);

#endif
