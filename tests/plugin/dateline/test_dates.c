/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates, openings and paths, piece by piece; whole texts are read by tests/chain/dateline.sh.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/text.h>
#include <assay/testing.h>
#include <stdio.h>
#include <string.h>

#include "dates.h"
#include "evidence.h"
#include "opening.h"

extern const struct assay_plugin dateline_LTX_assay_plugin;
static struct assay_test *test;
static struct names *names;

static int set_up(void **state)
{
    (void)state;
    test = assay_test_new(&dateline_LTX_assay_plugin, "conf");
    return names_load(&test->host, &names) ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    names_free(names);
    assay_test_free(test);
    return 0;
}

static const char *print(struct assay_date date)
{
    static char said[64];
    snprintf(said, sizeof said, "%04d-%02u-%02u", date.year, date.month, date.day);
    return said;
}

/* What a line says from its first piece on, and behind it what is left of the line; NULL: no date. */
struct row {
    const char *line, *date, *rest;
};

static void check(const struct row *row, int order, int no_year)
{
    struct line line;
    struct assay_date date = {0};
    line_cut(&line, assay_text_of(row->line));
    uint32_t end = date_at(names, &line, 0, order, no_year, &date);
    if (!row->date) {
        if (end)
            fail_msg("%s: is read as %s", row->line, print(date));
        return;
    }
    if (!end || strcmp(print(date), row->date))
        fail_msg("%s: should be %s, is %s", row->line, row->date, end ? print(date) : "none");
    const char *rest = end < line.count ? row->line + line.piece[end].begin : "";
    if (strcmp(rest, row->rest))
        fail_msg("%s: should end before \"%s\", ends before \"%s\"", row->line, row->rest, rest);
}

static void dates_of_numbers(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"2024-03-12", "2024-03-12", ""},
        {"2024/3/1 News", "2024-03-01", "News"},
        {"2024.12.31.", "2024-12-31", "."},
        {"2024-03/12", NULL, NULL},
        {"2024 -03-12", NULL, NULL},
        {"2024-13-01", NULL, NULL},
        {"2024-02-30", NULL, NULL},
        {"2024-02-29", "2024-02-29", ""},
        {"2023-02-29", NULL, NULL},
        {"1800-01-01", "1800-01-01", ""},
        {"1799-12-31", NULL, NULL},
        {"2099-12-31", "2099-12-31", ""},
        {"2100-01-01", NULL, NULL},
        {"12.03.2024", "2024-03-12", ""},
        {"3. 4. 2024 Text", "2024-04-03", "Text"},
        {"12.03.24", "2024-03-12", ""},
        {"12.03.69", "2069-03-12", ""},
        {"12.03.70", "1970-03-12", ""},
        {"12.03.024", NULL, NULL},
        {"03.25.2024", NULL, NULL}, /* with dots the day stands first */
        {"05.05.2024", "2024-05-05", ""},
        {"25/12/2024", "2024-12-25", ""},
        {"12/25/2024", "2024-12-25", ""},
        {"05/05/2024", "2024-05-05", ""},
        {"12/12/2024", "2024-12-12", ""},
        {"13/13/2024", NULL, NULL},
        {"03/04/2024", NULL, NULL}, /* the day or the month */
        {"25-12-2024", "2024-12-25", ""},
        {"25/12/24", NULL, NULL},
        {"25/12-2024", NULL, NULL},
        {"25 / 12 / 2024", NULL, NULL},
        {"125.12.2024", NULL, NULL},
    };
    static const struct row day_first[] = {{"03/04/2024", "2024-04-03", ""}, {"03-04-2024", "2024-04-03", ""}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check(rows + i, ORDER_UNKNOWN, 0);
    for (size_t i = 0; i < sizeof day_first / sizeof day_first[0]; i++)
        check(day_first + i, ORDER_DAY_FIRST, 0);
}

static void dates_in_words(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"12 March 2024", "2024-03-12", ""},
        {"12. März 2024, Berlin", "2024-03-12", ", Berlin"},
        {"1er mars 2024", "2024-03-01", ""},
        {"12 de marzo de 2024", "2024-03-12", ""},
        {"March 12, 2024", "2024-03-12", ""},
        {"Mar. 12th 2024 -", "2024-03-12", "-"},
        {"March 32, 2024", NULL, NULL},
        {"30 February 2024", NULL, NULL},
        {"0 March 2024", NULL, NULL},
        {"March 2024", NULL, NULL},
        {"12 March", NULL, NULL},
        {"12 March 24", NULL, NULL},
        {"Tuesday, 12 March 2024", "2024-03-12", ""},
        {"12 March 2024 (Tuesday) more", "2024-03-12", "more"},
        {"3 июня 2024 г. Текст", "2024-06-03", "Текст"},
        {"3 июня 2024 года, среда", "2024-06-03", ""},
        {"14 may 2024-cü il", "2024-05-14", ""},
        {"12 sheep 2024", NULL, NULL},
    };
    static const struct row no_year[] = {
        {"12 March", "0000-03-12", ""},     {"March 12 - ", "0000-03-12", "- "},  {"29 February", "0000-02-29", ""},
        {"30 February", NULL, NULL},        {"3 июня.", "0000-06-03", "."},       {"12 March 2024", "2024-03-12", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check(rows + i, ORDER_UNKNOWN, 0);
    for (size_t i = 0; i < sizeof no_year / sizeof no_year[0]; i++)
        check(no_year + i, ORDER_UNKNOWN, 1);
}

static void times_belong_to_dates(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"12 March 2024, 14:05 Uhr | dpa", "2024-03-12", "| dpa"},
        {"12 March 2024 14:05:59 x", "2024-03-12", "x"},
        {"12 March 2024 at 2.05 pm GMT more", "2024-03-12", "more"},
        {"12 March 2024 at 2 p.m. more", "2024-03-12", "more"},
        {"March 12, 2024 11:30 a.m. ET | more", "2024-03-12", "| more"},
        {"2024-03-12T14:05:00Z more", "2024-03-12", "more"},
        {"2024-03-12T14:05:00.123+01:00 more", "2024-03-12", "more"},
        {"2024-03-12 14:05 +0100 more", "2024-03-12", "more"},
        {"2024-03-12 14:05 (CET) more", "2024-03-12", "more"},
        {"2024-03-12 - 14:05 more", "2024-03-12", "more"},
        {"2024-03-12-14:05 more", "2024-03-12", "-14:05 more"},
        {"2024-03-12 25:05 more", "2024-03-12", "25:05 more"},
        {"2024-03-12 24:00 more", "2024-03-12", "more"},
        {"2024-03-12 14 more", "2024-03-12", "14 more"},
        {"2024-03-12 14 people", "2024-03-12", "14 people"},
        {"10:30, 5 октября 2023 Текст", "2023-10-05", "Текст"},
        {"10:30 more", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check(rows + i, ORDER_UNKNOWN, 0);
}

static void dates_of_files(void **state)
{
    (void)state;
    static const struct {
        const char *path, *file, *folder, *source;
        int year;
    } rows[] = {
        {"flood_2024-03-12.html", "2024-03-12", NULL, NULL, 0},
        {"20240312_flood.txt", "2024-03-12", NULL, NULL, 0},
        {"flood_20240312.txt", "2024-03-12", NULL, NULL, 0},
        {"flood-20240312.txt", NULL, NULL, NULL, 0}, /* as often a number of the page */
        {"19891231.txt", NULL, NULL, NULL, 0},
        {"19900101.txt", "1990-01-01", NULL, NULL, 0},
        {"12.03.2024.txt", "2024-03-12", NULL, NULL, 0},
        {"12-31-2024.txt", "2024-12-31", NULL, NULL, 0},
        {"03-04-2024.txt", NULL, NULL, NULL, 0},
        {"12mar2024.txt", "2024-03-12", NULL, NULL, 0},
        {"march-12-2024.txt", "2024-03-12", NULL, NULL, 0},
        {"2024-03-12_2024-03-19.txt", NULL, NULL, NULL, 0}, /* a span */
        {"2024/03/12/a.html", NULL, "2024-03-12", NULL, 2024},
        {"2024/03/12.html", NULL, "2024-03-12", NULL, 2024},
        {"2024/mar/a.html", NULL, "2024-03-00", NULL, 2024},
        {"2024/13/a.html", NULL, NULL, NULL, 2024},
        {"2024/02/30/a.html", NULL, "2024-02-00", NULL, 2024},
        {"2024/a.html", NULL, NULL, NULL, 2024},
        {"1989/03/12/a.html", NULL, NULL, NULL, 0},
        {"2024-03/a.html", NULL, "2024-03-00", NULL, 0},
        {"2024_03/a.html", NULL, "2024-03-00", NULL, 0},
        {"2024-13/a.html", NULL, NULL, NULL, 0},
        {"2024-03-12/a.html", NULL, "2024-03-12", NULL, 0},
        {"bbc.co.uk/a.html", NULL, NULL, "bbc.co.uk", 0},
        {"www.example.com/news/a.html", NULL, NULL, "example.com", 0},
        {"1.com/a.html", NULL, NULL, NULL, 0},
        {"my files.com/a.html", NULL, NULL, NULL, 0},
        {"reuters/a.html", NULL, NULL, "Reuters", 0},
        {"pages-2024-05-02.zip!/a.html", NULL, NULL, NULL, 0},
        {"2024-05-02!/a.html", NULL, "2024-05-02", NULL, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct evidence e = {0};
        evidence_of_path(names, assay_text_of(rows[i].path), &e);
        const char *want[] = {rows[i].file, rows[i].folder};
        for (int k = 0; k < 2; k++) {
            const struct said *said = e.date + (k ? SAID_FOLDER : SAID_FILE);
            if (said->set != (want[k] != NULL) || (want[k] && strcmp(print(said->date), want[k])))
                fail_msg("%s: the %s says %s, not %s", rows[i].path, k ? "folder" : "file",
                         said->set ? print(said->date) : "nothing", want[k] ? want[k] : "nothing");
        }
        const struct said *source = e.source + SAID_FOLDER;
        if (!assay_text_is(source->source, rows[i].source ? rows[i].source : "") || e.year != rows[i].year)
            fail_msg("%s: year %d, source %.*s", rows[i].path, e.year, (int)source->source.size, source->source.at);
    }
}

static void openings(void **state)
{
    (void)state;
    static const struct {
        const char *line, *date, *agency, *rest; /* agency NULL: no opening */
    } rows[] = {
        {"BERLIN, 14 May 2024 (Reuters) - At least 12 people", "2024-05-14", "Reuters", " - At least 12 people"},
        {"BERLIN (Reuters) - At least", "0000-00-00", "Reuters", " - At least"},
        {"BERLIN, May 14 - At least 12 people", "0000-05-14", "", " - At least 12 people"},
        {"Hamburg (dpa/lno) - Mindestens", "0000-00-00", "dpa", " - Mindestens"},
        {"MOSCOW, May 14 (Example News) - At least", "0000-05-14", "Example News", " - At least"},
        {"WASHINGTON/KYIV, May 14 (Reuters) - At", "0000-05-14", "Reuters", " - At"},
        {"UPDATE May 14 - At least", NULL, NULL, NULL},
        {"The council (12 members) - At least", NULL, NULL, NULL},
        {"At least 12 people were killed - officials", NULL, NULL, NULL},
        {"(Reuters) - At least", NULL, NULL, NULL},
        {"one two three - four", NULL, NULL, NULL},
        {"", NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct line line;
        struct opening o;
        line_cut(&line, assay_text_of(rows[i].line));
        int is = opening_read(names, &line, ORDER_UNKNOWN, &o);
        if (is != (rows[i].agency != NULL))
            fail_msg("%s: opens it: %d", rows[i].line, is);
        if (!is)
            continue;
        struct assay_date date = o.date.month ? o.date : (struct assay_date){0, 0, 0};
        if (strcmp(print(date), rows[i].date) || !assay_text_is(o.agency, rows[i].agency))
            fail_msg("%s: %s, %.*s", rows[i].line, print(date), (int)o.agency.size, o.agency.at);
        assert_true(o.end <= line.size);
    }
}

/* Of a line that is longer than what is looked at whole characters are; pieces beyond the last one are none. */
static void long_lines(void **state)
{
    (void)state;
    char text[4 * LINE_MOST];
    struct line line;
    struct assay_date date;
    memset(text, 'a', sizeof text);
    line_cut(&line, (struct assay_text){text, LINE_MOST});
    assert_int_equal(line.whole, 1);
    assert_int_equal(line.size, LINE_MOST);
    memcpy(text + LINE_MOST - 1, "\xc3\xa9", 2);
    line_cut(&line, (struct assay_text){text, LINE_MOST + 1});
    assert_int_equal(line.whole, 0);
    assert_int_equal(line.size, LINE_MOST - 1);
    assert_int_equal(line.count, 1);
    for (size_t i = 0; i < sizeof text; i += 2)
        memcpy(text + i, "1-", 2);
    line_cut(&line, (struct assay_text){text, sizeof text});
    assert_int_equal(line.count, PIECES);
    assert_int_equal(line.whole, 0);
    for (uint32_t i = 0; i <= line.count + 2; i++) {
        assert_int_equal(date_at(names, &line, i, ORDER_DAY_FIRST, 1, &date), 0);
        assert_int_equal(date_named(names, &line, i, &date), 0);
    }
}

static void pieces_of_a_line(void **state)
{
    (void)state;
    struct line line;
    line_cut(&line, assay_text_of("AB Ab a 123456789 **x**"));
    assert_int_equal(line.count, 5);
    assert_int_equal(line.piece[0].upper, 1);
    assert_int_equal(line.piece[1].upper, 0);
    assert_int_equal(line.piece[1].capital, 1);
    assert_int_equal(line.piece[2].capital, 0);
    assert_int_equal(line.piece[3].number, 0); /* more than eight digits */
    assert_int_equal(line.piece[3].digits, 9);
    assert_int_equal(line.piece[4].end - line.piece[4].begin, 1);
    line_cut(&line, assay_text_of("12345678 A"));
    assert_int_equal(line.piece[0].number, 12345678);
    assert_int_equal(line.piece[1].upper, 0); /* one letter may be capital for other reasons */
}

/* A story that tells of days long after the date of its head was not published then. */
static void later_days(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int later;
    } rows[] = {
        {"", 0},
        {"The fair opened on 1 May 2021.", 1},
        {"Nothing.\n\nThe fair opened on 5 April 2021.", 0}, /* 400 days after 1 March 2020 */
        {"Nothing.\n\nThe fair opened on 6 April 2021.", 1},
        {"The fair opened on 6 April 2019.", 0},
    };
    struct assay_date date = {2020, 3, 1};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (evidence_later(names, assay_text_of(rows[i].text), ORDER_UNKNOWN, date) != rows[i].later)
            fail_msg("%s", rows[i].text);
    char text[3000]; /* one line, looked at part by part; of a long text the beginning */
    for (size_t at = 0; at < sizeof text; at += 300) {
        memset(text, ' ', sizeof text);
        for (size_t k = 0; k < sizeof text; k += 6)
            memcpy(text + k, "words ", 6);
        memcpy(text + at, "6 April 2021", 12);
        assert_int_equal(evidence_later(names, (struct assay_text){text, sizeof text}, ORDER_UNKNOWN, date), 1);
    }
}

struct dateline { /* the record, as dateline.c has it */
    struct assay_span span;
    uint32_t where, zero;
    struct assay_text says, published, source;
};

/* What the plugin says of a text with this path: its records, one after the other, as "where/date/source/words;". */
static const char *told(const char *path, const char *text)
{
    static char said[512];
    uint32_t on[2] = {1, 1};
    struct assay_test *t = assay_test_new(&dateline_LTX_assay_plugin, "conf");
    assert_int_equal(assay_test_open(t, on), ASSAY_OK);
    struct assay_document record = {.doc = assay_text_of(path), .path = assay_text_of(path)};
    struct assay_doc *doc = assay_test_doc(t, assay_text_of(text), &record);
    assert_int_equal(t->plugin->analyse(t->self, doc), ASSAY_OK);
    struct assay_list list = t->host.records(&t->host, doc, 1);
    size_t at = 0;
    said[0] = 0;
    for (uint32_t i = 0; i < list.count; i++) {
        const struct dateline *d = ASSAY_AT(struct dateline, list, i);
        at += (size_t)snprintf(said + at, sizeof said - at, "%u/%.*s/%.*s/%.*s;", d->where, (int)d->published.size,
                               d->published.size ? d->published.at : "", (int)d->source.size,
                               d->source.size ? d->source.at : "", (int)d->says.size, d->says.at);
        if (d->span.end)
            assert_memory_equal(d->says.at, text + d->span.begin, d->span.end - d->span.begin);
    }
    assay_test_free(t);
    return said;
}

static void one_record_where_the_same_words_say_both(void **state)
{
    (void)state;
    assert_string_equal(told("a.txt", "Head\n\nVARN, 14 May 2024 (Reuters) - At least 12 people were killed."),
                        "1/2024-05-14/Reuters/VARN, 14 May 2024 (Reuters);");
    assert_string_equal(told("2024-05-02/bbc.co.uk/a.txt", "Text."), "6/2024-05-02//2024-05-02;6//bbc.co.uk/bbc.co.uk;");
    assert_string_equal(told("flood_2024-05-02.txt", "Source: Reuters\nText."),
                        "5/2024-05-02//flood_2024-05-02;0//Reuters/Source: Reuters;");
    assert_string_equal(told("a.txt", "Published: 14 May 2024\nLast updated: 16 May 2024\nText."),
                        "0/2024-05-14//Published: 14 May 2024;");
    assert_string_equal(told("a.txt", "Published: 14 May 2024\nPublished: 16 May 2024\nText."), ""); /* which of them? */
    assert_string_equal(told("2024/a.txt", "VARN, 31 December (Reuters) - At least 12 people were killed."),
                        "1/2024-12-31/Reuters/VARN, 31 December (Reuters);");
    assert_string_equal(told("2024-01-02.txt", "VARN, 31 December (Reuters) - At least 12 people were killed."),
                        "1/2023-12-31/Reuters/VARN, 31 December (Reuters);");
    assert_string_equal(told("a.txt", "Text."), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_of_numbers), cmocka_unit_test(dates_in_words), cmocka_unit_test(times_belong_to_dates),
        cmocka_unit_test(dates_of_files),   cmocka_unit_test(openings),       cmocka_unit_test(long_lines),
        cmocka_unit_test(pieces_of_a_line), cmocka_unit_test(later_days),
        cmocka_unit_test(one_record_where_the_same_words_say_both),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
