/* SPDX-License-Identifier: Apache-2.0
 *
 * Numerals: which separators group and which part decimals, by language and by the document's own habit.
 */
#include <string.h>

#include "figure.h"
#include "shape.h"

enum { DIGITS = 60 };

struct parts {
    char text[DIGITS + 1];
    uint32_t length[16];
    char sep[16];
    uint32_t count, size;
    const char *tail; /* of the last part */
};

static int split(const char *p, const char *end, struct parts *to)
{
    memset(to, 0, sizeof *to);
    while (p < end && to->count < 15) {
        uint32_t n = 0;
        to->tail = p;
        for (; p < end && sh_digit(*p); p++, n++) {
            if (to->size >= DIGITS)
                return 0;
            to->text[to->size++] = *p;
        }
        to->length[to->count++] = n;
        if (p >= end)
            break;
        char sep = *p == '.' || *p == ',' || *p == '\''               ? *p
                   : !memcmp(p, "\xe2\x80\x99", end - p >= 3 ? 3 : 1) ? '\''
                                                                      : ' ';
        to->sep[to->count] = sep;
        while (p < end && !sh_digit(*p))
            p++;
    }
    return p >= end;
}

static void compose(const struct parts *s, uint32_t decimals, struct assay_decimal *to)
{
    char text[DIGITS + 3];
    uint32_t whole = s->size - decimals, zeros = 0;
    while (zeros < s->size && s->text[zeros] == '0')
        zeros++;
    if (s->size - zeros <= sizeof to->digit) {
        *to = (struct assay_decimal){
            .exponent = -(int32_t)decimals, .sign = zeros < s->size, .digits = (unsigned char)(s->size - zeros)};
        for (uint32_t i = zeros; i < s->size; i++)
            to->digit[i - zeros] = (unsigned char)(s->text[i] - '0');
        return;
    }
    memcpy(text, s->text, whole); /* too long to be exact */
    text[whole] = '.';
    memcpy(text + whole + 1, s->text + whole, decimals);
    assay_decimal_read(to, text, s->size + (decimals ? 1 : 0));
}

static int groups_of_three(const struct parts *s, uint32_t from, uint32_t to)
{
    if (s->length[0] < 1 || s->length[0] > 3)
        return 0;
    for (uint32_t i = from; i < to; i++)
        if (s->length[i] != 3 && !(s->length[i] == 2 && s->sep[i] == ',' && s->length[to - 1] == 3)) /* 1,50,000 */
            return 0;
    return 1;
}

/* Whether the numeral counts things ("2.818 edificios", "1.498 dead") or stands alone, so that three decimals are
 * unlikely, though the text has `decimals` figures such as "magnitude 7.8". Of a few of them any word will do, of many
 * a noun. */
static int counts(const struct tks *s, const struct tk *t, uint32_t decimals)
{
    uint32_t next = (uint32_t)(t - s->at) + 1;
    if (next >= s->count)
        return decimals < 3;
    return s->at[next].kind == TK_WORD && !(s->at[next].mask & (LX_BIT(LX_UNIT) | LX_BIT(LX_SCALE))) &&
           (decimals < 3 || s->at[next].mask & LX_BIT(LX_NOUN));
}

/* One '.' or ',' with three digits after it: 1 = it groups. */
static int one_groups(const struct tks *s, const struct habit *h, const struct tk *t, const struct parts *p, int scaled)
{
    char sep = p->sep[1];
    uint32_t decimal = sep == ',' ? h->comma_decimal : h->dot_decimal,
             sure = sep == ',' ? h->comma_sure : h->dot_sure, group = sep == ',' ? h->comma_group : h->dot_group;
    int zeros = !memcmp(p->tail, "000", 3);
    uint32_t own = s->lx->decimal == ',' ? h->comma_decimal : h->dot_decimal;
    if (sep == s->lx->group && own > decimal / 4)
        return 1; /* decimals are written with the other sign here */
    uint32_t foreign = sep == ',' ? h->dot_group : h->comma_group,
             precise = sep == ',' ? h->comma_precise : h->dot_precise;
    if (sep == s->lx->group && !scaled && !foreign && !precise && counts(s, t, decimal))
        return 1;
    if (sep == s->lx->group)
        return !(sure > 2 * group) && !(scaled && !zeros && decimal);
    if (sep == s->lx->decimal && !scaled && h->dot_decimal > h->comma_decimal && sep == ',' &&
        counts(s, t, h->dot_decimal))
        return 1;
    if (sep == s->lx->decimal && !decimal && (sep == ',' ? h->dot_sure : h->comma_sure))
        return 1; /* "3,5 %" and "12.400 employees" in an English text */
    if (sep == s->lx->decimal)
        return group > 0 && group >= decimal ? 1 : zeros && p->length[0] > 1;
    return group > decimal || (sure == 0 && !scaled) || zeros;
}

int nm_leads(const struct tks *s, const struct tk *t)
{
    const struct tk *lead = t > s->at ? t - 1 : NULL;
    return lead && lead->kind == TK_SIGN && (lead->cp == '.' || lead->cp == ',') && t->kind == TK_NUMBER && !t->space &&
           (lead->space || lead == s->at || (lead - 1)->cp == '-');
}

/* "2000,2001": years in a row, set without a space. */
static int two_years(const struct parts *p)
{
    return p->count == 2 && p->sep[1] == ',' && p->length[0] == 4 && p->length[1] == 4 && hb_year(p->text) &&
           hb_year(p->text + 4);
}

/* 0: no number, as 1,2,3. */
int nm_read(const struct tks *s, const struct habit *h, const struct tk *t, int scaled, struct numeral *f)
{
    struct parts p;
    f->has_other = 0;
    f->confidence = 95;
    if (!split(s->text + t->begin, s->text + t->end, &p))
        return 0;
    uint32_t n = p.count, last = p.length[n - 1];
    if (n == 1) {
        int point = nm_leads(s, t) && p.size < 20;
        compose(&p, point ? p.size : 0, &f->value);
        return 1;
    }
    if (two_years(&p))
        return 0;
    char end = p.sep[n - 1];
    int same = 1;
    for (uint32_t i = 2; i < n; i++)
        same &= p.sep[i] == p.sep[1];
    if (!same) {
        for (uint32_t i = 2; i + 1 < n; i++)
            if (p.sep[i] != p.sep[1])
                return 0;
        if (end == ' ' || end == '\'' || !groups_of_three(&p, 1, n - 1))
            return 0;
        compose(&p, last, &f->value);
        return 1;
    }
    if (end == ' ' || end == '\'' || n > 2) {
        if (!groups_of_three(&p, 1, n))
            return 0;
        compose(&p, 0, &f->value);
        return 1;
    }
    if (last != 3 || p.length[0] > 3 || p.text[0] == '0') {
        compose(&p, last, &f->value);
        if (end != s->lx->decimal && !(end == ',' ? h->comma_decimal : h->dot_decimal))
            f->confidence = 70;
        return 1;
    }
    int grouped = one_groups(s, h, t, &p, scaled);
    compose(&p, grouped ? 0 : 3, &f->value);
    compose(&p, grouped ? 3 : 0, &f->other);
    f->has_other = 1;
    if (end != (grouped ? s->lx->group : s->lx->decimal))
        f->confidence = 70;
    return 1;
}

void nm_divide(uint64_t a, uint64_t b, struct assay_decimal *to)
{
    struct lx_meaning m = {.number = (int64_t)(a < INT64_MAX ? a : 1), .over = (uint32_t)(b < UINT32_MAX && b ? b : 1)};
    lx_value(&m, to);
}

/* 1.1^+23, 2^-3. */
static uint32_t to_power(const struct tks *s, uint32_t i, struct figure *f)
{
    uint32_t p = i + 1, times = 0, whole = 0;
    int less = tk_sign(s, p, '-');
    p += (uint32_t)(less || tk_sign(s, p, '+'));
    if (p >= s->count || s->at[p].kind != TK_NUMBER || s->at[p].space || s->at[p].end - s->at[p].begin > 2)
        return i;
    for (uint32_t k = s->at[p].begin; k < s->at[p].end; k++)
        times = times * 10 + (sh_digit(s->text[k]) ? (uint32_t)(s->text[k] - '0') : 0);
    struct assay_decimal base = f->value, product;
    assay_decimal_u64(&f->value, 1);
    for (; times > 0; times--) {
        assay_decimal_mul(&product, &f->value, &base);
        f->value = product;
    }
    if (!less)
        return p + 1;
    if (f->value.digits > 9 || !f->value.sign) {
        f->value = base;
        return i;
    }
    for (uint32_t k = 0; k < f->value.digits; k++)
        whole = whole * 10 + f->value.digit[k];
    int32_t sign = f->value.sign, power = -f->value.exponent;
    nm_divide(1, whole, &f->value);
    assay_decimal_scale(&f->value, power);
    f->value.sign = sign;
    return p + 1;
}

/* The raised digits that stand against token i - 1: "10²³", "10⁻⁶"; the token after them, i: none. *times: their
 * value. */
static uint32_t raised(const struct tks *s, uint32_t i, int32_t *times)
{
    uint32_t p = i;
    int less = 0;
    *times = 0;
    for (; p < s->count && p < i + 4 && s->at[p].kind == TK_SIGN && !s->at[p].space; p++) {
        uint32_t cp = s->at[p].cp, digit = cp == 0xb9                     ? 1
                                           : cp == 0xb2 || cp == 0xb3     ? cp - 0xb0
                                           : cp >= 0x2070 && cp <= 0x2079 ? cp - 0x2070
                                                                          : 10;
        if (cp == 0x207b && p == i)
            less = 1;
        else if (digit > 9)
            break;
        else
            *times = *times * 10 + (int32_t)digit;
    }
    if (p == i + (uint32_t)less)
        return i;
    *times = less ? -*times : *times;
    return p;
}

static int is_ten(const struct tks *s, uint32_t i)
{
    return i < s->count && s->at[i].kind == TK_NUMBER && s->at[i].end - s->at[i].begin == 2 &&
           !memcmp(s->text + s->at[i].begin, "10", 2);
}

/* 1.99×10−30, 2,5·10^6, 3 x 10^8, 10²³: gives the token after it. */
uint32_t nm_power(const struct tks *s, uint32_t i, struct figure *f)
{
    if (tk_sign(s, i, '^') && !s->at[i].space) {
        uint32_t end = to_power(s, i, f);
        if (end > i)
            return end;
    }
    if (i + 1 < s->count && s->at[i].kind == TK_WORD && s->at[i].cp == 'e' && s->at[i].letters == 1 &&
        !s->at[i].space && !s->at[i + 1].space) {
        uint32_t k = i + 1, power = 0;
        int less = tk_sign(s, k, '-');
        k += (uint32_t)less + (uint32_t)tk_sign(s, k, '+');
        if (k < s->count && s->at[k].kind == TK_NUMBER && !s->at[k].space && s->at[k].end - s->at[k].begin <= 2) {
            for (uint32_t b = s->at[k].begin; b < s->at[k].end; b++)
                power = power * 10 + (sh_digit(s->text[b]) ? (uint32_t)(s->text[b] - '0') : 0);
            assay_decimal_scale(&f->value, less ? -(int32_t)power : (int32_t)power);
            return k + 1;
        }
    }
    int32_t times;
    uint32_t end;
    if (i == f->number + 1 && is_ten(s, f->number) && (end = raised(s, i, &times)) > i) {
        assay_decimal_scale(&f->value, times - 1);
        return end;
    }
    int plain = tk_sign(s, i, '*') || (i < s->count && s->at[i].kind == TK_WORD && s->at[i].letters == 1 &&
                                       (s->at[i].cp == 'x' || s->at[i].cp == 0x445));
    if (!(tk_sign(s, i, 0xd7) || tk_sign(s, i, 0xb7) || tk_sign(s, i, 0x22c5) || plain) || i + 2 >= s->count ||
        !is_ten(s, i + 1))
        return i;
    if ((end = raised(s, i + 2, &times)) > i + 2) {
        assay_decimal_scale(&f->value, times);
        f->has_other = 0;
        return end;
    }
    if (plain && !tk_sign(s, i + 2, '^'))
        return i;
    uint32_t p = i + 2, v = 0;
    p += tk_sign(s, p, '^');
    int negative = tk_dash(s, p);
    p += (uint32_t)negative;
    if (p >= s->count || s->at[p].kind != TK_NUMBER || s->at[p].end - s->at[p].begin > 3 || s->at[p].space)
        return i;
    for (uint32_t k = s->at[p].begin; k < s->at[p].end; k++) {
        if (!sh_digit(s->text[k]))
            return i;
        v = v * 10 + (uint32_t)(s->text[k] - '0');
    }
    assay_decimal_scale(&f->value, negative ? -(int32_t)v : (int32_t)v);
    f->has_other = 0;
    return p + 1;
}
