/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "walk.h"

static struct chars chars;

static int setup(void **state)
{
    (void)state;
    chars_fill(&chars);
    return 0;
}

/* The words of a text have to be `want`, divided by spaces. */
static void check(const char *text, const char *want)
{
    struct walk walk;
    struct walk_word word;
    char got[512] = "";
    walk_start(&walk, &chars, text, 0, (uint32_t)strlen(text));
    while (walk_next(&walk, &word)) {
        if (*got)
            strcat(got, " ");
        strncat(got, text + word.begin, word.end - word.begin);
    }
    assert_string_equal(got, want);
}

static void words_of_letters(void **state)
{
    (void)state;
    check("", "");
    check("12 + 7 = 19", "");
    check("It's l'été, naïve!", "It s l été naïve");
    check("Пять 5 ёлок", "Пять ёлок");
    check("我用iPhone手机", "我用 iPhone 手机");
    check("e\xcc\x81t e", "e\xcc\x81t e");
    check("\xff\xc3 ok \xe3\x81", "ok");
}

static void technical_strings_are_passed_over(void **state)
{
    (void)state;
    check("see https://example.org/a/b?c=d now", "see now");
    check("www.example.org or me@example.org there", "or there");
    check("file_name.txt and a3f9 or 2nd", "and or");
    check("on example.com, yes", "on yes");
    check("End.Next one", "End Next one");
}

static uint32_t gap_before_second(const char *text, uint32_t *cut)
{
    struct walk walk;
    struct walk_word word;
    walk_start(&walk, &chars, text, 0, (uint32_t)strlen(text));
    assert_int_equal(walk_next(&walk, &word), 1);
    assert_int_equal(walk_next(&walk, &word), 1);
    *cut = word.cut;
    return word.gap;
}

static void gaps_and_cuts(void **state)
{
    uint32_t cut;
    (void)state;
    assert_int_equal(gap_before_second("one-two", &cut), GAP_INNER);
    assert_true(gap_before_second("One. Two", &cut) & GAP_SENTENCE);
    assert_int_equal(cut, 5);
    assert_false(gap_before_second("up 3.5 kg", &cut) & GAP_SENTENCE);
    assert_true(gap_before_second("one\ntwo", &cut) & GAP_LINE);
    assert_true(gap_before_second("said «two", &cut) & GAP_QUOTE);
    assert_int_equal(cut, 5);
    assert_true(gap_before_second("word(two", &cut) & GAP_QUOTE);
    assert_int_equal(cut, 4);
    assert_true(gap_before_second("one, two", &cut) & GAP_COMMA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_of_letters), cmocka_unit_test(technical_strings_are_passed_over),
                                       cmocka_unit_test(gaps_and_cuts)};
    return cmocka_run_group_tests(tests, setup, NULL);
}
