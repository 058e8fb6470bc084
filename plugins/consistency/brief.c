/* SPDX-License-Identifier: Apache-2.0
 *
 * What short news of one event, in one language, tell in sentences of which no two are alike. An item of one to three
 * sentences names the event once, so that the sentence with the figure says little of it; but it holds few figures, so
 * that the only sum of money, the only length or weight, the only count of these people or things in each are most
 * likely one quantity, whatever words stand around them; and an equal figure of two digits is told of one thing.
 */
#include "linking.h"
#include "rival.h"

#include <assay/kit/text.h>

#define SENTENCES 5u      /* of a short item, */
#define FIGURES 9u        /* and figures */
#define DAYS 1u
#define STORY 400u        /* likeness of the documents, in 1/1000 */
#define RARE 5u           /* rare terms that they share */
#define WORTH 400u        /* likeness that being the only one is worth */
#define CLOSE_GAP 250000u /* millionths; further apart only where a slip explains it */
#define DOZEN 12u         /* up to so many are told of many things */

static int is_brief(const struct side *s)
{
    uint32_t figures = 0;
    for (uint32_t i = 0; i < s->figures; i++)
        figures += link_usable(s, i) != 0;
    return s->contexts <= SENTENCES && figures <= FIGURES;
}

static int one_event(const struct linking *k)
{
    const struct link_options *o = k->o;
    return !o->translated && !o->fact && !o->same_source && o->days <= DAYS && o->story >= STORY && k->l->rare >= RARE &&
           !k->other_days && is_brief(k->a) && is_brief(k->b);
}

/* 1 where nothing is said of the figure but what it measures: of all of them, in digits. */
static int unmarked(const struct figure *f)
{
    int of_some = f->part || f->rest || f->whole || f->included || f->so_far || f->record;
    int from = f->has_relation && f->relation == ASSAY_RELATION_FROM;
    int bound = f->bound != ASSAY_BOUND_EXACT && f->bound != ASSAY_BOUND_ABOUT;
    return figure_in_digits(f) && !of_some && !from && !bound && !f->name && !f->when && !f->age && !f->refuted &&
           !f->rights && f->status != ASSAY_NEGATED;
}

static int one_time(const struct figure *x, const struct figure *y)
{
    return !x->has_time || !y->has_time || figures_same_period(x, y);
}

/* 1 where nothing that is said of either sets the two apart but for the measure. */
static int alike(const struct linking *k, const struct figure *x, const struct figure *y)
{
    return unmarked(x) && unmarked(y) && x->kind == y->kind && figures_comparable(x, y) &&
           assay_text_same(x->unit, y->unit) && assay_text_same(x->per, y->per) && one_time(x, y) &&
           !concepts_contrast(k->o->concepts, x->aspects, y->aspects) && link_harm(k, x) == link_harm(k, y);
}

/* 1 where the side tells no other figure that may be meant by `other`: in digits swapped by one, of three of them. */
static int only(const struct linking *k, const struct side *s, uint32_t own, const struct figure *other)
{
    int slip = figures_swapped(&s->figure[own], other);
    for (uint32_t i = 0; i < s->figures; i++) {
        const struct figure *f = &s->figure[i];
        if (i == own || !link_usable(s, i) || f->kind != other->kind || !figures_comparable(f, other) ||
            !one_time(f, other) || figures_equal(f, &s->figure[own]))
            continue;
        if (figures_equal(f, other))
            return 0;
        if (!(slip && !figures_swapped(f, other)) &&
            (f->kind != ASSAY_KIND_NUMBER || figures_count_same(f, other, k->o->concepts) != 0))
            return 0;
    }
    return 1;
}

/* 1 where the side tells no other number that nothing has tied. */
static int lone_number(const struct side *s, const uint32_t *used, uint32_t own)
{
    for (uint32_t i = 0; i < s->figures; i++)
        if (i != own && link_usable(s, i) && link_free(used, i) && s->figure[i].kind == ASSAY_KIND_NUMBER &&
            !figures_equal(&s->figure[i], &s->figure[own]))
            return 0;
    return 1;
}

/* "450 visits a shift", "540 patients a shift": two nouns for one thing, where digits are swapped and no other number is
 * left. Those harmed are told apart by what happened to them. */
static int other_noun(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    return x->kind == ASSAY_KIND_NUMBER && figures_swapped_few(x, y) && !link_harm(k, x) && !link_harm(k, y) &&
           assay_decimal_above(&x->value, DOZEN) && assay_decimal_above(&y->value, DOZEN) &&
           lone_number(k->a, k->l->used_a, a) && lone_number(k->b, k->l->used_b, b);
}

/* 1 where both count one kind of thing, or are of one unit and no words say that they measure two things; where digits
 * are swapped, words of two measures stand beside one quantity. */
static int one_thing(const struct linking *k, const struct figure *x, const struct figure *y)
{
    struct figure as = *y;
    int swapped = figures_swapped_few(x, y);
    if (swapped)
        as.concept = x->concept;
    if (x->status != y->status && !swapped)
        return 0;
    if (x->kind == ASSAY_KIND_NUMBER)
        return figures_count_same(x, y, k->o->concepts) == 1 && !link_different(k, x, &as);
    return (x->kind == ASSAY_KIND_MONEY || x->kind == ASSAY_KIND_DIMENSION || (x->unit.size && figures_swapped(x, y)) ||
            (x->kind == ASSAY_KIND_PERCENT && figures_swapped(x, y))) &&
           !link_different(k, x, &as);
}

static int one_quantity(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    struct relate_options o = link_rules(k->o->concepts, LINK_THROUGHOUT);
    struct relation r;
    if (!(k->named || figures_swapped_few(x, y)) || !alike(k, x, y) || !(one_thing(k, x, y) || other_noun(k, a, b)))
        return 0; /* texts without a name in common are on other things, however alike */
    if (!relate(&r, x, y, &o) || r.verdict != ASSAY_CONFLICT || !(r.has_hint || r.gap <= CLOSE_GAP))
        return 0;
    return only(k, k->a, a, y) && only(k, k->b, b, x) && !link_places_differ(k, a, b) && !link_other_names(k, a, b);
}

/* 1 where the side tells the value once. */
static int once(const struct side *s, uint32_t own)
{
    for (uint32_t i = 0; i < s->figures; i++)
        if (i != own && link_usable(s, i) && figures_comparable(&s->figure[i], &s->figure[own]) &&
            figures_equal(&s->figure[i], &s->figure[own]))
            return 0;
    return 1;
}

static int one_value(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    return alike(k, x, y) && link_equal(x, y) && x->kind != ASSAY_KIND_ORDINAL && x->kind != ASSAY_KIND_RANK &&
           assay_decimal_above(&x->value, DOZEN) && once(k->a, a) && once(k->b, b) && !link_places_differ(k, a, b);
}

static void tie(struct linking *k, int (*fits)(const struct linking *, uint32_t, uint32_t), uint32_t flags)
{
    for (uint32_t i = 0; i < k->a->figures; i++)
        for (uint32_t j = 0; j < k->b->figures && link_free(k->l->used_a, i); j++)
            if (link_usable(k->a, i) && link_usable(k->b, j) && link_free(k->l->used_b, j) && fits(k, i, j)) {
                uint32_t likeness = link_likeness(k, i, j);
                link_add(k, i, j, likeness > WORTH ? likeness : WORTH, flags);
            }
}

void link_briefs(struct linking *k)
{
    uint32_t flags = k->flags | LINK_MEASURE | LINK_FRAME | LINK_THROUGHOUT;
    if (!one_event(k))
        return;
    tie(k, one_value, flags);
    tie(k, one_quantity, flags);
}
