/* SPDX-License-Identifier: Apache-2.0
 *
 * Records of layers that are forgotten before the run ends (ASSAY_UNTIL). They are not stored in the blocks of their
 * documents, between texts that stay, but gathered: for as many documents as a stream holds back they form one block of
 * their own behind them, whose memory can be given back in one piece. A document's directory leads to such a record as
 * to any other.
 */
#ifndef TRANSIENT_H
#define TRANSIENT_H

#include "arena.h"
#include "index.h"
#include "segment.h"

#define TRANSIENT_OVER(pass) (2 * (pass))          /* records go when that pass' maps are over */
#define TRANSIENT_THROUGH(pass) (2 * (pass) + 1)   /* or when those of their task are */

struct transient_pile {  /* what goes at the same time */
    struct bytes records; /* that no block has yet */
    uint32_t when, zero;
};

/* Of a stream; zeroed memory is an empty one. */
struct transients {
    struct transient_pile *pile;
    uint32_t piles;
    struct bytes entry;  /* struct transient_entry: directories that lead to these records */
    struct bytes places; /* struct foot_section of the blocks that were written; rows: when they go */
};

struct transient_entry {
    uint64_t at, payload; /* of the number to be filled in, and of the block it counts from: places in the segment */
    uint64_t offset;      /* in the records of the pile */
    uint32_t pile, zero;
};

void transients_clear(struct transients *);
void transients_free(struct transients *);
/* Where records stand that go at that time. NULL: out of memory. */
struct transient_pile *transients_pile(struct transients *, uint32_t when);
/* The number in the stream's buffer at `at`, four bytes, will lead from `payload` to the records at `offset` of the
 * pile, in eighths: all are places in the segment, and multiples of 8. 0: out of memory. */
int transients_lead(struct transients *, const struct transient_pile *, uint64_t at, uint64_t payload, uint64_t offset);
/* Before the stream's buffer is written: puts the records behind it and fills in what leads to them. -1: out of
 * memory. */
int transients_settle(struct transients *, struct stream *);
/* A block that a worker has written which died. 0: out of memory. */
int transients_found(struct transients *, uint32_t when, uint64_t at, uint64_t size);

/* Gives back the records of a whole, mapped segment that go at that time. */
void transients_punch(struct store *, const struct segment *, uint32_t when);

#endif
