/* SPDX-License-Identifier: Apache-2.0
 *
 * Days that a text tells with their month, as figures: where the chain asks for them.
 */
#include "dated.h"

#include "period.h"
#include "shape.h"

enum { SURE = 90 /* percent */, SOON = 120 /* days */ };

/* The numeral of this day in the tokens, or its date in digits; r.end: the day is not told, but counted from
 * another. */
static uint32_t day_token(const struct tks *s, struct range r, uint32_t day)
{
    uint32_t value;
    for (uint32_t i = r.begin; i < r.end; i++)
        if ((s->at[i].kind == TK_SKIP && s->at[i].shape == SH_DATE) ||
            (pr_number(s, i, &value) && value == day && s->at[i].end - s->at[i].begin <= 2))
            return i;
    return r.end;
}

static int is_year(const struct tks *s, uint32_t i, int32_t year)
{
    uint32_t value;
    return pr_number(s, i, &value) == 4 && (int32_t)value == year;
}

/* From the first to the last of the tokens that are day, month or year; begin == end: no month is told. */
static struct range of_date(const struct tks *s, const struct when *w, uint32_t first, uint32_t last)
{
    struct range to = {first < last ? first : last, (first < last ? last : first) + 1};
    int named = s->at[first].kind == TK_SKIP;
    for (uint32_t i = w->at.begin; i < w->at.end; i++) {
        int month = tk_has(s, i, LX_MONTH);
        named |= month;
        if (!month && !is_year(s, i, w->from.year) && !is_year(s, i, w->to.year))
            continue;
        to.begin = i < to.begin ? i : to.begin;
        to.end = i >= to.end ? i + 1 : to.end;
    }
    if (!named)
        to.end = to.begin;
    return to;
}

static void value_of(struct assay_decimal *to, struct assay_date d)
{
    assay_decimal_u64(to, (uint64_t)d.year * 10000 + d.month * 100 + d.day);
}

static int is_day(struct assay_date d)
{
    return d.year > 0 && d.day;
}

/* The numeral beside the month at token m that can only be its day, and is none: "31 September", "on 59 March",
 * "May 45, 2005"; s->count: there is none. */
static uint32_t beyond_month(const struct tks *s, const struct when *w, uint32_t m, uint32_t most)
{
    uint32_t value, i = m, start;
    int dated = 0;
    for (uint32_t k = m; k < w->at.end; k++)
        dated |= is_year(s, k, w->from.year);
    if (dated && pr_number(s, m + 1, &value) && value > most && value < 1000)
        return m + 1;
    while (i > 0 && m - i < 2 && (tk_mean(s, i - 1, LX_OF, NULL) || tk_sign(s, i - 1, '.')))
        i--;
    if (!i || !pr_number(s, i - 1, &value) || value <= most || value >= 1000)
        return s->count;
    const struct lx_meaning *lead = tk_before(s, i - 1, LX_TIME, &start);
    return dated || !th_english_like(s) || lead ? i - 1 : s->count;
}

/* A day that its month does not have: a slip. 0: none is told. */
static int no_such_day(const struct tks *s, const struct when *w, uint32_t *token, struct assay_date *day)
{
    if (!w->from.year || !w->from.month || w->from.day || w->from.year != w->to.year || w->from.month != w->to.month)
        return 0;
    uint32_t m = w->at.begin;
    while (m < w->at.end && !tk_has(s, m, LX_MONTH))
        m++;
    if (m == w->at.end)
        return 0;
    *token = beyond_month(s, w, m, assay_days_in_month(w->from.year, w->from.month));
    *day = w->from;
    return *token < s->count && pr_number(s, *token, &day->day);
}

/* "The trial opens on 12 June", in May: the day soon to come, where the one before is most of a year ago. */
static int comes_soon(const struct tks *s, const struct when *w, struct assay_date d, struct assay_date published)
{
    for (uint32_t i = w->at.begin; i < w->at.end; i++)
        if (s->at[i].kind == TK_SKIP || is_year(s, i, d.year))
            return 0;
    if (!is_day(d) || !is_day(published) || d.year >= published.year + 1)
        return 0;
    int64_t now = assay_date_first(published), told = assay_date_first(d);
    d.year++;
    return told < now && assay_date_first(d) - now <= SOON;
}

static void place(const struct tks *s, struct when *w, struct assay_date published)
{
    if (!comes_soon(s, w, is_day(w->from) ? w->from : w->to, published))
        return;
    w->from.year += is_day(w->from);
    w->to.year += is_day(w->to);
}

static int from_to(const struct tks *s, const struct when *w, struct assay_date from, struct assay_date to,
                   const uint32_t token[2], struct figure *f)
{
    struct range at = of_date(s, w, token[0], token[1]);
    if (at.begin == at.end)
        return 0;
    *f = (struct figure){.first = at.begin,
                         .last = at.end,
                         .number = token[0],
                         .after = token[0] + 1,
                         .flags = FG_DIGITS,
                         .kind = ASSAY_KIND_DATE,
                         .bound = ASSAY_BOUND_EXACT,
                         .confidence = SURE};
    value_of(&f->value, from);
    value_of(&f->high, to);
    f->has_high = assay_decimal_compare(&f->value, &f->high) < 0;
    if (f->has_high)
        f->bound = ASSAY_BOUND_RANGE;
    return 1;
}

int dt_date(const struct tks *s, struct when *w, struct assay_date published, struct figure *to)
{
    place(s, w, published);
    struct assay_date from = is_day(w->from) ? w->from : w->to, until = is_day(w->to) ? w->to : w->from;
    uint32_t token[2];
    if (no_such_day(s, w, &token[0], &from)) {
        token[1] = token[0];
        return from_to(s, w, from, from, token, to);
    }
    if (!is_day(from))
        return 0;
    token[0] = day_token(s, w->at, from.day);
    token[1] = day_token(s, w->at, until.day);
    return token[0] < w->at.end && token[1] < w->at.end && from_to(s, w, from, until, token, to);
}

int dt_part_of(const struct tks *s, const struct when *when, uint32_t whens, const struct figure *f)
{
    struct figure date;
    for (uint32_t i = 0; i < whens; i++) {
        struct when w = when[i];
        if (dt_date(s, &w, (struct assay_date){0}, &date) && f->number >= date.first && f->number < date.last)
            return 1;
    }
    return 0;
}

int dt_may_tell(const struct tks *s)
{
    int month = 0, day = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        month |= tk_has(s, i, LX_MONTH) || (s->at[i].kind == TK_SKIP && s->at[i].shape == SH_DATE);
        day |= s->at[i].kind == TK_SKIP || (s->at[i].kind == TK_NUMBER && s->at[i].end - s->at[i].begin <= 2);
    }
    return month && day;
}
