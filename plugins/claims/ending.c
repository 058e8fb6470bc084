/* SPDX-License-Identifier: Apache-2.0
 *
 * The lists of endings of a lexicon, by the last byte of each: a word is asked once for all of them.
 */
#include <stdlib.h>
#include <string.h>

#include "lex.h"

enum { MOST = 255 }; /* endings of a language: their indexes, from 1, are bytes */

struct lx_ending {
    const char *at;
    uint8_t size, list, inside, next; /* inside: the word has to be longer; next: with the same last byte, 0: none */
};

static int add_to(struct lx *lx, uint8_t *firsts, uint32_t *count, const char *list, uint8_t of, int inside)
{
    while (*list) {
        size_t n = strcspn(list, "|");
        if (n && *count == MOST)
            return 0;
        if (n) {
            uint8_t *first = firsts + (unsigned char)list[n - 1];
            lx->ending[++*count] = (struct lx_ending){list, (uint8_t)n, of, (uint8_t)inside, *first};
            *first = (uint8_t)*count;
        }
        list += n + (list[n] == '|');
    }
    return 1;
}

static int add_list(struct lx *lx, uint32_t *count, const char *list, uint8_t of, int inside)
{
    return add_to(lx, lx->ending_first, count, list, of, inside);
}

int lx_endings_prepare(struct lx *lx)
{
    uint32_t count = 0;
    lx->ending = calloc(MOST + 1, sizeof *lx->ending);
    return lx->ending && add_list(lx, &count, lx->to_endings, LX_ENDS_TO, 0) &&
           add_list(lx, &count, lx->from_endings, LX_ENDS_FROM, 0) &&
           add_list(lx, &count, lx->forecast_endings, LX_ENDS_FORECAST, 0) &&
           add_list(lx, &count, lx->target_endings, LX_ENDS_TARGET, 0) &&
           add_list(lx, &count, lx->hypothetical_endings, LX_ENDS_HYPOTHETICAL, 0) &&
           add_list(lx, &count, lx->plural, LX_ENDS_PLURAL, 1) &&
           add_list(lx, &count, lx->adjective, LX_ENDS_ADJECTIVE, 1) &&
           add_list(lx, &count, lx->street_endings, LX_ENDS_STREET, 1) &&
           add_list(lx, &count, lx->at_endings, LX_ENDS_AT, 0) &&
           add_list(lx, &count, lx->several_endings, LX_ENDS_SEVERAL, 0) &&
           add_list(lx, &count, lx->verb_endings, LX_ENDS_VERB, 1) &&
           add_list(lx, &count, lx->finite_endings, LX_ENDS_FINITE, 1) &&
           add_to(lx, lx->participle_first, &count, lx->participle_endings, 0, 0) &&
           add_to(lx, lx->noun_first, &count, lx->noun_endings, 0, 0);
}

int lx_ends_by(const struct lx *lx, const uint8_t *firsts, const char *word, uint32_t size)
{
    for (uint32_t i = firsts[(unsigned char)word[size - 1]]; i; i = lx->ending[i].next)
        if (size >= lx->ending[i].size &&
            !memcmp(word + size - lx->ending[i].size, lx->ending[i].at, lx->ending[i].size))
            return 1;
    return 0;
}

uint32_t lx_endings(const struct lx *lx, const char *word, uint32_t size)
{
    uint32_t lists = 0;
    if (!size)
        return 0;
    for (uint32_t i = lx->ending_first[(unsigned char)word[size - 1]]; i; i = lx->ending[i].next) {
        const struct lx_ending *e = lx->ending + i;
        if (size >= (uint32_t)e->size + e->inside && !memcmp(word + size - e->size, e->at, e->size))
            lists |= 1u << e->list;
    }
    return lists;
}

int lx_ends_in(const char *list, const char *word, uint32_t size)
{
    for (; *list; list += strcspn(list, "|"), list += *list == '|') {
        uint32_t n = (uint32_t)strcspn(list, "|");
        if (n && n <= size && !memcmp(word + size - n, list, n))
            return 1;
    }
    return 0;
}
