/* SPDX-License-Identifier: Apache-2.0
 *
 * failure/1 and skipped/1: written where they happen, gathered and sorted at the end, so that their order does not
 * depend on who met them first.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/buf.h>

#include "notes_few.h"
#include "work.h"

static const struct shape *shape_of_kind(const struct run *run, uint32_t kind)
{
    return run->tables.layer[run->plan->layers - PLAN_OWN + kind];
}

static struct assay_failure record_of(const struct run *run, const struct failing *f)
{
    const char *plugin = f->step == PLAN_NONE ? NULL : run->plan->step[f->step].plugin->name;
    return (struct assay_failure){
        .doc = f->doc,
        .path = f->path,
        .line = f->line,
        .has_line = f->has_line,
        .stage = f->stage,
        .key = f->key,
        .plugin = {plugin, plugin ? strlen(plugin) : 0},
        .code = f->code,
        .has_begin = f->has_begin,
        .message = f->message.at ? f->message : (struct assay_text){"no reason was given", 19},
        .begin = f->begin,
    };
}

/* Into the task's stream. */
static int add(struct run *run, const struct note *note, const void *record)
{
    struct work *work = &run->work;
    uint64_t begun = stream_begin(&work->stream, BLOCK_NOTE, note->kind);
    uint64_t at = stream_size(&work->stream);
    bytes_add(&work->stream.buf, note, sizeof *note);
    const struct shape *shape = shape_of_kind(run, note->kind);
    record_store(&work->stream.buf, shape, record, 1, shape->size);
    bytes_add(&work->notes, &at, sizeof at);
    if (work->notes.failed || stream_end(&work->stream, begun, work->unit))
        return 0;
    if (note->kind == NOTE_FAILURE)
        worker_count(work->worker, 2, 1);
    return 1;
}

int note_failure(struct run *run, const struct failing *f)
{
    struct assay_failure record = record_of(run, f);
    struct note note = {NOTE_FAILURE, f->ordinal, f->death, f->step};
    if (f->code == CODE_MEMORY || f->code == CODE_UNREADABLE)
        work_check_limits(run);
    if (run->work.item)
        run->work.item->said++;
    return add(run, &note, &record);
}

int note_skipped(struct run *run, struct assay_text path, struct assay_text reason, uint64_t bytes, uint32_t ordinal)
{
    struct assay_skipped record = {.path = path, .reason = reason, .bytes = bytes};
    struct note note = {NOTE_SKIPPED, ordinal, 0, PLAN_NONE};
    if (run->work.item)
        run->work.item->said++;
    return add(run, &note, &record);
}

static int add_own(struct run *run, const struct note *note, const void *record)
{
    struct bytes *own = &run->own_notes;
    uint64_t at = own->size, size = 0;
    const struct shape *shape = shape_of_kind(run, note->kind);
    bytes_add(own, &size, sizeof size);
    bytes_add(own, note, sizeof *note);
    record_store(own, shape, record, 1, shape->size);
    size = own->size - at;
    if (!own->failed)
        memcpy(own->at + at, &size, sizeof size);
    return !own->failed;
}

int note_parent_failure(struct run *run, const struct failing *f)
{
    struct assay_failure record = record_of(run, f);
    return add_own(run, &(struct note){NOTE_FAILURE, f->ordinal, f->death, f->step}, &record);
}

int note_parent_skipped(struct run *run, struct assay_text path, struct assay_text reason, uint64_t bytes)
{
    struct assay_skipped record = {.path = path, .reason = reason, .bytes = bytes};
    return add_own(run, &(struct note){NOTE_SKIPPED, INDEX_NONE, 0, PLAN_NONE}, &record);
}

void failing_fault(struct failing *f, const struct pool_fault *fault, char *room, size_t size)
{
    static const char *const ways[] = {"it crashed", "it ran out of time", ("it ran out of memory: " GIVE_MEMORY),
                                       "it ended the process"};
    f->code = fault->code;
    f->death = 1;
    if (fault->code == POOL_CONTRACT)
        snprintf(room, size,
                 fault->signal == POOL_LOWERED ? "it lowered limits of the process that the host works within"
                                               : "it closed files that are not its own");
    else if (fault->code == POOL_CRASH)
        snprintf(room, size, "%s (signal %u)", ways[0], fault->signal);
    else if (fault->code == POOL_MEMORY && fault->signal == SIGKILL)
        snprintf(room, size, "it was killed (signal %u), as the kernel does when memory runs out: " GIVE_MEMORY,
                 fault->signal);
    else if (fault->code == POOL_EXIT)
        snprintf(room, size, "%s (exit %u)", ways[3], fault->signal);
    else
        snprintf(room, size, "%s", ways[fault->code < 4 ? fault->code : 0]);
    f->message = (struct assay_text){room, strlen(room)};
}

void failing_hook(struct failing *f, const struct work *work, assay_status status)
{
    static const uint32_t by_stage[] = {CODE_SYNTAX, CODE_DECODE, CODE_FAILED, CODE_FAILED,
                                        CODE_FAILED, CODE_FAILED, CODE_FAILED};
    f->code = work->code != ASSAY_NEVER ? work->code : status == ASSAY_ENOMEM ? CODE_MEMORY : by_stage[f->stage];
    if (work->message[0])
        f->message = (struct assay_text){work->message, strlen(work->message)};
    else if (status == ASSAY_ENOMEM)
        f->message = (struct assay_text){NO_MEMORY, sizeof NO_MEMORY - 1};
}

/* ---- at the end ---- */

int notes_deaths(struct run *run, const struct segment *segment)
{
    const struct foot *foot = foot_of(segment);
    if (!foot)
        return 0;
    const struct plan *plan = run->plan;
    const uint64_t *at = (const uint64_t *)(const void *)(segment->at + foot->notes_at);
    for (uint64_t i = 0; i < foot->notes; i++) {
        const struct note *note = (const struct note *)(const void *)(segment->at + at[i]);
        if (!note->death)
            continue;
        uint64_t so_far = run->pass || run->index.passes
                              ? run->counted
                              : run->counted + (note->ordinal == INDEX_NONE ? 0 : note->ordinal) + 1;
        if (++run->deaths <= plan->failure_base + so_far * plan->failure_percent / 100)
            continue;
        const struct assay_failure *f =
            record_open(&run->arena, shape_of_kind(run, NOTE_FAILURE), (const char *)(note + 1), 1);
        if (f)
            diag_say(run->diag, DIAG_ERROR,
                     "%" PRIu64 " deaths within %" PRIu64
                     " documents are too many; last: plugin %.*s, %.*s: %.*s. Nothing is written",
                     run->deaths, so_far, (int)f->plugin.size, f->plugin.at ? f->plugin.at : "",
                     (int)(f->doc.at ? f->doc.size : f->path.size),
                     f->doc.at    ? f->doc.at
                     : f->path.at ? f->path.at
                                  : "",
                     (int)f->message.size, f->message.at);
        run->stopped = RUN_PLUGIN;
        return 1;
    }
    if (!run->pass && !run->index.passes)
        run->counted += foot->docs;
    return 0;
}

struct sorter {
    struct note_sorted note;
    uint64_t index;
};

static int order_text(struct assay_text a, struct assay_text b)
{
    uint64_t least = a.size < b.size ? a.size : b.size;
    int order = least ? memcmp(a.at, b.at, least) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

static int by_failure(const void *a, const void *b)
{
    const struct sorter *s = a, *t = b;
    const struct assay_failure *p = s->note.record, *q = t->note.record;
    int order = order_text(p->path, q->path);
    if (!order && p->line != q->line)
        order = p->line < q->line ? -1 : 1;
    if (!order && p->begin != q->begin)
        order = p->begin < q->begin ? -1 : 1;
    if (!order)
        order = order_text(p->doc, q->doc);
    if (!order && p->stage != q->stage)
        order = p->stage < q->stage ? -1 : 1;
    if (!order)
        order = order_text(p->plugin, q->plugin);
    if (!order)
        order = order_text(p->key, q->key);
    if (!order && p->code != q->code)
        order = p->code < q->code ? -1 : 1;
    if (!order)
        order = order_text(p->message, q->message);
    return order ? order : (s->index > t->index) - (s->index < t->index);
}

static int by_skipped(const void *a, const void *b)
{
    const struct sorter *s = a, *t = b;
    const struct assay_skipped *p = s->note.record, *q = t->note.record;
    int order = order_text(p->path, q->path);
    if (!order)
        order = order_text(p->reason, q->reason);
    if (!order && p->bytes != q->bytes)
        order = p->bytes < q->bytes ? -1 : 1;
    return order ? order : (s->index > t->index) - (s->index < t->index);
}

/* Of a task of pass `pass`; a document that was passed over takes its notes with it. */
static int collect_segment(struct run *run, const struct segment *segment, uint32_t task, int of_docs,
                           struct bytes found[2])
{
    const struct foot *foot = foot_of(segment);
    if (!foot)
        return 1;
    const uint64_t *at = (const uint64_t *)(const void *)(segment->at + foot->notes_at);
    for (uint64_t i = 0; i < foot->notes; i++) {
        const struct note *note = (const struct note *)(const void *)(segment->at + at[i]);
        if (of_docs && note->ordinal != INDEX_NONE &&
            run->index.rank[run->index.base[task] + note->ordinal] == INDEX_NONE)
            continue;
        const char *stored = (const char *)(note + 1);
        bytes_add(&found[note->kind], &stored, sizeof stored);
    }
    return !found[0].failed && !found[1].failed;
}

/* The records of sorted notes; of too many failures fewer. 0: out of memory. */
static int keep_sorted(struct run *run, uint32_t kind, const struct sorter *list, uint64_t n)
{
    struct note_sorted *note = malloc((n + 1) * sizeof *note);
    for (uint64_t i = 0; i < n && note; i++)
        note[i] = list[i].note;
    uint64_t kept = note && kind == NOTE_FAILURE ? notes_few(note, n, shape_of_kind(run, kind), &run->arena) : n;
    int ok = note && kept != UINT64_MAX;
    for (uint64_t i = 0; ok && i < kept; i++)
        run->stored[kind][i] = note[i].stored;
    run->stored_count[kind] = ok ? kept : 0;
    free(note);
    return ok;
}

static int sort_kind(struct run *run, uint32_t kind, const struct bytes *found)
{
    const struct shape *shape = shape_of_kind(run, kind);
    uint64_t n = found->size / sizeof(char *);
    struct sorter *list = malloc((n + 1) * sizeof *list);
    run->stored[kind] = arena_alloc(&run->arena, (n + 1) * sizeof *run->stored[kind]);
    struct arena arena = {0};
    int ok = list && run->stored[kind];
    for (uint64_t i = 0; i < n && ok; i++) {
        const char *stored = ((const char *const *)(const void *)found->at)[i];
        list[i] = (struct sorter){{record_open(&arena, shape, stored, 1), stored}, i};
        ok = list[i].note.record != NULL;
    }
    if (ok && n)
        qsort(list, n, sizeof *list, kind == NOTE_FAILURE ? by_failure : by_skipped);
    ok = ok && keep_sorted(run, kind, list, n);
    run->noted[kind] = n;
    free(list);
    arena_free(&arena);
    return ok;
}

/* "PLUGIN: DOCUMENT, line 3: what is wrong", as far as it is known. */
static void tell(struct assay_buf *out, const struct assay_failure *f)
{
    struct assay_text where = f->doc.at ? f->doc : f->path;
    assay_buf_add(out, f->plugin.at, f->plugin.size);
    assay_buf_text(out, f->plugin.size ? ": " : "");
    assay_buf_add(out, where.at, where.size);
    if (where.size && f->has_line)
        assay_buf_printf(out, ", line %" PRIu64, (uint64_t)f->line);
    assay_buf_text(out, where.size ? ": " : "");
    assay_buf_add(out, f->message.at, f->message.size);
}

void notes_say(struct run *run)
{
    uint64_t n = run->noted[NOTE_FAILURE], told = run->stored_count[NOTE_FAILURE];
    char fewer[48] = "";
    struct assay_buf first = {0};
    const struct assay_failure *f =
        record_open(&run->arena, shape_of_kind(run, NOTE_FAILURE), run->stored[NOTE_FAILURE][0], 1);
    if (f)
        tell(&first, f);
    if (told < n)
        snprintf(fewer, sizeof fewer, " as %" PRIu64 " records", told);
    diag_say(run->diag, DIAG_WARNING, "%" PRIu64 " %s recorded%s; the run is done. %s%.*s", n,
             n == 1 ? "failure is" : "failures are", fewer, n == 1 ? "" : "The first: ", (int)first.size,
             first.size ? first.at : "");
    assay_buf_free(&first);
}

int notes_collect(struct run *run)
{
    struct bytes found[2] = {{0}, {0}};
    int ok = 1;
    for (uint32_t k = 0; k < run->kepts; k++)
        for (uint32_t i = 0; i < run->kept_count[k] && ok; i++)
            ok = collect_segment(run, &run->kept[k][i], i, run->kept_docs[k], found);
    for (uint64_t at = 0; at < run->own_notes.size && ok;) {
        uint64_t size;
        memcpy(&size, run->own_notes.at + at, sizeof size);
        const struct note *note = (const struct note *)(const void *)(run->own_notes.at + at + sizeof size);
        const char *stored = (const char *)(note + 1);
        ok = bytes_add(&found[note->kind], &stored, sizeof stored) != NULL;
        at += size;
    }
    ok = ok && sort_kind(run, NOTE_FAILURE, &found[0]) && sort_kind(run, NOTE_SKIPPED, &found[1]);
    bytes_free(&found[0]);
    bytes_free(&found[1]);
    return ok;
}
