/* SPDX-License-Identifier: Apache-2.0
 *
 * Whom a sentence cites: a name beside a word of citing, "the paper" of one that was named before, the name that the next
 * sentence gives; and which names of publishers are the same as those written.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include <assay/kit/text.h>
#include <assay/layers/claim.h>
#include <assay/layers/text.h>

#include "cited.h"
#include "with_credits.h"

enum { MOST = 6 };

/* Sentences end at "|"; one with a digit holds a figure there. Fills *to with what sentence `wanted` cites. */
static void find(const char *said, uint32_t wanted, struct assay_buf *to)
{
    char text[512];
    uint32_t size = 0, count = 0, figures = 0, begin = 0;
    struct assay_sentence sentence[MOST];
    struct assay_claim claim[MOST];
    struct cited_room room = {0};
    struct assay_buf lines = {0};
    memset(claim, 0, sizeof claim);
    memset(sentence, 0, sizeof sentence);
    for (const char *c = said;; c++) {
        if (*c != '|' && *c) {
            text[size++] = *c;
            continue;
        }
        sentence[count++].span = (struct assay_span){begin, size};
        uint32_t digit = begin;
        while (digit < size && !(text[digit] >= '0' && text[digit] <= '9'))
            digit++;
        if (digit < size)
            claim[figures++].span = (struct assay_span){digit, digit + 1};
        begin = size;
        if (!*c)
            break;
    }
    struct assay_list sentences = {sentence, count, sizeof *sentence}, claims = {claim, figures, sizeof *claim};
    assert_true(cited_find(credits, (struct assay_text){text, size}, sentences, claims, &room, &lines));
    cited_of((struct assay_text){lines.at, lines.size}, sentence[wanted].span.begin, to);
    cited_room_free(&room);
    assay_buf_free(&lines);
}

/* Whether sentence `at` cites the publisher ('~'), or goes on behind one that does ('^'). */
static void check_mark(const char *said, uint32_t at, const char *publisher, char mark, int wanted)
{
    struct assay_buf cited = {0}, words = {0}, name = {0};
    find(said, at, &cited);
    struct assay_text rest = {cited.at, cited.size}, line;
    while (credit_next(&rest, &line))
        if (*line.at == mark)
            cited_fold((struct assay_text){line.at + 1, line.size - 1}, &words);
    cited_fold_name(credits_cited(credits), assay_text_of(publisher), &name);
    assert_int_equal(cited_holds((struct assay_text){words.at, words.size}, (struct assay_text){name.at, name.size}), wanted);
    assay_buf_free(&cited);
    assay_buf_free(&words);
    assay_buf_free(&name);
}

static void check(const char *said, uint32_t at, const char *publisher, int wanted)
{
    check_mark(said, at, publisher, '~', wanted);
}

/* Whether it names the newsroom so: "=name". */
static void check_name(const char *said, const char *wanted)
{
    struct assay_buf cited = {0};
    find(said, 0, &cited);
    assay_buf_byte(&cited, 0);
    assert_non_null(strstr(cited.at, wanted));
    assay_buf_free(&cited);
}

static void names_beside_words_of_citing(void **state)
{
    (void)state;
    check("The bank will cut 3 jobs, the City Mail reported on Monday.", 0, "thecitymail", 1);
    check("Jeder Tag kostet 2 Millionen, wie der Handelsbote berichtet.", 0, "Handelsbote", 1);
    check("Цена составит 2 доллара, пишет газета «Деловой Каспий».", 0, "Деловой Каспий", 1);
    check("Delovoy Kaspiy'in haberine göre fiyat 2 dolar olacak.", 0, "Деловой Каспий", 1);
    check("Es fehlen 2 Millionen, wie der \"Hafenbote\" aus einem Papier erfuhr.", 0, "Hafenbote", 1);
    check("Das kostet 2 Millionen, schreibt die FWZ.", 0, "Freie Wirtschafts Zeitung", 1);
    check("Das kostet 2 Millionen, schreibt die FAZ.", 0, "faz", 1);
    check("It fell by 3 percent, according to Tavria Wire.", 0, "tavria", 0);
    check("Segundo o Ministério de Velmora são 287.", 0, "velmora", 0);
    check("Campaigners said that Tavria would miss 3 goals.", 0, "tavria", 0);
    check("Lo ha detto il ministro alla Voce del Tirreno: 3 miliardi.", 0, "La Voce del Tirreno", 1);
    check("The City Mail is sold in 3 towns.", 0, "City Mail", 0);
    check("It fell by 3 percent, according to Tavria.", 0, "Tavria AG", 1);
    check("It fell by 3 percent, the Guardian reported.", 0, "theguardian", 1);
}

static void the_paper_that_was_named(void **state)
{
    (void)state;
    check("That is what The City Mail reported.| It would save 4 millions, the newspaper said.", 1, "The City Mail", 1);
    check("Die Bank streicht 3 Stellen.| Das berichtet die City Mail.", 0, "City Mail", 1);
    check("Die Bank streicht 3 Stellen.| Sie hat 2 Filialen.", 0, "City Mail", 0);
    check("Die Bank streicht 3 Stellen.| Der Zeitung City Mail zufolge ist das sicher.", 0, "City Mail", 1);
    check("Einem Medienbericht zufolge streicht sie 3 Stellen.| Das schreibt die City Mail.", 0, "City Mail", 1);
}

static void who_is_named_before_a_colon(void **state)
{
    (void)state;
    check("Steel Gazette: 640 jobs go in Vessin.", 0, "Steel Gazette", 1);
    check("Union leader at Rail Today: 9 trains run.", 0, "Rail Today", 1);
    check("Gewerkschaftschefin Damm bei Rail Today: 9 streiken.", 0, "Rail Today", 1);
    check("Velmora: 640 schools are closed.", 0, "velmora", 0); /* a town */
    check("RT @minister_adaro: We hired 3 nurses.", 0, "@minister_adaro", 1);
    check("Laut @FunkhausNord 14 Verletzte.", 0, "Funkhaus Nord", 1);
    check("12:40 Correio do Vale: water stands 2 metres high.", 0, "Correio do Vale", 1);
    check("9 workers!!| via @trackandtunnel #tunnel", 0, "Track and Tunnel", 1);
    check("9 Felder sind verbrannt, wie Auswertungen von Field Watch zeigen.", 0, "Field Watch", 1);
    check("Kanal Sieben counted 9 people.", 0, "Kanal Sieben", 1);
    check("Nach Hafenblatt-Informationen sind es 9.| Es gibt 2 Zeugen, meldet die City Mail.", 0, "City Mail", 0);
}

static void what_goes_on_behind_a_citation(void **state)
{
    (void)state;
    check_mark("The City Mail reports 3 dead.| The damage is 2 millions.", 1, "City Mail", '^', 1);
    check_mark("The City Mail reports 3 dead.| The damage is 2 millions.", 1, "City Mail", '~', 0);
    check_mark("The City Mail reports 3 dead.\n|The damage is 2 millions.", 1, "City Mail", '^', 0); /* another paragraph */
    check_mark("The City Mail reports 3 dead.| Our reporter saw 2 fires.", 1, "City Mail", '^', 0);
    check_mark("The City Mail reports 3 dead.| Our reporter saw fires.| It took 2 hours.", 2, "City Mail", '^', 0);
    check_mark("The City Mail reports 3 dead.| The Post reports 2 hurt.| It took 4 hours.", 2, "City Mail", '^', 0);
    check_mark("The City Mail reports 3 dead.| The Post reports 2 hurt.| It took 4 hours.", 2, "Post", '^', 1);
}

static void newsrooms_are_named_alike(void **state)
{
    (void)state;
    check_name("Das kostet 2 Millionen, schreibt die FAZ.", "=Frankfurter Allgemeine\n");
    check_name("Цена составит 2 доллара, сообщил «Коммерсант».", "=Коммерсантъ\n");
    check_name("За даними «Інтерфаксу», це 2 мільйони.", "=Интерфакс\n");
    check_name("Das kostet 2 Millionen, berichtet die Zeitung \"Der Hafenbote\".", "=Der Hafenbote\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_beside_words_of_citing),
                                       cmocka_unit_test(the_paper_that_was_named),
                                       cmocka_unit_test(who_is_named_before_a_colon),
                                       cmocka_unit_test(what_goes_on_behind_a_citation),
                                       cmocka_unit_test(newsrooms_are_named_alike)};
    return cmocka_run_group_tests(tests, load, unload);
}
