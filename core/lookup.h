/* SPDX-License-Identifier: Apache-2.0
 *
 * Run folders: the keys that maps look up in shared blobs (ASSAY_LOOKS; the plugin's hooks `looks` and `differs`). A
 * segment stores, for each document, the keys that its maps look up. Before the maps of a later run the plugin names,
 * once, the keys whose entries differ from those of the run before. A map is called again only if one of its keys is
 * among them, which is decided without opening any document.
 */
#ifndef LOOKUP_H
#define LOOKUP_H

#include "memo.h"

#define LOOKUP_NONE UINT64_MAX /* in the foot, in place of where a document's keys begin: it has none */

/* 1: round i of the pass is flagged ASSAY_LOOKS. */
int lookup_round(const struct run *, uint32_t i);
/* Before the maps of a pass: asks the plugins which keys have changed since the run before. RUN_DONE, or the exit code
 * that ends the run. */
int lookup_stage(struct run *);
void lookup_end(struct run *);
/* A hash of all shared blobs that maps of the pass may read. */
uint64_t lookup_state(const struct run *);
/* After the map of the open document in round i: appends its keys, or a mark that they are not known. 0: done. -1: the
 * round does not map this document. */
int lookup_tell(struct run *, uint32_t i, struct bytes *to);
/* The same if the map is not called: copies the stored keys (NULL: there are none). -1: out of memory. */
int lookup_copy(struct run *, uint32_t i, const uint32_t *kept, struct bytes *to);
/* The keys that a segment, or the one below it, stores of a document; *at: their place, as its foot has it. NULL: there
 * are none. */
const uint32_t *lookup_kept(const struct segment *, const struct segment *under, uint64_t ordinal, uint64_t *at);
/* 1: no entry has changed that the map of round i looks up for document `number`, given the documents it read. */
int lookup_same(struct run *, uint32_t i, uint32_t number, const struct reading_of *, uint64_t n);

#endif
