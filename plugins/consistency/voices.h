/* SPDX-License-Identifier: Apache-2.0
 *
 * Two figures for one thing in one sentence, each with who says so: "368,000 according to the ministry, more than a
 * million according to the unions".
 */
#ifndef CONSISTENCY_VOICES_H
#define CONSISTENCY_VOICES_H

#include "arithmetic.h"

/* Fills `found` with the pairs of the sentence that contradict each other; the caller frees it with misfits_free. 0:
 * out of memory. */
int voices_check(const struct concepts *, const struct sentence *, struct misfits *found);
/* Equal for the same dispute in other words: both values, their unit and kind. Values of few digits are told of many
 * things: there the sentence has to be the same, too. */
uint64_t voices_key(const struct sentence *, const struct misfit *);
/* "protesters: 368,000 (the ministry) or more than a million (CGT)" without the measure. Appends to the buffer. */
void say_voices(struct assay_buf *, const struct sentence *, const struct misfit *);

#endif
