/* SPDX-License-Identifier: Apache-2.0
 *
 * Parts of a currency, alone and behind the whole: cents, pence, копейки.
 */
#include <stdio.h>
#include <string.h>

#include "number.h"
#include "quantity.h"
#include "reject.h"
#include "shape.h"

void qt_minor(struct figure *f, const char *key, struct figure *to)
{
    const char *star = strchr(key, '*'); /* "USD*6", "gram*2": millions, hundreds of them, as MUSD, etti */
    if (star && (size_t)(star - key) < sizeof to->unit_room) {
        memcpy(to->unit_room, key, (size_t)(star - key));
        to->unit_room[star - key] = 0;
        to->unit = to->unit_room;
        struct assay_decimal by;
        assay_decimal_u64(&by, 1);
        assay_decimal_scale(&by, star[1] - '0');
        nb_scale_by(f, &by);
        f->flags |= FG_SCALED;
        return;
    }
    /* "USD/100": the hundredth part; "USD/100?EUR?CAD": of one of these */
    struct assay_decimal by, product;
    const char *slash = strchr(key, '/');
    if (key[0] == '-' && !slash) { /* "-crowns": a currency that is not named */
        to->unit = NULL;
        to->family = key + 1;
        return;
    }
    if (!slash) {
        to->unit = key;
        return;
    }
    size_t size = (size_t)(slash - key);
    memcpy(to->unit_room, key, size < 63 ? size : 63);
    to->unit_room[size < 63 ? size : 63] = 0;
    to->unit = to->unit_room;
    to->parts = strchr(slash, '?') ? key : NULL;
    to->minor = (uint32_t)strspn(slash + 2, "0");
    assay_decimal_u64(&by, 1);
    assay_decimal_scale(&by, -(int32_t)to->minor);
    assay_decimal_mul(&product, &f->value, &by);
    f->value = product;
    if (f->has_high) {
        assay_decimal_mul(&product, &f->high, &by);
        f->high = product;
    }
}

/* Two digits, or words for 10 to 99, at p: *part their hundredths; the token after them, 0: none. */
static uint32_t two_digits(const struct tks *s, const struct habit *h, uint32_t p, struct assay_decimal *part)
{
    struct figure f = {.flags = 0};
    struct assay_decimal ten;
    uint32_t end = 0;
    if (p >= s->count)
        return 0;
    if (s->at[p].kind == TK_NUMBER) {
        if (s->at[p].end - s->at[p].begin != 2 || s->at[p].shape != SH_NUMERAL ||
            !assay_decimal_read(part, s->text + s->at[p].begin, 2))
            return 0;
        end = p + 1;
    } else {
        assay_decimal_u64(&ten, 10);
        if (!(s->at[p].compound == 1 || tk_has(s, p, LX_CARDINAL)) || (end = nb_read(s, h, p, 1, &f)) == 0 ||
            f.value.digits > 2 || f.value.exponent < 0 || (uint32_t)f.value.exponent + f.value.digits != 2 ||
            f.flags & (FG_DIGITS | FG_SCALED | FG_ORDINAL | FG_FRACTION | FG_VAGUE) ||
            assay_decimal_compare(&f.value, &ten) < 0)
            return 0;
        *part = f.value;
    }
    assay_decimal_scale(part, -2);
    return end;
}

/* Nothing that could be counted, or say what the two digits are, stands at `end`. */
static int closes(const struct tks *s, uint32_t end, int joined, int length)
{
    const struct tk *next = end < s->count ? s->at + end : NULL;
    const uint64_t noun = LX_BIT(LX_NOUN) | LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY) | LX_BIT(LX_SCALE);
    if (!next)
        return 1;
    if (next->kind != TK_WORD)
        return next->kind == TK_SIGN && !tk_sign(s, end, '%') && !tk_sign(s, end, '-') &&
               !(next->mask & LX_BIT(LX_CURRENCY));
    if (length)
        return !(next->mask & noun) && (!joined || tk_is(s, end, LX_JOIN, OF_AND, NULL));
    return !joined && next->mask & LX_BIT(LX_WORD) && !(next->mask & noun);
}

int qt_closes(const struct tks *s, uint32_t end)
{
    return closes(s, end, 0, 0);
}

/* "20 dollars 43", "25 euros con 50", "zwei Euro fünfzig"; `length`: "1 metro e 85". */
int qt_hundredths(const struct tks *s, const struct habit *h, struct figure *f, int length)
{
    uint32_t p = f->last, used, end;
    if (p >= s->count || f->value.exponent < 0 || f->flags & (FG_SCALED | FG_VAGUE | FG_FRACTION))
        return 0;
    const struct lx_meaning *with = tk_mean(s, p, LX_POINT, &used);
    int joined = (with && lx_key(s->lx, with)[0] == 'w') ||
                 (tk_is(s, p, LX_JOIN, OF_AND, &used) && (length ? s->lx->noun_after : f->first == f->number) &&
                  !tk_before(s, f->first, LX_JOIN, NULL));
    struct assay_decimal part, sum;
    p += joined ? used : 0;
    if ((length && assay_decimal_above(&f->value, 20)) || (end = two_digits(s, h, p, &part)) == 0 ||
        !closes(s, end, joined, length))
        return 0;
    assay_decimal_add(&sum, &f->value, &part);
    f->value = sum;
    f->last = end;
    return 1;
}

int qt_has_parts(const char *parts, const char *currency)
{
    if (!strncmp(parts, currency, 3))
        return 1;
    for (const char *p = strchr(parts, '?'); p; p = strchr(p + 1, '?'))
        if (!strncmp(p + 1, currency, 3))
            return 1;
    return 0;
}

void qt_add_minor(const struct tks *s, const struct habit *h, struct figure *f, const char *major)
{
    uint32_t size, at = f->last;
    const struct lx_meaning *scale = f->flags & FG_SCALED ? NULL : tk_mean(s, at, LX_SCALE, &size);
    if (scale && s->at[at].letters > 2 && !tk_has(s, at + size, LX_CURRENCY)) { /* 75 USD million */
        struct assay_decimal by, product;
        lx_value(scale, &by);
        assay_decimal_mul(&product, &f->value, &by);
        f->value = product;
        f->flags |= FG_SCALED;
        f->last = at + size;
        return;
    }
    if (qt_hundredths(s, h, f, 0))
        return;
    /* 5 euros 20 cents; 3 GBP 1 penny */
    uint32_t p = f->last, used;
    const struct lx_meaning *with = tk_mean(s, p, LX_POINT, &used);
    if ((with && lx_key(s->lx, with)[0] != 'p') || tk_is(s, p, LX_JOIN, OF_AND, &used))
        p += used;
    if (tk_sign(s, p, '.') && !s->at[p].space)
        p++;
    struct figure part = {.flags = 0};
    if (p >= s->count || !(s->at[p].kind == TK_NUMBER || s->at[p].mask & LX_BIT(LX_CARDINAL)) ||
        !nb_read(s, h, p, 1, &part))
        return;
    struct found unit;
    if (!qt_unit_after(s, &part, &unit) || unit.unit->class != LX_CURRENCY)
        return;
    const char *key = lx_key(s->lx, unit.unit), *slash = strchr(key, '/');
    int same = slash && (size_t)(slash - key) == strlen(major) && !memcmp(key, major, strlen(major));
    /* cents, centavos and the like belong to the currency before them */
    if (!slash || !*major ||
        (!same && (strncmp(slash, "/100", 4) || slash[4] == '0' || part.value.exponent < 0 || part.value.digits > 2 ||
                   f->value.exponent < 0)))
        return;
    struct figure scratch = {0};
    struct assay_decimal sum;
    qt_minor(&part, key, &scratch);
    assay_decimal_add(&sum, &f->value, &part.value);
    f->value = sum;
    f->last = unit.end;
}
