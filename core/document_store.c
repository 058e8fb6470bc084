/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents as blocks of a stream.
 */
#include <string.h>

#include "backref.h"
#include "transient.h"
#include "document_pack.h"
#include "textmap.h"
#include "varint.h"

#define SHA 32u
#define LONGEST 70u /* bytes of seven numbers */

/* Whether a pass' block carries the layer: what was made in this pass, not what was read from an earlier block. A
 * round's layer without records is not stored: tables->came tells that it was made. */
static int sealed_here(const struct assay_doc *doc, uint32_t i)
{
    const struct doc_layer *layer = &doc->layer[i];
    if (i == 0)
        return layer->state == DOC_MADE && layer->rows == (const void *)&doc->record;
    if (doc->tables->lean && doc->tables->plan->layer[i].passing)
        return 0;
    return layer->state == DOC_MADE && !layer->stored && (layer->count || !doc->tables->came[i]);
}

/* Whether a bit of the block's head is all that tells of the layer. A folder's blocks have a sum of it. */
static int sealed_as_bit(const struct assay_doc *doc, uint32_t i, int text)
{
    return text && doc->tables->lean && i > 0 && i < 30 && doc->layer[i].count == 0;
}

static int is_plain(const struct assay_doc *doc)
{
    const struct assay_map *map = doc->map;
    return doc->mapped && doc->runs == 1 && !map->from && !map->to && map->count == doc->text.size &&
           map->from_step == 1 && map->to_step == 1;
}

/* Whether document/1 stands right behind the text: where no map is between them, and it needs no border to begin at. */
static int has_facts(const struct assay_doc *doc, int text)
{
    return text && doc->tables->lean && sealed_here(doc, 0) && is_plain(doc) && !doc->record.repairs.count &&
           !doc->record.metadata.count;
}

#define HASHED_AGAIN 65536u /* bytes of text; of a longer one the SHA-256 takes no room to speak of */

/* Whether the SHA-256 of a document can be found out from what is stored of it, by those who will ask for it. */
static int stays_unhashed(const struct assay_doc *doc, const struct stream *stream)
{
    return doc->unhashed && stream->backrefs && doc->text.at == doc->given.at && doc->text.size == doc->given.size &&
           doc->text.size <= HASHED_AGAIN;
}

int doc_adds(const struct assay_doc *doc)
{
    int adds = doc->lost.size > doc->lost_before;
    for (uint32_t i = 0; i < doc->tables->plan->layers && !adds; i++)
        adds = sealed_here(doc, i);
    return adds;
}

/* Of a layer that is forgotten early. `entry`: its directory entry's place in the stream's buffer, whose block begins
 * at `base`. */
static void add_transient(const struct assay_doc *doc, struct stream *stream, uint32_t layer, uint64_t base,
                          uint64_t entry)
{
    const struct shape *shape = doc->tables->layer[layer];
    const struct plan_layer *l = &doc->tables->plan->layer[layer];
    uint32_t pass = l->until - 1, when = l->in_hand ? TRANSIENT_THROUGH(pass) : TRANSIENT_OVER(pass);
    struct transient_pile *pile = transients_pile(stream->transients, when);
    uint64_t offset = pile ? pile->records.size : 0;
    stream->buf.failed |= !pile || !record_store(&pile->records, shape, doc->layer[layer].rows,
                                                 doc->layer[layer].count, shape->size) ||
                          !transients_lead(stream->transients, pile,
                                           stream->at + entry + offsetof(struct doc_dir, eighth), stream->at + base,
                                           offset);
}

/* Of the directory. */
static uint32_t entries_of(uint32_t count)
{
    return count < DOC_MANY ? 1 : 2;
}

static void add_layers(struct assay_doc *doc, struct stream *stream, uint64_t base, uint64_t directory, int whole,
                       int facts)
{
    struct bytes *out = &stream->buf;
    uint32_t n = 0;
    if (facts)
        document_pack(stream, doc, &doc->record, doc->tables->layer[0], whole);
    for (uint32_t i = facts ? 1 : 0; i < doc->tables->plan->layers; i++) {
        if (!sealed_here(doc, i) || sealed_as_bit(doc, i, whole))
            continue;
        bytes_align(out, 8);
        const struct shape *shape = doc->tables->layer[i];
        uint32_t count = doc->layer[i].count;
        uint64_t eighth = (out->size - base) / 8;
        struct doc_dir dir[2] = {{(uint16_t)i, (uint16_t)(count < DOC_MANY ? count : DOC_MANY), (uint32_t)eighth},
                                 {(uint16_t)i, 0, count}};
        if (i == 0)
            document_pack(stream, doc, &doc->record, shape, whole);
        else if (stream->transients && doc->tables->plan->layer[i].until && count)
            add_transient(doc, stream, i, base, directory + n * sizeof *dir);
        else
            record_store(out, shape, doc->layer[i].rows, count, shape->size);
        out->failed |= eighth > UINT32_MAX;
        if (out->failed)
            return;
        memcpy(out->at + directory + n * sizeof *dir, dir, entries_of(count) * sizeof *dir);
        n += entries_of(count);
    }
}

void doc_put_whole(struct bytes *out, const struct doc_whole *whole, struct assay_text path, struct backrefs *backrefs,
                   uint64_t at)
{
    const uint64_t begun = out->size, number[] = {whole->item, whole->mapped, whole->runs, whole->line,
                                                  whole->raw_bytes, whole->name.size, whole->text.size};
    if (whole->sha)
        bytes_add(out, whole->sha, SHA);
    for (uint32_t i = 0; i < sizeof number / sizeof *number; i++)
        varint_put(out, number[i]);
    bytes_add(out, whole->name.at, whole->name.size);
    backref_put(out, backrefs, at + out->size - begun, path);
    bytes_add(out, whole->text.at, whole->text.size);
    bytes_add(out, "", 1); /* for readers that expect an end */
}

int doc_whole(const struct doc_head *head, struct doc_whole *to)
{
    const struct block *block = (const struct block *)(const void *)head - 1;
    const char *at = (const char *)(head->dir + head->entries) + head->lost * sizeof(uint32_t),
               *end = at + SHA + LONGEST;
    struct doc_entry first;
    uint32_t next = 0;
    if (!(head->whole & 1))
        return 0;
    to->sha = head->whole & DOC_UNHASHED ? NULL : (const unsigned char *)at;
    at += to->sha ? SHA : 0;
    to->item = (uint32_t)varint_get(&at, end);
    to->mapped = (uint32_t)varint_get(&at, end);
    to->runs = varint_get(&at, end);
    to->line = varint_get(&at, end);
    to->raw_bytes = varint_get(&at, end);
    to->name.size = varint_get(&at, end);
    to->text.size = varint_get(&at, end);
    to->name.at = at;
    to->path = at = to->name.at + to->name.size;
    backref_pass(&at);
    to->text.at = at;
    to->map = (struct assay_text){to->text.at + to->text.size + 1, 0};
    uint64_t parts = doc_entry(head, &next, &first) ? first.at : block->size;
    if (to->mapped != DOC_PLAIN)
        to->map.size = (uint64_t)((const char *)head + parts - to->map.at);
    return 1;
}

struct assay_text doc_name_of(const struct doc_head *head)
{
    struct doc_whole whole = {0};
    doc_whole(head, &whole);
    return whole.name;
}

struct assay_text doc_path_of(const struct doc_head *head)
{
    struct doc_whole whole;
    return doc_whole(head, &whole) ? backref_get(&whole.path) : (struct assay_text){0};
}

static void add_whole(const struct assay_doc *doc, struct stream *stream)
{
    struct bytes *out = &stream->buf;
    struct doc_whole whole = {.sha = doc->unhashed ? NULL : doc->sha,
                              .item = doc->item,
                              .mapped = is_plain(doc) ? DOC_PLAIN : doc->mapped,
                              .runs = doc->runs,
                              .line = doc->line,
                              .raw_bytes = doc->record.raw_bytes,
                              .name = doc->record.doc,
                              .text = doc->text};
    out->failed |= whole.name.size > UINT32_MAX || doc->record.path.size > UINT32_MAX;
    doc_put_whole(out, &whole, doc->record.path, stream->backrefs, stream_size(stream));
    if (whole.mapped != DOC_PLAIN)
        textmap_store(out, doc->map, doc->runs);
}

int doc_seal(struct assay_doc *doc, struct stream *stream, int text, uint32_t pass, uint64_t units)
{
    struct bytes *out = &stream->buf;
    uint64_t begun = stream_begin(stream, BLOCK_DOC, pass), base = out->size, lost = doc->lost.size - doc->lost_before;
    int facts = has_facts(doc, text);
    out->failed |= text && !stays_unhashed(doc, stream) && !doc_hash(doc);
    struct doc_head head = {
        .id = doc->id, .ordinal = doc->ordinal, .whole = (text ? 1 : 0) | (facts ? DOC_FACTS : 0) |
                                      (text && doc->unhashed ? DOC_UNHASHED : 0)};
    uint32_t entries = 0;
    for (uint32_t i = 0; i < doc->tables->plan->layers; i++) {
        int bit = sealed_as_bit(doc, i, text), here = sealed_here(doc, i) && !(i == 0 && facts);
        entries += here && !bit ? entries_of(doc->layer[i].count) : 0;
        head.whole |= (uint32_t)(here && bit) << (i & 31);
    }
    head.entries = (uint16_t)entries;
    head.lost = (uint16_t)(lost / sizeof(uint32_t));
    out->failed |= entries > UINT16_MAX || lost / sizeof(uint32_t) > UINT16_MAX;
    bytes_add(out, &head, DOC_HEAD);
    uint64_t directory = out->size;
    bytes_add(out, NULL, entries * sizeof(struct doc_dir));
    if (lost)
        bytes_add(out, doc->lost.at + doc->lost_before, lost);
    if (text)
        add_whole(doc, stream);
    add_layers(doc, stream, base, directory, text, facts);
    return stream_end(stream, begun, units);
}

static void part_whole(struct assay_doc *doc, const struct doc_head *head, const struct doc_whole *whole)
{
    doc->id = head->id;
    doc->ordinal = head->ordinal;
    doc->item = whole->item;
    doc->line = whole->line;
    doc->mapped = whole->mapped;
    doc->stored = head;
    doc->text = whole->text;
    doc->record.doc = whole->name;
    doc->stored_map = whole->map.at;
    doc->stored_map_size = whole->map.size;
    doc->runs = whole->runs;
    doc->unhashed = !whole->sha;
    doc->given = whole->text;
    if (whole->sha)
        memcpy(doc->sha, whole->sha, sizeof doc->sha);
    else
        memset(doc->sha, 0, sizeof doc->sha);
}

void doc_part(struct assay_doc *doc, const char *payload)
{
    const struct doc_head *head = (const struct doc_head *)(const void *)payload;
    struct doc_entry dir;
    struct doc_whole whole = {0};
    doc->frozen = 1;
    if (doc_whole(head, &whole))
        part_whole(doc, head, &whole);
    if (head->lost)
        bytes_add(&doc->lost, head->dir + head->entries, head->lost * sizeof(uint32_t));
    doc->lost_before = doc->lost.size;
    for (uint32_t bits = head->whole & ~(DOC_FACTS | DOC_UNHASHED | 1u); bits; bits &= bits - 1) {
        uint32_t i = (uint32_t)__builtin_ctz(bits);
        doc_touch(doc, i);
        doc->layer[i].state = DOC_STORED;
        doc->layer[i].count = 0;
        doc->layer[i].stored = payload;
        doc->layer[i].rows = NULL;
    }
    for (uint32_t next = 0; doc_entry(head, &next, &dir);) {
        struct doc_layer *layer = &doc->layer[dir.layer];
        if (doc->tables->gone[dir.layer])
            continue;
        doc_touch(doc, dir.layer);
        layer->state = DOC_STORED;
        layer->count = dir.count;
        doc->records += dir.layer ? dir.count : 0;
        layer->stored = dir.at ? payload + dir.at : whole.map.at;
        layer->rows = NULL;
    }
}

int doc_map_plain(struct assay_doc *doc, uint32_t size)
{
    struct assay_map *map = arena_alloc(&doc->arena, sizeof *map);
    if (!map)
        return 0;
    *map = (struct assay_map){.count = size, .from_step = 1, .to_step = 1};
    doc->map = map;
    doc->runs = 1;
    return 1;
}

int doc_map(struct assay_doc *doc)
{
    if (doc->map || !doc->mapped || !doc->runs)
        return 1;
    if (doc->mapped == DOC_PLAIN)
        return doc_map_plain(doc, (uint32_t)doc->text.size);
    doc->map = textmap_open(&doc->arena, doc->stored_map, doc->stored_map_size, doc->runs);
    return doc->map != NULL;
}
