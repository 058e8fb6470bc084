/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/text.h>
#include <assay/testing.h>
#include <stdio.h>
#include <string.h>

#include "rows.h"

extern const struct assay_plugin csv_in_LTX_assay_plugin;

/* Rows as "a|b;c|d;" with ! for a bad one. */
static const char *rows(const char *input, char separator)
{
    static char out[500];
    struct csv_rows r;
    const char *error;
    int more;
    size_t n = 0;
    csv_start(&r, assay_text_of(input), separator);
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
    assert_int_equal(csv_separator(assay_text_of("a;b;\"c,d,e,f\"\n1,2,3,4,5")), ';');
    assert_int_equal(csv_separator(assay_text_of("text\n")), ',');
}

static void quotes_without_end_do_not_cost_the_square(void **state)
{
    (void)state;
    struct assay_buf b = {0};
    for (int i = 0; i < 300000; i++)
        assay_buf_text(&b, i % 2 ? "x,\"y\n" : "z,w\n");
    struct csv_rows r;
    const char *error;
    csv_start(&r, (struct assay_text){b.at, b.size}, ',');
    while (csv_next(&r, &error) != 0)
        ;
    assert_true(r.again > 0 && r.again / 64 <= 2 * r.size); /* some sixty times each byte at the most, not 150,000 */
    assay_buf_free(&b);
}

static void rows_become_documents(void **state)
{
    (void)state;
    struct assay_text options[8] = {assay_text_of("id"), assay_text_of("body"), assay_text_of("source"), assay_text_of("published"), assay_text_of("title"), assay_text_of("uri"), assay_text_of("language"), assay_text_of("")};
    struct assay_test *t = assay_test_new(&csv_in_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, options), ASSAY_OK);
    const char *in = "ID;Body;kind\n7;\"say \"\"5\"\" now\";k\n;no id;\nx;;y\n";
    struct assay_item *item = assay_test_item(t, "t.csv", assay_text_of(in));
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
    item = assay_test_item(t, "u.csv", assay_text_of("a,b\n1,2\n"));
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    assert_int_equal(t->failures, 2); /* no such column */
    assay_test_free(t);
}

/* What is wrong with the row of names is said, not what follows from it. */
static void a_bad_first_row_says_why(void **state)
{
    (void)state;
    struct assay_text options[8] = {[1] = assay_text_of("text")};
    struct assay_test *t = assay_test_new(&csv_in_LTX_assay_plugin, NULL);
    struct assay_buf wide = {0};
    assay_buf_text(&wide, "text");
    for (int i = 0; i < CSV_FIELDS; i++)
        assay_buf_text(&wide, ",x");
    assay_buf_text(&wide, "\n12 people\n");
    assert_int_equal(assay_test_open(t, options), ASSAY_OK);
    struct assay_item *item = assay_test_item(t, "wide.csv", (struct assay_text){wide.at, wide.size});
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    assert_int_equal(t->docs, 0);
    assert_int_equal(t->failures, 1);
    assert_int_equal(t->failed[0].line, 1);
    assert_string_equal(t->failed[0].text.at, "the first row: more than 256 fields");
    item = assay_test_item(t, "none.csv", assay_text_of("title,source\na,b\n"));
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    assert_int_equal(t->failures, 2);
    assert_non_null(strstr(t->failed[1].text.at, "no column \"text\" in the first row (title, source)"));
    assay_buf_free(&wide);
    assay_test_free(t);
}

/* A file of figures is a table: its rows as lines, the names above, and every byte leads back. */
static void figures_are_a_table(void **state)
{
    (void)state;
    struct assay_text options[8] = {[1] = assay_text_of("text")};
    struct assay_test *t = assay_test_new(&csv_in_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, options), ASSAY_OK);
    const char *input = ";2022;2023\n\"Exports; \"\"all\"\"\";4.310;4.725\nImports;3.902;\nCoal | ore;120;131\n";
    struct assay_item *item = assay_test_item(t, "figures.csv", assay_text_of(input));
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    assert_int_equal(t->failures, 0);
    assert_int_equal(t->docs, 1);
    struct assay_text text = t->host.text(&t->host, t->doc[0]);
    const char *want = " | 2022 | 2023\nExports; \"all\" | 4.310 | 4.725\nImports | 3.902 | \nCoal   ore | 120 | 131\n";
    assert_int_equal(text.size, strlen(want));
    assert_memory_equal(text.at, want, text.size);
    uint64_t raw[2];
    const char *figure = strstr(want, "4.725");
    uint32_t begin = (uint32_t)(figure - want);
    assert_int_equal(t->host.raw(&t->host, t->doc[0], (struct assay_span){begin, begin + 5}, raw), ASSAY_OK);
    assert_memory_equal(input + raw[0], "4.725", 5);
    /* Figures beside texts are none, nor are those of machines. */
    item = assay_test_item(t, "sensor.csv", assay_text_of("t,a,b\n17301,2.5,3\n17302,2.6,3\n17303,2.7,3\n"));
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    assert_int_equal(t->docs, 1);
    item = assay_test_item(t, "body.csv", assay_text_of("nr,body,x\n1,Twelve ships came,a\n2,More of them,b\n3,And so on,4\n4,The end,5\n"));
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    assert_int_equal(t->docs, 1);
    assert_int_equal(t->failures, 2);
    assay_test_free(t);
}

/* Rows are named by words, years or dates; numbers that name them are a machine's. */
static void rows_of_tables_have_names(void **state)
{
    (void)state;
    static const struct {
        const char *first[3];
        uint32_t docs;
    } cases[] = {
        {{"2019", "2020", "2021"}, 1},    {{"1999", "2000", "2001"}, 1},       {{"3019", "3020", "3021"}, 0},
        {{"0999", "0998", "0997"}, 0},    {{"20191", "20201", "20211"}, 0},    {{"2019-05-01", "2020-05-01", "1.5.2021"}, 1},
        {{"5/2019", "6/2019", "7/2019"}, 0}, {{"oats", "rye", "2.1"}, 1},      {{"oats", "2.2", "2.1"}, 0},
        {{"\xd1\x80\xd0\xbe\xd0\xb6\xd1\x8c", "rye", "3"}, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_text options[8] = {[1] = assay_text_of("text")};
        struct assay_test *t = assay_test_new(&csv_in_LTX_assay_plugin, NULL);
        char input[200];
        assert_int_equal(assay_test_open(t, options), ASSAY_OK);
        snprintf(input, sizeof input, "t,a,b\n%s,2.5,3\n%s,2.6,3\n%s,2.7,3\n", cases[i].first[0], cases[i].first[1],
                 cases[i].first[2]);
        struct assay_item *item = assay_test_item(t, "t.csv", assay_text_of(input));
        assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
        if (t->docs != cases[i].docs)
            fail_msg("%s: %u", input, t->docs);
        assay_test_free(t);
    }
}

enum { MOST_TITLES = 8 };

/* Lines of one cell above a table are its titles, as long as they are few. */
static void titles_stand_above_a_table(void **state)
{
    (void)state;
    for (uint32_t titles = 0; titles < MOST_TITLES + 3; titles++) {
        struct assay_text options[8] = {[1] = assay_text_of("text")};
        struct assay_test *t = assay_test_new(&csv_in_LTX_assay_plugin, NULL);
        char input[400] = "";
        assert_int_equal(assay_test_open(t, options), ASSAY_OK);
        for (uint32_t i = 0; i < titles; i++)
            strcat(input, "Ships that came\n");
        strcat(input, ";2022;2023\nFerries;310;325\nTugs;39;41\nOthers;120;131\n");
        struct assay_item *item = assay_test_item(t, "t.csv", assay_text_of(input));
        assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
        if (t->docs != (titles <= MOST_TITLES))
            fail_msg("%u titles: %u documents", titles, t->docs);
        assay_test_free(t);
    }
}

/* A long one comes in documents of 2,000 rows, each with the row of names above, and named by the line it begins at. */
static void a_long_table_comes_in_pieces(void **state)
{
    (void)state;
    struct assay_text options[8] = {[1] = assay_text_of("text")};
    struct assay_test *t = assay_test_new(&csv_in_LTX_assay_plugin, NULL);
    struct assay_buf b = {0};
    assert_int_equal(assay_test_open(t, options), ASSAY_OK);
    assay_buf_text(&b, "place,2022,2023\n");
    for (int i = 0; i < 4001; i++)
        assay_buf_printf(&b, "town %d,%d,%d\n", i, i + 7, i + 9);
    struct assay_item *item = assay_test_item(t, "long.csv", (struct assay_text){b.at, b.size});
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    assert_int_equal(t->docs, 3);
    static const char *const id[] = {"long.csv:2", "long.csv:2002", "long.csv:4002"};
    static const char *const end[] = {"\ntown 1999 | 2006 | 2008\n", "\ntown 3999 | 4006 | 4008\n",
                                      "place | 2022 | 2023\ntown 4000 | 4007 | 4009\n"};
    for (int i = 0; i < 3; i++) {
        struct assay_text text = t->host.text(&t->host, t->doc[i]);
        assert_true(assay_text_is(t->doc[i]->record.doc, id[i]));
        assert_memory_equal(text.at, "place | 2022 | 2023\n", 20);
        assert_true(text.size >= strlen(end[i]));
        assert_memory_equal(text.at + text.size - strlen(end[i]), end[i], strlen(end[i]));
    }
    assay_buf_free(&b);
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_cut_and_quotes_taken_off),
        cmocka_unit_test(quotes_without_end_do_not_cost_the_square),
        cmocka_unit_test(rows_become_documents),
        cmocka_unit_test(a_bad_first_row_says_why),
        cmocka_unit_test(figures_are_a_table),
        cmocka_unit_test(rows_of_tables_have_names), cmocka_unit_test(titles_stand_above_a_table),
        cmocka_unit_test(a_long_table_comes_in_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
