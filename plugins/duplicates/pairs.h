/* SPDX-License-Identifier: Apache-2.0
 *
 * Counts how often two texts were met together, so that one record is told and not one for each meeting. A table of
 * open addressing (Knuth, volume 3, 6.4): most pairs meet once only, and a look at one number is all that these take.
 */
#ifndef DUP_PAIRS_H
#define DUP_PAIRS_H

#include <stdint.h>

struct dup_pair_count {
    uint32_t a, b, count;
};

#define DUP_WAIT 32u  /* a table is asked for so many places at once, which are seldom in the cache */
#define DUP_MOST_MET 255u /* counted meetings */

/* Zeroed memory is an empty one; it is reused. */
struct dup_pairs {
    uint64_t *slot; /* a, then b, + 1; 0: free */
    uint8_t *again; /* meetings after the first */
    uint32_t bits;  /* binary logarithm of the slots, where there are any */
    uint32_t pairs;
    uint32_t waiting; /* meetings that are not counted yet */
    uint64_t wait[DUP_WAIT];
};

#define DUP_MOST_PAIRS ((UINT32_C(1) << 21) - 2 * DUP_WAIT) /* then tell them and start again: 38 MB */

void dup_pairs_clear(struct dup_pairs *);
/* One meeting of a and b, told in this order, of which one is below UINT32_MAX; counted once dup_pairs_settle was
 * called. 0: out of memory. */
int dup_pairs_add(struct dup_pairs *, uint32_t a, uint32_t b);
int dup_pairs_settle(struct dup_pairs *);
/* The next pairs that met `least` times, at most `most`; *at begins as 0. Gives how many, 0: no more. */
uint32_t dup_pairs_next(const struct dup_pairs *, uint64_t *at, uint32_t least, struct dup_pair_count *to,
                        uint32_t most);
void dup_pairs_free(struct dup_pairs *);

#endif
