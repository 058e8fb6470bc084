/* SPDX-License-Identifier: Apache-2.0 */
#include "results.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <assay/kit/text.h>

#include "outputs.h"
#include "runfolder.h"
#include "write_all.h"

#define COPY_PIECE 1048576u /* bytes of stdout at a time */

/* ---- run/1 ---- */

static void add_head(const struct run *run, uint32_t number, uint32_t pass, uint64_t *count, uint64_t times)
{
    const struct doc_head *head = (const struct doc_head *)(const void *)index_part(&run->index, number, pass);
    struct doc_entry dir;
    for (uint32_t next = 0; doc_entry(head, &next, &dir);)
        count[dir.layer] += times * dir.count;
}

/* Records of each document layer: what the tasks counted, without the documents that were passed over after pass 0. */
static void count_documents(const struct run *run, uint64_t *count)
{
    for (uint32_t pass = 0; pass < run->index.passes; pass++)
        for (uint32_t t = 0; t < run->tasks; t++) {
            const struct segment *segment = &run->index.segment[pass][t];
            const uint64_t *counted = (const uint64_t *)(const void *)(segment->at + foot_of(segment)->counts_at);
            for (uint32_t l = 0; l < run->plan->layers; l++)
                count[l] += counted[l];
        }
    for (uint64_t number = 0; run->index.kept < run->index.docs && number < run->index.docs; number++)
        if (run->index.rank[number] == INDEX_NONE)
            add_head(run, (uint32_t)number, 0, count, UINT64_MAX); /* minus one */
    count[0] = run->index.kept;
}

static int fill_counts(struct run *run, struct assay_tally *tally, uint32_t *n)
{
    const struct plan *plan = run->plan;
    uint64_t *count = calloc(plan->layers, sizeof *count);
    if (!count)
        return 0;
    count_documents(run, count);
    for (uint32_t i = 0; i + PLAN_OWN < plan->layers; i++)
        if (plan->layer[i].where & ASSAY_ON_CORPUS && !plan->layer[i].private_)
            count[i] = corpus_count(&run->corpus[i], run->tables.layer[i], (plan->layer[i].where & ASSAY_UNIQUE) != 0);
    uint64_t *own = count + plan->layers - PLAN_OWN;
    own[NOTE_FAILURE] = run->stored_count[NOTE_FAILURE];
    own[NOTE_SKIPPED] = run->stored_count[NOTE_SKIPPED];
    own[PLAN_OWN - 1] = 1; /* run/1 */
    for (uint32_t i = 0; i < run->tables.publics; i++) {
        uint32_t layer = run->tables.public_[i];
        tally[(*n)++] = (struct assay_tally){assay_text_of(plan->layer[layer].name), count[layer]};
    }
    free(count);
    return 1;
}

static int by_name(const void *a, const void *b)
{
    const struct assay_tally *p = a, *q = b;
    int order = memcmp(p->name.at, q->name.at, p->name.size < q->name.size ? p->name.size : q->name.size);
    return order ? order : (p->name.size > q->name.size) - (p->name.size < q->name.size);
}

/* Counts by name; names are few. */
struct tallies {
    struct assay_tally *at;
    uint32_t n, room;
};

/* 0: out of memory. */
static int tally_one(struct arena *arena, struct tallies *t, struct assay_text name)
{
    uint32_t k = 0;
    while (k < t->n && (t->at[k].name.size != name.size || memcmp(t->at[k].name.at, name.at, name.size)))
        k++;
    if (k == t->room) {
        uint32_t room = (t->room + 16) * 2;
        struct assay_tally *more = arena_alloc(arena, (uint64_t)room * sizeof *more);
        if (!more)
            return 0;
        if (t->n)
            memcpy(more, t->at, t->n * sizeof *more);
        t->at = more;
        t->room = room;
    }
    if (k == t->n) {
        const char *copy = arena_copy(arena, name.at, name.size);
        if (!copy)
            return 0;
        t->at[t->n++] = (struct assay_tally){{copy, name.size}, 0};
    }
    t->at[k].count++;
    return 1;
}

/* Skipped inputs by reason. */
static int fill_skipped(struct run *run, struct assay_list *list)
{
    const struct shape *shape = run->tables.layer[run->plan->layers - PLAN_OWN + NOTE_SKIPPED];
    struct tallies tallies = {0};
    struct arena arena = {0};
    int fine = 1;
    for (uint64_t i = 0; i < run->stored_count[NOTE_SKIPPED] && fine; i++) {
        arena_reset(&arena);
        const struct assay_skipped *s = record_open(&arena, shape, run->stored[NOTE_SKIPPED][i], 1);
        fine = s && tally_one(&run->arena, &tallies, s->reason);
    }
    arena_free(&arena);
    if (tallies.n)
        qsort(tallies.at, tallies.n, sizeof *tallies.at, by_name);
    *list = (struct assay_list){tallies.at, tallies.n, sizeof *tallies.at};
    return fine;
}

int results_record(struct run *run)
{
    const struct plan *plan = run->plan;
    struct assay_step_info *steps = arena_alloc(&run->arena, (uint64_t)plan->steps * sizeof *steps);
    struct assay_tally *counts = arena_alloc(&run->arena, (uint64_t)plan->layers * sizeof *counts);
    uint32_t n = 0, made = 0;
    if (!steps || !counts)
        return 0;
    for (uint32_t i = 0; i < plan->steps; i++) {
        const struct assay_plugin *plugin = plan->step[i].plugin;
        if (plugin->role != ASSAY_WRITER) /* they show the result, they do not make it */
            steps[made++] = (struct assay_step_info){assay_text_of(plugin->name), assay_text_of(plugin->version)};
    }
    run->record = (struct assay_run){
        .version = assay_text_of(ASSAY_VERSION),
        .chain = assay_text_of(plan->file),
        .chain_sha256 = assay_text_of(plan->sha256),
        .plugins = {steps, made, sizeof *steps},
        .documents = run->index.kept,
        .failures = run->stored_count[NOTE_FAILURE],
    };
    if (!fill_counts(run, counts, &n) || !fill_skipped(run, &run->record.skipped))
        return 0;
    run->record.counts = (struct assay_list){counts, n, sizeof *counts};
    return 1;
}

/* ---- in the worker ---- */

static uint32_t step_of_writer(const struct run *run, uint32_t n)
{
    for (uint32_t i = 0; i < run->plan->steps; i++)
        if (run->plan->step[i].plugin->role == ASSAY_WRITER && !n--)
            return i;
    return PLAN_NONE;
}

/* The first, with id and text, and those of the layers in the writer's table. */
static uint64_t parts_for(const struct run *run, uint32_t step)
{
    uint64_t parts = 1;
    const struct table_view *view;
    for (uint32_t slot = 0; (view = tables_view(&run->tables, step, slot)); slot++)
        if (view->layer != PLAN_NONE && !(run->plan->layer[view->layer].where & ASSAY_ON_CORPUS))
            parts |= (uint64_t)1 << run->plan->layer[view->layer].stored % INDEX_PARTS;
    return parts;
}

static void results_close(struct assay_results *results)
{
    for (uint32_t i = 0; results->reading && i < results->run->plan->layers; i++) {
        corpus_close(&results->reading[i].reader);
        arena_free(&results->reading[i].arena);
    }
    free(results->reading);
    doc_close(&results->doc);
}

/* The writer is done with, for better or worse. */
static int32_t writer_done(struct run *run, uint32_t w, const char *why)
{
    if (why)
        diag_say(run->diag, DIAG_ERROR, "%s: %s; its output is not written",
                 run->plan->step[step_of_writer(run, w)].plugin->name, why);
    atomic_store(&run->writer[w], why ? WRITER_FAILED : WRITER_OK);
    return 0;
}

/* Calls the plugin and brings what it wrote to the disk. */
static assay_status call_writer(struct run *run, uint32_t step, struct assay_results *results)
{
    struct work *work = &run->work;
    work->results = results;
    work->doc.record.doc = (struct assay_text){0};
    arena_reset(&work->arena);
    hook_begin(work, step, HOOK_WRITE);
    worker_hand(work->worker, 0, step, HOOK_WRITE);
    assay_status status = hook_end(work, run->plan->step[step].plugin->write(run->step[step].self, results));
    assay_status closed = sinks_close(work, results, status >= 0);
    atomic_store(&work->worker->task->hand, 0);
    work->results = NULL;
    return status >= 0 ? closed : status;
}

static int32_t writer_task(void *own, struct worker *worker)
{
    struct run *run = own;
    struct work *work = &run->work;
    uint32_t w = worker->index, step = step_of_writer(run, w);
    if (run->plan->step[step].keeps && run->stays)
        return writer_done(run, w, NULL);
    if (!work_open(run, worker))
        return errno = ENOMEM, work_failed(run, "writing");
    const struct pool_fault *fault = worker_fault(worker, 0, step, HOOK_WRITE);
    if (fault) {
        char why[FAULT_ROOM];
        struct failing f = {0};
        failing_fault(&f, fault, why, sizeof why);
        return writer_done(run, w, why);
    }
    struct segment *spool = &run->spool[2 * w], *list = &run->spool[2 * w + 1];
    struct assay_results results = {
        .run = run, .parts = parts_for(run, step), .list_fd = list->memory, .spool = spool, .writer = w};
    results.reading = calloc(run->plan->layers, sizeof *results.reading);
    if (!results.reading || !doc_open(&results.doc, &run->tables))
        return errno = ENOMEM, work_failed(run, "writing");
    int out = segment_spool(spool);
    if (file_note(list->memory, &results.list) || ftruncate(out, 0) || lseek(out, 0, SEEK_SET))
        return work_failed(run, "the output cannot be written");
    assay_status status = call_writer(run, step, &results);
    results_close(&results);
    if (status < 0 && work->code == CODE_CONTRACT)
        atomic_store(run->fatal, RUN_PLUGIN);
    pool_kill_point("write.done");
    return writer_done(run, w, status >= 0 ? NULL : work->message[0] ? work->message : "it failed");
}

/* ---- in the parent ---- */

/* The outputs a writer opened: put in place, or dropped. */
static int settle_outputs(struct run *run, uint32_t w, int ok)
{
    struct segment *list = &run->spool[2 * w + 1];
    if (segment_map(list))
        return -1;
    int status = 0;
    const char *end = list->at + list->size;
    for (const char *p = list->at; p < end;) {
        const char *final = p, *shadow = p + strlen(p) + 1;
        p = shadow + strlen(shadow) + 1;
        if (ok)
            pool_kill_point("host.place");
        if (ok)
            status |= output_place(final, shadow, run->diag);
        else
            output_drop(shadow);
    }
    return status;
}

/* In pieces, so that a result of many gigabytes takes no memory. */
static int copy_stdout(struct run *run, uint32_t w)
{
    int from = segment_spool(&run->spool[2 * w]), failed = 0;
    char *piece = malloc(COPY_PIECE);
    off_t at = 0;
    if (!piece)
        return -1;
    while (!failed) {
        ssize_t size = pread(from, piece, COPY_PIECE, at);
        if (size == 0 || (size < 0 && errno != EINTR)) {
            failed = size < 0;
            break;
        }
        failed = size > 0 && write_all(run->out_fd, piece, (size_t)size);
        at += size > 0 ? size : 0;
    }
    int error = errno;
    free(piece);
    errno = error;
    return failed ? -1 : 0;
}

/* Stdout's bytes may be many: they lie in a file. The list of outputs is short. */
static int make_spool(struct run *run, uint32_t i)
{
    int list = i % 2;
    return segment_create(&run->store, &run->spool[i], !list) && (list || segment_create(&run->store, &run->spool[i], 0));
}

static int writer_whole(void *own, uint32_t w)
{
    struct run *run = own;
    int ok = atomic_load(&run->writer[w]) == WRITER_OK;
    if (settle_outputs(run, w, ok) || !ok) {
        run->writers_exit = RUN_INTERNAL;
        return 0;
    }
    if (run->writers_exit == 128 + SIGPIPE || !copy_stdout(run, w))
        return 0;
    if (errno == EPIPE) {
        diag_say(run->diag, DIAG_WARNING, "stdout was closed by its reader; the rest is not written");
        run->writers_exit = 128 + SIGPIPE;
        return 0;
    }
    diag_say(run->diag, DIAG_ERROR, "stdout: %s", strerror(errno));
    run->writers_exit = RUN_INTERNAL;
    return 0;
}

int results_stage(struct run *run)
{
    uint32_t n = 0;
    while (step_of_writer(run, n) != PLAN_NONE)
        n++;
    if (!n)
        return RUN_DONE;
    run->tables.hashes = 1;
    size_t size = n * sizeof *run->writer;
    void *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    run->spool = calloc(2 * (size_t)n, sizeof *run->spool);
    if (page == MAP_FAILED || !run->spool) {
        diag_say(run->diag, DIAG_ERROR, "out of memory");
        return RUN_INTERNAL;
    }
    run->writer = page;
    int status = RUN_DONE;
    for (uint32_t i = 0; i < 2 * n && !status; i++) {
        if (make_spool(run, i)) {
            diag_say(run->diag, DIAG_ERROR, "an output cannot be prepared: %s", strerror(errno));
            status = RUN_INTERNAL;
        }
    }
    run->stays = runfolder_result_stays(run);
    if (!status) {
        status = pool_stage(run, "writing", n, writer_task, writer_whole, NULL);
        for (uint32_t i = 0; status && i < n; i++) /* stopped half way: nothing stays under a shadow's name */
            settle_outputs(run, i, 0);
    }
    for (uint32_t i = 0; i < 2 * n; i++)
        segment_close(&run->store, &run->spool[i]);
    free(run->spool);
    munmap(page, size);
    if (!status)
        status = asked_exit(run);
    if (!status && !run->writers_exit)
        runfolder_result_made(run);
    return status ? status : run->writers_exit;
}
