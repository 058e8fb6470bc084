/* SPDX-License-Identifier: Apache-2.0
 *
 * Round "story": documents that meet under one key, and what any two of their sketches have in common. Elements are
 * chained by a part of their hash; those that stand in one document alone, which most do, are sifted out before, and
 * the key's own, which stands in all, is counted by itself.
 */
#ifndef CONSISTENCY_MEETING_H
#define CONSISTENCY_MEETING_H

#include "consistency.h"

#define SKETCH_TERMS 48u
#define MEETING_BITS 7u
#define MEETING_MOST (1u << MEETING_BITS) /* documents at a time */
#define MEETING_ELEMENTS (MEETING_MOST * SKETCH_TERMS)
#define MEETING_BUCKETS (1u << 12)
#define MEETING_MARKS (1u << 15)
#define NO_ELEMENT 0xffffffffu
_Static_assert(MEETING_MOST >= RARITY_COMMON, "those who are all compared meet at once");

struct common {
    uint64_t dot;
    uint32_t shared; /* elements; with MEETS_ELSEWHERE where both went under a smaller key, too */
};
#define MEETS_ELSEWHERE 0x80000000u

struct held {
    uint32_t name;
    uint16_t weight, before; /* before: the one that came into its bucket before it, + 1 */
    uint32_t document;
};

/* Working memory, 100 kB; for its caller only `own`, before meeting_gather, and `with`. */
struct meeting {
    uint32_t own; /* element of the key; NO_ELEMENT: documents meet under it whatever else they share */
    struct common with[MEETING_MOST]; /* the document in hand, with each of those before it */
    uint32_t document, helds;
    uint32_t own_weight[MEETING_MOST], own_times[MEETING_MOST]; /* of each document's elements of that name */
    uint16_t last[MEETING_BUCKETS];
    uint64_t once[MEETING_MARKS / 64], twice[MEETING_MARKS / 64]; /* bits: an element there, or more */
    struct held held[MEETING_ELEMENTS];
};

/* The documents that meet next: `count` sketches from `first` on, at most MEETING_MOST. */
void meeting_gather(struct meeting *, struct assay_list sketches, uint64_t first, uint32_t count);
/* The next of them: fills `with` for each of the `reach` documents before it. */
void meeting_next(struct meeting *, const struct rarity_scale *, const struct sketch *, uint32_t reach);
/* In place of meeting_gather: only the sketches come that are not `known` (a uint32_t for each), by meeting_next. Then
 * the others are guests: each meets those who came, and nobody after it meets the guest. */
void meeting_invite(struct meeting *, struct assay_list sketches, struct assay_list known);
void meeting_guest(struct meeting *, const struct rarity_scale *, struct assay_list sketches, uint64_t guest);

/* What a term weighs in a sketch, by what its rarity does. */
uint32_t sketch_weight(uint32_t rarity, int is_name, uint32_t prominence);

#endif
