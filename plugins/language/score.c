/* SPDX-License-Identifier: Apache-2.0 */
#include "score.h"

#include <string.h>

#include "grams.h"

#define FLUSH 240u /* rows of +-127 that fit into 16 bits */
#define ENOUGH (20 * MODEL_UNIT)       /* a margin that decides: above the cost of two changes of language */
#define ENOUGH_HINTED (2 * MODEL_UNIT) /* for the language of the text before */
#define LOOK_FROM 12u                  /* features before the first look at the margin; the next are a quarter more */

/* floor(sqrt(n << 32)), n < 2^31. */
static int64_t root(uint64_t n)
{
    uint64_t x = n << 32, r = 0, bit = 1ull << 62;
    while (bit > x)
        bit >>= 2;
    for (; bit; bit >>= 2) {
        if (x >= r + bit) {
            x -= r + bit;
            r = (r >> 1) + bit;
        } else {
            r >>= 1;
        }
    }
    return (int64_t)r;
}

typedef int8_t bytes16 __attribute__((vector_size(16)));
typedef int16_t words16 __attribute__((vector_size(32)));

static inline void flush(int32_t *sum, const words16 *part)
{
    for (uint32_t k = 0; k < 16; k++)
        sum[k] += (*part)[k];
}

/* Columns beyond the stride are of the next rows, and nobody looks at their sums. */
CLONES static void add_rows64(int32_t *sum, const int8_t *table, uint32_t stride, const uint32_t *row, uint32_t rows)
{
    for (uint32_t from = 0; from < rows; from += FLUSH) {
        uint32_t to = rows - from < FLUSH ? rows : from + FLUSH;
        words16 a = {0}, b = {0}, c = {0}, d = {0};
        for (uint32_t i = from; i < to; i++) {
            bytes16 w[4];
            memcpy(w, table + (size_t)row[i] * stride, sizeof w);
            a += __builtin_convertvector(w[0], words16);
            b += __builtin_convertvector(w[1], words16);
            c += __builtin_convertvector(w[2], words16);
            d += __builtin_convertvector(w[3], words16);
        }
        flush(sum, &a);
        flush(sum + 16, &b);
        flush(sum + 32, &c);
        flush(sum + 48, &d);
    }
}

static void add_rows16(int32_t *sum, const int8_t *table, uint32_t stride, const uint32_t *row, uint32_t rows)
{
    for (uint32_t from = 0; from < rows; from += FLUSH) {
        uint32_t to = rows - from < FLUSH ? rows : from + FLUSH;
        words16 a = {0};
        for (uint32_t i = from; i < to; i++) {
            bytes16 w;
            memcpy(&w, table + (size_t)row[i] * stride, sizeof w);
            a += __builtin_convertvector(w, words16);
        }
        flush(sum, &a);
    }
}

static uint32_t dictionary_rows(const struct model_group *g, const uint16_t *bucket, uint64_t word, uint32_t *row)
{
    uint32_t n = 0;
    for (uint32_t match = dict_match(bucket, dict_print(word)); match; match &= match - 1) {
        uint32_t entry = bucket[__builtin_ctz(match)];
        if (DICT_CLASS(entry) < g->classes)
            row[n++] = (1u << g->bits) + DICT_TIER(entry) * g->classes + DICT_CLASS(entry);
    }
    return n;
}

void score_start(struct score *score)
{
    memset(score->sum, 0, sizeof score->sum);
    score->rows = score->features = score->decided = 0;
    score->look = LOOK_FROM;
}

static void take_rows(struct score *score, const struct model *model, uint32_t group)
{
    const struct model_group *g = model->header->group + (group - GROUP_LATIN);
    if (g->classes > 16)
        add_rows64(score->sum, model_table(model, group), g->stride, score->row, score->rows);
    else
        add_rows16(score->sum, model_table(model, group), g->stride, score->row, score->rows);
    score->features += score->rows;
    score->rows = 0;
}

static void look(struct score *score, const struct model_group *g, uint32_t hint)
{
    int32_t first = INT32_MIN, second = INT32_MIN;
    uint32_t best = 0;
    for (uint32_t k = 0; k < g->classes; k++) {
        int32_t s = score->sum[k];
        if (s > first) {
            second = first;
            first = s;
            best = k;
        } else if (s > second) {
            second = s;
        }
    }
    /* margin * scale / sqrt(features << 32) >= enough, squared */
    int64_t margin = ((int64_t)first - second) * g->scale >> 16, enough = best == hint ? ENOUGH_HINTED : ENOUGH;
    score->decided = margin * margin >= enough * enough * (int64_t)score->features;
    score->look = score->features + score->features / 4;
}

void score_add(struct score *score, const struct model *model, uint32_t group, const struct walk_word *word,
               uint32_t hint)
{
    const struct model_group *g = model->header->group + (group - GROUP_LATIN);
    const int8_t *table = model_table(model, group);
    uint32_t row[GRAMS_MOST + DICT_BUCKET];
    uint64_t hash = grams_word(word->c, word->n);
    const uint16_t *bucket = model_dictionary(model, group) + dict_bucket(hash, g->buckets) * DICT_BUCKET;
    /* The tables are larger than the caches: ask for a word's rows, then sum up those of the word before. */
    __builtin_prefetch(bucket);
    uint32_t rows = grams_rows(word->c, word->n, group, g->bits, row);
    for (uint32_t i = 0; i < rows; i++)
        __builtin_prefetch(table + (size_t)row[i] * g->stride);
    take_rows(score, model, group);
    if (score->features >= score->look)
        look(score, g, hint);
    if (group != GROUP_HAN)
        rows += dictionary_rows(g, bucket, hash, row + rows);
    memcpy(score->row, row, rows * sizeof *row);
    score->rows = rows;
}

void score_end(struct score *score, const struct model *model, uint32_t group, int32_t z[MODEL_LANES])
{
    const struct model_group *g = model->header->group + (group - GROUP_LATIN);
    take_rows(score, model, group);
    int64_t factor = ((int64_t)g->scale << 24) / root(score->features ? score->features : 1);
    for (uint32_t k = 0; k < g->classes; k++) {
        int64_t s = score->sum[k] * factor >> 24;
        z[k] = s > 30000 ? 30000 : s < -30000 ? -30000 : (int32_t)s;
    }
}
