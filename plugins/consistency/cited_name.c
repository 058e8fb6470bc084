/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether words hold the name of a publisher, in another case or script, or as a host writes it: "«Деловому Каспию»"
 * and "Delovoy Kaspiy", "the City Mail" and "thecitymail".
 */
#include <string.h>

#include <assay/kit/fold.h>
#include <assay/kit/roman.h>
#include <assay/kit/utf8.h>

#include "cited.h"

enum {
    WORD_MOST = 48,
    LINE_WORDS = 64,
    NAME_LEAST = 4,
    ENDED_LEAST = 5,
    ENDING_MOST = 3,
    LONG = 9,
    SOUNDS_LEAST = 3,
    ARTICLE_MOST = 3,
    PLACE_LEAST = 4, /* letters of where an authority is */
    PLACE_REACH = 4  /* words between that and what it is */
};

struct heard {
    struct assay_text roman, sounds;
    int capital; /* 2: all of it, of two letters and more */
};

static int is_word(uint32_t cp)
{
    uint32_t class = assay_class(cp);
    return class == ASSAY_CP_LETTER || class == ASSAY_CP_MARK || class == ASSAY_CP_DIGIT || class == ASSAY_CP_IDEOGRAPH;
}

/* "^guardian/grdn ": two marks of capitals, the word in a-z, its skeleton. */
static void fold_word(struct assay_buf *to, const char *at, size_t size, uint32_t letters, uint32_t capitals, int first)
{
    char room[WORD_MOST];
    size_t n = assay_roman(room, sizeof room, at, size);
    if (!n)
        return;
    assay_buf_byte(to, first && letters > 1 && capitals == letters ? '^' : first ? '+' : '-');
    assay_buf_add(to, room, n);
    assay_buf_byte(to, '/');
    n = assay_skeleton(room, sizeof room, at, size, (struct assay_text){NULL, 0});
    assay_buf_add(to, room, n);
    assay_buf_byte(to, ' ');
}

void cited_fold(struct assay_text words, struct assay_buf *to)
{
    const char *p = words.at, *end = words.at + words.size, *begin = NULL;
    uint32_t letters = 0, capitals = 0;
    int first = 0, account = 0; /* "@minister_adaro" is one word */
    while (p && p < end) {
        uint32_t cp;
        const char *at = p;
        p += assay_utf8_next(p, end, &cp);
        if (is_word(cp) || (account && begin && cp == '_')) {
            int upper = assay_is_upper(cp);
            if (!begin) {
                begin = at;
                letters = capitals = 0;
                first = at > words.at && at[-1] == '@' ? 1 : upper && (at == words.at || at[-1] != '|');
                account = at > words.at && at[-1] == '@';
            }
            letters++;
            capitals += (uint32_t)upper;
            continue;
        }
        if (begin)
            fold_word(to, begin, (size_t)(at - begin), letters, capitals, first);
        begin = NULL;
    }
    if (begin)
        fold_word(to, begin, (size_t)(end - begin), letters, capitals, first);
    assay_buf_byte(to, '\n');
}

static uint32_t words_of(struct assay_text line, struct heard *to)
{
    uint32_t n = 0;
    for (uint64_t i = 0; i < line.size && n < LINE_WORDS;) {
        struct heard *h = &to[n++];
        h->capital = line.at[i] == '^' ? 2 : line.at[i] == '+';
        uint64_t begin = ++i;
        while (i < line.size && line.at[i] != '/')
            i++;
        h->roman = (struct assay_text){line.at + begin, i - begin};
        begin = ++i;
        while (i < line.size && line.at[i] != ' ')
            i++;
        h->sounds = (struct assay_text){line.at + begin, i > begin ? i - begin : 0};
        i++;
    }
    return n;
}

/* One word, maybe with another ending, or spelt in another script. */
static int fits(const struct heard *a, const struct heard *b)
{
    uint64_t least = a->roman.size < b->roman.size ? a->roman.size : b->roman.size;
    uint64_t most = a->roman.size + b->roman.size - least, same = 0;
    while (same < least && a->roman.at[same] == b->roman.at[same])
        same++;
    if (same == most)
        return 1;
    if (least >= ENDED_LEAST && most - least <= ENDING_MOST && same >= ENDED_LEAST - 1 &&
        same + (least >= LONG ? 2 : 1) >= least)
        return 1;
    return a->sounds.size >= SOUNDS_LEAST && a->sounds.size == b->sounds.size &&
           !memcmp(a->sounds.at, b->sounds.at, a->sounds.size);
}

/* The words from i on, written as one, are the name, which is one word. */
static int joined(const struct heard *words, uint32_t count, uint32_t i, struct assay_text name)
{
    uint64_t at = 0;
    uint32_t first = i;
    for (; i < count && at < name.size; i++) {
        struct assay_text r = words[i].roman;
        if (r.size > name.size - at || memcmp(name.at + at, r.at, r.size) != 0)
            return 0;
        at += r.size;
    }
    return at == name.size && (i > first + 1 || i >= count || !words[i].capital);
}

/* "@FunkhausNord" is "Funkhaus Nord". */
static int in_one(const struct heard *word, const struct heard *name, uint32_t of_name)
{
    uint64_t at = 0;
    for (uint32_t k = 0; k < of_name; at += name[k++].roman.size)
        if (name[k].roman.size > word->roman.size - at ||
            memcmp(word->roman.at + at, name[k].roman.at, name[k].roman.size) != 0)
            return 0;
    return at == word->roman.size && at >= LONG;
}

static int name_at(const struct heard *words, uint32_t count, uint32_t i, const struct heard *name, uint32_t of_name)
{
    if (!words[i].capital)
        return 0;
    if (of_name == 1 && name->roman.size < NAME_LEAST) /* "FAZ" */
        return words[i].capital == 2 && name->roman.size > 1 && words[i].roman.size == name->roman.size &&
               !memcmp(words[i].roman.at, name->roman.at, name->roman.size);
    if (of_name == 1)
        return joined(words, count, i, name->roman) ||
               (fits(&words[i], name) && (i + 1 >= count || !words[i + 1].capital)); /* "Tavria Wire" is not "Tavria" */
    if (in_one(&words[i], name, of_name))
        return 1;
    for (uint32_t k = 0; k < of_name; k++)
        if (i + k >= count || !fits(&words[i + k], &name[k]))
            return 0;
    return 1;
}

/* "FAZ" of "Frankfurter Allgemeine Zeitung". */
static int initials_at(const struct heard *word, const struct heard *name, uint32_t of_name)
{
    if (of_name < 3 || word->capital != 2 || word->roman.size != of_name)
        return 0;
    for (uint32_t k = 0; k < of_name; k++)
        if (word->roman.at[k] != *name[k].roman.at)
            return 0;
    return 1;
}

/* 1 where one of the words is one of the kinds. */
static int is_kind(const struct heard *word, const struct heard *kind, uint32_t kinds)
{
    for (uint32_t k = 0; k < kinds; k++) {
        struct assay_text w = word->roman, form = kind[k].roman;
        if (fits(word, &kind[k]) || (form.size >= LONG && w.size > form.size &&
                                     !memcmp(w.at + w.size - form.size, form.at, form.size))) /* "Bildungsministerium" */
            return 1;
    }
    return 0;
}

/* Where the authority is: the name's last word with a capital, or its first one where what it is stands last. */
static const struct heard *place_of(const struct heard *own, uint32_t of_name, uint32_t kind)
{
    const struct heard *place = kind + 1 == of_name ? &own[0] : &own[of_name - 1];
    return place != &own[kind] && place->capital && place->roman.size >= PLACE_LEAST ? place : NULL;
}

static void add_heard(struct assay_buf *to, char mark, const struct heard *h)
{
    assay_buf_byte(to, mark);
    assay_buf_add(to, h->roman.at, h->roman.size);
    assay_buf_byte(to, '/');
    assay_buf_add(to, h->sounds.at, h->sounds.size);
    assay_buf_byte(to, ' ');
}

void cited_authority(struct assay_text kinds, struct assay_text name, struct assay_buf *to)
{
    struct heard own[LINE_WORDS], kind[LINE_WORDS];
    struct assay_text line;
    uint32_t of_name = words_of(name, own);
    while (of_name > 1 && credit_next(&kinds, &line)) {
        uint32_t of_kind = words_of(line, kind);
        for (uint32_t i = 0; i < of_name; i++) {
            const struct heard *place = is_kind(&own[i], kind, of_kind) ? place_of(own, of_name, i) : NULL;
            if (!place)
                continue;
            add_heard(to, '~', place);
            for (uint32_t k = 0; k < of_kind; k++)
                add_heard(to, '-', &kind[k]);
            assay_buf_byte(to, '\n');
            return;
        }
    }
}

/* "the regional government of Alvenda" of "~alvenda government governo". */
static int holds_authority(const struct heard *words, uint32_t count, const struct heard *name, uint32_t of_name)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!fits(&words[i], &name[0]))
            continue;
        for (uint32_t k = i > PLACE_REACH ? i - PLACE_REACH : 0; k < count && k <= i + PLACE_REACH; k++)
            if (is_kind(&words[k], name + 1, of_name - 1))
                return 1;
    }
    return 0;
}

static int line_holds(struct assay_text line, const struct heard *name, uint32_t of_name, int authority)
{
    struct heard words[LINE_WORDS];
    uint32_t count = words_of(line, words);
    if (authority)
        return holds_authority(words, count, name, of_name);
    for (uint32_t i = 0; i < count; i++)
        if (name_at(words, count, i, name, of_name) || initials_at(&words[i], name, of_name))
            return 1;
    return 0;
}

int cited_holds(struct assay_text lines, struct assay_text names)
{
    struct heard own[LINE_WORDS];
    struct assay_text one, rest, line;
    while (lines.size && credit_next(&names, &one)) {
        uint32_t of_name = words_of(one, own);
        int authority = one.size && *one.at == '~';
        uint32_t skip = !authority && of_name > 2 && own->roman.size <= ARTICLE_MOST; /* "alla Voce del Tirreno" */
        for (rest = lines; of_name && credit_next(&rest, &line);)
            if (line_holds(line, own + skip, of_name - skip, authority))
                return 1;
    }
    return 0;
}
