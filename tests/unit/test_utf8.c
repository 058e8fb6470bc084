/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/utf8.h>
#include <stdlib.h>
#include <string.h>

/* What the fast check has to agree with. */
static uint64_t slow_valid(const char *text, uint64_t size)
{
    for (uint64_t at = 0; at < size;) {
        uint32_t cp;
        uint32_t n = assay_utf8_next(text + at, text + size, &cp);
        if (n == 1 && (unsigned char)text[at] >= 0x80)
            return at;
        at += n;
    }
    return size;
}

static void every_scalar_value_goes_there_and_back(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x110000; cp++) {
        char b[4];
        uint32_t back, n = assay_utf8_put(b, cp);
        int scalar = cp <= 0x10ffff && (cp < 0xd800 || cp > 0xdfff);
        assert_int_equal(assay_utf8_next(b, b + n, &back), n);
        assert_int_equal(back, scalar ? cp : 0xfffd);
        assert_int_equal(assay_utf8_valid(b, n), n);
        if (n > 1)
            assert_int_equal(assay_utf8_valid(b, n - 1), 0);
    }
}

static void all_short_sequences_agree_with_the_walk(void **state)
{
    (void)state;
    static const unsigned char edge[] = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0,
                                         0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};
    size_t n = sizeof edge;
    for (size_t i = 0; i < n * n * n * n; i++) {
        char b[200];
        memset(b, 'a', sizeof b);
        size_t at = i % 197; /* also across the ends of blocks */
        b[at] = (char)edge[i % n];
        b[at + 1] = (char)edge[i / n % n];
        b[at + 2] = (char)edge[i / n / n % n];
        b[(at + 3) % 200] = (char)edge[i / n / n / n % n];
        assert_int_equal(assay_utf8_valid(b, sizeof b), slow_valid(b, sizeof b));
        assert_int_equal(assay_utf8_valid(b, at + 2), slow_valid(b, at + 2));
        size_t from = at < 20 ? 0 : at - 20 < 160 ? at - 20 : 160;
        assert_int_equal(assay_utf8_valid(b + from, 40), slow_valid(b + from, 40));
    }
}

/* Every pair of bytes at every place of a long text; what follows ends any character. */
static void all_pairs_agree_with_the_walk(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 1u << 16; i++) {
        char b[160];
        memset(b, 'a', sizeof b);
        size_t at = 60 + i % 70;
        b[at] = (char)(i >> 8);
        b[at + 1] = (char)i;
        b[at + 2] = b[at + 3] = (char)0x80;
        for (size_t k = at + 2; k < at + 5; k++) {
            assert_int_equal(assay_utf8_valid(b, sizeof b), slow_valid(b, sizeof b));
            b[k] = 'a';
        }
    }
}

static void long_texts_agree_with_the_walk(void **state)
{
    (void)state;
    static const char *const piece[] = {"a", "word ", "\xd0\xb6", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xd0", "\xe2\x82", "\xff"};
    uint64_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        char b[300];
        size_t size = 0;
        size_t kinds = round % 3 ? 5 : 8;
        while (size < 280) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            const char *s = piece[(seed >> 33) % kinds];
            memcpy(b + size, s, strlen(s));
            size += strlen(s);
        }
        assert_int_equal(assay_utf8_valid(b, size), slow_valid(b, size));
        assert_int_equal(assay_utf8_valid(b, size - 1), slow_valid(b, size - 1));
    }
}

static void counts(void **state)
{
    (void)state;
    const char *text = "a\xd0\xb6\xe2\x82\xac\xf0\x9f\x98\x80";
    assert_int_equal(assay_utf8_points(text, strlen(text)), 4);
    assert_int_equal(assay_utf8_units16(text, strlen(text)), 5);
    assert_int_equal(assay_utf8_points("", 0), 0);
    assert_int_equal(assay_utf8_border(text, 10, 2), 0);
    assert_int_equal(assay_utf8_border(text, 10, 3), 1);
    assert_int_equal(assay_utf8_border(text, 10, 10), 1);
    const struct assay_text whole = {text, strlen(text)};
    const uint64_t clipped[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (uint64_t most = 0; most < sizeof clipped / sizeof clipped[0]; most++)
        assert_int_equal(assay_utf8_clip(whole, most).size, clipped[most]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_value_goes_there_and_back),
        cmocka_unit_test(all_short_sequences_agree_with_the_walk),
        cmocka_unit_test(all_pairs_agree_with_the_walk),
        cmocka_unit_test(long_texts_agree_with_the_walk),
        cmocka_unit_test(counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
