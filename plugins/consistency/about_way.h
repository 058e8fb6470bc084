/* SPDX-License-Identifier: Apache-2.0
 *
 * How near the words of a sentence stand to a figure, counted in tenths of a word: other figures, commas, clauses and
 * "and" between the two cost more. What about.c, about_aspect.c and about_near.c share.
 */
#ifndef CONSISTENCY_ABOUT_WAY_H
#define CONSISTENCY_ABOUT_WAY_H

#include "about.h"

#define OTHER_FIGURE 50u /* cost: another figure stands between */
#define COMMA 15u        /* cost */
#define CLAUSE 40u       /* cost of ; : ( ) and dashes */

struct about_way {
    uint32_t cost, words; /* cost: of all that stands between, the words among it */
    uint32_t others;      /* what other figures are of the cost */
};
/* From the end of word i to the beginning of word k; i < k. */
struct about_way about_way_between(const struct about_word *, uint32_t i, uint32_t k, const char *text);
/* Cost of the signs alone in bytes [begin, end) of the text; 0: nothing parts the two. */
uint32_t about_marks(const char *text, uint32_t begin, uint32_t end);
/* 1: no sign parts the two; a short name in brackets may stand between: "producer prices (PPI) by 1 %". */
int about_one_breath(const char *text, uint32_t begin, uint32_t end);

/* The words that a figure takes. */
struct about_bounds {
    uint32_t first, last;
};
/* 0: the claim is not among the words. */
int about_bounds_of(struct about_bounds *, const struct about_word *, uint32_t words, uint32_t claim);
/* 1: one of the concepts that begin at the word has this CONCEPT_ flag. */
int about_has(const struct about_word *, uint32_t flag);

/* about_aspect.c: sets note->aspects, of each contrast the side whose words stand nearest. */
void about_aspects(struct note *, const struct about_word *, uint32_t words, const struct about_bounds *,
                   const struct assay_claim *, const char *text);
/* about_near.c: adds to note->part what the words around the figure say of it (NOTE_AGE, NOTE_REST, NOTE_PART ...).
 * `happened`: what happened to those counted stands before the figure ("laid off 120 of 300"). */
void about_near(struct note *, const struct about_word *, uint32_t words, const struct about_bounds *,
                const struct assay_claim *, int happened, const char *text);

#endif
