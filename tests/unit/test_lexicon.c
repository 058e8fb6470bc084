/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/lexicon.h>

static int read_text(struct assay_lexicon *lexicon, const char *text)
{
    return assay_lexicon_parse(lexicon, "x.cfg", (struct assay_text){text, strlen(text)});
}

static void reads_every_type(void **state)
{
    (void)state;
    struct assay_lexicon l;
    assert_int_equal(read_text(&l, "\xef\xbb\xbf# head\nname = \"a\\\"b\" \" c\"; n = -12; big = 9223372036854775807L\n"
                                   "h = 0xFF; r = 2.5e1; yes = TRUE; a = [1, 2]; /* x\ny */ l = (\"p\", 3, { q = 1; });\n"
                                   "g : { empty = []; } // end"), 1);
    assert_string_equal(l.error, "");
    assert_int_equal(l.root.count, 9);
    assert_string_equal(assay_lexicon_get(&l.root, "name")->text.at, "a\"b c");
    assert_true(assay_lexicon_get(&l.root, "n")->integer == -12);
    assert_true(assay_lexicon_get(&l.root, "big")->integer == INT64_MAX);
    assert_true(assay_lexicon_get(&l.root, "h")->integer == 255);
    assert_true(assay_lexicon_get(&l.root, "r")->real == 25.0);
    assert_true(assay_lexicon_get(&l.root, "yes")->integer == 1);
    const struct assay_lexicon_item *list = assay_lexicon_get(&l.root, "l");
    assert_int_equal(list->count, 3);
    assert_int_equal(list->first[2].type, ASSAY_LEXICON_GROUP);
    assert_int_equal(list->line, 4);
    assert_int_equal(assay_lexicon_get(assay_lexicon_get(&l.root, "g"), "empty")->count, 0);
    assay_lexicon_free(&l);
}

static void numbers_to_their_limits(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t integer;
    } good[] = {
        {"0", 0},
        {"+5", 5},
        {"12L", 12},
        {"0x10", 16},
        {"-0Xff", -255},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
        {"0x7fffffffffffffff", INT64_MAX},
    };
    static const char *const bad[] = {"9223372036854775808", "-9223372036854775809", "0x8000000000000000", "12a", "0x",
                                      "0xg",                 "-",                    "--1",                "1.5x", "1e",
                                      "1.2.3",               "1LLx",                 ".",                  "1e+-2"};
    struct assay_lexicon l;
    char text[64];
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        snprintf(text, sizeof text, "a = %s;", good[i].text);
        assert_int_equal(read_text(&l, text), 1);
        const struct assay_lexicon_item *a = assay_lexicon_get(&l.root, "a");
        assert_int_equal(a->type, ASSAY_LEXICON_INTEGER);
        if (a->integer != good[i].integer)
            fail_msg("%s is read as %lld", text, (long long)a->integer);
        assay_lexicon_free(&l);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        snprintf(text, sizeof text, "a = %s;", bad[i]);
        if (read_text(&l, text))
            fail_msg("%s is taken", text);
        assay_lexicon_free(&l);
    }
}

/* Texts are read eight bytes at a time: what ends one stands at each of their places. */
static void ends_texts_at_any_place(void **state)
{
    (void)state;
    static const char letters[] = "abcdefghijklmnopqrstuvw";
    for (int n = 0; n < 20; n++) {
        char text[96], want[96];
        struct assay_lexicon l;
        snprintf(text, sizeof text, "a = \"%.*s\\\"\t\xc3\xa9%.*s\"; b = 1;", n, letters, n, letters);
        snprintf(want, sizeof want, "%.*s\"\t\xc3\xa9%.*s", n, letters, n, letters);
        assert_int_equal(read_text(&l, text), 1);
        assert_string_equal(assay_lexicon_get(&l.root, "a")->text.at, want);
        assert_int_equal(assay_lexicon_get(&l.root, "b")->integer, 1);
        assay_lexicon_free(&l);
        snprintf(text, sizeof text, "a = \"%.*s\n\";", n, letters);
        assert_int_equal(read_text(&l, text), 0);
        snprintf(want, sizeof want, "x.cfg:1:%d: the string does not end on its line", n + 6);
        assert_string_equal(l.error, want);
        assay_lexicon_free(&l);
    }
}

static void names_the_place_of_an_error(void **state)
{
    (void)state;
    static const struct {
        const char *text, *error;
    } cases[] = {
        {"a = 1;\nb = ;", "x.cfg:2:5: a value was expected, not '' (texts stand in quotes)"},
        {"a = \"x\ny\";", "x.cfg:1:7: the string does not end on its line"},
        {"a = 99999999999999999999;", "x.cfg:1:25: the integer does not fit 64 bits"},
        {"a = 1; b = 2;\n a = 3;", "x.cfg:2:2: 'a' is there already, in line 1"},
        {"a = [1, \"x\"];", "x.cfg:1:12: all values of an array [ ] have to be of one type"},
        {"a = (1", "x.cfg:1:7: ',' or ')' was expected"},
        {"a : { b = 1;", "x.cfg:1:13: '}' is missing"},
        {"a = \"\\q\";", "x.cfg:1:7: unknown escape \\q"},
        {"/* a", "x.cfg:1:5: the comment does not end"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_lexicon l;
        assert_int_equal(read_text(&l, cases[i].text), 0);
        assert_string_equal(l.error, cases[i].error);
        assay_lexicon_free(&l);
    }
}

static void refuses_deep_nesting(void **state)
{
    (void)state;
    char text[4096] = "a = ";
    memset(text + 4, '(', 2000);
    struct assay_lexicon l;
    assert_int_equal(read_text(&l, text), 0);
    assert_non_null(strstr(l.error, "nested more than"));
    assay_lexicon_free(&l);
}

static void checks_names_and_types(void **state)
{
    (void)state;
    struct assay_lexicon l;
    const struct assay_lexicon_item *found;
    assert_int_equal(read_text(&l, "language = \"en\";\nbouds = [];"), 1);
    assert_int_equal(assay_lexicon_want(&l, &l.root, "language", ASSAY_LEXICON_TEXT, 1, &found), 1);
    assert_int_equal(assay_lexicon_known(&l, &l.root, "language|bounds"), 0);
    assert_string_equal(l.error, "x.cfg:2:9: unknown name 'bouds'; did you mean 'bounds'?");
    assay_lexicon_free(&l);
    assert_int_equal(read_text(&l, "n = 1;"), 1);
    assert_int_equal(assay_lexicon_want(&l, &l.root, "n", ASSAY_LEXICON_TEXT, 1, &found), 0);
    assert_string_equal(l.error, "x.cfg:1:5: 'n' has to be a text in quotes, not an integer");
    assay_lexicon_free(&l);
}

static void splits_lines(void **state)
{
    (void)state;
    const char *line = " mile-per-hour  mph | miles per hour|| ";
    struct assay_text key, forms, form;
    assert_int_equal(assay_lexicon_line((struct assay_text){line, strlen(line)}, &key, &forms), 1);
    assert_int_equal(key.size, 13);
    static const char *const want[] = {"mph", "miles per hour", "", ""};
    size_t n = 0;
    for (; assay_lexicon_form(&forms, &form); n++) {
        assert_true(n < 4);
        assert_int_equal(form.size, strlen(want[n]));
        assert_memory_equal(form.at, want[n], form.size);
    }
    assert_int_equal(n, 4);
    assert_int_equal(assay_lexicon_line((struct assay_text){"key ", 4}, &key, &forms), 0);
}

static void says_why_a_file_cannot_be_read(void **state)
{
    (void)state;
    struct assay_lexicon l;
    assert_int_equal(assay_lexicon_read(&l, "/nowhere/at/all.cfg"), 0);
    assert_string_equal(l.error, "/nowhere/at/all.cfg: No such file or directory");
    assay_lexicon_free(&l);
}

/* Whatever the bytes, it ends with an error or a tree, never a crash. */
static void survives_damage(void **state)
{
    (void)state;
    static const char text[] = "a = ( \"x\\x41\", [ 1, -2 ], { b : { c = 0x1F; d = 1.5e3; } } ); /* c */ e = true; # z\n";
    uint32_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        char copy[sizeof text];
        memcpy(copy, text, sizeof text);
        for (int k = 0; k < 3; k++) {
            seed = seed * 1664525u + 1013904223u;
            copy[(seed >> 8) % (sizeof text - 1)] = (char)(seed >> 24);
        }
        struct assay_lexicon l;
        int ok = assay_lexicon_parse(&l, "x", (struct assay_text){copy, sizeof text - 1});
        assert_true(ok == (l.error[0] == 0));
        assay_lexicon_free(&l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_type),
        cmocka_unit_test(ends_texts_at_any_place),
        cmocka_unit_test(numbers_to_their_limits),
        cmocka_unit_test(names_the_place_of_an_error),
        cmocka_unit_test(refuses_deep_nesting),  cmocka_unit_test(checks_names_and_types),
        cmocka_unit_test(splits_lines),          cmocka_unit_test(says_why_a_file_cannot_be_read),
        cmocka_unit_test(survives_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
