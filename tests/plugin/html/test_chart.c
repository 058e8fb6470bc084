/* SPDX-License-Identifier: Apache-2.0
 * Where the charts put what they show. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <assay/layers/claim.h>

#include "../writer_checks.h"
#include "chart.h"

static char *line_of(const struct chart_value *value, uint32_t count)
{
    struct markup m = {0};
    chart_line(&m, value, count);
    assay_buf_byte(&m.buf, 0);
    return m.buf.at;
}

static uint32_t count_of(const char *out, const char *part)
{
    uint32_t n = 0;
    for (; (out = strstr(out, part)); out += strlen(part))
        n++;
    return n;
}

/* The ends of the axis lie a little beyond the least and the largest value; ticks are round. */
static void values_on_a_line(void **state)
{
    (void)state;
    const struct chart_value value[] = {{.value = 1200, .independent = 4, .copies = 1}, {.value = 2100, .independent = 1}};
    char *out = line_of(value, 2);
    has(out, "aria-label=\"1,200; 2,100\"");
    has(out, "<text class=lab x=\"10.7%\" y=16 text-anchor=start>1,200</text>");
    has(out, "<text class=lab x=\"89.3%\" y=56 text-anchor=end>2,100</text>");
    has(out, "<line class=grid x1=\"36.9%\" x2=\"36.9%\"");
    has(out, ">1,500</text>");
    has(out, "<path class=dots d=\"M0 0h0M11 0h0M22 0h0M33 0h0\"/><circle class=copy cx=44");
    has(out, "<circle cx=\"89.3%\" cy=68 r=4.5 />");
    assert_int_equal(count_of(out, "class=tick"), 2);
    assert_null(strstr(out, "logarithmic"));
    free(out);
}

static void one_value_stands_in_the_middle(void **state)
{
    (void)state;
    const double alone[] = {5, -5, 0};
    for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++) {
        char *out = line_of(&(struct chart_value){.value = alone[i], .independent = 1}, 1);
        has(out, "<circle cx=\"50.0%\"");
        free(out);
    }
}

/* From a ratio of twenty on; its ticks are powers of ten. */
static void far_apart_is_logarithmic(void **state)
{
    (void)state;
    struct chart_value value[] = {{.value = 10, .independent = 1}, {.value = 200, .independent = 1}};
    char *out = line_of(value, 2);
    has(out, "The scale is logarithmic.");
    has(out, ">100</text>");
    assert_int_equal(count_of(out, "class=tick"), 2);
    free(out);
    value[1].value = 199;
    out = line_of(value, 2);
    assert_null(strstr(out, "logarithmic"));
    free(out);
}

static void bounds_are_bars(void **state)
{
    (void)state;
    struct chart_value value[] = {{.value = 100, .high = 200, .bound = ASSAY_BOUND_RANGE, .independent = 1},
                                  {.value = 150, .bound = ASSAY_BOUND_AT_LEAST, .independent = 1},
                                  {.value = 150, .bound = ASSAY_BOUND_AT_MOST, .independent = 1},
                                  {.value = INFINITY, .independent = 1}};
    char *out = line_of(value, 4);
    has(out, "<line class=\"bar b6\" x1=\"10.7%\" x2=\"89.3%\"");
    has(out, "<line class=\"bar b3\" x1=\"50.0%\" x2=\"99.0%\"");
    has(out, "<line class=\"bar b5\" x1=\"1.0%\" x2=\"50.0%\"");
    assert_int_equal(count_of(out, "class=head"), 2);
    assert_int_equal(count_of(out, "<g class="), 3); /* what is not finite is not drawn */
    free(out);
    out = line_of(value + 3, 1);
    assert_string_equal(out, "");
    free(out);
}

/* Each value once a day, the least at the bottom; days below the least number draw nothing. */
static void values_over_time(void **state)
{
    (void)state;
    struct chart_point point[] = {{.day = 12, .value = 30, .series = 1, .date = {"2024-05-12", 10}},
                                  {.day = 10, .value = 20, .date = {"2024-05-10", 10}},
                                  {.day = 10, .value = 20, .date = {"2024-05-10", 10}}};
    struct markup m = {0};
    chart_time(&m, point, 3, 3);
    assert_int_equal(m.buf.size, 0);
    chart_time(&m, point, 3, 2);
    assay_buf_byte(&m.buf, 0);
    assert_int_equal(count_of(m.buf.at, "<circle"), 2);
    has(m.buf.at, "<circle class=c0 cx=\"6.0%\" cy=86 r=4.5 />");
    has(m.buf.at, "<circle class=c1 cx=\"94.0%\" cy=22 r=4.5 />");
    has(m.buf.at, ">2024-05-10</text>");
    has(m.buf.at, ">2024-05-12</text>");
    assay_buf_free(&m.buf);
}

static void shares_are_bars(void **state)
{
    (void)state;
    static const struct {
        double share;
        const char *width;
    } sample[] = {{0.37, "\"37.0%\""}, {2, "<rect width=\"100.0%\""}, {-1, "\"0.0%\""}, {NAN, "\"0.0%\""}};
    for (size_t i = 0; i < sizeof sample / sizeof sample[0]; i++) {
        struct markup m = {0};
        chart_bar(&m, sample[i].share);
        assay_buf_byte(&m.buf, 0);
        has(m.buf.at, sample[i].width);
        assay_buf_free(&m.buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_on_a_line), cmocka_unit_test(one_value_stands_in_the_middle),
        cmocka_unit_test(far_apart_is_logarithmic), cmocka_unit_test(bounds_are_bars),
        cmocka_unit_test(values_over_time), cmocka_unit_test(shares_are_bars),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
