/* SPDX-License-Identifier: Apache-2.0
 *
 * A walk along an alignment, word by word: what is equal, which figures stand in the same place, what stands in place
 * of what.
 */
#include "relate.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>

#include "mix.h"

#define ALIKE 7u        /* tenths of the bytes of two words that are one, misread */
#define DIGITS 24u
#define REACH 12u       /* words that a difference may span for its figures to be paired */

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* ---- figures ---- */

/* A figure goes on over one full stop or comma: 1,250.5; or a blank that keeps words together, if three digits
 * follow. */
static int glued(const struct dup_side *s, uint32_t i)
{
    const struct dup_word *w = &s->word[i], *v = w + 1;
    if (i + 1 >= s->words || !dup_is_number(w) || !dup_is_number(v))
        return 0;
    const char *between = s->text + w->end;
    switch (v->begin - w->end) {
    case 1:
        return *between == '.' || *between == ',';
    case 2:
        return !memcmp(between, "\xc2\xa0", 2) && v->end - v->begin == 3;
    case 3:
        return !memcmp(between, "\xe2\x80\xaf", 3) && v->end - v->begin == 3;
    default:
        return 0;
    }
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

/* The next place where two words in a row are equal again, nearest first, or the end, where they are again. 0: none
 * within reach. */
static int resume(const struct dup_side *a, const struct dup_side *b, const struct dup_block *k, uint32_t i, uint32_t j,
                  uint32_t *di, uint32_t *dj)
{
    const struct dup_word *at_a = a->word + i, *at_b = b->word + j;
    const uint32_t most_a = least(k->a1 - i - 1, REACH), most_b = least(k->b1 - j - 1, REACH);
    for (uint32_t sum = 1; sum <= most_a + most_b; sum++) {
        uint32_t d = sum > most_b ? sum - most_b : 0, to = least(sum, most_a);
        for (; d <= to; d++) {
            if (at_a[d].hash != at_b[sum - d].hash)
                continue;
            uint32_t x = i + d, y = j + sum - d;
            int last = x + 1 >= k->a1; /* what follows the piece is equal, too: then both have to be the last */
            if (last != (y + 1 >= k->b1) || (!last && a->word[x + 1].hash != b->word[y + 1].hash))
                continue;
            *di = d;
            *dj = sum - d;
            return 1;
        }
    }
    *di = k->a1 - i;
    *dj = k->b1 - j;
    return *di <= REACH && *dj <= REACH;
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

/* A whole number's digits without what parts its thousands; gives how many, 0: it is none, or too long. */
static uint32_t digits_of(char to[DIGITS], const struct dup_side *s, struct assay_span figure)
{
    uint32_t n = 0, group = 0, parted = 0;
    for (uint32_t i = figure.begin; i < figure.end; i++) {
        char c = s->text[i];
        if (c >= '0' && c <= '9') {
            if (n == DIGITS)
                return 0;
            to[n++] = c;
            group++;
        } else if (n == 0 || (group > 0 && (parted ? group != 3 : group > 3))) {
            return 0;
        } else {
            parted = 1;
            group = 0;
        }
    }
    return parted && group != 3 ? 0 : n;
}

/* 1,250 and 1250. */
static int same_value(const struct dup_side *a, struct assay_span x, const struct dup_side *b, struct assay_span y)
{
    char one[DIGITS], other[DIGITS];
    uint32_t n = digits_of(one, a, x);
    return n > 0 && n == digits_of(other, b, y) && !memcmp(one, other, n);
}

/* Whether equal words begin figures that are equal to their end. */
static int whole_same(const struct dup_side *a, uint32_t i, const struct dup_side *b, uint32_t j)
{
    return dup_is_number(&a->word[i]) && !(i > 0 && glued(a, i - 1)) &&
           same_figure(a, whole_figure(a, i), b, whole_figure(b, j));
}

/* A word of capital and small letters. */
static int is_name(const struct dup_side *s, const struct dup_word *w)
{
    const char *p = s->text + w->begin, *end = s->text + w->end;
    uint32_t cp, next;
    p += assay_utf8_next(p, end, &cp);
    if (p >= end || assay_fold(cp) == cp)
        return 0;
    assay_utf8_next(p, end, &next);
    return assay_fold(next) == next;
}

/* Counts words of one side, figures aside, that the other does not have. */
static void count_others(struct dup_walk *w, const struct dup_side *s, uint32_t from, uint32_t count,
                         const struct dup_word *other, uint32_t others)
{
    for (uint32_t i = from; i < from + count; i++) {
        uint32_t known = 0;
        for (uint32_t k = 0; k < others; k++)
            known |= other[k].hash == s->word[i].hash;
        if (known || dup_is_number(&s->word[i]))
            continue;
        w->others++;
        w->names += (uint32_t)is_name(s, &s->word[i]);
    }
}

static void pair_figures(struct dup_walk *w, const struct dup_side *a, const struct dup_side *b, uint32_t i, uint32_t j,
                         uint32_t di, uint32_t dj)
{
    for (uint32_t n = 0; w->differs < w->most; n++) {
        uint32_t x = nth_figure(a, i, i + di, n), y = nth_figure(b, j, j + dj, n);
        if (x == UINT32_MAX || y == UINT32_MAX)
            return;
        struct assay_differ d = {whole_figure(a, x), whole_figure(b, y)};
        if (same_figure(a, d.a, b, d.b))
            continue;
        if (same_value(a, d.a, b, d.b))
            w->same++;
        else if (w->differs == 0 || w->differ[w->differs - 1].a.begin != d.a.begin)
            w->differ[w->differs++] = d;
    }
}

/* Longest common subsequence of two short stretches, in words. */
static uint32_t common(const struct dup_word *a, uint32_t n, const struct dup_word *b, uint32_t k)
{
    uint8_t best[REACH + 1] = {0};
    for (uint32_t i = 0; i < n; i++) {
        uint8_t corner = 0;
        for (uint32_t j = 0; j < k; j++) {
            uint8_t above = best[j + 1], most = best[j] > above ? best[j] : above;
            best[j + 1] = a[i].hash == b[j].hash ? (uint8_t)(corner + 1) : most;
            corner = above;
        }
    }
    return best[k];
}

/* Whether words stand in place of others, rather than were put in. */
static int is_exchange(uint32_t di, uint32_t dj)
{
    return di <= 2 * dj + 1 && dj <= 2 * di + 1 && di > 0 && dj > 0;
}

/* Words that are equal from i and j on, one at least; figures among them are counted. */
static uint32_t equal_run(struct dup_walk *w, const struct dup_side *a, const struct dup_side *b,
                          const struct dup_block *k, uint32_t i, uint32_t j)
{
    uint32_t most = least(k->a1 - i, k->b1 - j), n = 0;
    const struct dup_word *x = &a->word[i], *y = &b->word[j];
    for (; n < most && x[n].hash == y[n].hash; n++)
        if (dup_is_number(&x[n]))
            w->same += (uint32_t)whole_same(a, i + n, b, j + n);
    return n;
}

/* Hash of words, without figures where there are others; lowest bit: there are none but figures. */
static uint32_t value_of(const struct dup_word *w, uint32_t n)
{
    uint64_t worded = 1, figures = 1;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t *value = dup_is_number(&w[i]) ? &figures : &worded;
        *value = dup_pair(*value, w[i].hash);
    }
    uint32_t only = worded == 1 && figures != 1;
    return (uint32_t)((only ? figures : worded) >> 32 & ~UINT64_C(1)) | only;
}

/* Whether words are others only by a few letters: misread, or spelt otherwise. */
static int is_misread(const struct dup_side *a, const struct dup_side *b, uint32_t i, uint32_t j, uint32_t di,
                      uint32_t dj)
{
    struct assay_span x = dup_bytes(a, i, i + di), y = dup_bytes(b, j, j + dj);
    uint32_t n = x.end - x.begin, m = y.end - y.begin, few = least(n, m), more = n + m - few, head = 0, tail = 0;
    const char *p = a->text + x.begin, *q = b->text + y.begin;
    while (head < few && p[head] == q[head])
        head++;
    while (tail < few - head && p[n - 1 - tail] == q[m - 1 - tail])
        tail++;
    return few > 0 && !(value_of(&a->word[i], di) & 1) && (head + tail) * 10 >= more * ALIKE;
}

/* How many words stand there, until dup_walk_values. */
static inline void keep_slot(struct dup_walk *w, uint32_t i, uint32_t j, uint32_t di, uint32_t dj)
{
    if (w->slot && w->slots < DUP_SLOTS_KEPT)
        w->slot[w->slots] = (struct dup_slot){i, j, di, dj};
    w->slots++;
}

static int is_known(const struct dup_slot *slot, uint32_t n, const struct dup_slot *one)
{
    for (uint32_t i = 0; i < n; i++)
        if (slot[i].value_a == one->value_a && slot[i].value_b == one->value_b)
            return 1;
    return 0;
}

uint32_t dup_walk_values(struct dup_walk *w, const struct dup_side *a, const struct dup_side *b)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < w->slots && w->slots <= DUP_SLOTS_KEPT; k++) {
        struct dup_slot s = w->slot[k];
        if (is_misread(a, b, s.at_a, s.at_b, s.value_a, s.value_b))
            continue;
        struct dup_slot one = {s.at_a, s.at_b, value_of(&a->word[s.at_a], s.value_a),
                               value_of(&b->word[s.at_b], s.value_b)};
        if (!is_known(w->slot, kept, &one)) /* or the same exchange again: a speaker under another name */
            w->slot[kept++] = one;
    }
    return kept;
}

void dup_walk_block(struct dup_walk *w, const struct dup_side *a, const struct dup_side *b, const struct dup_block *k)
{
    uint32_t i = k->a0, j = k->b0;
    while (i < k->a1 && j < k->b1) {
        uint32_t di = 1, dj = 1;
        if (a->word[i].hash == b->word[j].hash) {
            uint32_t run = equal_run(w, a, b, k, i, j);
            w->equal += run;
            i += run;
            j += run;
            continue;
        }
        if (resume(a, b, k, i, j, &di, &dj)) {
            pair_figures(w, a, b, i, j, di, dj);
            w->equal += common(&a->word[i], di, &b->word[j], dj);
            w->changes++;
            w->puts += di == 0 || dj == 0;
            keep_slot(w, i, j, di, dj);
            if (is_exchange(di, dj)) {
                count_others(w, a, i, di, &b->word[j], dj);
                count_others(w, b, j, dj, &a->word[i], di);
            }
        } else { /* too different here: pair no figures */
            di = least(REACH, k->a1 - i);
            dj = least(REACH, k->b1 - j);
            w->equal += common(&a->word[i], di, &b->word[j], dj);
            w->changes++;
            keep_slot(w, i, j, di, dj);
        }
        i += di;
        j += dj;
    }
}

void dup_walk_chain(struct dup_walk *w, const struct dup_side *a, const struct dup_side *b,
                    const struct dup_alignment *al, const struct dup_block *chain)
{
    uint32_t i = chain->a0, j = chain->b0;
    for (uint32_t n = chain->next; n != DUP_NONE; n = al->block[n].next) {
        const struct dup_block *k = &al->block[n];
        struct dup_block between = {i, k->a0, j, k->b0, 0, DUP_NONE}, piece = *k;
        dup_walk_block(w, a, b, &between);
        uint32_t over_a = i > k->a0 ? i - k->a0 : 0, over_b = j > k->b0 ? j - k->b0 : 0;
        uint32_t over = over_a > over_b ? over_a : over_b; /* blocks may overlap by a few words */
        piece.a0 += over;
        piece.b0 += over;
        dup_walk_block(w, a, b, &piece);
        i = k->a1;
        j = k->b1;
    }
}

/* As many words on both sides: those in the same place belong together, as in a form. */
static void keep_abreast(struct dup_walk *w, const struct dup_side *a, const struct dup_side *b,
                         const struct dup_block *k)
{
    uint32_t n = k->a1 - k->a0;
    for (uint32_t i = 0, to; i < n; i = to + 1) {
        for (to = i; to < n && a->word[k->a0 + to].hash != b->word[k->b0 + to].hash; to++)
            ;
        if (to > i)
            keep_slot(w, k->a0 + i, k->b0 + i, to - i, to - i);
    }
}

/* What stands before or behind all that is covered, where it is short: word by word where it is about as long on both
 * sides; else as one exchange, but for the words at its ends that are equal. */
static void keep_end(struct dup_walk *w, const struct dup_side *a, const struct dup_side *b, struct dup_block k)
{
    uint32_t x = k.a1 - k.a0, y = k.b1 - k.b0;
    if (x > DUP_EDGE || y > DUP_EDGE)
        return;
    if (x == y) {
        keep_abreast(w, a, b, &k);
        return;
    }
    if (x <= y + 4 && y <= x + 4) {
        struct dup_walk edge = {.slot = w->slot, .slots = w->slots};
        dup_walk_block(&edge, a, b, &k);
        w->slots = edge.slots;
        return;
    }
    if (x > REACH || y > REACH)
        return;
    while (k.a0 < k.a1 && k.b0 < k.b1 && a->word[k.a0].hash == b->word[k.b0].hash) {
        k.a0++;
        k.b0++;
    }
    while (k.a0 < k.a1 && k.b0 < k.b1 && a->word[k.a1 - 1].hash == b->word[k.b1 - 1].hash) {
        k.a1--;
        k.b1--;
    }
    if (k.a0 < k.a1 && k.b0 < k.b1)
        keep_slot(w, k.a0, k.b0, k.a1 - k.a0, k.b1 - k.b0);
}

void dup_walk_ends(struct dup_walk *w, const struct dup_side *a, const struct dup_side *b,
                   const struct dup_block *hull)
{
    if (hull->a0 > hull->a1) /* there is none */
        return;
    keep_end(w, a, b, (struct dup_block){0, hull->a0, 0, hull->b0, 0, DUP_NONE});
    keep_end(w, a, b, (struct dup_block){hull->a1, a->words, hull->b1, b->words, 0, DUP_NONE});
}
