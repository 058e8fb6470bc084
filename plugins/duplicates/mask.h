/* SPDX-License-Identifier: Apache-2.0
 *
 * What is a site's furniture: runs of words that stand in many texts of one source. A set of (run, source), built once,
 * shared with all workers, read-only.
 */
#ifndef DUP_MASK_H
#define DUP_MASK_H

#include <stdint.h>

#include "words.h"

#define DUP_EVERYWHERE UINT32_MAX /* the source of shingles that are furniture of several sites */

/* Words in the blob for `entries` pairs: a header, a table at most half full of the pairs themselves, two words each,
 * and a filter of one bit for each run (Bloom 1970), since nearly all that is asked for is not there. */
uint64_t dup_mask_words(uint64_t entries);
void dup_mask_init(uint32_t *blob, uint64_t words);
void dup_mask_add(uint32_t *blob, uint32_t run, uint32_t source);
int dup_mask_has(const uint32_t *blob, uint32_t run, uint32_t source);

/* The same, or furniture everywhere. */
int dup_mask_found(const uint32_t *blob, uint32_t run, uint32_t source);

#define DUP_MASK_HEAD 2u   /* words of the header */
#define DUP_MASK_BITS 63u  /* of its first word: binary logarithm of the table's size */
#define DUP_MASK_FILTER 4u /* places of the table for each word of the filter: 8 bits for each place, 16 for each run */

/* Of runs the lowest bits count; a sketch has no others once the index is built. */
#define DUP_KEPT 24u
#define DUP_KEPT_BITS ((UINT32_C(1) << DUP_KEPT) - 1)

/* Of two bits in one word of the filter the word, and both. */
static inline uint64_t dup_mask_word(const uint32_t *blob, uint32_t run, uint32_t *bits)
{
    uint64_t size = UINT64_C(1) << (blob[0] & DUP_MASK_BITS);
    run &= DUP_KEPT_BITS;
    *bits = UINT32_C(1) << run % 32 | UINT32_C(1) << (run * 0x9e3779b1u >> 27);
    return DUP_MASK_HEAD + 2 * size + (run / 32 & (size / DUP_MASK_FILTER - 1));
}

/* 0: it surely is no furniture. */
static inline int dup_mask_may(const uint32_t *blob, uint32_t run)
{
    uint32_t bits, word = blob[dup_mask_word(blob, run, &bits)];
    return (word & bits) == bits;
}

static inline int dup_mask_knows(const uint32_t *blob, uint32_t run, uint32_t source)
{
    return dup_mask_may(blob, run) && dup_mask_found(blob, run, source);
}

/* What the blob is asked for, by a part of its hash; and what two blobs answer otherwise, into `to`; NULL: it is
 * counted. The blobs are compared by the pairs themselves, so that two whose prints are the same cannot hide each
 * other. */
uint32_t dup_mask_print(uint32_t run, uint32_t source);
uint64_t dup_mask_differs(const uint32_t *, const uint32_t *, uint32_t *to);

/* Sets mark[i] = 1 for words where several such runs follow each other, else 0. `run` are those of the text, `at` their
 * winnowed positions, `size` the words of each. blob NULL: no furniture known. Gives the words marked. */
uint32_t dup_mask_apply(const uint32_t *blob, uint8_t *mark, uint32_t words, const uint32_t *run, uint32_t runs,
                        const uint32_t *at, uint32_t count, uint32_t size, uint32_t source);

#endif
