/* SPDX-License-Identifier: Apache-2.0
 *
 * The steps from a number to a quantity: measure.c and behind.c (unit, currency), cents.c, per.c, age.c, fold.c
 * (multiples and shares), bound.c, start.c (where one may be), quantity.c (one of them), range.c (two of them).
 */
#ifndef CLAIMS_QUANTITY_H
#define CLAIMS_QUANTITY_H

#include <string.h>

#include "figure.h"

struct found {
    const struct lx_meaning *unit;
    uint32_t begin, end;
};

static inline int qt_is_unit(const char *unit, const char *name)
{
    return unit && unit[0] == name[0] && !strcmp(unit, name);
}
/* Of temperature, or of an angle: their smaller value may stand second. */
static inline int qt_is_degree(const char *unit)
{
    return qt_is_unit(unit, "degree") || qt_is_unit(unit, "celsius") || qt_is_unit(unit, "fahrenheit");
}
/* Whether a currency does not say whose: "$", "dollars", "pesos", "kr" alone; "US$", "USD" and "Swiss francs" do.
 * (measure.c) */
int qt_plain(const struct tks *, const struct found *);
/* The kind of a quantity of the unit. */
uint32_t qt_kind_of_unit(const char *unit);
/* Years and longer: they are told and compared ("18 years ago", "in 15 years"); days and hours only say when. */
int qt_years(const char *unit);
/* Halves and lesser units behind the unit: "tres años y medio", "3 hours 20 minutes", "5 ft 11". (parts.c) */
void qt_parts(const struct tks *, const struct habit *, struct figure *);
/* "5'8\"". 1: f has the height. (parts.c) */
int qt_signs_of_height(const struct tks *, struct figure *);
/* How many of a lesser unit a greater one is, where that is a whole number; 0: it is none. (parts.c) */
int qt_ratio_of(const struct tks *, const char *greater, const char *lesser, struct assay_decimal *ratio);
/* A unit before the number: "an hour and twenty minutes", "hora y media", «километров сорок». (parts.c) */
void qt_unit_before(const struct tks *, struct figure *, uint32_t floor);
/* Tells a figure by what another one, which has a `per`, is told by. (per.c) */
void qt_take_per(struct figure *to, const struct figure *from);
/* 1 where a round number of a measure at p is what a figure before it is told by: "/100g", "per 100 ml". (per.c) */
int qt_told_by(const struct tks *, uint32_t p);
/* Whether an amount ends before token i, so that a unit there is a rate: "5 cents a litre". */
int qt_behind_amount(const struct tks *, uint32_t i);
/* Whether what stands at `end` can neither be counted by a number before it nor be its unit. (cents.c) */
int qt_closes(const struct tks *, uint32_t end);
/* "an hour and a half" from token i on. */
int qt_and_half(const struct tks *, uint32_t i, struct figure *);
/* "a kilogram of gold", "over a tonne" from token i on. */
int qt_a_unit(const struct tks *, uint32_t i, struct figure *);
/* Tokens of a bound told between number and unit ("40 с лишним процентов", "20-odd years"); 0: none. */
uint32_t qt_beyond(const struct tks *, const struct figure *);
/* "1 m 80": metres and bare centimetres, the unit at token i. (behind.c) */
int qt_height_at(const struct tks *, uint32_t i, const struct figure *);
/* The unit or currency after the number, tokens [begin, end). (behind.c) */
int qt_unit_after(const struct tks *, const struct figure *, struct found *);
/* Sets unit, kind, first, last, per; joins minor and compound units. */
void qt_read_unit(const struct tks *, const struct habit *, struct figure *, uint32_t floor);
/* Takes the parts a currency is told in out of its key ("GBP/100", "USD*6") into unit and value of `to`. (cents.c) */
void qt_minor(struct figure *f, const char *key, struct figure *to);
/* Whether hundredths of the key "USD/100?EUR" may be of the currency. */
int qt_has_parts(const char *parts, const char *currency);
/* Adds the hundredths told behind an amount without their name: "20 dollars 43", or, `length`, "1 metre 85".
 * (cents.c) */
int qt_hundredths(const struct tks *, const struct habit *, struct figure *, int length);
/* Adds a scale or parts of the currency `major` that stand behind its amount ("5 euros 20 cents"). (cents.c) */
void qt_add_minor(const struct tks *, const struct habit *, struct figure *, const char *major);
/* A rate told before the figure: "jährlich 4 Millionen", "every year some 300". (per.c) */
void qt_per_ahead(const struct tks *, struct figure *, uint32_t floor);
/* Units with a negative exponent divide: "7 km s −1". (per.c) */
void qt_inverse(const struct tks *, struct figure *);
/* Makes unit and per one unit, where it is known. */
void qt_speed_of(const struct tks *, struct figure *);
/* Sets bound, first, last; words before `floor` belong to earlier figures. */
void qt_read_bound(const struct tks *, struct figure *, uint32_t floor);
/* The same of a bound behind what is counted, for figures that have none. */
void qt_bound_behind(const struct tks *, struct figure *);
/* ASSAY_BOUND_ of a word of bounds. */
uint32_t qt_bound_of(uint32_t of);
/* The same for a mark that is passed: "crossed the mark of 3,000". 1: it is one. (threshold.c) */
int qt_threshold(const struct tks *, struct figure *, uint32_t floor);
/* 1: the word at i, found as a phrase of so many tokens, is a verb such as "exceeded". */
int qt_exceeds(const struct tks *, uint32_t i, uint32_t length);
/* "more than 10 and less than 20": f becomes one range. (sided.c) */
void qt_two_sided(const struct tks *, const struct habit *, struct figure *, uint32_t *skip);
/* "30 ± 10 years": about the first. 1: it is so. (sided.c) */
int qt_tolerance(const struct tks *, const struct habit *, struct figure *, uint32_t *skip);
/* "10 × 20 mm", "12 by 30 metres": a, right before b, has the unit of b, where both are sides of a thing. (side.c) */
void sd_share(const struct tks *, struct figure *a, struct figure *b);
/* "under-16s", "the over 65s": 1: f is the age. (age.c) */
int qt_age_group(const struct tks *, struct figure *, uint32_t floor);
/* "4.5/5", "rated 8 out of 10": 1: f is the mark, its span with the most there is. (rating.c) */
int qt_rating(const struct tks *, struct figure *);
/* A unit in brackets: "12 (km)", "Height (m): 1.85". (bracketed.c) */
void qt_bracketed(const struct tks *, struct figure *);
/* "(in thousands)": 1: the figure is no claim but the scale of others. */
int qt_scale_of_label(const struct tks *, const struct figure *);
/* "7- or 8-inch": 1: f has its unit now. (sided.c) */
int qt_hanging(const struct tks *, const struct habit *, struct figure *);
/* Copies a key into a room of 64 bytes; cut where it is longer. */
void qt_put(char *room, const char *key);
/* "A-per-B" in a room of 64 bytes; 0: it does not fit, and nothing is put there. */
int qt_join(char *room, const char *a, const char *b);
/* Makes the figure an age, where it is one. */
void qt_age(const struct tks *, struct figure *);
/* "Mehmet Kaya (40)": the number at token i is the age of the two names before its bracket. */
int qt_aged_name(const struct tks *, uint32_t i);
/* The multiple that is one word or phrase from token i on ("tripled", "twice as big"); 0: there is none. */
int qt_multiple_word(const struct tks *, uint32_t i, struct figure *);
/* Makes the figure a multiple ("14.5-fold") or a share ("one in five"), where it is one. */
void qt_fold_after(const struct tks *, struct figure *);
/* part / whole, two whole numbers of at most nine digits; 0: they are something else. (fold.c) */
int qt_share(const struct assay_decimal *part, const struct assay_decimal *whole, struct assay_decimal *to);
int qt_ratio(const struct tks *, const struct habit *, struct figure *);
/* A word that starts a quantity has one of these classes, or is an article. */
#define QT_STARTERS (LX_TRIGGERS | LX_BIT(LX_SIGN))
/* Quick: 0 where qt_starts says no for certain. */
static inline int qt_may_start(const struct tk *t)
{
    return t->kind == TK_NUMBER || t->use & LX_COUNTS || t->mask & LX_BIT(LX_SIGN) || t->words >> OF_ARTICLE & 1 ||
           (t->kind == TK_SIGN && (t->cp == '-' || t->cp == 0x2013));
}
/* Quick: 1 where token i is an article and nothing else, before a word that neither counts nor is a unit. */
static inline int qt_bare_article(const struct tks *s, uint32_t i)
{
    const uint64_t counts = LX_TRIGGERS | LX_BIT(LX_UNIT) | LX_BIT(LX_CURRENCY);
    const struct tk *t = s->at + i, *next = t + 1;
    return t->words >> OF_ARTICLE & 1 && t->kind == TK_WORD && !t->compound && !(t->mask & QT_STARTERS) &&
           t->hits == 1 && t->hit[0].length == 1 && i + 1 < s->count && next->kind == TK_WORD && !next->compound &&
           !(next->mask & counts);
}
/* Whether a unit at token i stands by a bound or a half, in a language without articles: "более километра", "час с
 * лишним", "час с половиной". */
static inline int qt_bare(const struct tks *s, uint32_t i)
{
    return s->lx->inverted[0] && s->at[i].mask & LX_BIT(LX_UNIT) &&
           ((i && s->at[i - 1].ends & LX_BIT(LX_BOUND)) || tk_has(s, i + 1, LX_BOUND_AFTER) ||
            (tk_has(s, i + 1, LX_POINT) && tk_has(s, i + 2, LX_FRACTION)));
}
/* What makes a figure of an article that is also the word for one ("un"), before it. */
#define QT_BEFORE_ONE (LX_BIT(LX_BOUND) | LX_BIT(LX_SIGN) | LX_TRIGGERS)
/* Whether token i is such an article and nothing else. (start.c) */
int qt_article_one(const struct tks *, uint32_t i);
/* Whether the token leaves an article before it one. */
static inline int qt_behind_article(const struct tk *t)
{
    const uint64_t idle = LX_BIT(LX_CHANGE) | LX_BIT(LX_STATUS) | LX_BIT(LX_SPEECH) | LX_BIT(LX_TITLE) |
                          LX_BIT(LX_COUNTRY) | LX_BIT(LX_MARK) | LX_BIT(LX_QUALITY) | LX_LEADS;
    return t->kind == TK_WORD && !(t->mask & ~idle) && !t->compound;
}
/* Whether a quantity may start at token i. */
int qt_starts(const struct tks *, uint32_t i);
/* 1: it says so, but for an article, a dash or a "more" that belongs to no number. */
int qt_idle(const struct tks *, uint32_t i);
/* One quantity without range and bound; 0: none, *skip says where to go on. */
int qt_one(const struct tks *, const struct habit *, uint32_t i, uint32_t floor, int joined, struct figure *,
           uint32_t *skip);

/* "from 2 to 3 billion": the scale told once is that of both. */
void qt_share_scale(struct figure *a, const struct figure *b);

#endif
