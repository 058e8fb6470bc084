/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of forms as concept.c fills it and concept_match.c looks words up in it.
 */
#ifndef CONSISTENCY_CONCEPT_TABLE_H
#define CONSISTENCY_CONCEPT_TABLE_H

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <assay/kit/lexicon.h>
#include <assay/kit/text.h>

#include "concept.h"

#define PREFIX_MIN 2u
#define LEAD 4u /* bytes of a word that say where its length is noted */
#define LEADS 2048u

/* One form: a first word (whole or prefix) and the words that have to follow. */
struct form {
    uint64_t hash; /* of the first word, and whether it is a prefix */
    uint32_t concept, languages;
    uint32_t text, next; /* offset in the pool of the following patterns; next form of the same slot + 1 */
    uint16_t prefix, words;
    uint16_t capital, letters; /* of the first word; 0: its marks do not matter */
    uint64_t marks;
};

#define CONCEPT_LANGUAGES 31u /* at most: a form holds a bit for each */
#define CONCEPT_CODES (26u * 26u)

/* The lengths (length_bit) of first words there are in a language, by their lead: most words are no form's. */
struct leads {
    uint32_t prefix[2][LEADS]; /* shorter than LEAD, and the others */
    uint32_t whole[LEADS];
    uint64_t seen[1024]; /* 2^16 bits over the hashes of the forms' first words */
};
static inline uint32_t seen_at(uint64_t hash)
{
    return (uint32_t)(hash >> 54);
}
static inline uint64_t seen_bit(uint64_t hash)
{
    return 1ull << (hash >> 48 & 63);
}

struct concepts {
    struct concept *concept;
    uint32_t count, room;
    struct form *form;
    uint32_t forms, form_room;
    uint32_t *slot; /* form + 1 */
    uint32_t slots;
    unsigned char language[CONCEPT_CODES]; /* of a two-letter code: its number from 1; 0: not of the lexicon */
    uint32_t languages, trait[CONCEPT_TRAITS]; /* how many; of each trait the bits of those that have it */
    uint32_t declared;                     /* 1: the file being read says which it has */
    struct leads *leads[CONCEPT_LANGUAGES]; /* of each */
    struct leads every, common;             /* of all forms; of those that are of any language */
    char *pool; /* folded following words, each NUL-terminated, '*' kept */
    uint32_t used, pool_room;
    char **key;
    uint32_t keys, key_room;
    struct contrast {
        char set[24], side[15][24];
        uint32_t sides, lone;  /* lone: a bit a side */
        uint32_t shift, mask;  /* its bits among the 64 */
    } contrast[CONTRAST_SETS];
    uint32_t contrasts;
};

/* The number of a two-letter code, to CONCEPT_CODES; CONCEPT_CODES: it is none. */
static inline uint32_t code_of(struct assay_text text)
{
    if (!text.at || text.size < 2 || text.at[0] < 'a' || text.at[0] > 'z' || text.at[1] < 'a' || text.at[1] > 'z')
        return CONCEPT_CODES;
    return (uint32_t)(text.at[0] - 'a') * 26 + (uint32_t)(text.at[1] - 'a');
}

/* The number of the language that a tag begins with ("de-AT"), from 1; 0: the lexicon has no words of it. */
static inline uint32_t concept_language(const struct concepts *c, struct assay_text tag)
{
    uint32_t code = code_of(tag);
    return code < CONCEPT_CODES ? c->language[code] : 0;
}

/* concept_language.c: reads the file's `languages`. 0: the lexicon's error says why. */
int languages_read(struct concepts *, struct assay_lexicon *);
/* The bit of the language that a key names; 0: none. */
uint32_t languages_bit(struct concepts *, struct assay_text key);

static inline uint64_t form_hash(const char *at, size_t size, int prefix)
{
    return XXH3_64bits_withSeed(at, size, prefix ? 1 : 0);
}

static inline uint32_t lead_of(const char *at, size_t size)
{
    unsigned char byte[4] = {0};
    memcpy(byte, at, size);
    return ((byte[0] | (uint32_t)byte[1] << 8 | (uint32_t)byte[2] << 16 | (uint32_t)byte[3] << 24) * 2654435761u) >> 21;
}

/* Bit n: of n bytes; the highest one: or more. */
static inline uint32_t length_bit(size_t size)
{
    return 1u << (size < 31 ? size : 31);
}

static inline uint32_t letters_of(const char *at, size_t size)
{
    uint32_t n = 0;
    for (size_t i = 0; i < size; i++)
        n += ((unsigned char)at[i] & 0xc0) != 0x80;
    return n;
}

#endif
