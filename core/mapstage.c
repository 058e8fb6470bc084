/* SPDX-License-Identifier: Apache-2.0
 *
 * The map stage of a pass. Pass 0 reads the inputs; a later one visits the stored documents again, after bringing in
 * what the rounds before made for them. Either way a task ends as one segment: documents, then emissions in sections.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lookup.h"
#include "memo.h"
#include "reading.h"
#include "revisit.h"
#include "runfolder.h"
#include "work.h"

#define LEAST_TASK (256u << 10) /* input bytes: below, forking costs more than it gains */
#define USUAL_TASK (4u << 20)   /* above, what a worker holds of its task costs more memory than fewer tasks save, */
#define USUAL_TASKS 96u         /* but each costs the host time in every pass */
#define MOST_TASKS 512u
#define ITEM_COST 4096u /* an input costs as much as these bytes, however small it is */
#define LEAVE_AFTER 2048u /* documents */
#define PARTITION_BYTES (4u << 20)

/* ---- cutting ---- */

/* For tests: cuts tasks smaller and more partitions than would be sensible. */
static uint64_t knob(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);
    uint64_t n = value ? strtoull(value, NULL, 10) : 0;
    return n ? n : otherwise;
}

static uint64_t cost_of(const struct item *item)
{
    return item->end - item->begin + ITEM_COST;
}

int tasks_make(struct run *run)
{
    uint64_t total = 0;
    const struct inputs *in = &run->inputs;
    for (uint64_t i = 0; i < in->items; i++)
        total += cost_of(&in->item[i]);
    /* text, records and emissions of a task have to fit a worker several times over, packed inputs expanded */
    uint64_t most = run->share / 64;
    uint64_t size = total / (run->request->workers * 8 + 1) + 1;
    if (size < LEAST_TASK)
        size = LEAST_TASK;
    if (size > most)
        size = most;
    uint64_t usual = total / USUAL_TASKS > USUAL_TASK ? total / USUAL_TASKS : USUAL_TASK;
    if (size > usual)
        size = usual;
    if (size < total / MOST_TASKS)
        size = total / MOST_TASKS;
    size = knob("ASSAY_TASK_BYTES", size);
    run->task = calloc(in->items + 1, sizeof *run->task);
    if (!run->task) {
        diag_say(run->diag, DIAG_ERROR, "out of memory");
        return RUN_INTERNAL;
    }
    for (uint64_t i = 0; i < in->items;) {
        struct map_task task = {i, 0};
        for (uint64_t bytes = 0; i < in->items && (!task.items || bytes + cost_of(&in->item[i]) <= size);
             i++, task.items++)
            bytes += cost_of(&in->item[i]);
        run->task[run->tasks++] = task;
    }
    uint64_t parts = in->bytes / PARTITION_BYTES + 1;
    if (total > LEAST_TASK && parts < run->request->workers)
        parts = run->request->workers;
    uint64_t limit = run->request->workers * 32;
    run->parts = (uint32_t)knob("ASSAY_PARTITIONS", parts < limit ? parts : limit);
    return RUN_DONE;
}

/* ---- the end of a task ---- */

/* What was emitted for a round, in order: written already, then what is still in memory. */
static int by_round(struct run *run, const struct segment *segment, uint32_t round, struct bytes *list)
{
    const struct raw_run *raw = (const struct raw_run *)(const void *)run->work.raws.at;
    list->size = 0;
    for (uint64_t i = 0; i < run->work.raws.size / sizeof *raw; i++) {
        struct emit_run one = {segment->at + raw[i].at, raw[i].size};
        if (raw[i].round == round && !bytes_add(list, &one, sizeof one))
            return -1;
    }
    const struct bytes *held = &run->work.emit[round];
    struct emit_run last = {held->at, held->size};
    return !held->size || bytes_add(list, &last, sizeof last) ? 0 : -1;
}

static int partition(struct run *run, struct segment *segment, struct foot_section *section)
{
    struct work *work = &run->work;
    struct bytes list = {0};
    int lean = (int)run->tables.lean, status = work->raws.size ? segment_map(segment) : 0;
    for (uint32_t i = 0; i < run->rounds && !status; i++) {
        uint32_t r = run->round[i];
        struct foot_section *to = section + (uint64_t)i * run->parts;
        status = by_round(run, segment, r, &list);
        const struct emit_run *emitted = (const struct emit_run *)(const void *)list.at;
        uint64_t n = list.size / sizeof *emitted;
        if (!status)
            status = run->plan->round[r].round->combine
                         ? combine_sections(run, emitted, n, r, to)
                         : emit_partition(&work->stream, emitted, n, emit_bare(run->plan->round[r].round, lean), run->parts,
                                          run->share / 4, to);
    }
    for (uint32_t i = 0; i < run->rounds; i++)
        work->emit[run->round[i]].size = 0;
    bytes_free(&list);
    if (!status)
        work_punch(work);
    return status;
}

static int32_t end_task(struct run *run, struct segment *segment)
{
    struct work *work = &run->work;
    atomic_store(&work->worker->task->hand, 0);
    work_shrink(run);
    uint64_t sections = (uint64_t)run->rounds * run->parts;
    struct foot_section *section = calloc(sections + 1, sizeof *section);
    int status = section && !work_flush_rest(run) && !partition(run, segment, section) &&
                         !work_foot(run, section, sections, 0, 0)
                     ? 0
                     : -1;
    free(section);
    segment_unmap(segment);
    return status ? work_failed(run, SEGMENT_UNWRITTEN) : 0;
}

/* ---- pass 0 ---- */

static int32_t read_task(void *own, struct worker *worker)
{
    struct run *run = own;
    struct segment *segment = &run->index.segment[0][worker->index];
    const struct map_task *task = &run->task[worker->index];
    if (work_resume(run, worker, segment))
        return work_failed(run, SEGMENT_UNOPENED);
    for (uint64_t i = run->work.items_done; i < task->items; i++)
        if (reading_item(run, &run->inputs.item[task->first + i]) < 0)
            return work_failed(run, "reading");
    if (!runfolder_stand(run, worker, task)) {
        stream_cut(&run->work.stream, 0); /* nobody goes on behind it */
        return work_failed(run, "reading");
    }
    return end_task(run, segment);
}

/* ---- later passes ---- */

int visit_open(struct run *run, uint32_t number)
{
    struct assay_doc *doc = &run->work.doc;
    index_open(&run->index, doc, number, INDEX_ALL, 0);
    doc->frozen = 0;
    if (!inbox_deliver(run, doc, number))
        return 0;
    worker_size(run->work.worker, doc->text.size);
    return 1;
}

/* A task's documents are walked over once in a pass: their pages make room for those of views. */
static void leave_behind(const struct run *run, uint32_t task, uint32_t number)
{
    for (uint32_t pass = 0; pass < run->index.passes; pass++) {
        const struct segment *segment = &run->index.segment[pass][task], *under = run->index.under[pass];
        const char *part = segment->in_file ? index_part(&run->index, number, pass) : NULL;
        if (part && (uintptr_t)part - (uintptr_t)segment->at < segment->size)
            segment_behind(segment, (uint64_t)(part - segment->at));
        else if (part && under)
            segment_behind(&under[task], (uint64_t)(part - under[task].at));
    }
}

static int visit_document(struct run *run, uint32_t task, uint32_t ordinal)
{
    if (!visit_open(run, (uint32_t)run->index.base[task] + ordinal))
        return -1;
    inbox_ahead(run, task, ordinal);
    return steps_document(run) < 0 || steps_seal(run, 0) ? -1 : 0;
}

static int visit(struct run *run, uint32_t task, uint32_t ordinal)
{
    struct work *work = &run->work;
    uint32_t number = (uint32_t)run->index.base[task] + ordinal;
    if (run->index.rank[number] == INDEX_NONE)
        return !work_doc(work, NULL, 0) && !revisit_pass(run) && !work_unit(run) ? 0 : -1;
    if (ordinal % LEAVE_AFTER == 0)
        leave_behind(run, task, number);
    work_relax(run);
    if (work->revisit ? revisit_document(run, number) : visit_document(run, task, ordinal))
        return -1;
    worker_count(work->worker, 0, 1);
    return work_unit(run);
}

static int32_t visit_task(void *own, struct worker *worker)
{
    struct run *run = own;
    uint32_t task = worker->index;
    struct segment *segment = &run->index.segment[run->pass][task];
    struct worker fresh = *worker;
    if (run->prior && run->prior[task].size)
        fresh.resume = 0; /* where it stands on another, its begin may be told otherwise by now */
    if (work_resume(run, &fresh, segment))
        return work_failed(run, SEGMENT_UNOPENED);
    run->work.worker = worker;
    while (run->work.docs.size / sizeof(uint64_t) < run->work.unit) /* passed over, at the end */
        if (work_doc(&run->work, NULL, 0))
            return work_failed(run, "revisiting");
    uint64_t docs = run->index.base[task + 1] - run->index.base[task];
    errno = ENOMEM;
    int ok = !revisit_begin(run, task) && !revisit_look(run);
    for (uint64_t i = run->work.unit; i < docs && ok; i++)
        ok = !visit(run, task, (uint32_t)i);
    inboxes_close(run);
    revisit_end(run);
    return ok ? end_task(run, segment) : work_failed(run, SEGMENT_UNWRITTEN);
}

/* ---- the stage ---- */

static int whole(void *own, uint32_t task)
{
    struct run *run = own;
    struct segment *segment = &run->index.segment[run->pass][task];
    if (runfolder_whole(run, segment))
        return 1;
    if (segments_map(segment, 1)) {
        diag_say(run->diag, DIAG_ERROR, "a segment cannot be mapped: %s", strerror(errno));
        run->stopped = RUN_INTERNAL;
        return 1;
    }
    for (uint32_t pass = 0; !run->folder && pass <= run->pass; pass++)
        transients_punch(&run->store, &run->index.segment[pass][task], TRANSIENT_THROUGH(run->pass));
    return notes_deaths(run, segment);
}

/* Of two texts under one id the one with the lesser SHA-256 stays: that does not hang on the order of the inputs. */
static void say_double(char *room, size_t size, struct assay_text goes, struct assay_text stays)
{
    static const char hint[] = "where ids count within a file only, set the reader's option id to \"\"";
    if (goes.size + stays.size + sizeof hint + 128 > size)
        snprintf(room, size, "another text has the same id (%s)", hint);
    else if (goes.size == stays.size && !memcmp(goes.at, stays.at, goes.size))
        snprintf(room, size, "%.*s holds another text with the same id", (int)goes.size, goes.at);
    else
        snprintf(room, size, "the text of %.*s is left out, as %.*s has another with the same id (%s)", (int)goes.size,
                 goes.at, (int)stays.size, stays.at, hint);
}

/* Says what becomes of documents of equal id; their notes are the parent's. */
static int note_doubles(struct run *run, const struct index_double *doubles, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++) {
        const struct doc_head *head = index_head(&run->index, doubles[i].goes);
        struct doc_whole goes = {0};
        doc_whole(head, &goes);
        struct assay_text path = doc_path_of(head);
        if (doubles[i].same) {
            if (!note_parent_skipped(run, path, (struct assay_text){"duplicate-id", 12}, goes.raw_bytes))
                return -1;
            continue;
        }
        char why[1024];
        say_double(why, sizeof why, path, doc_path_of(index_head(&run->index, doubles[i].stays)));
        struct failing f = {.doc = goes.name,
                            .path = path,
                            .step = PLAN_NONE,
                            .stage = STAGE_READ,
                            .code = CODE_CONTRACT,
                            .ordinal = INDEX_NONE,
                            .message = {why, strlen(why)}};
        if (!note_parent_failure(run, &f))
            return -1;
    }
    return 0;
}

static int build_index(struct run *run)
{
    struct index_double *doubles = NULL;
    uint64_t n = 0;
    struct assay_text clash[2];
    int status = index_build(&run->index, run->index.segment[0], run->tasks, &doubles, &n, clash);
    if (status > 0)
        diag_say(run->diag, DIAG_ERROR, "the ids %.*s and %.*s have the same hash: rename one", (int)clash[0].size,
                 clash[0].at, (int)clash[1].size, clash[1].at);
    else if (status < 0)
        diag_say(run->diag, DIAG_ERROR, "out of memory");
    else if (note_doubles(run, doubles, n))
        status = -1;
    free(doubles);
    return status ? RUN_INTERNAL : RUN_DONE;
}

/* 1: maps of the pass before made the layer. */
static int maps_brought(const struct run *run, uint32_t i)
{
    const struct plan_layer *layer = &run->plan->layer[i];
    return layer->where & ASSAY_BY_MAP && layer->ready == run->pass && !run->step[layer->step].dead;
}

/* Layers that no pass behind this one sees. */
static void forget_layers(struct run *run)
{
    int some = 0;
    for (uint32_t i = 1; i < run->plan->layers; i++) {
        int now = run->plan->layer[i].until == run->pass + 1;
        run->tables.gone[i] |= (uint8_t)now;
        some |= now;
    }
    for (uint32_t pass = 0; some && !run->folder && pass <= run->pass; pass++)
        for (uint32_t t = 0; t < run->tasks; t++)
            transients_punch(&run->store, &run->index.segment[pass][t], TRANSIENT_OVER(run->pass));
}

int map_stage(struct run *run)
{
    struct segment *segment = segments_stage(run, run->tasks, 1);
    if (!segment)
        return RUN_INTERNAL;
    run->index.segment[run->pass] = segment;
    for (uint32_t i = 1; i < run->plan->layers; i++)
        run->tables.came[i] |= (uint8_t)(inbox_brings(run, i) || maps_brought(run, i));
    uint64_t *before;
    int status = runfolder_segments(run, segment, run->tasks, run->pass ? RUNFOLDER_VISIT : RUNFOLDER_READ, &before);
    if (!status)
        status = runfolder_priors(run, segment, before);
    if (!status)
        status = lookup_stage(run);
    if (!status)
        status = pool_stage(run, run->pass ? "revisiting" : "reading", run->tasks, run->pass ? visit_task : read_task,
                            whole, before);
    lookup_end(run);
    free(before);
    if (!status && !run->pass)
        status = build_index(run);
    if (!status && !run->pass && runfolder_note(run))
        status = RUN_INTERNAL;
    if (!status)
        status = runfolder_visited(run);
    if (status)
        return status;
    if (run->folder && !memo_note_pass(run))
        return RUN_INTERNAL;
    run->index.passes = run->pass + 1;
    uint64_t in_files = 0;
    for (uint32_t pass = 0; pass <= run->pass; pass++)
        for (uint32_t t = 0; t < run->tasks; t++)
            in_files += run->index.segment[pass][t].in_file ? run->index.segment[pass][t].size : 0;
    run->index.crowded = in_files > run->share / 2;
    for (uint32_t t = 0; run->pass && t < run->tasks; t++)
        run->index.amended |= *(const uint64_t *)(const void *)(segment[t].at + foot_of(&segment[t])->counts_at) != 0;
    forget_layers(run);
    return RUN_DONE;
}
