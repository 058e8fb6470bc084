/* SPDX-License-Identifier: Apache-2.0
 *
 * Which concepts words stand for.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

#include <assay/kit/token.h>

#include "concept.h"

static struct assay_text text_of(const char *t)
{
    return (struct assay_text){t, strlen(t)};
}

/* The key of the concept that starts at the first of two words, "" where there is none. */
static const char *key_of(const struct concepts *c, const char *first, const char *second)
{
    struct word words[2] = {{first, (uint32_t)strlen(first), 0, 0}, {second, second ? (uint32_t)strlen(second) : 0, 0, 0}};
    uint32_t id[4], length;
    uint32_t n = concepts_match(c, words, second ? 2 : 1, text_of("en"), id, 4, &length);
    return n ? concepts_at(c, id[0])->key.at : "";
}

static struct concepts *with(const char *const (*forms)[2], size_t count)
{
    char error[256];
    struct concepts *c = concepts_open(NULL, NULL, error, sizeof error);
    assert_non_null(c);
    for (size_t i = 0; i < count; i++)
        assert_true(concepts_form(c, text_of(forms[i][0]), text_of(forms[i][1])));
    return c;
}

/* Three letters of a longer word are no whole form, whatever these letters are. */
static void the_start_of_a_word_is_no_whole_form(void **state)
{
    (void)state;
    static const char *const forms[][2] = {{"beds", "bed"}, {"cattle", "cow"}, {"weapons", "gun"}};
    struct concepts *c = with(forms, 3);
    char word[] = "bexause";
    assert_string_equal(key_of(c, "bed", NULL), "beds");
    for (char letter = 'a'; letter <= 'z'; letter++) {
        word[2] = letter;
        assert_string_equal(key_of(c, word, NULL), "");
    }
    assert_string_equal(key_of(c, "cops", NULL), "");
    assert_string_equal(key_of(c, "guilty", NULL), "");
    concepts_close(c);
}

static void prefixes_of_any_length(void **state)
{
    (void)state;
    static const char *const forms[][2] = {{"two", "ab*"}, {"three", "def*"}, {"four", "ghij*"}, {"five", "ghijk*"}, {"more", "ab* cd*"},
                                           {"long", "abcdefghijklmnopqrstuvwxyzabcdefghijkl*"}};
    struct concepts *c = with(forms, 6);
    assert_string_equal(key_of(c, "abz", NULL), "two");
    assert_string_equal(key_of(c, "ab", NULL), "two");
    assert_string_equal(key_of(c, "a", NULL), "");
    assert_string_equal(key_of(c, "defz", NULL), "three");
    assert_string_equal(key_of(c, "de", NULL), "");
    assert_string_equal(key_of(c, "ghijz", NULL), "four");
    assert_string_equal(key_of(c, "ghijkz", NULL), "five");
    assert_string_equal(key_of(c, "abz", "cdz"), "more");
    assert_string_equal(key_of(c, "abcdefghijklmnopqrstuvwxyzabcdefghijklm", NULL), "long");
    concepts_close(c);
}

/* Texts are asked for what follows an elided article or preposition, and forms are written as in a text. */
static void elided_forms(void **state)
{
    (void)state;
    static const char *const forms[][2] = {{"turnover", "chiffre d'affaires"}, {"fall", "d'exploitation"}, {"town", "l'o"}};
    struct concepts *c = with(forms, 3);
    assert_string_equal(key_of(c, "chiffre", "affaires"), "turnover");
    assert_string_equal(key_of(c, "exploitation", NULL), "fall");
    assert_string_equal(key_of(c, "o", NULL), "");
    concepts_close(c);
}

/* 1 where the word is the concept's, in a text that writes umlauts or in one that does not. */
static int speaks_of(const struct concepts *c, const char *language, const char *word, int marked)
{
    char folded[64];
    uint32_t id[4], length;
    struct word w = {folded, (uint32_t)assay_fold_text(folded, sizeof folded, word, strlen(word)), 0, WORD_UNMARKED};
    if (marked)
        w.marks = concepts_marks(word, strlen(word));
    return concepts_match(c, &w, 1, text_of(language), id, 4, &length) != 0;
}

static void turkish_letters_are_told_from_the_plain_ones(void **state)
{
    (void)state;
    char path[] = "/tmp/assay-concepts-XXXXXX", error[256];
    int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *out = fdopen(file, "w");
    fputs("concepts = ( { key = \"killed\"; tr = \"öld*|ölü\"; de = \"fälle\"; es = \"víctima*\"; } );\n", out);
    fclose(out);
    struct concepts *c = concepts_open(path, NULL, error, sizeof error);
    unlink(path);
    assert_non_null(c);
    assert_true(speaks_of(c, "tr", "öldü", 1));
    assert_true(speaks_of(c, "tr", "ÖLDÜ", 1));
    assert_true(speaks_of(c, "tr", "o\xcc\x88ldu\xcc\x88", 1)); /* letters and marks apart */
    assert_false(speaks_of(c, "tr", "oldu", 1)); /* "was" */
    assert_false(speaks_of(c, "tr", "ölu", 1));
    assert_true(speaks_of(c, "tr", "oldu", 0)); /* typed in ASCII: may be */
    assert_true(speaks_of(c, "de", "Fälle", 1));
    assert_false(speaks_of(c, "de", "Falle", 1)); /* a trap */
    assert_true(speaks_of(c, "es", "victimas", 1));
    concepts_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_start_of_a_word_is_no_whole_form),
        cmocka_unit_test(turkish_letters_are_told_from_the_plain_ones),
        cmocka_unit_test(prefixes_of_any_length),
        cmocka_unit_test(elided_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
