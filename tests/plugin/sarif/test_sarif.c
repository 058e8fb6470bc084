/* SPDX-License-Identifier: Apache-2.0
 * Writer sarif over the hand-made sample: hostile strings do not break the format, and a full disk is said. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../writer_checks.h"

extern const struct assay_plugin sarif_LTX_assay_plugin;

static void one_json_value(void **state)
{
    static const char *const pieces[] = {"\"ruleId\":\"conflict\"", "\"partialFingerprints\"", NULL};
    (void)state;
    check_json(&sarif_LTX_assay_plugin, pieces);
}

static void full_disk(void **state)
{
    (void)state;
    check_full_disk(&sarif_LTX_assay_plugin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_json_value), cmocka_unit_test(full_disk)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
