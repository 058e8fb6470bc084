/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/text.h>
#include <assay/kit/json.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void assert_buf(struct assay_buf *b, const char *want)
{
    assay_buf_byte(b, 0);
    assert_string_equal(b->at, want);
    assay_buf_free(b);
}

/* ---- writing ---- */

static void texts_are_escaped(void **state)
{
    (void)state;
    struct assay_buf b = {0};
    assay_json_text(&b, assay_text_of("a \"quoted\" back\\slash, line\nend\ttab \x01\x1f\x7f and a tail of some length"));
    assert_buf(&b, "\"a \\\"quoted\\\" back\\\\slash, line\\nend\\ttab \\u0001\\u001f\x7f and a tail of some length\"");
    assay_json_text(&b, (struct assay_text){NULL, 0});
    assert_buf(&b, "null");
    assay_json_text(&b, (struct assay_text){"", 0});
    assert_buf(&b, "\"\"");
    assay_json_text(&b, assay_text_of("ok \xd0\xb6 bad \xd0 \xff\xfe end\xe2\x82"));
    assert_buf(&b, "\"ok \xd0\xb6 bad \xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd end\xef\xbf\xbd\xef\xbf\xbd\"");
    int first = 1;
    assay_json_key(&b, &first, "a");
    assay_json_u64(&b, UINT64_MAX);
    assay_json_key(&b, &first, "b");
    assay_json_i64(&b, INT64_MIN);
    assert_buf(&b, "\"a\":18446744073709551615,\"b\":-9223372036854775808");
}

static const char *print(double v)
{
    static char line[32];
    uint32_t n = assay_print_real(line, v);
    assert_int_equal(n, strlen(line));
    assert_true(strlen(line) <= 24);
    return line;
}

static void reals_are_shortest(void **state)
{
    (void)state;
    assert_string_equal(print(0), "0");
    assert_string_equal(print(-0.0), "-0");
    assert_string_equal(print(0.1), "0.1");
    assert_string_equal(print(-12.5), "-12.5");
    assert_string_equal(print(3000000), "3000000");
    assert_string_equal(print(0.1 + 0.2), "0.30000000000000004");
    assert_string_equal(print(1.0 / 3), "0.3333333333333333");
    assert_string_equal(print(1e20), "100000000000000000000");
    assert_string_equal(print(1e21), "1e21");
    assert_string_equal(print(1e-5), "0.00001");
    assert_string_equal(print(1.5e-7), "1.5e-7");
    assert_string_equal(print(5e-324), "5e-324");
    assert_string_equal(print(2.5e-320), "2.5e-320");
    assert_string_equal(print(DBL_MAX), "1.7976931348623157e308");
    assert_string_equal(print(ldexp(1, 122)), "5.316911983139664e36");
    assert_string_equal(print(INFINITY), "null");
    assert_string_equal(print(NAN), "null");
}

static void reals_come_back(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 200000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint64_t bits = seed ^ seed >> 29;
        double v, back;
        if (i % 2)
            memcpy(&v, &bits, 8);
        else
            v = (double)(bits % 100000000) / (i % 3 ? 1000 : 7);
        if (!isfinite(v))
            continue;
        char line[32], longer[40];
        uint32_t n = assay_print_real(line, v);
        assert_int_equal(assay_read_real((struct assay_text){line, n}, &back), 1);
        assert_memory_equal(&v, &back, 8);
        /* No shorter decimal does (the test runs in the C locale). */
        int digits = 0;
        for (const char *p = line; *p && *p != 'e'; p++)
            digits += *p >= '0' && *p <= '9';
        snprintf(longer, sizeof longer, "%.*e", digits > 1 && digits <= 17 ? digits - 2 : 0, v);
        if (digits > 1 && digits <= 17 && strchr(line, '.') && line[0] != '0' && line[1] != '0')
            assert_true(strtod(longer, NULL) != v);
    }
}

static void a_locale_changes_nothing(void **state)
{
    (void)state;
    double v = 0;
    static const char *const comma[] = {"de_DE.UTF-8", "ru_RU.UTF-8", "fr_FR.UTF-8"};
    for (size_t i = 0; i < 3; i++)
        setlocale(LC_ALL, comma[i]);
    assert_string_equal(print(1234567.891), "1234567.891");
    assert_string_equal(print(1.23456789012e-30), "1.23456789012e-30");
    assert_int_equal(assay_read_real(assay_text_of("1234.5e-2"), &v), 1);
    assert_true(v == 12.345);
    setlocale(LC_ALL, "C");
}

static void reals_are_read_exactly(void **state)
{
    (void)state;
    double v = 1;
    static const char *const bad[] = {"", "-", ".", "1e", "1e+", "x", "1x", "1,5", " 1", "1 ", "0x10", "inf", "nan", "--1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(assay_read_real(assay_text_of(bad[i]), &v), 0);
    assert_int_equal(assay_read_real(assay_text_of("9007199254740993"), &v), 1); /* tie: to even */
    assert_true(v == 9007199254740992.0);
    assert_int_equal(assay_read_real(assay_text_of("9007199254740993.00000000000000000000000000001"), &v), 1);
    assert_true(v == 9007199254740994.0);
    assert_int_equal(assay_read_real(assay_text_of("-1e-400"), &v), 1);
    assert_true(v == 0 && signbit(v));
    assert_int_equal(assay_read_real(assay_text_of("1e99999999999999999999"), &v), 1);
    assert_true(isinf(v));
    assert_int_equal(assay_read_real(assay_text_of("0e99999999999999999999"), &v), 1);
    assert_true(v == 0);
    char big[3000]; /* a tie broken by digit 2,900 */
    size_t n = (size_t)sprintf(big, "9007199254740993.");
    memset(big + n, '0', 2900);
    big[n + 2900] = '1';
    assert_int_equal(assay_read_real((struct assay_text){big, n + 2901}, &v), 1);
    assert_true(v == 9007199254740994.0);
    memset(big, '9', sizeof big);
    assert_int_equal(assay_read_real((struct assay_text){big, sizeof big}, &v), 1);
    assert_true(isinf(v));
}

/* ---- reading ---- */

static const char *const type_name[] = {"!", ".", "n", "t", "f", "0", "s", "{", "[", "}"};

/* The kinds of the tokens, one letter each, up to the end or an error. */
static const char *kinds(const char *input)
{
    static char out[256];
    struct assay_json j = {0};
    size_t n = 0;
    assay_json_start(&j, assay_text_of(input));
    for (;;) {
        enum assay_json_type t = assay_json_next(&j);
        assert_true(n < sizeof out - 1);
        out[n++] = type_name[t][0];
        if (t == ASSAY_JSON_ERROR || t == ASSAY_JSON_END)
            break;
    }
    out[n] = 0;
    if (out[n - 1] == '!') {
        assert_non_null(j.error);
        assert_int_equal(assay_json_next(&j), ASSAY_JSON_ERROR);
    }
    assay_json_done(&j);
    return out;
}

static void good_values_are_read(void **state)
{
    (void)state;
    assert_string_equal(kinds(" null "), "n.");
    assert_string_equal(kinds("\"\""), "s.");
    assert_string_equal(kinds("[]"), "[}.");
    assert_string_equal(kinds("{}\n"), "{}.");
    assert_string_equal(kinds("{\"a\":[1,-2.5e+3,{\"b\":true}],\"c\":false}"), "{s[00{st}}sf}.");
    assert_string_equal(kinds("[0,0.5,-0,10,1E5,1e-05]"), "[000000}.");
}

static void bad_values_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "  ", "{", "[", "[1", "[1,", "[1,]", "[,1]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}",
        "{\"a\" 1}", "{1:2}", "[1 2]", "[1}", "{\"a\":1]", "01", "1.", ".5", "+1", "-", "1e", "1e+", "0x1", "nul", "nullx",
        "True", "'a'", "\"a", "\"\\x\"", "\"\\u12g4\"", "\"\\u12\"", "\"\\", "\"a\nb\"", "\"\x01\"", "1 2", "{} {}", "[1]]", "NaN"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const char *k = kinds(bad[i]);
        if (k[strlen(k) - 1] != '!')
            fail_msg("accepted: %s", bad[i]);
    }
}

static void strings_are_decoded(void **state)
{
    (void)state;
    struct assay_json j = {0};
    assay_json_start(&j, assay_text_of("[\"plain \xd0\xb6\", \"\\u0436\\n\\\"\\/\\\\\\ud83d\\ude00\\u0000\", \"\\ud83d x\", \"\\ude00\"]"));
    assert_int_equal(assay_json_next(&j), ASSAY_JSON_ARRAY);
    assert_int_equal(assay_json_next(&j), ASSAY_JSON_STRING);
    assert_ptr_equal(j.text.at, j.begin + 2);
    assert_int_equal(j.text.size, 8);
    assert_int_equal(assay_json_next(&j), ASSAY_JSON_STRING);
    assert_int_equal(j.text.size, 11);
    assert_memory_equal(j.text.at, "\xd0\xb6\n\"/\\\xf0\x9f\x98\x80\0", 11);
    assert_memory_equal(j.raw.at, "\\u0436\\n", 8);
    assert_int_equal(assay_json_next(&j), ASSAY_JSON_STRING);
    assert_memory_equal(j.text.at, "\xef\xbf\xbd x", 5);
    assert_int_equal(assay_json_next(&j), ASSAY_JSON_STRING);
    assert_memory_equal(j.text.at, "\xef\xbf\xbd", 3);
    assert_int_equal(assay_json_next(&j), ASSAY_JSON_CLOSE);
    assert_int_equal(assay_json_next(&j), ASSAY_JSON_END);
    assay_json_done(&j);
}

static void depth_is_limited(void **state)
{
    (void)state;
    char deep[200];
    memset(deep, '[', 65);
    deep[65] = 0;
    struct assay_json j = {0};
    assay_json_start(&j, assay_text_of(deep));
    for (int i = 0; i < 64; i++)
        assert_int_equal(assay_json_next(&j), ASSAY_JSON_ARRAY);
    assert_int_equal(assay_json_next(&j), ASSAY_JSON_ERROR);
    assay_json_done(&j);
}

static void values_are_skipped_whole(void **state)
{
    (void)state;
    struct assay_json j = {0};
    struct assay_text whole;
    static const char *const value[] = {"null", "true", "false", "-1.5", "\"a\\n\"", "[1,[2]]", "{\"a\":{\"b\":[]}}"};
    for (size_t i = 0; i < sizeof value / sizeof value[0]; i++) {
        char line[100];
        snprintf(line, sizeof line, "{\"k\": %s , \"z\":1}", value[i]);
        assay_json_start(&j, assay_text_of(line));
        assay_json_next(&j);
        assay_json_next(&j);
        assert_int_equal(assay_json_skip(&j, assay_json_next(&j), &whole), 1);
        assert_int_equal(whole.size, strlen(value[i]));
        assert_memory_equal(whole.at, value[i], whole.size);
        assert_int_equal(assay_json_next(&j), ASSAY_JSON_STRING);
        assert_memory_equal(j.text.at, "z", 1);
    }
    assay_json_start(&j, assay_text_of("[[1,}]"));
    assay_json_next(&j);
    assert_int_equal(assay_json_skip(&j, assay_json_next(&j), NULL), 0);
    assay_json_done(&j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_escaped),    cmocka_unit_test(reals_are_shortest),
        cmocka_unit_test(reals_come_back),      cmocka_unit_test(a_locale_changes_nothing),
        cmocka_unit_test(reals_are_read_exactly), cmocka_unit_test(good_values_are_read),
        cmocka_unit_test(bad_values_are_refused), cmocka_unit_test(strings_are_decoded),
        cmocka_unit_test(depth_is_limited),     cmocka_unit_test(values_are_skipped_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
