/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a difference between two figures says anything: only where both count the same things. Used where no
 * likeness of the sentences vouches for them.
 */
#ifndef CONSISTENCY_RIVAL_H
#define CONSISTENCY_RIVAL_H

#include "relate.h"

/* 1: the same things are counted; 0: others; -1: not known. */
int figures_count_same(const struct figure *a, const struct figure *b, const struct concepts *);
/* 1 where the later text says one year more, and the days between are too many for nobody to have had a birthday. */
int figures_birthday_between(const struct figure *, const struct figure *);
/* 1 where the two, having different values, may contradict each other; 0: they do not; -1: only if their sentences say
 * the same. */
int figures_rival(const struct figure *a, const struct figure *b, const struct relation *, const struct concepts *);

/* apart.c: 1 where x speaks of a time that y cannot mean: before y was published, by more than a month. */
int figures_other_time(const struct figure *x, const struct figure *y);
/* apart.c: 1 where the words around them, not their values, say that they are of two things. */
int figures_set_apart(const struct figure *, const struct figure *, const struct concepts *);

/* 1 where two ages differ by the years between the publications: a birthday lies between them. */
int figures_grown_older(const struct figure *a, const struct figure *b);

#endif
