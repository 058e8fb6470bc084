/* SPDX-License-Identifier: Apache-2.0
 *
 * Layers: named, versioned tables of typed records on a document or on the corpus. A plugin's layers[] says which it
 * needs and which it makes; a slot is an index into that array, the only name by which hooks speak of a layer.
 *
 * Agreement: provider and requirer each bring a field table. Name and major must be equal; rows are matched by name and
 * type before the run. Equal layout is a view with the provider's stride; otherwise the host copies by plan. A row that
 * the provider lacks is null, or an error where the requirer's row is marked ASSAY_MUST. So declare only what you use.
 */
#ifndef ASSAY_LAYER_H
#define ASSAY_LAYER_H

#include "field.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- use ---- */
#define ASSAY_REQUIRES 1u /* exactly one provider before this step, or the chain is refused */
#define ASSAY_OPTIONAL 2u /* read if provided; an empty list otherwise */
#define ASSAY_PROVIDES 3u
#define ASSAY_PRIVATE 4u /* between the rounds of one plugin; no other sees it, no writer prints it */

/* ---- where ---- */
#define ASSAY_ON_DOCUMENT 0u
#define ASSAY_ON_CORPUS 1u
#define ASSAY_UNIQUE 2u /* | ON_CORPUS: of records with equal KEY rows the first stays */
#define ASSAY_NAMED 4u  /* | ON_DOCUMENT: writers print each record's id (DOC#begin-end) */
#define ASSAY_BY_MAP 8u /* | ON_DOCUMENT, of stage n: the map of round n makes it (to_document), for the document in hand; reduce and finish cannot */
/* | ON_DOCUMENT, PRIVATE, of stage n: read by the map of round n + 1 alone, in the document in hand or another; it need
 * not be kept for later */
#define ASSAY_PASSING 16u
/* | ON_DOCUMENT, PRIVATE, of stage 0: the map of round n (1 to 255) is the last hook that sees it, in the document in
 * hand or another; later ones find no record. It need not be kept for them */
#define ASSAY_UNTIL(n) ((uint32_t)(n) << 16)
/* | UNTIL: hooks see it in the document in hand alone, not in views; so it goes as soon as those are through with it */
#define ASSAY_IN_HAND 32u
#define ASSAY_UNTIL_OF(where) ((where) >> 16 & 0xffu)

struct assay_layer {
    uint32_t use, major, where;
    uint32_t stage; /* provider: 0 = made by read, prepare or analyse; n = out of round n (first is 1).
                       requirer: 0 = needed by analyse; n = the first round that needs it */
    const char *name;
    const struct assay_fields *fields;
    const char *help;
};

#ifdef __cplusplus
}
#endif
#endif
