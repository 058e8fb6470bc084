/* SPDX-License-Identifier: Apache-2.0
 *
 * A corpus of any size for benchmarks, as JSON Lines on stdout: made-up words of four scripts with the frequencies of a
 * real vocabulary (Zipf), turns of phrase, figures, furniture of each source, templates with other figures, and copies:
 * identical, edited, cut, wrapped, and passages lifted. The same seed gives the same bytes; document i is made from its
 * number alone, so nothing is kept in memory.
 *
 *   cc -O2 -o generate tests/bench/generate.c
 *   ./generate DOCUMENTS [--seed N] [--bytes MEAN] [--truth FILE]      FILE: id, cluster, kind, tab separated
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS 40000u   /* vocabulary of a language */
#define TABLE 65536u   /* draws of a word: a table of ranks */
#define PHRASES 20000u /* of three to six words */
#define LANGUAGES 6u
#define ROOM 65536u

struct language {
    char *word[WORDS];
    uint8_t size[WORDS];
};

struct text {
    char at[ROOM];
    uint32_t size;
};

static struct language language[LANGUAGES];
static uint32_t rank_of[TABLE];
static uint64_t seed = 1, documents, sources;
static uint32_t mean_words = 134;

static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static uint64_t roll(uint64_t *state)
{
    return mix(*state += 0x9e3779b97f4a7c15u);
}

/* ---- vocabulary ---- */

static uint32_t put(char *to, uint32_t cp)
{
    if (cp < 0x80) {
        to[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        to[0] = (char)(0xc0 | cp >> 6);
        to[1] = (char)(0x80 | (cp & 0x3f));
        return 2;
    }
    to[0] = (char)(0xe0 | cp >> 12);
    to[1] = (char)(0x80 | (cp >> 6 & 0x3f));
    to[2] = (char)(0x80 | (cp & 0x3f));
    return 3;
}

static uint32_t letter(uint32_t script, uint64_t *r, uint32_t i)
{
    static const char vowel[] = "aeiou", consonant[] = "bcdfghklmnprstvz";
    static const uint16_t cyrillic[2][8] = {{0x430, 0x435, 0x438, 0x43e, 0x443, 0x44f, 0x44b, 0x44e},
                                            {0x431, 0x432, 0x433, 0x434, 0x43a, 0x43b, 0x43d, 0x442}};
    uint64_t n = roll(r);
    if (script == 1)
        return cyrillic[i & 1][n & 7];
    if (script == 2)
        return 0x4e00 + (uint32_t)(n % 4000);
    if (script == 3)
        return 0x628 + (uint32_t)(n % 18);
    return (uint32_t)(i & 1 ? consonant[n & 15] : vowel[n % 5]);
}

static void make_language(uint32_t l)
{
    static const uint32_t script_of[LANGUAGES] = {0, 0, 0, 1, 2, 3};
    uint64_t r = mix(l + 17);
    for (uint32_t w = 0; w < WORDS; w++) {
        char word[64];
        uint32_t size = 0, script = script_of[l], long_as = w < 60 ? 2 : w < 2000 ? 4 : 6;
        uint32_t letters = script == 2 ? 1 + w % 2 : long_as + (uint32_t)(roll(&r) % 4);
        for (uint32_t i = 0; i < letters; i++)
            size += put(word + size, letter(script, &r, i));
        language[l].word[w] = malloc(size);
        if (!language[l].word[w])
            exit(1);
        memcpy(language[l].word[w], word, size);
        language[l].size[w] = (uint8_t)size;
    }
}

/* rank_of[i]: the word whose share of all draws holds i; shares fall as 1 / (rank + 2.7). In whole numbers. */
static void make_ranks(void)
{
    uint64_t total = 0, sum = 0, at = 0;
    for (uint32_t w = 0; w < WORDS; w++)
        total += (UINT64_C(1) << 40) / (w * 10 + 37);
    for (uint32_t w = 0; w < WORDS; w++) {
        sum += (UINT64_C(1) << 40) / (w * 10 + 37);
        while (at < TABLE && at * total < sum * TABLE)
            rank_of[at++] = w;
    }
    while (at < TABLE)
        rank_of[at++] = WORDS - 1;
}

/* ---- texts ---- */

static void add(struct text *t, const char *bytes, uint32_t size)
{
    if (t->size + size < ROOM) {
        memcpy(t->at + t->size, bytes, size);
        t->size += size;
    }
}

static void add_word(struct text *t, uint32_t l, uint32_t w)
{
    add(t, language[l].word[w], language[l].size[w]);
    if (l != 4)
        add(t, " ", 1);
}

static uint32_t draw(uint64_t *r)
{
    uint64_t n = roll(r);
    /* one in eight from the long tail, which the table cannot hold */
    return n >> 61 ? rank_of[n & (TABLE - 1)] : (uint32_t)(n >> 20 & 0xffffff) % WORDS;
}

static void add_figure(struct text *t, uint64_t *r)
{
    char figure[32];
    uint64_t n = roll(r);
    int size = n & 1 ? snprintf(figure, sizeof figure, "%u ", (unsigned)(n >> 8 & 0xfff))
                     : snprintf(figure, sizeof figure, "%u.%u ", (unsigned)(n >> 8 & 0x7f), (unsigned)(n >> 20 & 0xf) % 10);
    add(t, figure, (uint32_t)size);
}

static void add_phrase(struct text *t, uint32_t l, uint64_t n)
{
    uint64_t r = mix(n % PHRASES * LANGUAGES + l);
    uint32_t words = 3 + (uint32_t)(roll(&r) & 3);
    for (uint32_t i = 0; i < words; i++)
        add_word(t, l, draw(&r));
}

static void add_prose(struct text *t, uint32_t l, uint64_t *r, uint32_t words)
{
    uint32_t sentence = 8;
    for (uint32_t i = 0; i < words; i++) {
        uint64_t n = roll(r);
        if (n % 24 == 0)
            add_figure(t, r);
        else if (n % 16 == 1) /* few phrases are common */
            add_phrase(t, l, (n >> 20 & 0xffff) * (n >> 40 & 0xffff) % PHRASES);
        else
            add_word(t, l, draw(r));
        if (--sentence == 0) {
            sentence = 6 + (uint32_t)(n >> 50 & 15);
            add(t, n >> 55 & 3 ? ". " : ".\\n\\n", n >> 55 & 3 ? 2 : 5);
        }
    }
    add(t, ".\\n\\n", 5);
}

/* ---- kinds ---- */

enum kind { ORIGINAL, IDENTICAL, EDITED, CUT, WRAPPED, LIFTED, FORM };
static const char *const kind_name[] = {"original", "identical", "edited", "cut", "wrapped", "lifted", "form"};

static enum kind kind_of(uint64_t i)
{
    uint32_t n = (uint32_t)(mix(seed * 31 + i) % 100);
    if (i < 20 || n < 70)
        return ORIGINAL;
    return n < 76 ? IDENTICAL : n < 86 ? EDITED : n < 89 ? CUT : n < 92 ? WRAPPED : n < 95 ? LIFTED : FORM;
}

/* The original that document i is made from: an earlier one, often a recent one. */
static uint64_t model_of(uint64_t i)
{
    uint64_t r = mix(seed * 77 + i), n = roll(&r), far = roll(&r); /* in one order, whatever the compiler does */
    uint64_t j = i - (1 + n % (far & 1 ? i : i < 5000 ? i : 5000));
    while (j > 0 && kind_of(j) != ORIGINAL)
        j--;
    return j;
}

static uint32_t language_of(uint64_t original)
{
    static const uint8_t share[16] = {0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 4, 5};
    return share[mix(seed * 5 + original) & 15];
}

static void original(struct text *t, uint64_t i)
{
    uint64_t r = mix(seed * 1000003 + i);
    uint32_t words = mean_words / 2 + (uint32_t)(roll(&r) % mean_words);
    t->size = 0;
    add_prose(t, language_of(i), &r, words);
}

static void edited(struct text *t, const struct text *from, uint32_t l, uint64_t i)
{
    uint64_t r = mix(seed * 99 + i);
    uint32_t each = 5 + (uint32_t)(roll(&r) % 30);
    t->size = 0;
    for (uint32_t at = 0, word = 0; at < from->size; word++) {
        uint32_t end = at;
        while (end < from->size && from->at[end] != ' ')
            end++;
        end += end < from->size;
        if (roll(&r) % each == 0 && !memchr(from->at + at, '\\', end - at))
            add_word(t, l, draw(&r));
        else
            add(t, from->at + at, end - at);
        at = end;
    }
}

/* About the middle, at a space or a full stop. */
static uint32_t middle(const struct text *t)
{
    uint32_t at = t->size / 2;
    while (at < t->size && t->at[at] != ' ')
        at++;
    return at;
}

static void furniture(struct text *t, uint64_t source, uint32_t part)
{
    uint64_t r = mix(source * 2 + part + 424242);
    add_prose(t, 0, &r, part ? 24 : 8);
}

static void form(struct text *t, uint64_t i)
{
    uint64_t which = i % 40, r = mix(which + 4000), figures = mix(seed + i);
    uint32_t l = (uint32_t)which % LANGUAGES;
    t->size = 0;
    for (uint32_t k = 0; k < mean_words / 2; k++) {
        if (k % 7 == 5)
            add_figure(t, &figures);
        else
            add_word(t, l, draw(&r));
    }
    add(t, ".", 1);
}

static void make(struct text *t, uint64_t i, uint64_t source, enum kind kind)
{
    static struct text model, body;
    uint64_t from = kind == ORIGINAL || kind == FORM ? i : model_of(i), r = mix(seed * 7 + i);
    uint32_t l = language_of(from), half;
    if (kind == FORM)
        form(&body, i);
    else
        original(kind == EDITED || kind == LIFTED ? &model : &body, from);
    if (kind == EDITED)
        edited(&body, &model, l, i);
    if (kind == CUT)
        body.size = middle(&body);
    if (kind == LIFTED) {
        body.size = 0;
        add_prose(&body, l, &r, mean_words / 2);
        half = middle(&model);
        add(&body, model.at + half, model.size - half < 400 ? model.size - half : 400);
        while (body.size && body.at[body.size - 1] != ' ') /* ends with a whole word */
            body.size--;
        add_prose(&body, l, &r, mean_words / 2);
    }
    t->size = 0;
    if (source % 2 || kind == WRAPPED)
        furniture(t, source, 0);
    if (kind == WRAPPED)
        add_prose(t, l, &r, 10);
    add(t, body.at, body.size);
    if (source % 2 || kind == WRAPPED)
        furniture(t, source, 1);
}

static void print(uint64_t i, FILE *truth)
{
    static struct text t;
    enum kind kind = kind_of(i);
    uint64_t r = mix(seed * 13 + i), day = roll(&r) % 700;
    uint64_t source = roll(&r) % sources;
    if (roll(&r) & 1)
        source %= 1 + sources / 8; /* few sources print much */
    make(&t, i, source, kind);
    printf("{\"id\":\"g%09llu\",\"source\":\"source%llu.example\",\"published\":\"%llu-%02llu-%02llu\",\"text\":\"", (unsigned long long)i,
           (unsigned long long)source, (unsigned long long)(2022 + day / 336), (unsigned long long)(1 + day % 336 / 28),
           (unsigned long long)(1 + day % 28));
    fwrite(t.at, 1, t.size, stdout);
    fputs("\"}\n", stdout);
    if (truth)
        fprintf(truth, "g%09llu\tg%09llu\t%s\n", (unsigned long long)i,
                (unsigned long long)(kind == ORIGINAL || kind == FORM || kind == LIFTED ? i : model_of(i)), kind_name[kind]);
}

int main(int count, char **word)
{
    FILE *truth = NULL;
    for (int i = 1; i < count; i++) {
        if (!strcmp(word[i], "--seed") && i + 1 < count)
            seed = strtoull(word[++i], NULL, 10);
        else if (!strcmp(word[i], "--bytes") && i + 1 < count)
            mean_words = (uint32_t)(strtoull(word[++i], NULL, 10) * 100 / 1045);
        else if (!strcmp(word[i], "--truth") && i + 1 < count)
            truth = fopen(word[++i], "w");
        else
            documents = strtoull(word[i], NULL, 10);
    }
    if (!documents || mean_words < 8 || mean_words > 4000) {
        fputs("generate DOCUMENTS [--seed N] [--bytes MEAN] [--truth FILE]\n", stderr);
        return 2;
    }
    sources = documents / 4000 + 24;
    for (uint32_t l = 0; l < LANGUAGES; l++)
        make_language(l);
    make_ranks();
    for (uint64_t i = 0; i < documents; i++)
        print(i, truth);
    if (truth && fclose(truth))
        return 1;
    return fflush(stdout) ? 1 : 0;
}
