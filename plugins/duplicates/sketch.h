/* SPDX-License-Identifier: Apache-2.0
 *
 * Hashes of a text's words that find candidates; none of them decides a relation.
 * One-permutation MinHash: Li, Owen, Zhang 2012; filling of empty bins: Shrivastava 2017. Winnowing: Schleimer,
 * Wilkerson, Aiken 2003.
 */
#ifndef DUP_SKETCH_H
#define DUP_SKETCH_H

#include <stdint.h>

#include "words.h"

#define DUP_BINS 128u
#define DUP_BANDS 16u /* of three bins each */
#define DUP_WINDOW 4u /* of shingles that are winnowed: one in 2.5 stays */

/* Hash of all words in order, equal for texts that differ only in what words.h ignores. */
uint64_t dup_exact(const struct dup_word *w, uint32_t n);

/* Hashes of each run of `size` words. Gives how many: n - size + 1, or 0. */
uint32_t dup_shingles(uint64_t *to, const struct dup_word *w, uint32_t n, uint32_t size);

/* One key for each band; texts whose shingle sets have Jaccard similarity J share a band with 1 - (1 - J^3)^16. */
void dup_bands(uint64_t key[DUP_BANDS], const uint64_t *shingle, uint32_t n);

/* Positions of the rightmost least hash of every window, ascending; `at` has room for n. Gives how many. */
uint32_t dup_winnow(uint32_t *at, const uint64_t *shingle, uint32_t n);

#endif
