/* SPDX-License-Identifier: Apache-2.0
 *
 * A quantity with another behind it that is no end of a range: two bounds ("more than 10 and less than 20"), a
 * tolerance, a unit said later.
 */
#include "quantity.h"

static int lower(uint32_t bound)
{
    return bound == ASSAY_BOUND_OVER || bound == ASSAY_BOUND_AT_LEAST;
}

static int upper(uint32_t bound)
{
    return bound == ASSAY_BOUND_UNDER || bound == ASSAY_BOUND_AT_MOST;
}

/* "more than 10 and less than 20": one range. */
void qt_two_sided(const struct tks *s, const struct habit *h, struct figure *f, uint32_t *skip)
{
    uint32_t p = f->last, length, next;
    if (!(lower(f->bound) || upper(f->bound)) || f->kind == ASSAY_KIND_MULTIPLE)
        return;
    if (tk_sign(s, p, ','))
        p++;
    if (tk_is(s, p, LX_WORD, OF_CONJUNCTION, &length) || tk_is(s, p, LX_JOIN, OF_AND, &length))
        p += length;
    if (p == f->last || p >= s->count)
        return;
    if (!tk_mean(s, p, LX_BOUND, &length)) {
        if (!s->lx->verb_last) /* where the bound follows its figure */
            return;
        length = 0;
    }
    uint32_t article;
    if (tk_is(s, p + length, LX_WORD, OF_ARTICLE, &article) && !tk_has(s, p + length, LX_CARDINAL) &&
        p + length + article < s->count && qt_starts(s, p + length + article) &&
        !tk_has(s, p + length + article, LX_FRACTION))
        length += article;
    struct figure g;
    if (p + length >= s->count || !qt_starts(s, p + length) ||
        (!qt_one(s, h, p + length, p, 1, &g, &next) && !(g.flags & FG_YEAR)))
        return;
    if (g.flags & FG_YEAR && !g.unit)
        next = g.after; /* "above 1000 and below 1500": no year */
    qt_read_bound(s, &g, f->last);
    if ((f->flags ^ g.flags) & FG_ORDINAL || !(lower(f->bound) ? upper(g.bound) : lower(g.bound)) ||
        (f->unit && g.unit && strcmp(f->unit, g.unit)))
        return;
    int below = lower(f->bound), order = assay_decimal_compare(&f->value, &g.value);
    if (below ? order >= 0 : order <= 0)
        return;
    f->high = below ? g.value : f->value;
    f->value = below ? f->value : g.value;
    f->has_high = 1;
    f->bound = ASSAY_BOUND_RANGE;
    f->last = g.last;
    if (!f->unit && g.unit) {
        qt_put(f->unit_room, g.unit);
        f->flags |= g.flags & FG_PLAIN;
        f->unit = f->unit_room;
        f->kind = g.kind;
    }
    if (next > *skip)
        *skip = next;
}

/* "30 ± 10 years", "4.9 +/- 1.2": about the first, with the unit said once. */
int qt_tolerance(const struct tks *s, const struct habit *h, struct figure *f, uint32_t *skip)
{
    uint32_t p = f->last, next;
    if (tk_sign(s, p, 0xb1))
        p++;
    else if (tk_sign(s, p, '+') && tk_sign(s, p + 1, '/') && tk_dash(s, p + 2))
        p += 3;
    else
        return 0;
    struct figure g;
    if (p >= s->count || s->at[p].kind != TK_NUMBER || f->kind == ASSAY_KIND_MULTIPLE || f->flags & FG_ORDINAL ||
        !qt_one(s, h, p, p, 1, &g, &next) || (f->unit && g.unit && strcmp(f->unit, g.unit)))
        return 0;
    if (!f->unit && g.unit) {
        qt_put(f->unit_room, g.unit);
        f->flags |= g.flags & FG_PLAIN;
        f->unit = f->unit_room;
        f->kind = g.kind;
    }
    f->bound = ASSAY_BOUND_ABOUT;
    f->last = g.last;
    *skip = next;
    return 1;
}

/* "7- or 8-inch": the hyphen stands for the unit said later. 1: f has it now. */
int qt_hanging(const struct tks *s, const struct habit *h, struct figure *f)
{
    uint32_t p = f->last + 1, length, next;
    struct figure g;
    if (f->unit || !tk_sign(s, f->last, '-') || s->at[f->last].space || p >= s->count || !s->at[p].space ||
        !(tk_is(s, p, LX_WORD, OF_CONJUNCTION, &length) || tk_is(s, p, LX_JOIN, OF_AND, &length)))
        return 0;
    p += length;
    if (p >= s->count || !qt_starts(s, p) || !qt_one(s, h, p, p, 1, &g, &next) || !g.unit || g.flags & FG_ORDINAL)
        return 0;
    qt_put(f->unit_room, g.unit);
    f->flags |= g.flags & FG_PLAIN;
    f->unit = f->unit_room;
    f->kind = g.kind;
    f->age = g.age;
    return 1;
}
