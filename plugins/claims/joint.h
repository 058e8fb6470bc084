/* SPDX-License-Identifier: Apache-2.0
 *
 * Two quantities that are one: what joins them (joint.c), and what is told once for both (both.c).
 */
#ifndef CLAIMS_JOINT_H
#define CLAIMS_JOINT_H

#include "quantity.h"

/* What joins a figure to another behind it. */
struct link {
    uint32_t second;      /* token where the other one may start */
    uint32_t opens, lead; /* the word before both ("from", "between"), or OF_NONE; its first token */
    uint32_t dash, odd;   /* odd: blanks on one side of it only */
    uint32_t cased;       /* a case ending stands behind the first */
    uint32_t worded;      /* the first is a word with such an ending */
};

/* What joins a second quantity to f; words before `floor` belong to earlier figures. 0: nothing does. */
int jt_linked(const struct tks *, const struct figure *f, uint32_t floor, struct link *to);
/* The sign, unit and scale that are told with one end hold for the other. */
void bo_share(const struct tks *, struct figure *f, struct figure *second, const struct link *);
/* "10 à 15 000 personnes": the thousands told with the second are those of f as well. */
void bo_thousands(struct figure *f, const struct figure *second);
/* Whether a change is told near token i, before it or, where verbs come last, behind. */
int jt_change_near(const struct tks *, uint32_t i);

#endif
