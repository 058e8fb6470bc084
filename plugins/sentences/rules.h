/* SPDX-License-Identifier: Apache-2.0
 *
 * What words mean before and after a full stop, by language: conf/lexicon/sentences.cfg in one hash table.
 */
#ifndef SENTENCES_RULES_H
#define SENTENCES_RULES_H

#include <assay/field.h>
#include <stddef.h>
#include <stdint.h>

/* Kinds of a word, bits; a word may be of several. Each is a list of the lexicon. */
#define RULES_NEVER 1u    /* its full stop never ends a sentence */
#define RULES_SELDOM 2u   /* only before a capital letter */
#define RULES_NUMBERED 4u /* not before a digit */
#define RULES_COUNTED 8u  /* after a number as SELDOM, else as NEVER */
#define RULES_STARTER 16u /* opens sentences */
#define RULES_AFTER 32u   /* goes on after an ordinal, or after a word of SELDOM */
#define RULES_SOMETIMES 64u /* ends one only before a starter */

#define RULES_ABBREVIATION (RULES_NEVER | RULES_SELDOM | RULES_NUMBERED | RULES_COUNTED | RULES_SOMETIMES)

#define RULES_LANGUAGES 64u

struct rules_entry {
    uint64_t hash; /* of the folded word, mixed with the language; 0: free */
    uint32_t kinds;
    uint32_t zero;
};

struct rules {
    struct rules_entry *at;
    size_t room, count; /* room is a power of two */
    char name[RULES_LANGUAGES][8];
    uint64_t ordinals; /* bit n: language n writes ordinals with a full stop */
    uint32_t languages; /* language 0 is "und": its words hold everywhere */
};

/* Reads the lexicon. 0: `message` (at least 512 bytes) says what is wrong. */
int rules_read(struct rules *, const char *path, char *message);
void rules_free(struct rules *);
/* Number of a language, 0 where it has no entry. */
uint32_t rules_language(const struct rules *, struct assay_text code);
/* Kinds of a word of a language, with those of "und". At most 64 bytes of it are looked at: longer words are none. */
uint32_t rules_kinds(const struct rules *, uint32_t language, const char *word, size_t size);

#endif
