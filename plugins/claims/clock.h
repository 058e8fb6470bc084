/* SPDX-License-Identifier: Apache-2.0
 *
 * Clock times without a colon; those with one are shapes (shape.h), those of set phrases in moment.h.
 */
#ifndef CLAIMS_CLOCK_H
#define CLAIMS_CLOCK_H

#include "figure.h"

/* The token after the clock time the number starts (5 pm, 15 Uhr, 7 to 7:30), 0: it is none. */
uint32_t ck_time(const struct tks *, const struct figure *f);
/* Whether the finished figure is a time of day: "a las 7", "saat 21", "в 7 часов". */
int ck_at(const struct tks *, const struct figure *f);
/* The token after the time of day f, or after the span that it starts: "sabah 8-9 arası", "at 5 to 7". */
uint32_t ck_span(const struct tks *, const struct figure *f);

/* "2:35 Stunden", "1:58:21 hours", "10:45 minutes": what has the shape of a time of day and lasts so long. 1: f
 * has it, in the least of its units. */
int ck_lasts(const struct tks *, uint32_t i, struct figure *f);

/* "2h30 de retard": hours and minutes of something; p is the token of the hour. */
int ck_hours_of(const struct tks *, uint32_t p);

#endif
