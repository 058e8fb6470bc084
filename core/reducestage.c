/* SPDX-License-Identifier: Apache-2.0
 *
 * Reduce: one task a round and partition, one unit a key. Finish: one task a round, one unit.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "memo.h"
#include "runfolder.h"
#include "work.h"

#define FEW 4096u       /* values of a key that are looked at to tell how large they are */
#define LARGE (4u << 20) /* bytes of a key's values, before which pages are let go where they are too many */

/* ---- shared by both ---- */

static int32_t end_task(struct run *run, struct segment *segment)
{
    struct work *work = &run->work;
    atomic_store(&work->worker->task->hand, 0);
    uint64_t blob_at = 0, blob_size = work->shared.size, blocks;
    struct foot_section *block = NULL;
    int status = work_flush(run);
    if (!status) {
        blocks = work->raws.size / sizeof(struct raw_run);
        block = calloc(blocks + 1, sizeof *block);
        status = block ? 0 : -1;
    }
    for (uint64_t i = 0; !status && i < blocks; i++) {
        const struct raw_run *raw = (const struct raw_run *)(const void *)work->raws.at + i;
        block[i] = (struct foot_section){raw->at, raw->size, 0};
    }
    if (!status && blob_size) {
        bytes_align(&work->stream.buf, 8);
        blob_at = stream_size(&work->stream);
        status = bytes_add(&work->stream.buf, work->shared.at, blob_size) ? 0 : -1;
    }
    if (!status)
        status = work_foot(run, block, blocks, blob_at, blob_size);
    free(block);
    segment_unmap(segment);
    return status ? work_failed(run, SEGMENT_UNWRITTEN) : 0;
}

/* Records a failed hook; < 0: the run cannot go on. */
static int hook_failed(struct run *run, const struct plan_round *round, uint32_t stage, assay_status status,
                       struct assay_text key, const struct pool_fault *fault)
{
    char why[FAULT_ROOM];
    struct failing f = {.key = key, .step = round->step, .stage = stage, .ordinal = INDEX_NONE};
    if (!fault && status == ASSAY_EFATAL)
        return steps_fatal(run, stage == STAGE_REDUCE ? "reduce" : "finish");
    if (fault)
        failing_fault(&f, fault, why, sizeof why);
    else
        failing_hook(&f, &run->work, status);
    return note_failure(run, &f) ? 0 : -1;
}

static void prepare_out(struct work *work, const struct plan_round *round)
{
    arena_reset(&work->arena);
    work->out = (struct assay_out){.round = round, .to = &work->made};
    work->doc.record.doc = (struct assay_text){0};
    work->shared.size = 0;
}

/* ---- reduce ---- */

struct assay_text key_text(const void *key, uint32_t size, char *room, size_t most)
{
    const unsigned char *k = key;
    size_t n = 0;
    int plain = size > 0;
    for (uint32_t i = 0; i < size; i++)
        plain &= k[i] >= 0x20 && k[i] < 0x7f;
    if (plain && size < most) {
        memcpy(room, key, size);
        return (struct assay_text){room, size};
    }
    for (uint32_t i = 0; i < size && n + 3 < most; i++)
        n += (size_t)snprintf(room + n, 3, "%02x", k[i]);
    return (struct assay_text){room, n};
}

/* Bytes of a key's values. Of very many only what is certain, so that none of them has to be looked at. */
static uint64_t key_bytes(const struct run *run, uint32_t r, const struct group_entry *entry, uint64_t n)
{
    const struct shape *shape = run->tables.value[r];
    uint64_t bytes = 0;
    if (!shape || !shape->parts || n > FEW)
        return shape ? n * shape->size : 0;
    for (uint64_t i = 0; i < n; i++)
        bytes += entry[i].row->size;
    return bytes;
}

static int reduce_key(struct run *run, const struct plan_round *round, uint32_t r, struct memo *memo,
                      const struct group_entry *entry, uint64_t n)
{
    struct work *work = &run->work;
    uint32_t hook = HOOK_OF(HOOK_REDUCE, round->index), size;
    uint64_t bare;
    const void *key = group_key(entry, round->round->key_size, &bare, &size);
    const struct pool_fault *fault = worker_fault(work->worker, work->unit, round->step, hook);
    char room[160];
    if (fault)
        return hook_failed(run, round, STAGE_REDUCE, 0, key_text(key, size, room, sizeof room), fault);
    if (memo_find(run, memo, key, size, entry, n))
        return 0;
    prepare_out(work, round);
    work->values.entry = entry;
    work->values.doc = NULL;
    work->values.count = n;
    work->values.at = 0;
    work->values.is_corpus = 0;
    work->values.key_size = round->round->key_size;
    work->values.shape = run->tables.value[r];
    hook_begin(work, round->step, hook);
    uint64_t bytes = key_bytes(run, r, entry, n);
    worker_size(work->worker, bytes);
    worker_name(work->worker, work->unit, key, size);
    worker_hand(work->worker, work->unit, round->step, hook);
    if (bytes >= LARGE)
        work_relax_now(run);
    assay_status status =
        hook_end(work, round->round->reduce(run->step[round->step].self, key, size, &work->values, &work->out));
    memo_made(run, memo, work->made_before, status == ASSAY_OK && !work->spilled);
    if (status == ASSAY_OK)
        return 0;
    if (work_undo(run))
        return -1;
    return status > 0 ? 0 : hook_failed(run, round, STAGE_REDUCE, status, key_text(key, size, room, sizeof room), NULL);
}

/* Bytes a partition may be sorted in at once; for tests less than would be sensible. */
static uint64_t sort_memory(const struct run *run)
{
    const char *knob = getenv("ASSAY_SORT_BYTES");
    uint64_t bytes = knob ? strtoull(knob, NULL, 10) : 0;
    return bytes ? bytes : run->share / 2;
}

static int32_t reduce_task(void *own, struct worker *worker)
{
    struct run *run = own;
    struct segment *segment = &run->made[worker->index];
    uint32_t which = worker->index / run->parts, part = worker->index % run->parts, r = run->round[which];
    const struct plan_round *round = &run->plan->round[r];
    struct work *work = &run->work;
    struct groups groups;
    const struct group_entry *entry;
    uint64_t n, unit = 0;
    work_relax_now(run); /* of the emissions of the task before */
    if (work_resume(run, worker, segment))
        return work_failed(run, SEGMENT_UNOPENED);
    groups_open(&groups, &run->index, round->round, emit_bare(round->round, (int)run->tables.lean),
                run->index.segment[run->pass], run->index.under[run->pass],
                which * run->parts + part, part, run->parts, sort_memory(run));
    struct memo *memo = memo_open(run, round, part);
    int status = 0;
    if (round->round->reduce && !run->step[round->step].dead) {
        while (!status && (status = groups_next(&groups, &entry, &n)) > 0) {
            status = 0;
            if (n < round->round->min_group)
                continue;
            if (unit++ < work->unit) {
                memo_passed(memo, entry->key);
                continue;
            }
            status = reduce_key(run, round, r, memo, entry, n);
            if (!status)
                status = work_unit(run);
        }
    }
    groups_close(&groups);
    memo_close(run, memo, status >= 0);
    arena_reset(&work->values.arena);
    return status < 0 ? work_failed(run, "reducing") : end_task(run, segment);
}

/* ---- finish ---- */

static int finish_round(struct run *run, const struct plan_round *round)
{
    struct work *work = &run->work;
    uint32_t hook = HOOK_OF(HOOK_FINISH, round->index);
    const struct pool_fault *fault = worker_fault(work->worker, work->unit, round->step, hook);
    if (fault)
        return hook_failed(run, round, STAGE_FINISH, 0, (struct assay_text){0}, fault);
    prepare_out(work, round);
    struct assay_values *v = &work->values;
    v->count = v->at = 0;
    v->is_corpus = 1;
    v->convert = NULL;
    if (round->round->finish_slot != ASSAY_NEVER) {
        const struct table_view *view = tables_view(&run->tables, round->step, round->round->finish_slot);
        if (view && view->layer != PLAN_NONE && run->plan->layer[view->layer].where & ASSAY_ON_CORPUS) {
            int unique = (run->plan->layer[view->layer].where & ASSAY_UNIQUE) != 0;
            v->convert = view->convert;
            v->shape = view->convert ? NULL : run->tables.layer[view->layer];
            v->count = corpus_count(&run->corpus[view->layer], run->tables.layer[view->layer], unique);
            if (v->count == UINT64_MAX ||
                !corpus_open(&v->reader, &run->corpus[view->layer], run->tables.layer[view->layer], unique))
                return -1;
            v->stride = view->size;
        }
    }
    hook_begin(work, round->step, hook);
    worker_size(work->worker, v->count * v->stride);
    worker_hand(work->worker, work->unit, round->step, hook);
    assay_status status = hook_end(work, round->round->finish(run->step[round->step].self, v, &work->out));
    corpus_close(&v->reader);
    if (status == ASSAY_OK)
        return 0;
    work->shared.size = 0;
    if (work_undo(run))
        return -1;
    return status > 0 ? 0 : hook_failed(run, round, STAGE_FINISH, status, (struct assay_text){0}, NULL);
}

const struct plan_round *finish_of(const struct run *run, uint32_t task)
{
    for (uint32_t i = 0; i < run->rounds; i++)
        if (run->plan->round[run->round[i]].round->finish && !run->step[run->plan->round[run->round[i]].step].dead &&
            !task--)
            return &run->plan->round[run->round[i]];
    return NULL;
}

static int32_t finish_task(void *own, struct worker *worker)
{
    struct run *run = own;
    struct segment *segment = &run->made[run->rounds * run->parts + worker->index];
    struct worker fresh = *worker;
    fresh.resume = 0; /* what finish shares is in memory until the end: a successor starts over */
    if (work_resume(run, &fresh, segment))
        return work_failed(run, SEGMENT_UNOPENED);
    run->work.worker = worker;
    errno = ENOMEM;
    if (finish_round(run, finish_of(run, worker->index)) || work_unit(run))
        return work_failed(run, "finish");
    return end_task(run, segment);
}

/* ---- the stage ---- */

static int whole(struct run *run, uint32_t i)
{
    if (runfolder_whole(run, &run->made[i]))
        return 1;
    if (!segments_map(&run->made[i], 1))
        return notes_deaths(run, &run->made[i]);
    diag_say(run->diag, DIAG_ERROR, "a segment cannot be mapped: %s", strerror(errno));
    run->stopped = RUN_INTERNAL;
    return 1;
}

static int add_runs(struct run *run, uint32_t i)
{
    const struct segment *segment = &run->made[i];
    uint64_t blocks = foot_of(segment)->sections;
    for (uint64_t k = 0; k < blocks * run->plan->layers; k++) {
        uint32_t l = (uint32_t)(k % run->plan->layers);
        const struct foot_section *s = made_table(segment, k / run->plan->layers) + run->index.tasks + l;
        if (!corpus_add(&run->corpus[l], segment->at + s->at, s->size, s->rows))
            return -1;
    }
    return 0;
}

/* A partition is reduced: its emissions are used up, and their room is given back while others still grow. */
static void drop_partition(struct run *run, uint32_t section)
{
    /* in a folder a later run may reduce them again, beside others */
    for (uint32_t t = 0; t < run->tasks && !run->folder; t++) {
        struct segment *segment = &run->index.segment[run->pass][t];
        const struct foot_section *s =
            (const struct foot_section *)(const void *)(segment->at + foot_of(segment)->sections_at) + section;
        struct stream stream = {.store = &run->store, .fd = segment_fd(&run->store, segment, 1)};
        stream_punch(&stream, s->at, s->size, 0);
    }
}

static int reduce_whole(void *own, uint32_t task)
{
    if (whole(own, task))
        return 1;
    drop_partition(own, task); /* sections stand in the order of the tasks: by round, then by partition */
    return 0;
}

static int finish_whole(void *own, uint32_t task)
{
    struct run *run = own;
    uint32_t i = run->rounds * run->parts + task;
    const struct plan_round *round = finish_of(run, task);
    if (whole(run, i))
        return 1;
    const struct foot *foot = foot_of(&run->made[i]);
    if (foot->blob_size) {
        const char *at = run->made[i].at + foot->blob_at;
        run->blob[round - run->plan->round] =
            (struct blob){at, foot->blob_size, run->folder ? XXH3_64bits(at, foot->blob_size) : 0,
                          {run->made[i].name[0], run->made[i].name[1]}};
    }
    return 0;
}

/* A finish that failed takes its plugin's later rounds and layers with it. */
static void bury(struct run *run, uint32_t finishes)
{
    uint32_t dead[64], n = 0;
    for (uint32_t t = 0; t < finishes && n < 64; t++)
        if (foot_of(&run->made[run->rounds * run->parts + t])->notes)
            dead[n++] = finish_of(run, t)->step;
    while (n--)
        run->step[dead[n]].dead = 1;
}

/* Sections stand side by side: as one hole, they give back those that were too small for one of their own, and the
 * pages that two of them share. */
static void drop_emissions(struct run *run)
{
    for (uint32_t t = 0; t < run->tasks && !run->folder; t++) {
        struct segment *segment = &run->index.segment[run->pass][t];
        const struct foot *foot = foot_of(segment);
        const struct foot_section *s = (const struct foot_section *)(const void *)(segment->at + foot->sections_at);
        struct stream stream = {.store = &run->store, .fd = segment_fd(&run->store, segment, 1)};
        uint64_t begin = 0, end = 0, before = 0;
        for (uint64_t i = 0; i < foot->sections; i++) {
            if (!s[i].size)
                continue;
            if (s[i].at != end) {
                stream_punch(&stream, begin, end - begin, before);
                begin = s[i].at;
                before = 0;
            }
            end = s[i].at + s[i].size;
            before += s[i].size < SEGMENT_HOLE ? 0 : s[i].size;
        }
        stream_punch(&stream, begin, end - begin, before);
    }
}

/* 1: no finish of that pass or a later one reads the layer, and nobody else may. */
static int is_read_out(const struct run *run, uint32_t layer, uint32_t pass)
{
    const struct plan_layer *l = &run->plan->layer[layer];
    for (uint32_t r = 0; l->private_ && r < run->plan->rounds; r++) {
        const struct plan_round *round = &run->plan->round[r];
        if (round->step == l->step && round->pass >= pass && round->round->finish_slot == l->slot)
            return 0;
    }
    return l->private_ && l->ready <= pass;
}

/* Bytes of a block's records for the corpus in layers that are read out, from `from` on, which stand side by side; *to:
 * behind them. */
static uint64_t read_out(struct run *run, const struct foot_section *s, uint32_t from, uint32_t *to)
{
    uint64_t size = 0;
    for (*to = from; *to < run->plan->layers; ++*to) {
        if (s[*to].size && !is_read_out(run, *to, run->pass + 1))
            break;
        size += s[*to].size;
        if (s[*to].size)
            run->corpus[*to].runs = 0;
    }
    return size;
}

void reduce_drop(struct run *run)
{
    if (run->folder || !run->pass)
        return;
    for (uint32_t i = 0; i < run->mades; i++) {
        struct stream stream = {.store = &run->store, .fd = segment_fd(&run->store, &run->made[i], 1)};
        uint64_t blocks = foot_of(&run->made[i])->sections;
        for (uint64_t b = 0; b < blocks; b++) {
            const struct foot_section *s = made_table(&run->made[i], b);
            uint64_t size = 0;
            for (uint32_t t = 0; t < run->index.tasks; t++)
                size += s[t].size;
            stream_punch(&stream, s[0].at, size, 0);
        }
    }
}

/* The finishes are over: what only they were to read of the corpus is given back. */
static void drop_corpus(struct run *run)
{
    for (uint32_t i = 0; i < run->mades && !run->folder; i++) {
        struct stream stream = {.store = &run->store, .fd = segment_fd(&run->store, &run->made[i], 1)};
        uint64_t blocks = foot_of(&run->made[i])->sections, size;
        for (uint64_t b = 0; b < blocks; b++) {
            const struct foot_section *s = made_table(&run->made[i], b) + run->index.tasks;
            for (uint32_t from = 0, to; from < run->plan->layers; from = to + 1)
                if ((size = read_out(run, s, from, &to)) > 0)
                    stream_punch(&stream, s[from].at, size, 0);
        }
    }
}

int reduce_stage(struct run *run)
{
    reduce_drop(run);
    uint32_t reduces = run->rounds * run->parts, finishes = 0;
    while (finish_of(run, finishes))
        finishes++;
    run->made = segments_stage(run, reduces + finishes, 0);
    if (!run->made)
        return RUN_INTERNAL;
    run->mades = reduces;
    if (!runfolder_memos(run))
        return RUN_INTERNAL;
    uint64_t *before[2] = {NULL, NULL};
    int status = runfolder_segments(run, run->made, reduces, RUNFOLDER_REDUCE, &before[0]);
    if (!status)
        status = runfolder_segments(run, run->made + reduces, finishes, RUNFOLDER_FINISH, &before[1]);
    if (!status)
        status = pool_stage(run, "comparing", reduces, reduce_task, reduce_whole, before[0]);
    for (uint32_t i = 0; i < reduces && !status; i++)
        status = add_runs(run, i) ? RUN_INTERNAL : RUN_DONE;
    if (!status)
        drop_emissions(run);
    if (!status && finishes)
        status = pool_stage(run, "concluding", finishes, finish_task, finish_whole, before[1]);
    free(before[0]);
    free(before[1]);
    if (status)
        return status;
    run->mades = reduces + finishes;
    for (uint32_t i = reduces; i < run->mades && !status; i++)
        status = add_runs(run, i) ? RUN_INTERNAL : RUN_DONE;
    if (!status)
        drop_corpus(run);
    bury(run, finishes);
    return status;
}
