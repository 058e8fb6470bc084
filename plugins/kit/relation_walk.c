/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of the tables of relation.h, out of the results of a run.
 */
#include "relation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/json.h>
#include <assay/kit/map.h>

#define BATCH 256u

struct walk {
    const struct relation_own *own;
    const struct assay_host *host;
    struct assay_results *results;
    void *visitor;
    assay_status (*row)(void *, uint32_t, const struct assay_cell *);
    struct assay_buf json;    /* JSON and ids of the row in hand */
    struct assay_cell **cell; /* of each table */
    int64_t *next_no;
};

static struct assay_cell null_cell(void)
{
    return (struct assay_cell){0};
}

static struct assay_cell text_cell(struct assay_text text)
{
    return (struct assay_cell){.type = text.at ? ASSAY_CELL_TEXT : ASSAY_CELL_NULL, .text = text};
}

static struct assay_cell integer_cell(int64_t value)
{
    return (struct assay_cell){.type = ASSAY_CELL_INTEGER, .integer = value};
}

static struct assay_text id_of(const struct walk *w, const struct assay_doc *doc)
{
    struct assay_list list = w->host->records(w->host, doc, w->own->document);
    if (!list.count)
        return (struct assay_text){0};
    return *(const struct assay_text *)(const void *)((const char *)list.at + w->own->id_offset);
}

/* Texts of the row stay valid while the row is put together: JSON lies in one buffer, so cells keep offsets until the
 * end. */
static struct assay_cell json_cell(size_t begin, size_t end)
{
    return (struct assay_cell){.type = ASSAY_CELL_JSON, .integer = (int64_t)begin, .text = {NULL, end - begin}};
}

static struct assay_cell copied_cell(struct walk *w, struct assay_text text)
{
    if (!text.at)
        return null_cell();
    size_t begin = w->json.size;
    assay_buf_add(&w->json, text.at, text.size);
    struct assay_cell cell = json_cell(begin, w->json.size);
    cell.zero = 1; /* a text, not JSON */
    return cell;
}

static struct assay_cell doc_cell(struct walk *w, assay_docid id)
{
    const struct assay_doc *doc;
    if (!id || w->host->view(w->host, w->results, id, &doc) != ASSAY_OK)
        return null_cell();
    return copied_cell(w, id_of(w, doc)); /* the view may close before the row is visited */
}

static void place_cells(struct walk *w, const struct assay_place *place, struct assay_cell *to)
{
    const struct assay_doc *doc;
    uint64_t raw[2];
    for (int i = 0; i < 5; i++)
        to[i] = null_cell();
    if (!place->doc || w->host->view(w->host, w->results, place->doc, &doc) != ASSAY_OK)
        return;
    to[0] = copied_cell(w, id_of(w, doc));
    to[1] = integer_cell(place->span.begin);
    to[2] = integer_cell(place->span.end);
    if (w->host->raw(w->host, doc, place->span, raw) == ASSAY_OK) {
        to[3] = integer_cell((int64_t)raw[0]);
        to[4] = integer_cell((int64_t)raw[1]);
    }
}

/* A list of texts, or of pairs as an object. */
static struct assay_cell list_cell(struct walk *w, const struct relation_leaf *leaf, struct assay_list list)
{
    size_t begin = w->json.size;
    int object = leaf->row->type == ASSAY_RECORD;
    const struct assay_fields *pair = object ? leaf->row->of : NULL;
    int first = 1;
    assay_buf_byte(&w->json, object ? '{' : '[');
    for (uint32_t i = 0; i < list.count; i++) {
        const char *at = (const char *)list.at + (size_t)i * list.stride;
        const struct assay_text *text = (const void *)at;
        if (object) {
            const struct assay_field *second = (const void *)((const char *)pair->row + pair->row_size);
            const struct assay_text *key = (const void *)(at + pair->row->offset);
            if (!key->at)
                continue;
            text = (const void *)(at + second->offset);
            if (!first)
                assay_buf_byte(&w->json, ',');
            assay_json_text(&w->json, *key);
            assay_buf_byte(&w->json, ':');
        } else if (!first) {
            assay_buf_byte(&w->json, ',');
        }
        first = 0;
        assay_json_text(&w->json, *text);
    }
    assay_buf_byte(&w->json, object ? '}' : ']');
    return json_cell(begin, w->json.size);
}

static struct assay_cell scalar_cell(struct walk *w, const struct relation_leaf *leaf, const void *at)
{
    struct assay_text id = {0};
    switch (leaf->row->type) {
    case ASSAY_FLAG:
        return (struct assay_cell){.type = ASSAY_CELL_FLAG, .integer = *(const uint32_t *)at != 0};
    case ASSAY_U32:
        return integer_cell(*(const uint32_t *)at);
    case ASSAY_I64:
    case ASSAY_U64: {
        int64_t value;
        memcpy(&value, at, sizeof value);
        return integer_cell(value);
    }
    case ASSAY_REAL:
        return (struct assay_cell){.type = isfinite(*(const double *)at) ? ASSAY_CELL_REAL : ASSAY_CELL_NULL,
                                   .real = *(const double *)at};
    case ASSAY_TEXT:
        return text_cell(*(const struct assay_text *)at);
    case ASSAY_CHOICE:
        return *(const uint32_t *)at < leaf->words ? text_cell(leaf->word[*(const uint32_t *)at]) : null_cell();
    case ASSAY_DOC:
        return doc_cell(w, *(const assay_docid *)at);
    case ASSAY_REF:
        if (leaf->slot == ASSAY_NEVER ||
            w->host->name(w->host, w->results, leaf->slot, *(const struct assay_ref *)at, &id) != ASSAY_OK)
            return null_cell();
        return copied_cell(w, id);
    default:
        return null_cell();
    }
}

static int is_null(const struct relation_at *at, const char *record)
{
    for (uint32_t i = 0; i < at->haves; i++)
        if (!*(const uint32_t *)(const void *)(record + at->has[i]))
            return 1;
    return 0;
}

static uint32_t width(const struct relation_leaf *leaf)
{
    return leaf->list ? 1 : leaf->row->type == ASSAY_PLACE ? 5 : leaf->row->type == ASSAY_SPAN ? 2 : 1;
}

static void fill_leaves(struct walk *w, const struct relation_table *t, const char *record, struct assay_cell *to)
{
    for (uint32_t i = 0; i < t->leaves; i++) {
        const struct relation_leaf *leaf = &t->leaf[i];
        const char *at = record + leaf->at.offset;
        uint32_t n = width(leaf);
        if (is_null(&leaf->at, record)) {
            for (uint32_t k = 0; k < n; k++)
                to[k] = null_cell();
        } else if (leaf->list) {
            *to = list_cell(w, leaf, *(const struct assay_list *)(const void *)at);
        } else if (leaf->row->type == ASSAY_PLACE) {
            place_cells(w, (const void *)at, to);
        } else if (leaf->row->type == ASSAY_SPAN) {
            const struct assay_span *span = (const void *)at;
            to[0] = integer_cell(span->begin);
            to[1] = integer_cell(span->end);
        } else {
            *to = scalar_cell(w, leaf, at);
        }
        to += n;
    }
}

/* Cells that lie in the buffer get their addresses once nothing more is added to it. */
static void settle(struct walk *w, struct assay_cell *cell, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (cell[i].type == ASSAY_CELL_JSON) {
            cell[i].text.at = w->json.at + cell[i].integer;
            if (cell[i].zero)
                cell[i].type = ASSAY_CELL_TEXT;
            cell[i].zero = 0;
        }
}

static assay_status visit(struct walk *w, uint32_t table, struct assay_cell *cell)
{
    if (w->json.failed)
        return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for a row");
    settle(w, cell, w->own->table[table].columns);
    return w->row(w->visitor, table, cell);
}

/* The rows of a child: the parent's key cells (of `keys` columns), the position, the leaves. */
static assay_status visit_children(struct walk *w, uint32_t parent, const char *record, const struct assay_cell *key,
                                   uint32_t keys)
{
    const struct relation_table *p = &w->own->table[parent];
    for (uint32_t c = 0; c < p->children; c++) {
        if (is_null(&p->child[c].at, record))
            continue;
        uint32_t table = p->child[c].relation;
        const struct relation_table *t = &w->own->table[table];
        struct assay_cell *cell = w->cell[table];
        const struct assay_list *list = (const void *)(record + p->child[c].at.offset);
        for (uint32_t i = 0; i < list->count; i++) {
            const char *element = (const char *)list->at + (size_t)i * list->stride;
            size_t mark = w->json.size;
            memcpy(cell, key, keys * sizeof *cell);
            cell[keys] = integer_cell(i);
            fill_leaves(w, t, element, cell + keys + 1);
            assay_status status = visit(w, table, cell);
            if (!status && t->children)
                status = visit_children(w, table, element, cell, keys + 1);
            w->json.size = mark;
            if (status)
                return status;
        }
    }
    return ASSAY_OK;
}

static void print_id(struct walk *w, struct assay_text doc, struct assay_span span, uint32_t same)
{
    assay_buf_add(&w->json, doc.at, doc.size);
    assay_buf_byte(&w->json, '#');
    assay_json_u64(&w->json, span.begin);
    assay_buf_byte(&w->json, '-');
    assay_json_u64(&w->json, span.end);
    if (same) {
        assay_buf_byte(&w->json, '~');
        assay_json_u64(&w->json, same + 1);
    }
}

/* The way from the text to the original, without which an exported result would lose `raw`. */
static struct assay_cell map_cell(struct walk *w, const struct assay_doc *doc)
{
    const struct assay_map *map;
    uint64_t runs;
    if (w->host->map(w->host, doc, &map, &runs) != ASSAY_OK)
        return null_cell();
    size_t begin = w->json.size;
    assay_map_json(&w->json, map, runs);
    return json_cell(begin, w->json.size);
}

/* The cells before the fields of a record of a layer. */
static struct assay_cell *fill_head(struct walk *w, uint32_t table, const struct assay_doc *doc, struct assay_text id,
                                    const char *record, uint32_t same)
{
    const struct relation_table *t = &w->own->table[table];
    struct assay_cell *to = w->cell[table];
    struct assay_span span = {0, 0};
    uint64_t raw[2];
    if (t->slot == w->own->document || t->has_id)
        return to;
    if (t->self != ASSAY_NEVER)
        memcpy(&span, record + t->self, sizeof span);
    if (t->where & ASSAY_NAMED) {
        size_t begin = w->json.size;
        print_id(w, id, span, same);
        *to = json_cell(begin, w->json.size);
        to->zero = 1;
        to++;
    } else {
        *to++ = integer_cell(++w->next_no[table]);
    }
    if (!doc)
        return to;
    *to++ = text_cell(id);
    if (t->self == ASSAY_NEVER)
        return to;
    *to++ = integer_cell(span.begin);
    *to++ = integer_cell(span.end);
    int mapped = w->host->raw(w->host, doc, span, raw) == ASSAY_OK;
    *to++ = mapped ? integer_cell((int64_t)raw[0]) : null_cell();
    *to++ = mapped ? integer_cell((int64_t)raw[1]) : null_cell();
    return to;
}

static assay_status visit_record(struct walk *w, uint32_t table, const struct assay_doc *doc, struct assay_text id,
                                 const char *record, uint32_t same)
{
    const struct relation_table *t = &w->own->table[table];
    w->json.size = 0;
    fill_leaves(w, t, record, fill_head(w, table, doc, id, record, same));
    if (t->slot == w->own->document && w->own->text) {
        struct assay_text text = w->host->text(w->host, doc);
        w->cell[table][t->columns - 2] = text_cell(text.at ? text : (struct assay_text){"", 0});
        w->cell[table][t->columns - 1] = map_cell(w, doc);
    }
    assay_status status = visit(w, table, w->cell[table]);
    if (status || !t->children)
        return status;
    /* Children are put together behind the parent's texts: these must not move, so the key is copied out. */
    struct assay_cell key = w->cell[table][0];
    char *copy = NULL;
    if (key.type == ASSAY_CELL_TEXT) {
        copy = malloc(key.text.size + 1);
        if (!copy)
            return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for a row");
        memcpy(copy, key.text.at, key.text.size);
        key.text.at = copy;
    }
    status = visit_children(w, table, record, &key, 1);
    free(copy);
    return status;
}

static assay_status visit_list(struct walk *w, uint32_t slot, const struct assay_doc *doc, struct assay_text id,
                               struct assay_list list)
{
    uint32_t table = w->own->of_slot[slot], same = 0;
    const struct relation_table *t = &w->own->table[table];
    struct assay_span last = {0, 0}, span = {0, 0};
    for (uint32_t i = 0; i < list.count; i++) {
        const char *record = (const char *)list.at + (size_t)i * list.stride;
        if (t->self != ASSAY_NEVER)
            memcpy(&span, record + t->self, sizeof span);
        same = i && span.begin == last.begin && span.end == last.end ? same + 1 : 0;
        last = span;
        assay_status status = visit_record(w, table, doc, id, record, same);
        if (status)
            return status;
    }
    return ASSAY_OK;
}

static assay_status walk_documents(struct walk *w)
{
    const struct assay_doc *doc;
    assay_status status;
    while ((status = w->host->next_document(w->host, w->results, &doc)) == ASSAY_OK) {
        struct assay_text id = id_of(w, doc);
        status = visit_list(w, w->own->document, doc, id, w->host->records(w->host, doc, w->own->document));
        for (uint32_t i = 0; i < w->own->slots && !status; i++)
            if (i != w->own->document && !(w->host->layer(w->host, i)->where & ASSAY_ON_CORPUS))
                status = visit_list(w, i, doc, id, w->host->records(w->host, doc, i));
        if (status)
            return status;
    }
    return status == ASSAY_END ? ASSAY_OK : status;
}

static assay_status walk_corpus(struct walk *w)
{
    for (uint32_t i = 0; i < w->own->slots; i++) {
        struct assay_list list;
        if (!(w->host->layer(w->host, i)->where & ASSAY_ON_CORPUS))
            continue;
        while ((list = w->host->corpus(w->host, w->results, i, BATCH)).count) {
            assay_status status = visit_list(w, i, NULL, (struct assay_text){0}, list);
            if (status)
                return status;
        }
    }
    return ASSAY_OK;
}

static int make_cells(struct walk *w)
{
    w->cell = calloc(w->own->count, sizeof *w->cell);
    w->next_no = calloc(w->own->count, sizeof *w->next_no);
    if (!w->cell || !w->next_no)
        return 0;
    for (uint32_t i = 0; i < w->own->count; i++)
        if (!(w->cell[i] = calloc(w->own->table[i].columns + 1, sizeof **w->cell)))
            return 0;
    return 1;
}

assay_status assay_relations_walk(const struct assay_relations *all, const struct assay_host *h,
                                  struct assay_results *results, void *visitor,
                                  assay_status (*row)(void *, uint32_t, const struct assay_cell *))
{
    struct walk w = {.own = all->own, .host = h, .results = results, .visitor = visitor, .row = row};
    assay_status status = make_cells(&w) ? ASSAY_OK : h->fail(h, ASSAY_ENOMEM, "no memory for the tables");
    if (!status)
        status = walk_documents(&w);
    if (!status)
        status = walk_corpus(&w);
    for (uint32_t i = 0; w.cell && i < w.own->count; i++)
        free(w.cell[i]);
    free(w.cell);
    free(w.next_no);
    assay_buf_free(&w.json);
    return status;
}
