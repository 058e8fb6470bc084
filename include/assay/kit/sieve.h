/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: a sieve of byte patterns. It finds, some GB a second, the few places of a text that deserve an exact look.
 *
 * A window is four bytes: two, the byte at the place itself, and one behind it. A sieve has eight patterns, each with a
 * set of high and a set of low halves for each byte of the window; a place passes if under one pattern all eight halves
 * are in their sets. Every window that was added passes, and some others do: what passes has to be checked exactly.
 * Windows that have much in common should share a pattern, others should not.
 */
#ifndef ASSAY_KIT_SIEVE_H
#define ASSAY_KIT_SIEVE_H

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASSAY_SIEVE_WINDOW 4u
#define ASSAY_SIEVE_BACK 2u /* bytes of the window before the place */
#define ASSAY_SIEVE_PATTERNS 8u

/* Bit p: under pattern p the half byte may stand there. Zeroed memory is a sieve that nothing passes. */
struct assay_sieve {
    unsigned char high[ASSAY_SIEVE_WINDOW][16], low[ASSAY_SIEVE_WINDOW][16];
};

/* Lets the window pass, under the pattern (0 to 7). The byte at the place has to be beyond ASCII: the sieve leaps over
 * ASCII. */
void assay_sieve_add(struct assay_sieve *, uint32_t pattern, const unsigned char window[ASSAY_SIEVE_WINDOW]);

/* Goes on at *at and writes the offsets of up to `most` places that pass, in order; *at is then where to go on, or the
 * size of the text. Before and behind the text stand zeros. Gives how many there were. */
uint32_t assay_sieve_gather(const struct assay_sieve *, struct assay_text text, uint64_t *at, uint64_t *places,
                            uint32_t most);

#ifdef __cplusplus
}
#endif
#endif
