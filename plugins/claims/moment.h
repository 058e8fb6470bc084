/* SPDX-License-Identifier: Apache-2.0
 *
 * Days, clock times and decades that no month and no colon gives away, and set phrases: the words around the number
 * tell.
 */
#ifndef CLAIMS_MOMENT_H
#define CLAIMS_MOMENT_H

#include "figure.h"

/* The token after the decade whose number is `f` ("les années 90", "90-х", "90’larda"), 0: it is none. */
uint32_t mo_decade(const struct tks *, const struct figure *f);
/* Whether the ordinal f is a day: "к 21-му", "na sexta". */
int mo_day(const struct tks *, const struct figure *f);
/* The token after the clock time that the finished figure f is ("8 heures 20 du soir", "5 minuti alle 4"), 0: none. */
uint32_t mo_clock(const struct tks *, const struct figure *f);
/* Steps from the end of a clock time over minutes and day: "und 12", "e 30 min", "del 15". */
uint32_t mo_tail(const struct tks *, uint32_t p);
/* The token after a set phrase that the number word is part of ("in the first place", "во-первых"), 0: there is
 * none. */
uint32_t mo_phrase(const struct tks *, const struct figure *f);
/* "one day and six hours": what may be a phrase elsewhere and ends before p is a part of a duration. */
int mo_part_of_sum(const struct tks *, uint32_t p);
/* "hora y media de": the half at i is one of the unit before it, and no "average of". */
int mo_half_of_unit(const struct tks *, uint32_t i);
/* Whether the short numeral f is a day that no month and no ordinal gives away: "Pazar 31'inde", "el 22 a las 5". */
int mo_loose_day(const struct tks *, const struct figure *f);
/* Whether the range f is one of hours or days: "entre 3 y 5 el martes", "du 4 au 23 le mois prochain". */
int mo_range(const struct tks *, const struct figure *f);

#endif
