/* SPDX-License-Identifier: Apache-2.0
 *
 * Number words, fractions, ranges, units, ages and spans of time in the languages other than English. A line says what
 * is read: "VALUE[..HIGH][ UNIT]", several claims parted by "; ".
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>

#include "reader.h"

struct line {
    const char *language, *text, *claims;
};

static int check(struct assay_test *t, const struct line *line)
{
    char got[512] = "";
    size_t n = 0;
    struct assay_list list = read_claims(t, line->text, line->language, NULL);
    for (uint32_t i = 0; i < list.count; i++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, i);
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%.*s%s%.*s%s%.*s", i ? "; " : "", (int)c->decimal.size, c->decimal.at, c->has_value_high ? ".." : "",
                              (int)c->decimal_high.size, c->decimal_high.size ? c->decimal_high.at : "", c->unit.size ? " " : "", (int)c->unit.size, c->unit.size ? c->unit.at : "");
        if (n >= sizeof got)
            fail_msg("%s: too many claims", line->text);
    }
    if (strcmp(got, line->claims))
        print_error("%s: [%s], not [%s]\n", line->text, got, line->claims);
    return strcmp(got, line->claims) != 0;
}

static void check_all(const struct line *line, size_t count)
{
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
    if (assay_test_open(t, NULL) != ASSAY_OK)
        fail_msg("%s", t->message);
    int wrong = 0;
    for (size_t i = 0; i < count; i++)
        wrong += check(t, line + i);
    assay_test_free(t);
    assert_int_equal(wrong, 0);
}

static void fractions_in_words(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"es", "Solo votaron tres veinteavos del censo.", "0.15"}, {"es", "Se perdieron veinte quintos de la mezcla.", "4"},
        {"es", "El error fue de dos milésimas de segundo.", "0.002 second"}, {"es", "Costó un billón y medio millón de pesos.", "1000000500000 MXN"},
        {"es", "Pesa ciento tres con dos cuartos kilos.", "103.5 kilogram"}, {"pt", "A parte dele é de três vinte e cinco avos.", "0.12"},
        {"pt", "Gastou dois milhões com um quarto de reais.", "2250000 BRL"}, {"it", "Ha vinto per due centesimi di secondo.", "0.02 second"},
        {"fr", "Deux tiers de million de francs ont disparu.", "666666.666666666666666666666666 FRF"},
        {"fr", "Il a acheté une demi-douzaine de moutons.", "6.0"},
    };
    check_all(lines, sizeof lines / sizeof lines[0]);
}

static void ordinals_in_words(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"es", "Es el dosmilésimo tricentésimo décimo visitante del museo.", "2310"}, {"es", "Llegó el tres millonésimo cliente.", "3000000"},
        {"pt", "Foi o vinte e dois milésimo espectador da feira.", "22000"}, {"fr", "Ils fêtent la vingt-et-unième édition du salon.", "21"},
        {"fr", "C'est le quatre-vingtième but du club.", "80"}, {"tr", "Onbeşinci kongre yapıldı.", "15"},
    };
    check_all(lines, sizeof lines / sizeof lines[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fractions_in_words),
        cmocka_unit_test(ordinals_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
