/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "split.h"

static struct rules rules;

static int setup(void **state)
{
    char message[512];
    (void)state;
    if (rules_read(&rules, "conf/lexicon/sentences.cfg", message))
        return 0;
    fprintf(stderr, "%s\n", message);
    return -1;
}

static int teardown(void **state)
{
    (void)state;
    rules_free(&rules);
    return 0;
}

struct log {
    const char *text;
    char got[4096];
    uint32_t paragraph, count, headings;
};

static int note(void *context, const struct split_sentence *s)
{
    struct log *log = context;
    if (log->count)
        strcat(log->got, s->paragraph != log->paragraph ? "¶" : "|");
    strncat(log->got, log->text + s->begin, s->end - s->begin);
    log->paragraph = s->paragraph;
    log->count++;
    log->headings += s->heading;
    return 1;
}

/* The sentences of `text` have to be `want`, divided by '|' (a new paragraph: '¶'). */
static uint32_t check(const char *language, const char *text, const char *want)
{
    struct log log = {.text = text};
    struct split_language at = {UINT32_MAX, rules_language(&rules, (struct assay_text){language, strlen(language)})};
    assert_int_equal(split_text(&rules, &at, 1, text, (uint32_t)strlen(text), note, &log), 1);
    assert_string_equal(log.got, want);
    return log.headings;
}

/* An empty line after each line parts no sentences; one after each paragraph does. */
static void spread_lines_are_joined(void **state)
{
    (void)state;
    check("en", "The company met on Tuesday to discuss the budget for\n\nnext year. Spending will rise to 31.2 million pounds\n\nin all. It hopes to earn more from the berths that it\n\nlets in the old harbour.",
          "The company met on Tuesday to discuss the budget for\n\nnext year.|Spending will rise to 31.2 million pounds\n\nin all.|It hopes to earn more from the berths that it\n\nlets in the old harbour.");
    check("en", "A headline that tells what the day has brought us\n\nThe company met on Tuesday to discuss the budget.\n\nAnother headline of the kind that has no full stop\n\nSpending will rise to 31.2 million pounds in all.",
          "A headline that tells what the day has brought us¶The company met on Tuesday to discuss the budget.¶Another headline of the kind that has no full stop¶Spending will rise to 31.2 million pounds in all.");
}

/* Rows whose cells are set apart by room are sentences, and so are the heads over them. */
static void rows_of_spaced_columns_stay_apart(void **state)
{
    (void)state;
    check("en", "The council published the numbers of last year on Monday\nCrop        2022      2023\nWheat    1,310.2   1,150.7\nMaize                431.9\nand said that it would go on with them.",
          "The council published the numbers of last year on Monday¶Crop        2022      2023¶Wheat    1,310.2   1,150.7¶Maize                431.9¶and said that it would go on with them.");
    check("en", "The council  published the  numbers of   last year and\nsaid  that it would go  on with them in the   schools.",
          "The council  published the  numbers of   last year and\nsaid  that it would go  on with them in the   schools.");
}

static void plain(void **state)
{
    (void)state;
    check("en", "", "");
    check("en", " \n\n ", "");
    check("en", "One here. Two there! Three? Four", "One here.|Two there!|Three?|Four");
    check("en", "It rose 3.5 per cent. That was all.", "It rose 3.5 per cent.|That was all.");
    check("en", "See example.com. Then go.", "See example.com.|Then go.");
    check("en", "Wait... and see. Wait... No.", "Wait... and see.|Wait...|No.");
    check("en", "Really?! Yes!!! Fine.", "Really?!|Yes!!!|Fine.");
    check("en", "all small here. next one too.", "all small here.|next one too.");
}

static void abbreviations(void **state)
{
    (void)state;
    check("en", "Dr. Smith met Mr. Brown. They spoke.", "Dr. Smith met Mr. Brown.|They spoke.");
    check("en", "J. R. Miller and F. Kent left. He stayed.", "J. R. Miller and F. Kent left.|He stayed.");
    check("en", "The U.S. Army left the U.S. The rest stayed.", "The U.S. Army left the U.S.|The rest stayed.");
    check("en", "At 5 p.m. he ate. At 6 p.m. They ate, e.g. Cheddar.", "At 5 p.m. he ate.|At 6 p.m.|They ate, e.g. Cheddar.");
    check("en", "See No. 5 on p. 12. No. That is wrong.", "See No. 5 on p. 12.|No.|That is wrong.");
    check("en", "MIAMI, Fla. - One man of Acme Inc. Chief Ann Lee Jr. said so at 5 p.m. Monday. He died in Miami, Fla. The end.",
          "MIAMI, Fla. - One man of Acme Inc. Chief Ann Lee Jr. said so at 5 p.m. Monday.|He died in Miami, Fla.|The end.");
    check("de", "Am 17. Mai kam Dr. Weiß, d. h. zu spät. Die 3. Liga ruht.", "Am 17. Mai kam Dr. Weiß, d. h. zu spät.|Die 3. Liga ruht.");
    check("de", "Am 27. 11. ging er. Es waren 27. 11 blieben.", "Am 27. 11. ging er.|Es waren 27.|11 blieben.");
    check("de", "Das kostet 5 Mio. Euro bzw. mehr. Im Jahr 1999. Er ging.", "Das kostet 5 Mio. Euro bzw. mehr.|Im Jahr 1999.|Er ging.");
    check("de", "Ludwig XIV. Bourbon starb. Platz 3. Die Stadt jubelt.", "Ludwig XIV. Bourbon starb.|Platz 3.|Die Stadt jubelt.");
    check("tr", "Yasanın 3. maddesi ve 21. Yüzyıl değişti. Bu iyi.", "Yasanın 3. maddesi ve 21. Yüzyıl değişti.|Bu iyi.");
    check("ru", "В 2019 г. Потом был г. Омск и т. д. А. С. Пушкин жил там.",
          "В 2019 г.|Потом был г. Омск и т. д.|А. С. Пушкин жил там.");
    check("fr", "M. Dupont arrive. Mme Roy part à 8 h. Le train part.", "M. Dupont arrive.|Mme Roy part à 8 h.|Le train part.");
    check("az", "Məs. Bakıda 5 mart. Bu gün xoşdur.", "Məs. Bakıda 5 mart.|Bu gün xoşdur.");
}

/* Pages that lose the space between two sentences. */
static void glued_sentences_are_parted(void **state)
{
    (void)state;
    check("en", "He was in hospital on Friday night.Police arrested a man.Was he hurt?Nobody said.",
          "He was in hospital on Friday night.|Police arrested a man.|Was he hurt?|Nobody said.");
    check("en", "\"I saw it on my way home from school.\"They left.", "\"I saw it on my way home from school.\"|They left.");
    check("en", "He lives in Dunmore.Police saw him.", "He lives in Dunmore.|Police saw him.");
    check("de", "Er kam um neun.Der Zug fuhr ab.", "Er kam um neun.|Der Zug fuhr ab.");
    check("ru", "Он приехал вечером.Поезд ушёл.", "Он приехал вечером.|Поезд ушёл.");
    check("ru", "Дом на ул.Ленина и пл.Победы, им.Пушкина.", "Дом на ул.Ленина и пл.Победы, им.Пушкина.");
    check("en", "See www.Example.com, obj.Method(), a@host.Net or /etc/conf.Local now.",
          "See www.Example.com, obj.Method(), a@host.Net or /etc/conf.Local now.");
    check("en", "The U.S.Army and St.Louis and Node.Js and yahoo.CO.", "The U.S.Army and St.Louis and Node.Js and yahoo.CO.");
}

static void quotes(void **state)
{
    (void)state;
    check("en", "\"Stop!\" he said. \"Why?\" She left.", "\"Stop!\" he said.|\"Why?\"|She left.");
    check("en", "He said (really.) Then left.[12] Next one.", "He said (really.)|Then left.[12]|Next one.");
    check("de", "„Halt!“ rief er. „Wer da?“ Niemand.", "„Halt!“ rief er.|„Wer da?“|Niemand.");
    check("ru", "— Да! — сказал он. «Нет». Он ушёл.", "— Да! — сказал он.|«Нет».|Он ушёл.");
}

static void scripts(void **state)
{
    (void)state;
    check("zh", "今天下雨。明天晴吗？好！", "今天下雨。|明天晴吗？|好！");
    check("ja", "「そうだ。」と言った。終わり。", "「そうだ。」と言った。|終わり。");
    check("hi", "यह पहला है। यह दूसरा है।", "यह पहला है।|यह दूसरा है।");
    check("hy", "Սա մեկն է։ Սա երկուսն է:", "Սա մեկն է։|Սա երկուսն է:");
    check("el", "Τι κάνεις; Καλά.", "Τι κάνεις;|Καλά.");
    check("ar", "كيف حالك؟ بخير. شكرا.", "كيف حالك؟|بخير.|شكرا.");
    check("ka", "ეს არის 2019 წ. ეს მეორეა. დასასრული.", "ეს არის 2019 წ. ეს მეორეა.|დასასრული.");
    check("en", "A list: one; two. Done.", "A list: one; two.|Done.");
}

static void paragraphs(void **state)
{
    (void)state;
    assert_int_equal(check("en", "A Headline\n\nText one. Text two.\nMore", "A Headline¶Text one.|Text two.¶More"), 2);
    assert_int_equal(check("en", "Items:\n- first thing\n- second thing\n1. Third one. With more", 
                           "Items:¶- first thing¶- second thing¶1. Third one.|With more"), 3);
    check("en", "This line was wrapped by its author at a width of sixty signs or\nso, which joins it to the next one. And here it goes on in the\nsame way.\n",
          "This line was wrapped by its author at a width of sixty signs or\nso, which joins it to the next one.|And here it goes on in the\nsame way.");
    check("en", "First.\r\nSecond.\r\n", "First.¶Second.");
}

/* Columns of a newspaper, mails on a telephone: what goes on in lower case was wrapped, however narrow it is. */
static void narrow_lines(void **state)
{
    (void)state;
    check("en", "The plant, which opened in\n1998, employs about 1,200\npeople and made some 3.4\nmillion tonnes. It was sold\nto Harrow in May.",
          "The plant, which opened in\n1998, employs about 1,200\npeople and made some 3.4\nmillion tonnes.|It was sold\nto Harrow in May.");
    check("de", "Die Gewerkschaften, die das\nDarlehen begrüßten, sagten,\nseit Januar seien schon 340\nLeiharbeiter gegangen. Das\nsei zu viel.",
          "Die Gewerkschaften, die das\nDarlehen begrüßten, sagten,\nseit Januar seien schon 340\nLeiharbeiter gegangen.|Das\nsei zu viel.");
    /* Words of a line that was stretched to the column's width stand alone. */
    check("en", "temporary workers had already\nleft since January, more than the\n210\nthe\nManagement\nhad\nannounced in the autumn.",
          "temporary workers had already\nleft since January, more than the\n210\nthe\nManagement\nhad\nannounced in the autumn.");
    check("en", "Minister promises a bridge of\nfour lanes", "Minister promises a bridge of\nfour lanes");
    /* A heading on top of a column, lists, verse in capitals and fact boxes stay lines. */
    check("en", "Steel works\nThe plant, which opened in\n1998, is to be sold to a firm\nof the valley.", 
          "Steel works¶The plant, which opened in\n1998, is to be sold to a firm\nof the valley.");
    check("en", "Population of the town\n1,245,600\nArea of the whole district\n234 square kilometres",
          "Population of the town¶1,245,600¶Area of the whole district¶234 square kilometres");
    check("en", "The night is long and cold\nThe river sings of old\nA boat is on the stream\nIts sails are in a dream",
          "The night is long and cold¶The river sings of old¶A boat is on the stream¶Its sails are in a dream");
    /* A page ends within a sentence; mail quoted twice. */
    check("en", "The plant, which is said to\nbe sold, employs in all about\n\n\f1,200 people and made some\nmillion tonnes.",
          "The plant, which is said to\nbe sold, employs in all about¶1,200 people and made some\nmillion tonnes.");
    check("en", "The plant, which is said to\nbe sold, employs many of the\n\n\fpeople and made some 3.4\nmillion tonnes.",
          "The plant, which is said to\nbe sold, employs many of the\n\n\fpeople and made some 3.4\nmillion tonnes.");
    check("en", ">> The plant, which is said to\n>> be sold, employs 1,200 people of\n>> the valley.\n>>\n>> It was sold.",
          "The plant, which is said to\n>> be sold, employs 1,200 people of\n>> the valley.¶It was sold.");
    check("en", "bread and butter\nmilk\ntwelve eggs", "bread and butter¶milk¶twelve eggs");
}

/* Whatever the bytes, spans are in order, inside the text, and on character borders where the text is valid. */
struct guard {
    const char *text;
    uint32_t size, at;
};

static int guarded(void *context, const struct split_sentence *s)
{
    struct guard *g = context;
    assert_true(s->begin >= g->at && s->end > s->begin && s->end <= g->size);
    g->at = s->end;
    return 1;
}

static void hostile(void **state)
{
    enum { SIZE = 1 << 20 };
    static const char *const units[] = {".", "a.", "A. ", "a", "\n", " .", "\"", ". [1", "(", "1.", "\xcc\x81", "\xe3\x80\x82", "\xff", "\xe3", "a b\n", "?\"\n", "\xf0\x9f\x98\x80", "A.a"};
    char *text = malloc(SIZE);
    (void)state;
    for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
        size_t n = strlen(units[u]);
        for (size_t i = 0; i < SIZE; i++)
            text[i] = units[u][i % n];
        struct guard g = {text, SIZE, 0};
        assert_int_equal(split_text(&rules, NULL, 0, text, SIZE, guarded, &g), 1);
    }
    uint32_t random = 1;
    for (size_t i = 0; i < SIZE; i++) {
        random = random * 1664525u + 1013904223u;
        text[i] = ". aA\n1\"'(!?\xe3\x80\x82\xd0\xb6\xff,-"[random >> 24 & 15];
    }
    struct guard g = {text, SIZE, 0};
    assert_int_equal(split_text(&rules, NULL, 0, text, SIZE, guarded, &g), 1);
    free(text);
}

static int stop(void *context, const struct split_sentence *s)
{
    (void)s;
    ++*(int *)context;
    return 0;
}

static void the_caller_may_stop(void **state)
{
    int calls = 0;
    (void)state;
    assert_int_equal(split_text(&rules, NULL, 0, "One. Two.", 9, stop, &calls), 0);
    assert_int_equal(calls, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spread_lines_are_joined),
        cmocka_unit_test(rows_of_spaced_columns_stay_apart),
        cmocka_unit_test(plain),   cmocka_unit_test(abbreviations), cmocka_unit_test(quotes),
        cmocka_unit_test(glued_sentences_are_parted),
        cmocka_unit_test(scripts), cmocka_unit_test(paragraphs), cmocka_unit_test(narrow_lines), cmocka_unit_test(hostile),
        cmocka_unit_test(the_caller_may_stop),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
