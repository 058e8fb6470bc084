/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../writer_checks.h"
#include "diff.h"
#include "markup.h"
#include "names.h"
#include "tongue.h"

extern const struct assay_plugin html_LTX_assay_plugin;

struct options {
    struct assay_text path, title, since;
    uint32_t max_findings, max_short, severity;
};

static char *run_all(int findings, uint32_t most, uint32_t shorts, uint32_t severity, const char *since)
{
    struct fake *f = fake_new();
    sample_fill(f, findings);
    struct options o = {fake_text("-"), fake_text("What the <sources> say"), fake_text(since), most, shorts, severity};
    assay_status status = fake_write(f, &html_LTX_assay_plugin, &o, NULL);
    if (status)
        fail_msg("%s", fake_message(f));
    char *out = strdup(fake_output(f, NULL));
    const char *show = getenv(findings > 1 ? "SHOW_MANY" : "SHOW");
    FILE *file = show && findings && most == 300 && severity == 3 && !since ? fopen(show, "w") : NULL;
    if (file) {
        fputs(out, file);
        fclose(file);
    }
    fake_free(f);
    return out;
}

static char *run_since(int findings, uint32_t most, uint32_t severity, const char *since)
{
    return run_all(findings, most, 20000, severity, since);
}

static char *run(int findings, uint32_t most, uint32_t severity)
{
    return run_since(findings, most, severity, NULL);
}

static uint32_t count(const char *out, const char *needle)
{
    uint32_t n = 0;
    for (const char *p = out; (p = strstr(p, needle)); p++)
        n++;
    return n;
}

static void test_titles_stand_unaltered(void **state)
{
    (void)state;
    char *out = run(1, 300, 3);
    has(out, "<h3><bdi>People injured in Varn: about 1,200, about 1,300 or at least 2,100</bdi></h3>");
    has(out, "<title>What the &lt;sources&gt; say</title>");
    has(out, "<mark>About 1,200</mark> people were injured");
    has(out, "<mark>2,1 тысячи</mark>");
    has(out, "byte 67 to 78 (in the file 479 to 490) · read as about 1,200</span>");
    has(out, "<del>1,200</del> <ins>1,300</ins>");
    has(out, "dir=auto lang=\"ar\"");
    has(out, "no source behind it (disputed, or copied)");
    has(out, "Earlier reading: <b>dismissed before, but changed since</b>. “<bdi>seen on Monday</bdi>”");
    assert_int_equal(count(out, "<details class=\"f "), 10);
    assert_int_equal(count(out, "<div class=f "), 1); /* the dismissed one */
    free(out);
}

/* What the page says of its own extent, word for word. */
static void test_what_it_covers(void **state)
{
    (void)state;
    char *out = run(1, 300, 3);
    has(out, "<p class=lead>15 texts from 12 sources in 7 languages, published from 2024-02-01 to 2024-06-02, with 35 figures.</p>");
    has(out, "<p class=gap><a href=\"#unread\">2 failures, 2 inputs passed over</a>: what this page does not cover.</p>");
    has(out, "A column stands for 3 days; the highest has 6 texts. 1 text has no date.</p>");
    has(out, "1 text has no known source.");
    has(out, "mirror/varn-copy.txt</bdi></cite>; <cite><b><bdi>Lakeside Echo</bdi>"); /* several places of one quote */
    assert_int_equal(count(out, "<p class=marked>Earlier reading: <b>"), 1); /* the other one that was read is told in short */
    assert_int_equal(count(out, "<p class=same>The shared part is the same, letter for letter.</p>"), 1);
    free(out);
}

static void test_hostile_text_is_dead(void **state)
{
    (void)state;
    char *out = run(1, 300, 3);
    assert_int_equal(count(out, "<script"), 1);
    assert_int_equal(count(out, "</script"), 1);
    assert_int_equal(count(out, "<img"), 0);
    assert_int_equal(count(out, "javascript:"), 0);
    assert_int_equal(count(out, "\033"), 0);
    has(out, "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;&lt;!--]]&gt;");
    has(out, "default-src 'none'");
    free(out);
}

static void test_the_rest_is_folded(void **state)
{
    (void)state;
    char *out = run(1, 2, 3);
    has(out, "<summary>3 more, in short</summary>");
    has(out, "<h3>Aid promised for Varn: €40 million or €400 million</h3>");
    assert_int_equal(count(out, "<details class=\"f "), 2);
    assert_int_equal(count(out, "<div class=f "), 9);
    free(out);
    out = run(1, 300, 2);
    assert_int_equal(count(out, "<summary>1 more, in short</summary>"), 2); /* one needs checking, one was dismissed */
    free(out);
}

static void test_in_short(void **state)
{
    (void)state;
    char *out = run(1, 1, 3);
    has(out, "<div class=f id=\"f-f-aid\" data-x=\"0;1;reopened;;"); /* a conflict, medium */
    has(out, ";8f1c\"><h3>Aid promised for Varn: €40 million or €400 million</h3><p>No. 3 · medium · 71 % sure · 2 independent sources · "
             "one value is ten times the other\n"
             "Both are promises for rebuilding after the same quake; the values differ by a factor of ten.\n"
             "Earlier reading: dismissed before, but changed since. “seen on Monday”\n"
             "\n• 40 million EUR: 1 text, 1 independent source\n"
             "“The state promised ⟦€40 million⟧ for rebuilding.”\n"
             "text 1 · Varn Courier · 2024-05-02 · courier/quake-1.html · byte 226 (in the file 638)\n"
             "\n• 400 million EUR: 1 text, 1 independent source\n"
             "“<q lang=\"ru\">На восстановление выделят ⟦400 млн евро⟧.</q>”\n");
    has(out, "• 14 km: 4 texts, 2 independent sources\n");
    has(out, "Also in texts ");
    has(out, "and ⟦77⟧ bottles fell.”"); /* the override that turned the direction has gone */
    assert_null(strstr(out, "<h3>Bottles </script>"));
    free(out);
}

static char *one_line(const char *text)
{
    struct markup m = {0};
    markup_line(&m, fake_text(text));
    assay_buf_byte(&m.buf, 0);
    char *out = strdup(m.buf.at);
    assay_buf_free(&m.buf);
    return out;
}

static void test_lines(void **state)
{
    (void)state;
    static const char *const sample[][2] = {
        {"a  b\r\n\tc ", "a b c "}, {" <b>\n", " &lt;b&gt; "}, {"a\xe2\x80\xae" "b\xe2\x81\xa6" "c", "abc"}, {"a\xe2\x80\xa8" "b\xc2\x85", "a b "},
        {"a \xe2\x80\xae b", "a b"}, {"\n\n", " "}, {"", ""}, {"plain", "plain"}, {"\x1b[31m", "\xef\xbf\xbd[31m"}, {"\xff\n\xe2", "\xef\xbf\xbd \xef\xbf\xbd"},
    };
    for (size_t i = 0; i < sizeof sample / sizeof sample[0]; i++) {
        char *out = one_line(sample[i][0]);
        assert_string_equal(out, sample[i][1]);
        free(out);
    }
}

/* Words written from the right stand apart, so that figures around them keep their order. */
static void test_mixed(void **state)
{
    (void)state;
    static const char *const sample[][2] = {
        {"plain & <b>", "plain &amp; &lt;b&gt;"},
        {"", ""},
        {"on \"مدينة كبيرة\": 12 (ב) or 15", "on &quot;<bdi>مدينة كبيرة</bdi>&quot;: 12 (<bdi>ב</bdi>) or 15"},
        {"ב ", "<bdi>ב</bdi> "},
        {"ב\xff", "<bdi>ב</bdi>\xef\xbf\xbd"},
        {"ב<ב", "<bdi>ב</bdi>&lt;<bdi>ב</bdi>"},
    };
    for (size_t i = 0; i < sizeof sample / sizeof sample[0]; i++) {
        struct markup m = {0};
        markup_mixed(&m, (struct assay_text){sample[i][0], strlen(sample[i][0])});
        assert_int_equal(m.buf.size, strlen(sample[i][1]));
        assert_memory_equal(m.buf.at ? m.buf.at : "", sample[i][1], m.buf.size);
        assay_buf_free(&m.buf);
    }
}

static void test_ten_thousand(void **state)
{
    (void)state;
    char *out = run(10000, 300, 3);
    assert_int_equal(count(out, "<details class=\"f ") + count(out, "<div class=f "), 10000);
    has(out, "<h3>Cargo of the port last year: 5.2 million or 52 million tonnes, case 9000</h3>");
    has(out, "data-n=10000");
    has(out, "Sources disagree <span class=n>4,546</span>");
    has(out, "more, in short</summary>");
    assert_true(strlen(out) < 14000000);
    free(out);
}

static void test_without_findings(void **state)
{
    (void)state;
    char *out = run(0, 300, 3);
    assert_null(strstr(out, "id=findings>"));
    has(out, "id=corpus");
    free(out);
}

static void test_since(void **state)
{
    (void)state;
    char path[] = "/tmp/assay-since-XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "w");
    fputs("{\"type\":\"document\",\"doc\":\"a\"}\n"
          "{\"type\":\"finding\",\"id\":\"f-cargo\",\"verdict\":\"conflict\",\"title\":\"x\",\"values\":[{\"state\":1}],\"state\":\"8f1c\"}\n"
          "{\"type\":\"finding\",\"id\":\"f-dead\",\"verdict\":\"conflict\",\"title\":\"x\",\"state\":\"other\"}\n"
          "{\"type\":\"finding\",\"id\":\"f-gone-too\",\"verdict\":\"conflict\",\"title\":\"Sources disagree on x\",\"state\":\"1\"}\n"
          "{\"type\":\"finding\",\"id\":\"f-gone\",\"verdict\":\"scope\",\"title\":\"An <old> one\",\"state\":\"1\"}\n", file);
    fclose(file);
    char *out = run_since(1, 300, 3, path);
    assert_int_equal(count(out, "<span class=since>new</span>"), 8);
    has(out, "No. 11 · new · 90 % sure"); /* the dismissed one is told in short */
    assert_int_equal(count(out, "<span class=since>changed</span>"), 1);
    has(out, "<h2>No longer found</h2>");
    has(out, "<li><bdi>An &lt;old&gt; one</bdi> (not the same thing measured)</li>");
    has(out, "<li><bdi>Sources disagree on x</bdi></li>");
    assert_int_equal(count(out, "<li><bdi>"), 2);
    free(out);
    remove(path);
    struct fake *f = fake_new();
    sample_fill(f, 1);
    struct options o = {fake_text("-"), fake_text("t"), fake_text("/nowhere/x.jsonl"), 300, 20000, 3};
    assert_int_equal(fake_write(f, &html_LTX_assay_plugin, &o, NULL), ASSAY_ECONF);
    has(fake_message(f), "No such file");
    fake_free(f);
}

static char *difference(const char *a, const char *b)
{
    struct markup m = {0};
    char *out = NULL;
    if (diff_write(&m, fake_text(a), fake_text(b))) {
        assay_buf_byte(&m.buf, 0);
        out = strdup(m.buf.at);
    }
    assay_buf_free(&m.buf);
    return out;
}

static void test_diff(void **state)
{
    (void)state;
    static const char *const sample[][3] = {
        {"a b c", "a x c", "a <del>b</del> <ins>x</ins> c "},
        {"", "a", "<ins>a</ins> "},
        {"a", "", "<del>a</del> "},
        {"one two three", "one two three", "one two three "},
        {"a b c d e", "b c x d e f", "<del>a</del> b c <ins>x</ins> d e <ins>f</ins> "},
        {"<b>", "<i>", "<del>&lt;b&gt;</del> <ins>&lt;i&gt;</ins> "},
    };
    for (size_t i = 0; i < sizeof sample / sizeof sample[0]; i++) {
        char *out = difference(sample[i][0], sample[i][1]);
        assert_string_equal(out, sample[i][2]);
        free(out);
    }
    char a[4000], b[4000];
    for (int i = 0; i < 999; i++) {
        memcpy(a + i * 4, "aaa ", 4);
        memcpy(b + i * 4, "bbb ", 4);
    }
    a[3996] = b[3996] = 0;
    assert_null(difference(a, b)); /* too unlike */
}

static void test_names(void **state)
{
    (void)state;
    struct names n = {0};
    char word[16];
    for (uint32_t i = 0; i < 1000; i++) {
        snprintf(word, sizeof word, "w%u", i % 300);
        assert_int_equal(names_add(&n, fake_text(word), 1), i % 300);
    }
    assert_int_equal(n.count, 300);
    uint32_t order[300];
    names_order(&n, order);
    for (uint32_t i = 1; i < 300; i++)
        assert_true(n.name[order[i - 1]].count >= n.name[order[i]].count);
    assert_memory_equal(n.name[order[0]].at, "w0", 2);
    assert_int_equal(names_find(&n, fake_text("w7")), 7);
    assert_int_equal(names_find(&n, fake_text("x")), ASSAY_NEVER);
    names_free(&n);
}

static void test_tongues(void **state)
{
    (void)state;
    static const char *const sample[][2] = {{"az", "Azerbaijani"}, {"en", "English"}, {"und", "not known"}, {"qqq", "qqq"}, {"<b>", "&lt;b&gt;"}, {"", ""}};
    for (size_t i = 0; i < sizeof sample / sizeof sample[0]; i++) {
        struct markup m = {0};
        tongue_write(&m, fake_text(sample[i][0]));
        assay_buf_byte(&m.buf, 0);
        assert_string_equal(m.buf.at, sample[i][1]);
        assay_buf_free(&m.buf);
    }
}

static void test_full_disk(void **state)
{
    (void)state;
    struct fake *f = fake_new();
    sample_fill(f, 1);
    fake_break(f, 1);
    struct options o = {fake_text("-"), fake_text("t"), {0}, 300, 20000, 3};
    assert_int_equal(fake_write(f, &html_LTX_assay_plugin, &o, NULL), ASSAY_EFATAL);
    fake_free(f);
}

/* However many there are, the page stays one that opens; what is left out is counted. */
static void test_left_out(void **state)
{
    (void)state;
    char *all = run(300, 1, 3), *some = run_all(300, 1, 10, 3, NULL), *none = run_all(300, 1, 0, 3, NULL);
    assert_true(count(all, "<h3") > 200);
    assert_int_equal(count(all, "left-out"), 0);
    assert_int_equal(count(none, "more, in short</summary>"), 0);
    assert_true(count(some, "<h3") == count(none, "<h3") + 10);
    has(some, "not on this page, which would take too long to open with more than 10 in short (max_short).");
    free(all);
    free(some);
    free(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_titles_stand_unaltered), cmocka_unit_test(test_what_it_covers), cmocka_unit_test(test_hostile_text_is_dead),
        cmocka_unit_test(test_the_rest_is_folded),     cmocka_unit_test(test_without_findings),       cmocka_unit_test(test_since),
        cmocka_unit_test(test_left_out),
        cmocka_unit_test(test_in_short),               cmocka_unit_test(test_lines),                 cmocka_unit_test(test_mixed),                cmocka_unit_test(test_ten_thousand),
        cmocka_unit_test(test_diff),                   cmocka_unit_test(test_names),
        cmocka_unit_test(test_full_disk),              cmocka_unit_test(test_tongues),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
