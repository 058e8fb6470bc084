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
#include <xxhash.h>

#include "options.h"

struct part {
    struct assay_text name;
    uint32_t weight, zero;
};
static const struct assay_field part_rows[] = {
    ASSAY_OPTION(struct part, name, ASSAY_TEXT, ASSAY_MUST, NULL, NULL, NULL, NULL, ""),
    ASSAY_OPTION(struct part, weight, ASSAY_U32, 0, NULL, "1", "1", "9", ""),
};
static const struct assay_fields part_fields = ASSAY_FIELDS(struct part, part_rows);

struct options {
    uint32_t flag, count, mode, has_real;
    int64_t offset, wait;
    uint64_t big, room;
    double real;
    struct assay_text label, lexicon, path;
    struct assay_list languages, parts, numbers;
};
static const struct assay_field rows[] = {
    ASSAY_OPTION(struct options, flag, ASSAY_FLAG, 0, NULL, "true", NULL, NULL, ""),
    ASSAY_OPTION(struct options, count, ASSAY_U32, 0, NULL, "3", "1", "10", ""),
    ASSAY_OPTION(struct options, mode, ASSAY_CHOICE, 0, "fast|thorough", "thorough", NULL, NULL, ""),
    ASSAY_OPTION(struct options, offset, ASSAY_I64, 0, NULL, "-1", "-5", "5", ""),
    ASSAY_OPTION(struct options, wait, ASSAY_MSEC, 0, NULL, "10s", NULL, NULL, ""),
    ASSAY_OPTION(struct options, big, ASSAY_U64, 0, NULL, "18446744073709551615", NULL, NULL, ""),
    ASSAY_OPTION(struct options, room, ASSAY_SIZE, 0, NULL, "2MB", NULL, NULL, ""),
    {"real", ASSAY_REAL, 0, offsetof(struct options, real), sizeof(double), offsetof(struct options, has_real), 0, NULL, NULL, "0", "1", ""},
    ASSAY_OPTION(struct options, label, ASSAY_TEXT, ASSAY_FROM_ROUND(2), NULL, NULL, NULL, NULL, ""),
    ASSAY_OPTION(struct options, lexicon, ASSAY_PATH, 0, NULL, NULL, NULL, NULL, ""),
    ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_OUTPUT, NULL, "-", NULL, NULL, ""),
    ASSAY_OPTION(struct options, languages, ASSAY_TEXT, ASSAY_LIST, NULL, NULL, NULL, NULL, ""),
    ASSAY_OPTION(struct options, parts, ASSAY_RECORD, ASSAY_LIST, &part_fields, NULL, NULL, NULL, ""),
    ASSAY_OPTION(struct options, numbers, ASSAY_U32, ASSAY_LIST, NULL, NULL, "1", "9", ""),
};
static const struct assay_fields fields = ASSAY_FIELDS(struct options, rows);

static struct arena arena;
static struct diag silent = {.fd = -1, .least = DIAG_ERROR};

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static uint32_t fill(const char *text, const struct options_set *set, uint32_t sets, struct options *o)
{
    char path[] = "/tmp/assay-options-XXXXXX";
    struct conf_file f = {0};
    int fd = mkstemp(path);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    assert_true(conf_read(path, &arena, &silent, &f));
    unlink(path);
    memset(o, 0, sizeof *o);
    struct options_request q = {&fields, "step", &f.root, "plugin", set, sets, "/chain", &arena, &silent};
    return options_fill(&q, o);
}

static void assert_text(struct assay_text t, const char *want)
{
    assert_non_null(t.at);
    assert_int_equal(t.size, strlen(want));
    assert_memory_equal(t.at, want, t.size + 1); /* terminated too */
}

static void defaults(void **state)
{
    (void)state;
    struct options o;
    assert_int_equal(fill("plugin = \"step\";", NULL, 0, &o), 0);
    assert_int_equal(o.flag, 1);
    assert_int_equal(o.count, 3);
    assert_int_equal(o.mode, 1);
    assert_int_equal(o.offset, -1);
    assert_int_equal(o.wait, 10000);
    assert_true(o.big == UINT64_MAX);
    assert_int_equal(o.room, 2 << 20);
    assert_int_equal(o.has_real, 0);
    assert_null(o.label.at);
    assert_null(o.lexicon.at);
    assert_text(o.path, "-");
    assert_int_equal(o.languages.count, 0);
}

static void from_the_file(void **state)
{
    (void)state;
    struct options o;
    assert_int_equal(fill("flag = false; count = 10; mode = \"fast\"; offset = 5; wait = \"250ms\"; big = 5000000000L; room = 4096; real = 1; label = \"\";"
                          "lexicon = \"a/b.cfg\"; path = \"out.jsonl\"; languages = [\"en\", \"ru\"]; parts = ( { name = \"x\"; weight = 9; }, { name = \"y\"; } );"
                          "numbers = (1, 9);",
                          NULL, 0, &o),
                     0);
    assert_int_equal(o.flag, 0);
    assert_int_equal(o.count, 10);
    assert_int_equal(o.mode, 0);
    assert_int_equal(o.wait, 250);
    assert_true(o.big == 5000000000u);
    assert_int_equal(o.room, 4096);
    assert_int_equal(o.has_real, 1);
    assert_true(o.real >= 1.0 && o.real <= 1.0);
    assert_text(o.label, "");
    assert_text(o.lexicon, "/chain/a/b.cfg"); /* counts from the chain file */
    assert_text(o.path, "out.jsonl");         /* counts from the working directory */
    assert_int_equal(o.languages.count, 2);
    assert_text(*ASSAY_AT(struct assay_text, o.languages, 1), "ru");
    assert_int_equal(o.parts.count, 2);
    assert_int_equal(ASSAY_AT(struct part, o.parts, 0)->weight, 9);
    assert_int_equal(ASSAY_AT(struct part, o.parts, 1)->weight, 1);
    assert_text(ASSAY_AT(struct part, o.parts, 1)->name, "y");
    assert_int_equal(*ASSAY_AT(uint32_t, o.numbers, 1), 9);
}

static void set_wins(void **state)
{
    (void)state;
    struct options o;
    const struct options_set set[] = {{"count", "4", ""}, {"languages", "de,fr,", ""}, {"lexicon", "here.cfg", ""}, {"count", "5", ""}, {"real", "0.25", ""}};
    assert_int_equal(fill("count = 1; languages = [\"en\"]; real = 0.5;", set, 5, &o), 0);
    assert_int_equal(o.count, 5);
    assert_int_equal(o.languages.count, 3);
    assert_text(*ASSAY_AT(struct assay_text, o.languages, 2), "");
    assert_text(o.lexicon, "here.cfg");
    assert_true(o.real >= 0.25 && o.real <= 0.25);
    const struct options_set empty[] = {{"languages", "", ""}};
    assert_int_equal(fill("languages = [\"en\"];", empty, 1, &o), 0);
    assert_int_equal(o.languages.count, 0);
}

static void every_error_is_counted(void **state)
{
    (void)state;
    struct options o;
    const struct options_set set[] = {{"nothing", "4", ""}, {"parts", "x", ""}, {"flag", "yes", ""}, {"big", "-1", ""}};
    assert_int_equal(fill("conut = 1; flag = 0; count = 11; mode = \"slow\"; offset = -6; wait = 5; room = \"5 miles\"; real = 1.01; label = 5;"
                          "languages = \"en\"; parts = ( { weight = 0; }, { name = \"y\"; x = 1; } ); numbers = [0, 10, 5];",
                          NULL, 0, &o),
                     15);
    assert_int_equal(fill("", set, 4, &o), 4);
}

static void sizes_and_times(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "MB", "-1", "1.5GB", "1gb", "1 K", "99999999999TB", "9223372036854775808", "1GB ", " 1"};
    uint64_t u;
    int64_t i;
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        if (options_size(bad[k], &u))
            fail_msg("a size: '%s'", bad[k]);
    assert_true(options_size("9223372036854775807", &u));
    assert_true(options_size("3 KB", &u) && u == 3072);
    assert_true(options_size("1TiB", &u) && u == 1ull << 40);
    assert_true(options_msec("2h", &i) && i == 7200000);
    assert_true(options_msec("0", &i) && i == 0);
    assert_false(options_msec("10", &i));
    assert_false(options_msec("-1s", &i));
    assert_false(options_msec("1d", &i));
}

static uint64_t digest_until(const char *text, uint32_t round)
{
    struct options o;
    XXH3_state_t *x = XXH3_createState();
    XXH3_128bits_reset(x);
    assert_int_equal(fill(text, NULL, 0, &o), 0);
    options_digest(&fields, &o, round, x);
    XXH128_hash_t h = XXH3_128bits_digest(x);
    XXH3_freeState(x);
    return h.low64;
}

static uint64_t digest(const char *text)
{
    return digest_until(text, UINT32_MAX);
}

static void digest_follows_values_not_outputs(void **state)
{
    (void)state;
    assert_true(digest("count = 3;") == digest(""));
    assert_true(digest("path = \"elsewhere\";") == digest(""));
    assert_true(digest("count = 4;") != digest(""));
    assert_true(digest_until("label = \"x\";", 1) == digest_until("", 1)); /* matters from round 2 on */
    assert_true(digest_until("label = \"x\";", 2) != digest_until("", 2));
    assert_true(digest_until("count = 4;", 0) != digest_until("", 0));
    assert_true(digest("languages = [\"a\", \"bc\"];") != digest("languages = [\"ab\", \"c\"];"));
    assert_true(digest("parts = ( { name = \"x\"; } );") != digest("parts = ( { name = \"x\"; weight = 2; } );"));
    char path[] = "/tmp/assay-lexicon-XXXXXX", text[128];
    int fd = mkstemp(path);
    assert_int_equal(write(fd, "one", 3), 3);
    snprintf(text, sizeof text, "lexicon = \"%s\";", path);
    uint64_t before = digest(text);
    assert_int_equal(pwrite(fd, "two", 3, 0), 3);
    assert_true(digest(text) != before); /* the bytes of the file count */
    close(fd);
    unlink(path);
}

static void tables_that_lie(void **state)
{
    (void)state;
    char room[256];
    static const struct assay_field bad_default[] = {ASSAY_OPTION(struct options, count, ASSAY_U32, 0, NULL, "11", "1", "10", "")};
    static const struct assay_field bad_min[] = {ASSAY_OPTION(struct options, count, ASSAY_U32, 0, NULL, "5", "one", "10", "")};
    static const struct assay_field bad_choice[] = {ASSAY_OPTION(struct options, mode, ASSAY_CHOICE, 0, "a|b", "c", NULL, NULL, "")};
    static const struct assay_field both[] = {ASSAY_OPTION(struct options, count, ASSAY_U32, ASSAY_MUST, NULL, "5", NULL, NULL, "")};
    static const struct assay_fields f1 = ASSAY_FIELDS(struct options, bad_default), f2 = ASSAY_FIELDS(struct options, bad_min),
                                     f3 = ASSAY_FIELDS(struct options, bad_choice), f4 = ASSAY_FIELDS(struct options, both);
    assert_null(options_check(&fields, room, sizeof room));
    assert_non_null(options_check(&f1, room, sizeof room));
    assert_non_null(options_check(&f2, room, sizeof room));
    assert_non_null(options_check(&f3, room, sizeof room));
    assert_non_null(options_check(&f4, room, sizeof room));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults),        cmocka_unit_test(from_the_file),   cmocka_unit_test(set_wins),
        cmocka_unit_test(sizes_and_times), cmocka_unit_test(tables_that_lie), cmocka_unit_test(every_error_is_counted),
        cmocka_unit_test(digest_follows_values_not_outputs),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down) != 0;
}
