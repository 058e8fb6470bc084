/* SPDX-License-Identifier: Apache-2.0
 *
 * Items: inputs as they are, or pieces of large ones cut after a line end where the reader that takes them allows it.
 * Pieces are of one size whatever the workers, since a reader's crash costs the rest of its piece. Cutting asks readers
 * and counts lines, so workers do it, one task a large input.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reading.h"
#include "work.h"

#define PIECE (1u << 20)

static struct segment *segment_of(struct run *run, uint32_t task)
{
    return &run->kept[run->kepts - 1][task];
}

/* Writes a struct item for each piece. */
static int cut(struct run *run, struct assay_item *item, uint32_t input)
{
    struct bytes *out = &run->work.stream.buf;
    struct item piece = {.input = input, .piece = 1, .line = 1};
    uint64_t lines = 0, size = 1u << 18, got;
    char *room = malloc(size);
    for (uint64_t at = 0; room && at < item->size; at += got) {
        if (item_pread(item, at, room, size, &got) || !got) /* the reader will say so */
            break;
        for (const char *p = room, *nl; (nl = memchr(p, '\n', (size_t)(room + got - p))); p = nl + 1) {
            lines++;
            uint64_t behind = at + (uint64_t)(nl - room) + 1;
            if (behind - piece.begin < PIECE || behind >= item->size)
                continue;
            piece.end = behind;
            bytes_add(out, &piece, sizeof piece);
            piece.begin = behind;
            piece.line = lines + 1;
        }
    }
    piece.end = item->size;
    bytes_add(out, &piece, sizeof piece);
    free(room);
    return room && !out->failed ? 0 : -1;
}

static int32_t cut_task(void *own, struct worker *worker)
{
    struct run *run = own;
    uint32_t input = run->large[worker->index];
    const struct input *in = &run->inputs.input[input];
    struct assay_item item = {.run = run, .input = in, .name = in->name, .fd = -1, .size = in->size, .line = 1};
    struct worker fresh = *worker;
    fresh.resume = 0;
    if (work_resume(run, &fresh, segment_of(run, worker->index)))
        return work_failed(run, SEGMENT_UNOPENED);
    run->work.worker = worker;
    uint32_t step = PLAN_NONE;
    int faulty = worker->faults > 0; /* a reader that dies here will die again when it is asked in earnest */
    int status = faulty ? 0 : reading_reader(run, &item, &step);
    atomic_store(&worker->task->hand, 0);
    run->work.notes.size = 0;
    run->work.stream.buf.size = 0;
    if (!status && step != PLAN_NONE && run->plan->step[step].plugin->flags & ASSAY_LINES)
        status = cut(run, &item, input);
    if (!status)
        status = work_foot(run, NULL, 0, 0, run->work.stream.buf.size);
    if (item.fd >= 0)
        close(item.fd);
    return status ? work_failed(run, "cutting") : 0;
}

static int add_pieces(struct run *run, uint32_t task)
{
    struct segment *segment = segment_of(run, task);
    if (segments_map(segment, 1))
        return -1;
    uint64_t n = foot_of(segment)->blob_size / sizeof(struct item);
    const struct item *piece = (const struct item *)(const void *)segment->at;
    for (uint64_t i = 0; i < n; i++)
        if (!inputs_item(&run->inputs, piece[i]))
            return -1;
    return n > 0;
}

static int add_items(struct run *run)
{
    uint32_t task = 0;
    for (uint64_t i = 0; i < run->inputs.inputs; i++) {
        if (task < run->larges && run->large[task] == i) {
            int cut_up = add_pieces(run, task++);
            if (cut_up < 0)
                return -1;
            if (cut_up)
                continue;
        }
        if (!inputs_item(&run->inputs, (struct item){(uint32_t)i, 0, 0, run->inputs.input[i].size, 1}))
            return -1;
    }
    return 0;
}

int cut_inputs(struct run *run)
{
    const struct inputs *in = &run->inputs;
    int lines = 0;
    for (uint32_t i = 0; i < run->plan->steps; i++)
        lines |= run->plan->step[i].plugin->role == ASSAY_READER && run->plan->step[i].plugin->flags & ASSAY_LINES;
    for (uint64_t i = 0; lines && i < in->inputs; i++)
        run->larges += in->input[i].size > 2 * PIECE && !in->input[i].error;
    run->large = calloc((uint64_t)run->larges + 1, sizeof *run->large);
    if (!run->large)
        return RUN_INTERNAL;
    for (uint64_t i = 0, n = 0; n < run->larges; i++)
        if (in->input[i].size > 2 * PIECE && !in->input[i].error)
            run->large[n++] = (uint32_t)i;
    int status = RUN_DONE;
    if (run->larges) {
        status = segments_new(run, run->larges) ? pool_stage(run, "listing", run->larges, cut_task, NULL, NULL)
                                                   : RUN_INTERNAL;
    }
    if (!status && add_items(run))
        status = RUN_INTERNAL;
    for (uint32_t i = 0; i < run->larges && run->kepts; i++)
        segment_close(&run->store, segment_of(run, i));
    if (run->larges && run->kepts)
        free(run->kept[--run->kepts]);
    return status;
}
