/* SPDX-License-Identifier: Apache-2.0 */
#include "runfolder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memo.h"
#include "reading.h"
#include "runfolder_own.h"

#define TASK_LEAST (256u << 10)
#define TASK_MOST 256u /* tasks of a first run */
#define TASKS_LIMIT 1024u /* above, after many additions, all is cut anew */
#define HASH_CHUNK (8u << 20)
#define PART_LEAST (UINT64_C(4) << 20) /* input bytes of a partition, up to PARTS_USUAL of them */
#define PARTS_USUAL 16u
#define PART_USUAL (UINT64_C(16) << 20)
#define PARTS_MOST 64u

/* ---- items by content ---- */

/* The bytes of the item; what cannot be read is named by its error. */
static int add_content(XXH3_state_t *x, struct run *run, const struct item *it)
{
    const struct input *input = &run->inputs.input[it->input];
    struct assay_item item = {
        .run = run, .input = input, .name = input->name, .fd = -1, .begin = it->begin, .size = it->end - it->begin};
    char *room = malloc(1u << 18);
    uint64_t got = 0;
    int status = room ? item_open(&item) : -1;
    for (uint64_t at = 0; !status && at < item.size; at += got) {
        status = item_pread(&item, at, room, 1u << 18, &got);
        if (!status && !got) {
            name_add(x, at); /* it shrank */
            break;
        }
        if (!status)
            XXH3_128bits_update(x, room, got);
    }
    if (status)
        name_add(x, (uint64_t)errno);
    if (item.fd >= 0)
        close(item.fd);
    free(room);
    return room ? 0 : -1;
}

static int name_item(struct run *run, uint64_t i, struct folder_name *name)
{
    const struct item *it = &run->inputs.item[i];
    const struct input *input = &run->inputs.input[it->input];
    XXH3_state_t x;
    XXH3_128bits_reset(&x);
    name_add_text(&x, input->name);
    name_add(&x, it->piece);
    name_add(&x, it->begin);
    name_add(&x, it->end - it->begin);
    name_add(&x, it->line);
    name_add(&x, input->step);
    if (add_content(&x, run, it))
        return -1;
    *name = name_end(&x);
    return 0;
}

static int32_t naming_task(void *own, struct worker *worker)
{
    struct run *run = own;
    const uint64_t *chunk = run->folder->chunk + worker->index;
    for (uint64_t i = chunk[0]; i < chunk[1]; i++)
        if (name_item(run, i, &run->folder->item[i])) {
            snprintf(worker->task->message, sizeof worker->task->message, "naming the inputs: out of memory");
            return -1;
        }
    return 0;
}

static int name_items(struct run *run)
{
    struct runfolder *f = run->folder;
    const struct inputs *in = &run->inputs;
    f->items = in->items;
    void *page =
        mmap(NULL, (f->items + 1) * sizeof *f->item, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    f->chunk = malloc((f->items + 2) * sizeof *f->chunk);
    f->item = page == MAP_FAILED ? NULL : page;
    if (!f->item || !f->chunk)
        return RUN_INTERNAL;
    uint64_t bytes = 0;
    f->chunk[0] = 0;
    for (uint64_t i = 0; i < f->items; i++) {
        bytes += in->item[i].end - in->item[i].begin + 4096;
        if (bytes < HASH_CHUNK && i + 1 < f->items)
            continue;
        f->chunk[++f->chunks] = i + 1;
        bytes = 0;
    }
    return pool_stage(run, "naming", f->chunks, naming_task, NULL, NULL);
}

int runfolder_stand(struct run *run, struct worker *worker, const struct map_task *task)
{
    const struct runfolder *f = run->folder;
    for (uint64_t i = task->first; f && i < task->first + task->items; i++) {
        const struct input *input = &run->inputs.input[run->inputs.item[i].input];
        struct folder_name now;
        if (name_item(run, i, &now))
            return 0;
        if (now.low == f->item[i].low && now.high == f->item[i].high)
            continue;
        snprintf(worker->task->message, sizeof worker->task->message,
                 "%.*s: changed while it was read; the same command takes it as it is then, and goes on",
                 (int)input->name.size, input->name.at);
        atomic_store(run->fatal, RUN_USAGE);
        return 0;
    }
    return 1;
}

/* ---- cutting ---- */

static int reorder(struct run *run, const uint64_t *order)
{
    struct runfolder *f = run->folder;
    struct item *item = malloc((f->items + 1) * sizeof *item);
    struct folder_name *name = malloc((f->items + 1) * sizeof *name);
    if (item && name) {
        for (uint64_t i = 0; i < f->items; i++) {
            item[i] = run->inputs.item[order[i]];
            name[i] = f->item[order[i]];
        }
        memcpy(run->inputs.item, item, f->items * sizeof *item);
        memcpy(f->item, name, f->items * sizeof *name);
    }
    int ok = item && name;
    free(item);
    free(name);
    return ok ? 0 : -1;
}

static int take_tasks(struct run *run, const uint64_t *order, const uint64_t *end, uint32_t tasks)
{
    run->task = calloc((uint64_t)tasks + 1, sizeof *run->task);
    if (!run->task || reorder(run, order))
        return RUN_INTERNAL;
    for (uint32_t t = 0; t < tasks; t++)
        run->task[t] = (struct map_task){t ? end[t - 1] : 0, end[t] - (t ? end[t - 1] : 0)};
    run->tasks = tasks;
    return RUN_DONE;
}

static int cut(struct run *run)
{
    struct runfolder *f = run->folder;
    uint64_t total = 0, *cost = malloc((f->items + 1) * sizeof *cost), *order = malloc((f->items + 1) * sizeof *order);
    uint64_t *end = malloc((f->items + 1) * sizeof *end);
    int status = RUN_INTERNAL;
    if (cost && order && end) {
        for (uint64_t i = 0; i < f->items; i++)
            total += cost[i] = run->inputs.item[i].end - run->inputs.item[i].begin + 4096;
        uint64_t size = total / TASK_MOST, most = run->share / 16;
        size = size < TASK_LEAST ? TASK_LEAST : size > most ? most : size;
        uint32_t tasks = folder_cut(&f->folder, f->item, cost, f->items, size, order, end);
        if (tasks != UINT32_MAX && tasks > TASKS_LIMIT && f->folder.known_tasks) {
            f->folder.known_tasks = 0;
            tasks = folder_cut(&f->folder, f->item, cost, f->items, size, order, end);
        }
        if (tasks != UINT32_MAX)
            status = take_tasks(run, order, end, tasks);
    }
    free(cost);
    free(order);
    free(end);
    return status;
}

/* Partitions must not follow the size of today's input, or adding one article would do everything again: a power of
 * two. Each costs files of its own in every round: more than workers want, only where they would not fit. */
static void choose_parts(struct run *run)
{
    uint64_t bytes = run->inputs.bytes;
    run->parts = 2;
    while (run->parts < PARTS_MOST && run->parts * (run->parts < PARTS_USUAL ? PART_LEAST : PART_USUAL) <= bytes)
        run->parts *= 2;
}

int runfolder_tasks(struct run *run)
{
    int status = name_items(run);
    choose_parts(run);
    if (!status)
        status = cut(run);
    if (!status)
        status = name_tasks(run);
    if (status == RUN_INTERNAL)
        diag_say(run->diag, DIAG_ERROR, "the inputs cannot be named: %s", strerror(errno));
    return status;
}

/* ---- segments ---- */

/* The progress word up to which an unfinished segment is whole: its last good mark. */
static uint64_t progress_of(struct segment *segment)
{
    uint64_t word = 0, from = 0, at = 0, next = 0;
    const struct block *block;
    if (segment_map(segment))
        return 0;
    while ((block = block_next(segment->at, segment->size, &next))) {
        if (block->kind == BLOCK_FOOT || block->kind == BLOCK_OVER)
            break;
        if (block->kind == BLOCK_MARK) {
            uint64_t sum;
            memcpy(&sum, block + 1, sizeof sum);
            if (block->size != sizeof sum || XXH3_64bits(segment->at + from, at - from) != sum)
                break;
            word = (uint64_t)block->units << 40 | next;
            from = next;
        }
        at = next;
    }
    segment_unmap(segment);
    return word;
}

int open_part(struct run *run, struct segment *segment, struct folder_name name, int resume, uint64_t *before)
{
    *segment = (struct segment){
        .memory = -1, .file = folder_part(&run->folder->folder, name), .name = {name.low, name.high}, .part = 1};
    if (segment->file < 0)
        return -1;
    *before = resume ? progress_of(segment) : 0;
    return 0;
}

/* 1: it is there, but packed. */
static int open_segment(struct run *run, struct segment *segment, struct folder_name name, int resume, uint64_t *before)
{
    struct folder *folder = &run->folder->folder;
    *segment = (struct segment){.memory = -1, .file = folder_find(folder, name), .name = {name.low, name.high}};
    *before = POOL_WHOLE;
    if (segment->file >= 0)
        return 0;
    struct folder_file *packed = folder_packed(folder, name);
    if (!packed)
        return open_part(run, segment, name, resume, before);
    int spill = run->inputs.bytes >= run->store.in_memory / 16;
    if (segment_create(&run->store, segment, spill))
        return -1;
    segment->name[0] = name.low;
    segment->name[1] = name.high;
    run->folder->packed[run->folder->packs++] = (struct packed_task){segment, packed};
    return 1;
}

/* Expands what is packed; where that gives other bytes, the task is begun again. RUN_DONE, or why not. */
static int expand(struct run *run, const struct segment *first, int resume, uint64_t *before)
{
    struct runfolder *f = run->folder;
    size_t size = (f->packs + 1) * sizeof *f->good;
    void *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return RUN_INTERNAL;
    _Atomic uint32_t *good = page;
    int status = pack_expand_all(run, f->packs, good);
    for (uint32_t i = 0; i < f->packs && !status; i++) {
        struct segment *segment = f->packed[i].segment;
        struct folder_name name = {segment->name[0], segment->name[1]};
        if (atomic_load(&good[i]))
            continue;
        segment_close(&run->store, segment);
        folder_spoiled(&f->folder, f->packed[i].file);
        status = open_part(run, segment, name, resume, &before[segment - first]) ? RUN_INTERNAL : RUN_DONE;
    }
    munmap(page, size);
    return status;
}

int runfolder_segments(struct run *run, struct segment *segment, uint32_t n, enum runfolder_stage stage,
                       uint64_t **before)
{
    *before = NULL;
    struct runfolder *f = run->folder;
    if (!f)
        return RUN_DONE;
    int resume = stage != RUNFOLDER_FINISH, status = RUN_DONE;
    *before = calloc((uint64_t)n + 1, sizeof **before);
    f->packed = calloc((uint64_t)n + 1, sizeof *f->packed);
    f->packs = 0;
    status = *before && f->packed ? RUN_DONE : RUN_INTERNAL;
    for (uint32_t i = 0; i < n && !status; i++) {
        if (open_segment(run, &segment[i], name_task(run, i, stage), resume, &(*before)[i]) >= 0)
            continue;
        folder_blame(&f->folder, name_task(run, i, stage));
        status = RUN_INTERNAL;
    }
    if (!status && f->packs)
        status = expand(run, segment, resume, *before);
    free(f->packed);
    f->packed = NULL;
    return status;
}

int runfolder_whole(struct run *run, struct segment *segment)
{
    if (!run->folder || !segment->part)
        return 0;
    struct folder_name name = {segment->name[0], segment->name[1]};
    segment->part = 0;
    pool_kill_point("folder.keep");
    if (!folder_keep(&run->folder->folder, name, segment->file))
        return 0;
    folder_blame(&run->folder->folder, name);
    run->stopped = RUN_INTERNAL;
    return 1;
}

/* ---- memos ---- */

/* Without them a run takes longer, and that is all. */
static int open_memos(struct run *run)
{
    struct runfolder *f = run->folder;
    size_t size = (4 * (size_t)run->plan->rounds + 1) * sizeof *f->count;
    void *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return RUN_INTERNAL;
    f->count = page;
    if (!mkdirat(f->folder.dir, "memo", 0777) || errno == EEXIST)
        f->memo = openat(f->folder.dir, "memo", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return RUN_DONE;
}

int runfolder_memos(struct run *run)
{
    struct runfolder *f = run->folder;
    for (uint32_t i = 0; f && i < run->rounds; i++) {
        const struct plan_round *round = &run->plan->round[run->round[i]];
        if (!(round->round->flags & ASSAY_FRESH))
            continue;
        struct folder_name *more = realloc(f->memos, (f->memos_used + run->parts) * sizeof *more);
        if (!more)
            return 0;
        f->memos = more;
        for (uint32_t p = 0; p < run->parts; p++)
            f->memos[f->memos_used++] = name_memo(run, round, p);
    }
    return 1;
}

static DIR *open_memo_list(const struct runfolder *f)
{
    int fd = f->memo < 0 ? -1 : openat(f->memo, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 ? NULL : fdopendir(fd);
}

uint64_t memo_bytes(const struct runfolder *f)
{
    uint64_t bytes = 0;
    struct stat st;
    DIR *list = open_memo_list(f);
    for (const struct dirent *e; list && (e = readdir(list));)
        if (e->d_name[0] != '.' && !fstatat(f->memo, e->d_name, &st, AT_SYMLINK_NOFOLLOW))
            bytes += (uint64_t)st.st_size;
    if (list)
        closedir(list);
    return bytes;
}

static int memo_used(const struct runfolder *f, const char *file)
{
    unsigned long long high, low;
    int end = 0;
    if (sscanf(file, "%16llx%16llx%n", &high, &low, &end) != 2 ||
        (file[end] && strcmp(file + end, MEMO_OVER) != 0))
        return 0; /* one that was not finished */
    for (uint64_t i = 0; i < f->memos_used; i++)
        if (f->memos[i].high == high && f->memos[i].low == low)
            return 1;
    return 0;
}

static void say_known(const struct run *run, const struct plan_round *round, _Atomic uint64_t *count, const char *what)
{
    uint64_t asked = atomic_load(&count[0]), found = atomic_load(&count[1]);
    if (asked)
        diag_say(run->diag, DIAG_DEBUG, "%s (%s): %llu of %llu %s were known",
                 run->plan->step[round->step].plugin->name, round->round->name, (unsigned long long)found,
                 (unsigned long long)asked, what);
}

static void collect_memos(struct run *run)
{
    struct runfolder *f = run->folder;
    DIR *list = open_memo_list(f);
    for (const struct dirent *e; list && (e = readdir(list));)
        if (e->d_name[0] != '.' && strcmp(e->d_name, KNOWN_VISITS) && !memo_used(f, e->d_name))
            unlinkat(f->memo, e->d_name, 0);
    if (list)
        closedir(list);
    for (uint32_t i = 0; i < run->plan->rounds; i++) {
        const struct plan_round *round = &run->plan->round[i];
        say_known(run, round, &f->count[2 * i], "keys");
        say_known(run, round, &f->count[2 * (i + run->plan->rounds)], "documents");
    }
}

/* ---- the run ---- */

int runfolder_open(struct run *run)
{
    if (!run->request->run_dir)
        return RUN_DONE;
    const char *file = run->plan->file ? run->plan->file : "chain", *slash = strrchr(file, '/');
    run->folder = calloc(1, sizeof *run->folder);
    if (!run->folder)
        return RUN_INTERNAL;
    name_program(run->folder);
    run->folder->memo = -1;
    if (folder_open(&run->folder->folder, run->request->run_dir, slash ? slash + 1 : file, run->diag))
        return open_memos(run);
    free(run->folder);
    run->folder = NULL;
    return RUN_USAGE;
}

void runfolder_work(const struct run *run)
{
    if (run->folder)
        folder_work(&run->folder->folder);
}

int runfolder_note(struct run *run)
{
    struct runfolder *f = run->folder;
    if (!f)
        return 0;
    uint64_t *order = malloc((f->items + 1) * sizeof *order), *end = malloc(((uint64_t)run->tasks + 1) * sizeof *end);
    int status = -1;
    if (order && end) {
        for (uint64_t i = 0; i < f->items; i++)
            order[i] = i;
        for (uint32_t t = 0; t < run->tasks; t++)
            end[t] = run->task[t].first + run->task[t].items;
        status = folder_note(&f->folder, f->item, order, end, run->tasks);
    }
    free(order);
    free(end);
    if (status)
        diag_say(run->diag, DIAG_ERROR, "run folder %s: its manifest cannot be written: %s", run->request->run_dir,
                 strerror(errno));
    return status;
}

void runfolder_end(struct run *run)
{
    if (!run->folder)
        return;
    uint64_t bytes = folder_collect(&run->folder->folder);
    drop_known(run->folder);
    collect_memos(run);
    pack_all(run, bytes);
    diag_say(run->diag, DIAG_DEBUG, "run folder %s: %.1f MB", run->request->run_dir,
             (double)(bytes + memo_bytes(run->folder)) / 1e6);
}

void runfolder_close(struct run *run)
{
    struct runfolder *f = run->folder;
    if (!f)
        return;
    folder_close(&f->folder);
    if (f->memo >= 0)
        close(f->memo);
    if (f->count)
        munmap((void *)f->count, (4 * (size_t)run->plan->rounds + 1) * sizeof *f->count);
    free(f->memos);
    free(f->known);
    free(f->state);
    if (f->item)
        munmap(f->item, (f->items + 1) * sizeof *f->item);
    free(f->chunk);
    free(f->task);
    free(f);
    run->folder = NULL;
}
