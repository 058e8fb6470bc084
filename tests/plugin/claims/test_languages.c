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

static void numbers_in_all_cases(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"uk", "Завод зібрав близько п'ятнадцяти тисяч тракторів.", "15000"}, {"uk", "Рятувальники допомогли двомстам сорока людям.", "240"},
        {"uk", "Це тридцять перший випадок за добу.", "31"}, {"uk", "Порт лежить у 10 милях від кордону.", "10 mile"},
        {"uk", "Він чекав два з половиною роки.", "2.5 year"}, {"uk", "Виділили 2,3 мільйона євро.", "2300000 EUR"},
        {"be", "Каля пятнаццаці тысяч чалавек выйшлі на плошчу.", "15000"}, {"be", "Горад ляжыць у 40 мілях ад мяжы.", "40 mile"},
        {"be", "Спрэчка цягнулася насуперак 139 гадам перамоў.", "139 year"}, {"be", "Завод даў два з паловай мільёны долараў.", "2500000 USD"},
        {"ru", "Они ждали три с половиной месяца.", "3.5 month"}, {"ru", "За полгода цены выросли на 5%.", "0.5 year; 5 percent"},
        {"ru", "Билет обошелся ему двадцатью долларами 43 центами.", "20.43 USD"}, {"ru", "Он пришел к третьему подъезду последним.", "3"},
        {"ru", "Полет длился 1 час 55 минут.", "115 minute"}, {"ru", "Более половины опрошенных против.", "0.5"},
        {"tr", "Kırkbin üçyüz kişi geldi.", "40300"}, {"tr", "Hava dün 30 dereceydi.", "30 degree"},
        {"de", "Es dauerte eine Viertelstunde.", "0.25 hour"},
    };
    check_all(lines, sizeof lines / sizeof lines[0]);
}

static void temperatures_below_zero(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"de", "Es waren 12 Grad unter null.", "-12 degree"}, {"ru", "Ночью было 12 градусов мороза.", "-12 degree"}, {"uk", "Вночі було 12 градусів нижче нуля.", "-12 degree"},
        {"be", "Уначы было 12 градусаў марозу.", "-12 degree"}, {"es", "La noche dejó 12 grados bajo cero.", "-12 degree"}, {"fr", "Il a fait 12 degrés au-dessous de zéro.", "-12 degree"},
        {"it", "Si sono toccati 12 gradi sotto zero.", "-12 degree"}, {"pt", "Fez 12 graus abaixo de zero.", "-12 degree"}, {"tr", "Gece sıfırın altında 12 derece ölçüldü.", "-12 degree"},
        {"tr", "Faiz eksi yüzde beş oldu.", "-5 percent"},
    };
    check_all(lines, sizeof lines / sizeof lines[0]);
}

static void multiples_and_ratios(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"fr", "Le nombre de visiteurs a été divisé par quatre.", "4"}, {"es", "La deuda se ha multiplicado por tres.", "3"}, {"be", "Вытворчасць вырасла ўдвая.", "2"},
        {"uk", "Видобуток зріс удесятеро.", "10"}, {"az", "Qiymətlər iki dəfə artıb.", "2"}, {"fr", "Une femme sur huit est concernée.", "0.125"},
        {"de", "Die Abwehr traf 29 von 33 Drohnen.", "29; 33"}, {"ru", "Расходы сократились на четверть.", "0.25"}, {"de", "Es fehlt eine Viertelmillion Wohnungen.", "250000"},
        {"tr", "Ölenlerin sayısı 3 bin 549 oldu.", "3549"}, {"ru", "В город прибыло от 600 тысяч до миллиона паломников.", "600000..1000000"},
        {"es", "El viaje duró 72 horas.", "72 hour"}, {"pt", "A reunião começa amanhã às 8 horas da manhã.", ""}, {"es", "Cierra entre el 1/10 y el 7/11.", ""},
    };
    check_all(lines, sizeof lines / sizeof lines[0]);
}

static void shares_without_a_number(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"ru", "Треть жителей против, половина жителей за.", "0.333333333333333333333333333333; 0.5"}, {"uk", "Чверть населення підтримала закон.", "0.25"},
        {"be", "Траціна жыхароў супраць.", "0.333333333333333333333333333333"}, {"tr", "Her üç gençten biri işsiz.", "0.333333333333333333333333333333"},
        {"az", "Hər beş nəfərdən biri siqaret çəkir.", "0.2"}, {"es", "Tres cuartas partes de los vecinos votaron.", "0.75"},
    };
    check_all(lines, sizeof lines / sizeof lines[0]);
}

static void periods_streets_and_articles(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"tr", "Geçen hafta 5 kişi öldü.", "5"}, {"es", "Esta temporada 5 equipos bajaron.", "5"}, {"ru", "Команда сыграла в восьми матчах.", "8"}, {"ru", "В 12-этажном доме пожар.", "12"},
        {"az", "Son üç ildə qiymət artıb.", "3 year"}, {"it", "Chiedono la settimana di 36 ore.", "36 hour"}, {"it", "La diga è crollata trent'anni fa.", "30 year"},
        {"ru", "Пожар произошел на улице Ленина, 45.", ""}, {"de", "Das Büro liegt in der Rathausstraße 12.", ""}, {"es", "La sede está en la calle Mayor, 28.", ""},
        {"fr", "Le conseil se réunit le 23.", ""}, {"es", "El plazo vence el 25, según la ley.", ""}, {"es", "El paro subió al 12, según la encuesta.", "12"}, {"de", "Das Treffen ist am 27. 11. in Bonn.", ""},
        {"de", "Der Laden schließt um viertel 8.", ""}, {"fr", "Rendez-vous au 15, rue de la République.", ""}, {"tr", "Anayasa'nın 104. maddesi uygulanacak.", ""}, {"az", "Ofis Nizami küçəsi 67-də yerləşir.", ""},
    };
    check_all(lines, sizeof lines / sizeof lines[0]);
}

static void places_by_merit(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"ru", "Спортсменка заняла третье место."}, {"uk", "Вона посіла третє місце."}, {"be", "Яна заняла трэцяе месца."}, {"de", "Sie kam auf den dritten Platz."},
        {"de", "Es ist die drittgrößte Stadt des Landes."}, {"fr", "C'est la troisième ville la plus peuplée."}, {"es", "Es la tercera ciudad más grande."},
        {"pt", "Terminou em terceiro lugar."}, {"it", "Si è piazzata al terzo posto."}, {"tr", "Takım üçüncü sırada bitirdi."},
    };
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
    assert_int_equal(assay_test_open(t, NULL), ASSAY_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_list list = read_claims(t, cases[i][1], cases[i][0], NULL);
        if (list.count != 1 || ASSAY_AT(struct assay_claim, list, 0)->kind != ASSAY_KIND_RANK || ASSAY_AT(struct assay_claim, list, 0)->value != 3)
            fail_msg("%s: %u claims", cases[i][1], list.count);
    }
    assay_test_free(t);
}

static void ages_and_long_spans(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"de", "Vor 18 Jahren endete der Streit.", "18 year"}, {"de", "Der 17jährige Schüler blieb unverletzt.", "17 year"},
        {"fr", "Il y a 18 ans, le pont s'est effondré.", "18 year"}, {"es", "La fábrica cerró hace 25 años.", "25 year"},
        {"pt", "A ponte caiu há 18 anos.", "18 year"}, {"it", "Il 17enne è stato ferito.", "17 year"}, {"it", "La diga crollò 30 anni fa.", "30 year"},
        {"ru", "Завод закрыли 18 лет назад.", "18 year"}, {"uk", "Через 45 років він повернувся.", "45 year"}, {"be", "Праз 45 гадоў ён вярнуўся.", "45 year"},
        {"tr", "Köprü 18 yıl önce çöktü.", "18 year"}, {"tr", "Ayşe o gün 20 yaşındaydı.", "20 year"}, {"tr", "Komşuların 139 yıllık davası bitti.", "139 year"},
        {"de", "Er hat eine zweijährige Katze.", "2 year"}, {"de", "Der Zweiundzwanzigjährige verlor.", "22 year"}, {"ru", "Трёхлетний мальчик спасен.", "3 year"},
        {"uk", "Дворічна дівчинка видужала.", "2 year"}, {"be", "Дваццаціпяцігадовы вадзіцель загінуў.", "25 year"}, {"it", "Il ventunenne ha vinto.", "21 year"},
        {"es", "La niña tiene tres años y medio.", "3.5 year"}, {"it", "Pesava 15 chili e mezzo.", "15.5 kilogram"}, {"tr", "3,5 yaşındaki çocuk bulundu.", "3.5 year"},
        {"ru", "Украли полмиллиона рублей.", "500000 RUB"}, {"ru", "Штраф составил 20 фунтов стерлингов.", "20 GBP"}, {"az", "Körpü 18 il əvvəl uçub.", "18 year"}, {"az", "Qonşuların 15 illik mübahisəsi bitdi.", "15 year"}, {"az", "Növbə hər 37 dəqiqədə dəyişir.", "37 minute"},
    };
    check_all(lines, sizeof lines / sizeof lines[0]);
}

static void money_by_its_scale(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"de", "Der Vertrag kostete 120 Millionen Pfund.", "120000000 GBP"}, {"es", "El contrato costó 120 millones de libras.", "120000000 GBP"},
        {"tr", "Kulüp 120 milyon pound ödedi.", "120000000 GBP"}, {"pt", "Custou 15 dólares e 15 centavos.", "15.15 USD"}, {"es", "Cuesta 25 euros con 50.", "25.50 EUR"},
        {"de", "Das Brot kostet zwei Euro fünfzig.", "2.50 EUR"},
    };
    check_all(lines, sizeof lines / sizeof lines[0]);
}

static void ranges_and_bounds(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"de", "Die Miete stieg um 5 bis 7 Prozent.", "5..7 percent"}, {"de", "Im 18. Jahrhundert stand hier eine Mühle.", ""},
        {"es", "El nivel es más alto que el diez pero más bajo que el quince.", "10..15"}, {"pt", "O valor é maior ou igual a cem.", "100"},
        {"it", "Si è classificato tra il decimo e il quindicesimo posto.", "10..15"}, {"uk", "Загинуло від п'яти до десяти осіб.", "5..10"},
        {"tr", "Sayı yirmiden büyük ve otuz beşten küçük.", "20..35"}, {"tr", "Kentte 3 büyük köprü var.", "3"}, {"tr", "Geriye 18 delik kaldı.", "18"},
        {"fr", "Il y en a 500 ou moins dans la réserve.", "500"}, {"tr", "Dükkân sabah 8-9 arası kapalı.", ""}, {"tr", "Son 10 haftada yağmur yağmadı.", ""},
        {"de", "Das Büro ist vom 4. bis zum 23. geschlossen.", ""}, {"de", "Eine von fünf Frauen raucht.", "0.2"}, {"de", "Sie saßen zu viert im Auto.", "4"},
    };
    check_all(lines, sizeof lines / sizeof lines[0]);
}

/* What is measured, as a phrase of its own: no verb's objects in it, no adjective without its noun. The last figure
 * counts. */
static void things_are_whole_phrases(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"tr", "Yangında yaralanan 7 kişiyi ambulanslar kente götürdü.", "kişiyi"},
        {"tr", "Meydana iki polis minibüsü geldi.", "polis minibüsü"},
        {"tr", "Müze sergide 12 tarihi haritaya yer ayırdı.", "tarihi haritaya"},
        {"tr", "Ekipler 34 yaşındaki dağcıyı vadiden çıkardı.", "dağcıyı"},
        {"tr", "Denetlenen 60 fırından 14'ü uyarıldı, 3'ü mühürlendi.", "fırından"},
        {"tr", "Hakem 70. dakikada gösterdi.", "dakikada"},
        {"az", "Ötən ay 9 mağazada yoxlama aparılıb.", "mağazada"},
        {"az", "Küçədə iki polis maşınına baxış keçirilib.", "polis maşınına"},
        {"az", "Həkimlər 52 yaşlı balıqçını xəstəxanaya çatdırdı.", "balıqçını"},
        {"en", "A court fined 34-year-old Marten Lowe Abernathy.", "Marten Lowe Abernathy"},
        {"fr", "Jean Marc Paul Dupont, 34 ans, tient la forge.", "Jean Marc Paul Dupont"},
        {"ru", "Храм построили первые прихожане лютеранской общины, всего 240 жителей соседних сел.", "жителей соседних сел"},
        {"ru", "Подлодка легла на грунт на глубине около 90 метров.", "глубине"},
        {"ru", "Рыбак вытащил сома весом в 60 килограммов.", "сома"},
        {"ru", "Закрыта фабрика с годовым оборотом более 2 млрд рублей.", "годовым оборотом"},
        {"ru", "Совет наградил троих ее сыновей.", "ее сыновей"},
        {"uk", "Кур'єр привіз посилки для 15 мешканців сусідньої вулиці.", "мешканців сусідньої вулиці"},
        {"uk", "Човен знайшли на глибині близько 70 метрів.", "глибині"},
        {"be", "Лодку знайшлі на глыбіні каля 70 метраў.", "глыбіні"},
        {"tr", "Sınırda göçmen çocuk yardımı bekleyen 40 mülteci çocuk var.", "mülteci çocuk"},
        {"tr", "Kulüp genç sporcular için 3 milyon lira bağış topladı.", "bağış"},
        {"tr", "Geziye çıkarken hava 12 derece olarak ölçüldü.", "hava"},
        {"az", "Səfərə çıxarkən hava 12 dərəcə idi.", "hava"},
        {"az", "Yoxlanan 40 kafedən 11-i cərimələnib, 5-i bağlanıb.", "kafedən"},
    };
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
    assert_int_equal(assay_test_open(t, NULL), ASSAY_OK);
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct assay_list list = read_claims(t, cases[i][1], cases[i][0], NULL);
        const struct assay_claim *c = list.count ? ASSAY_AT(struct assay_claim, list, list.count - 1) : NULL;
        struct assay_text got = c ? c->measured.text : (struct assay_text){"", 0};
        if (got.size == strlen(cases[i][2]) && !memcmp(got.at, cases[i][2], got.size))
            continue;
        print_error("%s: [%.*s], not [%s]\n", cases[i][1], (int)got.size, got.at, cases[i][2]);
        wrong++;
    }
    assay_test_free(t);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fractions_in_words),
        cmocka_unit_test(ordinals_in_words),
        cmocka_unit_test(numbers_in_all_cases),
        cmocka_unit_test(temperatures_below_zero),
        cmocka_unit_test(multiples_and_ratios),
        cmocka_unit_test(places_by_merit),
        cmocka_unit_test(shares_without_a_number),
        cmocka_unit_test(periods_streets_and_articles),
        cmocka_unit_test(ages_and_long_spans),
        cmocka_unit_test(money_by_its_scale),
        cmocka_unit_test(ranges_and_bounds),
        cmocka_unit_test(things_are_whole_phrases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
