/* SPDX-License-Identifier: Apache-2.0
 *
 * Groups by complete link.
 */
#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "refute.h"
#include "rival.h"

#define YEARS 500 /* days between two periods of which none is read for the other */
#define LIKE_LEAST 110u /* likeness of sentences that holds a group together without a link */
#define AGREED 200u     /* what a tie that agrees is worth beside one that differs, which would keep it out */
#define BY_WORDS 30u    /* and one that its words have made beside one that its value alone has */

const struct tie *tie_of(const struct component *k, uint32_t a, uint32_t b)
{
    return &k->tie[(size_t)a * k->items + b];
}

static int fits_inside_document(const struct figure *x, const struct figure *y)
{
    struct relation r;
    struct relate_options o = {NULL, 0, 2, 0};
    if (figures_comparable(x, y) && figures_equal(x, y))
        return 1; /* "44", "at least 44" */
    return relate(&r, x, y, &o) && (r.verdict == ASSAY_AGREE || (r.verdict == ASSAY_COMPATIBLE && !r.odd));
}

/* 0 where the two contradict each other in number but do not count the same things. */
static int may_differ(const struct component *k, const struct figure *x, const struct figure *y)
{
    struct relation r;
    struct relate_options o = {k->self->concepts, 0, 0, 0};
    if (!relate(&r, x, y, &o))
        return 1;
    if (!strcmp(r.rule, "far-apart"))
        return 0;
    return r.verdict > ASSAY_UPDATE || figures_rival(x, y, &r, k->self->concepts) == 1;
}

/* "The toll has risen to 17; on Saturday 12 had been counted": a text that tells what was said before, besides. */
static int recalls(const struct figure *old, const struct figure *now)
{
    return old->has_time && old->has_published && old->to < old->published && !now->has_time &&
           old->kind == ASSAY_KIND_NUMBER;
}

static int recalled(const struct component *k, const struct figure *x, const struct figure *y)
{
    const struct concept *c = concepts_at(k->self->concepts, x->concept);
    return c && x->concept == y->concept && (c->flags & CONCEPT_EVOLVING) && figures_comparable(x, y) &&
           (recalls(x, y) || recalls(y, x));
}

static int counts_harm(const struct component *k, const struct figure *f)
{
    const struct concept *c = concepts_at(k->self->concepts, f->concept);
    return c && (c->flags & CONCEPT_EVENT) && (c->flags & CONCEPT_EVOLVING);
}

/* The same number of two digits or more, of no count of people harmed: texts call one thing by words of two measures
 * ("6.3 billion in cash and shares", "a price of 6.3 billion"). */
static int same_number(const struct component *k, const struct figure *x, const struct figure *y)
{
    return x->kind != ASSAY_KIND_DURATION && !counts_harm(k, x) && !counts_harm(k, y) && figure_in_digits(x) &&
           figure_in_digits(y) && x->value.digits >= 2 && figures_equal(x, y);
}

/* 1 where the value says by itself what it is of. */
static int exact(const struct item *x)
{
    return x->exact || figure_exactness(&x->f) == 3;
}

static int exact_number(const struct figure *x, const struct figure *y)
{
    return figure_exactness(x) == 3 && figure_exactness(y) == 3 && figures_equal(x, y);
}

/* "7.4 million", "4.7 million tonnes"; "42.3 percent against 35.8" */
static int lacks_unit(const struct figure *x, const struct figure *y)
{
    const struct figure *bare = x->kind == ASSAY_KIND_NUMBER ? x : y, *other = bare == x ? y : x;
    if (bare->kind != ASSAY_KIND_NUMBER || bare->unit.size)
        return 0;
    if (other->kind == ASSAY_KIND_PERCENT)
        return bare->value.exponent < 0;
    return !bare->counted.size && (other->kind == ASSAY_KIND_MONEY || other->kind == ASSAY_KIND_DIMENSION);
}

enum { JOIN_UNKNOWN, JOIN_FITS, JOIN_NOT, JOIN_DIFFERS, JOIN_UNTIED, JOIN_OTHER };

static int alike(struct component *k, struct item *x, struct item *y)
{
    if (!carry_context(k->self, k->out, x->c, &x->context) || !carry_context(k->self, k->out, y->c, &y->context)) {
        k->failed = 1;
        return 0;
    }
    return context_likeness(&x->context, &y->context) >= LIKE_LEAST;
}

/* The verdict on the two, or ASSAY_AGREE where they cannot be compared. */
static uint32_t verdict_of(const struct component *k, uint32_t a, uint32_t b)
{
    struct relation r;
    uint32_t flags = tie_of(k, a, b)->flags;
    struct relate_options o = link_rules(k->self->concepts, flags);
    return relate(&r, &k->item[a].f, &k->item[b].f, &o) ? r.verdict : ASSAY_AGREE;
}

/* 1 where the one period begins so long after the other that neither is a slip of reading for the other. */
static int years_after(const struct figure *late, const struct figure *early)
{
    return late->from != DAY_OPEN_BEGIN && early->to != DAY_OPEN_END && late->from > early->to &&
           late->from - early->to > YEARS;
}

/* The same number of two periods years apart: nothing, rather than an agreement. */
static int as_many_elsewhere(const struct component *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->item[a].f, *y = &k->item[b].f;
    int apart = x->has_time && y->has_time && (years_after(x, y) || years_after(y, x));
    return apart && !link_aligned(tie_of(k, a, b)->flags) && figures_equal(x, y) && verdict_of(k, a, b) == ASSAY_SCOPE;
}

/* Whether two figures may stand in one group: JOIN_FITS; JOIN_UNTIED: if others vouch for it; JOIN_OTHER: they are said to
 * measure different things, so that one has to say the same as one that is tied to both; JOIN_NOT. */
static int can_join(struct component *k, uint32_t a, uint32_t b)
{
    struct item *x = &k->item[a], *y = &k->item[b];
    uint32_t c = concepts_measure(k->self->concepts, x->f.concept), d = concepts_measure(k->self->concepts, y->f.concept);
    const struct concepts *all = k->self->concepts;
    const struct tie *tie = tie_of(k, a, b);
    if (figures_loosely_same(&x->f, &y->f))
        return tie->score ? JOIN_FITS : x->exact || y->exact ? JOIN_UNTIED : JOIN_NOT;
    if (tie->flags & LINK_ALIGNED ? !figures_nearly_comparable(&x->f, &y->f) : !figures_comparable(&x->f, &y->f))
        return (exact(x) || exact(y)) && lacks_unit(&x->f, &y->f) ? JOIN_UNTIED : JOIN_NOT;
    if (x->c->ref.doc == y->c->ref.doc)
        return fits_inside_document(&x->f, &y->f) ? JOIN_FITS : recalled(k, &x->f, &y->f) ? JOIN_FITS : JOIN_NOT;
    if (!figures_share_concept(&x->f, &y->f) && c != CONCEPT_NONE && d != CONCEPT_NONE &&
        !concepts_part_of(all, c, d) && !concepts_part_of(all, d, c) && !link_aligned(tie->flags))
        return !same_number(k, &x->f, &y->f) && !exact(x) && !exact(y) ? JOIN_OTHER
               : tie->score                                            ? JOIN_FITS
                                                                       : JOIN_UNTIED;
    if (x->f.part != y->f.part && c == d && !tie->score && !x->f.age && !y->f.age && !exact_number(&x->f, &y->f))
        return figures_swapped(&x->f, &y->f) ? JOIN_OTHER : JOIN_NOT; /* "318 of the 540 flights", "381 flights" */
    if (as_many_elsewhere(k, a, b))
        return JOIN_NOT;
    if (tie->score || fits_inside_document(&x->f, &y->f))
        return JOIN_FITS;
    if (x->f.kind == ASSAY_KIND_ORDINAL || x->f.kind == ASSAY_KIND_RANK)
        return JOIN_NOT;
    if (x->f.age || y->f.age)
        return x->exact || y->exact ? JOIN_UNTIED : JOIN_NOT;
    if (!may_differ(k, &x->f, &y->f))
        return JOIN_UNTIED;
    return (c != CONCEPT_NONE && c == d) || alike(k, x, y) ? JOIN_FITS : JOIN_UNTIED;
}

static int differ(const struct component *k, uint32_t a, uint32_t b)
{
    struct relation r;
    uint32_t flags = tie_of(k, a, b)->flags;
    struct relate_options o = link_rules(k->self->concepts, flags);
    return relate(&r, &k->item[a].f, &k->item[b].f, &o) && r.verdict <= ASSAY_UPDATE;
}

/* 1 where a text quotes what one of them says and sets it right by what the other one says. */
static int refutes(const struct component *k, uint32_t a, uint32_t b)
{
    const struct item *x = &k->item[a], *y = &k->item[b];
    return x->c->ref.doc == y->c->ref.doc && tie_of(k, a, b)->score &&
           (figure_refuted(&x->f, &y->f) || figure_refuted(&y->f, &x->f));
}

static int joins(struct component *k, uint32_t a, uint32_t b)
{
    char *known = &k->joins[(size_t)a * k->items + b];
    if (!*known) {
        int how = can_join(k, a, b);
        *known = (char)((how == JOIN_FITS && differ(k, a, b)) || refutes(k, a, b) ? JOIN_DIFFERS : how);
        k->joins[(size_t)b * k->items + a] = *known;
    }
    return *known;
}

/* What is not the same thing comes last: it would keep out what agrees. */
struct ranked {
    uint32_t other, score, a, b;
};

/* How far apart two figures are that differ by no slip, in millionths. */
static uint32_t gap_of(const struct component *k, uint32_t a, uint32_t b)
{
    struct relation r;
    struct relate_options o = link_rules(k->self->concepts, tie_of(k, a, b)->flags);
    return !relate(&r, &k->item[a].f, &k->item[b].f, &o) || r.has_hint ? 0 : r.gap;
}

/* 1 where q is as likely what j differs from as i is: tied as well, or nearer by value. */
static int as_likely(const struct component *k, uint32_t q, uint32_t i, uint32_t j)
{
    return tie_of(k, q, j)->score >= tie_of(k, i, j)->score || gap_of(k, q, j) < gap_of(k, i, j);
}

/* 1 where the text of p, which says what i does, tells another figure besides that is tied to j. */
static int tells_both(const struct component *k, uint32_t p, uint32_t i, uint32_t j)
{
    const struct figure *x = &k->item[p].f;
    if (p == i || p == j || tie_of(k, p, j)->score || !tie_of(k, p, i)->score || !figures_comparable(x, &k->item[i].f) ||
        !figures_equal(x, &k->item[i].f))
        return 0;
    uint32_t first = p; /* items stand by their documents: those of one are looked at, not all 200 */
    while (first && k->item[first - 1].c->ref.doc == k->item[p].c->ref.doc)
        first--;
    for (uint32_t q = first; q < k->items && k->item[q].c->ref.doc == k->item[p].c->ref.doc; q++)
        if (q != p && tie_of(k, q, j)->score && figures_comparable(x, &k->item[q].f) &&
            !fits_inside_document(x, &k->item[q].f) && verdict_of(k, q, j) != ASSAY_SCOPE && as_likely(k, q, i, j))
            return 1;
    return 0;
}

/* 1 where a third text tells the figures of i and of j as two, so that they do not contradict each other: what was
 * planned beside what was paid, a part beside its whole. */
static int told_as_two(const struct component *k, uint32_t i, uint32_t j)
{
    for (uint32_t p = 0; p < k->items; p++)
        if (tells_both(k, p, i, j) || tells_both(k, p, j, i))
            return 1;
    return 0;
}

static int by_score(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->other != y->other)
        return x->other < y->other ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* 1 where m is a step of one count between i and j: 4 dead, 6, then 8. */
static int step_between(const struct component *k, uint32_t m, uint32_t i, uint32_t j)
{
    const struct figure *x = &k->item[i].f, *y = &k->item[j].f, *step = &k->item[m].f;
    const struct concept *c = concepts_at(k->self->concepts, step->concept);
    int up = assay_decimal_compare(&y->value, &x->value) > 0;
    if (!c || !(c->flags & CONCEPT_EVOLVING) || x->concept != step->concept || y->concept != step->concept)
        return 0;
    const struct figure *low = up ? x : y, *high = up ? y : x;
    return assay_decimal_compare(&low->value, &step->value) < 0 &&
           assay_decimal_compare(&step->value, &high->value) < 0;
}

/* 1 where the two may stand in one group by themselves. */
static int fit(struct component *k, uint32_t i, uint32_t j)
{
    int how = joins(k, i, j);
    return how == JOIN_FITS || how == JOIN_DIFFERS;
}

/* 1 where a figure of either group agrees with i, or lies between the two, is tied to it, and to j as well. */
static int vouched(struct component *k, uint32_t i, uint32_t j)
{
    for (uint32_t m = 0; m < k->items; m++) {
        if (!tie_of(k, m, j)->score ||
            (k->item[m].group != k->item[i].group && k->item[m].group != k->item[j].group))
            continue;
        if (tie_of(k, m, i)->score && fits_inside_document(&k->item[m].f, &k->item[i].f))
            return 1;
        if (step_between(k, m, i, j) && (tie_of(k, m, i)->score || fit(k, m, i)))
            return 1;
    }
    return 0;
}

/* 1 where a text of the two groups sets the value of one of the items right by that of the other. */
static int told_refuted(const struct component *k, uint32_t i, uint32_t j)
{
    for (uint32_t m = 0; m < k->items; m++) {
        if (!k->item[m].f.refuted || (k->item[m].group != k->item[i].group && k->item[m].group != k->item[j].group))
            continue;
        uint32_t same = fits_inside_document(&k->item[m].f, &k->item[i].f)   ? i
                        : fits_inside_document(&k->item[m].f, &k->item[j].f) ? j
                                                                             : ASSAY_NEVER;
        uint32_t other = same == i ? j : i;
        for (uint32_t n = 0; same != ASSAY_NEVER && n < k->items; n++)
            if (k->item[n].f.rights && k->item[n].group == k->item[other].group && refutes(k, m, n) &&
                fits_inside_document(&k->item[n].f, &k->item[other].f))
                return 1;
    }
    return 0;
}

/* 1 where j is in its group by its value, whatever it is said to measure, and one that says the same there is tied to
 * i. */
static int spoken_for(struct component *k, uint32_t i, uint32_t j)
{
    if (!exact(&k->item[j]))
        return 0;
    for (uint32_t m = 0; m < k->items; m++)
        if (k->item[m].group == k->item[j].group && tie_of(k, m, i)->score &&
            fits_inside_document(&k->item[m].f, &k->item[j].f))
            return 1;
    return 0;
}

/* 1 where one that is tied to both says what i says, and measures what j does: what i is of is misread. */
static int agreed(struct component *k, uint32_t i, uint32_t j)
{
    for (uint32_t m = 0; m < k->items; m++)
        if (m != i && k->item[m].group == k->item[i].group && tie_of(k, m, i)->score && tie_of(k, m, j)->score &&
            k->item[m].f.concept == k->item[j].f.concept && fits_inside_document(&k->item[m].f, &k->item[i].f))
            return 1;
    return 0;
}

/* 1 where the two may stand in one group although nothing ties them. */
static int backed(struct component *k, uint32_t i, uint32_t j)
{
    return vouched(k, i, j) || vouched(k, j, i) || spoken_for(k, i, j) || spoken_for(k, j, i);
}

/* 1 where the text of i says the same in other words, in its group, that go with j: a headline has no room for what is
 * measured. */
static int said_again(struct component *k, uint32_t i, uint32_t j)
{
    for (uint32_t m = 0; m < k->items; m++)
        if (m != i && k->item[m].group == k->item[i].group && k->item[m].c->ref.doc == k->item[i].c->ref.doc &&
            fits_inside_document(&k->item[m].f, &k->item[i].f) &&
            (fit(k, m, j) || (joins(k, m, j) == JOIN_UNTIED && backed(k, m, j))))
            return 1;
    return 0;
}

/* 1 where figures of the two groups are tied although they differ. What agrees only ("30 minutes" in two recipes each)
 * does not bring together what differs. */
static int disagree(struct component *k, uint32_t x, uint32_t y)
{
    for (uint32_t i = 0; i < k->items; i++) {
        if (k->item[i].group != x && k->item[i].group != y)
            continue;
        for (uint32_t j = i + 1; j < k->items; j++)
            if ((k->item[j].group == x || k->item[j].group == y) && tie_of(k, i, j)->score &&
                joins(k, i, j) == JOIN_DIFFERS)
                return 1;
    }
    return 0;
}

static void merge(struct component *k, uint32_t a, uint32_t b)
{
    uint32_t x = k->item[a].group, y = k->item[b].group;
    uint32_t by_chance = 0; /* pairs that differ, and that nobody has tied */
    if (x == y)
        return;
    int refuted = refutes(k, a, b);
    for (uint32_t i = 0; i < k->items; i++)
        for (uint32_t j = 0; k->item[i].group == x && j < k->items; j++) {
            if (k->item[j].group != y)
                continue;
            int how = joins(k, i, j);
            if (refuted && how != JOIN_DIFFERS && told_refuted(k, i, j))
                continue;
            int out = how == JOIN_NOT || (how == JOIN_UNTIED && !backed(k, i, j)) ||
                      (how == JOIN_OTHER && !agreed(k, i, j) && !agreed(k, j, i));
            if (out && !said_again(k, i, j) && !said_again(k, j, i))
                return;
            by_chance += how == JOIN_DIFFERS && !tie_of(k, i, j)->score;
        }
    if (by_chance && !disagree(k, x, y))
        return;
    uint32_t first = x < y ? x : y, last = x < y ? y : x;
    for (uint32_t i = 0; i < k->items; i++)
        if (k->item[i].group == last)
            k->item[i].group = first;
}

int make_groups(struct component *k)
{
    uint32_t count = 0;
    struct ranked *ranked = malloc(((size_t)k->items * k->items / 2 + 1) * sizeof *ranked);
    if (!ranked)
        return 0;
    for (uint32_t i = 0; i < k->items; i++) {
        k->item[i].group = i;
        for (uint32_t j = i + 1; j < k->items; j++) {
            if (!tie_of(k, i, j)->score)
                continue;
            uint32_t verdict = verdict_of(k, i, j),
                     agreed = verdict > ASSAY_SCOPE && !figures_loosely_same(&k->item[i].f, &k->item[j].f) &&
                                      figure_in_digits(&k->item[i].f) && !k->item[i].f.age ? AGREED : 0;
            int other = verdict == ASSAY_SCOPE && !refutes(k, i, j);
            if (verdict <= ASSAY_UPDATE && !refutes(k, i, j) && told_as_two(k, i, j))
                continue;
            if (agreed && !(tie_of(k, i, j)->flags & LINK_EXACT))
                agreed += BY_WORDS;
            ranked[count++] = (struct ranked){(uint32_t)other, tie_of(k, i, j)->score + agreed, i, j};
        }
    }
    if (count)
        qsort(ranked, count, sizeof *ranked, by_score);
    for (uint32_t i = 0; i < count; i++)
        merge(k, ranked[i].a, ranked[i].b);
    free(ranked);
    return !k->failed;
}
