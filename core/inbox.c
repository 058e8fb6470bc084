/* SPDX-License-Identifier: Apache-2.0
 *
 * What the rounds of the pass before made for documents: on its way to them while this pass' maps run.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "prefetch.h"
#include "work.h"

#define AHEAD 64u /* documents whose records are looked at before their turn */

/* Rows for the documents of one task, by document, in order of making. */
struct inbox {
    const struct made_row **row;
    uint64_t *first; /* [documents + 1] */
    uint64_t bytes;
    uint64_t named; /* documents whose rows inbox_ahead has looked at */
};

static void walk_section(const struct run *run, const char *map, const struct foot_section *s, uint32_t task,
                         struct inbox *inbox, int fill)
{
    for (uint64_t at = s->at; at < s->at + s->size;) {
        const struct made_row *row = (const struct made_row *)(const void *)(map + at);
        uint64_t ordinal = row->number - run->index.base[task];
        if (fill)
            inbox->row[inbox->first[ordinal]++] = row;
        else
            inbox->first[ordinal + 1]++;
        at += row->size;
    }
}

static void walk(const struct run *run, uint32_t task, struct inbox *inbox, int fill)
{
    for (uint32_t i = 0; i < run->mades; i++) {
        uint64_t blocks = foot_of(&run->made[i])->sections;
        for (uint64_t b = 0; b < blocks; b++)
            walk_section(run, run->made[i].at, made_table(&run->made[i], b) + task, task, inbox, fill);
    }
}

static int open_inbox(const struct run *run, uint32_t task, struct inbox *inbox)
{
    for (uint32_t i = 0; i < run->mades; i++) {
        uint64_t blocks = foot_of(&run->made[i])->sections;
        for (uint64_t b = 0; b < blocks; b++) {
            const struct foot_section *s = made_table(&run->made[i], b) + task;
            segment_ahead(&run->made[i], s->at, s->size);
        }
    }
    uint64_t docs = run->index.base[task + 1] - run->index.base[task];
    inbox->first = calloc(docs + 2, sizeof *inbox->first);
    if (!inbox->first)
        return 0;
    walk(run, task, inbox, 0);
    for (uint64_t i = 0; i < docs; i++)
        inbox->first[i + 1] += inbox->first[i];
    inbox->bytes = (docs + 2 + inbox->first[docs] + 1) * sizeof(uint64_t);
    inbox->row = malloc((inbox->first[docs] + 1) * sizeof *inbox->row);
    if (!inbox->row)
        return 0;
    walk(run, task, inbox, 1); /* moves each first to its end: the next one's first */
    memmove(inbox->first + 1, inbox->first, docs * sizeof *inbox->first);
    inbox->first[0] = 0;
    return 1;
}

static uint64_t close_inbox(struct inbox *inbox)
{
    uint64_t bytes = inbox->bytes;
    free(inbox->row);
    free(inbox->first);
    *inbox = (struct inbox){0};
    return bytes;
}

void inbox_ahead(struct run *run, uint32_t task, uint32_t ordinal)
{
    struct inbox *inbox = run->work.inbox ? &run->work.inbox[task] : NULL;
    uint64_t docs = run->index.base[task + 1] - run->index.base[task], to = (uint64_t)ordinal + AHEAD;
    if (!inbox || !inbox->row || !prefetch_wanted(run))
        return;
    if (inbox->named < ordinal)
        inbox->named = ordinal;
    for (; inbox->named < docs && inbox->named < to; inbox->named++) {
        struct prefetch prefetch = {.n = 0};
        for (uint64_t i = inbox->first[inbox->named]; i < inbox->first[inbox->named + 1]; i++) {
            const struct made_row *row = inbox->row[i];
            prefetch_add(&prefetch, run->plan->layer[row->layer].fields, row + 1, 0);
        }
        prefetch_tell(run, &prefetch);
    }
}

static void drop_all(struct run *run)
{
    struct work *work = &run->work;
    for (uint32_t i = 0; work->inbox && i < run->tasks; i++)
        close_inbox(&work->inbox[i]);
    work->inbox_bytes = 0;
}

/* The inbox of a task, kept for the next document of it. Those of all tasks may not fit: then they are dropped, and
 * made again when asked for. */
static const struct inbox *inbox_of(struct run *run, uint32_t task)
{
    struct work *work = &run->work;
    if (!work->inbox && !(work->inbox = calloc((uint64_t)run->tasks + 1, sizeof *work->inbox)))
        return NULL;
    struct inbox *inbox = &work->inbox[task];
    if (inbox->row)
        return inbox;
    if (work->inbox_bytes > run->share / 16)
        drop_all(run);
    if (!open_inbox(run, task, inbox)) {
        close_inbox(inbox);
        return NULL;
    }
    work->inbox_bytes += inbox->bytes;
    return inbox;
}

void inboxes_close(struct run *run)
{
    drop_all(run);
    free(run->work.inbox);
    run->work.inbox = NULL;
}

int inbox_deliver(struct run *run, struct assay_doc *doc, uint32_t number)
{
    const struct plan *plan = run->plan;
    uint32_t task = index_task(&run->index, number);
    const struct inbox *inbox = inbox_of(run, task);
    if (!inbox)
        return 0;
    uint64_t ordinal = number - run->index.base[task];
    for (uint64_t i = inbox->first[ordinal]; i < inbox->first[ordinal + 1]; i++)
        if (!doc_deliver(doc, inbox->row[i]->layer, (const char *)(inbox->row[i] + 1)))
            return 0;
    for (uint32_t i = 1; i < plan->layers; i++)
        if (inbox_brings(run, i) && !doc_delivered(doc, i))
            return 0;
    return 1;
}

int inbox_sum(struct run *run, uint32_t number, uint64_t layers, uint64_t *sum)
{
    uint32_t task = index_task(&run->index, number);
    const struct inbox *inbox = inbox_of(run, task);
    uint64_t hash = 0;
    if (!inbox) {
        errno = ENOMEM;
        return -1;
    }
    uint64_t ordinal = number - run->index.base[task];
    for (uint64_t i = inbox->first[ordinal]; i < inbox->first[ordinal + 1]; i++) {
        const struct made_row *row = inbox->row[i];
        if (layers != UINT64_MAX && (row->layer >= 64 || !(layers >> row->layer & 1)))
            continue;
        uint64_t three[3] = {hash, row->layer, XXH3_64bits(row + 1, row->size - sizeof *row)};
        hash = XXH3_64bits(three, sizeof three);
    }
    *sum = hash;
    return 0;
}

int inbox_brings(const struct run *run, uint32_t i)
{
    const struct plan_layer *layer = &run->plan->layer[i];
    if (layer->where & (ASSAY_ON_CORPUS | ASSAY_BY_MAP) || layer->step == PLAN_NONE || layer->ready != run->pass ||
        run->step[layer->step].dead)
        return 0;
    return run->plan->step[layer->step].plugin->layer[layer->slot].stage != 0;
}
