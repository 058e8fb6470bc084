/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "moment.h"
#include "quantity.h"
#include "shape.h"

/* A whole number of at most four places; 0: something else, or zero. */
static uint32_t small(const struct assay_decimal *d)
{
    char text[64];
    uint32_t v = 0;
    if (d->sign <= 0 || d->exponent > 4 || d->digits > 8 || assay_decimal_print(text, d) > 4)
        return 0;
    for (const char *c = text; *c; c++) {
        if (*c < '0' || *c > '9')
            return 0;
        v = v * 10 + (uint32_t)(*c - '0');
    }
    return v;
}

/* Nothing that could be counted stands at p. */
static int free_standing(const struct tks *s, uint32_t p)
{
    return p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].kind == TK_SKIP ||
           (s->at[p].mask & (LX_GRAMMAR | LX_BIT(LX_WEEKDAY) | LX_BIT(LX_DAY)) && !(s->at[p].mask & LX_COUNTABLE));
}

uint32_t mo_decade(const struct tks *s, const struct figure *f)
{
    uint32_t v = small(&f->value), i = f->number, p = i + 1, start;
    if (!v || v % 10 || v < 10 || (v > 90 && (v < 1400 || v > 2150)))
        return 0;
    if (f->flags & FG_WORDS && tk_is(s, i, LX_REJECT, OF_TENS, NULL))
        return free_standing(s, f->after) || tk_has(s, f->after, LX_PERIOD) || tk_has(s, f->after, LX_TIME) ? f->after
                                                                                                            : 0;
    const struct lx_meaning *m = i ? tk_before(s, i, LX_REJECT, &start) : NULL;
    if (m && m->of == OF_TENS && !(start && s->at[start - 1].mask & LX_BIT(LX_RELATIVE)))
        return f->after;
    if (s->at[i].kind != TK_NUMBER || p >= s->count || s->at[p].space)
        return 0;
    p += tk_sign(s, p, '-') || tk_sign(s, p, '\'');
    return p < s->count && !s->at[p].space && tk_is(s, p, LX_REJECT, OF_TENS, NULL) ? p + 1 : 0;
}

int mo_day(const struct tks *s, const struct figure *f)
{
    uint32_t v = small(&f->value), last = f->after - 1;
    if (!v || v > 31 || !tk_is(s, last, LX_REJECT, OF_DATED, NULL) || (last > f->number && s->at[last].space))
        return 0;
    const struct lx_meaning *open = tk_before(s, f->number, LX_JOIN, NULL);
    if (open && open->of == OF_BETWEEN)
        return 0;
    uint32_t p = f->after; /* "nesta quarta (15)", "na sexta 13" */
    if (last == f->number && p < s->count && s->at[p].kind == TK_NUMBER && s->at[p].end - s->at[p].begin <= 2)
        return 1;
    return free_standing(s, p) && !tk_mean(s, p, LX_OF, NULL);
}

/* A number word or short numeral that may be an hour or day; the token after it, or 0. */
static uint32_t short_number(const struct tks *s, uint32_t p)
{
    uint32_t length;
    if (p >= s->count)
        return 0;
    if (s->at[p].kind == TK_NUMBER)
        return s->at[p].shape == SH_NUMERAL && s->at[p].end - s->at[p].begin <= 2 ? p + 1 : 0;
    return tk_mean(s, p, LX_CARDINAL, &length) ? p + length : 0;
}

int mo_part_of_sum(const struct tks *s, uint32_t p)
{
    uint32_t length, number;
    if (!tk_is(s, p, LX_JOIN, OF_AND, &length))
        return 0;
    p += length;
    number = short_number(s, p);
    return number && tk_has(s, number, LX_UNIT) && tk_has(s, p - length - 1, LX_UNIT);
}

int mo_half_of_unit(const struct tks *s, uint32_t i)
{
    return i > 1 && tk_has(s, i, LX_FRACTION) && tk_is(s, i - 1, LX_JOIN, OF_AND, NULL) && tk_has(s, i - 2, LX_UNIT);
}

uint32_t mo_phrase(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, length;
    if (f->flags & FG_DIGITS || !(s->mask & LX_BIT(LX_REJECT)))
        return 0;
    if (mo_half_of_unit(s, i))
        return 0;
    for (uint32_t start = i > 4 ? i - 4 : 0; start <= i; start++)
        if (tk_is(s, start, LX_REJECT, OF_NAME, &length) && length > 1 && start + length >= f->after &&
            !mo_part_of_sum(s, start + length))
            return start + length;
    return 0;
}

static uint32_t unit_at(const struct tks *s, uint32_t p, const char *name)
{
    uint32_t length;
    const struct lx_meaning *m = tk_mean(s, p, LX_UNIT, &length);
    return m && qt_is_unit(lx_key(s->lx, m), name) ? p + length : 0;
}

/* "menos diez", "moins le quart": minutes told backwards; the token after them, or p. */
static uint32_t less(const struct tks *s, uint32_t p)
{
    uint32_t length, to = p, end;
    const struct lx_meaning *m = tk_mean(s, p, LX_SIGN, &length);
    if (m && m->number < 0 && s->at[p].kind == TK_WORD)
        to = p + length;
    else if (!p || (m = tk_before(s, p, LX_SIGN, NULL)) == NULL || m->number >= 0 || s->at[p - 1].kind != TK_WORD)
        return p;
    if (tk_is(s, to, LX_WORD, OF_ARTICLE, &length))
        to += length;
    if (tk_mean(s, to, LX_FRACTION, &length) || tk_mean(s, to, LX_CARDINAL, &length))
        end = to + length;
    else
        end = short_number(s, to);
    return end && free_standing(s, end) ? end : p;
}

uint32_t mo_tail(const struct tks *s, uint32_t p)
{
    uint32_t length, end, to;
    p = less(s, p);
    if (tk_is(s, p, LX_JOIN, OF_AND, &length) && (end = short_number(s, p + length)) != 0) {
        if ((to = unit_at(s, end, "minute")) != 0)
            p = to;
        else if (s->lx->noun_after && s->at[p + length].kind == TK_WORD && s->at[p + length].letters > 3 &&
                 free_standing(s, end))
            p = end; /* "são três e quinze" */
        else if (s->at[p + length].kind == TK_NUMBER && s->at[p + length].end - s->at[p + length].begin == 2 &&
                 free_standing(s, end))
            p = end;
    }
    if (s->lx->noun_after && tk_mean(s, p, LX_OF, &length) && p + length < s->count &&
        s->at[p + length].kind == TK_NUMBER && (end = short_number(s, p + length)) != 0 && free_standing(s, end) &&
        !tk_sign(s, end, '%'))
        p = end; /* "a las siete del 15" */
    return p;
}

/* A date, or the name of a day or month, ends before token i: a comma and a year may stand between. */
static int after_date(const struct tks *s, uint32_t i)
{
    i -= i && tk_sign(s, i - 1, ',');
    i -= i > 1 && s->at[i - 1].kind == TK_NUMBER && s->at[i - 1].end - s->at[i - 1].begin == 4;
    return i && (tk_has(s, i - 1, LX_MONTH) || tk_has(s, i - 1, LX_WEEKDAY) ||
                 (s->at[i - 1].kind == TK_SKIP && s->at[i - 1].shape == SH_DATE));
}

/* "next month", "le mois prochain", "today", "on Monday", a date: what makes small numbers hours or days. */
static int moment_at(const struct tks *s, uint32_t p)
{
    uint32_t length;
    p += tk_sign(s, p, ',') || tk_sign(s, p, '(');
    for (int k = 0; k < 2; k++)
        if (tk_is(s, p, LX_WORD, OF_PREPOSITION, &length) || tk_is(s, p, LX_WORD, OF_ARTICLE, &length) ||
            tk_mean(s, p, LX_OF, &length))
            p += length;
    if (p >= s->count)
        return 0;
    const struct tk *t = s->at + p;
    if (t->kind == TK_SKIP)
        return t->shape == SH_DATE || t->shape == SH_CLOCK;
    if (t->kind == TK_NUMBER && t->end - t->begin <= 2) { /* "el 1ro de enero" */
        p++;
        p += p < s->count && !s->at[p].space && s->at[p].kind == TK_WORD && s->at[p].letters <= 3;
        p += tk_mean(s, p, LX_OF, &length) ? length : 0;
        return tk_has(s, p, LX_MONTH);
    }
    if (tk_is(s, p, LX_REJECT, OF_CLOCK, NULL) || t->mask & LX_BIT(LX_DAY) ||
        (t->mask & LX_BIT(LX_WEEKDAY) && t->letters > 2))
        return 1;
    if (tk_mean(s, p, LX_RELATIVE, &length))
        return tk_has(s, p + length, LX_PERIOD) || tk_has(s, p + length, LX_WEEKDAY) || tk_has(s, p + length, LX_DAY) ||
               tk_has(s, p + length, LX_TIME);
    return tk_mean(s, p, LX_PERIOD, &length) && tk_has(s, p + length, LX_RELATIVE);
}

uint32_t mo_clock(const struct tks *s, const struct figure *f)
{
    uint32_t length, p = f->last, to;
    if (f->per || f->value.sign < 0 || assay_decimal_above(&f->value, 24 * 60))
        return 0;
    if (!f->unit && f->flags & FG_HALF &&
        f->flags & FG_WORDS) { /* "halb vier", "в половине четвертого", "пів на четверту" */
        to = p + (tk_is(s, p, LX_WORD, OF_PREPOSITION, &length) && s->at[p].letters < 3 ? length : 0);
        if (tk_mean(s, to, LX_ORDINAL, &length) || (to == p && tk_mean(s, to, LX_CARDINAL, &length)))
            return s->at[to].letters > 2 && free_standing(s, to + length) ? to + length : 0;
    }
    if (f->flags & FG_FRACTION && f->flags & FG_WORDS && qt_is_unit(f->unit, "year") && p < s->count &&
        s->at[p].kind == TK_NUMBER && s->at[p].end - s->at[p].begin == 2)
        return p + 1; /* "metà degli anni 90" */
    if (!f->unit) /* "18 de marzo, nueve y media" */
        return f->kind == ASSAY_KIND_NUMBER && f->flags & FG_WORDS && f->value.exponent == -1 && f->value.digits == 2 &&
                       after_date(s, f->first) && free_standing(s, p)
                   ? p
                   : 0;
    int minutes = qt_is_unit(f->unit, "minute");
    if (!minutes && !qt_is_unit(f->unit, "hour"))
        return 0;
    if (tk_is(s, p, LX_REJECT, OF_CLOCK, &length))
        return mo_tail(s, p + length);
    if (!minutes && s->lx->noun_after && tk_mean(s, p, LX_OF, NULL) && (f->value.sign > 0) && moment_at(s, p))
        return p; /* "7 horas del próximo domingo" */
    if (minutes && tk_is(s, p, LX_REJECT, OF_AT, &length) && (to = short_number(s, p + length)) != 0 &&
        free_standing(s, to) && !tk_has(s, to, LX_UNIT))
        return to; /* "mancano 5 minuti alle 4" */
    if (minutes || !after_date(s, f->first))
        return 0;
    to = short_number(s, p);
    return to && free_standing(s, to) ? to : p;
}

/* The same before token i, with a case ending between: "gelecek ay", "1.5.2015'te". */
static int moment_before(const struct tks *s, uint32_t i)
{
    uint32_t start;
    i -= i && tk_sign(s, i - 1, ',');
    if (s->lx->suffixed && i > 2 && tk_sign(s, i - 2, '\'') && !s->at[i - 1].space)
        i -= 2;
    if (!i)
        return 0;
    const struct tk *t = s->at + i - 1;
    if (t->kind == TK_SKIP)
        return t->shape == SH_DATE;
    if (t->mask & LX_BIT(LX_DAY) || (t->mask & LX_BIT(LX_WEEKDAY) && t->letters > 2))
        return 1;
    if (tk_before(s, i, LX_RELATIVE, &start)) /* "lundi prochain 6-8" */
        return start && tk_has(s, start - 1, LX_WEEKDAY);
    return i > 1 && t->mask & LX_BIT(LX_PERIOD) && tk_has(s, i - 2, LX_RELATIVE);
}

/* "between the 10th and the 15th", "entre le 10 et le 15": whether token i is one of the two; an article before both,
 * nothing counted behind. */
static int between_days(const struct tks *s, uint32_t i, uint32_t p)
{
    uint32_t first = i, next, start;
    const struct lx_meaning *open = tk_before(s, i - 1, LX_JOIN, &start);
    if (open && open->of == OF_BETWEEN)
        return tk_is(s, p, LX_JOIN, OF_AND, &next) && tk_is(s, p + next, LX_WORD, OF_ARTICLE, NULL) &&
               p + next + 1 < s->count && s->at[p + next + 1].kind == TK_NUMBER && s->at[p + next + 1].plain &&
               s->at[p + next + 1].plain < 3 && free_standing(s, p + next + 2) && !tk_has(s, p + next + 2, LX_UNIT);
    if (i < 5 || !tk_is(s, i - 2, LX_JOIN, OF_AND, NULL) || !free_standing(s, p))
        return 0;
    first = i - 3;
    first -= s->at[first].kind == TK_WORD && !s->at[first].space;
    if (s->at[first].kind != TK_NUMBER || !s->at[first].plain || s->at[first].plain > 2 || first < 2 ||
        !tk_is(s, first - 1, LX_WORD, OF_ARTICLE, NULL))
        return 0;
    open = tk_before(s, first - 1, LX_JOIN, &start);
    return open && open->of == OF_BETWEEN;
}

int mo_loose_day(const struct tks *s, const struct figure *f)
{
    uint32_t v = small(&f->value), i = f->number, p = f->after, q = i;
    if (!v || v > 31 || f->unit || (!i && !s->lx->suffixed) || s->at[i].kind != TK_NUMBER || !s->at[i].plain ||
        f->flags & (FG_SCALED | FG_FRACTION | FG_RATIO | FG_WORDS))
        return 0;
    if (s->lx->suffixed) {
        uint32_t end = tk_sign(s, p, '\'') && !s->at[p].space ? p + 2 : p;
        return (i && tk_has(s, i - 1, LX_WEEKDAY) && free_standing(s, end)) || tk_has(s, p, LX_WEEKDAY);
    }
    int article = tk_is(s, q - 1, LX_WORD, OF_ARTICLE, NULL) != NULL;
    q -= (uint32_t)article;
    q -= q && tk_sign(s, q - 1, ',');
    if (q && q < i && tk_has(s, q - 1, LX_WEEKDAY) && free_standing(s, p))
        return 1; /* "Freitag, der 13." */
    if (!article)
        return 0;
    return (s->lx->noun_after && tk_is(s, p, LX_REJECT, OF_AT, NULL) && s->at[i - 1].letters == 2) ||
           between_days(s, i, p); /* "el 22 a las 5" */
}

int mo_range(const struct tks *s, const struct figure *f)
{
    uint32_t low = small(&f->value), high = small(&f->high), start, p = f->last;
    if (f->kind != ASSAY_KIND_NUMBER || f->unit || !low || !high || high > 31 ||
        f->flags & (FG_SCALED | FG_VAGUE | FG_FRACTION | FG_RATIO))
        return 0;
    for (uint32_t k = f->first > 8 ? f->first - 8 : 0; k < f->first; k++)
        if (tk_has(s, k, LX_CHANGE))
            return 0; /* "fell from 7 to 5 on Monday" */
    const struct lx_meaning *by = tk_before(s, f->first, LX_RELATION, &start);
    if (by && by->of == OF_BY)
        return 0;
    if (s->lx->suffixed && tk_sign(s, p, '\'') && !s->at[p].space)
        p += 2;
    int closed = s->lx->suffixed && (tk_has(s, p, LX_TIME) || tk_has(s, p, LX_JOIN)); /* "arasında", "kadar" */
    p += (uint32_t)closed;
    return moment_at(s, p) || ((closed || free_standing(s, p)) && moment_before(s, f->first));
}
