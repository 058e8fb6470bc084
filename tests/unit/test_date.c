/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include <assay/kit/date.h>
#include <assay/kit/moment.h>

static struct assay_text text(const char *s)
{
    return (struct assay_text){s, strlen(s)};
}

static void reads_reduced_precision(void **state)
{
    (void)state;
    static const char *const good[][2] = {
        {"2024", "2024"}, {"2024-05", "2024-05"}, {"2024-02-29", "2024-02-29"}, {"20240517", "2024-05-17"},
        {"2024-05-17T10:00:00Z", "2024-05-17"}, {"2024-05-17T10:00:00.123+02:00", "2024-05-17"}, {"2024-05-17 10:00", "2024-05-17"},
        {"2024-05-17T1000+0330", "2024-05-17"}, {"-0044-03-15", "-0044-03-15"},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct assay_date d;
        char out[16];
        assert_int_equal(assay_date_read(&d, text(good[i][0])), 1);
        assert_int_equal(assay_date_print(out, d), strlen(good[i][1]));
        assert_string_equal(out, good[i][1]);
    }
    static const char *const bad[] = {"", "24", "2024-", "2024-13", "2023-02-29", "2024-05-17T", "2024-05-17T25:00", "2024-05-17x",
                                      "202405", "2024-05-17T10:00:00+2", "2024-00", "2024-05-00", "May 2024", "2024-05T10:00"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct assay_date d;
        assert_int_equal(assay_date_read(&d, text(bad[i])), 0);
    }
    struct assay_date d;
    assert_int_equal(assay_date_read(&d, (struct assay_text){0}), 0);
}

static void gives_first_and_last_day(void **state)
{
    (void)state;
    assert_true(assay_date_first((struct assay_date){1970, 0, 0}) == 0);
    assert_true(assay_date_last((struct assay_date){1970, 0, 0}) == 364);
    assert_true(assay_date_first((struct assay_date){2024, 2, 0}) == 19754);
    assert_true(assay_date_last((struct assay_date){2024, 2, 0}) == 19782);
    assert_true(assay_date_first((struct assay_date){1969, 12, 31}) == -1);
}

static void days_and_dates_are_inverse(void **state)
{
    (void)state;
    struct assay_date last = assay_date_of_day(-800001);
    for (int64_t day = -800000; day < 800000; day++) {
        struct assay_date d = assay_date_of_day(day);
        assert_true(assay_date_first(d) == day && assay_date_last(d) == day);
        int next_day = d.year == last.year && d.month == last.month && d.day == last.day + 1;
        int next_month = d.day == 1 && last.day == assay_days_in_month(last.year, last.month);
        assert_true(next_day || next_month);
        last = d;
    }
}

static void moments_sort(void **state)
{
    (void)state;
    int known;
    int64_t day = assay_moment_read(text("2024-05-17")), noon = assay_moment_read(text("2024-05-17T12:00:00Z"));
    int64_t later = assay_moment_read(text("2024-05-17T14:30:00+01:00")), local = assay_moment_read(text("2024-05-17T12:00:00"));
    assert_true(assay_moment_before(noon, later));
    assert_false(assay_moment_before(later, noon));
    assert_false(assay_moment_before(day, later) || assay_moment_before(later, day));
    assert_int_equal(assay_moment_apart(noon, later, &known), 5400);
    assert_true(known);
    assay_moment_apart(noon, local, &known); /* without a zone it is a day */
    assert_false(known);
    assert_int_equal(assay_moment_read(text("soon")), ASSAY_UNDATED);
    assay_moment_apart(ASSAY_UNDATED, noon, &known);
    assert_false(known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_sort), cmocka_unit_test(reads_reduced_precision),
        cmocka_unit_test(gives_first_and_last_day),
        cmocka_unit_test(days_and_dates_are_inverse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
