/* SPDX-License-Identifier: Apache-2.0 */
#include "mask.h"

#include <string.h>

#include "mix.h"
#include "sketch.h"

#define HEAD 20u /* words before the first furniture of a page that are a menu, not a story */
#define GAP 8u  /* words between furniture that are furniture: a date, a name */
#define BITS DUP_MASK_BITS
#define FILTER DUP_MASK_FILTER
#define ANYWHERE 0x80000000u   /* the table has runs of DUP_EVERYWHERE */
#define RUN 4u /* places in a row that make furniture; fewer are a common turn of phrase */

uint64_t dup_mask_words(uint64_t entries)
{
    uint64_t size = 64;
    while (size < entries * 2)
        size *= 2;
    return DUP_MASK_HEAD + 2 * size + size / FILTER;
}

void dup_mask_init(uint32_t *blob, uint64_t words)
{
    uint32_t bits = 0;
    while (DUP_MASK_HEAD + (UINT64_C(2) << bits) + (UINT64_C(1) << bits) / FILTER < words)
        bits++;
    memset(blob, 0, words * sizeof *blob);
    blob[0] = bits;
}

/* A pair as the table holds it; 0 is a free place. */
static uint64_t pair_of(uint32_t run, uint32_t source)
{
    return ((uint64_t)(run & DUP_KEPT_BITS) << 32 | source) + 1;
}

static uint32_t print_of(uint64_t pair)
{
    return (uint32_t)dup_pair((pair - 1) >> 32, (uint32_t)(pair - 1)) | 1;
}

uint32_t dup_mask_print(uint32_t run, uint32_t source)
{
    return print_of(pair_of(run, source));
}

static uint64_t size_of(const uint32_t *blob)
{
    return UINT64_C(1) << (blob[0] & BITS);
}

static uint64_t pair_at(const uint32_t *blob, uint64_t place)
{
    uint64_t pair;
    memcpy(&pair, blob + DUP_MASK_HEAD + 2 * place, sizeof pair);
    return pair;
}

/* The place of the pair, or the free one where it belongs. */
static uint64_t place_of(const uint32_t *blob, uint64_t pair)
{
    uint64_t last = size_of(blob) - 1, i = dup_mix(pair) & last, there;
    while ((there = pair_at(blob, i)) != 0 && there != pair)
        i = (i + 1) & last;
    return i;
}

void dup_mask_add(uint32_t *blob, uint32_t run, uint32_t source)
{
    uint32_t bits;
    uint64_t word = dup_mask_word(blob, run, &bits), pair = pair_of(run, source);
    blob[word] |= bits;
    memcpy(blob + DUP_MASK_HEAD + 2 * place_of(blob, pair), &pair, sizeof pair);
    if (source == DUP_EVERYWHERE)
        blob[0] |= ANYWHERE;
}

int dup_mask_has(const uint32_t *blob, uint32_t run, uint32_t source)
{
    uint64_t pair = pair_of(run, source);
    return pair_at(blob, place_of(blob, pair)) == pair;
}

int dup_mask_found(const uint32_t *blob, uint32_t run, uint32_t source)
{
    return dup_mask_has(blob, run, source) || ((blob[0] & ANYWHERE) && dup_mask_has(blob, run, DUP_EVERYWHERE));
}

/* What stands in one and not in the other. Most of it stands at the same place. */
static uint64_t surplus(const uint32_t *mine, const uint32_t *other, uint32_t *to)
{
    uint64_t n = 0, others = size_of(other);
    for (uint64_t i = 0; i < size_of(mine); i++) {
        uint64_t pair = pair_at(mine, i);
        if (!pair || (i < others && pair_at(other, i) == pair) || pair_at(other, place_of(other, pair)) == pair)
            continue;
        if (to)
            to[n] = print_of(pair);
        n++;
    }
    return n;
}

/* The filter says of what stands in the table that it may be there, and decides nothing else. */
uint64_t dup_mask_differs(const uint32_t *a, const uint32_t *b, uint32_t *to)
{
    uint64_t n = surplus(a, b, to);
    return n + surplus(b, a, to ? to + n : NULL);
}

static uint32_t mark_run(uint8_t *mark, uint32_t words, uint32_t from, uint32_t to)
{
    uint32_t n = 0;
    for (uint32_t i = from; i < to && i < words; i++) {
        n += !mark[i];
        mark[i] = 1;
    }
    return n;
}

/* The first of mark[from..words) that is `value`; words: none. */
static uint32_t next_of(const uint8_t *mark, uint32_t words, uint32_t from, int value)
{
    const uint8_t *at = from < words ? memchr(mark + from, value, words - from) : NULL;
    return at ? (uint32_t)(at - mark) : words;
}

static uint32_t fill_islands(uint8_t *mark, uint32_t words)
{
    uint32_t n = 0, start = 0;
    for (uint32_t i = next_of(mark, words, 0, 1); i < words; i = next_of(mark, words, start, 1)) {
        if (i > start && i - start <= (start == 0 ? HEAD : GAP))
            n += mark_run(mark, words, start, i);
        start = next_of(mark, words, i, 0);
    }
    return n;
}

uint32_t dup_mask_apply(const uint32_t *blob, uint8_t *mark, uint32_t words, const uint32_t *run, uint32_t runs,
                        const uint32_t *at, uint32_t count, uint32_t size, uint32_t source)
{
    uint32_t marked = 0, known = 0;
    if (words)
        memset(mark, 0, words);
    if (!blob)
        return 0;
    for (uint32_t i = 0; i <= count; i++) {
        if (i < count && dup_mask_knows(blob, run[at[i]], source)) {
            known++;
            continue;
        }
        /* winnowed places lie at most a window apart, so what is between two of them belongs to the run */
        if (known > 0) {
            uint32_t from = at[i - known], to = at[i - 1];
            if (i == known)
                from = from < DUP_WINDOW ? 0 : from;
            if (i == count && to + DUP_WINDOW >= runs)
                to = runs - 1;
            if (to - from + 1 >= RUN)
                marked += mark_run(mark, words, from, to + size);
        }
        known = 0;
    }
    return marked ? marked + fill_islands(mark, words) : 0;
}
