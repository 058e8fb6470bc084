/* SPDX-License-Identifier: Apache-2.0
 *
 * What the other figures of a text say of one figure. One that is told twice, once with "about" or "at least" and once
 * without, counts as hedged in both places: headlines and second mentions leave such words out but mean them. And for
 * "others" ("two others"): besides which figure.
 */
#ifndef CONSISTENCY_HEDGE_H
#define CONSISTENCY_HEDGE_H

#include "terms.h"

/* Marks the notes (NOTE_HEDGE) of plain figures that stand elsewhere in the text with such a word: the same number,
 * unit and concept, and no other time. `claims`: struct assay_claim, parallel to the notes. */
void hedges_find(struct assay_list claims, struct note *note, uint32_t notes);

/* Takes NOTE_REST from counts of harm to more than a dozen whose measure the text has told no other figure of before: in "8 dead, another 27
 * injured" the 27 are all of the injured. */
void others_settle(const struct concepts *, struct assay_list claims, struct note *note, uint32_t notes);

/* The bound that holds for a figure: its own, or that of its other mention. */
uint32_t hedge_bound(uint32_t own, const struct note *note);

#endif
