/* SPDX-License-Identifier: Apache-2.0
 *
 * The order of a layer's records on their document: by SELF span, those without one first, then as they were made.
 */
#ifndef DOCUMENT_PLACE_H
#define DOCUMENT_PLACE_H

#include "record.h"

struct place {
    uint32_t begin, end, index, null; /* index: among the records as they were made; null: 1, there is no span */
};

struct place place_of(const struct shape *, const char *row, uint32_t index);
/* Brings rows into order. 0: out of memory. */
int place_sort(struct arena *, const struct shape *, char *rows, uint32_t count);
/* Index of the first record with the SELF span `place`, which stands at `index`. */
uint32_t place_first(const struct shape *, struct assay_list, uint32_t index, struct place);

#endif
