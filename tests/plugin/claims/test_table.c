/* SPDX-License-Identifier: Apache-2.0
 *
 * What the heads of a table say of its figures: a table and, line by line, each figure as "decimal unit | time | thing".
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include <assay/kit/text.h>

#include "reader.h"

static void put(char *to, size_t room, struct assay_text text)
{
    size_t n = strlen(to);
    snprintf(to + n, room - n, "%.*s", (int)text.size, text.at ? text.at : "");
}

static void reads(const char *language, const char *text, const char *want)
{
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
    char got[4000] = "";
    assert_int_equal(assay_test_open(t, NULL), ASSAY_OK);
    struct assay_list list = read_claims(t, text, language, "2024-03-05");
    for (uint32_t i = 0; i < list.count; i++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, i);
        put(got, sizeof got, c->decimal);
        put(got, sizeof got, (struct assay_text){" ", c->unit.size ? 1 : 0});
        put(got, sizeof got, c->unit);
        put(got, sizeof got, (struct assay_text){" | ", 3});
        put(got, sizeof got, c->time.text);
        put(got, sizeof got, (struct assay_text){" | ", 3});
        put(got, sizeof got, c->measured.text);
        put(got, sizeof got, (struct assay_text){"\n", 1});
    }
    assert_string_equal(got, want);
    assay_test_free(t);
}

static void columns_tell_periods_and_the_caption_the_unit(void **state)
{
    (void)state;
    reads("en", "Foreign trade, million euros\n\n2022 | 2023\nExports | 4,310 | 4,725\nImports | 3,902 | 3,655\n\nThe port took 12 ships.",
          "4310000000 EUR | 2022 | Exports\n4725000000 EUR | 2023 | Exports\n3902000000 EUR | 2022 | Imports\n3655000000 EUR | 2023 | Imports\n12 |  | ships\n");
    reads("de", "Außenhandel in Mio. Euro\n\n2022 | 2023\nAusfuhren | 4.310 | 4.725\n", "4310000000 EUR | 2022 | Ausfuhren\n4725000000 EUR | 2023 | Ausfuhren\n");
    reads("fr", "Commerce extérieur, en millions d'euros\n\n2022 | 2023\nExportations | 4 310 | 4 725\n",
          "4310000000 EUR | 2022 | Exportations\n4725000000 EUR | 2023 | Exportations\n");
    reads("en", "The lake fell. Reservoirs, in million euros:\n\nReservoir | 2022\nUpper | 41.2\n", "41200000 EUR | 2022 | Upper\n");
    reads("en", "Budget (in thousand dollars)\n2022 | 2023\nSchools | 310 | 280\n", "310000 USD | 2022 | Schools\n280000 USD | 2023 | Schools\n");
}

static void the_head_of_a_row_comes_before_the_caption(void **state)
{
    (void)state;
    reads("ru", "Показатели, млн евро\nПоказатель | 2022 год | 2023 год\nЭкспорт | 4 310 | 4 725\nДобыча угля, тыс. тонн | 120 | 131\nБезработица, % | 4,1 | 3,9\n",
          "4310000000 EUR | 2022 год | Экспорт\n4725000000 EUR | 2023 год | Экспорт\n120000 tonne | 2022 год | Добыча угля\n131000 tonne | 2023 год | Добыча угля\n"
          "4.1 percent | 2022 год | Безработица\n3.9 percent | 2023 год | Безработица\n");
    reads("en", "Indicator | Q1 2023 | Q1 2024\nRevenue (EUR million) | 310.5 | 342.1\nMargin | 12.1 % | 13.4 %\n",
          "310500000 EUR | Q1 2023 | Revenue\n342100000 EUR | Q1 2024 | Revenue\n12.1 percent | Q1 2023 | Margin\n13.4 percent | Q1 2024 | Margin\n");
}

static void columns_of_different_things_say_what_is_measured(void **state)
{
    (void)state;
    reads("en", "Year | Trips | Share, %\n2022 | 310 | 4.1\n2023 | 1,204 | 5.2\n", "310 | 2022 | Trips\n4.1 percent | 2022 | Share\n1204 | 2023 | Trips\n5.2 percent | 2023 | Share\n");
    reads("en", "Killed | Injured\nVarn | 12 | 40\n", "12 |  | Killed\n40 |  | Injured\n"); /* the empty corner of a page */
    reads("en", "Item | Amount\nSchools | 12\n", "12 |  | Schools\n");
    reads("en", "| Region | Killed | Injured |\n|---|---:|---:|\n| Varn | 12 | 40 |\n", "12 |  | Killed\n40 |  | Injured\n");
}

static void columns_may_be_set_apart_by_blanks(void **state)
{
    (void)state;
    reads("en", "Harvest, thousand tonnes\n\n    Crop       2022        2023\n   Wheat    1,310.2     1,150.7\n   Maize                  431.9\n\nThe port took 12 ships.",
          "1310200 tonne | 2022 | Wheat\n1150700 tonne | 2023 | Wheat\n431900 tonne | 2023 | Maize\n12 |  | ships\n");
    reads("de", "                      Q1 2024      Q1 2023     Veränd.\nUmsatz (Mio. EUR)       41,2         38,9        5,9 %\nAufträge                 312          298        4,7 %\n",
          "41200000 EUR | Q1 2024 | Umsatz\n38900000 EUR | Q1 2023 | Umsatz\n5.9 percent |  | Veränd\n312 | Q1 2024 | Aufträge\n298 | Q1 2023 | Aufträge\n4.7 percent |  | Veränd\n");
    reads("en", "Town\tKilled\tInjured\nVarn\t12\t40\nOrrin\t3\t8\n", "12 |  | Killed\n40 |  | Injured\n3 |  | Killed\n8 |  | Injured\n");
    reads("en", "The  council   spent 12 million euros on\nroads   and  schools, 40 of them in Varn.\n", "12000000 EUR |  | council\n40 |  | roads\n"); /* set to a width */
    reads("de", "              Arbeitslose   Quote   Veränderung zum\nBezirk                      in %     Vorjahr in %\nHafen               1.204    9,2             -0,5\nMitte               2.310    8,1              1,3\n",
          "1204 |  | Arbeitslose\n9.2 percent |  | Quote\n-0.5 percent |  | Veränderung zum\n2310 |  | Arbeitslose\n8.1 percent |  | Quote\n1.3 percent |  | Veränderung zum\n");
}

static void amounts_in_brackets_are_below_zero_and_people_are_no_money(void **state)
{
    (void)state;
    reads("en", "Results (in thousands of euros)\n2023 | 2022 | Change, %\nRevenue | 412 | 398 | 3.6\nCost of sales | (12.4) | – | (8.5)\nEarnings per share (€) | 1.4 | 1.6 | 4\nEmployees | 2,310 | 2,280 | 1.3\n",
          "412000 EUR | 2023 | Revenue\n398000 EUR | 2022 | Revenue\n3.6 percent |  | Change\n-12400 EUR | 2023 | Cost of sales\n-8.5 percent |  | Change\n"
          "1.4 EUR | 2023 | Earnings per share\n1.6 EUR | 2022 | Earnings per share\n4 percent |  | Change\n2310 | 2023 | Employees\n2280 | 2022 | Employees\n1.3 percent |  | Change\n");
    reads("en", "Average price, £ thousand\nBorough | 2024, £ thousand | Sales | Area, km²\nOld Town | 412.5 | 1,204 | 12\n", "412500 GBP | 2024 | Old Town\n1204 |  | Sales\n12 square-kilometer |  | Area\n");
    reads("en", "Line | Fares, £m | Change on year, % | Var. %\nCoast | 31.2 | (2.1) | 4\n", "31200000 GBP |  | Fares\n-2.1 percent |  | Change on year\n4 percent |  | Var\n");
    reads("fr", "Commune Classes Taux (%)\nVarnes         188      91,4\nOrrin           36      85,7\n", "188 |  | Varnes\n91.4 |  | Varnes\n36 |  | Orrin\n85.7 |  | Orrin\n"); /* heads without room */
    reads("tr", "Özet (milyon TL)\n2023 | 2022\nKâr | 120 | (340)\nÇalışan sayısı | 8.415 | 8.020\n",
          "120000000 TRY | 2023 | Kâr\n-340000000 TRY | 2022 | Kâr\n8415 | 2023 | Çalışan sayısı\n8020 | 2022 | Çalışan sayısı\n");
    reads("de", "Mio. EUR | 2023 | 2022\nUmsatz | 88,1 | (4,7)\nZahl der Mitarbeiter | 5.310 | 5.290\n",
          "88100000 EUR | 2023 | Umsatz\n-4700000 EUR | 2022 | Umsatz\n5310 | 2023 | Zahl der Mitarbeiter\n5290 | 2022 | Zahl der Mitarbeiter\n");
    reads("de", "Herkunft | Gäste 2023 (in 1.000) | Betten 2023 (in 1.000)\nInland | 2.410,5 | 7.302,1\n", "2410500.0 | 2023 | Gäste\n7302100.0 | 2023 | Betten\n");
}

static void the_line_over_a_list_says_what_its_items_count(void **state)
{
    (void)state;
    reads("en", "The toll by county in 2022:\n\n- Adams: 12\n- Brook: 7 injured\n- Old Clay: 30\n",
          "12 | 2022 | toll\n7 | 2022 | injured\n30 | 2022 | toll\n");
    reads("en", "Lamps lost in each plant:\n\nKerr 120\nHolm 45\n", "120 |  | Lamps\n45 |  | Lamps\n");
}

/* Where columns say what is measured, the row's name goes with the figure. */
static void the_name_of_a_row_is_kept(void **state)
{
    (void)state;
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
    assert_int_equal(assay_test_open(t, NULL), ASSAY_OK);
    struct assay_list list = read_claims(t, "Herkunft | Gäste | Betten\nInland | 310 | 702\nRaum Nord-Ost | 12 | 40\n", "de", "2024-03-05");
    static const char *const row[] = {"Inland", "Inland", "Raum Nord-Ost", "Raum Nord-Ost"};
    assert_int_equal(list.count, 4);
    for (uint32_t i = 0; i < 4; i++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, i);
        assert_int_equal(c->entities.count, 1);
        const struct assay_entity *e = ASSAY_AT(struct assay_entity, c->entities, 0);
        assert_int_equal(e->text.size, strlen(row[i]));
        assert_memory_equal(e->text.at, row[i], e->text.size);
    }
    assay_test_free(t);
}

static void a_row_without_a_head_over_it_is_read_as_it_stands(void **state)
{
    (void)state;
    reads("en", "Unemployment rate in 2023, %\n\nMen | 5.1\nWomen | 4.8\n", "5.1 percent | 2023 | Men\n4.8 percent | 2023 | Women\n");
    reads("en", "Exports | 2022 | 2023\nVarn | 12 | 14 | 16 | 18\n", "12 |  | Varn\n14 |  | Varn\n16 |  | Varn\n18 |  | Varn\n"); /* other columns than the head */
    reads("en", "W | L\n38 | 25\n", "38 |  | \n25 |  | \n");                                             /* no watts, no litres */
}

static void units_alone_are_no_figures(void **state)
{
    (void)state;
    reads("en", "Foreign trade (million euros)", "");
    reads("ru", "Внешняя торговля, млн евро", "");
    reads("en", "The deal is worth a million euros.", "1000000 EUR |  | deal\n");
    reads("ru", "Штраф в миллион рублей", "1000000 RUB |  | Штраф\n");
}

/* A row of a megabyte in a table, and a table of 20,000 rows: the time stays linear, or the test's own limit ends it. */
static void tables_of_any_size_are_read(void **state)
{
    (void)state;
    size_t rows = 20000, room = 1u << 21, size = 0;
    char *text = malloc(room);
    size += (size_t)snprintf(text, room, "Goods, tonnes\n2022 | 2023\n");
    for (size_t i = 0; i < rows; i++)
        size += (size_t)snprintf(text + size, room - size, "Coal | 310 | 325\n");
    for (size_t i = 0; i < 60000; i++)
        size += (size_t)snprintf(text + size, room - size, "wide 7 | ");
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
    assert_int_equal(assay_test_open(t, NULL), ASSAY_OK);
    struct assay_list list = read_claims(t, text, "en", NULL);
    assert_true(list.count > 2 * rows);
    const struct assay_claim *last = ASSAY_AT(struct assay_claim, list, (uint32_t)rows * 2 - 1);
    assert_true(assay_text_is(last->unit, "tonne") && assay_text_is(last->time.text, "2023"));
    assay_test_free(t);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_tell_periods_and_the_caption_the_unit),
        cmocka_unit_test(the_head_of_a_row_comes_before_the_caption),
        cmocka_unit_test(columns_of_different_things_say_what_is_measured),
        cmocka_unit_test(columns_may_be_set_apart_by_blanks),
        cmocka_unit_test(amounts_in_brackets_are_below_zero_and_people_are_no_money),
        cmocka_unit_test(the_name_of_a_row_is_kept),
        cmocka_unit_test(the_line_over_a_list_says_what_its_items_count),
        cmocka_unit_test(a_row_without_a_head_over_it_is_read_as_it_stands),
        cmocka_unit_test(units_alone_are_no_figures),
        cmocka_unit_test(tables_of_any_size_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
