/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include <assay/kit/decode.h>
#include <assay/layers/claim.h>
#include <assay/layers/copy.h>
#include <assay/layers/document.h>
#include <assay/layers/finding.h>

static void *block[1000];
static size_t blocks;

static void *alloc(void *own, uint64_t size)
{
    (void)own;
    if (blocks == 1000)
        return NULL;
    return block[blocks++] = calloc(1, size);
}

static int ref(void *own, const char *layer, struct assay_text id, struct assay_ref *to)
{
    (void)own;
    assert_string_equal(layer, "claim/1");
    *to = (struct assay_ref){7, (uint32_t)id.size, 0};
    return id.size != 3;
}

static int teardown(void **state)
{
    (void)state;
    while (blocks)
        free(block[--blocks]);
    return 0;
}

static int decode(const struct assay_fields *fields, const char *json, void *record, const char **error)
{
    struct assay_decode d = {.alloc = alloc, .ref = ref};
    int ok = assay_decode_record(&d, fields, (struct assay_text){json, strlen(json)}, record);
    if (error)
        *error = d.error;
    else if (!ok)
        fail_msg("%s", d.error);
    return ok;
}

static void is(struct assay_text text, const char *expected)
{
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.at, expected, text.size);
}

static void test_claim(void **state)
{
    (void)state;
    struct assay_claim c;
    decode(&assay_claim_fields,
           "{\"type\":\"claim\",\"id\":\"a#1-2\",\"doc\":\"a\",\"begin\":1,\"end\":2,\"raw\":[3,4],\"page\":null,\"text\":\"\\u00fc\\n\",\"sentence\":[0,9],"
           "\"kind\":\"money\",\"value\":1.5,\"value_high\":null,\"decimal\":\"1.5\",\"bound\":\">=\",\"relation\":\"to\",\"unknown\":{\"a\":[1]},"
           "\"time\":{\"from\":\"2024\",\"to\":null,\"text\":null,\"begin\":5,\"end\":7},\"measured\":{\"text\":\"x\",\"begin\":1,\"end\":2,"
           "\"stems\":[\"a\",\"b\"],\"concept\":null},\"entities\":[{\"text\":\"E\",\"begin\":8,\"end\":9,\"id\":null}],\"speaker\":null,\"confidence\":null}",
           &c, NULL);
    assert_int_equal(c.span.begin, 1);
    assert_int_equal(c.span.end, 2);
    assert_int_equal(c.has_page, 0);
    is(c.text, "ü\n");
    assert_int_equal(c.sentence.end, 9);
    assert_int_equal(c.kind, ASSAY_KIND_MONEY);
    assert_true(c.value == 1.5 && !c.has_value_high);
    assert_int_equal(c.bound, ASSAY_BOUND_AT_LEAST);
    assert_true(c.has_relation && c.relation == ASSAY_RELATION_TO);
    assert_true(c.has_time && c.time.span.begin == 5 && !c.time.to.at);
    is(c.time.from, "2024");
    assert_true(c.has_measured && c.measured.stems.count == 2 && c.measured.span.end == 2);
    is(*ASSAY_AT(struct assay_text, c.measured.stems, 1), "b");
    assert_int_equal(c.entities.count, 1);
    assert_int_equal(ASSAY_AT(struct assay_entity, c.entities, 0)->span.begin, 8);
    assert_false(c.has_speaker);
    assert_true(isnan(c.confidence));
}

static void test_finding(void **state)
{
    (void)state;
    struct assay_finding f;
    decode(&assay_finding_fields,
           "{\"id\":\"f\",\"verdict\":\"agree\",\"severity\":\"check\",\"rank\":7,\"claims\":[\"a#1\",\"long#1-2\"],\"values\":[{\"value\":3,\"claims\":"
           "[\"x#1-2\"],\"sources\":[\"A\",\"B\"]},{\"value\":-4e3,\"claims\":[]}],\"pairs\":[{\"a\":0,\"b\":1,\"verdict\":\"scope\",\"rule\":\"r\"}],"
           "\"hint\":null,\"period\":null,\"review\":\"reopened\"}",
           &f, NULL);
    assert_int_equal(f.verdict, ASSAY_AGREE);
    assert_int_equal(f.severity, ASSAY_CHECK);
    assert_int_equal(f.rank, 7);
    assert_int_equal(f.claims.count, 2);
    assert_int_equal(ASSAY_AT(struct assay_ref, f.claims, 1)->index, 8);
    assert_int_equal(f.values.count, 2);
    assert_true(ASSAY_AT(struct assay_value, f.values, 1)->value == -4000);
    assert_int_equal(ASSAY_AT(struct assay_value, f.values, 0)->sources.count, 2);
    assert_int_equal(ASSAY_AT(struct assay_verdict_pair, f.pairs, 0)->verdict, ASSAY_SCOPE);
    assert_true(!f.has_hint && !f.has_period && f.has_review && f.review == 2);
}

static void test_places_and_objects(void **state)
{
    (void)state;
    struct assay_copy c;
    struct assay_document d;
    decode(&assay_copy_fields, "{\"a\":{\"doc\":\"x\",\"begin\":3,\"end\":5,\"raw\":null},\"b\":null,\"first\":\"x\",\"figures_differ\":[{\"a\":[1,2],\"b\":[3,4]}]}",
           &c, NULL);
    assert_true(c.a.doc == XXH3_64bits("x", 1) && c.a.span.end == 5 && !c.b.doc && c.first == c.a.doc);
    assert_int_equal(ASSAY_AT(struct assay_differ, c.figures_differ, 0)->b.begin, 3);
    decode(&assay_document_fields, "{\"doc\":\"d\",\"raw_bytes\":18446744073709551615,\"metadata\":{\"a\":\"b\",\"c\":{\"d\":[1]},\"e\":null}}", &d, NULL);
    assert_true(d.raw_bytes == UINT64_MAX && d.metadata.count == 3);
    is(ASSAY_AT(struct assay_pair, d.metadata, 1)->value, "{\"d\":[1]}");
    assert_null(ASSAY_AT(struct assay_pair, d.metadata, 2)->value.at);
}

static void test_wrong(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "[]", "{", "{\"value\":}", "{\"value\":true}", "{\"value\":\"1\"}", "{\"text\":1}", "{\"kind\":\"nothing\"}", "{\"precision\":-1}",
        "{\"precision\":4294967296}", "{\"precision\":1.5}", "{\"sentence\":[1]}", "{\"sentence\":{}}", "{\"entities\":{}}", "{\"entities\":[1]}",
        "{\"time\":[]}", "{\"time\":{\"begin\":-1}}", "{\"measured\":{\"stems\":[{}]}}", "{\"begin\":99999999999}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct assay_claim c;
        const char *error = NULL;
        if (decode(&assay_claim_fields, bad[i], &c, &error))
            fail_msg("passes: %s", bad[i]);
        assert_non_null(error);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_claim, teardown),
        cmocka_unit_test_teardown(test_finding, teardown),
        cmocka_unit_test_teardown(test_places_and_objects, teardown),
        cmocka_unit_test_teardown(test_wrong, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
