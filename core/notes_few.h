/* SPDX-License-Identifier: Apache-2.0
 *
 * A table of a hundred thousand bad rows is one trouble, not as many. Of what a reader fails at in one input, kind by
 * kind (plugin, hook, code), the first hundred are told one by one; the others are one record, that of the first of
 * them, whose message says how many they are. Told of the whole run, behind the sorting, so that it does not hang on
 * how inputs were cut.
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
