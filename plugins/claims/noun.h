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
/* The phrase that starts at token i, of at most `most` words, goes on over "of": "number of people killed"; begin == end: none. */
struct range np_read(const struct tks *, uint32_t i, uint32_t end, uint32_t most);
/* The first noun phrase of [begin, end) that no preposition leads in and that is more than a name of a place or time. */
struct range np_subject(const struct tks *, uint32_t begin, uint32_t end);
/* The last verb known between, or ASSAY_NEVER. */
uint32_t np_verb_between(const struct tks *, uint32_t begin, uint32_t end);
uint32_t np_over_articles(const struct tks *, uint32_t i, uint32_t end);
/* A preposition leads token i in, an article between or not. */
int np_led_in(const struct tks *, uint32_t i);
/* The relation word ("by", "to", "from") before the figure; s->count: none. */
uint32_t np_relation_start(const struct tks *, const struct figure *);

#endif
