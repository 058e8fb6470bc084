/* SPDX-License-Identifier: Apache-2.0
 *
 * Whom a text credits: brackets and slashes where it opens, what stands behind its last sentence, agencies in its first.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include <assay/kit/text.h>
#include <assay/layers/text.h>

#include "credit.h"
#include "with_credits.h"

/* The first sentence ends at the first "|" (taken out), else there is none. */
static void check(const char *said, const char *wanted)
{
    char text[512];
    const char *bar = strchr(said, '|');
    struct assay_sentence first = {0};
    struct assay_list sentences = {&first, bar != NULL, sizeof first};
    struct assay_buf found = {0};
    size_t size = 0;
    for (const char *c = said; *c; c++)
        if (*c != '|')
            text[size++] = *c;
    first.span.end = bar ? (uint32_t)(bar - said) : 0;
    credits_of_text(credits, (struct assay_text){text, size}, sentences, &found);
    assay_buf_byte(&found, 0);
    assert_string_equal(found.at, wanted);
    assay_buf_free(&found);
}

static void what_opens_a_text(void **state)
{
    (void)state;
    check("LONDON, May 4 (Reuters) - Two people died.", "Reuters\n");
    check("A headline\n\n(dpa/lno) Zwei Menschen starben.", "dpa\nlno\n");
    check("МОСКВА, 3 июня. /Интерфакс/. Погибли два человека.", "Интерфакс\n");
    check("Harlen (ld) – Die Kosten steigen.", "ld\n");
    check("LINDHAVEN (North Sea Agency) - Eleven people died.", "North Sea Agency\n");
    check("Two people (aged 31 and 40) died.", "");
    check("The bank (Calder) said so.", "");
    check("(Update) Zwei Menschen starben.", "");
}

static void what_closes_a_text(void **state)
{
    (void)state;
    check("Eleven people died, the coast guard said. (North Sea Agency)", "North Sea Agency\n");
    check("Das teilte die Stadt mit. ld/red", "ld\n");
    check("Das teilte die Stadt mit. dpa", "dpa\n");
    check("Das teilte die Stadt mit.\nQuelle: dpa", "dpa\n");
    check("Das teilte die Stadt mit.", "");
    check("Le musée restera fermé. (avec AFP)", "AFP\n");
    check("It was said (see page 4)", "");
}

static void agencies_of_the_first_sentence(void **state)
{
    (void)state;
    check("Neuf tableaux ont disparu, selon l'AFP.| Le musée reste fermé.", "AFP\n");
    check("Зібрано 24 млн тонн, передає «Інтерфакс».| Ціна зросла.", "Интерфакс\n");
    check("Neuf tableaux ont disparu.| Le musée reste fermé, selon l'AFP.", "");
    check("Interfax-Ukraine said so.| More.", "Інтерфакс-Україна\n");
    check("Tren Anadolu'da durdu.| Sonra.", "");
    check("An apa and a map were sold.| More.", "");
}

static void agencies_that_speak(void **state)
{
    (void)state;
    struct assay_buf found = {0};
    credits_of_speaker(credits, assay_text_of("AFP une source proche de l'enquête"), &found);
    credits_of_speaker(credits, assay_text_of("a spokesman for AP"), &found);
    credits_of_speaker(credits, assay_text_of("the map"), &found);
    assay_buf_byte(&found, 0);
    assert_string_equal(found.at, "AFP\nAP\n");
    assay_buf_free(&found);
}

static void names_one_by_one(void **state)
{
    (void)state;
    struct assay_text names = assay_text_of("AFP\n\nThe Echo\n"), name;
    assert_true(credit_next(&names, &name) && assay_text_is(name, "AFP"));
    assert_true(credit_next(&names, &name) && !name.size);
    assert_true(credit_next(&names, &name) && assay_text_is(name, "The Echo"));
    assert_false(credit_next(&names, &name));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_opens_a_text),   cmocka_unit_test(what_closes_a_text), cmocka_unit_test(agencies_of_the_first_sentence),
        cmocka_unit_test(agencies_that_speak), cmocka_unit_test(names_one_by_one),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
