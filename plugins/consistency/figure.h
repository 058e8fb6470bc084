/* SPDX-License-Identifier: Apache-2.0
 *
 * From the records of a document to figures that can be compared.
 */
#ifndef CONSISTENCY_FIGURE_H
#define CONSISTENCY_FIGURE_H

#include <assay/layers/document.h>

#include "relate.h"
#include "terms.h"

/* Everything is borrowed from the records. 0: the claim carries no number that can be read. */
int figure_of(struct figure *, const struct assay_claim *, const struct note *, const struct assay_document *);
/* 1 where the claim is a day: days meet days only, behind all figures (dates.c). */
static inline int claim_is_day(const struct assay_claim *c)
{
    return c->kind == ASSAY_KIND_DATE;
}
/* Publisher of the document, else its id. */
struct assay_text document_source(const struct assay_document *);

#endif
