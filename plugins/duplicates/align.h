/* SPDX-License-Identifier: Apache-2.0
 *
 * Where two texts run alike: shingles that both have, chained while neither side jumps further than a gap. Linear in
 * the length of both texts, whatever they hold: a shingle that occurs often is followed to a fixed number of its
 * places.
 */
#ifndef DUP_ALIGN_H
#define DUP_ALIGN_H

#include <stdint.h>

#include "words.h"

#define DUP_NONE UINT32_MAX

/* Words [a0, a1) of the indexed text run alike with words [b0, b1) of the other; `matched` of them are equal, at least.
 * next: of a block, the following one of its chain; of a chain, its first block; DUP_NONE: none. */
struct dup_block {
    uint32_t a0, a1, b0, b1, matched, next;
};

/* A text made ready to be aligned with others. Zeroed memory is an empty one; it is reused from text to text. */
struct dup_index {
    const struct dup_word *word;
    uint32_t words, shingles, size; /* size: words of a shingle */
    uint64_t *shingle, *filter;
    uint32_t *next, *head;
    uint32_t room, head_room, bits;
};

struct dup_alignment {
    struct dup_block *block; /* tight runs, ascending by b0, then a0; many of a few words only */
    struct dup_block *chain; /* runs in the same order on both sides, with more edited between them; same order.
                               * Thin ones have matched = 0 */
    uint32_t blocks, room, chains, chain_room;
};

/* The words are borrowed. 0: out of memory. */
int dup_index_make(struct dup_index *, const struct dup_word *w, uint32_t n, uint32_t size);
void dup_index_free(struct dup_index *);

/* Aligns the indexed text (side a) with `w` (side b). `self`: `w` is the indexed text, and only earlier places count as
 * side a. 0: out of memory. */
int dup_align(struct dup_alignment *, const struct dup_index *, const struct dup_word *w, uint32_t n, int self);
/* Makes each block of chain i a chain of its own, at the end, and the chain itself nothing. 0: out of memory. */
int dup_split_chain(struct dup_alignment *, uint32_t i);
/* Makes what follows block `last` of chain i a chain of its own, at the end. Words of a side up to a1 or b1 stay with
 * chain i. 0: out of memory. */
int dup_cut_chain(struct dup_alignment *, uint32_t i, uint32_t last, uint32_t a1, uint32_t b1);
void dup_alignment_free(struct dup_alignment *);

/* Words of block that are equal, in hundredths of its mean length. */
static inline uint32_t dup_density(const struct dup_block *b)
{
    uint64_t length = (uint64_t)(b->a1 - b->a0) + (b->b1 - b->b0);
    return length ? (uint32_t)((uint64_t)b->matched * 200 / length) : 0;
}

#endif
