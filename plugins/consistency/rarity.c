/* SPDX-License-Identifier: Apache-2.0 */
#include "rarity.h"

#include <stdlib.h>
#include <string.h>

#include "terms.h"

/* An entry: bits in 14, documents in 7, 1 where it is rare, class in 3, and as much of the hash as the bucket leaves open. */
#define BITS_WIDE 14u
#define DOCUMENTS_WIDE 7u
#define RARE_BIT (BITS_WIDE + DOCUMENTS_WIDE)
#define TAIL (RARE_BIT + 1u)
#define HASH_WIDE (64u - TERM_UNUSED)
#define IN_BUCKET 4u /* entries, on average */
#define LEAST_BITS 4u

#define RARE_DOCUMENTS 12u /* a story has a dozen tellers */
#define RARE_SHARE 200u    /* or one document of so many */

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

static uint32_t bits_of(uint64_t sentences, uint64_t df)
{
    /* log2((1 + df + 2N) / (1 + df)) in 1/256: the quotient in 16.16 loses nothing that matters */
    uint64_t quotient = ((1 + df + 2 * sentences) << 16) / (1 + df);
    return log2_fixed(quotient) - (16u << 8);
}

/* ---- making ---- */

int rarity_begin(struct rarity_maker *m, uint64_t most, uint64_t sentences, uint64_t documents)
{
    uint32_t bits = LEAST_BITS;
    memset(m, 0, sizeof *m);
    while (bits < 28 && (uint64_t)IN_BUCKET << bits < most)
        bits++;
    if (most >= RARITY_NONE >> 2) /* a place has to leave two bits of 32 */
        most = (RARITY_NONE >> 2) - 1;
    m->table = calloc(1, size_of(most, bits));
    if (!m->table)
        return 0;
    m->room = (uint32_t)most;
    m->table->sentences = sentences;
    m->table->documents = documents;
    m->table->bucket_bits = bits;
    m->table->once = bits_of(sentences, 1);
    return 1;
}

void rarity_add(struct rarity_maker *m, const struct rarity_count *c)
{
    struct rarity *r = m->table;
    uint32_t documents = c->documents < RARITY_MANY ? c->documents : RARITY_MANY;
    if (r->entries == m->room)
        return;
    while (m->bucket <= bucket_of(r, c->key))
        r->first[m->bucket++] = r->entries;
    uint64_t rare = c->documents <= RARE_DOCUMENTS || (uint64_t)c->documents * RARE_SHARE <= r->documents;
    entries_of(r)[r->entries++] = rest_of(r, c->key) << TAIL | rare << RARE_BIT | (uint64_t)documents << BITS_WIDE | bits_of(r->sentences, c->sentences);
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

uint32_t rarity_find(const struct rarity *r, uint64_t term)
{
    if (!r)
        return RARITY_NONE;
    const uint64_t *entry = entries_of(r), rest = rest_of(r, term);
    uint32_t bucket = bucket_of(r, term);
    for (uint32_t i = r->first[bucket]; i < r->first[bucket + 1]; i++)
        if (entry[i] >> TAIL >= rest)
            return entry[i] >> TAIL == rest ? i : RARITY_NONE;
    return RARITY_NONE;
}

uint32_t rarity_documents_at(const struct rarity *r, uint32_t place)
{
    return entries_of(r)[place] >> BITS_WIDE & RARITY_MANY;
}

static uint32_t bits_at(const struct rarity *r, uint32_t place)
{
    return entries_of(r)[place] & ((1u << BITS_WIDE) - 1);
}

uint32_t rarity_bits(const struct rarity *r, uint64_t term)
{
    uint32_t place = rarity_find(r, term);
    if (place != RARITY_NONE)
        return bits_at(r, place);
    return r ? r->once : bits_of(1, 1);
}

static uint32_t weigh(uint32_t bits, uint32_t class)
{
    /* Tenths: what a shared term of the class says about two sentences speaking of the same (measured on parallel and
     * on independent news). */
    static const uint32_t base[8] = {15, 6, 10, 5, 12, 10, 13, 8};
    uint32_t weight = bits * base[class] / 10;
    return weight > 0xffff ? 0xffff : weight;
}

uint32_t rarity_weight_at(const struct rarity *r, uint32_t place)
{
    return weigh(bits_at(r, place), entries_of(r)[place] >> TAIL & TERM_CLASS);
}

int rarity_is_rare(const struct rarity *r, uint64_t term)
{
    uint32_t place = rarity_find(r, term);
    return place == RARITY_NONE || (entries_of(r)[place] >> RARE_BIT & 1);
}

uint32_t rarity_weight(const struct rarity *r, uint64_t term)
{
    return weigh(rarity_bits(r, term), term & TERM_CLASS);
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
