/* SPDX-License-Identifier: Apache-2.0
 *
 * The host table: writing.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "prefetch.h"
#include "outputs.h"
#include "results.h"
#include "work.h"
#include "write_all.h"

#define NEAR 64u /* documents from the one before that the system reads along with it */
#define FAR 64u  /* documents ahead that it is asked for where it does not */

#define SINK_ROOM (256u << 10)

static assay_status out_of_memory(struct work *work)
{
    return hook_fail(work, ASSAY_ENOMEM, CODE_MEMORY, NO_MEMORY);
}

/* Documents stand in the order they were read in, which is that of their ids or is not. */
static void open_next(struct run *run, struct assay_results *results)
{
    const struct doc_index *index = &run->index;
    uint32_t number = index->number[index->order[results->next]];
    int alone = number - results->number > NEAR; /* wraps where it lies before */
    if (alone && results->next + FAR < index->kept)
        index_ahead(index, index->number[index->order[results->next + FAR]]);
    index_open(index, &results->doc, number, results->parts, alone);
    results->number = number;
    results->next++;
}

static assay_status next_document(const struct assay_host *host, struct assay_results *results,
                                  const struct assay_doc **doc)
{
    struct work *work = host_enter(host, IN_WRITE, "next_document");
    *doc = NULL;
    if (!work)
        return ASSAY_EFATAL;
    struct run *run = results->run;
    worker_beat(work->worker);
    if (results->next == run->index.kept) {
        results->next = 0; /* a second round starts again */
        worker_size(work->worker, results->given); /* whatever the writer makes of the whole */
        return ASSAY_END;
    }
    open_next(run, results);
    worker_count(work->worker, 0, 1);
    work_relax(run);
    results->given += results->doc.text.size;
    worker_size(work->worker, results->doc.text.size);
    *doc = &results->doc;
    return ASSAY_OK;
}

/* failure/1, skipped/1 and run/1. */
static struct assay_list own_layer(struct assay_results *results, uint32_t layer, uint32_t most)
{
    struct run *run = results->run;
    const struct shape *shape = run->tables.layer[layer];
    struct reading *reading = &results->reading[layer];
    uint32_t kind = layer + PLAN_OWN - run->plan->layers;
    if (kind > NOTE_SKIPPED) { /* run/1: one record */
        int first = !reading->at++;
        if (!first)
            reading->at = 0;
        return (struct assay_list){first && most ? &run->record : NULL, first && most, shape->size};
    }
    uint64_t left = run->stored_count[kind] - reading->at;
    uint32_t n = left < most ? (uint32_t)left : most;
    struct assay_list list = {NULL, 0, shape->size};
    arena_reset(&reading->arena);
    char *rows = arena_alloc(&reading->arena, (uint64_t)n * shape->size);
    for (uint32_t i = 0; i < n && rows; i++) {
        const char *stored = run->stored[kind][reading->at + i];
        memcpy(rows + (uint64_t)i * shape->size, stored, shape->size);
        if (!record_relocate(&reading->arena, shape, rows + (uint64_t)i * shape->size, 1, stored))
            rows = NULL;
    }
    if (!rows)
        return (struct assay_list){0};
    reading->at = n ? reading->at + n : 0;
    list.at = n ? rows : NULL;
    list.count = n;
    return list;
}

/* Writers print ids and quotes of the documents that a record names. */
static void prefetch_of(struct run *run, const struct assay_fields *fields, struct assay_list list)
{
    for (uint32_t i = 0; list.count > 1 && i < list.count && prefetch_wanted(run); i++) {
        struct prefetch prefetch = {.n = 0};
        prefetch_add(&prefetch, fields, (const char *)list.at + (uint64_t)i * list.stride, 1);
        prefetch_tell(run, &prefetch);
    }
}

static struct assay_list corpus(const struct assay_host *host, struct assay_results *results, uint32_t slot,
                                uint32_t most)
{
    struct work *work = host_enter(host, IN_WRITE, "corpus");
    const struct table_view *view = work ? host_slot(host, work, slot) : NULL;
    struct run *run = results->run;
    if (!view || view->layer == PLAN_NONE || !(run->plan->layer[view->layer].where & ASSAY_ON_CORPUS))
        return (struct assay_list){0};
    struct reading *reading = &results->reading[view->layer];
    struct assay_list list;
    if (view->layer + PLAN_OWN >= run->plan->layers) {
        list = own_layer(results, view->layer, most);
    } else {
        const struct shape *shape = run->tables.layer[view->layer];
        int unique = (run->plan->layer[view->layer].where & ASSAY_UNIQUE) != 0;
        if (!reading->reader.started && !corpus_open(&reading->reader, &run->corpus[view->layer], shape, unique)) {
            out_of_memory(work);
            return (struct assay_list){0};
        }
        list = corpus_next(&reading->reader, most);
        prefetch_of(run, shape->fields, list);
        if (!list.count && most)
            corpus_close(&reading->reader);
    }
    if (!list.stride) {
        out_of_memory(work);
        return (struct assay_list){0};
    }
    worker_beat(work->worker);
    results->given += (uint64_t)list.count * list.stride;
    worker_size(work->worker, results->given);
    if (view->convert && list.count) {
        if (view->layer + PLAN_OWN < run->plan->layers)
            arena_reset(&reading->arena);
        list.at = convert_run(&reading->arena, view->convert, list.at, list.count, list.stride);
        list.stride = view->size;
        if (!list.at) {
            out_of_memory(work);
            return (struct assay_list){0};
        }
    }
    return list;
}

/* ---- layers ---- */

static uint32_t layers(const struct assay_host *host)
{
    const struct run *run = host_run(host);
    return HOOK_KIND(run->work.hook) == HOOK_WRITE ? run->tables.publics : 0;
}

static const struct assay_layer_info *layer(const struct assay_host *host, uint32_t i)
{
    struct run *run = host_run(host);
    if (!host_enter(host, IN_WRITE, "layer") || i >= run->tables.publics)
        return NULL;
    const struct plan_layer *from = &run->plan->layer[run->tables.public_[i]];
    struct assay_layer_info *info = arena_alloc(&run->work.arena, sizeof *info);
    if (!info)
        return NULL;
    *info = (struct assay_layer_info){
        .name = from->name,
        .plugin = from->step == PLAN_NONE ? "assay" : run->plan->step[from->step].plugin->name,
        .major = from->major,
        .where = from->where,
        .fields = from->fields,
        .help = from->help,
    };
    return info;
}

/* ---- outputs ---- */

static assay_status robbed(struct work *work)
{
    return hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "it closed files that are not its own");
}

static assay_status cannot(struct work *work, const char *path)
{
    return hook_fail(work, ASSAY_EFATAL, CODE_UNREADABLE, "%s: %s", path, strerror(errno));
}

static assay_status open_sink(struct assay_results *results, struct work *work, struct assay_sink *sink,
                              const char *path, const char **temporary)
{
    struct stat st;
    sink->shadow = output_shadow(&work->arena, path, results->run->pid, results->writer);
    if (!sink->shadow)
        return out_of_memory(work);
    int is_folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    if (is_folder && !temporary) {
        errno = EISDIR;
        return cannot(work, path);
    }
    if (is_folder && !output_may_replace(path))
        return hook_fail(work, ASSAY_EFATAL, CODE_UNREADABLE,
                         "%s: the folder holds other files; name a new or an empty one", path);
    if (!stat(path, &st) && !S_ISREG(st.st_mode) && !is_folder) { /* /dev/null, a pipe: nothing to rename */
        sink->fd = open(path, O_WRONLY | O_CLOEXEC);
        sink->shadow = NULL;
        if (temporary)
            *temporary = path;
        return file_note(sink->fd, &sink->id) ? cannot(work, path) : ASSAY_OK;
    }
    if (!file_is(results->list_fd, &results->list))
        return robbed(work);
    if (write_all(results->list_fd, path, strlen(path) + 1) ||
        write_all(results->list_fd, sink->shadow, strlen(sink->shadow) + 1))
        return cannot(work, path);
    if (temporary) {
        *temporary = sink->shadow;
        return ASSAY_OK;
    }
    sink->fd = open(sink->shadow, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return file_note(sink->fd, &sink->id) ? cannot(work, path) : ASSAY_OK;
}

static assay_status sink(const struct assay_host *host, struct assay_results *results, struct assay_text path,
                         struct assay_sink **made, const char **temporary)
{
    struct work *work = host_enter(host, IN_WRITE, "sink");
    *made = NULL;
    if (temporary)
        *temporary = NULL;
    if (!work)
        return ASSAY_EFATAL;
    struct assay_sink *one = arena_alloc(&work->arena, sizeof *one);
    char *name = arena_alloc(&work->arena, path.size + 1);
    if (!one || !name)
        return out_of_memory(work);
    memcpy(name, path.at, path.size);
    for (uint64_t n = path.size; n > 1 && name[n - 1] == '/'; n--)
        name[n - 1] = 0;
    *one = (struct assay_sink){.next = results->sink, .fd = -1};
    assay_status status = ASSAY_OK;
    if (path.size == 1 && name[0] == '-') {
        if (temporary)
            return hook_fail(work, ASSAY_EFATAL, CODE_CONTRACT, "this writer needs a file, not stdout: give it a path");
        one->to_stdout = 1;
        one->fd = segment_spool(results->spool);
        status = file_note(one->fd, &one->id) ? cannot(work, "stdout") : ASSAY_OK;
    } else {
        status = open_sink(results, work, one, name, temporary);
    }
    if (status)
        return status;
    results->sink = one;
    *made = temporary ? NULL : one;
    return ASSAY_OK;
}

static assay_status flush_sink(struct work *work, struct assay_sink *s)
{
    if (!file_is(s->fd, &s->id))
        return robbed(work);
    if (write_all(s->fd, s->buf.at, s->buf.size))
        return hook_fail(work, ASSAY_EFATAL, CODE_UNREADABLE, "the output cannot be written: %s", strerror(errno));
    s->buf.size = 0;
    return ASSAY_OK;
}

static assay_status write_sink(const struct assay_host *host, struct assay_sink *s, const void *bytes, uint64_t size)
{
    struct work *work = host_enter(host, IN_WRITE, "write");
    if (!work || s->fd < 0)
        return ASSAY_EFATAL;
    if (!bytes_add(&s->buf, bytes, size))
        return out_of_memory(work);
    return s->buf.size >= SINK_ROOM ? flush_sink(work, s) : ASSAY_OK;
}

static uint32_t sink_colour(const struct assay_host *host, const struct assay_sink *s, uint32_t *columns)
{
    const struct run *run = host_run(host);
    struct winsize window;
    if (columns)
        *columns = 80;
    if (!s || !s->to_stdout || !isatty(run->out_fd))
        return 0;
    if (columns && !ioctl(run->out_fd, TIOCGWINSZ, &window) && window.ws_col)
        *columns = window.ws_col;
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    return !(none && *none) && term && strcmp(term, "dumb");
}

/* After write returned: everything on the disk, or the hook has failed. */
assay_status sinks_close(struct work *work, struct assay_results *results, int ok)
{
    assay_status status = ASSAY_OK;
    for (struct assay_sink *s = results->sink; s; s = s->next) {
        if (s->fd < 0)
            continue;
        if (ok && !status)
            status = flush_sink(work, s);
        if (ok && !status && !s->to_stdout && fsync(s->fd) && errno != EINVAL && errno != EROFS)
            status =
                hook_fail(work, ASSAY_EFATAL, CODE_UNREADABLE, "the output cannot be written: %s", strerror(errno));
        bytes_free(&s->buf);
        if (!s->to_stdout)
            close(s->fd);
    }
    return status;
}

void host_fill_write(struct assay_host *host)
{
    host->next_document = next_document;
    host->corpus = corpus;
    host->layers = layers;
    host->layer = layer;
    host->sink = sink;
    host->write = write_sink;
    host->sink_colour = sink_colour;
}
