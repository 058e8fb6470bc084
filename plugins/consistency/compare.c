/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether two figures can be set against each other at all, and what values each of them allows.
 */
#include "relate.h"

#include <string.h>

#include <assay/kit/text.h>

static uint32_t is_count(const struct figure *f)
{
    return f->kind == ASSAY_KIND_NUMBER || f->kind == ASSAY_KIND_RANK || f->kind == ASSAY_KIND_ORDINAL ||
           f->kind == ASSAY_KIND_DURATION;
}

int figure_in_digits(const struct figure *f)
{
    for (uint64_t i = 0; i < f->text.size; i++)
        if (f->text.at[i] >= '0' && f->text.at[i] <= '9')
            return 1;
    return 0;
}

#define COUNTED 9u /* up to here a number in words is as sure as one in digits */

static int more_than_one(const struct figure *f)
{
    struct assay_decimal one;
    assay_decimal_u64(&one, 1);
    return f->bound == ASSAY_BOUND_OVER && f->kind == ASSAY_KIND_NUMBER && !assay_decimal_compare(&f->value, &one);
}

/* "dozens", "hundreds of", "at least twenty", but not "at least six": no word for an uncertain number stands for one
 * below ten. "More than one" is said of any number above. */
int figure_vague(const struct figure *f)
{
    int counted = f->kind == ASSAY_KIND_NUMBER && !assay_decimal_above(&f->value, COUNTED);
    return !figure_in_digits(f) && ((f->bound == ASSAY_BOUND_AT_LEAST && !counted) || more_than_one(f));
}

#define MANY 1000u /* a count above is told of few things in one story, */
#define DOZEN 12u  /* up to here of many */

uint32_t figure_exactness(const struct figure *f)
{
    uint32_t digits = f->value.digits;
    while (digits > 1 && f->value.digit[digits - 1] == 0)
        digits--;
    if (f->kind == ASSAY_KIND_ORDINAL || f->kind == ASSAY_KIND_RANK || f->kind == ASSAY_KIND_MULTIPLE ||
        figure_vague(f) || f->name)
        return 0;
    if (f->bound == ASSAY_BOUND_RANGE) /* both ends have to be the same */
        return f->kind == ASSAY_KIND_MONEY || f->kind == ASSAY_KIND_DIMENSION ? 2 : 0;
    if (digits < 2)
        return f->kind == ASSAY_KIND_DURATION && !f->age;
    if (f->kind == ASSAY_KIND_MONEY || f->kind == ASSAY_KIND_DIMENSION || digits > 2)
        return 3;
    if (f->kind != ASSAY_KIND_NUMBER)
        return 2;
    return assay_decimal_above(&f->value, MANY) ? 3 : assay_decimal_above(&f->value, DOZEN) ? 2 : 0;
}

/* ---- comparable ---- */

int figure_percent_like(const struct figure *f)
{
    return f->kind == ASSAY_KIND_PERCENT || assay_text_is(f->unit, "percent") ||
           assay_text_is(f->unit, "percentage-point");
}

static int in_points(const struct figure *f)
{
    return assay_text_is(f->unit, "percentage-point") || assay_text_is(f->unit, "basis-point");
}

int figures_step_and_level(const struct figure *a, const struct figure *b)
{
    return figure_percent_like(a) && figure_percent_like(b) && in_points(a) != in_points(b) && !figures_equal(a, b);
}

/* "44 degrees Celsius", "44 Grad" */
static int plain_degrees(const struct figure *a, const struct figure *b)
{
    return assay_text_is(a->unit, "degree") &&
           (assay_text_is(b->unit, "celsius") || assay_text_is(b->unit, "fahrenheit"));
}

static int same_dimension(const struct figure *a, const struct figure *b)
{
    if (assay_text_same(a->unit, b->unit) || plain_degrees(a, b) || plain_degrees(b, a))
        return 1;
    if (a->base_unit.size && b->base_unit.size)
        return assay_text_same(a->base_unit, b->base_unit);
    return 0;
}

/* "one in four" and "four": a share in words is not compared with a count. */
static int share_and_count(const struct figure *a, const struct figure *b)
{
    struct assay_decimal one, x = a->value, y = b->value;
    assay_decimal_u64(&one, 1);
    decimal_absolute(&x);
    decimal_absolute(&y);
    return (assay_decimal_compare(&x, &one) < 0) != (assay_decimal_compare(&y, &one) < 0) && x.sign && y.sign &&
           (!figure_in_digits(a) || !figure_in_digits(b));
}

int figures_comparable(const struct figure *a, const struct figure *b)
{
    if (figure_percent_like(a) || figure_percent_like(b))
        return figure_percent_like(a) && figure_percent_like(b);
    if (a->kind != b->kind)
        return 0;
    if (a->kind != ASSAY_KIND_DURATION && a->per.size && b->per.size && !assay_text_same(a->per, b->per))
        return 0; /* a head, a month */
    if (a->kind == ASSAY_KIND_MONEY) /* "dollars" without a country fits any currency, but unsurely */
        return !a->unit.size || !b->unit.size || assay_text_same(a->unit, b->unit);
    if (!same_dimension(a, b))
        return 0;
    if (a->kind == ASSAY_KIND_NUMBER && share_and_count(a, b))
        return 0;
    return 1;
}

int figures_nearly_comparable(const struct figure *a, const struct figure *b)
{
    if (figures_comparable(a, b))
        return 1;
    /* "Rossi, 58" and "Rossi (58 Jahre)", "48" and "48 minutes": one of the texts leaves the unit to the reader. Not so
     * with lengths and weights, which translators convert, nor with seconds ("1980s"). */
    const struct figure *bare = a->kind == ASSAY_KIND_NUMBER ? a : b, *other = bare == a ? b : a;
    return bare->kind == ASSAY_KIND_NUMBER && !bare->unit.size && figure_in_digits(bare) &&
           other->kind == ASSAY_KIND_DURATION &&
           !assay_text_is(other->unit, "second");
}

static int in_a_row(const struct figure *f)
{
    return f->kind == ASSAY_KIND_ORDINAL || f->kind == ASSAY_KIND_RANK;
}

int figures_loosely_same(const struct figure *a, const struct figure *b)
{
    if (a->kind == ASSAY_KIND_MONEY && b->kind == ASSAY_KIND_MONEY)
        return 0; /* other currencies */
    if (a->kind == b->kind && a->unit.size && b->unit.size)
        return 0; /* 35 minutes, 35 months */
    if (a->language.size && assay_text_same(a->language, b->language)) { /* a translator may leave a unit out */
        if ((a->kind == ASSAY_KIND_DIMENSION && b->counted.size) ||
            (b->kind == ASSAY_KIND_DIMENSION && a->counted.size))
            return 0; /* 30 kilometres, 30 people */
        if (in_a_row(a) != in_a_row(b))
            return 0; /* three years, the third */
    }
    return !figures_comparable(a, b) && a->bound != ASSAY_BOUND_RANGE && b->bound != ASSAY_BOUND_RANGE &&
           a->value.sign != 0 && !assay_decimal_compare(&a->value, &b->value);
}

int figures_need_base(const struct figure *a, const struct figure *b)
{
    return !assay_text_same(a->unit, b->unit) && a->has_base && b->has_base && !figure_percent_like(a) &&
           a->kind != ASSAY_KIND_MONEY && !plain_degrees(a, b) && !plain_degrees(b, a);
}

/* ---- intervals ---- */

static void written_of(struct written *w, const struct figure *f)
{
    memset(w, 0, sizeof *w);
    w->value = f->value;
    w->high = f->high;
    w->bound = f->bound;
    w->counted = is_count(f);
    w->text = f->text;
}

/* Rounding is judged on the number as written, then scaled: base = written * factor, both exact at the value itself. */
static void to_base(struct interval *i, const struct figure *f)
{
    struct assay_decimal down, up;
    if (f->bound == ASSAY_BOUND_RANGE) {
        i->low = f->base;
        i->high = f->base_high;
        return;
    }
    decimal_subtract(&down, &f->value, &i->low);
    decimal_subtract(&up, &i->high, &f->value);
    /* The factor is not at hand as a decimal; a rounding share of the value carries over unchanged. */
    uint32_t share = 0;
    struct assay_decimal probe, size = f->value;
    decimal_absolute(&size);
    for (uint32_t step = 512; step && size.sign; step /= 2) {
        decimal_share(&probe, &size, share + step, 3);
        if (assay_decimal_compare(&probe, &up) <= 0)
            share += step;
    }
    i->low = i->high = f->base;
    interval_widen(i, share);
}

void figure_interval(struct interval *i, const struct figure *f, int base)
{
    struct written w;
    written_of(&w, f);
    interval_strict(i, &w);
    if (base)
        to_base(i, f);
}

void figure_usual(struct interval *i, const struct figure *f, int base)
{
    struct written w;
    written_of(&w, f);
    interval_usual(i, &w);
    if (base)
        to_base(i, f);
}

void figure_point(struct interval *i, const struct figure *f, int base)
{
    memset(i, 0, sizeof *i);
    i->low = i->high = base ? f->base : f->value;
}

int figures_exact(const struct figure *a, const struct figure *b)
{
    return a->bound == ASSAY_BOUND_EXACT && b->bound == ASSAY_BOUND_EXACT;
}

int figures_equal(const struct figure *a, const struct figure *b)
{
    int base = figures_need_base(a, b);
    const struct assay_decimal *x = base ? &a->base : &a->value, *y = base ? &b->base : &b->value;
    if (assay_decimal_compare(x, y))
        return 0;
    if (a->bound == ASSAY_BOUND_RANGE && b->bound == ASSAY_BOUND_RANGE)
        return !assay_decimal_compare(base ? &a->base_high : &a->high, base ? &b->base_high : &b->high);
    return (a->bound == ASSAY_BOUND_RANGE) == (b->bound == ASSAY_BOUND_RANGE);
}

/* A sign that only one of two ways of saying it has: "fell by 5 %", "-5 %". */
int figures_opposed(const struct figure *a, const struct figure *b)
{
    struct assay_decimal x = a->value, y = b->value;
    if (x.sign * y.sign >= 0)
        return 0;
    decimal_absolute(&x);
    decimal_absolute(&y);
    return !assay_decimal_compare(&x, &y);
}

int figures_same(const struct figure *a, const struct figure *b)
{
    return figures_comparable(a, b) && figures_equal(a, b) && a->bound == b->bound && assay_text_same(a->unit, b->unit);
}
