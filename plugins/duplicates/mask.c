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
#define SMALL 4096u /* places of a table that is compared as a whole */
#define CLUSTER_MOST 1024u /* places that are taken, side by side */
#define RUN 4u /* places in a row that make furniture; fewer are a common turn of phrase */

uint64_t dup_mask_words(uint64_t entries)
{
    uint64_t size = 64;
    while (size < entries * 2)
        size *= 2;
    return 1 + size + size / FILTER;
}

void dup_mask_init(uint32_t *blob, uint64_t words)
{
    uint32_t bits = 0;
    while (1 + (UINT64_C(1) << bits) + (UINT64_C(1) << bits) / FILTER < words)
        bits++;
    memset(blob, 0, words * sizeof *blob);
    blob[0] = bits;
}

/* The table holds 31 bits of a hash of which other bits choose the place: about one look-up in 10^9 errs. Gives the
 * place of the print, or the free one where it belongs. */
static uint64_t place(const uint32_t *blob, uint32_t run, uint32_t source, uint32_t *print)
{
    uint64_t h = dup_pair(run & DUP_KEPT_BITS, source), last = (UINT64_C(1) << (blob[0] & BITS)) - 1,
             i = dup_mix(h) & last;
    *print = (uint32_t)h | 1;
    while (blob[1 + i] != 0 && blob[1 + i] != *print)
        i = (i + 1) & last;
    return 1 + i;
}

void dup_mask_add(uint32_t *blob, uint32_t run, uint32_t source)
{
    uint32_t print, bits;
    uint64_t word = dup_mask_word(blob, run, &bits);
    blob[word] |= bits;
    uint64_t at = place(blob, run, source, &print);
    blob[at] = print;
    if (source == DUP_EVERYWHERE)
        blob[0] |= ANYWHERE;
}

int dup_mask_has(const uint32_t *blob, uint32_t run, uint32_t source)
{
    uint32_t print;
    return blob[place(blob, run, source, &print)] == print;
}

int dup_mask_found(const uint32_t *blob, uint32_t run, uint32_t source)
{
    return dup_mask_has(blob, run, source) || ((blob[0] & ANYWHERE) && dup_mask_has(blob, run, DUP_EVERYWHERE));
}

uint32_t dup_mask_print(uint32_t run, uint32_t source)
{
    return (uint32_t)dup_pair(run & DUP_KEPT_BITS, source) | 1;
}

/* What stands on one side more often than on the other. */
static uint64_t surplus(const uint32_t *mine, uint64_t mines, const uint32_t *other, uint64_t others, uint32_t *to)
{
    uint64_t n = 0;
    for (uint64_t i = 0; i < mines; i++) {
        int64_t more = 0;
        for (uint64_t k = 0; k < mines; k++)
            more += mine[k] == mine[i];
        for (uint64_t k = 0; k < others; k++)
            more -= other[k] == mine[i];
        if (!mine[i] || more <= 0)
            continue;
        if (to)
            to[n] = mine[i];
        n++;
    }
    return n;
}

/* A print stands between the place it belongs to and the next free one. So tables are compared from places that are
 * free in both to the next such one: within these, order decides nothing. The filter says of what stands in the table
 * that it may be there, and decides nothing else. */
uint64_t dup_mask_differs(const uint32_t *a, const uint32_t *b, uint32_t *to)
{
    uint64_t size = UINT64_C(1) << (a[0] & BITS), other = UINT64_C(1) << (b[0] & BITS), n = 0, begin = 0;
    a++;
    b++;
    if (size <= SMALL && other <= SMALL) { /* of any two sizes: prints do not depend on it */
        n = surplus(a, size, b, other, to);
        return n + surplus(b, other, a, size, to ? to + n : NULL);
    }
    if (size != other)
        return DUP_MASK_ALL;
    for (uint64_t i = 0; i <= size; i++) {
        if (i < size && (a[i] | b[i]))
            continue;
        if (memcmp(a + begin, b + begin, (i - begin) * sizeof *a) != 0) {
            if (i - begin > CLUSTER_MOST || !begin || i == size) /* at the ends it may go on at the other one */
                return DUP_MASK_ALL;
            n += surplus(a + begin, i - begin, b + begin, i - begin, to ? to + n : NULL);
            n += surplus(b + begin, i - begin, a + begin, i - begin, to ? to + n : NULL);
        }
        begin = i + 1;
    }
    return n;
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
