/* SPDX-License-Identifier: Apache-2.0
 *
 * Keeps the list of failures readable: a table of a hundred thousand bad rows is one problem, not a hundred thousand.
 * Of the failures of one kind (plugin, hook, code) in one input the first hundred are listed; the rest become one
 * record, a copy of the first of them, whose message says how many there are. Done once for the whole run, after
 * sorting, so that the result does not depend on how inputs were cut into pieces.
 */
#ifndef NOTES_FEW_H
#define NOTES_FEW_H

#include <assay/layers/host.h>

#include "arena.h"
#include "record.h"

#define NOTES_FEW 100u

/* A failure as it is sorted. */
struct note_sorted {
    const void *record; /* struct assay_failure */
    const char *stored; /* the same, stored */
};

/* Joins what is too much of the `n` sorted failures; what is left stands first in `list`. New stored records are of the
 * arena. The new number, or UINT64_MAX: out of memory. */
uint64_t notes_few(struct note_sorted *list, uint64_t n, const struct shape *, struct arena *);

#endif
