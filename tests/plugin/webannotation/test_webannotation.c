/* SPDX-License-Identifier: Apache-2.0
 * Writer webannotation over the hand-made sample: hostile strings do not break the format, and a full disk is said. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include <assay/kit/json.h>

#include "../sample.h"

extern const struct assay_plugin webannotation_LTX_assay_plugin;

struct options {
    struct assay_text path;
};

static void test_is_json(void **state)
{
    (void)state;
    struct fake *f = fake_new();
    sample_fill(f, 1);
    struct options o = {fake_text("-")};
    assert_int_equal(fake_write(f, &webannotation_LTX_assay_plugin, &o, NULL), ASSAY_OK);
    size_t size;
    const char *out = fake_output(f, &size);
    struct assay_json json = {0};
    assay_json_start(&json, (struct assay_text){out, size});
    if (!assay_json_skip(&json, assay_json_next(&json), NULL))
        fail_msg("%s: %.80s", json.error, json.at);
    assert_int_equal(assay_json_next(&json), ASSAY_JSON_END);
    assay_json_done(&json);
    assert_non_null(strstr(out, "\"motivation\":\"assessing\""));
    assert_non_null(strstr(out, "\"exact\":\"About 1,200\""));
    fake_free(f);
}

static void test_write_fails(void **state)
{
    (void)state;
    struct fake *f = fake_new();
    sample_fill(f, 1);
    fake_break(f, 1);
    struct options o = {fake_text("-")};
    assert_true(fake_write(f, &webannotation_LTX_assay_plugin, &o, NULL) < 0);
    fake_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_is_json), cmocka_unit_test(test_write_fails)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
