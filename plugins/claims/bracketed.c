/* SPDX-License-Identifier: Apache-2.0
 *
 * Units told in brackets, right behind the number, "12 (km)", or behind the label of it, "Height (m): 1.85", "Revenue
 * (€ million): 120".
 */
#include "frame.h"
#include "number.h"
#include "quantity.h"
#include "scale.h"

/* What stands between the brackets at `open` and `close`: a unit, or a currency, with a scale or without. */
struct inside {
    const struct lx_meaning *unit, *scale;
};

static int read_inside(const struct tks *s, uint32_t open, uint32_t close, struct inside *to)
{
    *to = (struct inside){NULL, NULL};
    for (uint32_t p = open + 1, length; p < close; p += length) {
        const struct lx_meaning *m = to->unit ? NULL : tk_mean(s, p, LX_CURRENCY, &length);
        m = m || to->unit || s->at[p].mask & LX_GRAMMAR ? m : tk_mean(s, p, LX_UNIT, &length);
        if (m) {
            to->unit = m;
            continue;
        }
        if (p == open + 1 && tk_is(s, p, LX_WORD, OF_PREPOSITION, &length) && length == 1)
            continue; /* "(in thousands)" */
        to->scale = to->scale ? NULL : tk_mean(s, p, LX_SCALE, &length);
        if (!to->scale)
            return 0;
    }
    return to->unit || to->scale;
}

static void take(const struct tks *s, const struct inside *in, struct figure *f)
{
    struct assay_decimal by;
    if (in->scale && !(f->flags & FG_SCALED)) {
        lx_value(in->scale, &by);
        nb_scale_by(f, &by);
        f->flags |= FG_SCALED;
    }
    if (!in->unit)
        return;
    qt_minor(f, lx_key(s->lx, in->unit), f);
    f->kind = in->unit->class == LX_CURRENCY ? ASSAY_KIND_MONEY : qt_kind_of_unit(f->unit);
    f->why = in->unit;
}

/* "12 (km)"; one letter may mean anything. */
static int behind(const struct tks *s, struct figure *f)
{
    uint32_t open = f->last, length;
    struct inside in;
    const struct lx_meaning *unit = tk_sign(s, open, '(') ? tk_mean(s, open + 1, LX_UNIT, &length) : NULL;
    if (!unit || !tk_sign(s, open + 1 + length, ')') || !read_inside(s, open, open + 1 + length, &in) || in.scale ||
        !in.unit || (s->at[open + 1].kind == TK_WORD && s->at[open + 1].letters < 2))
        return 0;
    take(s, &in, f);
    f->last = open + 2 + length;
    return 1;
}

/* "Height (m): 1.85", but not "f(t) = 0". */
static void labelled(const struct tks *s, struct figure *f)
{
    uint32_t i = f->first, open;
    struct inside in;
    if (i < 4 || !(tk_sign(s, i - 1, ':') || tk_sign(s, i - 1, '=')) || !tk_sign(s, i - 2, ')'))
        return;
    for (open = i - 3; open > 0 && i - open < 8 && !tk_sign(s, open, '('); open--)
        ;
    if (tk_sign(s, open, '(') && open && s->at[open].space && s->at[open - 1].letters > 1 &&
        read_inside(s, open, i - 2, &in))
        take(s, &in, f);
}

int qt_scale_of_label(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number;
    if (!(f->flags & FG_VAGUE) || !tk_sign(s, f->after, ')') || !i)
        return 0;
    i -= i > 1 && tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL);
    return tk_sign(s, i - 1, '(');
}

void qt_bracketed(const struct tks *s, struct figure *f)
{
    if (f->unit || f->kind != ASSAY_KIND_NUMBER || !(f->flags & FG_DIGITS) || f->flags & FG_ORDINAL)
        return;
    if (!behind(s, f))
        labelled(s, f);
}
