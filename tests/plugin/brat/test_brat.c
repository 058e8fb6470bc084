/* SPDX-License-Identifier: Apache-2.0
 * Writer brat over the hand-made sample: its files stand where its readers look for them, and what cannot be written is said. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../writer_checks.h"

extern const struct assay_plugin brat_LTX_assay_plugin;

static void a_folder(void **state)
{
    static const char *const pieces[] = {"[entities]", "[attributes]", NULL};
    (void)state;
    check_folder(&brat_LTX_assay_plugin, "annotation.conf", pieces);
}

static void unwritable(void **state)
{
    (void)state;
    check_unwritable(&brat_LTX_assay_plugin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_folder), cmocka_unit_test(unwritable)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
