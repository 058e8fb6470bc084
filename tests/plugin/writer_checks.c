/* SPDX-License-Identifier: Apache-2.0 */
#include "writer_checks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/json.h>

struct options {
    struct assay_text path;
};

void has(const char *output, const char *piece)
{
    if (!strstr(output, piece))
        fail_msg("not found: %s", piece);
}

static struct fake *sample(void)
{
    struct fake *f = fake_new();
    sample_fill(f, 1);
    return f;
}

void check_json(const struct assay_plugin *writer, const char *const *pieces)
{
    struct fake *f = sample();
    struct options o = {fake_text("-")};
    assert_int_equal(fake_write(f, writer, &o, NULL), ASSAY_OK);
    size_t size;
    const char *out = fake_output(f, &size);
    struct assay_json json = {0};
    assay_json_start(&json, (struct assay_text){out, size});
    if (!assay_json_skip(&json, assay_json_next(&json), NULL))
        fail_msg("%s: %.80s", json.error, json.at);
    assert_int_equal(assay_json_next(&json), ASSAY_JSON_END);
    assay_json_done(&json);
    for (; *pieces; pieces++)
        has(out, *pieces);
    fake_free(f);
}

void check_full_disk(const struct assay_plugin *writer)
{
    struct fake *f = sample();
    struct options o = {fake_text("-")};
    fake_break(f, 1);
    assert_true(fake_write(f, writer, &o, NULL) < 0);
    fake_free(f);
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s is not there", path);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

void check_folder(const struct assay_plugin *writer, const char *file, const char *const *pieces)
{
    char folder[] = "/tmp/assay-test-XXXXXX", path[600];
    assert_non_null(mkdtemp(folder));
    struct fake *f = sample();
    struct options o = {fake_text("out")};
    assert_int_equal(fake_write(f, writer, &o, folder), ASSAY_OK);
    snprintf(path, sizeof path, "%s/%s", fake_temporary(f), file);
    char *text = read_file(path);
    for (; *pieces; pieces++)
        has(text, *pieces);
    free(text);
    fake_free(f);
    snprintf(path, sizeof path, "rm -rf '%s'", folder);
    assert_int_equal(system(path), 0);
}

void check_unwritable(const struct assay_plugin *writer)
{
    struct fake *f = sample();
    struct options o = {fake_text("out")};
    assert_true(fake_write(f, writer, &o, "/proc/nowhere") < 0);
    has(fake_message(f), "/proc/nowhere");
    fake_free(f);
}
