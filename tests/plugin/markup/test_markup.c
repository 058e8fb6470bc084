/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/text.h>
#include <assay/layers/text.h>
#include <assay/testing.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tree.h"

extern const struct assay_plugin markup_LTX_assay_plugin;

static struct {
    uint32_t boilerplate, whole;
} options;

static void assert_text(struct assay_text text, const char *want)
{
    if (!text.at || text.size != strlen(want) || memcmp(text.at, want, text.size) != 0)
        fail_msg("got \"%.*s\", not \"%s\"", (int)text.size, text.at ? text.at : "(null)", want);
}

static struct assay_test *open_preparer(void)
{
    struct assay_test *t = assay_test_new(&markup_LTX_assay_plugin, "conf");
    assert_int_equal(assay_test_open(t, &options), ASSAY_OK);
    return t;
}

/* The runs tile the text; where they are one to one the bytes are equal, else they are an entity, white space or a quote. */
static void assert_leads_back(const struct assay_doc *doc)
{
    uint64_t to = 0;
    for (uint64_t i = 0; i < doc->runs; i++) {
        const struct assay_map *m = &doc->map[i];
        assert_int_equal(m->to, to);
        to += (uint64_t)m->count * m->to_step;
        if (m->from_step == 0)
            continue;
        assert_true(m->from + (uint64_t)m->count * m->from_step <= doc->bytes.size);
        const char *from = doc->bytes.at + m->from;
        if (m->from_step == 1 && m->to_step == 1)
            assert_memory_equal(from, doc->text.at + m->to, m->count);
        else
            assert_true(*from == '&' || strchr(" \t\r\n", *from));
    }
    assert_int_equal(to, doc->text.size);
}

static struct assay_doc *page(struct assay_test *t, const char *html)
{
    struct assay_document record = {.media = {"text/html", 9}};
    struct assay_doc *doc = assay_test_doc(t, assay_text_of(html), &record);
    assert_int_equal(t->plugin->prepare(t->self, doc), ASSAY_OK);
    assert_leads_back(doc);
    return doc;
}

static void becomes(const char *html, const char *want)
{
    struct assay_test *t = open_preparer();
    assert_text(page(t, html)->text, want);
    assay_test_free(t);
}

static void blocks_become_lines(void **state)
{
    (void)state;
    becomes("<p>One  two\n three</p><p>Four<br>five<br><br>six</p>", "One two three\n\nFour\nfive\n\nsix");
    becomes("<ul><li>first<li>second</ul>after", "first\nsecond\n\nafter");
    becomes("<h2>Head</h2>text <b>bold</b>, <i>it</i><div>box</div>", "Head\n\ntext bold, it\n\nbox");
    becomes("<pre>a  b\n  c</pre>", "a  b\n  c");
    becomes("<table><tr><td>a<td>1<tr><th>b<td>2<p>x</table>", "a | 1\nb | 2 x");
    becomes("<table><tr><td><p>a</p></td><td><div>1<br>(2)</div></td></tr></table>y", "a | 1 (2)\n\ny"); /* a row stays one */
    becomes("<table><tr><td>a<td><td>1<td><tr><td><td>2<td>3</table>", "a |  | 1\n2 | 3");             /* but for the corner, empty cells stay */
    becomes("before<script>if (a < b) x(\"<p>no</p>\")</script>after<style>p{}</style>", "beforeafter");
    becomes("<p>Un<!-- no <p> -->cut</p><![CDATA[raw]]>", "Uncut\n\nraw");
    becomes("10<sup>6</sup> m<sup>x</sup>", "10^6 mx");
    becomes("<select><option>a<option>b</select>c", "c");
    becomes("", "");
}

/* A figure and what it is told of, each a line of its own, are read as one line. */
static void cards_become_lines(void **state)
{
    (void)state;
    becomes("<div><p>4.8%</p><p>unemployment rate</p></div><div><h3>2.31 million</h3><div>people</div></div>",
            "4.8% unemployment rate\n\n2.31 million people");
    becomes("<div><p>Area:</p><p>1,274 km²</p></div><div><p>People</p><p>1,230</p><p>at the end of 2023</p></div>",
            "Area: 1,274 km²\n\nPeople: 1,230\nat the end of 2023");
    becomes("<ul><li><b>412</b><span>schools</span><li>7.9 %<br>inflation</ul>", "412 schools\n7.9 % inflation");
    becomes("<dl><dt>Area</dt><dd>12 km</dd><dt>Name</dt> <dd>Varn</dd><dd>Orrin</dd></dl>", "Area: 12 km\nName: Varn\nOrrin");
    becomes("<dl><dt>What is it?</dt><dd>A town.</dd></dl>", "What is it?\nA town.");
    becomes("<div><p>14:20</p><p>Power cut</p></div>", "14:20\n\nPower cut");       /* an hour */
    becomes("<div><p>31.12.2023</p><p>Power cut</p></div>", "31.12.2023\n\nPower cut");
    becomes("<div><p>The fee is paid.</p><p>12 %</p></div>", "The fee is paid.\n\n12 %"); /* no label */
    becomes("<table><tr><th>Branch<th>2022, EUR million<th>2023, EUR million</table>", "Branch | 2022, EUR million | 2023, EUR million");
    becomes("<b>1</b>.5 and <b>3</b><b>40</b>, <b>12</b><i>th</i>", "1.5 and 340, 12th");
}

static void marks_of_notes_are_no_powers(void **state)
{
    (void)state;
    becomes("1,234<sup>1</sup> tonnes, 310<sup><a href=#n2>[2]</a></sup> people", "1,234 tonnes, 310 people");
    becomes("1.92 €<sup>3</sup> each", "1.92 € each");
    becomes("3.9<sup>p</sup> and 4 %<sup>a, b</sup> and 5 %<sup>b</sup>", "3.9 and 4 %a, b and 5 %");
    becomes("10<sup>6</sup>, 10<sup>-3</sup>, 2<sup>10</sup>, 3 m<sup>2</sup>, 2<sup>e</sup>, 21<sup>st</sup>", "10^6, 10-3, 2^10, 3 m2, 2e, 21st");
}

static void entities_are_decoded(void **state)
{
    (void)state;
    becomes("caf&eacute; &amp; &#8364;5 &#x20ac;6 &#128;7 a&nbsp;b &lt;&gt;&quot;&apos;", "café & €5 €6 €7 a\u00a0b <>\"'");
    becomes("AT&T &unknown; & &#; &#xzz; &amp &", "AT&T &unknown; & &#; &#xzz; &amp &");
    becomes("in&shy;vis&#8203;ible", "invisible");
    becomes("&#0;&#xd800;&#x110000;", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

static void broken_markup_is_mended(void **state)
{
    (void)state;
    becomes("<p>a<p>b</i></p></p></div>c", "a\n\nb\n\nc");
    becomes("<b>a<div>b</b>c</div>d", "a\n\nbc\n\nd");
    becomes("x < y and 5<6 <3 </ z", "x < y and 5<6 <3 </ z");
    becomes("<p title='a>b' class=x>in</p><p", "in");
    becomes("<p a=\"no end>text", "text");
    becomes("<table><td>a</p></td></table></td>b", "a\n\nb");
}

#define SENTENCE "The harbour office counted 900 people on the first day, twice as many as last year, and said so in its report. "

static const char whole_page[] =
    "<html lang=\"de-AT\"><head><title>Title | Site</title><link rel=canonical href='https://www.site.example/a?b'>"
    "<meta name=author content='A. Writer'><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Real \\u0022title\\u0022\","
    "\"datePublished\":\"2024-05-01T10:00:00+02:00\",\"author\":{\"name\":\"No\"},\"publisher\":{\"@type\":\"Organization\",\"name\":\"The Site\"}}</script></head>"
    "<body><div id=header class=masthead><h1>Headline 7</h1></div><ul class=\"nav menu\"><li><a href=/>Home</a></ul>"
    "<div class=article-body><p>" SENTENCE "</p><p>" SENTENCE SENTENCE "</p><p>" SENTENCE SENTENCE "</p></div>"
    "<div class=related><a href=1>Read also: 5 tips</a> <a href=2>More 6</a></div>"
    "<div id=comments><p>Reader: I counted 901, I think, or so.</p></div><footer>Imprint 8</footer></body></html>";

static void the_article_is_found_and_the_headline_leads(void **state)
{
    (void)state;
    struct assay_test *t = open_preparer();
    struct assay_doc *doc = page(t, whole_page);
    struct assay_text text = doc->text;
    assert_memory_equal(text.at, "Headline 7\n\nThe harbour", 23);
    static const char *const gone[] = {"Home", "Read also", "Reader", "Imprint", "Title | Site"};
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++)
        assert_null(memmem(text.at, text.size, gone[i], strlen(gone[i])));
    assert_text(doc->record.title, "Real \"title\"");
    assert_text(doc->record.published, "2024-05-01T10:00:00+02:00");
    assert_text(doc->record.source, "The Site");
    assert_text(doc->record.uri, "https://www.site.example/a?b");
    assert_text(doc->record.declared, "de");
    assert_text(ASSAY_AT(struct assay_pair, doc->record.metadata, 0)->value, "A. Writer");
    assay_test_free(t);
}

static void cards_and_captions_are_part_of_the_article(void **state)
{
    (void)state;
    struct assay_test *t = open_preparer();
    struct assay_text text =
        page(t, "<html><title>T</title><body><main><p>" SENTENCE "</p><div class=facts><div class=k><div>4.8%</div><div>unemployment rate</div></div>"
                "<div class=k><div>412</div><div>schools</div></div></div><p>The next release is due in June.</p><figure><img src=a>"
                "<figcaption>Some 5,000 sandbags.</figcaption></figure></main><footer>Imprint 8</footer></body></html>")->text;
    static const char *const there[] = {"The harbour", "4.8% unemployment rate\n\n412 schools", "due in June", "5,000 sandbags"};
    for (size_t i = 0; i < sizeof there / sizeof there[0]; i++)
        assert_non_null(memmem(text.at, text.size, there[i], strlen(there[i])));
    assert_null(memmem(text.at, text.size, "Imprint", 7));
    assay_test_free(t);
}

/* Beside the box that holds most of an article its other paragraphs stay, menus and lone words go. */
static void siblings_of_the_article_stay(void **state)
{
    (void)state;
    struct assay_test *t = open_preparer();
    struct assay_text text = page(t, "<html><body><div><p>" SENTENCE SENTENCE "</p><p>" SENTENCE SENTENCE "</p></div><p>" SENTENCE
                                     "</p><p>He said so twice.</p><p>Share</p>stray words<div><a href=a>Read also: 5 tips</a></div></body></html>")->text;
    static const char *const there[] = {"in its report.\n\nHe said so twice."}, *const gone[] = {"Share", "stray", "5 tips"};
    for (size_t i = 0; i < sizeof there / sizeof there[0]; i++)
        assert_non_null(memmem(text.at, text.size, there[i], strlen(there[i])));
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++)
        assert_null(memmem(text.at, text.size, gone[i], strlen(gone[i])));
    assay_test_free(t);
}

static void furniture_can_be_kept_and_marked(void **state)
{
    (void)state;
    options.boilerplate = 1;
    struct assay_test *t = open_preparer();
    struct assay_doc *doc = page(t, whole_page);
    assert_non_null(memmem(doc->text.at, doc->text.size, "Imprint 8", 9));
    struct assay_list list = t->host.records(&t->host, doc, 1);
    int found = 0;
    for (uint32_t i = 0; i < list.count; i++) {
        const struct assay_boilerplate *b = ASSAY_AT(struct assay_boilerplate, list, i);
        assert_true(b->span.begin < b->span.end && b->span.end <= doc->text.size);
        found |= b->span.end - b->span.begin == 9 && memcmp(doc->text.at + b->span.begin, "Imprint 8", 9) == 0 && b->reason.at[0] == 'f';
    }
    assert_true(found);
    assay_test_free(t);
    options.boilerplate = 0;
}

/* The stretches that are told as code, joined with '/'. */
static void assert_code(struct assay_test *t, const struct assay_doc *doc, const char *want)
{
    struct assay_list list = t->host.records(&t->host, doc, 1);
    char got[400] = "";
    for (uint32_t i = 0; i < list.count; i++) {
        const struct assay_boilerplate *b = ASSAY_AT(struct assay_boilerplate, list, i);
        assert_text(b->reason, "code");
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.*s", i ? "/" : "", (int)(b->span.end - b->span.begin), doc->text.at + b->span.begin);
    }
    assert_string_equal(got, want);
}

static void code_of_pages_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *html, *code;
    } cases[] = {
        {"<p>Set it to <code>900</code> at most, or press <kbd>F1</kbd>.</p>", "900/F1"},
        {"<p>So:</p><pre class=\"screen\">load 10\nfree 20</pre><p>Done.</p>", "load 10\nfree 20"},
        {"<div class=\"Highlight-c\"><pre>int a = 5;</pre></div>", "int a = 5;"},
        {"<pre><samp>out 7</samp></pre>", "out 7"},
        {"<pre>Dear all,\n12 people came.</pre><p class=\"code\">A postal code of 5 digits.</p>", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_test *t = open_preparer();
        assert_code(t, page(t, cases[i].html), cases[i].code);
        assay_test_free(t);
    }
}

static void code_in_markdown_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *code;
    } cases[] = {
        {"Use `-n 5` or ``a ` b``.\n", "`-n 5`/``a ` b``"},
        {"One:\n```sh\nrun 3\n```\nTwo ` 4\n", "```sh\nrun 3\n```"},
        {"~~~\n```\n8\n", "~~~\n```\n8\n"},
        {"a `b\n\nc d `e\nf` g", "`e\nf`"},
        {"````\n```\n9\n````\nafter `` ` ``", "````\n```\n9\n````/`` ` ``"},
        {"no code: ``` x ` y `` z", ""},
    };
    struct assay_document record = {.media = {"text/markdown", 13}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_test *t = open_preparer();
        struct assay_doc *doc = assay_test_doc(t, assay_text_of(cases[i].text), &record);
        assert_int_equal(t->plugin->prepare(t->self, doc), *cases[i].code ? ASSAY_OK : ASSAY_SKIP);
        assert_text(doc->text, cases[i].text);
        assert_code(t, doc, cases[i].code);
        assay_test_free(t);
    }
}

/* Runs of backticks of every length, so that none finds its like: each is looked for once. */
static void backticks_without_end_are_survived(void **state)
{
    (void)state;
    size_t size = 0, room = 4u << 20;
    char *text = malloc(room);
    assert_non_null(text);
    for (size_t n = 1; size + n + 1 < room; n = n % 97 + 1) {
        memset(text + size, '`', n);
        text[size + n] = n % 3 ? 'x' : '\n';
        size += n + 1;
    }
    struct assay_document record = {.media = {"text/markdown", 13}};
    struct assay_test *t = open_preparer();
    struct assay_doc *doc = assay_test_doc(t, (struct assay_text){text, size}, &record);
    assert_true(t->plugin->prepare(t->self, doc) >= 0);
    assay_test_free(t);
    free(text);
}

static void tables_of_figures_stay(void **state)
{
    (void)state;
    struct assay_buf b = {0};
    assay_buf_text(&b, "<html><body><div class=content><p>" SENTENCE "</p><p>" SENTENCE SENTENCE "</p><p>" SENTENCE SENTENCE "</p><table><tr><th>Year<th>Boats</tr>");
    for (int i = 0; i < 12; i++)
        assay_buf_printf(&b, "<tr><td>%d<td><a href=x>%d</a></tr>", 2000 + i, 17 * i);
    assay_buf_text(&b, "</table></div></body></html>");
    assay_buf_byte(&b, 0);
    struct assay_test *t = open_preparer();
    struct assay_doc *doc = page(t, b.at);
    assert_non_null(memmem(doc->text.at, doc->text.size, "2011 | 187", 10));
    assay_test_free(t);
    assay_buf_free(&b);
}

static void of_subtitles_what_is_said(const char *sheet, const char *want)
{
    struct assay_test *t = open_preparer();
    struct assay_document record = {.media = {"text/plain", 10}};
    struct assay_doc *doc = assay_test_doc(t, assay_text_of(sheet), &record);
    assert_int_equal(t->plugin->prepare(t->self, doc), want ? ASSAY_OK : ASSAY_SKIP);
    if (want)
        assert_text(doc->text, want);
    assay_test_free(t);
}

static void subtitles_lose_their_times(void **state)
{
    (void)state;
    of_subtitles_what_is_said("1\r\n00:00:01,200 --> 00:00:04,800\r\nThe dam holds\r\n<i>40,000 tonnes.</i>\r\n\r\n2\r\n00:00:04,800 --> 00:00:09,000\r\nNobody\r\nwas hurt.\r\n",
                              "The dam holds 40,000 tonnes.\nNobody was hurt.");
    of_subtitles_what_is_said("WEBVTT\n\nNOTE made by hand\n\nintro\n00:01.000 --> 00:04.000 align:start\nIt is 12 metres < 20 high\n",
                              "It is 12 metres < 20 high");
    of_subtitles_what_is_said("00:00:01,200 --> 00:00:04,800", "");
    of_subtitles_what_is_said("A line\nanother\nthird\nfourth\nfifth 12\n00:00:01,200 --> 00:00:04,800\n", NULL);
    of_subtitles_what_is_said("The trains go 10:04 --> 11:56.\n", NULL);
}

static void what_is_no_markup_is_left(void **state)
{
    (void)state;
    struct assay_test *t = open_preparer();
    struct assay_doc *doc = assay_test_text(t, "a < b & <p>c</p>");
    assert_int_equal(t->plugin->prepare(t->self, doc), ASSAY_SKIP);
    struct assay_document record = {.media = {"text/plain", 10}, .uri = {"https://www.news.example/x", 26}};
    doc = assay_test_doc(t, assay_text_of("text"), &record);
    assert_int_equal(t->plugin->prepare(t->self, doc), ASSAY_OK);
    assert_text(doc->record.source, "news.example");
    assert_text(doc->text, "text");
    assay_test_free(t);
}

static void pages_are_marked(void **state)
{
    (void)state;
    struct assay_test *t = open_preparer();
    struct assay_document record = {.media = {"application/pdf", 15}};
    struct assay_doc *doc = assay_test_doc(t, assay_text_of("one\n\ftwo\n\f\fthree"), &record);
    assert_int_equal(t->plugin->prepare(t->self, doc), ASSAY_OK);
    assert_text(doc->text, "one\n\ntwo\n\n\nthree");
    struct assay_list list = t->host.records(&t->host, doc, 2);
    assert_int_equal(list.count, 3);
    assert_int_equal(ASSAY_AT(struct assay_page, list, 2)->page, 4);
    assert_int_equal(ASSAY_AT(struct assay_page, list, 2)->span.begin, 11);
    assay_test_free(t);
}

static void xml_is(const char *input, const char *expected)
{
    struct assay_test *t = open_preparer();
    struct assay_document record = {.media = {"application/xml", 15}};
    struct assay_doc *doc = assay_test_doc(t, assay_text_of(input), &record);
    assert_int_equal(t->plugin->prepare(t->self, doc), ASSAY_OK);
    assert_text(doc->text, expected);
    assay_test_free(t);
}

/* Elements beside text are parts of its sentences; others stand for themselves, also where nothing is between them. */
static void xml_elements_are_blocks_or_not(void **state)
{
    (void)state;
    xml_is("<nitf><head><title>Flood</title></head><body><hl1>The river</hl1><p>The <org>Red <i>Cross</i></org> said.</p>"
           "<p>12 <money><n>5</n><u>m</u></money></p></body></nitf>",
           "Flood\n\nThe river\n\nThe Red Cross said.\n\n12 5m");
    xml_is("<row><c>10</c><c>20</c></row>", "10\n\n20");
    xml_is("<a> <b>one</b> <b>two</b> </a>", "one\n\ntwo");
}

static void declarations_are_no_text(void **state)
{
    (void)state;
    xml_is("<!DOCTYPE doc [<!ELEMENT doc (p)> <!ENTITY x \"y>z\"> <!ENTITY % q '[a]'> ] ><doc>one</doc>", "one");
    xml_is("<!doctype doc SYSTEM \"x.dtd\"><doc>one [two]> three</doc>", "one [two]> three");
    xml_is("<!DOCTYPE doc [<doc>one</doc>", "one");
    xml_is("<![if x]><doc>one ]> two</doc>", "one ]> two");
    xml_is("<!D[>one]>", "one]>");
}

static void xml_gives_its_text(void **state)
{
    (void)state;
    struct assay_test *t = open_preparer();
    struct assay_document record = {.media = {"application/xml", 15}};
    struct assay_doc *doc = assay_test_doc(t, assay_text_of("<?xml version='1.0'?><a><p>one</p> <title>two &amp; 3</title><![CDATA[<4>]]></a>"), &record);
    assert_int_equal(t->plugin->prepare(t->self, doc), ASSAY_OK);
    assert_text(doc->text, "one two & 3<4>");
    assay_test_free(t);
}

/* Pieces of markup in any order: it ends, and the map holds. */
static void any_markup_is_survived(void **state)
{
    (void)state;
    static const char *const piece[] = {"<p>", "</p>", "<div class=comment>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<ul>", "<li>", "</ul>",
                                        "text, with 5 ", "&amp;", "&", "<", ">", "<!--", "-->", "<script>", "</script>", "<b>", "</b>", "<pre>", "</pre>",
                                        "<a href='x'>", "</a>", "'", "\"", "<br/>", "<h1>", "</h1>", "\xd0\xb6", " \n", "<![CDATA[", "]]>", "<title>",
                                        "</title>", "<body>", "</body>", "<html>", "</html>", "<p a='", "<sup>2</sup>", "9"};
    uint64_t seed = 5;
    for (int round = 0; round < 600; round++) {
        struct assay_buf b = {0};
        for (int i = 0; i < 120; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            assay_buf_text(&b, piece[(seed >> 33) % (sizeof piece / sizeof piece[0])]);
        }
        assay_buf_byte(&b, 0);
        options.boilerplate = round % 2;
        struct assay_test *t = open_preparer();
        page(t, b.at);
        assay_test_free(t);
        assay_buf_free(&b);
    }
    options.boilerplate = 0;
}

static void deep_nesting_ends(void **state)
{
    (void)state;
    struct assay_buf b = {0};
    for (int i = 0; i < 200000; i++)
        assay_buf_text(&b, "<div>");
    assay_buf_text(&b, "<p>" SENTENCE "</p>");
    assay_buf_byte(&b, 0);
    struct assay_test *t = open_preparer();
    struct assay_doc *doc = page(t, b.at);
    assert_non_null(memmem(doc->text.at, doc->text.size, "900 people", 10));
    assay_test_free(t);
    assay_buf_free(&b);
}

/* Who published a page of that address and title, which calls its place so. */
static void posted(const char *uri, const char *title, const char *site, const char *expected)
{
    char html[1024];
    struct assay_test *t = open_preparer();
    snprintf(html, sizeof html, "<html><head><link rel=canonical href='%s'><meta property=og:title content='%s'>"
             "<meta property=og:site_name content='%s'></head><body><p>Text.</p></body></html>", uri, title, site);
    assert_text(page(t, html)->record.source, expected);
    assay_test_free(t);
}

static void posts_are_of_their_account(void **state)
{
    (void)state;
    posted("https://t.me/s/orucoastguard/12?before=3", "Oru Coast Guard", "Telegram", "Oru Coast Guard (@orucoastguard)");
    posted("https://t.me/orucoastguard", "Telegram: View @orucoastguard", "", "t.me/orucoastguard");
    posted("https://x.com/minister_adaro/status/1", "Lena Adaro on X: We hired / X", "X (formerly Twitter)", "Lena Adaro (@minister_adaro)");
    posted("https://www.facebook.com/halmeer.port/posts/9", "74 ships", "Facebook", "facebook.com/halmeer.port");
    posted("https://bsky.app/profile/eva.example", "", "", "bsky.app/eva.example");
    posted("https://x.com/minister_adaro/status/1", "", "Ministry of Health", "Ministry of Health"); /* said otherwise */
    posted("https://www.youtube.com/watch?v=1", "A film", "YouTube", "YouTube");
    posted("https://echo.example/a", "Lena Adaro on X", "Echo", "Echo");
    posted("https://x.com/", "", "X", "X");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_become_lines),
        cmocka_unit_test(cards_become_lines),
        cmocka_unit_test(marks_of_notes_are_no_powers),
        cmocka_unit_test(entities_are_decoded),
        cmocka_unit_test(broken_markup_is_mended),
        cmocka_unit_test(the_article_is_found_and_the_headline_leads),
        cmocka_unit_test(cards_and_captions_are_part_of_the_article),
        cmocka_unit_test(furniture_can_be_kept_and_marked),
        cmocka_unit_test(code_of_pages_is_told),
        cmocka_unit_test(code_in_markdown_is_told),
        cmocka_unit_test(subtitles_lose_their_times),
        cmocka_unit_test(backticks_without_end_are_survived),
        cmocka_unit_test(tables_of_figures_stay),
        cmocka_unit_test(what_is_no_markup_is_left),
        cmocka_unit_test(pages_are_marked),
        cmocka_unit_test(xml_gives_its_text), cmocka_unit_test(xml_elements_are_blocks_or_not),
        cmocka_unit_test(declarations_are_no_text), cmocka_unit_test(siblings_of_the_article_stay),
        cmocka_unit_test(any_markup_is_survived),
        cmocka_unit_test(deep_nesting_ends),
        cmocka_unit_test(posts_are_of_their_account),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
