/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/text.h>
#include <assay/testing.h>
#include <string.h>

#include "files.h"
#include "kind.h"

extern const struct assay_plugin files_LTX_assay_plugin;

static enum kind kind(const char *name, const char *bytes, size_t size)
{
    return kind_of(assay_text_of(name), (struct assay_text){bytes, size});
}

/* A zip's header up to the name of its first member, which is this long. */
#define ZIP(size) "PK\3\4......................" size "\0.."

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
    assert_int_equal(kind("a.ps", "%!PS-Adobe-3.0\n(text) show", 26), KIND_BINARY);
    assert_int_equal(kind("a.webarchive", "bplist00 <html>", 15), KIND_BINARY);
    assert_int_equal(kind("a.txt", "PK\3\4rest", 8), KIND_ARCHIVE);
    assert_int_equal(kind("a.txt", ZIP("\23") "[Content_Types].xml", 49), KIND_OTHER);
    assert_int_equal(kind("a.txt", ZIP("\24") "META-INF/MANIFEST.MF", 50), KIND_BINARY);
    assert_int_equal(kind("a.txt", "\x28\xb5\x2f\xfd....", 8), KIND_COMPRESSED);
}

/* The reason why something is passed over says what it is, so that a person knows what to do. */
static void what_is_passed_over_is_named(void **state)
{
    (void)state;
#define NAMED(bytes, want) assert_string_equal(kind_binary((struct assay_text){bytes, sizeof bytes - 1}), want)
    NAMED("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office document");
    NAMED("{\\rtf1\\ansi", "RTF document");
    NAMED("\x89PNG\r\n\x1a\n", "image");
    NAMED("\x7f" "ELF", "binary");
#define OFFICE(bytes, want) assert_string_equal(kind_other(assay_text_of("a"), (struct assay_text){bytes, sizeof bytes - 1}), want)
    OFFICE(ZIP("\23") "[Content_Types].xml...._rels/.rels....word/document.xml", "Word document");
    OFFICE(ZIP("\13") "_rels/.rels....xl/workbook.xml", "Excel workbook");
    OFFICE(ZIP("\10") "mimetypeapplication/vnd.oasis.opendocument.textPK", "OpenDocument text");
    OFFICE(ZIP("\10") "mimetypeapplication/epub+zipPK", "EPUB book");
    assert_string_equal(kind_other(assay_text_of("a.csv"), (struct assay_text){"i\0d\0,\0", 6}), "CSV in UTF-16 (save it as UTF-8)");
    assert_string_equal(kind_other(assay_text_of("a.csv"), assay_text_of("id,text\n")), "CSV");
}

static void other_readers_are_left_theirs(void **state)
{
    (void)state;
    static const char *const theirs[] = {
        "%PDF-1.4\n", "\r\n200 OK\r\n%PDF-1.4\n", "WARC/1.0\r\n", "{\"id\":1,\"text\":\"x\"}\n{", "<rss version=\"2.0\"><channel>",
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\">",
        "From: a@b\nSubject: s\nDate: d\nMessage-ID: <1>\n\nbody", "From a@b Tue\nFrom: a@b\nSubject: s\nDate: d\n\n"};
    for (size_t i = 0; i < sizeof theirs / sizeof theirs[0]; i++)
        assert_int_equal(kind("x", theirs[i], strlen(theirs[i])), KIND_OTHER);
    assert_int_equal(kind("x.csv", "a,b\n", 4), KIND_OTHER);
    assert_int_equal(kind("x.jsonl", "", 0), KIND_EMPTY);
    /* Texts that look a little like them. */
    assert_int_equal(kind("x", "From: here to there\nit is far.\n", 31), KIND_TEXT);
    assert_int_equal(kind("x", "{ this is no JSON }\n", 20), KIND_TEXT);
    assert_int_equal(kind("x", "The first line is %PDF-1.4 in such files.\n%PDF-\n", 48), KIND_TEXT);
}

static void a_text_over_the_limit_is_a_failure(void **state)
{
    (void)state;
    struct options o = {.max_file = 5};
    struct assay_test *t = assay_test_new(&files_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &o), ASSAY_OK);
    struct assay_item *fits = assay_test_item(t, "a.txt", assay_text_of("Text.")), *over = assay_test_item(t, "b.txt", assay_text_of("Text!?"));
    assert_int_equal(t->plugin->read(t->self, fits, fits->name), ASSAY_OK);
    assert_int_equal(t->docs, 1);
    assert_int_equal(t->failures, 0);
    assert_int_equal(t->plugin->read(t->self, over, over->name), ASSAY_OK);
    assert_int_equal(t->docs, 1);
    assert_int_equal(t->failures, 1);
    assay_test_free(t);
}

static void code_is_known_by_its_ending(void **state)
{
    (void)state;
    struct assay_text endings = assay_text_of("js  map");
    assert_true(name_has_ending(assay_text_of("page_files/jquery.min.js"), endings));
    assert_true(name_has_ending(assay_text_of("A.JS"), endings));
    assert_true(name_has_ending(assay_text_of("a.css.map"), endings));
    assert_false(name_has_ending(assay_text_of("a.jsx"), endings));
    assert_false(name_has_ending(assay_text_of("a.ma"), endings));
    assert_false(name_has_ending(assay_text_of("js"), endings));
    assert_false(name_has_ending(assay_text_of("a."), endings));
    assert_false(name_has_ending(assay_text_of("a.js"), assay_text_of("")));
    assert_false(name_has_ending(assay_text_of(""), endings));
}

static void scripts_beside_a_page_are_passed_over(void **state)
{
    (void)state;
    struct options o = {.code = assay_text_of("js json"), .max_file = 1 << 20};
    struct assay_test *t = assay_test_new(&files_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &o), ASSAY_OK);
    struct assay_item *script = assay_test_item(t, "a_files/x.js", assay_text_of("var a = [1, 2];")), *page = assay_test_item(t, "a.js", assay_text_of("<html><p>x"));
    assert_int_equal(t->plugin->read(t->self, script, script->name), ASSAY_OK);
    assert_int_equal(t->docs, 0);
    assert_int_equal(t->skips, 1);
    assert_int_equal(t->plugin->read(t->self, page, page->name), ASSAY_OK); /* a page, whatever it is called */
    assert_int_equal(t->docs, 1);
    o.code = assay_text_of("");
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
        cmocka_unit_test(a_text_over_the_limit_is_a_failure),
        cmocka_unit_test(code_is_known_by_its_ending),
        cmocka_unit_test(scripts_beside_a_page_are_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
