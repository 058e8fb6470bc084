/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <assay/kit/json.h>
#include <assay/layers/document.h>

#include "../sample.h"

extern const struct assay_plugin jsonl_LTX_assay_plugin;

struct options {
    struct assay_text path;
    uint32_t text, spans, documents, zero;
};

static char *run(uint32_t text, uint32_t spans, int findings)
{
    struct fake *f = fake_new();
    sample_fill(f, findings);
    struct options o = {fake_text("-"), text, spans, 1, 0};
    assert_int_equal(fake_write(f, &jsonl_LTX_assay_plugin, &o, NULL), ASSAY_OK);
    char *out = strdup(fake_output(f, NULL));
    fake_free(f);
    return out;
}

static uint32_t count(const char *out, const char *needle)
{
    uint32_t n = 0;
    for (const char *p = out; (p = strstr(p, needle)); p++)
        n++;
    return n;
}

static void test_lines_are_json(void **state)
{
    (void)state;
    char *out = run(1, 1, 1);
    uint32_t lines = 0;
    for (char *p = out, *end; *p; p = end + 1, lines++) {
        end = strchr(p, '\n');
        assert_non_null(end);
        struct assay_json json = {0};
        assay_json_start(&json, (struct assay_text){p, (uint64_t)(end - p)});
        struct assay_text whole;
        enum assay_json_type first = assay_json_next(&json);
        assert_int_equal(first, ASSAY_JSON_OBJECT);
        if (!assay_json_skip(&json, first, &whole)) fail_msg("%s: %.300s", json.error ? json.error : "?", json.at > p + 150 ? json.at - 150 : p);
        assert_int_equal(assay_json_next(&json), ASSAY_JSON_END);
        assay_json_done(&json);
        assert_memory_equal(p, "{\"type\":\"", 9);
    }
    assert_true(lines > 100);
    free(out);
}

static void test_order(void **state)
{
    (void)state;
    char *out = run(0, 0, 1);
    const char *order[] = {"{\"type\":\"document\",\"doc\":\"courier/quake-1.html\"", "{\"type\":\"language\",\"doc\":\"courier/quake-1.html\"",
                           "{\"type\":\"claim\",\"id\":\"courier/quake-1.html#", "{\"type\":\"document\",\"doc\":\"courier/quake-2.html\"",
                           "{\"type\":\"document\",\"doc\":\"xezer/ixrac.txt\"", "{\"type\":\"copy\"", "{\"type\":\"cluster\"", "{\"type\":\"finding\"",
                           "{\"type\":\"failure\"", "{\"type\":\"skipped\"", "{\"type\":\"run\""};
    const char *last = out;
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        const char *at = strstr(out, order[i]);
        assert_non_null(at);
        assert_true(at >= last);
        last = at;
    }
    free(out);
}

static void has(const char *out, const char *line)
{
    if (!strstr(out, line))
        fail_msg("not found: %s", line);
}

static void test_values(void **state)
{
    (void)state;
    char *out = run(0, 0, 1);
    has(out, "\"repairs\":[{\"begin\":2,\"end\":5,\"from\":\"\u0420\",\"to\":\"P\"}]");
    has(out, "\"metadata\":{\"desk\":\"foreign\",\"a\\\"b\":\"<x>\"}");
    has(out, "\"metadata\":{}");
    has(out, "{\"type\":\"claim\",\"id\":\"courier/quake-1.html#67-78\",\"doc\":\"courier/quake-1.html\",\"begin\":67,\"end\":78,\"raw\":[479,490],"
             "\"page\":null,\"text\":\"About 1,200\",\"sentence\":[67,");
    has(out, "\"kind\":\"number\",\"value\":1200,\"value_high\":null,\"decimal\":\"1200\",\"decimal_high\":null,\"alternative\":null,\"bound\":\"~\"");
    has(out, "\"relation\":null,\"status\":\"asserted\",\"time\":{\"from\":\"2024-05-01\",\"to\":\"2024-05-01\",\"text\":null,\"begin\":0,\"end\":0}");
    has(out, "\"entities\":[{\"text\":\"Varn\",\"begin\":0,\"end\":4,\"id\":\"varn\"}],\"speaker\":null");
    has(out, "\"raw\":null");
    has(out, "\"confidence\":null}"); /* not finite */
    has(out, "{\"type\":\"copy\",\"relation\":\"contains\",\"a\":{\"doc\":\"courier/quake-1.html\",\"begin\":0,\"end\":");
    has(out, "\"cluster\":\"c1\",\"first\":\"courier/quake-1.html\",\"figures_differ\":[{\"a\":[67,78],\"b\":[67,78]}]}");
    has(out, "\"cluster\":null,\"first\":null,\"figures_differ\":[]}");
    has(out, "\"docs\":[\"courier/quake-1.html\",\"mirror/varn-copy.txt\",\"mirror/varn-same.txt\"]");
    has(out, "\"verdict\":\"conflict\",\"severity\":\"high\",\"rank\":1,");
    has(out, "\"scope_of\":\"within\"");
    has(out, "\"claims\":[\"courier/quake-1.html#67-78\",\"mirror/varn-same.txt#67-78\",\"nahar/varn.txt#");
    has(out, "\"pairs\":[{\"a\":0,\"b\":1,\"verdict\":\"conflict\",\"rule\":\"level\"},");
    has(out, "\"hint\":\"x10\",\"period\":{\"from\":\"2023\",\"to\":\"2023\"}");
    has(out, "\"review\":\"reopened\",\"note\":\"seen on Monday\"}");
    has(out, "\"line\":17,\"key\":null,\"plugin\":\"jsonl_in\",\"stage\":\"read\",\"code\":\"syntax\"");
    has(out, "\"skipped\":[{\"name\":\"binary\",\"count\":1},{\"name\":\"empty\",\"count\":1}]");
    assert_int_equal(count(out, "{\"type\":\"finding\""), 11);
    assert_int_equal(count(out, "\"text_bytes\""), 15);
    free(out);
}

static void test_options(void **state)
{
    (void)state;
    char *bare = run(0, 0, 0), *full = run(1, 1, 0);
    assert_null(strstr(bare, "\"map\""));
    assert_null(strstr(bare, "finding"));
    has(full, ",\"map\":null}");
    has(full, ",\"map\":[[0,412,");
    has(full, ",\"text\":\"77 bottles. 1,500 seats.\"");
    free(bare);
    free(full);
}

/* The second of two records with one span. */
static void test_equal_spans(void **state)
{
    (void)state;
    static const struct assay_field rows[] = {{"at", ASSAY_SPAN, ASSAY_SELF, 0, 8, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, "place"}};
    static const struct assay_fields fields = {sizeof rows[0], 1, 8, 0, rows};
    struct fake *f = fake_new();
    sample_fill(f, 0);
    uint32_t layer = fake_layer(f, "vendor_ship", ASSAY_ON_DOCUMENT | ASSAY_NAMED, &fields, 8);
    struct assay_span span = {1, 3};
    struct assay_document record = {.doc = fake_text("zz")};
    assay_docid doc = fake_document(f, &record, fake_text("abcdef"), 0);
    fake_add(f, layer, doc, &span);
    fake_add(f, layer, doc, &span);
    struct options o = {fake_text("-"), 0, 0, 1, 0};
    assert_int_equal(fake_write(f, &jsonl_LTX_assay_plugin, &o, NULL), ASSAY_OK);
    has(fake_output(f, NULL), "{\"type\":\"vendor_ship\",\"id\":\"zz#1-3\",\"doc\":\"zz\",\"begin\":1,\"end\":3,\"raw\":null}\n"
                              "{\"type\":\"vendor_ship\",\"id\":\"zz#1-3~2\",\"doc\":\"zz\",\"begin\":1,\"end\":3,\"raw\":null}\n");
    fake_free(f);
}

static void test_full_disk(void **state)
{
    (void)state;
    struct fake *f = fake_new();
    sample_fill(f, 1);
    fake_break(f, 1);
    struct options o = {fake_text("-"), 0, 0, 1, 0};
    assert_int_equal(fake_write(f, &jsonl_LTX_assay_plugin, &o, NULL), ASSAY_EFATAL);
    assert_string_equal(fake_message(f), "no space left on device");
    fake_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_are_json), cmocka_unit_test(test_order),       cmocka_unit_test(test_values),
        cmocka_unit_test(test_options),        cmocka_unit_test(test_equal_spans), cmocka_unit_test(test_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
