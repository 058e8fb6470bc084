/* SPDX-License-Identifier: Apache-2.0
 *
 * What a document says of itself: Dublin Core, as docProps/core.xml, meta.xml and the metadata of an EPUB hold it.
 */
#ifndef OFFICE_META_H
#define OFFICE_META_H

#include <assay/plugin.h>

#include "xml.h"

#define META_ROOM 512u

struct meta {
    char title[META_ROOM], author[META_ROOM], publisher[META_ROOM];
    char language[64], date[64], created[64], changed[64];
};

/* Reads the element that is open in `x`, if it is one of these; 1 then, and it is closed. The first of a kind
 * counts. */
int meta_element(struct meta *, struct xml *x);
/* Reads a whole part. What is no XML says nothing: it is not what the document is for. */
void meta_read(struct meta *, struct assay_text part);
/* Fills rows of the record, which then point into the struct; `pairs` has room for META_PAIRS. Dates of the file are no
 * dates of publication: they become metadata. */
#define META_PAIRS 3u
struct assay_pair;
struct assay_document;
void meta_record(const struct meta *, struct assay_document *, struct assay_pair *pairs);

#endif
