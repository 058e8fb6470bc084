/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/utf8.h>
#include <string.h>

#include "suspects.h"

static struct views *views;
static uint64_t seed = 1;

static uint32_t below(uint32_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % n;
}

static uint32_t suspects_of(const char *text, size_t size, struct suspect *to, uint32_t room)
{
    struct assay_buf found = {0};
    suspects_find(views, (struct assay_text){text, size}, &found);
    uint32_t n = (uint32_t)(found.size / sizeof *to);
    assert_true(n <= room);
    if (n)
        memcpy(to, found.at, found.size);
    assay_buf_free(&found);
    return n;
}

static void lines_are_found_alone(void **state)
{
    (void)state;
    static const char text[] = "Ordinary.\nНа вокзалі Віктор і Лілія.\nCafÃ© here.\n«Мова» Віри — Їжак.\n\n20 ìàÿ 2024\nl’été\na\xc2\x85z\n";
    struct suspect s[8];
    assert_int_equal(suspects_of(text, sizeof text - 1, s, 8), 3);
    assert_memory_equal(s[0].begin, "CafÃ© here.\n", 13);
    assert_true(s[0].end[-1] == '\n' && s[0].found & LOOK_UTF8);
    assert_memory_equal(s[1].begin, "20 ", 3);
    assert_int_equal(s[1].found, LOOK_WORDS | LOOK_LETTERS);
    assert_memory_equal(s[2].begin, "a\xc2\x85", 3);
    assert_int_equal(suspects_of("", 0, s, 8), 0);
}

/* Accented letters in a row beside a Latin letter are Turkish or Azerbaijani, not Russian; so are rows no word is as long as. */
static void rows_inside_words_are_left(void **state)
{
    (void)state;
    struct suspect s[8];
    char many[400];
    for (uint32_t i = 0; i < sizeof many; i++)
        many[i] = i % 2 ? '\xbc' : '\xc3';
    assert_int_equal(suspects_of("Bunun üçün gəldik.\n", 23, s, 8), 0);
    assert_int_equal(suspects_of("süüüş ğüüü\n", 19, s, 8), 0);
    assert_int_equal(suspects_of(many, sizeof many, s, 8), 0);
    assert_int_equal(suspects_of("üçün\nòåïëî\nüçü\n", 26, s, 8), 2);
    assert_memory_equal(s[0].begin, "òåïëî\n", 11);
    assert_memory_equal(s[1].begin, "üçü\n", 7);
}

/* A character that mojibake has, or plain text between. */
static uint32_t some_character(uint32_t lead)
{
    static const uint32_t first[] = {0xc3, 0xc2, 0xe2, 0x420, 0x421, 0x412, 0x432, 0x440, 0x102, 0xc5, 0x251c, 0x221a, 0xd7};
    uint32_t kind = below(8), cp;
    if (kind < 3)
        return below(2) ? ' ' : 'a' + below(26);
    if (kind < 5)
        return first[(lead + below(3)) % 13];
    do
        cp = kind == 5 ? 0xa0 + below(0x60) : kind == 6 ? 0x400 + below(0x60) : 0x80 + below(VIEW_POINTS - 0x80);
    while (!views_trail(views, cp));
    return cp;
}

static uint32_t read_line(struct cell *cell, const char *p, const char *end)
{
    uint32_t n = 0;
    for (; p < end; n++) {
        cell[n] = (struct cell){0};
        p += assay_utf8_next(p, end, &cell[n].cp);
    }
    return n;
}

static int would_change(const char *p, const char *end)
{
    struct cell cell[2000];
    uint32_t cells = read_line(cell, p, end), left = mojibake_repair(views, cell, cells);
    if (left != cells)
        return 1;
    for (uint32_t i = 0; i < cells; i++)
        if (cell[i].changed)
            return 1;
    return 0;
}

/* What is no suspect has to be what the repair would leave alone. */
static void no_line_that_would_change_is_missed(void **state)
{
    (void)state;
    uint32_t left_alone = 0, missed = 0, changed = 0;
    for (int round = 0; round < 3000; round++) {
        char text[3000];
        size_t size = 0;
        uint32_t lead = below(13), rare = 1 + below(30);
        for (uint32_t i = below(400); i < 400; i++)
            size += assay_utf8_put(text + size, below(40) == 0 ? '\n' : below(rare) ? 'a' + below(26) : some_character(lead));
        struct suspect s[500];
        uint32_t n = suspects_of(text, size, s, 500), next = 0;
        for (const char *p = text, *end = text + size, *stop; p < end; p = stop) {
            stop = memchr(p, '\n', (size_t)(end - p));
            stop = stop ? stop + 1 : end;
            int found = next < n && s[next].begin == p && s[next].end == stop, changes = would_change(p, stop);
            next += (uint32_t)found;
            missed += changes && !found;
            changed += (uint32_t)changes;
            left_alone += !found;
        }
        assert_int_equal(next, n);
    }
    assert_int_equal(missed, 0);
    assert_true(changed > 500 && left_alone > 500);
}

/* Sequences that have no points but for standing in a row: Р and і are г. */
static void a_row_counts(void **state)
{
    (void)state;
    uint32_t changed = 0;
    for (uint32_t row = 1; row < 6; row++) {
        char text[80] = "a ";
        size_t size = 2;
        for (uint32_t i = 0; i < row; i++) {
            size += assay_utf8_put(text + size, 0x420);
            size += assay_utf8_put(text + size, 0x456);
        }
        text[size++] = '\n';
        struct suspect s[2];
        if (would_change(text, text + size)) {
            assert_int_equal(suspects_of(text, size, s, 2), 1);
            changed++;
        }
    }
    assert_true(changed > 0 && changed < 5);
}

static int open_views(void **state)
{
    (void)state;
    views = views_new();
    return !views;
}

static int free_views(void **state)
{
    (void)state;
    views_free(views);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_found_alone),
        cmocka_unit_test(a_row_counts),
        cmocka_unit_test(rows_inside_words_are_left),
        cmocka_unit_test(no_line_that_would_change_is_missed),
    };
    return cmocka_run_group_tests(tests, open_views, free_views) != 0;
}
