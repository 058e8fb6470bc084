/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/testing.h>
#include <stdio.h>
#include <string.h>

extern const struct assay_plugin homoglyphs_LTX_assay_plugin;

struct homoglyph { /* as in the plugin */
    struct assay_span span;
    struct assay_text text;
};

/* All that is noted, as "begin-end text;". */
static void notes(const char *text, const char *want)
{
    struct assay_test *t = assay_test_new(&homoglyphs_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, NULL), ASSAY_OK);
    struct assay_doc *doc = assay_test_text(t, text);
    assert_int_equal(t->plugin->analyse(t->self, doc), ASSAY_OK);
    struct assay_buf b = {0};
    struct assay_list list = t->host.records(&t->host, doc, 0);
    for (uint32_t i = 0; i < list.count; i++) {
        const struct homoglyph *h = ASSAY_AT(struct homoglyph, list, i);
        assay_buf_printf(&b, "%u-%u %.*s;", h->span.begin, h->span.end, (int)h->text.size, h->text.at);
    }
    assay_buf_byte(&b, 0);
    assert_string_equal(b.at, want);
    assay_buf_free(&b);
    assay_test_free(t);
}

static void words_with_a_letter_of_another_script(void **state)
{
    (void)state;
    notes("M\xd0\xbescow said", "0-7 Moscow;");                    /* Cyrillic о */
    notes("\xd0\x9co\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0", "0-11 Москва;"); /* Latin o */
    notes("the \xce\x91thens", "4-11 Athens;");
    notes("5 \xd1\x81m of \xd0\xba""g", "2-5 cm;9-12 kg;"); /* of two letters the one script that has both */
    notes("\xd1\x81""c", ""); /* either could be meant */
    notes("x\xd0\xb6yz", ""); /* ж has no twin */
}

/* Text that cannot hold one is passed over in strides; what stands before the letter in its word must not be. */
static void a_word_behind_much_plain_text(void **state)
{
    (void)state;
    notes("No letter of theirs stands in here; caf\xc3\xa9s neither, but (semi-M\xd0\xbescow) does.", "57-69 semi-Moscow;");
    notes("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaM\xd0\xbe", "0-35 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaMo;");
    notes("M\xd0\xbescow and M\xd0\xbescow", "0-7 Moscow;12-19 Moscow;");
}

static void model_names(void **state)
{
    (void)state;
    notes("153 \xd0\xa2-72 tanks", "4-9 T-72;");
    notes("2\xd0\xa1" "7, \xd0\xa1-300", "0-4 2C7;6-12 C-300;");
    notes("T-72, 2C7", "");
    notes("\xd0\x96-72", "");
}

static void plain_words_are_not_noted(void **state)
{
    (void)state;
    notes("Moscow, Москва, Αθήνα, сто-2024, long-range, 12 - 15", "");
    notes("", "");
    notes("- -5 a-", "");
    notes("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xd0\xb0", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_with_a_letter_of_another_script),
        cmocka_unit_test(a_word_behind_much_plain_text),
        cmocka_unit_test(model_names),
        cmocka_unit_test(plain_words_are_not_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
