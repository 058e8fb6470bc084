/* SPDX-License-Identifier: Apache-2.0
 *
 * One word and what the lexicon says of it: by itself, by a stem it starts with, by an ending it may take, or as a
 * compound of number words.
 */
#ifndef CLAIMS_WORD_H
#define CLAIMS_WORD_H

#include "token.h"

/* Class of a character and its folded form, of which 0 is as if it were not there. */
enum { CH_SIGN, CH_LETTER, CH_BLANK, CH_NOTHING, CH_CAPITAL };
uint32_t ch_other(uint32_t cp, uint32_t *fold); /* from 0x800 on */
static inline uint32_t ch_kind(const struct tk_chars *c, uint32_t cp, uint32_t *fold)
{
    if (cp >= 0x800)
        return ch_other(cp, fold);
    *fold = c->fold[cp];
    return c->kind[cp];
}

/* Reads the word at p, a letter, into a token whose place, kind and space are set already; gives its end. */
const char *wd_read(const struct lx *, const struct tk_chars *, const char *p, const char *end, struct tk *);
/* The hash of folded characters, as that of a word. */
uint64_t wd_hash(const char *p, const char *end);

/* "zweiundzwanzigtausend", "trecentottanta": folded[0, size) as a number compound. `start`: a number word that it
 * starts with. 0: it is none. (compound.c) */
int wd_compound(const struct lx *, const char *folded, uint32_t size, struct tk *);
/* A number word or "and" of that hash, with `last` an ordinal too, or NULL. */
const struct lx_entry *wd_piece(const struct lx *, uint64_t hash, int last);

#endif
