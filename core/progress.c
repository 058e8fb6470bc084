/* SPDX-License-Identifier: Apache-2.0 */
#include "progress.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct progress {
    struct diag *diag;
    const char *what;
    uint32_t tasks;
    uint64_t documents, bytes, failures; /* of finished stages */
    uint64_t now[3];                     /* of the stage that runs */
    int64_t began;
    char line[160];
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct progress *progress_open(struct diag *diag, int quiet)
{
    if (quiet || diag->json || !isatty(diag->fd))
        return NULL;
    struct progress *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->diag = diag;
    p->began = now_ms();
    return p;
}

void progress_close(struct progress *p)
{
    if (!p)
        return;
    progress_clear(p);
    free(p);
}

void progress_stage(struct progress *p, const char *what, uint32_t tasks)
{
    if (!p)
        return;
    if (p->now[0] > p->documents) /* later stages visit the same documents again */
        p->documents = p->now[0];
    p->bytes += p->now[1];
    p->failures += p->now[2];
    memset(p->now, 0, sizeof p->now);
    p->what = what;
    p->tasks = tasks;
}

void progress_clear(struct progress *p)
{
    if (!p || !p->line[0])
        return;
    (void)!write(p->diag->fd, "\r\033[K", 4);
    p->line[0] = 0;
    p->diag->status = NULL;
}

void progress_show(struct progress *p, const struct pool_task *task, uint32_t count)
{
    if (!p)
        return;
    int64_t ms = now_ms() - p->began;
    if (ms < 500) /* a short run shows nothing */
        return;
    uint64_t sum[3] = {0};
    uint32_t whole = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < 3; k++)
            sum[k] += atomic_load_explicit(&task[i].count[k], memory_order_relaxed);
        whole += (uint32_t)pool_is_whole(&task[i]);
    }
    memcpy(p->now, sum, sizeof sum);
    uint64_t bytes = p->bytes + sum[1];
    int n = snprintf(p->line, sizeof p->line,
                     "\r\033[K%s %u/%u  %" PRIu64 " documents  %.1f MB  %.1f MB/s  %" PRIu64 " failures", p->what,
                     whole, count, p->documents > sum[0] ? p->documents : sum[0], (double)bytes / 1e6,
                     (double)bytes / 1e3 / (double)ms, p->failures + sum[2]);
    if (n > 0)
        (void)!write(p->diag->fd, p->line, (size_t)n < sizeof p->line ? (size_t)n : sizeof p->line - 1);
    p->diag->status = p->line;
}

/* ---- signals ---- */

static volatile sig_atomic_t caught; /* a handler can reach nothing else */
static struct sigaction before[4];
static const int caught_signals[] = {SIGINT, SIGTERM, SIGHUP};

static void handler(int signal)
{
    caught = signal;
}

void signals_catch(void)
{
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    caught = 0;
    for (uint32_t i = 0; i < 3; i++)
        sigaction(caught_signals[i], &action, &before[i]);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, &before[3]);
}

int signals_caught(void)
{
    return caught;
}

void signals_restore(void)
{
    for (uint32_t i = 0; i < 3; i++)
        sigaction(caught_signals[i], &before[i], NULL);
    sigaction(SIGPIPE, &before[3], NULL);
}
