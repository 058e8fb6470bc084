/* SPDX-License-Identifier: Apache-2.0
 *
 * Characters that are written out in a text, and where the words of such a text stand.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "reading.h"

static void read_as_meant(void **state)
{
    (void)state;
    same("&#1084;&#1080;&#x440; &#X434;ом", "\xd0\xbc\xd0\xb8\xd1\x80 \xd0\xb4\xd0\xbe\xd0\xbc"); /* мир дом */
    same("caf&eacute;s &Ouml;re stra&szlig;e &AElig;gir c&oelig;ur", "caf\xc3\xa9s \xc3\x96re stra\xc3\x9f" "e \xc3\x86gir c\xc5\x93ur");
    same("two&nbsp;words &amp; a&mdash;third", "two words a third");
    same("re&shy;port wait&zwj;ing", "report waiting");
    same("\\u043c\\u0438\\u0440\\n\\u0434\\u043e\\u043c", "\xd0\xbc\xd0\xb8\xd1\x80 \xd0\xb4\xd0\xbe\xd0\xbc");
    same("na\\u00efve \\ud835\\udc00b", "na\xc3\xafve \xf0\x9d\x90\x80" "b"); /* a pair of halves */
    same("&#27597;&#23376;", "\xe6\xaf\x8d\xe5\xad\x90");
    same("govern&#45;\nment", "government");
    same("1&#44;250", "1,250");
    same("%D0%BC%D0%B8%d1%80%20%D0%B4%D0%BE%D0%BC%2C+%D0%B4%D0%BE%D0%BC", "\xd0\xbc\xd0\xb8\xd1\x80 \xd0\xb4\xd0\xbe\xd0\xbc, \xd0\xb4\xd0\xbe\xd0\xbc");
    same("caf%C3%A9%20cr%C3%A8me%0Aa%E2%80%94b", "caf\xc3\xa9 cr\xc3\xa8me a b");
    same("%F0%9D%90%80b", "\xf0\x9d\x90\x80" "b");
}

static void left_as_they_are(void **state)
{
    (void)state;
    same("Smith & Sons; R&D; AT&T", "Smith Sons R D AT T");
    same("a &unknown; b &#; &#x; c &; d", "a unknown b x c d");
    same("C:\\new\\table \\u12", "C new table u12");
    same("&#1234567890; &#x110000;", "1234567890 x110000");
    same("the last &#108", "the last 108");
    same("lone \\ud835 half", "lone half");
    same("up 5%20 years ago, 100%DE", "up 5 20 years ago 100 DE"); /* nothing says that these are escapes */
    same("%D0 %D0%41 %C3", "D0 D0 41 C3");
}

static void where_words_stand(void **state)
{
    static const char text[] = "a &#1084;&#1080;&#1088; caf&eacute; is&nbsp;re&shy;port, end";
    static const char *const word[] = {"a", "&#1084;&#1080;&#1088;", "caf&eacute;", "is", "re&shy;port", "end"};
    (void)state;
    struct dup_words w = read_words(text);
    assert_int_equal(w.count, 6);
    for (uint32_t i = 0; i < w.count; i++) {
        assert_int_equal(w.at[i].end - w.at[i].begin, strlen(word[i]));
        assert_memory_equal(text + w.at[i].begin, word[i], strlen(word[i]));
    }
    dup_words_free(&w);
}

/* Only a part of a text, as for the figures of a passage. */
static void a_part(void **state)
{
    static const char text[] = "&#1084; one &eacute;tude two &amp;";
    int cut;
    (void)state;
    struct dup_words w = {0};
    assert_true(dup_words_read(&w, &folding, text, strlen(text), 8, 27, &cut));
    assert_int_equal(w.count, 3);
    assert_int_equal(w.at[0].begin, 8);
    assert_int_equal(w.at[1].begin, 12);
    assert_int_equal(w.at[1].end, 24);
    dup_words_free(&w);
}

/* Any bytes: words stay in order, inside the text, and no longer than it. */
static void any_bytes(void **state)
{
    static const char alphabet[] = "&&##;;xX%%D0B8\\\\uun190aAfF eacutesz \n-\xd0\xbc\xff";
    uint32_t seed = 1;
    (void)state;
    for (uint32_t round = 0; round < 2000; round++) {
        char bytes[96];
        int cut;
        struct dup_words w = {0};
        for (uint32_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        assert_true(dup_words_read(&w, &folding, bytes, sizeof bytes, 0, sizeof bytes, &cut));
        for (uint32_t i = 0; i < w.count; i++) {
            assert_true(w.at[i].begin < w.at[i].end && w.at[i].end <= sizeof bytes);
            assert_true(i == 0 || w.at[i - 1].end <= w.at[i].begin);
        }
        dup_words_free(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read_as_meant), cmocka_unit_test(left_as_they_are), cmocka_unit_test(where_words_stand),
        cmocka_unit_test(a_part),        cmocka_unit_test(any_bytes),
    };
    if (!dup_folding_init(&folding))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
