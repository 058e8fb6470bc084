/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/decimal.h>
#include <assay/kit/json.h>

#include <stdio.h>
#include <string.h>

enum { DC_DIGITS = 38, DC_WIDE = 2 * DC_DIGITS + 4, DC_EXPONENT = 1000000 };

/* A wide intermediate: digits most significant first. */
struct wide {
    int64_t exponent;
    int32_t sign;
    uint32_t digits;
    unsigned char digit[DC_WIDE];
    int inexact;
};

/* Rounds half to even into `to`; drops leading zeros. */
static void settle(struct assay_decimal *to, const struct wide *w)
{
    uint32_t lead = 0;
    while (lead < w->digits && w->digit[lead] == 0)
        lead++;
    uint32_t n = w->digits - lead;
    int64_t exponent = w->exponent;
    *to = (struct assay_decimal){0};
    to->inexact = (unsigned char)(w->inexact != 0);
    if (!n) {
        to->exponent = exponent < -DC_EXPONENT ? -DC_EXPONENT : exponent > 0 ? 0 : (int32_t)exponent;
        return;
    }
    const unsigned char *d = w->digit + lead;
    uint32_t kept = n > DC_DIGITS ? DC_DIGITS : n;
    memcpy(to->digit, d, kept);
    if (n > kept) {
        int rest = 0;
        for (uint32_t i = kept + 1; i < n; i++)
            rest |= d[i];
        int up = d[kept] > 5 || (d[kept] == 5 && (rest || w->inexact || (to->digit[kept - 1] & 1)));
        to->inexact |= rest || d[kept];
        exponent += n - kept;
        uint32_t i = kept;
        while (up && i > 0) {
            up = to->digit[i - 1] == 9;
            to->digit[i - 1] = up ? 0 : (unsigned char)(to->digit[i - 1] + 1);
            i--;
        }
        if (up) { /* all nines */
            memmove(to->digit + 1, to->digit, DC_DIGITS - 1);
            to->digit[0] = 1;
            exponent++;
        }
    }
    to->digits = (unsigned char)kept;
    to->sign = w->sign;
    to->exponent = (int32_t)(exponent > DC_EXPONENT ? DC_EXPONENT : exponent < -DC_EXPONENT ? -DC_EXPONENT : exponent);
}

static int exponent_part(const char *at, const char *end, int64_t *exponent)
{
    int negative = at < end && *at == '-';
    at += at < end && (*at == '-' || *at == '+');
    if (at >= end)
        return 0;
    int64_t e = 0;
    for (; at < end; at++) {
        if (*at < '0' || *at > '9')
            return 0;
        if (e < DC_EXPONENT * 4)
            e = e * 10 + (*at - '0');
    }
    *exponent += negative ? -e : e;
    return 1;
}

int assay_decimal_read(struct assay_decimal *to, const char *text, size_t size)
{
    const char *at = text, *end = text + size;
    struct wide w = {.sign = 1};
    int point = 0, any = 0;
    if (at < end && (*at == '-' || *at == '+'))
        w.sign = *at++ == '-' ? -1 : 1;
    for (; at < end && ((*at >= '0' && *at <= '9') || (*at == '.' && !point)); at++) {
        if (*at == '.') {
            point = 1;
            continue;
        }
        any = 1;
        w.exponent -= point;
        if (w.digits == 0 && *at == '0')
            continue;
        if (w.digits < DC_DIGITS + 2) {
            w.digit[w.digits++] = (unsigned char)(*at - '0');
        } else {
            w.inexact |= *at != '0';
            w.exponent++;
        }
    }
    *to = (struct assay_decimal){0};
    if (!any)
        return 0;
    if (at < end && ((*at | 32) != 'e' || !exponent_part(at + 1, end, &w.exponent)))
        return 0;
    settle(to, &w);
    return 1;
}

void assay_decimal_u64(struct assay_decimal *to, uint64_t v)
{
    unsigned char back[20];
    uint32_t n = 0;
    *to = (struct assay_decimal){0};
    for (; v; v /= 10)
        back[n++] = (unsigned char)(v % 10);
    to->sign = n != 0;
    to->digits = (unsigned char)n;
    for (uint32_t i = 0; i < n; i++)
        to->digit[i] = back[n - 1 - i];
}

void assay_decimal_scale(struct assay_decimal *d, int32_t power)
{
    int64_t e = (int64_t)d->exponent + power;
    if (d->sign)
        d->exponent = (int32_t)(e > DC_EXPONENT ? DC_EXPONENT : e < -DC_EXPONENT ? -DC_EXPONENT : e);
    else
        d->exponent = 0;
}

/* The digit of 10^power. */
static unsigned char digit_at(const struct assay_decimal *d, int64_t power)
{
    int64_t i = (int64_t)d->exponent + d->digits - 1 - power;
    return i >= 0 && i < d->digits ? d->digit[i] : 0;
}

static int64_t top(const struct assay_decimal *d)
{
    return (int64_t)d->exponent + d->digits;
}

static int compare_size(const struct assay_decimal *a, const struct assay_decimal *b)
{
    if (!a->sign || !b->sign)
        return (a->sign != 0) - (b->sign != 0);
    if (top(a) != top(b))
        return top(a) < top(b) ? -1 : 1;
    int64_t low = a->exponent < b->exponent ? a->exponent : b->exponent;
    for (int64_t p = top(a) - 1; p >= low && p >= top(a) - DC_DIGITS; p--) {
        int d = digit_at(a, p) - digit_at(b, p);
        if (d)
            return d < 0 ? -1 : 1;
    }
    return 0;
}

int assay_decimal_compare(const struct assay_decimal *a, const struct assay_decimal *b)
{
    if (a->sign != b->sign)
        return a->sign < b->sign ? -1 : 1;
    return a->sign < 0 ? -compare_size(a, b) : compare_size(a, b);
}

int assay_decimal_above(const struct assay_decimal *d, uint64_t whole)
{
    uint64_t v = 0;
    int64_t places = top(d);
    if (d->sign <= 0 || places > 20)
        return d->sign > 0;
    for (int64_t i = 0; i < places; i++) {
        uint32_t digit = i < d->digits ? d->digit[i] : 0;
        if (digit > whole || v > (whole - digit) / 10)
            return 1;
        v = v * 10 + digit;
    }
    for (int64_t i = places > 0 ? places : 0; v == whole && i < d->digits; i++)
        if (d->digit[i])
            return 1;
    return 0;
}

void assay_decimal_add(struct assay_decimal *to, const struct assay_decimal *a, const struct assay_decimal *b)
{
    if (!a->sign || !b->sign) {
        struct assay_decimal sum = a->sign ? *a : *b;
        sum.inexact = a->inexact | b->inexact;
        *to = sum;
        return;
    }
    int swap = compare_size(a, b) < 0;
    const struct assay_decimal *big = swap ? b : a, *small = swap ? a : b;
    int64_t high = top(big), low = big->exponent < small->exponent ? big->exponent : small->exponent;
    struct wide w = {.sign = big->sign, .inexact = a->inexact | b->inexact};
    int64_t floor_power = high - (DC_WIDE - 2);
    if (low < floor_power) { /* the smaller one ends, or lies, out of reach: its tail only decides the rounding */
        w.inexact = 1;
        low = floor_power;
    }
    w.exponent = low;
    w.digits = (uint32_t)(high - low) + 1;
    int carry = 0, minus = big->sign != small->sign;
    for (int64_t p = low; p <= high; p++) {
        int d = digit_at(big, p) + (minus ? -digit_at(small, p) : digit_at(small, p)) + carry;
        carry = d < 0 ? -1 : d / 10;
        w.digit[high - p] = (unsigned char)(d < 0 ? d + 10 : d % 10);
    }
    settle(to, &w);
}

/* Digits one by one, for any length. */
static void multiply_long(struct wide *w, const struct assay_decimal *a, const struct assay_decimal *b)
{
    uint32_t sum[DC_WIDE] = {0};
    for (uint32_t i = 0; i < a->digits; i++)
        for (uint32_t k = 0; k < b->digits; k++)
            sum[i + k + 1] += (uint32_t)a->digit[i] * b->digit[k];
    for (uint32_t i = w->digits; i > 0; i--) {
        if (i > 1)
            sum[i - 2] += sum[i - 1] / 10;
        w->digit[i - 1] = (unsigned char)(sum[i - 1] % 10);
    }
}

static uint64_t whole_of(const struct assay_decimal *d)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < d->digits; i++)
        n = n * 10 + d->digit[i];
    return n;
}

/* What fits into 64 bits: nearly every number there is. */
static void multiply_short(struct wide *w, const struct assay_decimal *a, const struct assay_decimal *b)
{
    uint64_t product = whole_of(a) * whole_of(b);
    for (uint32_t i = w->digits; i > 0; i--, product /= 10)
        w->digit[i - 1] = (unsigned char)(product % 10);
}

void assay_decimal_mul(struct assay_decimal *to, const struct assay_decimal *a, const struct assay_decimal *b)
{
    struct wide w;
    w.sign = a->sign * b->sign;
    w.inexact = a->inexact | b->inexact;
    w.exponent = (int64_t)a->exponent + b->exponent;
    w.digits = (uint32_t)a->digits + b->digits;
    if (w.digits <= 19)
        multiply_short(&w, a, b);
    else
        multiply_long(&w, a, b);
    settle(to, &w);
}

static uint32_t scientific(char *to, const struct assay_decimal *d)
{
    uint32_t n = 0, digits = d->digits;
    while (digits > 1 && d->digit[digits - 1] == 0)
        digits--;
    if (d->sign < 0)
        to[n++] = '-';
    for (uint32_t i = 0; i < digits; i++) {
        if (i == 1)
            to[n++] = '.';
        to[n++] = (char)('0' + d->digit[i]);
    }
    return n + (uint32_t)snprintf(to + n, 64 - n, "e%lld", (long long)(top(d) - 1));
}

uint32_t assay_decimal_print(char *to, const struct assay_decimal *d)
{
    if (!d->sign) {
        memcpy(to, "0", 2);
        return 1;
    }
    int64_t whole = top(d), frac = d->exponent < 0 ? -(int64_t)d->exponent : 0;
    int64_t length = (d->sign < 0) + (whole > 0 ? whole : 1) + (frac ? 1 + frac : 0);
    if (length > 60)
        return scientific(to, d);
    uint32_t n = 0;
    if (d->sign < 0)
        to[n++] = '-';
    for (int64_t p = (whole > 0 ? whole : 1) - 1; p >= -frac; p--) {
        if (p == -1)
            to[n++] = '.';
        to[n++] = (char)('0' + digit_at(d, p));
    }
    to[n] = 0;
    return n;
}

double assay_decimal_real(const struct assay_decimal *d)
{
    if (!d->sign)
        return 0;
    static const double ten[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    uint64_t v = 0;
    for (uint32_t i = 0; i < d->digits && i < 16; i++)
        v = v * 10 + d->digit[i];
    if (d->digits <= 15 && d->exponent >= -15 && d->exponent <= 15 && v <= (uint64_t)1 << 53) {
        /* both factors are exact, so one operation rounds once (Clinger's fast path) */
        double r = d->exponent < 0 ? (double)v / ten[-d->exponent] : (double)v * ten[d->exponent];
        return d->sign < 0 ? -r : r;
    }
    char text[64];
    uint32_t n = 0;
    if (d->sign < 0)
        text[n++] = '-';
    for (uint32_t i = 0; i < d->digits; i++)
        text[n++] = (char)('0' + d->digit[i]);
    n += (uint32_t)snprintf(text + n, sizeof text - n, "e%d", (int)d->exponent);
    double r = 0;
    assay_read_real((struct assay_text){text, n}, &r);
    return r;
}

uint32_t assay_decimal_precision(const struct assay_decimal *d)
{
    uint32_t n = d->digits;
    if (!d->sign)
        return 1;
    if (d->exponent >= 0)
        while (n > 1 && d->digit[n - 1] == 0)
            n--;
    return n;
}
