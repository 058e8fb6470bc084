/* SPDX-License-Identifier: Apache-2.0 */
#include "rarity.h"

#include "terms.h"

uint64_t rarity_slots(uint64_t entries)
{
    uint64_t slots = 16;
    while (slots < entries + entries / 2)
        slots *= 2;
    return slots;
}

uint64_t rarity_size(uint64_t slots)
{
    return sizeof(struct rarity) + slots * sizeof(struct rarity_entry);
}

static uint64_t home(const struct rarity *r, uint64_t key)
{
    return (key >> 8) & (r->slots - 1);
}

void rarity_put(struct rarity *r, const struct rarity_entry *entry)
{
    uint64_t i = home(r, entry->key);
    while (r->entry[i].key && r->entry[i].key != entry->key)
        i = (i + 1) & (r->slots - 1);
    r->entry[i] = *entry;
}

const struct rarity *rarity_of(struct assay_text blob)
{
    const struct rarity *r = (const struct rarity *)(const void *)blob.at;
    if (!blob.at || blob.size < sizeof *r || blob.size < rarity_size(r->slots))
        return NULL;
    return r;
}

struct rarity_entry rarity_get(const struct rarity *r, uint64_t key)
{
    struct rarity_entry once = {key, 1, 1};
    if (!r)
        return once;
    for (uint64_t i = home(r, key); r->entry[i].key; i = (i + 1) & (r->slots - 1))
        if (r->entry[i].key == key)
            return r->entry[i];
    return once;
}

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

uint32_t rarity_bits(const struct rarity *r, uint64_t key)
{
    uint64_t sentences = r ? r->sentences : 1, df = rarity_get(r, key).sentences;
    /* log2((1 + df + 2N) / (1 + df)) in 1/256: the quotient in 16.16 loses nothing that matters */
    uint64_t quotient = ((1 + df + 2 * sentences) << 16) / (1 + df);
    return log2_fixed(quotient) - (16u << 8);
}

uint32_t rarity_weight(const struct rarity *r, uint64_t term)
{
    /* Tenths: what a shared term of the class says about two sentences speaking of the same (measured on parallel and
     * on independent news). */
    static const uint32_t base[8] = {15, 6, 10, 5, 12, 10, 13, 8};
    uint32_t weight = rarity_bits(r, TERM_KEY(term)) * base[term & TERM_CLASS] / 10;
    return weight > 0xffff ? 0xffff : weight;
}

#define RARE_DOCUMENTS 12u /* a story has a dozen tellers */
#define RARE_SHARE 200u    /* or one document of so many */

int rarity_is_rare(const struct rarity *r, uint64_t key)
{
    uint64_t documents = rarity_get(r, key).documents;
    return documents <= RARE_DOCUMENTS || (r && documents * RARE_SHARE <= r->documents);
}
