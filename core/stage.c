/* SPDX-License-Identifier: Apache-2.0
 *
 * Stages as jobs of the pool: their segments, their tasks, deaths of workers, what they cost.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "runfolder.h"
#include "work.h"

struct segment *segments_none(struct run *run, uint32_t n)
{
    struct segment *segment = calloc((uint64_t)n + 1, sizeof *segment);
    struct segment **kept = realloc(run->kept, (run->kepts + 1) * sizeof *kept);
    if (kept)
        run->kept = kept;
    uint32_t *count = realloc(run->kept_count, (run->kepts + 1) * sizeof *count);
    if (count)
        run->kept_count = count;
    uint32_t *docs = realloc(run->kept_docs, (run->kepts + 1) * sizeof *docs);
    if (docs)
        run->kept_docs = docs;
    if (!segment || !kept || !count || !docs) {
        free(segment);
        diag_say(run->diag, DIAG_ERROR, "out of memory");
        return NULL;
    }
    for (uint32_t i = 0; i < n; i++)
        segment[i] = (struct segment){.memory = -1, .file = -1};
    run->kept[run->kepts] = segment;
    run->kept_count[run->kepts] = n;
    run->kept_docs[run->kepts++] = 0;
    return segment;
}

struct segment *segments_new(struct run *run, uint32_t n)
{
    struct segment *segment = segments_none(run, n);
    /* texts, records and emissions are several times the input */
    int spill = run->inputs.bytes >= run->store.in_memory / 16;
    if (!segment)
        return NULL;
    for (uint32_t i = 0; i < n; i++) {
        if (!segment_create(&run->store, &segment[i], spill))
            continue;
        diag_say(run->diag, DIAG_ERROR, "a segment cannot be made in %s: %s", run->store.folder, strerror(errno));
        return NULL; /* those that were made are closed at the end */
    }
    return segment;
}

struct segment *segments_stage(struct run *run, uint32_t n, int of_docs)
{
    struct segment *segment = run->folder ? segments_none(run, n) : segments_new(run, n);
    if (segment)
        run->kept_docs[run->kepts - 1] = (uint32_t)of_docs;
    return segment;
}

int segments_map(struct segment *segment, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (segment_map(&segment[i]) || !foot_of(&segment[i]))
            return -1;
    return 0;
}

static void began(void *own)
{
    struct run *run = own;
    runfolder_work(run);
}

/* The unit's name, ": " behind it, into room; empty where it is not known. */
static void name_unit(const struct pool_fault *fault, char *room, size_t size)
{
    uint32_t kind = HOOK_KIND(fault->hook), from = 0;
    struct assay_text name = {fault->name, fault->name_size};
    char key[2 * POOL_NAME + 1];
    if (kind == HOOK_REDUCE || kind == HOOK_COMBINE)
        name = key_text(fault->name, fault->name_size, key, sizeof key);
    while (from < name.size && ((unsigned char)name.at[from] & 0xc0) == 0x80) /* cut in front */
        from++;
    snprintf(room, size, "%.*s%s", (int)(name.size - from), name.at + from, name.size ? ": " : "");
}

/* A worker's death: the first is a warning; the second becomes a failure record, written by the successor. */
static int died(void *own, uint32_t task, const struct pool_fault *fault, int fatal)
{
    struct run *run = own;
    char why[FAULT_ROOM], unit[FAULT_ROOM + 2 * POOL_NAME];
    struct failing f = {0};
    (void)task;
    name_unit(fault, unit, sizeof unit);
    failing_fault(&f, fault, why, sizeof why);
    const char *name = fault->step < run->plan->steps ? run->plan->step[fault->step].plugin->name : "assay";
    diag_say(run->diag, DIAG_WARNING, "%s: %s%s%s", name, unit, why,
             fatal ? " again; recorded as a failure" : "; tried once more");
    return 0;
}

static double seconds(struct timeval later, struct timeval earlier)
{
    return (double)(later.tv_sec - earlier.tv_sec) + (double)(later.tv_usec - earlier.tv_usec) / 1e6;
}

/* Where the time of a run goes, for those who ask. */
static void say_cost(const struct run *run, const char *what, const struct timespec *began, const struct rusage *before)
{
    struct timespec now;
    struct rusage after;
    clock_gettime(CLOCK_MONOTONIC, &now);
    getrusage(RUSAGE_CHILDREN, &after);
    diag_say(run->diag, DIAG_DEBUG,
             "pass %u, %s: %.1f s, CPU %.1f + %.1f s, read %ld MB, written %ld MB, faults %ld + %ld", run->pass, what,
             (double)(now.tv_sec - began->tv_sec) + (double)(now.tv_nsec - began->tv_nsec) / 1e9,
             seconds(after.ru_utime, before->ru_utime), seconds(after.ru_stime, before->ru_stime),
             (after.ru_inblock - before->ru_inblock) / 2048, (after.ru_oublock - before->ru_oublock) / 2048,
             after.ru_minflt - before->ru_minflt, after.ru_majflt - before->ru_majflt);
}

/* The host itself touches a little of every segment, and the system maps what lies around it: workers begin without
 * that. */
static void let_go(const struct run *run)
{
    for (uint32_t k = 0; k < run->kepts; k++)
        for (uint32_t i = 0; i < run->kept_count[k]; i++)
            segment_relax(&run->kept[k][i], run->kept[k][i].size + 4095);
}

int asked_exit(struct run *run)
{
    uint32_t code = atomic_load(run->fatal);
    if (code <= RUN_INTERNAL)
        return (int)code;
    diag_say(run->diag, DIAG_ERROR,
             "memory that the workers share was overwritten: a plugin writes where it should not");
    return RUN_PLUGIN;
}

int pool_stage(struct run *run, const char *what, uint32_t tasks, int32_t (*work)(void *, struct worker *),
               int (*whole)(void *, uint32_t), const uint64_t *before)
{
    if (!tasks)
        return RUN_DONE;
    struct pool_job job = {
        .what = what,
        .tasks = tasks,
        .workers = run->request->isolate_none ? 0 : run->request->workers < tasks ? run->request->workers : tasks,
        .memory = run->memory_limit,
        .memory_most = run->plan->memory / 2,
        .limit_ms = run->plan->limit_ms,
        .limit_ms_per_100kb = run->plan->limit_ms_per_100kb,
        .own = run,
        .began = began,
        .run = work,
        .whole = whole,
        .died = died,
        .tick = progress_tick,
        .diag = run->diag,
    };
    struct timespec began;
    struct rusage used;
    clock_gettime(CLOCK_MONOTONIC, &began);
    getrusage(RUSAGE_CHILDREN, &used);
    progress_stage(run->progress, what, tasks);
    let_go(run);
    int status = pool_run(&job, before);
    say_cost(run, what, &began, &used);
    progress_clear(run->progress);
    if (status == POOL_OK)
        return RUN_DONE;
    if (run->stopped)
        return run->stopped;
    int asked = asked_exit(run);
    return asked ? asked : RUN_INTERNAL;
}
