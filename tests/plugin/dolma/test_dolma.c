/* SPDX-License-Identifier: Apache-2.0
 * Writer dolma over the hand-made sample: hostile strings do not break the format, and a full disk is said. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../sample.h"

extern const struct assay_plugin dolma_LTX_assay_plugin;

struct options {
    struct assay_text path;
};

static int exists(const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, R_OK) == 0;
}

static void test_folder(void **state)
{
    (void)state;
    char folder[] = "/tmp/assay-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct fake *f = fake_new();
    sample_fill(f, 1);
    struct options o = {fake_text("out")};
    assert_int_equal(fake_write(f, &dolma_LTX_assay_plugin, &o, folder), ASSAY_OK);
    assert_true(exists(fake_temporary(f), "attributes/assay/assay.jsonl.gz"));
    fake_free(f);
    char command[600];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

static void test_unwritable(void **state)
{
    (void)state;
    struct fake *f = fake_new();
    sample_fill(f, 1);
    struct options o = {fake_text("out")};
    assert_true(fake_write(f, &dolma_LTX_assay_plugin, &o, "/proc/nowhere") < 0);
    assert_non_null(strstr(fake_message(f), "/proc/nowhere"));
    fake_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_folder), cmocka_unit_test(test_unwritable)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
