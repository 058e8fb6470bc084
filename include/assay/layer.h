/* SPDX-License-Identifier: Apache-2.0
 *
 * Layers: named, versioned tables of typed records on a document or on the corpus. A plugin's layers[] says which it
 * needs and which it makes; a slot is an index into that array, the only name by which hooks speak of a layer.
 *
 * Agreement: provider and requirer each bring a field table. Name and major must be equal; rows are matched by name and
 * type before the run. Where the layouts are equal you read the provider's records in place, else copies that the host
 * makes. A row that the provider lacks is null, or an error if your row is marked ASSAY_MUST. So declare only the rows
 * that you use.
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
/* | ON_DOCUMENT, of stage n: made by the map of round n (to_document) for its own document; reduce and finish cannot
 * add to it */
#define ASSAY_BY_MAP 8u
/* | ON_DOCUMENT, PRIVATE, of stage n: only the map of round n + 1 reads it, in its own document or in others, so that
 * the host may forget it afterwards */
#define ASSAY_PASSING 16u
/* | ON_DOCUMENT, PRIVATE, of stage 0: the map of round n (1 to 255) is the last hook that reads it, in its own document
 * or in others. Later hooks find no record, so that the host may forget them */
#define ASSAY_UNTIL(n) ((uint32_t)(n) << 16)
/* | UNTIL: maps read it in their own document only, not in documents they view, so that it can go document by
 * document */
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
