/* SPDX-License-Identifier: Apache-2.0
 *
 * Moves the places in a document's records when a preparer replaces its text (set_text): spans follow their bytes, and
 * what was said of bytes that are gone goes with them.
 */
#ifndef DOCUMENT_MOVE_H
#define DOCUMENT_MOVE_H

#include <assay/host.h>

#include "arena.h"

/* The new text: its map to the old one, the runs by source (textmap_by_source). */
struct move {
    struct arena *arena; /* for lists that change */
    assay_docid id;      /* of the document */
    const struct assay_map *map;
    const uint32_t *order;
    uint64_t runs;
};

/* 1: a record of the table may hold places. */
int move_has_places(const struct assay_fields *);
/* Moves *count records of `size` bytes each, in place, without those whose own span is gone; sets *count. 0: out of
 * memory. */
int move_rows(const struct move *, const struct assay_fields *, char *rows, uint32_t *count, uint32_t size);

#endif
