/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/decimal.h>

static struct assay_decimal of(const char *s)
{
    struct assay_decimal d;
    assert_int_equal(assay_decimal_read(&d, s, strlen(s)), 1);
    return d;
}

static void prints(const struct assay_decimal *d, const char *want)
{
    char out[64];
    assert_int_equal(assay_decimal_print(out, d), strlen(want));
    assert_string_equal(out, want);
}

static void reads_and_prints(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"0", "0"}, {"-0.00", "0"}, {"007", "7"}, {"1500", "1500"}, {"0.250", "0.250"}, {"-12.5", "-12.5"}, {"1.5e3", "1500"},
        {"15e-4", "0.0015"}, {".5", "0.5"}, {"+3", "3"}, {"1.5e80", "1.5e80"}, {"1e-70", "1e-70"},
        {"12345678901234567890123456789012345678", "12345678901234567890123456789012345678"},
        {"123456789012345678901234567890123456785", "123456789012345678901234567890123456780"},
        {"99999999999999999999999999999999999999.5", "100000000000000000000000000000000000000"},
    };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        struct assay_decimal d = of(same[i][0]);
        prints(&d, same[i][1]);
    }
    static const char *const bad[] = {"", "-", ".", "1e", "1e+", "1x", "1,5", " 1", "1..2", "e5"};
    struct assay_decimal d;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(assay_decimal_read(&d, bad[i], strlen(bad[i])), 0);
}

static void marks_what_was_dropped(void **state)
{
    (void)state;
    struct assay_decimal d = of("1000000000000000000000000000000000000001");
    assert_int_equal(d.inexact, 1);
    d = of("1000000000000000000000000000000000000000");
    assert_int_equal(d.inexact, 0);
    assert_int_equal(d.digits, 38);
}

static void adds_and_multiplies(void **state)
{
    (void)state;
    static const char *const sums[][3] = {
        {"1.5", "2.25", "3.75"}, {"1", "-1", "0"}, {"0.1", "0.2", "0.3"}, {"1000000", "-0.5", "999999.5"}, {"-3", "1", "-2"},
        {"99", "1", "100"}, {"0", "-7", "-7"}, {"1e30", "1", "1000000000000000000000000000001"},
    };
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
        struct assay_decimal a = of(sums[i][0]), b = of(sums[i][1]), want = of(sums[i][2]), s;
        assay_decimal_add(&s, &a, &b);
        assert_int_equal(assay_decimal_compare(&s, &want), 0);
        assay_decimal_add(&s, &b, &a);
        assert_int_equal(assay_decimal_compare(&s, &want), 0);
    }
    static const char *const products[][3] = {
        {"1.5", "1000000", "1500000"}, {"-4", "0.25", "-1"}, {"0", "5", "0"}, {"453.59237", "2", "907.18474"},
        {"12345678901234567890", "98765432109876543210", "1219326311370217952237463801111263526900"},
    };
    for (size_t i = 0; i < sizeof products / sizeof products[0]; i++) {
        struct assay_decimal a = of(products[i][0]), b = of(products[i][1]), want = of(products[i][2]), p;
        assay_decimal_mul(&p, &a, &b);
        assert_int_equal(assay_decimal_compare(&p, &want), 0);
    }
    struct assay_decimal a = of("1e100"), b = of("1"), s;
    assay_decimal_add(&s, &a, &b);
    assert_int_equal(s.inexact, 1);
    assert_int_equal(assay_decimal_compare(&s, &a), 0);
}

/* Against 64-bit integers on many pairs. */
static void agrees_with_integers(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 200000; i++) {
        int64_t v[2];
        struct assay_decimal d[2], r;
        for (int k = 0; k < 2; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            v[k] = (int64_t)(seed >> 33) >> (seed >> 28 & 15);
            v[k] = seed & 0x8000000 ? -v[k] : v[k];
            char text[32];
            d[k] = (struct assay_decimal){0};
            assay_decimal_read(&d[k], text, (size_t)snprintf(text, sizeof text, "%lld", (long long)v[k]));
        }
        char got[64], want[64];
        assay_decimal_add(&r, &d[0], &d[1]);
        assay_decimal_print(got, &r);
        snprintf(want, sizeof want, "%lld", (long long)(v[0] + v[1]));
        assert_string_equal(got, want);
        assay_decimal_mul(&r, &d[0], &d[1]);
        assay_decimal_print(got, &r);
        snprintf(want, sizeof want, "%lld", (long long)(v[0] * v[1]));
        assert_string_equal(got, want);
        int c = assay_decimal_compare(&d[0], &d[1]);
        assert_int_equal(c, (v[0] > v[1]) - (v[0] < v[1]));
    }
}

static void gives_the_nearest_double(void **state)
{
    (void)state;
    static const char *const texts[] = {"0.1", "1e23", "123456789.125", "5e-324", "-2.5", "9007199254740993", "0.3", "1.7976931348623157e308"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct assay_decimal d = of(texts[i]);
        assert_true(assay_decimal_real(&d) == strtod(texts[i], NULL));
    }
    struct assay_decimal d = of("1e400");
    assert_true(isinf(assay_decimal_real(&d)));
}

static void counts_significant_digits(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t digits;
    } cases[] = {{"1500", 2}, {"15.0", 3}, {"0.0030", 2}, {"7", 1}, {"0", 1}, {"1001", 4}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_decimal d = of(cases[i].text);
        assert_int_equal(assay_decimal_precision(&d), cases[i].digits);
    }
    struct assay_decimal d;
    assay_decimal_u64(&d, 18446744073709551615u);
    prints(&d, "18446744073709551615");
    assay_decimal_scale(&d, -2);
    prints(&d, "184467440737095516.15");
}

static void above_agrees_with_compare(void **state)
{
    (void)state;
    static const char *const values[] = {"0", "-5", "1", "0.001", "9.99", "10", "10.0", "10.01", "1399.5", "1400", "1e3", "14e2", "1e19", "1e20", "1e30",
                                         "18446744073709551615", "18446744073709551616", "18446744073709551615.5", "-1e30", "99999999999999999999"};
    static const uint64_t wholes[] = {0, 1, 9, 10, 999, 1000, 1399, 1400, 9999999999999999999u, 10000000000000000000u, UINT64_MAX};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        for (size_t k = 0; k < sizeof wholes / sizeof wholes[0]; k++) {
            struct assay_decimal d, whole;
            assert_true(assay_decimal_read(&d, values[i], strlen(values[i])));
            assay_decimal_u64(&whole, wholes[k]);
            assert_int_equal(assay_decimal_above(&d, wholes[k]), assay_decimal_compare(&d, &whole) > 0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(above_agrees_with_compare),
        cmocka_unit_test(reads_and_prints),      cmocka_unit_test(marks_what_was_dropped),
        cmocka_unit_test(adds_and_multiplies),   cmocka_unit_test(agrees_with_integers),
        cmocka_unit_test(gives_the_nearest_double), cmocka_unit_test(counts_significant_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
