/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "diag.h"

static char said[8192];

static struct diag start(void)
{
    return (struct diag){.fd = memfd_create("diag", 0), .least = DIAG_INFO};
}

static const char *stop(struct diag *d)
{
    ssize_t n = pread(d->fd, said, sizeof said - 1, 0);
    said[n > 0 ? n : 0] = 0;
    close(d->fd);
    return said;
}

static char *file_of(const char *text, char *path)
{
    strcpy(path, "/tmp/assay-diag-XXXXXX");
    int fd = mkstemp(path);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return path;
}

static void place_caret_and_hint(void **state)
{
    (void)state;
    char path[64], want[512];
    file_of("first\n\tgr\xc3\xb6\xc3\x9f" "e = 12;\n", path);
    struct diag d = start();
    struct diag_place p = {path, 2, 11, 2};
    diag_at(&d, DIAG_ERROR, &p, "less", "too %s", "much");
    snprintf(want, sizeof want, "%s:2:11: error: too much\n    2 |  gr\xc3\xb6\xc3\x9f" "e = 12;\n      |         ^~\n  hint: less\n", path);
    assert_string_equal(stop(&d), want);
    assert_int_equal(d.errors, 1);
    unlink(path);
}

static void long_lines_are_cut(void **state)
{
    (void)state;
    char path[64];
    static char line[100001];
    memset(line, 'x', sizeof line - 1);
    line[50000] = '!';
    file_of(line, path);
    struct diag d = start();
    struct diag_place p = {path, 1, 50001, 1};
    diag_at(&d, DIAG_WARNING, &p, NULL, "here");
    const char *text = stop(&d), *bang = strchr(text, '!'), *caret = strchr(text, '^');
    assert_non_null(bang);
    assert_non_null(caret);
    assert_true(strlen(text) < 600);
    const char *second = strchr(strchr(text, '\n') + 1, '\n') + 1;
    assert_int_equal(bang - (strchr(text, '\n') + 1), caret - second);
    unlink(path);
}

/* A line of bytes that only go on with characters (of another charset) has no place to cut it at. */
static void lines_of_other_charsets_are_shown(void **state)
{
    (void)state;
    char path[64], line[1000];
    memset(line, 0xb6, sizeof line - 1);
    line[sizeof line - 1] = 0;
    file_of(line, path);
    for (uint32_t column = 0; column < 1000; column += 37) {
        struct diag d = start();
        struct diag_place p = {path, 1, column, 1};
        diag_at(&d, DIAG_ERROR, &p, NULL, "here");
        assert_true(strlen(stop(&d)) < 300);
    }
    unlink(path);
}

static void levels_are_counted_and_held_back(void **state)
{
    (void)state;
    struct diag d = start();
    d.least = DIAG_WARNING;
    diag_say(&d, DIAG_INFO, "not this");
    diag_say(&d, DIAG_WARNING, "but this");
    assert_string_equal(stop(&d), "assay: warning: but this\n");
    assert_int_equal(d.warnings, 1);
    assert_int_equal(d.errors, 0);
}

static void json_is_one_line(void **state)
{
    (void)state;
    struct diag d = start();
    d.json = 1;
    struct diag_place p = {"no \"such\" file", 3, 0, 0};
    diag_at(&d, DIAG_ERROR, &p, NULL, "a\nb");
    assert_string_equal(stop(&d), "{\"level\":\"error\",\"file\":\"no \\\"such\\\" file\",\"line\":3,\"column\":null,\"message\":\"a\\nb\",\"hint\":null}\n");
}

static void place_without_file_or_line(void **state)
{
    (void)state;
    struct diag d = start();
    struct diag_place p = {"missing.conf", 0, 0, 0}, q = {"missing.conf", 9, 9, 9};
    diag_at(&d, DIAG_ERROR, &p, NULL, "one");
    diag_at(&d, DIAG_ERROR, &q, NULL, "two");
    assert_string_equal(stop(&d), "missing.conf: error: one\nmissing.conf:9:9: error: two\n");
}

/* An id or a name of a file must not write to the terminal what looks like a message, nor change its settings. */
static void controls_become_blanks(void **state)
{
    (void)state;
    struct diag d = start();
    struct diag_place p = {.file = "a\033[2Jb"};
    diag_at(&d, DIAG_ERROR, &p, "see\rit", "x\033]0;owned\ay\nassay: error: false \xc2\x9b" "31m \xe2\x80\xae"
                                         "abc caf\xe9 \xc3\xa9");
    assert_string_equal(stop(&d), "a [2Jb: error: x ]0;owned y assay: error: false  31m  abc caf\xe9 \xc3\xa9\n"
                                  "  hint: see it\n");
}

static void nearest_word(void **state)
{
    (void)state;
    static const char *const words[] = {"threshold", "tolerance", "copy", NULL};
    assert_string_equal(diag_nearest("treshold", words), "threshold");
    assert_string_equal(diag_nearest("tolernace", words), "tolerance");
    assert_string_equal(diag_nearest("cpoy", words), "copy");
    assert_null(diag_nearest("zebra", words));
    assert_null(diag_nearest("", words));
    char much[400];
    memset(much, 'a', sizeof much - 1);
    much[sizeof much - 1] = 0;
    assert_null(diag_nearest(much, words));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(place_caret_and_hint),     cmocka_unit_test(long_lines_are_cut),
        cmocka_unit_test(lines_of_other_charsets_are_shown), cmocka_unit_test(levels_are_counted_and_held_back),
        cmocka_unit_test(json_is_one_line),         cmocka_unit_test(nearest_word),       cmocka_unit_test(place_without_file_or_line),
        cmocka_unit_test(controls_become_blanks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
