/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/charset.h>
#include <assay/kit/utf8.h>

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

/* Decodes all of `bytes`; the text, terminated, to be freed with the mapper. */
static const char *decoded(const char *name, const char *bytes, size_t size, struct assay_mapper *m, uint64_t *bad)
{
    struct assay_charset c;
    *m = (struct assay_mapper){0};
    *bad = 0;
    if (!assay_charset_open(&c, name))
        fail_msg("%s is not known", name);
    assert_true(assay_charset_decode(&c, m, (struct assay_text){bytes, size}, 0, bad));
    assay_charset_close(&c);
    assay_buf_byte(&m->text, 0);
    return m->text.at;
}

/* Also where a byte above ASCII means a character of it, as some Armenian and Lao charsets have. */
static void every_byte_is_what_its_table_says(void **state)
{
    (void)state;
    static const char *const names[] = {"windows-1251", "windows-1252", "koi8-r", "ibm866", "iso-8859-5",
                                        "tis-620",      "armscii-8",    "cp1133", "viscii"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct assay_charset c;
        struct assay_mapper m;
        char bytes[3 * 255], want[9 * 255 + 1];
        size_t size = 0;
        uint64_t bad, holes = 0;
        assert_true(assay_charset_open(&c, names[i]));
        for (uint32_t b = 0; b < 255; b++) { /* one behind the other, and each behind one far from it */
            bytes[b] = bytes[255 + 2 * b] = (char)(b + 1);
            bytes[256 + 2 * b] = (char)(255 - b);
        }
        for (size_t k = 0; k < sizeof bytes; k++) {
            uint32_t cp = c.point[(unsigned char)bytes[k]];
            holes += cp == UINT32_MAX;
            size += assay_utf8_put(want + size, cp == UINT32_MAX ? 0xfffd : cp);
        }
        want[size] = 0;
        assert_string_equal(decoded(names[i], bytes, sizeof bytes, &m, &bad), want);
        assert_int_equal(bad, holes);
        uint64_t raw[2]; /* all of the bytes, and in order */
        assert_true(assay_map_raw(m.run, m.count, 0, size, raw));
        assert_true(raw[0] == 0 && raw[1] == sizeof bytes);
        assay_mapper_free(&m);
        assay_charset_close(&c);
    }
}

static void wide_characters(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bytes, *text;
        size_t size;
        uint64_t bad;
    } cases[] = {
        {"UTF-16LE", "a\0\x16\x04\x3d\xd8\x00\xde", "a\xd0\x96\xf0\x9f\x98\x80", 8, 0},
        {"UTF-16BE", "\0a\x04\x16\xd8\x3d\xde\x00", "a\xd0\x96\xf0\x9f\x98\x80", 8, 0},
        {"UTF-32LE", "a\0\0\0\x16\x04\0\0\x00\xf6\x01\0", "a\xd0\x96\xf0\x9f\x98\x80", 12, 0},
        {"UTF-32BE", "\0\0\0a\0\0\x04\x16\0\x01\xf6\x00", "a\xd0\x96\xf0\x9f\x98\x80", 12, 0},
        {"UTF-16LE", "\x3d\xd8" "a\0", "\xef\xbf\xbd" "a", 4, 1},       /* half of a pair */
        {"UTF-16LE", "\x00\xde\x3d\xd8", "\xef\xbf\xbd\xef\xbf\xbd", 4, 2}, /* its halves in the wrong order */
        {"UTF-16LE", "a\0b", "a\xef\xbf\xbd", 3, 1},                     /* half of a character */
        {"UTF-32LE", "\0\0\x11\0", "\xef\xbf\xbd", 4, 1},              /* beyond the last character */
        {"UTF-32LE", "\xff\xff\x10\0", "\xf4\x8f\xbf\xbf", 4, 0},
        {"UTF-32LE", "\0\xd8\0\0", "\xef\xbf\xbd", 4, 1},
        {"UTF-8", "a\xffz\xc3", "a\xef\xbf\xbdz\xef\xbf\xbd", 4, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_mapper m;
        uint64_t bad;
        assert_string_equal(decoded(cases[i].name, cases[i].bytes, cases[i].size, &m, &bad), cases[i].text);
        assert_int_equal(bad, cases[i].bad);
        assay_mapper_free(&m);
    }
}

/* What has its letters elsewhere than ASCII, or more bytes to a character than its name gives away. */
static void charsets_without_ascii_are_none(void **state)
{
    (void)state;
    static const char *const names[] = {"ibm037", "cp500", "UCS-4", "ISO_5427", "x-unheard", ""};
    struct assay_charset c;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (assay_charset_open(&c, names[i]))
            fail_msg("%s", names[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks),
        cmocka_unit_test(wide_without_mark),
        cmocka_unit_test(declarations),
        cmocka_unit_test(names),
        cmocka_unit_test(every_byte_is_what_its_table_says),
        cmocka_unit_test(wide_characters),
        cmocka_unit_test(charsets_without_ascii_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
