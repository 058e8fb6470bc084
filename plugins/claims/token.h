/* SPDX-License-Identifier: Apache-2.0
 *
 * Tokens of a piece of text with what the lexicon says of them. A token is a word (letters; an apostrophe or hyphen
 * ends it), a numeral with its separators, a shape that is no figure (URL, date, clock time ...) as a whole, or one
 * sign.
 */
#ifndef CLAIMS_TOKEN_H
#define CLAIMS_TOKEN_H

#include <stdint.h>

#include "lex.h"

enum tk_kind { TK_WORD, TK_NUMBER, TK_SIGN, TK_SKIP };

struct tk_hit {
    uint32_t entry;  /* index in the lexicon's table */
    uint32_t length; /* tokens */
};

struct tk {
    uint32_t begin, end;
    uint64_t hash, mask;     /* mask: classes of all hits */
    uint64_t words;          /* bits of the `of` of all hits */
    uint64_t ends;           /* classes of what ends with this token: itself, and phrases */
    uint64_t value;          /* of a number compound, or of plain digits */
    uint32_t cp;             /* SIGN: the folded code point; WORD: the first one */
    uint8_t kind, hits;
    uint8_t space;           /* 1: white space stands before it */
    uint8_t upper;           /* 1 first letter, 2 all of several, 4 a single capital */
    uint8_t compound;        /* 1 cardinal, 2 ordinal, 3 cardinal and a half */
    uint8_t shape;           /* SKIP, NUMBER: enum sh_shape */
    uint8_t letters, stem;   /* letters: characters, at most 255; stem: 1 found by stem or suffix */
    uint8_t use;             /* bits LX_GOES_ON, LX_COUNTS, LX_COUNTS_ON */
    uint8_t figure;          /* 1: part of a figure, its bound, unit and per phrase */
    uint8_t breaks;          /* 1: a clause ends or starts here */
    uint8_t plain;           /* numeral of digits alone: how many, 1 to 8 */
    uint16_t endings;        /* lists of endings it ends in: bits LX_ENDS_ */
    struct tk_hit hit[4];    /* longest first; not set beyond `hits` */
};

struct tk_chars { /* for code points below 0x800 */
    uint16_t fold[0x800];
    uint8_t kind[0x800]; /* 0 sign, 1 letter, 2 blank, 3 as if absent, 4 capital letter */
};

struct units;

struct tks {
    const struct lx *lx;
    const struct units *units; /* may be NULL: compound units stay apart */
    const struct tk_chars *chars;
    const char *text;
    struct tk_cache *cache; /* of the language */
    uint32_t size;          /* of the whole text */
    uint32_t begin, end;
    struct tk *at;
    uint32_t count, room;
    uint64_t mask;  /* of all tokens */
    uint32_t use;
    uint32_t longest; /* phrase, in tokens; 0: there is none */
    uint32_t numbers; /* numerals, and what has the shape of a time of day */
    uint32_t front;   /* "Of the 1,240 homes promised in 2021, only 318": the comma, 0: none (fr_prepare) */
    uint32_t status;  /* 1: some token may say how a figure is said (fr_prepare) */
};

void tk_chars_init(struct tk_chars *);
/* Words met before with what the lexicon says of them: one for a language, set before tk_run; malloc'ed. */
struct tk_cache *tk_cache_new(void);
/* Fills `tokens` from [begin, end). 0: out of memory. */
int tk_run(struct tks *tokens, const struct lx *, const char *text, uint32_t begin, uint32_t end);
/* Reads the word token i once more, as if `form` stood there; its place stays. Before tk_phrases. */
void tk_reread(struct tks *tokens, uint32_t i, const char *form, uint64_t size);
/* 0: no token and no phrase says a number; TK_ONE_UNIT: nothing but an article before a unit may. For use before
 * tk_phrases. */
enum { TK_ONE_UNIT = 2 };
int tk_counts(const struct tks *);
/* Finds the phrases and stems: needed only where a figure may be. */
void tk_phrases(struct tks *tokens);
/* Hashes of the tokens of a lexicon form; 0: none or more than `most`. */
uint32_t tk_hashes(const struct lx *, const char *at, uint64_t size, uint64_t *hash, uint32_t most);

/* Records what a lexicon entry says of the tokens from t on. */
void tk_add(struct tk *, const struct lx *, const struct lx_entry *, uint32_t length);
static inline const struct lx_entry *tk_entry(const struct lx *lx, const struct tk *t, uint32_t k)
{
    return lx->table + t->hit[k].entry;
}
/* The searches behind the functions below, which rule out most by the masks. */
const struct lx_meaning *tk_find(const struct tks *, uint32_t i, uint32_t class, uint32_t *length);
/* The longest one of at most so many tokens. */
const struct lx_meaning *tk_find_within(const struct tks *, uint32_t i, uint32_t class, uint32_t most);
const struct lx_meaning *tk_find_before(const struct tks *, uint32_t i, uint32_t class, uint32_t *start);
const struct lx_meaning *tk_find_word(const struct tks *, uint32_t i, uint32_t class, uint32_t of, uint32_t *length);

static inline int tk_sign(const struct tks *s, uint32_t i, uint32_t cp)
{
    return i < s->count && s->at[i].kind == TK_SIGN && s->at[i].cp == cp;
}
static inline int tk_ends(const struct tks *s, uint32_t i, uint32_t list)
{
    return s->at[i].endings >> list & 1;
}
static inline int tk_has(const struct tks *s, uint32_t i, uint32_t class)
{
    return i < s->count && (s->at[i].mask & LX_BIT(class));
}
/* The longest meaning of class `class` that starts at token i; *length (may be NULL) in tokens. */
static inline const struct lx_meaning *tk_mean(const struct tks *s, uint32_t i, uint32_t class, uint32_t *length)
{
    return tk_has(s, i, class) ? tk_find(s, i, class, length) : NULL;
}
/* The longest one that ends just before token i; *start (may be NULL) its first token. */
static inline const struct lx_meaning *tk_before(const struct tks *s, uint32_t i, uint32_t class, uint32_t *start)
{
    return i && s->at[i - 1].ends & LX_BIT(class) ? tk_find_before(s, i, class, start) : NULL;
}
/* A meaning of class and word `of` at i. */
static inline const struct lx_meaning *tk_is(const struct tks *s, uint32_t i, uint32_t class, uint32_t of,
                                             uint32_t *length)
{
    return tk_has(s, i, class) && s->at[i].words >> of & 1 ? tk_find_word(s, i, class, of, length) : NULL;
}

/* 1: a hyphen, a dash or a minus. */
static inline int tk_dash(const struct tks *s, uint32_t i)
{
    return i < s->count && s->at[i].kind == TK_SIGN &&
           (s->at[i].cp == '-' || (s->at[i].cp >= 0x2012 && s->at[i].cp <= 0x2015) || s->at[i].cp == 0x2212);
}

/* 1: the sign is one of the tokens [begin, end). */
static inline int tk_sign_within(const struct tks *s, uint32_t begin, uint32_t end, uint32_t cp)
{
    for (uint32_t i = begin; i < end; i++)
        if (tk_sign(s, i, cp))
            return 1;
    return 0;
}

/* 1: such a word starts at one of the tokens [begin, end). */
static inline int tk_within(const struct tks *s, uint32_t begin, uint32_t end, uint32_t class, uint32_t of)
{
    for (uint32_t i = begin; i < end; i++)
        if (tk_is(s, i, class, of, NULL))
            return 1;
    return 0;
}

#endif
