/* SPDX-License-Identifier: Apache-2.0
 *
 * A small host in memory that takes the plugin through all its rounds: map, sort, reduce, finish, as the contract says,
 * with a choice of order and partitions, so that a test sees whether a result depends on them. Texts and records stay
 * until stage_free. Only what this plugin calls is there.
 */
#ifndef STAGE_H
#define STAGE_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "dup.h"

extern const struct assay_plugin duplicates_LTX_assay_plugin;

struct assay_doc {
    struct dup_facts facts;
    struct assay_text text;
    assay_docid id;
    struct assay_list layer[DUP_SLOTS];
    uint32_t room[DUP_SLOTS];
};

struct stage_rows {
    char *at;
    uint64_t count, room;
    uint32_t stride;
};

struct stage_pair {
    uint64_t key;
    assay_docid doc;
    uint64_t seq;
    uint64_t value; /* byte in values */
};

struct assay_values {
    const struct stage_pair *pair; /* NULL: rows */
    const char *rows;
    uint64_t count, at;
    uint32_t stride;
    char *batch;
    assay_docid *docs;
    uint64_t batch_room;
    const char *values;
};

struct assay_out {
    const struct assay_doc *doc;
    uint32_t round;
};

struct stage {
    struct assay_host host;
    void *self;
    struct assay_doc *doc; /* ascending by docid */
    uint32_t docs, room;
    struct stage_rows corpus[DUP_SLOTS];
    struct stage_pair *pair;
    uint64_t pairs, pair_room, emitted;
    char *values;
    uint64_t values_size, values_room;
    struct assay_text shared[8];
    void **own; /* memory that lives as long as the stage */
    uint64_t owned, own_room;
    uint32_t parts;   /* reduce partitions; 0 = 1 */
    uint32_t backward; /* 1: documents are mapped last to first */
    uint32_t pairs_at_once; /* that the index counts; 0: as many as usual */
    uint32_t packed; /* 1: the index packs single texts, however few there are */
    uint32_t notes;
};

static struct stage *stage_of(const struct assay_host *h)
{
    return h->own;
}

static void *stage_take(struct stage *s, uint64_t size)
{
    if (s->owned == s->own_room) {
        s->own_room = s->own_room ? 2 * s->own_room : 64;
        s->own = realloc(s->own, s->own_room * sizeof *s->own);
        if (!s->own)
            abort();
    }
    void *p = calloc(1, size ? size : 1);
    if (!p)
        abort();
    return s->own[s->owned++] = p;
}

static void *stage_grow(void *at, uint64_t *room, uint64_t need, uint64_t size)
{
    if (need <= *room)
        return at;
    *room = need * 2;
    at = realloc(at, *room * size);
    if (!at)
        abort();
    return at;
}

static void stage_keep(struct stage *s, const struct assay_fields *fields, char *record)
{
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *f = &fields->row[i];
        if (f->flags & ASSAY_LIST) {
            struct assay_list *l = (struct assay_list *)(void *)(record + f->offset);
            if (l->count)
                l->at = memcpy(stage_take(s, (uint64_t)l->count * l->stride), l->at, (size_t)l->count * l->stride);
        } else if (f->type == ASSAY_TEXT) {
            struct assay_text *t = (struct assay_text *)(void *)(record + f->offset);
            if (t->at)
                t->at = memcpy(stage_take(s, t->size + 1), t->at, t->size);
        }
    }
}

static assay_status stage_fail(const struct assay_host *h, assay_status code, const char *format, ...)
{
    va_list list;
    (void)h;
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
    return code;
}

static void stage_note(const struct assay_host *h, uint32_t level, const char *format, ...)
{
    (void)level;
    (void)format;
    stage_of(h)->notes++;
}

static void *stage_alloc(const struct assay_host *h, void *subject, uint64_t size)
{
    (void)subject;
    return stage_take(stage_of(h), size);
}

static struct assay_text stage_text(const struct assay_host *h, const struct assay_doc *d)
{
    (void)h;
    return d->text;
}

static assay_docid stage_docid(const struct assay_host *h, const struct assay_doc *d)
{
    (void)h;
    return d->id;
}

static struct assay_list stage_records(const struct assay_host *h, const struct assay_doc *d, uint32_t slot)
{
    (void)h;
    if (slot == DUP_DOCUMENT)
        return (struct assay_list){&d->facts, 1, sizeof d->facts};
    return d->layer[slot];
}

static assay_status stage_emit(const struct assay_host *h, struct assay_out *out, const void *key, uint32_t size, const void *value)
{
    struct stage *s = stage_of(h);
    const struct assay_fields *f = duplicates_LTX_assay_plugin.round[out->round].value;
    if (size != 8 || (value == NULL) != (f == NULL))
        abort();
    s->pair = stage_grow(s->pair, &s->pair_room, s->pairs + 1, sizeof *s->pair);
    struct stage_pair *p = &s->pair[s->pairs];
    memcpy(&p->key, key, 8);
    p->doc = out->doc->id;
    p->seq = s->pairs++;
    p->value = s->values_size;
    s->emitted++;
    if (!f)
        return ASSAY_OK;
    s->values = stage_grow(s->values, &s->values_room, s->values_size + f->record_size, 1);
    memcpy(s->values + s->values_size, value, f->record_size);
    stage_keep(s, f, s->values + s->values_size);
    s->values_size += f->record_size;
    return ASSAY_OK;
}

static uint64_t stage_count(const struct assay_host *h, const struct assay_values *v)
{
    (void)h;
    return v->count;
}

static assay_status stage_next(const struct assay_host *h, struct assay_values *v, uint32_t most, struct assay_list *batch, const assay_docid **docs)
{
    uint64_t n = v->count - v->at < most ? v->count - v->at : most;
    (void)h;
    if (n == 0)
        return ASSAY_END;
    if (n > v->batch_room) {
        free(v->batch);
        free(v->docs);
        v->batch_room = n;
        v->batch = malloc(n * (v->stride + 1));
        v->docs = malloc(n * sizeof *v->docs);
        if (!v->batch || !v->docs)
            abort();
    }
    for (uint64_t i = 0; i < n; i++) {
        if (v->pair) {
            v->docs[i] = v->pair[v->at + i].doc;
            if (v->stride)
                memcpy(v->batch + i * v->stride, v->values + v->pair[v->at + i].value, v->stride);
        } else {
            memcpy(v->batch + i * v->stride, v->rows + (v->at + i) * v->stride, v->stride);
        }
    }
    v->at += n;
    *batch = (struct assay_list){v->batch, (uint32_t)n, v->stride};
    if (docs)
        *docs = v->docs;
    return ASSAY_OK;
}

static struct assay_doc *stage_find(struct stage *s, assay_docid id)
{
    uint32_t low = 0, high = s->docs;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (s->doc[mid].id < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < s->docs && s->doc[low].id == id ? &s->doc[low] : NULL;
}

static assay_status stage_keep_row(struct stage *s, struct assay_doc *d, uint32_t slot, const void *record)
{
    const struct assay_layer *l = &dup_layers[slot];
    struct assay_list *list = &d->layer[slot];
    uint32_t size = l->fields->record_size;
    if (list->count == d->room[slot]) {
        d->room[slot] = list->count ? 2 * list->count : 4;
        list->at = realloc((void *)(uintptr_t)list->at, (size_t)d->room[slot] * size);
        if (!list->at)
            abort();
    }
    list->stride = size;
    char *to = (char *)(uintptr_t)list->at + (size_t)list->count++ * size;
    memcpy(to, record, size);
    stage_keep(s, l->fields, to);
    return ASSAY_OK;
}

static assay_status stage_add_record(const struct assay_host *h, struct assay_doc *d, uint32_t slot, const void *record)
{
    const struct assay_layer *l = &dup_layers[slot];
    if (l->use < ASSAY_PROVIDES || l->where & ASSAY_ON_CORPUS || l->stage != 0)
        abort();
    return stage_keep_row(stage_of(h), d, slot, record);
}

static assay_status stage_to_document(const struct assay_host *h, struct assay_out *out, uint32_t slot, assay_docid id, const void *record)
{
    struct stage *s = stage_of(h);
    struct assay_doc *d = stage_find(s, id);
    const struct assay_layer *l = &dup_layers[slot];
    if (!d || l->where & ASSAY_ON_CORPUS || l->stage != out->round + 1)
        abort();
    return stage_keep_row(s, d, slot, record);
}

static assay_status stage_to_corpus(const struct assay_host *h, struct assay_out *out, uint32_t slot, const void *record)
{
    struct stage *s = stage_of(h);
    struct stage_rows *r = &s->corpus[slot];
    const struct assay_layer *l = &dup_layers[slot];
    if (!(l->where & ASSAY_ON_CORPUS) || l->stage != out->round + 1)
        abort();
    r->stride = l->fields->record_size;
    r->at = stage_grow(r->at, &r->room, r->count + 1, r->stride);
    memcpy(r->at + r->count * r->stride, record, r->stride);
    stage_keep(s, l->fields, r->at + r->count++ * r->stride);
    return ASSAY_OK;
}

static assay_status stage_share(const struct assay_host *h, struct assay_out *out, const void *bytes, uint64_t size)
{
    struct stage *s = stage_of(h);
    s->shared[out->round + 1] = (struct assay_text){memcpy(stage_take(s, size), bytes, size), size};
    return ASSAY_OK;
}

static struct assay_text stage_shared(const struct assay_host *h, uint32_t round)
{
    return stage_of(h)->shared[round];
}

static assay_status stage_view(const struct assay_host *h, void *subject, assay_docid id, const struct assay_doc **doc)
{
    (void)subject;
    *doc = stage_find(stage_of(h), id);
    return *doc ? ASSAY_OK : ASSAY_NO;
}

/* ---- driving ---- */

static int stage_by_pair(const void *p, const void *q)
{
    const struct stage_pair *a = p, *b = q;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->doc != b->doc)
        return a->doc < b->doc ? -1 : 1;
    return a->seq < b->seq ? -1 : 1;
}

static int stage_compare_field(const struct assay_field *f, const char *a, const char *b)
{
    if (f->type == ASSAY_TEXT) {
        const struct assay_text *x = (const void *)(a + f->offset), *y = (const void *)(b + f->offset);
        uint64_t n = x->size < y->size ? x->size : y->size;
        int c = n ? memcmp(x->at, y->at, n) : 0;
        return c ? c : x->size < y->size ? -1 : x->size > y->size;
    }
    if (f->type == ASSAY_PLACE) {
        const struct assay_place *x = (const void *)(a + f->offset), *y = (const void *)(b + f->offset);
        if (x->doc != y->doc)
            return x->doc < y->doc ? -1 : 1;
        if (x->span.begin != y->span.begin)
            return x->span.begin < y->span.begin ? -1 : 1;
        return x->span.end < y->span.end ? -1 : x->span.end > y->span.end;
    }
    uint64_t x, y;
    if (f->size != 8)
        abort();
    memcpy(&x, a + f->offset, 8);
    memcpy(&y, b + f->offset, 8);
    return x < y ? -1 : x > y;
}

static const struct assay_fields *stage_key;
static int stage_by_key(const void *p, const void *q)
{
    for (uint32_t i = 0; i < stage_key->rows; i++)
        if (stage_key->row[i].flags & ASSAY_KEY) {
            int c = stage_compare_field(&stage_key->row[i], p, q);
            if (c)
                return c;
        }
    return memcmp(p, q, stage_key->record_size);
}

static void stage_sort_corpus(struct stage *s, uint32_t slot)
{
    struct stage_rows *r = &s->corpus[slot];
    stage_key = dup_layers[slot].fields;
    if (r->count > 1)
        qsort(r->at, r->count, r->stride, stage_by_key);
    if (!(dup_layers[slot].where & ASSAY_UNIQUE) || r->count == 0)
        return;
    uint64_t kept = 1;
    for (uint64_t i = 1; i < r->count; i++)
        if (memcmp(r->at + i * r->stride, r->at + (kept - 1) * r->stride, r->stride))
            memmove(r->at + kept++ * r->stride, r->at + i * r->stride, r->stride);
    r->count = kept;
}

static void stage_check(assay_status st, const char *hook, const char *round)
{
    if (st == ASSAY_OK || st == ASSAY_SKIP)
        return;
    fprintf(stderr, "%s of round %s: status %d\n", hook, round, st);
    abort();
}

static void stage_reduce(struct stage *s, uint32_t n, uint32_t part, uint32_t parts)
{
    const struct assay_round *r = &duplicates_LTX_assay_plugin.round[n];
    struct assay_values v = {.values = s->values, .stride = r->value ? r->value->record_size : 0};
    for (uint64_t i = 0, j; i < s->pairs; i = j) {
        for (j = i; j < s->pairs && s->pair[j].key == s->pair[i].key; j++)
            ;
        if (j - i < r->min_group || XXH3_64bits(&s->pair[i].key, 8) % parts != part)
            continue;
        struct assay_out out = {NULL, n};
        v.pair = s->pair + i;
        v.count = j - i;
        v.at = 0;
        stage_check(r->reduce(s->self, &s->pair[i].key, 8, &v, &out), "reduce", r->name);
    }
    free(v.batch);
    free(v.docs);
}

/* Nobody may come back for what only passes by, or for what no map sees any more. */
static void stage_forget(struct stage *s, uint32_t n)
{
    for (uint32_t slot = 0; slot < DUP_SLOTS; slot++) {
        uint32_t where = dup_layers[slot].where, until = ASSAY_UNTIL_OF(where);
        int over = (where & ASSAY_PASSING && dup_layers[slot].stage < n) || (until && until <= n);
        for (uint32_t i = 0; over && i < s->docs; i++)
            s->doc[i].layer[slot].count = 0;
    }
}

static void stage_round(struct stage *s, uint32_t n)
{
    const struct assay_round *r = &duplicates_LTX_assay_plugin.round[n];
    uint32_t parts = s->parts ? s->parts : 1;
    s->pairs = s->values_size = 0;
    stage_forget(s, n);
    for (uint32_t i = 0; i < s->docs; i++) {
        struct assay_doc *doc = &s->doc[s->backward ? s->docs - 1 - i : i];
        struct assay_out out = {doc, n};
        if (n == 0)
            stage_check(duplicates_LTX_assay_plugin.analyse(s->self, doc), "analyse", "");
        stage_check(r->map(s->self, out.doc, &out), "map", r->name);
    }
    if (s->pairs > 1)
        qsort(s->pair, s->pairs, sizeof *s->pair, stage_by_pair);
    for (uint32_t p = 0; p < parts; p++)
        stage_reduce(s, n, s->backward ? parts - 1 - p : p, parts);
    for (uint32_t slot = 0; slot < DUP_SLOTS; slot++)
        if (dup_layers[slot].use != ASSAY_REQUIRES && dup_layers[slot].stage == n + 1 && (dup_layers[slot].where & ASSAY_ON_CORPUS))
            stage_sort_corpus(s, slot);
    if (!r->finish)
        return;
    struct stage_rows *rows = &s->corpus[r->finish_slot];
    struct assay_values v = {.rows = rows->at, .count = rows->count, .stride = rows->stride};
    struct assay_out out = {NULL, n};
    stage_check(r->finish(s->self, &v, &out), "finish", r->name);
    free(v.batch);
    free(v.docs);
}

static struct assay_text stage_copy(struct stage *s, const char *text, uint64_t size)
{
    return text ? (struct assay_text){memcpy(stage_take(s, size + 1), text, size), size} : (struct assay_text){0};
}

static void stage_add(struct stage *s, const char *id, const char *source, const char *published, const char *text, uint64_t size)
{
    if (s->docs == s->room) {
        s->room = s->room ? 2 * s->room : 64;
        s->doc = realloc(s->doc, s->room * sizeof *s->doc);
        if (!s->doc)
            abort();
    }
    struct assay_doc *d = &s->doc[s->docs++];
    memset(d, 0, sizeof *d);
    d->facts.doc = stage_copy(s, id, strlen(id));
    d->facts.source = stage_copy(s, source, source ? strlen(source) : 0);
    d->facts.published = stage_copy(s, published, published ? strlen(published) : 0);
    d->text = stage_copy(s, text, size);
    d->id = XXH3_64bits(id, strlen(id));
}

static int stage_by_doc(const void *p, const void *q)
{
    const struct assay_doc *a = p, *b = q;
    return a->id < b->id ? -1 : a->id > b->id;
}

static void stage_open(struct stage *s, const struct dup_options *options)
{
    static const struct dup_options normal = {.boilerplate = 4, .passage = 22};
    s->host = (struct assay_host){.struct_size = sizeof s->host, .own = s, .fail = stage_fail, .note = stage_note,
                                  .alloc = stage_alloc, .text = stage_text, .docid = stage_docid, .records = stage_records, .add = stage_add_record,
                                  .emit = stage_emit, .count = stage_count, .next = stage_next,
                                  .to_document = stage_to_document, .to_corpus = stage_to_corpus, .share = stage_share,
                                  .shared = stage_shared, .view = stage_view};
    if (s->docs)
        qsort(s->doc, s->docs, sizeof *s->doc, stage_by_doc);
    stage_check(duplicates_LTX_assay_plugin.open(&s->host, options ? options : &normal, &s->self), "open", "");
}

static void stage_run(struct stage *s, const struct dup_options *options)
{
    stage_open(s, options);
    if (s->pairs_at_once)
        ((struct dup *)s->self)->pairs_at_once = s->pairs_at_once;
    ((struct dup *)s->self)->slices.singles_at_most = s->packed; /* 0: as many as usual */
    for (uint32_t n = 0; n < duplicates_LTX_assay_plugin.rounds; n++)
        stage_round(s, n);
}

static void stage_free(struct stage *s)
{
    if (s->self)
        duplicates_LTX_assay_plugin.close(s->self);
    for (uint32_t i = 0; i < s->docs; i++)
        for (uint32_t k = 0; k < DUP_SLOTS; k++)
            free((void *)(uintptr_t)s->doc[i].layer[k].at);
    for (uint64_t i = 0; i < s->owned; i++)
        free(s->own[i]);
    for (uint32_t k = 0; k < DUP_SLOTS; k++)
        free(s->corpus[k].at);
    free(s->own);
    free(s->doc);
    free(s->pair);
    free(s->values);
    memset(s, 0, sizeof *s);
}

#endif
