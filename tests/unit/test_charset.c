/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/charset.h>

/* Exactly as many bytes as there are, so that a sanitizer sees one that is read beyond. */
static const char *mark_of(const char *bytes, size_t size, uint32_t *mark)
{
    char *exact = malloc(size ? size : 1);
    memcpy(exact, bytes, size);
    const char *name = assay_charset_mark((struct assay_text){exact, size}, mark);
    free(exact);
    return name;
}

static void marks(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *name;
        size_t size;
        uint32_t mark;
    } cases[] = {
        {"\xef\xbb\xbf", "UTF-8", 3, 3},          {"\xef\xbb\xbfz", "UTF-8", 4, 3},
        {"\xff\xfe\0\0", "UTF-32LE", 4, 4},       {"\0\0\xfe\xff", "UTF-32BE", 4, 4},
        {"\xff\xfe", "UTF-16LE", 2, 2},           {"\xff\xfe\0", "UTF-16LE", 3, 2},
        {"\xff\xfez\0", "UTF-16LE", 4, 2},        {"\xfe\xff\0z", "UTF-16BE", 4, 2},
        {"", NULL, 0, 0},                         {"\xef\xbb", NULL, 2, 0},
        {"\xff", NULL, 1, 0},                     {"\0\0\xfe", NULL, 3, 0},
        {"\0abc", NULL, 4, 0},                    {"a\0\xfe\xff", NULL, 4, 0},
        {"\0z\xfe\xff", NULL, 4, 0},              {"\xef\xbb\xbe", NULL, 3, 0},
        {"\xfe\xfe", NULL, 2, 0},                 {"text", NULL, 4, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t mark = 9;
        const char *name = mark_of(cases[i].bytes, cases[i].size, &mark);
        assert_int_equal(mark, cases[i].mark);
        if (cases[i].name)
            assert_string_equal(name, cases[i].name);
        else
            assert_null(name);
    }
}

static const char *wide(const char *text, uint32_t step, uint32_t at)
{
    static char bytes[400];
    size_t n = strlen(text);
    memset(bytes, 0, sizeof bytes);
    for (size_t i = 0; i < n; i++)
        bytes[i * step + at] = text[i];
    return assay_charset_wide((struct assay_text){bytes, n * step});
}

static void wide_without_mark(void **state)
{
    (void)state;
    const char *text = "Twelve people were hurt.";
    assert_string_equal(wide(text, 2, 0), "UTF-16LE");
    assert_string_equal(wide(text, 2, 1), "UTF-16BE");
    assert_string_equal(wide(text, 4, 0), "UTF-32LE");
    assert_string_equal(wide(text, 4, 3), "UTF-32BE");
    assert_null(wide(text, 1, 0));
    assert_null(wide("", 2, 0));
    assert_null(wide("a", 2, 0)); /* two bytes prove nothing */
    assert_string_equal(wide("ab", 2, 0), "UTF-16LE");
    assert_null(assay_charset_wide((struct assay_text){"a text\0with one zero byte", 24}));
}

static void is_declared(const char *text, const char *want)
{
    struct assay_text t = assay_charset_declared((struct assay_text){text, strlen(text)});
    assert_int_equal(t.size, strlen(want));
    if (*want)
        assert_memory_equal(t.at, want, t.size);
}

static void declarations(void **state)
{
    (void)state;
    is_declared("<?xml version='1.0' encoding='koi8-r'?><a/>", "koi8-r");
    is_declared("<html><META CHARSET=\"windows-1251\">", "windows-1251");
    is_declared("<meta http-equiv=Content-Type content=\"text/html; charset=cp1254\">", "cp1254");
    is_declared("charset=koi8-r", "");
    is_declared("", "");
    char *late = calloc(3000, 1); /* only the first 2 KiB are looked at */
    memset(late, ' ', 2500);
    memcpy(late + 2100, "<meta charset=koi8-r>", 21);
    is_declared(late, "");
    memcpy(late + 100, "<meta charset=koi8-r>", 21);
    is_declared(late, "koi8-r");
    free(late);
}

static void names(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"cp1251", "windows-1251"}, {"CP-1251", "windows-1251"}, {"latin1", "windows-1252"},
                                           {"x-unheard", "x-unheard"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char to[40];
        size_t n = assay_charset_name(to, sizeof to, (struct assay_text){cases[i][0], strlen(cases[i][0])});
        assert_int_equal(n, strlen(cases[i][1]));
        assert_memory_equal(to, cases[i][1], n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks),
        cmocka_unit_test(wide_without_mark),
        cmocka_unit_test(declarations),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
