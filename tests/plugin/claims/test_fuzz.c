/* SPDX-License-Identifier: Apache-2.0
 *
 * Promises that hold for any bytes.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader.h"

static struct assay_test *opened(void)
{
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
    if (assay_test_open(t, NULL) != ASSAY_OK)
        fail_msg("%s", t->message);
    return t;
}

static struct assay_text first_stem(struct assay_test *t, const char *text)
{
    struct assay_list list = read_claims(t, text, "en", NULL);
    assert_int_equal(list.count, 1);
    const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, 0);
    assert_true(c->has_measured && c->measured.stems.count);
    return *ASSAY_AT(struct assay_text, c->measured.stems, 0);
}

/* A word with a character in it that counts as absent has the stem of the word, whichever was read first. */
static void what_was_read_before_changes_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {"The factory made 200 tractors.", "The factory made 200 trac\xe2\x80\x8ctors."};
    for (int first = 0; first < 2; first++) {
        struct assay_test *t = opened();
        struct assay_text a = first_stem(t, texts[first]), b = first_stem(t, texts[!first]);
        assert_int_equal(a.size, b.size);
        assert_memory_equal(a.at, b.at, a.size);
        assert_null(memchr(a.at, 0xe2, a.size));
        assay_test_free(t);
    }
    /* So does a NUL, also where what stands before it was read as a word. */
    static const char holed[] = "The factory made 200 trac\0tors.";
    struct assay_test *t = opened();
    read_claims(t, "The trac is 3 metres long.", "en", NULL);
    struct assay_document record = {.language = {"en", 2}};
    struct assay_doc *doc = assay_test_doc(t, (struct assay_text){holed, sizeof holed - 1}, &record);
    assay_test_put(t, doc, SLOT_SENTENCE, &(struct assay_sentence){.span = {0, sizeof holed - 1}});
    assert_int_equal(t->plugin->analyse(t->self, doc), ASSAY_OK);
    struct assay_list list = t->host.records(&t->host, doc, SLOT_CLAIM);
    assert_int_equal(list.count, 1);
    const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, 0);
    assert_true(c->has_measured && c->measured.stems.count);
    assert_int_equal(ASSAY_AT(struct assay_text, c->measured.stems, 0)->size, strlen("tractor"));
    assay_test_free(t);
}

/* ---- own sentences, damaged ---- */

enum { SENTENCES = 1200, LONGEST = 3000, ROUNDS = 400 };

static uint64_t seed = 7;

static uint32_t below(uint32_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((seed >> 33) % n);
}

static uint32_t read_sentences(const char *language, char (*to)[512])
{
    char path[64], line[512];
    uint32_t n = 0;
    snprintf(path, sizeof path, "tests/corpus/claims/%s.txt", language);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (n < SENTENCES && fgets(line, sizeof line, file))
        if (line[0] == '>' && line[1] == ' ')
            snprintf(to[n++], sizeof to[0], "%.*s", (int)strcspn(line + 2, "\n"), line + 2);
    fclose(file);
    return n;
}

/* Cuts, doubles, swaps bytes and puts in pieces; may break characters. */
static size_t damage(char *text, size_t n)
{
    static const char *const pieces[] = {"(", ")", "%", ",", ".", "-", "\xe2\x80\x93", "7", "12,", "1.234.", "\xc2\xa0", "\xe2\x80\xaf", "$", "\n", "\xff", "\xc3", "\xe2\x80", "\xf0\x9f\x98\x80", "'",
                                         "\xcc\x81", "\xe2\x80\x8b", " and ", " \xd1\x82\xd1\x8b\xd1\x81\xd1\x8f\xd1\x87 ", "1/2", "10^9", "http://a.b/1", "\x01", "99999999999999999999999999999999999999999"};
    for (uint32_t k = below(8); k-- > 0 && n > 8;) {
        size_t at = below((uint32_t)n), size = 1 + below(8);
        const char *piece = pieces[below(sizeof pieces / sizeof pieces[0])];
        switch (below(3)) {
        case 0: /* cut */
            size = size < n - at ? size : n - at;
            memmove(text + at, text + at + size, n - at - size);
            n -= size;
            break;
        case 1: /* put in */
            size = strlen(piece);
            if (n + size >= LONGEST)
                break;
            memmove(text + at + size, text + at, n - at);
            memcpy(text + at, piece, size);
            n += size;
            break;
        default: /* any byte but 0 */
            text[at] = (char)(1 + below(255));
        }
    }
    text[n] = 0;
    return n;
}

static void in_text(struct assay_span span, size_t size)
{
    assert_true(span.begin < span.end && span.end <= size);
}

static void check_claims(struct assay_list list, const char *text, size_t size)
{
    uint32_t last = 0;
    for (uint32_t k = 0; k < list.count; k++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, k);
        in_text(c->span, size);
        assert_true(c->span.begin >= c->sentence.begin && c->span.end <= c->sentence.end);
        assert_true(c->sentence.begin >= last); /* sentences in the text's order */
        last = c->sentence.begin;
        assert_int_equal(c->text.size, c->span.end - c->span.begin);
        assert_memory_equal(c->text.at, text + c->span.begin, c->text.size);
        assert_true(c->decimal.at && c->decimal.size && c->rule.at && c->rule.size && c->language.at);
        assert_true(!c->has_value_high == !(c->bound == ASSAY_BOUND_RANGE) && !c->has_value_high == !c->decimal_high.at);
        assert_true(c->kind <= ASSAY_KIND_ORDINAL && c->bound <= ASSAY_BOUND_RANGE && c->change <= ASSAY_CHANGE_DECREASE && c->status <= ASSAY_HYPOTHETICAL);
        assert_true(c->confidence >= 0 && c->confidence <= 1);
        if (c->has_time)
            in_text(c->time.span, size);
        if (c->has_measured)
            in_text(c->measured.span, size);
        if (c->has_speaker)
            in_text(c->speaker.span, size);
        for (uint32_t i = 0; i < c->entities.count; i++)
            in_text(ASSAY_AT(struct assay_entity, c->entities, i)->span, size);
    }
}

static void damaged_sentences_keep_every_promise(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "ru", "az", "be", "uk", "tr", "de", "fr", "es", "it", "pt"};
    char(*sentence)[512] = calloc(SENTENCES, sizeof *sentence);
    assert_non_null(sentence);
    for (size_t l = 0; l < sizeof languages / sizeof languages[0]; l++) {
        struct assay_test *t = opened();
        uint32_t n = read_sentences(languages[l], sentence);
        assert_true(n > 30);
        for (int round = 0; round < ROUNDS; round++) {
            char text[LONGEST + 64];
            size_t size = 0;
            for (uint32_t k = 1 + below(4); k-- > 0;)
                size += (size_t)snprintf(text + size, 520, "%s%s", sentence[below(n)], below(2) ? "\n" : " ");
            size = damage(text, size);
            check_claims(read_claims(t, text, languages[l], "2024-02-29"), text, size);
        }
        assay_test_free(t);
    }
    free(sentence);
}

/* ---- sentences passed over ---- */

enum { SLOT_HOMOGLYPH = 5 };

/* The same text with a word of two scripts in it, or so it is told: no sentence of such a document is passed over. */
static struct assay_list read_all(struct assay_test *t, const char *text, const char *language)
{
    struct {
        struct assay_span span;
        struct assay_text text;
    } twin = {.span = {(uint32_t)strlen(text), (uint32_t)strlen(text)}};
    struct assay_document record = {.language = {language, 2}};
    struct assay_doc *doc = assay_test_doc(t, (struct assay_text){text, strlen(text)}, &record);
    struct assay_sentence sentence = {.span = {0, (uint32_t)strlen(text)}};
    assay_test_put(t, doc, SLOT_SENTENCE, &sentence);
    assay_test_put(t, doc, SLOT_HOMOGLYPH, &twin);
    if (t->plugin->analyse(t->self, doc) != ASSAY_OK)
        return (struct assay_list){0}; /* a broken character */
    return t->host.records(&t->host, doc, SLOT_CLAIM);
}

static void passed_over_where_nothing_is(struct assay_test *t, const char *text, const char *language)
{
    char spans[2][256] = {"", ""};
    for (int all = 0; all < 2; all++) {
        struct assay_list list = all ? read_all(t, text, language) : read_claims(t, text, language, NULL);
        for (uint32_t k = 0, n = 0; k < list.count && n < 200; k++) {
            const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, k);
            n += (uint32_t)snprintf(spans[all] + n, 32, "%u-%u %u ", (unsigned)c->span.begin, (unsigned)c->span.end,
                                    (unsigned)c->kind);
        }
    }
    if (strcmp(spans[0], spans[1]))
        fail_msg("%s: '%s' [%s], read as a whole [%s]", language, text, spans[0], spans[1]);
}

static void without_digits_and_lines(char *text)
{
    size_t n = 0;
    for (size_t i = 0; text[i]; i++)
        if ((text[i] < '0' || text[i] > '9') && text[i] != '\n')
            text[n++] = text[i];
    text[n] = 0;
}

/* Most sentences have no digit and are passed over by their words; a figure in words must not go with them. */
static void no_figure_is_passed_over(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "ru", "az", "be", "uk", "tr", "de", "fr", "es", "it", "pt"};
    static const char *const whole[][2] = {
        {"en", "They wanted to double it, or so they said, and nothing came of it at all."},
        {"en", "It was \xe2\x80\x9ctwo\xe2\x80\x9d of\xc2\xa0them."},
        {"en", "The bill came to a dollar."},
        {"de", "Rund zweiundzwanzigtausend kamen."},
        {"de", "Es kamen Bundestagsabgeordnetenvertreterinnen und einhundertzweiundzwanzigtausend andere dorthin."},
        {"es", "M\xc3\xa1s de un mill\xc3\xb3n de personas vive en una ciudad de la costa del pa\xc3\xads."},
        {"es", "Lo dice una mujer de cada tres."},
        {"tr", "Ya\xc5\x9f\xc4\xb1 elliyi ge\xc3\xa7ti, on ki\xc5\x9fiden be\xc5\x9fi geldi."},
        {"uk", "\xd0\x9f'\xd1\x8f\xd1\x82\xd1\x8c \xd0\xbe\xd1\x81\xd1\x96\xd0\xb1."},
        {"ru", "\xd0\x91\xd0\xbe\xd0\xbb\xd0\xb5\xd0\xb5 \xd0\xba\xd0\xb8\xd0\xbb\xd0\xbe\xd0\xbc\xd0\xb5\xd1\x82\xd1\x80\xd0\xb0."},
    };
    char(*sentence)[512] = calloc(SENTENCES, sizeof *sentence);
    assert_non_null(sentence);
    struct assay_test *t = opened();
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        passed_over_where_nothing_is(t, whole[i][1], whole[i][0]);
    assay_test_free(t);
    for (size_t l = 0; l < sizeof languages / sizeof languages[0]; l++) {
        t = opened();
        uint32_t n = read_sentences(languages[l], sentence);
        for (uint32_t k = 0; k < n; k++)
            for (int round = 0; round < 3; round++) {
                char text[LONGEST + 64];
                size_t size = (size_t)snprintf(text, sizeof text, "%s", sentence[k]);
                if (round)
                    damage(text, size);
                without_digits_and_lines(text);
                if (text[0])
                    passed_over_where_nothing_is(t, text, languages[l]);
            }
        assay_test_free(t);
    }
    free(sentence);
}

/* ---- a lexicon with a mistake ---- */

static void write_to(const char *folder, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/lexicon/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* What is wrong is said with its line and column; `assay check` prints what open says. */
static void a_mistake_in_a_lexicon_is_told_with_its_place(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"language = \"eo\";\ncardinals = 5;\n", "eo.cfg:2:13: 'cardinals' has to be an array [ ], not an integer"},
        {"language = \"eo\";\ncardinals = [\"2 du\", \"3 tri\"\nscales = [\"1e3 mil\"];\n", "eo.cfg:3:1: ',' or ']' was expected"},
        {"language = \"eo\";\ncardinals = [\"two du\"];\n", "eo.cfg:2:14: 'two' is no value"},
        {"language = \"eo\";\nbounds = [\"> pli ol\", \"=> nur\"];\n", "eo.cfg:2:23: '=>' is none of"},
        {"language = \"eo\";\ncardinal = [\"2 du\"];\n", "eo.cfg:2:12: unknown name 'cardinal'; did you mean 'cardinals'?"},
        {"decimal = \",\";\n", "eo.cfg:1:1: 'language' is missing"},
        {"language = \"eo\";\ndecimal = \"x\";\n", "eo.cfg:2:11: 'decimal' has to be one of"},
        {"language = \"eo\";\nunits = [\"kilometer\"];\n", "eo.cfg:2:10: \"KEY form|form\" was expected"},
        {"language = \"eo\";\nunits = [\"kilometer a|\"];\n", "eo.cfg:2:10: '' is no form of one to eleven words"},
        {"language = \"eo\";\ncurrencies = [\"EUR e\", \"euro o\"];\n", "eo.cfg:2:24: 'euro' is no currency"},
        {"language = \"eo\";\ncurrencies = [\"EUR e\", \"EUX o\"];\n", "eo.cfg:2:24: 'EUX' is no currency of units.cfg"},
        {"language = \"eo\";\nunits = [\"kilometer-per-hour k\", \"kilometre o\"];\n", "eo.cfg:2:34: 'kilometre' is no unit of units.cfg"},
        {"language = \"eo\";\nunits = [\"kilometer-per-ell k\"];\n", "eo.cfg:2:10: 'kilometer-per-ell' is no unit of units.cfg"},
        {"language = \"eo\";\ncardinals = [\"2 du\",\n\"3 tri|du\"];\n", "eo.cfg:3:1: 'du' is '2' in line 2, and '3' here"},
        {"language = \"eo\";\nunits = [\"hour ho\", \"kilometer Ho\"];\n", "eo.cfg:2:21: 'Ho' is 'hour' in line 2, and 'kilometer' here"},
        {"language = \"eo\";\nparent = \"xyz\";\n", "error: its parent 'lexicon/xyz.cfg' is not there"},
        {"parent = \"und\";\nlanguage = \"en\";\n",
         "eo.cfg:2:12: the file is named for 'eo', but its language is 'en'"},
        {"language = \"eo\";\nparent = \"eo\";\n", "eo.cfg:2:10: a lexicon cannot build on itself"},
        {"language = \"eo\";\nlanguage = \"io\";\n", "eo.cfg:2:1: 'language' is there already, in line 1"},
        {"language = \"eo\";\nsuffixed = \"yes\";\n", "eo.cfg:2:12: 'suffixed' has to be true or false, not a text in quotes"},
    };
    char folder[] = "/tmp/claims-fuzz-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/lexicon", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    write_to(folder, "units.cfg", "units = [\"kilometer meter|1000\", \"hour second|3600\"];\ncurrencies = [\"AZN EUR|USD\"];\n");
    write_to(folder, "und.cfg", "language = \"und\";\n");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_to(folder, "eo.cfg", cases[i][0]);
        struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, folder);
        assert_int_equal(assay_test_open(t, NULL), ASSAY_ECONF);
        if (!strstr(t->message, cases[i][1]))
            fail_msg("'%s', not '%s'", t->message, cases[i][1]);
        assay_test_free(t);
    }
    static const char *const names[] = {"units.cfg", "und.cfg", "eo.cfg"};
    for (size_t i = 0; i < 3; i++) {
        char name[96];
        snprintf(name, sizeof name, "%s/lexicon/%s", folder, names[i]);
        unlink(name);
    }
    rmdir(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_read_before_changes_nothing),
        cmocka_unit_test(damaged_sentences_keep_every_promise),
        cmocka_unit_test(no_figure_is_passed_over),
        cmocka_unit_test(a_mistake_in_a_lexicon_is_told_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
