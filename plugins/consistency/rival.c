/* SPDX-License-Identifier: Apache-2.0 */
#include "rival.h"

#include <assay/kit/text.h>

#define NARROW 200000u   /* of quantities that are told of one thing with little difference */
#define GENERATION 400000u /* ages further apart are of two of one name: a mother of 35, her son of 17 */
#define SOME 666666u    /* a count that has fallen by so much is one of a part */
#define OPPOSED 500000u  /* millionths */
#define UNLIKELY 800000u /* millionths: one is five times the other, and no slip of digits or scale explains it */

/* People in general, or those that something happened to: "12 people", "12 victims". */
static int anybody(const struct concepts *c, uint32_t thing)
{
    const struct concept *concept = concepts_at(c, thing);
    return concept && (concept->flags & CONCEPT_ANYBODY);
}

/* Who is counted: "32 members of the crew" are crew. */
static uint32_t counted_as(const struct concepts *c, const struct figure *f)
{
    const struct concept *thing = concepts_at(c, f->thing), *told = concepts_at(c, f->concept);
    int general = thing && (thing->flags & CONCEPT_WEAK) && (thing->flags & CONCEPT_PERSON) &&
                  !(thing->flags & CONCEPT_ANYBODY);
    return general && f->near && told && (told->flags & CONCEPT_WHO) ? f->concept : f->thing;
}

/* "41 fans were arrested", "41 arrests": the one counts what happened, the other to whom. */
static int somebody(const struct concepts *c, uint32_t thing)
{
    const struct concept *concept = concepts_at(c, thing);
    return concept && (concept->flags & (CONCEPT_ANYBODY | CONCEPT_PERSON | CONCEPT_WHO));
}

static int happened_to(const struct figure *a, const struct figure *b, const struct concepts *c, uint32_t x, uint32_t y)
{
    return a->concept == b->concept && a->near && b->near &&
           ((x == a->concept && somebody(c, y)) || (y == b->concept && somebody(c, x)));
}

/* "electric cars", "electric vehicles": one thing, of which each noun says less than the words before it. */
static int one_sort(const struct figure *a, const struct figure *b, const struct concepts *c, uint32_t x, uint32_t y)
{
    return a->concept != CONCEPT_NONE && a->concept == b->concept && a->near && b->near &&
           concepts_part_of(c, a->concept, x) && concepts_part_of(c, a->concept, y);
}

int figures_count_same(const struct figure *a, const struct figure *b, const struct concepts *c)
{
    uint32_t x = counted_as(c, a), y = counted_as(c, b);
    int known = x != CONCEPT_NONE && y != CONCEPT_NONE;
    if (!a->counted.size || !b->counted.size)
        return -1;
    if (known && (x == y || (anybody(c, x) && anybody(c, y))))
        return 1;
    if (known && one_sort(a, b, c, x, y))
        return 1;
    if (known)
        return happened_to(a, b, c, x, y) ? -1 : 0;
    if (!a->language.size || !assay_text_same(a->language, b->language))
        return -1;
    return assay_text_same(a->counted, b->counted);
}

static int narrow(const struct concepts *c, uint32_t id)
{
    const struct concept *concept = concepts_at(c, id);
    return concept && (concept->flags & CONCEPT_NARROW);
}

static int who(const struct concepts *c, uint32_t id)
{
    const struct concept *concept = concepts_at(c, id);
    return concept && (concept->flags & CONCEPT_WHO);
}

/* What happened to people: it says by itself who is counted ("leaving three dead"). */
static int harmed(const struct concepts *c, uint32_t id)
{
    const struct concept *concept = concepts_at(c, id);
    return concept && (concept->flags & CONCEPT_EVENT) && (concept->flags & CONCEPT_EVOLVING);
}

/* "the two were playing": a number in words that counts nothing said, unless it is of those that something happened to
 * ("leaving three dead"). */
static int pronoun(const struct figure *f, uint32_t id, const struct concepts *c)
{
    if (f->counted.size || harmed(c, id))
        return 0;
    for (uint64_t i = 0; i < f->text.size; i++)
        if (f->text.at[i] >= '0' && f->text.at[i] <= '9')
            return 0;
    return 1;
}

/* "2.14 Release Notes": digits with a point and nothing else, of what nobody has heard that it is measured. */
static int version(const struct figure *f)
{
    uint32_t points = 0;
    for (uint64_t i = 0; i < f->text.size; i++) {
        points += f->text.at[i] == '.';
        if (f->text.at[i] != '.' && (f->text.at[i] < '0' || f->text.at[i] > '9'))
            return 0;
    }
    return points && f->value.exponent < 0;
}

static int falls(const struct relation *r)
{
    return r->verdict == ASSAY_CONFLICT && !strcmp(r->rule, "count-falls");
}

static int may_fall(const struct concepts *c, uint32_t id)
{
    const struct concept *concept = concepts_at(c, id);
    return concept && (concept->flags & CONCEPT_FALLS);
}

#define FEW 12u /* of so many a part is told as often as all of them */

/* A count of few that has grown or fallen by much: 1: fallen by more than one, most often some of them; -1: grown to
 * twice as many, maybe all of several events; 0: neither. */
static int leap(const struct figure *a, const struct figure *b, const struct relation *r, const struct concepts *c)
{
    struct assay_decimal gap, one, few, twice;
    if ((strcmp(r->rule, "evolving-count") && !falls(r)) || a->kind != ASSAY_KIND_NUMBER)
        return 0;
    const struct figure *early = a->published < b->published ? a : b, *late = early == a ? b : a;
    assay_decimal_u64(&one, 1);
    assay_decimal_u64(&few, FEW);
    if (assay_decimal_compare(&early->value, &few) > 0)
        return 0;
    decimal_subtract(&gap, &early->value, &late->value);
    if (assay_decimal_compare(&gap, &one) > 0)
        return !may_fall(c, early->concept) || early->concept != late->concept;
    assay_decimal_add(&twice, &early->value, &early->value);
    return assay_decimal_compare(&late->value, &twice) >= 0 ? -1 : 0;
}

/* "Gained 24 %", "lost 5 %": shares of two companies rather than one of which two say so different things. */
static int opposed(const struct figure *a, const struct figure *b, const struct relation *r)
{
    return a->change != ASSAY_CHANGE_LEVEL && b->change != ASSAY_CHANGE_LEVEL && a->change != b->change &&
           a->has_relation && b->has_relation && a->relation == ASSAY_RELATION_BY && b->relation == ASSAY_RELATION_BY &&
           r->gap > OPPOSED;
}

int figures_rival(const struct figure *a, const struct figure *b, const struct relation *r, const struct concepts *c)
{
    uint32_t x = concepts_measure(c, a->concept), y = concepts_measure(c, b->concept);
    if (r->gap > (narrow(c, x) || narrow(c, y) ? NARROW : UNLIKELY) && !r->has_hint)
        return 0;
    if (a->record != b->record || a->name || b->name || opposed(a, b, r) || figures_step_and_level(a, b))
        return 0;
    if (falls(r) && r->gap > SOME)
        return 0; /* most likely some of them: of one village */
    if (a->rest != b->rest || ((a->part || b->part) && (r->verdict == ASSAY_UPDATE || falls(r))))
        return 0; /* "two of the victims": of them another number later */
    if (a->age && b->age && r->gap > GENERATION && !r->has_hint)
        return 0;
    if (a->kind == ASSAY_KIND_DURATION)
        return a->age == b->age ? 1 : 0;
    if (a->kind == ASSAY_KIND_PERCENT && !r->one && (who(c, a->concept) || who(c, b->concept)))
        return 0; /* a share of them; of what they do nothing is known */
    if (a->kind != ASSAY_KIND_NUMBER || b->kind != ASSAY_KIND_NUMBER)
        return x != CONCEPT_NONE && x == y && a->near && b->near ? 1 : -1;
    int same = figures_count_same(a, b, c);
    if (same == 0 || a->age || b->age)
        return 0; /* other things; a bare number between commas: an age */
    if (x == CONCEPT_NONE && y == CONCEPT_NONE && (version(a) || version(b)))
        return 0;
    if (x == CONCEPT_NONE && y == CONCEPT_NONE) {
        if (!a->counted.size || !b->counted.size)
            return 0; /* bare numbers: days, house numbers, parts of names */
        return same == 1 && anybody(c, a->thing) ? -1
                                                 : same; /* people, of whom it is not known what happened to them */
    }
    if (pronoun(a, x, c) || pronoun(b, y, c))
        return 0;
    int step = leap(a, b, r, c);
    if (step)
        return step > 0 ? 0 : -1;
    if (x != y && same != 1)
        return 0; /* it is said of one of them only what happened to those counted */
    if (!harmed(c, x) && (!a->counted.size || !b->counted.size))
        return -1;
    return a->near && b->near ? 1 : -1;
}

#define BIRTHDAY_DAYS 30 /* sooner, another age is more likely a slip */

#define FEW_DAYS 7 /* within so many, a year more is a slip */

int figures_birthday_between(const struct figure *a, const struct figure *b)
{
    struct assay_decimal years, one;
    if (!a->age || !b->age || !a->has_published || !b->has_published)
        return 0;
    const struct figure *early = a->published < b->published ? a : b, *late = early == a ? b : a;
    decimal_subtract(&years, &late->value, &early->value);
    assay_decimal_u64(&one, 1);
    return late->published - early->published >= FEW_DAYS && !assay_decimal_compare(&years, &one);
}

int figures_grown_older(const struct figure *a, const struct figure *b)
{
    struct assay_decimal years, least, most;
    if (!a->age || !b->age || !a->has_published || !b->has_published)
        return 0;
    const struct figure *early = a->published < b->published ? a : b, *late = early == a ? b : a;
    int64_t days = late->published - early->published;
    if (days < BIRTHDAY_DAYS)
        return 0;
    decimal_subtract(&years, &late->value, &early->value);
    assay_decimal_u64(&least, (uint64_t)days / 366);
    assay_decimal_u64(&most, (uint64_t)days / 365 + 1);
    return years.sign > 0 && assay_decimal_compare(&years, &least) >= 0 && assay_decimal_compare(&years, &most) <= 0;
}
