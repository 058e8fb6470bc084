/* SPDX-License-Identifier: Apache-2.0
 *
 * Promises that hold for any bytes.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "reader.h"

static struct assay_test *opened(void)
{
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
    if (assay_test_open(t, NULL) != ASSAY_OK)
        fail_msg("%s", t->message);
    return t;
}

static struct assay_text first_stem(struct assay_test *t, const char *text)
{
    struct assay_list list = read_claims(t, text, "en", NULL);
    assert_int_equal(list.count, 1);
    const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, 0);
    assert_true(c->has_measured && c->measured.stems.count);
    return *ASSAY_AT(struct assay_text, c->measured.stems, 0);
}

/* A word with a character in it that counts as absent has the stem of the word, whichever was read first. */
static void what_was_read_before_changes_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {"The factory made 200 tractors.", "The factory made 200 trac\xe2\x80\x8ctors."};
    for (int first = 0; first < 2; first++) {
        struct assay_test *t = opened();
        struct assay_text a = first_stem(t, texts[first]), b = first_stem(t, texts[!first]);
        assert_int_equal(a.size, b.size);
        assert_memory_equal(a.at, b.at, a.size);
        assert_null(memchr(a.at, 0xe2, a.size));
        assay_test_free(t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_was_read_before_changes_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
