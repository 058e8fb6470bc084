/* SPDX-License-Identifier: Apache-2.0
 *
 * A figure that is told again in other words: "rose to $4.1 million, or 9 cents a share, from $3.7 million, or 8 cents".
 * What is said of the first holds for the second.
 */
#include <string.h>

#include "frame.h"
#include "noun.h"

/* 1 where only a word for "or" and a comma stand between the figure and the one before it. */
static int told_again(const struct tks *s, const struct figure *f)
{
    uint32_t p = fg_end(f - 1);
    p += tk_sign(s, p, ',');
    return !s->lx->verb_last && p + 1 == f->first && tk_is(s, p, LX_WORD, OF_CONJUNCTION, NULL) &&
           !tk_is(s, p, LX_WORD, OF_TURN, NULL) && !(s->at[p].letters < 2 && s->at[p].cp >= 0x400); /* "не 12, а 8" */
}

static int is(const struct figure *f, uint32_t relation)
{
    return f->has_relation && f->relation == relation && f->change != ASSAY_CHANGE_LEVEL;
}

/* "does not include gains of 3 million, or 17 cents a share", "up 34 points, or 0.5%": what is told in other words is
 * denied, and changes, too. */
static void same_as_before(const struct tks *s, struct figure *f)
{
    const struct figure *b = f - 1;
    if (!told_again(s, f))
        return;
    if (b->status == ASSAY_NEGATED && f->status == ASSAY_ASSERTED)
        f->status = ASSAY_NEGATED;
    if (is(b, ASSAY_RELATION_BY) && !f->has_relation && f->kind == ASSAY_KIND_PERCENT && b->kind != f->kind)
        fg_relate(f, ASSAY_RELATION_BY, b->change);
    if (b->kind != ASSAY_KIND_MONEY || f->kind != ASSAY_KIND_MONEY || tk_is(s, f->first - 1, LX_JOIN, OF_AND, NULL) ||
        !b->unit || !f->unit || strcmp(b->unit, f->unit) || assay_decimal_compare(&f->value, &b->value) >= 0)
        return;
    f->again = 1;
    if (!f->has_relation && (is(b, ASSAY_RELATION_TO) || is(b, ASSAY_RELATION_FROM) || is(b, ASSAY_RELATION_BY)))
        fg_relate(f, b->relation, b->change);
}

/* "to $4.1 million, or 9 cents a share, from $3.7 million": what it was, past what was told again. */
static void from_past(const struct tks *s, struct figure *f)
{
    const struct figure *to = f - 2;
    if (f[-1].again && is(to, ASSAY_RELATION_TO) && !f->has_relation && f->kind == to->kind && f->unit && to->unit &&
        !strcmp(f->unit, to->unit) && tk_is(s, f->first - 1, LX_RELATION, OF_FROM, NULL))
        fg_relate(f, ASSAY_RELATION_FROM, to->change);
}

void fr_restated(const struct tks *s, struct figure *figures, uint32_t n)
{
    for (uint32_t k = 1; k < n; k++) {
        if (k > 1)
            from_past(s, figures + k);
        same_as_before(s, figures + k);
    }
}
