/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/testing.h>
#include <string.h>

#include "files.h"
#include "kind.h"
#include "rules.h"

extern const struct assay_plugin files_LTX_assay_plugin;

static struct assay_text text_of(const char *s)
{
    return (struct assay_text){s, strlen(s)};
}

static enum kind kind(const char *name, const char *bytes, size_t size)
{
    return kind_of(text_of(name), (struct assay_text){bytes, size});
}

static void inputs_are_known_by_their_bytes(void **state)
{
    (void)state;
    assert_int_equal(kind("a.bin", "Just text.\n", 11), KIND_TEXT);
    assert_int_equal(kind("a.txt", "\n <!DOCTYPE html><html>", 23), KIND_HTML);
    assert_int_equal(kind("a.txt", "\xef\xbb\xbf<?xml version='1.0'?><html>", 30), KIND_XHTML);
    assert_int_equal(kind("a.txt", "<?xml version='1.0'?><doc>", 26), KIND_XML);
    assert_int_equal(kind("a.md", "# Head\n", 7), KIND_MARKDOWN);
    assert_int_equal(kind("a.txt", "", 0), KIND_EMPTY);
    assert_int_equal(kind("a.txt", " \n\t\n", 4), KIND_EMPTY);
    assert_int_equal(kind("a.txt", "\0\5\x16\7abc", 7), KIND_APPLE_DOUBLE);
    assert_int_equal(kind("a.txt", "ab\0cd\1\2\3", 8), KIND_BINARY);
    assert_int_equal(kind("a.txt", "\x89PNG\r\n\x1a\n", 8), KIND_BINARY);
    assert_int_equal(kind("a.txt", "T\0e\0x\0t\0 \0h\0e\0r\0e\0", 18), KIND_TEXT);
    assert_int_equal(kind("a.txt", "PK\3\4rest", 8), KIND_ARCHIVE);
    assert_int_equal(kind("a.txt", "PK\3\4....[Content_Types].xml", 27), KIND_BINARY);
    assert_int_equal(kind("a.txt", "\x28\xb5\x2f\xfd....", 8), KIND_COMPRESSED);
}

/* The reason why something is passed over says what it is, so that a person knows what to do. */
static void what_is_passed_over_is_named(void **state)
{
    (void)state;
#define NAMED(bytes, want) assert_string_equal(kind_binary((struct assay_text){bytes, sizeof bytes - 1}), want)
    NAMED("PK\3\4....[Content_Types].xml...._rels/.rels....word/document.xml", "Word document");
    NAMED("PK\3\4....[Content_Types].xml....xl/workbook.xml", "Excel workbook");
    NAMED("PK\3\4....mimetypeapplication/vnd.oasis.opendocument.textPK", "OpenDocument text");
    NAMED("PK\3\4....mimetypeapplication/epub+zipPK", "EPUB book");
    NAMED("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office document");
    NAMED("{\\rtf1\\ansi", "RTF document");
    NAMED("\x89PNG\r\n\x1a\n", "image");
    NAMED("\x7f" "ELF", "binary");
    assert_string_equal(kind_other(text_of("a.csv"), (struct assay_text){"i\0d\0,\0", 6}), "CSV in UTF-16 (save it as UTF-8)");
    assert_string_equal(kind_other(text_of("a.csv"), text_of("id,text\n")), "CSV");
}

static void other_readers_are_left_theirs(void **state)
{
    (void)state;
    static const char *const theirs[] = {
        "%PDF-1.4\n", "WARC/1.0\r\n", "{\"id\":1,\"text\":\"x\"}\n{", "<rss version=\"2.0\"><channel>",
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\">",
        "From: a@b\nSubject: s\nDate: d\nMessage-ID: <1>\n\nbody", "From a@b Tue\nFrom: a@b\nSubject: s\nDate: d\n\n"};
    for (size_t i = 0; i < sizeof theirs / sizeof theirs[0]; i++)
        assert_int_equal(kind("x", theirs[i], strlen(theirs[i])), KIND_OTHER);
    assert_int_equal(kind("x.csv", "a,b\n", 4), KIND_OTHER);
    assert_int_equal(kind("x.jsonl", "", 0), KIND_EMPTY);
    /* Texts that look a little like them. */
    assert_int_equal(kind("x", "From: here to there\nit is far.\n", 31), KIND_TEXT);
    assert_int_equal(kind("x", "{ this is no JSON }\n", 20), KIND_TEXT);
}

static void patterns_fit_paths(void **state)
{
    (void)state;
    assert_true(rule_fits(text_of("reuters/*"), text_of("in/reuters/a.txt")));
    assert_false(rule_fits(text_of("reuters/*"), text_of("in/reuters/b/a.txt")));
    assert_true(rule_fits(text_of("reuters/**"), text_of("in/reuters/b/a.txt")));
    assert_true(rule_fits(text_of("**/b/?.txt"), text_of("in/reuters/b/a.txt")));
    assert_true(rule_fits(text_of("*.txt"), text_of("in/a.txt")));
    assert_false(rule_fits(text_of("euters/*"), text_of("in/reuters/a.txt")));
    assert_false(rule_fits(text_of(""), text_of("a")));
    assert_true(rule_fits(text_of("**"), text_of("anything/at/all")));
    char path[20001], pattern[401];
    memset(path, 'a', 20000);
    path[20000] = 0;
    for (int i = 0; i < 400; i += 2)
        memcpy(pattern + i, "*a", 2);
    pattern[399] = 'b';
    pattern[400] = 0;
    assert_false(rule_fits(text_of(pattern), text_of(path))); /* ends, and soon */
}

/* Whether the rule gives the path this source; expected null: it does not fit. */
static void gives(const char *pattern, const char *source, const char *path, const char *expected)
{
    struct rule rule = {text_of(pattern), text_of(source)};
    struct assay_buf out = {0};
    assert_int_equal(rule_missing(&rule), 0);
    assert_int_equal(rule_source((struct assay_list){&rule, 1, sizeof rule}, text_of(path), &out), expected != NULL);
    assert_int_equal(out.size, expected ? strlen(expected) : 0);
    if (expected)
        assert_memory_equal(out.at, expected, out.size);
    assay_buf_free(&out);
}

static void stars_name_the_source(void **state)
{
    (void)state;
    gives("articles/*/**", "$1", "in/articles/bbc/2024/a.txt", "bbc");
    gives("articles/*/**", "$1", "articles/a.txt", NULL);
    gives("*/**", "the $1 ($2)", "bbc/x/a.txt", "the bbc (x/a.txt)");
    gives("**/*-*.txt", "$2", "in/bbc/taz-may-1.txt", "taz");
    gives("**/*-?.txt", "$2 $1", "a/b/one-two-3.txt", "one-two a/b"); /* the star had to come back */
    gives("**b**c", "$1|$2", "abxbc", "a|xb");
    gives("***", "$2|$1", "a/b", "b|a/");
    gives("*", "$$1 $0 $", "x", "$x $0 $");
    struct rule rule = {text_of("a/***"), text_of("$2$3")};
    assert_int_equal(rule_missing(&rule), 3);
    struct options o = {.source = {&rule, 1, sizeof rule}, .max_file = 1};
    struct assay_test *t = assay_test_new(&files_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &o), ASSAY_ECONF);
    assay_test_free(t);
}

static void the_rule_counts_for_texts_and_waits_for_pages(void **state)
{
    (void)state;
    struct rule rules[] = {{text_of("post/**"), text_of("The Post")}};
    struct options o = {.source = {rules, 1, sizeof rules[0]}, .max_file = 1 << 20};
    struct assay_test *t = assay_test_new(&files_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &o), ASSAY_OK);
    const struct assay_plugin *p = t->plugin;
    struct assay_item *text = assay_test_item(t, "post/a.txt", text_of("Text.")), *page = assay_test_item(t, "post/b.html", text_of("<html><p>x"));
    assert_int_equal(p->read(t->self, text, text->name), ASSAY_OK);
    assert_int_equal(p->read(t->self, page, page->name), ASSAY_OK);
    assert_int_equal(t->docs, 2);
    assert_memory_equal(t->doc[0]->record.source.at, "The Post", 8);
    assert_null(t->doc[1]->record.source.at);
    assert_int_equal(t->doc[1]->record.metadata.count, 1);
    assert_memory_equal(ASSAY_AT(struct assay_pair, t->doc[1]->record.metadata, 0)->value.at, "The Post", 8);
    o.max_file = 3;
    assert_int_equal(p->read(t->self, text, text->name), ASSAY_OK);
    assert_int_equal(t->docs, 2);
    assert_int_equal(t->failures, 1);
    assay_test_free(t);
}

static void code_is_known_by_its_ending(void **state)
{
    (void)state;
    struct assay_text endings = text_of("js  map");
    assert_true(name_has_ending(text_of("page_files/jquery.min.js"), endings));
    assert_true(name_has_ending(text_of("A.JS"), endings));
    assert_true(name_has_ending(text_of("a.css.map"), endings));
    assert_false(name_has_ending(text_of("a.jsx"), endings));
    assert_false(name_has_ending(text_of("a.ma"), endings));
    assert_false(name_has_ending(text_of("js"), endings));
    assert_false(name_has_ending(text_of("a."), endings));
    assert_false(name_has_ending(text_of("a.js"), text_of("")));
    assert_false(name_has_ending(text_of(""), endings));
}

static void scripts_beside_a_page_are_passed_over(void **state)
{
    (void)state;
    struct options o = {.code = text_of("js json"), .max_file = 1 << 20};
    struct assay_test *t = assay_test_new(&files_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &o), ASSAY_OK);
    struct assay_item *script = assay_test_item(t, "a_files/x.js", text_of("var a = [1, 2];")), *page = assay_test_item(t, "a.js", text_of("<html><p>x"));
    assert_int_equal(t->plugin->read(t->self, script, script->name), ASSAY_OK);
    assert_int_equal(t->docs, 0);
    assert_int_equal(t->skips, 1);
    assert_int_equal(t->plugin->read(t->self, page, page->name), ASSAY_OK); /* a page, whatever it is called */
    assert_int_equal(t->docs, 1);
    o.code = text_of("");
    assert_int_equal(t->plugin->read(t->self, script, script->name), ASSAY_OK);
    assert_int_equal(t->docs, 2);
    assert_int_equal(t->failures, 0);
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inputs_are_known_by_their_bytes),
        cmocka_unit_test(what_is_passed_over_is_named),
        cmocka_unit_test(other_readers_are_left_theirs),
        cmocka_unit_test(patterns_fit_paths),
        cmocka_unit_test(stars_name_the_source),
        cmocka_unit_test(the_rule_counts_for_texts_and_waits_for_pages),
        cmocka_unit_test(code_is_known_by_its_ending),
        cmocka_unit_test(scripts_beside_a_page_are_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
