/* SPDX-License-Identifier: Apache-2.0
 *
 * How rare a term is in the corpus. Documents are counted exactly, but only the class of the count is used: one
 * document, then up to 15, 127, 1,023 and more (in a small corpus, where all is compared again soon enough, doublings).
 * So a few more documents leave most terms as they were, and what was found of documents that hold none of the others
 * is found again. A term of a class's last document costs as many documents as hold it. So the commonest are told by
 * their share of the corpus: that grows with it, and stays. Integers only.
 *
 * The table is a shared blob (of round "rarity"), eight bytes a term, sorted, with an index of its buckets. It is read
 * once for each document, in the map of round "story"; later rounds read the classes kept beside the document.
 */
#ifndef CONSISTENCY_RARITY_H
#define CONSISTENCY_RARITY_H

#include <stdint.h>

#include <assay/field.h>

#define RARITY_CLASSES 16u
#define RARITY_COMMON 128u /* documents that hold a term are too many from here on to bring each to each */
#define RARITY_ONE 0u    /* the class of a term of one document: it is not in the table */

/* The blob: header, the first entry of each bucket, then `entries` of {rest of hash and class of term, class of
 * count}. */
struct rarity {
    uint32_t entries, bucket_bits;
    uint32_t scale, zero;
    uint32_t first[];
};

struct rarity_count {
    uint64_t key; /* TERM_KEY */
    uint32_t sentences, documents; /* sentences: of the corpus alone */
};

/* A table under construction: counts are added in the order of their keys. */
struct rarity_maker {
    struct rarity *table;
    uint32_t room, bucket; /* bucket: the next one that has no beginning yet */
    uint64_t documents;    /* of the corpus */
};
/* `most` entries at the most; sentences and documents of the corpus. 0: out of memory. */
int rarity_begin(struct rarity_maker *, uint64_t most, uint64_t sentences, uint64_t documents);
void rarity_add(struct rarity_maker *, const struct rarity_count *);
/* The blob, valid until the maker is freed. */
struct assay_text rarity_end(struct rarity_maker *);
void rarity_free(struct rarity_maker *);

/* NULL where the blob is none. */
const struct rarity *rarity_of(struct assay_text blob);
/* Class of each of `count` terms, in any order. */
void rarity_find_all(const struct rarity *, const uint64_t *term, uint32_t count, unsigned char *class);

/* A term as the next one names it. */
#define RARITY_SHORT(term) ((uint32_t)((term) >> 32))
/* Terms (RARITY_SHORT) of which two tables may say different classes, into `to`; NULL: they are counted. RARITY_ALL: of
 * any. */
uint32_t rarity_differs(const struct rarity *, const struct rarity *, uint32_t *to);
#define RARITY_ALL UINT32_MAX

/* What classes weigh in a corpus of a size; the size counts in doublings, too. */
struct rarity_scale {
    uint32_t scale, ready;
    uint16_t weight[RARITY_CLASSES][8]; /* by class of the term, TERM_CLASS */
    unsigned char rare[RARITY_CLASSES]; /* 1: so few documents hold it that it tells of one story */
    unsigned char common[RARITY_CLASSES]; /* 1: too many to bring documents together */
};
/* Fills it anew where it is of another size. */
void rarity_scale(struct rarity_scale *, uint32_t scale);

/* A term's weight where it stands in a sentence. */
#define WEIGHT_OF(weight) ((weight) & 0xffffu)
#define WEIGHT_RARE 0x10000u
/* Information in 1/256 bit behind a weight: log2(1 + 2 N / (1 + those that hold it)), N sentences. */
uint32_t rarity_bits(uint32_t weight, uint64_t term);

/* 256 * log2(x), x >= 1; integer arithmetic. */
uint32_t log2_fixed(uint64_t x);
uint64_t root_of(uint64_t x); /* floor of the square root */

#endif
