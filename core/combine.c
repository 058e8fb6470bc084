/* SPDX-License-Identifier: Apache-2.0
 *
 * Combine: values of equal keys become fewer before they leave the map task. Rows come out in order of the mixed key,
 * which is also the order of partitions, so they are written as sections at once.
 *
 * In pass 0 it is not known yet which documents are passed over for another of the same id, so only values of one
 * document are joined there: what a text that goes had emitted must go with it.
 */
#include <errno.h>

#include "work.h"

#define FLUSH_AT (1u << 20)

struct combine {
    struct run *run;
    const struct plan_round *round;
    uint32_t r;
    uint64_t unit;         /* of the key in hand: each has its own time */
    int over;              /* one key failed: the others stay as they are */
    struct failing why;    /* noted behind the sections */
    struct assay_text key; /* room below */
    char room[160], fault[FAULT_ROOM];
};

/* The values stay as they are: reduce can do without combine. -1: the run cannot go on. */
static int leave(struct combine *c, assay_status status, const struct pool_fault *fault, const void *key, uint32_t size)
{
    if (!fault && status == ASSAY_EFATAL)
        return steps_fatal(c->run, "combine");
    c->over = 1;
    c->why = (struct failing){.step = c->round->step, .stage = STAGE_MAP, .ordinal = INDEX_NONE};
    c->why.key = key_text(key, size, c->room, sizeof c->room);
    if (fault)
        failing_fault(&c->why, fault, c->fault, sizeof c->fault);
    else
        failing_hook(&c->why, &c->run->work, status);
    return 0;
}

/* 1: the key's values are in the stream's buffer. 0: they are not. */
static int joined(struct combine *c, const struct group_entry *entry, uint64_t n)
{
    struct run *run = c->run;
    struct work *work = &run->work;
    const struct assay_round *round = c->round->round;
    uint32_t hook = HOOK_OF(HOOK_COMBINE, c->round->index), size;
    const void *key = emit_key(entry->row, round->key_size, &size);
    const struct pool_fault *fault = worker_fault(work->worker, c->unit, c->round->step, hook);
    if (fault)
        return leave(c, 0, fault, key, size);
    struct bytes *to = &work->stream.buf;
    uint64_t before = to->size;
    arena_reset(&work->arena);
    work->out = (struct assay_out){.round = c->round, .to = to, .doc = entry->row->doc};
    work->doc.record.doc = (struct assay_text){0};
    struct assay_values *v = &work->values;
    v->entry = entry;
    v->doc = run->pass ? NULL : (const struct foot_name *)(const void *)work->ids.at;
    v->count = n;
    v->at = 0;
    v->is_corpus = 0;
    v->key_size = round->key_size;
    v->shape = run->tables.value[c->r];
    hook_begin(work, c->round->step, hook);
    worker_name(work->worker, c->unit, key, size);
    worker_hand(work->worker, c->unit, c->round->step, hook);
    assay_status status = hook_end(work, round->combine(run->step[c->round->step].self, key, size, v, &work->out));
    if (status == ASSAY_OK)
        return 1;
    to->size = before;
    to->failed = 0;
    return status > 0 ? 0 : leave(c, status, NULL, key, size);
}

static int copy_rows(struct stream *stream, const struct group_entry *entry, uint64_t n, struct foot_section *to)
{
    for (uint64_t i = 0; i < n; i++) {
        if (!bytes_add(&stream->buf, entry[i].row, entry[i].row->size)) {
            errno = ENOMEM;
            return -1;
        }
        to->rows++;
        to->size += entry[i].row->size;
        if (stream->buf.size >= FLUSH_AT && stream_flush(stream))
            return -1;
    }
    return 0;
}

/* One key's values behind the section of its partition. */
static int write_key(struct combine *c, const struct group_entry *entry, uint64_t n, struct foot_section *section)
{
    struct stream *stream = &c->run->work.stream;
    struct foot_section *to = &section[emit_part(entry->row->key, c->run->parts)];
    uint64_t begin = stream->buf.size;
    if (!to->rows)
        to->at = stream_size(stream);
    int done = n > 1 && !c->over ? joined(c, entry, n) : 0;
    c->unit++;
    if (done <= 0)
        return done < 0 ? -1 : copy_rows(stream, entry, n, to);
    for (uint64_t at = begin; at < stream->buf.size; to->rows++)
        at += ((const struct emit_row *)(const void *)(stream->buf.at + at))->size;
    to->size += stream->buf.size - begin;
    return stream->buf.size >= FLUSH_AT ? stream_flush(stream) : 0;
}

int combine_sections(struct run *run, const struct emit_run *emitted, uint64_t runs, uint32_t round,
                     struct foot_section *section)
{
    struct combine c = {.run = run, .round = &run->plan->round[round], .r = round, .unit = run->work.unit};
    struct groups groups;
    const struct group_entry *entry;
    uint64_t n;
    int status;
    if (!runs)
        return 0;
    const uint32_t *ranks = run->pass ? run->index.rank + run->index.base[run->work.worker->index] : NULL;
    groups_open_task(&groups, c.round->round, emitted, runs, ranks, run->share / 4);
    while ((status = groups_next(&groups, &entry, &n)) > 0)
        if (write_key(&c, entry, n, section)) {
            status = -1;
            break;
        }
    groups_close(&groups);
    arena_reset(&run->work.values.arena);
    atomic_store(&run->work.worker->task->hand, 0);
    if (status || stream_flush(&run->work.stream))
        return -1;
    return c.over && !note_failure(run, &c.why) ? -1 : 0;
}
