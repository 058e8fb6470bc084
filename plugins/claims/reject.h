/* SPDX-License-Identifier: Apache-2.0
 *
 * What looks like a figure and is none. A function of type uint32_t gives the token after such a thing, 0 where the
 * number is something else; one of type int whether it is one. `unit`: a unit or currency stands by the number.
 */
#ifndef CLAIMS_REJECT_H
#define CLAIMS_REJECT_H

#include "figure.h"

/* All that follows in its order: a date, clock time, score, code, reference, name ... (reject.c). The number in `f` was
 * just read and has no unit yet. */
uint32_t rj_shape(const struct tks *, const struct figure *f, int unit);
/* 5 May, 5 мая 2020 года, May 5-7; dates whose month stands elsewhere or is none; "2017 trimestre 1" (date.c). */
uint32_t rj_date(const struct tks *, const struct figure *f);
uint32_t rj_loose_date(const struct tks *, const struct figure *f);
uint32_t rj_part_of_year(const struct tks *, const struct figure *f);
/* References, house numbers, variables (label.c). */
uint32_t rj_label(const struct tks *, const struct figure *f, int unit);
/* The token behind the list that the number before token `after` opens: "claims 1 to 3", "4, 5 and 6"; `after`: there
 * is none. (label.c) */
uint32_t rj_list_end(const struct tks *, uint32_t after);
/* Whether a dash or "to" and a number with a unit come after (label.c). */
int rj_range_unit(const struct tks *, uint32_t after);
/* T-72, Boeing 737; "S&P 500"; "2003b" (model.c). */
int rj_model(const struct tks *, const struct figure *f, int unit);
int rj_name_part(const struct tks *, const struct figure *f, int unit);
/* "near 8 Mile", "Three Mile Island": a unit in the singular with a capital is part of a name (model.c). */
int rj_unit_name(const struct tks *, const struct figure *f);
int rj_lettered(const struct tks *, const struct figure *f);

/* How many digits the number is of, at most seven, and nothing else; 0: something else. */
static inline int rj_digits(const struct tks *s, const struct figure *f, uint32_t *value)
{
    const struct tk *t = s->at + f->number;
    if (f->after != f->number + 1 || t->plain > 7)
        return 0;
    *value = (uint32_t)t->value;
    return t->plain;
}
/* Whether the plain number reads as a year. */
static inline int rj_year(const struct tks *s, const struct figure *f)
{
    uint32_t v;
    return rj_digits(s, f, &v) == 4 && v >= 1400 && v <= 2150;
}
/* 1: a whole number, at least 1 and at most `most`. */
int rj_small(const struct figure *f, uint32_t most);
/* The token after the suffix of an ordinal or a case that is glued to a numeral (5th, 5-го, 5'i, 5.); i: there is
 * none. */
uint32_t rj_suffix(const struct tks *, uint32_t i);
/* Whether token i is a year of two digits behind an apostrophe: "the class of '98", "in May '07". (date.c) */
int rj_short_year(const struct tks *, uint32_t i);
/* Whether the word at p measures what stands before it: a unit, and no preposition that is written like one ("on May 5 in
 * protest"). (date.c) */
int rj_measures(const struct tks *, uint32_t p);
/* 1: what stands at token p, behind a month and a number of two digits at most, is counted: "в июне 9 общин". */
int rj_counts(const struct tks *, uint32_t p);

#endif
