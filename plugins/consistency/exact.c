/* SPDX-License-Identifier: Apache-2.0
 *
 * Figures that their value ties by itself, whatever words stand around them: equal to the second digit and of one unit,
 * in texts of two publishers on one story of which neither has another such figure. Of real publishers' texts on crimes
 * more than nine in ten of such pairs are of one incident, and most of the others are, too, and filed twice. Where the
 * texts are on one event for certain, small and round values count as well, if each text tells them once.
 */
#include "linking.h"
#include "rival.h"

#include <assay/kit/text.h>

#define FIGURES 256u      /* of one side that are asked */
#define EQUALS 4u         /* equal figures of one side: more are a list */
#define STORY 200u        /* likeness of documents, in 1/1000, of one month, that share so many rare terms; */
#define RARE 4u
#define DAYS 30u
#define STORY_NEWS 400u   /* of one day's news, that share fewer; and for "seven minutes" */
#define RARE_NEWS 1u
#define DAYS_NEWS 3u
#define STORY_UNDATED 250u /* where neither has a date */
#define RARE_UNDATED 8u
#define SENTENCE 100u     /* likeness of sentences that tells which of two equal figures is meant */
#define BONUS 300u        /* what an exact value is worth beside likeness */
#define LARGE 1000u
#define EVENT_STORY 300u  /* of texts without a date, or of one week, that are on one event: of 190 such pairs of real */
#define EVENT_RARE 12u    /* reports 187 were */
#define EVENT_DAYS 4u
#define FEW 2u            /* "two officers" */
#define DOZEN 12u

/* A sum or weight, and the number alone: "171 million dollars", "171 million". */
static int unit_left_out(const struct figure *x, const struct figure *y)
{
    int bare = x->kind == ASSAY_KIND_NUMBER || y->kind == ASSAY_KIND_NUMBER;
    int unit = x->kind == ASSAY_KIND_MONEY || x->kind == ASSAY_KIND_DIMENSION || y->kind == ASSAY_KIND_MONEY ||
               y->kind == ASSAY_KIND_DIMENSION;
    return bare && unit && assay_decimal_above(&x->value, LARGE) && figures_loosely_same(x, y);
}

static int equals(const struct figure *x, const struct figure *y)
{
    return (figures_comparable(x, y) && figures_equal(x, y)) || unit_left_out(x, y);
}

/* The figures of one side that equal f, at most EQUALS; more: 0 of them. */
static uint32_t find_equal(const struct side *s, const struct figure *f, uint32_t *at)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->figures && i < FIGURES; i++) {
        if (!link_usable(s, i) || !equals(&s->figure[i], f))
            continue;
        if (n == EQUALS)
            return 0;
        at[n++] = i;
    }
    return n;
}

/* 1 where equal figures of one side are said of different things. */
static int several(const struct linking *k, const struct side *s, const uint32_t *at, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++)
        if (link_different(k, &s->figure[at[0]], &s->figure[at[i]]) || s->figure[at[0]].age != s->figure[at[i]].age)
            return 1;
    return 0;
}

static int fits(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    uint32_t exact = figure_exactness(x), likeness = link_likeness(k, a, b);
    if (!exact || exact != figure_exactness(y) || x->age != y->age || x->rest != y->rest || x->record != y->record)
        return 0;
    if (exact == 1 && (x->bound != y->bound || k->o->story < STORY_NEWS || likeness < SENTENCE / 4))
        return 0;
    if (exact == 1 && assay_text_is(x->unit, "year") && likeness < SENTENCE)
        return 0;
    if (exact < 3 && link_different(k, x, y))
        return 0;
    return !concepts_contrast(k->o->concepts, x->aspects, y->aspects);
}

/* 1 where no two events are told in words that are so much alike, as a rule. */
static int one_event(const struct linking *k)
{
    return k->l->rare >= EVENT_RARE && k->o->story >= EVENT_STORY &&
           (k->o->days == ASSAY_NEVER || k->o->days <= EVENT_DAYS);
}

/* 1 where nothing but the noun that is counted sets the two apart, which may be another word for it: "23 steps",
 * "23 executive actions". */
static int noun_alone(const struct linking *k, const struct figure *x, const struct figure *y)
{
    struct figure as = *y;
    as.counted = x->counted;
    return !link_different(k, x, &as);
}

/* 1 where texts on one event tell the value of one thing though it is a small or round one. */
static int fits_event(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    uint32_t likeness = link_likeness(k, a, b);
    if (x->age || y->age || x->rest != y->rest || x->record != y->record || x->bound != y->bound || x->kind != y->kind ||
        figure_vague(x) || figure_vague(y) || x->name || y->name || !noun_alone(k, x, y) ||
        concepts_contrast(k->o->concepts, x->aspects, y->aspects))
        return 0;
    if (x->kind == ASSAY_KIND_DURATION)
        return likeness >= (assay_text_is(x->unit, "year") ? SENTENCE : SENTENCE / 4);
    if ((x->kind != ASSAY_KIND_NUMBER && x->kind != ASSAY_KIND_ORDINAL) || !assay_decimal_above(&x->value, FEW))
        return 0;
    if (figures_count_same(x, y, k->o->concepts) == 1)
        return likeness >= SENTENCE / 4;
    return x->kind == ASSAY_KIND_NUMBER && assay_decimal_above(&x->value, DOZEN) &&
           likeness >= (assay_decimal_above(&x->value, LARGE) ? SENTENCE / 4 : SENTENCE);
}

/* An age that was set against another one is of somebody else. */
static int taken(const struct figure *f, uint32_t used)
{
    return used && (used != USED_TRIED || f->age);
}

static void tie(struct linking *k, uint32_t a, const uint32_t *at, uint32_t n, int only)
{
    uint32_t best = ASSAY_NEVER, most = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t likeness = link_likeness(k, a, at[i]), worth = likeness * 4 + link_overlap(k, a, at[i]) + 1;
        if (taken(&k->b->figure[at[i]], k->l->used_b[at[i]]) ||
            !(fits(k, a, at[i]) || (only && one_event(k) && fits_event(k, a, at[i]))) ||
            (!only && likeness < SENTENCE) || worth <= most)
            continue;
        most = worth;
        best = at[i];
    }
    if (best != ASSAY_NEVER)
        link_add(k, a, best, link_likeness(k, a, best) + BONUS, k->flags | LINK_EXACT | LINK_MEASURE);
}

static int one_story(const struct linking *k)
{
    const struct link_options *o = k->o;
    if (o->days == ASSAY_NEVER)
        return o->story >= STORY_UNDATED && k->l->rare >= RARE_UNDATED;
    return (o->days <= DAYS && o->story >= STORY && k->l->rare >= RARE) ||
           (o->days <= DAYS_NEWS && o->story >= STORY_NEWS && k->l->rare >= RARE_NEWS);
}

void link_exact(struct linking *k, uint32_t ages)
{
    uint32_t of_a[EQUALS], of_b[EQUALS];
    if (k->o->fact || k->o->same_source || !one_story(k))
        return;
    for (uint32_t i = 0; i < k->a->figures && i < FIGURES; i++) {
        const struct figure *x = &k->a->figure[i];
        if (!link_usable(k->a, i) || taken(x, k->l->used_a[i]) || x->age != ages ||
            !(figure_exactness(x) || one_event(k)))
            continue;
        uint32_t n = find_equal(k->b, x, of_b), m = n ? find_equal(k->a, x, of_a) : 0;
        if (m)
            tie(k, i, of_b, n, !several(k, k->a, of_a, m) && !several(k, k->b, of_b, n));
    }
}
