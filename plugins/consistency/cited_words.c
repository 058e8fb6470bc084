/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of lexicon/credits.cfg by their hashes, and what a publisher's name may be told without.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <assay/kit/text.h>

#include "cited_words.h"

enum {
    KINDS = 9,
    PARTS = 64,    /* of names that may be left out */
    NAME_LEAST = 4 /* bytes of a name without its article, and one more */
};
static const char *const sections[KINDS] = {"citing", "media_words", "reports", "hearsay",
                                            "back",   "of",          "breaks",  "own", "releases"};

struct cited_word {
    uint64_t hash;
    uint32_t does, zero;
};

struct parts {
    struct assay_text at[PARTS]; /* borrowed from the lexicon */
    uint32_t count;
};

struct cited_words {
    struct cited_word *at;
    uint32_t count, room;
    unsigned char may[1024]; /* by ten bits of the hash */
    struct parts articles, forms; /* what stands before and behind a name, and may be left out */
    struct assay_buf kinds;       /* of authorities: folded, a line each */
};

static int add_word(struct cited_words *w, struct assay_text form, uint32_t does, struct assay_tokens *tokens)
{
    uint32_t side = !form.size ? 0 : *form.at == '<' ? BEFORE : *form.at == '>' ? BEHIND : 0;
    if (!assay_tokenise(tokens, form.at, 0, (uint32_t)form.size))
        return 0;
    if (tokens->count != 1)
        return 1;
    if (w->count == w->room) {
        uint32_t room = w->room ? w->room * 2 : 256;
        struct cited_word *at = realloc(w->at, room * sizeof *at);
        if (!at)
            return 0;
        w->at = at;
        w->room = room;
    }
    uint64_t hash = tokens->at[0].hash;
    w->at[w->count++] = (struct cited_word){hash, does | side, 0};
    w->may[hash & 1023] = 1;
    return 1;
}

static int by_hash(const void *a, const void *b)
{
    const struct cited_word *x = a, *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static int load_parts(struct parts *to, struct assay_lexicon *file, const char *section)
{
    const struct assay_lexicon_item *list;
    if (!assay_lexicon_want(file, &file->root, section, ASSAY_LEXICON_ARRAY, 0, &list))
        return 0;
    for (uint32_t i = 0; list && i < list->count; i++)
        for (struct assay_text line = list->first[i].text; to->count < PARTS; to->count++)
            if (!assay_lexicon_form(&line, &to->at[to->count]))
                break;
    return 1;
}

/* Words of one kind of authority, in all languages, as a folded line. */
static int load_kinds(struct assay_buf *to, struct assay_lexicon *file)
{
    const struct assay_lexicon_item *list;
    struct assay_text form;
    if (!assay_lexicon_want(file, &file->root, "authorities", ASSAY_LEXICON_ARRAY, 0, &list))
        return 0;
    for (uint32_t i = 0; list && i < list->count; i++) {
        struct assay_buf words = {0};
        for (struct assay_text line = list->first[i].text; assay_lexicon_form(&line, &form);) {
            assay_buf_add(&words, form.at, form.size);
            assay_buf_byte(&words, ' ');
        }
        cited_fold((struct assay_text){words.at, words.size}, to);
        to->failed |= words.failed;
        assay_buf_free(&words);
    }
    return !to->failed;
}

int cited_load(struct cited_words **to, struct assay_lexicon *file)
{
    struct assay_tokens tokens = {0};
    struct cited_words *w = *to = calloc(1, sizeof *w);
    int fine = w != NULL && load_parts(&w->articles, file, "articles") && load_parts(&w->forms, file, "forms") &&
               load_kinds(&w->kinds, file);
    for (uint32_t k = 0; fine && k < KINDS; k++) {
        const struct assay_lexicon_item *list;
        struct assay_text form;
        fine = assay_lexicon_want(file, &file->root, sections[k], ASSAY_LEXICON_ARRAY, 0, &list);
        for (uint32_t i = 0; fine && list && i < list->count; i++)
            for (struct assay_text line = list->first[i].text; fine && assay_lexicon_form(&line, &form);)
                fine = add_word(w, form, 1u << k, &tokens);
    }
    assay_tokens_free(&tokens);
    if (fine && w->count)
        qsort(w->at, w->count, sizeof *w->at, by_hash);
    return fine;
}

void cited_fold_name(const struct cited_words *w, struct assay_text name, struct assay_buf *to)
{
    cited_fold(name, to);
    if (w && w->kinds.size && to->size > 1) {
        struct assay_buf own = {0};
        cited_fold(name, &own);
        cited_authority((struct assay_text){w->kinds.at, w->kinds.size},
                        (struct assay_text){own.at, own.size ? own.size - 1 : 0}, to);
        to->failed |= own.failed;
        assay_buf_free(&own);
    }
    for (uint32_t i = 0; w && i < w->articles.count; i++) {
        struct assay_text article = w->articles.at[i];
        uint64_t behind = article.size + (name.size > article.size && name.at[article.size] == ' ');
        if (name.size > behind + NAME_LEAST && !strncasecmp(name.at, article.at, article.size))
            cited_fold((struct assay_text){name.at + behind, name.size - behind}, to);
    }
    for (uint32_t i = 0; w && i < w->forms.count; i++) {
        struct assay_text form = w->forms.at[i];
        uint64_t before = name.size > form.size + 1 ? name.size - form.size - 1 : 0;
        struct assay_text last = {name.at + before + 1, form.size};
        if (before > NAME_LEAST && name.at[before] == ' ' && assay_text_same(last, form))
            cited_fold((struct assay_text){name.at, before}, to);
    }
}

void cited_free(struct cited_words *w)
{
    if (w) {
        assay_buf_free(&w->kinds);
        free(w->at);
    }
    free(w);
}

uint32_t cited_does(const struct cited_words *w, uint64_t hash)
{
    uint32_t low = 0, high = w->may[hash & 1023] ? w->count : 0, does = 0;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (w->at[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; w->may[hash & 1023] && low < w->count && w->at[low].hash == hash; low++)
        does |= w->at[low].does;
    return does;
}
