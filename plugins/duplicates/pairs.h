/* SPDX-License-Identifier: Apache-2.0
 *
 * Counts how often two texts were met together, so that one record is told and not one for each meeting. A table of
 * open addressing (Knuth, volume 3, 6.4). A pair takes as many bytes as its two numbers need, and one.
 * Most pairs meet once only: of a hundred thousand texts 700,000. Where those are not told, of a pair that met once
 * sixteen bits of a hash are kept; one in some 20,000 of them is taken for another and told as if it had met twice,
 * which costs a glance. Which ones these are depends on the hashes and on the order of the meetings alone.
 */
#ifndef DUP_PAIRS_H
#define DUP_PAIRS_H

#include <stdint.h>

struct dup_pair_count {
    uint32_t a, b, count;
};

#define DUP_WAIT 32u  /* a table is asked for so many places at once, which are seldom in the cache */
#define DUP_MOST_MET 255u /* counted meetings */

#define DUP_ONCES 16u
/* Pairs that met once: hashes in a table, 0: free. A full one stays, with a larger one behind it. */
struct dup_once {
    uint16_t *hash;
    uint32_t bits, count; /* bits: binary logarithm of the places */
};

struct dup_meeting { /* which waits to be counted */
    uint64_t key, hash;
};

/* Zeroed memory is an empty one; it is reused. */
struct dup_pairs {
    uint8_t *slot;  /* a, then b, + 1, lowest byte first, 0: free; then meetings after the first */
    uint32_t bits;  /* binary logarithm of the slots, where there are any */
    uint32_t half;  /* bits of a number; 0: as many as it has */
    uint32_t pairs;   /* all that met */
    uint32_t kept;    /* those in the table */
    uint32_t twice;   /* 1: only pairs that met twice are kept there */
    uint32_t onces, first_onces; /* tables; bits of the first one */
    struct dup_once once[DUP_ONCES];
    uint32_t waiting; /* meetings that are not counted yet */
    struct dup_meeting wait[DUP_WAIT];
};

/* Then tell them and start again, or go on with others: 45 to 80 MB at most. */
#define DUP_MOST_PAIRS ((UINT32_C(1) << 24) - 2 * DUP_WEIGHT * DUP_WAIT)
#define DUP_WEIGHT 4u     /* of a pair in the table; one that met once weighs 1 where these are not told */
#define DUP_WEIGHT_MET 2u /* of a meeting, at most, in the end */

void dup_pairs_clear(struct dup_pairs *);
/* Of an empty one: the numbers are below `texts`; pairs that met less than `least` times are not asked for. */
void dup_pairs_among(struct dup_pairs *, uint64_t texts, uint32_t least);
/* One meeting of a and b, told in this order, of which one is below UINT32_MAX; counted once dup_pairs_settle was
 * called. `hash`: of the two texts, the same whatever their numbers are. 0: out of memory. */
int dup_pairs_add(struct dup_pairs *, uint32_t a, uint32_t b, uint64_t hash);
int dup_pairs_settle(struct dup_pairs *);
/* What is there, in units of two or three bytes. */
static inline uint64_t dup_pairs_weight(const struct dup_pairs *p)
{
    return p->pairs + p->kept * (DUP_WEIGHT - UINT64_C(1)) + p->waiting * DUP_WEIGHT;
}
/* The next pairs that met `least` times, at most `most`; *at begins as 0. Gives how many, 0: no more. */
uint32_t dup_pairs_next(const struct dup_pairs *, uint64_t *at, uint32_t least, struct dup_pair_count *to,
                        uint32_t most);
void dup_pairs_free(struct dup_pairs *);

#endif
