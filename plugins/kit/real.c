/* SPDX-License-Identifier: Apache-2.0
 *
 * Binary64 to and from decimal text, the same in every locale: the C library converts correctly rounded, but its radix
 * character is the locale's. So numbers are handed to it as "digits e exponent", which has none, and what it prints
 * is read digit by digit.
 */
#include <assay/kit/json.h>

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More digits than this cannot change the nearest binary64, but for "is there anything after them" (767 are needed). */
#define DIGITS_MAX 780

struct decimal {
    char digit[DIGITS_MAX + 1];
    size_t digits;
    int64_t exponent; /* value = digits * 10^exponent */
    int negative, rest; /* rest: something not zero was dropped */
};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void add_digit(struct decimal *d, char c, int fraction)
{
    if (d->digits == 0 && c == '0') {
        d->exponent -= fraction;
        return;
    }
    if (d->digits < DIGITS_MAX) {
        d->digit[d->digits++] = c;
        d->exponent -= fraction;
        return;
    }
    d->rest |= c != '0';
    d->exponent += !fraction;
}

/* "[-+]digits[.digits][e[-+]digits]", at least one digit, nothing else. */
static int parse(struct decimal *d, struct assay_text text)
{
    const char *p = text.at, *end = p ? p + text.size : p;
    int seen = 0;
    d->digits = 0;
    d->exponent = 0;
    d->rest = 0;
    d->negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+'))
        p++;
    for (; p < end && is_digit(*p); p++, seen = 1)
        add_digit(d, *p, 0);
    if (p < end && *p == '.')
        for (p++; p < end && is_digit(*p); p++, seen = 1)
            add_digit(d, *p, 1);
    if (!seen)
        return 0;
    if (p == end)
        return 1;
    if (*p != 'e' && *p != 'E')
        return 0;
    p++;
    int minus = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+'))
        p++;
    if (p == end)
        return 0;
    int64_t e = 0;
    for (; p < end && is_digit(*p); p++)
        e = e < 100000000000 ? e * 10 + (*p - '0') : e;
    d->exponent += minus ? -e : e;
    return p == end;
}

int assay_read_real(struct assay_text text, double *value)
{
    struct decimal d;
    if (!parse(&d, text))
        return 0;
    char line[DIGITS_MAX + 40];
    size_t n = 0;
    if (d.digits == 0) {
        *value = d.negative ? -0.0 : 0.0;
        return 1;
    }
    memcpy(line, d.digit, d.digits);
    n = d.digits;
    if (d.rest) {
        line[n++] = '1';
        d.exponent--;
    }
    int64_t e = d.exponent < -99999 ? -99999 : d.exponent > 99999 ? 99999 : d.exponent;
    snprintf(line + n, sizeof line - n, "e%d", (int)e);
    double v = strtod(line, NULL);
    *value = d.negative ? -v : v;
    return 1;
}

/* Writes digits * 10^exponent as JavaScript would: plain from 1e-5 to below 1e21, else with an exponent. */
static uint32_t place(char *to, int negative, const char *digit, int digits, int exponent)
{
    char *p = to;
    while (digits > 1 && digit[digits - 1] == '0') {
        digits--;
        exponent++;
    }
    int point = digits + exponent; /* digits before the point */
    if (negative)
        *p++ = '-';
    if (point > 21 || point < -4) {
        *p++ = digit[0];
        if (digits > 1) {
            *p++ = '.';
            memcpy(p, digit + 1, (size_t)digits - 1);
            p += digits - 1;
        }
        return (uint32_t)(p - to) + (uint32_t)sprintf(p, "e%d", point - 1);
    }
    if (point <= 0) {
        *p++ = '0';
        *p++ = '.';
        for (int i = point; i < 0; i++)
            *p++ = '0';
    }
    for (int i = 0; i < digits; i++) {
        if (point > 0 && i == point)
            *p++ = '.';
        *p++ = digit[i];
    }
    for (int i = digits; i < point; i++)
        *p++ = '0';
    *p = 0;
    return (uint32_t)(p - to);
}

/* Most figures have few decimals: m / 10^k with both exact is the nearest binary64 of "m e-k", and up to 15 digits name
 * a binary64 uniquely, so the least k that fits is the shortest form. */
static uint32_t print_short(char *to, double v, int negative)
{
    static const double power[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    for (int k = 0; k < 7; k++) {
        double m = v * power[k];
        if (!(m < 1e15))
            return 0;
        uint64_t whole = (uint64_t)(m + 0.5);
        if ((double)whole / power[k] != v)
            continue;
        char digit[24];
        int n = 0;
        char reversed[24];
        for (uint64_t w = whole; w || !n; w /= 10)
            reversed[n++] = (char)('0' + w % 10);
        for (int i = 0; i < n; i++)
            digit[i] = reversed[n - 1 - i];
        return place(to, negative, digit, n, -k);
    }
    return 0;
}

static double read_back(const char *digit, int digits, int exponent)
{
    char line[64];
    snprintf(line, sizeof line, "%.*se%d", digits, digit, exponent);
    return strtod(line, NULL);
}

/* Finds a decimal of `digits` digits that reads back as v; fills digit and exponent in any case. */
static int try_digits(double v, int digits, char *digit, int *exponent)
{
    char line[64];
    snprintf(line, sizeof line, "%.*e", digits - 1, v);
    const char *p = line;
    int n = 0;
    for (; *p && *p != 'e'; p++)
        if (is_digit(*p))
            digit[n++] = *p;
    *exponent = (int)strtol(p + 1, NULL, 10) - (digits - 1);
    if (read_back(digit, n, *exponent) == v)
        return 1;
    /* Above a power of two the gap is twice the one below it: the next decimal up may read back where the nearest does
     * not. */
    int unused;
    if (frexp(v, &unused) != 0.5 || digit[n - 1] == '9')
        return 0;
    digit[n - 1]++;
    if (read_back(digit, n, *exponent) == v)
        return 1;
    digit[n - 1]--;
    return 0;
}

uint32_t assay_print_real(char *to, double value)
{
    if (!isfinite(value)) {
        memcpy(to, "null", 5);
        return 4;
    }
    int negative = signbit(value) != 0;
    double v = negative ? -value : value;
    uint32_t n = print_short(to, v, negative);
    if (n)
        return n;
    char digit[24];
    int exponent = 0;
    for (int digits = v < DBL_MIN ? 1 : 15; digits < 17; digits++)
        if (try_digits(v, digits, digit, &exponent))
            return place(to, negative, digit, digits, exponent);
    try_digits(v, 17, digit, &exponent);
    return place(to, negative, digit, 17, exponent);
}
