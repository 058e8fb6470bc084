/* SPDX-License-Identifier: Apache-2.0
 *
 * A figure while it is being read, and the steps that read it. All work on one piece of a text (a sentence).
 */
#ifndef CLAIMS_FIGURE_H
#define CLAIMS_FIGURE_H

#include <stdint.h>

#include <assay/kit/date.h>
#include <assay/kit/decimal.h>
#include <assay/layers/claim.h>

#include "token.h"

/* What the document itself shows about its separators; counts of forms that admit one reading only. */
struct habit {
    uint32_t comma_decimal, dot_decimal, comma_group, dot_group;
    uint32_t comma_sure, dot_sure;       /* of the decimals those that are no day, hour or list either: 7.85, 2.5 % */
    uint32_t comma_precise, dot_precise; /* of the decimals those of three digits and more */
};

#define FG_WORDS 1u      /* number words */
#define FG_DIGITS 2u
#define FG_SCALED 4u
#define FG_VAGUE 8u      /* "dozens" */
#define FG_ORDINAL 16u
#define FG_MULTIPLE 32u
#define FG_FRACTION 64u
#define FG_ONE 128u      /* the bare word for one: a number only where something says so */
#define FG_YEAR 256u     /* looks like a year */
#define FG_RATIO 512u    /* one in five */
#define FG_GLUED 1024u   /* glued to letters before it */
#define FG_HALF 2048u
#define FG_PLAIN 4096u   /* a currency of no named country: dollars, pesos */

struct figure {
    struct assay_decimal value, high, other; /* other: the reading of an ambiguous separator not taken */
    /* of a plain number with one scale: value = bare * scale; of a share: the whole */
    struct assay_decimal bare, scale;
    uint32_t has_scale;
    uint32_t first, last;   /* tokens [first, last) with bound, currency, unit */
    uint32_t number, after; /* tokens [number, after) of the number alone */
    uint32_t has_high, has_other, flags;
    uint32_t kind, bound, change, relation, has_relation, status;
    const char *unit;       /* CLDR or ISO 4217, NULL: none */
    const char *family;     /* of a currency without a code: "crowns", NULL: none */
    const char *parts;      /* key of the hundredths, where the document says of which currency, else NULL */
    uint32_t minor;         /* the unit was told in tenths ^ this: 2 in "24.9 cents" */
    const char *per;        /* key, NULL: none */
    char unit_room[64], per_room[64];
    uint32_t per_begin, per_end; /* tokens of the per phrase */
    const struct lx_meaning *why; /* the line that decided most */
    uint32_t counted, counted_end; /* tokens of the counted noun; equal: none */
    uint32_t confidence;    /* percent */
    uint32_t age;
    uint32_t again; /* says in other words what the figure before does: "$3 million, or 8 cents a share" (restated.c) */
};

/* The figure says by how much, from or to what something changed, and which way. */
static inline void fg_relate(struct figure *f, uint32_t relation, uint32_t change)
{
    f->has_relation = 1;
    f->relation = relation;
    f->change = change;
}

/* Reads the number at token i (no unit, no bound). 0: there is none. `joined` 0: "and" does not continue it. */
uint32_t nb_read(const struct tks *, const struct habit *, uint32_t i, int joined, struct figure *);
/* Counts what the text shows about separators. */
void nb_habit(struct habit *, const char *text, uint64_t size);
/* 19xx, 20xx. */
int hb_year(const char *four_digits);
/* A numeral, and the other reading of its separator, where there is one. */
struct numeral {
    struct assay_decimal value, other;
    uint32_t has_other, confidence;
};
/* Reads the numeral of a token; `scaled`: a scale follows. 0: no number, as 1,2,3. */
int nm_read(const struct tks *, const struct habit *, const struct tk *, int scaled, struct numeral *);
/* Whether a point stands before the numeral, as in ".25". */
int nm_leads(const struct tks *, const struct tk *);
void nm_divide(uint64_t a, uint64_t b, struct assay_decimal *to);
/* An exponent after the number: 1.99×10−30, 1e6, 1.1^23; the token after it, i where there is none. */
uint32_t nm_power(const struct tks *, uint32_t i, struct figure *);
/* A glued hyphen at i is stepped over. */
static inline uint32_t nb_hyphen(const struct tks *s, uint32_t i)
{
    return tk_sign(s, i, '-') && !s->at[i].space && i + 1 < s->count && !s->at[i + 1].space ? i + 1 : i;
}

/* Reads the whole quantity whose number may start at token i; tokens before `floor` belong to earlier figures.
 * 0: there is none. *skip: the first token where the next may start, also where there is none. */
int qt_read(const struct tks *, const struct habit *, uint32_t i, uint32_t floor, struct figure *,
            struct figure *second, uint32_t *skip);

/* Reads the per phrase at token `at`, where the figure (or what it counts) ends. */
void qt_per(const struct tks *, struct figure *, uint32_t at);
/* The same behind what is measured: "1.2 GWh of electricity a year". */
void qt_per_behind(const struct tks *, struct figure *);

/* Base unit and factor of a unit (units.cfg); 0: none. */
struct units;
struct units_entry {
    const char *unit, *base;
    struct assay_decimal factor, offset;
};
assay_status un_load(const struct assay_host *, struct units **);
const struct units_entry *un_find(const struct units *, const char *unit);
/* Whether units.cfg has the unit, or all parts of A-per-B; whether it has the currency that `code` starts with. */
int un_known(const struct units *, const char *unit);
int un_currency(const struct units *, const char *code);
void un_free(struct units *);

#endif
