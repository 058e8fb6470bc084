/* SPDX-License-Identifier: Apache-2.0
 *
 * Round "judge", the other part: sentences whose own figures do not add up, one finding for all texts that print one.
 */
#ifndef CONSISTENCY_WITHIN_H
#define CONSISTENCY_WITHIN_H

#include "judge.h"

/* Emits a key for each sentence of the document that does not add up. */
assay_status within_map(struct self *, const struct assay_doc *, struct assay_out *);
/* Writes the findings of such a key; values that are of a component are left alone. `k` is zeroed but for self, out and
 * rarity; at most JUDGE_ITEMS values. */
assay_status within_reduce(struct component *k, struct assay_list values, const assay_docid *docs);

#endif
