/* SPDX-License-Identifier: Apache-2.0
 *
 * What is told once for the two ends of a pair: "two to three hundred", "from 2 to 3 billion", "3-8 degrees of frost".
 */
#include <string.h>

#include "joint.h"
#include "number.h"

void qt_share_scale(struct figure *a, const struct figure *b)
{
    struct assay_decimal product;
    struct assay_decimal hundred = b->bare;
    assay_decimal_scale(&hundred, 2);
    if (a->flags & FG_SCALED || !b->has_scale || assay_decimal_compare(&a->value, &hundred) > 0)
        return;
    assay_decimal_mul(&product, &a->value, &b->scale);
    a->value = product;
    a->flags |= FG_SCALED;
}

/* "two to three hundred", "zwei- bis dreitausend": the hundred or thousand told once is that of both. */
static void share_hundred(const struct tks *s, struct figure *a, const struct figure *b)
{
    uint64_t v = 0;
    uint32_t length, last = b->after - 1, hung = tk_sign(s, a->after, '-') && !s->at[a->after].space;
    struct assay_decimal low = a->value;
    if ((a->flags | b->flags) & (FG_DIGITS | FG_SCALED | FG_FRACTION | FG_ORDINAL) || a->unit ||
        a->after != a->number + 1 || !b->after)
        return;
    if (!nb_cardinal(s, last, LX_CARDINAL, &v, &length) || !v || v % 100 ||
        !(hung && s->lx->compounds ? last == b->number : b->after == b->number + 2 && v == 100))
        return;
    assay_decimal_scale(&low, v % 1000 ? 2 : 3);
    if (assay_decimal_compare(&low, &b->value) < 0)
        a->value = low;
}

/* Places of zeros a whole number ends in. */
static uint32_t zeros(const struct assay_decimal *d)
{
    uint32_t n = d->exponent > 0 ? (uint32_t)d->exponent : 0;
    for (uint32_t k = d->digits; k-- > 0 && !d->digit[k];)
        n++;
    return d->exponent < 0 ? 0 : n;
}

/* "10 à 15 000 personnes": the thousands told with the second are those of both. */
void bo_thousands(struct figure *f, const struct figure *second)
{
    struct assay_decimal many = f->value, five, product;
    if (f->flags & (FG_SCALED | FG_WORDS) || second->flags & (FG_SCALED | FG_WORDS) || f->unit ||
        f->value.exponent < 0 || assay_decimal_above(&f->value, 999) || zeros(&second->value) < 3)
        return;
    assay_decimal_scale(&many, 3);
    assay_decimal_u64(&five, 5);
    assay_decimal_mul(&product, &many, &five);
    if (assay_decimal_compare(&many, &second->value) < 0 && assay_decimal_compare(&product, &second->value) >= 0)
        f->value = many;
}

/* "минус 3-5 градусов", "−3–5 °C": the sign is told once for both; "-5–3 °C" and "eksi 5 - artı 3" have one each. */
static int both_cold(const struct tks *s, const struct figure *f, const struct figure *second)
{
    int degrees = qt_is_degree(second->unit);
    int bare = !second->unit && second->kind == ASSAY_KIND_NUMBER &&
               s->at[f->number].kind == TK_WORD; /* "ночью минус 12-14" */
    if (!(degrees || bare) || f->unit || f->value.sign >= 0 || second->value.sign <= 0 || !second->number ||
        s->at[second->number].kind != TK_NUMBER || s->at[second->number].space || s->at[second->number - 1].cp == '+')
        return 0;
    struct assay_decimal size = f->value;
    size.sign = 1;
    return (s->at[f->number].kind == TK_WORD && tk_has(s, f->number, LX_SIGN)) ||
           assay_decimal_compare(&size, &second->value) < 0;
}

/* «тысяч десять-пятнадцать»: the scale before the first end is that of the second. */
static void scale_ahead(const struct tks *s, const struct figure *f, struct figure *second)
{
    struct assay_decimal by, product;
    if (!s->lx->inverted[0] || !(f->flags & FG_SCALED) || f->flags & FG_DIGITS || f->after <= f->number + 1 ||
        second->flags & (FG_SCALED | FG_DIGITS))
        return;
    const struct lx_meaning *m = tk_mean(s, f->number, LX_SCALE, NULL);
    if (!m)
        return;
    lx_value(m, &by);
    assay_decimal_mul(&product, &second->value, &by);
    second->value = product;
    second->flags |= FG_SCALED;
}

/* "From 21.6 cents to 24.9": cents as well; "from 95 cents to 1.20" has come to the whole. */
static void share_minor(const struct figure *f, struct figure *second)
{
    struct assay_decimal ten = f->value;
    assay_decimal_scale(&ten, 1);
    if (f->minor && assay_decimal_compare(&second->value, &ten) > 0)
        assay_decimal_scale(&second->value, -(int32_t)f->minor);
}

/* The sign, unit and scale that are told with one end hold for the other. */
void bo_share(const struct tks *s, struct figure *f, struct figure *second, const struct link *link)
{
    struct figure bare = *f;
    share_hundred(s, f, second);
    int cold = second->value.sign < 0 && f->value.sign > 0 && !f->unit && second->first == second->number;
    if (cold && (link->dash || !(s->at[second->number].kind == TK_SIGN || tk_has(s, second->number, LX_SIGN))))
        f->value.sign = -1; /* "3-8° морозу", "від 3 до 8 градусів морозу" */
    if (link->dash && both_cold(s, f, second))
        second->value.sign = -1;
    if (f->age && f->unit && second->unit && f->last == f->after && second->kind == ASSAY_KIND_DURATION)
        f->unit = NULL; /* "aged 6 to 12 months" */
    if (!f->unit) {
        f->unit = second->unit;
        f->family = second->family;
        f->flags |= second->flags & FG_PLAIN;
        if (second->unit == second->unit_room) {
            memcpy(f->unit_room, second->unit_room, sizeof f->unit_room);
            f->unit = f->unit_room;
        }
        f->kind = second->kind;
        assay_decimal_scale(&f->value, -(int32_t)second->minor); /* "from 21.6 to 24.9 cents" */
    } else if (!second->unit) {
        second->unit = f->unit;
        second->kind = f->kind;
        share_minor(f, second);
    }
    scale_ahead(s, f, second);
    qt_share_scale(f, second);
    if (assay_decimal_compare(&f->value, &second->value) >= 0 && f->value.sign > 0 &&
        assay_decimal_compare(&bare.value, &second->value) < 0 && !jt_change_near(s, f->first)) {
        f->value = bare.value; /* "thirty-five to four thousand" */
        f->flags = (f->flags & ~FG_SCALED) | (bare.flags & FG_SCALED);
    }
    if (second->flags & FG_RATIO && qt_share(&f->value, &second->scale, &f->value)) /* "2 to 3 of every 1,000" */
        f->flags |= FG_RATIO;
    if (second->why && !f->why)
        f->why = second->why;
}
