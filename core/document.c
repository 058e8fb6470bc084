/* SPDX-License-Identifier: Apache-2.0 */
#include "document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/utf8.h>

#include "document_move.h"
#include "document_place.h"
#include "fields.h"
#include "sha256.h"
#include "textmap.h"

#define KEEP_MOST (4u << 20) /* bytes of a layer's room that the next document inherits */

int doc_open(struct assay_doc *doc, const struct tables *tables)
{
    *doc = (struct assay_doc){.tables = tables, .generation = 1};
    doc->layer = calloc(tables->plan->layers + 1, sizeof *doc->layer);
    doc->touched = calloc(tables->plan->layers / 64 + 1, sizeof *doc->touched);
    doc->copy = calloc(tables->views + 1, sizeof *doc->copy);
    return doc->layer && doc->touched && doc->copy;
}

void doc_close(struct assay_doc *doc)
{
    for (uint32_t i = 0; doc->layer && i < doc->tables->plan->layers; i++)
        bytes_free(&doc->layer[i].own);
    free(doc->layer);
    free(doc->touched);
    free(doc->copy);
    bytes_free(&doc->lost);
    arena_free(&doc->arena);
    *doc = (struct assay_doc){0};
}

static void reset_layer(struct doc_layer *layer)
{
    /* row by row: a copy of the whole would wait for its parts to be written, at each view */
    layer->state = DOC_UNMADE;
    layer->count = 0;
    layer->rows = layer->stored = NULL;
    layer->own.size = 0;
    layer->own.failed = 0;
    if (layer->own.room > KEEP_MOST)
        bytes_free(&layer->own);
}

void doc_reset(struct assay_doc *doc)
{
    for (uint32_t word = 0; word <= doc->tables->plan->layers / 64; word++) /* of many layers a document has few */
        for (; doc->touched[word]; doc->touched[word] &= doc->touched[word] - 1)
            reset_layer(&doc->layer[word * 64 + (uint32_t)__builtin_ctzll(doc->touched[word])]);
    if (doc->copied)
        memset(doc->copy, 0, doc->tables->views * sizeof *doc->copy);
    doc->copied = 0;
    arena_reset(&doc->arena);
    doc->id = 0;
    doc->line = doc->ordinal = doc->item = doc->mapped = doc->frozen = doc->unhashed = 0;
    doc->text = doc->given = (struct assay_text){0};
    doc->map = NULL;
    doc->runs = doc->records = doc->stored_map_size = 0;
    doc->stored = NULL;
    doc->stored_map = NULL;
    doc->record = (struct assay_document){0};
    doc->generation = 1;
    doc->lost.size = doc->lost_before = 0;
    doc->undo = (struct doc_undo){0};
}

static struct assay_map *plain_map(struct assay_doc *doc, uint64_t size, uint64_t *runs)
{
    struct assay_map *one = arena_alloc(&doc->arena, sizeof *one);
    *runs = size ? 1 : 0;
    if (one && size)
        *one = (struct assay_map){.count = (uint32_t)size, .from_step = 1, .to_step = 1};
    return one;
}

const char *doc_start(struct assay_doc *doc, assay_docid id, struct assay_text bytes, const struct assay_map *map,
                      uint64_t runs)
{
    doc_reset(doc);
    if (bytes.size >= UINT32_MAX)
        return "a text has to be smaller than 4 GiB";
    if (runs) {
        const char *why = textmap_check(map, runs, bytes.size, UINT64_MAX / 2);
        if (why)
            return why;
        doc->map = map;
        doc->runs = runs;
        doc->mapped = 1;
    } else if (!map) {
        doc->map = plain_map(doc, bytes.size, &doc->runs);
        if (!doc->map)
            return "out of memory";
        doc->mapped = 1;
    }
    doc->id = id;
    doc->text = bytes.at ? bytes : (struct assay_text){"", 0};
    return NULL;
}

int doc_give(struct assay_doc *doc, struct assay_text bytes)
{
    char *text = arena_alloc(&doc->arena, SHA256_HEX);
    if (!text)
        return 0;
    memset(doc->sha, 0, sizeof doc->sha);
    sha256_print(text, doc->sha);
    doc->record.sha256 = (struct assay_text){text, SHA256_HEX};
    doc->given = bytes.at ? bytes : (struct assay_text){"", 0};
    doc->unhashed = 1;
    return 1;
}

int doc_hash(struct assay_doc *doc)
{
    if (!doc->unhashed)
        return 1;
    if (!sha256_of(doc->given, doc->sha))
        return 0;
    doc->unhashed = 0;
    sha256_print((char *)(uintptr_t)doc->record.sha256.at, doc->sha);
    return 1;
}

/* ---- undo ---- */

struct doc_moved {
    struct doc_moved *next;
    uint32_t layer, count;
    void *rows;
};

void doc_mark(struct assay_doc *doc)
{
    doc->undo = (struct doc_undo){doc->text,       doc->map,    doc->runs,    doc->mapped,
                                  doc->generation, doc->record, doc->records, NULL};
}

void doc_rollback(struct assay_doc *doc, uint32_t step)
{
    const struct plan *plan = doc->tables->plan;
    doc->text = doc->undo.text;
    doc->map = doc->undo.map;
    doc->runs = doc->undo.runs;
    doc->mapped = doc->undo.mapped;
    doc->records = doc->undo.records;
    if (doc->generation != doc->undo.generation) {
        doc->record = doc->undo.record;
        doc->generation++;
    }
    for (struct doc_moved *m = doc->undo.moved; m; m = m->next) {
        doc->layer[m->layer].own.size = 0;
        bytes_add(&doc->layer[m->layer].own, m->rows, (uint64_t)m->count * doc->tables->layer[m->layer]->size);
        doc->layer[m->layer].count = m->count;
    }
    for (uint32_t i = 1; i < plan->layers; i++) {
        struct doc_layer *layer = &doc->layer[i];
        if (plan->layer[i].step != step || layer->state != DOC_UNMADE)
            continue;
        layer->own.size = 0;
        layer->count = 0;
    }
}

void doc_forget(struct assay_doc *doc)
{
    for (uint32_t i = 1; i < doc->tables->plan->layers; i++) {
        struct doc_layer *layer = &doc->layer[i];
        if (layer->state != DOC_MADE || layer->stored)
            continue;
        doc->records -= layer->count < doc->records ? layer->count : doc->records;
        layer->state = DOC_UNMADE;
        layer->count = 0;
        bytes_free(&layer->own);
    }
}

/* ---- what counts ---- */

/* The layers of a hook's step that this hook was to make: by `pass` for analysers, all for preparers and readers. */
static int made_here(const struct plan *plan, uint32_t layer, uint32_t step, uint32_t pass)
{
    const struct plan_layer *l = &plan->layer[layer];
    if (l->step != step || l->where & ASSAY_ON_CORPUS)
        return 0;
    return plan->step[step].plugin->layer[l->slot].stage == 0 && plan->step[step].analyse_pass == pass;
}

static int finish_layer(struct assay_doc *doc, uint32_t i)
{
    struct doc_layer *layer = &doc->layer[i];
    doc_touch(doc, i);
    if (layer->own.failed || !place_sort(&doc->arena, doc->tables->layer[i], layer->own.at, layer->count))
        return 0;
    layer->rows = layer->own.at;
    layer->state = DOC_MADE;
    return 1;
}

int doc_commit(struct assay_doc *doc, uint32_t step, uint32_t pass)
{
    const struct plan *plan = doc->tables->plan;
    for (uint32_t i = 1; i < plan->layers; i++)
        if (made_here(plan, i, step, pass) && !finish_layer(doc, i))
            return 0;
    return 1;
}

static int mapped_here(const struct plan *plan, uint32_t layer, uint32_t step, uint32_t stage)
{
    const struct plan_layer *l = &plan->layer[layer];
    return l->step == step && l->where & ASSAY_BY_MAP && plan->step[step].plugin->layer[l->slot].stage == stage;
}

int doc_commit_map(struct assay_doc *doc, uint32_t step, uint32_t stage)
{
    const struct plan *plan = doc->tables->plan;
    for (uint32_t i = 1; i < plan->layers; i++)
        if (mapped_here(plan, i, step, stage) && doc->layer[i].count && !finish_layer(doc, i))
            return 0;
    return 1;
}

int doc_take_map(struct assay_doc *doc, const struct doc_head *head, uint32_t step, uint32_t stage)
{
    struct doc_entry dir;
    for (uint32_t next = 0; doc_entry(head, &next, &dir);) {
        if (!dir.layer || !mapped_here(doc->tables->plan, dir.layer, step, stage))
            continue;
        const struct shape *shape = doc->tables->layer[dir.layer];
        const void *rows = record_open(&doc->arena, shape, (const char *)head + dir.at, dir.count);
        doc_touch(doc, dir.layer);
        if (!rows || !bytes_add(&doc->layer[dir.layer].own, rows, (uint64_t)dir.count * shape->size))
            return 0;
        doc->layer[dir.layer].count = dir.count;
        doc->records += dir.count;
    }
    return doc_commit_map(doc, step, stage);
}

/* ---- a new text ---- */

static int move_layer(struct assay_doc *doc, uint32_t i, const struct move *move)
{
    struct doc_layer *layer = &doc->layer[i];
    const struct shape *shape = doc->tables->layer[i];
    struct doc_moved *moved = arena_alloc(&doc->arena, sizeof *moved);
    if (!moved)
        return 0;
    *moved =
        (struct doc_moved){doc->undo.moved, i, layer->count, arena_copy(&doc->arena, layer->own.at, layer->own.size)};
    if (!moved->rows)
        return 0;
    doc->undo.moved = moved;
    if (!move_rows(move, shape->fields, layer->own.at, &layer->count, shape->size))
        return 0;
    layer->own.size = (uint64_t)layer->count * shape->size;
    return place_sort(&doc->arena, shape, layer->own.at, layer->count);
}

static int move_repairs(struct assay_doc *doc, const struct move *move)
{
    struct assay_list *repairs = &doc->record.repairs;
    char *rows = arena_copy(&doc->arena, repairs->at, (uint64_t)repairs->count * repairs->stride);
    if (!rows || !move_rows(move, &assay_repair_fields, rows, &repairs->count, repairs->stride))
        return 0;
    repairs->at = rows;
    doc->generation++;
    return 1;
}

static int move_all(struct assay_doc *doc, const struct assay_map *map, uint64_t runs)
{
    struct move move = {&doc->arena, doc->id, map, NULL, 0};
    for (uint32_t i = 0; i < doc->tables->plan->layers; i++) {
        uint32_t count = i ? doc->layer[i].count : doc->record.repairs.count;
        if (!count || (i && !move_has_places(doc->tables->layer[i]->fields)))
            continue;
        if (!move.order && !(move.order = textmap_by_source(&doc->arena, map, runs, &move.runs)))
            return 0;
        if (!(i ? move_layer(doc, i, &move) : move_repairs(doc, &move)))
            return 0;
    }
    memset(doc->copy, 0, doc->tables->views * sizeof *doc->copy); /* as other steps have seen them */
    return 1;
}

assay_status doc_set_text(struct assay_doc *doc, struct assay_text text, const struct assay_map *map, uint64_t runs,
                          const char **why)
{
    *why = NULL;
    if (text.size >= UINT32_MAX) {
        *why = "a text has to be smaller than 4 GiB";
        return ASSAY_EDOC;
    }
    if (map && (*why = textmap_check(map, runs, text.size, doc->text.size)))
        return ASSAY_EFATAL;
    char *copy = arena_copy(&doc->arena, text.at, text.size);
    uint64_t n = 0;
    struct assay_map *composed = NULL;
    if (!copy)
        return ASSAY_ENOMEM;
    if (!map) {
        doc->mapped = 0;
    } else if (doc->mapped) {
        composed = textmap_compose(&doc->arena, doc->map, doc->runs, map, runs, &n);
        if (!composed)
            return ASSAY_ENOMEM;
    }
    if (!move_all(doc, map, map ? runs : 0))
        return ASSAY_ENOMEM;
    doc->text = (struct assay_text){copy, text.size};
    doc->map = composed;
    doc->runs = n;
    return ASSAY_OK;
}

/* ---- records ---- */

static int span_fits(const struct assay_doc *doc, struct assay_span span)
{
    return span.begin <= span.end && span.end <= doc->text.size &&
           assay_utf8_border(doc->text.at, doc->text.size, span.begin) &&
           assay_utf8_border(doc->text.at, doc->text.size, span.end);
}

assay_status doc_add(struct assay_doc *doc, uint32_t i, const void *record, const char **why)
{
    struct doc_layer *layer = &doc->layer[i];
    const struct shape *shape = doc->tables->layer[i];
    *why = NULL;
    if (shape->self != ASSAY_NEVER) {
        struct place place = place_of(shape, record, 0);
        if (!place.null && !span_fits(doc, (struct assay_span){place.begin, place.end})) {
            int outside = place.end > doc->text.size || place.begin > place.end;
            snprintf(doc->wrong, sizeof doc->wrong, "its span (%u to %u) %s of %llu bytes", place.begin, place.end,
                     outside ? "is not inside the text" : "cuts through a character of the text",
                     (unsigned long long)doc->text.size);
            *why = doc->wrong;
            return ASSAY_EDOC;
        }
    }
    if (doc->records >= doc->tables->plan->record_limit) {
        *why = "the document has as many records as are allowed (record_limit)";
        return ASSAY_EDOC;
    }
    doc_touch(doc, i);
    if (!bytes_add(&layer->own, record, shape->size))
        return ASSAY_ENOMEM;
    layer->count++;
    doc->records++;
    return ASSAY_OK;
}

int doc_deliver(struct assay_doc *doc, uint32_t i, const char *stored)
{
    const struct shape *shape = doc->tables->layer[i];
    const void *row = record_open(&doc->arena, shape, stored, 1);
    doc_touch(doc, i);
    if (!row || !bytes_add(&doc->layer[i].own, row, shape->size))
        return 0;
    doc->layer[i].count++;
    return 1;
}

int doc_delivered(struct assay_doc *doc, uint32_t i)
{
    return finish_layer(doc, i);
}

/* ---- document/1 ---- */

static const struct shape *document_shape(const struct assay_doc *doc)
{
    return doc->tables->layer[0];
}

/* Appends to a list row; room doubles at powers of two, so n appends cost n. */
static int append(struct assay_doc *doc, struct assay_list *list, uint32_t size, const void *element)
{
    if (!list->count || !(list->count & (list->count - 1)) || list->stride != size) {
        char *more = arena_alloc(&doc->arena, ((uint64_t)list->count * 2 + 1) * size);
        if (!more)
            return 0;
        for (uint32_t i = 0; i < list->count; i++)
            memcpy(more + (uint64_t)i * size, (const char *)list->at + (uint64_t)i * list->stride, size);
        list->at = more;
        list->stride = size;
    }
    memcpy((char *)(uintptr_t)list->at + (uint64_t)list->count * size, element, size);
    list->count++;
    return 1;
}

static int is_set(const struct assay_field *row, const char *member)
{
    if (row->type == ASSAY_TEXT)
        return ((const struct assay_text *)(const void *)member)->at != NULL;
    static const char zero[16];
    return memcmp(member, zero, row->size < sizeof zero ? row->size : sizeof zero) != 0;
}

assay_status doc_amend(struct assay_doc *doc, const char *name, const void *value, const char **why)
{
    const struct assay_field *row = fields_find(document_shape(doc)->fields, name);
    *why = NULL;
    if (!row || !strcmp(name, "doc") || !strcmp(name, "sha256") || !strcmp(name, "raw_bytes") ||
        !strcmp(name, "text_bytes")) {
        *why = row ? "that row is the host's" : "document/1 has no such row";
        return ASSAY_EFATAL;
    }
    if (doc->generation == 1 && doc->layer[0].state == DOC_STORED) { /* a later pass: bring it to life */
        struct assay_list list = doc_layer(doc, 0);
        if (list.count == 1)
            memcpy(&doc->record, list.at, sizeof doc->record);
    }
    char *member = (char *)&doc->record + row->offset;
    if (row->flags & ASSAY_LIST) {
        uint32_t size = fields_value_size(row);
        void *copy = arena_copy(&doc->arena, value, size);
        if (!copy || !append(doc, (struct assay_list *)(void *)member, size, copy))
            return ASSAY_ENOMEM;
    } else if (is_set(row, member)) {
        return ASSAY_SKIP;
    } else {
        memcpy(member, value, row->size);
    }
    doc->generation++;
    doc_touch(doc, 0);
    doc->layer[0].state = DOC_MADE;
    doc->layer[0].rows = &doc->record;
    doc->layer[0].count = 1;
    return ASSAY_OK;
}
