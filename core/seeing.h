/* SPDX-License-Identifier: Apache-2.0
 *
 * In a run folder: what maps take of shared blobs (ASSAY_SEES), before the visits of a pass. Each document is asked
 * once, for itself; what a map took is then told by the numbers of its document and of those that it asked for, without
 * a look at any of them.
 */
#ifndef SEEING_H
#define SEEING_H

#include "memo.h"

/* Asks all documents for the rounds of the pass that are flagged. RUN_DONE, or why not. */
int seeing_stage(struct run *);
void seeing_end(struct run *);
/* Round i of the pass takes its part of shared blobs this way. */
int seeing_round(const struct run *, uint32_t i);
/* What the map of document `number` took if it asked for these documents. 0: that is not known. */
uint64_t seeing_sum(const struct run *, uint32_t i, uint32_t number, const struct reading_of *, uint64_t n);

#endif
