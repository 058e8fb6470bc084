/* SPDX-License-Identifier: Apache-2.0
 *
 * The plugin on the test host, with the lexicons of whom texts credit and cite; a group's setup and teardown.
 */
#ifndef TEST_WITH_CREDITS_H
#define TEST_WITH_CREDITS_H

#include <assay/testing.h>

#include "credit.h"

extern const struct assay_plugin consistency_LTX_assay_plugin;

static struct assay_test *test;
static struct credits *credits;

static inline int load(void **state)
{
    (void)state;
    test = assay_test_new(&consistency_LTX_assay_plugin, "conf");
    return credits_load(&test->host, &credits);
}

static inline int unload(void **state)
{
    (void)state;
    credits_free(credits);
    assay_test_free(test);
    return 0;
}

#endif
