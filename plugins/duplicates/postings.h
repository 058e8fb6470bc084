/* SPDX-License-Identifier: Apache-2.0
 *
 * One part of the index, brought into order: which texts have a run of words. What stands in one place only is left out
 * first, by a filter (Bloom 1970); the rest is sorted by radix (Knuth, volume 3, 5.2.5), which keeps the order of the texts.
 */
#ifndef DUP_POSTINGS_H
#define DUP_POSTINGS_H

#include <stdint.h>

#include <assay/field.h>

struct dup_owner {
    assay_docid doc;
    uint32_t source, words;
    uint32_t story, zero; /* 0: none */
};

#define DUP_SHARES 1024u /* by the lowest bits of a run */

/* Zeroed memory is an empty one; it is reused. */
struct dup_postings {
    struct dup_owner *owner; /* texts, in the order they were added */
    uint64_t *at;            /* once sorted: run | number of the text */
    uint64_t owners, owner_room, count, room;
    uint64_t **slab;         /* until then: chunks of each share, as they come */
    uint32_t *after;         /* of a chunk: the next one of its share, + 1 */
    uint32_t slabs, slab_room, chunks;
    struct dup_chain {
        uint32_t first, last; /* chunks, + 1; 0: none */
        uint64_t count;
    } share[DUP_SHARES];
};

void dup_postings_clear(struct dup_postings *);
/* 0: out of memory. */
int dup_postings_add(struct dup_postings *, struct dup_owner, const uint32_t *run, uint32_t runs);
/* Brings equal runs together, in order of adding; leaves out most runs that were added once. 0: out of memory. */
int dup_postings_sort(struct dup_postings *);
void dup_postings_free(struct dup_postings *);

#endif
