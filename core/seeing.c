/* SPDX-License-Identifier: Apache-2.0 */
#include "seeing.h"

#include <errno.h>
#include <sys/mman.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "looking.h"

#define UNKNOWN 0u
#define UNASKED 1u /* the round does not map the document: what it is to others, nobody can tell */

static const struct plan_round *round_at(const struct run *run, uint32_t i)
{
    return &run->plan->round[run->round[i]];
}

int seeing_round(const struct run *run, uint32_t i)
{
    return (~round_at(run, i)->round->flags & (ASSAY_FRESH_MAP | ASSAY_SEES)) == 0 && !looking_round(run, i);
}

static uint64_t *seen_of(const struct run *run, uint32_t i, uint32_t number)
{
    return &run->seen[(uint64_t)i * run->index.docs + number];
}

/* Asks the open document. */
static uint64_t ask(struct run *run, uint32_t i)
{
    uint64_t sum[2];
    int asked = steps_see(run, round_at(run, i), sum);
    if (asked <= 0)
        return asked < 0 ? UNASKED : UNKNOWN;
    uint64_t one = XXH3_64bits(sum, sizeof sum);
    return one > UNASKED ? one : UNASKED + 1;
}

static int see(struct run *run, uint32_t number)
{
    int open = 0;
    for (uint32_t i = 0; i < run->rounds; i++) {
        if (!seeing_round(run, i))
            continue;
        if (!open && !visit_open(run, number))
            return -1;
        open = 1;
        *seen_of(run, i, number) = ask(run, i);
    }
    return 0;
}

static int32_t see_task(void *own, struct worker *worker)
{
    struct run *run = own;
    uint64_t base = run->index.base[worker->index], docs = run->index.base[worker->index + 1] - base;
    int ok = work_open(run, worker);
    for (uint64_t i = run->work.unit; i < docs && ok; i++) {
        run->work.unit = i;
        work_relax(run);
        if (run->index.rank[base + i] != INDEX_NONE)
            ok = !see(run, (uint32_t)(base + i));
        worker_progress(worker, i + 1, 0);
    }
    inboxes_close(run);
    errno = ENOMEM;
    return ok ? 0 : work_failed(run, "looking at what is shared");
}

int seeing_stage(struct run *run)
{
    uint32_t rounds = 0;
    for (uint32_t i = 0; i < run->rounds; i++)
        rounds += (uint32_t)seeing_round(run, i);
    if (!rounds)
        return RUN_DONE;
    void *at = mmap(NULL, (run->rounds * run->index.docs + 1) * sizeof *run->seen, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED)
        return RUN_INTERNAL;
    run->seen = at;
    return pool_stage(run, "looking", run->tasks, see_task, NULL, NULL);
}

void seeing_end(struct run *run)
{
    if (run->seen)
        munmap(run->seen, (run->rounds * run->index.docs + 1) * sizeof *run->seen);
    run->seen = NULL;
}

uint64_t seeing_sum(const struct run *run, uint32_t i, uint32_t number, const struct reading_of *r, uint64_t n)
{
    uint64_t sum = run->seen ? *seen_of(run, i, number) : UNKNOWN;
    for (uint64_t k = 0; k < n && sum; k++) {
        uint32_t rank = index_find(&run->index, r[k].doc);
        uint32_t other = rank == INDEX_NONE ? number : run->index.number[rank];
        uint64_t two[2] = {sum, *seen_of(run, i, other)};
        if (other == number)
            continue;
        sum = two[1] <= UNASKED ? UNKNOWN : XXH3_64bits(two, sizeof two);
    }
    return sum;
}
