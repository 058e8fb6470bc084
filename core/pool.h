/* SPDX-License-Identifier: Apache-2.0
 *
 * The worker pool: runs the tasks of one stage in forked processes, so that a plugin's crash costs one unit.
 *
 * A task is done unit by unit (document or key), in order, appending to one stream. Its progress is ONE 64-bit word in
 * shared memory, units << 40 | bytes valid, stored after the bytes were written. A second word names what is in hand,
 * for blame only. A worker that dies is replaced; its successor truncates the stream to the word and goes on. The unit
 * in hand is tried once more in that fresh worker; if it kills again, it becomes a fault: the next successor must not
 * run that hook on that unit, but record a failure in its place.
 *
 * The pool knows nothing of documents or plugins: `run` does the work. In a worker stdin is /dev/null and stdout is
 * stderr; a job that writes to the real stdout keeps a duplicate of it from before.
 */
#ifndef POOL_H
#define POOL_H

#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

#include "diag.h"

#define POOL_UNITS(word) ((uint64_t)(word) >> 40)
#define POOL_BYTES(word) ((uint64_t)(word) & ((1ull << 40) - 1))

/* Why a unit is not to be run again; values are those of failure/1's code. */
enum pool_code { POOL_CRASH, POOL_TIMEOUT, POOL_MEMORY, POOL_EXIT, POOL_CONTRACT = 8 };
/* What was done to a worker that ends itself for it, as POOL_CONTRACT. */
enum pool_blame { POOL_NO_BLAME, POOL_CLOSED, POOL_LOWERED };

#define POOL_NAME 112 /* bytes of a name that are kept: the last ones */
struct pool_fault {
    uint64_t unit;
    uint32_t step, hook; /* as given to worker_hand */
    uint32_t code;       /* enum pool_code */
    uint32_t signal;     /* or exit status, or enum pool_blame */
    uint64_t size;       /* of the unit, bytes */
    char name[POOL_NAME]; /* of the unit, as it was given to worker_name; no bytes: it is not known */
    uint32_t name_size, zero;
};

/* Shared memory of one task. Only its worker writes; the parent reads. */
struct pool_task {
    _Atomic uint64_t done;  /* the progress word */
    _Atomic uint64_t hand;  /* (unit + 1) << 24 | step << 8 | hook; 0: between units */
    _Atomic uint64_t size;  /* of what is in hand, bytes, for its time limit */
    _Atomic uint64_t beat;  /* pieces of the unit handed out so far: with each its time starts anew */
    _Atomic uint64_t count[4]; /* for the progress bar: documents, bytes, failures, free */
    _Atomic uint32_t state; /* the pool's: waiting, taken by which worker, whole, failed */
    /* 1: a worker found files of the host closed or limits lowered and ended itself, or died outside of any hook; the
     * next ones look after each hook */
    _Atomic uint32_t wary;
    _Atomic uint32_t blame; /* of a worker that ends itself for what is in hand: enum pool_blame */
    _Atomic uint64_t named; /* unit + 1 that the name is of */
    uint32_t name_size;
    char name[POOL_NAME];
    int32_t status;         /* what run returned */
    char message[480];      /* why run failed */
};

/* What `run` sees. */
struct worker {
    struct pool_task *task;
    uint32_t index;          /* of the task */
    uint64_t resume;         /* progress word to go on from; 0: from the start */
    /* unit + 1 that killed a worker: store the progress before it, run it, store again; 0: none */
    uint64_t suspect;
    const struct pool_fault *fault;
    uint32_t faults;
};

/* 1: the task is done. */
int pool_is_whole(const struct pool_task *);

/* Says what is in hand. Two stores, no fence: read only after the worker is dead or by polling. */
static inline void worker_hand(struct worker *w, uint64_t unit, uint32_t step, uint32_t hook)
{
    atomic_store_explicit(&w->task->hand, (unit + 1) << 24 | (uint64_t)(step & 0xffff) << 8 | (hook & 0xff),
                          memory_order_relaxed);
}
/* What the unit in hand is called, for messages: a document, a key, an input. Twice for one unit: it is another now. */
static inline void worker_name(struct worker *w, uint64_t unit, const void *at, uint64_t size)
{
    uint64_t n = size < POOL_NAME ? size : POOL_NAME;
    if (n)
        memcpy(w->task->name, (const char *)at + (size - n), n);
    w->task->name_size = (uint32_t)n;
    atomic_store_explicit(&w->task->named, unit + 1, memory_order_relaxed);
}
static inline int worker_is_named(const struct worker *w, uint64_t unit)
{
    return atomic_load_explicit(&w->task->named, memory_order_relaxed) == unit + 1;
}
static inline void worker_size(struct worker *w, uint64_t bytes)
{
    atomic_store_explicit(&w->task->size, bytes, memory_order_relaxed);
}
/* The unit, which may be of any length, goes on with its next piece. */
static inline void worker_beat(struct worker *w)
{
    atomic_fetch_add_explicit(&w->task->beat, 1, memory_order_relaxed);
}
/* Units done so far in the task and the stream's valid bytes; call after write(2) returned. */
static inline void worker_progress(struct worker *w, uint64_t units, uint64_t bytes)
{
    atomic_store_explicit(&w->task->done, units << 40 | bytes, memory_order_release);
}
static inline void worker_count(struct worker *w, uint32_t what, uint64_t more)
{
    atomic_fetch_add_explicit(&w->task->count[what], more, memory_order_relaxed);
}
/* The fault of this unit in this step and hook, or NULL. */
const struct pool_fault *worker_fault_(const struct worker *, uint64_t unit, uint32_t step, uint32_t hook);
static inline const struct pool_fault *worker_fault(const struct worker *w, uint64_t unit, uint32_t step, uint32_t hook)
{
    return w->faults ? worker_fault_(w, unit, step, hook) : 0;
}

struct pool_job {
    const char *what;  /* "reading", for messages and the bar */
    uint32_t tasks;
    uint32_t workers;  /* processes; 0: run in this process (--isolate=none) */
    uint64_t memory;   /* RLIMIT_DATA of a worker above what it inherits, bytes; 0: none */
    uint64_t memory_most; /* what a worker may raise it to: limits_widen */
    /* CPU time a unit may take; wall time ten times that, or as much where it stops itself */
    int64_t limit_ms, limit_ms_per_100kb;
    void *own;
    /* In the worker, before its first task. May be NULL. */
    void (*began)(void *own);
    /* In the worker. 0: the task is whole. < 0: nothing can follow (a full disk, ASSAY_EFATAL); message in
     * task->message. */
    int32_t (*run)(void *own, struct worker *);
    /* In the parent, in task order, as soon as all tasks up to `task` are whole. != 0: stop the stage. May be NULL. */
    int (*whole)(void *own, uint32_t task);
    /* In the parent, for a death: first (a warning) or second (fatal = 1, a fault from now on). != 0: stop. May be
     * NULL. */
    int (*died)(void *own, uint32_t task, const struct pool_fault *, int fatal);
    /* In the parent about ten times a second. != 0: stop (a signal came). May be NULL. */
    int (*tick)(void *own, const struct pool_task *tasks, uint32_t count);
    struct diag *diag;
};

#define POOL_OK 0
#define POOL_STOPPED 1 /* a callback said so */
#define POOL_FAILED (-1) /* run said so (the message was printed), or fork failed */

#define POOL_WHOLE UINT64_MAX

/* Runs all tasks; returns when all are whole or all workers are gone. `before[i]` (or NULL) is the progress word task i
 * starts from; POOL_WHOLE: it was done by an earlier run, `run` is not called, `whole` is. */
int pool_run(const struct pool_job *, const uint64_t *before);

/* For tests: a process calls it at named points; does nothing unless ASSAY_KILL_AT names the point ("task.written:3" =
 * the third time in the whole run, counted in shared memory), then kills itself with SIGKILL. The points of the host
 * itself begin with "host." */
void pool_kill_point(const char *name);

#endif
