/* SPDX-License-Identifier: Apache-2.0
 *
 * Romanisation and consonant skeletons: equal for spellings of one name, different for others, safe on any bytes.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include <assay/kit/roman.h>

static void roman(const char *word, const char *want)
{
    char to[64];
    size_t n = assay_roman(to, sizeof to - 1, word, strlen(word));
    to[n] = 0;
    assert_string_equal(to, want);
}

static void same(const char *a, const char *la, const char *b, const char *lb, int equal)
{
    char x[64], y[64];
    size_t n = assay_skeleton(x, sizeof x, a, strlen(a), (struct assay_text){la, la ? strlen(la) : 0});
    size_t m = assay_skeleton(y, sizeof y, b, strlen(b), (struct assay_text){lb, lb ? strlen(lb) : 0});
    if ((n == m && !memcmp(x, y, n)) != equal)
        print_error("%s: %.*s, %s: %.*s\n", a, (int)n, x, b, (int)m, y);
    assert_int_equal(n == m && !memcmp(x, y, n), equal);
}

static void words(void **state)
{
    (void)state;
    roman("Лукашенко", "lukashenko");
    roman("Škoda", "shkoda");
    roman("Straße", "strasse");
    roman("Αθήνα", "athina");
    roman("თბილისი", "tbilisi");
    roman("T-72", "t72");
    roman("", "");
    roman("\xff\xd0", "");
}

static void skeletons(void **state)
{
    (void)state;
    same("Lukashenko", "en", "Лукашенко", "ru", 1);
    same("Lukaşenko", "tr", "Лукашэнка", "be", 1);
    same("tractor", "en", "трактор", "ru", 1);
    same("Gorbatschow", "de", "Горбачев", "ru", 1);
    same("Qarabağ", "az", "Карабах", "ru", 0);
    same("Minsk", "en", "Pinsk", "en", 0);
    same("tractor", "en", "doctor", "en", 0);
}

static void bounded(void **state)
{
    (void)state;
    char to[4], long_word[600];
    memset(long_word, 'k', sizeof long_word);
    for (size_t i = 0; i < sizeof long_word; i += 2)
        long_word[i] = 'b';
    assert_int_equal(assay_roman(to, sizeof to, long_word, sizeof long_word), 4);
    assert_int_equal(assay_skeleton(to, sizeof to, long_word, sizeof long_word, (struct assay_text){NULL, 0}), 4);
    assert_memory_equal(to, "bcbc", 4);
    assert_int_equal(assay_skeleton(to, 0, "abc", 3, (struct assay_text){NULL, 0}), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words), cmocka_unit_test(skeletons), cmocka_unit_test(bounded)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
