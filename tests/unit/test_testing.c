/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/layers/text.h>
#include <assay/testing.h>
#include <string.h>

static const struct assay_host *host;

static assay_status open_(const struct assay_host *h, const void *options, void **self)
{
    (void)options;
    (void)self;
    host = h;
    return ASSAY_OK;
}

/* Marks the first `n` bytes, n being the first byte of the text as a digit. */
static assay_status analyse(void *self, struct assay_doc *doc)
{
    (void)self;
    struct assay_sentence s = {.span = {0, (uint32_t)(host->text(host, doc).at[0] - '0')}};
    return host->add(host, doc, 0, &s);
}

static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "sentence", &assay_sentence_fields, ""},
};
static const struct assay_plugin plugin = {ASSAY_ABI, .name = "probe", .role = ASSAY_ANALYSER, .layer = layers, .layers = 1,
                                           .open = open_, .analyse = analyse};

static void records_are_kept_and_spans_checked(void **state)
{
    (void)state;
    struct assay_test *t = assay_test_new(&plugin, NULL);
    assert_int_equal(assay_test_open(t, NULL), ASSAY_OK);
    struct assay_doc *good = assay_test_text(t, "3abc"), *beyond = assay_test_text(t, "9");
    struct assay_doc *inside = assay_test_text(t, "4\xd0\xb6\xd0\xb6");
    assert_int_equal(plugin.analyse(t->self, good), ASSAY_OK);
    assert_int_equal(plugin.analyse(t->self, inside), ASSAY_EDOC);
    assert_int_equal(plugin.analyse(t->self, beyond), ASSAY_EDOC);
    struct assay_list list = t->host.records(&t->host, good, 0);
    assert_int_equal(list.count, 1);
    assert_int_equal(ASSAY_AT(struct assay_sentence, list, 0)->span.end, 3);
    assert_int_equal(t->host.records(&t->host, beyond, 0).count, 0);
    assay_test_free(t);
}

static void rows_are_amended_once_and_lists_grow(void **state)
{
    (void)state;
    struct assay_test *t = assay_test_new(&plugin, NULL);
    struct assay_doc *doc = assay_test_text(t, "x");
    struct assay_text title = {"first", 5};
    assert_int_equal(t->host.amend(&t->host, doc, "title", &title), ASSAY_OK);
    assert_int_equal(t->host.amend(&t->host, doc, "title", &title), ASSAY_SKIP);
    for (uint32_t i = 0; i < 100; i++) {
        struct assay_repair r = {.span = {i, i + 1}};
        assert_int_equal(t->host.amend(&t->host, doc, "repairs", &r), ASSAY_OK);
    }
    assert_int_equal(doc->record.repairs.count, 100);
    assert_int_equal(ASSAY_AT(struct assay_repair, doc->record.repairs, 57)->span.begin, 57);
    assert_int_equal(t->host.amend(&t->host, doc, "no_such_row", &title), ASSAY_EFATAL);
    assay_test_free(t);
}

static void raw_follows_the_map(void **state)
{
    (void)state;
    struct assay_test *t = assay_test_new(&plugin, NULL);
    struct assay_doc *doc = assay_test_text(t, "ab&amp;c");
    struct assay_map map[] = {{0, 0, 2, 1, 1, 0}, {2, 2, 1, 5, 1, 0}, {7, 3, 1, 0, 1, 0}, {7, 4, 1, 1, 1, 0}};
    assert_int_equal(t->host.set_text(&t->host, doc, (struct assay_text){"ab&\nc", 5}, map, 4), ASSAY_OK);
    uint64_t raw[2];
    assert_int_equal(t->host.raw(&t->host, doc, (struct assay_span){1, 3}, raw), ASSAY_OK);
    assert_int_equal(raw[0], 1);
    assert_int_equal(raw[1], 7);
    assert_int_equal(t->host.raw(&t->host, doc, (struct assay_span){2, 5}, raw), ASSAY_OK);
    assert_int_equal(raw[0], 2);
    assert_int_equal(raw[1], 8);
    assert_int_equal(t->host.raw(&t->host, doc, (struct assay_span){3, 4}, raw), ASSAY_NO);
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_kept_and_spans_checked),
        cmocka_unit_test(rows_are_amended_once_and_lists_grow),
        cmocka_unit_test(raw_follows_the_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
