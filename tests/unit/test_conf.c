/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "conf.h"

static struct arena arena;
static struct diag silent = {.fd = -1, .least = DIAG_ERROR};
static char folder[64], path[96];

static void put(const char *name, const char *text, size_t size)
{
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, size, f), size);
    fclose(f);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/assay-conf-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char command[128];
    arena_free(&arena);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static int read_text(const char *text, struct conf_file *f)
{
    put("a.conf", text, strlen(text));
    silent.errors = 0;
    return conf_read(path, &arena, &silent, f);
}

static void values_and_places(void **state)
{
    (void)state;
    struct conf_file f;
    assert_true(read_text("# note\nflag = TRUE;\n  number = -12, big = 4000000000L hex: 0x10\nreal = 1.5e3;\ntext = \"a\\\"b\" /* and * so */ \"c\\x41\";\n"
                          "list = (1, \"x\", { in = [1, 2]; });\nempty = ();\n",
                          &f));
    assert_int_equal(f.root.count, 8);
    const struct conf *c = conf_get(&f.root, "flag");
    assert_int_equal(c->type, CONF_FLAG);
    assert_string_equal(c->text, "true");
    assert_int_equal(c->name_place.line, 2);
    assert_int_equal(c->place.column, 8);
    c = conf_get(&f.root, "number");
    assert_string_equal(c->text, "-12");
    assert_int_equal(c->name_place.column, 3);
    assert_string_equal(conf_get(&f.root, "big")->text, "4000000000");
    assert_string_equal(conf_get(&f.root, "hex")->text, "16");
    assert_string_equal(conf_get(&f.root, "real")->text, "1.5e3");
    assert_int_equal(conf_get(&f.root, "real")->type, CONF_REAL);
    assert_string_equal(conf_get(&f.root, "text")->text, "a\"bcA");
    c = conf_get(&f.root, "list");
    assert_int_equal(c->type, CONF_LIST);
    assert_int_equal(c->count, 3);
    assert_int_equal(c->child[2].type, CONF_GROUP);
    assert_int_equal(c->child[2].place.column, 17);
    c = conf_get(&c->child[2], "in");
    assert_int_equal(c->count, 2);
    assert_int_equal(c->child[1].place.line, 6);
    assert_int_equal(c->child[1].place.column, 28);
    assert_int_equal(conf_get(&f.root, "empty")->count, 0);
    assert_null(conf_get(&f.root, "none"));
    assert_string_equal(f.folder, folder);
}

static void hash_is_that_of_the_bytes(void **state)
{
    (void)state;
    struct conf_file f;
    assert_true(read_text("a = 1;\n", &f));
    assert_string_equal(f.sha256, "78a5f362a48ff6a0e33f661e9ca18abf2ad6f9c621988c4c83f9135714d76f1e");
}

static void marks_ends_and_crlf(void **state)
{
    (void)state;
    struct conf_file f;
    assert_true(read_text("\xef\xbb\xbf" "a = 1;\r\nb = \"x\";", &f));
    assert_int_equal(conf_get(&f.root, "a")->name_place.column, 1);
    assert_int_equal(conf_get(&f.root, "b")->name_place.line, 2);
    assert_true(read_text("", &f));
    assert_int_equal(f.root.count, 0);
}

static void include_keeps_places(void **state)
{
    (void)state;
    struct conf_file f;
    put("b.inc", "x = 1;\n  y = 2;", 14);
    put("c.inc", "@include \"b.inc\"\nz = 3;\n", 24);
    assert_true(read_text("first = 1;\n  @include \"c.inc\" # here\nlast = 2;\n", &f));
    assert_int_equal(f.root.count, 5);
    assert_non_null(strstr(conf_get(&f.root, "y")->name_place.file, "b.inc"));
    assert_int_equal(conf_get(&f.root, "y")->name_place.line, 2);
    assert_int_equal(conf_get(&f.root, "y")->name_place.column, 3);
    assert_non_null(strstr(conf_get(&f.root, "z")->name_place.file, "c.inc"));
    assert_int_equal(conf_get(&f.root, "z")->name_place.line, 2);
    assert_non_null(strstr(conf_get(&f.root, "last")->name_place.file, "a.conf"));
    assert_int_equal(conf_get(&f.root, "last")->name_place.line, 3);
}

/* Whatever is in the file, it is refused with a message or read; a list for what libconfig takes silently. */
static void refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "a = 2147483648;",  "a = -2147483649;", "a = 0x80000000;", "a = 1LLL;", "a = 9223372036854775808L;", "a = \"\\q\";", "a = yes;", "a = 1; a = 2;",
        "a = (1,);",        "a = (1 2);",       "a = [1, \"x\"];", "a = {;",    "a = }",                      "a",            "= 1;",     "a = 1.2.3;",
        "a = \"x",          "/* x",             "a = [{}];",       "a == 1;",   "a = ;",                      "@include",     "a = @;",   "a = .;",
        "@include \"\"",    "\x01",             "a = (,1);",       "a.b = 1;",  "a = (\"x\" 1);",               "a = [1 \"x\"];",
        "a = true \"x\";",  "a = false = 1;",
    };
    struct conf_file f;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (read_text(bad[i], &f))
            fail_msg("taken: %s", bad[i]);
        assert_true(silent.errors > 0);
    }
    put("nul.conf", "a = 1;\0b = 2;", 13);
    assert_false(conf_read(path, &arena, &silent, &f));
    assert_false(conf_read(folder, &arena, &silent, &f));
    assert_false(conf_read("/nonexistent/x.conf", &arena, &silent, &f));
}

static void taken(void **state)
{
    (void)state;
    static const char *const good[] = {
        "a = 2147483647;", "a = -2147483648;", "a = 0x7fffffff;", "a = 2147483648L;", "a = 9223372036854775807L;", "a : 1", "a = 1 b = 2", "a = .5;",
        "a = 1e-3;",       "a = -1.;",         "a = ()",          "a = {}",           "// x",                      "# x",   "a = +1;",     "a-b*c = 1;",
        "a = [\"x\" \"y\", \"z\"];", "a = (\"x\" /* and */ \"y\", 1);",
    };
    struct conf_file f;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!read_text(good[i], &f))
            fail_msg("refused: %s", good[i]);
}

/* What is no chain file at all is not gone through to its end: its mistakes would be told one by one. */
static void of_many_mistakes_the_first_are_told(void **state)
{
    (void)state;
    static const char *const mistake[] = {"\xd0\xb6 ", "name ", "9999999999 ", "\"\\q\" "};
    static char text[400001];
    struct conf_file f;
    for (size_t m = 0; m < sizeof mistake / sizeof mistake[0]; m++) {
        size_t size = strlen(mistake[m]);
        for (size_t at = 0; at + size < sizeof text; at += size)
            memcpy(text + at, mistake[m], size);
        assert_false(read_text(text, &f));
        assert_in_range(silent.errors, 20, 22);
    }
}

static void deep_brackets(void **state)
{
    (void)state;
    struct conf_file f;
    static char text[4096];
    strcpy(text, "a = ");
    memset(text + 4, '(', 2000);
    assert_false(read_text(text, &f));
}

/* Both digits of \xHH in either case, at the ends of their ranges. */
static void escapes_of_bytes(void **state)
{
    (void)state;
    struct conf_file f;
    assert_true(read_text("text = \"\\xF0\\x9F\\x98\\xAf\\xc3\\xaA\\x09\";\n", &f));
    assert_string_equal(conf_get(&f.root, "text")->text, "\xf0\x9f\x98\xaf\xc3\xaa\t");
    assert_false(read_text("text = \"\\xG0\";\n", &f));
    assert_false(read_text("text = \"\\x0g\";\n", &f));
    assert_false(read_text("text = \"\\x:0\";\n", &f));
    assert_false(read_text("text = \"\\x4\";\n", &f));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_places), cmocka_unit_test(escapes_of_bytes),
        cmocka_unit_test(hash_is_that_of_the_bytes), cmocka_unit_test(marks_ends_and_crlf), cmocka_unit_test(include_keeps_places),
        cmocka_unit_test(refused),           cmocka_unit_test(taken),                     cmocka_unit_test(deep_brackets),
        cmocka_unit_test(of_many_mistakes_the_first_are_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
