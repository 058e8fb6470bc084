/* SPDX-License-Identifier: Apache-2.0 */
#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../grams.h"
#include "../walk.h"

static void *more(void *at, uint32_t count, size_t size)
{
    if (count && (count & (count - 1)))
        return at;
    at = realloc(at, (count ? (size_t)count * 2 : 1) * size);
    if (!at) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return at;
}

static void push(struct str **list, uint32_t *count, struct str s)
{
    *list = more(*list, *count, sizeof **list);
    (*list)[(*count)++] = s;
}

static char *read_file(const char *folder, const char *language, const char *ending, size_t *size)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.%s", folder, language, ending);
    FILE *f = fopen(path, "rb");
    *size = 0;
    if (!f)
        return NULL;
    fseek(f, 0, SEEK_END);
    long n = ftell(f);
    rewind(f);
    char *at = malloc((size_t)n + 1);
    if (!at || fread(at, 1, (size_t)n, f) != (size_t)n) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(1);
    }
    fclose(f);
    *size = (size_t)n;
    return at;
}

static struct known *slot_of(const struct corpus *corpus, uint64_t hash)
{
    size_t at = (size_t)hash & (corpus->room - 1);
    while (corpus->known[at].hash && corpus->known[at].hash != hash)
        at = (at + 1) & (corpus->room - 1);
    return corpus->known + at;
}

static struct known *know(struct corpus *corpus, uint64_t hash, struct str word)
{
    if (corpus->knowns * 2 >= corpus->room) {
        struct corpus old = *corpus;
        corpus->room = old.room ? old.room * 2 : 1 << 20;
        corpus->known = calloc(corpus->room, sizeof *corpus->known);
        if (!corpus->known)
            exit(1);
        for (size_t i = 0; i < old.room; i++)
            if (old.known[i].hash)
                *slot_of(corpus, old.known[i].hash) = old.known[i];
        free(old.known);
    }
    struct known *k = slot_of(corpus, hash);
    if (!k->hash) {
        k->hash = hash;
        k->word = word;
        corpus->knowns++;
    }
    return k;
}

/* Words of a line in the group; 0 where the line is mostly of another. */
static int is_of_group(const struct chars *chars, uint32_t group, struct str line)
{
    struct walk walk;
    struct walk_word word;
    uint32_t own = 0, other = 0;
    walk_start(&walk, chars, line.at, 0, line.size);
    while (walk_next(&walk, &word))
        *(word.group == group ? &own : &other) += word.letters;
    return own > other;
}

struct tally {
    uint64_t hash;
    uint32_t count;
    struct str word;
};

static struct tally *tally_of(struct tally *table, size_t room, uint64_t hash)
{
    size_t at = (size_t)(hash >> 20) & (room - 1);
    while (table[at].hash && table[at].hash != hash)
        at = (at + 1) & (room - 1);
    return table + at;
}

/* Counts the words of a class's lines, and makes those that count its types. */
static void count_words(struct corpus *corpus, const struct chars *chars, uint32_t group, uint32_t class,
                        uint64_t english)
{
    struct texts *t = corpus->texts + class;
    size_t room = 1 << 22;
    struct tally *table = calloc(room, sizeof *table);
    size_t used = 0;
    for (uint32_t i = 0; i < t->lines; i++) {
        struct walk walk;
        struct walk_word word;
        walk_start(&walk, chars, t->line[i].at, 0, t->line[i].size);
        while (walk_next(&walk, &word)) {
            if (word.group != group)
                continue;
            uint64_t hash = grams_word(word.c, word.n);
            struct tally *k = tally_of(table, room, hash);
            if (!k->hash && used * 2 > room)
                continue;
            used += !k->hash;
            k->hash = hash;
            k->count++;
            if (!k->word.at)
                k->word = (struct str){t->line[i].at + word.begin, word.end - word.begin};
        }
    }
    int listed = t->words > 20000;
    for (size_t i = 0; i < room; i++) {
        if (!table[i].hash)
            continue;
        struct known *k = know(corpus, table[i].hash, table[i].word);
        /* English words stand in everybody's manuals. */
        int foreign = k->any & english && !(k->any >> class & 1) && !(english >> class & 1);
        uint32_t least = listed ? 3 : foreign ? 3 : 1;
        if (table[i].count < least || (foreign && listed))
            continue;
        k->any |= 1ull << class;
        if (table[i].count >= (listed ? 20 : 3))
            k->often |= 1ull << class;
        if (!hold_out(k->hash))
            push(&t->type, &t->types, table[i].word);
    }
    free(table);
}

static void read_words(struct corpus *corpus, const struct chars *chars, uint32_t group, uint32_t class,
                       const char *folder, const char *ending)
{
    struct texts *t = corpus->texts + class;
    size_t size;
    char *at = read_file(folder, corpus->name[class], ending, &size);
    int common = !strcmp(ending, "common");
    uint32_t rank = 0;
    for (char *p = at, *stop; at && p < at + size; p = stop + 1) {
        stop = memchr(p, '\n', (size_t)(at + size - p));
        stop = stop ? stop : at + size;
        struct str s = {p, (uint32_t)(stop - p)};
        struct walk walk;
        struct walk_word word;
        walk_start(&walk, chars, s.at, 0, s.size);
        if (!walk_next(&walk, &word) || word.group != group)
            continue;
        uint64_t hash = grams_word(word.c, word.n);
        struct known *k = know(corpus, hash, (struct str){p + word.begin, word.end - word.begin});
        k->any |= 1ull << class;
        if (common && rank++ < 3000)
            k->often |= 1ull << class;
        if (hold_out(hash))
            continue;
        if (common)
            push(&t->common, &t->commons, s);
        else
            push(&t->word, &t->words, s);
    }
}

static void read_lines(struct corpus *corpus, const struct chars *chars, uint32_t group, uint32_t class,
                       const char *folder)
{
    struct texts *t = corpus->texts + class;
    size_t size;
    char *at = read_file(folder, corpus->name[class], "text", &size);
    uint32_t n = 0;
    for (char *p = at, *stop; at && p < at + size; p = stop + 1) {
        stop = memchr(p, '\n', (size_t)(at + size - p));
        stop = stop ? stop : at + size;
        struct str s = {p, (uint32_t)(stop - p)};
        if (!is_of_group(chars, group, s))
            continue;
        if (n++ % 50 == 7)
            push(&t->held_line, &t->held_lines, s);
        else
            push(&t->line, &t->lines, s);
    }
}

/* Phrases are sampled whole. */
static void read_phrases(struct corpus *corpus, const struct chars *chars, uint32_t group, uint32_t class,
                         const char *folder)
{
    struct texts *t = corpus->texts + class;
    size_t size;
    char *at = read_file(folder, corpus->name[class], "everyday", &size);
    for (char *p = at, *stop; at && p < at + size; p = stop + 1) {
        stop = memchr(p, '\n', (size_t)(at + size - p));
        stop = stop ? stop : at + size;
        struct str s = {p, (uint32_t)(stop - p)};
        if (!is_of_group(chars, group, s))
            continue;
        push(&t->phrase, &t->phrases, s);
    }
}

void corpus_read(struct corpus *corpus, const struct chars *chars, uint32_t group, const char *classes,
                 const char *folder, int phrases)
{
    uint64_t english = 0;
    char *names = strdup(classes), *rest = names;
    for (char *name; (name = strtok_r(rest, " ", &rest));)
        snprintf(corpus->name[corpus->classes++], 8, "%s", name);
    free(names);
    for (uint32_t c = 0; c < corpus->classes; c++) {
        english |= strcmp(corpus->name[c], "en") ? 0 : 1ull << c;
        read_words(corpus, chars, group, c, folder, "words");
        read_words(corpus, chars, group, c, folder, "common");
        if (phrases)
            read_phrases(corpus, chars, group, c, folder);
        read_lines(corpus, chars, group, c, folder);
    }
    for (uint32_t c = 0; c < corpus->classes; c++) {
        count_words(corpus, chars, group, c, english);
        const struct texts *t = corpus->texts + c;
        fprintf(stderr, "%s: %u lines, %u listed words, %u of the text, %u common\n", corpus->name[c], t->lines,
                t->words, t->types, t->commons);
    }
}
