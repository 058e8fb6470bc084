/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands around a figure: clause, change, status, speaker, period, measured thing, names.
 */
#ifndef CLAIMS_FRAME_H
#define CLAIMS_FRAME_H

#include "figure.h"

struct range { /* tokens [begin, end) */
    uint32_t begin, end;
};

/* "BRUSSELS (Agency) - Inflation was", "MADRID.- El paro": the token behind the place it was written at, or 0. */
uint32_t fr_body(const struct tks *);
/* The clause round tokens [first, last): up to the nearest break on both sides. */
struct range fr_clause(const struct tks *, uint32_t first, uint32_t last);
/* The dash right before a figure that starts at token `first` (a relation word between), which stands for a verb: its
 * token; `first` where there is none. */
uint32_t fr_over_dash(const struct tks *, uint32_t first);
/* 1: the word of change at token i only says more of the noun behind it, a verb of change being before both. */
int fr_modifies(const struct tks *, uint32_t i, uint32_t low, uint32_t first);
/* Marks where clauses break: to be called once, before the functions below. */
void fr_prepare(struct tks *);
/* Fills change, relation, status of figure k of n, all of one sentence, in order. */
void fr_change(const struct tks *, struct figure *figures, uint32_t n, uint32_t k);
void fr_status(const struct tks *, struct figure *);
/* Hands the direction of a change that is told once to the other figures it is told of. (once.c) */
void fr_told_once(const struct tks *, struct figure *figures, uint32_t n);
/* The end of a second change whose verb was told before: "from 8 to 12 pounds, and a monthly pass to 480". (once.c) */
void fr_end_once(const struct tks *, struct figure *figures, uint32_t n);
/* Hands unit, scale, noun and direction from one figure of a sentence to another: "from 2 to 3 billion", "45 of 310
 * stores". */
void fr_share(const struct tks *, struct figure *figures, uint32_t n);
/* What is said of a figure holds for the one that tells it again, "or 9 cents a share". (restated.c) */
void fr_restated(const struct tks *, struct figure *figures, uint32_t n);
/* 1: the clause of token i speaks of what is to come (forecast or target). */
int fr_ahead(const struct tks *, uint32_t i);

struct speaker {
    struct range at;
    uint32_t verb; /* token that says so */
    uint32_t sure; /* 2 a source phrase, or somebody with a name or title, 0 only an expectation */
    uint32_t from;       /* figures before this token are not theirs */
};
/* Those who speak in the sentence, at most `most`; and the one figure f is said by (begin == end: nobody). */
uint32_t fr_speakers(const struct tks *, const struct figure *figures, uint32_t n, struct speaker *to, uint32_t most);
struct range fr_speaker(const struct tks *, const struct speaker *, uint32_t count, const struct figure *f);

/* A period the text speaks of: tokens, and first and last day as dates of reduced precision (year 0: open). */
struct when {
    struct range at;
    struct assay_date from, to;
    uint32_t anchored; /* 1: says its year itself, or was resolved */
    uint32_t said;    /* the day of the report */
    uint32_t against; /* what is compared with */
    uint32_t record;  /* "the lowest since" */
    uint32_t now;     /* a word such as "now", of its own clause only */
};
/* Finds the periods of a sentence, at most `most`; published.year 0: not known. */
uint32_t wh_find(const struct tks *, struct assay_date published, struct when *to, uint32_t most);
/* Drops periods that are figures ("1600 people"), then figures that are part of a period ("the first half of 2023").
 * Sets *whens, gives how many figures are left. (choose.c) */
uint32_t wh_drop(const struct tks *, struct figure *figures, uint32_t n, struct when *, uint32_t *whens);
/* Copies a figure that has a room of its own for texts. (choose.c) */
void wh_move(struct figure *to, const struct figure *from);
/* Copies the one figure k speaks of. 0: there is none. (choose.c) */
int wh_choose(const struct tks *, const struct when *, uint32_t n, const struct figure *figures, uint32_t count,
              uint32_t k, struct when *to);

/* The counted noun after a figure (sets counted, counted_end). */
void th_counted(const struct tks *, struct figure *);
/* "two 13-year-old boys": what figure f counts stands behind the age that figure f + 1 is; else nothing is done. */
void th_counted_aged(const struct tks *, struct figure *f);
/* A verb, in languages whose plurals never end so: "23 siguen". */
int th_uncounted(const struct tks *, uint32_t i);
/* Steps from a figure to the words it may count: over "of", "de", "of the". */
uint32_t th_over_small(const struct tks *, uint32_t i);
/* The relative clause (", which ... ,") token i stands in; begin == end: none. */
struct range fr_relative(const struct tks *, uint32_t i);
/* Marks the tokens of the figures, whose spans are settled, and of long periods, which are measured by nothing: to be
 * called before th_measured. */
void th_mark(struct tks *, const struct figure *figures, uint32_t n, const struct when *, uint32_t whens);
/* The measured thing, which `speaker` is only where nothing else stands there; begin == end: none. *verb: a token whose
 * stem belongs to it (a verb), or ASSAY_NEVER. */
struct range th_measured(const struct tks *, const struct figure *figures, uint32_t n, uint32_t k, struct range speaker,
                         uint32_t *verb);
/* Names of the sentence; at most `most`. */
uint32_t th_names(const struct tks *, struct range *to, uint32_t most);
/* 0: the token is a word that may be a noun, such as a form of a verb ("un élève sur dix"), where its place says so. */
static inline int np_small(const struct tks *s, uint32_t i)
{
    const uint64_t small = (uint64_t)1 << OF_PREPOSITION | (uint64_t)1 << OF_CONJUNCTION | (uint64_t)1 << OF_PRONOUN |
                           (uint64_t)1 << OF_ARTICLE | (uint64_t)1 << OF_OTHER;
    return s->at[i].kind != TK_WORD || s->at[i].mask & (LX_BIT(LX_JOIN) | LX_BIT(LX_OF) | LX_BIT(LX_CARDINAL)) ||
           (s->at[i].mask & LX_BIT(LX_WORD) && s->at[i].words & small);
}
/* Nouns have articles and a plural, and neither capitals, cases nor adjectives behind them. */
static inline int th_english_like(const struct tks *s)
{
    const struct lx *lx = s->lx;
    return lx->plural[0] && !lx->noun_after && !lx->noun_capital && !lx->suffixed && !lx->inverted[0];
}
/* 1: the token is a word with a meaning of its own. */
int th_content(const struct tks *, uint32_t i);

/* "•", "·", "|": what parts the items of a list inside a line. */
static inline int fr_bullet(const struct tk *t)
{
    return t->kind == TK_SIGN && (t->cp == 0x2022 || t->cp == 0x2023 || t->cp == 0x25aa || t->cp == 0x25cf ||
                                  t->cp == 0x25a0 || ((t->cp == 0xb7 || t->cp == 0x2219 || t->cp == '|') && t->space));
}

#endif
