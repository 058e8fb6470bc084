/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents as blocks of a stream.
 */
#include <string.h>

#include "document.h"
#include "textmap.h"

/* Whether a pass' block carries the layer: what was made in this pass, not what was read from an earlier block. */
static int sealed_here(const struct assay_doc *doc, uint32_t i)
{
    const struct doc_layer *layer = &doc->layer[i];
    if (i == 0)
        return layer->state == DOC_MADE && layer->rows == (const void *)&doc->record;
    return layer->state == DOC_MADE && !layer->stored;
}

int doc_adds(const struct assay_doc *doc)
{
    int adds = doc->lost.size > doc->lost_before;
    for (uint32_t i = 0; i < doc->tables->plan->layers && !adds; i++)
        adds = sealed_here(doc, i);
    return adds;
}

static void add_layers(struct assay_doc *doc, struct bytes *out, uint64_t base, uint64_t directory)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < doc->tables->plan->layers; i++) {
        if (!sealed_here(doc, i))
            continue;
        const struct shape *shape = doc->tables->layer[i];
        struct doc_dir dir = {.layer = i, .count = doc->layer[i].count, .at = out->size - base};
        record_store(out, shape, doc->layer[i].rows, doc->layer[i].count, shape->size);
        if (out->failed)
            return;
        memcpy(out->at + directory + n++ * sizeof dir, &dir, sizeof dir);
    }
}

int doc_seal(struct assay_doc *doc, struct stream *stream, int text, uint32_t pass, uint64_t units)
{
    struct bytes *out = &stream->buf;
    uint64_t begun = stream_begin(stream, BLOCK_DOC, pass), base = out->size;
    struct doc_head head = {.id = doc->id, .ordinal = doc->ordinal, .item = doc->item, .mapped = doc->mapped, .line = doc->line, .raw_bytes = doc->record.raw_bytes};
    memcpy(head.sha, doc->sha, sizeof head.sha);
    for (uint32_t i = 0; i < doc->tables->plan->layers; i++)
        head.layers += (uint32_t)sealed_here(doc, i);
    bytes_add(out, NULL, sizeof head);
    uint64_t directory = out->size;
    bytes_add(out, NULL, head.layers * sizeof(struct doc_dir));
    if (text) {
        head.name_at = out->size - base;
        head.name_size = doc->record.doc.size;
        bytes_add(out, doc->record.doc.at, doc->record.doc.size);
        head.path_at = out->size - base;
        head.path_size = doc->record.path.size;
        bytes_add(out, doc->record.path.at, doc->record.path.size);
        head.text_at = out->size - base;
        head.text_size = doc->text.size;
        bytes_add(out, doc->text.at, doc->text.size);
        bytes_add(out, "", 1); /* for readers that expect an end */
        head.map_at = out->size - base;
        head.runs = doc->runs;
        textmap_store(out, doc->map, doc->runs);
        head.map_size = out->size - base - head.map_at;
    }
    head.lost = (doc->lost.size - doc->lost_before) / sizeof(uint32_t);
    if (head.lost) {
        bytes_align(out, 8);
        head.lost_at = out->size - base;
        bytes_add(out, doc->lost.at + doc->lost_before, doc->lost.size - doc->lost_before);
    }
    bytes_align(out, 8);
    add_layers(doc, out, base, directory);
    if (!out->failed)
        memcpy(out->at + base, &head, sizeof head);
    return stream_end(stream, begun, units);
}

void doc_part(struct assay_doc *doc, const char *payload)
{
    const struct doc_head *head = (const struct doc_head *)(const void *)payload;
    const struct doc_dir *dir = (const struct doc_dir *)(const void *)(head + 1);
    doc->frozen = 1;
    if (head->name_at) {
        doc->id = head->id;
        doc->ordinal = head->ordinal;
        doc->item = head->item;
        doc->line = head->line;
        doc->mapped = head->mapped;
        doc->text = (struct assay_text){payload + head->text_at, head->text_size};
        doc->record.doc = (struct assay_text){payload + head->name_at, head->name_size};
        doc->stored_map = payload + head->map_at;
        doc->stored_map_size = head->map_size;
        doc->runs = head->runs;
        memcpy(doc->sha, head->sha, sizeof doc->sha);
    }
    if (head->lost)
        bytes_add(&doc->lost, payload + head->lost_at, head->lost * sizeof(uint32_t));
    doc->lost_before = doc->lost.size;
    for (uint32_t i = 0; i < head->layers; i++) {
        struct doc_layer *layer = &doc->layer[dir[i].layer];
        layer->state = DOC_STORED;
        layer->count = dir[i].count;
        doc->records += dir[i].layer ? dir[i].count : 0;
        layer->stored = payload + dir[i].at;
        layer->rows = NULL;
    }
}

int doc_map(struct assay_doc *doc)
{
    if (doc->map || !doc->mapped || !doc->runs)
        return 1;
    doc->map = textmap_open(&doc->arena, doc->stored_map, doc->stored_map_size, doc->runs);
    return doc->map != NULL;
}
