/* SPDX-License-Identifier: Apache-2.0
 *
 * How rare a term is in the corpus: a shared, read-only table (the blob of round "rarity"). Eight bytes a term, sorted, with
 * an index of its buckets. Integers only.
 *
 * A term's place in the table names it exactly, in fewer bits than its hash, and in the same order.
 */
#ifndef CONSISTENCY_RARITY_H
#define CONSISTENCY_RARITY_H

#include <stdint.h>

#include <assay/field.h>

#define RARITY_NONE 0xffffffffu
#define RARITY_MANY 127u /* documents: more are not told apart */

/* The blob: header, the first entry of each bucket, then `entries` of {rest of hash and class, documents, bits}. */
struct rarity {
    uint64_t sentences, documents; /* of the corpus */
    uint32_t entries, bucket_bits;
    uint32_t once, zero; /* bits of a term that is not in the table: it stands in one sentence */
    uint32_t first[];
};

struct rarity_count {
    uint64_t key; /* TERM_KEY */
    uint32_t sentences, documents;
};

/* A table under construction: counts are added in the order of their keys. */
struct rarity_maker {
    struct rarity *table;
    uint32_t room, bucket; /* bucket: the next one that has no beginning yet */
};
/* `most` entries at the most; sentences and documents of the corpus. 0: out of memory. */
int rarity_begin(struct rarity_maker *, uint64_t most, uint64_t sentences, uint64_t documents);
void rarity_add(struct rarity_maker *, const struct rarity_count *);
/* The blob, valid until the maker is freed. */
struct assay_text rarity_end(struct rarity_maker *);
void rarity_free(struct rarity_maker *);

/* NULL where the blob is none. */
const struct rarity *rarity_of(struct assay_text blob);
/* The term's place in the table, or RARITY_NONE. */
uint32_t rarity_find(const struct rarity *, uint64_t term);
/* By place. */
uint32_t rarity_documents_at(const struct rarity *, uint32_t place);
uint32_t rarity_weight_at(const struct rarity *, uint32_t place);
/* Information of a term of one of `df` sentences, in 1/256 bit: log2(1 + 2 N / (1 + df)). */
uint32_t rarity_bits(const struct rarity *, uint64_t term);
/* The same times the weight of the term's class; at most 16 bits. */
uint32_t rarity_weight(const struct rarity *, uint64_t term);

/* 1: so few documents hold the term that it tells of one story. */
int rarity_is_rare(const struct rarity *, uint64_t key);

/* 256 * log2(x), x >= 1; integer arithmetic. */
uint32_t log2_fixed(uint64_t x);
uint64_t root_of(uint64_t x); /* floor of the square root */

#endif
