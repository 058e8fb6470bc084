/* SPDX-License-Identifier: Apache-2.0
 *
 * The same in every script: copies that were edited, cut, set in another way; and texts that are none. Words are made up.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "stage.h"

#include <assay/kit/utf8.h>

#define WORDS 160u
#define VOCABULARY 4000u

struct script {
    const char *name;
    uint32_t first, letters; /* code points that words are made of */
    uint32_t shortest, more; /* letters of a word */
    const char *blank, *stop;
};

static const struct script scripts[] = {
    {"Latin", 'a', 26, 3, 6, " ", ". "},          {"Cyrillic", 0x430, 32, 3, 6, " ", ". "},
    {"Greek", 0x3b1, 25, 3, 6, " ", ". "},        {"Arabic", 0x641, 10, 4, 5, " ", ". "},
    {"Hebrew", 0x5d0, 27, 3, 5, " ", ". "},       {"Devanagari", 0x915, 36, 3, 4, " ", "\xe0\xa5\xa4 "},
    {"Thai", 0xe01, 46, 2, 4, "", " "},           {"Ethiopic", 0x1208, 64, 2, 4, " ", "\xe1\x8d\xa2 "},
    {"Georgian", 0x10d0, 33, 3, 6, " ", ". "},    {"Han", 0x4e00, 3000, 1, 3, "", "\xe3\x80\x82"},
    {"Kana", 0x3042, 76, 2, 4, "", "\xe3\x80\x82"}, {"Hangul", 0xac00, 9000, 2, 3, " ", ". "},
};

struct text {
    char at[16384];
    uint64_t size;
};

static uint32_t roll(uint32_t *seed)
{
    uint32_t x = *seed += 0x9e3779b9u;
    x = (x ^ x >> 16) * 0x85ebca6bu;
    x = (x ^ x >> 13) * 0xc2b2ae35u;
    return x ^ x >> 16;
}

static void add(struct text *t, const char *bytes)
{
    uint64_t n = strlen(bytes);
    assert_true(t->size + n < sizeof t->at);
    memcpy(t->at + t->size, bytes, n + 1);
    t->size += n;
}

/* Word `number` of the script's vocabulary. */
static void add_word(struct text *t, const struct script *s, uint32_t number)
{
    uint32_t seed = number * 2654435761u + s->first, letters = s->shortest + roll(&seed) % s->more;
    char word[64];
    uint32_t n = 0;
    for (uint32_t i = 0; i < letters; i++)
        n += assay_utf8_put(word + n, s->first + roll(&seed) % s->letters);
    word[n] = 0;
    add(t, word);
}

/* Words [from, to) of a story; of each `each` words one is another (0: none). */
static void add_words(struct text *t, const struct script *s, uint32_t story, uint32_t from, uint32_t to, uint32_t each)
{
    for (uint32_t i = from; i < to; i++) {
        uint32_t seed = story * 7919 + i, edited = each && i % each == each / 2;
        add_word(t, s, roll(&seed) % VOCABULARY + (edited ? VOCABULARY : 0));
        add(t, i % 14 == 13 ? s->stop : s->blank);
    }
}

static void put(struct stage *s, const char *id, const struct text *t)
{
    stage_add(s, id, NULL, NULL, t->at, t->size);
}

static const struct assay_cluster *clusters(const struct stage *s, uint64_t *n)
{
    *n = s->corpus[DUP_OUT_CLUSTER].count;
    return (const struct assay_cluster *)(const void *)s->corpus[DUP_OUT_CLUSTER].at;
}

/* Of each story: whole, one word in seven another, the halves in the other order, cut. Strangers stay apart. */
static void edited_copies(void **state)
{
    static const uint32_t stories = 3;
    (void)state;
    for (uint32_t k = 0; k < sizeof scripts / sizeof scripts[0]; k++) {
        const struct script *script = &scripts[k];
        struct stage s = {0};
        char id[16];
        uint64_t n;
        for (uint32_t story = 0; story < stories; story++) {
            static const uint32_t part[4][5] = {{0, WORDS, 0, 0, 0}, {0, WORDS, 7, 0, 0}, {WORDS / 2, WORDS, 0, WORDS / 2, 0}, {0, WORDS / 2, 0, 0, 0}};
            for (uint32_t v = 0; v < 4; v++) {
                struct text t = {.size = 0};
                add_words(&t, script, story, part[v][0], part[v][1], part[v][2]);
                add_words(&t, script, story, 0, part[v][3], part[v][4]);
                snprintf(id, sizeof id, "%u-%u", story, v);
                put(&s, id, &t);
            }
        }
        stage_run(&s, NULL);
        const struct assay_cluster *c = clusters(&s, &n);
        if (n != stories)
            print_error("%s: %u clusters\n", script->name, (unsigned)n);
        assert_int_equal(n, stories);
        for (uint64_t i = 0; i < n; i++)
            assert_int_equal(c[i].docs.count, 4);
        stage_free(&s);
    }
}

/* A stretch of 40 words of one text in another. */
static void lifted_passages(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < sizeof scripts / sizeof scripts[0]; k++) {
        const struct script *script = &scripts[k];
        struct stage s = {0};
        struct text a = {.size = 0}, b = {.size = 0};
        uint64_t n;
        add_words(&a, script, 11, 0, 100, 0);
        add_words(&b, script, 12, 0, 60, 0);
        uint64_t from = b.size;
        add_words(&b, script, 11, 30, 70, 0);
        uint64_t to = b.size;
        add_words(&b, script, 12, 60, 120, 0);
        put(&s, "a", &a);
        put(&s, "b", &b);
        stage_run(&s, NULL);
        clusters(&s, &n);
        assert_int_equal(n, 0);
        const struct assay_copy *c = (const struct assay_copy *)(const void *)s.corpus[DUP_OUT_COPY].at;
        if (s.corpus[DUP_OUT_COPY].count != 1)
            print_error("%s: %u passages\n", script->name, (unsigned)s.corpus[DUP_OUT_COPY].count);
        assert_int_equal(s.corpus[DUP_OUT_COPY].count, 1);
        assert_int_equal(c->relation, ASSAY_COPY_SHARES_PASSAGE);
        struct assay_span in_b = c->b.span;
        assert_true(in_b.begin <= from + 8 && in_b.begin + 40 >= from && in_b.end + 8 >= to - 8 && in_b.end <= to + 40);
        stage_free(&s);
    }
}

/* Capitals, hyphens at the ends of lines, soft hyphens, marks apart from their letters. */
static void set_in_another_way(void **state)
{
    static const char story[] = "Die M\xc3\xbcller in Altenbr\xc3\xbc" "ck mahlen wieder eigenes Korn, seit die alte Schleuse am oberen Wehr instand gesetzt wurde. "
                                "Im Herbst sollen erstmals Besucher zusehen k\xc3\xb6nnen, wenn die Steine laufen und das Wasser \xc3\xbc" "ber die Schaufeln st\xc3\xbcrzt.";
    static const char capitals[] = "DIE M\xc3\x9cLLER IN ALTENBR\xc3\x9c" "CK MAHLEN WIEDER EIGENES KORN, SEIT DIE ALTE SCHLEUSE AM OBEREN WEHR INSTAND GESETZT WURDE. "
                                   "IM HERBST SOLLEN ERSTMALS BESUCHER ZUSEHEN K\xc3\x96NNEN, WENN DIE STEINE LAUFEN UND DAS WASSER \xc3\x9c" "BER DIE SCHAUFELN ST\xc3\x9cRZT.";
    static const char lines[] = "Die M\xc3\xbcller in Altenbr\xc3\xbc" "ck mahlen wieder eige-\nnes Korn, seit die alte Schleuse am oberen Wehr in-\nstand gesetzt wurde. "
                                "Im Herbst sollen erstmals Besucher zusehen\nk\xc3\xb6nnen, wenn die Steine laufen und das Wasser \xc3\xbc" "ber die Schau-\nfeln st\xc3\xbcrzt.";
    static const char soft[] = "Die M\xc3\xbcl\xc2\xadler in Al\xc2\xadten\xc2\xad" "br\xc3\xbc" "ck mah\xc2\xadlen wie\xc2\xad" "der ei\xc2\xadge\xc2\xadnes Korn, seit die al\xc2\xadte Schleu\xc2\xadse am obe\xc2\xadren Wehr in\xc2\xadstand "
                               "ge\xc2\xadsetzt wur\xc2\xad" "de. Im Herbst sol\xc2\xadlen erst\xc2\xadmals Be\xc2\xadsu\xc2\xad" "cher zu\xc2\xadse\xc2\xadhen k\xc3\xb6n\xc2\xadnen, wenn die Stei\xc2\xadne lau\xc2\xad" "fen und das "
                               "Was\xc2\xadser \xc3\xbc\xc2\xad" "ber die Schau\xc2\xad" "feln st\xc3\xbcrzt.";
    static const char apart[] = "Die Mu\xcc\x88ller in Altenbru\xcc\x88" "ck mahlen wieder eigenes Korn, seit die alte Schleuse am oberen Wehr instand gesetzt wurde. "
                                "Im Herbst sollen erstmals Besucher zusehen ko\xcc\x88nnen, wenn die Steine laufen und das Wasser u\xcc\x88" "ber die Schaufeln stu\xcc\x88rzt.";
    static const char *const all[] = {story, capitals, lines, soft, apart};
    struct stage s = {0};
    char id[8];
    uint64_t n;
    (void)state;
    for (uint32_t i = 0; i < 5; i++) {
        snprintf(id, sizeof id, "%u", i);
        stage_add(&s, id, NULL, NULL, all[i], strlen(all[i]));
    }
    stage_run(&s, NULL);
    const struct assay_cluster *c = clusters(&s, &n);
    assert_int_equal(n, 1);
    assert_int_equal(c->docs.count, 5);
    stage_free(&s);
}

/* Serbian in both alphabets, in capitals, and misread as windows-1252 is one text; a Russian one with a single letter of
 * Serbian in it stays Russian. */
static void two_alphabets(void **state)
{
    static const char *const text[] = {
        "Млинари у Белој Цркви поново мељу жито, јер је стара устава на горњем току реке поправљена. Џиновско коло окреће се "
        "од јутра до вечери, а посетиоци ће у јесен моћи да гледају како вода пада преко лопатица. Ђаци ће видети и ковачницу.",
        "Mlinari u Beloj Crkvi ponovo melju žito, jer je stara ustava na gornjem toku reke popravljena. Džinovsko kolo okreće se "
        "od jutra do večeri, a posetioci će u jesen moći da gledaju kako voda pada preko lopatica. Đaci će videti i kovačnicu.",
        "МЛИНАРИ У БЕЛОЈ ЦРКВИ ПОНОВО МЕЉУ ЖИТО, ЈЕР ЈЕ СТАРА УСТАВА НА ГОРЊЕМ ТОКУ РЕКЕ ПОПРАВЉЕНА. ЏИНОВСКО КОЛО ОКРЕЋЕ СЕ "
        "ОД ЈУТРА ДО ВЕЧЕРИ, А ПОСЕТИОЦИ ЋЕ У ЈЕСЕН МОЋИ ДА ГЛЕДАЈУ КАКО ВОДА ПАДА ПРЕКО ЛОПАТИЦА. ЂАЦИ ЋЕ ВИДЕТИ И КОВАЧНИЦУ.",
        "Мельники на верхней речке снова мелют зерно: старую плотину за лето починили. Большое колесо крутится с утра до вечера, "
        "а осенью мельница впервые откроет двери для школьников, которым покажут и жернова, и кузницу.",
        "Мельники на верхней речке снова мелют зерно: старую плотину за лето починили. Большоје колесо крутится с утра до вечера, "
        "а осенью мельница впервые откроет двери для школьников, которым покажут и жернова, и кузницу."};
    struct stage s = {0};
    char id[8], damaged[2048];
    uint64_t n, size = 0;
    (void)state;
    for (const unsigned char *p = (const unsigned char *)text[0]; *p; p++)
        size += assay_utf8_put(damaged + size, *p);
    for (uint32_t i = 0; i < 5; i++) {
        snprintf(id, sizeof id, "%u", i);
        stage_add(&s, id, NULL, NULL, text[i], strlen(text[i]));
    }
    stage_add(&s, "damaged", NULL, NULL, damaged, size);
    stage_run(&s, NULL);
    const struct assay_cluster *c = clusters(&s, &n);
    assert_int_equal(n, 2);
    assert_int_equal(c[0].docs.count + c[1].docs.count, 6);
    assert_true(c[0].docs.count == 2 || c[1].docs.count == 2);
    stage_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edited_copies),
        cmocka_unit_test(lifted_passages),
        cmocka_unit_test(set_in_another_way),
        cmocka_unit_test(two_alphabets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
