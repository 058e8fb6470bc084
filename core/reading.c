/* SPDX-License-Identifier: Apache-2.0 */
#include "reading.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>


#define XXH_INLINE_ALL
#include <xxhash.h>

#define HEAD 4096

/* ---- a document ---- */

/* NAME for the first document of an item, NAME:N for others and for pieces: N is the line for readers of lines. */
static struct assay_text default_id(const struct run *run, struct assay_item *item, struct arena *arena)
{
    int lines = run->plan->step[item->step].plugin->flags & ASSAY_LINES ? 1 : 0;
    if (!lines && item->docs == 1)
        return item->name;
    char *at = arena_alloc(arena, item->name.size + 24);
    if (!at)
        return (struct assay_text){0};
    memcpy(at, item->name.at, item->name.size);
    int n = snprintf(at + item->name.size, 24, ":%llu",
                     (unsigned long long)(lines ? item->line + item->docs - 1 : item->docs));
    return (struct assay_text){at, item->name.size + (uint64_t)n};
}

/* An empty text tells nothing: it is null, as what is not given. */
static void drop_empty(struct assay_document *d)
{
    struct assay_text *const row[] = {&d->doc,       &d->path,  &d->member,   &d->uri,      &d->source,
                                      &d->published, &d->title, &d->declared, &d->language, &d->encoding, &d->media};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        if (!row[i]->size)
            row[i]->at = NULL;
}

/* document/1 as the host completes it. 0: out of memory. */
static int fill_record(struct run *run, struct assay_item *item, const struct table_view *view, const void *record,
                       struct assay_text bytes)
{
    struct assay_doc *doc = &run->work.doc;
    if (view->back) {
        const void *made = convert_run(&doc->arena, view->back, record, 1, view->size);
        if (!made)
            return 0;
        memcpy(&doc->record, made, sizeof doc->record);
    } else {
        memcpy(&doc->record, record, sizeof doc->record);
    }
    drop_empty(&doc->record);
    if (!doc->record.doc.at)
        doc->record.doc = default_id(run, item, &doc->arena);
    if (!doc->record.path.at)
        doc->record.path = item->input->name;
    if (!doc->record.member.at && item->member.at)
        doc->record.member = item->member;
    if (!doc->record.doc.at || !doc_give(doc, bytes) || (run->tables.hashes && !doc_hash(doc)))
        return 0;
    doc->record.raw_bytes = bytes.size;
    doc->record.text_bytes = bytes.size;
    doc->id = XXH3_64bits(doc->record.doc.at, doc->record.doc.size);
    doc->id += !doc->id; /* 0 is no document */
    doc_touch(doc, 0);
    doc->layer[0].state = DOC_MADE;
    doc->layer[0].rows = &doc->record;
    doc->layer[0].count = 1;
    return 1;
}

static int store_document(struct run *run)
{
    struct work *work = &run->work;
    if (steps_seal(run, 1))
        return -1;
    worker_count(work->worker, 0, 1);
    worker_count(work->worker, 1, work->doc.record.raw_bytes);
    return work_unit(run);
}

/* Bytes of memory that a byte of text may take until its document is stored: a figure every twenty bytes, each with its
 * record, its stored form and what stands between them. */
#define MEMORY_A_BYTE 256u

/* One that may not fit what a worker is held to. */
static int is_large(const struct run *run, uint64_t size)
{
    return size > run->plan->memory / 32 || size > run->memory_limit / MEMORY_A_BYTE;
}

/* A large document takes a worker's memory several times over, so one at a time is in work, and may take as much as the
 * only worker of a run could: the result does not depend on how many there are. The lock is a process' own: it is gone
 * when the worker dies. Gives what `turn_over` wants. */
static rlim_t turn_begin(const struct run *run)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
    while (fcntl(run->large_fd, F_SETLKW, &lock) < 0 && errno == EINTR)
        ;
    return limits_widen();
}

static void turn_over(const struct run *run, rlim_t before)
{
    struct flock lock = {.l_type = F_UNLCK, .l_whence = SEEK_SET, .l_len = 1};
    limits_narrow(before);
    fcntl(run->large_fd, F_SETLK, &lock);
}

static assay_status lost(struct run *run, const char *what)
{
    struct work *work = &run->work;
    work_say(run, what);
    work->stop = 1;
    return ASSAY_EFATAL;
}

assay_status reading_document(struct run *run, struct assay_item *item, const struct table_view *view,
                              const void *record, struct assay_text bytes, const struct assay_map *map, uint64_t runs)
{
    struct work *work = &run->work;
    if (work->stop)
        return ASSAY_EFATAL;
    work_look_after(work); /* what a preparer finds closed, this reader may have closed */
    item->docs++;
    for (struct assay_item *top = item; top; top = top->above)
        top->said++;
    if (work->event++ < work->drop)
        return ASSAY_OK;
    uint32_t step = work->step, hook = work->hook;
    assay_status forced = work->forced;
    worker_size(work->worker, bytes.size);
    const char *why = doc_start(&work->doc, 0, bytes, map, runs);
    if (why)
        return hook_fail(work, bytes.size >= UINT32_MAX ? ASSAY_EDOC : ASSAY_EFATAL,
                         bytes.size >= UINT32_MAX ? CODE_LIMIT : CODE_CONTRACT, "add_document: %s", why);
    work->doc.ordinal = (uint32_t)(work->docs.size / sizeof(uint64_t));
    work->doc.line = item->line + item->docs;
    if (!fill_record(run, item, view, record, bytes))
        return hook_fail(work, ASSAY_ENOMEM, CODE_MEMORY, NO_MEMORY);
    if (!run->request->only_doc ||
        (strlen(run->request->only_doc) == work->doc.record.doc.size &&
         !memcmp(run->request->only_doc, work->doc.record.doc.at, work->doc.record.doc.size))) {
        int large = is_large(run, bytes.size);
        rlim_t before = large ? turn_begin(run) : 0;
        worker_name(work->worker, work->unit, work->doc.record.doc.at, work->doc.record.doc.size);
        int failed = steps_document(run) < 0;
        if (failed)
            errno = ENOMEM;
        if (failed || store_document(run))
            return lost(run, failed ? "a document" : SEGMENT_UNWRITTEN);
        if (large) {
            doc_reset(&work->doc); /* its memory is wanted back first */
            turn_over(run, before);
        }
    }
    hook_begin(work, step, hook);
    work->forced = forced;
    worker_size(work->worker, item->size);
    worker_name(work->worker, work->unit, item->name.at, item->name.size);
    worker_hand(work->worker, work->unit, step, hook);
    return ASSAY_OK;
}

/* ---- items ---- */

static int note_item(struct run *run, struct assay_item *item, uint32_t step, uint32_t code, struct assay_text message,
                     uint32_t death)
{
    struct work *work = &run->work;
    struct failing f = {.path = item->input->name,
                        .message = message,
                        .step = step,
                        .stage = STAGE_READ,
                        .code = code,
                        .death = death,
                        .ordinal = INDEX_NONE};
    return work->event++ < work->drop || note_failure(run, &f) ? 0 : -1;
}

/* 1: accepted. 0: not. < 0: stop. */
static int accepts(struct run *run, struct assay_item *item, uint32_t step, struct assay_text head)
{
    struct work *work = &run->work;
    const struct assay_plugin *plugin = run->plan->step[step].plugin;
    char why[FAULT_ROOM];
    if (!plugin->accept)
        return 1;
    const struct pool_fault *fault = worker_fault(work->worker, work->unit, step, HOOK_ACCEPT);
    if (fault) {
        struct failing f = {0};
        failing_fault(&f, fault, why, sizeof why);
        return note_item(run, item, step, f.code, f.message, 1);
    }
    hook_begin(work, step, HOOK_ACCEPT);
    worker_name(work->worker, work->unit, item->name.at, item->name.size);
    worker_hand(work->worker, work->unit, step, HOOK_ACCEPT);
    assay_status status = hook_end(work, plugin->accept(run->step[step].self, item->name, head));
    if (status == ASSAY_EFATAL)
        return steps_fatal(run, "accept");
    if (status == ASSAY_NO && *work->message && !*work->refusal)
        snprintf(work->refusal, sizeof work->refusal, "no step reads %.40s", work->message);
    return status == ASSAY_OK;
}

int reading_reader(struct run *run, struct assay_item *item, uint32_t *step)
{
    char room[HEAD];
    uint64_t got = 0;
    *step = item->input->step;
    if (*step != PLAN_NONE && !item->above)
        return 0;
    if (item_pread(item, 0, room, sizeof room, &got))
        got = 0;
    *run->work.refusal = 0;
    for (uint32_t i = 0; i < run->plan->steps; i++) {
        if (run->plan->step[i].plugin->role != ASSAY_READER || run->plan->step[i].stdin_only)
            continue;
        int yes = accepts(run, item, i, (struct assay_text){room, got});
        if (yes < 0)
            return -1;
        if (yes) {
            *step = i;
            return 0;
        }
    }
    *step = PLAN_NONE;
    if (!*run->work.refusal)
        strcpy(run->work.refusal, "no reader takes it");
    return 0;
}

/* Calls read. < 0: stop. */
static int read_with(struct run *run, struct assay_item *item)
{
    struct work *work = &run->work;
    const struct assay_plugin *plugin = run->plan->step[item->step].plugin;
    struct assay_item *outer = work->item;
    char why[FAULT_ROOM];
    const struct pool_fault *fault = worker_fault(work->worker, work->unit, item->step, HOOK_READ);
    if (fault) {
        struct failing f = {0};
        failing_fault(&f, fault, why, sizeof why);
        work->event = work->drop; /* what came before it is stored */
        return note_item(run, item, item->step, f.code, f.message, 1);
    }
    work->item = item;
    hook_begin(work, item->step, HOOK_READ);
    worker_size(work->worker, item->size);
    worker_name(work->worker, work->unit, item->name.at, item->name.size);
    worker_hand(work->worker, work->unit, item->step, HOOK_READ);
    assay_status status = hook_end(work, plugin->read(run->step[item->step].self, item, item->name));
    work->item = outer;
    if (work->stop)
        return -1;
    if (status == ASSAY_EFATAL)
        return steps_fatal(run, "read");
    if (status < 0 && !item->told) {
        struct failing f = {.stage = STAGE_READ};
        failing_hook(&f, work, status);
        item->said++;
        return note_item(run, item, item->step, f.code, f.message, 0);
    }
    return 0;
}

static void close_item(struct assay_item *item)
{
    if (item->fd >= 0)
        close(item->fd);
    free(item->owned);
    arena_free(&item->arena);
}

assay_status reading_member(struct run *run, struct assay_item *above, struct assay_text name, struct assay_text bytes)
{
    struct work *work = &run->work;
    work_look_after(work);
    uint32_t step = work->step, hook = work->hook;
    assay_status forced = work->forced;
    struct assay_item item = {.run = run, .above = above, .input = above->input, .depth = above->depth + 1, .fd = -1,
                              .bytes = bytes.at ? bytes : (struct assay_text){"", 0}, .size = bytes.size, .line = 1};
    char *path = arena_alloc(&item.arena, above->name.size + name.size + 3);
    if (!path)
        return hook_fail(work, ASSAY_ENOMEM, CODE_MEMORY, NO_MEMORY);
    memcpy(path, above->name.at, above->name.size);
    memcpy(path + above->name.size, "!/", 2);
    memcpy(path + above->name.size + 2, name.at, name.size);
    item.name = (struct assay_text){path, above->name.size + 2 + name.size};
    uint64_t top = above->input->name.size + 2;
    item.member = (struct assay_text){path + top, item.name.size - top};
    int status = reading_reader(run, &item, &item.step);
    int nobody = !status && item.step == PLAN_NONE;
    if (!status && !nobody)
        status = read_with(run, &item);
    close_item(&item);
    for (struct assay_item *up = above; up; up = up->above)
        up->said += item.said != 0;
    if (status < 0) {
        work->stop = 1;
        return ASSAY_EFATAL;
    }
    hook_begin(work, step, hook);
    work->forced = forced;
    worker_name(work->worker, work->unit, above->name.at, above->name.size);
    worker_hand(work->worker, work->unit, step, hook);
    return nobody ? ASSAY_NO : ASSAY_OK;
}

static int skip_item(struct run *run, struct assay_item *item, const char *reason)
{
    struct work *work = &run->work;
    if (work->event++ < work->drop)
        return 0;
    return note_skipped(run, item->input->name, (struct assay_text){reason, strlen(reason)}, item->size, INDEX_NONE)
               ? 0
               : -1;
}

static int read_item(struct run *run, struct assay_item *item)
{
    if (item->input->error || item_open(item))
        return note_item(run, item, PLAN_NONE, CODE_UNREADABLE,
                         (struct assay_text){strerror(errno), strlen(strerror(errno))}, 0);
    if (reading_reader(run, item, &item->step))
        return -1;
    if (item->step == PLAN_NONE)
        return skip_item(run, item, run->work.refusal);
    if (read_with(run, item))
        return -1;
    return item->said || item->piece || item->told ? 0 : skip_item(run, item, item->size ? "no document" : "empty");
}

int reading_item(struct run *run, const struct item *from)
{
    struct work *work = &run->work;
    const struct input *input = &run->inputs.input[from->input];
    struct assay_item item = {.run = run,
                              .input = input,
                              .piece = from->piece,
                              .name = input->name,
                              .fd = -1,
                              .begin = from->begin,
                              .size = from->end - from->begin,
                              .line = from->line};
    errno = input->error;
    int status = read_item(run, &item);
    close_item(&item);
    if (status)
        return status;
    uint64_t begun = stream_begin(&work->stream, BLOCK_ITEM, 0);
    if (stream_end(&work->stream, begun, work->unit + 1) || work_unit(run))
        return lost(run, SEGMENT_UNWRITTEN) < 0 ? -1 : 0;
    work->event = work->drop = 0;
    return 0;
}
