/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: building a new text and the map to the text it came from, for readers and preparers. The builder joins what
 * can be joined; hand `runs`, `count` to add_document or set_text.
 */
#ifndef ASSAY_KIT_MAP_H
#define ASSAY_KIT_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"
#include "../host.h"
#include "buf.h"

#ifdef __cplusplus
extern "C" {
#endif

struct assay_mapper {
    struct assay_buf text;
    struct assay_map *run;
    size_t count, room;
    int failed; /* as in assay_buf; also where the text would pass 4 GiB */
};

/* Appends `size` bytes of the input at `from` as they are. */
void assay_mapper_keep(struct assay_mapper *, const char *input, uint64_t from, size_t size);
/* Appends `to` in place of `from_size` input bytes at `from`: one unit (an entity). */
void assay_mapper_replace(struct assay_mapper *, uint64_t from, size_t from_size, const char *to, size_t to_size);
/* Appends `to`, which stands nowhere in the input. */
void assay_mapper_insert(struct assay_mapper *, const char *to, size_t to_size);
/* Appends the UTF-8 text `to` of one input unit (a legacy charset's character); units of equal sizes are joined. */
void assay_mapper_unit(struct assay_mapper *, uint64_t from, size_t from_size, const char *to, size_t to_size);
void assay_mapper_free(struct assay_mapper *);
/* As assay_mapper_unit for `count` units of from_step input bytes each, whose texts of to_step bytes each stand in
 * `to`. */
void assay_mapper_units(struct assay_mapper *, uint64_t from, uint32_t from_step, const char *to, uint32_t to_step,
                        uint32_t count);
/* Where bytes [begin, end) of the text came from: the hull of the units they touch. 0: nowhere, all of it was
 * inserted. */
int assay_map_raw(const struct assay_map *, uint64_t runs, uint64_t begin, uint64_t end, uint64_t raw[2]);
/* `outer` leads from a text to the text that `inner` leads from: the map from the first to inner's source, to be freed;
 * its runs in *runs. NULL: out of memory. Linear in the runs of both (times log where order jumps). */
struct assay_map *assay_map_compose(const struct assay_map *inner, uint64_t inner_runs, const struct assay_map *outer,
                                    uint64_t outer_runs, uint64_t *runs);
/* Appends the map as records print it: [[text,raw,length]...], five numbers with the steps where they are not 1:1. */
void assay_map_json(struct assay_buf *, const struct assay_map *, uint64_t runs);

#ifdef __cplusplus
}
#endif
#endif
