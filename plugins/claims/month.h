/* SPDX-License-Identifier: Apache-2.0
 *
 * A month that is named, with its day, before a year is looked for.
 */
#ifndef CLAIMS_MONTH_H
#define CLAIMS_MONTH_H

#include "period.h"

struct month {
    uint32_t month, day, at, end; /* day: 0, none is told; at: the month's token; end: the token after both */
    int doubtful;                 /* "sept": a month only with a day or year */
};

/* [day] month [day] at token i. 0: there is none, and `to` says nothing. */
int pr_month(const struct tks *, uint32_t i, struct month *to);

#endif
