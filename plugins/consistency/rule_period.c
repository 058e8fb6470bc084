/* SPDX-License-Identifier: Apache-2.0
 *
 * The ladder of rules, the rung of periods: two that do not meet, one inside the other, totals up to two days.
 */
#include "grown.h"
#include "rules.h"

#define LONG_BEFORE 500 /* days: figures for last year are printed far into this one */
#define MONTHS 60       /* days between publications after which a figure may be of another period */
#define HALF_YEAR 184   /* days */
#define EVENT_DAYS 3    /* days that a date of one event may be apart: time zones, night, "on Sunday" */

static int64_t apart(const struct figure *a, const struct figure *b)
{
    if (a->from > b->to && a->from != DAY_OPEN_BEGIN && b->to != DAY_OPEN_END)
        return a->from - b->to;
    if (b->from > a->to && b->from != DAY_OPEN_BEGIN && a->to != DAY_OPEN_END)
        return b->from - a->to;
    return 0;
}

static int inside(const struct figure *a, const struct figure *b)
{
    return (a->from >= b->from && a->to <= b->to) || (b->from >= a->from && b->to <= a->to);
}

static int is_day(const struct figure *f)
{
    return f->from != DAY_OPEN_BEGIN && f->to != DAY_OPEN_END && f->to - f->from <= 7;
}

static int open_ended(const struct figure *f)
{
    return f->from == DAY_OPEN_BEGIN || f->to == DAY_OPEN_END;
}

/* "since January" goes on until the day it is told. */
static int64_t last_day(const struct figure *f)
{
    return f->to == DAY_OPEN_END && f->has_published ? f->published : f->to;
}

/* Of a time that had not begun when it was told: "from January the wage will be 1,120". */
static int ahead(const struct figure *f)
{
    return f->has_published && f->from > f->published_last;
}

/* A running total: same start, other end. */
static int rule_total(struct relation *r, const struct figure *a, const struct figure *b, uint32_t flags)
{
    if (a->from != b->from || a->to == b->to || a->from == DAY_OPEN_BEGIN || ahead(a) || ahead(b))
        return 0;
    if (!(flags & CONCEPT_CUMULATIVE) && a->to != DAY_OPEN_END && b->to != DAY_OPEN_END)
        return 0;
    const struct figure *early = last_day(a) < last_day(b) ? a : b, *late = early == a ? b : a;
    struct interval e, l;
    figure_interval(&e, early, 0);
    figure_interval(&l, late, 0);
    if (!e.low_infinite && !l.high_infinite && assay_decimal_compare(&l.high, &e.low) < 0) {
        r->gap = interval_gap(&e, &l);
        return rules_settle(r, ASSAY_CONFLICT, "falling-total");
    }
    if (figures_equal(a, b))
        return rules_settle(r, ASSAY_AGREE, "same-value");
    return rules_settle(r, ASSAY_UPDATE, "running-total");
}

/* One speaks of a period long before the other, which names none, was published: "in 1997, when 31 people died". */
static int long_before(const struct figure *dated, const struct figure *other)
{
    return dated->has_time && !other->has_time && dated->to != DAY_OPEN_END && other->has_published &&
           other->published - dated->to > LONG_BEFORE;
}

/* So exact a number that the other text leaves out the year rather than tells of another one: "114 died", "114 died in
 * 1997"; not 14, nor 29 %. */
static int one_number(const struct figure *a, const struct figure *b)
{
    return figures_equal(a, b) && (figure_exactness(a) == 3 || figure_exactness(b) == 3 || a->age || b->age);
}

/* Neither names a period, and they were published months apart: what is bought, paid, produced in the meantime changes;
 * an event, a length does not. */
static int of_other_months(const struct figure *a, const struct figure *b, uint32_t flags)
{
    if (!a->has_published || !b->has_published || (flags & (CONCEPT_EVENT | CONCEPT_EVOLVING | CONCEPT_MEASURE)) ||
        a->age || b->age)
        return 0;
    int64_t days = a->published > b->published ? a->published - b->published : b->published - a->published;
    return days > MONTHS;
}

/* "Since January", "this year so far": up to the day of publication. */
static int to_date(const struct figure *f)
{
    return f->from != DAY_OPEN_BEGIN && f->has_published && f->from <= f->published && f->to >= f->published_last &&
           f->status == ASSAY_ASSERTED;
}

/* One text leaves the end open, the other names the period that has begun: a total up to its day in both. */
static int both_to_date(const struct figure *a, const struct figure *b)
{
    return a->from == b->from && (a->to == DAY_OPEN_END || b->to == DAY_OPEN_END) && to_date(a) && to_date(b);
}

/* "From January", "in January": of what begins then. */
static int one_start(const struct figure *a, const struct figure *b)
{
    return a->from == b->from && ahead(a) && ahead(b) && open_ended(a) != open_ended(b);
}

/* The same figure of three digits or more, of one measure, in texts of the same days: one fact, whatever day or year
 * stands beside it ("the highest since 1930", "as was said yesterday"). */
static int one_news(const struct figure *a, const struct figure *b)
{
    int32_t place;
    if (!figures_equal(a, b) || a->concept == CONCEPT_NONE || a->concept != b->concept || !a->has_published ||
        !b->has_published)
        return 0;
    int64_t days = a->published - b->published;
    return days <= EVENT_DAYS && days >= -EVENT_DAYS && rules_digits(&a->value, &place) >= 3;
}

static int names_year(const struct figure *f)
{
    uint32_t digits = 0;
    for (uint64_t i = 0; i < f->time.size && digits < 4; i++)
        digits = f->time.at[i] >= '0' && f->time.at[i] <= '9' ? digits + 1 : 0;
    return digits == 4;
}

static int a_year(int64_t days)
{
    return days == 365 || days == 366 || days == -365 || days == -366;
}

/* "Will rise in July", "are raised in July": where neither text names the year, one July may be taken for the last one,
 * the other for the next. */
static int one_month(const struct figure *a, const struct figure *b)
{
    int open = a->to == DAY_OPEN_END || b->to == DAY_OPEN_END;
    return a->from != DAY_OPEN_BEGIN && b->from != DAY_OPEN_BEGIN && a_year(a->from - b->from) &&
           (open || a_year(a->to - b->to)) && !names_year(a) && !names_year(b) && figures_equal(a, b);
}

/* "Raised its rate on Wednesday", in texts of that week: the day of the news, of which the other text does not
 * speak. */
static int of_the_day(const struct figure *dated, const struct figure *other)
{
    return dated->has_time && is_day(dated) && dated->has_published && other->has_published &&
           dated->published >= dated->from && dated->published - dated->to <= EVENT_DAYS &&
           other->published >= dated->from && other->published - dated->to <= EVENT_DAYS;
}

/* "In summer", "from June to September": one summer, whose ends nobody tells alike. */
static int one_season(const struct figure *a, const struct figure *b)
{
    return (figure_season(a) || figure_season(b)) && inside(a, b) && !open_ended(a) && !open_ended(b) &&
           a->to - a->from < HALF_YEAR && b->to - b->from < HALF_YEAR;
}

int rule_period(struct relation *r, const struct figure *a, const struct figure *b, uint32_t flags,
                const struct relate_options *o)
{
    if (!a->has_time || !b->has_time) {
        if (!rules_translation(a, b, o) && (long_before(a, b) || long_before(b, a)) && !one_number(a, b)) {
            r->unsure = 1;
            return rules_settle(r, ASSAY_SCOPE, "different-period");
        }
        if (!a->has_time && !b->has_time && of_other_months(a, b, flags) && o->aligned != 2 && !figures_equal(a, b)) {
            r->unsure = 1;
            return rules_settle(r, ASSAY_SCOPE, "different-period");
        }
        r->unsure |= a->has_time != b->has_time && !(flags & (CONCEPT_EVENT | CONCEPT_EVOLVING)) && o->aligned != 2 &&
                     !of_the_day(a, b) && !of_the_day(b, a);
        return 0;
    }
    if (a->from == b->from && a->to == b->to)
        return 0;
    if ((both_to_date(a, b) && !figures_order(a, b)) || one_start(a, b) || one_season(a, b))
        return 0;
    int64_t days = apart(a, b);
    r->unsure |= open_ended(a) != open_ended(b) && o->aligned != 2;
    if (rules_translation(a, b, o) && (days <= LONG_BEFORE || is_day(a) || is_day(b) || figures_equal(a, b)))
        return 0; /* one statement: a period is misread rather than another */
    if (o->aligned == 2 && (days == 0 || figures_equal(a, b)))
        return 0;
    if ((is_day(a) || is_day(b)) && days <= EVENT_DAYS && (flags & (CONCEPT_EVENT | CONCEPT_EVOLVING)))
        return 0;
    if (is_day(a) && is_day(b) && days <= EVENT_DAYS)
        return 0;
    if (is_day(a) && is_day(b) && days <= WEEKDAYS && (flags & CONCEPT_EVENT) && figures_equal(a, b))
        return 0;
    if (rule_total(r, a, b, flags))
        return 1;
    if (days == 0 && (flags & (CONCEPT_EVENT | CONCEPT_EVOLVING)))
        return 0;
    if (one_news(a, b) || one_month(a, b))
        return 0;
    return rules_settle(r, ASSAY_SCOPE, inside(a, b) ? "period-inside-period" : "different-period");
}
