/* SPDX-License-Identifier: Apache-2.0
 *
 * What all tasks share: the segment a task writes, its progress, its foot.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "spans.h"
#include "work.h"

#define FLUSH_AT (64u << 10)
#define TRANSIENT_FLUSH_AT (1u << 20) /* with transient records: large enough to be given back */
#define HOLD_LEAST (1u << 20)
#define MADE_CAREFUL (512u << 10) /* made rows that a death may cost where there was one, or in a run folder */
#define HOLD_FOLDER (4u << 20) /* emissions that an interruption may cost in a run folder: some tenths of a second */

/* ---- the process' work ---- */

/* Bytes of emissions that a task may hold back; for tests less than would be sensible. */
static uint64_t hold_most(const struct run *run)
{
    const char *knob = getenv("ASSAY_HOLD_BYTES");
    uint64_t bytes = knob ? strtoull(knob, NULL, 10) : 0;
    uint64_t most = run->share / 16;
    if (run->folder && most > HOLD_FOLDER)
        most = HOLD_FOLDER;
    return bytes ? bytes : most < HOLD_LEAST ? HOLD_LEAST : most;
}

/* What a worker has of the host and uses behind hooks. 0: out of memory. */
static int note_files(struct run *run)
{
    struct files *files = &run->work.files;
    int fine = files_add(files, run->home) && files_add(files, run->large_fd);
    for (uint32_t k = 0; k < run->kepts; k++)
        for (uint32_t i = 0; i < run->kept_count[k]; i++)
            fine &= files_add(files, run->kept[k][i].memory) && files_add(files, run->kept[k][i].file);
    for (uint64_t i = 0; i < run->inputs.inputs; i++)
        fine &= run->inputs.input[i].fd < 0 || files_add(files, run->inputs.input[i].fd);
    return fine;
}

void work_robbed(struct run *run)
{
    const struct worker *worker = run->work.worker;
    if (!worker || run->request->isolate_none)
        return;
    atomic_store(&worker->task->wary, 1);
    atomic_store(&worker->task->hand, 0);
    _exit(0);
}

void work_look_after(struct work *work)
{
    if (!work->worker || !atomic_load_explicit(&work->worker->task->wary, memory_order_relaxed))
        return;
    int kept = files_kept(&work->files);
    for (const struct assay_item *item = work->item; item && kept; item = item->above)
        kept = item->fd < 0 || fcntl(item->fd, F_GETFD) >= 0;
    if (kept && limits_kept(&work->limits))
        return;
    atomic_store(&work->worker->task->blame, kept ? POOL_LOWERED : POOL_CLOSED);
    _exit(0);
}

void work_check_limits(struct run *run)
{
    if (run->work.worker && !limits_kept(&run->work.limits))
        work_robbed(run);
}

int work_open(struct run *run, struct worker *worker)
{
    struct work *work = &run->work;
    work->worker = worker;
    work->stop = 0;
    work->unit = POOL_UNITS(worker->resume);
    work->docs.size = work->sums.size = work->firsts.size = work->ids.size = work->names.size = work->notes.size =
        work->raws.size = work->made.size = work->spans.size = work->span_firsts.size = 0;
    transients_clear(&work->transients);
    backref_clear(&work->backrefs);
    work->event = work->drop = 0;
    work->summing = run->folder != NULL;
    work->own.size = work->visit.size = work->visit_at.size = work->look.size = work->look_at.size = 0;
    work->under[0] = work->under[1] = 0;
    work->noted = NULL;
    work->revisit = NULL;
    work->hold = hold_most(run);
    work->made_before = work->spilled = 0;
    work->stream = (struct stream){.fd = -1};
    for (uint32_t i = 0; work->emit && i < run->plan->rounds; i++)
        work->emit[i].size = 0;
    if (work->count)
        memset(work->count, 0, run->plan->layers * sizeof *work->count);
    if (work->opened) { /* views may be of an earlier pass */
        if (!files_kept_some(&work->files, worker->index))
            work_robbed(run);
        for (uint32_t i = 0; i < VIEWS; i++)
            work->view[i].used = 0;
        return 1;
    }
    limits_note(&work->limits);
    work->emit = calloc(run->plan->rounds + 1, sizeof *work->emit);
    work->view = calloc(VIEWS, sizeof *work->view);
    work->count = calloc(run->plan->layers + 1, sizeof *work->count);
    work->opened = work->emit && work->view && work->count && (run->request->isolate_none || note_files(run)) &&
                   doc_open(&work->doc, &run->tables);
    return work->opened;
}

void work_close(struct run *run)
{
    struct work *work = &run->work;
    for (uint32_t i = 0; work->emit && i < run->plan->rounds; i++)
        bytes_free(&work->emit[i]);
    for (uint32_t i = 0; work->view && i < VIEWS; i++)
        if (work->view[i].open)
            doc_close(&work->view[i].doc);
    free(work->emit);
    free(work->view);
    free(work->count);
    if (work->opened)
        doc_close(&work->doc);
    bytes_free(&work->made);
    bytes_free(&work->shared);
    bytes_free(&work->docs);
    bytes_free(&work->spans);
    bytes_free(&work->span_firsts);
    bytes_free(&work->sums);
    bytes_free(&work->firsts);
    bytes_free(&work->own);
    bytes_free(&work->visit);
    bytes_free(&work->visit_at);
    bytes_free(&work->look);
    bytes_free(&work->look_at);
    bytes_free(&work->ids);
    bytes_free(&work->names);
    bytes_free(&work->notes);
    transients_free(&work->transients);
    bytes_free(&work->raws);
    arena_free(&work->arena);
    arena_free(&work->values.arena);
    files_free(&work->files);
    XXH3_freeState(work->sum);
    *work = (struct work){0};
}

void work_say(struct run *run, const char *what)
{
    struct pool_task *task = run->work.worker->task;
    if (task->message[0])
        return;
    int why = errno;
    work_check_limits(run);
    errno = why;
    if (errno == EBADF)
        work_robbed(run);
    if (errno != ENOMEM) {
        snprintf(task->message, sizeof task->message, "%s: %s%s", what, strerror(errno),
                 errno == EBADF ? "; a plugin has closed files that are not its own" : "");
        return;
    }
    snprintf(
        task->message, sizeof task->message,
        "%s: a worker's memory of %llu MB is used up; give the chain more (memory = \"%lluMB\" with %u workers now), or "
        "it fewer workers",
        what, (unsigned long long)(run->memory_limit >> 20), (unsigned long long)(run->plan->memory >> 20),
        run->request->workers);
}

/* A successor could not go on behind holes: from here on it would begin anew. */
void work_punch(struct work *work)
{
    const struct raw_run *raw = (const struct raw_run *)(const void *)work->raws.at;
    uint64_t n = work->raws.size / sizeof *raw;
    if (n)
        worker_progress(work->worker, 0, 0);
    for (uint64_t i = 0; i < n; i++)
        stream_punch(&work->stream, raw[i].at, raw[i].size, 0);
    pool_kill_point("task.punched");
}

int32_t work_failed(struct run *run, const char *what)
{
    work_say(run, what);
    stream_close(&run->work.stream);
    return -1;
}

void work_shrink(struct run *run)
{
    struct work *work = &run->work;
    doc_reset(&work->doc);
    arena_reset(&work->arena);
    arena_reset(&work->values.arena);
}

/* ---- progress ---- */

static int add_raw(struct run *run, uint32_t kind, uint32_t round, struct bytes *from)
{
    struct work *work = &run->work;
    struct raw_run raw = {round, 0, 0, from->size};
    if (!from->size)
        return 0;
    if (stream_block(&work->stream, kind, round, work->unit, from->at, from->size, &raw.at) ||
        !bytes_add(&work->raws, &raw, sizeof raw))
        return -1;
    from->size = 0;
    if (from->room > 2 * work->hold) /* one document's emissions: the next will not need as much */
        bytes_free(from);
    return 0;
}

static int add_made(struct run *run)
{
    struct work *work = &run->work;
    struct raw_run raw = {0, 0, 0, work->made.size};
    if (!work->made.size)
        return 0;
    if (made_block(&work->stream, &work->made, work->unit, &run->tables, &run->index, &raw.at) ||
        !bytes_add(&work->raws, &raw, sizeof raw))
        return -1;
    work->made.size = work->made_before = 0;
    if (work->made.room > 4 * work->hold)
        bytes_free(&work->made);
    return 0;
}

/* In a run folder: what was written since the mark before can be told whole from its file alone. */
static int add_mark(struct run *run)
{
    struct work *work = &run->work;
    struct stream *stream = &work->stream;
    if (!stream->sum)
        return 0;
    XXH3_64bits_update(stream->sum, stream->buf.at, stream->buf.size);
    uint64_t sum = XXH3_64bits_digest(stream->sum), begun = stream_begin(stream, BLOCK_MARK, 0);
    bytes_add(&stream->buf, &sum, sizeof sum);
    return stream_end(stream, begun, work->unit);
}

int work_flush(struct run *run)
{
    struct work *work = &run->work;
    atomic_store(&work->worker->task->hand, 0); /* a death in here is no plugin's */
    work_check_limits(run); /* before the culprit's unit counts as done, wherever the task's next flush may be */
    for (uint32_t i = 0; i < run->plan->rounds; i++)
        if (add_raw(run, BLOCK_EMIT, i, &work->emit[i]))
            return -1;
    if (add_made(run))
        return -1;
    work->spilled = 0;
    if (stream_size(&work->stream) == work->stored)
        return 0;
    if (add_mark(run))
        return -1;
    pool_kill_point("task.before-write");
    if (stream_flush(&work->stream))
        return -1;
    pool_kill_point("task.written");
    worker_progress(work->worker, work->unit, work->stream.at);
    pool_kill_point("task.stored");
    work->stored = work->stream.at;
    if (work->stream.sum)
        XXH3_64bits_reset(work->stream.sum);
    return 0;
}

/* What earlier units made is theirs: it is written and marked; what the unit in hand has made so far waits for it. */
static int part_made(struct run *run)
{
    struct work *work = &run->work;
    uint64_t own = work->made.size - work->made_before, hand = atomic_load(&work->worker->task->hand);
    struct bytes rest = {0};
    if (!bytes_add(&rest, work->made.at + work->made_before, own)) {
        errno = ENOMEM;
        return -1;
    }
    work->made.size = work->made_before;
    if (work_flush(run)) {
        bytes_free(&rest);
        return -1;
    }
    atomic_store(&work->worker->task->hand, hand);
    bytes_free(&work->made);
    work->made = rest;
    return 0;
}

int work_spill(struct run *run)
{
    struct work *work = &run->work;
    if (!work->spilled) {
        int alone = !work->made_before && stream_size(&work->stream) == work->stored;
        if (!alone && part_made(run))
            return -1;
        work->spilled = stream_size(&work->stream) + 1;
        work->spilled_raws = work->raws.size;
    }
    return add_made(run) || stream_flush(&work->stream) ? -1 : 0;
}

int work_undo(struct run *run)
{
    struct work *work = &run->work;
    work->made.failed = 0;
    if (!work->spilled) {
        work->made.size = work->made_before;
        return 0;
    }
    work->made.size = 0;
    work->raws.size = work->spilled_raws;
    if (work->stream.sum)
        XXH3_64bits_reset(work->stream.sum);
    uint64_t to = work->spilled - 1;
    work->spilled = 0;
    return stream_cut(&work->stream, to);
}

int work_flush_rest(struct run *run)
{
    struct work *work = &run->work;
    atomic_store(&work->worker->task->hand, 0);
    pool_kill_point("task.before-write");
    if (stream_flush(&work->stream))
        return -1;
    pool_kill_point("task.written");
    return 0;
}

/* Emissions are written once, as sections, at the end of their task: until then they are held back, and with them the
 * progress of their documents. A worker's death costs the task a new start, and so does an interruption in a run
 * folder, where less is held back; after that everything is written as it comes, so that a second death costs no more
 * than a few documents. */
int work_unit(struct run *run)
{
    struct work *work = &run->work;
    uint64_t waiting = work->stream.buf.size, held = 0, full;
    full = work->transients.entry.size ? TRANSIENT_FLUSH_AT : FLUSH_AT;
    for (uint32_t i = 0; i < run->rounds; i++)
        held += work->emit[run->round[i]].size;
    int suspect = work->worker->suspect == work->unit + 1;
    int careful = work->worker->suspect || work->worker->resume;
    work->unit++;
    work->made_before = work->made.size;
    suspect |= work->worker->suspect == work->unit + 1;
    if (work->made.size >= (careful || run->folder ? MADE_CAREFUL : work->hold) || work->spilled)
        return work_flush(run);
    if (work->made.size && !suspect)
        return 0;
    if (suspect || (careful && waiting + held >= FLUSH_AT) || held >= work->hold)
        return work_flush(run);
    if (waiting < full)
        return 0;
    return held ? work_flush_rest(run) : work_flush(run);
}

int work_doc(struct work *work, const struct doc_head *head, uint64_t at)
{
    if (head) {
        struct doc_entry dir;
        struct doc_whole whole = {0};
        int here = doc_whole(head, &whole);
        struct foot_name entry = foot_name(head->id, work->names.size, whole.mapped == DOC_PLAIN, whole.text.size);
        if (here && bytes_add(&work->ids, &entry, sizeof entry))
            bytes_add(&work->names, whole.name.at, whole.name.size);
        for (uint32_t next = 0; doc_entry(head, &next, &dir);)
            work->count[dir.layer] += dir.count;
    }
    if (!bytes_add(&work->docs, &at, sizeof at) || (work->summing && !work_sums(work, head)))
        return -1;
    return spans_list(work, head) && !work->names.failed && !work->ids.failed ? 0 : -1;
}

/* Lists what a valid block adds to the task. */
static int relist(struct work *work, const struct segment *segment, const struct block *block, uint64_t at)
{
    if (block->kind == BLOCK_MARK)
        return 0;
    if (block->kind == BLOCK_TRANSIENT)
        return transients_found(&work->transients, block->tag, at, block->size) ? 0 : -1;
    if (block->kind == BLOCK_DOC) {
        const struct doc_head *head = (const struct doc_head *)(const void *)(segment->at + at);
        while (work->docs.size / sizeof(uint64_t) < head->ordinal) /* passed over in a later pass */
            if (work_doc(work, NULL, 0))
                return -1;
        work->drop++;
        return work_doc(work, head, at);
    }
    if (block->kind == BLOCK_NOTE) {
        work->drop += ((const struct note *)(const void *)(segment->at + at))->ordinal == INDEX_NONE;
        return bytes_add(&work->notes, &at, sizeof at) ? 0 : -1;
    }
    if (block->kind == BLOCK_ITEM) {
        work->drop = 0;
        work->items_done++;
        return 0;
    }
    struct raw_run raw = {block->tag, 0, at, block->size};
    return bytes_add(&work->raws, &raw, sizeof raw) ? 0 : -1;
}

int work_resume(struct run *run, struct worker *worker, struct segment *segment)
{
    struct work *work = &run->work;
    uint64_t valid = POOL_BYTES(worker->resume);
    work->items_done = 0;
    if (!work_open(run, worker)) {
        errno = ENOMEM;
        return -1;
    }
    if (valid) {
        if (segment_map(segment))
            return -1;
        const struct block *block;
        for (uint64_t at = 0, next = 0; (block = block_next(segment->at, valid, &next)); at = next)
            if (relist(work, segment, block, at + sizeof *block))
                return -1;
    }
    if (stream_open(&work->stream, &run->store, segment, valid))
        return -1;
    work->stored = valid;
    if (run->folder && !work->sum && !(work->sum = XXH3_createState()))
        return -1;
    if (run->folder)
        XXH3_64bits_reset(work->sum);
    work->stream.sum = work->sum;
    /* of a file, single documents are read at places of their own: index.c */
    int lean = run->tables.lean && work->stream.fd == segment->memory;
    work->stream.transients = lean ? &work->transients : NULL;
    work->stream.backrefs = lean ? &work->backrefs : NULL;
    return 0;
}

/* ---- the end ---- */

/* Which emissions are here and which in the segment below; what the maps read. */
static void add_visits(struct work *work, struct foot *foot)
{
    struct bytes *out = &work->stream.buf;
    if (work->visit_at.failed | work->visit.failed | work->own.failed | work->look.failed | work->look_at.failed)
        out->failed = 1;
    if (!work->visit_at.size)
        return;
    memcpy(foot->under, work->under, sizeof foot->under);
    foot->visits = work->visit.size;
    foot->visits_at = stream_size(&work->stream);
    bytes_add(out, work->visit.at, work->visit.size);
    foot->visit_at = stream_size(&work->stream);
    bytes_add(out, work->visit_at.at, work->visit_at.size);
    foot->looks = work->look.size;
    foot->looks_at = stream_size(&work->stream);
    bytes_add(out, work->look.at, work->look.size);
    foot->look_at = work->look_at.size ? stream_size(&work->stream) : 0;
    bytes_add(out, work->look_at.at, work->look_at.size);
    if (!(foot->under[0] | foot->under[1]))
        return;
    foot->own_at = stream_size(&work->stream);
    bytes_add(out, work->own.at, work->own.size);
    bytes_align(out, 8);
}

int work_foot(struct run *run, const struct foot_section *section, uint64_t sections, uint64_t blob_at,
              uint64_t blob_size)
{
    struct work *work = &run->work;
    struct bytes *out = &work->stream.buf;
    struct foot foot = {.docs = work->docs.size / sizeof(uint64_t), .notes = work->notes.size / sizeof(uint64_t),
                        .sections = sections, .blob_at = blob_at, .blob_size = blob_size};
    work_check_limits(run);
    if (transients_settle(&work->transients, &work->stream))
        return -1;
    bytes_align(out, 8);
    foot_docs(&foot, &work->stream, (const uint64_t *)(const void *)work->docs.at);
    foot.ids_at = stream_size(&work->stream);
    bytes_add(out, work->ids.at, work->ids.size);
    struct foot_name end = foot_name(0, work->names.size, 0, 0);
    bytes_add(out, &end, sizeof end);
    foot.counts_at = stream_size(&work->stream);
    bytes_add(out, work->count, run->plan->layers * sizeof *work->count);
    foot.names_at = stream_size(&work->stream);
    bytes_add(out, work->names.at, work->names.size);
    bytes_align(out, 8);
    foot.spans = work->spans.size / sizeof(struct assay_span);
    foot.spans_at = stream_size(&work->stream);
    bytes_add(out, work->spans.at, work->spans.size);
    foot.span_firsts_at = stream_size(&work->stream);
    bytes_add(out, work->span_firsts.at, foot.spans ? work->span_firsts.size : 0);
    bytes_align(out, 8);
    foot.notes_at = stream_size(&work->stream);
    bytes_add(out, work->notes.at, work->notes.size);
    foot.sections_at = stream_size(&work->stream);
    bytes_add(out, section, sections * sizeof *section);
    foot.transients = work->transients.places.size / sizeof(struct foot_section);
    foot.transients_at = stream_size(&work->stream);
    bytes_add(out, work->transients.places.at, work->transients.places.size);
    bytes_align(out, 8);
    foot.sums = work->sums.size / sizeof(struct foot_sum);
    foot.sums_at = stream_size(&work->stream);
    bytes_add(out, work->sums.at, work->sums.size);
    foot.firsts_at = stream_size(&work->stream);
    bytes_add(out, work->firsts.at, work->firsts.size);
    bytes_align(out, 8);
    add_visits(work, &foot);
    uint64_t begun = stream_begin(&work->stream, BLOCK_FOOT, 0);
    foot.size = stream_size(&work->stream) + sizeof foot;
    bytes_add(out, &foot, sizeof foot);
    if (stream_end(&work->stream, begun, work->unit) || stream_flush(&work->stream))
        return -1;
    pool_kill_point("task.foot");
    stream_close(&work->stream);
    return 0;
}
