/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/testing.h>
#include <string.h>
#include <time.h>

#include "rows.h"

extern const struct assay_plugin csv_in_LTX_assay_plugin;

static struct assay_text text_of(const char *s)
{
    return (struct assay_text){s, strlen(s)};
}

/* Rows as "a|b;c|d;" with ! for a bad one. */
static const char *rows(const char *input, char separator)
{
    static char out[500];
    struct csv_rows r;
    const char *error;
    int more;
    size_t n = 0;
    csv_start(&r, text_of(input), separator);
    while ((more = csv_next(&r, &error)) != 0) {
        if (more < 0) {
            out[n++] = '!';
            continue;
        }
        for (uint32_t i = 0; i < r.fields; i++) {
            struct assay_mapper m = {0};
            csv_value(&r, i, &m);
            if (i)
                out[n++] = '|';
            if (m.text.size)
                memcpy(out + n, m.text.at, m.text.size);
            n += m.text.size;
            assay_mapper_free(&m);
        }
        out[n++] = ';';
    }
    out[n] = 0;
    return out;
}

static void fields_are_cut_and_quotes_taken_off(void **state)
{
    (void)state;
    assert_string_equal(rows("a,b\n1,2\n", ','), "a|b;1|2;");
    assert_string_equal(rows("a,b\r\n1,2", ','), "a|b;1|2;");
    assert_string_equal(rows("\"a,\"\"x\"\"\",\"l1\nl2\"\n,\n\n\"\",z\n", ','), "a,\"x\"|l1\nl2;|;|z;");
    assert_string_equal(rows("a\tb,c\n", '\t'), "a|b,c;");
    assert_string_equal(rows("\xef\xbb\xbf" "a,b\n", ','), "a|b;");
    assert_string_equal(rows("1,a\"b\n", ','), "1|a\"b;");
    assert_string_equal(rows("a,\"b\"x\nc,d\n\"open\ne,f\n", ','), "!c|d;!e|f;");
    assert_string_equal(rows("", ','), "");
    assert_int_equal(csv_separator(text_of("a;b;\"c,d,e,f\"\n1,2,3,4,5")), ';');
    assert_int_equal(csv_separator(text_of("text\n")), ',');
}

static void quotes_without_end_do_not_cost_the_square(void **state)
{
    (void)state;
    struct assay_buf b = {0};
    for (int i = 0; i < 300000; i++)
        assay_buf_text(&b, i % 2 ? "x,\"y\n" : "z,w\n");
    struct csv_rows r;
    const char *error;
    clock_t start = clock();
    csv_start(&r, (struct assay_text){b.at, b.size}, ',');
    while (csv_next(&r, &error) != 0)
        ;
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 10);
    assay_buf_free(&b);
}

static void rows_become_documents(void **state)
{
    (void)state;
    struct assay_text options[8] = {text_of("id"), text_of("body"), text_of("source"), text_of("published"), text_of("title"), text_of("uri"), text_of("language"), text_of("")};
    struct assay_test *t = assay_test_new(&csv_in_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, options), ASSAY_OK);
    const char *in = "ID;Body;kind\n7;\"say \"\"5\"\" now\";k\n;no id;\nx;;y\n";
    struct assay_item *item = assay_test_item(t, "t.csv", text_of(in));
    assert_int_equal(t->plugin->accept(t->self, item->name, item->bytes), ASSAY_OK);
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    assert_int_equal(t->docs, 2);
    assert_memory_equal(t->doc[0]->text.at, "say \"5\" now", 11);
    assert_memory_equal(t->doc[0]->record.doc.at, "7", 1);
    uint64_t raw[2];
    assert_int_equal(t->host.raw(&t->host, t->doc[0], (struct assay_span){5, 6}, raw), ASSAY_OK);
    assert_memory_equal(in + raw[0], "5", raw[1] - raw[0]);
    assert_memory_equal(t->doc[1]->record.doc.at, "t.csv:3", 7);
    assert_int_equal(t->failures, 1);
    assert_int_equal(t->failed[0].line, 4);
    item = assay_test_item(t, "u.csv", text_of("a,b\n1,2\n"));
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    assert_int_equal(t->failures, 2); /* no such column */
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_cut_and_quotes_taken_off),
        cmocka_unit_test(quotes_without_end_do_not_cost_the_square),
        cmocka_unit_test(rows_become_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
