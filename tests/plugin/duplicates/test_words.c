/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "scan.h"

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
    same("\xd9\x8a\xd9\x83\xd8\xa9", "\xdb\x8c\xda\xa9\xd9\x87");         /* Arabic yeh, kaf, teh marbuta; Persian yeh, kaf; heh */
    same("\xc5\x81\xc3\xb3" "d\xc5\xba", "Lodz");                         /* Łódź */
    same("\xc4\xb1\xc5\x9f\xc4\xb1k", "I\xc5\x9eIK");                      /* ışık, IŞIK */
    same("one,two.three", "one  two\nthree");
    same("the government said", "the govern-\nment said");
    same("the government said", "the govern-\r\n    ment said");
    same("die Stra\xc3\x9f" "en\xc3\xbc" "berg\xc3\xa4nge", "die Stra\xc3\x9f" "en\xc3\xbc" "ber-\ng\xc3\xa4nge"); /* Straßenübergänge */
    same("the government said", "> the govern-\n> > ment said");
    same("Paris-\nLyon", "Paris Lyon");
    same("gro\xc3\x9f" "e STRA\xe1\xba\x9e" "E \xc3\x86r\xc3\xb8 c\xc5\x93ur", "grosse STRASSE Aero coeur");
    same("\xef\xac\x81" "rst e\xef\xac\x80" "ect o\xef\xac\x83" "ce \xef\xac\x82" "ames", "first effect office flames"); /* ligatures */
    same("\xef\xba\x8d\xef\xbb\x9f\xef\xba\xb4\xef\xbb\xbc\xef\xbb\xa1", "\xd8\xa7\xd9\x84\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85"); /* forms of السلام */
    same("\xef\xac\xaa\xef\xac\xb1", "\xd7\xa9\xd7\x91");                         /* shin with its dot, bet with dagesh; plain */
    same("\xf0\x9d\x97\xaf\xf0\x9d\x97\xbc\xf0\x9d\x97\xb9\xf0\x9d\x97\xb1 \xf0\x9d\x9f\xae\xf0\x9d\x9f\xb0", "bold 24"); /* of mathematics */
    same("12-\nyear", "12 year");
}

/* What says when a subtitle is shown does not count; arrows, times and numbers elsewhere do. */
static void subtitles(void **state)
{
    (void)state;
    same("We shared the flour. We shared the doctor too.",
         "1\n00:01:02,500 --> 00:01:04,000\nWe shared the flour.\n\n2\n00:01:04,100 --> 00:01:06,000\nWe shared the doctor too.");
    same("We shared the flour. We shared the doctor too.",
         "WE\r\n\r\n00:01.500 --> 00:04.000 \r\nshared the flour.\r\n\r\n17\r\n00:04.100 --> 00:06.000\r\nWe shared the doctor too.");
    same("", "00:01:02,500 --> 00:01:04,000");
    same("a 3 b", "a 3 --> b");
    same("the 3\n4 -- 5 c", "the\n3\n4 -- > 5\nc");
    same("all of 1990 to 12 --> b", "all of 1990\nto 12 --> b");
}

static void words_that_do(void **state)
{
    (void)state;
    differ("vor- und Nachteile", "vorund Nachteile"); /* a hyphen joins over the end of a line alone */
    differ("a well-known man", "a wellknown man");
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

/* What was found once need not be looked for again. */
static void signs_may_be_known(void **state)
{
    (void)state;
    static const char *const text[] = {"%D0%BC%D0%B8%D1%80 plain words", "a &eacute;t&eacute; of words", "parted wo-\nrds here",
                                       "1\n00:00:01,000 --> 00:00:02,000\nwords\n", "\\u043c\\u0438\\u0440 in code"};
    for (uint32_t i = 0; i < sizeof text / sizeof *text; i++) {
        struct dup_words a = {0}, b = {0}, c = {0};
        const uint64_t size = strlen(text[i]);
        int cut;
        assert_true(dup_words_read(&a, &folding, text[i], size, 0, size, &cut));
        assert_true(dup_words_read_with(&b, &folding, text[i], size, 0, size, dup_signs(text[i], 0, size), &cut));
        assert_true(dup_words_read_with(&c, &folding, text[i], size, 0, size, 0, &cut));
        assert_int_equal(a.count, b.count);
        assert_memory_equal(a.at, b.at, a.count * sizeof *a.at);
        assert_false(a.count == c.count && !memcmp(a.at, c.at, a.count * sizeof *a.at));
        dup_words_free(&a);
        dup_words_free(&b);
        dup_words_free(&c);
    }
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

/* Near its end a text is read character by character, before it in spans: the words have to be the same. */
static void all_ways_of_reading_agree(void **state)
{
    static const char *const text[] = {
        "Plain words, 1,250.5 of them; a-b c_d and incomprehensibilities as well as extraordinarilylongwordswithoutend",
        "Caf\xc3\xa9 na\xc3\xafve \xc3\x9c" "ber r\xc3\xa9sum\xc3\xa9 \xc2\xab oui \xc2\xbb l\xe2\x80\x99\xc3\xa9t\xc3\xa9 2024\xe2\x80\x93" "2025",
        "\xd0\x92\xd0\xbe\xd0\xb4\xd0\xb0, \xd1\x91\xd0\xb6\xd0\xb8\xd0\xba \xc2\xab\xd0\xb4\xd0\xbe\xd1\x81\xd1\x82\xd0\xbe\xd0\xbf\xd1\x80\xd0\xb8\xd0\xbc\xd0\xb5\xd1\x87\xd0\xb0\xd1\x82\xd0\xb5\xd0\xbb\xd1\x8c\xd0\xbd\xd0\xbe\xd1\x81\xd1\x82\xd0\xb8\xc2\xbb 12\xd0\xba\xd0\xbc",
        "\xe6\xb0\xb4\xe4\xbd\x8d 3 \xe3\x81\xae\xe3\x83\x80\xe3\x83\xa0\xe3\x80\x82\xed\x95\x9c\xea\xb5\xad",
        ("e\xcc\x81t\xc3\xa9 so\xc2\xad" "ft \xd9\x85\xd9\x80\xd8\xa7\xd8\xa1 \xd9\xa3\xd9\xa4 \xff\xfe \xc3 \xe2\x82"),
        "\xc3\x90\xc2\xb2\xc3\x90\xc2\xbe\xc3\x90\xc2\xb4\xc3\x90\xc2\xb0 \xc3\x90\xc2\xb8 \xc3\x90\xc2\xbb\xc3\x91\xc2\x91\xc3\x90\xc2\xb4\nplain again",
    };
    char room[1024];
    int cut;
    (void)state;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        struct dup_words alone = {0}, padded = {0};
        size_t n = strlen(text[i]);
        memcpy(room, text[i], n);
        memset(room + n, '\n', sizeof room - n);
        for (size_t cut_at = 1; cut_at <= n; cut_at++) { /* so that each place lies near the end once */
            if (cut_at < n && text[i][cut_at] != ' ')
                continue;
            assert_true(dup_words_read(&alone, &folding, room, cut_at, 0, cut_at, &cut));
            assert_true(dup_words_read(&padded, &folding, room, sizeof room, 0, sizeof room, &cut));
            assert_true(alone.count <= padded.count && alone.count > 0);
            for (uint32_t k = 0; k < alone.count && i != 5; k++) { /* mojibake is judged by the line */
                if (alone.at[k].hash != padded.at[k].hash)
                    fail_msg("text %u up to %u, word %u", (unsigned)i, (unsigned)cut_at, k);
                assert_int_equal(alone.at[k].begin, padded.at[k].begin);
                assert_int_equal(alone.at[k].end, padded.at[k].end);
            }
            uint32_t from = alone.at[alone.count - 1].begin; /* and what is read in part */
            struct dup_words part = {0};
            assert_true(dup_words_read(&part, &folding, room, sizeof room, from, cut_at, &cut));
            assert_int_equal(part.count, 1);
            assert_true(part.at[0].hash == padded.at[alone.count - 1].hash);
            dup_words_free(&part);
        }
        dup_words_free(&alone);
        dup_words_free(&padded);
    }
}

static uint32_t all_edges(uint32_t *edge, const char *text, uint64_t from, uint64_t to,
                          uint32_t (*find)(uint32_t *, uint32_t, const char *, uint64_t *, uint64_t))
{
    uint32_t n = 0;
    while (from < to)
        n = find(edge, n, text, &from, to);
    assert_int_equal(from, to);
    return n;
}

/* Byte by byte, and many at once, with what the processor has: the same runs. */
static void runs_begin_and_end(void **state)
{
    static const char some[] = "aZ09 \n@[`{/:-\x7f\x80\xff";
    static char text[4000];
    static uint32_t edge[4000 + DUP_EDGES], plain[4000 + DUP_EDGES], wide[4000 + DUP_EDGES];
    uint32_t seed = 11;
    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = some[((seed = seed * 1664525u + 1013904223u) >> 20) % (i < 500 ? 2 : sizeof some - 1)];
    for (uint64_t from = 0; from < 120; from++) {
        uint64_t to = sizeof text - from * from / 4;
        uint32_t n = all_edges(edge, text, from, to, dup_find_edges), at = 0;
        assert_int_equal(all_edges(wide, text, from, to, dup_find_edges_wide), n);
        assert_memory_equal(wide, edge, n * sizeof *edge);
        assert_int_equal(all_edges(plain, text, from, to, dup_find_edges_plain), n);
        assert_memory_equal(edge, plain, n * sizeof *edge);
        for (uint64_t i = from; i <= to; i++) {
            int before = i > from && strchr("aZ09\x80\xff", text[i - 1]) != NULL;
            int in = i < to && strchr("aZ09\x80\xff", text[i]) != NULL;
            if (before != in)
                assert_int_equal(edge[at++], i);
        }
        assert_int_equal(at, n);
    }
}

static void signs_stand_anywhere(void **state)
{
    static const struct {
        char sign[3];
        uint32_t bit;
    } one[] = {{"\\", DUP_BACKSLASH}, {"%", DUP_PERCENT},       {"&", DUP_AMPERSAND},  {"-\n", DUP_LINE_HYPHEN},
               {"->", DUP_ARROW},     {"-\r", DUP_LINE_HYPHEN}, {"- ", 0},             {"\n-", 0}};
    char text[150];
    (void)state;
    for (size_t k = 0; k < sizeof one / sizeof *one; k++)
        for (size_t at = 0; at + 2 <= sizeof text; at++) {
            memset(text, 'x', sizeof text);
            memcpy(text + at, one[k].sign, strlen(one[k].sign));
            assert_int_equal(dup_signs(text, 0, sizeof text), one[k].bit);
            assert_int_equal(dup_signs(text, at, at + 2), one[k].bit);
            assert_int_equal(dup_signs(text, at, at + 1), 0); /* with nothing behind it */
            assert_int_equal(dup_signs(text, at + 2, sizeof text), 0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_ways_of_reading_agree),
        cmocka_unit_test(runs_begin_and_end), cmocka_unit_test(signs_stand_anywhere), cmocka_unit_test(signs_may_be_known),
        cmocka_unit_test(forms_that_do_not_count), cmocka_unit_test(words_that_do), cmocka_unit_test(subtitles), cmocka_unit_test(both_paths_agree),
        cmocka_unit_test(mojibake_lines), cmocka_unit_test(any_bytes),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
