/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of the number grammar share: values and what may be added to them (number.c), sums of words, numerals
 * and scales (sum.c), parts (fraction.c) and places (spoken.c).
 */
#ifndef CLAIMS_NUMBER_H
#define CLAIMS_NUMBER_H

#include "scale.h"

enum { TERMS = 8 };

struct sum {
    struct assay_decimal term[TERMS], scale[TERMS], digits;
    uint64_t group;
    uint32_t terms, state; /* 0 empty, 1 words in `group`, 2 `digits` */
};

/* The word of class cardinal or ordinal at i as a whole number, NULL: none. */
const struct lx_meaning *nb_cardinal(const struct tks *, uint32_t i, uint32_t class, uint64_t *value, uint32_t *length);
/* How much may be added to a value: 20 takes up to 9. */
uint64_t nb_room(const struct lx *, uint64_t value);
void nb_total(const struct sum *, struct assay_decimal *to);
/* Puts one more word's value, or a scale, into a sum. 0: it does not fit there. */
int nb_add_words(const struct tks *, struct sum *, uint64_t v);
int nb_add_scale(const struct lx *, struct sum *, const struct assay_decimal *scale);
/* What has come since the last scale. */
void nb_current(const struct sum *, struct assay_decimal *to);
/* Numerals and words with their scales from token i on; gives the token after them, i: none. */
uint32_t nb_sum(const struct tks *, const struct habit *, uint32_t i, int joined, struct figure *, struct sum *);

/* A whole number of at most 17 digits; 0: it is none. */
uint64_t nb_small(const struct assay_decimal *);
/* Adds a part to the figure. */
void fc_put(struct figure *, const struct assay_decimal *part);
/* All give the token after what they read; i (fc_spoken, fc_added) or 0: there is nothing. */
uint32_t fc_spoken(const struct tks *, const struct habit *, uint32_t i, struct figure *);
uint32_t fc_added(const struct tks *, uint32_t i, struct figure *, const struct assay_decimal *scale);
uint32_t fc_slash(const struct tks *, uint32_t i, struct figure *);
uint32_t fc_words(const struct tks *, uint32_t i, struct figure *);
uint32_t fc_ordinals(const struct tks *, uint32_t i, uint64_t whole, uint64_t group, uint64_t low, struct figure *);
uint32_t fc_ordinal_end(const struct tks *, uint32_t i, const struct sum *, struct figure *);
uint32_t fc_denominator(const struct tks *, const struct habit *, uint32_t i, const struct sum *, struct figure *);

#endif
