/* SPDX-License-Identifier: Apache-2.0
 *
 * document/1: one record a document. Made by the reader, completed by amend; sizes and hash by the host. The only
 * well-known record that the host itself knows.
 */
#ifndef ASSAY_LAYERS_DOCUMENT_H
#define ASSAY_LAYERS_DOCUMENT_H

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

struct assay_pair {
    struct assay_text key, value;
};
static const struct assay_field assay_pair_rows[] = {
    ASSAY_FIELD(struct assay_pair, key, ASSAY_TEXT, 0, NULL, "key"),
    ASSAY_FIELD(struct assay_pair, value, ASSAY_TEXT, 0, NULL, "value"),
};
static const struct assay_fields assay_pair_fields = ASSAY_FIELDS(struct assay_pair, assay_pair_rows);

/* A reversible change of the text: putting `from` back at the span gives the text as decoded. */
struct assay_repair {
    struct assay_span span;
    struct assay_text from, to;
};
static const struct assay_field assay_repair_rows[] = {
    ASSAY_FIELD(struct assay_repair, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where, in the text"),
    ASSAY_FIELD(struct assay_repair, from, ASSAY_TEXT, 0, NULL, "as decoded"),
    ASSAY_FIELD(struct assay_repair, to, ASSAY_TEXT, 0, NULL, "as it stands now"),
};
static const struct assay_fields assay_repair_fields = ASSAY_FIELDS(struct assay_repair, assay_repair_rows);

struct assay_document {
    struct assay_text doc; /* the id */
    struct assay_text path, member, uri, source, published, title;
    struct assay_text declared; /* language the input declares, a prior */
    struct assay_text language; /* main language, by the language step */
    struct assay_text encoding, media;
    struct assay_list repairs;  /* struct assay_repair */
    uint64_t raw_bytes, text_bytes;
    struct assay_text sha256;   /* of the bytes the reader gave, lower-case hex */
    struct assay_list metadata; /* struct assay_pair */
};
static const struct assay_field assay_document_rows[] = {
    ASSAY_FIELD(struct assay_document, doc, ASSAY_TEXT, 0, NULL, "the document's id"),
    ASSAY_FIELD(struct assay_document, path, ASSAY_TEXT, 0, NULL, "file it came from"),
    ASSAY_FIELD(struct assay_document, member, ASSAY_TEXT, 0, NULL, "member of an archive"),
    ASSAY_FIELD(struct assay_document, uri, ASSAY_TEXT, 0, NULL, "address it was published under"),
    ASSAY_FIELD(struct assay_document, source, ASSAY_TEXT, 0, NULL, "publisher"),
    ASSAY_FIELD(struct assay_document, published, ASSAY_TEXT, 0, NULL, "ISO 8601 date or date-time"),
    ASSAY_FIELD(struct assay_document, title, ASSAY_TEXT, 0, NULL, "title"),
    ASSAY_FIELD(struct assay_document, declared, ASSAY_TEXT, 0, NULL, "language the input declares"),
    ASSAY_FIELD(struct assay_document, language, ASSAY_TEXT, 0, NULL, "main language"),
    ASSAY_FIELD(struct assay_document, encoding, ASSAY_TEXT, 0, NULL, "charset of the bytes"),
    ASSAY_FIELD(struct assay_document, media, ASSAY_TEXT, 0, NULL, "media type of the bytes"),
    ASSAY_FIELD(struct assay_document, repairs, ASSAY_RECORD, ASSAY_LIST, &assay_repair_fields, "reversible changes of the text"),
    ASSAY_FIELD(struct assay_document, raw_bytes, ASSAY_U64, 0, NULL, "bytes the reader gave"),
    ASSAY_FIELD(struct assay_document, text_bytes, ASSAY_U64, 0, NULL, "bytes of the text"),
    ASSAY_FIELD(struct assay_document, sha256, ASSAY_TEXT, 0, NULL, "SHA-256 of the bytes the reader gave"),
    ASSAY_FIELD(struct assay_document, metadata, ASSAY_RECORD, ASSAY_LIST | ASSAY_OBJECT, &assay_pair_fields, "whatever else the input says"),
};
static const struct assay_fields assay_document_fields = ASSAY_FIELDS(struct assay_document, assay_document_rows);

#ifdef __cplusplus
}
#endif
#endif
