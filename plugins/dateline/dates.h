/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates in a line of text.
 */
#ifndef DATELINE_DATES_H
#define DATELINE_DATES_H

#include <assay/kit/date.h>

#include "names.h"

/* What a date of three numbers with slashes or hyphens is, where none of them is above 12. */
enum { ORDER_UNKNOWN, ORDER_DAY_FIRST };

/* A date at piece i, of day, month and year; with `no_year` also one of day and month alone (year 0). With the weekday
 * and the time of day around it. Gives where it ends; 0: none is there. */
uint32_t date_at(const struct names *, const struct line *, uint32_t i, int order, int no_year, struct assay_date *);
/* The same without weekday and time, and with any one sign or none between its parts, as files are named. */
uint32_t date_named(const struct names *, const struct line *, uint32_t i, struct assay_date *);
/* 1: such a day exists, in a year that texts are from. */
int date_valid(struct assay_date, int32_t first_year);

#endif
