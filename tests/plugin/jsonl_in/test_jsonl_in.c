/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/text.h>
#include <assay/testing.h>
#include <stdlib.h>
#include <string.h>

extern const struct assay_plugin jsonl_in_LTX_assay_plugin;

static void assert_text(struct assay_text text, const char *want)
{
    assert_non_null(text.at);
    assert_int_equal(text.size, strlen(want));
    assert_memory_equal(text.at, want, text.size);
}

/* Options in the order of the plugin's table: id text source published title uri language media. */
static struct assay_text names[8];

static struct assay_test *open_reader(void)
{
    static const char *const usual[8] = {"id", "text", "source", "published", "title", "uri", "language", "text/plain"};
    for (int i = 0; i < 8; i++)
        names[i] = assay_text_of(usual[i]);
    struct assay_test *t = assay_test_new(&jsonl_in_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, names), ASSAY_OK);
    return t;
}

static void read_text(struct assay_test *t, const char *bytes)
{
    struct assay_item *item = assay_test_item(t, "in.jsonl", assay_text_of(bytes));
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
}

static void keys_are_read_and_the_rest_is_kept(void **state)
{
    (void)state;
    struct assay_test *t = open_reader();
    read_text(t, "{\"id\":7,\"text\":\" a\\u0436\\n\\\"b \",\"source\":\"S\",\"published\":\"2024-05-01\",\"title\":\"T\",\"uri\":\"u\",\"language\":\"ru\","
                 "\"n\":1.50,\"o\":{\"a\":[1]},\"z\":null,\"n\":2,\"metadata\":{\"k\":\"v\"}}\n");
    assert_int_equal(t->docs, 1);
    const struct assay_doc *d = t->doc[0];
    assert_text(d->record.doc, "7");
    assert_text(d->text, " a\xd0\xb6\n\"b ");
    assert_text(d->record.source, "S");
    assert_text(d->record.published, "2024-05-01");
    assert_text(d->record.title, "T");
    assert_text(d->record.uri, "u");
    assert_text(d->record.declared, "ru");
    assert_text(d->record.media, "text/plain");
    assert_int_equal(d->record.metadata.count, 3);
    assert_text(ASSAY_AT(struct assay_pair, d->record.metadata, 0)->value, "2"); /* the last of equal keys */
    assert_text(ASSAY_AT(struct assay_pair, d->record.metadata, 1)->value, "{\"a\":[1]}");
    assert_text(ASSAY_AT(struct assay_pair, d->record.metadata, 2)->key, "k");
    uint64_t raw[2]; /* in the text value */
    assert_int_equal(t->host.raw(&t->host, d, (struct assay_span){1, 4}, raw), ASSAY_OK);
    assert_int_equal(raw[0], 1);
    assert_int_equal(raw[1], 4);
    assay_test_free(t);
}

static void a_bad_line_is_recorded_and_the_rest_read(void **state)
{
    (void)state;
    struct assay_test *t = open_reader();
    read_text(t, "\xef\xbb\xbf{\"text\":\"one\"}\r\n\n   \nnonsense\n{\"id\":\"x\"}\n{\"text\":5}\n[1]\n{\"text\":\"a\"} x\n{\"text\":\"two\"");
    assert_int_equal(t->docs, 1);
    assert_text(t->doc[0]->record.doc, "in.jsonl:1");
    assert_int_equal(t->failures, 6);
    assert_int_equal(t->failed[0].line, 4);
    assert_int_equal(t->failed[0].at, 24);
    assert_text(t->failed[0].code, "syntax");
    assert_int_equal(t->failed[5].line, 9);
    assay_test_free(t);
}

static void a_piece_knows_its_place(void **state)
{
    (void)state;
    struct assay_test *t = open_reader();
    struct assay_item *item = assay_test_item(t, "in.jsonl", assay_text_of("{\"text\":\"a\"}\nbad\n"));
    item->byte = 1000;
    item->line = 50;
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    assert_text(t->doc[0]->record.doc, "in.jsonl:50");
    assert_int_equal(t->failed[0].line, 51);
    assert_int_equal(t->failed[0].at, 1013);
    assay_test_free(t);
}

static void bytes_that_are_no_utf8_stay_in_the_text_only(void **state)
{
    (void)state;
    struct assay_test *t = open_reader();
    read_text(t, "{\"id\":\"a\xff\",\"text\":\"caf\xe9 \xcf\xf0\",\"source\":\"\xe9\"}\n");
    assert_text(t->doc[0]->record.doc, "a\xef\xbf\xbd");
    assert_text(t->doc[0]->text, "caf\xe9 \xcf\xf0");
    assert_text(t->doc[0]->record.source, "\xef\xbf\xbd");
    assay_test_free(t);
}

static void too_many_keys_are_a_failure(void **state)
{
    (void)state;
    struct assay_buf b = {0};
    assay_buf_text(&b, "{\"text\":\"x\"");
    for (int i = 0; i < 600; i++)
        assay_buf_printf(&b, ",\"k%d\":\"\"", i);
    assay_buf_text(&b, "}");
    assay_buf_byte(&b, 0);
    struct assay_test *t = open_reader();
    read_text(t, b.at);
    assert_int_equal(t->docs, 0);
    assert_text(t->failed[0].code, "limit");
    assay_test_free(t);
    assay_buf_free(&b);
}

static void other_names_of_keys(void **state)
{
    (void)state;
    struct assay_test *t = open_reader();
    names[1] = assay_text_of("body");
    read_text(t, "{\"body\":\"B\",\"text\":\"T\"}\n");
    assert_text(t->doc[0]->text, "B");
    assert_int_equal(t->doc[0]->record.metadata.count, 1);
    assay_test_free(t);
}

static void inputs_are_recognised(void **state)
{
    (void)state;
    struct assay_test *t = open_reader();
    assay_status (*accept)(void *, struct assay_text, struct assay_text) = t->plugin->accept;
    assert_int_equal(accept(t->self, assay_text_of("x"), assay_text_of("{\"text\":\"a\"}\n{")), ASSAY_OK);
    assert_int_equal(accept(t->self, assay_text_of("x.jsonl"), assay_text_of("nonsense")), ASSAY_OK);
    assert_int_equal(accept(t->self, assay_text_of("x"), assay_text_of("{\n  \"text\": 1\n}")), ASSAY_NO);
    assert_int_equal(accept(t->self, assay_text_of("x"), assay_text_of("plain")), ASSAY_NO);
    assert_int_equal(accept(t->self, assay_text_of("x.jsonl"), (struct assay_text){"{\0\"\0a\0\"\0:\0" "1\0}\0\n\0", 16}),
                     ASSAY_NO);
    assert_int_equal(accept(t->self, assay_text_of("x.jsonl"), (struct assay_text){"{\"a\":\"\0\"}\n", 10}), ASSAY_OK);
    char *head = malloc(4096);
    memset(head, 'x', 4096);
    memcpy(head, "{\"text\":\"", 9);
    assert_int_equal(accept(t->self, assay_text_of("x"), (struct assay_text){head, 4096}), ASSAY_OK);
    free(head);
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_read_and_the_rest_is_kept),
        cmocka_unit_test(a_bad_line_is_recorded_and_the_rest_read),
        cmocka_unit_test(a_piece_knows_its_place),
        cmocka_unit_test(bytes_that_are_no_utf8_stay_in_the_text_only),
        cmocka_unit_test(too_many_keys_are_a_failure),
        cmocka_unit_test(other_names_of_keys),
        cmocka_unit_test(inputs_are_recognised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
