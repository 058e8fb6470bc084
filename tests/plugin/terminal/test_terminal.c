/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/utf8.h>
#include <assay/layers/document.h>

#include "../writer_checks.h"
#include "page.h"
#include "terminal.h"

extern const struct assay_plugin terminal_LTX_assay_plugin;

static char *run(int findings, uint32_t colour, uint32_t columns, uint32_t most)
{
    struct fake *f = fake_new();
    sample_fill(f, findings);
    fake_terminal(f, colour, columns);
    struct options o = {fake_text("-"), most, 3};
    assert_int_equal(fake_write(f, &terminal_LTX_assay_plugin, &o, NULL), ASSAY_OK);
    char *out = strdup(fake_output(f, NULL));
    if (getenv("SHOW"))
        fputs(out, stdout);
    fake_free(f);
    return out;
}

static void test_findings_come_first(void **state)
{
    (void)state;
    char *out = run(1, 0, 200, 20);
    const char *order[] = {"SOURCES DISAGREE\n", "People injured in Varn", "“[About 1,200] people were injured", "At least 2,100] people",
                           "CHANGED OVER TIME", "NOT THE SAME THING MEASURED", "COMPATIBLE", "SOURCES AGREE", "COPIES",
                           "COULD NOT BE READ OR ANALYSED", "PASSED OVER", "15 texts from 12 sources in 7 languages, 35 figures"};
    const char *last = out;
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        const char *at = strstr(last, order[i]);
        if (!at)
            fail_msg("not found after the one before: %s", order[i]);
        last = at;
    }
    has(out, "also: Lakeside Echo, 2024-05-03, mirror/varn-same.txt"); /* the same sentence is quoted once */
    has(out, "arbeiten [900] in Schicht A");
    has(out, "in Schicht A und [950] in"); /* twice in one text */
    has(out, "no source behind it (disputed, or copied)");
    has(out, "2 independent sources");
    has(out, "a figure differs: About 1,200 → About 1,300");
    has(out, "98 % of it stands in the first text");
    assert_null(strstr(out, "one value is ten times the other")); /* its explanation says so */
    assert_null(strstr(out, "Workers of the plant"));
    has(out, "1 finding dismissed at an earlier reading: left out here.");
    has(out, "feed.jsonl, line 17: no key \"text\"");
    has(out, " 35 figures. 11 findings: 5 where sources disagree, 1 changed over\n  time, 1 not the same thing measured, 1 compatible, 3 "
             "where sources agree. 2 failures, 2 inputs passed over.\n");
    assert_null(strstr(out, "count as one source together")); /* one text alone without a publisher is no group */
    free(out);
}

static void test_no_colour_no_escape(void **state)
{
    (void)state;
    char *out = run(1, 0, 80, 20);
    assert_null(strchr(out, '\033'));
    assert_null(strstr(out, "\xe2\x80\xae")); /* direction override of the hostile text */
    for (const char *p = out; *p; p++)
        assert_true((unsigned char)*p >= 0x20 || *p == '\n');
    free(out);
    out = run(1, 1, 80, 20);
    has(out, "\033[1;4;33mAbout 1,200\033[0m");
    for (const char *p = out, *end; (end = strchr(p, '\n')); p = end + 1) { /* no line colours what follows */
        const char *last = NULL;
        for (const char *q = p; (q = strchr(q, '\033')) && q < end; q++)
            last = q;
        assert_true(!last || !strncmp(last, "\033[0m", 4));
    }
    assert_null(strstr(out, "\033[31m")); /* its own escape sequence */
    free(out);
}

static void test_width(void **state)
{
    (void)state;
    static const uint32_t widths[] = {40, 60, 80, 110};
    for (size_t k = 0; k < 4; k++) {
        char *out = run(1, 0, widths[k], 20);
        for (const char *p = out; *p;) {
            const char *end = strchr(p, '\n');
            uint32_t columns = 0;
            while (p < end) {
                uint32_t cp;
                p += assay_utf8_next(p, end, &cp);
                columns += page_width(cp);
            }
            assert_true(columns <= widths[k]);
            p = end + 1;
        }
        free(out);
    }
}

static void test_character_width(void **state)
{
    (void)state;
    assert_int_equal(page_width('a'), 1);
    assert_int_equal(page_width(0x6e2f), 2);
    assert_int_equal(page_width(0x301), 0);
    assert_int_equal(page_width(0x200b), 0);
    assert_int_equal(page_width(0x416), 1);
    assert_int_equal(page_width(0x1f600), 2);
}

static void test_limit(void **state)
{
    (void)state;
    char *out = run(1, 0, 80, 2);
    has(out, "… and 3 more");
    assert_null(strstr(out, "Aid promised"));
    free(out);
}

static void test_chain_without_findings(void **state)
{
    (void)state;
    char *out = run(0, 0, 100, 20);
    has(out, "LANGUAGES");
    has(out, "en  ");
    has(out, "about 1,200  “");
    assert_null(strstr(out, "SOURCES"));
    has(out, "15 texts");
    free(out);
}

static void test_unsourced(void **state)
{
    (void)state;
    struct fake *f = fake_new();
    sample_fill(f, 1);
    struct assay_document d = {.doc = fake_text("more/one.txt"), .media = fake_text("text/plain")};
    fake_document(f, &d, fake_text("No figures."), 0);
    fake_terminal(f, 0, 200);
    struct options o = {fake_text("-"), 20, 3};
    assert_int_equal(fake_write(f, &terminal_LTX_assay_plugin, &o, NULL), ASSAY_OK);
    has(fake_output(f, NULL), "\n2 texts name no publisher, and count as one source together. The step “publisher” names them by path");
    assert_null(strstr(fake_output(f, NULL), "empty after reading"));
    fake_free(f);
}

/* Else nobody would learn that pages which a program fills in the browser gave nothing. */
static void test_empty(void **state)
{
    (void)state;
    for (int n = 1; n < 3; n++) {
        struct fake *f = fake_new();
        sample_fill(f, 1);
        struct assay_document d = {.doc = fake_text("pages/one.html")}, e = {.doc = fake_text("pages/two.html")};
        fake_document(f, &d, fake_text(""), 0);
        if (n > 1)
            fake_document(f, &e, fake_text(""), 0);
        fake_terminal(f, 0, 200);
        struct options o = {fake_text("-"), 20, 3};
        assert_int_equal(fake_write(f, &terminal_LTX_assay_plugin, &o, NULL), ASSAY_OK);
        has(fake_output(f, NULL), n == 1 ? "\n1 text is empty after reading: pages/one.html.\n"
                                         : "\n2 texts are empty after reading, the first: pages/one.html.\n");
        fake_free(f);
    }
}

static void test_full_disk(void **state)
{
    (void)state;
    struct fake *f = fake_new();
    sample_fill(f, 1);
    fake_break(f, 1);
    struct options o = {fake_text("-"), 20, 3};
    assert_int_equal(fake_write(f, &terminal_LTX_assay_plugin, &o, NULL), ASSAY_EFATAL);
    fake_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings_come_first), cmocka_unit_test(test_no_colour_no_escape),
        cmocka_unit_test(test_width),               cmocka_unit_test(test_character_width),
        cmocka_unit_test(test_limit),               cmocka_unit_test(test_chain_without_findings),
        cmocka_unit_test(test_unsourced), cmocka_unit_test(test_empty), cmocka_unit_test(test_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
