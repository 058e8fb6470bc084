/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "prose.h"
#include "relate.h"

static int code(const char *text)
{
    return prose_is_code((struct assay_text){text, strlen(text)});
}

static int named(const char *text, const char *figure)
{
    uint32_t begin = (uint32_t)(strstr(text, figure) - text);
    return prose_in_name((struct assay_text){text, strlen(text)}, (struct assay_span){begin, begin + (uint32_t)strlen(figure)});
}

static void source_text(void **state)
{
    (void)state;
    assert_int_equal(code("if rows = 12 then"), 1);
    assert_int_equal(code("write('number of rows', rows: 3);"), 1);
    assert_int_equal(code("static const int limit = 300;"), 1);
    assert_int_equal(code("<td width=\"40\">"), 1);
}

static void prose(void **state)
{
    (void)state;
    assert_int_equal(code("At least 12 people were killed when a bus left the road near Karsovo (see map)."), 0);
    assert_int_equal(code("Погибли 12 человек; 40 ранены."), 0);
    assert_int_equal(code("Storm kills 12"), 0);
    assert_int_equal(code("Fire at the plant = 3 dead, 14 hurt, police and fire service of Dremin said on Monday"), 0);
    assert_int_equal(code(""), 0);
}

static void names(void **state)
{
    (void)state;
    assert_int_equal(named("License: BSD-3-clause", "3"), 1);
    assert_int_equal(named("Closes bug #687531 at last", "687531"), 1);
    assert_int_equal(named("a 12-year-old boy", "12"), 0);
    assert_int_equal(named("12 people", "12"), 0);
    assert_int_equal(named("from 10-12 people", "12"), 0);
    assert_int_equal(named("COVID-nineteen", "nineteen"), 0);
}

/* What a long name is cut to ends with a whole character. */
static void cut_names(void **state)
{
    (void)state;
    static const struct {
        const char *name, *said;
        uint64_t most;
    } cases[] = {
        {"\u00e4\u00e4\u00e4", "\u00e4\u00e4\u00e4", 6}, {"\u00e4\u00e4\u00e4", "\u00e4\u00e4\u2026", 5},
        {"\u00e4\u00e4\u00e4", "\u00e4\u00e4\u2026", 4}, {"\u00e4\u00e4\u00e4", "\u00e4\u2026", 3},
        {"\u20ac", "\u2026", 2},                             {"plain", "pla\u2026", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_buf said = {0};
        say_plain(&said, (struct assay_text){cases[i].name, strlen(cases[i].name)}, cases[i].most);
        assert_int_equal(said.size, strlen(cases[i].said));
        assert_memory_equal(said.at, cases[i].said, said.size);
        assay_buf_free(&said);
    }
}

static int is_list(const char *line, const char *other, uint32_t lines)
{
    char text[4096] = "";
    for (uint32_t i = 0; i < lines; i++)
        strcat(text, i % 3 ? line : other);
    return prose_is_list((struct assay_text){text, strlen(text)});
}

static void lists(void **state)
{
    (void)state;
    assert_int_equal(is_list("  * main.c: there are 4 nodes, not 3\n", "2001-02-03  Somebody\n", 15), 1);
    assert_int_equal(is_list("- Fix three leaks, not two\n", "\n", 30), 1);
    assert_int_equal(is_list("\xe2\x80\xa2 One item\n", "Next\n", 15), 1);
    assert_int_equal(is_list("The minister claimed 5 million jobs.\n", "\n", 15), 0);
    assert_int_equal(is_list("The minister claimed 5 million jobs.\n", "  * said he\n", 15), 0);
    assert_int_equal(is_list("  * main.c: there are 4 nodes, not 3\n", "x\n", 6), 0); /* too short to tell */
    assert_int_equal(is_list("", "", 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(source_text), cmocka_unit_test(lists), cmocka_unit_test(prose), cmocka_unit_test(names),
                                      cmocka_unit_test(cut_names)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
