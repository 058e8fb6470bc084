/* SPDX-License-Identifier: Apache-2.0
 *
 * Two figures that a sign or word for "times" joins: sides of a thing ("10 × 20 mm", "12 by 30 metres"), which share
 * their unit, and so many of a size ("12 x 500 g"), which do not.
 */
#include <string.h>

#include "frame.h"
#include "quantity.h"

/* What sides are measured in. */
static int is_length(const struct tks *s, const char *unit)
{
    const struct units_entry *e = s->units && unit ? un_find(s->units, unit) : NULL;
    return (e && !strcmp(e->base, "meter")) || qt_is_unit(unit, "pixel") || qt_is_unit(unit, "degree");
}

/* "x", "×" at token p. */
static int times(const struct tks *s, uint32_t p)
{
    const struct tk *t = s->at + p;
    return tk_sign(s, p, 0xd7) || (t->kind == TK_WORD && t->letters == 1 && (t->cp == 'x' || t->cp == 0x0445));
}

/* Tokens of the word for it at token p: "by", "mal", "на"; 0: none. */
static uint32_t worded(const struct tks *s, uint32_t p)
{
    uint32_t length;
    return tk_is(s, p, LX_WORD, OF_SIDE, &length) ? length : 0;
}

/* Nothing is counted but the word itself: "12 mal 30 Meter". */
static int bare(const struct figure *f)
{
    return !f->unit && f->kind == ASSAY_KIND_NUMBER && (f->counted_end == f->counted || f->counted == f->last) &&
           !(f->flags & (FG_FRACTION | FG_RATIO | FG_VAGUE | FG_YEAR | FG_ORDINAL | FG_SCALED)) && !f->has_high;
}

void sd_share(const struct tks *s, struct figure *a, struct figure *b)
{
    uint32_t p = a->last, length = 1;
    if (b->kind != ASSAY_KIND_DIMENSION || p >= s->count || b->first != b->number || !is_length(s, b->unit))
        return;
    int sign = times(s, p);
    if (!sign && (a->has_relation || (length = worded(s, p)) == 0))
        return;
    if (p + length != b->number || (a->unit ? a->kind != ASSAY_KIND_DIMENSION || !is_length(s, a->unit) : !bare(a)))
        return;
    if (!sign)
        b->has_relation = 0; /* no change by that much */
    if (a->unit || !(sign ? a->flags & FG_DIGITS : 1))
        return;
    qt_put(a->unit_room, b->unit);
    a->unit = a->unit_room;
    a->kind = b->kind;
    a->counted_end = a->counted;
}
