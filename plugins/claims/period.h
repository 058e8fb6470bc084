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
    uint32_t opens;      /* 1: begin says where */
    uint32_t has_year;
};

/* A period in the making. */
struct found {
    struct part part;
    uint32_t token, begin; /* where it was asked for; where it opens */
    int how;               /* of pr_one: 2, a month whose year is not known */
};

/* One part of a period at token i; `before`: the period told last. 0: none. */
int pr_one(const struct tks *, uint32_t i, struct assay_date published, struct assay_date before, struct part *to);
/* The year of a part that ends before token i, over "of": in digits, or "of last year". Gives the token after it; 0:
 * none. */
uint32_t pr_year_behind(const struct tks *, uint32_t i, struct assay_date published, int32_t *year);
/* "the first nine months of 2024", "za 9 mesyatsev 2024 goda" at token i. 0: none. */
int pr_first_months(const struct tks *, uint32_t i, struct assay_date published, struct part *to);
/* "in the summer of 2023", "letzten Sommer" at the token of the season: three months, counted as meteorologists do. A
 * winter needs both its years. 0: none. */
int pr_season(const struct tks *, uint32_t i, struct assay_date published, struct part *to);
/* Makes one period of two parts, or of more: "January to April", "3 to 5 May", "May and June". */
void pr_join(const struct tks *, struct found *, struct assay_date published, struct assay_date before);
/* "the three months to March", "the 26 weeks ended 29 March": the period is as long as is told before it. */
void pr_up_to(const struct tks *, struct found *);
/* The number before the period at token i: "five years ago", "vor zwei Jahren"; *start: its token. 1 without one. */
uint32_t pr_how_many(const struct tks *, uint32_t i, uint32_t *start);
/* The month so many months after that of d; no day. */
void pr_shift_months(struct assay_date d, int32_t by, struct assay_date *to);
/* "2013-cü ilin dekabr ayında": 1, and the month's year is that of the period `last`, which it swallows. */
int pr_join_year(const struct tks *, struct found *, const struct when *last);
/* Whether token i is one of those of "the same period of the". */
int pr_says_same(const struct tks *, uint32_t i);
/* "2.5 billion in the first quarter, against 2 a year earlier", "... in the same period last year": a quarter, too. */
void pr_same_span(const struct tks *, struct found *, const struct when *last);
/* A case ending behind token i - 1 ("2030'a", "2020-ci"): the token after it, i where there is none. */
uint32_t pr_suffix_end(const struct tks *, uint32_t i);
/* A whole number of at most four digits at token i: how many digits; 0: there is none. */
int pr_number(const struct tks *, uint32_t i, uint32_t *value);
/* The year of a month that is named without one, near the publication. */
int32_t pr_near_year(const struct tks *, uint32_t i, struct assay_date published, uint32_t month);
/* 1: tokens [begin, end) tell the day on which something is said, not of which: "said on Monday". A figure right behind
 * makes it that one's. */
int pr_said_on(const struct tks *, uint32_t begin, uint32_t end);
/* A part told from the publication date, or, behind "earlier", from `before`, the period told last (year 0: none):
 * "yesterday", "on Monday", "last March", "two years ago". 0: none stands at token i. */
int pr_relative(const struct tks *, uint32_t i, struct assay_date published, struct assay_date before, struct part *to);

#endif
