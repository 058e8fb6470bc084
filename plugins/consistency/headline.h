/* SPDX-License-Identifier: Apache-2.0
 *
 * A headline that tells another figure than the text below it: "21 hurt in mine fire", "12 miners were hurt".
 */
#ifndef CONSISTENCY_HEADLINE_H
#define CONSISTENCY_HEADLINE_H

#include "relate.h"

#define HEADLINE_FIGURES 96u /* figures of a document that are looked at */

/* The first `heads` of the figures are the headline's, the others the text's; kind ASSAY_NEVER: not to be used. 1: figure
 * *head is contradicted by *body, the only other value that the text tells of its measure, and told nowhere in the text;
 * *r is filled then. */
int headline_differs(const struct concepts *, const struct figure *, uint32_t count, uint32_t heads, uint32_t *head,
                     uint32_t *body, struct relation *r);

#endif
