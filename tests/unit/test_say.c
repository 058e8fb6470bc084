/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include <assay/kit/text.h>
#include <assay/kit/evidence.h>
#include <assay/kit/say.h>

static void is(struct assay_buf *b, const char *expected)
{
    assay_buf_byte(b, 0);
    assert_string_equal(b->at, expected);
    b->size = 0;
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct { double value; const char *said; } sample[] = {
        {0, "0"}, {7, "7"}, {1200, "1,200"}, {-1200, "−1,200"}, {0.25, "0.25"}, {1234.5, "1,234.5"}, {999999, "999,999"},
        {1000000, "1 million"}, {5200000, "5.2 million"}, {1234567, "1,234,567"}, {400e6, "400 million"}, {2.5e9, "2.5 billion"},
        {1e12, "1 trillion"}, {12345e6, "12.345 billion"}, {4725500000, "4.7255 billion"}, {4725510000, "4,725,510,000"}, {12345000, "12,345,000"}, {1e15, "1,000,000,000,000,000"}, {1e30, "1e30"},
    };
    struct assay_buf b = {0};
    for (size_t i = 0; i < sizeof sample / sizeof sample[0]; i++) {
        assay_say_number(&b, sample[i].value);
        is(&b, sample[i].said);
    }
    assay_say_number(&b, INFINITY);
    is(&b, "?");
    assay_buf_free(&b);
}

static void test_values(void **state)
{
    (void)state;
    struct assay_buf b = {0};
    assay_say_value(&b, 14, 0, ASSAY_BOUND_ABOUT, assay_text_of("kilometer"));
    is(&b, "about 14 km");
    assay_say_value(&b, 4, 6, ASSAY_BOUND_RANGE, assay_text_of("centimeter"));
    is(&b, "4 to 6 cm");
    assay_say_value(&b, 3e6, 0, ASSAY_BOUND_OVER, assay_text_of("EUR"));
    is(&b, "over 3 million EUR");
    assay_say_value(&b, 5, 0, ASSAY_BOUND_AT_MOST, (struct assay_text){0});
    is(&b, "at most 5");
    assay_say_value(&b, 2, 0, ASSAY_BOUND_EXACT, assay_text_of("nautical-mile"));
    is(&b, "2 nautical miles");
    assay_say_value(&b, 1, 0, ASSAY_BOUND_EXACT, assay_text_of("hour"));
    is(&b, "1 hour");
    assay_say_value(&b, 6, 0, ASSAY_BOUND_ABOUT, assay_text_of("foot"));
    is(&b, "about 6 feet");
    assay_say_value(&b, 6, 0, ASSAY_BOUND_EXACT, assay_text_of("liter-per-kilometer"));
    is(&b, "6 liter per kilometer");
    assay_say_value(&b, 20240517, 0, ASSAY_BOUND_EXACT, assay_text_of("date"));
    is(&b, "2024-05-17");
    assay_say_value(&b, 20240505, 20240507, ASSAY_BOUND_RANGE, assay_text_of("date"));
    is(&b, "2024-05-05 to 2024-05-07");
    assay_say_count(&b, 1, "text");
    is(&b, "1 text");
    assay_say_count(&b, 1234567, "text");
    is(&b, "1,234,567 texts");
    assay_buf_free(&b);
}

static void test_shares(void **state)
{
    (void)state;
    static const struct { double share; const char *said; } sample[] = {
        {0, "0 %"}, {0.001, "under 1 %"}, {0.374, "37 %"}, {0.996, "over 99 %"}, {1, "100 %"}, {2, "100 %"}, {-1, "0 %"}, {NAN, "0 %"},
    };
    struct assay_buf b = {0};
    for (size_t i = 0; i < sizeof sample / sizeof sample[0]; i++) {
        assay_say_share(&b, sample[i].share);
        is(&b, sample[i].said);
    }
    assay_buf_free(&b);
}

static void test_lines(void **state)
{
    (void)state;
    struct assay_buf b = {0};
    assay_say_line(&b, assay_text_of("  a\t\n b\r\n"));
    is(&b, "a b");
    assay_say_line(&b, assay_text_of("x\033[31my\x7fz"));
    is(&b, "x\xef\xbf\xbd[31my\xef\xbf\xbdz");
    assay_say_line(&b, assay_text_of("a\u202eb\u2066c\u2028d"));
    is(&b, "abc d");
    assay_say_line(&b, (struct assay_text){"\xff\xc3", 2});
    is(&b, "\xef\xbf\xbd\xef\xbf\xbd");
    assay_say_line(&b, (struct assay_text){0});
    is(&b, "");
    assay_buf_free(&b);
}

static void test_words(void **state)
{
    (void)state;
    assert_string_equal(assay_say_verdict(0), "sources disagree");
    assert_string_equal(assay_say_verdict(99), "?");
    assert_int_equal(assay_say_group(ASSAY_AGREE, 2), ASSAY_AGREE);
    assert_int_equal(assay_say_group(ASSAY_AGREE, 1), ASSAY_SAY_SINGLE);
    assert_int_equal(assay_say_group(ASSAY_AGREE, 0), ASSAY_SAY_SINGLE);
    assert_int_equal(assay_say_group(ASSAY_COMPATIBLE, 1), ASSAY_COMPATIBLE);
    assert_string_equal(assay_say_bound_name(ASSAY_BOUND_AT_LEAST), "at-least");
}

static void test_dates_and_periods(void **state)
{
    (void)state;
    static const char *const date[][2] = {
        {"2024-05-04T18:45:00Z", "2024-05-04 18:45 UTC"}, {"2024-05-04T18:45:07.250Z", "2024-05-04 18:45 UTC"}, {"2024-05-04T18:45+02:00", "2024-05-04 18:45 +02:00"},
        {"2024-05-04T18:45", "2024-05-04 18:45"}, {"2024-05-04", "2024-05-04"}, {"2024-05-04T18:45:00Zx", "2024-05-04T18:45:00Zx"},
        {"2024-05-04T1", "2024-05-04T1"}, {"4 May\n2024", "4 May 2024"}, {"", ""}, {"2024-05-04T18:45\n+02:00", "2024-05-04T18:45 +02:00"},
    };
    static const char *const period[][3] = {{"2023", "2023", "for 2023"}, {"2023", "2025", "for 2023 to 2025"}, {"2027", NULL, "from 2027 on"},
                                            {NULL, "2024-05", "until 2024-05"}, {NULL, NULL, ""}};
    struct assay_buf b = {0};
    for (size_t i = 0; i < sizeof date / sizeof date[0]; i++) {
        assay_say_published(&b, assay_text_of(date[i][0]));
        is(&b, date[i][1]);
    }
    for (size_t i = 0; i < sizeof period / sizeof period[0]; i++) {
        assay_say_period(&b, assay_text_of(period[i][0]), assay_text_of(period[i][1]));
        is(&b, period[i][2]);
    }
    assay_buf_free(&b);
}

/* Numbers and what they count agree, one or many. */
static void test_counts(void **state)
{
    (void)state;
    static const struct { uint64_t n; const char *said; } count[] = {{0, "0 texts"}, {1, "1 text"}, {2, "2 texts"}, {12345, "12,345 texts"}};
    static const char *const one[] = {"1 where sources disagree", "1 changed over time", "1 not the same thing measured", "1 compatible",
                                      "1 where sources agree", "1 told by one source only"};
    struct assay_buf b = {0};
    for (size_t i = 0; i < sizeof count / sizeof count[0]; i++) {
        assay_say_count(&b, count[i].n, "text");
        is(&b, count[i].said);
    }
    for (uint32_t i = 0; i < ASSAY_SAY_GROUPS; i++) {
        assay_say_verdict_count(&b, i, 1);
        is(&b, one[i]);
        assay_say_verdict_count(&b, i, 1300);
        assert_memory_equal(b.at, "1,300", 5);
        assert_memory_equal(b.at + 5, one[i] + 1, strlen(one[i]) - 1);
        b.size = 0;
    }
    assay_buf_free(&b);
}

/* A clip keeps the figure, cuts at blanks or between characters, and says where it cut. */
static void test_clip(void **state)
{
    (void)state;
    struct assay_evidence e = {.text = assay_text_of("eins zwei drei vier 1200 fünf sechs sieben acht"), .figure = {20, 24}};
    int head, tail;
    struct assay_span whole = {0, (uint32_t)e.text.size};
    struct assay_span s = assay_evidence_clip(&e, whole, 100, 100, &head, &tail);
    assert_int_equal(s.begin, 0);
    assert_int_equal(s.end, whole.end);
    assert_false(head || tail);
    s = assay_evidence_clip(&e, whole, 8, 8, &head, &tail);
    assert_true(head && tail);
    assert_memory_equal(e.text.at + s.begin, "vier 1200 fünf", s.end - s.begin);
    /* No blank in reach: between characters. */
    char long_text[400];
    memset(long_text, 0, sizeof long_text);
    for (int i = 0; i < 60; i++)
        strcat(long_text, "ü");
    strcat(long_text, "7");
    for (int i = 0; i < 60; i++)
        strcat(long_text, "ü");
    e = (struct assay_evidence){.text = assay_text_of(long_text), .figure = {120, 121}};
    s = assay_evidence_clip(&e, (struct assay_span){0, 241}, 51, 51, &head, &tail);
    assert_int_equal(s.begin % 2, 0);
    assert_int_equal(s.end % 2, 1);
    assert_in_range(s.begin, 69, 120);
    assert_in_range(s.end, 121, 172);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_values), cmocka_unit_test(test_shares),
        cmocka_unit_test(test_lines),   cmocka_unit_test(test_words),  cmocka_unit_test(test_clip),
        cmocka_unit_test(test_dates_and_periods), cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
