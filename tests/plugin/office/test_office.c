/* SPDX-License-Identifier: Apache-2.0
 *
 * The text of office documents, part by part; whole files are read by tests/chain/inputs.sh.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "odf.h"
#include "ooxml.h"

#define WORD(body) "<w:document xmlns:w='w' xmlns:mc='mc' xmlns:m='m'><w:body>" body "</w:body></w:document>"
#define P(runs) "<w:p><w:pPr><w:tabs><w:tab/></w:tabs><w:rPr><w:vanish/></w:rPr></w:pPr>" runs "</w:p>"
#define R(text) "<w:r><w:t xml:space='preserve'>" text "</w:t></w:r>"
#define ODF(styles, body)                                                                                           \
    "<o:document-content xmlns:o='o' xmlns:s='s' xmlns:t='t' xmlns:b='b'><o:automatic-styles>" styles               \
    "</o:automatic-styles><o:body><o:text>" body "</o:text></o:body></o:document-content>"

static void reads(int (*read)(struct prose *, struct xml *), const char *part, const char *want)
{
    struct prose prose = {0};
    struct xml x;
    assert_true(xml_open(&x, (struct assay_text){part, strlen(part)}));
    assert_true(read(&prose, &x));
    assay_buf_byte(&prose.text, 0);
    assert_string_equal(prose.text.at, want);
    assay_buf_free(&prose.text);
    xml_close(&x);
}

static void paragraphs_breaks_and_tabs(void **state)
{
    (void)state;
    reads(ooxml_text, WORD(P(R("One,  ") R(" two")) P("") P(R("Co") R("st") "<w:r><w:tab/><w:t>5</w:t><w:br/><w:t>low</w:t></w:r>")),
          "One, two\n\nCost\t5\nlow");
    reads(odf_text, ODF("", "<t:h>Head</t:h><t:p>a<t:s t:c='3'/>b<t:tab/>c<t:line-break/>d\n e</t:p>"), "Head\n\na b\tc\nd e");
}

static void rows_and_cells(void **state)
{
    (void)state;
    reads(ooxml_text,
          WORD(P(R("Before")) "<w:tbl><w:tr><w:tc>" P(R("Year")) "</w:tc><w:tc>" P(R("Ships")) "</w:tc></w:tr><w:tr><w:tc>" P(R("2022"))
               "</w:tc><w:tc>" P(R("1 107")) P(R("and more")) "</w:tc></w:tr></w:tbl>" P(R("After"))),
          "Before\n\nYear | Ships\n2022 | 1 107\nand more\n\nAfter");
    reads(odf_text,
          ODF("", "<b:table><b:table-row><b:table-cell><t:p>A</t:p></b:table-cell><b:table-cell/><b:table-cell><t:p>B</t:p>"
                  "</b:table-cell></b:table-row></b:table><t:p>C</t:p>"),
          "A |  | B\n\nC");
}

static void a_raised_digit_is_a_power(void **state)
{
    (void)state;
    reads(ooxml_text, WORD(P(R("3×10") "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>6</w:t></w:r>" R(" kWh"))), "3×10^6 kWh");
    reads(ooxml_text, WORD(P(R("10") "<w:r><w:rPr><w:position w:val='8'/></w:rPr><w:t>6</w:t></w:r>")), "10^6");
    reads(ooxml_text, WORD(P(R("10") "<w:r><w:rPr><w:vertAlign w:val='subscript'/></w:rPr><w:t>6</w:t></w:r>")), "106");
    reads(odf_text,
          ODF("<s:style s:name='T1'><s:text-properties s:text-position='super 58%'/></s:style><s:style s:name='T11'>"
              "<s:text-properties s:text-position='sub 58%'/></s:style>",
              "<t:p>10<t:span t:style-name='T1'>6</t:span>, CO<t:span t:style-name='T11'>2</t:span> 10<t:span t:style-name='T11'>6</t:span></t:p>"),
          "10^6, CO2 106");
}

static void what_is_not_of_the_text_is_left_out(void **state)
{
    (void)state;
    reads(ooxml_text,
          WORD(P("<w:del><w:r><w:delText>9 old</w:delText></w:r></w:del><w:ins>" R("10 new") "</w:ins>"
                 "<w:moveFrom>" R("moved 11") "</w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden 12</w:t></w:r>"
                 "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>, shown</w:t></w:r>")),
          "10 new, shown");
    reads(ooxml_text,
          WORD(P("<mc:AlternateContent><mc:Choice>" R("box 13") "</mc:Choice><mc:Fallback>" R("box 13") "</mc:Fallback></mc:AlternateContent>")),
          "box 13");
    reads(odf_text,
          ODF("", "<t:tracked-changes><t:p>gone 14</t:p></t:tracked-changes><t:table-of-content><t:p>Intro 15</t:p></t:table-of-content>"
                  "<t:p>Kept<o:annotation><t:p>remark 16</t:p></o:annotation>.</t:p>"),
          "Kept.");
}

static void fields_show_what_they_hold_but_no_pages(void **state)
{
    (void)state;
#define MARK(type) "<w:r><w:fldChar w:fldCharType='" type "'/></w:r>"
#define CODE(code) "<w:r><w:instrText xml:space='preserve'> " code "</w:instrText></w:r>"
    reads(ooxml_text,
          WORD(P(MARK("begin") CODE("TOC \\o") MARK("separate") R("Intro") MARK("begin") CODE("PAGEREF _1") MARK("separate") R("5") MARK("end"))
               P(R("More 6") MARK("end"))
               P(R("See ") MARK("begin") CODE("HYPERLINK \"x\"") MARK("separate") R("the site") MARK("end") R(" now"))
               P(R("Page ") "<w:fldSimple w:instr=' PAGE '>" R("7") "</w:fldSimple>")),
          "See the site now\n\nPage");
}

static void notes_stand_behind_the_text(void **state)
{
    (void)state;
    reads(odf_text,
          ODF("", "<t:p>First<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>Of 2019.</t:p></t:note-body></t:note> part.</t:p>"
                  "<t:p>End.</t:p>"),
          "First part.\n\nEnd.\n\nOf 2019.");
}

static void what_is_no_xml_is_said(void **state)
{
    (void)state;
    static const char *const bad[] = {"<w:p><w:r>", "<a>&none;</a>", "", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a><"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct prose prose = {0};
        struct xml x;
        assert_true(xml_open(&x, (struct assay_text){bad[i], strlen(bad[i])}));
        assert_false(ooxml_text(&prose, &x));
        assert_true(x.why[0]);
        assert_int_equal(prose.text.size, 0);
        assay_buf_free(&prose.text);
        xml_close(&x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_breaks_and_tabs),
        cmocka_unit_test(rows_and_cells),
        cmocka_unit_test(a_raised_digit_is_a_power),
        cmocka_unit_test(what_is_not_of_the_text_is_left_out),
        cmocka_unit_test(fields_show_what_they_hold_but_no_pages),
        cmocka_unit_test(notes_stand_behind_the_text),
        cmocka_unit_test(what_is_no_xml_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
