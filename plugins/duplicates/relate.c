/* SPDX-License-Identifier: Apache-2.0 */
#include "relate.h"

#include <stdlib.h>
#include <string.h>

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>

#include "mix.h"

#define DENSE 55u        /* per mille of equal words that a passage has beyond a copy's */
#define DENSE_SHORT 165u /* the same below SHORT words */
#define DENSE_MOST 950u  /* no passage has to be more alike */
#define SHORT 40u
#define TWINS_ALIKE 880u /* per mille of equal words in twins: one stands for the other in all that follows */
#define OTHERS 5u       /* of so many changes one has to be of a figure where only the form is the same */
#define FEW 2u          /* figures that differ in an edit that keeps as many */
#define DATES 5u        /* figures that differ in a reprint at most: of the day, the time, minutes of reading, */
#define SPARSE 50u      /* and so many words for each */
#define FILLED 5u       /* so many words that differ on each side, one in every */
#define FILLED_EACH 12u /* words or denser, and so many tenths of them names and figures, */
#define FILLED_NAMES 7u /* are those of another case filled into the same form */
#define EDGE 24u        /* words before and behind what is covered that may belong to the form */
#define DIGITS 24u
#define HOLE 20u        /* words in a row that are not in the other text and are not covered, though they stand inside a copy */
#define REACH 12u       /* words that a difference may span for its figures to be paired */

void dup_marks_free(struct dup_marks *m)
{
    free(m->at);
    memset(m, 0, sizeof *m);
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
    for (uint32_t sum = 1; sum <= 2 * REACH; sum++) {
        for (uint32_t d = sum > REACH ? sum - REACH : 0; d <= sum && d <= REACH; d++) {
            uint32_t x = i + d, y = j + sum - d;
            if (x >= k->a1 || y >= k->b1 || a->word[x].hash != b->word[y].hash)
                continue;
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
        uint32_t k = 0;
        while (k < others && other[k].hash != s->word[i].hash)
            k++;
        if (k < others || dup_is_number(&s->word[i]))
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
            uint8_t above = best[j + 1];
            if (a[i].hash == b[j].hash)
                best[j + 1] = (uint8_t)(corner + 1);
            else if (best[j] > above)
                best[j + 1] = best[j];
            corner = above;
        }
    }
    return best[k];
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
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
            if (is_exchange(di, dj)) {
                count_others(w, a, i, di, &b->word[j], dj);
                count_others(w, b, j, dj, &a->word[i], di);
            }
        } else { /* too different here: pair no figures */
            di = least(REACH, k->a1 - i);
            dj = least(REACH, k->b1 - j);
            w->equal += common(&a->word[i], di, &b->word[j], dj);
            w->changes++;
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

/* Quarters of a word as people count them: about two ideographs make one, and four letters where words are not parted:
 * Thai, Lao, Khmer, Burmese. */
static uint32_t quarters(const struct dup_side *s, const struct dup_word *w)
{
    unsigned char a = (unsigned char)s->text[w->begin],
                  b = w->end - w->begin > 2 ? (unsigned char)s->text[w->begin + 1] : 0;
    if (w->end - w->begin <= 4 && a >= 0xe3)
        return 2;
    if ((a == 0xe0 && b >= 0xb8 && b <= 0xbb) || (a == 0xe1 && ((b >= 0x80 && b <= 0x82) || b == 0x9e || b == 0x9f)))
        return 1;
    return 4;
}

static uint32_t spoken(const struct dup_side *s, uint32_t from, uint32_t to, int unmarked)
{
    uint64_t sum = 0;
    for (uint32_t i = from; i < to; i++)
        if (!(unmarked && s->mask && s->mask[i]))
            sum += quarters(s, &s->word[i]);
    return (uint32_t)(sum / 4);
}

/* Whether little but a few figures is another in long texts: dated anew, timed, or counted. */
static int is_reprint(const struct dup_walk *w, const struct dup_side *a, const struct dup_side *b)
{
    uint64_t least_words = (uint64_t)w->differs * SPARSE;
    return w->differs <= DATES && w->changes <= w->differs + 1 && spoken(a, 0, a->words, 1) >= least_words &&
           spoken(b, 0, b->words, 1) >= least_words;
}

/* Per mille of the figures in the same places that agree. */
static uint32_t agreement(const struct dup_walk *w)
{
    return w->same + w->differs ? dup_mille(w->same, w->same + w->differs) : 1000;
}

/* Whether the texts differ, often enough, by the names and figures of two cases and little else: a verdict, an
 * advertisement, a notice. */
static int is_filled_in(const struct dup_walk *w)
{
    uint64_t others = w->others + 2 * (uint64_t)w->differs, names = w->names + 2 * (uint64_t)w->differs;
    return others >= 2 * FILLED && names * 10 >= others * FILLED_NAMES &&
           others * FILLED_EACH >= 2 * (uint64_t)w->equal;
}

/* Whether the figures say that only the form is the same. One or two that differ are an edit, not another form, where
 * as many are the same, or all words: a toll that rose; neither are figures lost among changes of every kind. */
static int other_figures(const struct dup_walk *w, const struct dup_rules *rules)
{
    uint32_t n = w->same + w->differs;
    if (w->differs * OTHERS < w->changes || (w->differs <= FEW && (w->same >= w->differs || w->others == 0)))
        return 0;
    return (n >= 4 && agreement(w) < rules->figures) || (n >= 2 && agreement(w) < rules->figures * 2 / 3);
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

static uint32_t open_words(const struct dup_side *s)
{
    uint32_t marked = 0;
    for (uint32_t i = 0; s->mask && i < s->words; i++)
        marked += s->mask[i];
    return s->words - marked;
}

static uint32_t mille_at_most(uint64_t part, uint32_t whole)
{
    return dup_mille(part < whole ? (uint32_t)part : whole, whole);
}

/* Figures of the first and last words of both texts, outside of all that is covered, where these are as many: a form
 * goes on there. Asked only where figures differ inside, too: what stands over a copy is often another date. */
static void walk_edges(struct dup_walk *w, const struct dup_side *a, const struct dup_side *b,
                       const struct dup_block *hull)
{
    struct dup_walk edge = {.differ = w->differ + w->differs, .most = w->most - w->differs};
    struct dup_block head = {0, hull->a0, 0, hull->b0, 0, DUP_NONE},
                     tail = {hull->a1, a->words, hull->b1, b->words, 0, DUP_NONE};
    const struct dup_block *both[2] = {&head, &tail};
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t x = both[i]->a1 - both[i]->a0, y = both[i]->b1 - both[i]->b0;
        if (x <= EDGE && y <= EDGE && x <= y + 2 && y <= x + 2)
            dup_walk_block(&edge, a, b, both[i]);
    }
    w->differs += edge.differs;
    w->same += edge.same;
}

int dup_is_hopeless(const struct dup_rules *rules, const struct dup_side *a, const struct dup_side *b,
                    const struct dup_alignment *al, int both)
{
    uint64_t in_a = 0, in_b = 0;
    for (uint32_t i = 0; i < al->chains; i++) {
        const struct dup_block *k = &al->chain[i];
        in_a += k->matched ? k->a1 - k->a0 : 0;
        in_b += k->matched ? k->b1 - k->b0 : 0;
    }
    uint32_t x = mille_at_most(in_a, open_words(a)), y = mille_at_most(in_b, open_words(b));
    return (both ? (x < y ? x : y) : (x > y ? x : y)) < (both ? rules->twin : rules->copy);
}

/* Whether words between two blocks are, so many and for the most part, not in the other text: put in here, or a
 * sentence in place of another. */
static int is_hole(uint32_t from, uint32_t to, uint32_t equal)
{
    return to > from && to - from > HOLE && equal * 2 < to - from;
}

/* Cuts chains at the first hole of either side; what follows is a chain, too, and comes up later. 0: out of memory. */
static int cut_holes(struct dup_alignment *al, const struct dup_side *a, const struct dup_side *b)
{
    for (uint32_t i = 0; i < al->chains; i++) {
        if (al->chain[i].matched == 0)
            continue;
        for (uint32_t n = al->chain[i].next, to = al->block[n].next; to != DUP_NONE; n = to, to = al->block[n].next) {
            const struct dup_block *k = &al->block[n], *next = &al->block[to];
            struct dup_block between = {k->a1, next->a0, k->b1, next->b0, 0, DUP_NONE};
            struct dup_walk w = {.most = 0};
            if (next->a0 <= k->a1 + HOLE && next->b0 <= k->b1 + HOLE)
                continue;
            dup_walk_block(&w, a, b, &between);
            int in_a = is_hole(k->a1, next->a0, w.equal), in_b = is_hole(k->b1, next->b0, w.equal);
            if (!in_a && !in_b)
                continue;
            if (!dup_cut_chain(al, i, n, in_a ? k->a1 : next->a0, in_b ? k->b1 : next->b0))
                return 0;
            break;
        }
    }
    return 1;
}

static void mark_chains(uint8_t *mark_a, uint8_t *mark_b, const struct dup_alignment *al)
{
    for (uint32_t i = 0; i < al->chains; i++) {
        const struct dup_block *k = &al->chain[i];
        if (k->matched == 0)
            continue;
        memset(mark_a + k->a0, 1, k->a1 - k->a0);
        memset(mark_b + k->b0, 1, k->b1 - k->b0);
    }
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
    uint32_t alike = both && rules->alike < TWINS_ALIKE ? TWINS_ALIKE : rules->alike;
    struct dup_walk all = {.differ = m->differ, .most = DUP_FIGURES};
    struct dup_block hull = {a->words, 0, b->words, 0, 0, DUP_NONE};
    for (uint32_t i = 0; i < al->chains; i++) {
        struct dup_block *k = &al->chain[i];
        if (k->matched == 0)
            continue;
        struct dup_walk w = all;
        dup_walk_chain(&w, a, b, al, k);
        k->matched = w.equal - all.equal;
        if (dup_density(k) * 10 < alike) {
            if (al->block[k->next].next == DUP_NONE)
                k->matched = 0;
            else if (!dup_split_chain(al, i)) /* parts of it may be alike, around what was put in */
                return 0;
            continue;
        }
        all = w;
        hull.a0 = least(hull.a0, k->a0);
        hull.b0 = least(hull.b0, k->b0);
        hull.a1 = k->a1 > hull.a1 ? k->a1 : hull.a1;
        hull.b1 = k->b1 > hull.b1 ? k->b1 : hull.b1;
    }
    if (!cut_holes(al, a, b))
        return 0;
    mark_chains(mark_a, mark_b, al);
    m->differs = all.differs;
    if (all.differs >= FEW)
        walk_edges(&all, a, b, &hull);
    count_side(a, mark_a, &share->a, &share->found_a);
    count_side(b, mark_b, &share->b, &share->found_b);
    share->relation = DUP_STRANGE;
    uint32_t x = dup_mille(share->found_a, share->a), y = dup_mille(share->found_b, share->b);
    uint32_t asked = both ? (x < y ? x : y) : (x > y ? x : y);
    if (asked < (both ? rules->twin : rules->copy) || (share->a < share->b ? share->a : share->b) < rules->least)
        return 1;
    int form = other_figures(&all, rules) || is_filled_in(&all);
    share->relation = form && !is_reprint(&all, a, b) ? DUP_FORM : DUP_COPY;
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

int dup_is_passage(const struct dup_rules *rules, const struct dup_side *a, const struct dup_side *b,
                   struct dup_block *k)
{
    struct assay_differ differ[DUP_FIGURES];
    struct dup_walk w = {.differ = differ, .most = DUP_FIGURES};
    if ((uint64_t)k->matched * 10 < (uint64_t)rules->passage * 7)
        return 0;
    trim(a, k);
    uint32_t length = spoken(a, k->a0, k->a1, 0), open = spoken(a, k->a0, k->a1, 1);
    if (length < rules->passage || open < rules->passage || open * 2 < length)
        return 0;
    dup_walk_block(&w, a, b, k);
    uint32_t whole = (k->a1 - k->a0 + k->b1 - k->b0) / 2, figures = w.same + w.differs;
    if (dup_mille(w.equal, whole) < least(DENSE_MOST, rules->alike + (length < SHORT ? DENSE_SHORT : DENSE)))
        return 0;
    return figures == 0 || agreement(&w) >= 500;
}
