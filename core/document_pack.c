/* SPDX-License-Identifier: Apache-2.0
 *
 * Stored: flags in 4 bytes; then either padding and the record as any other, where it has lists, or one bit of the
 * flags for each text that is there, the texts (backref.h), and the two sizes. Texts and numbers that doc_whole tells
 * are left out.
 */
#include "document_pack.h"

#include <string.h>

#include "backref.h"
#include "sha256.h"
#include "varint.h"

#define TEXTS 11u /* the rows from doc to media */
#define HASH (1u << TEXTS)
#define PLAIN (1u << 12) /* stored as any other record */
#define SAME_ID (1u << 13)
#define SAME_PATH (1u << 14)
#define SAME_HASH (1u << 15)
#define SAME_RAW (1u << 16)
#define SAME_SIZE (1u << 17)
#define LONGEST 20u /* bytes of the numbers at the end */

_Static_assert(offsetof(struct assay_document, media) == (TEXTS - 1) * sizeof(struct assay_text),
               "texts stand in a row");
_Static_assert(offsetof(struct assay_document, path) == sizeof(struct assay_text), "after the id");

static int is_hash(struct assay_text t, const unsigned char sha[32])
{
    char text[SHA256_HEX];
    sha256_print(text, sha);
    return t.size == sizeof text && !memcmp(t.at, text, sizeof text);
}

static uint32_t flags_of(const struct assay_doc *doc, const struct assay_document *record, int whole)
{
    const struct assay_text *text = &record->doc;
    uint32_t flags = 0;
    for (uint32_t i = 0; i < TEXTS; i++)
        flags |= text[i].at ? 1u << i : 0;
    if (record->sha256.at)
        flags |= HASH | (is_hash(record->sha256, doc->sha) ? SAME_HASH : 0);
    flags |= record->text_bytes == doc->text.size ? SAME_SIZE : 0;
    if (whole) /* made of this very record */
        flags |= SAME_ID | SAME_PATH | SAME_RAW;
    return flags;
}

static void put_text(struct stream *stream, struct assay_text t)
{
    backref_put(&stream->buf, stream->backrefs, stream_size(stream), t);
}

/* As any other record; the SHA-256, which is null or the document's, is told in full. */
static void put_plain(struct stream *stream, const struct assay_doc *doc, const struct assay_document *record,
                      const struct shape *shape)
{
    struct bytes *out = &stream->buf;
    struct assay_document whole = *record;
    unsigned char sha[SHA256_SIZE];
    char text[SHA256_HEX];
    if (doc->unhashed && record->sha256.at) {
        out->failed |= !sha256_of(doc->given, sha);
        sha256_print(text, sha);
        whole.sha256 = (struct assay_text){text, sizeof text};
    }
    bytes_align(out, 8);
    record_store(out, shape, &whole, 1, shape->size);
}

/* The SHA-256 in hex; where nobody asks for it, it may be zeros. NULL: out of memory. */
static const char *hash_of(struct arena *arena, const struct assay_doc *doc)
{
    unsigned char sha[SHA256_SIZE];
    char *text = arena_alloc(arena, SHA256_HEX);
    int asked = doc->unhashed && doc->tables->hashes;
    if (!text || (asked && !sha256_of(doc->given, sha)))
        return NULL;
    sha256_print(text, asked ? sha : doc->sha);
    return text;
}

void document_pack(struct stream *stream, const struct assay_doc *doc, const struct assay_document *record,
                   const struct shape *shape, int whole)
{
    const struct assay_text *text = &record->doc;
    struct bytes *out = &stream->buf;
    uint32_t flags = record->repairs.count || record->metadata.count ? PLAIN : flags_of(doc, record, whole);
    bytes_add(out, &flags, sizeof flags);
    if (flags & PLAIN) {
        put_plain(stream, doc, record, shape);
        return;
    }
    for (uint32_t i = 0; i < TEXTS; i++)
        if (text[i].at && !(flags & (i == 0 ? SAME_ID : i == 1 ? SAME_PATH : 0)))
            put_text(stream, text[i]);
    if ((flags & (HASH | SAME_HASH)) == HASH)
        put_text(stream, record->sha256);
    if (!(flags & SAME_RAW))
        varint_put(out, record->raw_bytes);
    if (!(flags & SAME_SIZE))
        varint_put(out, record->text_bytes);
}

const struct assay_document *document_unpack(struct arena *arena, const struct assay_doc *doc,
                                             const struct shape *shape, const char *stored)
{
    uint32_t flags;
    memcpy(&flags, stored, sizeof flags);
    if (flags & PLAIN)
        return record_open(arena, shape, stored + 8, 1);
    struct assay_document *record = arena_alloc(arena, sizeof *record);
    if (!record)
        return NULL;
    struct assay_text *text = &record->doc;
    const char *at = stored + sizeof flags;
    for (uint32_t i = 0; i < TEXTS; i++)
        if (flags & 1u << i)
            text[i] = i == 0 && flags & SAME_ID     ? doc_name_of(doc->stored)
                      : i == 1 && flags & SAME_PATH ? doc_path_of(doc->stored)
                                                    : backref_get(&at);
    if (flags & SAME_HASH) {
        const char *hash = hash_of(arena, doc);
        if (!hash)
            return NULL;
        record->sha256 = (struct assay_text){hash, SHA256_HEX};
    } else if (flags & HASH) {
        record->sha256 = backref_get(&at);
    }
    struct doc_whole whole = {0};
    if (flags & SAME_RAW && doc_whole(doc->stored, &whole))
        record->raw_bytes = whole.raw_bytes;
    else
        record->raw_bytes = varint_get(&at, at + LONGEST);
    record->text_bytes = flags & SAME_SIZE ? doc->text.size : varint_get(&at, at + LONGEST);
    return record;
}
