/* SPDX-License-Identifier: Apache-2.0
 *
 * How rare a term is in the corpus: a shared, read-only hash table (the blob of round "rarity"). Integers only.
 */
#ifndef CONSISTENCY_RARITY_H
#define CONSISTENCY_RARITY_H

#include <stdint.h>

#include <assay/field.h>

struct rarity_entry {
    uint64_t key; /* TERM_KEY, never 0 */
    uint32_t sentences, documents;
};

/* The blob: header, then `slots` entries, open addressing. */
struct rarity {
    uint64_t sentences, documents; /* of the corpus */
    uint64_t slots, zero;
    struct rarity_entry entry[];
};

uint64_t rarity_slots(uint64_t entries);
uint64_t rarity_size(uint64_t slots);
void rarity_put(struct rarity *, const struct rarity_entry *);
/* NULL where the blob is none. */
const struct rarity *rarity_of(struct assay_text blob);
/* A term that is not in the table stands in one sentence. */
struct rarity_entry rarity_get(const struct rarity *, uint64_t key);
/* Information of a term of one of `df` sentences, in 1/256 bit: log2(1 + 2 N / (1 + df)). */
uint32_t rarity_bits(const struct rarity *, uint64_t key);
/* The same times the weight of the term's class; at most 16 bits. */
uint32_t rarity_weight(const struct rarity *, uint64_t term);

/* 1: so few documents hold the term that it tells of one story. */
int rarity_is_rare(const struct rarity *, uint64_t key);

/* 256 * log2(x), x >= 1; integer arithmetic. */
uint32_t log2_fixed(uint64_t x);
uint64_t root_of(uint64_t x); /* floor of the square root */

#endif
