/* SPDX-License-Identifier: Apache-2.0
 *
 * Counts how often two texts were met together, so that one record is told and not one for each meeting.
 */
#ifndef DUP_PAIRS_H
#define DUP_PAIRS_H

#include <stdint.h>

struct dup_pair_count {
    uint32_t a, b, count;
};

#define DUP_WAIT 16u /* a table is asked for so many places at once, which are seldom in the cache */

/* Zeroed memory is an empty one; it is reused. */
struct dup_pairs {
    struct dup_pair_count *pair; /* in order of the first meeting */
    uint32_t *slot;              /* number + 1; 0: free */
    uint64_t room, slots;
    uint32_t pairs;
    uint32_t waiting; /* meetings that are not counted yet */
    struct dup_pair_count wait[DUP_WAIT]; /* in place of the count: the lower half of the hash */
};

#define DUP_MOST_PAIRS (UINT32_C(1) << 21) /* then tell them and start again */

void dup_pairs_clear(struct dup_pairs *);
/* One meeting of a and b, told in this order; counted once dup_pairs_settle was called. 0: out of memory. */
int dup_pairs_add(struct dup_pairs *, uint32_t a, uint32_t b);
int dup_pairs_settle(struct dup_pairs *);
void dup_pairs_free(struct dup_pairs *);

#endif
