/* SPDX-License-Identifier: Apache-2.0 */
#include "align.h"

/* Scores in 1/1000. */
#define ALIKE 70u             /* likeness of sentences that are paired by their order */
#define ALIGNED 600u          /* share of the sentences that has to be paired and alike */
#define ALIGNED_TRANSLATION 250u
#define ORDERED_LEAST 4u      /* sentences of the shorter text */
#define ORDERED_TRANSLATION 5u /* across languages: of fewer, some are alike by chance */
#define POINTS_RARE 20u       /* of a translation, beside the share of sentences alike: a rare word in common, */
#define POINTS_EVEN 200       /* nearly as many sentences, */
#define POINTS_FIGURE 100     /* a pair of sentences with figures that share one; or, taken off, that share none */
#define POINTS_LEAST 1050
#define MOVED_LEAST 300u      /* likeness of sentences that are paired against the order, */
#define MOVED_MARGIN 1300u    /* over that of those paired by it, in 1/1000 */
#define SAME_WORDS 900u       /* or of sentences left as they were, in an order of their own: so much more than those */
#define SAME_STEP 40u
#define LENGTH_BONUS 80u
#define PAIR_MOST 400u        /* of a pair's likeness that counts for the order */
#define LEFT_OUT 25

enum { STEP_PAIR, STEP_A, STEP_B };

/* How well the lengths of two sentences fit, by their shares of the two texts: 0..LENGTH_BONUS. */
static uint32_t length_fits(const struct side *a, const struct side *b, uint32_t i, uint32_t k, uint64_t total_a,
                            uint64_t total_b)
{
    uint64_t x = (uint64_t)(a->context[i].span.end - a->context[i].span.begin) * total_b;
    uint64_t y = (uint64_t)(b->context[k].span.end - b->context[k].span.begin) * total_a;
    uint64_t less = x < y ? x : y, more = x < y ? y : x;
    return more ? (uint32_t)(less * LENGTH_BONUS / more) : 0;
}

static uint64_t total_length(const struct side *s, uint32_t n)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < n; i++)
        total += s->context[i].span.end - s->context[i].span.begin;
    return total;
}

/* The best way through both texts in order (Needleman and Wunsch): pairs earn their likeness and fitting length, a
 * sentence left out costs. Fills l->pair. */
static void order_pairs(struct linker *l, const struct side *a, const struct side *b, uint32_t na, uint32_t nb)
{
    uint64_t total_a = total_length(a, na), total_b = total_length(b, nb);
    for (uint32_t k = 0; k <= nb; k++)
        l->gain[0][k] = -(int32_t)k * LEFT_OUT;
    for (uint32_t i = 1; i <= na; i++) {
        l->gain[i][0] = -(int32_t)i * LEFT_OUT;
        for (uint32_t k = 1; k <= nb; k++) {
            uint32_t likeness = l->score[i - 1][k - 1] < PAIR_MOST ? l->score[i - 1][k - 1] : PAIR_MOST;
            int32_t pair =
                l->gain[i - 1][k - 1] + (int32_t)likeness + (int32_t)length_fits(a, b, i - 1, k - 1, total_a, total_b);
            int32_t skip_a = l->gain[i - 1][k] - LEFT_OUT, skip_b = l->gain[i][k - 1] - LEFT_OUT;
            l->step[i][k] = (unsigned char)(pair >= skip_a && pair >= skip_b ? STEP_PAIR
                                            : skip_a >= skip_b               ? STEP_A
                                                                             : STEP_B);
            l->gain[i][k] = pair >= skip_a && pair >= skip_b ? pair : skip_a >= skip_b ? skip_a : skip_b;
        }
    }
    for (uint32_t i = 0; i < na; i++)
        l->pair[i] = ASSAY_NEVER;
    for (uint32_t i = na, k = nb; i && k;) {
        uint32_t step = l->step[i][k];
        if (step == STEP_PAIR)
            l->pair[i - 1] = k - 1;
        i -= step != STEP_B;
        k -= step != STEP_A;
    }
}

/* 1 where a figure or a number of two digits or more stands in both sentences. */
static int share_number(const struct context *a, const struct context *b)
{
    for (uint32_t i = 0, k = 0; i < a->terms.count && k < b->terms.count;) {
        uint64_t x = *ASSAY_AT(uint64_t, a->terms, i), y = *ASSAY_AT(uint64_t, b->terms, k);
        if (TERM_KEY(x) == TERM_KEY(y) && ((x & TERM_CLASS) == TERM_VALUE || (x & TERM_CLASS) == TERM_NUMBER))
            return 1;
        i += TERM_KEY(x) <= TERM_KEY(y);
        k += TERM_KEY(y) <= TERM_KEY(x);
    }
    return 0;
}

/* Whether a text in another language is a translation and not one that is alike by chance: sentences that fit, rare
 * words in common, as many sentences, and figures that stay. Weights found on pairs of both kinds. */
static int translated(const struct linker *l, const struct side *a, const struct side *b, uint32_t na, uint32_t nb,
                      uint32_t parallel)
{
    int32_t points = (int32_t)(parallel + l->rare * POINTS_RARE);
    uint32_t least = na < nb ? na : nb, most = na < nb ? nb : na;
    if (least * 10 >= most * 9)
        points += POINTS_EVEN;
    for (uint32_t i = 0; i < na; i++) {
        uint32_t k = l->pair[i];
        if (k != ASSAY_NEVER && a->context[i].figures && b->context[k].figures)
            points += share_number(&a->context[i], &b->context[k]) ? POINTS_FIGURE : -POINTS_FIGURE;
    }
    return points >= POINTS_LEAST;
}

static void note_best(struct best *best, uint32_t score, uint32_t at)
{
    if (score > best->score) {
        best->second = best->score;
        best->second_at = best->at;
        best->score = score;
        best->at = at;
    } else if (score > best->second) {
        best->second = score;
        best->second_at = at;
    }
}

void find_best(struct linker *l, const struct side *a, const struct side *b, uint32_t na, uint32_t nb)
{
    for (uint32_t i = 0; i < na; i++)
        l->of_a[i] = (struct best){0, ASSAY_NEVER, 0, ASSAY_NEVER};
    for (uint32_t k = 0; k < nb; k++)
        l->of_b[k] = (struct best){0, ASSAY_NEVER, 0, ASSAY_NEVER};
    for (uint32_t i = 0; i < na; i++)
        for (uint32_t k = 0; k < nb; k++) {
            if (!a->context[i].figures || !b->context[k].figures)
                continue;
            note_best(&l->of_a[i], l->score[i][k], k);
            note_best(&l->of_b[k], l->score[i][k], i);
        }
}

/* A part of the text stands elsewhere in the other one: sentences that are each other's likest by far are pairs,
 * whatever the order says. l->of_a and l->of_b: the likest among those with figures. */
static void move_pairs(struct linker *l, uint32_t na)
{
    for (uint32_t i = 0; i < na; i++) {
        uint32_t k = l->of_a[i].at, own = l->pair[i], other = ASSAY_NEVER;
        if (k == ASSAY_NEVER || k == own || l->of_b[k].at != i || l->of_a[i].score < MOVED_LEAST)
            continue;
        for (uint32_t n = 0; n < na && other == ASSAY_NEVER; n++)
            other = l->pair[n] == k ? n : ASSAY_NEVER;
        uint32_t ordered = own == ASSAY_NEVER ? 0 : l->score[i][own],
                 taken = other == ASSAY_NEVER ? 0 : l->score[other][k];
        uint32_t best = l->of_a[i].score, least = ordered > taken ? ordered : taken;
        if ((uint64_t)best * 1000 < (uint64_t)least * MOVED_MARGIN && (best < SAME_WORDS || best < least + SAME_STEP))
            continue;
        if (other != ASSAY_NEVER)
            l->pair[other] = ASSAY_NEVER;
        l->pair[i] = k;
    }
}

int align(struct linker *l, const struct side *a, const struct side *b, uint32_t na, uint32_t nb,
          const struct link_options *o, uint32_t *parallel)
{
    uint32_t least = na < nb ? na : nb, most = na < nb ? nb : na, alike = 0, pairs = 0;
    if (least < (o->translated ? ORDERED_TRANSLATION : ORDERED_LEAST) || least * 2 < most)
        return 0;
    order_pairs(l, a, b, na, nb);
    for (uint32_t i = 0; i < na; i++) {
        if (l->pair[i] == ASSAY_NEVER)
            continue;
        pairs++;
        alike += l->score[i][l->pair[i]] >= ALIKE;
    }
    *parallel = alike * 1000 / least;
    if (*parallel >= (o->translated ? ALIGNED_TRANSLATION : ALIGNED) && pairs * 10 >= most * 6 &&
        (!o->translated || translated(l, a, b, na, nb, *parallel))) {
        find_best(l, a, b, na, nb);
        move_pairs(l, na);
        return 1;
    }
    *parallel = 0;
    return 0;
}
