/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <assay/kit/json.h>
#include <assay/layers/claim.h>
#include <assay/layers/document.h>

#include "../sample.h"
#include "table.h"

extern const struct assay_plugin csv_LTX_assay_plugin;

struct options {
    struct assay_text path;
    uint32_t bom;
};

static char folder[] = "/tmp/assay-csv-XXXXXX";

static char *slurp(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/out/%s", folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 20);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

static int setup(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    struct fake *f = fake_new();
    sample_fill(f, 1);
    struct options o = {fake_text("x/out"), 0};
    assay_status status = fake_write(f, &csv_LTX_assay_plugin, &o, folder);
    if (status)
        fprintf(stderr, "%s\n", fake_message(f));
    fake_free(f);
    return status ? -1 : 0;
}

static int teardown(void **state)
{
    (void)state;
    static const char *const name[] = {"findings.csv", "evidence.csv", "claims.csv", "datapackage.json"};
    char path[256];
    if (getenv("KEEP"))
        return 0;
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/out/%s", folder, name[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/out", folder);
    rmdir(path);
    return rmdir(folder);
}

/* An own reader after RFC 4180: counts rows and columns; a row of another width fails. Gives the rows without the header. */
static uint32_t count_rows(const char *text, uint32_t *columns)
{
    uint32_t rows = 0, cells = 1, quoted = 0;
    *columns = 0;
    for (const char *p = text; *p; p++) {
        if (*p == '"') {
            quoted = !quoted;
        } else if (!quoted && *p == ',') {
            cells++;
        } else if (!quoted && *p == '\r') {
            assert_int_equal(p[1], '\n');
            if (rows++ == 0)
                *columns = cells;
            assert_int_equal(cells, *columns);
            cells = 1;
            p++;
        }
    }
    assert_int_equal(quoted, 0);
    return rows - 1;
}

static void has(const char *out, const char *piece)
{
    if (!strstr(out, piece))
        fail_msg("not found: %s", piece);
}

static void test_shape(void **state)
{
    (void)state;
    uint32_t columns;
    char *text = slurp("findings.csv");
    assert_int_equal(count_rows(text, &columns), 11);
    assert_int_equal(columns, 20);
    has(text, "1,f-injured,conflict,high,0.93,\"People injured in Varn: about 1,200, about 1,300 or at least 2,100\"");
    free(text);
    text = slurp("evidence.csv");
    assert_int_equal(count_rows(text, &columns), 33);
    has(text, "1,f-injured,conflict,2,2100,,at-least,,2,meridian/varn.txt#37-51,The Meridian Post,2024-05-02,");
    has(text, ",67,78,479,490,\"About 1,200\",\"About 1,200 people were injured, the governor's office said.\"\r\n");
    free(text);
    text = slurp("claims.csv");
    assert_int_equal(count_rows(text, &columns), 35);
    has(text, ",61,exact,,person,,,,"); /* no unit: no value in a base unit */
    has(text, "over,USD,,300000000,USD,");
    free(text);
}

/* Excel takes a file without a byte order mark for one in the system's old encoding. */
static void test_byte_order_mark(void **state)
{
    (void)state;
    struct csv_table t = {.name = "marked", .columns = 0};
    char path[64];
    for (int bom = 0; bom < 2; bom++) {
        assert_true(csv_open(&t, folder, bom));
        assert_int_equal(t.buf.size >= 3 && !memcmp(t.buf.at, "\xef\xbb\xbf", 3), bom);
        csv_close(&t);
    }
    snprintf(path, sizeof path, "%s/marked.csv", folder);
    unlink(path);
}

static void test_formulas_are_defused(void **state)
{
    (void)state;
    char *text = slurp("evidence.csv");
    has(text, "\"'=HYPERLINK(\"\"http://x\"\")\"");
    assert_null(strstr(text, ",=HYPER"));
    assert_null(strstr(text, ",\"=HYPER"));
    free(text);
    struct csv_table t = {.name = "t", .columns = 0};
    static const char *const bad[] = {"=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        t.buf.size = 0;
        t.at = 0;
        csv_text(&t, fake_text(bad[i]));
        assert_int_equal(t.buf.at[t.buf.at[0] == '"'], '\'');
    }
    t.buf.size = t.at = 0;
    csv_text(&t, fake_text("plain - text"));
    csv_real(&t, -5.5, 1);
    csv_real(&t, 1.0 / 0.0, 1);
    csv_text(&t, fake_text("a;b"));
    assert_memory_equal(t.buf.at, "plain - text,-5.5,,\"a;b\"", 24);
    assay_buf_free(&t.buf);
}

static void test_package_is_json(void **state)
{
    (void)state;
    char *text = slurp("datapackage.json");
    struct assay_json json = {0};
    assay_json_start(&json, fake_text(text));
    assert_true(assay_json_skip(&json, assay_json_next(&json), NULL));
    assert_int_equal(assay_json_next(&json), ASSAY_JSON_END);
    assay_json_done(&json);
    free(text);
}

/* Figures of one span have ids that tell them apart, as in all other outputs. */
static void test_equal_spans(void **state)
{
    (void)state;
    struct fake *f = fake_new();
    struct sample s = sample_fill(f, 1);
    struct assay_document document = {.doc = fake_text("twins.txt"), .path = fake_text("twins.txt")};
    struct assay_claim claim = {.span = {0, 2}, .text = fake_text("12"), .sentence = {0, 8}, .decimal = fake_text("12")};
    struct options o = {fake_text("x/out"), 0};
    assay_docid doc = fake_document(f, &document, fake_text("12 boats"), 0);
    for (int i = 0; i < 3; i++)
        fake_add(f, s.claim, doc, &claim);
    assert_int_equal(fake_write(f, &csv_LTX_assay_plugin, &o, folder), ASSAY_OK);
    fake_free(f);
    char *text = slurp("claims.csv");
    has(text, "twins.txt#0-2,");
    has(text, "twins.txt#0-2~2,");
    has(text, "twins.txt#0-2~3,");
    assert_null(strstr(text, "twins.txt#0-2~1"));
    free(text);
}

static void test_unwritable(void **state)
{
    (void)state;
    struct fake *f = fake_new();
    sample_fill(f, 1);
    struct options o = {fake_text("out"), 0};
    assert_int_equal(fake_write(f, &csv_LTX_assay_plugin, &o, "/nowhere"), ASSAY_EFATAL);
    has(fake_message(f), "cannot make the folder");
    fake_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shape),
        cmocka_unit_test(test_byte_order_mark),
        cmocka_unit_test(test_formulas_are_defused),
        cmocka_unit_test(test_package_is_json),
        cmocka_unit_test(test_equal_spans),
        cmocka_unit_test(test_unwritable),
    };
    return cmocka_run_group_tests(tests, setup, teardown) != 0;
}
