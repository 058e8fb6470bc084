/* SPDX-License-Identifier: Apache-2.0 */
#include "interval.h"

#include <string.h>

#include <assay/layers/claim.h>

void decimal_subtract(struct assay_decimal *to, const struct assay_decimal *a, const struct assay_decimal *b)
{
    struct assay_decimal minus = *b;
    minus.sign = -minus.sign;
    assay_decimal_add(to, a, &minus);
}

void decimal_share(struct assay_decimal *to, const struct assay_decimal *a, uint64_t n, uint32_t power)
{
    struct assay_decimal factor;
    assay_decimal_u64(&factor, n);
    assay_decimal_mul(to, a, &factor);
    assay_decimal_scale(to, -(int32_t)power);
}

void decimal_absolute(struct assay_decimal *d)
{
    if (d->sign < 0)
        d->sign = 1;
}

/* Trailing zeros of the stored digits. */
static uint32_t zeros(const struct assay_decimal *d)
{
    uint32_t n = 0;
    while (n < d->digits && d->digit[d->digits - 1 - n] == 0)
        n++;
    return n;
}

static int is_whole(const struct assay_decimal *d)
{
    return d->sign == 0 || d->exponent + (int32_t)zeros(d) >= 0;
}

/* Digits before the point; negative for 0.05. */
static int32_t magnitude(const struct assay_decimal *d)
{
    return d->sign ? d->exponent + (int32_t)d->digits : 0;
}

/* Decimal digits in the first number of the text; separators inside it do not end it. */
static uint32_t digits_in(struct assay_text text)
{
    uint32_t n = 0;
    for (uint64_t i = 0; i < text.size; i++) {
        char c = text.at[i];
        if (c >= '0' && c <= '9') {
            n++;
            continue;
        }
        int inner = c == '.' || c == ',' || c == ' ' || c == '\'' || (unsigned char)c >= 0x80;
        if (n && !inner)
            break;
        if (n && c == ' ' && (i + 1 == text.size || text.at[i + 1] < '0' || text.at[i + 1] > '9'))
            break;
    }
    return n;
}

static void power_of_ten(struct assay_decimal *d, int32_t power)
{
    assay_decimal_u64(d, 1);
    assay_decimal_scale(d, power);
}

static void half_of_power(struct assay_decimal *d, int32_t power)
{
    assay_decimal_u64(d, 5);
    assay_decimal_scale(d, power - 1);
}

static void smaller(struct assay_decimal *to, const struct assay_decimal *a, const struct assay_decimal *b)
{
    *to = assay_decimal_compare(a, b) < 0 ? *a : *b;
}

static void larger(struct assay_decimal *to, const struct assay_decimal *a, const struct assay_decimal *b)
{
    *to = assay_decimal_compare(a, b) < 0 ? *b : *a;
}

/* Trailing zeros before the point may be rounding, but by no more than a fortieth of the number. */
static void by_zeros(struct assay_decimal *half, const struct assay_decimal *value)
{
    struct assay_decimal step, fortieth, size = *value;
    decimal_absolute(&size);
    int32_t power = value->exponent + (int32_t)zeros(value);
    if (power <= 0) {
        memset(half, 0, sizeof *half);
        return;
    }
    half_of_power(&step, power);
    decimal_share(&fortieth, &size, 25, 3);
    smaller(half, &step, &fortieth);
}

/* Half the step the number was rounded to: what may be missing from it or too much in it. 0 for an exact count. */
static void half_step(struct assay_decimal *half, const struct written *w)
{
    const struct assay_decimal *v = &w->value;
    struct assay_decimal own;
    int32_t size = magnitude(v);
    uint32_t digits = digits_in(w->text);
    memset(half, 0, sizeof *half);
    if (v->sign == 0 || w->bound == ASSAY_BOUND_RANGE)
        return;
    /* A scale word ("14.5 million", "two thousand"): the written digits say the step. */
    if (size > 3 && digits > 0 && (int32_t)digits < size) {
        struct assay_decimal round;
        half_of_power(&own, size - (int32_t)digits);
        by_zeros(&round, v);
        larger(half, &own, &round);
        return;
    }
    if (digits == 0) {
        if (size > 2)
            by_zeros(half, v);
        return;
    }
    if (!is_whole(v) || v->exponent < 0) {
        half_of_power(half, v->exponent < 0 ? v->exponent : 0);
        return;
    }
    if (size > 2) {
        by_zeros(half, v);
        if (!half->sign && !w->counted)
            half_of_power(half, 0);
        return;
    }
    if (!w->counted)
        half_of_power(half, 0);
}

static void point(struct interval *i, const struct assay_decimal *value)
{
    memset(i, 0, sizeof *i);
    i->low = i->high = *value;
}

/* "About a dozen and a half": of a count below a hundred, in words. */
static int loose(const struct written *w, const struct assay_decimal *size)
{
    struct assay_decimal hundred;
    power_of_ten(&hundred, 2);
    for (uint64_t i = 0; i < w->text.size; i++)
        if (w->text.at[i] >= '0' && w->text.at[i] <= '9')
            return 0;
    return w->counted && w->text.size && assay_decimal_compare(size, &hundred) < 0;
}

/* "Around 40", "some 400": one digit that is not 0, so that a tenth is left open. */
static int round_number(const struct assay_decimal *d)
{
    return d->digits - zeros(d) == 1 && d->exponent + (int32_t)zeros(d) > 0;
}

static void about(struct interval *i, const struct written *w, const struct assay_decimal *half)
{
    struct assay_decimal wide, share, size = w->value;
    decimal_absolute(&size);
    decimal_share(&share, &size, loose(w, &size) ? 15 : w->counted && round_number(&size) ? 10 : 5, 2);
    larger(&wide, half, &share);
    decimal_subtract(&i->low, &w->value, &wide);
    assay_decimal_add(&i->high, &w->value, &wide);
}

void interval_strict(struct interval *i, const struct written *w)
{
    struct assay_decimal half;
    point(i, &w->value);
    half_step(&half, w);
    switch (w->bound) {
    case ASSAY_BOUND_RANGE:
        i->high = w->high;
        if (assay_decimal_compare(&i->low, &i->high) > 0) {
            i->high = i->low;
            i->low = w->high;
        }
        return;
    case ASSAY_BOUND_OVER:
        i->low_open = 1;
        i->high_infinite = 1;
        return;
    case ASSAY_BOUND_AT_LEAST:
        i->high_infinite = 1;
        return;
    case ASSAY_BOUND_UNDER:
        i->high_open = 1;
        i->low_infinite = 1;
        return;
    case ASSAY_BOUND_AT_MOST:
        i->low_infinite = 1;
        return;
    case ASSAY_BOUND_ABOUT:
        about(i, w, &half);
        return;
    default:
        if (!half.sign)
            return;
        decimal_subtract(&i->low, &w->value, &half);
        assay_decimal_add(&i->high, &w->value, &half);
        i->high_open = 1;
    }
}

void interval_usual(struct interval *i, const struct written *w)
{
    struct assay_decimal beyond, fifth, half, size = w->value;
    interval_strict(i, w);
    decimal_absolute(&size);
    decimal_share(&fifth, &size, 2, 1);
    half_step(&half, w);
    larger(&beyond, &fifth, &half);
    if (w->counted && size.sign) {
        struct assay_decimal one;
        power_of_ten(&one, 0);
        larger(&beyond, &beyond, &one);
    }
    if (i->high_infinite) {
        assay_decimal_add(&i->high, &w->value, &beyond);
        i->high_infinite = 0;
    }
    if (i->low_infinite) {
        decimal_subtract(&i->low, &w->value, &beyond);
        i->low_infinite = 0;
    }
}

void interval_widen(struct interval *i, uint32_t permille)
{
    struct assay_decimal more, size;
    if (!permille)
        return;
    size = i->low;
    decimal_absolute(&size);
    decimal_share(&more, &size, permille, 3);
    decimal_subtract(&i->low, &i->low, &more);
    size = i->high;
    decimal_absolute(&size);
    decimal_share(&more, &size, permille, 3);
    assay_decimal_add(&i->high, &i->high, &more);
}

/* 1 where a ends before b begins. */
static int before(const struct interval *a, const struct interval *b)
{
    if (a->high_infinite || b->low_infinite)
        return 0;
    int order = assay_decimal_compare(&a->high, &b->low);
    return order < 0 || (order == 0 && (a->high_open || b->low_open));
}

int interval_meet(const struct interval *a, const struct interval *b)
{
    return !before(a, b) && !before(b, a);
}

#define MILLIONTHS_MOST 2000000u

__extension__ typedef unsigned __int128 wide_number;

static wide_number whole_number(const struct assay_decimal *d, int32_t zeros)
{
    wide_number n = 0;
    for (uint32_t i = 0; i < d->digits; i++)
        n = n * 10 + d->digit[i];
    for (; zeros > 0; zeros--)
        n *= 10;
    return n;
}

/* The same in integers, where both fit; nearly always. */
static int short_millionths(uint32_t *to, const struct assay_decimal *part, const struct assay_decimal *whole)
{
    int64_t power = (int64_t)part->exponent + 6 - whole->exponent;
    if (part->digits > 18 || whole->digits > 18 || !whole->digits || power > 20 || power < -20)
        return 0;
    wide_number n = whole_number(part, (int32_t)power) / whole_number(whole, (int32_t)-power);
    *to = n < MILLIONTHS_MOST ? (uint32_t)n : MILLIONTHS_MOST;
    return 1;
}

/* floor(1000000 * part / whole) for 0 <= part <= 2 * whole. */
static uint32_t millionths(const struct assay_decimal *part, const struct assay_decimal *whole)
{
    uint32_t low = 0, high = MILLIONTHS_MOST;
    if (short_millionths(&low, part, whole))
        return low;
    struct assay_decimal scaled = *part;
    assay_decimal_scale(&scaled, 6);
    while (low < high) {
        uint32_t middle = low + (high - low + 1) / 2;
        struct assay_decimal product;
        decimal_share(&product, whole, middle, 0);
        if (assay_decimal_compare(&product, &scaled) <= 0)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

uint32_t interval_gap(const struct interval *a, const struct interval *b)
{
    const struct interval *low = a, *high = b;
    struct assay_decimal gap, size, other;
    if (interval_meet(a, b))
        return 0;
    if (before(b, a)) {
        low = b;
        high = a;
    }
    decimal_subtract(&gap, &high->low, &low->high);
    if (gap.sign <= 0)
        return 0;
    size = high->low;
    other = low->high;
    decimal_absolute(&size);
    decimal_absolute(&other);
    if (assay_decimal_compare(&size, &other) < 0)
        size = other;
    return millionths(&gap, &size);
}
