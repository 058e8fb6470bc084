/* SPDX-License-Identifier: Apache-2.0
 *
 * The map from a text to the bytes it came from: runs as in struct assay_map, composed when a preparer replaces the
 * text.
 */
#ifndef TEXTMAP_H
#define TEXTMAP_H

#include <assay/host.h>

#include "arena.h"

/* NULL: the runs are in order of `to`, without gap or overlap, tile [0, text_size) and stay within [0, from_size)
 * (UINT64_MAX: unknown). Else the sentence why not. */
const char *textmap_check(const struct assay_map *, uint64_t runs, uint64_t text_size, uint64_t from_size);

/* Where bytes [begin, end) of the text came from: the hull of the units they touch. 0: nowhere, all of it was
 * inserted. */
int textmap_raw(const struct assay_map *, uint64_t runs, uint64_t begin, uint64_t end, uint64_t raw[2]);

/* `outer` leads from the new text to the text that `inner` leads from: the map from the new text to inner's source.
 * Runs in the arena, their number in *runs. NULL: out of memory. Linear in the runs of both (times log where order
 * jumps). */
struct assay_map *textmap_compose(struct arena *, const struct assay_map *inner, uint64_t inner_runs,
                                  const struct assay_map *outer, uint64_t outer_runs, uint64_t *runs);

/* Where the input range [begin, end) stands in the text: the hull, in `to`. 0: the text does not have it. `order` is
 * made by textmap_by_source. */
int textmap_forward(const struct assay_map *, const uint32_t *order, uint64_t runs, uint64_t begin, uint64_t end,
                    struct assay_span *to);
/* Indexes of the runs that have a source, sorted by it; their number in *n. NULL: out of memory. */
uint32_t *textmap_by_source(struct arena *, const struct assay_map *, uint64_t runs, uint64_t *n);

/* As varints, five a run, positions as differences. */
void textmap_store(struct bytes *, const struct assay_map *, uint64_t runs);
struct assay_map *textmap_open(struct arena *, const char *stored, uint64_t size, uint64_t runs);

#endif
