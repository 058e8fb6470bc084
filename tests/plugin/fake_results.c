/* SPDX-License-Identifier: Apache-2.0 */
#include "fake_results.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include <assay/kit/buf.h>
#include <assay/layers/document.h>

#define LAYERS 32

struct records {
    char *at;
    uint32_t count, room;
};

struct assay_doc {
    assay_docid id;
    struct assay_document document;
    struct assay_text text;
    int64_t mapped;
    struct assay_map map;
    struct records layer[LAYERS];
};

struct layer {
    struct assay_layer_info info;
    uint32_t size;
    struct records corpus;
    uint32_t next;
};

struct fake {
    struct assay_host host;
    struct layer layer[LAYERS];
    uint32_t layers;
    struct assay_doc **doc;
    uint32_t docs, doc_room, next_doc;
    struct assay_doc **slot; /* by docid, open addressing */
    uint32_t slots;
    void **block;
    size_t blocks, block_room;
    const struct assay_plugin *plugin;
    struct assay_buf out;
    const char *folder;
    char message[4096], temporary[4096];
    uint32_t colour, columns, breaks;
    char name[64][512];
    uint32_t names;
};

void *fake_alloc(struct fake *f, size_t size)
{
    if (f->blocks == f->block_room) {
        f->block_room = f->block_room ? f->block_room * 2 : 64;
        f->block = realloc(f->block, f->block_room * sizeof *f->block);
    }
    return f->block[f->blocks++] = calloc(1, size ? size : 1);
}

struct assay_text fake_text(const char *terminated)
{
    return (struct assay_text){terminated, terminated ? strlen(terminated) : 0};
}

static struct fake *fake_of(const struct assay_host *h)
{
    return h->own;
}

/* The layer behind a slot of the plugin under test; NULL: nobody provides it. */
static struct layer *layer_of(struct fake *f, uint32_t slot)
{
    if (!f->plugin || (f->plugin->flags & ASSAY_ALL_LAYERS))
        return slot < f->layers ? &f->layer[slot] : NULL;
    for (uint32_t i = 0; i < f->layers; i++)
        if (!strcmp(f->layer[i].info.name, f->plugin->layer[slot].name))
            return &f->layer[i];
    return NULL;
}

static struct assay_doc *doc_of(struct fake *f, assay_docid id)
{
    if (!f->slots)
        return NULL;
    uint32_t at = (uint32_t)id & (f->slots - 1);
    while (f->slot[at] && f->slot[at]->id != id)
        at = (at + 1) & (f->slots - 1);
    return f->slot[at];
}

static void remember(struct fake *f, struct assay_doc *d)
{
    uint32_t at = (uint32_t)d->id & (f->slots - 1);
    while (f->slot[at])
        at = (at + 1) & (f->slots - 1);
    f->slot[at] = d;
}

static void grow_slots(struct fake *f)
{
    f->slots = f->slots ? f->slots * 2 : 64;
    free(f->slot);
    f->slot = calloc(f->slots, sizeof *f->slot);
    for (uint32_t i = 0; i < f->docs; i++)
        remember(f, f->doc[i]);
}

static assay_status fail_(const struct assay_host *h, assay_status code, const char *format, ...)
{
    struct fake *f = fake_of(h);
    va_list args;
    va_start(args, format);
    vsnprintf(f->message, sizeof f->message, format, args);
    va_end(args);
    return code;
}

static void note_(const struct assay_host *h, uint32_t level, const char *format, ...)
{
    (void)h;
    (void)level;
    (void)format;
}

static void *alloc_(const struct assay_host *h, void *subject, uint64_t size)
{
    (void)subject;
    return fake_alloc(fake_of(h), size);
}

static assay_status find_(const struct assay_host *h, const char *relative, struct assay_text *path)
{
    struct fake *f = fake_of(h);
    char *at = fake_alloc(f, strlen(relative) + 16);
    sprintf(at, "plugins/%s", relative);
    FILE *file = fopen(at, "r");
    *path = (struct assay_text){0};
    if (!file)
        return ASSAY_NO;
    fclose(file);
    *path = fake_text(at);
    return ASSAY_OK;
}

static uint64_t memory_(const struct assay_host *h)
{
    (void)h;
    return 64u << 20;
}

static struct assay_text text_(const struct assay_host *h, const struct assay_doc *d)
{
    (void)h;
    return d->text;
}

static assay_docid docid_(const struct assay_host *h, const struct assay_doc *d)
{
    (void)h;
    return d->id;
}

static assay_status raw_(const struct assay_host *h, const struct assay_doc *d, struct assay_span span, uint64_t raw[2])
{
    (void)h;
    if (!d->mapped)
        return ASSAY_NO;
    raw[0] = span.begin + (uint64_t)d->mapped;
    raw[1] = span.end + (uint64_t)d->mapped;
    return ASSAY_OK;
}

static assay_status map_(const struct assay_host *h, const struct assay_doc *d, const struct assay_map **map, uint64_t *runs)
{
    (void)h;
    *map = &d->map;
    *runs = d->mapped ? 1 : 0;
    return d->mapped ? ASSAY_OK : ASSAY_NO;
}

static struct assay_list records_(const struct assay_host *h, const struct assay_doc *d, uint32_t slot)
{
    struct fake *f = fake_of(h);
    struct layer *layer = layer_of(f, slot);
    if (!layer)
        return (struct assay_list){0};
    if (!strcmp(layer->info.name, "document"))
        return (struct assay_list){&d->document, 1, sizeof d->document};
    const struct records *r = &d->layer[layer - f->layer];
    return (struct assay_list){r->at, r->count, layer->size};
}

static assay_status view_(const struct assay_host *h, void *subject, assay_docid id, const struct assay_doc **doc)
{
    (void)subject;
    *doc = doc_of(fake_of(h), id);
    return *doc ? ASSAY_OK : ASSAY_NO;
}

static assay_status resolve_(const struct assay_host *h, void *subject, uint32_t slot, struct assay_ref ref,
                             const struct assay_doc **doc, const void **record)
{
    const struct assay_doc *d;
    if (view_(h, subject, ref.doc, &d) != ASSAY_OK)
        return ASSAY_NO;
    struct assay_list list = records_(h, d, slot);
    if (ref.index >= list.count)
        return ASSAY_NO;
    if (doc)
        *doc = d;
    if (record)
        *record = (const char *)list.at + (size_t)ref.index * list.stride;
    return ASSAY_OK;
}

static assay_status name_(const struct assay_host *h, void *subject, uint32_t slot, struct assay_ref ref, struct assay_text *id)
{
    struct fake *f = fake_of(h);
    const struct assay_doc *d;
    const void *record;
    if (resolve_(h, subject, slot, ref, &d, &record) != ASSAY_OK)
        return ASSAY_NO;
    if (!strcmp(h->layer(h, slot)->name, "document")) {
        *id = d->document.doc;
        return ASSAY_OK;
    }
    const struct assay_span *span = record; /* every layer here has its SELF span first */
    uint32_t same = 0;
    struct assay_list list = records_(h, d, slot);
    for (uint32_t i = 0; i < ref.index; i++) {
        const struct assay_span *other = (const void *)((const char *)list.at + (size_t)i * list.stride);
        same += other->begin == span->begin && other->end == span->end;
    }
    char *to = f->name[f->names++ % 64];
    int n = snprintf(to, sizeof f->name[0], "%.*s#%u-%u", (int)d->document.doc.size, d->document.doc.at, span->begin, span->end);
    if (same)
        n += snprintf(to + n, sizeof f->name[0] - (size_t)n, "~%u", same + 1);
    *id = (struct assay_text){to, (uint64_t)n};
    return ASSAY_OK;
}

static assay_status next_document_(const struct assay_host *h, struct assay_results *r, const struct assay_doc **doc)
{
    struct fake *f = fake_of(h);
    (void)r;
    if (f->next_doc == f->docs)
        return ASSAY_END;
    *doc = f->doc[f->next_doc++];
    return ASSAY_OK;
}

static struct assay_list corpus_(const struct assay_host *h, struct assay_results *r, uint32_t slot, uint32_t most)
{
    struct fake *f = fake_of(h);
    struct layer *layer = layer_of(f, slot);
    (void)r;
    if (!layer)
        return (struct assay_list){0};
    uint32_t left = layer->corpus.count - layer->next;
    uint32_t n = left < most ? left : most;
    struct assay_list list = {layer->corpus.at + (size_t)layer->next * layer->size, n, layer->size};
    layer->next = n ? layer->next + n : 0;
    return list;
}

static uint32_t layers_(const struct assay_host *h)
{
    return fake_of(h)->layers;
}

static const struct assay_layer_info *layer_(const struct assay_host *h, uint32_t i)
{
    return &fake_of(h)->layer[i].info;
}

static assay_status sink_(const struct assay_host *h, struct assay_results *r, struct assay_text path, struct assay_sink **sink,
                          const char **temporary)
{
    struct fake *f = fake_of(h);
    (void)r;
    *sink = NULL;
    if (!temporary) {
        *sink = (struct assay_sink *)(void *)&f->out;
        return ASSAY_OK;
    }
    const char *base = memrchr(path.at, '/', path.size);
    base = base ? base + 1 : path.at;
    snprintf(f->temporary, sizeof f->temporary, "%s/%.*s", f->folder, (int)(path.at + path.size - base), base);
    *temporary = f->temporary;
    return ASSAY_OK;
}

static assay_status write_(const struct assay_host *h, struct assay_sink *sink, const void *bytes, uint64_t size)
{
    struct fake *f = fake_of(h);
    (void)sink;
    if (f->breaks && !--f->breaks)
        return fail_(h, ASSAY_EFATAL, "no space left on device");
    assay_buf_add(&f->out, bytes, size);
    return ASSAY_OK;
}

static uint32_t sink_colour_(const struct assay_host *h, const struct assay_sink *sink, uint32_t *columns)
{
    struct fake *f = fake_of(h);
    (void)sink;
    if (columns)
        *columns = f->columns;
    return f->colour;
}

struct fake *fake_new(void)
{
    struct fake *f = calloc(1, sizeof *f);
    f->columns = 80;
    f->host = (struct assay_host){
        .struct_size = sizeof f->host, .abi_major = ASSAY_ABI_MAJOR, .abi_minor = ASSAY_ABI_MINOR, .own = f, .fail = fail_,
        .note = note_, .alloc = alloc_, .find = find_, .memory = memory_, .text = text_, .docid = docid_, .raw = raw_, .map = map_,
        .records = records_, .view = view_, .resolve = resolve_, .name = name_, .next_document = next_document_, .corpus = corpus_,
        .layers = layers_, .layer = layer_, .sink = sink_, .write = write_, .sink_colour = sink_colour_,
    };
    return f;
}

void fake_free(struct fake *f)
{
    for (uint32_t i = 0; i < f->docs; i++)
        for (uint32_t k = 0; k < LAYERS; k++)
            free(f->doc[i]->layer[k].at);
    for (uint32_t k = 0; k < LAYERS; k++)
        free(f->layer[k].corpus.at);
    for (size_t i = 0; i < f->blocks; i++)
        free(f->block[i]);
    free(f->block);
    free(f->doc);
    free(f->slot);
    assay_buf_free(&f->out);
    free(f);
}

uint32_t fake_layer(struct fake *f, const char *name, uint32_t where, const struct assay_fields *fields, uint32_t record_size)
{
    f->layer[f->layers] = (struct layer){.info = {name, "fake", 1, where, fields, ""}, .size = record_size};
    return f->layers++;
}

static int by_id(const struct assay_doc *a, const struct assay_doc *b)
{
    struct assay_text x = a->document.doc, y = b->document.doc;
    int c = memcmp(x.at, y.at, x.size < y.size ? x.size : y.size);
    return c ? c : (x.size > y.size) - (x.size < y.size);
}

assay_docid fake_document(struct fake *f, const void *record, struct assay_text text, int64_t mapped)
{
    struct assay_doc *d = fake_alloc(f, sizeof *d);
    memcpy(&d->document, record, sizeof d->document);
    d->text = text;
    d->document.text_bytes = text.size;
    d->id = XXH3_64bits(d->document.doc.at, d->document.doc.size);
    d->mapped = mapped;
    d->map = (struct assay_map){.from = (uint64_t)mapped, .count = (uint32_t)text.size, .from_step = 1, .to_step = 1};
    if (f->docs == f->doc_room) {
        f->doc_room = f->doc_room ? f->doc_room * 2 : 32;
        f->doc = realloc(f->doc, f->doc_room * sizeof *f->doc);
    }
    if (f->docs * 2 >= f->slots)
        grow_slots(f);
    remember(f, d);
    uint32_t i = f->docs++;
    for (; i > 0 && by_id(f->doc[i - 1], d) > 0; i--)
        f->doc[i] = f->doc[i - 1];
    f->doc[i] = d;
    return d->id;
}

struct assay_text fake_document_text(struct fake *f, assay_docid id)
{
    return doc_of(f, id)->text;
}

uint32_t fake_add(struct fake *f, uint32_t layer, assay_docid doc, const void *record)
{
    struct records *r = doc ? &doc_of(f, doc)->layer[layer] : &f->layer[layer].corpus;
    uint32_t size = f->layer[layer].size;
    if (r->count == r->room) {
        r->room = r->room ? r->room * 2 : 16;
        r->at = realloc(r->at, (size_t)r->room * size);
    }
    memcpy(r->at + (size_t)r->count * size, record, size);
    return r->count++;
}

assay_status fake_write(struct fake *f, const struct assay_plugin *plugin, const void *options, const char *folder)
{
    void *self = NULL;
    f->plugin = plugin;
    f->folder = folder;
    f->next_doc = 0;
    f->out.size = 0;
    f->message[0] = 0;
    for (uint32_t i = 0; i < f->layers; i++)
        f->layer[i].next = 0;
    assay_status status = plugin->open(&f->host, options, &self);
    if (status)
        return status;
    status = plugin->write(self, (struct assay_results *)(void *)f);
    if (plugin->close)
        plugin->close(self);
    return status;
}

const char *fake_output(struct fake *f, size_t *size)
{
    assay_buf_byte(&f->out, 0);
    f->out.size--;
    if (size)
        *size = f->out.size;
    return f->out.at;
}

const char *fake_message(struct fake *f)
{
    return f->message;
}

const char *fake_temporary(struct fake *f)
{
    return f->temporary;
}

void fake_terminal(struct fake *f, uint32_t colour, uint32_t columns)
{
    f->colour = colour;
    f->columns = columns;
}

void fake_break(struct fake *f, uint32_t write)
{
    f->breaks = write;
}
