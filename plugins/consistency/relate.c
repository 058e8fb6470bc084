/* SPDX-License-Identifier: Apache-2.0
 *
 * The ladder of rules: two figures that can be compared -> a verdict, and the rule that gave it.
 */
#include "grown.h"
#include "rules.h"

#include <assay/kit/text.h>

#define SLIP_DAYS 3

uint32_t rules_flags(const struct relate_options *o, const struct figure *f)
{
    const struct concept *c = o->concepts ? concepts_at(o->concepts, f->concept) : NULL;
    return c ? c->flags : 0;
}

uint32_t rules_digits(const struct assay_decimal *d, int32_t *place)
{
    uint32_t n = d->digits;
    while (n > 1 && d->digit[n - 1] == 0)
        n--;
    *place = d->exponent + (int32_t)(d->digits - n);
    return n;
}

int rules_settle(struct relation *r, uint32_t verdict, const char *rule)
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

int figures_same_period(const struct figure *a, const struct figure *b)
{
    return a->has_time && b->has_time && a->from == b->from && a->to == b->to;
}

int figures_one_thing(const struct figure *a, const struct figure *b)
{
    return a->thing != CONCEPT_NONE && a->thing == b->thing && (a->concept == a->thing || b->concept == b->thing) &&
           a->kind == b->kind && figure_in_digits(a) && figure_in_digits(b) && a->value.digits >= 2 &&
           (figures_equal(a, b) || figures_swapped(a, b));
}

int figures_one_noun(const struct concepts *concepts, const struct figure *a, const struct figure *b)
{
    const struct concept *noun = concepts_at(concepts, a->thing);
    return noun && a->thing == b->thing && !(noun->flags & (CONCEPT_WEAK | CONCEPT_ANYBODY)) && a->kind == b->kind &&
           figure_in_digits(a) && figure_in_digits(b) && a->value.digits >= 2 && figures_equal(a, b);
}

int figures_share_concept(const struct figure *a, const struct figure *b)
{
    if (a->concept == CONCEPT_NONE || b->concept == CONCEPT_NONE || a->concept == b->concept)
        return 1;
    return a->concept == b->also || b->concept == a->also || (a->also != CONCEPT_NONE && a->also == b->also) ||
           figures_one_thing(a, b);
}

/* "8.7 million cars", "8.7 million vehicles": as many, to the second digit, and another word for them. */
static int one_count(const struct figure *a, const struct figure *b)
{
    int32_t place;
    return a->kind == b->kind && (a->kind == ASSAY_KIND_NUMBER || a->kind == ASSAY_KIND_MONEY) &&
           figure_in_digits(a) && figure_in_digits(b) && rules_digits(&a->value, &place) >= 2;
}

/* "Is to be built for 148 million", "costs 184 million", told within days: two digits swapped, of one measure, say more
 * than mood, aspect and denial. */
static int slip_of_days(const struct figure *a, const struct figure *b, const struct relate_options *o)
{
    int64_t days = a->published - b->published;
    return a->has_published && b->has_published && days <= SLIP_DAYS && days >= -SLIP_DAYS && figures_swapped(a, b) &&
           (a->unit.size || figures_told_as_one(o, a, b));
}

/* Different measures: a part and its whole, or two parts. */
static int rule_measure(struct relation *r, const struct figure *a, const struct figure *b,
                        const struct relate_options *o)
{
    if (!o->concepts || figures_share_concept(a, b) || figures_one_noun(o->concepts, a, b))
        return 0;
    if ((rules_flags(o, a) | rules_flags(o, b)) & CONCEPT_GENERAL)
        return 0;
    const struct figure *part = NULL, *whole = NULL;
    if (concepts_part_of(o->concepts, a->concept, b->concept)) {
        part = a;
        whole = b;
    } else if (concepts_part_of(o->concepts, b->concept, a->concept)) {
        part = b;
        whole = a;
    }
    if (!part && o->one && o->aligned == 2) {
        r->unsure |= !figures_equal(a, b);
        return 0; /* texts that agree throughout: which word says what is measured is told by chance */
    }
    if (!part && a->kind == ASSAY_KIND_MONEY && slip_of_days(a, b, o)) {
        r->unsure = 1; /* "fined 86 million", "will pay 68 million" */
        return 0;
    }
    if (!part)
        return (o->aligned || (figure_exactness(a) == 3 && figure_exactness(b) == 3)) && figures_equal(a, b)
                   ? 0
                   : rules_settle(r, ASSAY_SCOPE, "different-measure");
    if ((o->aligned || one_count(a, b)) && figures_equal(a, b))
        return 0;
    struct interval p, w;
    int base = figures_need_base(a, b);
    figure_interval(&p, part, base);
    figure_interval(&w, whole, base);
    int absolute = !figure_percent_like(a) && a->kind != ASSAY_KIND_MULTIPLE && a->kind != ASSAY_KIND_RANK &&
                   a->kind != ASSAY_KIND_ORDINAL && a->change == ASSAY_CHANGE_LEVEL && b->change == ASSAY_CHANGE_LEVEL;
    int dated = !a->has_time || !b->has_time || figures_same_period(a, b);
    if (absolute && dated && !p.low_infinite && !w.high_infinite && assay_decimal_compare(&p.low, &w.high) > 0) {
        uint32_t growing = rules_flags(o, part) & rules_flags(o, whole) & CONCEPT_EVOLVING;
        r->gap = interval_gap(&p, &w);
        if (growing && (figures_order(part, whole) > 0 || figures_in_flux(part, whole, growing)))
            return rules_settle(r, ASSAY_SCOPE, "part-of-whole"); /* of another hour: all that were hurt grew, too */
        return rules_settle(r, ASSAY_CONFLICT, "part-beyond-whole");
    }
    return rules_settle(r, ASSAY_SCOPE, "part-of-whole");
}

int rules_translation(const struct figure *a, const struct figure *b, const struct relate_options *o)
{
    return o->aligned == 2 && a->language.size && b->language.size && !assay_text_same(a->language, b->language);
}

/* "Median rent", "average rent": two figures of one measure that need not be equal. */
static int rule_aspect(struct relation *r, const struct figure *a, const struct figure *b,
                       const struct relate_options *o)
{
    if (!o->concepts || a->aspects == b->aspects || !concepts_contrast(o->concepts, a->aspects, b->aspects) ||
        rules_translation(a, b, o) || figures_equal(a, b) || slip_of_days(a, b, o))
        return 0;
    return rules_settle(r, ASSAY_SCOPE, "different-aspect");
}

/* "8 million a day", "has cost 24 million": a rate and a total. */
static int rule_rate(struct relation *r, const struct figure *a, const struct figure *b, const struct relate_options *o)
{
    struct interval x, y;
    if (!a->per.size == !b->per.size || rules_translation(a, b, o) || figures_equal(a, b))
        return 0;
    r->unsure = 1;
    figure_usual(&x, a, 0);
    figure_usual(&y, b, 0);
    return interval_gap(&x, &y) > FAR_APART && rules_settle(r, ASSAY_SCOPE, "rate-or-total");
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
    int harm = one_measure && (rules_flags(o, a) & CONCEPT_EVENT) && (rules_flags(o, a) & CONCEPT_EVOLVING);
    return figures_equal(a, b) && (!harm || o->aligned || !one_language);
}

/* "The firm would have sales of 84 billion", "has sales of 96 billion", printed in one week: the mood of the verb, no
 * forecast that an outcome has overtaken. Not so with counts that grow. */
static int mood_only(const struct figure *a, const struct figure *b, uint32_t flags)
{
    const struct figure *f = wished(a) ? a : b, *other = f == a ? b : a;
    int open = figures_same_period(a, b) && a->to >= a->published_last && a->to >= b->published_last &&
               a->from != DAY_OPEN_BEGIN; /* "brings in 130 million this year" */
    if (f->status == ASSAY_TARGET || (flags & CONCEPT_EVOLVING) || !a->has_published || !b->has_published ||
        (other->published > f->published && !open))
        return 0;
    int64_t days = a->published - b->published;
    int one = (a->concept != CONCEPT_NONE && a->concept == b->concept) ||
              (open && figures_swapped_few(a, b)); /* "will spend 56 million this year", "spends 65 million" */
    return days <= WEEKDAYS && days >= -WEEKDAYS && one;
}

static int rule_status(struct relation *r, const struct figure *a, const struct figure *b, uint32_t flags,
                       const struct relate_options *o)
{
    if (wished(a) != wished(b) && o->aligned != 2 && !figures_equal(a, b) && !fit(a, b)) {
        if (!slip_of_days(a, b, o) && !mood_only(a, b, flags))
            return rules_settle(r, ASSAY_SCOPE, "target-or-forecast");
        r->unsure |= a->status == ASSAY_FORECAST || b->status == ASSAY_FORECAST || a->status == ASSAY_TARGET ||
                     b->status == ASSAY_TARGET;
    }
    int place = a->kind == ASSAY_KIND_ORDINAL || a->kind == ASSAY_KIND_RANK || a->age ||
                b->age; /* "17-year-olds don't stay in" */
    if ((a->status == ASSAY_NEGATED) != (b->status == ASSAY_NEGATED) && o->aligned != 2 && !place &&
        !denied_by_chance(a, b, o) && !slip_of_days(a, b, o))
        return rules_settle(r, ASSAY_SCOPE, "denied");
    if (o->aligned == 2)
        return 0;
    int change_a = a->has_relation && a->relation == ASSAY_RELATION_BY; /* "rose by 5 %", "5 % dearer than" */
    int change_b = b->has_relation && b->relation == ASSAY_RELATION_BY;
    int from_a = a->has_relation && a->relation == ASSAY_RELATION_FROM,
        from_b = b->has_relation && b->relation == ASSAY_RELATION_FROM;
    int rate =
        figure_percent_like(a) && figure_percent_like(b) && (rules_flags(o, a) & rules_flags(o, b) & CONCEPT_RATE);
    if (((change_a && from_b) || (change_b && from_a)) && figures_equal(a, b) && one_count(a, b)) {
        r->unsure = 1;
        return rules_settle(r, ASSAY_CONFLICT, "by-or-from");
    }
    if (change_a != change_b && !rate && !figures_equal(a, b) && !fit(a, b))
        return rules_settle(r, ASSAY_SCOPE, "change-not-level");
    if (from_a != from_b && !figures_same_period(a, b) && !figures_equal(a, b)) /* "from 8.7 a year ago" */
        return rules_settle(r, ASSAY_SCOPE, "before-and-after");
    if (change_a && change_b && a->change != b->change && a->change != ASSAY_CHANGE_LEVEL &&
        b->change != ASSAY_CHANGE_LEVEL) {
        r->unsure = 1;
        return figures_equal(a, b) ? rules_settle(r, ASSAY_CONFLICT, "opposite-change") : 0;
    }
    return 0;
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
    to->one = o->one;
    if (a->kind == ASSAY_KIND_DATE || b->kind == ASSAY_KIND_DATE)
        return relate_dates(to, a, b, o);
    if (figures_loosely_same(a, b))
        return rules_settle(to, ASSAY_AGREE, "same-number");
    if (!(rules_translation(a, b, o) ? figures_nearly_comparable(a, b) : figures_comparable(a, b)))
        return 0;
    uint32_t flags = rules_flags(o, a) | rules_flags(o, b) | shared_evolving(o, a, b);
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
