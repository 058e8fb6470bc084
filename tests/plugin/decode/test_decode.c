/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/text.h>
#include <assay/kit/charset.h>
#include <assay/testing.h>
#include <stdlib.h>
#include <string.h>

extern const struct assay_plugin decode_LTX_assay_plugin;

static struct {
    struct assay_text fallback;
    uint32_t repair;
} options = {{"windows-1252", 12}, 1};

static void assert_text(struct assay_text text, const char *want)
{
    if (!text.at || text.size != strlen(want) || memcmp(text.at, want, text.size) != 0)
        fail_msg("got \"%.*s\", not \"%s\"", (int)text.size, text.at ? text.at : "(null)", want);
}

static struct assay_test *open_preparer(void)
{
    struct assay_test *t = assay_test_new(&decode_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &options), ASSAY_OK);
    return t;
}

/* Every run leads back: one-to-one runs to equal bytes; the runs tile the text. */
static void assert_mapped(const struct assay_doc *doc)
{
    uint64_t to = 0;
    for (uint64_t i = 0; i < doc->runs; i++) {
        const struct assay_map *m = &doc->map[i];
        assert_int_equal(m->to, to);
        /* After a repair the map leads to the text as decoded, which may be longer than the bytes. */
        assert_true(m->from + (uint64_t)m->count * m->from_step <= (doc->record.repairs.count ? 4 : 1) * doc->bytes.size);
        to += (uint64_t)m->count * m->to_step;
    }
    assert_true(!doc->runs || to == doc->text.size);
}

static void decodes(struct assay_text bytes, const char *encoding, const char *want)
{
    struct assay_test *t = open_preparer();
    struct assay_doc *doc = assay_test_doc(t, bytes, NULL);
    assert_int_equal(t->plugin->prepare(t->self, doc), ASSAY_OK);
    assert_text(doc->record.encoding, encoding);
    assert_text(doc->text, want);
    assert_mapped(doc);
    assay_test_free(t);
}

static const char russian[] = "Завод выпустил сорок новых машин, и это больше, чем год назад. Рабочие говорят, что довольны.";

static void as_charset(const char *text, const char *charset, struct assay_buf *to)
{
    struct assay_charset c;
    assert_true(assay_charset_open(&c, charset));
    for (const char *p = text, *end = p + strlen(p); p < end;) {
        uint32_t n = 1, cp = (unsigned char)*p;
        if (cp >= 0x80) {
            n = cp >= 0xe0 ? 3 : 2;
            cp = n == 2 ? (cp & 0x1f) << 6 | (p[1] & 0x3fu) : (cp & 0xf) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
        }
        uint32_t b = 0;
        while (b < 256 && c.point[b] != cp)
            b++;
        assert_true(b < 256);
        assay_buf_byte(to, (char)b);
        p += n;
    }
    assay_charset_close(&c);
}

static void cyrillic_charsets_are_told_apart(void **state)
{
    (void)state;
    static const char *const names[] = {"windows-1251", "KOI8-R", "IBM866", "ISO-8859-5", "MacCyrillic", "IBM855"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct assay_buf b = {0};
        as_charset(russian, names[i], &b);
        decodes((struct assay_text){b.at, b.size}, names[i], russian);
        assay_buf_free(&b);
    }
}

static void other_alphabets(void **state)
{
    (void)state;
    static const char *const texts[][2] = {
        {"KOI8-U", "Завод випустив сорок нових машин, і це більше, ніж торік. Робітники кажуть, що їм є чим пишатися."},
        {"windows-1255", "המפעל ייצר ארבעים מכונות חדשות, וזה יותר מאשר בשנה שעברה. הפועלים אומרים שהם מרוצים."},
        {"windows-1253", "Το εργοστάσιο έβγαλε σαράντα νέες μηχανές, περισσότερες από πέρυσι. Οι εργάτες λένε ότι είναι ευχαριστημένοι."},
        {"windows-1250", "Závod vyrobil čtyřicet nových strojů, což je více než loni. Dělníci říkají, že jsou spokojení – „ano“."},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct assay_buf b = {0};
        as_charset(texts[i][1], texts[i][0], &b);
        struct assay_test *t = open_preparer();
        struct assay_doc *doc = assay_test_doc(t, (struct assay_text){b.at, b.size}, NULL);
        assert_int_equal(t->plugin->prepare(t->self, doc), ASSAY_OK);
        assert_text(doc->text, texts[i][1]);
        assay_test_free(t);
        assay_buf_free(&b);
    }
}

static void unicode_forms(void **state)
{
    (void)state;
    decodes(assay_text_of("plain"), "UTF-8", "plain");
    decodes((struct assay_text){"", 0}, "UTF-8", "");
    decodes(assay_text_of("\xef\xbb\xbfmarked"), "UTF-8", "marked");
    decodes((struct assay_text){"\xff\xfe" "a\0\x36\x04\x3d\xd8\0\xde", 10}, "UTF-16LE", "a\xd0\xb6\xf0\x9f\x98\x80");
    decodes((struct assay_text){"\xfe\xff\0a\x04\x36", 6}, "UTF-16BE", "a\xd0\xb6");
    decodes((struct assay_text){"\0\0\xfe\xff\0\0\0a\0\0\x04\x36", 12}, "UTF-32BE", "a\xd0\xb6");
    decodes((struct assay_text){"W\0i\0t\0h\0o\0u\0t\0 \0m\0a\0r\0k\0", 24}, "UTF-16LE", "Without mark");
    decodes((struct assay_text){"\0W\0i\0t\0h\0o\0u\0t\0 \0m\0a\0r\0k", 24}, "UTF-16BE", "Without mark");
    decodes((struct assay_text){"\xff\xfe" "a\0\0\xd8" "b\0c", 9}, "UTF-16LE", "a\xef\xbf\xbd" "b\xef\xbf\xbd"); /* lone half, half a unit */
    decodes(assay_text_of("good \xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6 cut \xd0"), "UTF-8",
            "good \xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6 cut \xef\xbf\xbd");
}

static void escapes_are_followed(void **state)
{
    (void)state;
    decodes(assay_text_of("plain \x1b$BF|K\\\x1b(B end"), "ISO-2022-JP", "plain 日本 end");
    decodes(assay_text_of("\x1b[31mred\x1b[0m"), "UTF-8", "\x1b[31mred\x1b[0m");
    decodes(assay_text_of("<meta charset=shift_jis> \x93\xfa\x96\x7b 5"), "Shift_JIS", "<meta charset=shift_jis> 日本 5");
}

static void utf8_wins_over_what_is_declared_and_a_declaration_over_a_guess(void **state)
{
    (void)state;
    decodes(assay_text_of("<meta charset=windows-1251> caf\xc3\xa9"), "UTF-8", "<meta charset=windows-1251> café");
    decodes(assay_text_of("<meta charset=\"ISO-8859-7\"> \xe1\xe2"), "ISO-8859-7", "<meta charset=\"ISO-8859-7\"> αβ");
    decodes(assay_text_of("<?xml version='1.0' encoding='koi8-u'?> \xa4"), "KOI8-U", "<?xml version='1.0' encoding='koi8-u'?> є");
    decodes(assay_text_of("It\x92s na\xefve, he said \x96 \x93yes\x94."), "windows-1252", "It’s naïve, he said – “yes”.");
}

static void a_header_declares_through_the_metadata(void **state)
{
    (void)state;
    struct assay_test *t = open_preparer();
    struct assay_pair pair = {{"charset", 7}, {"iso-8859-2", 10}};
    struct assay_document record = {.media = {"text/plain", 10}, .metadata = {&pair, 1, sizeof pair}};
    struct assay_doc *doc = assay_test_doc(t, assay_text_of("\xb3\xf3" "d\xbc"), &record);
    assert_int_equal(t->plugin->prepare(t->self, doc), ASSAY_OK);
    assert_text(doc->text, "łódź");
    assay_test_free(t);
}

/* ---- repair ---- */

static void becomes(const char *text, const char *want)
{
    struct assay_test *t = open_preparer();
    struct assay_doc *doc = assay_test_text(t, text);
    assert_int_equal(t->plugin->prepare(t->self, doc), ASSAY_OK);
    assert_text(doc->text, want);
    assert_mapped(doc);
    /* Putting `from` back gives the text as it was. */
    struct assay_buf back = {0};
    uint64_t at = 0;
    struct assay_list repairs = doc->record.repairs;
    for (uint32_t i = 0; i < repairs.count; i++) {
        const struct assay_repair *r = ASSAY_AT(struct assay_repair, repairs, i);
        assay_buf_add(&back, doc->text.at + at, r->span.begin - at);
        assay_buf_add(&back, r->from.at, r->from.size);
        assert_int_equal(r->to.size, r->span.end - r->span.begin);
        at = r->span.end;
    }
    assay_buf_add(&back, doc->text.at + at, doc->text.size - at);
    assert_text((struct assay_text){back.at, back.size}, text);
    assert_true((repairs.count > 0) == (strcmp(text, want) != 0));
    assay_buf_free(&back);
    assay_test_free(t);
}

static void mojibake_is_repaired(void **state)
{
    (void)state;
    becomes("Le prÃ©sident a visitÃ© l’Ã©cole", "Le président a visité l’école");
    becomes("It wasnâ€™t so, she said: â€œyesâ€\xc2\x9d", "It wasn’t so, she said: “yes”");
    becomes("Ð¡Ñ‚Ð¾ Ñ‚Ð¾Ð½Ð½", "Сто тонн");
    becomes("РЎС‚Рѕ С‚РѕРЅРЅ Р·РµСЂРЅР°", "Сто тонн зерна");
    becomes("GrÃƒÂ¶ÃƒÂŸe: 5 cm, grÃƒÂ¼n", "Größe: 5 cm, grün");
    becomes("Kosten: 20 â‚¬ pro StÃ¼ck", "Kosten: 20 € pro Stück");
    becomes("wei√ü und sch√∂n", "weiß und schön");
    becomes("first line is fine: é\nsecond is nÃ£o\nthird: é", "first line is fine: é\nsecond is não\nthird: é");
    becomes("wait\xc2\x85 \xc2\x93now\xc2\x94", "wait… “now”");
}

static void cyrillic_read_as_latin_is_repaired(void **state)
{
    (void)state;
    becomes("20 ìàÿ 2024", "20 мая 2024");
    becomes("153 Ò-72 tanks\n20 ìàÿ 2024\n", "153 Т-72 tanks\n20 мая 2024\n");
    becomes("Çàâîä âûïóñòèë ñîðîê ìàøèí", "Завод выпустил сорок машин");
    becomes("153 Ò-72 tanks", "153 Ò-72 tanks"); /* alone it proves nothing */
}

static void clean_text_is_left_alone(void **state)
{
    (void)state;
    static const char *const clean[] = {
        "CAFÉ® and NESTLÉ™, SÃO PAULO, É… À», VOCÊ…",
        "ÄÖÜ äöüß éèêë ñ ç å ø æ",
        "Ôôô, Ààà!",
        "5×£35, 4288×…, 20 °C, § 5 «a» „b“",
        "Він створив «Рівне», Їжак і Єва: ІІ ВІДПОВІДЬ, Ґанок",
        "Её сын, АЭС», СССР… в «Спартаке» — № 5 и 3 °С",
        "Матч «Напалі« з «Ліверпулем», у «Тбілісі« таксама",
        "Љубав и њива, Ђорђе и ћирилица; Ќотек",
        "√π and 2√a, a ¬ b, ∆° x",
        "├──┤ ┼─┐ ╔═╗ ║a║",
        "Tiếng Việt: đồng bằng sông Cửu Long, ÂN ÃN",
        "日本語のテキスト、中文，한국어",
        "Öğle, İstanbul’da Şöyle ÂNİ, ñandú à 5 €",
        "Žluťoučký kůň; Łódź, ŚLIWA; ő ű",
    };
    for (size_t i = 0; i < sizeof clean / sizeof clean[0]; i++)
        becomes(clean[i], clean[i]);
}

static void long_lines_are_done_piece_by_piece(void **state)
{
    (void)state;
    struct assay_buf in = {0}, out = {0};
    for (int i = 0; i < 5000; i++) {
        assay_buf_text(&in, i % 7 ? "mot simple " : "Ã©tÃ© ");
        assay_buf_text(&out, i % 7 ? "mot simple " : "été ");
    }
    assay_buf_byte(&in, 0);
    assay_buf_byte(&out, 0);
    becomes(in.at, out.at);
    assay_buf_free(&in);
    assay_buf_free(&out);
}

static void any_bytes_are_survived(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int round = 0; round < 400; round++) {
        char b[600];
        size_t n = 1 + (size_t)(round * 7) % sizeof b;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            b[i] = (char)(seed >> (round % 3 ? 57 : 56)) ^ (char)(round % 5 == 0 ? 0x80 : 0);
        }
        struct assay_test *t = open_preparer();
        struct assay_doc *doc = assay_test_doc(t, (struct assay_text){b, n}, NULL);
        assert_int_equal(t->plugin->prepare(t->self, doc), ASSAY_OK);
        assert_mapped(doc);
        assay_test_free(t);
    }
}

static void an_unknown_fallback_is_refused(void **state)
{
    (void)state;
    struct assay_test *t = assay_test_new(&decode_LTX_assay_plugin, NULL);
    options.fallback = assay_text_of("no-such-charset");
    assert_int_equal(assay_test_open(t, &options), ASSAY_ECONF);
    options.fallback = assay_text_of("windows-1252");
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cyrillic_charsets_are_told_apart),
        cmocka_unit_test(other_alphabets),
        cmocka_unit_test(unicode_forms),
        cmocka_unit_test(escapes_are_followed),
        cmocka_unit_test(utf8_wins_over_what_is_declared_and_a_declaration_over_a_guess),
        cmocka_unit_test(a_header_declares_through_the_metadata),
        cmocka_unit_test(mojibake_is_repaired),
        cmocka_unit_test(cyrillic_read_as_latin_is_repaired),
        cmocka_unit_test(clean_text_is_left_alone),
        cmocka_unit_test(long_lines_are_done_piece_by_piece),
        cmocka_unit_test(any_bytes_are_survived),
        cmocka_unit_test(an_unknown_fallback_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
