/* SPDX-License-Identifier: Apache-2.0
 *
 * document/1 as it is stored with its document: most of its rows are null, and others repeat what the block's head
 * says.
 */
#ifndef DOCUMENT_PACK_H
#define DOCUMENT_PACK_H

#include "document.h"

/* Appends the record; one with lists has to begin at an 8-byte border. `whole`: the block has the text, too, so that a
 * reader knows the id, path, sizes and hash without it. */
void document_pack(struct stream *, const struct assay_doc *, const struct assay_document *, const struct shape *,
                   int whole);
/* The record in the arena; its texts stay where they are stored. NULL: out of memory. */
const struct assay_document *document_unpack(struct arena *, const struct assay_doc *, const struct shape *,
                                             const char *stored);

#endif
