/* SPDX-License-Identifier: Apache-2.0
 *
 * Noun phrases of a piece, and the small words before them. The figures are marked already (th_mark).
 */
#ifndef CLAIMS_NOUN_H
#define CLAIMS_NOUN_H

#include "frame.h"

int np_in_figure(const struct tks *, uint32_t i);
/* A word for a day, month or period, which is measured by nothing. */
int np_is_time(const struct tks *, uint32_t i);
/* The phrase that starts at token i, of at most `most` words, goes on over "of": "number of people killed"; begin ==
 * end: none, or no noun in it. */
struct range np_read(const struct tks *, uint32_t i, uint32_t end, uint32_t most);
/* Whether an ending behind the number says that so many are of those told before: "310 asansörden 12'si". */
int np_part(const struct tks *, const struct figure *);
struct range np_leading(const struct tks *, uint32_t i, uint32_t end, uint32_t most);
/* Where heads come last: behind the phrase that a figure leads in and whose noun ends before token `end`, with the
 * heads that it belongs to: "iki polis maşını", "15 kişinin ölümü". */
uint32_t np_past_heads(const struct tks *, uint32_t end, uint32_t clause_end);
/* Whether the word ends in a case that says where, whence or whither, in languages of suffixes. */
int np_in_case(const struct tks *, uint32_t i);
/* Whether the word is an adjective, adverb or participle that measures nothing by itself: "great", "widely". */
int np_no_head(const struct tks *, uint32_t i);
/* The first noun phrase of [begin, end) that no preposition leads in and that is more than a name of a place or
 * time. */
struct range np_subject(const struct tks *, uint32_t begin, uint32_t end);
/* The last verb known between, or ASSAY_NEVER. */
uint32_t np_verb_between(const struct tks *, uint32_t begin, uint32_t end);
uint32_t np_over_articles(const struct tks *, uint32_t i, uint32_t end);
/* A preposition leads token i in, an article between or not. */
int np_led_in(const struct tks *, uint32_t i);
static inline int np_empty(struct range r)
{
    return r.end <= r.begin;
}
/* The subject of clause c, as far as the figure: of its last part, where that has a verb of its own. (subject.c) */
struct range np_of_clause(const struct tks *, const struct figure *, struct range c);
/* What a word of change beside the figure is told of. Empty: there is none, or its subject. (moved.c) */
struct range np_moved(const struct tks *, const struct figure *, struct range clause);
/* What a verb that tells of no change by itself brings to figure k: "taking the benchmark rate to". Empty: there is
 * none. (carried.c) */
struct range np_carried(const struct tks *, const struct figure *figures, uint32_t k);
/* The subject before what is put in between commas, behind which a verb stands: "Bus fares, frozen since 2022, will go
 * up by"; `begin`: where the clause begins. Empty: nothing is put in. */
struct range np_before_inserted(const struct tks *, const struct figure *, uint32_t begin);
/* The subject whose verb is told of the figure before only. Empty: there is none. */
struct range np_gapped(const struct tks *, const struct figure *figures, uint32_t k);
/* The subject of a clause that ends in a participle, where verbs stand last: "gölün derinliğinin 40 metre olduğunu".
 * Empty: there is none. */
struct range np_told(const struct tks *, const struct figure *, struct range clause);
/* Past the source that a sentence opens with: "According to the draft seen by this newspaper, ..."; else `begin`. */
uint32_t np_past_source(const struct tks *, uint32_t begin, uint32_t end);
/* Where verbs stand last, a participle that closes a clause told of the noun behind it: "21 gol atan futbolcu". */
int np_closes(const struct tks *, uint32_t i);
/* Whether the word ends as a participle that stands for a clause. */
int np_participle(const struct tks *, uint32_t i);
/* Whether it is a participle that opens a sentence. */
int np_opening(const struct tks *, uint32_t i);
/* Whether the word ends in a genitive, in languages of suffixes. */
int np_genitive(const struct tks *, uint32_t i);
/* The relation word ("by", "to", "from") before the figure; s->count: none. */
uint32_t np_relation_start(const struct tks *, const struct figure *);

/* Where figure and per phrase end; one behind a noun ("1.2 GWh of power a year") stands apart. */
static inline uint32_t fg_end(const struct figure *f)
{
    uint32_t end = f->counted_end > f->counted && f->counted_end > f->last ? f->counted_end : f->last;
    return f->per && f->per_begin <= end && f->per_end > f->last ? f->per_end : f->last;
}

/* 1: figure k is of the same thing as the one before, whose clause is the same or ended just before. (paired.c) */
int pd_with_last(const struct tks *, const struct figure *figures, uint32_t n, uint32_t k, struct range clause);
/* "Dos 513 deputados, 308 votaram": those counted before, with a verb of their own. (paired.c) */
int pd_same_people(const struct tks *, const struct figure *figures, uint32_t k);
/* What "of" behind the figure, whose words end before token `after`, says that it is so much of. Empty: nothing.
 * (ofphrase.c) */
struct range np_of_phrase(const struct tks *, const struct figure *, uint32_t after, struct range clause);
/* The noun behind the figure, whose words end before token `after`, that it measures. Empty: there is none.
 * (object.c) */
struct range np_behind(const struct tks *, const struct figure *, uint32_t after, struct range clause);
/* The noun phrase that one small word parts from the figure, no further left than token `low`. Empty: there is none.
 * (beside.c) */
struct range np_beside(const struct tks *, const struct figure *, uint32_t low);
/* The phrase with what stands before it over "of" and its article: "le loyer d'un studio". (subject.c) */
struct range np_with_owner(const struct tks *, struct range);
/* "tomates (12,98%)", "der Fußgänger (plus 19 Prozent)": the noun phrase before the bracket that the figure opens.
 * Empty: there is none. (subject.c) */
struct range np_bracketed(const struct tks *, const struct figure *);
/* "another 12", "ещё 42": of the same thing as the figure before. (paired.c) */
int pd_more_of_them(const struct tks *, const struct figure *figures, uint32_t k);
/* "a loss of 4.9 million dollars, or 98 cents a share": the same sum, told by the piece. */
int pd_or_each(const struct tks *, const struct figure *figures, uint32_t k);
/* "three women, aged 25, 32 and 51": an age told of those the one before it is told of. */
int pd_aged_too(const struct tks *, const struct figure *figures, uint32_t k);
/* "у Києві 3 мільйони глядачів, у Львові — 2 мільйони": of the same thing as the figure before. (paired.c) */
int pd_listed(const struct tks *, const struct figure *figures, uint32_t k);
/* "32 million passengers, 9% more": the thing counted before. (paired.c) */
int pd_more_of_those(const struct tks *, const struct figure *figures, uint32_t k);
/* "1200 nəfərin 58 faizi", "104 dronun 89-u": where a part right behind the whole is told, those counted. (paired.c) */
struct range pd_part_of(const struct tks *, const struct figure *figures, uint32_t k);
/* "politika faizini 250 baz puan artırarak", "payını 30 faizə çatdırmağı": the object right before the figure, where
 * its ending tells one. Empty: there is none. (told.c) */
struct range np_object(const struct tks *, const struct figure *, struct range clause);

#endif
