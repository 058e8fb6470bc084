/* SPDX-License-Identifier: Apache-2.0
 *
 * What is left over where two texts in two languages tell the same figures. One newsroom's free rendering of another's
 * report puts sentences in another order and joins them, so that words tie few of them; but where most figures of both
 * are tied by their values, the one of its kind that is left in each is most likely one quantity, told differently.
 */
#include "linking.h"
#include "rival.h"

#include <assay/kit/text.h>

#define FIGURES 64u    /* of one side that are asked */
#define AGREE 3u       /* figures that agree at least, */
#define AGREE_SHARE 2u /* and one of so many of the shorter text */
#define DAYS 1u
#define STORY 300u     /* likeness of the documents, in 1/1000 */
#define WORTH 400u     /* likeness that being left over is worth */
#define CLOSE_GAP 120000u /* millionths: further apart only where all digits but one are the same; */
#define CLOSE_SIZE 340000u /* of lengths, weights, times, of which a text tells few of one unit */
#define WIDE_GAP 505000u  /* or words tell that they are of one thing */
#define SLIP_DIGITS 3u    /* of a figure that another one is a slip of; */
#define SLIP_THROUGHOUT 2u /* in texts that agree throughout, no further apart than WIDE_GAP */
#define LARGE 1000u
#define PLAIN 12u         /* numbers up to it are of many things */
#define OLDEST 150u       /* years, of people */

static int digits(const struct side *s, uint32_t i)
{
    const struct figure *f = &s->figure[i];
    return link_usable(s, i) && figure_in_digits(f) && !f->name && !f->when;
}

static uint32_t told(const struct side *s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->figures && i < FIGURES; i++)
        n += digits(s, i) != 0;
    return n;
}

static int agrees(const struct linking *k, const struct link *l)
{
    return link_equal(&k->a->figure[l->a], &k->b->figure[l->b]);
}

static uint32_t agreeing(const struct linking *k)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < k->list->count; i++)
        n += agrees(k, &k->list->at[i]) != 0;
    return n;
}

/* 1 where figures of the two sentences are tied, or the sentences are. */
static int tied(const struct linking *k, uint32_t ca, uint32_t cb)
{
    if (ca >= k->a->contexts || cb >= k->b->contexts)
        return 0;
    if (ca < LINK_CONTEXTS && k->l->pair[ca] == cb)
        return 1;
    for (uint32_t i = 0; i < k->list->count; i++)
        if (k->a->note[k->list->at[i].a].context == ca && k->b->note[k->list->at[i].b].context == cb)
            return 1;
    return 0;
}

/* A grave may be 2,600 years old; in words of age as well as in others. */
static int ages_fit(const struct figure *x, const struct figure *y)
{
    return x->age == y->age || (assay_decimal_above(&x->value, OLDEST) && assay_decimal_above(&y->value, OLDEST));
}

/* 1 where the two may be one quantity as far as their kind, unit and marks say. In texts that agree throughout one may
 * leave the reader to see that it is an age, or a rate ("retreats by 46 metres"). */
static int alike(const struct figure *x, const struct figure *y, int throughout)
{
    return x->kind == y->kind && figures_comparable(x, y) && assay_text_same(x->unit, y->unit) &&
           (assay_text_same(x->per, y->per) || (throughout && (!x->per.size || !y->per.size))) &&
           (throughout || ages_fit(x, y));
}

static int tells(const struct side *s, const struct figure *other)
{
    for (uint32_t i = 0; i < s->figures && i < FIGURES; i++)
        if (link_usable(s, i) && figures_comparable(&s->figure[i], other) && figures_equal(&s->figure[i], other))
            return 1;
    return 0;
}

static int is_from(const struct figure *f)
{
    return f->has_relation && f->relation == ASSAY_RELATION_FROM;
}

static int is_change(const struct figure *f)
{
    return f->has_relation && f->relation == ASSAY_RELATION_BY;
}

/* 1 where the one is a share by which something changed, and the other one a level that something came to or from. */
static int change_and_level(const struct figure *x, const struct figure *y)
{
    return x->has_relation && y->has_relation && is_change(x) != is_change(y);
}

/* 1 where no word about the one sets it apart from the other; in texts that agree throughout a word more is none. */
static int same_marks(const struct figure *x, const struct figure *y, int throughout)
{
    int words = x->part == y->part && x->record == y->record && x->status == y->status;
    return (words || throughout) && x->rest == y->rest && x->bound == y->bound && x->refuted == y->refuted &&
           x->rights == y->rights && is_from(x) == is_from(y) && !change_and_level(x, y);
}

static int unknown(const struct linking *k, const struct figure *f)
{
    return f->counted.size && f->thing == CONCEPT_NONE && (link_measure(k, f) == CONCEPT_NONE || !f->near);
}

/* 1 where all digits but one are the same, of `least` or more. */
static int one_digit(const struct assay_decimal *x, const struct assay_decimal *y, uint32_t least)
{
    uint32_t differ = 0;
    if (x->digits != y->digits || x->exponent != y->exponent || x->digits < least)
        return 0;
    for (uint32_t i = 0; i < x->digits; i++)
        differ += x->digit[i] != y->digit[i];
    return differ == 1;
}

/* 1 where the values are so near, or so like a slip, that two things would hardly have them. */
static int as_slip(const struct linking *k, const struct figure *x, const struct figure *y, int throughout)
{
    struct relation r;
    struct relate_options o = link_rules(k->o->concepts, LINK_THROUGHOUT);
    uint32_t close = x->kind == ASSAY_KIND_DIMENSION || x->kind == ASSAY_KIND_DURATION ? CLOSE_SIZE : CLOSE_GAP;
    return relate(&r, x, y, &o) &&
           (r.gap <= close || r.has_hint || one_digit(&x->value, &y->value, SLIP_DIGITS) ||
            (throughout && r.gap <= WIDE_GAP && one_digit(&x->value, &y->value, SLIP_THROUGHOUT)));
}

/* 1 where one of the two counts people in general, and the other one somebody: "61,000 people", "residents". */
static int somebody(const struct concepts *all, const struct figure *x, const struct figure *y)
{
    const struct concept *c = concepts_at(all, x->thing), *d = concepts_at(all, y->thing);
    uint32_t who = CONCEPT_ANYBODY | CONCEPT_PERSON | CONCEPT_WHO;
    return c && d && (c->flags & who) && (d->flags & who) && ((c->flags | d->flags) & CONCEPT_ANYBODY);
}

/* 1 where what is counted is one thing, or the lexicon knows neither; in texts that agree throughout, not both, or the
 * one is a slip of the other. */
static int same_thing(const struct linking *k, const struct figure *x, const struct figure *y, int throughout)
{
    int same = figures_count_same(x, y, k->o->concepts);
    if (x->kind != ASSAY_KIND_NUMBER || same == 1 || link_shares_measure(k, x, y))
        return 1;
    if (!throughout)
        return unknown(k, x) && unknown(k, y);
    if (same != 0 && (unknown(k, x) || unknown(k, y)))
        return 1;
    return (same != 0 || somebody(k->o->concepts, x, y)) && link_harm(k, x) == link_harm(k, y) &&
           as_slip(k, x, y, 1);
}

/* 1 where the two are different for certain. Which of the words around it a figure measures is told by other ones in
 * another language: in texts that agree throughout that says nothing, but for parts and wholes. */
static int different(const struct linking *k, const struct figure *x, const struct figure *y, int throughout)
{
    const struct concepts *all = k->o->concepts;
    uint32_t c = link_measure(k, x), d = link_measure(k, y);
    struct figure as = *y;
    if (concepts_contrast(all, x->aspects, y->aspects))
        return 1;
    if (!throughout && figures_count_same(x, y, all) != 1)
        return link_different(k, x, y);
    if (x->near && y->near && c != CONCEPT_NONE && d != CONCEPT_NONE && !figures_share_concept(x, y) &&
        figures_count_same(x, y, all) != 1 && (x->part != y->part || !as_slip(k, x, y, throughout)))
        return 1;
    if (c != d && (concepts_part_of(all, c, d) || concepts_part_of(all, d, c)))
        return 1;
    as.concept = x->concept;
    as.also = x->also;
    as.part = x->part;
    return link_different(k, x, &as);
}

/* What is asked for the counterpart of a figure: one of the two sides. */
struct asked {
    const struct side *side;
    const uint32_t *used;
    uint32_t own;     /* the one that may be it */
    uint32_t context; /* of this sentence alone, or ASSAY_NEVER */
    int slips;        /* 1: only those count that it may be a slip of */
};

/* 1 where nothing else of the side is left that may be meant by `other`. */
static int only(const struct linking *k, const struct asked *q, const struct figure *other)
{
    const struct side *s = q->side;
    for (uint32_t i = 0; i < s->figures && i < FIGURES; i++)
        if (i != q->own && digits(s, i) && link_free(q->used, i) && alike(&s->figure[i], other, q->slips) &&
            (q->context == ASSAY_NEVER || s->note[i].context == q->context) &&
            !figures_equal(&s->figure[i], &s->figure[q->own]) &&
            (!q->slips || as_slip(k, &s->figure[i], other, 1)))
            return 0;
    return 1;
}

/* 1 where the two are left over of their kind, in sentences that are tied, or in both texts; `slips`: of those alone
 * that are as near to the other one. */
static int left_alone(const struct linking *k, uint32_t a, uint32_t b, int slips)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    struct asked p = {k->a, k->l->used_a, a, k->a->note[a].context, slips};
    struct asked q = {k->b, k->l->used_b, b, k->b->note[b].context, slips};
    if (tied(k, p.context, q.context) && only(k, &p, y) && only(k, &q, x))
        return 1;
    p.context = q.context = ASSAY_NEVER;
    return only(k, &p, y) && only(k, &q, x);
}

/* 1 where the words beside both are of one measure or one thing. */
static int said_of_one(const struct linking *k, const struct figure *x, const struct figure *y)
{
    return (link_shares_measure(k, x, y) && x->near && y->near) || figures_count_same(x, y, k->o->concepts) == 1;
}

static int counterparts(const struct linking *k, uint32_t a, uint32_t b, int throughout)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    struct relation r;
    struct relate_options o = link_rules(k->o->concepts, throughout ? LINK_THROUGHOUT : 0);
    if (!digits(k->a, a) || !digits(k->b, b) || !alike(x, y, throughout) || !same_marks(x, y, throughout) ||
        !same_thing(k, x, y, throughout) || different(k, x, y, throughout))
        return 0;
    if ((x->kind == ASSAY_KIND_ORDINAL && !throughout) || x->kind == ASSAY_KIND_RANK || x->kind == ASSAY_KIND_MULTIPLE)
        return 0;
    if (link_places_differ(k, a, b) || tells(k->a, y) || tells(k->b, x))
        return 0;
    if (!relate(&r, x, y, &o) || r.verdict != ASSAY_CONFLICT ||
        !(as_slip(k, x, y, throughout) || (r.gap <= WIDE_GAP && said_of_one(k, x, y))))
        return 0;
    return left_alone(k, a, b, throughout && as_slip(k, x, y, 1));
}

/* 1 where nothing else that is left of the side has this value. */
static int only_equal(const struct side *s, const uint32_t *used, uint32_t own)
{
    for (uint32_t i = 0; i < s->figures && i < FIGURES; i++)
        if (i != own && link_usable(s, i) && link_free(used, i) && figures_comparable(&s->figure[i], &s->figure[own]) &&
            figures_equal(&s->figure[i], &s->figure[own]))
            return 0;
    return 1;
}

/* 1 where two texts that agree throughout tell the value once each, of things that may be one: "nine houses". */
static int equals(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    if (!link_usable(k->a, a) || !link_usable(k->b, b) || x->name || y->name || x->when || y->when || figure_vague(x) ||
        x->rest != y->rest)
        return 0;
    int bare = assay_decimal_above(&x->value, LARGE) && figures_loosely_same(x, y); /* "900 million of subsidies" */
    return (link_equal(x, y) || bare) && figures_count_same(x, y, k->o->concepts) != 0 &&
           !concepts_contrast(k->o->concepts, x->aspects, y->aspects) && only_equal(k->a, k->l->used_a, a) &&
           only_equal(k->b, k->l->used_b, b);
}

static void tie_equals(struct linking *k, uint32_t flags)
{
    for (uint32_t i = 0; i < k->a->figures && i < FIGURES; i++)
        for (uint32_t j = 0; j < k->b->figures && j < FIGURES && link_free(k->l->used_a, i); j++)
            if (link_free(k->l->used_b, j) && equals(k, i, j))
                link_add(k, i, j, WORTH, flags);
}

/* Ties that differ by a slip between texts that agree throughout are of one quantity, whatever tied them. */
static void mark_throughout(struct linking *k)
{
    for (uint32_t i = 0; i < k->list->count; i++)
        if (!agrees(k, &k->list->at[i]) &&
            as_slip(k, &k->a->figure[k->list->at[i].a], &k->b->figure[k->list->at[i].b], 1))
            k->list->at[i].flags |= LINK_THROUGHOUT;
}

/* 1 where all figures but one of the shorter text agree, and of the longer one all but two or many; where many do, in
 * texts of one day, each may tell one more of its own. */
static int agree_throughout(uint32_t agree, uint32_t a, uint32_t b, uint32_t days)
{
    uint32_t least = a < b ? a : b, most = a < b ? b : a;
    if (!days && agree > AGREE && agree + 2 >= least && agree + 3 >= most)
        return 1;
    return agree + 1 >= least && (agree + 2 >= most || agree > AGREE);
}

/* Figures of two digits or more that both texts tell once, and that nothing has tied yet. */
static uint32_t untied(const struct linking *k)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < k->a->figures && i < FIGURES; i++)
        for (uint32_t j = 0; j < k->b->figures && j < FIGURES; j++)
            if (digits(k->a, i) && link_free(k->l->used_a, i) && link_free(k->l->used_b, j) &&
                assay_decimal_above(&k->a->figure[i].value, PLAIN) && equals(k, i, j)) {
                n++;
                break;
            }
    return n;
}

void link_frames(struct linking *k)
{
    const struct link_options *o = k->o;
    if (!o->translated || o->fact || o->same_source || o->days > DAYS || o->story < STORY)
        return;
    uint32_t agree = agreeing(k), a = told(k->a), b = told(k->b), least = a < b ? a : b;
    uint32_t same = agree + (o->days ? 0 : untied(k)); /* a day later a figure may be a new one */
    if (same < AGREE || same * AGREE_SHARE < least)
        return;
    uint32_t flags = k->flags | LINK_MEASURE | LINK_FRAME;
    int throughout = agree_throughout(agree, a, b, o->days);
    tie_equals(k, flags | (throughout ? LINK_THROUGHOUT : 0));
    if (!throughout && (throughout = agree_throughout(agreeing(k), a, b, o->days)))
        tie_equals(k, flags | LINK_THROUGHOUT);
    flags |= throughout ? LINK_THROUGHOUT : 0;
    for (uint32_t i = 0; i < k->a->figures && i < FIGURES; i++)
        for (uint32_t j = 0; j < k->b->figures && j < FIGURES && link_free(k->l->used_a, i); j++)
            if (link_free(k->l->used_b, j) && counterparts(k, i, j, throughout)) {
                uint32_t likeness = link_likeness(k, i, j);
                link_add(k, i, j, likeness > WORTH ? likeness : WORTH, flags);
            }
    if (throughout)
        mark_throughout(k);
}
