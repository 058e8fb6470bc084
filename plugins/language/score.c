/* SPDX-License-Identifier: Apache-2.0 */
#include "score.h"

#include <string.h>

#include "grams.h"

#define FLUSH 240u /* rows of +-127 that fit into 16 bits */
#define ENOUGH (9 * MODEL_UNIT)        /* a margin that decides */
#define ENOUGH_HINTED (5 * MODEL_UNIT) /* for the language of the text before */
#define LOOK_EVERY 2u                  /* words between looks at the margin */
#define LOOK_FROM 24u                  /* features before the first */

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

/* The compiler makes one more for AVX2; integers, so both give the same sums. */
#if defined(__x86_64__) && !defined(ASSAY_SANITIZE)
#define CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CLONES
#endif

/* 64 columns; those beyond the classes are of the next row, and nobody looks at their sums. */
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

static uint32_t dictionary_rows(const struct model *model, uint32_t group, uint64_t word, uint32_t *row)
{
    const struct model_group *g = model->header->group + (group - GROUP_LATIN);
    const uint16_t *bucket = model_dictionary(model, group) + dict_bucket(word, g->buckets) * DICT_BUCKET;
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
    memset(score, 0, sizeof *score);
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
    int64_t margin = ((int64_t)first - second) * g->scale / root(score->features);
    score->decided = margin >= (best == hint ? ENOUGH_HINTED : ENOUGH);
}

void score_add(struct score *score, const struct model *model, uint32_t group, const struct walk_word *word, uint32_t hint)
{
    const struct model_group *g = model->header->group + (group - GROUP_LATIN);
    uint32_t row[GRAMS_MOST + DICT_BUCKET];
    uint32_t rows = grams_rows(word->c, word->n, group, g->bits, row);
    if (group != GROUP_HAN)
        rows += dictionary_rows(model, group, grams_word(word->c, word->n), row + rows);
    if (g->classes > 16)
        add_rows64(score->sum, model_table(model, group), g->classes, row, rows);
    else
        add_rows16(score->sum, model_table(model, group), g->classes, row, rows);
    score->features += rows;
    if (++score->words % LOOK_EVERY == 0 && score->features >= LOOK_FROM)
        look(score, g, hint);
}

void score_end(const struct score *score, const struct model *model, uint32_t group, int32_t z[MODEL_LANES])
{
    const struct model_group *g = model->header->group + (group - GROUP_LATIN);
    int64_t factor = ((int64_t)g->scale << 24) / root(score->features ? score->features : 1);
    for (uint32_t k = 0; k < g->classes; k++) {
        int64_t s = score->sum[k] * factor >> 24;
        z[k] = s > 30000 ? 30000 : s < -30000 ? -30000 : (int32_t)s;
    }
}
