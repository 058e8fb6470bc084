/* SPDX-License-Identifier: Apache-2.0
 *
 * The chain on one document: preparers, analysers, maps. A hook that fails, or killed a worker twice, costs its own
 * output only; the steps that require it are not called.
 */
#include <stdio.h>
#include <string.h>

#include <assay/kit/utf8.h>

#include "memo.h"
#include "work.h"

static const char *plugin_name(const struct run *run, uint32_t step)
{
    return run->plan->step[step].plugin->name;
}

int steps_fatal(struct run *run, const char *hook)
{
    struct work *work = &run->work;
    struct assay_text doc = work->doc.record.doc;
    snprintf(work->worker->task->message, sizeof work->worker->task->message, "%s: %s%s%.*s: %.200s",
             plugin_name(run, work->step), hook, doc.at ? " of " : "", (int)(doc.size < 200 ? doc.size : 200),
             doc.at ? doc.at : "", work->message[0] ? work->message : "it asks to stop the run");
    atomic_store(run->fatal, work->code == CODE_CONTRACT ? RUN_PLUGIN : RUN_INTERNAL);
    return -1;
}

static struct failing of_document(const struct run *run, uint32_t step, uint32_t stage)
{
    const struct assay_doc *doc = &run->work.doc;
    struct assay_text path = doc->record.path;
    if (run->pass) /* its record is not read until somebody asks for it */
        path = doc_path_of(index_head(&run->index, (uint32_t)run->index.base[run->work.worker->index] + doc->ordinal));
    return (struct failing){
        .doc = doc->record.doc, .path = path, .step = step, .stage = stage, .ordinal = doc->ordinal};
}

/* From here on what dies is a hook at the live document. */
static void take_in_hand(struct work *work, uint32_t step, uint32_t hook)
{
    struct assay_text name = work->doc.record.doc;
    hook_begin(work, step, hook);
    if (!worker_is_named(work->worker, work->unit))
        worker_name(work->worker, work->unit, name.at, name.size);
    worker_hand(work->worker, work->unit, step, hook);
}

/* Records that a hook failed on the live document. < 0: the run cannot go on. */
static int step_failed(struct run *run, uint32_t step, uint32_t stage, assay_status status, const char *hook)
{
    if (status == ASSAY_EFATAL)
        return steps_fatal(run, hook);
    struct failing f = of_document(run, step, stage);
    failing_hook(&f, &run->work, status);
    return note_failure(run, &f) ? 0 : -1;
}

/* 1: this hook killed two workers on this unit; the failure is recorded. < 0: the run cannot go on. */
static int step_faulty(struct run *run, uint32_t step, uint32_t hook, uint32_t stage)
{
    struct work *work = &run->work;
    const struct pool_fault *fault = worker_fault(work->worker, work->unit, step, hook);
    if (!fault)
        return 0;
    char why[FAULT_ROOM];
    struct failing f = of_document(run, step, stage);
    failing_fault(&f, fault, why, sizeof why);
    return note_failure(run, &f) ? 1 : -1;
}

/* Whether what the step requires up to this round (0: analyse) is there for the live document. */
static int is_ready(const struct run *run, uint32_t step, uint32_t round)
{
    const struct plan_step *s = &run->plan->step[step];
    if (round && doc_is_lost(&run->work.doc, step))
        return 0;
    for (uint32_t i = 0; i < s->plugin->layers; i++) {
        const struct assay_layer *layer = &s->plugin->layer[i];
        uint32_t to = s->slot[i];
        if (to == PLAN_NONE || layer->where & ASSAY_ON_CORPUS)
            continue;
        int needed = layer->use == ASSAY_REQUIRES && layer->stage <= round;
        int own = round && layer->use >= ASSAY_PROVIDES && !layer->stage && run->plan->layer[to].step == step;
        if ((needed || own) && !doc_has(&run->work.doc, to))
            return 0;
    }
    return 1;
}

/* ---- preparers ---- */

/* 1: the document goes on. 0: it ends here. < 0: the run does. */
static int prepare(struct run *run, uint32_t step)
{
    struct work *work = &run->work;
    const struct assay_plugin *plugin = run->plan->step[step].plugin;
    int faulty = step_faulty(run, step, HOOK_PREPARE, STAGE_PREPARE);
    if (faulty)
        return faulty < 0 ? -1 : 0;
    doc_mark(&work->doc);
    take_in_hand(work, step, HOOK_PREPARE);
    assay_status status = hook_end(work, plugin->prepare(run->step[step].self, &work->doc));
    if (status == ASSAY_OK)
        return doc_commit(&work->doc, step, 0) ? 1 : step_failed(run, step, STAGE_PREPARE, ASSAY_ENOMEM, "prepare");
    doc_rollback(&work->doc, step);
    if (status > 0)
        return doc_commit(&work->doc, step, 0);
    return step_failed(run, step, STAGE_PREPARE, status, "prepare");
}

static int prepare_all(struct run *run)
{
    struct work *work = &run->work;
    uint32_t last = PLAN_NONE;
    for (uint32_t i = 0; i < run->plan->steps; i++) {
        if (run->plan->step[i].plugin->role != ASSAY_PREPARER)
            continue;
        last = i;
        int status = prepare(run, i);
        if (status <= 0)
            return status;
    }
    uint64_t valid = assay_utf8_valid(work->doc.text.at, work->doc.text.size);
    if (valid == work->doc.text.size)
        return 1;
    char why[128];
    snprintf(why, sizeof why, "byte %llu of the text is not UTF-8%s", (unsigned long long)valid,
             last == PLAN_NONE ? "; the chain has no preparer that decodes" : "");
    struct failing f = of_document(run, last, STAGE_PREPARE);
    f.code = CODE_DECODE;
    f.message = (struct assay_text){why, strlen(why)};
    return note_failure(run, &f) ? 0 : -1;
}

/* ---- analysers ---- */

/* Also a step that provides no layer, by which its rounds could tell. < 0: the run cannot go on. */
static int analyse_failed(struct run *run, uint32_t step, assay_status status)
{
    return doc_lose(&run->work.doc, step) ? step_failed(run, step, STAGE_ANALYSE, status, "analyse") : -1;
}

static int analyse(struct run *run, uint32_t step)
{
    struct work *work = &run->work;
    const struct assay_plugin *plugin = run->plan->step[step].plugin;
    if (!is_ready(run, step, 0))
        return 0;
    if (!plugin->analyse)
        return doc_commit(&work->doc, step, run->pass) ? 0 : analyse_failed(run, step, ASSAY_ENOMEM);
    int faulty = step_faulty(run, step, HOOK_ANALYSE, STAGE_ANALYSE);
    if (faulty)
        return faulty < 0 || !doc_lose(&work->doc, step) ? -1 : 0;
    doc_mark(&work->doc);
    take_in_hand(work, step, HOOK_ANALYSE);
    assay_status status = hook_end(work, plugin->analyse(run->step[step].self, &work->doc));
    if (status != ASSAY_OK)
        doc_rollback(&work->doc, step);
    if (status < 0)
        return analyse_failed(run, step, status);
    return doc_commit(&work->doc, step, run->pass) ? 0 : analyse_failed(run, step, ASSAY_ENOMEM);
}

/* ---- maps ---- */

/* 1: the round's hook can be called for the document. */
static int may_map(const struct run *run, const struct plan_round *round)
{
    return round->round->map && !run->step[round->step].dead && is_ready(run, round->step, round->index + 1);
}

int steps_adds(const struct run *run, const struct plan_round *round)
{
    const struct assay_plugin *plugin = run->plan->step[round->step].plugin;
    for (uint32_t i = 0; i < plugin->layers; i++)
        if (plugin->layer[i].where & ASSAY_BY_MAP && plugin->layer[i].stage == round->index + 1)
            return 1;
    return 0;
}

static void begin_map(struct run *run, const struct plan_round *round, uint32_t hook)
{
    struct work *work = &run->work;
    work->out =
        (struct assay_out){.round = round, .to = &work->emit[round - run->plan->round], .doc = work->doc.ordinal};
    arena_reset(&work->arena);
    take_in_hand(work, round->step, hook);
}

int steps_map(struct run *run, const struct plan_round *round)
{
    struct work *work = &run->work;
    uint32_t step = round->step, hook = HOOK_OF(HOOK_MAP, round->index);
    if (!may_map(run, round))
        return 0;
    int faulty = step_faulty(run, step, hook, STAGE_MAP);
    if (faulty) {
        memo_spoil(run);
        return faulty < 0 ? -1 : 0;
    }
    begin_map(run, round, hook);
    struct bytes *to = work->out.to;
    uint64_t before = to->size;
    int adds = steps_adds(run, round);
    if (adds)
        doc_mark(&work->doc);
    assay_status status = hook_end(work, round->round->map(run->step[step].self, &work->doc, &work->out));
    if (status == ASSAY_OK && (!adds || doc_commit_map(&work->doc, step, round->index + 1)))
        return 0;
    if (status == ASSAY_OK)
        status = ASSAY_ENOMEM;
    memo_spoil(run);
    if (adds)
        doc_rollback(&work->doc, step);
    to->size = before;
    to->failed = 0;
    return status < 0 ? step_failed(run, step, STAGE_MAP, status, "map") : 0;
}

/* 1: the hook, which looks at the document as the round's map does, is to be called; else what its caller gives. */
static int may_look(struct run *run, const struct plan_round *round, uint32_t hook)
{
    struct work *work = &run->work;
    if (!may_map(run, round))
        return -1;
    if (worker_fault(work->worker, work->unit, round->step, hook))
        return 0;
    begin_map(run, round, hook);
    return 1;
}

int steps_looks(struct run *run, const struct plan_round *round, struct assay_list *keys)
{
    struct work *work = &run->work;
    int may = may_look(run, round, HOOK_OF(HOOK_LOOK, round->index));
    if (may <= 0)
        return may;
    return hook_end(work, run->plan->step[round->step].plugin->looks(run->step[round->step].self, round->index + 1,
                                                                     &work->doc, &work->out, keys)) == ASSAY_OK;
}

int steps_differs(struct run *run, const struct plan_round *round, struct assay_list *keys)
{
    struct work *work = &run->work;
    uint32_t hook = HOOK_OF(HOOK_DIFFER, round->index);
    if (run->step[round->step].dead || worker_fault(work->worker, work->unit, round->step, hook))
        return 0;
    begin_map(run, round, hook);
    return hook_end(work, run->plan->step[round->step].plugin->differs(run->step[round->step].self, round->index + 1,
                                                                       &work->out, keys)) == ASSAY_OK;
}

/* Room for the document without records, so that it can be stored whatever the analysers take. */
static void keep_room(struct work *work)
{
    struct bytes *out = &work->stream.buf;
    if (!bytes_room(out, work->doc.text.size + work->doc.runs * 24 + 65536))
        out->failed = 0;
}

int steps_document(struct run *run)
{
    struct work *work = &run->work;
    const struct plan *plan = run->plan;
    int status = run->pass ? 1 : prepare_all(run);
    if (status < 0)
        return -1;
    if (!status) { /* failed: kept as a document, its text only where it can be read */
        if (assay_utf8_valid(work->doc.text.at, work->doc.text.size) != work->doc.text.size) {
            work->doc.text = (struct assay_text){"", 0};
            work->doc.mapped = 0;
            work->doc.runs = 0;
        }
        work->doc.record.text_bytes = work->doc.text.size;
        return 0;
    }
    if (!run->pass) {
        work->doc.record.text_bytes = work->doc.text.size;
        keep_room(work);
    }
    for (uint32_t i = 0; i < plan->steps; i++)
        if (plan->step[i].plugin->role == ASSAY_ANALYSER && plan->step[i].analyse_pass == run->pass &&
            analyse(run, i) < 0)
            return -1;
    for (uint32_t i = 0; i < run->rounds; i++)
        if (steps_map(run, &plan->round[run->round[i]]) < 0)
            return -1;
    return 0;
}

/* ---- the end of a document ---- */

/* What does not fit the worker's memory costs the document its records, not the run. */
int steps_seal(struct run *run, int text)
{
    struct work *work = &run->work;
    struct assay_doc *doc = &work->doc;
    struct bytes *out = &work->stream.buf;
    if (!text && !doc_adds(doc))
        return work_doc(work, NULL, 0);
    static const char why[] = "its records do not fit a worker's memory: " GIVE_MEMORY;
    for (int again = 0;; again = 1) {
        uint64_t begun = out->size, at = stream_size(&work->stream) + sizeof(struct block),
                 inside = at - work->stream.at;
        if (!doc_seal(doc, &work->stream, text, run->pass, work->unit + 1))
            return work_doc(work, (const struct doc_head *)(const void *)(out->at + inside), at);
        if (again || !out->failed)
            return -1;
        out->size = begun;
        out->failed = 0;
        backref_clear(&work->backrefs);
        doc_forget(doc);
        struct failing f = of_document(run, PLAN_NONE, STAGE_ANALYSE);
        f.code = CODE_MEMORY;
        f.message = (struct assay_text){why, sizeof why - 1};
        if (!note_failure(run, &f))
            return -1;
    }
}
