/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "words.h"

static struct dup_folding folding;

static struct dup_words read_words(const char *text)
{
    struct dup_words w = {0};
    int cut;
    assert_true(dup_words_read(&w, &folding, text, strlen(text), 0, strlen(text), &cut));
    return w;
}

static void same(const char *a, const char *b)
{
    struct dup_words x = read_words(a), y = read_words(b);
    if (x.count != y.count)
        fail_msg("%u words in \"%s\", %u in \"%s\"", x.count, a, y.count, b);
    for (uint32_t i = 0; i < x.count; i++)
        if (x.at[i].hash != y.at[i].hash)
            fail_msg("word %u of \"%s\" and \"%s\"", i, a, b);
    dup_words_free(&x);
    dup_words_free(&y);
}

static void differ(const char *a, const char *b)
{
    struct dup_words x = read_words(a), y = read_words(b);
    int equal = x.count == y.count;
    for (uint32_t i = 0; equal && i < x.count; i++)
        equal = x.at[i].hash == y.at[i].hash;
    assert_false(equal);
    dup_words_free(&x);
    dup_words_free(&y);
}

static void forms_that_do_not_count(void **state)
{
    (void)state;
    same("The Harbour of Odense", "THE HARBOUR OF ODENSE");
    same("caf\xc3\xa9 na\xc3\xafve", "CAFE NAIVE");
    same("caf\xc3\xa9", "cafe\xcc\x81");                                 /* NFC, NFD */
    same("\xd0\xbc\xd0\xbe\xd0\xb9", "\xd0\xbc\xd0\xbe\xd0\xb8\xcc\x86"); /* й, и + breve */
    same("\xd0\x95\xd0\xb6", "\xd1\x91\xd0\xb6");                         /* Еж, ёж */
    same("don\xe2\x80\x99t stop", "don't stop");
    same("re\xc2\xad" "port", "report");                                  /* soft hyphen */
    same("\xef\xbc\xa1\xef\xbc\xa2\xef\xbc\x91", "ab1");                  /* full width */
    same("\xe3\x81\x8c\xe3\x81\xa4", "\xe3\x81\x8b\xe3\x82\x99\xe3\x81\xa4"); /* が as one, as two */
    same("\xed\x95\x9c", "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab");         /* Hangul as one, as letters */
    same("\xd9\x85\xd9\x8f\xd8\xad", "\xd9\x85\xd8\xad");                 /* Arabic vowel mark */
    same("one,two.three", "one  two\nthree");
}

static void words_that_do(void **state)
{
    (void)state;
    differ("12.5", "125");
    differ("cat", "cats");
    differ("\xe4\xb8\x80\xe4\xba\x8c", "\xe4\xba\x8c\xe4\xb8\x80");
    struct dup_words w = read_words("\xe4\xb8\x80\xe4\xba\x8c a12 7b");
    assert_int_equal(w.count, 4); /* each ideograph is a word */
    assert_false(dup_is_number(&w.at[2]));
    assert_true(dup_is_number(&w.at[3]));
    assert_int_equal(w.at[1].begin, 3);
    assert_int_equal(w.at[1].end, 6);
    dup_words_free(&w);
}

/* The fast path ends where fewer than 16 bytes are left or a word is longer: the hash must not change there. */
static void both_paths_agree(void **state)
{
    (void)state;
    char text[64];
    for (size_t n = 1; n < 40; n++) {
        memset(text, 0, sizeof text);
        for (size_t i = 0; i < n; i++)
            text[i] = (char)('a' + i % 26);
        struct dup_words at_end = read_words(text);
        strcat(text, " followed by more text");
        struct dup_words inside = read_words(text);
        assert_int_equal(at_end.at[0].hash, inside.at[0].hash);
        assert_int_equal(inside.at[0].end, n);
        dup_words_free(&at_end);
        dup_words_free(&inside);
    }
}

static void mojibake_lines(void **state)
{
    (void)state;
    /* "Новости порта" as UTF-8 bytes shown in Latin-1, and as windows-1251 bytes shown in Latin-1 */
    same("\xc3\x90\xc2\x9d\xc3\x90\xc2\xbe\xc3\x90\xc2\xb2\xc3\x90\xc2\xbe\xc3\x91\xc2\x81\xc3\x91\xc2\x82\xc3\x90\xc2\xb8",
         "\xd0\x9d\xd0\xbe\xd0\xb2\xd0\xbe\xd1\x81\xd1\x82\xd0\xb8");
    same("\xc3\x8d\xc3\xae\xc3\xa2\xc3\xae\xc3\xb1\xc3\xb2\xc3\xa8", "\xd0\x9d\xd0\xbe\xd0\xb2\xd0\xbe\xd1\x81\xd1\x82\xd0\xb8");
    /* a French line with many accents is left alone, and so is the next line */
    differ("\xc3\xa9t\xc3\xa9 \xc3\xa0 l'\xc3\xa9lys\xc3\xa9" "e", "\xd0\xb9\xd1\x82\xd0\xb9");
    same("\xc3\xa9t\xc3\xa9 \xc3\xa0 la mer d\xc3\xa9sert\xc3\xa9" "e", "ete a la mer desertee");
}

static void any_bytes(void **state)
{
    (void)state;
    char bytes[512];
    uint32_t seed = 7;
    for (int round = 0; round < 200; round++) {
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (char)((seed = seed * 1664525u + 1013904223u) >> 24);
        struct dup_words w = {0};
        int cut;
        assert_true(dup_words_read(&w, &folding, bytes, sizeof bytes, 0, sizeof bytes, &cut));
        for (uint32_t i = 0; i < w.count; i++) {
            assert_true(w.at[i].begin < w.at[i].end && w.at[i].end <= sizeof bytes);
            assert_true(i == 0 || w.at[i].begin >= w.at[i - 1].end);
        }
        dup_words_free(&w);
    }
}

static int setup(void **state)
{
    (void)state;
    return !dup_folding_init(&folding);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_that_do_not_count), cmocka_unit_test(words_that_do), cmocka_unit_test(both_paths_agree),
        cmocka_unit_test(mojibake_lines), cmocka_unit_test(any_bytes),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
