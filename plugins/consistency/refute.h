/* SPDX-License-Identifier: Apache-2.0
 *
 * A figure that a text quotes and sets right: "The minister claimed 5 million jobs. In fact there were 3.2 million."
 * The text itself says that both are of one thing, and stands behind the second one alone.
 */
#ifndef CONSISTENCY_REFUTE_H
#define CONSISTENCY_REFUTE_H

#include "relate.h"
#include "terms.h"

/* Keys of the lexicon's words that a refutation is known by. */
#define REFUTED_WORD "refuted_word" /* "in fact", "is false", "the correct figure" */
#define ALLEGED_WORD "alleged_word" /* "claims", "alleges" */
#define WITHDRAWN_WORD "withdrawn_word" /* "an earlier version of this article" */

/* Marks the notes of such figures: NOTE_REFUTED what is disputed, each time the text says it, or withdraws; NOTE_RIGHTS
 * what is set against it. `claims`: struct assay_claim, parallel to the notes. */
void refutes_find(const struct concepts *, struct assay_text, struct assay_list claims, struct terms_output *);

/* 1 where `a`, of the same text as `b`, is what b sets right. */
int figure_refuted(const struct figure *a, const struct figure *b);
/* Sets *to to how far the two are apart, whatever is said of how they came about. 0: both can be true. */
int refuted_relation(struct relation *to, const struct figure *a, const struct figure *b, const struct concepts *);

#endif
