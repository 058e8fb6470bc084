/* SPDX-License-Identifier: Apache-2.0 */
#include "headline.h"

#include <assay/kit/text.h>

#include "rival.h"

#define FEW 12u /* of so many, a headline may count some, or all of several events */

static int plain(const struct figure *f)
{
    uint32_t of_some = f->part | f->rest | f->whole | f->included | f->so_far | f->record | f->age | f->when | f->name;
    int kind = f->kind == ASSAY_KIND_NUMBER || f->kind == ASSAY_KIND_MONEY || f->kind == ASSAY_KIND_PERCENT ||
               f->kind == ASSAY_KIND_DIMENSION;
    return kind && !of_some && !f->refuted && !f->rights && f->status == ASSAY_ASSERTED && figure_in_digits(f) &&
           f->change == ASSAY_CHANGE_LEVEL && !(f->has_relation && f->relation == ASSAY_RELATION_FROM);
}

static int known(const struct concepts *all, const struct figure *f)
{
    return f->near && concepts_measure(all, f->concept) != CONCEPT_NONE;
}

/* 1 where both can be true of one thing. */
static int fits(const struct figure *x, const struct figure *y)
{
    struct relation r;
    struct relate_options o = {NULL, 0, 2, 1};
    return figures_equal(x, y) || (relate(&r, x, y, &o) && r.verdict >= ASSAY_COMPATIBLE);
}

/* "250 flee homes" counts no homes; "21 hurt" counts whoever was. */
static int counts_one(const struct concepts *all, const struct figure *x, const struct figure *y)
{
    const struct concept *c = concepts_at(all, x->concept);
    return x->kind != ASSAY_KIND_NUMBER || (c && (c->flags & CONCEPT_ANYBODY)) ||
           (x->thing != CONCEPT_NONE && x->thing == y->thing);
}

/* By words around them, but for a time that only the text says: a headline has no room for it. */
static int told_apart(const struct concepts *all, const struct figure *x, const struct figure *y)
{
    struct figure a = *x, b = *y;
    if (a.has_time != b.has_time)
        a.has_time = b.has_time = 0;
    return figures_set_apart(&a, &b, all);
}

static int one_measure(const struct concepts *all, const struct figure *x, const struct figure *y)
{
    return known(all, x) && known(all, y) && x->concept == y->concept && x->kind == y->kind && counts_one(all, x, y) &&
           figures_comparable(x, y) && !told_apart(all, x, y);
}

/* What the text tells of the measure of figure h, if it is one value; ASSAY_NEVER: nothing, several, or what h says. */
static uint32_t counterpart(const struct concepts *all, const struct figure *f, uint32_t count, uint32_t heads, uint32_t h)
{
    uint32_t found = ASSAY_NEVER;
    for (uint32_t i = heads; i < count; i++) {
        if (f[i].kind == ASSAY_NEVER)
            continue;
        if (figures_loosely_same(&f[i], &f[h]) || (figures_comparable(&f[i], &f[h]) && fits(&f[i], &f[h])))
            return ASSAY_NEVER; /* said there, of whatever */
        if (!figures_comparable(&f[i], &f[h]))
            continue;
        if (f[i].concept != f[h].concept && !one_measure(all, &f[i], &f[h]))
            continue;
        if (!plain(&f[i]) || !one_measure(all, &f[i], &f[h]) ||
            (found != ASSAY_NEVER && !figures_equal(&f[i], &f[found])))
            return ASSAY_NEVER;
        found = found == ASSAY_NEVER ? i : found;
    }
    return found;
}

/* A small count that differs is told of some, or of another hour; not so where a slip explains it. */
static int worth_telling(const struct figure *x, const struct figure *y, const struct relation *r)
{
    return r->has_hint || x->kind != ASSAY_KIND_NUMBER ||
           (assay_decimal_above(&x->value, FEW) && assay_decimal_above(&y->value, FEW));
}

int headline_differs(const struct concepts *all, const struct figure *f, uint32_t count, uint32_t heads, uint32_t *head,
                     uint32_t *body, struct relation *r)
{
    struct relate_options o = {all, 0, 1, 1};
    for (uint32_t h = 0; h < heads && h < count; h++) {
        if (f[h].kind == ASSAY_NEVER || !plain(&f[h]) || !known(all, &f[h]))
            continue;
        uint32_t b = counterpart(all, f, count, heads, h);
        if (b == ASSAY_NEVER || !relate(r, &f[h], &f[b], &o) || r->verdict != ASSAY_CONFLICT ||
            !worth_telling(&f[h], &f[b], r))
            continue;
        *head = h;
        *body = b;
        return 1;
    }
    return 0;
}
