/* SPDX-License-Identifier: Apache-2.0
 *
 * Linking in progress: what the stages share.
 */
#ifndef CONSISTENCY_LINKING_H
#define CONSISTENCY_LINKING_H

#include "align.h"

struct linking {
    struct linker *l;
    const struct side *a, *b;
    const struct link_options *o;
    struct link_list *list;
    uint32_t flags;
    int failed;
    uint32_t parallel;   /* share of the sentences in one order, 1/1000 */
    uint32_t other_days; /* 1: the two speak of other days of the week */
    int named;           /* 1: the two have a name in common (link_named) */
};

/* 0: out of memory. */
int link_list_add(struct link_list *, struct link);
/* How sure the tie is: the likeness of the sentences (or measures) and of the documents. */
uint32_t link_strength(const struct linking *, uint32_t likeness, uint32_t flags);
/* 1 where the tie is sure enough. Lengths of time are mostly ages, of which a story has many, and need a name. */
int link_admits(const struct linking *, uint32_t a, uint32_t b, uint32_t likeness, uint32_t flags);
/* Weight of the words that the two have around them in common. */
uint32_t link_overlap(const struct linking *, uint32_t a, uint32_t b);
/* The same measure; for numbers in words only one of those that are counted in words, too ("two dead"). */
int link_shares_measure(const struct linking *, const struct figure *, const struct figure *);
/* Adds the link if it is sure enough; marks both as used then. */
void link_add(struct linking *, uint32_t a, uint32_t b, uint32_t likeness, uint32_t flags);
/* 1 where the term (a TERM_KEY) stands in the sentence. */
int context_holds(const struct context *, uint64_t key);
/* 1 where it stands in any sentence of the document. */
int side_holds(const struct side *, uint64_t key);
/* 1 where the number itself stands in the sentence, whatever it counts there: then it is the counterpart, and any other
 * figure is not. */
int link_stands_in(const struct figure *, const struct context *);
int link_usable(const struct side *, uint32_t claim);
/* The concept that decides what is measured, or CONCEPT_NONE. */
uint32_t link_measure(const struct linking *, const struct figure *);
/* 1: different things for certain; 0: may be the same. */
int link_different(const struct linking *, const struct figure *, const struct figure *);
int link_equal(const struct figure *, const struct figure *);
/* Small numbers in words, ordinals and ranks are used for too many things to be tied by being left over. */
int link_needs_words(const struct figure *);
/* A name of two words both have near the figure, one that does not stand in every other text. */
int link_shares_name(const struct linking *, uint32_t a, uint32_t b);
/* 1 where both say the same measure of the same period, with a name in common: spending of one country in 2024, however
 * far apart the texts are. */
int link_named_fact(const struct linking *, uint32_t a, uint32_t b);
/* 1 where nothing has tied figure i of a side: that its sentence was not sure enough says nothing. */
static inline int link_free(const uint32_t *used, uint32_t i)
{
    return !used[i] || used[i] == USED_TRIED;
}
/* 1 where the two documents have a name in common, as far as can be seen; asked once, when their sentences are scored. */
int link_named(const struct linking *);
/* Likeness of the sentences the two stand in. */
uint32_t link_likeness(const struct linking *, uint32_t a, uint32_t b);

/* 1 where people are said to be harmed: a count of one event that changes. */
int link_harm(const struct linking *, const struct figure *);

/* named.c: 1 where what each measures bears a name that the other text never says: of two firms. */
int link_other_names(const struct linking *, uint32_t a, uint32_t b);

/* quantity.c: 1 where both texts tell the two of one quantity of one time, and no other like it. */
int link_one_quantity(const struct linking *, uint32_t a, uint32_t b);
/* swapped.c: 1 where two digits swapped set the two apart, and each text tells one such figure alone. */
int link_slip(const struct linking *, uint32_t a, uint32_t b);
void link_swapped(struct linking *);
/* dates.c: ties the days that both tell, into linker.tied_days; to be called last. */
void link_dates(struct linking *);
/* frame.c: what is left over on both sides where most figures of both texts agree. */
void link_frames(struct linking *);
/* brief.c: the only figure of its unit, or of those counted, in each of two short items. */
void link_briefs(struct linking *);
/* named.c: 1 where one person, by name, is said to say both. */
int link_one_speaker(const struct linking *, uint32_t a, uint32_t b);

/* ---- elsewhere.c ---- */

/* 1 where each is told of a place that the other's sentence does not name: rates of two countries. */
int link_of_other_places(const struct linking *, uint32_t a, uint32_t b);
/* 1 where two figures of one measure are of two places, as far as the texts tell. */
int link_places_differ(const struct linking *, uint32_t a, uint32_t b);
/* 1 where one of the two is told of something else of its text: its counterpart stands there, it is another item, place
 * or town. */
int link_told_elsewhere(const struct linking *, uint32_t a, uint32_t b, const struct relation *, uint32_t flags);

/* 1 where each text tells one sum of this currency a share (a head, a ton), and these are the two. */
int link_one_rate(const struct linking *, uint32_t a, uint32_t b);
/* exact.c: the same value, too exact to be told of two things in one story; ages, and all others. */
void link_exact(struct linking *, uint32_t ages);
/* Stage 3, after them: the same measure, the age of the same person, the same value of the same kind. */
void link_measures(struct linking *);
/* `equal`: only the same age of the same person, which no sentence that tells another one may take away: to be called
 * before the sentences. */
void link_names(struct linking *, int equal);
void link_values(struct linking *);
/* mentions.c: a headline and the sentence that it repeats are tied to what either is tied to: one finding, not two. */
void link_mentions(struct linking *);
/* filled.c: takes conflicts out that stand in sentences of a form which the two have filled in each for itself. */
void link_drop_filled(struct linking *);
/* one_form.c: 1 where the two are in conflict, ages apart, of which each stands for itself. */
int link_differs(const struct linking *, const struct link *);
/* one_form.c: takes ties that differ out again where the two documents are one form, filled in twice. */
void link_drop_form(struct linking *);

#endif
