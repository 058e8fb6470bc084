/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates, which are no figures: "5 May 2024", "am 3. Mai", «с 5 по 7 июня», and days told without their month.
 */
#include <string.h>

#include "reject.h"

#include "frame.h"
#include "shape.h"

/* A year, with its "г." or "year", from token i on. */
static uint32_t over_year(const struct tks *s, uint32_t i)
{
    uint32_t p = i, length;
    if (tk_sign(s, p, ',') || tk_mean(s, p, LX_OF, NULL))
        p++;
    if (tk_is(s, p, LX_WORD, OF_ARTICLE, &length))
        p += length;
    if (p >= s->count || s->at[p].kind != TK_NUMBER || s->at[p].plain != 4)
        return i;
    p++;
    uint32_t q = rj_suffix(s, p);
    if (tk_is(s, q, LX_TIME, OF_MARK, &length))
        return q + length;
    return tk_is(s, p, LX_TIME, OF_MARK, &length) ? p + length : p;
}

/* "on the 18th.", "Tuesday the 4th": a day of the month, where nothing is counted and no place is meant. */
static int day_of_month(const struct tks *s, const struct figure *f)
{
    uint32_t start, of, n = f->number, end = f->after;
    if (!(f->flags & FG_DIGITS) || !(f->flags & FG_ORDINAL) ||
        (end < s->count && s->at[end].kind == TK_WORD && !(s->at[end].mask & ~LX_LEADS)) || tk_has(s, end, LX_NOUN))
        return 0;
    if (n > 3 && (tk_is(s, n - 1, LX_WORD, OF_CONJUNCTION, NULL) || tk_is(s, n - 1, LX_JOIN, OF_AND, NULL)) &&
        s->at[n - 2].kind == TK_WORD && !s->at[n - 2].space && s->at[n - 3].kind == TK_NUMBER)
        n -= 3; /* "on the 21st or 22nd" */
    const struct lx_meaning *m = tk_before(s, n, LX_WORD, &start);
    if (!m || m->of != OF_ARTICLE || !start ||
        (tk_has(s, end, LX_PERIOD) && tk_mean(s, end + 1, LX_OF, &of) && !tk_has(s, end + 1 + of, LX_MONTH)))
        return 0; /* also "on the 14th day of the strike" */
    return tk_is(s, start - 1, LX_WORD, OF_PREPOSITION, NULL) || tk_has(s, start - 1, LX_WEEKDAY) ||
           tk_mean(s, start - 1, LX_OF, NULL);
}

/* "le 23", "el 25,": an article that also leads in times alone before the number, and nothing counted behind it. */
static int day_by_article(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after;
    if (!s->lx->noun_after || !i || p != i + 1 || s->at[i].kind != TK_NUMBER || s->at[i].end - s->at[i].begin > 2 ||
        !tk_is(s, i - 1, LX_WORD, OF_ARTICLE, NULL))
        return 0;
    if (!tk_is(s, i - 1, LX_TIME, OF_DURING, NULL) || tk_has(s, i - 1, LX_RELATION) || tk_has(s, p, LX_UNIT))
        return 0;
    if (p >= s->count || tk_has(s, p, LX_WEEKDAY) || tk_has(s, p, LX_RELATIVE))
        return 1;
    if (s->at[p].kind == TK_SIGN)
        return tk_sign(s, p, ',') || tk_sign(s, p, '.') || tk_sign(s, p, '!') || tk_sign(s, p, '?') ||
               tk_sign(s, p, ')') || tk_sign(s, p, ';');
    uint32_t length;
    if (tk_is(s, p, LX_JOIN, OF_AND, &length) && p + length < s->count && s->at[p + length].kind == TK_WORD &&
        !tk_has(s, p + length, LX_CARDINAL) && !tk_is(s, p + length, LX_WORD, OF_ARTICLE, NULL))
        return 1; /* "le 5 et rentre le 12" */
    return s->at[p].kind == TK_WORD &&
           (tk_is(s, p, LX_WORD, OF_PREPOSITION, NULL) || tk_is(s, p, LX_WORD, OF_PRONOUN, NULL) ||
            tk_is(s, p, LX_WORD, OF_CONJUNCTION, NULL)) &&
           !tk_mean(s, p, LX_JOIN, NULL) && !tk_mean(s, p, LX_OF, NULL) && !tk_mean(s, p, LX_PER, NULL);
}

/* "am 27. 11.": day and month apart. */
static uint32_t day_and_month(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->number + 1;
    if (s->lx->decimal != ',' || !rj_small(f, 31) || !tk_sign(s, p, '.') || s->at[p].space || p + 2 >= s->count ||
        s->at[p + 1].kind != TK_NUMBER || s->at[p + 1].end - s->at[p + 1].begin > 2 || !tk_sign(s, p + 2, '.') ||
        s->at[p + 2].space)
        return 0;
    return p + 3;
}

/* "le 1er du mois prochain", "il 14 di questo mese"; the token after the month, or 0. */
static uint32_t of_month(const struct tks *s, uint32_t p, int said)
{
    uint32_t length;
    p = rj_suffix(s, p);
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
    if (p >= s->count || s->at[p].kind != TK_NUMBER || s->at[p].shape != SH_NUMERAL ||
        s->at[p].end - s->at[p].begin > 2)
        return q;
    end = rj_suffix(s, p + 1);
    return end >= s->count || (s->at[end].kind == TK_SIGN && !tk_sign(s, end, '%')) || s->at[end].mask & LX_BIT(LX_WORD)
               ? end
               : q;
}

/* September-2020-23; "día 25", "week 3". */
static int told_before(const struct tks *s, const struct figure *f)
{
    uint32_t n = f->number, p = f->after;
    if (n > 2 && tk_sign(s, n - 1, '-') && !s->at[n].space && s->at[n - 2].kind == TK_NUMBER &&
        s->at[n - 2].end - s->at[n - 2].begin == 4 && s->at[n - 3].kind == TK_SIGN)
        return 1;
    return n && tk_has(s, n - 1, LX_PERIOD) && !(s->at[n - 1].mask & LX_BIT(LX_NOUN)) && s->at[n].kind == TK_NUMBER &&
           !tk_has(s, p, LX_UNIT) && !tk_has(s, p, LX_NOUN) && !tk_sign(s, p, '%') && s->lx->suffixed == 0 &&
           (tk_is(s, n - 1, LX_PERIOD, OF_DAY, NULL) || tk_is(s, n - 1, LX_PERIOD, OF_WEEK, NULL));
}

/* "zwischen dem 3. und dem 12. September", "dal 10 al 20 di questo mese": q, where the first day ends. */
static uint32_t two_days(const struct tks *s, uint32_t q)
{
    uint32_t length, r = q, month;
    if (!tk_is(s, r, LX_JOIN, OF_AND, &length) && !tk_is(s, r, LX_JOIN, OF_TO, &length))
        return 0;
    r += length;
    if (tk_is(s, r, LX_WORD, OF_ARTICLE, &length))
        r += length;
    if (r >= s->count || s->at[r].kind != TK_NUMBER || s->at[r].end - s->at[r].begin > 2)
        return 0;
    if ((month = of_month(s, r + 1, 0)) != 0)
        return month;
    r = rj_suffix(s, r + 1);
    if (tk_mean(s, r, LX_OF, &length))
        r += length;
    return tk_mean(s, r, LX_MONTH, &length) && s->at[r].letters > 2 ? over_year(s, r + length) : 0;
}

/* "5 мая 2020 года", "5th of May", 23-2020-September: the month behind the day, which ends at q. */
static uint32_t month_behind(const struct tks *s, uint32_t q)
{
    uint32_t length;
    if (tk_mean(s, q, LX_OF, &length))
        q += length;
    if (q < s->count && !s->at[q].space && (tk_sign(s, q, '-') || tk_sign(s, q, '/')))
        q++;
    if (q + 2 < s->count && s->at[q].kind == TK_NUMBER && !s->at[q].space && tk_sign(s, q + 1, '-') &&
        tk_has(s, q + 2, LX_MONTH))
        return q + 3;
    if (!tk_mean(s, q, LX_MONTH, &length) || s->at[q].letters <= 2)
        return 0;
    return over_year(s, q + length);
}

/* "von Januar bis März 5 Menschen", "de enero a marzo 5 personas", "В декабре 11 человек": where the day goes before
 * the month, what follows the number is counted. */
int rj_counts(const struct tks *s, uint32_t p)
{
    if (p >= s->count || s->at[p].kind != TK_WORD || !s->at[p].space || s->at[p].letters < 4 || !th_content(s, p) ||
        tk_has(s, p, LX_MONTH) || tk_has(s, p, LX_WEEKDAY))
        return 0;
    return s->lx->noun_capital ? s->at[p].upper
                               : (s->lx->noun_after || s->lx->verb_last || s->at[p].cp >= 0x400) && !s->at[p].upper;
}

int rj_short_year(const struct tks *s, uint32_t i)
{
    const struct tk *t = s->at + i, *sign = t - 1, *lead = t - 2;
    if (i < 2 || s->lx->suffixed || t->kind != TK_NUMBER || t->space || t->end - t->begin != 2 || t->plain != 2 ||
        !tk_sign(s, i - 1, '\'') || !sign->space || lead->kind != TK_WORD)
        return 0;
    return lead->mask & (LX_BIT(LX_MONTH) | LX_BIT(LX_OF)) || tk_is(s, i - 2, LX_TIME, OF_DURING, NULL) ||
           tk_is(s, i - 2, LX_TIME, OF_SINCE, NULL) || tk_is(s, i - 2, LX_TIME, OF_UNTIL, NULL);
}

int rj_measures(const struct tks *s, uint32_t p)
{
    return tk_has(s, p, LX_UNIT) &&
           !(s->at[p].kind == TK_WORD && s->at[p].space && tk_is(s, p, LX_WORD, OF_PREPOSITION, NULL) &&
             p + 1 < s->count && (s->at[p + 1].kind == TK_WORD || s->at[p + 1].kind == TK_NUMBER));
}

/* "May 5", "May 5-7", "Avqustun 3-dən 7-dək": the month before the token n, where day or article start. */
static uint32_t month_before(const struct tks *s, const struct figure *f, uint32_t n)
{
    uint32_t start, p = f->after, q = rj_suffix(s, p);
    int named = s->lx->suffixed && n && tk_is(s, n - 1, LX_PERIOD, OF_MONTH, NULL);
    n -= (uint32_t)named; /* "may ayının 3-də" */
    if (!tk_before(s, n, LX_MONTH, &start) || s->at[s->at[n - 1].kind == TK_WORD ? n - 1 : start].letters < 3)
        return 0;
    if (start > 0 && !named && s->at[start].letters == 3 && !s->at[start].upper && over_year(s, p) == p)
        return 0;
    if (rj_measures(s, q) || tk_has(s, q, LX_CURRENCY) || tk_sign(s, p, '%') || rj_counts(s, p))
        return 0;
    if (tk_dash(s, q) && q + 1 < s->count && s->at[q + 1].kind == TK_NUMBER)
        q = rj_suffix(s, q + 2);
    else
        q = second_day(s, q);
    if (s->lx->suffixed && q > p && q < s->count && s->at[q].kind == TK_NUMBER && s->at[q].end - s->at[q].begin <= 2 &&
        rj_suffix(s, q + 1) > q + 1)
        return rj_suffix(s, q + 1);
    return over_year(s, q);
}

/* 5 May, 5th of May, 5 мая 2020 года; May 5, May 5-7. */
/* "on Friday seven wooden houses burned", "в среду двое его сыновей": something to count stands behind the number. */
static int counts_there(const struct tks *s, const struct figure *f, uint32_t p)
{
    if (s->lx->noun_capital)
        return p < s->count && s->at[p].upper && th_content(s, p);
    p += f->flags & FG_WORDS && tk_is(s, p, LX_WORD, OF_PRONOUN, NULL);
    return p < s->count && !s->lx->noun_after && s->at[p].kind == TK_WORD && s->at[p].space && !s->at[p].upper &&
           (f->flags & FG_WORDS || !s->lx->plural[0]) && th_content(s, p) &&
           !(s->at[p].mask & (LX_BIT(LX_PERIOD) | LX_BIT(LX_UNIT) | LX_BIT(LX_REJECT)));
}

/* "Mon 14°C", "Jan 12%": a unit written as a sign against the number. */
static int measured_by_sign(const struct tks *s, uint32_t p)
{
    uint32_t length;
    return p < s->count && s->at[p].kind == TK_SIGN && !s->at[p].space &&
           (tk_sign(s, p, '%') || (tk_mean(s, p, LX_UNIT, &length) && length > 1));
}

uint32_t rj_date(const struct tks *s, const struct figure *f)
{
    uint32_t start, to, n = f->number, p = f->after;
    if (measured_by_sign(s, p))
        return 0;
    const struct lx_meaning *next = s->lx->noun_after ? tk_mean(s, p, LX_RELATIVE, NULL) : NULL;
    if (next && next->number && (tk_has(s, p + 1, LX_PERIOD) || tk_has(s, p + 1, LX_UNIT)))
        return p + 2; /* "les 3 prochains jours", but "contre 104 000 cette année" */
    if (rj_short_year(s, n))
        return p;
    if (!rj_small(f, 31))
        return 0;
    if (told_before(s, f))
        return p;
    uint32_t q = rj_suffix(s, p);
    int sure = s->lx->noun_after && n && tk_is(s, n - 1, LX_WORD, OF_ARTICLE, NULL) &&
               tk_is(s, n - 1, LX_TIME, OF_DURING, NULL);
    if ((to = of_month(s, p, sure)) != 0 || (to = two_days(s, q)) != 0 || (to = month_behind(s, q)) != 0)
        return to;
    while (n > 1 && f->number - n < 6 &&
           (tk_is(s, n - 1, LX_WORD, OF_ARTICLE, NULL) || tk_mean(s, n - 1, LX_OF, NULL) || tk_sign(s, n - 1, ',')))
        n--;
    const struct lx_meaning *day = tk_before(s, n, LX_WEEKDAY, &start);
    int apart = tk_sign(s, q, ','); /* "quinta-feira, 4, às 8h" */
    if (day && (n == f->number || apart) && s->at[start].letters > 2 && !tk_has(s, p, LX_NOUN) &&
        !counts_there(s, f, p))
        return tk_sign(s, p, '-') && p + 1 < s->count && s->at[p + 1].kind == TK_NUMBER ? p + 2 : p;
    if (day_of_month(s, f) || day_by_article(s, f))
        return p;
    return (to = day_and_month(s, f)) != 0 ? to : month_before(s, f, n);
}

/* "2017 trimestre 1", "2017-quarter 3". */
uint32_t rj_part_of_year(const struct tks *s, const struct figure *f)
{
    uint32_t q = nb_hyphen(s, f->after), length;
    if (!rj_year(s, f) || !(tk_is(s, q, LX_PERIOD, OF_QUARTER, &length) || tk_is(s, q, LX_PERIOD, OF_HALF, &length)))
        return 0;
    uint32_t end = q + length;
    if (end < s->count && s->at[end].kind == TK_NUMBER && s->at[end].end - s->at[end].begin == 1)
        return end + 1;
    return th_english_like(s) && length == 1 && !tk_ends(s, q, LX_ENDS_PLURAL) ? end : 0; /* "the 1985 quarter" */
}

/* "2016 - 12 - 22". */
static uint32_t spaced_date(const struct tks *s, const struct figure *f)
{
    uint32_t p = f->after;
    if (!rj_year(s, f) || p + 3 >= s->count || !tk_sign(s, p, '-') || !s->at[p].space || !tk_sign(s, p + 2, '-') ||
        s->at[p + 1].kind != TK_NUMBER || s->at[p + 1].end - s->at[p + 1].begin != 2 ||
        s->at[p + 3].kind != TK_NUMBER || s->at[p + 3].end - s->at[p + 3].begin != 2)
        return 0;
    return p + 4;
}

static int is_year(const struct tks *s, uint32_t i)
{
    const struct figure year = {.number = i, .after = i + 1};
    return i < s->count && s->at[i].kind == TK_NUMBER && rj_year(s, &year);
}

/* The next sentence, behind the last token p, is or begins with a year. */
static int begins_with_year(const struct tks *s, uint32_t p)
{
    const char *at = s->text + s->at[p].end;
    return p + 1 == s->count && s->size - s->at[p].end > 5 && at[0] == ' ' &&
           (!memcmp(at + 1, "19", 2) || !memcmp(at + 1, "20", 2)) && sh_digit(at[3]) && sh_digit(at[4]) &&
           !sh_digit(at[5]);
}

/* "16.05. 2024" */
static uint32_t year_apart(const struct tks *s, const struct figure *f)
{
    const struct tk *t = s->at + f->number;
    const char *digit = s->text + t->begin;
    uint32_t p = f->after;
    if (t->kind != TK_NUMBER || t->end - t->begin != 5 || digit[2] != '.' || !tk_sign(s, p, '.') || s->at[p].space ||
        !(is_year(s, p + 1) || begins_with_year(s, p)))
        return 0;
    int day = (digit[0] - '0') * 10 + digit[1] - '0', month = (digit[3] - '0') * 10 + digit[4] - '0';
    return day >= 1 && day <= 31 && month >= 1 && month <= 12 ? (p + 1 < s->count ? p + 2 : p + 1) : 0;
}

/* "20 maja 2024": a month of another language, or one whose letters are broken. */
static uint32_t foreign_month(const struct tks *s, const struct figure *f)
{
    uint32_t v, p = f->after, digits = (uint32_t)rj_digits(s, f, &v);
    if (!digits || digits > 2 || !v || v > 31 || p + 1 >= s->count || s->at[p].kind != TK_WORD || s->at[p].mask ||
        s->at[p].letters < 3 || !is_year(s, p + 1))
        return 0;
    p += 2;
    return p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].mask & LX_BIT(LX_WORD) ? p : 0;
}

/* "la semana del 18": nothing counted behind it. */
static uint32_t in_week(const struct tks *s, const struct figure *f)
{
    uint32_t start, i = f->number, p = second_day(s, rj_suffix(s, f->after));
    if (!rj_small(f, 31) || !tk_before(s, i, LX_OF, &start) || !start || s->at[i].kind != TK_NUMBER)
        return 0;
    const struct lx_meaning *week = tk_before(s, start, LX_PERIOD, NULL);
    if (!week || week->of != OF_WEEK)
        return 0;
    return p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].mask & LX_BIT(LX_WORD) ? p : 0;
}

/* "12, 2016.": the month was cut off. */
static int cut_date(const struct tks *s, const struct figure *f)
{
    uint32_t v;
    const struct figure year = {.number = 2, .after = 3};
    return !f->number && rj_small(f, 31) && s->count >= 3 && tk_sign(s, 1, ',') && rj_digits(s, &year, &v) == 4 &&
           v >= 1400 && v <= 2150 && (s->count == 3 || s->at[3].kind == TK_SIGN);
}

/* "na sexta 13", "jusqu'au 12" */
static int behind_dated(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after, start;
    if (!i || !s->at[i].space || (i > 1 && tk_sign(s, i - 2, '-')))
        return 0;
    const struct lx_meaning *dated = tk_before(s, i, LX_REJECT, &start);
    return dated && dated->of == OF_DATED && rj_small(f, 31) && !day_and_month(s, f) &&
           (p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].mask & LX_BIT(LX_WORD));
}

/* "8 a.m. - 3", "10:30 to 3", "6-8 next Monday": where the hours end; 0: they are none. */
static uint32_t loose_hours(const struct tks *s, const struct figure *f)
{
    uint32_t i = f->number, p = f->after, start;
    int joined =
        i > 1 && (tk_is(s, i - 1, LX_JOIN, OF_TO, NULL) || tk_is(s, i - 1, LX_JOIN, OF_AND, NULL) || tk_dash(s, i - 1));
    const struct lx_meaning *hour = joined ? tk_before(s, i - 1, LX_REJECT, &start) : NULL;
    if (hour && hour->of == OF_CLOCK && !tk_has(s, p, LX_NOUN) && !tk_has(s, p, LX_UNIT) && !tk_sign(s, p, '%'))
        return p; /* "8 a.m. - 3" */
    return joined && s->at[i - 2].kind == TK_SKIP && s->at[i - 2].shape == SH_CLOCK && !tk_has(s, p, LX_NOUN) ? p : 0;
}

/* Words and years that make a date without the name of a month beside the number: "April of 87", "Friday 7.6",
 * "6 April seventeen hundred thirty-three", "10:30 to 3", "6-8 next Monday". */
uint32_t rj_loose_date(const struct tks *s, const struct figure *f)
{
    uint32_t v, i = f->number, p = f->after, to;
    if (cut_date(s, f))
        return 3;
    if (behind_dated(s, f))
        return p;
    if ((to = spaced_date(s, f)) != 0 || (to = year_apart(s, f)) != 0 || (to = foreign_month(s, f)) != 0 ||
        (to = in_week(s, f)) != 0)
        return to;
    if (f->flags & FG_ORDINAL && s->at[i].kind == TK_NUMBER && rj_small(f, 31) && s->lx->noun_capital && i &&
        tk_is(s, i - 1, LX_WORD, OF_PREPOSITION, NULL) && tk_has(s, p, LX_ORDINAL) && !s->at[p].upper)
        return p + 1; /* "am 7. vierten" */
    if (f->flags & FG_ORDINAL && rj_small(f, 31) && s->lx->decimal == ',' && p + 1 < s->count &&
        s->at[p].kind == TK_NUMBER && s->at[p].end - s->at[p].begin <= 2 && tk_sign(s, p + 1, '.') &&
        !s->at[p + 1].space)
        return p + 2; /* "am siebten 4." */
    if (i > 1 && tk_mean(s, i - 1, LX_OF, NULL) && tk_has(s, i - 2, LX_MONTH) && rj_digits(s, f, &v) == 2 &&
        (v > 31 || v < 10))
        return p; /* "April of 87", but "von September an 26 Stunden" */
    if (i && tk_has(s, i - 1, LX_WEEKDAY) && s->at[i - 1].letters > 3 && f->value.exponent < 0 &&
        s->at[i].kind == TK_NUMBER && rj_small(f, 31) == 0 && s->at[i].end - s->at[i].begin <= 5 &&
        (p >= s->count || s->at[p].kind == TK_SIGN || s->at[p].mask & LX_BIT(LX_WORD)))
        return p;
    if (i && f->flags & FG_WORDS && !(f->flags & (FG_ORDINAL | FG_DIGITS)) && tk_has(s, i - 1, LX_MONTH) &&
        f->value.exponent >= 0 && assay_decimal_above(&f->value, 1399) && !assay_decimal_above(&f->value, 2150))
        return p;
    return rj_small(f, 24) && !(f->flags & FG_ORDINAL) ? loose_hours(s, f) : 0;
}
