/* SPDX-License-Identifier: Apache-2.0
 *
 * The host table: documents and their records.
 */
#include <string.h>

#include "memo.h"
#include "results.h"
#include "spans.h"
#include "textmap.h"
#include "work.h"

/* Caches inside a document (opened layers, copies) may be filled through a const pointer: that is no change of it. */
static struct assay_doc *thaw(const struct assay_doc *doc)
{
    return (struct assay_doc *)(uintptr_t)doc;
}

static struct assay_doc *whole(struct run *, const struct assay_doc *);

static struct assay_text get_text(const struct assay_host *host, const struct assay_doc *doc)
{
    if (!host_enter(host, IN_DOCUMENT, "text"))
        return (struct assay_text){"", 0};
    memo_read_text(host_run(host), doc->id);
    return whole(host_run(host), doc)->text;
}

static assay_docid get_docid(const struct assay_host *host, const struct assay_doc *doc)
{
    return host_enter(host, IN_DOCUMENT, "docid") ? doc->id : 0;
}

/* The live document, or NULL after a complaint: a plugin must not change what it only views. */
static struct assay_doc *mutable(struct work *work, struct assay_doc *doc, const char *function)
{
    if (doc == &work->doc)
        return doc;
    hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "%s: the document is read-only", function);
    return NULL;
}

static assay_status out_of_memory(struct work *work)
{
    return hook_fail(work, ASSAY_ENOMEM, CODE_MEMORY, NO_MEMORY);
}

static assay_status set_text(const struct assay_host *host, struct assay_doc *doc, struct assay_text text,
                             const struct assay_map *map, uint64_t runs)
{
    struct work *work = host_enter(host, IN_PREPARE, "set_text");
    const char *why;
    if (!work || !mutable(work, doc, "set_text"))
        return ASSAY_EFATAL;
    static const struct assay_map none;
    if (!map && text.size == 0)
        map = &none;
    assay_status status = doc_set_text(doc, text, map, runs, &why);
    if (status == ASSAY_ENOMEM)
        return out_of_memory(work);
    if (status)
        hook_fail(work, status, CODE_CONTRACT, "set_text: %s", why);
    return status;
}

static assay_status raw(const struct assay_host *host, const struct assay_doc *doc, struct assay_span span,
                        uint64_t raw_span[2])
{
    struct work *work = host_enter(host, IN_DOCUMENT, "raw");
    raw_span[0] = raw_span[1] = 0;
    if (!work)
        return ASSAY_EFATAL;
    struct assay_doc *open = doc->mapped ? thaw(doc) : whole(host_run(host), doc);
    memo_read_map(host_run(host), doc->id);
    if (span.begin > span.end || span.end > doc->text.size)
        return hook_fail(work, ASSAY_EDOC, CODE_CONTRACT, "raw: the span is not inside the text");
    if (!doc_map(open))
        return out_of_memory(work);
    if (!open->mapped)
        return ASSAY_NO;
    if (!open->runs && !doc->text.size)
        return ASSAY_OK;
    return textmap_raw(open->map, open->runs, span.begin, span.end, raw_span) ? ASSAY_OK : ASSAY_NO;
}

static assay_status get_map(const struct assay_host *host, const struct assay_doc *doc, const struct assay_map **map,
                            uint64_t *runs)
{
    struct work *work = host_enter(host, IN_MAP_OF, "map");
    *map = NULL;
    *runs = 0;
    if (!work)
        return ASSAY_EFATAL;
    struct assay_doc *open = whole(host_run(host), doc);
    memo_read_map(host_run(host), doc->id);
    if (!doc_map(open))
        return out_of_memory(work);
    if (!open->mapped)
        return ASSAY_NO;
    *map = open->map;
    *runs = open->runs;
    return ASSAY_OK;
}

/* The view that holds the document; NULL: it is the one in hand. */
static struct view *view_with(const struct work *work, const struct assay_doc *doc)
{
    const struct view *view = (const struct view *)(const void *)doc; /* its first member */
    int inside =
        work->view && (uintptr_t)view >= (uintptr_t)work->view && (uintptr_t)view < (uintptr_t)(work->view + VIEWS);
    return inside ? &work->view[view - work->view] : NULL;
}

/* With all that its first block has, if nothing of it was looked at so far. What was opened before stays where it
 * is. */
static struct assay_doc *whole(struct run *run, const struct assay_doc *doc)
{
    struct view *view = view_with(&run->work, doc);
    if (!view || !view->lean)
        return thaw(doc);
    view->lean = 0;
    work_relax(run);
    run->work.viewed++;
    index_open_first(&run->index, &view->doc, view->number);
    return &view->doc;
}

/* A layer is read from its own pass' part alone: the first, with the text, is the largest by far. In a map, what the
 * rounds just before made for other documents is not in their blocks yet. It is brought when a layer of it is asked
 * for, and not before: most views look at texts and older layers, and with a million documents what is under way does
 * not stay in memory from one view to the next. 0: out of memory. */
static int bring(struct run *run, struct assay_doc *doc, uint32_t layer)
{
    struct view *view = view_with(&run->work, doc);
    if (!view)
        return 1;
    uint32_t pass = layer ? run->plan->layer[layer].stored : 0; /* document/1 stands in the first */
    if (!pass || index_whole(&run->index)) {
        whole(run, doc);
    } else if (pass < run->index.passes && !(view->parts >> pass & 1)) {
        view->parts |= (uint64_t)1 << pass;
        work_relax(run);
        index_add_part(&run->index, doc, view->number, pass);
    }
    if (!(IN_MAPS >> HOOK_KIND(run->work.hook) & 1) || !inbox_brings(run, layer) || view->brought)
        return 1;
    view->brought = 1;
    return inbox_deliver(run, doc, view->number);
}

/* What maps add is not there for the maps of the same pass, not even for the one that adds it. */
static int is_under_way(const struct run *run, uint32_t layer)
{
    const struct plan_layer *l = &run->plan->layer[layer];
    return l->where & ASSAY_BY_MAP && l->stored == run->pass && IN_MAPS >> HOOK_KIND(run->work.hook) & 1;
}

static struct assay_list records(const struct assay_host *host, const struct assay_doc *doc, uint32_t slot)
{
    struct work *work = host_enter(host, IN_DOCUMENT, "records");
    const struct table_view *view = work ? host_slot(host, work, slot) : NULL;
    if (!view || view->layer == PLAN_NONE)
        return (struct assay_list){0};
    struct run *run = host_run(host);
    const struct plan_layer *l = &run->plan->layer[view->layer];
    if (l->where & ASSAY_ON_CORPUS || is_under_way(run, view->layer) || (l->in_hand && doc != &work->doc))
        return (struct assay_list){0};
    struct assay_list list = {.count = UINT32_MAX};
    memo_read_layer(run, doc->id, view->layer);
    if (bring(run, thaw(doc), view->layer))
        list = doc_records(thaw(doc), view);
    if (list.count == UINT32_MAX) {
        out_of_memory(work);
        return (struct assay_list){0};
    }
    return list;
}

static assay_status add(const struct assay_host *host, struct assay_doc *doc, uint32_t slot, const void *record)
{
    struct work *work = host_enter(host, IN_MAKING, "add");
    const struct table_view *view = work ? host_slot(host, work, slot) : NULL;
    if (!view || !mutable(work, doc, "add"))
        return ASSAY_EFATAL;
    const struct plan *plan = host_run(host)->plan;
    const struct assay_layer *layer = &plan->step[work->step].plugin->layer[slot];
    const char *why;
    if (layer->use < ASSAY_PROVIDES || layer->where & ASSAY_ON_CORPUS || layer->stage != 0)
        return hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "add: slot %u (%s) is not provided on documents by analyse",
                         slot, layer->name);
    if (view->layer == PLAN_NONE || plan->layer[view->layer].step != work->step)
        return hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "add: slot %u (%s) belongs to another step", slot,
                         layer->name);
    assay_status status = doc_add(doc, view->layer, record, &why);
    if (status == ASSAY_ENOMEM)
        return out_of_memory(work);
    if (status)
        hook_fail(work, status, doc->records >= plan->record_limit ? CODE_LIMIT : CODE_CONTRACT, "add to %s: %s",
                  layer->name, why);
    return status;
}

static assay_status amend(const struct assay_host *host, struct assay_doc *doc, const char *row, const void *value)
{
    struct work *work = host_enter(host, IN_MAKING, "amend");
    const char *why;
    if (!work || !mutable(work, doc, "amend"))
        return ASSAY_EFATAL;
    assay_status status = doc_amend(doc, row, value, &why);
    if (status == ASSAY_ENOMEM)
        return out_of_memory(work);
    if (status < 0)
        hook_fail(work, status, CODE_CONTRACT, "amend %s: %s", row, why);
    return status;
}

/* ---- other documents ---- */

/* A free view, or the one longest not asked for. */
static struct view *view_slot(struct run *run, uint32_t number, int *found)
{
    struct work *work = &run->work;
    struct view *oldest = &work->view[0];
    *found = 0;
    for (uint32_t i = 0; i < VIEWS; i++) {
        struct view *view = &work->view[i];
        if (view->open && view->used && view->number == number) {
            *found = 1;
            return view;
        }
        if (view->used < oldest->used)
            oldest = view;
    }
    return oldest;
}

static struct assay_doc *view_of(struct run *run, assay_docid id, int *missing)
{
    struct work *work = &run->work;
    *missing = 1;
    memo_read_document(run, id);
    int mapping = IN_MAPS >> HOOK_KIND(work->hook) & 1;
    if (mapping && id == work->doc.id)
        return &work->doc;
    int alone = mapping && run->pass == run->plan->apart; /* in the first maps nobody else is there */
    uint32_t rank = alone || !run->index.passes ? INDEX_NONE : index_find(&run->index, id);
    if (rank == INDEX_NONE)
        return NULL;
    *missing = 0;
    int found;
    uint32_t number = run->index.number[rank];
    struct view *view = view_slot(run, number, &found);
    if (!view->open && !doc_open(&view->doc, &run->tables))
        return NULL;
    view->open = 1;
    if (!found) {
        view->brought = 0;
        view->parts = 0;
        view->lean = 1;
        index_open_lean(&run->index, &view->doc, rank, HOOK_KIND(work->hook) == HOOK_WRITE);
    }
    view->number = number;
    view->used = ++work->views_used;
    return &view->doc;
}

static assay_status view(const struct assay_host *host, void *subject, assay_docid id, const struct assay_doc **doc)
{
    struct work *work = host_enter(host, IN_VIEW, "view");
    int missing;
    (void)subject;
    *doc = NULL;
    if (!work)
        return ASSAY_EFATAL;
    *doc = view_of(host_run(host), id, &missing);
    if (*doc)
        return ASSAY_OK;
    return missing ? ASSAY_NO : out_of_memory(work);
}

/* `hand`: a document that is open and may serve, NULL: none. */
static assay_status find_record(const struct assay_host *host, struct work *work, uint32_t slot, struct assay_ref ref,
                                struct assay_doc *hand, struct assay_doc **doc, const struct table_view **table)
{
    int missing = 0;
    *table = host_slot(host, work, slot);
    if (!*table)
        return ASSAY_EFATAL;
    if ((*table)->layer == PLAN_NONE || is_under_way(host_run(host), (*table)->layer))
        return ASSAY_NO;
    *doc = hand && hand->frozen && hand->id == ref.doc ? hand : view_of(host_run(host), ref.doc, &missing);
    if (!*doc)
        return missing ? ASSAY_NO : out_of_memory(work);
    memo_read_layer(host_run(host), ref.doc, (*table)->layer);
    struct assay_list list = {.count = UINT32_MAX};
    if (bring(host_run(host), *doc, (*table)->layer))
        list = doc_layer(*doc, (*table)->layer);
    if (list.count == UINT32_MAX)
        return out_of_memory(work);
    return ref.index < list.count ? ASSAY_OK : ASSAY_NO;
}

static assay_status resolve(const struct assay_host *host, void *subject, uint32_t slot, struct assay_ref ref,
                            const struct assay_doc **doc, const void **record)
{
    struct work *work = host_enter(host, IN_VIEW, "resolve");
    struct assay_doc *found = NULL;
    const struct table_view *table;
    (void)subject;
    if (doc)
        *doc = NULL;
    if (record)
        *record = NULL;
    if (!work)
        return ASSAY_EFATAL;
    assay_status status = find_record(host, work, slot, ref, NULL, &found, &table);
    if (status)
        return status;
    struct assay_list list = doc_records(found, table);
    if (list.count == UINT32_MAX)
        return out_of_memory(work);
    if (doc)
        *doc = found;
    if (record)
        *record = (const char *)list.at + (uint64_t)ref.index * list.stride;
    return ASSAY_OK;
}

/* Of a document itself: its id, which writers ask for more often than for anything else. */
static assay_status name_document(struct run *run, assay_docid docid, struct assay_text *id)
{
    int missing;
    if (HOOK_KIND(run->work.hook) == HOOK_WRITE) {
        uint32_t rank = index_find(&run->index, docid);
        if (rank != INDEX_NONE)
            *id = index_name(&run->index, run->index.number[rank]);
        return rank == INDEX_NONE ? ASSAY_NO : ASSAY_OK;
    }
    const struct assay_doc *doc = view_of(run, docid, &missing);
    if (!doc)
        return missing ? ASSAY_NO : out_of_memory(&run->work);
    *id = whole(run, doc)->record.doc;
    return ASSAY_OK;
}

static assay_status name(const struct assay_host *host, void *subject, uint32_t slot, struct assay_ref ref,
                         struct assay_text *id)
{
    struct work *work = host_enter(host, IN_VIEW, "name");
    struct assay_doc *found = NULL;
    const struct table_view *table;
    (void)subject;
    *id = (struct assay_text){0};
    if (!work)
        return ASSAY_EFATAL;
    table = host_slot(host, work, slot);
    if (table && table->layer == 0)
        return name_document(host_run(host), ref.doc, id);
    int writing = HOOK_KIND(work->hook) == HOOK_WRITE;
    assay_status status = writing && table && table->layer != PLAN_NONE
                              ? spans_name(host_run(host), table->layer, ref, id)
                              : ASSAY_SKIP;
    if (status == ASSAY_ENOMEM)
        return out_of_memory(work);
    if (status != ASSAY_SKIP)
        return status;
    struct assay_doc *hand = writing ? &work->results->doc : NULL; /* most that a writer names stands there */
    status = find_record(host, work, slot, ref, hand, &found, &table);
    if (status)
        return status;
    memo_read_text(host_run(host), ref.doc);
    *id = doc_name(whole(host_run(host), found), &work->arena, table->layer, ref.index);
    return id->at ? ASSAY_OK : out_of_memory(work);
}

void host_fill_doc(struct assay_host *host)
{
    host->text = get_text;
    host->docid = get_docid;
    host->set_text = set_text;
    host->raw = raw;
    host->map = get_map;
    host->records = records;
    host->add = add;
    host->amend = amend;
    host->view = view;
    host->resolve = resolve;
    host->name = name;
}
