/* SPDX-License-Identifier: Apache-2.0
 *
 * One part of a period: "2019", "3 May", "the first quarter of 2020", "the 1990s", "17.05.2024". What says no year of
 * its own is placed against the publication date; without one it is left open.
 */
#include <string.h>

#include "month.h"
#include "reject.h"
#include "shape.h"

#define WEEKS_AHEAD 21u /* days */

int pr_number(const struct tks *s, uint32_t i, uint32_t *value)
{
    if (i >= s->count || s->at[i].kind != TK_NUMBER || s->at[i].shape != SH_NUMERAL ||
        s->at[i].end - s->at[i].begin > 4)
        return 0;
    uint32_t v = 0;
    for (uint32_t p = s->at[i].begin; p < s->at[i].end; p++) {
        if (s->text[p] < '0' || s->text[p] > '9')
            return 0;
        v = v * 10 + (uint32_t)(s->text[p] - '0');
    }
    *value = v;
    return (int)(s->at[i].end - s->at[i].begin);
}

uint32_t pr_suffix_end(const struct tks *s, uint32_t i)
{
    if (i < s->count && !s->at[i].space && (tk_sign(s, i, '\'') || tk_sign(s, i, '-')) && i + 1 < s->count &&
        s->at[i + 1].kind == TK_WORD && !s->at[i + 1].space && s->at[i + 1].letters <= 4 && !tk_has(s, i + 1, LX_MONTH))
        return i + 2;
    return i;
}

/* A year at i, with its suffix and "года". 0: none. */
static uint32_t year_at(const struct tks *s, uint32_t i, uint32_t *year)
{
    uint32_t length, mark = i + (uint32_t)(tk_sign(s, i, '\'') != 0);
    if (mark < s->count && s->at[mark].plain == 2 && rj_short_year(s, mark)) { /* "'98" */
        *year = s->at[mark].value + (s->at[mark].value < 40 ? 2000 : 1900);
        return mark + 1;
    }
    if (pr_number(s, i, year) != 4 || *year < 1400 || *year >= 2150)
        return 0;
    uint32_t p = pr_suffix_end(s, i + 1);
    if (tk_is(s, p, LX_TIME, OF_MARK, &length)) {
        p += length;
        if (tk_sign(s, p, '.') && !s->at[p].space && s->at[p - 1].letters <= 2 && p + 1 < s->count)
            p++;
        return p;
    }
    if (rj_measures(s, i + 1) || tk_has(s, i + 1, LX_CURRENCY) || tk_has(s, i + 1, LX_SCALE) ||
        (!s->lx->noun_after && tk_is(s, i + 1, LX_REJECT, OF_STREET, NULL)))
        return 0;
    return p;
}

static void span_dates(struct part *p, int32_t year, uint32_t m1, uint32_t m2)
{
    p->from = (struct assay_date){year, m1, 0};
    p->to = (struct assay_date){year, m2, 0};
}

/* Year of a month or quarter without one: the latest that does not lie after the publication. */
int32_t pr_near_year(const struct tks *s, uint32_t i, struct assay_date published, uint32_t month)
{
    uint32_t start;
    const struct lx_meaning *lead = month < published.month ? tk_before(s, i, LX_TIME, &start) : NULL;
    if (lead && (lead->of == OF_UNTIL || start + 1 == i) && tk_is(s, start, LX_TIME, OF_UNTIL, NULL) &&
        fr_ahead(s, i)) /* in November: "promised ... by March" */
        return published.year + 1;
    if (published.month && month + 7 <= published.month &&
        fr_ahead(s, i)) /* in October: "expected to rise in January" */
        return published.year + 1;
    /* in a sentence about what is to come, a later month is that of this year */
    if (!published.month || month <= published.month)
        return published.year;
    return fr_ahead(s, i) ? published.year : published.year - 1;
}

static uint32_t over_of(const struct tks *s, uint32_t i)
{
    uint32_t length;
    if (tk_mean(s, i, LX_OF, &length) && !tk_has(s, i, LX_MONTH))
        i += length;
    else if (tk_sign(s, i, ',') || tk_is(s, i, LX_TIME, OF_DURING, NULL))
        i++;
    if (tk_is(s, i, LX_WORD, OF_ARTICLE, &length))
        i += length;
    return i;
}

uint32_t pr_year_behind(const struct tks *s, uint32_t i, struct assay_date published, int32_t *year)
{
    uint32_t q = over_of(s, i), digits, relative, length;
    const int behind = (s->lx->noun_after || s->lx->noun_capital) && q > i; /* "del año 2017", "des Jahres 2024" */
    uint32_t mark = behind && tk_is(s, q, LX_TIME, OF_MARK, &length) ? over_of(s, q + length) : q;
    uint32_t end = year_at(s, mark, &digits);
    if (end) {
        *year = (int32_t)digits;
        return end;
    }
    const struct lx_meaning *m = published.year ? tk_mean(s, q, LX_RELATIVE, &relative) : NULL;
    if (published.year && s->lx->noun_after && q > i &&
        tk_is(s, q, LX_PERIOD, OF_YEAR, &length)) { /* "del año pasado" */
        m = tk_mean(s, q + length, LX_RELATIVE, &relative);
    } else if (m && !tk_is(s, q + relative, LX_PERIOD, OF_YEAR, &length)) {
        m = NULL;
    }
    if (!m)
        return 0;
    *year = published.year + (int32_t)m->number;
    return q + relative + length;
}

/* 1 where the day of the next month is at most so many days ahead that it, and not the one a year ago, is meant. */
static int next_weeks(struct assay_date published, uint32_t day)
{
    return assay_days_in_month(published.year, published.month) - published.day + day <= WEEKS_AHEAD;
}

/* [day] month [year]; 0: none, 2: its year is not known. */
static int month_part(const struct tks *s, uint32_t i, struct assay_date published, struct part *to)
{
    struct month m;
    int32_t year;
    if (!pr_month(s, i, &m))
        return 0;
    int told = s->lx->suffixed && m.end == m.at + 1 && tk_ends(s, m.at, LX_ENDS_AT); /* "ekimde geçen yıla göre" */
    to->end = told ? 0 : pr_year_behind(s, m.end, published, &year);
    to->has_year = to->end != 0;
    if (!to->has_year) {
        to->end = m.end;
        if (m.doubtful && !m.day)
            return 0;
        if (!published.year)
            return 2;
        year = pr_near_year(s, i, published, m.month);
        if (m.day && published.month && published.day && m.month == published.month % 12 + 1 &&
            next_weeks(published, m.day))
            year = published.year + (m.month == 1); /* in the middle of August: "school starts on 1 September" */
        year += m.day && year == published.year && published.month > m.month + 3 &&
                fr_ahead(s, i); /* in December: "from 1 January" */
    }
    if (m.day > assay_days_in_month(year, m.month))
        m.day = 0;
    to->from = to->to = (struct assay_date){year, m.month, m.day};
    return 1;
}

/* I, II, III, IV */
static uint32_t roman(const struct tks *s, uint32_t i)
{
    const char *t = s->text + s->at[i].begin;
    uint32_t size = s->at[i].end - s->at[i].begin;
    if (!s->at[i].upper || s->at[i].letters > 3 || s->at[i].kind != TK_WORD)
        return 0;
    return size == 1 && *t == 'I'              ? 1
           : size == 2 && !memcmp(t, "II", 2)  ? 2
           : size == 3 && !memcmp(t, "III", 3) ? 3
           : size == 2 && !memcmp(t, "IV", 2)  ? 4
                                               : 0;
}

/* A part of a year: the k-th of so many months, told up to token `end`. */
struct part_year {
    uint32_t k, months, end;
};

/* "Q1", "H2", "T3" */
static int short_part(const struct tks *s, uint32_t i, struct part_year *to)
{
    const struct tk *t = s->at + i;
    uint32_t k;
    if (t->kind != TK_WORD || t->letters != 1 || !t->upper || i + 1 >= s->count || s->at[i + 1].space ||
        pr_number(s, i + 1, &k) != 1 || !k)
        return 0;
    to->months = t->cp == 'q' || tk_is(s, i, LX_PERIOD, OF_QUARTER, NULL) ? 3 : t->cp == 'h' ? 6 : 0;
    to->k = k;
    to->end = i + 2;
    return to->months && k * to->months <= 12 &&
           (to->end >= s->count || s->at[to->end].space || s->at[to->end].kind == TK_SIGN);
}

/* "first quarter", "third-quarter", "I квартал", "1-м полугодии" */
static int long_part(const struct tks *s, uint32_t i, struct part_year *to)
{
    uint32_t length = 1, p = i, k = 0;
    const struct lx_meaning *m = tk_mean(s, i, LX_ORDINAL, &length);
    if (m && m->number >= 1 && m->number <= 12 && !m->power) {
        k = (uint32_t)m->number;
        p = nb_hyphen(s, i + length);
    } else if (pr_number(s, i, &k) && k >= 1 && k <= 12) {
        p = pr_suffix_end(s, i + 1);
        if (p == i + 1 && tk_has(s, p, LX_ORDINAL) && !s->at[p].space)
            p++;
        if (p == i + 1 && tk_sign(s, p, '.') && !s->at[p].space)
            p++;
    } else if ((k = roman(s, i)) != 0) {
        p = pr_suffix_end(s, i + 1);
    }
    if (!k)
        return 0;
    to->k = k;
    uint32_t row;
    if (tk_is(s, p, LX_REJECT, OF_NAME, &row) && row > 1)
        return 0; /* "troisième trimestre d'affilée" */
    to->months = tk_is(s, p, LX_PERIOD, OF_QUARTER, &length) ? 3 : tk_is(s, p, LX_PERIOD, OF_HALF, &length) ? 6 : 0;
    if (to->months == 6 && p > i + 1 && tk_sign(s, p - 1, '-') && !s->at[p - 1].space)
        return 0; /* "first-half shots" */
    to->end = to->months ? pr_suffix_end(s, p + length) : p;
    return to->months && k * to->months <= 12;
}

/* The same with the year behind. */
static int part_of_year(const struct tks *s, uint32_t i, struct assay_date published, struct part *to)
{
    int32_t year;
    struct part_year a;
    if (!short_part(s, i, &a) && !long_part(s, i, &a))
        return 0;
    uint32_t before;
    to->end = pr_year_behind(s, a.end, published, &year);
    to->has_year = to->end != 0;
    if (!to->has_year && i && th_english_like(s) && year_at(s, i - 1, &before) == i) { /* "the 1986 fourth quarter" */
        to->has_year = to->opens = 1;
        to->begin = i - 1;
        to->end = a.end;
        year = (int32_t)before;
    }
    if (!to->has_year) {
        to->end = a.end;
        if (!published.year)
            return 0;
        year = pr_near_year(s, i, published, a.k * a.months); /* one that is not over is not told of */
    }
    span_dates(to, year, (a.k - 1) * a.months + 1, a.k * a.months);
    return 1;
}

/* 17.05.2024, 2024-05-17, 5/17/2024, 2019/20. */
static int digits_date(const struct tks *s, uint32_t i, struct part *to)
{
    uint32_t v[3] = {0}, size[3] = {0}, n = 0;
    if (s->at[i].kind != TK_SKIP || s->at[i].shape != SH_DATE)
        return 0;
    char sep = 0;
    for (uint32_t p = s->at[i].begin; p < s->at[i].end && n < 3; n++) {
        while (p < s->at[i].end && sh_digit(s->text[p])) {
            v[n] = v[n] * 10 + (uint32_t)(s->text[p++] - '0');
            size[n]++;
        }
        if (p < s->at[i].end && !sep)
            sep = s->text[p];
        p++;
    }
    uint32_t y, m = 0, d = 0, length;
    to->has_year = 1;
    to->end = i + 1;
    if (size[0] == 4) {
        y = v[0];
        if (sep == '/' && n == 2) { /* 2019/20 */
            to->from = (struct assay_date){(int32_t)y, 0, 0};
            to->to = (struct assay_date){(int32_t)y + 1, 0, 0};
            return 1;
        }
        m = v[1];
        d = n > 2 ? v[2] : 0;
    } else {
        y = v[n - 1] < 100 ? v[n - 1] + (v[n - 1] < 70 ? 2000 : 1900) : v[n - 1];
        m = n == 2 ? v[0] : v[1];
        d = n == 2 ? 0 : v[0];
        if (m > 12) {
            uint32_t swap = m;
            m = d;
            d = swap;
        } else if (sep == '/' && s->lx->decimal == '.' && s->lx->group == ',' && n == 3) {
            uint32_t swap = m; /* month first, as in en */
            m = d;
            d = swap;
        }
    }
    if (m < 1 || m > 12 || d > assay_days_in_month((int32_t)y, m))
        return 0;
    to->from = to->to = (struct assay_date){(int32_t)y, m, d};
    if (tk_is(s, to->end, LX_TIME, OF_MARK, &length))
        to->end += length;
    return 1;
}

#define OWNER_REACH 4u

/* "in his 30s", "in her mid-40s": the tens belong to somebody, and are years of age. */
static int tens_of_somebody(const struct tks *s, uint32_t i)
{
    for (uint32_t k = 1; k <= OWNER_REACH && k <= i && s->at[i - k].kind != TK_NUMBER; k++) {
        if (tk_is(s, i - k, LX_WORD, OF_PRONOUN, NULL))
            return 1;
        if (tk_is(s, i - k, LX_WORD, OF_ARTICLE, NULL) || tk_is(s, i - k, LX_WORD, OF_PREPOSITION, NULL))
            return 0;
    }
    return 0;
}

/* "anni Novanta", "años noventa": the tens at token i, told in one word; 0: none. */
static uint32_t tens_in_word(const struct tks *s, uint32_t i)
{
    uint32_t length;
    const struct lx_meaning *m = tk_mean(s, i, LX_CARDINAL, &length);
    int tens = m && length == 1 && !m->power && m->over <= 1 && m->number >= 30 && m->number <= 90;
    return tens ? (uint32_t)m->number : 0;
}

/* "the 1990s", "den 90er-Jahren", "années 1990", "90-х": the token behind the decade at i; 0: none. */
static uint32_t decade_at(const struct tks *s, uint32_t i, struct part *to)
{
    uint32_t value, start, p = i + 1, word = 0;
    int size = pr_number(s, i, &value);
    if (!size && (value = word = tens_in_word(s, i)) != 0)
        size = 2;
    if ((size != 4 && size != 2) || value % 10 || (size == 4 ? value < 1400 || value > 2100 : value < 30))
        return 0;
    p += p + 1 < s->count && !s->at[p].space && !s->at[p + 1].space && (tk_sign(s, p, '-') || tk_sign(s, p, '\''));
    int behind = !word && p < s->count && !s->at[p].space && tk_is(s, p, LX_REJECT, OF_TENS, NULL);
    uint32_t lead = i - (i && tk_sign(s, i - 1, '\''));
    const struct lx_meaning *before = tk_before(s, lead, LX_REJECT, &start);
    if (!behind && !(before && before->of == OF_TENS && !tk_has(s, i + 1, LX_UNIT) && !tk_has(s, i + 1, LX_NOUN)))
        return 0;
    if (size == 2 && tens_of_somebody(s, i))
        return 0;
    int32_t from = (int32_t)(value < 100 ? 1900 + value : value);
    to->from = (struct assay_date){from, 0, 0};
    to->to = (struct assay_date){from + 9, 0, 0};
    to->has_year = 1;
    to->end = behind ? p + 1 : i + 1;
    return to->end;
}

int pr_one(const struct tks *s, uint32_t i, struct assay_date published, struct assay_date before, struct part *to)
{
    uint32_t year, end;
    memset(to, 0, sizeof *to);
    if (i >= s->count)
        return 0;
    if (digits_date(s, i, to) || pr_first_months(s, i, published, to) || pr_season(s, i, published, to) ||
        part_of_year(s, i, published, to))
        return 1;
    int found = month_part(s, i, published, to);
    if (found)
        return found;
    if (decade_at(s, i, to))
        return 1;
    if ((end = year_at(s, i, &year)) != 0) {
        to->from = to->to = (struct assay_date){(int32_t)year, 0, 0};
        to->end = end;
        to->has_year = 1;
        to->opens = (uint32_t)rj_short_year(s, i);
        to->begin = i - to->opens;
        uint32_t q = end, second;
        if (q + 1 < s->count && tk_dash(s, q) &&
            (pr_number(s, q + 1, &second) == 4 || pr_number(s, q + 1, &second) == 2)) {
            if (second < 100)
                second += year / 100 * 100;
            if (second > year && second < 2150) {
                to->to.year = (int32_t)second;
                to->end = year_at(s, q + 1, &second) ? year_at(s, q + 1, &second) : q + 2;
            }
        }
        return 1;
    }
    return pr_relative(s, i, published, before, to);
}
