/* SPDX-License-Identifier: Apache-2.0
 *
 * What kind of slip may explain that two values differ: a digit, a scale, a unit.
 */
#include <string.h>

#include <assay/kit/text.h>

#include "relate.h"

#define SWAPPED_DIGITS 3 /* of a count; with fewer it often grows to its digits swapped */

static int is_null(struct assay_text t)
{
    return !t.at || !t.size;
}

static int is_multiple(const struct assay_decimal *small, const struct assay_decimal *large, uint64_t numerator,
                       uint32_t power)
{
    struct assay_decimal want;
    decimal_share(&want, small, numerator, power);
    return !assay_decimal_compare(&want, large);
}

static int swapped(const struct assay_decimal *a, const struct assay_decimal *b)
{
    unsigned char x[40] = {0}, y[40] = {0};
    int32_t n = (int32_t)a->digits + a->exponent, m = (int32_t)b->digits + b->exponent;
    int two = n >= 2 || (a->digits >= 2 && b->digits >= 2); /* "2.4", "4.2" */
    if (n != m || !two || n < 1 || n > 30)
        return 0;
    memcpy(x, a->digit, a->digits);
    memcpy(y, b->digit, b->digits);
    uint32_t differ[3], count = 0;
    for (uint32_t i = 0; i < 40; i++)
        if (x[i] != y[i] && count < 3)
            differ[count++] = i;
    return count == 2 && differ[1] == differ[0] + 1 && x[differ[0]] == y[differ[1]] && x[differ[1]] == y[differ[0]];
}

enum { HINT_X10, HINT_X100, HINT_X1000, HINT_UNIT, HINT_SCALE, HINT_SWAPPED };

void relation_hint(struct relation *r, const struct figure *a, const struct figure *b)
{
    static const struct {
        uint64_t factor;
        uint32_t hint;
    } scale[] = {{10, HINT_X10}, {100, HINT_X100}, {1000, HINT_X1000}, {1000000, HINT_SCALE}, {1000000000, HINT_SCALE}};
    const struct assay_decimal *small = &a->value, *large = &b->value;
    if (assay_decimal_compare(small, large) > 0) {
        small = &b->value;
        large = &a->value;
    }
    r->has_hint = 1;
    if (!assay_text_same(a->unit, b->unit) && !is_null(a->unit) && !is_null(b->unit) &&
        !assay_decimal_compare(small, large)) {
        r->hint = HINT_UNIT;
        return;
    }
    for (uint32_t i = 0; i < sizeof scale / sizeof scale[0]; i++)
        if (small->sign > 0 && is_multiple(small, large, scale[i].factor, 0)) {
            r->hint = scale[i].hint;
            return;
        }
    if (swapped(small, large)) {
        r->hint = HINT_SWAPPED;
        return;
    }
    r->has_hint = 0;
}

int figures_swapped_few(const struct figure *a, const struct figure *b)
{
    return swapped(&a->value, &b->value);
}

int figures_swapped(const struct figure *a, const struct figure *b)
{
    int32_t least = a->kind == ASSAY_KIND_NUMBER ? SWAPPED_DIGITS : 2;
    int32_t digits = (int32_t)a->value.digits + a->value.exponent;
    return digits >= least && swapped(&a->value, &b->value);
}
