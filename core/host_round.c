/* SPDX-License-Identifier: Apache-2.0
 *
 * The host table: rounds. And the values of a key or of a finish.
 */
#include <errno.h>
#include <string.h>

#include "memo.h"
#include "pairs.h"
#include "work.h"

#define MADE_LEAST (1u << 20)
#define MADE_EACH (8u << 10) /* bytes of a task's rows that stand together */

static assay_status out_of_memory(struct work *work)
{
    return hook_fail(work, ASSAY_ENOMEM, CODE_MEMORY, NO_MEMORY);
}

static int same_key(const struct assay_values *values, const void *key, uint32_t size)
{
    uint32_t own;
    const void *of = emit_key(values->entry->row, values->key_size, &own);
    return own == size && !memcmp(of, key, size);
}

static assay_status emit(const struct assay_host *host, struct assay_out *out, const void *key, uint32_t size,
                         const void *value)
{
    struct work *work = host_enter(host, IN_EMIT, "emit");
    if (!work)
        return ASSAY_EFATAL;
    const struct plan_round *round = out->round;
    uint32_t want = round->round->key_size;
    if (want ? size != want : size > 4096)
        return hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "emit: a key of %u bytes where round %s wants %s%u",
                         size, round->round->name, want ? "" : "at most ", want ? want : 4096);
    if (HOOK_KIND(work->hook) == HOOK_COMBINE && !same_key(&work->values, key, size))
        return hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT,
                         "emit: combine of round %s may only emit the key it was called for", round->round->name);
    struct run *run = host_run(host);
    const struct shape *shape = run->tables.value[round - run->plan->round];
    if (shape && !value)
        return hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "emit: round %s needs a value", round->round->name);
    uint64_t at = out->to->size;
    return emit_add(out->to, want, shape, out->doc, key, size, value) &&
                   (!memo_wanted(run, round) || emit_seal(out->to, at, want))
               ? ASSAY_OK
               : out_of_memory(work);
}

static uint64_t count(const struct assay_host *host, const struct assay_values *values)
{
    return host_enter(host, IN_VALUES, "count") ? values->count : 0;
}

static assay_status next_values(struct run *run, struct assay_values *v, uint32_t n, struct assay_list *batch,
                                const assay_docid **docs)
{
    struct work *work = &run->work;
    uint32_t size = v->shape ? v->shape->size : 0;
    arena_reset(&v->arena);
    char *rows = arena_alloc(&v->arena, (uint64_t)n * size);
    assay_docid *ids = docs ? arena_alloc(&v->arena, (uint64_t)n * sizeof *ids) : NULL;
    if (!rows || (docs && !ids))
        return out_of_memory(work);
    for (uint32_t i = 0; i < n; i++) {
        const struct group_entry *e = &v->entry[v->at + i];
        if (ids)
            ids[i] = v->doc ? v->doc[e->row->doc].id : run->index.id[e->rank];
        if (!v->shape)
            continue;
        const char *stored = emit_value(e->row, v->key_size);
        memcpy(rows + (uint64_t)i * size, stored, size);
        if (v->shape->parts && !record_relocate(&v->arena, v->shape, rows + (uint64_t)i * size, 1, stored))
            return out_of_memory(work);
    }
    v->at += n;
    *batch = (struct assay_list){rows, n, size};
    if (docs)
        *docs = ids;
    return ASSAY_OK;
}

static assay_status next(const struct assay_host *host, struct assay_values *v, uint32_t most, struct assay_list *batch,
                         const assay_docid **docs)
{
    struct work *work = host_enter(host, IN_VALUES, "next");
    *batch = (struct assay_list){0};
    if (docs)
        *docs = NULL;
    if (!work)
        return ASSAY_EFATAL;
    if (!v->is_corpus) {
        uint64_t left = v->count - v->at;
        return left && most ? next_values(host_run(host), v, left < most ? (uint32_t)left : most, batch, docs)
                            : ASSAY_END;
    }
    if (!v->reader.started || !most)
        return ASSAY_END;
    *batch = corpus_next(&v->reader, most);
    if (!batch->stride)
        return out_of_memory(work);
    if (batch->count && v->convert) {
        arena_reset(&v->arena);
        batch->at = convert_run(&v->arena, v->convert, batch->at, batch->count, batch->stride);
        if (!batch->at)
            return out_of_memory(work);
        batch->stride = v->stride;
    }
    return batch->count ? ASSAY_OK : ASSAY_END;
}

/* Bytes of made rows that wait in memory: in a run folder as many as may, since a key that makes more is in no memo;
 * else what gives each task a piece worth reading. */
static uint64_t made_most(const struct run *run)
{
    uint64_t most = MADE_LEAST + (uint64_t)run->tasks * MADE_EACH;
    return run->tables.lean && most < run->work.hold ? most : run->work.hold;
}

/* What a key makes may be more than fits into a worker, but not more than the chain's memory: what goes on without end
 * would fill the disk. A key that makes so much is not kept in memos. */
static assay_status made(struct run *run, int added)
{
    struct work *work = &run->work;
    if (!added || (work->spilled && stream_size(&work->stream) - (work->spilled - 1) > run->plan->memory))
        return out_of_memory(work);
    if (work->made.size < made_most(run))
        return ASSAY_OK;
    memo_spoil(run);
    if (!work_spill(run))
        return ASSAY_OK;
    return errno == ENOMEM
               ? out_of_memory(work)
               : hook_fail(work, ASSAY_EFATAL, CODE_UNREADABLE, SEGMENT_UNWRITTEN ": %s", strerror(errno));
}

/* The slot's layer, if reduce or finish of this round may write it. */
static const struct table_view *target(const struct assay_host *host, struct work *work, uint32_t slot, uint32_t where,
                                       const char *function)
{
    const struct table_view *view = host_slot(host, work, slot);
    if (!view)
        return NULL;
    const struct assay_layer *layer = &host_run(host)->plan->step[work->step].plugin->layer[slot];
    uint32_t round = work->out.round->index + 1;
    const char *why = NULL;
    if (layer->use < ASSAY_PROVIDES)
        why = "this plugin does not provide it";
    else if ((layer->where & ASSAY_ON_CORPUS) != (where & ASSAY_ON_CORPUS))
        why = where ? "it is a document's layer" : "it is a layer of the corpus";
    else if (!where && layer->stage != round)
        why = "it does not come out of this round";
    else if (!where && !(layer->where & ASSAY_BY_MAP) == (HOOK_KIND(work->hook) == HOOK_MAP))
        why = layer->where & ASSAY_BY_MAP ? "the round's map makes it"
                                          : "reduce and finish make it; a map, what is flagged BY_MAP";
    else if (view->layer == PLAN_NONE)
        why = "it is not part of the chain";
    if (!why)
        return view;
    hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "%s: layer %s (slot %u): %s", function, layer->name, slot, why);
    return NULL;
}

static assay_status to_own_document(struct run *run, uint32_t layer, assay_docid id, const void *record)
{
    struct work *work = &run->work;
    const char *why;
    if (id != work->doc.id)
        return hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "to_document: a map may only add to its own document");
    const void *row =
        record_copy(&work->doc.arena, run->tables.layer[layer], record, 1, run->tables.layer[layer]->size);
    assay_status status = row ? doc_add(&work->doc, layer, row, &why) : ASSAY_ENOMEM;
    if (status == ASSAY_ENOMEM)
        return out_of_memory(work);
    if (status)
        hook_fail(work, status, work->doc.records >= run->plan->record_limit ? CODE_LIMIT : CODE_CONTRACT,
                  "to_document: %s", why);
    return status;
}

static assay_status to_document(const struct assay_host *host, struct assay_out *out, uint32_t slot, assay_docid id,
                                const void *record)
{
    struct work *work = host_enter(host, IN_REDUCE | 1u << HOOK_MAP, "to_document");
    const struct table_view *view = work ? target(host, work, slot, ASSAY_ON_DOCUMENT, "to_document") : NULL;
    if (!view)
        return ASSAY_EFATAL;
    if (work->pairs && work->pairs->asked)
        return hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "to_document: not in a call that has used known()");
    struct run *run = host_run(host);
    if (HOOK_KIND(work->hook) == HOOK_MAP)
        return to_own_document(run, view->layer, id, record);
    uint32_t rank = index_find(&run->index, id);
    memo_read_document(run, id);
    if (rank == INDEX_NONE)
        return hook_fail(work, ASSAY_EDOC, CODE_CONTRACT, "to_document: there is no document %016llx",
                         (unsigned long long)id);
    return made(run, made_add(out->to, run->tables.layer[view->layer], view->layer, run->index.number[rank], record));
}

static assay_status to_corpus(const struct assay_host *host, struct assay_out *out, uint32_t slot, const void *record)
{
    struct work *work = host_enter(host, IN_REDUCE, "to_corpus");
    const struct table_view *view = work ? target(host, work, slot, ASSAY_ON_CORPUS, "to_corpus") : NULL;
    if (!view)
        return ASSAY_EFATAL;
    struct run *run = host_run(host);
    int drop = work->pairs && work->pairs->asked ? pairs_drop(run, work->pairs, view->layer, record) : 0;
    if (drop < 0)
        return hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT,
                         "to_corpus: a call that has used known() makes records that name two documents");
    return drop ? ASSAY_OK
                : made(run, made_add(out->to, run->tables.layer[view->layer], view->layer, INDEX_NONE, record));
}

static struct assay_list known(const struct assay_host *host, const struct assay_values *values)
{
    struct work *work = host_enter(host, 1u << HOOK_REDUCE, "known");
    struct assay_list none = {0};
    (void)values;
    if (!work || !work->pairs)
        return none;
    if (work->pairs->asked || work->spilled || work->made.size != work->made_before) {
        hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "known: it is asked once, before any record is made");
        return none;
    }
    return pairs_ask(host_run(host), work->pairs);
}

static assay_status share(const struct assay_host *host, struct assay_out *out, const void *bytes, uint64_t size)
{
    struct work *work = host_enter(host, 1u << HOOK_FINISH, "share");
    if (!work)
        return ASSAY_EFATAL;
    if (out->shared)
        return hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "share: a round shares one blob, once");
    out->shared = 1;
    work->shared.size = 0;
    bytes_add(&work->shared, bytes, size);
    return work->shared.failed ? out_of_memory(work) : ASSAY_OK;
}

/* Of the step's rounds; ASSAY_NEVER: it has no such one, or the hook may not ask. */
static uint32_t round_of(const struct assay_host *host, uint32_t round, uint32_t hooks, const char *function)
{
    struct work *work = host_enter(host, hooks, function);
    const struct run *run = host_run(host);
    if (!work || !round || round > run->plan->step[work->step].plugin->rounds)
        return ASSAY_NEVER;
    return (uint32_t)(run->plan->step[work->step].round[round - 1] - run->plan->round);
}

static struct assay_text shared(const struct assay_host *host, uint32_t round)
{
    struct run *run = host_run(host);
    uint32_t r = round_of(host, round, 1u << HOOK_ANALYSE | IN_MAPS | IN_REDUCE | 1u << HOOK_DIFFER, "shared");
    if (r == ASSAY_NEVER)
        return (struct assay_text){0};
    memo_read_blob(run, r);
    return (struct assay_text){run->blob[r].at, run->blob[r].size};
}

static struct assay_text shared_before(const struct assay_host *host, uint32_t round)
{
    const struct run *run = host_run(host);
    uint32_t r = round_of(host, round, 1u << HOOK_DIFFER, "shared_before");
    return r == ASSAY_NEVER ? (struct assay_text){0}
                            : (struct assay_text){run->blob_before[r].at, run->blob_before[r].size};
}

void host_fill_round(struct assay_host *host)
{
    host->emit = emit;
    host->count = count;
    host->next = next;
    host->to_document = to_document;
    host->to_corpus = to_corpus;
    host->share = share;
    host->shared = shared;
    host->shared_before = shared_before;
    host->known = known;
}
