/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <assay/layers/text.h>
#include <assay/testing.h>
#include <string.h>

extern const struct assay_plugin sentences_LTX_assay_plugin;

static void follows_the_language_layer(void **state)
{
    (void)state;
    struct assay_test *t = assay_test_new(&sentences_LTX_assay_plugin, "conf");
    assert_int_equal(assay_test_open(t, NULL), ASSAY_OK);
    const char *text = "Am 17. Mai kam er.\nIn 17. May was far.";
    struct assay_doc *plain = assay_test_text(t, text), *known = assay_test_text(t, text);
    struct assay_language de = {.span = {0, 19}, .language = {"de", 2}, .script = {"Latn", 4}, .confidence = 1};
    struct assay_language en = {.span = {19, 38}, .language = {"en", 2}, .script = {"Latn", 4}, .confidence = 1};
    assay_test_put(t, known, 0, &de);
    assay_test_put(t, known, 0, &en);
    assert_int_equal(t->plugin->analyse(t->self, plain), ASSAY_OK);
    assert_int_equal(t->plugin->analyse(t->self, known), ASSAY_OK);
    assert_int_equal(t->host.records(&t->host, plain, 1).count, 4);
    struct assay_list list = t->host.records(&t->host, known, 1);
    assert_int_equal(list.count, 3);
    assert_int_equal(ASSAY_AT(struct assay_sentence, list, 0)->span.end, 18);
    assert_int_equal(ASSAY_AT(struct assay_sentence, list, 1)->paragraph, 1);
    assay_test_free(t);
}

static void an_absent_lexicon_is_an_error(void **state)
{
    (void)state;
    struct assay_test *t = assay_test_new(&sentences_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, NULL), ASSAY_ECONF);
    assert_non_null(strstr(t->message, "sentences.cfg"));
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(follows_the_language_layer),
                                       cmocka_unit_test(an_absent_lexicon_is_an_error)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
