/* SPDX-License-Identifier: Apache-2.0
 *
 * One part of a period, between the words that join two of them: "2019", "last year", "two weeks ago".
 */
#ifndef CLAIMS_PERIOD_H
#define CLAIMS_PERIOD_H

#include "frame.h"

struct part {
    struct assay_date from, to;
    uint32_t begin, end; /* begin: where it opens before the token asked for ("five years ago"); end: token after it */
    uint32_t has_year;
};

/* A small whole number at token i. 0: there is none. */
int pr_number(const struct tks *, uint32_t i, uint32_t *value);
/* The year of a month that is named without one, near the publication. */
int32_t pr_near_year(const struct tks *, uint32_t i, struct assay_date published, uint32_t month);
/* 1: tokens [begin, end) tell the day on which something is said, not of which: "said on Monday". A figure right behind makes
 * it that one's. */
int pr_said_on(const struct tks *, uint32_t begin, uint32_t end);
/* A part told from the publication date, or, behind "earlier", from `before`, the period told last (year 0: none):
 * "yesterday", "on Monday", "last March", "two years ago". 0: none stands at token i. */
int pr_relative(const struct tks *, uint32_t i, struct assay_date published, struct assay_date before, struct part *to);

#endif
