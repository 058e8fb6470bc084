/* SPDX-License-Identifier: Apache-2.0
 *
 * Values of words of number, and sums of them. Scales collapse what stands before them by a stack, so that "234 thousand
 * 567 billones" and "2 mln 300 thousand" come out right in long and short scales alike.
 */
#include "number.h"

/* How much may be added to v: 20 takes up to 9, 300 up to 99, 60 and 80 in French up to 19. */
uint64_t nb_room(const struct lx *lx, uint64_t v)
{
    uint64_t room = 1;
    if (lx->vigesimal && (v == 60 || v == 80 || (v > 100 && (v % 100 == 60 || v % 100 == 80))))
        return 20;
    while (v && v % (room * 10) == 0 && room < 1000000000)
        room *= 10;
    return room;
}

static uint64_t whole_value(const struct lx_meaning *m)
{
    uint64_t v = m->number < 0 ? 0 : (uint64_t)m->number;
    for (int32_t k = 0; k < m->power && v < 1000000000000000000; k++)
        v *= 10;
    return v;
}

/* The cardinal at i as a whole number; 0: none. Sets *value. */
const struct lx_meaning *nb_cardinal(const struct tks *s, uint32_t i, uint32_t class, uint64_t *value, uint32_t *length)
{
    static const struct lx_meaning made = {.class = LX_CARDINAL, .over = 1};
    *length = 1;
    if (i >= s->count)
        return NULL;
    if (s->at[i].compound == 3)
        return NULL; /* with a half */
    if (s->at[i].compound && (s->at[i].compound == 2) == (class == LX_ORDINAL)) {
        *value = s->at[i].value;
        return &made;
    }
    const struct lx_meaning *m = tk_mean(s, i, class, length);
    if (!m || m->power < 0 || m->over > 1)
        return NULL;
    *value = whole_value(m);
    return m;
}

int nb_add_words(const struct tks *s, struct sum *a, uint64_t v)
{
    if (a->state == 2)
        return 0;
    if (a->state == 0) {
        if (a->terms) {
            struct assay_decimal d;
            assay_decimal_u64(&d, v);
            if (assay_decimal_compare(&d, &a->scale[a->terms - 1]) >= 0)
                return 0;
        }
        a->group = v;
        a->state = 1;
        return 1;
    }
    if (!a->group && v && v < 10 && a->state == 1) { /* "cero cinco" */
        a->group = v;
        return 1;
    }
    if (v && v < nb_room(s->lx, a->group)) {
        a->group += v;
        return 1;
    }
    uint64_t low = a->group % 1000;
    if (v == 100 && low && low < 100) {
        a->group = a->group - low + low * 100;
        return 1;
    }
    return 0;
}

void nb_current(const struct sum *a, struct assay_decimal *to)
{
    if (a->state == 2)
        *to = a->digits;
    else
        assay_decimal_u64(to, a->state ? a->group : 0);
}

int nb_add_scale(const struct lx *lx, struct sum *a, const struct assay_decimal *scale)
{
    struct assay_decimal value, sum;
    int merged = 0;
    if (a->terms && assay_decimal_compare(&a->scale[a->terms - 1], scale) == 0)
        return 0;
    nb_current(a, &value);
    uint64_t of_dozens = a->state == 1 && a->group > 100 && a->group % 100 < 20 && !lx->suffixed &&
                                 scale->digits == 2 && scale->exponent == 0
                             ? a->group % 100
                             : 0;
    if (of_dozens) /* "three hundred and two dozen" */
        assay_decimal_u64(&value, of_dozens);
    if (a->state == 2 && a->terms && assay_decimal_compare(&a->scale[a->terms - 1], scale) < 0)
        return 0;
    while (a->terms && assay_decimal_compare(&a->scale[a->terms - 1], scale) < 0) {
        assay_decimal_add(&sum, &value, &a->term[--a->terms]);
        value = sum;
        merged = 1;
    }
    if (!a->state && !merged)
        assay_decimal_u64(&value, 1);
    if (a->terms == TERMS)
        return 0;
    assay_decimal_mul(&a->term[a->terms], &value, scale);
    if (of_dozens) {
        assay_decimal_u64(&value, a->group - of_dozens);
        assay_decimal_add(&sum, &a->term[a->terms], &value);
        a->term[a->terms] = sum;
    }
    a->scale[a->terms++] = *scale;
    a->state = 0;
    return 1;
}

void nb_total(const struct sum *a, struct assay_decimal *to)
{
    struct assay_decimal sum;
    nb_current(a, to);
    for (uint32_t i = a->terms; i-- > 0;) {
        assay_decimal_add(&sum, to, &a->term[i]);
        *to = sum;
    }
}
