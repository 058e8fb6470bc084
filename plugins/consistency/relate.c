/* SPDX-License-Identifier: Apache-2.0
 *
 * The ladder of rules: two figures that can be compared -> a verdict, and the rule that gave it.
 */
#include "grown.h"
#include "rival.h"

#include <string.h>

#include <assay/kit/text.h>

#define LONG_BEFORE 500 /* days: figures for last year are printed far into this one */
#define MONTHS 60       /* days between publications after which a figure may be of another period */
#define CONVERTED_PERMILLE 70u /* translators and editors round converted units */
#define WEEKDAYS 7             /* "on Sunday": which one */
#define EVENT_DAYS 3           /* days that a date of one event may be apart: time zones, night, "on Sunday" */
#define FLUX 100000u            /* millionths: what counts of one day differ by when they grow by the hour */
#define FAR_APART 300000u      /* millionths: bounds this far apart are no rounding */

static uint32_t concept_flags(const struct relate_options *o, const struct figure *f)
{
    const struct concept *c = o->concepts ? concepts_at(o->concepts, f->concept) : NULL;
    return c ? c->flags : 0;
}

/* ---- the ladder ---- */

/* What is left of a value without its zeros at the end: digits and place of the last one. */
static uint32_t digits_of(const struct assay_decimal *d, int32_t *place)
{
    uint32_t n = d->digits;
    while (n > 1 && d->digit[n - 1] == 0)
        n--;
    *place = d->exponent + (int32_t)(d->digits - n);
    return n;
}

static int settle(struct relation *r, uint32_t verdict, const char *rule)
{
    r->verdict = verdict;
    r->rule = rule;
    return 1;
}

int figures_count_others(const struct figure *a, const struct figure *b)
{
    return a->kind == ASSAY_KIND_NUMBER && b->kind == ASSAY_KIND_NUMBER && a->counted.size && b->counted.size &&
           a->language.size && assay_text_same(a->language, b->language) && !assay_text_same(a->counted, b->counted);
}

int figures_share_concept(const struct figure *a, const struct figure *b)
{
    if (a->concept == CONCEPT_NONE || b->concept == CONCEPT_NONE || a->concept == b->concept)
        return 1;
    return a->concept == b->also || b->concept == a->also || (a->also != CONCEPT_NONE && a->also == b->also);
}

/* "8.7 million cars", "8.7 million vehicles": as many, to the second digit, and another word for them. */
static int one_count(const struct figure *a, const struct figure *b)
{
    int32_t place;
    return a->kind == ASSAY_KIND_NUMBER && b->kind == ASSAY_KIND_NUMBER && figure_in_digits(a) && figure_in_digits(b) &&
           digits_of(&a->value, &place) >= 2;
}

/* Different measures: a part and its whole, or two parts. */
static int rule_measure(struct relation *r, const struct figure *a, const struct figure *b,
                        const struct relate_options *o)
{
    if (!o->concepts || figures_share_concept(a, b))
        return 0;
    if ((concept_flags(o, a) | concept_flags(o, b)) & (CONCEPT_WEAK | CONCEPT_WORD | CONCEPT_PLACE))
        return 0;
    const struct figure *part = NULL, *whole = NULL;
    if (concepts_part_of(o->concepts, a->concept, b->concept)) {
        part = a;
        whole = b;
    } else if (concepts_part_of(o->concepts, b->concept, a->concept)) {
        part = b;
        whole = a;
    }
    if (!part)
        return (o->aligned || (figure_exactness(a) == 3 && figure_exactness(b) == 3)) && figures_equal(a, b)
                   ? 0
                   : settle(r, ASSAY_SCOPE, "different-measure");
    if ((o->aligned || one_count(a, b)) && figures_equal(a, b))
        return 0;
    struct interval p, w;
    int base = figures_need_base(a, b);
    figure_interval(&p, part, base);
    figure_interval(&w, whole, base);
    int absolute = !figure_percent_like(a) && a->kind != ASSAY_KIND_MULTIPLE && a->kind != ASSAY_KIND_RANK &&
                   a->kind != ASSAY_KIND_ORDINAL && a->change == ASSAY_CHANGE_LEVEL && b->change == ASSAY_CHANGE_LEVEL;
    int dated = !a->has_time || !b->has_time || (a->from == b->from && a->to == b->to);
    if (absolute && dated && !p.low_infinite && !w.high_infinite && assay_decimal_compare(&p.low, &w.high) > 0) {
        uint32_t growing = concept_flags(o, part) & concept_flags(o, whole) & CONCEPT_EVOLVING;
        r->gap = interval_gap(&p, &w);
        if (growing && (figures_order(part, whole) > 0 || figures_in_flux(part, whole, growing)))
            return settle(r, ASSAY_SCOPE, "part-of-whole"); /* of another hour: all that were hurt grew, too */
        return settle(r, ASSAY_CONFLICT, "part-beyond-whole");
    }
    return settle(r, ASSAY_SCOPE, "part-of-whole");
}

/* Two versions of one text, in two languages. */
static int translation(const struct figure *a, const struct figure *b, const struct relate_options *o)
{
    return o->aligned == 2 && a->language.size && b->language.size && !assay_text_same(a->language, b->language);
}

/* "Median rent", "average rent": two figures of one measure that need not be equal. */
static int rule_aspect(struct relation *r, const struct figure *a, const struct figure *b,
                       const struct relate_options *o)
{
    if (!o->concepts || a->aspects == b->aspects || !concepts_contrast(o->concepts, a->aspects, b->aspects) ||
        translation(a, b, o) || figures_equal(a, b))
        return 0;
    return settle(r, ASSAY_SCOPE, "different-aspect");
}

/* "8 million a day", "has cost 24 million": a rate and a total. */
static int rule_rate(struct relation *r, const struct figure *a, const struct figure *b, const struct relate_options *o)
{
    struct interval x, y;
    if (!a->per.size == !b->per.size || translation(a, b, o) || figures_equal(a, b))
        return 0;
    r->unsure = 1;
    figure_usual(&x, a, 0);
    figure_usual(&y, b, 0);
    return interval_gap(&x, &y) > FAR_APART && settle(r, ASSAY_SCOPE, "rate-or-total");
}

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

/* A running total: same start, other end. */
static int rule_total(struct relation *r, const struct figure *a, const struct figure *b, uint32_t flags)
{
    if (a->from != b->from || a->to == b->to || a->from == DAY_OPEN_BEGIN)
        return 0;
    if (!(flags & CONCEPT_CUMULATIVE) && a->to != DAY_OPEN_END && b->to != DAY_OPEN_END)
        return 0;
    const struct figure *early = last_day(a) < last_day(b) ? a : b, *late = early == a ? b : a;
    struct interval e, l;
    figure_interval(&e, early, 0);
    figure_interval(&l, late, 0);
    if (!e.low_infinite && !l.high_infinite && assay_decimal_compare(&l.high, &e.low) < 0) {
        r->gap = interval_gap(&e, &l);
        return settle(r, ASSAY_CONFLICT, "falling-total");
    }
    if (figures_equal(a, b))
        return settle(r, ASSAY_AGREE, "same-value");
    return settle(r, ASSAY_UPDATE, "running-total");
}

/* One speaks of a period long before the other, which names none, was published: "in 1997, when 31 people died". */
static int long_before(const struct figure *dated, const struct figure *other)
{
    return dated->has_time && !other->has_time && dated->to != DAY_OPEN_END && other->has_published &&
           other->published - dated->to > LONG_BEFORE;
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

/* The same figure of three digits or more, of one measure, in texts of the same days: one fact, whatever day or year
 * stands beside it ("the highest since 1930", "as was said yesterday"). */
static int one_news(const struct figure *a, const struct figure *b)
{
    int32_t place;
    if (!figures_equal(a, b) || a->concept == CONCEPT_NONE || a->concept != b->concept || !a->has_published ||
        !b->has_published)
        return 0;
    int64_t days = a->published - b->published;
    return days <= EVENT_DAYS && days >= -EVENT_DAYS && digits_of(&a->value, &place) >= 3;
}

/* "Raised its rate on Wednesday", in texts of that week: the day of the news, of which the other text does not
 * speak. */
static int of_the_day(const struct figure *dated, const struct figure *other)
{
    return dated->has_time && is_day(dated) && dated->has_published && other->has_published &&
           dated->published >= dated->from && dated->published - dated->to <= EVENT_DAYS &&
           other->published >= dated->from && other->published - dated->to <= EVENT_DAYS;
}

static int rule_period(struct relation *r, const struct figure *a, const struct figure *b, uint32_t flags,
                       const struct relate_options *o)
{
    if (!a->has_time || !b->has_time) {
        if (!translation(a, b, o) && (long_before(a, b) || long_before(b, a)) && !figures_equal(a, b)) {
            r->unsure = 1;
            return settle(r, ASSAY_SCOPE, "different-period");
        }
        if (!a->has_time && !b->has_time && of_other_months(a, b, flags) && o->aligned != 2 && !figures_equal(a, b)) {
            r->unsure = 1;
            return settle(r, ASSAY_SCOPE, "different-period");
        }
        r->unsure |= a->has_time != b->has_time && !(flags & (CONCEPT_EVENT | CONCEPT_EVOLVING)) && o->aligned != 2 &&
                     !of_the_day(a, b) && !of_the_day(b, a);
        return 0;
    }
    if (a->from == b->from && a->to == b->to)
        return 0;
    if (both_to_date(a, b) && !figures_order(a, b))
        return 0;
    int64_t days = apart(a, b);
    r->unsure |= open_ended(a) != open_ended(b) && o->aligned != 2;
    if (translation(a, b, o) && (days <= LONG_BEFORE || is_day(a) || is_day(b) || figures_equal(a, b)))
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
    if (one_news(a, b))
        return 0;
    return settle(r, ASSAY_SCOPE, inside(a, b) ? "period-inside-period" : "different-period");
}

static int wished(const struct figure *f)
{
    return f->status == ASSAY_TARGET || f->status == ASSAY_FORECAST || f->status == ASSAY_HYPOTHETICAL;
}

/* 1 where what both usually mean has room for the same value: "will invest 45.6 million", "invests about 46
 * million". */
static int fit(const struct figure *a, const struct figure *b)
{
    struct interval x, y;
    int base = figures_need_base(a, b);
    figure_usual(&x, a, base);
    figure_usual(&y, b, base);
    return interval_meet(&x, &y);
}

/* "Do not use less than 500", "use 500 or more"; "he would not lose a 4 million contract": the same value, and a
 * negation of something else; not where people are said to be harmed. */
static int denied_by_chance(const struct figure *a, const struct figure *b, const struct relate_options *o)
{
    int one_language = assay_text_same(a->language, b->language),
        one_measure = a->near && b->near && a->concept == b->concept;
    int harm = one_measure && (concept_flags(o, a) & CONCEPT_EVENT) && (concept_flags(o, a) & CONCEPT_EVOLVING);
    return figures_equal(a, b) && (!harm || o->aligned || !one_language);
}

/* "The firm would have sales of 84 billion", "has sales of 96 billion", printed in one week: the mood of the verb, no
 * forecast that an outcome has overtaken. Not so with counts that grow. */
static int mood_only(const struct figure *a, const struct figure *b, uint32_t flags)
{
    const struct figure *f = wished(a) ? a : b, *other = f == a ? b : a;
    if (f->status == ASSAY_TARGET || (flags & CONCEPT_EVOLVING) || !a->has_published || !b->has_published ||
        other->published > f->published)
        return 0;
    int64_t days = a->published - b->published;
    return days <= WEEKDAYS && days >= -WEEKDAYS && a->concept != CONCEPT_NONE && a->concept == b->concept;
}

static int rule_status(struct relation *r, const struct figure *a, const struct figure *b, uint32_t flags,
                       const struct relate_options *o)
{
    if (wished(a) != wished(b) && o->aligned != 2 && !figures_equal(a, b) && !fit(a, b)) {
        if (!mood_only(a, b, flags))
            return settle(r, ASSAY_SCOPE, "target-or-forecast");
        r->unsure |= a->status == ASSAY_FORECAST || b->status == ASSAY_FORECAST;
    }
    int place = a->kind == ASSAY_KIND_ORDINAL || a->kind == ASSAY_KIND_RANK || a->age ||
                b->age; /* "17-year-olds don't stay in" */
    if ((a->status == ASSAY_NEGATED) != (b->status == ASSAY_NEGATED) && o->aligned != 2 && !place &&
        !denied_by_chance(a, b, o))
        return settle(r, ASSAY_SCOPE, "denied");
    if (o->aligned == 2)
        return 0;
    int change_a = a->has_relation && a->relation == ASSAY_RELATION_BY; /* "rose by 5 %", "5 % dearer than" */
    int change_b = b->has_relation && b->relation == ASSAY_RELATION_BY;
    int from_a = a->has_relation && a->relation == ASSAY_RELATION_FROM,
        from_b = b->has_relation && b->relation == ASSAY_RELATION_FROM;
    int rate =
        figure_percent_like(a) && figure_percent_like(b) && (concept_flags(o, a) & concept_flags(o, b) & CONCEPT_RATE);
    if (((change_a && from_b) || (change_b && from_a)) && figures_equal(a, b) && one_count(a, b)) {
        r->unsure = 1;
        return settle(r, ASSAY_CONFLICT, "by-or-from");
    }
    if (change_a != change_b && !rate && !figures_equal(a, b) && !fit(a, b))
        return settle(r, ASSAY_SCOPE, "change-not-level");
    if (from_a != from_b && !figures_equal(a, b))
        return settle(r, ASSAY_SCOPE, "before-and-after");
    if (change_a && change_b && a->change != b->change && a->change != ASSAY_CHANGE_LEVEL &&
        b->change != ASSAY_CHANGE_LEVEL) {
        r->unsure = 1;
        return figures_equal(a, b) ? settle(r, ASSAY_CONFLICT, "opposite-change") : 0;
    }
    return 0;
}

static int same_direction(const struct figure *a, const struct figure *b)
{
    int up_a = a->bound == ASSAY_BOUND_OVER || a->bound == ASSAY_BOUND_AT_LEAST;
    int up_b = b->bound == ASSAY_BOUND_OVER || b->bound == ASSAY_BOUND_AT_LEAST;
    int down_a = a->bound == ASSAY_BOUND_UNDER || a->bound == ASSAY_BOUND_AT_MOST;
    int down_b = b->bound == ASSAY_BOUND_UNDER || b->bound == ASSAY_BOUND_AT_MOST;
    return (up_a && up_b) || (down_a && down_b);
}

/* Whether one of them has another reading that fits ("1.234"). */
static int other_reading_fits(const struct figure *a, const struct figure *b)
{
    return (a->has_other && !assay_decimal_compare(&a->other, &b->value)) ||
           (b->has_other && !assay_decimal_compare(&b->other, &a->value));
}

/* "80 degrees", "27 Grad": plain degrees of both scales. a in Fahrenheit, b in Celsius, to the degree. */
static int degrees_fit(const struct figure *a, const struct figure *b)
{
    struct assay_decimal left, right, gap;
    int32_t place;
    if (assay_text_is(a->unit, "celsius") || assay_text_is(b->unit, "fahrenheit") ||
        (!assay_text_is(a->unit, "degree") && !assay_text_is(b->unit, "degree")))
        return 0;
    assay_decimal_u64(&left, 32);
    decimal_subtract(&left, &a->value, &left);
    decimal_share(&left, &left, 5, 0);
    decimal_share(&right, &b->value, 9, 0);
    decimal_subtract(&gap, &left, &right);
    decimal_absolute(&gap);
    digits_of(&b->value, &place);
    assay_decimal_u64(&right, place > 0 ? 45 : 9); /* "30": to the ten */
    return assay_decimal_compare(&gap, &right) <= 0;
}

static int both_bounded(const struct figure *a, const struct figure *b)
{
    return a->bound != ASSAY_BOUND_EXACT && b->bound != ASSAY_BOUND_EXACT;
}

/* A translator keeps a number, or rounds it by more than one in the last place and says so with a bound. 1 where two
 * values that could both be true are neither. */
static int slipped(const struct figure *a, const struct figure *b)
{
    struct assay_decimal gap, one;
    int32_t p, q;
    uint32_t n = digits_of(&a->value, &p), m = digits_of(&b->value, &q);
    if (a->bound == ASSAY_BOUND_RANGE || b->bound == ASSAY_BOUND_RANGE)
        return a->bound == b->bound &&
               (assay_decimal_compare(&a->value, &b->value) || assay_decimal_compare(&a->high, &b->high));
    decimal_subtract(&gap, &a->value, &b->value);
    decimal_absolute(&gap);
    assay_decimal_u64(&one, 1);
    assay_decimal_scale(&one, p < q ? p : q);
    if (!assay_decimal_compare(&gap, &one))
        return 1;
    if (a->bound == b->bound)
        return 0;
    if (both_bounded(a, b))
        return 0;
    return a->bound == ASSAY_BOUND_EXACT ? m >= n : n >= m;
}

/* "killed three people and himself", "four dead": one of them counts the attacker, too. */
static int with_attacker(const struct figure *a, const struct figure *b)
{
    struct assay_decimal gap, one;
    if (a->self == b->self || a->kind != ASSAY_KIND_NUMBER || !figures_exact(a, b))
        return 0;
    decimal_subtract(&gap, &a->value, &b->value);
    assay_decimal_u64(&one, 1);
    decimal_absolute(&gap); /* "including the gunman" counts him, "and himself" does not */
    return !assay_decimal_compare(&gap, &one);
}

/* 1 where it is not known of what time the two speak: nothing says so, nor when they were published; and counts that
 * grow, and ages, need both. */
static int no_time(const struct figure *a, const struct figure *b, uint32_t flags)
{
    if (a->has_published && b->has_published)
        return 0;
    return !a->has_time || !b->has_time || (flags & CONCEPT_EVOLVING) || (a->age && b->age);
}

/* Two texts that one publisher printed on one day: pages on two things that are alike, or the same news of another
 * hour. */
static int one_issue(const struct figure *a, const struct figure *b)
{
    return a->has_published && b->has_published && a->published == b->published && a->source.size &&
           assay_text_same(a->source, b->source);
}

/* What excuses a difference before the values are looked at as intervals. */
static int rule_excuse(struct relation *r, const struct figure *a, const struct figure *b, uint32_t flags)
{
    if (figures_equal(a, b))
        return settle(r, ASSAY_AGREE, "same-value");
    if (figures_grown_older(a, b))
        return settle(r, ASSAY_COMPATIBLE, "grown-older");
    if ((flags & CONCEPT_EVENT) && with_attacker(a, b))
        return settle(r, ASSAY_SCOPE, "with-or-without-attacker");
    if (other_reading_fits(a, b))
        return settle(r, ASSAY_COMPATIBLE, "ambiguous-separator");
    if (figures_opposed(a, b))
        return settle(r, ASSAY_COMPATIBLE, "sign-said-in-words");
    return figures_of_other_hours(a, b, flags) && settle(r, ASSAY_COMPATIBLE, "bounds-meet");
}

/* "About a dozen and a half" */
static int roughly(const struct figure *f)
{
    return f->bound == ASSAY_BOUND_ABOUT && !figure_in_digits(f);
}

/* What both figures allow; `same`: two versions of one statement, so that a bound is no excuse. */
struct allowed {
    struct interval x, y;
    int base, same;
};

static void allow(struct allowed *to, const struct figure *a, const struct figure *b, const struct relate_options *o)
{
    int precise = !figure_vague(a) && !figure_vague(b) && !roughly(a) && !roughly(b);
    struct figure p = *a, q = *b;
    to->base = figures_need_base(a, b);
    to->same = translation(a, b, o) && precise;
    if ((o->aligned && same_direction(a, b) && precise) ||
        (to->same && a->bound == b->bound && a->bound != ASSAY_BOUND_RANGE))
        p.bound = q.bound = ASSAY_BOUND_EXACT;
    figure_interval(&to->x, &p, to->base);
    figure_interval(&to->y, &q, to->base);
}

static uint32_t gap_of_points(const struct figure *a, const struct figure *b, int base)
{
    struct interval x, y;
    figure_point(&x, a, base);
    figure_point(&y, b, base);
    return interval_gap(&x, &y);
}

/* Both can be true: unless a translator slipped, or the bounds are far apart. */
static int rule_meeting(struct relation *r, const struct figure *a, const struct figure *b, uint32_t flags,
                        const struct relate_options *o, const struct allowed *w)
{
    struct interval p, q;
    if (w->same && !w->base && slipped(a, b)) {
        r->gap = gap_of_points(a, b, w->base);
        relation_hint(r, a, b);
        return settle(r, ASSAY_CONFLICT, "values-differ");
    }
    figure_usual(&p, a, w->base);
    figure_usual(&q, b, w->base);
    if (interval_meet(&p, &q) || figure_vague(a) || figure_vague(b))
        return settle(r, ASSAY_COMPATIBLE,
                      w->base               ? "converted-unit"
                      : figures_exact(a, b) ? "within-rounding"
                                            : "bounds-meet");
    r->odd = 1;
    if (!(same_direction(a, b) || o->aligned) || interval_gap(&p, &q) <= FAR_APART / 3)
        return settle(r, ASSAY_COMPATIBLE, "loose-bound");
    r->gap = interval_gap(&p, &q);
    r->unsure |= (flags & CONCEPT_EVOLVING) != 0; /* as of another hour? */
    if (!translation(a, b, o) && figures_in_flux(a, b, flags))
        return settle(r, ASSAY_UPDATE, "evolving-count");
    return settle(r, ASSAY_CONFLICT, "bounds-far-apart");
}

/* They cannot both be true as printed, but units were converted, or the user tolerates as much. Sets the gap. */
static int rule_near(struct relation *r, const struct figure *a, const struct figure *b, const struct relate_options *o,
                     const struct allowed *w)
{
    r->gap = interval_gap(&w->x, &w->y);
    if (w->base) {
        struct interval p = w->x, q = w->y;
        interval_widen(&p, CONVERTED_PERMILLE);
        if (interval_meet(&p, &q))
            return settle(r, ASSAY_COMPATIBLE, "converted-unit");
        if (!assay_decimal_compare(&a->value, &b->value)) {
            relation_hint(r, a, b);
            return settle(r, ASSAY_CONFLICT, "values-differ");
        }
    }
    if (!r->gap) /* they only touch: rounded alike, yet different */
        r->gap = gap_of_points(a, b, w->base);
    if (degrees_fit(a, b) || degrees_fit(b, a))
        return settle(r, ASSAY_COMPATIBLE, "converted-unit");
    return o->tolerance && r->gap <= o->tolerance && settle(r, ASSAY_COMPATIBLE, "within-tolerance");
}

/* Sums and shares of which nothing is known to be measured in both: "the 222 million", "a total of 590 million"; people
 * of whom nothing is known but that they are people. */
static int nothing_measured(const struct relate_options *o, const struct figure *a, const struct figure *b)
{
    if (a->kind == ASSAY_KIND_NUMBER)
        return (concept_flags(o, a) & concept_flags(o, b) & CONCEPT_WEAK) != 0;
    if (a->kind != ASSAY_KIND_MONEY && a->kind != ASSAY_KIND_PERCENT)
        return 0;
    return a->concept == CONCEPT_NONE || b->concept == CONCEPT_NONE;
}

/* What is left: a count that has changed, or a contradiction; how sure that is. */
static int rule_differ(struct relation *r, const struct figure *a, const struct figure *b, uint32_t flags,
                       const struct relate_options *o)
{
    int two_days = figures_of_two_days(a, b) && !o->aligned, translated = translation(a, b, o);
    if ((flags & CONCEPT_EVOLVING) && figures_order(a, b) && !figures_of_closed_period(a, b) &&
        !figures_swapped(a, b)) {
        if (two_days)
            return settle(r, ASSAY_SCOPE, "different-period");
        r->unsure |= !translated && figures_fallen(a, b, flags);
        return r->unsure && figures_fallen(a, b, flags) ? settle(r, ASSAY_CONFLICT, "count-falls")
                                                        : settle(r, ASSAY_UPDATE, "evolving-count");
    }
    r->unsure |= two_days || (one_issue(a, b) && !o->aligned) || figures_birthday_between(a, b);
    r->unsure |= !translated && (!o->aligned || r->gap > FAR_APART) && nothing_measured(o, a, b);
    r->unsure |= a->aspects != b->aspects && !translated;      /* "for adults", and nothing */
    r->unsure |= no_time(a, b, flags) && !translated;          /* an update, another year, another edition? */
    relation_hint(r, a, b);
    if (!translated && !r->has_hint && figures_in_flux(a, b, flags)) {
        r->unsure |= !o->aligned;
        if (r->gap > FLUX)
            return settle(r, ASSAY_UPDATE, "evolving-count");
    }
    return settle(r, ASSAY_CONFLICT, "values-differ");
}

static int rule_value(struct relation *r, const struct figure *a, const struct figure *b, uint32_t flags,
                      const struct relate_options *o)
{
    struct allowed w;
    if (rule_excuse(r, a, b, flags))
        return 1;
    allow(&w, a, b, o);
    int meet = interval_meet(&w.x, &w.y);
    if ((flags & CONCEPT_EVOLVING) && !o->aligned && !meet && figures_look_back(a, b))
        return settle(r, ASSAY_SCOPE, "different-period");
    if (figures_grown(a, b, flags))
        return settle(r, ASSAY_UPDATE, "evolving-count");
    if (meet)
        return rule_meeting(r, a, b, flags, o, &w);
    return rule_near(r, a, b, o, &w) || rule_differ(r, a, b, flags, o);
}

/* What both may be about besides changes while a story develops: an area, that has burned. */
static uint32_t shared_evolving(const struct relate_options *o, const struct figure *a, const struct figure *b)
{
    const uint32_t of_a[] = {a->concept, a->also};
    uint32_t flags = 0;
    for (uint32_t i = 0; i < 2; i++) {
        const struct concept *c = o->concepts ? concepts_at(o->concepts, of_a[i]) : NULL;
        if (c && (of_a[i] == b->concept || of_a[i] == b->also))
            flags |= c->flags & CONCEPT_EVOLVING;
    }
    return flags;
}

int relate(struct relation *to, const struct figure *a, const struct figure *b, const struct relate_options *o)
{
    memset(to, 0, sizeof *to);
    if (figures_loosely_same(a, b))
        return settle(to, ASSAY_AGREE, "same-number");
    if (!(translation(a, b, o) ? figures_nearly_comparable(a, b) : figures_comparable(a, b)))
        return 0;
    uint32_t flags = concept_flags(o, a) | concept_flags(o, b) | shared_evolving(o, a, b);
    if ((a->so_far || b->so_far) && figures_more_later(a, b))
        flags |= CONCEPT_EVOLVING;
    if (!figures_comparable(a, b))
        to->unsure = 1;
    if (a->kind == ASSAY_KIND_MONEY && !a->unit.size != !b->unit.size)
        to->unsure = 1;
    if (rule_measure(to, a, b, o) || rule_aspect(to, a, b, o) || rule_rate(to, a, b, o) ||
        rule_period(to, a, b, flags, o) || rule_status(to, a, b, flags, o))
        return 1;
    return rule_value(to, a, b, flags, o);
}
