/* SPDX-License-Identifier: Apache-2.0
 *
 * From an item to stored documents: readers, preparers, analysers and maps of pass 0, in a worker.
 */
#ifndef READING_H
#define READING_H

#include "work.h"

/* Reads one item of the task. < 0: the run cannot go on, the message is in the task. */
int reading_item(struct run *, const struct item *);
/* The first reader of the chain that takes the item; PLAN_NONE: none. < 0: the run cannot go on. */
int reading_reader(struct run *, struct assay_item *, uint32_t *step);
/* What add_document and add_item do. */
assay_status reading_document(struct run *, struct assay_item *, const struct table_view *, const void *record,
                              struct assay_text bytes, const struct assay_map *, uint64_t runs);
assay_status reading_member(struct run *, struct assay_item *, struct assay_text name, struct assay_text bytes);

/* An item's bytes; 0, or -1 and errno. */
int item_open(struct assay_item *);
int item_pread(struct assay_item *, uint64_t at, void *to, uint64_t size, uint64_t *got);

#endif
