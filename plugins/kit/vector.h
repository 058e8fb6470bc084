/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit, private: what is done with many bytes at once, where the processor can. Both go on from a place of the text at
 * least three bytes behind its begin, a stride at a time; the rest is the caller's, and so is all of it where there are
 * no such instructions: then they stop at once. vector.c says how they work.
 */
#ifndef KIT_VECTOR_H
#define KIT_VECTOR_H

#include <assay/kit/sieve.h>

#define VECTOR_MARGIN 3u  /* bytes needed before the place */
#define VECTOR_STRIDE 64u /* bytes taken at a time */

/* 1: this processor can. */
int vector_here(void);

/* [0, at) is valid UTF-8 and `at` a character's border. Gives an offset before which no byte is invalid, though a
 * character may go on beyond it: where a stride with an error begins, or less than a stride is left. */
uint64_t vector_utf8(const char *text, uint64_t at, uint64_t size);

/* As assay_sieve_gather. Stops where no more than a stride is left, of the text or of `most`. */
uint32_t vector_sieve(const struct assay_sieve *, const char *text, uint64_t size, uint64_t *at, uint64_t *places,
                      uint32_t most);

#endif
