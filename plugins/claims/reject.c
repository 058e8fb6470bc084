/* SPDX-License-Identifier: Apache-2.0
 *
 * What looks like a figure and is none: dates, clock times, years, scores, references, list heads, model names.
 */
#include <string.h>

#include "figure.h"
#include "moment.h"
#include "shape.h"

static int plain_digits(const struct tks *s, const struct figure *f, uint32_t *value)
{
    if (f->after != f->number + 1 || s->at[f->number].kind != TK_NUMBER || s->at[f->number].shape != SH_NUMERAL)
        return 0;
    uint32_t v = 0, n = 0;
    for (uint32_t p = s->at[f->number].begin; p < s->at[f->number].end; p++, n++) {
        char c = s->text[p];
        if (c < '0' || c > '9' || n > 6)
            return 0;
        v = v * 10 + (uint32_t)(c - '0');
    }
    *value = v;
    return (int)n;
}

static int whole_small(const struct figure *f, uint32_t most)
{
    return f->value.sign > 0 && f->value.exponent >= 0 && !assay_decimal_above(&f->value, most);
}

/* The suffix of an ordinal or a case, glued to a numeral: 5th, 5-го, 5'i, 5.; the token after it. */
static uint32_t suffix(const struct tks *s, uint32_t i)
{
    uint32_t p = i;
    if (p < s->count && !s->at[p].space && s->at[p].kind == TK_SIGN &&
        (s->at[p].cp == '-' || s->at[p].cp == '\'' || s->at[p].cp == '.' || s->at[p].cp == 0xba || s->at[p].cp == 0xaa)) {
        if (s->at[p].cp == '.' || s->at[p].cp == 0xba || s->at[p].cp == 0xaa)
            return p + 1;
        p++;
    }
    if (p < s->count && !s->at[p].space && s->at[p].kind == TK_WORD && s->at[p].letters <= 5 && !s->at[p].upper && !tk_has(s, p, LX_MONTH))
        return p + 1;
    return i;
}

/* A year, with its "г." or "year", from token i on. */
static uint32_t over_year(const struct tks *s, uint32_t i)
{
    uint32_t p = i, length;
    if (tk_sign(s, p, ',') || tk_mean(s, p, LX_OF, NULL))
        p++;
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &length))
        p += length;
    if (p >= s->count || s->at[p].kind != TK_NUMBER || s->at[p].end - s->at[p].begin != 4)
        return i;
    p++;
    uint32_t q = suffix(s, p);
    if (tk_is(s, q, LX_TIME, OF_MARK, &length))
        return q + length;
    return tk_is(s, p, LX_TIME, OF_MARK, &length) ? p + length : p;
}

/* "on the 18th.", "Tuesday the 4th": a day of the month, where nothing is counted and no place is meant. */
static int day_of_month(const struct tks *s, const struct figure *f)
{
    uint32_t start, n = f->number, end = f->after;
    if (!(f->flags & FG_DIGITS) || !(f->flags & FG_ORDINAL) || (end < s->count && s->at[end].kind == TK_WORD && !(s->at[end].mask & ~LX_LEADS)) || tk_has(s, end, LX_NOUN))
        return 0;
    if (n > 3 && (tk_is(s, n - 1, LX_WORD, OF_CONJUNCTION, NULL) || tk_is(s, n - 1, LX_JOIN, OF_AND, NULL)) && s->at[n - 2].kind == TK_WORD && !s->at[n - 2].space && s->at[n - 3].kind == TK_NUMBER)
        n -= 3; /* "on the 21st or 22nd" */
    const struct lx_meaning *m = tk_before(s, n, LX_WORD, &start);
    if (!m || m->of != OF_ARTICLE || !start)
        return 0;
    return tk_is(s, start - 1, LX_WORD, OF_PREPOSITION, NULL) || tk_has(s, start - 1, LX_WEEKDAY) || tk_mean(s, start - 1, LX_OF, NULL);
}

/* "le 23", "el 25,": an article that also leads in times alone before the number, and nothing counted behind it. */
static int day_by_article(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after;
    if (!s->lx->noun_after || !i || p != i + 1 || s->at[i].kind != TK_NUMBER || s->at[i].end - s->at[i].begin > 2 || !tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL))
        return 0;
    if (!tk_is(s, i - 1, LX_TIME, OF_DURING, NULL) || tk_has(s, i - 1, LX_RELATION) || tk_has(s, p, LX_UNIT))
        return 0;
    if (p >= s->count || tk_has(s, p, LX_WEEKDAY) || tk_has(s, p, LX_RELATIVE))
        return 1;
    if (s->at[p].kind == TK_SIGN)
        return tk_sign(s, p, ',') || tk_sign(s, p, '.') || tk_sign(s, p, '!') || tk_sign(s, p, '?') || tk_sign(s, p, ')') || tk_sign(s, p, ';');
    uint32_t length;
    if (tk_is(s, p, LX_JOIN, OF_AND, &length) && p + length < s->count && s->at[p + length].kind == TK_WORD && !tk_has(s, p + length, LX_CARDINAL) && !tk_is(s, p + length, LX_WORD, OF_ARTICLE, NULL))
        return 1; /* "le 5 et rentre le 12" */
    return s->at[p].kind == TK_WORD && (tk_is(s, p, LX_WORD, OF_PREPOSITION, NULL) || tk_is(s, p, LX_WORD, OF_PRONOUN, NULL) || tk_is(s, p, LX_WORD, OF_CONJUNCTION, NULL)) &&
           !tk_mean(s, p, LX_JOIN, NULL) && !tk_mean(s, p, LX_OF, NULL) && !tk_mean(s, p, LX_PER, NULL);
}

/* "am 27. 11.": day and month apart. */
static uint32_t day_and_month(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->number + 1;
    if (s->lx->decimal != ',' || !whole_small(f, 31) || !tk_sign(s, p, '.') || s->at[p].space || p + 2 >= s->count || s->at[p + 1].kind != TK_NUMBER ||
        s->at[p + 1].end - s->at[p + 1].begin > 2 || !tk_sign(s, p + 2, '.') || s->at[p + 2].space)
        return 0;
    return p + 3;
}

/* "le 1er du mois prochain", "il 14 di questo mese"; the token after the month, or 0. */
static uint32_t of_month(const struct tks *s, uint32_t p, int said)
{
    uint32_t length;
    p = suffix(s, p);
    if (!tk_mean(s, p, LX_OF, &length) && !tk_is(s, p, LX_WORD, OF_GENITIVE, &length))
        return 0;
    p += length;
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &length) && !tk_has(s, p, LX_RELATIVE))
        p += length;
    for (; tk_mean(s, p, LX_RELATIVE, &length); p += length)
        said = 1;
    if (!tk_is(s, p, LX_PERIOD, OF_MONTH, &length))
        return 0;
    p += length;
    uint32_t of;
    if (tk_mean(s, p, LX_OF, &of) && tk_mean(s, p + of, LX_MONTH, &length))
        return p + of + length; /* "le 6 du mois d'avril" */
    for (; tk_mean(s, p, LX_RELATIVE, &length); p += length)
        said = 1;
    return said ? p : 0;
}

/* "May 10 and 12", "March 2nd to 5th", "la semana del 14 y 15": one more day, with nothing counted behind it. */
static uint32_t second_day(const struct tks *s, uint32_t q)
{
    uint32_t length, end;
    if (!tk_is(s, q, LX_JOIN, OF_AND, &length) && !tk_is(s, q, LX_JOIN, OF_TO, &length))
        return q;
    uint32_t p = q + length;
    if (p >= s->count || s->at[p].kind != TK_NUMBER || s->at[p].shape != SH_NUMERAL || s->at[p].end - s->at[p].begin > 2)
        return q;
    end = suffix(s, p + 1);
    return end >= s->count || (s->at[end].kind == TK_SIGN && !tk_sign(s, end, '%')) || s->at[end].mask & LX_BIT(LX_WORD) ? end : q;
}

/* 5 May, 5th of May, 5 мая 2020 года; May 5, May 5-7. */
static uint32_t date(const struct tks *s, const struct figure *f)
{
    uint32_t length, p = f->after;
    if (s->lx->noun_after && tk_has(s, p, LX_RELATIVE) && (tk_has(s, p + 1, LX_PERIOD) || tk_has(s, p + 1, LX_UNIT)))
        return p + 2; /* "les 3 prochains jours" */
    if (!whole_small(f, 31))
        return 0;
    if (f->number > 1 && tk_sign(s, f->number - 1, '-') && !s->at[f->number].space && s->at[f->number - 2].kind == TK_NUMBER &&
        s->at[f->number - 2].end - s->at[f->number - 2].begin == 4 && f->number > 2 && s->at[f->number - 3].kind == TK_SIGN)
        return p; /* September-2020-23 */
    if (f->number && tk_has(s, f->number - 1, LX_PERIOD) && !(s->at[f->number - 1].mask & LX_BIT(LX_NOUN)) && s->at[f->number].kind == TK_NUMBER &&
        !tk_has(s, p, LX_UNIT) && !tk_has(s, p, LX_NOUN) && !tk_sign(s, p, '%') && s->lx->suffixed == 0 &&
        (tk_is(s, f->number - 1, LX_PERIOD, OF_DAY, NULL) || tk_is(s, f->number - 1, LX_PERIOD, OF_WEEK, NULL)))
        return p; /* "día 25", "week 3" */
    uint32_t q = suffix(s, p);
    int sure = s->lx->noun_after && f->number && tk_is(s, f->number - 1, LX_WORD, OF_ARTICLE, NULL) && tk_is(s, f->number - 1, LX_TIME, OF_DURING, NULL);
    uint32_t r = of_month(s, p, sure);
    if (r)
        return r;
    r = q;
    if (tk_is(s, r, LX_JOIN, OF_AND, &length) || tk_is(s, r, LX_JOIN, OF_TO, &length)) { /* zwischen dem 3. und dem 12. September */
        r += length;
        if (tk_is(s, r, LX_WORD, OF_ARTICLE, &length))
            r += length;
        if (r < s->count && s->at[r].kind == TK_NUMBER && s->at[r].end - s->at[r].begin <= 2) {
            uint32_t month = of_month(s, r + 1, 0);
            if (month)
                return month; /* "dal 10 al 20 di questo mese" */
            r = suffix(s, r + 1);
            if (tk_mean(s, r, LX_OF, &length))
                r += length;
            if (tk_mean(s, r, LX_MONTH, &length) && s->at[r].letters > 2)
                return over_year(s, r + length);
        }
    }
    if (tk_mean(s, q, LX_OF, &length))
        q += length;
    if (q < s->count && !s->at[q].space && (tk_sign(s, q, '-') || tk_sign(s, q, '/')))
        q++;
    if (q + 2 < s->count && s->at[q].kind == TK_NUMBER && !s->at[q].space && tk_sign(s, q + 1, '-') && tk_has(s, q + 2, LX_MONTH))
        return q + 3; /* 23-2020-September */
    if (tk_mean(s, q, LX_MONTH, &length) && s->at[q].letters > 2) {
        q += length;
        if (q + 1 < s->count && !s->at[q].space && (tk_sign(s, q, '-') || tk_sign(s, q, '/')) && s->at[q + 1].kind == TK_NUMBER)
            return q + 2;
        return over_year(s, q);
    }
    if (tk_sign(s, p, '-') || tk_sign(s, p, 0x2013) || tk_is(s, p, LX_JOIN, OF_TO, NULL) || tk_is(s, p, LX_JOIN, OF_AND, NULL) ||
        tk_sign(s, p, ',')) { /* 5-7 May, 5 and 7 May */
        q = p + 1;
        if (q < s->count && s->at[q].kind == TK_NUMBER && s->at[q].end - s->at[q].begin <= 2) {
            q = suffix(s, q + 1);
            if (tk_mean(s, q, LX_MONTH, &length))
                return over_year(s, q + length);
        }
    }
    uint32_t n = f->number;
    while (n > 1 && (tk_is(s, n - 1, LX_WORD, OF_ARTICLE, NULL) || tk_mean(s, n - 1, LX_OF, NULL) || tk_sign(s, n - 1, ',')))
        n--;
    uint32_t start;
    const struct lx_meaning *day = tk_before(s, n, LX_WEEKDAY, &start);
    int apart = tk_sign(s, suffix(s, p), ','); /* "quinta-feira, 4, às 8h" */
    if (day && (n == f->number || apart) && s->at[start].letters > 2 && !tk_has(s, p, LX_NOUN))
        return tk_sign(s, p, '-') && p + 1 < s->count && s->at[p + 1].kind == TK_NUMBER ? p + 2 : p;
    if (day_of_month(s, f) || day_by_article(s, f))
        return p;
    if ((q = day_and_month(s, f)) != 0)
        return q;
    if (!tk_before(s, n, LX_MONTH, &start) || s->at[start].letters < 3)
        return 0;
    if (start > 0 && s->at[start].letters == 3 && !s->at[start].upper && over_year(s, p) == p)
        return 0;
    q = suffix(s, p);
    if (tk_has(s, q, LX_UNIT) || tk_has(s, q, LX_CURRENCY) || tk_sign(s, p, '%'))
        return 0;
    if ((tk_sign(s, q, '-') || tk_sign(s, q, 0x2013)) && q + 1 < s->count && s->at[q + 1].kind == TK_NUMBER)
        q = suffix(s, q + 2);
    else
        q = second_day(s, q);
    if (s->lx->suffixed && q > p && q < s->count && s->at[q].kind == TK_NUMBER && s->at[q].end - s->at[q].begin <= 2 && suffix(s, q + 1) > q + 1)
        return suffix(s, q + 1); /* "Avqustun 3-dən 7-dək" */
    return over_year(s, q);
}

/* "2017 trimestre 1", "2017-quarter 3". */
static uint32_t part_of_year(const struct tks *s, const struct figure *f)
{
    uint32_t q = nb_hyphen(s, f->after), length;
    if (!rj_year(s, f) || !(tk_is(s, q, LX_PERIOD, OF_QUARTER, &length) || tk_is(s, q, LX_PERIOD, OF_HALF, &length)))
        return 0;
    q += length;
    return q < s->count && s->at[q].kind == TK_NUMBER && s->at[q].end - s->at[q].begin == 1 ? q + 1 : 0;
}

/* "2016 - 12 - 22". */
static uint32_t spaced_date(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->after;
    if (!rj_year(s, f) || p + 3 >= s->count || !tk_sign(s, p, '-') || !s->at[p].space || !tk_sign(s, p + 2, '-') || s->at[p + 1].kind != TK_NUMBER ||
        s->at[p + 1].end - s->at[p + 1].begin != 2 || s->at[p + 3].kind != TK_NUMBER || s->at[p + 3].end - s->at[p + 3].begin != 2)
        return 0;
    return p + 4;
}

/* "la semana del 18": nothing counted behind it. */
static uint32_t in_week(const struct tks *s, const struct figure *f)
{
    uint32_t start, i = f->number, p = second_day(s, suffix(s, f->after));
    if (!whole_small(f, 31) || !tk_before(s, i, LX_OF, &start) || !start || s->at[i].kind != TK_NUMBER)
        return 0;
    const struct lx_meaning *week = tk_before(s, start, LX_PERIOD, NULL);
    if (!week || week->of != OF_WEEK)
        return 0;
    return p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].mask & LX_BIT(LX_WORD) ? p : 0;
}

/* Words and years that make a date without the name of a month beside the number: "April of 87", "Friday 7.6",
 * "6 April seventeen hundred thirty-three", "10:30 to 3", "6-8 next Monday". */
static uint32_t loose_date(const struct tks *s, const struct figure *f)
{
    uint32_t v, i = f->number, p = f->after, length, start, to;
    struct figure year = {.number = 2, .after = 3};
    if (!i && whole_small(f, 31) && s->count >= 3 && tk_sign(s, 1, ',') && plain_digits(s, &year, &v) == 4 && v >= 1400 && v <= 2150 && (s->count == 3 || s->at[3].kind == TK_SIGN))
        return 3; /* "12, 2016.": the month was cut off */
    const struct lx_meaning *dated = i && s->at[i].space && !(i > 1 && tk_sign(s, i - 2, '-')) ? tk_before(s, i, LX_REJECT, &start) : NULL;
    if (dated && dated->of == OF_DATED && whole_small(f, 31) && !day_and_month(s, f) && (p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].mask & LX_BIT(LX_WORD)))
        return p; /* "na sexta 13", "jusqu'au 12" */
    if ((to = spaced_date(s, f)) != 0 || (to = in_week(s, f)) != 0)
        return to;
    if (f->flags & FG_ORDINAL && s->at[i].kind == TK_NUMBER && whole_small(f, 31) && s->lx->noun_capital && i && tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) && tk_has(s, p, LX_ORDINAL) && !s->at[p].upper)
        return p + 1; /* "am 7. vierten" */
    if (f->flags & FG_ORDINAL && whole_small(f, 31) && s->lx->decimal == ',' && p + 1 < s->count && s->at[p].kind == TK_NUMBER &&
        s->at[p].end - s->at[p].begin <= 2 && tk_sign(s, p + 1, '.') && !s->at[p + 1].space)
        return p + 2; /* "am siebten 4." */
    if (i > 1 && tk_mean(s, i - 1, LX_OF, NULL) && tk_has(s, i - 2, LX_MONTH) && plain_digits(s, f, &v) == 2)
        return p;
    if (i && tk_has(s, i - 1, LX_WEEKDAY) && s->at[i - 1].letters > 3 && f->value.exponent < 0 && s->at[i].kind == TK_NUMBER && whole_small(f, 31) == 0 &&
        s->at[i].end - s->at[i].begin <= 5 && (p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].mask & LX_BIT(LX_WORD)))
        return p;
    if (i && f->flags & FG_WORDS && !(f->flags & (FG_ORDINAL | FG_DIGITS)) && tk_has(s, i - 1, LX_MONTH) && f->value.exponent >= 0 &&
        assay_decimal_above(&f->value, 1399) && !assay_decimal_above(&f->value, 2150))
        return p;
    if (!whole_small(f, 24) || f->flags & FG_ORDINAL)
        return 0;
    int joined = i > 1 && (tk_is(s, i - 1, LX_JOIN, OF_TO, NULL) || tk_is(s, i - 1, LX_JOIN, OF_AND, NULL) || tk_sign(s, i - 1, '-') || tk_sign(s, i - 1, 0x2013));
    const struct lx_meaning *hour = joined ? tk_before(s, i - 1, LX_REJECT, &start) : NULL;
    if (hour && hour->of == OF_CLOCK && !tk_has(s, p, LX_NOUN) && !tk_has(s, p, LX_UNIT) && !tk_sign(s, p, '%'))
        return p; /* "8 a.m. - 3" */
    if (joined && s->at[i - 2].kind == TK_SKIP && s->at[i - 2].shape == SH_CLOCK && !tk_has(s, p, LX_NOUN))
        return p;
    if (!(tk_sign(s, p, '-') || tk_is(s, p, LX_JOIN, OF_AND, &length)) || p + 2 >= s->count || s->at[p + 1].kind != TK_NUMBER || s->at[p + 1].end - s->at[p + 1].begin > 2)
        return 0;
    const struct lx_meaning *between = tk_before(s, i, LX_JOIN, &start);
    if ((tk_has(s, p + 2, LX_RELATIVE) && tk_has(s, p + 3, LX_WEEKDAY)) || (between && between->of == OF_BETWEEN && tk_has(s, p + 2, LX_DAY)))
        return p + 2;
    return 0;
}

/* A decimal part that is no two digits. */
static int odd_minutes(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    for (uint32_t p = t->begin; p < t->end; p++)
        if (s->text[p] == '.' || s->text[p] == ',')
            return t->end - p != 3;
    return 0;
}

/* "6.45'te": hours and minutes, where decimals are written with a comma; the case says "at". */
static int dotted_clock(const struct tks *s, const struct figure *f)
{
    const struct tk *t = s->at + f->number;
    uint32_t size = t->end - t->begin, p = f->after;
    const char *c = s->text + t->begin;
    if (s->lx->decimal != ',' || f->after != f->number + 1 || t->kind != TK_NUMBER || size < 4 || size > 5 || c[size - 3] != '.' || c[size - 2] > '5')
        return 0;
    if (size == 5 && (c[0] > '2' || (c[0] == '2' && c[1] > '3')))
        return 0;
    return tk_sign(s, p, '\'') && !s->at[p].space && p + 1 < s->count && !s->at[p + 1].space && tk_is(s, p + 1, LX_REJECT, OF_CLOCK, NULL);
}

/* 5 pm, 5 a.m., 15 Uhr, 10 o'clock. */
static uint32_t clock_time(const struct tks *s, const struct figure *f)
{
    uint32_t length;
    if (!whole_small(f, 2400) && !(f->value.exponent < 0 && s->at[f->number].kind == TK_NUMBER))
        return 0;
    uint32_t p = f->after;
    if (f->after == f->number + 1 && s->at[f->number].kind == TK_NUMBER && odd_minutes(s, f->number))
        return 0; /* "2.1 pm" is a length */
    if (tk_sign(s, p, '.') && !s->at[p].space)
        p++;
    const struct lx_meaning *hour = tk_mean(s, p, LX_UNIT, &length);
    if (hour && f->after == f->number + 1 && s->at[f->number].end - s->at[f->number].begin == 4 && s->text[s->at[f->number].begin] == '0' && !strcmp(lx_key(s->lx, hour), "hour"))
        return p + length; /* "0800 hours" */
    if (hour && !strcmp(lx_key(s->lx, hour), "hour") && tk_is(s, p + length, LX_REJECT, OF_CLOCK, NULL))
        p += length; /* "8 horas da manhã" */
    if (tk_is(s, p, LX_REJECT, OF_CLOCK, &length)) {
        p += length; /* "18 Uhr 12" */
        if (p < s->count && s->at[p].kind == TK_NUMBER && s->at[p].end - s->at[p].begin == 2 && s->at[p].shape == SH_NUMERAL && !tk_has(s, p + 1, LX_UNIT) &&
            !tk_has(s, p + 1, LX_NOUN) && !tk_sign(s, p + 1, '%') && !tk_has(s, p + 1, LX_CURRENCY))
            p++;
        return mo_tail(s, p);
    }
    p = f->after; /* 7 to 7:30, 3-8pm, between 3 and 8 am */
    if (s->lx->suffixed && dotted_clock(s, f))
        return p + 2;
    if (hour && !strcmp(lx_key(s->lx, hour), "hour"))
        p += length; /* "4 horas a 5 pm" */
    if (!(tk_sign(s, p, '-') || tk_sign(s, p, 0x2013) || tk_is(s, p, LX_JOIN, OF_TO, &length) || tk_is(s, p, LX_JOIN, OF_AND, &length)) || p + 1 >= s->count)
        return 0;
    if (s->at[p + 1].kind == TK_SKIP && s->at[p + 1].shape == SH_CLOCK)
        return p + 2;
    if (s->at[p + 1].kind != TK_NUMBER)
        return 0;
    p += 2; /* "8 и 10 часами утра" */
    hour = tk_is(s, p, LX_REJECT, OF_CLOCK, NULL) ? NULL : tk_mean(s, p, LX_UNIT, &length);
    if (hour && !strcmp(lx_key(s->lx, hour), "hour"))
        p += length;
    return tk_is(s, p, LX_REJECT, OF_CLOCK, &length) ? p + length : 0;
}

/* "won 2-1", "3-0": two small numbers round a dash, the first not the lesser, or beside a word of sport. */
static uint32_t score(const struct tks *s, const struct figure *f, int unit)
{
    uint32_t a, b = 0, p = f->after;
    int digits = plain_digits(s, f, &a);
    uint32_t length;
    int told = tk_is(s, p, LX_JOIN, OF_TO, &length) && length == 1 && s->at[p].kind == TK_WORD; /* "menait 1 à 0" */
    if (!digits || digits > 3 || !(tk_sign(s, p, '-') || tk_sign(s, p, 0x2013) || tk_sign(s, p, 0x2014) || (told && digits < 3)))
        return 0;
    if (p + 1 >= s->count || s->at[p + 1].kind != TK_NUMBER || s->at[p + 1].shape != SH_NUMERAL || s->at[p + 1].space != s->at[p].space)
        return 0;
    struct figure g = {.number = p + 1, .after = p + 2};
    if (!plain_digits(s, &g, &b))
        return 0;
    uint64_t next = p + 2 < s->count ? s->at[p + 2].mask : 0;
    if (next & (LX_BIT(LX_WORD) | LX_BIT(LX_JOIN)))
        next = 0; /* "3-1 in" */
    if (unit || next & (LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_SCALE) | LX_BIT(LX_NOUN)))
        return 0;
    int sport = 0;
    for (uint32_t i = f->number > 8 ? f->number - 8 : 0; i < p + 8 && i < s->count; i++)
        sport |= tk_is(s, i, LX_REJECT, OF_SCORE, NULL) != NULL;
    if (told && (b > 19 || !f->number || !tk_is(s, f->number - 1, LX_REJECT, OF_SCORE, NULL) ||
                 (p + 2 < s->count && s->at[p + 2].kind == TK_WORD && !(s->at[p + 2].mask & (LX_BIT(LX_WORD) | LX_BIT(LX_JOIN) | LX_BIT(LX_TIME))))))
        return 0;
    return a >= b || sport ? p + 2 : 0;
}

/* 20240517 */
static int compact_date(const char *c)
{
    uint32_t month = (uint32_t)(c[4] - '0') * 10 + (uint32_t)(c[5] - '0'), day = (uint32_t)(c[6] - '0') * 10 + (uint32_t)(c[7] - '0');
    return ((c[0] == '1' && c[1] == '9') || (c[0] == '2' && c[1] == '0')) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static int four_digits(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i;
    if (i >= s->count || t->kind != TK_NUMBER || t->end - t->begin != 4)
        return 0;
    for (uint32_t p = t->begin; p < t->end; p++)
        if (s->text[p] < '0' || s->text[p] > '9')
            return 0;
    return 1;
}

/* "DE89 3704 0044 0532": three groups of four side by side are the number of a card or account. */
static int in_groups(const struct tks *s, uint32_t i)
{
    if (!four_digits(s, i))
        return 0;
    int before = i && four_digits(s, i - 1), after = four_digits(s, i + 1);
    return (before && after) || (before && i > 1 && four_digits(s, i - 2)) || (after && four_digits(s, i + 2));
}

/* "12, rue de la Paix, 75002 Paris": five digits between a comma and the name of a place. */
static int postal(const struct tks *s, uint32_t i)
{
    if (i < 2 || !tk_sign(s, i - 1, ',') || i + 1 >= s->count || s->at[i + 1].kind != TK_WORD || !s->at[i + 1].upper || s->at[i + 1].mask & ~(LX_LEADS | LX_BIT(LX_COUNTRY)))
        return 0;
    return s->at[i - 2].kind == TK_NUMBER || (!s->lx->noun_capital && s->at[i - 2].kind == TK_WORD && s->at[i - 2].upper);
}

/* A telephone number after its cue; digits with a leading zero; long runs without groups; parts of hex codes. */
static int code(const struct tks *s, const struct figure *f, int unit)
{
    if (s->lx->decimal == ',' && !unit && tk_sign(s, f->after, '.') && !s->at[f->after].space && f->after == f->number + 1 && f->after + 1 < s->count) {
        /* 28.10. */
        const char *c = s->text + s->at[f->number].begin;
        uint32_t n = s->at[f->number].end - s->at[f->number].begin;
        if (n >= 3 && n <= 5 && memchr(c, '.', n))
            return 1;
    }
    if (s->lx->decimal == ',' && !unit && f->after == f->number + 1 && s->count > 2) { /* 22.04: day and month */
        const char *c = s->text + s->at[f->number].begin;
        uint32_t n = s->at[f->number].end - s->at[f->number].begin, day = 0, k = 0;
        while (k < n && c[k] >= '0' && c[k] <= '9') {
            day = day < 1000 ? day * 10 + (uint32_t)(c[k] - '0') : 1000;
            k++;
        }
        if (n == k + 3 && k <= 2 && c[k] == '.' && day >= 1 && day <= 31 && (c[k + 1] == '0' ? c[k + 2] != '0' : c[k + 1] == '1' && c[k + 2] <= '2') &&
            !(f->after < s->count && s->at[f->after].kind == TK_WORD && s->at[f->after].mask & (LX_BIT(LX_NOUN) | LX_BIT(LX_SCALE))))
            return 1;
    }
    const struct tk *t = s->at + f->number + (s->at[f->number].kind == TK_SIGN && f->number + 1 < f->after);
    uint32_t size = t->end - t->begin, plain = 1, low = f->number > 9 ? f->number - 9 : 0, turns = 0;
    if (t->kind != TK_NUMBER || t->shape != SH_NUMERAL)
        return 0;
    for (uint32_t p = t->begin; p < t->end; p++)
        plain &= s->text[p] >= '0' && s->text[p] <= '9';
    for (uint32_t i = f->number; i-- > low;) {
        if (tk_is(s, i, LX_REJECT, OF_PHONE, NULL))
            return (!plain && size >= 11 && s->text[t->begin + 3] == ' ') || (plain && (size >= 5 || (size > 1 && s->text[t->begin] == '0'))) || (s->at[f->number - 1].kind != TK_WORD && !unit) || tk_sign(s, f->after, '(') || tk_sign(s, f->after, '-') || (f->after < s->count && s->at[f->after].kind == TK_NUMBER);
        if (s->at[i].kind == TK_WORD && !(s->at[i].mask & (LX_BIT(LX_WORD) | LX_BIT(LX_REJECT) | LX_BIT(LX_COUNTRY) | LX_BIT(LX_PERIOD))) && f->number - i > 3)
            break;
    }
    if (s->count <= 3 || unit)
        return 0;
    if (in_groups(s, f->number) || (plain && size == 5 && postal(s, f->number)) || (size > 9 && tk_sign(s, f->after, '-') && !s->at[f->after].space && f->after + 1 < s->count &&
        s->at[f->after + 1].kind == TK_NUMBER && s->at[f->after + 1].end - s->at[f->after + 1].begin == 2))
        return 1; /* also "123.456.789-09" */
    if (plain && size == 8 && compact_date(s->text + t->begin) && !unit)
        return 1;
    if (plain && (size >= 10 || (size >= 2 && s->text[t->begin] == '0' && !(f->number && tk_sign(s, f->number - 1, '.') && !t->space))))
        return 1;
    if (f->number > 1 && !t->space && tk_sign(s, f->number - 1, ':') && (tk_sign(s, f->number - 2, ':') || s->at[f->number - 2].kind == TK_NUMBER))
        return 1;
    if (tk_sign(s, f->after, ':') && !s->at[f->after].space && f->after + 1 < s->count && !s->at[f->after + 1].space && (tk_sign(s, f->after + 1, ':') || s->at[f->after + 1].kind == TK_NUMBER))
        return 1; /* groups of an IPv6 address */
    uint32_t from = t->begin;
    while (from > s->begin && t->begin - from < 30 && s->text[from - 1] != ' ' && s->text[from - 1] != '\n')
        from--;
    for (uint32_t p = from; p + 1 < t->end + 30 && p + 1 < s->end; p++) {
        char a = s->text[p], b = s->text[p + 1];
        if (a == ' ' || a == '\n') {
            if (p >= t->end)
                break;
            turns = 0;
        }
        turns += ((a >= '0' && a <= '9') && ((b | 32) >= 'a' && (b | 32) <= 'f')) || ((b >= '0' && b <= '9') && ((a | 32) >= 'a' && (a | 32) <= 'f'));
    }
    return turns >= 5;
}

/* "1. Text", "2) text" at the start of a line. */
static int list_head(const struct tks *s, const struct figure *f)
{
    uint32_t v;
    uint32_t i = f->number;
    if (!plain_digits(s, f, &v) || v > 200 || s->count < 4)
        return 0;
    if (i > 1 && v < 30 && tk_sign(s, i + 1, ')') && !s->at[i + 1].space && (tk_sign(s, i - 1, ';') || tk_sign(s, i - 1, ':') || tk_sign(s, i - 1, ',') || tk_is(s, i - 1, LX_JOIN, OF_AND, NULL))) {
        while (i-- > 0 && f->number - i < 60 && !tk_sign(s, i, ')'))
            if (tk_sign(s, i, '('))
                return 0;
        return 1; /* "...; 2) the next" */
    }
    if (i)
        return 0;
    return (tk_sign(s, 1, '.') || tk_sign(s, 1, ')')) && !s->at[1].space && s->at[2].space;
}

/* T-72, C125, Boeing 737-800: letters against the digits, or digits against letters that mean nothing. */
static int model(const struct tks *s, const struct figure *f, int unit)
{
    uint32_t i = f->number;
    const struct tk *t = s->at + i;
    if (t->kind != TK_NUMBER)
        return 0;
    const struct lx_meaning *money = i > 0 ? tk_before(s, i, LX_CURRENCY, NULL) : NULL;
    if (i > 0 && !t->space && s->at[i - 1].kind == TK_WORD && (!money || strchr(lx_key(s->lx, money), '/')))
        return 1; /* also "p53": pence stand after the number */
    if (i > 0 && !t->space && !money && s->at[i - 1].kind == TK_SIGN && (s->at[i - 1].cp == '_' || s->at[i - 1].cp == '/' || (s->at[i - 1].cp == '=' && !unit)))
        return (s->at[i - 1].cp != '/' && !(s->at[i - 1].cp == '=' && i > 1 && (tk_sign(s, i - 2, '<') || tk_sign(s, i - 2, '>')))) || (i > 1 && s->at[i - 2].kind == TK_WORD && !s->at[i - 1].space);
    if (i > 1 && !t->space && tk_sign(s, i - 1, '-') && !s->at[i - 1].space && s->at[i - 2].kind == TK_NUMBER && s->at[i - 2].upper & 8)
        return 1; /* "scp2-173" */
    if (i > 1 && !t->space && tk_sign(s, i - 1, '-') && !s->at[i - 1].space && !(i > 2 && s->at[i - 3].kind == TK_NUMBER && tk_mean(s, i - 2, LX_UNIT, NULL)) &&
        (s->at[i - 2].kind == TK_WORD || s->at[i - 2].kind == TK_SKIP) && !(s->at[i - 2].mask & (LX_BIT(LX_BOUND) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_CARDINAL) | LX_BIT(LX_SIGN) | (s->at[i - 2].upper ? 0 : LX_BIT(LX_JOIN)) | (s->at[i - 2].upper && i > 2 ? 0 : LX_BIT(LX_PER)))))
        return 1;
    if (i > 2 && !t->space && tk_sign(s, i - 1, '+') && !s->at[i - 1].space && s->at[i - 2].kind == TK_NUMBER && !s->at[i - 2].space && s->at[i - 3].kind == TK_WORD)
        return 1; /* "J1149.5+6663" */
    if (i > 1 && !t->space && tk_sign(s, i - 1, '.') && !s->at[i - 1].space && s->at[i - 2].kind == TK_WORD && s->at[i - 2].upper >= 2 && !(s->at[i - 2].mask & LX_BIT(LX_CURRENCY)))
        return 1; /* "BA.5", "H.264" */
    uint32_t p = f->after;
    if (!unit && p < s->count && !s->at[p].space && s->at[p].kind == TK_WORD && f->after == i + 1 &&
        !(s->at[p].mask & (LX_BIT(LX_CURRENCY) | LX_BIT(LX_ORDINAL) | LX_BIT(LX_SCALE) | LX_BIT(LX_MULTIPLE) | LX_BIT(LX_NOUN) | LX_BIT(LX_AGE))))
        return s->at[p].upper || s->at[p].letters <= 3 || s->lx->suffixed == 0;
    return 0;
}

/* A capital inside a word of small letters: a brand, or words run together. */
static int camel(const struct tks *s, uint32_t i)
{
    for (uint32_t p = s->at[i].begin + 1; p < s->at[i].end; p++)
        if (s->text[p] >= 'A' && s->text[p] <= 'Z' && s->at[i].letters > 2)
            return 1;
    return 0;
}

static int ends_plural(const struct tks *s, uint32_t i)
{
    return s->lx->plural[0] && s->text[s->at[i].end - 1] == s->lx->plural[0];
}

/* "S&P 500 rose", "iPhone 14": a capitalised word directly before plain digits, and nothing counted behind. */
static int name_part(const struct tks *s, const struct figure *f, int unit)
{
    uint32_t v, i = f->number, p = f->after;
    int digits = plain_digits(s, f, &v);
    if (!unit && i && f->after == i + 1 && s->at[i].kind == TK_NUMBER && s->at[i].space && s->at[i - 1].kind == TK_WORD && s->at[i - 1].upper < 2 && camel(s, i - 1) &&
        !(p < s->count && s->at[p].kind == TK_WORD && !(s->at[p].mask & LX_BIT(LX_WORD)) && ends_plural(s, p)))
        return 1; /* "NewsRadio 780", "MeTV 21.2" */
    if (!unit && i && digits == 1 && s->at[i].space && s->at[i - 1].kind == TK_WORD && s->at[i - 1].upper == 2 && s->at[i - 1].letters <= 3 && !s->at[i - 1].mask &&
        p < s->count && !(s->at[p].mask & (LX_BIT(LX_NOUN) | LX_BIT(LX_SCALE) | LX_BIT(LX_CURRENCY))))
        return 1; /* "CO 2", "HIV 2" */
    if (!unit && i > 1 && f->after == i + 1 && s->at[i].kind == TK_NUMBER && s->at[i].space && s->at[i].end - s->at[i].begin == 3 && !memcmp(s->text + s->at[i].begin + 1, ".0", 2) &&
        s->at[i - 1].kind == TK_WORD && s->at[i - 1].upper && !(s->at[i - 1].mask & ~(LX_LEADS | LX_BIT(LX_TITLE))) && (p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].mask & LX_BIT(LX_WORD)))
        return 1; /* "Guccifer 2.0" */
    if (unit || !i || digits < 1 || digits > (s->at[i - 1].upper == 2 ? 6 : 4) || !s->at[i].space || s->at[i - 1].kind != TK_WORD || !s->at[i - 1].upper)
        return 0;
    const struct tk *t = s->at + i - 1;
    uint64_t mask = t->mask;
    if (mask & LX_BIT(LX_CURRENCY) && !tk_mean(s, i - 1, LX_CURRENCY, NULL))
        mask &= ~LX_BIT(LX_CURRENCY); /* "=p" is not "P" */
    if (mask & LX_BIT(LX_SCALE) && t->letters == 1)
        mask &= ~LX_BIT(LX_SCALE);
    if (mask & ~(LX_LEADS | LX_BIT(LX_UNIT) | LX_BIT(LX_TITLE) | LX_BIT(LX_REJECT)) || (s->lx->noun_capital && t->upper < 2) || (i == 1 && t->upper == 1))
        return 0;
    if (p >= s->count || s->at[p].kind == TK_SIGN)
        return tk_sign(s, p, '\'') || t->upper >= 2 || p >= s->count || (tk_sign(s, p, '(') && t->upper == 2) || tk_sign(s, p, '.') || tk_sign(s, p, ',') || tk_sign(s, p, ')');
    if (s->lx->plural[0] && (digits > 1 || (i > 2 && s->at[i - 2].upper)) && s->at[p].kind == TK_WORD && !(s->at[p].mask & LX_BIT(LX_NOUN)) && s->text[s->at[p].end - 1] != s->lx->plural[0] &&
        i > 1 && (t->upper >= 2 || s->at[i - 2].upper))
        return 1; /* "the Euro Stoxx 600 index" */
    return (s->at[p].mask & (LX_BIT(LX_CHANGE) | LX_BIT(LX_WORD) | LX_BIT(LX_TIME) | LX_BIT(LX_RELATION))) != 0 || s->at[p].upper;
}

/* "2003b", "e89b": a letter against a year or inside a code is no scale. */
static int lettered(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, v;
    const struct tk *t = s->at + i, *next = i + 1 < s->count ? t + 1 : NULL;
    if (t->kind != TK_NUMBER || !next || next->kind != TK_WORD || next->letters != 1 || next->space || (i && tk_has(s, i - 1, LX_CURRENCY)))
        return 0;
    if (i > 1 && !t->space && tk_sign(s, i - 1, ':') && !s->at[i - 1].space)
        return 1; /* "00:1A:2B" */
    if (t->upper & 8 || (i && !t->space && tk_sign(s, i - 1, '%')) || (i && tk_is(s, i - 1, LX_REJECT, OF_BEFORE, NULL) && !tk_has(s, i - 1, LX_WORD)))
        return 1; /* also "Figure 1B" */
    if (i > 1 && !t->space && tk_sign(s, i - 1, '-') && !s->at[i - 1].space && s->at[i - 2].kind == TK_WORD)
        return 1; /* "let-7b" */
    struct figure year = {.number = i, .after = i + 1};
    return plain_digits(s, &year, &v) == 4 && v >= 1400 && v <= 2150 && next->cp >= 'a' && next->cp <= 'f' && !next->upper;
}

uint32_t rj_shape(const struct tks *s, const struct figure *f, int unit)
{
    uint32_t to;
    if (lettered(s, f))
        return f->after;
    if (f->flags & (FG_SCALED | FG_VAGUE))
        return 0;
    if ((!unit || f->flags & FG_WORDS) && (to = mo_decade(s, f)) != 0)
        return to;
    if ((to = part_of_year(s, f)) != 0 || (!unit && (to = loose_date(s, f)) != 0) || (to = date(s, f)) != 0 || (to = clock_time(s, f)) != 0 || (to = score(s, f, unit)) != 0)
        return to;
    if (code(s, f, unit) || list_head(s, f))
        return f->after;
    if ((to = rj_label(s, f, unit)) != 0)
        return to;
    return model(s, f, unit) || name_part(s, f, unit) ? f->after : 0;
}

int rj_year(const struct tks *s, const struct figure *f)
{
    uint32_t v;
    return plain_digits(s, f, &v) == 4 && v >= 1400 && v <= 2150;
}
