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
 * end: none. */
struct range np_read(const struct tks *, uint32_t i, uint32_t end, uint32_t most);
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
/* The subject whose verb is told of the figure before only. Empty: there is none. */
struct range np_gapped(const struct tks *, const struct figure *figures, uint32_t k);
/* The relation word ("by", "to", "from") before the figure; s->count: none. */
uint32_t np_relation_start(const struct tks *, const struct figure *);

#endif
