/* SPDX-License-Identifier: Apache-2.0
 *
 * What joins a quantity to another behind it: "from ... to", "between ... and", dashes, dots, the case endings of
 * Turkish and Azerbaijani.
 */
#include "joint.h"

#include "number.h"

int jt_change_near(const struct tks *s, uint32_t i)
{
    for (uint32_t k = i > 8 ? i - 8 : 0; k < i; k++)
        if (tk_has(s, k, LX_CHANGE) || (tk_has(s, k, LX_MULTIPLE) && (tk_is(s, k, LX_MULTIPLE, OF_INCREASE, NULL) ||
                                                                      tk_is(s, k, LX_MULTIPLE, OF_DECREASE, NULL))))
            return 1;
    if (s->lx->verb_last)
        for (uint32_t k = i; k < i + 12 && k < s->count; k++)
            if (tk_has(s, k, LX_CHANGE))
                return 1;
    return 0;
}

/* The word that may open a pair, and its first token. */
static const struct lx_meaning *opening(const struct tks *s, const struct figure *f, uint32_t floor, uint32_t *lead)
{
    uint32_t start = f->first, about;
    const struct lx_meaning *before = start > floor ? tk_before(s, start, LX_JOIN, lead) : NULL;
    if (!before && start > floor + 1 &&
        tk_is(s, start - 1, LX_WORD, OF_ARTICLE, NULL)) { /* "tra il decimo e il quindicesimo" */
        before = tk_before(s, start - 1, LX_JOIN, lead);
        if (before && before->of != OF_BETWEEN)
            before = NULL;
    }
    if (!before && start > floor + 1 && tk_before(s, start, LX_BOUND, &about) &&
        about > floor) { /* "between about 45 and 90" */
        before = tk_before(s, about, LX_JOIN, lead);
        if (before && before->of != OF_BETWEEN)
            before = NULL;
    }
    return before && *lead < floor ? NULL : before;
}

/* Two full stops or three, which stand for "to": how many. */
static uint32_t dots(const struct tks *s, uint32_t p)
{
    if (!tk_sign(s, p, '.') || !tk_sign(s, p + 1, '.'))
        return 0;
    if (tk_sign(s, p + 2, '.'))
        return 3;
    return p + 2 < s->count && !s->at[p].space && !s->at[p + 1].space && !s->at[p + 2].space ? 2 : 0;
}

static int number_close(const struct tks *s, uint32_t i)
{
    return i < s->count && s->at[i].kind == TK_NUMBER && !s->at[i].space;
}

/* "5'ten 7'ye", "5-dən 7-yə qədər": the ending behind the first number. */
static int is_suffix(const struct tks *s, uint32_t p)
{
    return s->lx->suffixed && p + 1 < s->count && !s->at[p].space && (tk_sign(s, p, '\'') || tk_sign(s, p, '-')) &&
           !s->at[p + 1].space && s->at[p + 1].kind == TK_WORD &&
           !(tk_sign(s, p, '-') && tk_has(s, p + 1, LX_CARDINAL));
}

static int is_dash(const struct tks *s, uint32_t p)
{
    return p < s->count && s->at[p].kind == TK_SIGN &&
           (s->at[p].cp == '-' || (s->at[p].cp >= 0x2012 && s->at[p].cp <= 0x2015) || s->at[p].cp == '~');
}

/* "−9…−11 °C", "1..99": the token behind the dots, or 0. */
static uint32_t over_dots(const struct tks *s, const struct figure *f, uint32_t p)
{
    p += s->at[p].cp == '.' ? dots(s, p) : 1;
    if (!(f->flags & FG_DIGITS) || p >= s->count ||
        !(s->at[p].kind == TK_NUMBER || (s->at[p].kind == TK_SIGN && number_close(s, p + 1))))
        return 0;
    return p + (tk_sign(s, p, '+') && !s->at[p + 1].space);
}

/* "üç dört hafta", "iki üç bin": two numbers that follow one another, told side by side. */
static int side_by_side(const struct tks *s, const struct figure *f)
{
    uint64_t low, high, more;
    uint32_t used, p = f->after;
    return s->lx->suffixed && p == f->number + 1 && f->last == p && f->first == f->number &&
           !(f->flags & (FG_DIGITS | FG_SCALED | FG_FRACTION | FG_ORDINAL)) && s->at[f->number].kind == TK_WORD &&
           nb_cardinal(s, f->number, LX_CARDINAL, &low, &used) && low > 1 &&
           nb_cardinal(s, p, LX_CARDINAL, &high, &used) && used == 1 && high == low + 1 && high < 10 &&
           !s->at[p - 1].stem && !s->at[p].stem && !(nb_cardinal(s, p + 1, LX_CARDINAL, &more, &used) && more < 100);
}

/* "beş binden on bine", "12 yıldan 20 yıla kadar": the case ending of the first number joins the second, which has
 * one, too. */
static int from_case(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->last;
    int bare = f->flags & (FG_WORDS | FG_SCALED) && !f->unit && p == f->after,
        measured = f->unit && f->kind != ASSAY_KIND_PERCENT && p == f->after + 1;
    return s->lx->suffixed && (bare || measured) && s->at[p - 1].stem && tk_ends(s, p - 1, LX_ENDS_FROM) &&
           p < s->count && (s->at[p].kind == TK_NUMBER || (s->at[p].kind == TK_WORD && tk_has(s, p, LX_CARDINAL)));
}

/* What stands behind f and may join another quantity to it: gives the token behind that, 0 where nothing does. */
static uint32_t over_joint(const struct tks *s, const struct figure *f, struct link *to)
{
    uint32_t p = f->last, length;
    to->worded = (uint32_t)from_case(s, f);
    if (to->worded || side_by_side(s, f))
        return p;
    if (is_suffix(s, p)) {
        to->cased = 1;
        return p + 2 < s->count && s->at[p + 2].kind == TK_NUMBER ? p + 2 : 0;
    }
    if (tk_sign(s, p, 0x2026) || dots(s, p)) {
        to->dash = 1;
        return over_dots(s, f, p);
    }
    if (is_dash(s, p)) {
        to->dash = 1;
        to->odd = s->at[p].space && s->at[p].space != (p + 1 < s->count ? s->at[p + 1].space : 0); /* "2 -7 l" */
        int turns = !s->at[p].space && tk_is(s, p + 1, LX_JOIN, OF_TO, &length); /* "30- to 39-year" */
        return turns ? nb_hyphen(s, p + 1 + length) : p + 1;                     /* "ten-to-twelve-day" */
    }
    if (tk_is(s, p, LX_JOIN, OF_TO, &length)) {
        p += length;
        return p + (tk_sign(s, p, '-') && !s->at[p].space && number_close(s, p + 1)); /* "200,000 to-260,000" */
    }
    if (s->lx->verb_last && tk_is(s, p, LX_JOIN, OF_AND, &length) && p + length + 1 < s->count &&
        s->at[p + length].kind == TK_NUMBER && tk_is(s, p + length + 1, LX_JOIN, OF_BETWEEN, NULL))
        return p + length; /* "20 ve 30 arasında" */
    return to->opens == OF_BETWEEN && tk_is(s, p, LX_JOIN, OF_AND, &length) ? p + length : 0;
}

/* Whether a second quantity may be joined to f. */
int jt_linked(const struct tks *s, const struct figure *f, uint32_t floor, struct link *to)
{
    uint32_t length, lead = 0;
    const struct lx_meaning *before = opening(s, f, floor, &lead);
    *to = (struct link){.opens = before ? before->of : OF_NONE, .lead = lead};
    uint32_t p = over_joint(s, f, to);
    int place = f->flags & FG_ORDINAL && to->opens != OF_BETWEEN;
    if (!p || p >= s->count || f->kind == ASSAY_KIND_MULTIPLE || f->flags & FG_RATIO || place)
        return 0;
    if (to->opens == OF_BETWEEN && tk_is(s, p, LX_WORD, OF_ARTICLE, &length) && p + length < s->count &&
        qt_starts(s, p + length))
        p += length;
    const struct lx_meaning *bound = tk_mean(s, p, LX_BOUND, &length);
    if (bound && bound->of == OF_ABOUT)
        p += length;
    p += tk_sign(s, p, '+') && number_close(s, p + 1);                           /* "from -2 to +3" */
    if (p < s->count && !qt_starts(s, p) && tk_mean(s, p, LX_CURRENCY, &length)) /* "to $US171 million" */
        p += length;
    if (p >= s->count || !qt_starts(s, p))
        return 0;
    if (s->at[p].kind == TK_WORD && tk_has(s, p, LX_SCALE) &&
        !(s->at[p].mask & (LX_BIT(LX_CARDINAL) | LX_BIT(LX_VAGUE))) && !tk_has(s, p + 1, LX_CARDINAL) &&
        !(before && s->at[p].letters > 3))
        return 0;
    to->second = p;
    return 1;
}
