/* SPDX-License-Identifier: Apache-2.0
 *
 * The languages of the lexicons of concepts, as these declare them: `languages = ( "en", "tr marks", "de marks
 * compounds capitals" )`. A file that declares none may have words of any two-letter code.
 */
#include "concept_table.h"

#include <stdlib.h>

#define WORDS_MOST (1 + CONCEPT_TRAITS) /* in a line: the code and what is special about it */

static const char *const traits[CONCEPT_TRAITS] = {"marks", "compounds", "capitals", "cyrillic"};

/* The number of the language, from 1; a new one knows the forms that are of any language. 0: no code, too many, or out
 * of memory. */
static uint32_t add_language(struct concepts *c, struct assay_text code)
{
    uint32_t at = code_of(code), known = concept_language(c, code);
    if (known || at == CONCEPT_CODES || code.size != 2 || c->languages == CONCEPT_LANGUAGES)
        return known;
    struct leads *leads = malloc(sizeof *leads);
    if (!leads)
        return 0;
    *leads = c->common;
    c->leads[c->languages] = leads;
    c->language[at] = (unsigned char)++c->languages;
    return c->languages;
}

uint32_t languages_bit(struct concepts *c, struct assay_text key)
{
    uint32_t number = c->declared ? concept_language(c, key) : add_language(c, key);
    return number ? 1u << (number - 1) : 0;
}

/* The words of a line, at most `most`; their count. */
static uint32_t split(struct assay_text line, struct assay_text *word, uint32_t most)
{
    const char *p = line.at, *end = line.at + line.size;
    uint32_t n = 0;
    while (p < end && n < most) {
        const char *stop = p;
        while (stop < end && *stop != ' ')
            stop++;
        if (stop > p)
            word[n++] = (struct assay_text){p, (uint64_t)(stop - p)};
        p = stop + (stop < end);
    }
    return n;
}

static uint32_t trait_of(struct assay_text word)
{
    uint32_t i = 0;
    while (i < CONCEPT_TRAITS && !assay_text_is(word, traits[i]))
        i++;
    return i;
}

/* "CODE", "CODE marks compounds" */
static int declare(struct concepts *c, struct assay_lexicon *lexicon, const struct assay_lexicon_item *item)
{
    struct assay_text word[WORDS_MOST + 1];
    uint32_t n = item->type == ASSAY_LEXICON_TEXT ? split(item->text, word, WORDS_MOST + 1) : 0;
    uint32_t number = n && n <= WORDS_MOST && word[0].size == 2 ? add_language(c, word[0]) : 0;
    if (!number)
        return assay_lexicon_fail(lexicon, item, "\"CODE\", or \"CODE marks compounds\" and the like, is wanted here, "
                                                 "of a two-letter code, at most %u", CONCEPT_LANGUAGES);
    for (uint32_t i = 1; i < n; i++) {
        uint32_t trait = trait_of(word[i]);
        if (trait == CONCEPT_TRAITS)
            return assay_lexicon_fail(lexicon, item, "'%.*s' is neither marks nor compounds, capitals or cyrillic",
                                      (int)word[i].size, word[i].at);
        c->trait[trait] |= 1u << (number - 1);
    }
    return 1;
}

int concepts_trait(const struct concepts *c, struct assay_text language, uint32_t trait)
{
    uint32_t number = concept_language(c, language);
    return number && c->trait[trait] & 1u << (number - 1);
}

int languages_read(struct concepts *c, struct assay_lexicon *lexicon)
{
    const struct assay_lexicon_item *list;
    if (!assay_lexicon_want(lexicon, &lexicon->root, "languages", ASSAY_LEXICON_LIST, 0, &list))
        return 0;
    c->declared = list != NULL;
    for (uint32_t i = 0; list && i < list->count; i++)
        if (!declare(c, lexicon, &list->first[i]))
            return 0;
    return 1;
}
