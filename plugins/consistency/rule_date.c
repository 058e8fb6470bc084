/* SPDX-License-Identifier: Apache-2.0
 *
 * The rung for days: two dates of one event are equal, fit into each other, were moved, or differ.
 */
#include "rules.h"

#include <assay/kit/date.h>

#define MONTH 31
#define YEAR (12 * MONTH)
#define MONTH_DAY 10000 /* a date is 20240517 */

static int64_t number_of(const struct assay_decimal *d)
{
    int64_t n = 0;
    for (uint32_t i = 0; i < d->digits; i++)
        n = n * 10 + d->digit[i];
    for (int32_t i = 0; i < d->exponent && i < 8; i++)
        n *= 10;
    return n;
}

/* 1 where the text names the year; else it was taken from the day of publication. */
static int names_year(const struct figure *f)
{
    uint32_t digits = 0;
    for (uint64_t i = 0; i < f->text.size && digits < 4; i++)
        digits = f->text.at[i] >= '0' && f->text.at[i] <= '9' ? digits + 1 : 0;
    return digits == 4;
}

struct days {
    int64_t from, to;
};

static struct days days_of(const struct figure *f, int years)
{
    int64_t from = number_of(&f->value), to = f->bound == ASSAY_BOUND_RANGE ? number_of(&f->high) : from;
    return years ? (struct days){from, to} : (struct days){from % MONTH_DAY, to % MONTH_DAY};
}

int date_exists(const struct figure *f)
{
    int64_t day = number_of(&f->value), month = day / 100 % 100;
    return month >= 1 && month <= 12 && day % 100 <= assay_days_in_month((int32_t)(day / MONTH_DAY), (uint32_t)month);
}

/* As if every month had 31 days: near enough. */
static int64_t day_of_year(int64_t month_day)
{
    return month_day / 100 * MONTH + month_day % 100;
}

int dates_near(const struct figure *a, const struct figure *b, int64_t days)
{
    struct days x = days_of(a, 1), y = days_of(b, 1);
    int64_t apart = day_of_year(x.from % MONTH_DAY) - day_of_year(y.from % MONTH_DAY);
    if (names_year(a) && names_year(b) && apart)
        apart += (x.from / MONTH_DAY - y.from / MONTH_DAY) * YEAR;
    else if (apart > YEAR / 2 || apart < -YEAR / 2)
        apart += apart > 0 ? -YEAR : YEAR;
    return apart <= days && apart >= -days;
}

/* What was to come when the one text was written, and has another day in a later text. */
static int moved(const struct figure *a, const struct figure *b)
{
    if (!a->has_published || !b->has_published || a->published == b->published)
        return 0;
    const struct figure *first = a->published < b->published ? a : b;
    return first->has_time && first->from != DAY_OPEN_BEGIN && first->from > first->published_last;
}

int relate_dates(struct relation *r, const struct figure *a, const struct figure *b, const struct relate_options *o)
{
    if (a->kind != b->kind)
        return 0;
    int years = names_year(a) && names_year(b);
    struct days x = days_of(a, years), y = days_of(b, years);
    if (x.from == y.from && x.to == y.to)
        return rules_settle(r, ASSAY_AGREE, "same-value");
    if ((x.from <= y.from && y.to <= x.to) || (y.from <= x.from && x.to <= y.to))
        return rules_settle(r, ASSAY_COMPATIBLE, "bounds-meet");
    if (moved(a, b))
        return rules_settle(r, ASSAY_UPDATE, "date-moved");
    r->unsure |= !o->aligned && date_exists(a) && date_exists(b);
    return rules_settle(r, ASSAY_CONFLICT, "days-differ");
}
