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

#include <assay/kit/text.h>
#include <assay/kit/token.h>

#include "concept.h"

/* The key of the concept that starts at the first of two words, "" where there is none. */
static const char *key_of(const struct concepts *c, const char *first, const char *second)
{
    struct word words[2] = {{first, (uint32_t)strlen(first), 0, 0}, {second, second ? (uint32_t)strlen(second) : 0, 0, 0}};
    uint32_t id[4], length;
    uint32_t n = concepts_match(c, words, second ? 2 : 1, assay_text_of("en"), id, 4, &length);
    return n ? concepts_at(c, id[0])->key.at : "";
}

static struct concepts *with(const char *const (*forms)[2], size_t count)
{
    char error[256];
    struct concepts *c = concepts_open(NULL, NULL, error, sizeof error);
    assert_non_null(c);
    for (size_t i = 0; i < count; i++)
        assert_true(concepts_form(c, assay_text_of(forms[i][0]), assay_text_of(forms[i][1])));
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
    static const char *const forms[][2] = {{"turnover", "chiffre d'affaires"}, {"fall", "d'exploitation"}, {"town", "l'o"},
                                           {"ball", "м'яч*"}};
    struct concepts *c = with(forms, 4);
    char ball[64];
    ball[assay_fold_text(ball, sizeof ball - 1, "м'ячів", strlen("м'ячів"))] = 0;
    assert_string_equal(key_of(c, ball, NULL), "ball"); /* nothing is elided there */
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
    return concepts_match(c, &w, 1, assay_text_of(language), id, 4, &length) != 0;
}

static void turkish_letters_are_told_from_the_plain_ones(void **state)
{
    (void)state;
    char path[] = "/tmp/assay-concepts-XXXXXX", error[256];
    int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *out = fdopen(file, "w");
    fputs("languages = ( \"tr marks\", \"de marks\", \"es\" ); concepts = ( { key = \"killed\"; tr = \"öld*|ölü\"; de = \"fälle\"; es = \"víctima*\"; } );\n", out);
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

static struct concepts *open_text(const char *text, struct concepts *more, char *error, size_t room)
{
    char path[] = "/tmp/assay-concepts-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *out = fdopen(file, "w");
    fputs(text, out);
    fclose(out);
    struct concepts *c = more ? (concepts_add(more, path, error, room) ? more : NULL) : concepts_open(path, NULL, error, room);
    unlink(path);
    return c;
}

/* A further language is a further file: its words, its compounds, and what is of any language. */
static void a_language_of_its_own_file(void **state)
{
    (void)state;
    char error[600];
    struct concepts *c = open_text("languages = ( \"en\" ); concepts = ( { key = \"killed\"; en = \"dead\"; all = \"rip\"; } );",
                                   NULL, error, sizeof error);
    assert_non_null(c);
    assert_ptr_equal(open_text("languages = ( \"nl compounds\" ); concepts = ( { key = \"killed\"; nl = \"dode*\"; },"
                               "{ key = \"dikes\"; nl = \"dijken\"; }, { key = \"transplants\"; nl = \"transplantatie*\"; } );",
                               c, error, sizeof error), c);
    assert_true(speaks_of(c, "nl", "doden", 0));
    assert_false(speaks_of(c, "en", "doden", 0));
    assert_true(speaks_of(c, "nl", "rip", 0));
    assert_true(speaks_of(c, "nl", "dijken", 0));
    struct word compound = {"borsttransplantaties", 20, 1, WORD_UNMARKED};
    uint32_t id[4], length;
    assert_int_equal(concepts_match(c, &compound, 1, assay_text_of("nl"), id, 4, &length), 1);
    assert_null(open_text("languages = ( \"sv\" ); concepts = ( { key = \"killed\"; sw = \"dog\"; } );", c, error, sizeof error));
    assert_non_null(strstr(error, "unknown key"));
    assert_null(open_text("languages = ( \"sv umlauts\" ); concepts = ();", c, error, sizeof error));
    assert_non_null(strstr(error, "neither marks nor compounds"));
    concepts_close(c);
}

/* What is counted in strikes is told of a strike, too. */
static void words_stay_beside_better_forms(void **state)
{
    (void)state;
    char path[] = "/tmp/assay-concepts-XXXXXX", error[256];
    int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *out = fdopen(file, "w");
    fputs("concepts = ( { key = \"fees\"; en = \"stri*\"; }, { key = \"strike\"; flags = \"word\"; en = \"strik*\"; },\n"
          "{ key = \"strikes\"; flags = \"counted\"; en = \"strikes\"; }, { key = \"net\"; flags = \"word\"; contrast = \"a b\"; en = \"strike*\"; } );\n", out);
    fclose(out);
    struct concepts *c = concepts_open(path, NULL, error, sizeof error);
    unlink(path);
    assert_non_null(c);
    struct word word = {"strikes", 7, 0, 0};
    uint32_t id[4], length;
    assert_int_equal(concepts_match(c, &word, 1, assay_text_of("en"), id, 4, &length), 2);
    assert_string_equal(concepts_at(c, id[0])->key.at, "strikes");
    assert_string_equal(concepts_at(c, id[1])->key.at, "strike"); /* no measure, no side of a contrast */
    concepts_close(c);
}

/* A lexicon of `sets` contrasts of two sides each: "s7 left" is the concept "left7". */
static struct concepts *with_contrasts(uint32_t sets, char *error, size_t room)
{
    char path[] = "/tmp/assay-concepts-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *out = fdopen(file, "w");
    fputs("concepts = (", out);
    for (uint32_t i = 0; i < sets; i++)
        fprintf(out, "%s{ key = \"left%u\"; flags = \"word\"; contrast = \"s%u left\"; },"
                "{ key = \"right%u\"; flags = \"word\"; contrast = \"s%u right\"; }", i ? "," : "", i, i, i, i);
    fputs(");", out);
    fclose(out);
    struct concepts *c = concepts_open(path, NULL, error, room);
    unlink(path);
    return c;
}

static uint64_t side(const struct concepts *c, const char *key)
{
    return concepts_at(c, concepts_find(c, assay_text_of(key)))->aspect;
}

/* Contrasts take the bits their sides need: thirty of two sides fit, forty do not. */
static void many_contrasts(void **state)
{
    char error[256];
    (void)state;
    struct concepts *c = with_contrasts(30, error, sizeof error);
    assert_non_null(c);
    assert_int_equal(concepts_contrast(c, side(c, "left29"), side(c, "right29")), 2);
    assert_int_equal(concepts_contrast(c, side(c, "left29"), side(c, "right28")), 0);
    assert_int_equal(concepts_contrast(c, side(c, "left0") | side(c, "left17"), side(c, "right17")), 2);
    assert_int_equal(concepts_aspect(c, side(c, "right17"), side(c, "left17")), concepts_find(c, assay_text_of("right17")));
    concepts_close(c);
    assert_null(with_contrasts(40, error, sizeof error));
    assert_non_null(strstr(error, "64 bits"));
}

/* What a German compound names stands at its end; neither places nor short forms are looked for there. */
static void ends_of_compounds(void **state)
{
    (void)state;
    char path[] = "/tmp/assay-concepts-XXXXXX", error[256];
    int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *out = fdopen(file, "w");
    fputs("languages = ( \"de marks compounds\", \"en\" ); concepts = ( { key = \"transplants\"; de = \"transplantation*\"; en = \"transplantation*\"; }, { key = \"cities\"; de = \"städten\"; },\n"
          "{ key = \"shots\"; de = \"schuss\"; }, { key = \"slight\"; flags = \"word\"; contrast = \"a b\"; de = \"leichte*\"; } );\n", out);
    fclose(out);
    struct concepts *c = concepts_open(path, NULL, error, sizeof error);
    unlink(path);
    assert_non_null(c);
    static const struct {
        const char *language, *word;
        int marked, found;
    } words[] = {{"de", "Nierentransplantationen", 1, 1}, {"en", "Nierentransplantationen", 1, 0}, {"de", "nierentransplantationen", 1, 0},
                 {"de", "Nachbarstädten", 1, 1},          {"de", "Nachbarstadten", 1, 0},          {"de", "Nachbarstadten", 0, 1},
                 {"de", "Justizausschuss", 1, 0},         {"de", "Kinderleichtes", 1, 0},          {"de", "Retransplantation", 1, 0}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char folded[64];
        uint32_t id[4], length;
        size_t size = strlen(words[i].word);
        struct word w = {folded, (uint32_t)assay_fold_text(folded, sizeof folded, words[i].word, size), words[i].word[0] < 'a', WORD_UNMARKED};
        if (words[i].marked)
            w.marks = concepts_marks(words[i].word, size);
        assert_int_equal(concepts_match(c, &w, 1, assay_text_of(words[i].language), id, 4, &length), words[i].found);
    }
    concepts_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_start_of_a_word_is_no_whole_form),
        cmocka_unit_test(turkish_letters_are_told_from_the_plain_ones),
        cmocka_unit_test(prefixes_of_any_length),
        cmocka_unit_test(elided_forms),
        cmocka_unit_test(many_contrasts),
        cmocka_unit_test(a_language_of_its_own_file),
        cmocka_unit_test(words_stay_beside_better_forms),
        cmocka_unit_test(ends_of_compounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
