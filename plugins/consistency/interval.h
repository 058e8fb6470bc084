/* SPDX-License-Identifier: Apache-2.0
 *
 * What a figure allows, as an interval of exact decimals: rounding, bounds, ranges. Nothing here uses floating point.
 */
#ifndef CONSISTENCY_INTERVAL_H
#define CONSISTENCY_INTERVAL_H

#include <stdint.h>

#include <assay/field.h>
#include <assay/kit/decimal.h>

struct interval {
    struct assay_decimal low, high;
    uint32_t low_open, high_open;         /* the end itself does not belong */
    uint32_t low_infinite, high_infinite; /* no end */
};

/* A written number: its value, the value as text ("30 million") and what rounds it. */
struct written {
    struct assay_decimal value, high; /* high: only with bound range */
    uint32_t bound;                   /* enum assay_bound */
    uint32_t counted;                 /* 1: whole things, so a small number is exact */
    uint32_t words;                   /* 1: a vague quantity such as "dozens" */
    struct assay_text text;
};

/* What the sentence strictly allows. */
void interval_strict(struct interval *, const struct written *);
/* What a reader infers: "more than 14 thousand" is not said of 40 thousand. A fifth beyond the bound. */
void interval_usual(struct interval *, const struct written *);
/* Widens both ends by permille of their size. */
void interval_widen(struct interval *, uint32_t permille);
/* 1 where some number lies in both. */
int interval_meet(const struct interval *a, const struct interval *b);
/* Distance between them over the larger absolute end, in 1/1000000; 0 where they meet. */
uint32_t interval_gap(const struct interval *a, const struct interval *b);

/* a - b */
void decimal_subtract(struct assay_decimal *to, const struct assay_decimal *a, const struct assay_decimal *b);
/* a * n / 10^power */
void decimal_share(struct assay_decimal *to, const struct assay_decimal *a, uint64_t n, uint32_t power);
void decimal_absolute(struct assay_decimal *);

#endif
