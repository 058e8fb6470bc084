/* SPDX-License-Identifier: Apache-2.0 */
#include "pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bereft.h"
#include "limits.h"
#include "orphans.h"

/* pool_task.state: a kind in the low byte, the worker's slot above it, so that one CAS both takes and signs. */
enum { WAITING, TAKEN, WHOLE, FAILED };
#define STATE(kind, slot) ((uint32_t)(kind) | (uint32_t)(slot) << 8)
#define KIND(state) ((state)&0xffu)
#define SLOT(state) ((state) >> 8)

#define POLL_MS 100
#define UNIT_DEATHS 8 /* on one unit, whatever the hook: then the hook in hand is a fault at once */

int pool_is_whole(const struct pool_task *task)
{
    return KIND(atomic_load_explicit(&task->state, memory_order_relaxed)) == WHOLE;
}

/* What the parent keeps of a task beside its shared words. */
struct history {
    uint64_t suspect_hand; /* what was in hand at the last death; 0: none */
    uint32_t unit_deaths;  /* on that unit */
    uint32_t idle_deaths;  /* with nothing in hand */
    struct pool_fault *fault;
    uint32_t faults;
};

struct slot {
    pid_t pid; /* 0: free */
    int pidfd;
    uint64_t seen; /* hand when its time began */
    uint64_t seen_beat;
    uint32_t seen_task;
    int64_t seen_cpu, seen_wall; /* ms */
    int late;                    /* killed for its time */
};

struct pool {
    const struct pool_job *job;
    struct pool_task *task; /* shared */
    struct history *history;
    struct slot *slot;
    struct pollfd *poll;
    struct rlimit data; /* RLIMIT_DATA of a worker; 0: none */
    uint32_t next_whole;
    int result;
    int stop;
    pid_t *alive; /* [workers]: their processes, while strays of dead ones are looked for; NULL: they are not */
};

/* ---- kill points ---- */

static _Atomic uint64_t *kill_count; /* shared by all processes of the run; NULL: no point is named */
static const char *kill_name;
static uint64_t kill_at;

static void kill_points_open(void)
{
    const char *wish = getenv("ASSAY_KILL_AT");
    if (kill_count || !wish)
        return;
    static char name[64];
    const char *colon = strchr(wish, ':');
    size_t size = colon ? (size_t)(colon - wish) : strlen(wish);
    if (size >= sizeof name)
        return;
    memcpy(name, wish, size);
    void *page = mmap(NULL, sizeof *kill_count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return;
    kill_name = name;
    kill_at = colon ? strtoull(colon + 1, NULL, 10) : 1;
    kill_count = page;
}

void pool_kill_point(const char *name)
{
    if (!kill_count || strcmp(name, kill_name))
        return;
    if (atomic_fetch_add(kill_count, 1) + 1 == kill_at)
        kill(getpid(), SIGKILL);
}

/* ---- in the worker ---- */

const struct pool_fault *worker_fault_(const struct worker *w, uint64_t unit, uint32_t step, uint32_t hook)
{
    for (uint32_t i = 0; i < w->faults; i++)
        if (w->fault[i].unit == unit && w->fault[i].step == step && w->fault[i].hook == hook)
            return &w->fault[i];
    return NULL;
}

static uint32_t take(struct pool *pool, uint32_t slot)
{
    for (uint32_t i = 0; i < pool->job->tasks; i++) {
        uint32_t waiting = STATE(WAITING, 0);
        if (atomic_load(&pool->task[i].state) == waiting &&
            atomic_compare_exchange_strong(&pool->task[i].state, &waiting, STATE(TAKEN, slot)))
            return i;
    }
    return UINT32_MAX;
}

static int32_t perform(struct pool *pool, uint32_t index)
{
    struct pool_task *task = &pool->task[index];
    const struct history *past = &pool->history[index];
    struct worker worker = {
        .task = task,
        .index = index,
        .resume = atomic_load(&task->done),
        .suspect = past->suspect_hand >> 24,
        .fault = past->fault,
        .faults = past->faults,
    };
    int32_t status = pool->job->run(pool->job->own, &worker);
    atomic_store(&task->hand, 0);
    task->status = status;
    atomic_store(&task->state, STATE(status < 0 ? FAILED : WHOLE, 0));
    return status;
}

static void become_worker(const struct pool *pool, pid_t parent)
{
    setpgid(0, 0);
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null >= 0)
        dup2(null, 0);
    dup2(2, 1);
    for (int i = 1; i < SIGRTMIN; i++) /* handlers of the host (or of a test) are not the worker's */
        signal(i, SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* write says so, and we then, by name */
    signal(SIGTTOU, SIG_IGN); /* in a group of its own it would be stopped by a message to some terminals */
    bereft_watch(parent);
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    if (pool->data.rlim_cur)
        setrlimit(RLIMIT_DATA, &pool->data);
}

static void worker_main(struct pool *pool, uint32_t slot, uint32_t index, pid_t parent)
{
    become_worker(pool, parent);
    orphans_adopt();
    if (pool->job->began)
        pool->job->began(pool->job->own);
    /* it may have died before it was watched */
    while (getppid() == parent && index != UINT32_MAX && perform(pool, index) >= 0)
        index = take(pool, slot);
    orphans_end(NULL, 0);
    _exit(0);
}

/* ---- in the parent ---- */

static int64_t now_ms(clockid_t clock)
{
    struct timespec t;
    if (clock_gettime(clock, &t))
        return 0;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t cpu_ms(pid_t pid)
{
    clockid_t clock;
    return clock_getcpuclockid(pid, &clock) ? 0 : now_ms(clock);
}

/* With whatever it started; also one that has left its group of processes. */
static void end_worker(pid_t pid)
{
    kill(-pid, SIGKILL);
    kill(pid, SIGKILL);
}

static void stop(struct pool *pool, int result)
{
    pool->stop = 1;
    if (pool->result == POOL_OK)
        pool->result = result;
    for (uint32_t i = 0; i < pool->job->workers; i++)
        if (pool->slot[i].pid)
            end_worker(pool->slot[i].pid);
}

/* Forks a worker into a slot. It starts with task `index`, which is already signed with the slot, or takes one. */
static void hire(struct pool *pool, uint32_t slot, uint32_t index)
{
    if (index == UINT32_MAX) {
        index = take(pool, slot);
        if (index == UINT32_MAX)
            return;
    }
    pid_t parent = getpid();
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        worker_main(pool, slot, index, parent);
    if (pid < 0) {
        diag_say(pool->job->diag, DIAG_ERROR, "cannot start a worker: %s", strerror(errno));
        stop(pool, POOL_FAILED);
        return;
    }
    setpgid(pid, pid);
    pool->slot[slot] = (struct slot){.pid = pid, .pidfd = pidfd_open(pid, 0), .seen_task = UINT32_MAX};
}

static uint32_t task_of(const struct pool *pool, uint32_t slot)
{
    for (uint32_t i = 0; i < pool->job->tasks; i++)
        if (atomic_load(&pool->task[i].state) == STATE(TAKEN, slot))
            return i;
    return UINT32_MAX;
}

static struct pool_fault fault_of(const struct pool *pool, const struct slot *slot, const struct pool_task *task,
                                  int status, const struct rusage *usage)
{
    uint64_t hand = atomic_load(&task->hand);
    struct pool_fault fault = {
        .unit = (hand >> 24) - 1,
        .step = (uint32_t)(hand >> 8) & 0xffff,
        .hook = (uint32_t)hand & 0xff,
        .size = atomic_load(&task->size),
    };
    if (atomic_load(&task->named) == fault.unit + 1 && task->name_size <= POOL_NAME) {
        fault.name_size = task->name_size;
        memcpy(fault.name, task->name, POOL_NAME);
    }
    uint32_t blame = atomic_load(&task->blame);
    if (blame) {
        fault.code = POOL_CONTRACT;
        fault.signal = blame;
        return fault;
    }
    fault.code = POOL_CRASH;
    if (WIFEXITED(status)) {
        fault.code = POOL_EXIT;
        fault.signal = (uint32_t)WEXITSTATUS(status);
        return fault;
    }
    fault.signal = (uint32_t)WTERMSIG(status);
    uint64_t peak = (uint64_t)usage->ru_maxrss * 1024;
    if (slot->late)
        fault.code = POOL_TIMEOUT;
    else if (fault.signal == SIGKILL || (pool->job->memory && peak > pool->job->memory / 10 * 8))
        fault.code = POOL_MEMORY; /* the kernel's killer, or a plugin that did not look at what malloc gave */
    return fault;
}

static int add_fault(struct history *past, const struct pool_fault *fault)
{
    struct pool_fault *more = realloc(past->fault, (past->faults + 1) * sizeof *more);
    if (!more)
        return 0;
    more[past->faults++] = *fault;
    past->fault = more;
    return 1;
}

/* A worker died with a task in hand: blame, and hire its successor. */
static void succeed(struct pool *pool, uint32_t slot, uint32_t index, const struct pool_fault *fault)
{
    struct pool_task *task = &pool->task[index];
    struct history *past = &pool->history[index];
    uint64_t hand = atomic_load(&task->hand);
    if (!hand) {
        if (++past->idle_deaths >= 3) {
            int exited = fault->code == POOL_EXIT;
            diag_say(pool->job->diag, DIAG_ERROR, "%s: a worker died three times outside of any document (%s %u%s%s)",
                     pool->job->what, exited ? "exit" : "signal", fault->signal, exited ? "" : ", ",
                     exited ? "" : strsignal((int)fault->signal));
            stop(pool, POOL_FAILED);
            return;
        }
        atomic_store(&task->wary, 1); /* what a hook did to the process may show long after it */
        hire(pool, slot, index);
        return;
    }
    int same_unit = past->suspect_hand >> 24 == hand >> 24;
    past->unit_deaths = same_unit ? past->unit_deaths + 1 : 1;
    int fatal = past->suspect_hand == hand || past->unit_deaths >= UNIT_DEATHS;
    past->suspect_hand = hand;
    if (fatal && !add_fault(past, fault)) {
        stop(pool, POOL_FAILED);
        return;
    }
    if (pool->job->died && pool->job->died(pool->job->own, index, fault, fatal)) {
        stop(pool, POOL_STOPPED);
        return;
    }
    atomic_store(&task->hand, 0);
    atomic_store(&task->blame, 0);
    hire(pool, slot, index);
}

static void report_whole(struct pool *pool)
{
    while (!pool->stop && pool->next_whole < pool->job->tasks) {
        struct pool_task *task = &pool->task[pool->next_whole];
        if (KIND(atomic_load(&task->state)) != WHOLE)
            return;
        uint32_t index = pool->next_whole++;
        if (pool->job->whole && pool->job->whole(pool->job->own, index))
            stop(pool, POOL_STOPPED);
    }
}

static void report_failed(struct pool *pool)
{
    for (uint32_t i = 0; i < pool->job->tasks && pool->result == POOL_OK; i++) {
        struct pool_task *task = &pool->task[i];
        if (KIND(atomic_load(&task->state)) != FAILED)
            continue;
        task->message[sizeof task->message - 1] = 0;
        diag_say(pool->job->diag, DIAG_ERROR, "%s", task->message[0] ? task->message : "a task failed without a word");
        stop(pool, POOL_FAILED);
    }
}

/* What a worker left that had no time to end it itself. */
static void end_orphans(const struct pool *pool)
{
    uint32_t n = 0;
    for (uint32_t i = 0; pool->alive && i < pool->job->workers; i++)
        if (pool->slot[i].pid)
            pool->alive[n++] = pool->slot[i].pid;
    if (pool->alive)
        orphans_end(pool->alive, n);
}

static void reap(struct pool *pool, uint32_t i)
{
    struct slot *slot = &pool->slot[i];
    int status = 0;
    struct rusage usage;
    if (wait4(slot->pid, &status, WNOHANG, &usage) != slot->pid)
        return;
    kill(-slot->pid, SIGKILL); /* whatever it started */
    if (slot->pidfd >= 0)
        close(slot->pidfd);
    uint32_t index = task_of(pool, i);
    struct slot dead = *slot;
    *slot = (struct slot){0};
    end_orphans(pool);
    if (pool->stop)
        return;
    if (index == UINT32_MAX) { /* no task left for it, or its task failed */
        hire(pool, i, UINT32_MAX);
        return;
    }
    struct pool_fault fault = fault_of(pool, &dead, &pool->task[index], status, &usage);
    succeed(pool, i, index, &fault);
}

/* Stopped by a signal: it will use up no time, and nobody is going to wake it. */
static int is_stopped(pid_t pid)
{
    siginfo_t info = {0};
    return !waitid(P_PID, (id_t)pid, &info, WSTOPPED | WNOHANG | WNOWAIT) && info.si_pid == pid;
}

/* Kills a worker whose unit, or piece of a unit, has used up its time. */
static void watch(struct pool *pool, uint32_t i)
{
    struct slot *slot = &pool->slot[i];
    uint32_t index = task_of(pool, i);
    uint64_t hand = index == UINT32_MAX ? 0 : atomic_load(&pool->task[index].hand);
    if (!hand || !pool->job->limit_ms) {
        slot->seen = 0;
        return;
    }
    int64_t cpu = cpu_ms(slot->pid), wall = now_ms(CLOCK_MONOTONIC);
    uint64_t beat = atomic_load(&pool->task[index].beat);
    if (slot->seen != hand || slot->seen_task != index || slot->seen_beat != beat) {
        slot->seen = hand;
        slot->seen_beat = beat;
        slot->seen_task = index;
        slot->seen_cpu = cpu;
        slot->seen_wall = wall;
        return;
    }
    int64_t size = (int64_t)atomic_load(&pool->task[index].size);
    int64_t limit = pool->job->limit_ms + size / 100000 * pool->job->limit_ms_per_100kb;
    wall -= slot->seen_wall;
    if (cpu - slot->seen_cpu <= limit && wall <= 10 * limit && !(wall > limit && is_stopped(slot->pid)))
        return;
    slot->late = 1;
    end_worker(slot->pid);
}

static uint32_t wait_some(struct pool *pool)
{
    uint32_t alive = 0;
    for (uint32_t i = 0; i < pool->job->workers; i++)
        if (pool->slot[i].pid)
            pool->poll[alive++] = (struct pollfd){.fd = pool->slot[i].pidfd, .events = POLLIN};
    if (alive)
        poll(pool->poll, alive, POLL_MS);
    return alive;
}

static void attend(struct pool *pool)
{
    pool->alive = orphans_adopt_alone() ? calloc(pool->job->workers, sizeof *pool->alive) : NULL;
    for (uint32_t i = 0; i < pool->job->workers; i++)
        hire(pool, i, UINT32_MAX);
    int64_t ticked = 0;
    while (wait_some(pool)) {
        for (uint32_t i = 0; i < pool->job->workers; i++)
            if (pool->slot[i].pid)
                reap(pool, i);
        report_failed(pool);
        report_whole(pool);
        int64_t now = now_ms(CLOCK_MONOTONIC);
        if (now - ticked < POLL_MS)
            continue;
        ticked = now;
        for (uint32_t i = 0; i < pool->job->workers; i++)
            if (pool->slot[i].pid && !pool->stop)
                watch(pool, i);
        if (!pool->stop && pool->job->tick && pool->job->tick(pool->job->own, pool->task, pool->job->tasks))
            stop(pool, POOL_STOPPED);
    }
    report_failed(pool);
    report_whole(pool);
    if (pool->result == POOL_OK && pool->next_whole < pool->job->tasks) {
        diag_say(pool->job->diag, DIAG_ERROR,
                 "%s: what the host notes of its tasks is not what it wrote: a plugin writes into memory that is not "
                 "its own",
                 pool->job->what);
        pool->result = POOL_FAILED;
    }
    if (pool->alive)
        orphans_disown();
    free(pool->alive);
}

static void in_process(struct pool *pool)
{
    for (uint32_t i = 0; i < pool->job->tasks && !pool->stop; i++) {
        if (KIND(atomic_load(&pool->task[i].state)) == WAITING) {
            atomic_store(&pool->task[i].state, STATE(TAKEN, 0));
            perform(pool, i);
        }
        report_failed(pool);
        report_whole(pool);
        if (!pool->stop && pool->job->tick && pool->job->tick(pool->job->own, pool->task, pool->job->tasks))
            stop(pool, POOL_STOPPED);
    }
}

int pool_run(const struct pool_job *job, const uint64_t *before)
{
    if (!job->tasks)
        return POOL_OK;
    kill_points_open();
    size_t shared = job->tasks * sizeof(struct pool_task);
    struct pool pool = {.job = job};
    void *page = mmap(NULL, shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pool.task = page == MAP_FAILED ? NULL : page;
    pool.history = calloc(job->tasks, sizeof *pool.history);
    pool.slot = calloc(job->workers + 1, sizeof *pool.slot);
    pool.poll = calloc(job->workers + 1, sizeof *pool.poll);
    if (!pool.task || !pool.history || !pool.slot || !pool.poll) {
        diag_say(job->diag, DIAG_ERROR, "%s: no memory for %u tasks", job->what, job->tasks);
        pool.result = POOL_FAILED;
    } else {
        for (uint32_t i = 0; before && i < job->tasks; i++)
            if (before[i] == POOL_WHOLE)
                atomic_store(&pool.task[i].state, STATE(WHOLE, 0));
            else
                atomic_store(&pool.task[i].done, before[i]);
#ifndef ASSAY_SANITIZE /* the sanitizers reserve address space of their own */
        if (job->memory) {
            uint64_t inherited = limits_data();
            pool.data.rlim_cur = inherited + job->memory;
            pool.data.rlim_max = inherited + (job->memory_most > job->memory ? job->memory_most : job->memory);
        }
#endif
        if (job->workers)
            attend(&pool);
        else
            in_process(&pool);
    }
    for (uint32_t i = 0; pool.history && i < job->tasks; i++)
        free(pool.history[i].fault);
    free(pool.history);
    free(pool.slot);
    free(pool.poll);
    if (pool.task)
        munmap(pool.task, shared);
    return pool.result;
}
