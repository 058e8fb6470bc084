/* SPDX-License-Identifier: Apache-2.0 */
#include "testing_own.h"

#include <assay/kit/utf8.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

/* ---- memory: a list of blocks, so that a sanitizer sees the bounds of each ---- */

struct block {
    struct block *next;
    uint64_t zero;
};

void *testing_take(struct assay_test *t, uint64_t size)
{
    struct block *b = size < SIZE_MAX - sizeof *b ? calloc(1, (size_t)size + sizeof *b) : NULL;
    if (!b) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    b->next = t->own;
    t->own = b;
    return b + 1;
}

void *testing_copy(struct assay_test *t, const void *from, uint64_t size)
{
    char *to = testing_take(t, size + 1);
    if (size)
        memcpy(to, from, size);
    return to;
}

struct assay_text testing_copy_text(struct assay_test *t, struct assay_text text)
{
    if (text.at)
        text.at = testing_copy(t, text.at, text.size);
    return text;
}

void testing_push(struct assay_test *t, struct assay_test_rows *rows, const void *record)
{
    if (rows->count == rows->room) {
        uint32_t room = rows->room ? rows->room * 2 : 8;
        char *at = testing_take(t, (uint64_t)room * rows->stride);
        if (rows->count)
            memcpy(at, rows->at, (size_t)rows->count * rows->stride);
        rows->at = at;
        rows->room = room;
    }
    memcpy(rows->at + (size_t)rows->count++ * rows->stride, record, rows->stride);
}

/* Room for one more behind `count` elements that only grow by this: where they fill a power of two, twice as much. */
static void *one_more(struct assay_test *t, void *at, uint32_t count, size_t size)
{
    if (count & (count - 1))
        return at;
    char *more = testing_take(t, (count ? 2 * (uint64_t)count : 1) * size);
    if (count)
        memcpy(more, at, count * size);
    return more;
}

struct assay_test *testing_of(const struct assay_host *host)
{
    return host->own;
}

/* ---- anywhere ---- */

static assay_status host_fail(const struct assay_host *host, assay_status code, const char *format, ...)
{
    struct assay_test *t = testing_of(host);
    va_list args;
    va_start(args, format);
    vsnprintf(t->message, sizeof t->message, format, args);
    va_end(args);
    return code;
}

static void host_note(const struct assay_host *host, uint32_t level, const char *format, ...)
{
    (void)format;
    testing_of(host)->notes += level >= ASSAY_NOTE_WARNING;
}

static void *host_alloc(const struct assay_host *host, void *subject, uint64_t size)
{
    return subject ? testing_take(testing_of(host), size) : NULL;
}

static assay_status host_find(const struct assay_host *host, const char *relative, struct assay_text *path)
{
    struct assay_test *t = testing_of(host);
    *path = (struct assay_text){NULL, 0};
    if (!t->data)
        return ASSAY_NO;
    size_t room = strlen(t->data) + strlen(relative) + 2;
    char *whole = testing_take(t, room);
    snprintf(whole, room, "%s/%s", t->data, relative);
    if (access(whole, R_OK) != 0)
        return ASSAY_NO;
    *path = (struct assay_text){whole, strlen(whole)};
    return ASSAY_OK;
}

static uint64_t host_memory(const struct assay_host *host)
{
    (void)host;
    return 256u << 20;
}

/* ---- reading ---- */

static uint64_t item_size(const struct assay_host *host, const struct assay_item *item)
{
    (void)host;
    return item->bytes.size;
}

static assay_status item_read(const struct assay_host *host, struct assay_item *item, uint64_t at, void *buffer,
                              uint64_t size, uint64_t *got)
{
    (void)host;
    uint64_t left = at < item->bytes.size ? item->bytes.size - at : 0;
    *got = size < left ? size : left;
    if (*got)
        memcpy(buffer, item->bytes.at + at, *got);
    return ASSAY_OK;
}

static assay_status item_bytes(const struct assay_host *host, struct assay_item *item, struct assay_text *bytes)
{
    (void)host;
    *bytes = item->bytes;
    return ASSAY_OK;
}

static void item_place(const struct assay_host *host, const struct assay_item *item, uint64_t *byte, uint64_t *line)
{
    (void)host;
    *byte = item->byte;
    *line = item->line;
}

static const struct assay_field *find_row(const struct assay_fields *fields, const char *name)
{
    for (uint32_t i = 0; i < fields->rows; i++)
        if (strcmp(fields->row[i].name, name) == 0)
            return &fields->row[i];
    return NULL;
}

static void set_map(struct assay_doc *doc, const struct assay_map *map, uint64_t runs)
{
    doc->map = runs ? testing_copy(doc->test, map, runs * sizeof *map) : NULL;
    doc->runs = runs;
    doc->mapped = runs || !map;
}

/* The reader's own table of document/1 may be any part of ours. */
static void copy_record(struct assay_test *t, struct assay_document *to, const struct assay_fields *fields,
                        const char *record)
{
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *from = &fields->row[i], *row = find_row(&assay_document_fields, from->name);
        if (!row || row->type != from->type || row->size != from->size)
            continue;
        void *at = (char *)to + row->offset;
        memcpy(at, record + from->offset, row->size);
        if (row->flags & ASSAY_LIST) {
            struct assay_list *list = at;
            if (list->count)
                list->at = testing_copy(t, list->at, (uint64_t)list->count * list->stride);
        } else if (row->type == ASSAY_TEXT) {
            *(struct assay_text *)at = testing_copy_text(t, *(struct assay_text *)at);
        }
    }
    /* Metadata is the one list a reader fills: its texts are copied, too. */
    for (uint32_t i = 0; i < to->metadata.count; i++) {
        struct assay_pair *pair = (struct assay_pair *)(uintptr_t)ASSAY_AT(struct assay_pair, to->metadata, i);
        pair->key = testing_copy_text(t, pair->key);
        pair->value = testing_copy_text(t, pair->value);
    }
}

static assay_status add_document(const struct assay_host *host, struct assay_item *item, uint32_t slot,
                                 const void *record, struct assay_text bytes, const struct assay_map *map,
                                 uint64_t runs)
{
    (void)item;
    struct assay_test *t = testing_of(host);
    struct assay_document own = {0};
    copy_record(t, &own, t->plugin->layer[slot].fields, record);
    set_map(assay_test_doc(t, bytes, &own), map, runs);
    return ASSAY_OK;
}

static void add_event(struct assay_test *t, struct assay_test_event **list, uint32_t *count,
                      struct assay_test_event event)
{
    *list = one_more(t, *list, *count, sizeof event);
    (*list)[(*count)++] = event;
}

static assay_status add_item(const struct assay_host *host, struct assay_item *item, struct assay_text name,
                             struct assay_text bytes)
{
    (void)item;
    struct assay_test *t = testing_of(host);
    add_event(t, &t->member, &t->members,
              (struct assay_test_event){
                  .text = testing_copy_text(t, name), .bytes = testing_copy_text(t, bytes), .size = bytes.size});
    return t->member_answer;
}

static assay_status host_failed(const struct assay_host *host, struct assay_item *item, uint64_t at, uint64_t line,
                                const char *code, const char *format, ...)
{
    (void)item;
    struct assay_test *t = testing_of(host);
    char message[4096];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    add_event(t, &t->failed, &t->failures,
              (struct assay_test_event){.code = testing_copy_text(t, (struct assay_text){code, strlen(code)}),
                                        .text = testing_copy_text(t, (struct assay_text){message, strlen(message)}),
                                        .at = at,
                                        .line = line});
    return ASSAY_OK;
}

static assay_status host_skipped(const struct assay_host *host, struct assay_item *item, struct assay_text member,
                                 uint64_t size, const char *reason)
{
    (void)item;
    struct assay_test *t = testing_of(host);
    reason = reason ? reason : "no reader takes it";
    add_event(t, &t->skipped, &t->skips,
              (struct assay_test_event){.code = testing_copy_text(t, (struct assay_text){reason, strlen(reason)}),
                                        .text = testing_copy_text(t, member),
                                        .size = size});
    return ASSAY_OK;
}

/* ---- a document ---- */

static struct assay_text host_text(const struct assay_host *host, const struct assay_doc *doc)
{
    (void)host;
    return doc->text;
}

static assay_docid host_docid(const struct assay_host *host, const struct assay_doc *doc)
{
    (void)host;
    return XXH3_64bits(doc->record.doc.at, doc->record.doc.size);
}

static assay_status set_text(const struct assay_host *host, struct assay_doc *doc, struct assay_text text,
                             const struct assay_map *map, uint64_t runs)
{
    doc->text = (struct assay_text){testing_copy(testing_of(host), text.at, text.size), text.size};
    set_map(doc, map, runs);
    return ASSAY_OK;
}

static assay_status host_raw(const struct assay_host *host, const struct assay_doc *doc, struct assay_span span,
                             uint64_t raw[2])
{
    (void)host;
    if (!doc->mapped)
        return ASSAY_NO;
    raw[0] = span.begin;
    raw[1] = span.end;
    if (!doc->runs)
        return ASSAY_OK;
    int seen = 0;
    for (uint64_t i = 0; i < doc->runs; i++) {
        const struct assay_map *m = &doc->map[i];
        uint64_t end = m->to + (uint64_t)m->count * m->to_step;
        if (!m->from_step || m->to >= span.end || end <= span.begin)
            continue;
        uint64_t first = span.begin > m->to ? (span.begin - m->to) / m->to_step : 0;
        uint64_t last = span.end < end ? (span.end - m->to + m->to_step - 1) / m->to_step : m->count;
        uint64_t from = m->from + first * m->from_step, to = m->from + last * m->from_step;
        raw[0] = seen && raw[0] < from ? raw[0] : from;
        raw[1] = seen && raw[1] > to ? raw[1] : to;
        seen = 1;
    }
    return seen ? ASSAY_OK : ASSAY_NO;
}

static assay_status host_map(const struct assay_host *host, const struct assay_doc *doc, const struct assay_map **map,
                             uint64_t *runs)
{
    (void)host;
    *map = doc->map;
    *runs = doc->runs;
    return doc->mapped ? ASSAY_OK : ASSAY_NO;
}

/* 1: the plugin's slot is document/1. */
static int is_document(const struct assay_test *t, uint32_t slot)
{
    return slot < t->plugin->layers && strcmp(t->plugin->layer[slot].name, "document") == 0;
}

static struct assay_list host_records(const struct assay_host *host, const struct assay_doc *doc, uint32_t slot)
{
    if (is_document(testing_of(host), slot))
        return (struct assay_list){&doc->record, 1, sizeof doc->record};
    const struct assay_test_rows *rows = &doc->slot[slot];
    return (struct assay_list){rows->at, rows->count, rows->stride};
}

static int good_span(const struct assay_doc *doc, const struct assay_fields *fields, const char *record)
{
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *row = &fields->row[i];
        if (row->type != ASSAY_SPAN || (row->flags & (ASSAY_SELF | ASSAY_LIST)) != ASSAY_SELF)
            continue;
        struct assay_span s;
        memcpy(&s, record + row->offset, sizeof s);
        if (s.begin > s.end || s.end > doc->text.size || !assay_utf8_border(doc->text.at, doc->text.size, s.begin) ||
            !assay_utf8_border(doc->text.at, doc->text.size, s.end))
            return 0;
    }
    return 1;
}

static assay_status host_add(const struct assay_host *host, struct assay_doc *doc, uint32_t slot, const void *record)
{
    struct assay_test *t = testing_of(host);
    if (slot >= t->plugin->layers || slot >= ASSAY_TEST_SLOTS)
        return host_fail(host, ASSAY_EFATAL, "no slot %u", slot);
    if (!good_span(doc, t->plugin->layer[slot].fields, record))
        return host_fail(host, ASSAY_EDOC, "span outside the text or inside a character");
    assay_test_put(t, doc, slot, record);
    return ASSAY_OK;
}

static assay_status host_amend(const struct assay_host *host, struct assay_doc *doc, const char *name,
                               const void *value)
{
    struct assay_test *t = testing_of(host);
    const struct assay_field *row = find_row(&assay_document_fields, name);
    if (!row)
        return host_fail(host, ASSAY_EFATAL, "document has no row %s", name);
    void *at = (char *)&doc->record + row->offset;
    if (row->flags & ASSAY_LIST) {
        struct assay_list *list = at;
        const struct assay_fields *part = row->of;
        struct assay_test_rows rows = {(char *)(uintptr_t)list->at, list->count, part->record_size, list->count};
        testing_push(t, &rows, value);
        *list = (struct assay_list){rows.at, rows.count, rows.stride};
        return ASSAY_OK;
    }
    if (row->type != ASSAY_TEXT)
        return host_fail(host, ASSAY_EFATAL, "row %s cannot be amended", name);
    struct assay_text *text = at;
    if (text->at)
        return ASSAY_SKIP;
    memcpy(text, value, sizeof *text);
    return ASSAY_OK;
}

/* The rest is filled in by testing_run.c. */
static const struct assay_host table = {
    .struct_size = sizeof(struct assay_host),
    .abi_major = ASSAY_ABI_MAJOR,
    .abi_minor = ASSAY_ABI_MINOR,
    .fail = host_fail,
    .note = host_note,
    .alloc = host_alloc,
    .find = host_find,
    .memory = host_memory,
    .item_size = item_size,
    .item_read = item_read,
    .item_bytes = item_bytes,
    .item_place = item_place,
    .add_document = add_document,
    .add_item = add_item,
    .failed = host_failed,
    .skipped = host_skipped,
    .text = host_text,
    .docid = host_docid,
    .set_text = set_text,
    .raw = host_raw,
    .map = host_map,
    .records = host_records,
    .add = host_add,
    .amend = host_amend,
};

/* ---- what the test calls ---- */

struct assay_test *assay_test_new(const struct assay_plugin *plugin, const char *data_folder)
{
    struct assay_test *t = calloc(1, sizeof *t);
    if (!t)
        exit(1);
    t->host = table;
    testing_fill_run(&t->host);
    t->host.own = t;
    t->plugin = plugin;
    t->data = data_folder;
    return t;
}

assay_status assay_test_open(struct assay_test *t, const void *options)
{
    return t->plugin->open ? t->plugin->open(&t->host, options, &t->self) : ASSAY_OK;
}

void assay_test_free(struct assay_test *t)
{
    if (t->self && t->plugin->close)
        t->plugin->close(t->self);
    for (struct assay_sink *s = t->sink; s; s = s->next)
        assay_buf_free(&s->text);
    for (struct block *b = t->own, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(t);
}

struct assay_doc *assay_test_doc(struct assay_test *t, struct assay_text bytes, const struct assay_document *record)
{
    struct assay_doc *doc = testing_take(t, sizeof *doc);
    doc->test = t;
    doc->bytes = doc->text = (struct assay_text){testing_copy(t, bytes.at, bytes.size), bytes.size};
    doc->mapped = 1;
    if (record) {
        doc->record = *record;
    } else {
        char *id = testing_take(t, 16);
        int n = sprintf(id, "doc-%u", t->docs);
        doc->record.doc = (struct assay_text){id, (uint64_t)n};
        doc->record.media = (struct assay_text){"text/plain", 10};
    }
    for (uint32_t i = 0; i < t->plugin->layers && i < ASSAY_TEST_SLOTS; i++)
        doc->slot[i].stride = t->plugin->layer[i].fields->record_size;
    t->doc = one_more(t, t->doc, t->docs, sizeof *t->doc);
    t->doc[t->docs++] = doc;
    return doc;
}

struct assay_doc *assay_test_text(struct assay_test *t, const char *terminated)
{
    return assay_test_doc(t, (struct assay_text){terminated, strlen(terminated)}, NULL);
}

void assay_test_put(struct assay_test *t, struct assay_doc *doc, uint32_t slot, const void *record)
{
    testing_push(t, &doc->slot[slot], record);
}

struct assay_item *assay_test_item(struct assay_test *t, const char *name, struct assay_text bytes)
{
    struct assay_item *item = testing_take(t, sizeof *item);
    *item =
        (struct assay_item){t, {testing_copy(t, name, strlen(name)), strlen(name)}, testing_copy_text(t, bytes), 0, 1};
    return item;
}

struct assay_out *assay_test_out(struct assay_test *t)
{
    struct assay_out *out = testing_take(t, sizeof *out);
    out->test = t;
    return out;
}

struct assay_results *assay_test_results(struct assay_test *t, struct assay_out *out)
{
    struct assay_results *results = testing_take(t, sizeof *results);
    results->test = t;
    results->out = out;
    return results;
}
