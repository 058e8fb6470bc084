/* SPDX-License-Identifier: Apache-2.0
 *
 * The ladder of rules, the last rung: what the values themselves say, once both are of one thing and time.
 */
#include "grown.h"
#include "rival.h"
#include "rules.h"

#include <assay/kit/text.h>

#define CONVERTED_PERMILLE 70u /* translators and editors round converted units */
/* millionths: nobody who counts the same thing differs by so much, unless a slip of digits or scale explains it; and
 * where it is not even said to be the same measure */
#define WIDE 500000u
#define WIDE_UNTOLD 350000u
#define FLUX 100000u           /* millionths: what counts of one day differ by when they grow by the hour */

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
    rules_digits(&b->value, &place);
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
    uint32_t n = rules_digits(&a->value, &p), m = rules_digits(&b->value, &q);
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
        return rules_settle(r, ASSAY_AGREE, "same-value");
    if (figures_grown_older(a, b))
        return rules_settle(r, ASSAY_COMPATIBLE, "grown-older");
    if ((flags & CONCEPT_EVENT) && with_attacker(a, b))
        return rules_settle(r, ASSAY_SCOPE, "with-or-without-attacker");
    if (other_reading_fits(a, b))
        return rules_settle(r, ASSAY_COMPATIBLE, "ambiguous-separator");
    if (figures_opposed(a, b))
        return rules_settle(r, ASSAY_COMPATIBLE, "sign-said-in-words");
    return figures_of_other_hours(a, b, flags) && rules_settle(r, ASSAY_COMPATIBLE, "bounds-meet");
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
    to->same = rules_translation(a, b, o) && precise;
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
        return rules_settle(r, ASSAY_CONFLICT, "values-differ");
    }
    figure_usual(&p, a, w->base);
    figure_usual(&q, b, w->base);
    if (interval_meet(&p, &q) || figure_vague(a) || figure_vague(b))
        return rules_settle(r, ASSAY_COMPATIBLE,
                            w->base               ? "converted-unit"
                            : figures_exact(a, b) ? "within-rounding"
                                                  : "bounds-meet");
    r->odd = 1;
    if (!(same_direction(a, b) || o->aligned) || interval_gap(&p, &q) <= FAR_APART / 3)
        return rules_settle(r, ASSAY_COMPATIBLE, "loose-bound");
    r->gap = interval_gap(&p, &q);
    r->unsure |= (flags & CONCEPT_EVOLVING) != 0; /* as of another hour? */
    if (!rules_translation(a, b, o) && figures_in_flux(a, b, flags))
        return rules_settle(r, ASSAY_UPDATE, "evolving-count");
    return rules_settle(r, ASSAY_CONFLICT, "bounds-far-apart");
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
            return rules_settle(r, ASSAY_COMPATIBLE, "converted-unit");
        if (!assay_decimal_compare(&a->value, &b->value)) {
            relation_hint(r, a, b);
            return rules_settle(r, ASSAY_CONFLICT, "values-differ");
        }
    }
    if (!r->gap) /* they only touch: rounded alike, yet different */
        r->gap = gap_of_points(a, b, w->base);
    if (degrees_fit(a, b) || degrees_fit(b, a))
        return rules_settle(r, ASSAY_COMPATIBLE, "converted-unit");
    return o->tolerance && r->gap <= o->tolerance && rules_settle(r, ASSAY_COMPATIBLE, "within-tolerance");
}

/* Sums and shares of which nothing is known to be measured in both: "the 222 million", "a total of 590 million"; people
 * of whom nothing is known but that they are people. */
static int nothing_measured(const struct relate_options *o, const struct figure *a, const struct figure *b)
{
    if (a->kind == ASSAY_KIND_NUMBER)
        return (rules_flags(o, a) & rules_flags(o, b) & CONCEPT_WEAK) != 0;
    if (a->kind != ASSAY_KIND_MONEY && a->kind != ASSAY_KIND_PERCENT)
        return 0;
    return a->concept == CONCEPT_NONE || b->concept == CONCEPT_NONE;
}

int figures_told_as_one(const struct relate_options *o, const struct figure *a, const struct figure *b)
{
    if (a->concept != CONCEPT_NONE && a->concept == b->concept && a->near && b->near && !(rules_flags(o, a) & CONCEPT_GENERAL))
        return 1;
    const struct concept *thing = o->concepts ? concepts_at(o->concepts, a->thing) : NULL;
    /* to people other things may happen */
    int somebody = thing && (thing->flags & CONCEPT_ANYBODY) && a->concept != b->concept;
    return a->kind == ASSAY_KIND_NUMBER && a->thing != CONCEPT_NONE && a->thing == b->thing && !somebody;
}

/* Who disputes a figure is often far from it: 12,000 marched by the police, 60,000 by those who called them; so are first
 * counts of the dead of one day. */
static int disputed(const struct relate_options *o, const struct figure *a, const struct figure *b)
{
    const uint32_t harm = CONCEPT_EVENT | CONCEPT_EVOLVING;
    if (a->speaker.size && b->speaker.size && !assay_text_same(a->speaker, b->speaker) &&
        a->kind != ASSAY_KIND_PERCENT && assay_text_same(a->language, b->language))
        return 1;
    return a->concept == b->concept && (rules_flags(o, a) & harm) == harm && a->has_published && b->has_published &&
           a->published == b->published;
}

/* Too far apart to be of one thing: what was planned, what is left, a part, a share, of another day. Two versions of one
 * sentence speak of one thing, however far apart; so do the ages of one person. */
static int far_apart(const struct relation *r, const struct figure *a, const struct figure *b,
                     const struct relate_options *o)
{
    int one_language = a->language.size && assay_text_same(a->language, b->language);
    if (r->has_hint || o->one || o->aligned == 2 || (o->aligned && one_language) || a->age || b->age)
        return 0;
    if (figures_told_as_one(o, a, b))
        return r->gap > WIDE && !disputed(o, a, b);
    return r->gap > WIDE_UNTOLD;
}

/* A publisher that tells another figure for the same time on a later day has looked again, unless it slipped. */
static int revised(const struct relation *r, const struct figure *a, const struct figure *b,
                   const struct relate_options *o)
{
    return !r->has_hint && !o->aligned && a->has_time == b->has_time && a->has_published && b->has_published && a->source.size &&
           assay_text_same(a->source, b->source) && figures_order(a, b);
}

/* What is left: a count that has changed, or a contradiction; how sure that is. */
static int rule_differ(struct relation *r, const struct figure *a, const struct figure *b, uint32_t flags,
                       const struct relate_options *o)
{
    int two_days = figures_of_two_days(a, b) && !o->aligned, translated = rules_translation(a, b, o);
    if ((flags & CONCEPT_EVOLVING) && figures_order(a, b) && !figures_of_closed_period(a, b) &&
        !figures_swapped(a, b)) {
        if (two_days)
            return rules_settle(r, ASSAY_SCOPE, "different-period");
        r->unsure |= !translated && figures_fallen(a, b, flags);
        return r->unsure && figures_fallen(a, b, flags) ? rules_settle(r, ASSAY_CONFLICT, "count-falls")
                                                        : rules_settle(r, ASSAY_UPDATE, "evolving-count");
    }
    r->unsure |= two_days || (one_issue(a, b) && !o->aligned) || figures_birthday_between(a, b);
    r->unsure |= !translated && (!o->aligned || r->gap > FAR_APART) && nothing_measured(o, a, b);
    r->unsure |= a->aspects != b->aspects && !translated; /* "for adults", and nothing */
    r->unsure |= no_time(a, b, flags) && !translated;     /* an update, another year, another edition? */
    relation_hint(r, a, b);
    if (!translated && !r->has_hint && figures_in_flux(a, b, flags)) {
        r->unsure |= !o->aligned;
        if (r->gap > FLUX)
            return rules_settle(r, ASSAY_UPDATE, "evolving-count");
    }
    if (revised(r, a, b, o))
        return rules_settle(r, ASSAY_UPDATE, "revised");
    if (far_apart(r, a, b, o))
        return rules_settle(r, ASSAY_SCOPE, "far-apart");
    return rules_settle(r, ASSAY_CONFLICT, "values-differ");
}

int rule_value(struct relation *r, const struct figure *a, const struct figure *b, uint32_t flags,
               const struct relate_options *o)
{
    struct allowed w;
    if (rule_excuse(r, a, b, flags))
        return 1;
    allow(&w, a, b, o);
    int meet = interval_meet(&w.x, &w.y);
    if ((flags & CONCEPT_EVOLVING) && !o->aligned && !meet && figures_look_back(a, b))
        return rules_settle(r, ASSAY_SCOPE, "different-period");
    if (figures_grown(a, b, flags))
        return rules_settle(r, ASSAY_UPDATE, "evolving-count");
    if (meet)
        return rule_meeting(r, a, b, flags, o, &w);
    return rule_near(r, a, b, o, &w) || rule_differ(r, a, b, flags, o);
}
