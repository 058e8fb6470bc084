/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

static struct engine engine;
static struct engine_result result;

static int setup(void **state)
{
    char message[256];
    (void)state;
    if (!engine_open(&engine, "plugins/language/langid.model", message)) {
        fprintf(stderr, "%s\n", message);
        return -1;
    }
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    engine_result_free(&result);
    engine_close(&engine);
    return 0;
}

static const char *run(const char *text, size_t size, const char *declared)
{
    assert_int_equal(engine_run(&engine, text, (uint32_t)size, declared, declared ? strlen(declared) : 0, &result), 1);
    uint32_t at = 0;
    for (uint32_t i = 0; i < result.spans; i++) { /* spans tile the text */
        assert_int_equal(result.span[i].begin, at);
        assert_true(result.span[i].end > at);
        assert_true(result.span[i].confidence <= 10000);
        at = result.span[i].end;
    }
    assert_int_equal(at, size);
    return engine.name[result.main].language;
}

static const char *language(const char *text)
{
    return run(text, strlen(text), NULL);
}

static void plain_sentences(void **state)
{
    static const char *const rows[][2] = {
        {"en", "The bridge was closed for two days after the storm."},
        {"de", "Die Brücke war nach dem Sturm zwei Tage lang gesperrt."},
        {"fr", "Le pont est resté fermé deux jours après la tempête."},
        {"es", "El puente estuvo cerrado dos días después de la tormenta."},
        {"it", "Il ponte è rimasto chiuso due giorni dopo la tempesta."},
        {"pt", "A ponte ficou fechada durante dois dias depois da tempestade."},
        {"pl", "Most był zamknięty przez dwa dni po burzy."},
        {"tr", "Köprü fırtınadan sonra iki gün boyunca kapalı kaldı."},
        {"az", "Körpü fırtınadan sonra iki gün ərzində bağlı qaldı."},
        {"ru", "После бури мост был закрыт в течение двух дней."},
        {"uk", "Після бурі міст був закритий протягом двох днів."},
        {"be", "Пасля буры мост быў зачынены на працягу двух дзён."},
        {"kk", "Дауылдан кейін көпір екі күн бойы жабық болды."},
        {"ro", "Podul a fost închis două zile după furtună."},
        {"hy", "Կամուրջը երկու օր փակ էր փոթորկից հետո։"},
        {"ka", "ხიდი ქარიშხლის შემდეგ ორი დღე დაკეტილი იყო."},
        {"fa", "پل پس از طوفان به مدت دو روز بسته بود."},
        {"ar", "ظل الجسر مغلقا لمدة يومين بعد العاصفة."},
        {"zh", "暴风雨过后，这座桥关闭了两天。"},
        {"ja", "嵐のあと、橋は二日間閉鎖されていた。"},
        {"ko", "폭풍이 지나간 뒤 다리는 이틀 동안 폐쇄되었다."},
        {"sr", "После олује мост је био затворен два дана."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(language(rows[i][1]), rows[i][0]))
            fail_msg("%s was taken for %s", rows[i][0], language(rows[i][1]));
}

static void words_of_everyday_life(void **state)
{
    static const char *const rows[][2] = {
        {"en", "Hello"},  {"en", "Thank you"}, {"ru", "как дела"}, {"uk", "дякую"},   {"be", "дзякуй"}, {"fr", "Bonjour"},
        {"de", "Danke"},  {"es", "gracias"},   {"pt", "Obrigado"}, {"it", "Ciao"},    {"tr", "Teşekkürler"}, {"az", "Təşəkkür edirəm"},
        {"pl", "dzień dobry"}, {"kk", "рахмет"}, {"ja", "ありがとう"}, {"zh", "谢谢"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(language(rows[i][1]), rows[i][0]))
            fail_msg("%s was taken for %s", rows[i][1], language(rows[i][1]));
}

static void no_language(void **state)
{
    static const char *const rows[] = {"", " ", "12 345,67", "https://example.org/some/path?x=1", "a_b_c = x1 + y2;", "***", "😀😀", "mmmmmmmmmm", "for (int i = 0; i < n; i++) { sum += a[i]; }",
                                       "int main(void) { printf(\"%d\", x); return 0; }", "asdfghjkl qwertyuiop zxcvbnm"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(language(rows[i]), "und"))
            fail_msg("\"%s\" was taken for %s", rows[i], language(rows[i]));
}

static void case_and_addresses_do_not_matter(void **state)
{
    (void)state;
    assert_string_equal(language("Die Straße war nach dem Sturm gesperrt"), "de");
    assert_string_equal(language("DIE STRASSE WAR NACH DEM STURM GESPERRT"), "de");
    assert_string_equal(language("die straße war nach dem sturm gesperrt http://example.com/the/english/name"), "de");
    assert_string_equal(language("КАК ДЕЛА У ТЕБЯ СЕГОДНЯ"), "ru");
    assert_string_equal(language("Как Дела У Тебя Сегодня"), "ru");
}

/* Spans as "en:0-10 de:10-20". */
static void spans(const char *text, const char *want)
{
    char got[512] = "";
    language(text);
    for (uint32_t i = 0; i < result.spans; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s:%u-%u", i ? " " : "", engine.name[result.span[i].state].language,
                 result.span[i].begin, result.span[i].end);
    assert_string_equal(got, want);
}

static void mixed_texts(void **state)
{
    (void)state;
    spans("The storm closed the bridge for two days.\nDer Sturm hat die Brücke zwei Tage lang gesperrt.", "en:0-42 de:42-92");
    spans("He answered: «Я никогда этого не говорил», and left the room.", "en:0-13 ru:13-67 en:67-85");
    spans("Компания Google открыла новый офис в центре города.", "ru:0-88");
}

static void a_declared_language_is_a_prior(void **state)
{
    (void)state;
    const char *word = "August";
    assert_string_equal(run(word, strlen(word), "sv-SE"), "sv");
    assert_string_equal(run(word, strlen(word), "DE"), "de");
    const char *clear = "The storm closed the bridge for two days and nobody knew why.";
    assert_string_equal(run(clear, strlen(clear), "de"), "en");
    assert_string_equal(run(clear, strlen(clear), "xx-nonsense"), "en");
}

static void candidates_limit_the_answer(void **state)
{
    (void)state;
    unsigned char saved[ENGINE_STATES];
    memcpy(saved, engine.allowed, sizeof saved);
    memset(engine.allowed, 0, sizeof engine.allowed);
    engine.allowed[engine_state(&engine, "fr", 2, 0)] = 1;
    engine.allowed[engine_state(&engine, "it", 2, 0)] = 1;
    assert_string_equal(language("El puente estuvo cerrado"), "it");
    memcpy(engine.allowed, saved, sizeof saved);
}

static void the_same_twice(void **state)
{
    (void)state;
    const char *text = "One line here.\nUne autre ligne ici.\nEt encore une.";
    language(text);
    uint32_t count = result.spans;
    struct engine_span *first = malloc(count * sizeof *first);
    memcpy(first, result.span, count * sizeof *first);
    language(text);
    assert_int_equal(result.spans, count);
    assert_memory_equal(result.span, first, count * sizeof *first);
    free(first);
}

static void hostile_bytes(void **state)
{
    enum { SIZE = 1 << 20 };
    static const char *const units[] = {"a",  "\xcc\x81", "\xf0\x9f\x98\x80", "\xee\x80\x80", "\xff", "\xed\xa0\x80", "", "aЖ",
                                        "a.", "ab\n",     "日",               "\n",           "@a ",  "a日",          "«a» ", "\xe3"};
    char *text = malloc(SIZE);
    (void)state;
    for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
        size_t n = strlen(units[u]) ? strlen(units[u]) : 1;
        for (size_t i = 0; i < SIZE; i++)
            text[i] = units[u][i % n];
        run(text, SIZE, NULL);
    }
    uint32_t random = 7;
    for (size_t i = 0; i < SIZE; i++) {
        random = random * 1664525u + 1013904223u;
        text[i] = (char)(random >> 24);
    }
    run(text, SIZE, NULL);
    run(text, 1, NULL);
    free(text);
}

static void bad_models_are_refused(void **state)
{
    char path[] = "/tmp/assay-model-XXXXXX", message[256];
    struct model model;
    (void)state;
    assert_int_equal(model_open(&model, "no/such/file", message), 0);
    int file = mkstemp(path);
    FILE *f = fdopen(file, "wb");
    struct model_header header = *engine.model.header;
    header.size = sizeof header; /* says less than its tables need */
    fwrite(&header, sizeof header, 1, f);
    fclose(f);
    assert_int_equal(model_open(&model, path, message), 0);
    remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_sentences),
        cmocka_unit_test(words_of_everyday_life),
        cmocka_unit_test(no_language),
        cmocka_unit_test(case_and_addresses_do_not_matter),
        cmocka_unit_test(mixed_texts),
        cmocka_unit_test(a_declared_language_is_a_prior),
        cmocka_unit_test(candidates_limit_the_answer),
        cmocka_unit_test(the_same_twice),
        cmocka_unit_test(hostile_bytes),
        cmocka_unit_test(bad_models_are_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
