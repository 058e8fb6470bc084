/* SPDX-License-Identifier: Apache-2.0 */
#include "rarity.h"

#include <stdlib.h>
#include <string.h>

#include "terms.h"

/* An entry: class of the count in 4 bits, class of the term in 3, and as much of the hash as the bucket leaves open. */
#define TAIL 4u
#define HASH_WIDE (64u - TERM_UNUSED)
#define IN_BUCKET 4u /* entries, on average */
#define LEAST_BITS 4u
#define AHEAD 16u    /* terms that are looked for at a time: the table is larger than caches */

#define FINE_UP_TO 12u  /* doublings: in a corpus of up to 5,461 documents a class is twice the one before, */
#define COARSE 3u       /* in a larger one eight times, up to ABSOLUTE (1,024 documents and more) */
#define ABSOLUTE 4u
#define SHARES 4u       /* then classes are shares of the corpus: of 1/1024, 1/128, 1/16, 1/2 of its documents, */
#define SHARE_LEAST 2048u /* where that is so many */
#define RARE_BELOW 16u  /* documents: a story has a dozen tellers */
#define RARE_SHARE 200u /* or one document of so many */

static uint32_t doublings(uint64_t n)
{
    return 63 - (uint32_t)__builtin_clzll(n | 1);
}

static int is_fine(uint32_t scale)
{
    return (scale >> 8 & 31) <= FINE_UP_TO;
}

/* 1; 2 and 3, 4 to 7, ... */
static uint32_t fine_class(uint64_t documents)
{
    uint32_t class = documents < 2 ? RARITY_ONE : doublings(documents);
    return class < RARITY_CLASSES ? class : RARITY_CLASSES - 1;
}

/* Class ABSOLUTE + n is that of documents >> share_of(n). */
static uint32_t share_of(uint32_t n)
{
    return COARSE * (SHARES - n) + 1;
}

static uint64_t share_in(uint32_t n, uint32_t scale)
{
    return (uint64_t)1 << (scale >> 8 & 31) >> share_of(n);
}

/* 1; 2 to 15, 16 to 127, 128 to 1,023, and more; or a share of all. */
static uint32_t coarse_class(uint64_t documents, uint64_t of, uint32_t scale)
{
    for (uint32_t n = SHARES; n && share_in(n, scale) >= SHARE_LEAST; n--)
        if (documents << share_of(n) >= of)
            return ABSOLUTE + n;
    uint32_t class = documents < 2 ? RARITY_ONE : (doublings(documents) - 1) / COARSE + 1;
    return class < ABSOLUTE ? class : ABSOLUTE;
}

/* The least documents of a class, about; those that no term is of go on from the one before. */
static uint64_t least_of(uint32_t class, uint32_t scale)
{
    if (class == RARITY_ONE || is_fine(scale))
        return (uint64_t)1 << class;
    uint64_t least = (uint64_t)2 << COARSE * ((class < ABSOLUTE ? class : ABSOLUTE) - 1);
    uint32_t n = class <= ABSOLUTE ? 0 : class - ABSOLUTE < SHARES ? class - ABSOLUTE : SHARES;
    return n && share_in(n, scale) > least ? share_in(n, scale) : least;
}

/* The sentences that a class stands for: the middle of its documents, which hold the term one and a half times. */
static uint64_t sentences_of(uint32_t class, uint32_t scale)
{
    return class == RARITY_ONE ? 1 : is_fine(scale) ? least_of(class, scale) * 3 / 2 : least_of(class, scale) * 4;
}

/* Hash, then class: the order of TERM_KEY. */
static uint64_t name_of(uint64_t term)
{
    return term >> TERM_UNUSED << 3 | (term & TERM_CLASS);
}

static uint32_t bucket_of(const struct rarity *r, uint64_t term)
{
    return (uint32_t)(term >> (64 - r->bucket_bits));
}

/* What an entry of the term's bucket starts with. */
static uint64_t rest_of(const struct rarity *r, uint64_t term)
{
    return name_of(term) & (((uint64_t)1 << (HASH_WIDE + 3 - r->bucket_bits)) - 1);
}

/* One more than buckets, and an even number, so that entries are aligned. */
static uint64_t firsts(uint32_t bucket_bits)
{
    return ((uint64_t)1 << bucket_bits) + 2;
}

static uint64_t *entries_of(const struct rarity *r)
{
    return (uint64_t *)(uintptr_t)(r->first + firsts(r->bucket_bits));
}

static uint64_t size_of(uint64_t entries, uint32_t bucket_bits)
{
    return sizeof(struct rarity) + firsts(bucket_bits) * sizeof(uint32_t) + entries * sizeof(uint64_t);
}

/* ---- making ---- */

int rarity_begin(struct rarity_maker *m, uint64_t most, uint64_t sentences, uint64_t documents)
{
    uint32_t bits = LEAST_BITS;
    memset(m, 0, sizeof *m);
    while (bits < 28 && (uint64_t)IN_BUCKET << bits < most)
        bits++;
    if (most > UINT32_MAX)
        most = UINT32_MAX;
    m->table = calloc(1, size_of(most, bits));
    if (!m->table)
        return 0;
    m->room = (uint32_t)most;
    m->documents = documents;
    m->table->scale = doublings(sentences + sentences / 2) | doublings(documents + documents / 2)
                                                                 << 8; /* the nearest */
    m->table->bucket_bits = bits;
    return 1;
}

void rarity_add(struct rarity_maker *m, const struct rarity_count *c)
{
    struct rarity *r = m->table;
    if (c->documents < 2 || r->entries == m->room)
        return;
    while (m->bucket <= bucket_of(r, c->key))
        r->first[m->bucket++] = r->entries;
    uint32_t class = is_fine(r->scale) ? fine_class(c->documents) : coarse_class(c->documents, m->documents, r->scale);
    entries_of(r)[r->entries++] = rest_of(r, c->key) << TAIL | class;
}

struct assay_text rarity_end(struct rarity_maker *m)
{
    struct rarity *r = m->table;
    while (m->bucket < firsts(r->bucket_bits))
        r->first[m->bucket++] = r->entries;
    return (struct assay_text){(const char *)r, size_of(r->entries, r->bucket_bits)};
}

void rarity_free(struct rarity_maker *m)
{
    free(m->table);
    m->table = NULL;
}

/* ---- asking ---- */

const struct rarity *rarity_of(struct assay_text blob)
{
    const struct rarity *r = (const struct rarity *)(const void *)blob.at;
    if (!blob.at || blob.size < sizeof *r || r->bucket_bits > 32 || blob.size < size_of(r->entries, r->bucket_bits))
        return NULL;
    return r;
}

static uint32_t find(const struct rarity *r, uint64_t term)
{
    const uint64_t *entry = entries_of(r), rest = rest_of(r, term);
    uint32_t bucket = bucket_of(r, term);
    for (uint32_t i = r->first[bucket]; i < r->first[bucket + 1]; i++)
        if (entry[i] >> TAIL >= rest)
            return entry[i] >> TAIL == rest ? entry[i] & (RARITY_CLASSES - 1) : RARITY_ONE;
    return RARITY_ONE;
}

void rarity_find_all(const struct rarity *r, const uint64_t *term, uint32_t count, unsigned char *class)
{
    for (uint32_t i = 0; i < count; i += AHEAD) {
        uint32_t n = r && count - i < AHEAD ? count - i : AHEAD;
        if (!r) {
            memset(class, RARITY_ONE, count);
            return;
        }
        for (uint32_t k = 0; k < n; k++)
            __builtin_prefetch(&r->first[bucket_of(r, term[i + k])]);
        for (uint32_t k = 0; k < n; k++)
            __builtin_prefetch(entries_of(r) + r->first[bucket_of(r, term[i + k])]);
        for (uint32_t k = 0; k < n; k++)
            class[i + k] = (unsigned char)find(r, term[i + k]);
    }
}

static uint32_t short_of(const struct rarity *r, uint32_t bucket, uint64_t entry)
{
    uint64_t hash = ((uint64_t)bucket << (HASH_WIDE - r->bucket_bits)) | entry >> TAIL >> 3;
    return (uint32_t)(hash >> (HASH_WIDE - 32));
}

/* Both have their entries in the same order, bucket by bucket. */
uint32_t rarity_differs(const struct rarity *a, const struct rarity *b, uint32_t *to)
{
    uint32_t n = 0;
    if (!a || !b || a->bucket_bits != b->bucket_bits || a->scale != b->scale)
        return RARITY_ALL;
    const uint64_t *x = entries_of(a), *y = entries_of(b);
    for (uint64_t k = 0; k >> a->bucket_bits == 0; k++) {
        uint32_t i = a->first[k], j = b->first[k], ends = a->first[k + 1], end = b->first[k + 1];
        while (i < ends || j < end) {
            if (i < ends && j < end && x[i] == y[j]) {
                i++;
                j++;
                continue;
            }
            int mine = j == end || (i < ends && x[i] < y[j]);
            uint64_t entry = mine ? x[i++] : y[j++];
            if (to)
                to[n] = short_of(a, (uint32_t)k, entry);
            n++;
        }
    }
    return n;
}

/* ---- weights ---- */

/* Tenths: what a shared term of the class says about two sentences speaking of the same (measured on parallel and on
 * independent news). */
static const uint32_t base[8] = {15, 6, 10, 5, 12, 10, 13, 8};

void rarity_scale(struct rarity_scale *s, uint32_t scale)
{
    if (s->ready && s->scale == scale)
        return;
    uint64_t sentences = (uint64_t)1 << (scale & 31), documents = (uint64_t)1 << (scale >> 8 & 31);
    s->scale = scale;
    s->ready = 1;
    for (uint32_t c = 0; c < RARITY_CLASSES; c++) {
        uint64_t held = sentences_of(c, scale);
        /* log2((1 + held + 2N) / (1 + held)) in 1/256: the quotient in 16.16 loses nothing that matters */
        uint32_t bits = log2_fixed(((1 + held + 2 * sentences) << 16) / (1 + held)) - (16u << 8);
        for (uint32_t t = 0; t < 8; t++)
            s->weight[c][t] = (uint16_t)(bits * base[t] / 10 > 0xffff ? 0xffff : bits * base[t] / 10);
        s->rare[c] = least_of(c, scale) < RARE_BELOW || held * RARE_SHARE <= documents;
        s->common[c] = least_of(c, scale) >= RARITY_COMMON;
    }
}

uint32_t rarity_bits(uint32_t weight, uint64_t term)
{
    return WEIGHT_OF(weight) * 10 / base[term & TERM_CLASS];
}

/* ---- integers ---- */

uint32_t log2_fixed(uint64_t x)
{
    uint32_t whole = 63 - (uint32_t)__builtin_clzll(x | 1), result = whole << 8;
    uint64_t y = whole > 31 ? x >> (whole - 31) : x << (31 - whole); /* 1.31 */
    for (uint32_t bit = 128; bit; bit >>= 1) {
        y = y * y >> 31;
        if (y >> 32) {
            y >>= 1;
            result |= bit;
        }
    }
    return result;
}

uint64_t root_of(uint64_t x)
{
    uint64_t root = 0, bit = (uint64_t)1 << 62;
    while (bit > x)
        bit >>= 2;
    for (; bit; bit >>= 2) {
        if (x >= root + bit) {
            x -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    return root;
}
