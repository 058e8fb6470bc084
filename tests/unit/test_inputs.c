/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inputs.h"
#include "run.h"

static void cleaned(const char *path, const char *want)
{
    struct arena arena = {0};
    struct assay_text got = clean_path(&arena, path);
    assert_string_equal(got.at, want);
    assert_int_equal(got.size, strlen(want));
    arena_free(&arena);
}

static void paths_are_cleaned_lexically(void **state)
{
    (void)state;
    cleaned("a", "a");
    cleaned("./a//b/./c", "a/b/c");
    cleaned("a/b/../c", "a/c");
    cleaned("a/../../b", "../b");
    cleaned("../../x/..", "../..");
    cleaned("/..//a/", "/a");
    cleaned("/", "/");
    cleaned(".", ".");
    cleaned("a/..", ".");
    cleaned("", ".");
    cleaned("...", "...");
    cleaned("..a/..", ".");
    cleaned("a/\xff\xfe" "b/\xd0\xbf\xd0", "a/%FF%FEb/\xd0\xbf%D0");
}

static char folder[] = "/tmp/assay-inputs-XXXXXX";

static void put(const char *name, const char *text)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static void folders_are_walked_in_order(void **state)
{
    (void)state;
    static const char *const want[] = {"d/B", "d/a.txt", "d/sub/in", "d/sub.txt", "d/z"};
    struct inputs in = {0};
    struct store store;
    struct diag diag = {.fd = -1, .least = DIAG_ERROR + 1};
    const struct plan plan = {.stdin_step = PLAN_NONE};
    const char *const paths[] = {"d", "d/z", NULL};
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(mkdir("d", 0700) | mkdir("d/sub", 0700), 0);
    put("d/z", "zz");
    put("d/a.txt", "a");
    put("d/B", "b");
    put("d/sub/in", "inner");
    put("d/sub.txt", "");
    put("d/.hidden", "h");
    assert_int_equal(symlink("..", "d/sub/up"), 0);
    assert_int_equal(store_open(&store, 1 << 20), 0);
    assert_int_equal(inputs_list(&in, paths, &plan, &store, &diag), RUN_DONE);
    assert_int_equal(in.inputs, 6);
    for (uint32_t i = 0; i < 5; i++)
        assert_string_equal(in.input[i].name.at, want[i < 2 ? i : i == 2 ? 3 : i == 3 ? 2 : 4]);
    assert_string_equal(in.input[5].name.at, "d/z");
    assert_int_equal(in.input[5].size, 2);
    assert_int_equal(in.bytes, 2 + 1 + 1 + 5 + 2);
    assert_int_equal(in.passes, 2); /* hidden; loop */
    inputs_free(&in);
    const char *const missing[] = {"d", "gone", NULL};
    assert_int_equal(inputs_list(&in, missing, &plan, &store, &diag), RUN_USAGE);
    inputs_free(&in);
    store_close(&store);
    assert_int_equal(system("rm -rf d"), 0);
    assert_int_equal(chdir("/") | rmdir(folder), 0);
}

/* Links among twelve folders make more than 10^9 paths; each folder is read once, under its own name where it has one in the
 * walk, else under the first link in the order of paths. */
static void linked_folders_are_read_once(void **state)
{
    (void)state;
    struct inputs in = {0};
    struct store store;
    struct diag diag = {.fd = -1, .least = DIAG_ERROR + 1};
    const struct plan plan = {.stdin_step = PLAN_NONE};
    const char *const paths[] = {"d", NULL};
    char room[] = "/tmp/assay-links-XXXXXX", name[64], target[64];
    assert_non_null(mkdtemp(room));
    assert_int_equal(chdir(room), 0);
    assert_int_equal(mkdir("d", 0700) | mkdir("beside", 0700) | mkdir("d/res", 0700) | mkdir("d/run", 0700) | mkdir("d/run/tasks", 0700), 0);
    put("beside/b.txt", "b");
    put("d/res/.assay", "");
    put("d/res/claims.csv", "id");
    put("d/run/assay-run", "assay run folder 1");
    put("d/run/result.jsonl", "{}");
    assert_int_equal(symlink("../beside", "d/z") | symlink("../beside", "d/a"), 0);
    for (int i = 0; i < 12; i++) {
        snprintf(name, sizeof name, "d/%d", i);
        assert_int_equal(mkdir(name, 0700), 0);
        snprintf(name, sizeof name, "d/%d/t", i);
        put(name, "t");
        for (int k = 0; k < 12; k++) {
            snprintf(name, sizeof name, "d/%d/to%d", i, k);
            snprintf(target, sizeof target, "../%d", k);
            if (k != i)
                assert_int_equal(symlink(target, name), 0);
        }
    }
    assert_int_equal(store_open(&store, 1 << 20), 0);
    assert_int_equal(inputs_list(&in, paths, &plan, &store, &diag), RUN_DONE);
    assert_int_equal(in.inputs, 13);
    assert_string_equal(in.input[12].name.at, "d/a/b.txt");
    uint32_t linked = 0, ours = 0;
    for (uint64_t i = 0; i < in.passes; i++) {
        linked += !strcmp(in.passed[i].reason, "linked twice");
        ours += !strcmp(in.passed[i].reason, "results") || !strcmp(in.passed[i].reason, "run folder");
    }
    assert_int_equal(linked, 12 * 11 + 1);
    assert_int_equal(ours, 2);
    inputs_free(&in);
    store_close(&store);
    assert_int_equal(chdir("/"), 0);
    snprintf(name, sizeof name, "rm -rf %s", room);
    assert_int_equal(system(name), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(paths_are_cleaned_lexically), cmocka_unit_test(folders_are_walked_in_order),
                                       cmocka_unit_test(linked_folders_are_read_once)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
