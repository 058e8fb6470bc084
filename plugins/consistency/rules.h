/* SPDX-License-Identifier: Apache-2.0
 *
 * The rungs of the ladder (relate.c), one file each, and what they share. A rung returns 1 where it settles the
 * relation; it may mark it unsure and leave it to the next one.
 */
#ifndef CONSISTENCY_RULES_H
#define CONSISTENCY_RULES_H

#include "relate.h"

#define FAR_APART 300000u /* millionths: bounds this far apart are no rounding; a rate and a total */
#define WEEKDAYS 7        /* "on Sunday": which one */

/* Flags of what the figure measures. */
uint32_t rules_flags(const struct relate_options *, const struct figure *);
/* What is left of a value without its zeros at the end: digits and place of the last one. */
uint32_t rules_digits(const struct assay_decimal *, int32_t *place);
/* Sets verdict and rule (a text that stays). Always 1. */
int rules_settle(struct relation *, uint32_t verdict, const char *rule);
/* 1 where the two stand in two versions of one text, in two languages. */
int rules_translation(const struct figure *a, const struct figure *b, const struct relate_options *);

/* Two figures of kind date; 0 where one of them is none. (rule_date.c) */
int relate_dates(struct relation *, const struct figure *a, const struct figure *b, const struct relate_options *);
/* 1 where two of kind date are at most so many days apart, or the same day of two years; years count where both texts
 * name them. */
int dates_near(const struct figure *a, const struct figure *b, int64_t days);
/* `flags`: of what either measures, joined. */
int rule_period(struct relation *, const struct figure *a, const struct figure *b, uint32_t flags,
                const struct relate_options *);
int rule_value(struct relation *, const struct figure *a, const struct figure *b, uint32_t flags,
               const struct relate_options *);

#endif
