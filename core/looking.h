/* SPDX-License-Identifier: Apache-2.0
 *
 * In a run folder: what maps look up in shared blobs (ASSAY_LOOKS, with the plugin's `looks` and `differs`), in the
 * visits of a pass. A segment of such a pass keeps the keys that each document's maps look under; before the visits of
 * a later run the plugin says once under which keys the blobs differ from those of the run before. So what a map took
 * is told without a look at the document, or at any other.
 */
#ifndef LOOKING_H
#define LOOKING_H

#include "memo.h"

#define LOOK_NONE UINT64_MAX /* in the foot, in place of where a document's keys begin: it has none */

/* Round i of the pass takes its part of shared blobs this way. */
int looking_round(const struct run *, uint32_t i);
/* Before the visits: what of the blobs has changed since the earlier run, for tasks of which that is known. RUN_DONE,
 * or why not. */
int looking_stage(struct run *);
void looking_end(struct run *);
/* One number for the blobs that maps of the pass may ask for, as they are; of those of the run before. */
uint64_t looking_state(const struct run *);
uint64_t looking_state_before(const struct run *);
/* Behind the map of the open document: adds its keys in round i, or that they are not known, and gives 0; -1: the round
 * does not map it. */
int looking_tell(struct run *, uint32_t i, struct bytes *to);
/* The same where the map is not called, of keys that were kept (NULL: none were). -1: out of memory. */
int looking_copy(struct run *, uint32_t i, const uint32_t *kept, struct bytes *to);
/* What a segment, or the one below it, keeps of a document; *at: as its foot has it. NULL: nothing. */
const uint32_t *looking_kept(const struct segment *, const struct segment *under, uint64_t ordinal, uint64_t *at);
/* 1: nothing has changed of what the map of round i looks up for document `number` if it asked for these documents. */
int looking_same(struct run *, uint32_t i, uint32_t number, const struct reading_of *, uint64_t n);

#endif
