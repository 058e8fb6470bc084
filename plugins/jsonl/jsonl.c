/* SPDX-License-Identifier: Apache-2.0
 *
 * Writer jsonl: every public layer of the run as JSON Lines, from field tables alone; it knows no layer but document.
 *
 * One compact record a line, `type` first, every key always present. Documents bytewise by id, each followed by its
 * records, then the corpus layers in chain order.
 */
#include <assay/plugin.h>

#include <stdlib.h>
#include <string.h>

#include <assay/kit/map.h>

#include "value.h"

#define FLUSH (256u * 1024)
#define BATCH 512u

struct options {
    struct assay_text path;
    uint32_t text, spans;
    uint32_t documents, zero;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_OUTPUT, NULL, "-", NULL, NULL, "where to; - is stdout"),
    ASSAY_OPTION(struct options, text, ASSAY_FLAG, 0, NULL, "false", NULL, NULL, "print each document's text"),
    ASSAY_OPTION(struct options, spans, ASSAY_FLAG, 0, NULL, "false", NULL, NULL, "print each document's map from text to original"),
    ASSAY_OPTION(struct options, documents, ASSAY_FLAG, 0, NULL, "true", NULL, NULL, "print documents and their records; false: only those of the corpus"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

struct self {
    const struct assay_host *host;
    const struct options *options;
};

struct writing {
    struct printer printer;
    const struct options *options;
    struct assay_sink *sink;
};

#define ADD(p, literal) assay_buf_add(&(p)->buf, literal, sizeof(literal) - 1)

/* Ends the line; hands the buffer on where it is full enough. */
static assay_status end_line(struct writing *w, size_t full)
{
    struct assay_buf *buf = &w->printer.buf;
    if (full)
        assay_buf_add(buf, "}\n", 2);
    if (buf->failed)
        return w->printer.host->fail(w->printer.host, ASSAY_ENOMEM, "no memory for a record");
    if (buf->size < full)
        return ASSAY_OK;
    assay_status status = w->printer.host->write(w->printer.host, w->sink, buf->at, buf->size);
    buf->size = 0;
    return status;
}

/* "map":[[text,raw,length]...], five numbers where the steps are not 1:1. */
static void print_map(struct printer *p, const struct assay_doc *doc)
{
    const struct assay_map *map;
    uint64_t runs;
    ADD(p, ",\"map\":");
    if (p->host->map(p->host, doc, &map, &runs) != ASSAY_OK) {
        ADD(p, "null");
        return;
    }
    assay_map_json(&p->buf, map, runs);
}

static assay_status write_document(struct writing *w, const struct table_layer *layer, const struct assay_doc *doc)
{
    struct printer *p = &w->printer;
    struct assay_list list = p->host->records(p->host, doc, p->tables->document);
    for (uint32_t i = 0; i < list.count; i++) {
        assay_buf_add(&p->buf, layer->type, layer->type_size);
        print_fields(p, layer->table, (const char *)list.at + (size_t)i * list.stride, 1);
        if (w->options->text) {
            ADD(p, ",\"text\":");
            struct assay_text text = p->host->text(p->host, doc);
            print_text(p, text.at ? text : (struct assay_text){"", 0});
        }
        if (w->options->spans)
            print_map(p, doc);
        assay_status status = end_line(w, FLUSH);
        if (status)
            return status;
    }
    return ASSAY_OK;
}

/* DOC#begin-end, "~2" for the second record of equal spans: as host->name says it, without a call a record. */
static void print_id(struct printer *p, struct assay_text id, struct assay_span span, uint32_t same)
{
    ADD(p, ",\"id\":");
    print_text(p, id);
    if (p->buf.failed || !id.at)
        return;
    p->buf.size--; /* the closing quote */
    assay_buf_byte(&p->buf, '#');
    print_u64(p, span.begin);
    assay_buf_byte(&p->buf, '-');
    print_u64(p, span.end);
    if (same) {
        assay_buf_byte(&p->buf, '~');
        print_u64(p, same + 1);
    }
    assay_buf_byte(&p->buf, '"');
}

static assay_status write_records(struct writing *w, const struct table_layer *layer, uint32_t slot,
                                  const struct assay_doc *doc, struct assay_text id)
{
    struct printer *p = &w->printer;
    struct assay_list list = p->host->records(p->host, doc, slot);
    struct assay_span last = {0, 0};
    uint32_t same = 0;
    for (uint32_t i = 0; i < list.count; i++) {
        const char *record = (const char *)list.at + (size_t)i * list.stride;
        struct assay_span span = {0, 0};
        if (layer->self != ASSAY_NEVER)
            memcpy(&span, record + layer->self, sizeof span);
        same = i && span.begin == last.begin && span.end == last.end ? same + 1 : 0;
        last = span;
        assay_buf_add(&p->buf, layer->type, layer->type_size);
        if (layer->where & ASSAY_NAMED)
            print_id(p, id, span, same);
        ADD(p, ",\"doc\":");
        print_text(p, id);
        if (layer->self != ASSAY_NEVER) {
            ADD(p, ",\"begin\":");
            print_u64(p, span.begin);
            ADD(p, ",\"end\":");
            print_u64(p, span.end);
            ADD(p, ",\"raw\":");
            print_raw(p, doc, span);
        }
        print_fields(p, layer->table, record, 1);
        assay_status status = end_line(w, FLUSH);
        if (status)
            return status;
    }
    return ASSAY_OK;
}

static assay_status write_one_document(struct writing *w, const struct assay_doc *doc)
{
    const struct tables *t = w->printer.tables;
    struct assay_text id = printer_id_of(&w->printer, doc);
    for (uint32_t i = 0; i < t->layers; i++) {
        const struct table_layer *layer = &t->layer[i];
        if (layer->where & ASSAY_ON_CORPUS)
            continue;
        assay_status status = i == t->document ? write_document(w, layer, doc) : write_records(w, layer, i, doc, id);
        if (status)
            return status;
    }
    return ASSAY_OK;
}

static assay_status write_corpus(struct writing *w, uint32_t slot)
{
    struct printer *p = &w->printer;
    const struct table_layer *layer = &p->tables->layer[slot];
    struct assay_list list;
    while ((list = p->host->corpus(p->host, p->results, slot, BATCH)).count) {
        for (uint32_t i = 0; i < list.count; i++) {
            assay_buf_add(&p->buf, layer->type, layer->type_size);
            print_fields(p, layer->table, (const char *)list.at + (size_t)i * list.stride, 1);
            assay_status status = end_line(w, FLUSH);
            if (status)
                return status;
        }
    }
    return ASSAY_OK;
}

static assay_status write_all(struct writing *w)
{
    struct printer *p = &w->printer;
    const struct assay_doc *doc;
    assay_status status = ASSAY_END;
    while (w->options->documents && (status = p->host->next_document(p->host, p->results, &doc)) == ASSAY_OK) {
        status = write_one_document(w, doc);
        if (status)
            return status;
    }
    if (status != ASSAY_END)
        return status;
    for (uint32_t i = 0; i < p->tables->layers; i++) {
        status = p->tables->layer[i].where & ASSAY_ON_CORPUS ? write_corpus(w, i) : ASSAY_OK;
        if (status)
            return status;
    }
    return end_line(w, 0);
}

static assay_status write_(void *own, struct assay_results *results)
{
    struct self *self = own;
    const struct assay_host *h = self->host;
    struct tables tables;
    struct writing w = {.printer = {.host = h, .results = results, .tables = &tables}, .options = self->options};
    assay_status status =
        tables_make(&tables, h) ? ASSAY_OK : h->fail(h, ASSAY_ENOMEM, "cannot prepare the layers' field tables");
    if (!status)
        status = h->sink(h, results, self->options->path, &w.sink, NULL);
    if (!status)
        status = write_all(&w);
    assay_buf_free(&w.printer.buf);
    tables_free(&tables);
    return status;
}

static assay_status open_(const struct assay_host *h, const void *options, void **own)
{
    struct self *self = malloc(sizeof *self);
    if (!self)
        return ASSAY_ENOMEM;
    *self = (struct self){h, options};
    *own = self;
    return ASSAY_OK;
}

ASSAY_PLUGIN(jsonl) = {
    ASSAY_ABI,
    .name = "jsonl",
    .version = "1",
    .summary = "writes every record as JSON Lines",
    .license = "Apache-2.0",
    .role = ASSAY_WRITER,
    .flags = ASSAY_ALL_LAYERS,
    .options = &option_fields,
    .open = open_,
    .write = write_,
    .close = free,
};
