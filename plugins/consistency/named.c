/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether what two figures measure bears two names: "Larkfield Stores Corp is raising 150 million", "Vane Harbour Chemical
 * Corp is raising 100 million". A name is two words with capitals next to each other, as terms.c sees them.
 */
#include <assay/kit/roman.h>
#include <assay/kit/token.h>

#include "linking.h"

#define NAMES 6u /* of one phrase */
#define WORD_MOST 64u /* bytes */
#define SPEAKER_LEAST 4u /* consonants of a name of two words, and the blank */

struct names {
    uint64_t pair[NAMES]; /* TERM_PAIR */
    uint32_t count;
    uint64_t last; /* folded hash of the last one's last word, if that is no word for a firm: the family name of somebody */
};

/* 1 where the lexicon of concepts knows the word: "President", "Bank", "Corp". */
static int is_known(const struct linking *k, const char *text, const struct assay_token *t, struct assay_text language)
{
    char folded[WORD_MOST];
    uint32_t id, length = 0;
    struct word word = {folded, 0, 1, WORD_UNMARKED};
    word.size = (uint32_t)assay_fold_text(folded, sizeof folded, text + t->begin, t->end - t->begin);
    return concepts_match(k->o->concepts, &word, 1, language, &id, 1, &length) > 0;
}

/* 0: out of memory. */
static int read_names(const struct linking *k, struct names *n, const struct figure *f)
{
    struct assay_tokens *tokens = &k->l->tokens;
    const char *text = f->measured.at;
    n->count = 0;
    n->last = 0;
    if (!f->measured.size)
        return 1;
    if (!assay_tokenise(tokens, text, 0, (uint32_t)f->measured.size))
        return 0;
    for (size_t i = 0; i + 1 < tokens->count && n->count < NAMES; i++) {
        uint64_t pair = name_pair(text, &tokens->at[i], f->language);
        if (!pair || is_known(k, text, &tokens->at[i], f->language))
            continue; /* "President Gomez" may be "Julio Gomez" */
        n->pair[n->count++] = pair;
        n->last = is_known(k, text, &tokens->at[i + 1], f->language) ? 0 : tokens->at[i + 1].hash;
    }
    return 1;
}

/* 1 where the other side says one of the names anywhere. */
static int says_one(const struct names *n, const struct side *s)
{
    for (uint32_t k = 0; k < n->count; k++)
        if (side_holds(s, TERM_KEY(n->pair[k])))
            return 1;
    return 0;
}

int link_other_names(const struct linking *k, uint32_t a, uint32_t b)
{
    const struct figure *x = &k->a->figure[a], *y = &k->b->figure[b];
    struct names of_x, of_y;
    if (k->o->translated || x->age || y->age)
        return 0;
    if (!read_names(k, &of_x, x) || !read_names(k, &of_y, y)) {
        k->l->failed = 1;
        return 0;
    }
    return of_x.count && of_y.count && (!of_x.last || of_x.last != of_y.last) && !says_one(&of_x, k->b) &&
           !says_one(&of_y, k->a);
}

/* The names in what is said to say a figure, by their consonants: also those too short to find texts by ("Nils Hauge"). */
static int read_speaker(const struct linking *k, struct names *n, const struct figure *f)
{
    struct assay_tokens *tokens = &k->l->tokens;
    const char *text = f->speaker.at;
    n->count = 0;
    if (!f->speaker.size)
        return 1;
    if (!assay_tokenise(tokens, text, 0, (uint32_t)f->speaker.size))
        return 0;
    for (size_t i = 0; i + 1 < tokens->count && n->count < NAMES; i++) {
        char skeleton[24];
        const struct assay_token *a = &tokens->at[i], *b = a + 1;
        if (!(a->flags & b->flags & ASSAY_TOKEN_CAPITAL) || is_known(k, text, a, f->language))
            continue;
        size_t size = assay_skeleton(skeleton, 8, text + a->begin, a->end - a->begin, f->language);
        skeleton[size++] = ' ';
        size += assay_skeleton(skeleton + size, 8, text + b->begin, b->end - b->begin, f->language);
        if (size > SPEAKER_LEAST)
            n->pair[n->count++] = term_hash(TERM_PAIR, skeleton, size);
    }
    return 1;
}

int link_one_speaker(const struct linking *k, uint32_t a, uint32_t b)
{
    struct names of_x, of_y;
    if (!read_speaker(k, &of_x, &k->a->figure[a]) || !read_speaker(k, &of_y, &k->b->figure[b])) {
        k->l->failed = 1;
        return 0;
    }
    for (uint32_t i = 0; i < of_x.count; i++)
        for (uint32_t n = 0; n < of_y.count; n++)
            if (of_x.pair[i] == of_y.pair[n])
                return 1;
    return 0;
}
