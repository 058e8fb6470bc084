/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/text.h>
#include <assay/testing.h>
#include <string.h>

#include "entry.h"

extern const struct assay_plugin feed_LTX_assay_plugin;

static const char *date(const char *s)
{
    static char to[64];
    to[entry_date(to, assay_text_of(s))] = 0;
    return to;
}

static void dates_become_iso(void **state)
{
    (void)state;
    assert_string_equal(date("Mon, 06 Mar 2017 04:02:06 GMT"), "2017-03-06T04:02:06Z");
    assert_string_equal(date("6 mar 2017 4:02 +0330"), "2017-03-06T04:02:00+03:30");
    assert_string_equal(date("Tue, 7 March 99 23:59:60 EST"), "1999-03-07T23:59:60-05:00");
    assert_string_equal(date(" 2024-05-17T10:00:00Z\n"), "2024-05-17T10:00:00Z");
    assert_string_equal(date("06 Mar 2017"), "2017-03-06");
    assert_string_equal(date("31 Feb 2017"), "");
    assert_string_equal(date("yesterday"), "");
    assert_string_equal(date(""), "");
}

static struct assay_test *read_feed(const char *xml)
{
    struct assay_test *t = assay_test_new(&feed_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, NULL), ASSAY_OK);
    struct assay_item *item = assay_test_item(t, "f.xml", assay_text_of(xml));
    assert_int_equal(t->plugin->accept(t->self, item->name, item->bytes), ASSAY_OK);
    assert_int_equal(t->plugin->read(t->self, item, item->name), ASSAY_OK);
    return t;
}

static void entries_become_documents(void **state)
{
    (void)state;
    static const char xml[] = "<rss><channel><title>Site &amp; Co</title><language>en-US</language>"
                              "<item><title>A &lt;b&gt; 5</title><link>http://x.example/1</link><content:encoded><![CDATA[<p>a &amp; 6</p>]]></content:encoded>"
                              "<description>short</description></item><item><guid>2</guid></item></channel></rss>";
    struct assay_test *t = read_feed(xml);
    assert_int_equal(t->docs, 1);
    const struct assay_doc *d = t->doc[0];
    const char want[] = "<h1>A <b> 5</h1>\n<p>a &amp; 6</p>";
    assert_int_equal(d->text.size, sizeof want - 1);
    assert_memory_equal(d->text.at, want, sizeof want - 1);
    assert_memory_equal(d->record.source.at, "Site & Co", 9);
    assert_int_equal(d->record.declared.size, 2);
    assert_memory_equal(d->record.uri.at, "http://x.example/1", 18);
    uint64_t raw[2];
    assert_int_equal(t->host.raw(&t->host, d, (struct assay_span){20, 29}, raw), ASSAY_OK);
    assert_memory_equal(xml + raw[0], d->text.at + 20, 9);
    assert_int_equal(t->failures, 1); /* an entry without text */
    assay_test_free(t);
}

static void figures_of_other_charsets_lead_back(void **state)
{
    (void)state;
    static const char xml[] = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><channel><title>S</title><item><title>\xcd\xe0 \xe7\xe0\xe2\xee\xe4\xe5"
                              " 412 \xf7\xe5\xeb.</title><description>&lt;p&gt;\xc1\xfb\xeb\xee 37&lt;/p&gt;</description></item></channel></rss>";
    struct assay_test *t = read_feed(xml);
    assert_int_equal(t->docs, 1);
    const struct assay_doc *d = t->doc[0];
    static const char *const figure[] = {"412", "37"};
    for (int i = 0; i < 2; i++) {
        const char *at = memmem(d->text.at, d->text.size, figure[i], strlen(figure[i]));
        assert_non_null(at);
        uint32_t begin = (uint32_t)(at - d->text.at);
        uint64_t raw[2];
        assert_int_equal(t->host.raw(&t->host, d, (struct assay_span){begin, begin + (uint32_t)strlen(figure[i])}, raw), ASSAY_OK);
        assert_int_equal(raw[1] - raw[0], strlen(figure[i]));
        assert_memory_equal(xml + raw[0], figure[i], strlen(figure[i]));
    }
    assay_test_free(t);
}

static void atom_xhtml_is_markup(void **state)
{
    (void)state;
    struct assay_test *t = read_feed("<feed xmlns='http://www.w3.org/2005/Atom'><title>S</title><entry><link rel='self' href='no'/><link href='yes'/>"
                                     "<content type='xhtml'><div><p>one</p><p>two</p></div></content><updated>2024-01-02</updated></entry></feed>");
    assert_int_equal(t->docs, 1);
    assert_non_null(memmem(t->doc[0]->text.at, t->doc[0]->text.size, "<p>one</p><p>two", 16));
    assert_memory_equal(t->doc[0]->record.uri.at, "yes", 3);
    assert_memory_equal(t->doc[0]->record.published.at, "2024-01-02", 10);
    assay_test_free(t);
}

static void cut_feeds_are_read_as_far_as_they_go(void **state)
{
    (void)state;
    static const char xml[] = "<rss><channel><item><title>One 1</title></item><item><title>Two 2</title><description>&lt;p&gt;x";
    for (size_t n = 12; n < sizeof xml; n++) {
        char cut[sizeof xml];
        memcpy(cut, xml, n);
        cut[n] = 0;
        struct assay_test *t = read_feed(cut);
        assert_true(t->docs <= 2);
        assay_test_free(t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_become_iso),
        cmocka_unit_test(entries_become_documents),
        cmocka_unit_test(figures_of_other_charsets_lead_back),
        cmocka_unit_test(atom_xhtml_is_markup),
        cmocka_unit_test(cut_feeds_are_read_as_far_as_they_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
