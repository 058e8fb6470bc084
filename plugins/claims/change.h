/* SPDX-License-Identifier: Apache-2.0
 *
 * What the words around a figure say about a change, as way.c finds it; change.c sets the fields change and relation
 * from it.
 */
#ifndef CLAIMS_CHANGE_H
#define CLAIMS_CHANGE_H

#include "noun.h"

/* What the words round a figure say of a change. */
struct said {
    const struct lx_meaning *left, *change; /* change: left, or what stands to the right; NULL: none */
    const struct lx_meaning *relation;      /* "by", "to", "from" before it; NULL: none */
    uint32_t start, distance;               /* token of the relation; tokens between `left` and the figure */
};

/* What is said of figure k of n. */
struct said cg_find(const struct tks *, const struct figure *figures, uint32_t n, uint32_t k);
/* The word that leads to the figure: directly before it, or with an article between; *start: its token. NULL: none. */
const struct lx_meaning *cg_relation(const struct tks *, const struct figure *, uint32_t *start);
/* From or to, as the case of its unit says it in languages of suffixes; OF_NONE otherwise. (change.c) */
uint32_t cg_case(const struct tks *, const struct figure *);
/* The word of change to its right. */
const struct lx_meaning *cg_right(const struct tks *, const struct figure *figures, uint32_t n, uint32_t k);
/* The next figure is what this one turns to: "von 3 auf 5". */
int cg_to_follows(const struct tks *, const struct figure *figures, uint32_t n, uint32_t k);
/* "cut its key rate 25 basis points", "raised the dividend 5 cents": only the object stands between the verb of change
 * and the figure. (way.c) */
int cg_over_object(const struct tks *, const struct figure *, const struct said *);
/* Tokens of the article right before token i: "ha guadagnato l'1,2%". (way.c) */
uint32_t cg_articles(const struct tks *, uint32_t i);
/* Tokens of a phrase such as "on average" between the verb and the figure: "subiram em média 9,4%". (way.c) */
uint32_t cg_passed_over(const struct tks *, const struct figure *);
/* "falls of up to 12 inches": nothing is lower than before. (way.c) */
int cg_snowfall(const struct tks *, const struct figure *);

#endif
