/* SPDX-License-Identifier: Apache-2.0
 *
 * Periods: dates, months, years, "last year", "the first quarter of 2020", "since 2007", "January to April". What says
 * no year of its own is placed against the publication date; without one it is left open.
 */
#include <string.h>

#include "noun.h"
#include "period.h"
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

static uint32_t suffix_end(const struct tks *s, uint32_t i)
{
    if (i < s->count && !s->at[i].space && (tk_sign(s, i, '\'') || tk_sign(s, i, '-')) && i + 1 < s->count &&
        s->at[i + 1].kind == TK_WORD && !s->at[i + 1].space && s->at[i + 1].letters <= 4 && !tk_has(s, i + 1, LX_MONTH))
        return i + 2;
    return i;
}

/* "1800 x 1920": a sign of times with a number on its other side. */
static int multiplied(const struct tks *s, uint32_t i)
{
    const int x = i < s->count && ((s->at[i].kind == TK_WORD && s->at[i].letters == 1 && s->at[i].cp == 'x') ||
                                   tk_sign(s, i, 0xd7) || tk_sign(s, i, '*'));
    return x && i && i + 1 < s->count && s->at[i - 1].kind == TK_NUMBER && s->at[i + 1].kind == TK_NUMBER;
}

/* A year at i, with its suffix and "года". 0: none. */
static uint32_t year_at(const struct tks *s, uint32_t i, uint32_t *year)
{
    uint32_t length;
    if (pr_number(s, i, year) != 4 || *year < 1400 || *year >= 2150)
        return 0;
    uint32_t p = suffix_end(s, i + 1);
    if (tk_is(s, p, LX_TIME, OF_MARK, &length)) {
        p += length;
        if (tk_sign(s, p, '.') && !s->at[p].space && s->at[p - 1].letters <= 2 && p + 1 < s->count)
            p++;
        return p;
    }
    if (multiplied(s, i + 1) || (i && multiplied(s, i - 1)))
        return 0;
    if (tk_has(s, i + 1, LX_UNIT) || tk_has(s, i + 1, LX_CURRENCY) || tk_has(s, i + 1, LX_SCALE) ||
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

/* A month with its day, before a year is looked for. */
struct month {
    uint32_t month, day, at, end; /* at: the month's token; end: the token after both */
    int doubtful;                 /* "sept": a month only with a day or year */
};

/* "3 May", "3. Mai", "3rd of May": the token of the month behind its day, which starts at i; i: there is no day. */
static uint32_t over_day(const struct tks *s, uint32_t i, uint32_t *day)
{
    uint32_t length, p = suffix_end(s, i + 1);
    if (!pr_number(s, i, day) || *day < 1 || *day > 31)
        return i;
    if (p == i + 1 && tk_sign(s, p, '.') && !s->at[p].space)
        p++;
    if (p < s->count && !s->at[p].space && tk_has(s, p, LX_ORDINAL))
        p++;
    return tk_mean(s, p, LX_OF, &length) ? p + length : p;
}

/* A word with a capital that means nothing else. */
static int unknown_name(const struct tks *s, uint32_t i)
{
    return i < s->count && s->at[i].kind == TK_WORD && s->at[i].upper == 1 && !(s->at[i].mask & ~LX_LEADS);
}

/* "June Smith, 45", "Mr March paid", "Theresa May has": a name, where nothing says a time. */
static int is_name(const struct tks *s, const struct month *m, uint32_t length)
{
    const uint32_t i = m->at, p = i + length;
    if (m->day || length > 1 || !th_english_like(s) || s->at[i].upper != 1)
        return 0;
    if (i && s->at[i].space && s->at[i - 1].upper && tk_before(s, i, LX_TITLE, NULL))
        return 1;
    if (i && tk_before(s, i, LX_TIME, NULL))
        return 0;
    if (i && s->at[i].space && unknown_name(s, i - 1) &&
        (tk_is(s, p, LX_WORD, OF_AUXILIARY, NULL) || tk_is(s, p, LX_SPEECH, OF_VERB, NULL)))
        return 1;
    return unknown_name(s, p) && s->at[p].space && p + 1 < s->count && !s->at[p + 1].upper &&
           !tk_has(s, i ? i - 1 : i + s->count, LX_RELATIVE);
}

/* "Jan Weber", "so" in a language that writes months small */
static int no_month(const struct tks *s, const struct month *m, uint32_t length)
{
    const struct tk *t = s->at + m->at, *next = m->at + length < s->count ? t + length : NULL;
    if (is_name(s, m, length))
        return 1;
    if (t->letters <= 3 && !t->upper && s->lx->apostrophe == 0 && t->cp < 0x80)
        return !s->lx->suffixed || !tk_is(s, m->at + length, LX_PERIOD, OF_MONTH, NULL); /* "may ayında" */
    return !m->day && t->letters <= 3 && t->upper && next && next->kind == TK_WORD && next->upper == 1 && next->space;
}

/* A number that is the day behind its month: no "March 4-1 win", no "May 12 million". */
static int day_behind(const struct tks *s, uint32_t p, uint32_t *day)
{
    int owned = !s->lx->suffixed && p > 1 && s->at[p - 1].kind == TK_WORD && !s->at[p - 1].space &&
                tk_sign(s, p - 2, '\''); /* "since February's 4-1 win" */
    if (owned || !pr_number(s, p, day) || *day < 1 || *day > 31 || s->at[p].end - s->at[p].begin > 2)
        return 0;
    return s->at[p].kind != TK_NUMBER ||
           !(tk_has(s, p + 1, LX_UNIT) || tk_has(s, p + 1, LX_CURRENCY) || tk_has(s, p + 1, LX_SCALE) ||
             tk_has(s, p + 1, LX_NOUN) || rj_counts(s, p + 1));
}

/* [day] month [day]; 0: none. */
static int read_month(const struct tks *s, uint32_t i, struct month *to)
{
    uint32_t length, late;
    *to = (struct month){.at = i};
    const struct lx_meaning *m = tk_mean(s, i, LX_MONTH, &length);
    if (!m && (to->at = over_day(s, i, &to->day)) != i)
        m = tk_mean(s, to->at, LX_MONTH, &length);
    if (!m || no_month(s, to, length))
        return 0;
    to->month = (uint32_t)m->number;
    to->doubtful = !to->day && tk_has(s, to->at, LX_CARDINAL);
    uint32_t p = suffix_end(s, to->at + length);
    if (tk_sign(s, p, '.') && !s->at[p].space && s->at[p - 1].letters <= 4 && p + 1 < s->count &&
        s->at[p + 1].kind == TK_NUMBER)
        p++;
    if (!to->day && day_behind(s, p, &late)) {
        to->day = late;
        p++;
        if (p < s->count && !s->at[p].space && tk_has(s, p, LX_ORDINAL))
            p++;
    }
    to->end = p;
    return 1;
}

uint32_t pr_year_behind(const struct tks *s, uint32_t i, struct assay_date published, int32_t *year)
{
    uint32_t q = over_of(s, i), digits, relative, length;
    uint32_t mark = s->lx->noun_after && q > i && tk_is(s, q, LX_TIME, OF_MARK, &length) ? over_of(s, q + length)
                                                                                         : q; /* "del año 2017" */
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
    if (!read_month(s, i, &m))
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
        p = suffix_end(s, i + 1);
        if (p == i + 1 && tk_has(s, p, LX_ORDINAL) && !s->at[p].space)
            p++;
        if (p == i + 1 && tk_sign(s, p, '.') && !s->at[p].space)
            p++;
    } else if ((k = roman(s, i)) != 0) {
        p = suffix_end(s, i + 1);
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
    to->end = to->months ? suffix_end(s, p + length) : p;
    return to->months && k * to->months <= 12;
}

/* The same with the year behind. */
static int part_of_year(const struct tks *s, uint32_t i, struct assay_date published, struct part *to)
{
    int32_t year;
    struct part_year a;
    if (!short_part(s, i, &a) && !long_part(s, i, &a))
        return 0;
    to->end = pr_year_behind(s, a.end, published, &year);
    to->has_year = to->end != 0;
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
        while (p < s->at[i].end && s->text[p] >= '0' && s->text[p] <= '9') {
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

/* "the 1990s", "den 90er-Jahren", "années 1990", "90-х": the token behind the decade at i; 0: none. */
static uint32_t decade_at(const struct tks *s, uint32_t i, struct part *to)
{
    uint32_t value, start, p = i + 1;
    int size = pr_number(s, i, &value);
    if ((size != 4 && size != 2) || value % 10 || (size == 4 ? value < 1400 || value > 2100 : value < 30))
        return 0;
    p += p + 1 < s->count && !s->at[p].space && !s->at[p + 1].space && (tk_sign(s, p, '-') || tk_sign(s, p, '\''));
    int behind = p < s->count && !s->at[p].space && tk_is(s, p, LX_REJECT, OF_TENS, NULL);
    uint32_t lead = i - (i && tk_sign(s, i - 1, '\''));
    const struct lx_meaning *before = tk_before(s, lead, LX_REJECT, &start);
    if (!behind && !(before && before->of == OF_TENS && !tk_has(s, i + 1, LX_UNIT) && !tk_has(s, i + 1, LX_NOUN)))
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
    if (digits_date(s, i, to) || pr_first_months(s, i, published, to) || part_of_year(s, i, published, to))
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
        uint32_t q = end, second;
        if (q + 1 < s->count && (tk_sign(s, q, '-') || tk_sign(s, q, 0x2013)) &&
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

static int overlaps_figure(const struct tks *s, uint32_t i, const struct part *p)
{
    /* "2000 people": a bare number is a year only where the figures left it alone; the caller looks at that */
    return p->end <= i || i >= s->count;
}

/* "the lowest level since 2012", "the busiest month since records began in 1986": of what was then nothing is said. */
static int of_record(const struct tks *s, uint32_t start, uint32_t end, const struct lx_meaning *lead)
{
    if (s->lx->verb_last && end && end < s->count && tk_is(s, end, LX_TIME, OF_RECORD, NULL) && np_genitive(s, end - 1))
        return 1;           /* "son iki yılın en yüksek seviyesi" */
    if (s->lx->verb_last) { /* "2012'den bu yana en düşük" */
        for (uint32_t i = end; lead && lead->of == OF_SINCE && i < end + 3 && i < s->count && s->at[i].kind == TK_WORD;
             i++)
            if (tk_is(s, i, LX_TIME, OF_RECORD, NULL))
                return 1;
        return 0;
    }
    for (uint32_t k = 0; lead && lead->of == OF_DURING && k < 3 && start > 0; k++)
        if (s->at[--start].kind != TK_WORD)
            return 0;
        else if (tk_is(s, start, LX_TIME, OF_SINCE, NULL))
            lead = tk_is(s, start, LX_TIME, OF_SINCE, NULL);
    for (uint32_t i = start; lead && lead->of == OF_SINCE && i-- > 0 && start - i <= 6 && s->at[i].kind == TK_WORD;)
        if (tk_is(s, i, LX_TIME, OF_RECORD, NULL))
            return 1;
    return 0;
}

/* A word that says both ("from"): against what was, where a change is told ("up 5% from 2023"). */
static const struct lx_meaning *since_or_against(const struct tks *s, uint32_t start, const struct lx_meaning *lead)
{
    uint32_t change = 0, number = 0;
    const struct lx_meaning *since = lead ? tk_is(s, start, LX_TIME, OF_SINCE, NULL) : NULL,
                            *against = lead ? tk_is(s, start, LX_TIME, OF_AGAINST, NULL) : NULL;
    if (!since || !against)
        return lead;
    for (uint32_t i = start; i-- > 0 && start - i <= 6 && !(change && number);) {
        change |= tk_has(s, i, LX_CHANGE);
        number += s->at[i].kind == TK_NUMBER;
    }
    return change && number ? against : since;
}

/* "the same", "period", "of", "the" */
static int is_same(const struct tks *s, uint32_t i)
{
    return tk_sign(s, i, '\'') ||
           (s->at[i].kind == TK_WORD && (tk_is(s, i, LX_TIME, OF_SAME, NULL) || tk_has(s, i, LX_PERIOD) ||
                                         tk_has(s, i, LX_OF) || tk_is(s, i, LX_WORD, OF_ARTICLE, NULL)));
}

/* "compared with the same period of", "geçen yılın aynı dönemine göre": the word of comparison past them. NULL: there
 * is none. */
static const struct lx_meaning *set_against(const struct tks *s, const struct found *f, uint32_t *start)
{
    const struct lx_meaning *m;
    uint32_t i = s->lx->verb_last ? suffix_end(s, f->part.end) : f->begin, same = 0, begin;
    for (uint32_t k = 0; k < 8; k++) {
        if (s->lx->verb_last ? (m = tk_is(s, i, LX_TIME, OF_AGAINST, NULL)) != NULL
                             : (m = tk_before(s, i, LX_TIME, &begin)) != NULL && m->of == OF_AGAINST) {
            *start = s->lx->verb_last ? f->begin : begin;
            return same || k <= 3 ? m : NULL;
        }
        uint32_t at = s->lx->verb_last ? i : m && m->of == OF_SAME ? begin : i - 1;
        if (at >= s->count || !is_same(s, at))
            return NULL;
        same |= tk_is(s, at, LX_TIME, OF_SAME, NULL) != NULL;
        i = s->lx->verb_last ? suffix_end(s, i + 1) : at;
    }
    return NULL;
}

/* "since", "until", "during" ...: before the period, or behind it where verbs come last. *start: its token. */
static const struct lx_meaning *lead_of(const struct tks *s, struct found *f, uint32_t *start)
{
    uint32_t length, outer;
    const struct lx_meaning *more, *lead = tk_before(s, f->begin, LX_TIME, start);
    if (lead && (lead->of == OF_EARLIER || lead->of == OF_AGO || lead->of == OF_MARK) &&
        tk_is(s, *start, LX_TIME, OF_UNTIL, NULL))
        lead = tk_is(s, *start, LX_TIME, OF_UNTIL, NULL); /* "before the end of the year" */
    if (s->lx->verb_last) { /* "2030'a kadar" */
        uint32_t after = suffix_end(s, f->part.end);
        lead = tk_mean(s, after, LX_TIME, &length);
        *start = f->begin;
        if (lead && (lead->of == OF_SINCE || lead->of == OF_UNTIL))
            f->part.end = after + length;
        else if (f->part.end > f->begin && tk_is(s, f->part.end - 1, LX_TIME, OF_UNTIL, NULL))
            lead = tk_is(s, f->part.end - 1, LX_TIME, OF_UNTIL, NULL); /* "2030-cu ilədək" */
    }
    if (!lead && f->begin > 0 && tk_is(s, f->begin - 1, LX_WORD, OF_ARTICLE, NULL))
        lead = tk_before(s, f->begin - 1, LX_TIME, start);
    if (lead && lead->of == OF_BACK && (more = tk_before(s, *start, LX_TIME, &outer)) != NULL &&
        more->of == OF_AGAINST) { /* "niedriger als vor fünf Jahren" */
        *start = outer;
        return more;
    }
    if (lead && (lead->of == OF_SAME || lead->of == OF_WHEN))
        lead = NULL;
    if ((!lead || lead->of == OF_DURING || lead->of == OF_MARK) && (more = set_against(s, f, start)) != NULL)
        return more;
    if (!lead || lead->of != OF_DURING || s->lx->verb_last)
        return lead;
    more = tk_before(s, *start, LX_TIME, &outer); /* "depuis le", "avant la": the one before says more */
    if (!more || (more->of != OF_SINCE && more->of != OF_UNTIL && more->of != OF_AGAINST))
        return lead;
    *start = outer;
    return more;
}

/* "since the end of the war in 1953": the word that says since, what happened then stands between. s->count: none. */
static uint32_t since_then(const struct tks *s, uint32_t start, const struct lx_meaning *lead)
{
    if (!lead || lead->of != OF_DURING || s->lx->verb_last || !(s->mask & LX_BIT(LX_MARK)))
        return s->count;
    for (uint32_t i = start; i-- > 0 && start - i <= 10 && s->at[i].kind == TK_WORD;)
        if (tk_is(s, i, LX_MARK, OF_EVER, NULL))
            return i;
    return s->count;
}

static int this_year(const struct tks *s, uint32_t i)
{
    uint32_t length;
    const struct lx_meaning *m = s->lx->noun_after ? tk_mean(s, i, LX_RELATIVE, &length) : NULL;
    return m && !m->number && length == 1 && tk_is(s, i + 1, LX_PERIOD, OF_YEAR, NULL);
}

static void fill_when(const struct tks *s, struct found *f, struct when *to)
{
    uint32_t start = f->begin;
    struct part *a = &f->part;
    const struct lx_meaning *lead = lead_of(s, f, &start);
    uint64_t day = s->at[f->token].mask & LX_BIT(LX_DAY);
    lead = since_or_against(s, start, lead);
    uint32_t since = since_then(s, start, lead);
    int on_earlier = lead && lead->of == OF_DURING && !s->lx->verb_last && !s->lx->noun_capital &&
                     a->end > f->token + 1 && tk_is(s, a->end - 1, LX_TIME, OF_EARLIER, NULL) &&
                     tk_is(s, start, LX_WORD, OF_PREPOSITION, NULL);
    const struct lx_meaning *than =
        s->lx->noun_capital ? tk_before(s, f->begin, LX_BOUND, NULL) : NULL; /* "fünf Prozent weniger als 2023" */
    to->against = (lead && lead->of == OF_AGAINST) || on_earlier ||
                  (than && (than->of == OF_OVER || than->of == OF_UNDER)); /* "up 11 per cent on a year earlier" */
    if (to->against && start && tk_sign(s, start - 1, ',') && tk_is(s, start, LX_WORD, OF_RELATIVE, NULL))
        to->against = 0; /* ", que en abril canceló" */
    to->record = (uint32_t)of_record(s, start, a->end, lead);
    to->said = (day || s->at[f->token].mask & LX_BIT(LX_WEEKDAY)) && pr_said_on(s, f->begin, a->end);
    to->now = day != 0;
    if (lead && lead->of == OF_UNTIL && this_year(s, f->token))
        lead = NULL; /* "para este año" */
    if ((lead && lead->of == OF_SINCE) || since < s->count) {
        f->begin = since < s->count ? since : start;
        a->to = (struct assay_date){0};
    } else if (lead && lead->of == OF_UNTIL) {
        f->begin = start;
        a->from = (struct assay_date){0};
    }
    to->at = (struct range){f->begin, a->end};
    to->from = a->from;
    to->to = a->to;
    to->anchored = a->from.year || a->to.year;
}

static int may_open(const struct tk *t)
{
    const uint64_t mask = LX_BIT(LX_MONTH) | LX_BIT(LX_RELATIVE) | LX_BIT(LX_DAY) | LX_BIT(LX_WEEKDAY) |
                          LX_BIT(LX_ORDINAL) | LX_BIT(LX_PERIOD) | LX_BIT(LX_CARDINAL);
    return t->kind == TK_NUMBER || t->kind == TK_SKIP || (t->mask & mask) || (t->upper && t->letters <= 3);
}

uint32_t wh_find(const struct tks *s, struct assay_date published, struct when *to, uint32_t most)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->count && n < most; i++) {
        const struct when none = {0}, *last = n ? &to[n - 1] : &none;
        struct found f = {.token = i};
        if (!may_open(s->at + i))
            continue;
        f.how = pr_one(s, i, published, last->from, &f.part);
        if (!f.how || overlaps_figure(s, i, &f.part))
            continue;
        f.begin = (f.part.begin || f.part.opens) && f.part.begin < i ? f.part.begin : i;
        n -= (uint32_t)pr_join_year(s, &f, last);
        pr_same_span(s, &f, last);
        if (f.how == 2) /* only its place counts */
            f.part.from = f.part.to = (struct assay_date){0};
        pr_join(s, &f, published, last->from);
        pr_up_to(s, &f);
        fill_when(s, &f, &to[n++]);
        i = f.part.end - 1;
    }
    return n;
}
