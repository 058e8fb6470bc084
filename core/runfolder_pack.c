/* SPDX-License-Identifier: Apache-2.0
 *
 * Packed tasks of a run folder: expanded by workers when a run wants them, packed by workers when it is done.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "pack.h"
#include "runfolder_own.h"

#define LEAST_PACKED (16u << 10) /* a smaller file saves next to nothing */

/* ---- expanding ---- */

static int32_t expand_task(void *own, struct worker *worker)
{
    struct run *run = own;
    const struct packed_task *task = &run->folder->packed[worker->index];
    const struct store *store = &run->store;
    uint64_t sum = 0, size = 0;
    int from = folder_file_open(&run->folder->folder, task->file), to = segment_fd(store, task->segment, 0);
    int status = from < 0 ? -1 : pack_expand(from, to, &sum, &size);
    int why = errno;
    if (from >= 0)
        close(from);
    if (!status)
        atomic_fetch_add(store->used, size);
    if (!status && sum == task->file->sum)
        atomic_store(&run->folder->good[worker->index], 1);
    if (!status || from < 0 || why == EBADMSG || why == EIO)
        return 0; /* what is not good is done again */
    snprintf(worker->task->message, sizeof worker->task->message,
             "a packed task of the run folder cannot be expanded in %s: %s", store->folder, strerror(why));
    return -1;
}

int pack_expand_all(struct run *run, uint32_t n, _Atomic uint32_t *good)
{
    run->folder->good = good;
    int status = pool_stage(run, "expanding", n, expand_task, NULL, NULL);
    run->folder->good = NULL;
    return status;
}

/* ---- packing ---- */

static int32_t pack_task(void *own, struct worker *worker)
{
    const struct run *run = own;
    const struct folder *folder = &run->folder->folder;
    const struct folder_file *file = run->folder->plain[worker->index];
    int packed = folder_pack(folder, file);
    pool_kill_point("folder.packed");
    if (packed > 0)
        folder_drop(folder, file);
    else if (packed < 0)
        diag_say(run->diag, DIAG_DEBUG, "run folder %s: a task stays as it is: %s", run->request->run_dir,
                 strerror(errno));
    return 0;
}

/* Packing costs time at each run's end and again where the next one begins: not where there is room. */
static int wants_packing(const struct run *run, uint64_t bytes)
{
    struct statvfs disk;
    if (run->plan->compress != PLAN_AUTO)
        return run->plan->compress == PLAN_ALWAYS;
    return !fstatvfs(run->folder->folder.tasks, &disk) && (uint64_t)disk.f_bavail * disk.f_frsize < bytes;
}

void pack_all(struct run *run, uint64_t bytes)
{
    struct runfolder *f = run->folder;
    uint32_t n = 0;
    if (!wants_packing(run, bytes) || !(f->plain = malloc((f->folder.files + 1) * sizeof *f->plain)))
        return;
    for (uint64_t i = 0; i < f->folder.files; i++) {
        const struct folder_file *file = &f->folder.file[i];
        if (file->used && !file->bad && !file->packed && file->size >= LEAST_PACKED)
            f->plain[n++] = file;
    }
    pool_stage(run, "packing", n, pack_task, NULL, NULL); /* best effort: the result is written, the tasks are there */
    free(f->plain);
    f->plain = NULL;
}
