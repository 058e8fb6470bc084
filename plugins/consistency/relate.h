/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules: two figures that speak of the same thing -> a verdict, the rule that says so, and a sentence for people.
 * Pure: no host, no lexicon look-up beyond part-of, no floating point in what decides.
 */
#ifndef CONSISTENCY_RELATE_H
#define CONSISTENCY_RELATE_H

#include <stdint.h>

#include <assay/field.h>
#include <assay/kit/buf.h>
#include <assay/kit/decimal.h>
#include <assay/layers/claim.h>
#include <assay/layers/finding.h>

#include "concept.h"
#include "interval.h"
#include "terms.h"

#define DAY_OPEN_BEGIN INT64_MIN
#define DAY_OPEN_END INT64_MAX

/* A claim, distilled. Texts are borrowed. */
struct figure {
    uint32_t kind, bound, change, relation, has_relation, status; /* enums of layers/claim.h */
    struct assay_text unit, base_unit, per, counted;
    struct assay_decimal value, high, base; /* high: bound range; base: value in base_unit */
    struct assay_decimal base_high;
    uint32_t has_base;
    struct assay_decimal other; /* the other reading of an ambiguous separator */
    uint32_t has_other;
    uint32_t also;              /* another concept it may be about, or CONCEPT_NONE */
    uint32_t thing;             /* concept of the noun counted, or CONCEPT_NONE */
    uint32_t rest, age;         /* 1: "others"; 1: an age */
    uint32_t so_far;            /* 1: "so far" */
    uint32_t whole;             /* 1: all of those of whom another figure counts some */
    uint32_t name;              /* 1: of source text, or part of a name: never to be set against another */
    uint32_t when;              /* 1: a length of time that only says when: told alike in translations alone */
    uint32_t self, record;      /* 1: "and himself"; 1: of all times ("ever") */
    uint32_t who[PERSON_WORDS]; /* an age: whose (person.h) */
    uint64_t aspects;           /* sides of contrasts by it: median, net, capacity (concept.h) */
    uint32_t hedged;            /* 1: the bound is that of another mention in its text */
    uint32_t near;              /* 1: the words of `concept` stand next to it */
    uint32_t included;          /* 1: "including" it: a part of the figure before */
    uint32_t refuted, rights;   /* 1: its text disputes it; sets another one right */
    uint32_t concept, part;     /* CONCEPT_NONE where unknown; part: 1: said to be one part of it ("of them, 4 ...") */
    uint32_t has_time;
    int64_t from, to;           /* days since 1970, inclusive; DAY_OPEN_* */
    uint32_t has_published;
    int64_t published, published_last;
    int64_t moment;             /* of the publication (kit/moment.h) */
    uint32_t permille;          /* 0..1000: confidence of the extraction */
    struct assay_text text;     /* as written */
    struct assay_text speaker;  /* who says so, as written; empty: the text itself */
    struct assay_text measured; /* the words of what is measured; empty where unknown */
    struct assay_text time;     /* as written */
    struct assay_text source;   /* publisher, else the document's id */
    struct assay_text language;
};

struct relate_options {
    const struct concepts *concepts;
    uint32_t tolerance; /* millionths of the larger value */
    /* 1: the two sentences say the same (a translation, a copy): extraction noise is likelier than scope; 2: so do
     * the whole texts, in one order */
    uint32_t aligned;
    uint32_t one; /* 1: their text says that they are of one thing, however far apart */
};

struct relation {
    uint32_t verdict; /* enum assay_verdict */
    const char *rule;
    uint32_t hint, has_hint; /* index into ASSAY_HINTS */
    uint32_t gap;            /* millionths */
    uint32_t unsure;         /* 1: period or scope unknown, so that severity is capped */
    uint32_t odd;            /* 1: compatible, but a bound this far away is unusual */
    uint32_t one;            /* 1: both texts tell it of one quantity (relate_options.one) */
};

/* ---- compare.c: can the two be set against each other, and what does each allow ---- */

/* 1 where the two can be compared at all: same kind of quantity, units of one dimension, same currency. */
int figures_comparable(const struct figure *a, const struct figure *b);
/* 1 where one of them is a bare number and the other a length of time: comparable only in sentences that say the
 * same. */
/* 1 where one is told in points and the other is a share of another size: "by 75 basis points", "a rate of 15.25 %". */
int figures_step_and_level(const struct figure *, const struct figure *);
int figures_nearly_comparable(const struct figure *a, const struct figure *b);
/* 1 where the numbers are equal but units are not, or one has none: most often one text leaves the unit to the
 * reader. */
int figures_loosely_same(const struct figure *a, const struct figure *b);
/* 1 where their units are of one dimension, but not the same. */
int figures_need_base(const struct figure *a, const struct figure *b);
/* 1 where both are said without a bound. */
int figures_exact(const struct figure *a, const struct figure *b);
/* 1 where both give one number, or one range, in base units where they need them; whatever bound stands before it. */
int figures_equal(const struct figure *a, const struct figure *b);
/* 1 where they differ in their sign only: "fell by 5 %", "-5 %". */
int figures_opposed(const struct figure *a, const struct figure *b);
/* 1 where both read as the same number, with the same bound and unit: they stand in one value. */
int figures_same(const struct figure *a, const struct figure *b);
/* What the figure strictly allows, what is usually meant by it, the number alone; in base units where `base` is set. */
void figure_interval(struct interval *, const struct figure *, int base);
void figure_usual(struct interval *, const struct figure *, int base);
void figure_point(struct interval *, const struct figure *, int base);
int figure_percent_like(const struct figure *);
/* 1 where it is written with a digit. */
int figure_in_digits(const struct figure *);

/* 1: "dozens", a number in words that says no more than its size. */
int figure_vague(const struct figure *);
/* How much the value says by itself: 0: nothing; 1: one digit of a length of time; 2: two digits, an age; 3: two digits
 * of more than a thousand or of a sum or dimension, or three. */
uint32_t figure_exactness(const struct figure *);

/* ---- relate.c ---- */

/* The verdict. 0: not comparable, *to untouched. */
int relate(struct relation *to, const struct figure *a, const struct figure *b, const struct relate_options *);
/* 1 where both count things, in one language, and name different ones. */
int figures_count_others(const struct figure *a, const struct figure *b);
/* 1 where one noun is counted, one text leaves out what happened, and the number is the same or a slip of it: "148
 * cyclists", "184 cyclists died". */
int figures_one_thing(const struct figure *a, const struct figure *b);
/* 1 where as many of one kind are counted, whatever they did: "220 volunteers poured water", "220 volunteers help". */
int figures_one_noun(const struct concepts *, const struct figure *a, const struct figure *b);
/* 1 where the words beside both say that they are of one measure, or count one kind of thing. */
int figures_told_as_one(const struct relate_options *, const struct figure *a, const struct figure *b);
/* 1 where both are told of a time, and of one. */
int figures_same_period(const struct figure *a, const struct figure *b);
/* 1 where what they may be about has something in common, or nothing is known. */
int figures_share_concept(const struct figure *a, const struct figure *b);

/* 0: a day that its month does not have: "31 September". (rule_date.c) */
int date_exists(const struct figure *);

/* ---- hint.c, explain.c, words.c ---- */

/* Sets the hint where a slip of a digit, scale or unit explains the difference. */
void relation_hint(struct relation *, const struct figure *a, const struct figure *b);
/* 1 where two digits next to each other are swapped, of three or more before the point: a slip rather than a count that
 * grew. */
int figures_swapped(const struct figure *a, const struct figure *b);
/* The same, and of two digits, too ("2.4", "4.2"; "13", "31"). */
int figures_swapped_few(const struct figure *a, const struct figure *b);
/* The explanation of `relation` as one English sentence, with both figures and sources. */
void relate_explain(struct assay_buf *, const struct relation *, const struct figure *a, const struct figure *b,
                    const struct relate_options *);
/* The title of a concept, or its key as words. */
void say_named(struct assay_buf *, const struct concept *);
/* On one line, at most `most` bytes, cut between characters and then with an ellipsis. */
void say_plain(struct assay_buf *, struct assay_text, uint64_t most);
/* 1 where the figure's own text leaves out the unit that it has from the head of a table; its value with it. */
int told_bare(const struct figure *);
void say_value_of(struct assay_buf *, const struct figure *);
/* A publisher, or where there is none a document's id: of a long path the last folder and the file. */
void say_who(struct assay_buf *, struct assay_text name);

#endif
