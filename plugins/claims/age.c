/* SPDX-License-Identifier: Apache-2.0
 *
 * Ages: "Rossi, 58," "aged 7, 9 and 11", "58-year-old".
 */
#include "noun.h"
#include "quantity.h"

#include <string.h>

/* "ages 7, 9 and 11": the word of age stands before the first of them. */
static int in_ages(const struct tks *s, uint32_t i)
{
    uint32_t start, p = i, steps = 0;
    while (p > 1 && steps++ < 6 && (tk_sign(s, p - 1, ',') || tk_is(s, p - 1, LX_JOIN, OF_AND, NULL))) {
        p -= p > 2 && tk_sign(s, p - 2, ',') ? 2 : 1;
        if (p < 2 || s->at[p - 1].kind != TK_NUMBER || s->at[p - 1].end - s->at[p - 1].begin > 2)
            return 0;
        p--;
        const struct lx_meaning *m = tk_before(s, p, LX_AGE, &start);
        if (m && m->of == OF_AGED)
            return 1;
    }
    return 0;
}

/* "6 and 11 years old": the word of age stands behind the last of them. */
static int before_ages(const struct tks *s, uint32_t p)
{
    uint32_t length;
    for (uint32_t steps = 0; steps < 4 && p + 1 < s->count; steps++, p++) {
        if (tk_sign(s, p, ',') && !tk_is(s, p + 1, LX_JOIN, OF_AND, NULL))
            p++;
        else if (tk_sign(s, p, ','))
            p += 2;
        else if (tk_is(s, p, LX_JOIN, OF_AND, NULL))
            p++;
        else
            return 0;
        if (p >= s->count || s->at[p].kind != TK_NUMBER || s->at[p].end - s->at[p].begin > 2)
            return 0;
        if (tk_is(s, nb_hyphen(s, p + 1), LX_AGE, OF_OLD, &length))
            return 1;
    }
    return 0;
}

/* "un homme de 28 ans", "West, de 41 años,": years behind "of" and somebody. */
static int of_years(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number;
    if (!s->lx->noun_after || !f->unit || strcmp(f->unit, "year") || i < 2 || f->first != i ||
        !tk_has(s, i - 1, LX_OF) || s->at[i - 1].letters > 2 || s->at[i].kind != TK_NUMBER)
        return 0;
    const struct tk *who = s->at + i - 2;
    if (tk_sign(s, i - 2, ','))
        return i > 2 && who[-1].kind == TK_WORD && who[-1].upper &&
               (tk_sign(s, f->last, ',') || tk_is(s, f->last, LX_JOIN, OF_AND, NULL));
    return who->kind == TK_WORD && !who->upper && tk_has(s, i - 2, LX_TITLE) && assay_decimal_above(&f->value, 9);
}

/* "turned 50 in March", "who was 10, survived", "his wife is 47.": nothing but a moment or another clause follows. */
static int turned(const struct tks *s, const struct figure *f, const struct lx_meaning *before)
{
    uint32_t p = f->after, length;
    const struct tk *next = p < s->count ? s->at + p : NULL;
    if (!before || before->of != OF_TURNED || f->unit || f->flags & (FG_SCALED | FG_VAGUE | FG_FRACTION | FG_RATIO) ||
        !assay_decimal_above(&f->value, 9))
        return 0;
    if (!next || tk_is(s, p, LX_JOIN, OF_AND, &length) || next->mask & (LX_BIT(LX_RELATIVE) | LX_BIT(LX_DAY)))
        return 1;
    if (next->kind == TK_SIGN)
        return next->cp < 0x80 && strchr(",.;:)!?", (int)next->cp) &&
               (next->space || p + 1 >= s->count || s->at[p + 1].space);
    return tk_is(s, p, LX_WORD, OF_PREPOSITION, &length) && p + length < s->count &&
           s->at[p + length].mask & (LX_BIT(LX_MONTH) | LX_BIT(LX_WEEKDAY) | LX_BIT(LX_DAY));
}

int qt_aged_name(const struct tks *s, uint32_t i)
{
    return s->lx->suffixed && i > 2 && s->at[i].kind == TK_NUMBER && s->at[i].plain == 2 && s->at[i].value > 15 &&
           tk_sign(s, i - 1, '(') && tk_sign(s, i + 1, ')') && s->at[i - 2].kind == TK_WORD &&
           s->at[i - 2].upper == 1 && s->at[i - 2].letters > 2 && s->at[i - 3].kind == TK_WORD &&
           s->at[i - 3].upper == 1;
}

int qt_age_group(const struct tks *s, struct figure *f, uint32_t floor)
{
    uint32_t i = f->number, p = f->after, b = i;
    if (!th_english_like(s) || p != i + 1 || !s->at[i].plain || s->at[i].plain > 2 || p >= s->count ||
        s->at[p].kind != TK_WORD || s->at[p].letters != 1 || s->at[p].cp != 's' || s->at[p].space)
        return 0;
    b -= b > floor && tk_sign(s, b - 1, '-') && !s->at[b].space;
    if (b-- <= floor || s->at[b].letters > 5 || (s->at[b].upper && b))
        return 0; /* "England Under-21s" is a name */
    const struct lx_meaning *m = tk_mean(s, b, LX_BOUND, NULL);
    if (!m || (m->of != OF_OVER && m->of != OF_UNDER))
        return 0;
    f->bound = qt_bound_of(m->of);
    f->unit = "year";
    f->kind = ASSAY_KIND_DURATION;
    f->age = 1;
    f->first = b;
    f->last = f->after = p + 1;
    f->why = m;
    return 1;
}

/* "Rossi, 58," and "aged 58", "58 years old", "58-year-old". */
void qt_age(const struct tks *s, struct figure *f)
{
    uint32_t i = f->number, p = nb_hyphen(s, f->after), length;
    const struct lx_meaning *m = tk_is(s, p, LX_AGE, OF_OLD, &length);
    if ((f->value.exponent < 0 && !m) || f->value.sign <= 0 || assay_decimal_above(&f->value, 125) ||
        f->flags & (FG_ORDINAL | FG_SCALED))
        return;
    uint32_t who = i > 3 && tk_sign(s, i - 2, '.') && !s->at[i - 2].space && s->at[i - 3].letters < 3 &&
                           s->at[i - 3].upper && s->at[i - 4].upper
                       ? i - 3 /* "Sayoc Jr., 56," */
                       : i - 2;
    int beside = f->after == i + 1 && s->at[i].kind == TK_NUMBER && i > 1 && tk_sign(s, i - 1, ',') &&
                 s->at[who].kind == TK_WORD &&
                 (s->at[who].upper || (tk_has(s, who, LX_TITLE) && assay_decimal_above(&f->value, 9))) &&
                 !(s->at[who].mask & LX_BIT(LX_MONTH)) &&
                 (tk_sign(s, f->after, ',') || tk_sign(s, f->after, ';') || (f->after + 1 >= s->count)) &&
                 f->value.digits >= 1 && !f->unit && s->at[f->after].begin == s->at[i].end;
    beside |= !beside && f->flags & FG_WORDS && !(f->flags & (FG_DIGITS | FG_FRACTION)) && i > 1 &&
              tk_sign(s, i - 1, ',') && s->at[i - 2].kind == TK_WORD && tk_has(s, i - 2, LX_TITLE) &&
              tk_sign(s, f->after, ',') && !s->at[f->after].space && !f->unit; /* "his sister, seven, ..." */
    beside |= f->after == i + 1 && s->at[i].kind == TK_NUMBER && s->at[i].end - s->at[i].begin == 2 && i > 1 &&
              tk_sign(s, i - 1, '(') && tk_sign(s, i + 1, ')') && tk_has(s, i - 2, LX_TITLE) && !f->unit;
    beside |= f->after == i + 1 && !f->unit && qt_aged_name(s, i);
    uint32_t lead = i;
    const struct lx_meaning *open = i ? tk_before(s, i, LX_JOIN, &lead) : NULL; /* "aged between 18 and 24" */
    lead = open && (open->of == OF_BETWEEN || open->of == OF_FROM) ? lead : i;
    const struct lx_meaning *before = lead ? tk_before(s, lead, LX_AGE, NULL) : NULL;
    before = before || lead == i ? before : tk_before(s, i, LX_AGE, NULL); /* "âgé de 34 ans" */
    beside |= of_years(s, f) || turned(s, f, before) || (!f->unit && tk_is(s, f->after, LX_AGE, OF_OLDER, NULL));
    if (before && before->of == OF_AGED && s->lx->noun_after && !m && !f->unit && f->after < s->count &&
        s->at[f->after].space && th_content(s, f->after) && !np_is_time(s, f->after) &&
        tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL))
        return; /* "aos 46 trabalhadores" */
    int counts = f->after < s->count && s->at[f->after].space && th_content(s, f->after) && !np_is_time(s, f->after);
    if (!m && !beside && !(before && before->of == OF_AGED) && !(in_ages(s, i) && !counts) &&
        !(f->after == i + 1 && s->at[i].kind == TK_NUMBER && !f->unit && before_ages(s, f->after)))
        return;
    f->age = 1;
    if (!f->unit || f->kind == ASSAY_KIND_DURATION) {
        f->unit = f->unit ? f->unit : "year";
        f->kind = ASSAY_KIND_DURATION;
        if (m && m->number == 0 && length > 0 && f->last < p + length)
            f->last = p + length;
    }
}
