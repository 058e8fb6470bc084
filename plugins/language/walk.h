/* SPDX-License-Identifier: Apache-2.0
 *
 * Words of a text for the engine: runs of letters of one group, and what lies between them. URLs, addresses, paths and
 * identifiers are passed over. Linear time, no memory; invalid bytes are no letters.
 */
#ifndef LANGUAGE_WALK_H
#define LANGUAGE_WALK_H

#include "chars.h"
#include "grams.h"

/* What lies before a word, bits. 0 or INNER alone: it is joined to the word before, no cut is possible. */
#define GAP_INNER 1u    /* hyphen, apostrophe */
#define GAP_SPACE 2u
#define GAP_LINE 4u
#define GAP_SENTENCE 8u /* a mark that ends sentences, and then a space */
#define GAP_QUOTE 16u   /* quote or bracket */
#define GAP_PUNCT 32u   /* : ; dash bar bullet */
#define GAP_COMMA 64u
#define GAP_OTHER 128u  /* digits, symbols, what was passed over */

struct walk_word {
    uint32_t begin, end;  /* bytes */
    uint32_t gap;         /* before it */
    uint32_t symbols;     /* brackets, operators and semicolons in the gap: code has many */
    uint32_t cut;         /* where a cut before it would be: after the last white space, or before an opening quote */
    uint32_t group;
    uint32_t letters;     /* all, those beyond WORD_MOST too */
    uint32_t n;           /* characters in c */
    uint16_t c[WORD_MOST + 2]; /* lower case; c[0] and c[n+1] are BORDER */
};

struct walk {
    const struct chars *chars;
    const char *text, *at, *end;
    const char *run_end; /* of the ASCII run that was looked at */
    int quoted;          /* an odd number of straight quotes on this line so far */
};

void walk_start(struct walk *, const struct chars *, const char *text, uint32_t begin, uint32_t end);
/* The next word. 0: no more. */
int walk_next(struct walk *, struct walk_word *);

#endif
