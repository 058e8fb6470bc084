/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "standin.h"

static struct bench *of(const struct assay_host *h)
{
    return h->own;
}

void *bench_need(void *p)
{
    if (!p)
        abort();
    return p;
}

/* ---- memory ---- */

void bench_count(struct bench *b, int64_t bytes)
{
    b->bytes += (uint64_t)bytes;
    if (b->bytes > b->most)
        b->most = b->bytes;
}

static void *take(struct bench *b, struct chunk **list, uint64_t size)
{
    size = (size + 15) & ~(uint64_t)15;
    if (!*list || (*list)->size - (*list)->used < size) {
        uint64_t room = size > (1u << 16) ? size : 1u << 16;
        struct chunk *c = bench_need(malloc(sizeof *c + room));
        *c = (struct chunk){*list, 0, room};
        *list = c;
    }
    if (list != &b->hook)
        bench_count(b, (int64_t)size);
    void *p = (char *)(*list + 1) + (*list)->used;
    (*list)->used += size;
    return p;
}

void bench_drop(struct bench *b, struct chunk **list)
{
    while (*list) {
        struct chunk *next = (*list)->next;
        if (list != &b->hook)
            bench_count(b, -(int64_t)(*list)->used);
        free(*list);
        *list = next;
    }
}

/* Copies the lists and texts of a row. */
static void keep(struct bench *b, struct chunk **list, const struct assay_fields *f, char *record)
{
    for (uint32_t i = 0; i < f->rows; i++) {
        if (f->row[i].flags & ASSAY_LIST) {
            struct assay_list *l = (struct assay_list *)(void *)(record + f->row[i].offset);
            if (l->count)
                l->at = memcpy(take(b, list, (uint64_t)l->count * l->stride), l->at, (size_t)l->count * l->stride);
        } else if (f->row[i].type == ASSAY_TEXT) {
            struct assay_text *t = (struct assay_text *)(void *)(record + f->row[i].offset);
            if (t->at)
                t->at = memcpy(take(b, list, t->size + 1), t->at, t->size);
        }
    }
}

/* ---- host ---- */

static assay_status fail(const struct assay_host *h, assay_status code, const char *format, ...)
{
    (void)h;
    fprintf(stderr, "%s\n", format);
    return code;
}

static void note(const struct assay_host *h, uint32_t level, const char *format, ...)
{
    (void)h;
    (void)level;
    (void)format;
}

static void *alloc(const struct assay_host *h, void *subject, uint64_t size)
{
    (void)subject;
    return memset(take(of(h), &of(h)->hook, size), 0, size);
}

static uint64_t memory(const struct assay_host *h)
{
    (void)h;
    return UINT64_C(512) << 20;
}

static struct assay_text text(const struct assay_host *h, const struct assay_doc *d)
{
    (void)h;
    return d->text;
}

static assay_docid docid(const struct assay_host *h, const struct assay_doc *d)
{
    (void)h;
    return d->id;
}

static struct assay_list records(const struct assay_host *h, const struct assay_doc *d, uint32_t slot)
{
    if (slot == DUP_DOCUMENT)
        return (struct assay_list){&d->facts, 1, sizeof d->facts};
    const struct rows *r = &of(h)->layer[slot];
    if (!r->first) {
        int here = r->count && r->doc[r->count - 1] == d->number; /* while it is analysed */
        return here ? (struct assay_list){r->at + (r->count - 1) * r->stride, 1, r->stride} : (struct assay_list){0};
    }
    uint64_t from = r->first[d->number], to = r->first[d->number + 1];
    return (struct assay_list){r->at + from * r->stride, (uint32_t)(to - from), r->stride};
}

static void add_row(struct bench *b, uint32_t slot, const void *record, uint32_t doc)
{
    struct rows *r = &b->layer[slot];
    const struct assay_fields *f = dup_layers[slot].fields;
    r->stride = f->record_size;
    if (r->count == r->room) {
        r->room = r->room ? 2 * r->room : 1024;
        r->at = bench_need(realloc(r->at, r->room * r->stride));
        r->doc = bench_need(realloc(r->doc, r->room * sizeof *r->doc));
    }
    memcpy(r->at + r->count * r->stride, record, r->stride);
    keep(b, &b->kept, f, r->at + r->count * r->stride);
    r->doc[r->count++] = doc;
    b->records++;
    bench_count(b, r->stride + 8);
}

/* Only analyse adds, one record a document, in order. */
static assay_status add(const struct assay_host *h, struct assay_doc *d, uint32_t slot, const void *record)
{
    add_row(of(h), slot, record, d->number);
    return ASSAY_OK;
}

static assay_status emit(const struct assay_host *h, struct assay_out *out, const void *key, uint32_t size, const void *value)
{
    struct bench *b = of(h);
    (void)size;
    struct emitted *e = &b->now;
    if (e->pairs == e->room) {
        e->room = e->room ? 2 * e->room : 1 << 12;
        e->pair = bench_need(realloc(e->pair, e->room * sizeof *e->pair));
        e->spare = bench_need(realloc(e->spare, e->room * sizeof *e->pair));
        e->value = bench_need(realloc(e->value, e->room * (b->stride ? b->stride : 1)));
    }
    struct pair *p = &e->pair[e->pairs];
    memcpy(&p->key, key, 8);
    p->doc = out->doc->number;
    p->value = (uint32_t)e->pairs;
    if (b->stride) {
        memcpy(e->value + e->pairs * b->stride, value, b->stride);
        keep(b, &e->chunk, PLUGIN.round[out->round].value, e->value + e->pairs * b->stride);
    }
    e->pairs++;
    b->emissions++;
    bench_count(b, (int64_t)(sizeof *p + b->stride));
    return ASSAY_OK;
}

static uint64_t count(const struct assay_host *h, const struct assay_values *v)
{
    (void)h;
    return v->count;
}

static assay_status next(const struct assay_host *h, struct assay_values *v, uint32_t most, struct assay_list *batch, const assay_docid **docs)
{
    struct bench *b = of(h);
    uint64_t n = v->count - v->at < most ? v->count - v->at : most, at = v->at;
    if (n == 0)
        return ASSAY_END;
    v->at += n;
    if (v->rows) {
        *batch = (struct assay_list){v->rows->at + at * v->rows->stride, (uint32_t)n, v->rows->stride};
        return ASSAY_OK;
    }
    if (n > b->ids_room || n * b->stride > b->batch_room) {
        b->ids_room = n;
        b->batch_room = n * (b->stride + 1);
        b->ids = bench_need(realloc(b->ids, n * sizeof *b->ids));
        b->batch = bench_need(realloc(b->batch, b->batch_room));
    }
    for (uint64_t i = 0; i < n; i++) {
        const struct pair *p = &v->pair[at + i];
        b->ids[i] = b->doc[p->doc].id;
        if (b->stride)
            memcpy(b->batch + i * b->stride, v->value + (uint64_t)p->value * b->stride, b->stride);
    }
    *batch = (struct assay_list){b->batch, (uint32_t)n, b->stride};
    if (docs)
        *docs = b->ids;
    return ASSAY_OK;
}

/* From where its highest bits lead, as the host does. */
static struct assay_doc *find(const struct bench *b, assay_docid id)
{
    uint64_t low = b->begin[id >> (64 - b->begin_bits)], high = b->begin[(id >> (64 - b->begin_bits)) + 1];
    while (low < high) {
        uint64_t mid = low + (high - low) / 2;
        if (b->id[mid] < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < b->docs && b->id[low] == id ? &b->doc[low] : NULL;
}

static assay_status to_document(const struct assay_host *h, struct assay_out *out, uint32_t slot, assay_docid id, const void *record)
{
    (void)out;
    add_row(of(h), slot, record, find(of(h), id)->number);
    return ASSAY_OK;
}

static assay_status to_corpus(const struct assay_host *h, struct assay_out *out, uint32_t slot, const void *record)
{
    (void)out;
    add_row(of(h), slot, record, 0);
    return ASSAY_OK;
}

static assay_status share(const struct assay_host *h, struct assay_out *out, const void *bytes, uint64_t size)
{
    struct bench *b = of(h);
    b->shared[out->round + 1] = (struct assay_text){memcpy(take(b, &b->kept, size), bytes, size), size};
    return ASSAY_OK;
}

static struct assay_text shared(const struct assay_host *h, uint32_t round)
{
    return of(h)->shared[round];
}

static assay_status view(const struct assay_host *h, void *subject, assay_docid id, const struct assay_doc **doc)
{
    (void)subject;
    *doc = find(of(h), id);
    return *doc ? ASSAY_OK : ASSAY_NO;
}

struct assay_host bench_host(struct bench *b)
{
    return (struct assay_host){.struct_size = sizeof b->host,
                               .own = b,
                               .fail = fail,
                               .note = note,
                               .alloc = alloc,
                               .memory = memory,
                               .text = text,
                               .docid = docid,
                               .records = records,
                               .add = add,
                               .emit = emit,
                               .count = count,
                               .next = next,
                               .to_document = to_document,
                               .to_corpus = to_corpus,
                               .share = share,
                               .shared = shared,
                               .view = view};
}
