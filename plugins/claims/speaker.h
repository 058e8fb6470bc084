/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files speaker*.c share: which tokens name somebody who could speak, and who says it by a verb. frame.h has
 * what it is for (fr_speakers). Ranges count tokens; an empty one (begin == end) is nobody. `figures`, `n`: those of
 * the sentence.
 */
#ifndef CLAIMS_SPEAKER_H
#define CLAIMS_SPEAKER_H

#include "noun.h"

/* ---- speaker_name.c ---- */

/* The first token of [begin, end) that is part of a figure; end: none is. */
uint32_t sp_figure_in(const struct figure *figures, uint32_t n, uint32_t begin, uint32_t end);
/* A day or weekday. */
int sp_is_day(const struct tks *, uint32_t i);
/* A sign that no name goes over. */
int sp_ends_name(const struct tks *, uint32_t i);
/* The same, or a word that begins a clause. */
int sp_parts(const struct tks *, uint32_t i);
/* Cuts words off both ends that do not belong to the name of a person or body. */
struct range sp_trim(const struct tks *, struct range);
/* "a survey of 1,024 adults": the part before the figure. `led`: only where a preposition leads the figure in, else
 * nobody. */
struct range sp_cut(const struct tks *, const struct figure *figures, uint32_t n, struct range, int led);
/* How many words it has. */
uint32_t sp_words(const struct tks *, struct range);
/* A word with a capital, where nouns have none, or a title. */
int sp_is_named(const struct tks *, struct range);
/* A name, title or pronoun is in it, or it is short. */
int sp_can_speak(const struct tks *, struct range);
/* The words that end before token `end`, back to a sign or break, untrimmed. */
struct range sp_left_of(const struct tks *, uint32_t end);
/* The name that begins behind a verb, over days: "said on Friday the minister". */
struct range sp_after_verb(const struct tks *, uint32_t begin);
/* The first of the auxiliaries right before token i: ", ha promesso". */
uint32_t sp_over_auxiliaries(const struct tks *, uint32_t i);
/* "that", "dass", ", что": what follows is a clause. */
int sp_opens_that(const struct tks *, uint32_t i);

/* ---- speaker_verb.c ---- */

/* A verb that ends a clause that is an object, where verbs stand last: "yandığını", "olacağını". */
int sp_told_clause(const struct tks *, uint32_t i);

/* Who says it by the verb of speech at tokens [i, i + length). */
struct range sp_by_verb(const struct tks *, const struct figure *figures, uint32_t n, uint32_t i, uint32_t length);

#endif
