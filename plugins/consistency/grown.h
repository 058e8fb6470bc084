/* SPDX-License-Identifier: Apache-2.0
 *
 * Counts that grow while a story develops, and who wrote first.
 */
#ifndef CONSISTENCY_GROWN_H
#define CONSISTENCY_GROWN_H

#include "relate.h"

/* < 0: a was published before b; > 0: after it; 0: on one day, within an hour where both tell the time, or it is not
 * known. */
int figures_order(const struct figure *a, const struct figure *b);
/* 1 where the text that was published later gives the larger number. */
int figures_more_later(const struct figure *a, const struct figure *b);
/* "At least 41 dead", and 63 two days later: both are true, and the count has grown by more than a bound leaves open.
 * `flags`: of the concepts that both are about. */
int figures_grown(const struct figure *a, const struct figure *b, uint32_t flags);
/* "At least 41" and 44, or "at least 44", of one day: as of another hour. A slip of digits is none. */
int figures_of_other_hours(const struct figure *a, const struct figure *b, uint32_t flags);
/* 1 where the later count is the lower one by more than a correction: another way of counting, or some of them. */
int figures_fallen(const struct figure *a, const struct figure *b, uint32_t flags);
/* 1 where the later text counts what was long before the earlier one was published: no newer state of it. */
int figures_look_back(const struct figure *a, const struct figure *b);
/* Counts of one day that grow by the hour, as one told as "more than" or two of fifteen and more: nobody knows which is
 * the later one. */
int figures_in_flux(const struct figure *a, const struct figure *b, uint32_t flags);

/* 1: "in summer", the three months that it is counted as. No two texts mean the same days by it. */
int figure_season(const struct figure *);
/* 1 where both speak of one period of more than a week, and of no season, that was over before either was published:
 * what is counted grows no more. */
int figures_of_closed_period(const struct figure *a, const struct figure *b);
/* 1 where the texts say on what day it was, before they were published, and say two days, with more than a night
 * between: two events. */
int figures_of_two_days(const struct figure *a, const struct figure *b);

#endif
