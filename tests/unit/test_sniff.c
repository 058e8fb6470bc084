/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/text.h>
#include <assay/kit/sniff.h>
#include <string.h>

static void json_lines(void **state)
{
    (void)state;
    assert_true(assay_sniff_json_lines(assay_text_of("{\"a\":1}\n{")));
    assert_true(assay_sniff_json_lines(assay_text_of("\xef\xbb\xbf \n{\"a\":1}")));
    assert_false(assay_sniff_json_lines(assay_text_of("{\n\"a\":1}")));
    assert_false(assay_sniff_json_lines(assay_text_of("[1]")));
    assert_false(assay_sniff_json_lines(assay_text_of("")));
}

static void mail(void **state)
{
    (void)state;
    const char *m = "Received: x\n by y\nFrom: a\nSubject: s\n\nbody";
    assert_true(assay_sniff_mail(assay_text_of(m)));
    assert_false(assay_sniff_mbox(assay_text_of(m)));
    assert_true(assay_sniff_mbox(assay_text_of("From a\nReceived: x\nFrom: a\nSubject: s\n\nbody")));
    assert_false(assay_sniff_mail(assay_text_of("Received: x\nnot a header\nSubject: s\nDate: d\n")));
    assert_false(assay_sniff_mail(assay_text_of("")));
    /* three headers, two of them such as only mail has; a value that is one of their names is none */
    assert_true(assay_sniff_mail(assay_text_of("X-A: 1\nDate: 2\nSubject: 3\n\n")));
    assert_false(assay_sniff_mail(assay_text_of("Date: 2\nSubject: 3\n\n")));
    assert_false(assay_sniff_mail(assay_text_of("X-A: 1\nX-Date: Date\nSubject: 3\n\n")));
    assert_false(assay_sniff_mail(assay_text_of("X-A: 1\nDat: 2\nDates: 4\nSubject: 3\n\n")));
}

static void feeds(void **state)
{
    (void)state;
    assert_true(assay_sniff_feed(assay_text_of("<?xml version='1.0'?><rss version='2.0'>")));
    assert_true(assay_sniff_feed(assay_text_of("<feed xmlns=\"http://www.w3.org/2005/Atom\">")));
    assert_true(assay_sniff_feed((struct assay_text){"<\0r\0s\0s\0>\0", 10}));
    assert_false(assay_sniff_feed(assay_text_of("<html><p>&lt;rss <rss")));
    assert_false(assay_sniff_feed(assay_text_of("<feed>")));
}

/* A zip that begins with a member of this name and content. */
static struct assay_text zip_of(char *room, const char *name, const char *content)
{
    memset(room, 0, 128);
    memcpy(room, "PK\3\4", 4);
    room[26] = (char)strlen(name);
    memcpy(room + 30, name, strlen(name));
    memcpy(room + 30 + strlen(name), content, strlen(content));
    return (struct assay_text){room, 128};
}

static void office(void **state)
{
    (void)state;
    char room[128];
    assert_true(assay_sniff_office(zip_of(room, "[Content_Types].xml", "")));
    assert_true(assay_sniff_office(zip_of(room, "_rels/.rels", "")));
    assert_true(assay_sniff_office(zip_of(room, "word/document.xml", "")));
    assert_true(assay_sniff_office(zip_of(room, "mimetype", "application/epub+zip")));
    assert_false(assay_sniff_office(zip_of(room, "mimetypes.txt", "")));
    assert_false(assay_sniff_office(zip_of(room, "word/a.txt", "")));
    assert_false(assay_sniff_office(zip_of(room, "a/word/document.xml", "")));
    assert_false(assay_sniff_office(assay_text_of("PK\3\4")));
    zip_of(room, "_rels/.rels", "");
    assert_false(assay_sniff_office((struct assay_text){room, 40})); /* cut inside the name */
    room[0] = 'p';
    assert_false(assay_sniff_office((struct assay_text){room, 128}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(json_lines), cmocka_unit_test(mail), cmocka_unit_test(office),
                                       cmocka_unit_test(feeds)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
