/* SPDX-License-Identifier: Apache-2.0
 *
 * The host table for tests of plugins, second half: rounds and writing.
 */
#include "testing_own.h"

#include <stdio.h>
#include <string.h>
#include <xxhash.h>

/* ---- rounds ---- */

static uint32_t value_size(const struct assay_out *out)
{
    const struct assay_plugin *p = out->test->plugin;
    const struct assay_fields *value = out->round < p->rounds ? p->round[out->round].value : NULL;
    return value ? value->record_size : 0;
}

static assay_status host_emit(const struct assay_host *host, struct assay_out *out, const void *key, uint32_t size,
                              const void *value)
{
    struct assay_test *t = testing_of(host);
    if (out->pairs == out->room) {
        uint32_t room = out->room ? out->room * 2 : 16;
        struct assay_test_pair *pair = testing_take(t, room * sizeof *pair);
        if (out->pairs)
            memcpy(pair, out->pair, out->pairs * sizeof *pair);
        out->pair = pair;
        out->room = room;
    }
    out->pair[out->pairs++] = (struct assay_test_pair){{testing_copy(t, key, size), size},
                                                       value ? testing_copy(t, value, value_size(out)) : NULL};
    return ASSAY_OK;
}

static uint64_t host_count(const struct assay_host *host, const struct assay_values *values)
{
    (void)host;
    return values->list.count;
}

static assay_status host_next(const struct assay_host *host, struct assay_values *values, uint32_t most,
                              struct assay_list *batch, const assay_docid **docs)
{
    (void)host;
    uint32_t left = values->list.count - values->at, n = left < most ? left : most;
    if (!n)
        return ASSAY_END;
    *batch = (struct assay_list){(const char *)values->list.at + (size_t)values->at * values->list.stride, n,
                                 values->list.stride};
    if (docs)
        *docs = values->docs ? values->docs + values->at : NULL;
    values->at += n;
    return ASSAY_OK;
}

static assay_status host_view(const struct assay_host *host, void *subject, assay_docid docid,
                              const struct assay_doc **doc)
{
    (void)subject;
    struct assay_test *t = testing_of(host);
    for (uint32_t i = 0; i < t->docs; i++)
        if (host->docid(host, t->doc[i]) == docid) {
            *doc = t->doc[i];
            return ASSAY_OK;
        }
    return ASSAY_NO;
}

static assay_status to_document(const struct assay_host *host, struct assay_out *out, uint32_t slot, assay_docid docid,
                                const void *record)
{
    const struct assay_doc *doc;
    if (host_view(host, out, docid, &doc) != ASSAY_OK)
        return host->fail(host, ASSAY_EDOC, "no such document");
    return host->add(host, (struct assay_doc *)(uintptr_t)doc, slot, record);
}

static assay_status to_corpus(const struct assay_host *host, struct assay_out *out, uint32_t slot, const void *record)
{
    struct assay_test *t = testing_of(host);
    if (slot >= t->plugin->layers || slot >= ASSAY_TEST_SLOTS)
        return host->fail(host, ASSAY_EFATAL, "no slot %u", slot);
    out->corpus[slot].stride = t->plugin->layer[slot].fields->record_size;
    testing_push(t, &out->corpus[slot], record);
    return ASSAY_OK;
}

static assay_status host_share(const struct assay_host *host, struct assay_out *out, const void *bytes, uint64_t size)
{
    out->shared = (struct assay_text){testing_copy(testing_of(host), bytes, size), size};
    return ASSAY_OK;
}

static struct assay_text host_shared(const struct assay_host *host, uint32_t round)
{
    (void)round;
    return testing_of(host)->shared;
}

static assay_status host_resolve(const struct assay_host *host, void *subject, uint32_t slot, struct assay_ref ref,
                                 const struct assay_doc **doc, const void **record)
{
    const struct assay_doc *found;
    if (host_view(host, subject, ref.doc, &found) != ASSAY_OK)
        return ASSAY_NO;
    struct assay_list list = host->records(host, found, slot);
    if (ref.index >= list.count)
        return ASSAY_NO;
    if (doc)
        *doc = found;
    if (record)
        *record = (const char *)list.at + (size_t)ref.index * list.stride;
    return ASSAY_OK;
}

static assay_status host_name(const struct assay_host *host, void *subject, uint32_t slot, struct assay_ref ref,
                              struct assay_text *id)
{
    struct assay_test *t = testing_of(host);
    const struct assay_doc *doc;
    const void *record;
    if (!strcmp(t->plugin->layer[slot].name, "document")) {
        assay_status status = host_view(host, subject, ref.doc, &doc);
        *id = status == ASSAY_OK ? doc->record.doc : (struct assay_text){0};
        return status;
    }
    if (host_resolve(host, subject, slot, ref, &doc, &record) != ASSAY_OK)
        return ASSAY_NO;
    struct assay_span span = {0, 0};
    const struct assay_fields *fields = t->plugin->layer[slot].fields;
    for (uint32_t i = 0; i < fields->rows; i++)
        if (fields->row[i].flags & ASSAY_SELF)
            memcpy(&span, (const char *)record + fields->row[i].offset, sizeof span);
    char *text = testing_take(t, doc->record.doc.size + 32);
    int n = sprintf(text, "%.*s#%u-%u", (int)doc->record.doc.size, doc->record.doc.at, span.begin, span.end);
    *id = (struct assay_text){text, (uint64_t)n};
    return ASSAY_OK;
}

/* ---- writing ---- */

static assay_status next_document(const struct assay_host *host, struct assay_results *results,
                                  const struct assay_doc **doc)
{
    struct assay_test *t = testing_of(host);
    if (results->document >= t->docs)
        return ASSAY_END;
    *doc = t->doc[results->document++];
    return ASSAY_OK;
}

static struct assay_list host_corpus(const struct assay_host *host, struct assay_results *results, uint32_t slot,
                                     uint32_t most)
{
    (void)host;
    if (!results->out || slot >= ASSAY_TEST_SLOTS)
        return (struct assay_list){NULL, 0, 0};
    const struct assay_test_rows *rows = &results->out->corpus[slot];
    uint32_t left = rows->count - results->given[slot], n = left < most ? left : most;
    struct assay_list list = {rows->at + (size_t)results->given[slot] * rows->stride, n, rows->stride};
    results->given[slot] = n ? results->given[slot] + n : 0;
    return list;
}

static uint32_t host_layers(const struct assay_host *host)
{
    return testing_of(host)->layers;
}

static const struct assay_layer_info *host_layer(const struct assay_host *host, uint32_t i)
{
    return i < testing_of(host)->layers ? &testing_of(host)->layer[i] : NULL;
}

static assay_status host_sink(const struct assay_host *host, struct assay_results *results, struct assay_text path,
                              struct assay_sink **sink, const char **temporary)
{
    struct assay_test *t = results->test;
    (void)host;
    if (temporary) {
        *temporary = testing_copy(t, path.at, path.size);
        *sink = NULL;
        return ASSAY_OK;
    }
    struct assay_sink *s = testing_take(t, sizeof *s);
    s->path = testing_copy_text(t, path);
    s->next = t->sink;
    t->sink = s;
    *sink = s;
    return ASSAY_OK;
}

static assay_status host_write(const struct assay_host *host, struct assay_sink *sink, const void *bytes, uint64_t size)
{
    (void)host;
    assay_buf_add(&sink->text, bytes, size);
    return sink->text.failed ? ASSAY_ENOMEM : ASSAY_OK;
}

static uint32_t sink_colour(const struct assay_host *host, const struct assay_sink *sink, uint32_t *columns)
{
    (void)host;
    (void)sink;
    if (columns)
        *columns = 80;
    return 0;
}

void testing_fill_run(struct assay_host *host)
{
    host->emit = host_emit;
    host->count = host_count;
    host->next = host_next;
    host->to_document = to_document;
    host->to_corpus = to_corpus;
    host->share = host_share;
    host->shared = host_shared;
    host->view = host_view;
    host->resolve = host_resolve;
    host->name = host_name;
    host->next_document = next_document;
    host->corpus = host_corpus;
    host->layers = host_layers;
    host->layer = host_layer;
    host->sink = host_sink;
    host->write = host_write;
    host->sink_colour = sink_colour;
}
