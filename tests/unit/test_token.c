/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include <assay/kit/fold.h>
#include <assay/kit/token.h>

static void tokens_of(struct assay_tokens *tokens, const char *text)
{
    assert_true(assay_tokenise(tokens, text, 0, (uint32_t)strlen(text)));
}

/* The tokens of `text` have to be `words`, divided by '|'. */
static void check(const char *text, const char *words)
{
    struct assay_tokens tokens = {0};
    char got[512] = "";
    tokens_of(&tokens, text);
    for (size_t i = 0; i < tokens.count; i++) {
        if (i)
            strcat(got, "|");
        strncat(got, text + tokens.at[i].begin, tokens.at[i].end - tokens.at[i].begin);
    }
    assert_string_equal(got, words);
    assay_tokens_free(&tokens);
}

static void words_and_numbers(void **state)
{
    (void)state;
    check("", "");
    check("  ...!?", "");
    check("The quick, brown fox.", "The|quick|brown|fox");
    check("don't l’été 'quoted' rock'n'roll'", "don't|l’été|quoted|rock'n'roll");
    check("1,234.5 kg", "1|234|5|kg");
    check("COVID19 2nd", "COVID|19|2|nd");
    check("Пять ёлок, №7", "Пять|ёлок|7");
    check("e\xcc\x81t\xcc\x81 x", "e\xcc\x81t\xcc\x81|x");
    check("日本語だ", "日|本|語|だ");
    check("ที่", "ที่");
    check("हिन्दी में", "हिन्दी|में");
    check("soft\xc2\xadhyphen\xc2\xad end", "soft\xc2\xadhyphen|end");
    check("a_b-c/d", "a|b|c|d");
    check("\xff\xfe" "bad\xc3", "bad");
    check("١٢٣", "١٢٣");
}

static uint64_t hash_of(const char *text)
{
    struct assay_tokens tokens = {0};
    tokens_of(&tokens, text);
    assert_int_equal(tokens.count, 1);
    uint64_t hash = tokens.at[0].hash;
    assay_tokens_free(&tokens);
    return hash;
}

static void equal_words_in_any_dress(void **state)
{
    (void)state;
    assert_true(hash_of("Été") == hash_of("ETE"));
    assert_true(hash_of("e\xcc\x81te\xcc\x81") == hash_of("été"));
    assert_true(hash_of("ёлка") == hash_of("ЕЛКА"));
    assert_true(hash_of("и\xcc\x86") == hash_of("Й"));
    assert_true(hash_of("й") != hash_of("и"));
    assert_true(hash_of("ｗｉｄｅ") == hash_of("wide"));
    assert_true(hash_of("don’t") == hash_of("don't"));
    assert_true(hash_of("co\xc2\xadop") == hash_of("coop"));
    assert_true(hash_of("١٢٣") == hash_of("123"));
    assert_true(hash_of("apple") == XXH3_64bits("apple", 5));
    assert_true(hash_of("Straße") == XXH3_64bits("straße", 7));
}

static void hash_is_that_of_the_folded_text(void **state)
{
    (void)state;
    /* Around the sizes where the hash changes its way: short, buffered, in pieces. */
    for (size_t n = 1; n < 700; n += n < 300 ? 1 : 37) {
        char *text = malloc(2 * n + 1), folded[4096];
        for (size_t i = 0; i < n; i++)
            memcpy(text + 2 * i, i % 3 ? "Щ" : "É", 2);
        text[2 * n] = 0;
        size_t size = assay_fold_text(folded, sizeof folded, text, 2 * n);
        assert_true(hash_of(text) == XXH3_64bits(folded, size));
        memset(text, 'Q', n);
        text[n] = 0;
        size = assay_fold_text(folded, sizeof folded, text, n);
        assert_int_equal(size, n);
        assert_true(hash_of(text) == XXH3_64bits(folded, size));
        free(text);
    }
}

static void flags(void **state)
{
    struct assay_tokens tokens = {0};
    (void)state;
    tokens_of(&tokens, "NATO Nato nato A Éa ÉA 7");
    uint32_t want[] = {ASSAY_TOKEN_CAPITAL | ASSAY_TOKEN_UPPER, ASSAY_TOKEN_CAPITAL, 0, ASSAY_TOKEN_CAPITAL,
                       ASSAY_TOKEN_CAPITAL, ASSAY_TOKEN_CAPITAL | ASSAY_TOKEN_UPPER, 0};
    assert_int_equal(tokens.count, 7);
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(tokens.at[i].flags, want[i]);
    assert_int_equal(tokens.at[6].kind, ASSAY_CP_DIGIT);
    assay_tokens_free(&tokens);
}

static void a_part_of_a_text(void **state)
{
    struct assay_tokens tokens = {0};
    (void)state;
    assert_true(assay_tokenise(&tokens, "one two three", 4, 9));
    assert_int_equal(tokens.count, 2);
    assert_int_equal(tokens.at[0].begin, 4);
    assert_int_equal(tokens.at[1].end, 9);
    assay_tokens_free(&tokens);
}

static void fold_text_never_cuts(void **state)
{
    char to[8];
    (void)state;
    assert_int_equal(assay_fold_text(to, 3, "ЖЖ", 4), 2);
    assert_int_equal(assay_fold_text(to, 0, "a", 1), 0);
    assert_int_equal(assay_fold_text(to, 8, "Ab\xcc\x81", 4), 2);
    assert_memory_equal(to, "ab", 2);
}

static void hostile_bytes(void **state)
{
    enum { SIZE = 1 << 20 };
    static const char *const units[] = {"a", "\xcc\x81", "\xf0\x9f\x98\x80", "\xee\x80\x80", "'", "\xff", "\xc3", "\xe2\x80\x8b", "a'", "9", "日"};
    struct assay_tokens tokens = {0};
    char *text = malloc(SIZE);
    (void)state;
    for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
        size_t n = strlen(units[u]);
        for (size_t i = 0; i < SIZE; i++)
            text[i] = units[u][i % n];
        assert_true(assay_tokenise(&tokens, text, 0, SIZE));
        uint32_t at = 0;
        for (size_t i = 0; i < tokens.count; i++) {
            assert_true(tokens.at[i].begin >= at && tokens.at[i].end > tokens.at[i].begin && tokens.at[i].end <= SIZE);
            at = tokens.at[i].end;
        }
    }
    free(text);
    assay_tokens_free(&tokens);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_numbers), cmocka_unit_test(equal_words_in_any_dress),
        cmocka_unit_test(hash_is_that_of_the_folded_text), cmocka_unit_test(flags), cmocka_unit_test(a_part_of_a_text),
        cmocka_unit_test(fold_text_never_cuts), cmocka_unit_test(hostile_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
