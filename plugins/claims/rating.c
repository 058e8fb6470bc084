/* SPDX-License-Identifier: Apache-2.0
 *
 * Marks out of so many: "4.5/5", "8.5 out of 10", "rated 4/5". The value is the mark; the most there is belongs to the
 * span. Where nothing tells of a rating, whole numbers are shares: "8 out of 10 cats" (fraction.c, fold.c).
 */
#include <string.h>

#include "frame.h"
#include "quantity.h"

/* The most there can be, as token p says it; 0: no such scale. */
static uint32_t most(const struct tks *s, uint32_t p)
{
    if (p >= s->count || !s->at[p].plain)
        return 0;
    uint64_t v = s->at[p].value;
    return v == 5 || v == 6 || v == 10 || v == 20 || v == 100 ? (uint32_t)v : 0;
}

/* A word for a rating stands before the figure, or right behind what ends before token p. */
static int is_rated(const struct tks *s, const struct figure *f, uint32_t p)
{
    if (tk_is(s, p, LX_MARK, OF_RATED, NULL))
        return 1;
    for (uint32_t i = f->number; i-- > 0 && f->number - i < 8;)
        if (s->at[i].kind == TK_WORD && tk_is(s, i, LX_MARK, OF_RATED, NULL))
            return 1;
    return 0;
}

/* Nothing is counted at token p, where the words for the scale end. */
static int closes(const struct tks *s, uint32_t p)
{
    return p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].mask & LX_GRAMMAR ||
           tk_is(s, p, LX_MARK, OF_RATED, NULL);
}

/* "4/5" in one token: the mark. */
static int in_one(const struct tks *s, struct figure *f)
{
    const struct tk *t = s->at + f->number;
    const char *text = s->text + t->begin, *slash = memchr(text, '/', t->end - t->begin);
    if (!slash || slash - text > 2 || !(f->flags & FG_FRACTION) || !is_rated(s, f, f->after))
        return 0;
    uint32_t size = t->end - t->begin - (uint32_t)(slash - text) - 1;
    if (!((size == 1 && (slash[1] == '5' || slash[1] == '6')) || (size == 2 && !memcmp(slash + 1, "10", 2))))
        return 0;
    f->flags &= ~FG_FRACTION;
    return assay_decimal_read(&f->value, text, (size_t)(slash - text));
}

/* The token behind "/5" or "out of 10" at token p; 0: there is none. */
static uint32_t over_most(const struct tks *s, const struct figure *f, uint32_t p)
{
    uint32_t length, whole = 0;
    if (tk_sign(s, p, '/') && !s->at[p].space && p + 1 < s->count && !s->at[p + 1].space)
        whole = most(s, p + 1) ? p + 1 : 0;
    else if (tk_is(s, p, LX_JOIN, OF_IN, &length) && (length > 1 || !th_english_like(s)) && most(s, p + length))
        whole = p + length;
    if (!whole || assay_decimal_above(&f->value, most(s, whole)))
        return 0;
    return whole + 1;
}

int qt_rating(const struct tks *s, struct figure *f)
{
    uint32_t p = f->after, end = 0;
    if (!(f->flags & FG_DIGITS) || f->flags & (FG_SCALED | FG_ORDINAL) || f->value.sign < 0 ||
        s->at[f->number].kind != TK_NUMBER || p != f->number + 1)
        return 0;
    if (!in_one(s, f)) {
        end = f->flags & FG_FRACTION ? 0 : over_most(s, f, p);
        if (!end || !closes(s, end) || !(f->value.exponent < 0 || is_rated(s, f, end)))
            return 0;
        f->after = end;
    }
    f->first = f->number;
    f->last = f->after;
    f->kind = ASSAY_KIND_NUMBER;
    return 1;
}
