/* SPDX-License-Identifier: Apache-2.0
 *
 * The host table of a host that checks: every pointer and size a plugin hands over is looked at first. A breach ends
 * the run with a sentence that names plugin, hook, document, function, and what is wrong; unchecked it would be a
 * crash, or worse, a wrong result.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "fields.h"
#include "results.h"
#include "work.h"

static const struct assay_host *plain(const struct assay_host *host)
{
    return &((const struct host_step *)host->own)->plain;
}

static struct work *work_of(const struct assay_host *host)
{
    return &host_run(host)->work;
}

/* Fails the hook if there is something wrong. 1: there is not. */
static int fine(const struct assay_host *host, const char *function, const char *why)
{
    if (why)
        hook_fail(work_of(host), ASSAY_EFATAL, CODE_CONTRACT, "%s: %s", function, why);
    return !why;
}

/* ---- handles ---- */

static const char *doc_is_open(const struct assay_host *host, const struct assay_doc *doc)
{
    const struct work *work = work_of(host);
    if (doc == &work->doc || (work->results && doc == &work->results->doc))
        return NULL;
    for (uint32_t i = 0; i < VIEWS; i++)
        if (work->view[i].open && doc == &work->view[i].doc)
            return work->view[i].used ? NULL : "the document's view is closed";
    return "the document is none that this hook was given";
}

static const char *item_is_open(const struct assay_host *host, const struct assay_item *item)
{
    for (const struct assay_item *open = work_of(host)->item; open; open = open->above)
        if (open == item)
            return NULL;
    return "the item is none that this hook was given";
}

static int doc_fine(const struct assay_host *host, uint32_t hooks, const char *function, const struct assay_doc *doc)
{
    return host_enter(host, hooks, function) && fine(host, function, doc_is_open(host, doc));
}

static int item_fine(const struct assay_host *host, const char *function, const struct assay_item *item)
{
    return host_enter(host, IN_READ, function) && fine(host, function, item_is_open(host, item));
}

static int out_fine(const struct assay_host *host, uint32_t hooks, const char *function, const struct assay_out *out)
{
    return host_enter(host, hooks, function) &&
           fine(host, function, out == &work_of(host)->out ? NULL : "`out` is not the one this hook was given");
}

static int values_fine(const struct assay_host *host, uint32_t hooks, const char *function,
                       const struct assay_values *values)
{
    return host_enter(host, hooks, function) &&
           fine(host, function,
                values == &work_of(host)->values ? NULL : "`values` is not the one this hook was given");
}

static int results_fine(const struct assay_host *host, const char *function, const struct assay_results *results)
{
    return host_enter(host, IN_WRITE, function) &&
           fine(host, function,
                results == work_of(host)->results ? NULL : "`results` is not the one this hook was given");
}

static int bytes_fine(const struct assay_host *host, const char *function, const char *what, const void *at,
                      uint64_t size)
{
    struct check check = {0};
    return fine(host, function, check_bytes(&check, what, at, size));
}

static int string_fine(const struct assay_host *host, const char *function, const char *what, const char *string)
{
    struct check check = {0};
    return fine(host, function, check_string(&check, what, string));
}

/* ---- what records name ---- */

/* Records of a layer in the document's blocks; UINT32_MAX: on their way, or not known. */
static uint32_t records_of(const struct run *run, uint32_t number, const char *of)
{
    size_t size = strcspn(of, "/");
    for (uint32_t l = 0; l < run->plan->layers; l++) {
        const struct plan_layer *layer = &run->plan->layer[l];
        if (strlen(layer->name) != size || memcmp(layer->name, of, size) || layer->ready >= run->index.passes)
            continue;
        for (uint32_t pass = 0; pass < run->index.passes; pass++) {
            const struct doc_head *head = (const struct doc_head *)(const void *)index_part(&run->index, number, pass);
            struct doc_entry dir;
            for (uint32_t next = 0; doc_entry(head, &next, &dir);)
                if (dir.layer == l)
                    return dir.count;
        }
        return 0;
    }
    return UINT32_MAX;
}

static const char *known(void *own, int kind, const char *of, struct assay_place place, struct check *c)
{
    const struct run *run = own;
    if (place.doc == run->work.doc.id || !run->index.passes) /* before the end of pass 0 nobody knows all documents */
        return NULL;
    uint32_t rank = index_find(&run->index, place.doc);
    if (rank == INDEX_NONE)
        return check_say(c, "it names a document %016llx that is not there", (unsigned long long)place.doc);
    uint32_t number = run->index.number[rank];
    struct doc_whole whole;
    if (kind == 1 && (!doc_whole(index_head(&run->index, number), &whole) || place.span.end > whole.text.size))
        return check_say(c, "a place (%u to %u) is not inside its document's text", place.span.begin, place.span.end);
    uint32_t there = kind == 2 ? records_of(run, number, of) : UINT32_MAX;
    if (place.span.begin >= there)
        return check_say(c, "a ref names record %u of %s, the document has %u", place.span.begin, of, there);
    return NULL;
}

static int record_fine(const struct assay_host *host, const char *function, uint32_t slot, const void *record,
                       struct check *check)
{
    const struct run *run = host_run(host);
    const struct assay_plugin *plugin = run->plan->step[run->work.step].plugin;
    char what[128];
    if (slot >= plugin->layers)
        return 1; /* the plain function says so */
    check->known = known;
    check->own = host_run(host);
    const struct assay_layer *layer = &plugin->layer[slot];
    check->any_bytes |= layer->use == ASSAY_PRIVATE;
    const char *why = check_bytes(check, "the record", record, layer->fields->record_size);
    int lasts = check->lasts;
    if (why && lasts && record) { /* the struct itself is copied and may be anywhere */
        check->lasts = 0;
        why = check_bytes(check, "the record", record, layer->fields->record_size);
        check->lasts = lasts;
    }
    if (!why)
        why = check_record(check, layer->fields, record);
    snprintf(what, sizeof what, "%s to %s", function, layer->name);
    return fine(host, what, why);
}

/* ---- anywhere ---- */

__attribute__((format(printf, 3, 4)))
static assay_status checked_fail(const struct assay_host *host, assay_status code, const char *format, ...)
{
    char text[4096];
    if (!string_fine(host, "fail", "the format", format))
        return ASSAY_EFATAL;
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    int names = code == ASSAY_NO && work_of(host)->hook == HOOK_ACCEPT; /* what the input is */
    if ((code >= 0 && !names) || code < ASSAY_EFATAL)
        return hook_fail(work_of(host), ASSAY_EFATAL, CODE_CONTRACT, "fail: %d is no code of a failure (%s)", code,
                         text);
    return plain(host)->fail(host, code, "%s", text);
}

__attribute__((format(printf, 3, 4)))
static void checked_note(const struct assay_host *host, uint32_t level, const char *format, ...)
{
    char text[4096];
    if (!string_fine(host, "note", "the format", format))
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (level > ASSAY_NOTE_WARNING)
        hook_fail(work_of(host), ASSAY_EFATAL, CODE_CONTRACT, "note: %u is no level", level);
    else
        plain(host)->note(host, level, "%s", text);
}

static void *checked_alloc(const struct assay_host *host, void *subject, uint64_t size)
{
    const struct work *work = work_of(host);
    int ours = !doc_is_open(host, subject) || !item_is_open(host, subject) || subject == &work->out ||
               subject == &work->values || (work->results && subject == work->results);
    if (!host_enter(host, IN_ALL, "alloc") ||
        !fine(host, "alloc", ours ? NULL : "the subject is none that this hook was given"))
        return NULL;
    return plain(host)->alloc(host, subject, size);
}

static assay_status checked_find(const struct assay_host *host, const char *relative, struct assay_text *path)
{
    if (!string_fine(host, "find", "the name", relative) || !bytes_fine(host, "find", "`path`", path, sizeof *path))
        return ASSAY_EFATAL;
    return plain(host)->find(host, relative, path);
}

/* ---- reading ---- */

static uint64_t checked_item_size(const struct assay_host *host, const struct assay_item *item)
{
    return item_fine(host, "item_size", item) ? plain(host)->item_size(host, item) : 0;
}

static assay_status checked_item_read(const struct assay_host *host, struct assay_item *item, uint64_t at, void *buffer,
                                      uint64_t size, uint64_t *got)
{
    if (!item_fine(host, "item_read", item) || !bytes_fine(host, "item_read", "`buffer`", buffer, size) ||
        !bytes_fine(host, "item_read", "`got`", got, sizeof *got))
        return ASSAY_EFATAL;
    return plain(host)->item_read(host, item, at, buffer, size, got);
}

static assay_status checked_item_bytes(const struct assay_host *host, struct assay_item *item, struct assay_text *bytes)
{
    return item_fine(host, "item_bytes", item) ? plain(host)->item_bytes(host, item, bytes) : ASSAY_EFATAL;
}

static void checked_item_place(const struct assay_host *host, const struct assay_item *item, uint64_t *byte,
                               uint64_t *line)
{
    if (item_fine(host, "item_place", item) && bytes_fine(host, "item_place", "`byte`", byte, sizeof *byte) &&
        bytes_fine(host, "item_place", "`line`", line, sizeof *line))
        plain(host)->item_place(host, item, byte, line);
}

static assay_status checked_add_document(const struct assay_host *host, struct assay_item *item, uint32_t slot,
                                         const void *record, struct assay_text bytes, const struct assay_map *map,
                                         uint64_t runs)
{
    struct check check = {.any_bytes = 1};
    if (!item_fine(host, "add_document", item) || !record_fine(host, "add_document", slot, record, &check) ||
        !bytes_fine(host, "add_document", "`bytes`", bytes.at, bytes.size) ||
        (runs && !bytes_fine(host, "add_document", "`map`", map,
                             runs > UINT64_MAX / sizeof *map ? UINT64_MAX : runs * sizeof *map)))
        return ASSAY_EFATAL;
    return plain(host)->add_document(host, item, slot, record, bytes, map, runs);
}

static assay_status checked_add_item(const struct assay_host *host, struct assay_item *item, struct assay_text name,
                                     struct assay_text bytes)
{
    if (!item_fine(host, "add_item", item) || !bytes_fine(host, "add_item", "`name`", name.at, name.size) ||
        !bytes_fine(host, "add_item", "`bytes`", bytes.at, bytes.size))
        return ASSAY_EFATAL;
    return plain(host)->add_item(host, item, name, bytes);
}

__attribute__((format(printf, 6, 7))) static assay_status checked_failed(const struct assay_host *host,
                                                                         struct assay_item *item, uint64_t at,
                                                                         uint64_t line, const char *code,
                                                                         const char *format, ...)
{
    char text[4096];
    if (!item_fine(host, "failed", item) || !string_fine(host, "failed", "the code", code) ||
        !string_fine(host, "failed", "the format", format))
        return ASSAY_EFATAL;
    if (strcmp(code, "syntax") && strcmp(code, "decode") && strcmp(code, "limit") && strcmp(code, "unreadable"))
        return hook_fail(work_of(host), ASSAY_EFATAL, CODE_CONTRACT, "failed: '%.40s' is none of its codes", code);
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return plain(host)->failed(host, item, at, line, code, "%s", text);
}

static assay_status checked_skipped(const struct assay_host *host, struct assay_item *item, struct assay_text member,
                                    uint64_t size, const char *reason)
{
    if (!item_fine(host, "skipped", item) || !bytes_fine(host, "skipped", "`member`", member.at, member.size) ||
        (reason && !string_fine(host, "skipped", "the reason", reason)))
        return ASSAY_EFATAL;
    return plain(host)->skipped(host, item, member, size, reason);
}

/* ---- a document ---- */

static struct assay_text checked_text(const struct assay_host *host, const struct assay_doc *doc)
{
    return doc_fine(host, IN_DOCUMENT, "text", doc) ? plain(host)->text(host, doc) : (struct assay_text){"", 0};
}

static assay_docid checked_docid(const struct assay_host *host, const struct assay_doc *doc)
{
    return doc_fine(host, IN_DOCUMENT, "docid", doc) ? plain(host)->docid(host, doc) : 0;
}

static assay_status checked_set_text(const struct assay_host *host, struct assay_doc *doc, struct assay_text text,
                                     const struct assay_map *map, uint64_t runs)
{
    if (!doc_fine(host, IN_PREPARE, "set_text", doc) || !bytes_fine(host, "set_text", "the text", text.at, text.size) ||
        (runs && !bytes_fine(host, "set_text", "`map`", map,
                             runs > UINT64_MAX / sizeof *map ? UINT64_MAX : runs * sizeof *map)))
        return ASSAY_EFATAL;
    return plain(host)->set_text(host, doc, text, map, runs);
}

static assay_status checked_raw(const struct assay_host *host, const struct assay_doc *doc, struct assay_span span,
                                uint64_t raw[2])
{
    if (!doc_fine(host, IN_DOCUMENT, "raw", doc) || !bytes_fine(host, "raw", "`raw`", raw, 2 * sizeof *raw))
        return ASSAY_EFATAL;
    return plain(host)->raw(host, doc, span, raw);
}

static assay_status checked_map(const struct assay_host *host, const struct assay_doc *doc,
                                const struct assay_map **map, uint64_t *runs)
{
    return doc_fine(host, IN_MAP_OF, "map", doc) ? plain(host)->map(host, doc, map, runs) : ASSAY_EFATAL;
}

static struct assay_list checked_records(const struct assay_host *host, const struct assay_doc *doc, uint32_t slot)
{
    return doc_fine(host, IN_DOCUMENT, "records", doc) ? plain(host)->records(host, doc, slot) : (struct assay_list){0};
}

static struct check on_live(const struct work *work)
{
    return (struct check){.text = work->doc.text, .is_utf8 = HOOK_KIND(work->hook) != HOOK_PREPARE, .lasts = 1};
}

static assay_status checked_add(const struct assay_host *host, struct assay_doc *doc, uint32_t slot, const void *record)
{
    struct check check = on_live(work_of(host));
    check.not_self = 1; /* add itself answers ASSAY_EDOC */
    if (!doc_fine(host, IN_MAKING, "add", doc))
        return ASSAY_EFATAL;
    const struct assay_plugin *plugin = host_run(host)->plan->step[work_of(host)->step].plugin;
    int provided = slot < plugin->layers && plugin->layer[slot].use >= ASSAY_PROVIDES;
    if (provided && !record_fine(host, "add", slot, record, &check))
        return ASSAY_EFATAL;
    return plain(host)->add(host, doc, slot, record);
}

static assay_status checked_amend(const struct assay_host *host, struct assay_doc *doc, const char *row,
                                  const void *value)
{
    struct check check = on_live(work_of(host));
    if (!doc_fine(host, IN_MAKING, "amend", doc) || !string_fine(host, "amend", "the row", row))
        return ASSAY_EFATAL;
    const struct assay_field *field = fields_find(&assay_document_fields, row);
    if (field) {
        struct assay_field one = *field;
        one.flags &= ~ASSAY_LIST; /* of a list row one element is handed over */
        if (!bytes_fine(host, "amend", "`value`", value, fields_value_size(field)) ||
            !fine(host, "amend", check_value(&check, &one, value)))
            return ASSAY_EFATAL;
    }
    return plain(host)->amend(host, doc, row, value);
}

/* ---- rounds ---- */

static assay_status checked_emit(const struct assay_host *host, struct assay_out *out, const void *key, uint32_t size,
                                 const void *value)
{
    struct check check = {.known = known, .own = host_run(host), .any_bytes = 1};
    if (!out_fine(host, IN_EMIT, "emit", out) || !bytes_fine(host, "emit", "the key", key, size))
        return ASSAY_EFATAL;
    const struct assay_fields *fields = out->round->round->value;
    if (fields && value &&
        (!bytes_fine(host, "emit", "the value", value, fields->record_size) ||
         !fine(host, "emit", check_record(&check, fields, value))))
        return ASSAY_EFATAL;
    return plain(host)->emit(host, out, key, size, value);
}

static uint64_t checked_count(const struct assay_host *host, const struct assay_values *values)
{
    return values_fine(host, IN_VALUES, "count", values) ? plain(host)->count(host, values) : 0;
}

static struct assay_list checked_known(const struct assay_host *host, const struct assay_values *values)
{
    return values_fine(host, 1u << HOOK_REDUCE, "known", values) ? plain(host)->known(host, values)
                                                                 : (struct assay_list){0};
}

static assay_status checked_next(const struct assay_host *host, struct assay_values *values, uint32_t most,
                                 struct assay_list *batch, const assay_docid **docs)
{
    if (!values_fine(host, IN_VALUES, "next", values) || !bytes_fine(host, "next", "`batch`", batch, sizeof *batch))
        return ASSAY_EFATAL;
    return plain(host)->next(host, values, most, batch, docs);
}

static assay_status checked_to_document(const struct assay_host *host, struct assay_out *out, uint32_t slot,
                                        assay_docid id, const void *record)
{
    struct run *run = host_run(host);
    struct check check = {0};
    if (!out_fine(host, IN_REDUCE | 1u << HOOK_MAP, "to_document", out))
        return ASSAY_EFATAL;
    uint32_t rank = run->index.passes ? index_find(&run->index, id) : INDEX_NONE;
    if (!run->index.passes && id == run->work.doc.id) {
        check.text = run->work.doc.text;
        check.is_utf8 = 1;
    }
    if (rank != INDEX_NONE) {
        struct doc_whole whole = {0};
        doc_whole(index_head(&run->index, run->index.number[rank]), &whole);
        check.text = whole.text;
        check.is_utf8 = 1;
    }
    return record_fine(host, "to_document", slot, record, &check)
               ? plain(host)->to_document(host, out, slot, id, record)
               : ASSAY_EFATAL;
}

static assay_status checked_to_corpus(const struct assay_host *host, struct assay_out *out, uint32_t slot,
                                      const void *record)
{
    struct check check = {0};
    if (!out_fine(host, IN_REDUCE, "to_corpus", out) || !record_fine(host, "to_corpus", slot, record, &check))
        return ASSAY_EFATAL;
    return plain(host)->to_corpus(host, out, slot, record);
}

static assay_status checked_share(const struct assay_host *host, struct assay_out *out, const void *bytes,
                                  uint64_t size)
{
    if (!out_fine(host, 1u << HOOK_FINISH, "share", out) || !bytes_fine(host, "share", "the blob", bytes, size))
        return ASSAY_EFATAL;
    return plain(host)->share(host, out, bytes, size);
}

static assay_status checked_view(const struct assay_host *host, void *subject, assay_docid id,
                                 const struct assay_doc **doc)
{
    if (!host_enter(host, IN_VIEW, "view") || !bytes_fine(host, "view", "`doc`", doc, sizeof *doc))
        return ASSAY_EFATAL;
    return plain(host)->view(host, subject, id, doc);
}

static assay_status checked_name(const struct assay_host *host, void *subject, uint32_t slot, struct assay_ref ref,
                                 struct assay_text *id)
{
    if (!host_enter(host, IN_VIEW, "name") || !bytes_fine(host, "name", "`id`", id, sizeof *id))
        return ASSAY_EFATAL;
    return plain(host)->name(host, subject, slot, ref, id);
}

/* ---- writing ---- */

static assay_status checked_next_document(const struct assay_host *host, struct assay_results *results,
                                          const struct assay_doc **doc)
{
    return results_fine(host, "next_document", results) ? plain(host)->next_document(host, results, doc) : ASSAY_EFATAL;
}

static struct assay_list checked_corpus(const struct assay_host *host, struct assay_results *results, uint32_t slot,
                                        uint32_t most)
{
    return results_fine(host, "corpus", results) ? plain(host)->corpus(host, results, slot, most)
                                                 : (struct assay_list){0};
}

static assay_status checked_sink(const struct assay_host *host, struct assay_results *results, struct assay_text path,
                                 struct assay_sink **sink, const char **temporary)
{
    if (!results_fine(host, "sink", results) ||
        !bytes_fine(host, "sink", "`path`", path.at, path.size ? path.size : 1) ||
        !fine(host, "sink", path.size && !memchr(path.at, 0, path.size) ? NULL : "`path` is empty or holds a NUL") ||
        !bytes_fine(host, "sink", "`sink`", sink, sizeof *sink))
        return ASSAY_EFATAL;
    return plain(host)->sink(host, results, path, sink, temporary);
}

static int sink_fine(const struct assay_host *host, const char *function, const struct assay_sink *sink)
{
    const struct work *work = work_of(host);
    const struct assay_sink *open = work->results ? work->results->sink : NULL;
    while (open && open != sink)
        open = open->next;
    return host_enter(host, IN_WRITE, function) &&
           fine(host, function, open ? NULL : "the sink is none that was opened");
}

static assay_status checked_write(const struct assay_host *host, struct assay_sink *sink, const void *bytes,
                                  uint64_t size)
{
    if (!sink_fine(host, "write", sink) || !bytes_fine(host, "write", "`bytes`", bytes, size))
        return ASSAY_EFATAL;
    return plain(host)->write(host, sink, bytes, size);
}

void host_check_fill(struct host_step *step)
{
    step->plain = step->host;
    struct assay_host *host = &step->host;
    host->fail = checked_fail;
    host->note = checked_note;
    host->alloc = checked_alloc;
    host->find = checked_find;
    host->item_size = checked_item_size;
    host->item_read = checked_item_read;
    host->item_bytes = checked_item_bytes;
    host->item_place = checked_item_place;
    host->add_document = checked_add_document;
    host->add_item = checked_add_item;
    host->failed = checked_failed;
    host->skipped = checked_skipped;
    host->text = checked_text;
    host->docid = checked_docid;
    host->set_text = checked_set_text;
    host->raw = checked_raw;
    host->map = checked_map;
    host->records = checked_records;
    host->add = checked_add;
    host->amend = checked_amend;
    host->emit = checked_emit;
    host->count = checked_count;
    host->next = checked_next;
    host->known = checked_known;
    host->to_document = checked_to_document;
    host->to_corpus = checked_to_corpus;
    host->share = checked_share;
    host->view = checked_view;
    host->name = checked_name;
    host->next_document = checked_next_document;
    host->corpus = checked_corpus;
    host->sink = checked_sink;
    host->write = checked_write;
}
