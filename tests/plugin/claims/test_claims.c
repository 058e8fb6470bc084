/* SPDX-License-Identifier: Apache-2.0
 *
 * What the extractor promises whatever the text: spans, exactness, what is no figure, languages as data, bounded work.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "reader.h"

static struct assay_test *opened(const char *data)
{
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, data);
    if (assay_test_open(t, NULL) != ASSAY_OK)
        fail_msg("%s", t->message);
    return t;
}

static void is(struct assay_text got, const char *want)
{
    if (got.size != strlen(want) || (got.size && memcmp(got.at, want, got.size)))
        fail_msg("'%.*s', not '%s'", (int)got.size, got.at ? got.at : "", want);
}

static void reads_values_exactly(void **state)
{
    (void)state;
    static const struct {
        const char *language, *text, *decimal;
    } cases[] = {
        {"en", "It made 1,234,567.89 dollars.", "1234567.89"}, {"de", "Es waren 1.234.567,89 Euro.", "1234567.89"},
        {"ru", "Потратили 1\xc2\xa0""234\xc2\xa0""567,89 рубля.", "1234567.89"}, {"fr", "Il a payé 1\xe2\x80\xaf""234,5 euros.", "1234.5"},
        {"en", "They sold 3.5 billion shares.", "3500000000"}, {"ru", "Выпущено 14 тысяч тракторов.", "14000"},
        {"de", "Es kamen zweiundzwanzigtausend Besucher.", "22000"}, {"it", "Sono arrivati quindicimila turisti.", "15000"},
        {"tr", "Depremde üç bin yüz kırk beş kişi öldü.", "3145"}, {"fr", "Il y avait quatre-vingt-dix-sept personnes.", "97"},
        {"es", "Vinieron treinta y cinco personas.", "35"}, {"uk", "Загинули п’ятнадцять людей.", "15"},
        {"en", "One in five adults smokes.", "0.2"}, {"ru", "В городе полтора миллиона жителей.", "1500000"},
        {"en", "The tax is 2 1/2 percent.", "2.5"}, {"en", "It weighs 0.30 kg.", "0.30"}, {"en", "The riders were 30 ± 10 years old.", "30"},
        {"en", "The wind blew at 7 km s −1 there.", "7"}, {"en", "The walk took an hour and a half.", "1.5"}, {"en", "It paid twenty MUSD for the yard.", "20000000"},
        {"en", "One proposal would close the port.", "1"}, {"en", "The mill opened 18 years ago.", "18"}, {"en", "It was 20 degrees below zero.", "-20"}, {"en", "One twenty-fifth of it was lost.", "0.04"}, {"en", "They paid $1MM for it.", "1000000"}, {"en", "Over the past two years the firm grew.", "2"},
        {"en", "They need three million, two hundred and forty thousand votes.", "3240000"}, {"en", "The wire is 2.1 pm thick.", "2.1"}, {"en", "The plot has 10 m2.", "10"}, {"pt", "Custou 15 ptas.", "15"},
        {"de", "Mehrere tausend Menschen kamen.", "1000"}, {"tr", "Birkaç bin kişi geldi.", "1000"}, {"en", "It stood for several hundred years.", "100"},
        {"de", "Er trank einen halben Liter.", "0.5"}, {"it", "La metà degli anni è passata.", "0.5"},
        {"en", "Its strength after 3 months was good.", "3"}, {"tr", "Nüfusun 1/10’u gitti.", "0.1"},
        {"en", "Nearly 9 in 10 voters came.", "0.9"}, {"fr", "9 électeurs sur 10 votent.", "0.9"}, {"en", "There were 40 deaths per 100,000 people.", "40"}, {"en", "It has 2,000-plus members.", "2000"}, {"en", "Apples at $1.50-$2.00 a pound.", "1.50"},
        {"de", "Rund 9 von 10 Wählern kamen.", "0.9"}, {"tr", "Her 10 kişiden 9’u geldi.", "0.9"}, {"es", "Fue la 12.ª victoria.", "12"}, {"de", "Es war ein 12-facher Anstieg.", "12"}, {"fr", "Plus d’une centaine sont venus.", "100"},
        {"fr", "Il marque un cinquième but.", "5"}, {"fr", "Un cinquième des voix.", "0.2"}, {"fr", "Il a perdu un quart du budget.", "0.25"},
        {"en", "It costs one point three million dollars.", "1300000"}, {"en", "She finished in first place.", "1"},
        {"tr", "Yüzden fazla kişi geldi.", "100"}, {"ru", "Он пришел с семью детьми.", "7"}, {"de", "Über eine Million kamen.", "1000000"}, {"es", "Compró media docena.", "6.0"},
        {"fr", "Le premier but de Paris.", "1"}, {"es", "Quedó en primer lugar.", "1"},
        {"fr", "Il travaille de 5 à 7 heures par jour.", "5"}, {"en", "Between 7 and 9 people were hurt on Monday.", "7"}, {"fr", "En 90 ans la ville a grandi.", "90"},
        {"pt", "Foi a quarta vitória do clube.", "4"}, {"tr", "Toplantı 3 ile 5 kişi arasında yapıldı.", "3"},
        {"en", "A rate of it at 5-6 weeks was seen.", "5"}, {"en", "It is for the age group 20 to 29 years.", "20"}, {"en", "The angle was between about 45 and 90 degrees.", "45"},
    };
    struct assay_test *t = opened("conf");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_list list = read_claims(t, cases[i].text, cases[i].language, NULL);
        if (list.count != 1)
            fail_msg("%s: %u figures", cases[i].text, list.count);
        is(ASSAY_AT(struct assay_claim, list, 0)->decimal, cases[i].decimal);
    }
    assay_test_free(t);
}

static void leaves_alone_what_is_no_figure(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"en", "See https://example.org/2020/12/31?id=45 for more."}, {"en", "Write to a1b2@example.org or call +44 20 7946 0123."},
        {"en", "It happened on 12 March 2024 at 14:35."}, {"en", "The T-72 and the Boeing 737 were shown in 2019."},
        {"en", "See section 4 and page 12 [3]."}, {"en", "They won 2-1 after leading 1-0 at half time."}, {"en", "Version 2.4.1 of IPv4 address 192.168.1.20."},
        {"ru", "Танк Т-72 и самолет Су-25 показали 9 мая 2023 года."}, {"ru", "Телефон: 8 (495) 123-45-67."}, {"ru", "Статья 105 УК РФ, пункт 3."},
        {"de", "Am 3. Oktober 2023 um 18 Uhr."}, {"fr", "Le 14 juillet 2023 à 20 heures."}, {"es", "El 12 de marzo de 2024 a las 14:35."},
        {"tr", "29 Ekim 2023'te saat 14.30'da."},
        {"en", "The shot was fired at 238 Center St. in Dover."}, {"en", "Police came to the 2900 block of South Dearborn."}, {"en", "The shop at 710 SW 13th Terr. burnt."},
        {"en", "The office moved to 16-18 Industrial Avenue, Leeds."}, {"en", "He called 911 and waited."}, {"en", "The .38 caliber handgun was found."},
        {"en", "Image 1 of 5"}, {"en", "Leaders left the COP29 summit."}, {"en", "The fashion of the 1960s is back, and he is in his 60s."},
        {"en", "As in Smith (2003b), the valve (42) opens."}, {"en", "A method as in any of claims 1 to 3 is used."}, {"en", "See figures 4, 5 and 6, and Eqs. (17) and (18)."},
        {"en", "The key is 06e828879afc4064."}, {"en", "An effect of 5-FU was seen, and of p53."}, {"en", "The orbit follows a 0 = b."}, {"en", "The file is named 20200701."},
        {"en", "He was sure about one thing."}, {"en", "A 45 pistol was found."}, {"en", "NewsRadio 780 and MeTV 21.2 were there."}, {"en", "12, 2016."}, {"en", "It stands on Road 88."}, {"en", "They left two to three weeks ago."}, {"en", "As figure 1B shows, HD 188753 A is near."},
        {"en", "5G is coming."}, {"en", "Calls to the eBay 7 hub."}, {"en", "It lies on 2 Lesnaya Str., Minsk."}, {"en", "Second, the price is wrong."}, {"en", "It was one of the best, one observes."}, {"en", "The hearing is set for Tuesday the 4th."}, {"en", "It was the fourth of July 1995."}, {"en", "Are you free 6-8 next Monday?"},
        {"en", "She was born in April of 87."}, {"en", "They met from 10:30 to 3 there."}, {"en", "The address is 123:45::6 now."}, {"en", "Its 2018 sales were good."}, {"en", "Its aims are: 1) to grow; 2) to last."}, {"en", "The visit begins 3 days from Tuesday."}, {"en", "As shown [3,2-5], HIV 2 spread."},
        {"en", "The category 4 storm hit."},
        {"en", "The ring [3,2-b] of 4,5-dihydro acid."}, {"en", "The source J1149.5+6663 and SCP 06F6 are far."}, {"en", "The 787 Dreamliner and the iPhone 12 Pro sold well."}, {"en", "The S&P 500 and the Nasdaq 100 closed lower."},
        {"fr", "Le 1er du mois prochain, il est 7 heures moins le quart."}, {"es", "Son las cinco menos diez."}, {"it", "Il 14 di questo mese, alle 8."}, {"it", "Torna a metà degli anni 90."}, {"de", "Ich komme um halb vier zurück."},
        {"ru", "Вернусь в половине четвертого, 5-го числа."}, {"uk", "Повернуся о пів на четверту."}, {"en", "See you at half past three on the 21st or 22nd."}, {"en", "In the mid 90s it rained."}, {"es", "A mediados de los 90 volvió."},
        {"pt", "Na quinta-feira, 4, às 8h."}, {"az", "Avqustun 3-dən 7-dək bağlıdır."}, {"tr", "Altmışlardan beri, ayın 15’inde."}, {"ru", "Между 8 и 10 часами утра."},
        {"de", "Wir sehen uns am 27. 11. in Köln."}, {"de", "Ich komme am 7. vierten zurück."}, {"es", "Abre entre 3 y 5 el 1ro de enero."}, {"es", "Es la semana del 18, dentro de próximos 10 meses."}, {"pt", "Ela volta na sexta 13."},
        {"fr", "Il part le 6 du mois d’avril."}, {"tr", "1/10’dan 7/11’e kapalı."}, {"en", "It opened 2016 - 12 - 22 at last."}, {"es", "Volverá a las 7 horas del próximo domingo."},
        {"en", "She has a 401(k) and Omicron BA.5."}, {"en", "It is for 20-somethings."},
        {"ru", "Показали ракеты С-400."},
        {"fr", "Je pars le 5 et rentre le 12, jusqu'au 20."}, {"fr", "Le week-end du 14 et 15."}, {"es", "La primera quincena de mayo, el 3 del mes."}, {"es", "Desde el 10 hasta el 20 de este mes."}, {"it", "Dal 10 al 20 di questo mese, fino al 30."},
        {"pt", "São três e quinze."}, {"de", "Er ging am 5. und blieb bis zum 12."}, {"en", "Between May 10 and 12, or March 2nd to 5th."}, {"en", "It left at 0800 hours."}, {"en", "On the second of April, two thousand nineteen."},
        {"fr", "Il gisait près d’une porcherie."}, {"fr", "Paris menait 1 à 0 à la mi-temps."},
        {"fr", "Écrivez au 12, rue de la Paix, 75002 Paris."}, {"es", "Llame al 91 123 45 67 o al 900 123 456."}, {"pt", "O CPF é 123.456.789-09, diz ele."}, {"en", "The card 4000 1234 5678 9010 was lost."}, {"en", "A 1080p video in H.264 over USB 3.0."},
        {"en", "The MAC is 00:1A:2B:3C now."},
        {"en", "He should not be in the first place the only one."}, {"en", "A one-on-one talk; he took the fifth."}, {"ru", "Во-первых, на первый взгляд все тихо."}, {"de", "In erster Linie geht es um Geld."}, {"fr", "En premier lieu, il faut payer."}, {"tr", "İlk bakışta sessiz."},
        {"en", "In the next decade and a half it will grow."},
        {"en", "They live near Ground Zero, in the Group of Eight."}, {"en", "The handle was Guccifer 2.0, he said."}, {"en", "She doubled down on Monday."},
        {"tr", "Bu destek önemli, bu yüzden gitti."}, {"tr", "Evli çift eve döndü."}, {"ru", "Это потрясло нашу семью."}, {"es", "Lo dijeron los medios de comunicación."}, {"de", "Es gibt Sorgen über einen harten Austritt."}, {"en", "He spoke on BBC Radio 4."},
        {"en", "The portal 112.ua wrote about it first."},
        {"tr", "Yağmur yüzünden geç kaldı, sözlerinin altını çizdi."}, {"tr", "İş içinden çıkılmaz bir hale geldi."}, {"ru", "Показали супружескую пару."},
        {"es", "En primer lugar, el primer ministro habló."}, {"fr", "Le premier ministre, une fois l’audition terminée, parle."}, {"ru", "Сказал первый заместитель министра."}, {"be", "Сустрэча ў 3 гадзіны дня."},
        {"fr", "La mode des années 80 revient, lundi prochain 6-8."}, {"fr", "Le train part à huit heures 20 minutes du soir."}, {"fr", "Le congé va du 4 au 23 le mois prochain."},
        {"fr", "Les ventes montent au 2017-trimestre 1."}, {"de", "Am siebten 4. war es so weit, um 18 Uhr und 12."}, {"it", "Mancano 5 minuti alle 4."}, {"it", "Sono le otto e 30 min."},
        {"es", "Quedamos a las siete de la tarde del 15."}, {"es", "La cita es el viernes (6/7)."}, {"es", "La casa abre entre 3 y 5 el martes."}, {"pt", "A peça estreia nesta quarta (15) e volta na sexta."},
        {"pt", "O livro saiu em 23/set/2020."}, {"ru", "Мода 80-х вернулась к 21-му."}, {"ru", "Музыка девяностых, 90-е годы."}, {"tr", "80’lerde saatler 6.45’te çalardı."}, {"tr", "Dün 3 ile 8 arası kapalıydı."},
        {"en", "We kept films whose year is greater than 2015."}, {"en", "The clinic opens between 7 and 9 on Monday."}, {"it", "Per gli ultimi 3 mesi e 2 settimane ha taciuto."}, {"en", "The key was left feb 30 2019."},
    };
    struct assay_test *t = opened("conf");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_list list = read_claims(t, cases[i][1], cases[i][0], NULL);
        if (list.count)
            fail_msg("%s: [%.*s]", cases[i][1], (int)ASSAY_AT(struct assay_claim, list, 0)->text.size, ASSAY_AT(struct assay_claim, list, 0)->text.at);
    }
    assay_test_free(t);
}

static void tells_kinds_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t kind;
        const char *unit;
    } cases[] = {
        {"It is the second-largest port of the coast.", ASSAY_KIND_RANK, ""}, {"Ira Lund finished third in the race.", ASSAY_KIND_RANK, ""},
        {"World No. 7 Ana Lark lost the match.", ASSAY_KIND_RANK, ""}, {"The club is in fifth place.", ASSAY_KIND_RANK, ""},
        {"Her fourth album was praised.", ASSAY_KIND_ORDINAL, ""}, {"It was the fifth win in a row.", ASSAY_KIND_ORDINAL, ""},
        {"Lund, 50, was jailed.", ASSAY_KIND_DURATION, "year"}, {"They found a 17-year-old male.", ASSAY_KIND_DURATION, "year"},
        {"A boy aged 14 was found.", ASSAY_KIND_DURATION, "year"}, {"It came 45 years later.", ASSAY_KIND_DURATION, "year"},
    };
    struct assay_test *t = opened("conf");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_list list = read_claims(t, cases[i].text, "en", NULL);
        if (list.count != 1 || ASSAY_AT(struct assay_claim, list, 0)->kind != cases[i].kind)
            fail_msg("%s: %u figures", cases[i].text, list.count);
        is(ASSAY_AT(struct assay_claim, list, 0)->unit, cases[i].unit);
    }
    assay_test_free(t);
}

static void reads_units(void **state)
{
    (void)state;
    static const struct {
        const char *language, *text, *decimal, *unit; /* of the first figure */
    } cases[] = {
        {"tr", "Araç saatte 120 kilometre hızla gitti.", "120", "kilometer-per-hour"}, {"tr", "Oda sekiz santimetre kare.", "8", "square-centimeter"}, {"tr", "Su 37 C oldu.", "37", "celsius"},
        {"en", "The dose was 14 mGy.", "14", "milligray"}, {"en", "The lake holds 4 km cubed.", "4", "cubic-kilometer"}, {"en", "It took a tenth of a litre.", "0.1", "liter"},
        {"en", "He raised 280 million of the 1.5 billion shekels.", "280000000", "ILS"}, {"en", "It wrote off 1.1 billion of the $3.7 billion.", "1100000000", "USD"},
        {"fr", "Une ferme de 45 acres.", "45", "acre"}, {"en", "The screen is 27\" wide.", "27", "inch"}, {"de", "Sie sank von 7,5 auf 6,9 Prozent.", "7.5", "percent"}, {"de", "Er stieg von 2 auf 3 Milliarden Euro.", "2000000000", "EUR"}, {"es", "Bajó del 7,5 al 6,9 %.", "7.5", "percent"},
        {"es", "Cayeron 15 mm de lluvia.", "15", "millimeter"}, {"it", "Sale di 25 punti base.", "25", "basis-point"}, {"ru", "К 60-летию завода.", "60", "year"}, {"en", "It is for babies aged 6 to 12 months.", "6", "month"}, {"en", "It pumps 300,000 b/d.", "300000", "barrel-per-day"}, {"fr", "Il mesure 1 m 80.", "1.80", "meter"}, {"fr", "Elle fait 1m65.", "1.65", "meter"}, {"ru", "Он купил полкилограмма сыра.", "0.5", "kilogram"},
        {"tr", "Saniyede 30 metre su.", "30", "meter-per-second"}, {"it", "Più della metà dei voti.", "0.5", ""}, {"es", "Un motor de 1.171 cc.", "1171", "cubic-centimeter"}, {"uk", "Він має 16 ГБ пам’яті.", "16", "gigabyte"}, {"ru", "Датчик берет 5 мВт.", "5", "milliwatt"},
    };
    struct assay_test *t = opened("conf");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_list list = read_claims(t, cases[i].text, cases[i].language, NULL);
        if (!list.count)
            fail_msg("%s: no figure", cases[i].text);
        is(ASSAY_AT(struct assay_claim, list, 0)->decimal, cases[i].decimal);
        is(ASSAY_AT(struct assay_claim, list, 0)->unit, cases[i].unit);
    }
    assay_test_free(t);
}

static void reads_bounds(void **state)
{
    (void)state;
    static const struct {
        const char *language, *text;
        uint32_t bound;
    } cases[] = { /* of the first figure */
        {"fr", "Plus d’un million de gens.", ASSAY_BOUND_OVER}, {"fr", "Près d’un tiers des voix.", ASSAY_BOUND_ABOUT}, {"it", "Più della metà dei voti.", ASSAY_BOUND_OVER}, {"pt", "Mais da metade dos votos.", ASSAY_BOUND_OVER},
        {"tr", "Su 40 dereceye kadar ısınır.", ASSAY_BOUND_AT_MOST}, {"tr", "Yaklaşık 40 kişi geldi.", ASSAY_BOUND_ABOUT}, {"ru", "Более чем у 40% жителей.", ASSAY_BOUND_OVER}, {"en", "Several hundred people came.", ASSAY_BOUND_AT_LEAST},
        {"de", "Mehrere Millionen Euro.", ASSAY_BOUND_AT_LEAST}, {"az", "Bir neçə min adam gəldi.", ASSAY_BOUND_AT_LEAST}, {"en", "It has 2,000-plus members.", ASSAY_BOUND_AT_LEAST}, {"en", "As few as 5 came.", ASSAY_BOUND_AT_LEAST},
        {"en", "The 737 Max has 180 seats.", ASSAY_BOUND_EXACT}, {"en", "Over the two years it grew.", ASSAY_BOUND_EXACT}, {"en", "It fell by nearly a fifth.", ASSAY_BOUND_ABOUT}, {"en", "It grew over 40 percent.", ASSAY_BOUND_OVER},
        {"fr", "Près des deux tiers des voix.", ASSAY_BOUND_ABOUT}, {"fr", "Plus du tiers des voix.", ASSAY_BOUND_OVER},
    };
    struct assay_test *t = opened("conf");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_list list = read_claims(t, cases[i].text, cases[i].language, NULL);
        if (!list.count || ASSAY_AT(struct assay_claim, list, 0)->bound != cases[i].bound)
            fail_msg("%s: %u figures", cases[i].text, list.count);
    }
    assay_test_free(t);
}

static struct assay_text said(const char *text)
{
    return (struct assay_text){text, strlen(text)};
}

static void a_bare_currency_is_of_the_documents_country(void **state)
{
    (void)state;
    static const struct {
        const char *text, *source, *uri, *unit;
    } cases[] = {
        {"The firm lost $5 million.", "", "", "USD"},
        {"The firm lost $5 million.", "news.example.com.au", "", "AUD"},
        {"The firm lost 5 million dollars.", "", "https://paper.example.ca/story/5", "CAD"},
        {"The firm lost US$5 million.", "news.example.com.au", "", "USD"},
        {"Police in Sydney said the Australian firm of Melbourne lost $5 million.", "", "", "AUD"},
        {"Police in Sydney said that the American firm lost $5 million.", "", "", "USD"},
        {"The fee is 20 cents.", "news.example.nz", "", "NZD"},
        {"The fee is 20 pesos.", "news.example.ar", "", "ARS"},
        {"The fee is 20 pesos.", "", "", "MXN"},
        {"The fee is 20 Mexican pesos.", "news.example.ar", "", "MXN"},
        {"The fee is 20 crowns.", "news.example.cz", "", "CZK"},
        {"The fee is 20 crowns.", "", "", NULL},
        {"The fee is 20 to 30 kr.", "news.example.se", "", "SEK"},
        {"Cairo said the Egyptian firm lost 5 million pounds in Egypt.", "", "", "EGP"},
        {"The fee is 20 rubles.", "", "https://paper.example.by/5", "BYN"},
    };
    struct assay_test *t = opened("conf");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_document record = {.language = {"en", 2}, .source = said(cases[i].source), .uri = said(cases[i].uri)};
        struct assay_text text = said(cases[i].text);
        struct assay_doc *doc = assay_test_doc(t, text, &record);
        struct assay_sentence sentence = {.span = {0, (uint32_t)text.size}};
        assay_test_put(t, doc, SLOT_SENTENCE, &sentence);
        assert_int_equal(t->plugin->analyse(t->self, doc), ASSAY_OK);
        struct assay_list list = t->host.records(&t->host, doc, SLOT_CLAIM);
        assert_int_equal(list.count, 1);
        struct assay_text unit = ASSAY_AT(struct assay_claim, list, 0)->unit;
        if (cases[i].unit)
            is(unit, cases[i].unit);
        else
            assert_null(unit.at);
    }
    assay_test_free(t);
}

/* The marks of quoted mail are no words of the sentence they run through; elsewhere ">" says "more than". */
static void marks_of_quoted_mail_part_no_figure(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"> The mill cost EUR 2.5\n> million in all.", "2500000"},
                                           {"The mill cost EUR 2.5\n> 3 million.", "2.5"}};
    struct assay_test *t = opened("conf");
    struct assay_document record = {.language = {"en", 2}};
    for (size_t i = 0; i < 2; i++) {
        struct assay_doc *doc = assay_test_doc(t, said(cases[i][0]), &record);
        struct assay_sentence sentence = {.span = {i ? 0 : 2, (uint32_t)strlen(cases[i][0])}};
        assay_test_put(t, doc, SLOT_SENTENCE, &sentence);
        assert_int_equal(t->plugin->analyse(t->self, doc), ASSAY_OK);
        struct assay_list list = t->host.records(&t->host, doc, SLOT_CLAIM);
        assert_int_equal(list.count, 1 + i);
        is(ASSAY_AT(struct assay_claim, list, 0)->decimal, cases[i][1]);
    }
    assay_test_free(t);
}

static void look_alike_letters_hide_no_unit(void **state)
{
    (void)state;
    struct twin {
        struct assay_span span;
        struct assay_text text;
    } twin = {{9, 12}, {"cm", 2}};
    static const char line[] = "It was 5 \xd1\x81m high.";
    struct assay_test *t = opened("conf");
    struct assay_document record = {.language = {"en", 2}};
    for (int with = 0; with < 2; with++) {
        struct assay_doc *doc = assay_test_doc(t, said(line), &record);
        struct assay_sentence sentence = {.span = {0, sizeof line - 1}};
        assay_test_put(t, doc, SLOT_SENTENCE, &sentence);
        if (with)
            assay_test_put(t, doc, 5, &twin);
        assert_int_equal(t->plugin->analyse(t->self, doc), ASSAY_OK);
        struct assay_list list = t->host.records(&t->host, doc, SLOT_CLAIM);
        assert_int_equal(list.count, 1);
        is(ASSAY_AT(struct assay_claim, list, 0)->unit, with ? "centimeter" : "");
    }
    assay_test_free(t);
}

static void keeps_the_other_reading_of_a_separator(void **state)
{
    (void)state;
    struct assay_test *t = opened("conf");
    struct assay_list list = read_claims(t, "The plant made 1,234 cars.", "en", NULL);
    const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, 0);
    assert_true(c->value == 1234 && c->has_alternative && c->alternative == 1.234);
    /* the document's own habit decides: 1,5 can only be a decimal comma */
    list = read_claims(t, "Prices rose 1,5 percent and 2,75 percent.\nThen 3,1 percent.\nThe index is 1,234 now.", "en", NULL);
    assert_true(ASSAY_AT(struct assay_claim, list, list.count - 1)->value == 1.234);
    assay_test_free(t);
}

/* What looks like a day, an hour, a list or a chapter says nothing of how decimals are written. */
static void dates_and_lists_are_no_decimals(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"de", "Um 14.30 Uhr lagen 5.200 Tonnen im Hafen.", "5200"}, {"de", "Fassung 2.5 vom 4.10 nennt 5.200 Tonnen.", "5200"},
        {"de", "Der Index stieg um 2.5 %, die Halde wiegt 5.200 Tonnen.", "5.200"}, {"de", "Bei 21.75 Grad wogen sie 5.200 Tonnen.", "5.200"},
        {"en", "Chapters 3,4 and 12,13 name 5,200 tonnes.", "5200"}, {"en", "In 2000,2001 and 2002 it made 5,200 tonnes.", "5200"},
        {"ru", "В 14.30 заседание шло, в 9.15 ждали 12 депутатов.", "12"}, {"uk", "О 14.30 засідання йшло, у зал зайшли 12 депутатів.", "12"},
        {"be", "У 14.30 пасяджэнне ішло, зайшлі 12 дэпутатаў.", "12"}, {"de", "Der Kurs stieg um 2.15 Punkte.", "2.15"},
        {"en", "Sales grew 3,5% and it has 12.400 employees.", "12400"}, {"en", "Sales grew 3.5% and it has 12.400 kg.", "12.400"},
        {"en", "It made 2,5-xylenol and 1.250 kg of wax.", "1.250"},
        {"fr", "Le chapitre 2.5 compte 5.200 tonnes.", "5200"}, {"es", "El artículo 3.1 habla de 5.200 toneladas.", "5200"},
    };
    struct assay_test *t = opened("conf");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_list list = read_claims(t, cases[i][1], cases[i][0], NULL);
        uint32_t figures = strchr(cases[i][1], '%') || strstr(cases[i][1], "Grad") ? 2 : 1;
        if (list.count != figures)
            fail_msg("%s: %u figures", cases[i][1], list.count);
        is(ASSAY_AT(struct assay_claim, list, list.count - 1)->decimal, cases[i][2]);
    }
    assay_test_free(t);
}

/* Lists of facts: the label stands before the colon, with a bracket or a space of French typesetting or without. */
static void labels_name_what_is_measured(void **state)
{
    (void)state;
    static const char *const cases[][4] = {
        {"en", "Injured: 1,200", "Injured", "1200"}, {"en", "Injured (as of Monday): 1,200", "Injured", "1200"},
        {"fr", "Chômage : 7,5 %", "Chômage", "7.5"}, {"fr", "Dette : 68,4 M d’euros", "Dette", "68400000"},
    };
    struct assay_test *t = opened("conf");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_list list = read_claims(t, cases[i][1], cases[i][0], NULL);
        assert_int_equal(list.count, 1);
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, 0);
        is(c->measured.text, cases[i][2]);
        is(c->decimal, cases[i][3]);
    }
    struct assay_list two = read_claims(t, "Nasdaq -1.2% to 16,274.94 on Friday.", "en", NULL);
    assert_int_equal(two.count, 2);
    assay_test_free(t);
}

static void resolves_periods(void **state)
{
    (void)state;
    static const char *const cases[][5] = {
        {"en", "Profit was $5m last year.", "2024-05-17", "2023", "2023"}, {"en", "Profit was $5m in the first quarter of 2020.", NULL, "2020-01", "2020-03"},
        {"en", "Since 2007 it has made $5m.", NULL, "2007", ""}, {"ru", "За январь-март 2024 года получили 5 млн рублей.", NULL, "2024-01", "2024-03"},
        {"ru", "В прошлом месяце получили 5 млн рублей.", "2024-01-10", "2023-12", "2023-12"}, {"fr", "Il a gagné 5 millions d'euros l'année dernière.", "2024-05-17", "2023", "2023"},
        {"de", "Bis 2030 sollen 5 Millionen Euro fließen.", NULL, "", "2030"}, {"en", "Yesterday it sold 5 ships.", "2024-03-01", "2024-02-29", "2024-02-29"},
        {"en", "Profit fell by $5m between 2020 and 2010.", NULL, "2010", "2020"}, {"en", "It lost $5m from November to March 2024.", NULL, "2023-11", "2024-03"},
    };
    struct assay_test *t = opened("conf");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_list list = read_claims(t, cases[i][1], cases[i][0], cases[i][2]);
        assert_int_equal(list.count, 1);
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, 0);
        assert_int_equal(c->has_time, 1);
        is(c->time.from, cases[i][3]);
        is(c->time.to, cases[i][4]);
    }
    assay_test_free(t);
}

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/lexicon/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void remove_file(const char *folder, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/lexicon/%s", folder, name);
    unlink(path);
}

/* A language is a file: no code, no option. */
static void a_file_adds_a_language(void **state)
{
    (void)state;
    char folder[] = "/tmp/claims-test-XXXXXX", sub[64];
    assert_non_null(mkdtemp(folder));
    snprintf(sub, sizeof sub, "%s/lexicon", folder);
    assert_int_equal(mkdir(sub, 0700), 0);
    write_file(folder, "units.cfg", "units = [\"kilometer meter|1000\", \"percent part|0.01\"];\n");
    write_file(folder, "und.cfg", "language = \"und\";\nunits = [\"percent %\"];\n");
    write_file(folder, "eo.cfg", "language = \"eo\";\nparent = \"und\";\ndecimal = \",\";\ngroup = \" \";\n"
                                 "cardinals = [\"2 du\", \"3 tri\", \"20 dudek\"];\nscales = [\"1e3 mil\", \"1e6 miliono|milionoj|milionojn\"];\n"
                                 "units = [\"kilometer kilometro*\"];\nbounds = [\"> pli ol\"];\n");
    struct assay_test *t = opened(folder);
    assert_non_null(strstr(t->plugin->describe(t->self), " eo"));
    struct assay_list list = read_claims(t, "La vojo havas pli ol dudek tri kilometrojn.", "eo", NULL);
    assert_int_equal(list.count, 1);
    const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, 0);
    is(c->text, "pli ol dudek tri kilometrojn");
    is(c->decimal, "23");
    is(c->unit, "kilometer");
    is(c->base_unit, "meter");
    assert_true(c->bound == ASSAY_BOUND_OVER && c->base_value == 23000);
    assay_test_free(t);

    write_file(folder, "eo.cfg", "language = \"eo\";\nbounds = [\n  \"> pli ol\",\n  \"!! malpli ol\"\n];\n");
    t = assay_test_new(&claims_LTX_assay_plugin, folder);
    assert_int_equal(assay_test_open(t, NULL), ASSAY_ECONF);
    assert_non_null(strstr(t->message, "lexicon/eo.cfg:4:3: '!!' is none of"));
    assay_test_free(t);
    remove_file(folder, "units.cfg");
    remove_file(folder, "und.cfg");
    remove_file(folder, "eo.cfg");
    rmdir(sub);
    rmdir(folder);
}

static void a_language_without_lexicon_gives_less_confidence(void **state)
{
    (void)state;
    struct assay_test *t = opened("conf");
    struct assay_list list = read_claims(t, "Hinta nousi 12,5 % ja oli 30 €.", "fi", NULL);
    assert_int_equal(list.count, 2);
    const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, 0);
    is(c->unit, "percent");
    assert_true(c->confidence <= 0.5);
    assay_test_free(t);
}

/* Pieces of figures in any order, damaged: text[begin, end) is what the record says, inside its sentence, every time. */
static void spans_hold_under_fuzzing(void **state)
{
    (void)state;
    static const char *const pieces[] = {"12", "1,5", "3.000", "%", "$", "€", " ", " ", " ", "млн", "тысяч", "million", "two", "three", "hundred", "-", "–", ".", ",", "(", ")",
                                         "May", "2024", "году", "from", "to", "by", "rose", "вырос", "на", "до", "km", "/", "h", "'", "’", "the", "of", "half", "third", "people", "человек",
                                         "said", "\xc2\xa0", "\xe2\x80\xaf", "no", "more than", "не менее", "1/2", "½", "10^6", "×", "year", "a", "USD", "45-летний", "i", "é"};
    static const char *const languages[] = {"en", "ru", "de", "tr", "fr", "uk", "az", "it", "xx"};
    struct assay_test *t = opened("conf");
    uint64_t seed = 42;
    char text[2048];
    for (int round = 0; round < 6000; round++) {
        size_t n = 0;
        int words = 3 + (int)(seed >> 40) % 40;
        for (int i = 0; i < words; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            const char *p = pieces[(seed >> 33) % (sizeof pieces / sizeof pieces[0])];
            size_t size = strlen(p);
            if (n + size + 2 > sizeof text)
                break;
            memcpy(text + n, p, size);
            n += size;
            if (seed >> 62)
                text[n++] = ' ';
        }
        text[n] = 0;
        struct assay_list list = read_claims(t, text, languages[round % 9], "2024-05-17");
        for (uint32_t k = 0; k < list.count; k++) {
            const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, k);
            assert_true(c->span.begin < c->span.end && c->span.end <= n);
            assert_true(c->span.begin >= c->sentence.begin && c->span.end <= c->sentence.end);
            assert_int_equal(c->text.size, c->span.end - c->span.begin);
            assert_memory_equal(c->text.at, text + c->span.begin, c->text.size);
            assert_true(c->decimal.at && c->decimal.size && c->rule.at);
            if (c->has_measured)
                assert_true(c->measured.span.begin < c->measured.span.end && c->measured.span.end <= n);
            if (c->has_speaker)
                assert_true(c->speaker.span.begin < c->speaker.span.end && c->speaker.span.end <= n);
        }
        if (round % 500 == 499) { /* the test host keeps every document */
            assay_test_free(t);
            t = opened("conf");
        }
    }
    assay_test_free(t);
}

static double seconds_for(const char *piece, const char *language, size_t size)
{
    struct assay_test *t = opened("conf");
    char *text = malloc(size + 64);
    size_t n = 0, step = strlen(piece);
    assert_non_null(text);
    for (; n < size; n += step)
        memcpy(text + n, piece, step);
    text[n] = 0;
    struct timespec a, b;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    read_claims(t, text, language, NULL);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    free(text);
    assay_test_free(t);
    return (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) * 1e-9;
}

/* The least of up to five: what else the machine does only adds. Stops where it is below `enough`. */
static double least_seconds_for(const char *piece, const char *language, size_t size, double enough)
{
    double least = seconds_for(piece, language, size);
    for (int i = 0; i < 4 && least > enough; i++) {
        double more = seconds_for(piece, language, size);
        least = more < least ? more : least;
    }
    return least;
}

/* Eight times the text must not take much more than eight times as long. */
static void work_is_linear(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"en", "1234567890"}, {"en", "("}, {"ru", "тысяч "}, {"en", ","}, {"en", "1,2 "}, {"en", "two hundred "}, {"de", "hundertundzwanzig"},
                                           {"en", "1-"}, {"en", "a/"}, {"tr", "yüzde "}, {"en", "from 1 to "}, {"en", "more than "}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double small = seconds_for(cases[i][1], cases[i][0], 60000), most = 24 * small + 0.05;
        double large = least_seconds_for(cases[i][1], cases[i][0], 480000, most);
        if (large > most)
            fail_msg("'%s': %.3f s for 60 kB, %.3f s for 480 kB", cases[i][1], small, large);
    }
}

static void code_and_menus_claim_nothing(void **state)
{
    (void)state;
    static const char line[] = "The limit of 900 files was raised to 1,200 files for 3 users.";
    static const struct {
        struct assay_span span[2];
        uint32_t figures;
    } cases[] = {
        {{{13, 16}, {0, 0}}, 2}, {{{0, 30}, {13, 16}}, 2}, {{{0, 61}, {0, 0}}, 0}, {{{13, 16}, {37, 42}}, 1}, {{{16, 30}, {0, 0}}, 3}, {{{13, 16}, {53, 61}}, 1}};
    struct assay_test *t = opened("conf");
    struct assay_document record = {.language = {"en", 2}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_doc *doc = assay_test_doc(t, said(line), &record);
        struct assay_sentence sentence = {.span = {0, sizeof line - 1}};
        assay_test_put(t, doc, SLOT_SENTENCE, &sentence);
        for (int k = 0; k < 2; k++) {
            struct assay_boilerplate b = {.span = cases[i].span[k]};
            if (b.span.end)
                assay_test_put(t, doc, SLOT_BOILERPLATE, &b);
        }
        assert_int_equal(t->plugin->analyse(t->self, doc), ASSAY_OK);
        assert_int_equal(t->host.records(&t->host, doc, SLOT_CLAIM).count, cases[i].figures);
    }
    assay_test_free(t);
}

/* Words met before are kept with all that is known of them: the same text again says the same. */
static void reads_the_same_again(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"az", "Azərbaycanda istehlak qiymətləri 3 faiz artıb."}, {"tr", "Türkiyede konut fiyatları 3 puan arttı."}, {"de", "In den letzten Jahren stieg der Umsatz um 4 Prozent."}, {"en", "Rents rose 4% in the last years."}};
    struct assay_test *t = opened("conf");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char twice[512];
        snprintf(twice, sizeof twice, "%s\n%s", cases[i][1], cases[i][1]);
        struct assay_list list = read_claims(t, twice, cases[i][0], "2025-06-17");
        assert_int_equal(list.count, 2);
        const struct assay_claim *a = ASSAY_AT(struct assay_claim, list, 0), *b = ASSAY_AT(struct assay_claim, list, 1);
        uint32_t by = (uint32_t)strlen(cases[i][1]) + 1;
        assert_int_equal(a->measured.span.begin + by, b->measured.span.begin);
        assert_int_equal(a->measured.span.end + by, b->measured.span.end);
        assert_int_equal(a->time.from.size, b->time.from.size);
    }
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_values_exactly),          cmocka_unit_test(leaves_alone_what_is_no_figure),
        cmocka_unit_test(reads_the_same_again),
        cmocka_unit_test(code_and_menus_claim_nothing),
        cmocka_unit_test(look_alike_letters_hide_no_unit), cmocka_unit_test(marks_of_quoted_mail_part_no_figure), cmocka_unit_test(tells_kinds_apart), cmocka_unit_test(reads_units), cmocka_unit_test(reads_bounds), cmocka_unit_test(a_bare_currency_is_of_the_documents_country), cmocka_unit_test(keeps_the_other_reading_of_a_separator), cmocka_unit_test(dates_and_lists_are_no_decimals), cmocka_unit_test(labels_name_what_is_measured), cmocka_unit_test(resolves_periods),
        cmocka_unit_test(a_file_adds_a_language),        cmocka_unit_test(a_language_without_lexicon_gives_less_confidence),
        cmocka_unit_test(spans_hold_under_fuzzing),      cmocka_unit_test(work_is_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
