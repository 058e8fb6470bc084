/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <assay/kit/text.h>
#include <assay/layers/text.h>
#include <assay/testing.h>
#include <string.h>

extern const struct assay_plugin language_LTX_assay_plugin;

/* As the plugin's own struct of options. */
struct options {
    struct assay_list candidates, priors;
    struct assay_text model;
    double confidence, declared_weight;
    uint32_t span;
};

static struct options usual(void)
{
    return (struct options){.model = assay_text_of("plugins/language/langid.model"), .declared_weight = 4, .span = 8};
}

static struct assay_test *opened(const struct options *options)
{
    struct assay_test *t = assay_test_new(&language_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, options), ASSAY_OK);
    return t;
}

static void assert_text(struct assay_text text, const char *want)
{
    assert_int_equal(text.size, strlen(want));
    assert_memory_equal(text.at, want, strlen(want));
}

static void spans_and_main_language(void **state)
{
    struct options options = usual();
    struct assay_test *t = opened(&options);
    struct assay_doc *doc = assay_test_text(t, "Der Sturm hat die Brücke zwei Tage lang gesperrt.");
    (void)state;
    assert_int_equal(t->plugin->analyse(t->self, doc), ASSAY_OK);
    struct assay_list list = t->host.records(&t->host, doc, 1);
    assert_int_equal(list.count, 1);
    const struct assay_language *span = ASSAY_AT(struct assay_language, list, 0);
    assert_text(span->language, "de");
    assert_text(span->script, "Latn");
    assert_true(span->confidence > 0.9 && span->confidence <= 1);
    assert_int_equal(span->span.begin, 0);
    assert_int_equal(span->span.end, doc->text.size);
    assert_text(doc->record.language, "de");
    assay_test_free(t);
}

static void an_empty_text_is_und(void **state)
{
    struct options options = usual();
    struct assay_test *t = opened(&options);
    struct assay_doc *doc = assay_test_text(t, "");
    (void)state;
    assert_int_equal(t->plugin->analyse(t->self, doc), ASSAY_OK);
    assert_int_equal(t->host.records(&t->host, doc, 1).count, 0);
    assert_text(doc->record.language, "und");
    assay_test_free(t);
}

static void least_confidence(void **state)
{
    struct options options = usual();
    (void)state;
    options.confidence = 0.9;
    struct assay_test *t = opened(&options);
    struct assay_doc *unsure = assay_test_text(t, "Martina"), *sure = assay_test_text(t, "The bridge was closed for two days.");
    assert_int_equal(t->plugin->analyse(t->self, unsure), ASSAY_OK);
    assert_int_equal(t->plugin->analyse(t->self, sure), ASSAY_OK);
    assert_text(unsure->record.language, "und");
    assert_text(sure->record.language, "en");
    assay_test_free(t);
}

static void candidates_and_priors(void **state)
{
    struct assay_text candidates[] = {assay_text_of("nb"), assay_text_of("da")}, priors[] = {assay_text_of("da=20")};
    struct options options = usual();
    (void)state;
    options.candidates = (struct assay_list){candidates, 2, sizeof candidates[0]};
    struct assay_test *t = opened(&options);
    struct assay_doc *doc = assay_test_text(t, "Puente cerrado");
    assert_int_equal(t->plugin->analyse(t->self, doc), ASSAY_OK);
    assert_true(!memcmp(doc->record.language.at, "nb", 2) || !memcmp(doc->record.language.at, "da", 2));
    assay_test_free(t);
    options = usual();
    options.priors = (struct assay_list){priors, 1, sizeof priors[0]};
    t = opened(&options);
    doc = assay_test_text(t, "Hun er her.");
    assert_int_equal(t->plugin->analyse(t->self, doc), ASSAY_OK);
    assert_text(doc->record.language, "da");
    assay_test_free(t);
}

static void bad_options_are_refused(void **state)
{
    static const char *const bad[] = {"en", "en=", "en=x", "en=21", "xx=1", "en=1.2.3", "=1", "en=-"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct assay_text one = assay_text_of(bad[i]);
        struct options options = usual();
        options.priors = (struct assay_list){&one, 1, sizeof one};
        struct assay_test *t = assay_test_new(&language_LTX_assay_plugin, NULL);
        if (assay_test_open(t, &options) != ASSAY_ECONF)
            fail_msg("prior \"%s\" was taken", bad[i]);
        assay_test_free(t);
    }
    struct options options = usual();
    options.model = assay_text_of("tests/plugin/language/quotes.txt");
    struct assay_test *t = assay_test_new(&language_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &options), ASSAY_ECONF);
    assert_non_null(strstr(t->message, "not a language model"));
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_and_main_language), cmocka_unit_test(an_empty_text_is_und), cmocka_unit_test(least_confidence),
        cmocka_unit_test(candidates_and_priors),   cmocka_unit_test(bad_options_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
