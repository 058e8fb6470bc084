/* SPDX-License-Identifier: Apache-2.0 */
#include "relate.h"

#include <stdlib.h>
#include <string.h>

#define DENSE 55u        /* per mille of equal words that a passage has beyond a copy's */
#define DENSE_SHORT 165u /* the same below SHORT words */
#define DENSE_MOST 950u  /* no passage has to be more alike */
#define SHORT 40u
#define TWINS_ALIKE 880u /* per mille of equal words in twins: one stands for the other in all that follows */
#define OTHERS 5u       /* of so many changes one has to be of a figure where only the form is the same */
#define FEW 2u          /* figures that differ in an edit that keeps as many */
#define DATES 5u        /* figures that differ in a reprint at most: of the day, the time, minutes of reading, */
#define SPARSE 50u      /* and so many words for each */
#define COUNTED 20u     /* words for each where all words are the same but */
#define REWORDED 2u     /* so many of both sides */
#define GONE_OVER 30u   /* words for each where words were put in or left out, in so many places: */
#define PUTS 2u
#define FILLED 5u       /* so many words that differ on each side, one in every */
#define FILLED_EACH 12u /* words or denser, and so many tenths of them names and figures, */
#define FILLED_NAMES 7u /* are those of another case filled into the same form */
#define HOLE 20u        /* words in a row that are not in the other text and are not covered, though they stand inside a copy */

void dup_marks_free(struct dup_marks *m)
{
    free(m->at);
    memset(m, 0, sizeof *m);
}

/* ---- words and figures ---- */

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Quarters of a word as people count them: about two ideographs make one, and four letters where words are not parted:
 * Thai, Lao, Khmer, Burmese. */
static uint32_t quarters(const struct dup_side *s, const struct dup_word *w)
{
    unsigned char a = (unsigned char)s->text[w->begin];
    if (a < 0xe0)
        return 4;
    unsigned char b = w->end - w->begin > 2 ? (unsigned char)s->text[w->begin + 1] : 0;
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

/* Whether the text is the same although figures are others. In long texts little but a few of them is: dated anew,
 * timed, or counted. In others they are far apart and all words are the same, or they are farther apart and other words
 * were put in and left out: a toll that rose in a story that was gone over. A form is denser, and what is filled in
 * stands in place of something. */
static int is_reprint(const struct dup_walk *w, const struct dup_side *a, const struct dup_side *b, int both)
{
    uint64_t figures = w->differs;
    if (least(a->words, b->words) < figures * COUNTED)
        return 0;
    uint64_t words = least(spoken(a, 0, a->words, 1), spoken(b, 0, b->words, 1));
    if (figures <= DATES && w->changes <= figures + 1 && words >= figures * SPARSE)
        return 1;
    if (both) /* what is a site's furniture is not known yet */
        return 0;
    if (w->others <= REWORDED && words >= figures * COUNTED)
        return 1;
    return w->puts >= PUTS && words >= figures * GONE_OVER && !is_filled_in(w);
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
        if (x <= DUP_EDGE && y <= DUP_EDGE && x <= y + 2 && y <= x + 2)
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

/* Words of a run that are equal, for it to be a passage. */
static int may_be_passage(const struct dup_rules *rules, const struct dup_block *k)
{
    return (uint64_t)k->matched * 10 >= (uint64_t)rules->passage * 7;
}

int dup_is_nothing(const struct dup_rules *rules, const struct dup_alignment *al)
{
    for (uint32_t i = 0; i < al->chains; i++)
        if (al->chain[i].matched)
            return 0;
    for (uint32_t i = 0; i < al->blocks; i++)
        if (may_be_passage(rules, &al->block[i]))
            return 0;
    return rules->copy > 0;
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

/* Room for a mark a word, all zero. 0: there is none. */
static int clear_marks(struct dup_marks *m, uint64_t words)
{
    if (words > m->room) {
        uint64_t room = words + words / 2;
        uint8_t *at = room > UINT32_MAX ? NULL : realloc(m->at, room);
        if (!at)
            return 0;
        m->at = at;
        m->room = (uint32_t)room;
    }
    if (words)
        memset(m->at, 0, words);
    return 1;
}

int dup_judge(struct dup_share *share, struct dup_marks *m, const struct dup_rules *rules, const struct dup_side *a,
              const struct dup_side *b, struct dup_alignment *al, int both)
{
    if (!clear_marks(m, (uint64_t)a->words + b->words))
        return 0;
    uint8_t *mark_a = m->at, *mark_b = m->at + a->words;
    uint32_t alike = both && rules->alike < TWINS_ALIKE ? TWINS_ALIKE : rules->alike;
    struct dup_walk all = {.differ = m->differ, .most = DUP_FIGURES, .slot = m->slot};
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
    m->slots = 0;
    if (all.differs >= FEW)
        walk_edges(&all, a, b, &hull);
    count_side(a, mark_a, &share->a, &share->found_a);
    count_side(b, mark_b, &share->b, &share->found_b);
    share->relation = DUP_STRANGE;
    uint32_t x = dup_mille(share->found_a, share->a), y = dup_mille(share->found_b, share->b);
    uint32_t asked = both ? (x < y ? x : y) : (x > y ? x : y);
    if (asked < (both ? rules->twin : rules->copy) || (share->a < share->b ? share->a : share->b) < rules->least)
        return 1;
    dup_walk_ends(&all, a, b, &hull);
    m->slots = dup_walk_values(&all, a, b);
    int form = other_figures(&all, rules) || is_filled_in(&all);
    share->relation = form && !is_reprint(&all, a, b, both) ? DUP_FORM : DUP_COPY;
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
    if (!may_be_passage(rules, k))
        return 0;
    trim(a, k);
    uint32_t length = spoken(a, k->a0, k->a1, 0), open = a->mask ? spoken(a, k->a0, k->a1, 1) : length;
    if (length < rules->passage || open < rules->passage || open * 2 < length)
        return 0;
    dup_walk_block(&w, a, b, k);
    uint32_t whole = (k->a1 - k->a0 + k->b1 - k->b0) / 2, figures = w.same + w.differs;
    if (dup_mille(w.equal, whole) < least(DENSE_MOST, rules->alike + (length < SHORT ? DENSE_SHORT : DENSE)))
        return 0;
    return figures == 0 || agreement(&w) >= 500;
}
