/* SPDX-License-Identifier: Apache-2.0
 *
 * Days that a text tells with their month ("5 May 2024", "on 12 June"), as figures.
 */
#ifndef CLAIMS_DATED_H
#define CLAIMS_DATED_H

#include "frame.h"

/* Makes a figure of kind date of a period, where it is a day that is told with its month, or begins or ends with one.
 * Its tokens are those of day, month and year. A day that the month does not have ("31 September") is one, too: it is a
 * slip. A year that is not told may become the next one, so that the day is soon to come. 0: it is none. */
int dt_date(const struct tks *, struct when *, struct assay_date published, struct figure *to);
/* 1: the number of the figure is part of a day: "59" of "59 March". */
int dt_part_of(const struct tks *, const struct when *, uint32_t whens, const struct figure *);
/* 0: no month and no day stands in the sentence. */
int dt_may_tell(const struct tks *);

#endif
