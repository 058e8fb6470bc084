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
#define CLOSE_GAP 340000u /* millionths: further apart only where words or a slip tell that they are of one thing */

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

static uint32_t agreeing(const struct linking *k)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < k->list->count; i++)
        n += digits(k->a, k->list->at[i].a) && digits(k->b, k->list->at[i].b) &&
             link_equal(&k->a->figure[k->list->at[i].a], &k->b->figure[k->list->at[i].b]);
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

static int free_of(const uint32_t *used, uint32_t i)
{
    return !used[i] || used[i] == USED_TRIED;
}

/* 1 where the two may be one quantity as far as their kind, unit and marks say. */
static int alike(const struct figure *x, const struct figure *y)
{
    return x->kind == y->kind && figures_comparable(x, y) && assay_text_same(x->unit, y->unit) &&
           assay_text_same(x->per, y->per) && x->age == y->age;
}

/* 1 where nothing else of the side is left that may be meant by `other`; `context`: of this sentence, or ASSAY_NEVER. */
static int only(const struct side *s, const uint32_t *used, uint32_t own, const struct figure *other, uint32_t context)
{
    for (uint32_t i = 0; i < s->figures && i < FIGURES; i++)
        if (i != own && digits(s, i) && free_of(used, i) && alike(&s->figure[i], other) &&
            (context == ASSAY_NEVER || s->note[i].context == context) &&
            !figures_equal(&s->figure[i], &s->figure[own]))
            return 0;
    return 1;
}

static int tells(const struct side *s, const struct figure *other)
{
    for (uint32_t i = 0; i < s->figures && i < FIGURES; i++)
        if (link_usable(s, i) && figures_comparable(&s->figure[i], other) && figures_equal(&s->figure[i], other))
            return 1;
    return 0;
}

static int same_marks(const struct figure *x, const struct figure *y)
{
    return x->part == y->part && x->rest == y->rest && x->record == y->record && x->status == y->status &&
           x->bound == y->bound && x->refuted == y->refuted && x->rights == y->rights &&
           (x->relation == ASSAY_RELATION_FROM && x->has_relation) ==
               (y->relation == ASSAY_RELATION_FROM && y->has_relation);
}

/* 1 where what is counted is one thing, or the lexicon knows neither. */
static int same_thing(const struct linking *k, const struct figure *x, const struct figure *y)
{
    if (x->kind != ASSAY_KIND_NUMBER)
        return 1;
    return figures_count_same(x, y, k->o->concepts) == 1 || link_shares_measure(k, x, y) ||
           (link_measure(k, x) == CONCEPT_NONE && link_measure(k, y) == CONCEPT_NONE && x->counted.size &&
            y->counted.size);
}

static int counterparts(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    struct relation r;
    struct relate_options o = link_rules(k->o->concepts, 0);
    uint32_t ca = k->a->note[a].context, cb = k->b->note[b].context;
    if (!digits(k->a, a) || !digits(k->b, b) || !alike(x, y) || !same_marks(x, y) || !same_thing(k, x, y))
        return 0;
    if (x->kind == ASSAY_KIND_ORDINAL || x->kind == ASSAY_KIND_RANK || x->kind == ASSAY_KIND_MULTIPLE)
        return 0;
    if (link_different(k, x, y) || concepts_contrast(k->o->concepts, x->aspects, y->aspects) ||
        link_of_other_places(k, a, b) || link_places_differ(k, a, b) || tells(k->a, y) || tells(k->b, x))
        return 0;
    if (!relate(&r, x, y, &o) || r.verdict != ASSAY_CONFLICT ||
        (r.gap > CLOSE_GAP && !r.has_hint && !link_shares_measure(k, x, y)))
        return 0;
    if (tied(k, ca, cb) && only(k->a, k->l->used_a, a, y, ca) && only(k->b, k->l->used_b, b, x, cb))
        return 1;
    return only(k->a, k->l->used_a, a, y, ASSAY_NEVER) && only(k->b, k->l->used_b, b, x, ASSAY_NEVER);
}

void link_frames(struct linking *k)
{
    const struct link_options *o = k->o;
    if (!o->translated || o->fact || o->same_source || o->days > DAYS || o->story < STORY)
        return;
    uint32_t agree = agreeing(k), a = told(k->a), b = told(k->b);
    if (agree < AGREE || agree * AGREE_SHARE < (a < b ? a : b))
        return;
    for (uint32_t i = 0; i < k->a->figures && i < FIGURES; i++)
        for (uint32_t j = 0; j < k->b->figures && j < FIGURES && free_of(k->l->used_a, i); j++)
            if (free_of(k->l->used_b, j) && counterparts(k, i, j)) {
                uint32_t likeness = link_likeness(k, i, j);
                link_add(k, i, j, likeness > WORTH ? likeness : WORTH, k->flags | LINK_MEASURE | LINK_FRAME);
            }
}
