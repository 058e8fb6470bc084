/* SPDX-License-Identifier: Apache-2.0
 *
 * Multiples ("tripled", "14.5-fold") and shares told by two numbers ("one in five").
 */
#include <string.h>

#include "frame.h"
#include "quantity.h"
#include "reject.h"

int qt_multiple_word(const struct tks *s, uint32_t i, struct figure *f)
{
    uint32_t length;
    const struct lx_meaning *m = tk_mean(s, i, LX_MULTIPLE, &length);
    uint32_t phrase;
    if (!m || m->number == 0 || (tk_is(s, i, LX_REJECT, OF_NAME, &phrase) && phrase > length))
        return 0; /* also "doubled down" */
    lx_value(m, &f->value);
    f->number = f->first = i;
    f->after = f->last = i + length;
    f->flags = FG_WORDS | FG_MULTIPLE;
    f->kind = ASSAY_KIND_MULTIPLE;
    f->why = m;
    f->confidence = 90;
    f->has_relation = 1;
    f->relation = ASSAY_RELATION_FOLD;
    f->change = m->of == OF_INCREASE   ? ASSAY_CHANGE_INCREASE
                : m->of == OF_DECREASE ? ASSAY_CHANGE_DECREASE
                                       : ASSAY_CHANGE_LEVEL;
    return 1;
}

/* "14.5-fold", "three times as many", "в три раза". */
void qt_fold_after(const struct tks *s, struct figure *f)
{
    uint32_t length, p = nb_hyphen(s, f->after), start;
    const struct lx_meaning *m = f->first > 1 ? tk_before(s, f->first, LX_MULTIPLE, &start) : NULL;
    if (m && !m->number && m->of && f->first - start > 1 && !f->unit && f->value.sign > 0) {
        f->flags |= FG_MULTIPLE;
        f->kind = ASSAY_KIND_MULTIPLE;
        f->first = start; /* "divisé par trois", "multiplicado por tres" */
        fg_relate(f, ASSAY_RELATION_FOLD, m->of == OF_DECREASE ? ASSAY_CHANGE_DECREASE : ASSAY_CHANGE_INCREASE);
        f->why = m;
        return;
    }
    m = tk_mean(s, p, LX_MULTIPLE, &length);
    if (!m || m->number != 0 || f->unit ||
        (s->at[p].end - s->at[p].begin < 3 &&
         (s->at[p].space || (p + 1 < s->count && (s->at[p + 1].kind == TK_NUMBER || !s->at[p + 1].space)))))
        return; /* "2.1x", but not "2 x 4" */
    int turns = s->lx->suffixed &&
                (tk_has(s, p + length, LX_CHANGE) || tk_has(s, p + length + 1, LX_CHANGE)); /* "iki dəfə artıb" */
    if (m->of && length > 1)
        f->change = m->of == OF_DECREASE ? ASSAY_CHANGE_DECREASE : ASSAY_CHANGE_INCREASE;
    if (m->of == OF_INCREASE && length == 1 && !turns &&
        !(f->number && tk_is(s, f->number - 1, LX_RELATION, OF_IN, NULL)) &&
        !(f->first && tk_is(s, f->first - 1, LX_RELATION, OF_IN, NULL)))
        return;
    f->flags |= FG_MULTIPLE;
    f->kind = ASSAY_KIND_MULTIPLE;
    f->last = p + length;
    f->has_relation = 1;
    f->relation = ASSAY_RELATION_FOLD;
    f->why = m;
}

/* "Türkiye'de üç kişiden biri": at the head of a clause, or behind a place, a number is that of all, not of somebody
 * told before ("yaralanan üç kişiden biri"). */
static int of_all(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->first;
    return !i || s->at[i - 1].kind == TK_SIGN || tk_ends(s, i - 1, LX_ENDS_AT);
}

/* "her üç gençten biri", "hər beş nəfərdən biri": of every three one. */
static int of_every(const struct tks *s, struct figure *f)
{
    uint32_t p = f->after, length;
    const struct lx_meaning *m, *every = f->first ? tk_before(s, f->first, LX_PER, NULL) : NULL;
    if (f->unit || f->value.exponent < 0 || f->value.digits + (uint32_t)f->value.exponent > 3 || f->value.sign <= 0 ||
        (every ? strcmp(lx_key(s->lx, every), "per") : !of_all(s, f)))
        return 0;
    p += p + 1 < s->count && tk_ends(s, p, LX_ENDS_FROM) && !tk_has(s, p, LX_CARDINAL);
    struct lx_meaning digits = {.number = 0};
    if (p > f->after && p + 2 < s->count && s->at[p].kind == TK_NUMBER && s->at[p].end - s->at[p].begin <= 2 &&
        (tk_sign(s, p + 1, '\'') || tk_sign(s, p + 1, '-')) && !s->at[p + 1].space &&
        s->at[p + 2].kind == TK_WORD) { /* "10 kişiden 9'u" */
        for (uint32_t b = s->at[p].begin; b < s->at[p].end; b++)
            digits.number = digits.number * 10 + (s->text[b] - '0');
        m = &digits;
        length = 1;
    } else if (p == f->after || (m = tk_mean(s, p, LX_CARDINAL, &length)) == NULL || !s->at[p].stem)
        return 0;
    if (m->power || m->number <= 0)
        return 0;
    uint64_t over = 0;
    for (uint32_t k = 0; k < f->value.digits; k++)
        over = over * 10 + f->value.digit[k];
    for (int32_t k = 0; k < f->value.exponent; k++)
        over *= 10;
    if ((uint64_t)m->number >= over || (!every && m->number > 1 && over % 10))
        return 0;
    nm_divide((uint64_t)m->number, over, &f->value);
    f->flags = (f->flags & ~FG_ONE) | FG_RATIO;
    f->after = f->last = p + length;
    f->why = m != &digits ? m : every ? every : f->why;
    return 1;
}

int qt_share(const struct assay_decimal *part, const struct assay_decimal *whole, struct assay_decimal *to)
{
    char a[64], b[64];
    struct lx_meaning m = {0};
    struct assay_decimal size = *part; /* "minus one over 20" */
    size.sign = 1;
    if (part->exponent < 0 || whole->exponent < 0 || assay_decimal_print(a, &size) > 9 ||
        assay_decimal_print(b, whole) > 9)
        return 0;
    for (const char *c = a; *c; c++)
        m.number = m.number * 10 + (*c - '0');
    for (const char *c = b; *c; c++)
        m.over = m.over * 10 + (uint32_t)(*c - '0');
    m.number = part->sign < 0 ? -m.number : m.number;
    lx_value(&m, to);
    return 1;
}

/* "one in five", "three out of four". */
int qt_ratio(const struct tks *s, const struct habit *h, struct figure *f)
{
    uint32_t length, noun = 0, behind = nb_hyphen(s, f->after);
    const struct lx_meaning *join = tk_is(s, behind, LX_JOIN, OF_IN, &length);
    if (!join && s->lx->noun_after && f->after < s->count &&
        (th_content(s, f->after) || (!np_small(s, f->after) && s->at[f->after].letters > 3)) &&
        !tk_has(s, f->after, LX_UNIT) &&
        !tk_has(s, f->after, LX_SCALE)) {
        noun = 1; /* "une femme sur huit", "una de cada", "una donna su cinque" */
        join = tk_is(s, f->after + 1, LX_JOIN, OF_IN, &length);
    }
    if (!join && s->lx->suffixed)
        return of_every(s, f);
    if (!join || f->unit || f->value.exponent < 0 || f->flags & (FG_SCALED | FG_VAGUE | FG_ORDINAL | FG_FRACTION))
        return 0;
    struct figure g = {0};
    uint32_t p = noun ? f->after + noun + length : nb_hyphen(s, behind + length), article = 0; /* "one-in-five" */
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &article))
        p += article;
    if (p >= s->count ||
        !(s->at[p].kind == TK_NUMBER || s->at[p].mask & LX_BIT(LX_CARDINAL) || s->at[p].compound == 1 ||
          (article && tk_has(s, p, LX_SCALE) && s->at[p].letters > 3)) || /* "in a million" */
        !nb_read(s, h, p, 1, &g))
        return 0;
    if (g.value.exponent < 0 || !f->value.sign || g.value.sign <= 0 || rj_year(s, &g))
        return 0;
    struct assay_decimal size = f->value; /* "minus one over 20" */
    size.sign = 1;
    int improper = assay_decimal_compare(&size, &g.value) >= 0;
    if (improper && ((f->flags | g.flags) & FG_DIGITS || s->at[f->after].letters < 3 || s->lx->noun_after ||
                     !qt_closes(s, g.after)))
        return 0; /* "twenty-one over five" is a fraction */
    struct found unit;
    if (qt_unit_after(s, &g, &unit) && !qt_is_unit(lx_key(s->lx, unit.unit), "percent"))
        return 0; /* "eine von 19 Nanometern" */
    int round = g.value.digits - 1 + (uint32_t)g.value.exponent <= 4 && g.value.digit[0] == 1;
    for (uint32_t k = 1; k < g.value.digits; k++)
        round &= g.value.digit[k] == 0; /* "9 in 10" is a share, too */
    if (!round && f->flags & FG_DIGITS && g.flags & FG_DIGITS && !(f->value.digits == 1 && f->value.digit[0] == 1) &&
        s->at[p].end - s->at[p].begin > 1)
        return 0; /* "29 von 33 Drohnen" counts them */
    struct assay_decimal part = f->value;
    if (!qt_share(&part, &g.value, &f->value))
        return 0;
    f->scale = g.value;
    f->flags = (f->flags & ~FG_ONE) | FG_RATIO;
    f->after = f->last = g.after;
    f->why = join;
    return 1;
}
