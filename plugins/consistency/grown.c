/* SPDX-License-Identifier: Apache-2.0 */
#include "grown.h"

#include <string.h>

#include <assay/kit/date.h>
#include <assay/kit/moment.h>

#define BACK 7 /* days */
#define MANY 15u    /* dead or injured: such a count is told anew every hour */
#define FALLEN 100000u /* millionths: what a later count is below an earlier one by, beyond a correction */
#define WEEK 7   /* days */
#define NIGHT 1  /* what happens at night is told of either day */
#define HOUR 3600       /* seconds: sooner, one may have been written before the other all the same */
#define HOURS 200000u /* millionths: what a count may grow by within a day */

int figures_order(const struct figure *a, const struct figure *b)
{
    if (!a->has_published || !b->has_published)
        return 0;
    if (a->published_last < b->published || b->published_last < a->published)
        return a->published_last < b->published ? -1 : 1;
    int known;
    int64_t seconds = assay_moment_apart(a->moment, b->moment, &known);
    return !known || (seconds < HOUR && seconds > -HOUR) ? 0 : seconds > 0 ? -1 : 1;
}

static int lower_bound(const struct figure *f)
{
    return f->bound == ASSAY_BOUND_AT_LEAST || f->bound == ASSAY_BOUND_OVER;
}

int figures_more_later(const struct figure *a, const struct figure *b)
{
    int first = figures_order(a, b);
    const struct figure *early = first < 0 ? a : b, *late = first < 0 ? b : a;
    return first && !figures_need_base(a, b) && assay_decimal_compare(&late->value, &early->value) > 0;
}

int figures_grown(const struct figure *a, const struct figure *b, uint32_t flags)
{
    int first = figures_order(a, b);
    const struct figure *early = first < 0 ? a : b, *late = first < 0 ? b : a;
    struct interval x, y;
    if (!first || !(flags & CONCEPT_EVOLVING) || !lower_bound(early) || figure_vague(early) || figure_vague(late) ||
        assay_decimal_compare(&late->value, &early->value) <= 0)
        return 0;
    figure_usual(&x, a, 0);
    figure_usual(&y, b, 0);
    return !interval_meet(&x, &y);
}

int figures_of_other_hours(const struct figure *a, const struct figure *b, uint32_t flags)
{
    struct relation hint;
    struct interval x, y;
    int meets = (lower_bound(a) && assay_decimal_compare(&b->value, &a->value) >= 0) ||
                (lower_bound(b) && assay_decimal_compare(&a->value, &b->value) >= 0);
    if (!(flags & CONCEPT_EVOLVING) || a->kind != ASSAY_KIND_NUMBER || !meets || figure_vague(a) || figure_vague(b) ||
        figures_need_base(a, b))
        return 0;
    memset(&hint, 0, sizeof hint);
    relation_hint(&hint, a, b);
    figure_point(&x, a, 0);
    figure_point(&y, b, 0);
    return !hint.has_hint && interval_gap(&x, &y) <= HOURS;
}

int figures_fallen(const struct figure *a, const struct figure *b, uint32_t flags)
{
    int first = figures_order(a, b);
    const struct figure *early = first < 0 ? a : b, *late = first < 0 ? b : a;
    struct interval x, y;
    if (!first || !(flags & CONCEPT_GROWS) || a->kind != ASSAY_KIND_NUMBER ||
        assay_decimal_compare(&late->value, &early->value) >= 0)
        return 0;
    figure_point(&x, a, 0);
    figure_point(&y, b, 0);
    return interval_gap(&x, &y) > FALLEN;
}

int figures_look_back(const struct figure *a, const struct figure *b)
{
    int first = figures_order(a, b);
    const struct figure *early = first < 0 ? a : b, *late = first < 0 ? b : a;
    return first && late->has_time && late->to != DAY_OPEN_END && late->to + BACK < early->published &&
           !(early->has_time && early->to <= late->to);
}

int figures_in_flux(const struct figure *a, const struct figure *b, uint32_t flags)
{
    if (!(flags & CONCEPT_EVOLVING) || a->kind != ASSAY_KIND_NUMBER || !a->has_published || !b->has_published ||
        figures_order(a, b))
        return 0;
    struct assay_decimal many;
    assay_decimal_u64(&many, MANY);
    return lower_bound(a) || lower_bound(b) ||
           (assay_decimal_compare(&a->value, &many) >= 0 && assay_decimal_compare(&b->value, &many) >= 0);
}

int figure_season(const struct figure *f)
{
    if (f->from == DAY_OPEN_BEGIN || f->to == DAY_OPEN_END || f->to - f->from < 89 || f->to - f->from > 91)
        return 0;
    const struct assay_date first = assay_date_of_day(f->from);
    return first.day == 1 && first.month % 3 == 0 && first.month < 12;
}

int figures_of_closed_period(const struct figure *a, const struct figure *b)
{
    return !figure_season(a) && figures_same_period(a, b) && a->from != DAY_OPEN_BEGIN && a->to != DAY_OPEN_END &&
           a->to - a->from > WEEK && a->has_published && b->has_published && a->to < a->published &&
           b->to < b->published;
}

static int told_of_day(const struct figure *f)
{
    /* "has risen to 17, he said on Monday": the day is the one it was said */
    return f->has_time && f->has_published && f->from == f->to && f->to < f->published &&
           f->change == ASSAY_CHANGE_LEVEL;
}

int figures_of_two_days(const struct figure *a, const struct figure *b)
{
    return told_of_day(a) && told_of_day(b) && (a->from - b->from > NIGHT || b->from - a->from > NIGHT);
}
