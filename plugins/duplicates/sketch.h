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

#define DUP_BANDS 8u  /* of three bins each */
#define DUP_BINS 32u  /* a power of two, three for each band and some over */
#define DUP_WINDOW 4u /* of runs that are winnowed: one in 2.5 stays */

/* Hash of all words in order, equal for texts that differ only in what words.h ignores. */
uint64_t dup_exact(const struct dup_word *w, uint32_t n);

/* Hashes of each run of `size` words, for alignments. Gives how many: n - size + 1, or 0. */
uint32_t dup_shingles(uint64_t *to, const struct dup_word *w, uint32_t n, uint32_t size);
/* The same in 32 bits, for the index. */
uint32_t dup_runs(uint32_t *to, const struct dup_word *w, uint32_t n, uint32_t size);

/* Positions of the rightmost least hash of every window, ascending; `at` has room for n. Gives how many. */
uint32_t dup_winnow(uint32_t *at, const uint32_t *run, uint32_t n);
/* The same on any processor. */
uint32_t dup_winnow_plain(uint32_t *at, const uint32_t *run, uint32_t n);

/* One key for each band of the winnowed hashes; texts whose hashes have Jaccard similarity J share a band with
 * 1 - (1 - J^3)^8. */
void dup_bands(uint64_t key[DUP_BANDS], const uint32_t *pick, uint32_t n);

#endif
