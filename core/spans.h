/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the records stand that records of the corpus name (REF), kept in a table at the end of a segment: writers print
 * thousands of such names, and need not open a document for each.
 */
#ifndef SPANS_H
#define SPANS_H

#include "work.h"

/* Lists those of a stored document, which is the next one of the task; head NULL: it has none. 0: out of memory. */
int spans_list(struct work *, const struct doc_head *head);
/* DOC#begin-end of a record, or DOC#begin-end~2, in the hook's memory. ASSAY_NO: there is no such record; ASSAY_SKIP:
 * its layer is not listed. */
assay_status spans_name(struct run *, uint32_t layer, struct assay_ref, struct assay_text *name);

#endif
