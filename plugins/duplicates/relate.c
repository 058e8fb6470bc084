/* SPDX-License-Identifier: Apache-2.0 */
#include "relate.h"

#include <stdlib.h>
#include <string.h>

#include "mix.h"

#define THIN 25u        /* hundredths of equal words below which a block counts for nothing */
#define DENSE 40u       /* of a passage */
#define DENSE_SHORT 60u /* of a passage below SHORT words */
#define SHORT 40u
#define FIGURES 4096u   /* of one side that are compared */
#define REACH 8u        /* words that a difference may span for its figures to be paired */

void dup_marks_free(struct dup_marks *m)
{
    free(m->at);
    free(m->figure[0]);
    free(m->figure[1]);
    memset(m, 0, sizeof *m);
}

/* ---- figures ---- */

/* A figure goes on over one full stop or comma: 1,250.5. */
static int glued(const struct dup_side *s, uint32_t i)
{
    const struct dup_word *w = &s->word[i], *v = w + 1;
    return i + 1 < s->words && dup_is_number(w) && dup_is_number(v) && v->begin == w->end + 1 &&
           (s->text[w->end] == '.' || s->text[w->end] == ',');
}

static int by_value(const void *p, const void *q)
{
    uint64_t a, b;
    memcpy(&a, p, sizeof a);
    memcpy(&b, q, sizeof b);
    return a < b ? -1 : a > b;
}

/* The figures of words [from, to), each with the word before it, sorted. */
static int figures(struct dup_marks *m, int side, const struct dup_side *s, uint32_t from, uint32_t to, uint32_t *count)
{
    if (!m->figure[side]) {
        m->figure[side] = malloc(FIGURES * sizeof *m->figure[side]);
        if (!m->figure[side])
            return 0;
    }
    uint64_t *figure = m->figure[side];
    uint32_t n = 0;
    for (uint32_t i = from; i < to && n < FIGURES; i++) {
        if (!dup_is_number(&s->word[i]))
            continue;
        uint64_t h = s->word[i].hash ^ (i > 0 ? s->word[i - 1].hash * 3 : 0);
        while (i + 1 < to && glued(s, i)) {
            i++;
            h = dup_mix(h) ^ s->word[i].hash;
        }
        figure[n++] = h;
    }
    if (n > 1)
        qsort(figure, n, sizeof *figure, by_value);
    *count = n;
    return 1;
}

/* Per mille of the figures of the side with fewer that the other has too. */
static int agreement(struct dup_marks *m, const struct dup_side *a, const struct dup_block *block, const struct dup_side *b,
                     uint32_t *fewer, uint32_t *mille)
{
    uint32_t n, k, both = 0;
    if (!figures(m, 0, a, block->a0, block->a1, &n) || !figures(m, 1, b, block->b0, block->b1, &k))
        return 0;
    for (uint32_t i = 0, j = 0; i < n && j < k;) {
        uint64_t x = m->figure[0][i], y = m->figure[1][j];
        both += x == y;
        i += x <= y;
        j += y <= x;
    }
    *fewer = n < k ? n : k;
    *mille = *fewer ? dup_mille(both, *fewer) : 1000;
    return 1;
}

static struct assay_span whole_figure(const struct dup_side *s, uint32_t i)
{
    uint32_t from = i, to = i;
    while (from > 0 && glued(s, from - 1))
        from--;
    while (glued(s, to))
        to++;
    return (struct assay_span){s->word[from].begin, s->word[to].end};
}

/* The next place where two words in a row are equal again, nearest first. 0: none within reach. */
static int resume(const struct dup_side *a, const struct dup_side *b, const struct dup_block *k, uint32_t i, uint32_t j,
                  uint32_t *di, uint32_t *dj)
{
    for (uint32_t sum = 1; sum <= 2 * REACH; sum++) {
        for (uint32_t d = sum > REACH ? sum - REACH : 0; d <= sum && d <= REACH; d++) {
            uint32_t x = i + d, y = j + sum - d;
            if (x >= k->a1 || y >= k->b1 || a->word[x].hash != b->word[y].hash)
                continue;
            if (x + 1 < k->a1 && y + 1 < k->b1 && a->word[x + 1].hash != b->word[y + 1].hash)
                continue;
            *di = d;
            *dj = sum - d;
            return 1;
        }
    }
    return 0;
}

static uint32_t nth_figure(const struct dup_side *s, uint32_t from, uint32_t to, uint32_t nth)
{
    for (uint32_t i = from; i < to; i++) {
        if (!dup_is_number(&s->word[i]) || (i > from && glued(s, i - 1)))
            continue;
        if (nth-- == 0)
            return i;
    }
    return UINT32_MAX;
}

static int same_figure(const struct dup_side *a, struct assay_span x, const struct dup_side *b, struct assay_span y)
{
    return x.end - x.begin == y.end - y.begin && !memcmp(a->text + x.begin, b->text + y.begin, x.end - x.begin);
}

uint32_t dup_figures_differ(struct assay_differ *to, uint32_t most, const struct dup_side *a, const struct dup_side *b,
                            const struct dup_block *k)
{
    uint32_t count = 0, i = k->a0, j = k->b0;
    while (i < k->a1 && j < k->b1 && count < most) {
        uint32_t di = 1, dj = 1;
        if (a->word[i].hash == b->word[j].hash) {
            i++;
            j++;
            continue;
        }
        if (!resume(a, b, k, i, j, &di, &dj)) {
            i++; /* too different here: go on side by side */
            j++;
            continue;
        }
        for (uint32_t n = 0; count < most; n++) {
            uint32_t x = nth_figure(a, i, i + di, n), y = nth_figure(b, j, j + dj, n);
            if (x == UINT32_MAX || y == UINT32_MAX)
                break;
            struct assay_differ d = {whole_figure(a, x), whole_figure(b, y)};
            if (!same_figure(a, d.a, b, d.b) && (count == 0 || to[count - 1].a.begin != d.a.begin))
                to[count++] = d;
        }
        i += di;
        j += dj;
    }
    return count;
}

/* ---- shares ---- */

static void count_side(const struct dup_side *s, const uint8_t *mark, uint32_t *open, uint32_t *found)
{
    uint32_t n = 0, k = 0;
    for (uint32_t i = 0; i < s->words; i++) {
        uint32_t is_open = !(s->mask && s->mask[i]);
        n += is_open;
        k += is_open & mark[i];
    }
    *open = n;
    *found = k;
}

int dup_judge(struct dup_share *share, struct dup_marks *m, const struct dup_rules *rules, const struct dup_side *a,
              const struct dup_side *b, struct dup_alignment *al, int both)
{
    uint64_t need = (uint64_t)a->words + b->words;
    if (need > m->room) {
        uint64_t room = need + need / 2;
        uint8_t *at = room > UINT32_MAX ? NULL : realloc(m->at, room);
        if (!at)
            return 0;
        m->at = at;
        m->room = (uint32_t)room;
    }
    uint8_t *mark_a = m->at, *mark_b = m->at + a->words;
    if (need)
        memset(m->at, 0, need);
    for (uint32_t i = 0; i < al->blocks; i++) {
        struct dup_block *k = &al->block[i];
        if (dup_density(k) < THIN) {
            k->matched = 0;
            continue;
        }
        memset(mark_a + k->a0, 1, k->a1 - k->a0);
        memset(mark_b + k->b0, 1, k->b1 - k->b0);
    }
    count_side(a, mark_a, &share->a, &share->found_a);
    count_side(b, mark_b, &share->b, &share->found_b);
    share->relation = DUP_STRANGE;
    uint32_t x = dup_mille(share->found_a, share->a), y = dup_mille(share->found_b, share->b);
    uint32_t asked = both ? (x < y ? x : y) : (x > y ? x : y);
    if (asked < (both ? rules->twin : rules->copy) || (share->a < share->b ? share->a : share->b) < rules->least)
        return 1;
    struct dup_block all = {0, a->words, 0, b->words, 0};
    uint32_t fewer, mille;
    if (!agreement(m, a, &all, b, &fewer, &mille))
        return 0;
    share->relation = fewer >= 4 && mille < rules->figures ? DUP_FORM : DUP_COPY;
    return 1;
}

/* ---- passages ---- */

static void trim(const struct dup_side *a, struct dup_block *k)
{
    if (!a->mask)
        return;
    while (k->a0 + 1 < k->a1 && k->b0 + 1 < k->b1 && a->mask[k->a0]) {
        k->a0++;
        k->b0++;
    }
    while (k->a0 + 1 < k->a1 && k->b0 + 1 < k->b1 && a->mask[k->a1 - 1]) {
        k->a1--;
        k->b1--;
    }
}

int dup_is_passage(struct dup_marks *m, const struct dup_rules *rules, const struct dup_side *a, const struct dup_side *b,
                   struct dup_block *k)
{
    trim(a, k);
    uint32_t length = k->a1 - k->a0, open = 0;
    uint32_t dense = dup_density(k);
    for (uint32_t i = k->a0; i < k->a1; i++)
        open += !(a->mask && a->mask[i]);
    if (k->matched * 10 < rules->passage * 7 || length < rules->passage || open < rules->passage || open * 2 < length)
        return 0;
    if (dense < (length < SHORT ? DENSE_SHORT : DENSE))
        return 0;
    uint32_t fewer, mille;
    if (!agreement(m, a, k, b, &fewer, &mille))
        return -1;
    return fewer < 2 || mille >= 500;
}
