/* SPDX-License-Identifier: Apache-2.0 */
#include "runfolder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "folder.h"
#include "reading.h"

#define TASK_LEAST (256u << 10)
#define TASK_MOST 256u /* tasks of a first run */
#define TASKS_LIMIT 1024u /* above, after many additions, all is cut anew */
#define HASH_CHUNK (8u << 20)

struct runfolder {
    struct folder folder;
    struct folder_name *item; /* [inputs.items], in the order of inputs.item; shared with workers */
    uint64_t items;
    uint64_t *chunk; /* [chunks + 1]: items that a task of naming takes */
    uint32_t chunks;
    struct folder_name *task; /* names of pass 0, [run->tasks] */
    struct folder_name read;  /* of all of them together */
    uint64_t program[2];      /* XXH3-128 of the running program */
    int amended;              /* a step with rounds changed document/1: whoever reads that depends on it */
};

/* ---- digests ---- */

static void add_number(XXH3_state_t *x, uint64_t n)
{
    XXH3_128bits_update(x, &n, sizeof n);
}

static void add_text(XXH3_state_t *x, struct assay_text text)
{
    add_number(x, text.size);
    if (text.size)
        XXH3_128bits_update(x, text.at, text.size);
}

static struct folder_name name_of(const XXH3_state_t *x)
{
    XXH128_hash_t h = XXH3_128bits_digest(x);
    return (struct folder_name){h.low64, h.high64};
}

static void add_name(XXH3_state_t *x, struct folder_name name)
{
    add_number(x, name.low);
    add_number(x, name.high);
}

/* The step as far as it matters up to `round` (0: analyse). */
static void add_step(XXH3_state_t *x, const struct run *run, uint32_t i, uint32_t round)
{
    const struct plan_step *step = &run->plan->step[i];
    add_number(x, i);
    XXH3_128bits_update(x, step->until[round], sizeof step->until[round]);
    XXH3_128bits_update(x, run->step[i].found, sizeof run->step[i].found);
}

/* 1: the step does something in pass 0. */
static int acts_first(const struct run *run, uint32_t i)
{
    const struct plan_step *step = &run->plan->step[i];
    if (step->plugin->role == ASSAY_WRITER)
        return 0;
    if (step->plugin->role != ASSAY_ANALYSER || (step->plugin->analyse && step->analyse_pass == 0))
        return 1;
    for (uint32_t r = 0; r < run->plan->rounds; r++)
        if (run->plan->round[r].step == i && run->plan->round[r].pass == 0)
            return 1;
    return 0;
}

/* What decides the bytes of every task: the program, limits, the layers by number. */
static void add_base(XXH3_state_t *x, const struct run *run)
{
    const struct plan *plan = run->plan;
    XXH3_128bits_update(x, run->folder->program, sizeof run->folder->program);
    add_number(x, plan->record_limit);
    add_number(x, plan->item_limit);
    add_number(x, (uint64_t)plan->limit_ms);
    add_number(x, (uint64_t)plan->limit_ms_per_100kb);
    for (uint32_t i = 0; i < plan->layers; i++) {
        add_text(x, (struct assay_text){plan->layer[i].name, strlen(plan->layer[i].name)});
        add_number(x, plan->layer[i].major);
        add_number(x, plan->layer[i].fields ? plan->layer[i].fields->record_size : 0);
        add_number(x, plan->layer[i].step);
    }
}

/* How much of each step something depends on: NOTHING, or its rounds up to this one (0: what it makes by analyse). */
#define NOTHING UINT32_MAX

/* 1: `step` reads the layer by what round `round` of it has to have; *stage gets the provider's round. */
static int reads(const struct run *run, uint32_t step, uint32_t round, uint32_t slot, uint32_t *provider, uint32_t *stage)
{
    const struct plan *plan = run->plan;
    const struct assay_layer *l = &plan->step[step].plugin->layer[slot];
    uint32_t at = plan->step[step].slot[slot];
    if (at == PLAN_NONE || l->use > ASSAY_OPTIONAL || l->stage > round || plan->layer[at].step == PLAN_NONE)
        return 0;
    *provider = plan->layer[at].step;
    *stage = plan->step[*provider].plugin->layer[plan->layer[at].slot].stage;
    return 1;
}

static int more(uint32_t *need, uint32_t step, uint32_t round)
{
    if (need[step] != NOTHING && need[step] >= round)
        return 0;
    need[step] = round;
    return 1;
}

static int reads_document(const struct run *run, uint32_t step)
{
    for (uint32_t k = 0; k < run->plan->step[step].plugin->layers; k++)
        if (run->plan->step[step].slot[k] == 0)
            return 1;
    return 0;
}

/* Follows layers from step to step until nothing is added. */
static void close_needs(const struct run *run, uint32_t *need, int amended)
{
    uint32_t provider, stage;
    for (int changed = 1; changed;) {
        changed = 0;
        for (uint32_t i = 0; i < run->plan->steps; i++) {
            if (need[i] == NOTHING)
                continue;
            for (uint32_t k = 0; k < run->plan->step[i].plugin->layers; k++)
                if (reads(run, i, need[i], k, &provider, &stage))
                    changed |= more(need, provider, stage);
            for (uint32_t o = 0; amended && reads_document(run, i) && o < run->plan->steps; o++)
                if (run->plan->step[o].plugin->role == ASSAY_ANALYSER && run->plan->step[o].plugin->analyse)
                    changed |= more(need, o, 0);
        }
    }
}

static void add_needs(XXH3_state_t *x, const struct run *run, const uint32_t *need)
{
    for (uint32_t i = 0; i < run->plan->steps; i++)
        if (need[i] != NOTHING)
            add_step(x, run, i, need[i]);
}

/* Rounds of the step that have mapped when the maps of the pass are done. */
static uint32_t rounds_by(const struct run *run, uint32_t step, uint32_t pass)
{
    uint32_t n = 0;
    for (uint32_t r = 0; r < run->plan->rounds; r++)
        if (run->plan->round[r].step == step && run->plan->round[r].pass <= pass)
            n++;
    return n;
}

/* 1: the step analyses or maps in this pass, or, with `before`, in an earlier one. */
static int acts_in(const struct run *run, uint32_t step, uint32_t pass, int before)
{
    const struct plan_step *s = &run->plan->step[step];
    if (s->plugin->role != ASSAY_ANALYSER)
        return 0;
    int acts = s->plugin->analyse && (s->analyse_pass == pass || (before && s->analyse_pass < pass));
    for (uint32_t r = 0; r < run->plan->rounds; r++)
        acts |= run->plan->round[r].step == step && (run->plan->round[r].pass == pass || (before && run->plan->round[r].pass < pass));
    return acts;
}

/* The program by its bytes: a build that computes otherwise must not find what another one made. */
static void name_program(struct runfolder *f)
{
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    struct stat st;
    void *at = fd < 0 || fstat(fd, &st) ? MAP_FAILED : mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at != MAP_FAILED) {
        XXH128_hash_t h = XXH3_128bits(at, (size_t)st.st_size);
        f->program[0] = h.low64;
        f->program[1] = h.high64;
        munmap(at, (size_t)st.st_size);
    }
    if (fd >= 0)
        close(fd);
}

/* ---- items by content ---- */

/* The bytes of the item; what cannot be read is named by its error. */
static int add_content(XXH3_state_t *x, struct run *run, const struct item *it)
{
    const struct input *input = &run->inputs.input[it->input];
    struct assay_item item = {.run = run, .input = input, .name = input->name, .fd = -1, .begin = it->begin, .size = it->end - it->begin};
    char *room = malloc(1u << 18);
    uint64_t got = 0;
    int status = room ? item_open(&item) : -1;
    for (uint64_t at = 0; !status && at < item.size; at += got) {
        status = item_pread(&item, at, room, 1u << 18, &got);
        if (!status && !got) {
            add_number(x, at); /* it shrank */
            break;
        }
        if (!status)
            XXH3_128bits_update(x, room, got);
    }
    if (status)
        add_number(x, (uint64_t)errno);
    if (item.fd >= 0)
        close(item.fd);
    free(room);
    return room ? 0 : -1;
}

static int name_item(struct run *run, uint64_t i)
{
    const struct item *it = &run->inputs.item[i];
    const struct input *input = &run->inputs.input[it->input];
    XXH3_state_t x;
    XXH3_128bits_reset(&x);
    add_text(&x, input->name);
    add_number(&x, it->piece);
    add_number(&x, it->begin);
    add_number(&x, it->end - it->begin);
    add_number(&x, it->line);
    add_number(&x, input->step);
    if (add_content(&x, run, it))
        return -1;
    run->folder->item[i] = name_of(&x);
    return 0;
}

static int32_t name_task(void *own, struct worker *worker)
{
    struct run *run = own;
    const uint64_t *chunk = run->folder->chunk + worker->index;
    for (uint64_t i = chunk[0]; i < chunk[1]; i++)
        if (name_item(run, i)) {
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
    void *page = mmap(NULL, (f->items + 1) * sizeof *f->item, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
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
    return pool_stage(run, "naming", f->chunks, name_task, NULL, NULL);
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

/* Partitions must not follow the size of today's input, or adding one article would do everything again: a power of two. */
static void choose_parts(struct run *run)
{
    uint64_t want = run->inputs.bytes / (4u << 20) + 1;
    run->parts = 2;
    while (run->parts < want && run->parts < 64)
        run->parts *= 2;
}

static int name_tasks(struct run *run)
{
    struct runfolder *f = run->folder;
    XXH3_state_t base, all;
    f->task = malloc(((uint64_t)run->tasks + 1) * sizeof *f->task);
    if (!f->task)
        return RUN_INTERNAL;
    XXH3_128bits_reset(&base);
    add_base(&base, run);
    for (uint32_t i = 0; i < run->plan->steps; i++)
        if (acts_first(run, i))
            add_step(&base, run, i, rounds_by(run, i, 0));
    XXH3_128bits_reset(&all);
    for (uint32_t t = 0; t < run->tasks; t++) {
        XXH3_state_t x;
        memcpy(&x, &base, sizeof x);
        for (uint64_t i = run->task[t].first; i < run->task[t].first + run->task[t].items; i++)
            add_name(&x, f->item[i]);
        f->task[t] = name_of(&x);
        add_name(&all, f->task[t]);
    }
    f->read = name_of(&all);
    return RUN_DONE;
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

/* A reduce (part of `parts`) or finish of a round. It hangs on all documents (document frequencies), on its step up to this
 * round, on what that reads of others, and on nothing else. */
static struct folder_name round_name(const struct run *run, const struct plan_round *round, enum runfolder_stage stage, uint32_t part, int amended)
{
    uint32_t need[PLAN_STEPS];
    XXH3_state_t x;
    XXH3_128bits_reset(&x);
    add_base(&x, run);
    add_name(&x, run->folder->read);
    memset(need, 0xff, sizeof need);
    need[round->step] = round->index + 1;
    close_needs(run, need, amended);
    add_needs(&x, run, need);
    add_number(&x, stage);
    add_number(&x, round->step);
    add_number(&x, round->index);
    add_number(&x, run->parts);
    add_number(&x, part);
    return name_of(&x);
}

/* The first maps see their own documents alone, but for those that are passed over because of others. Later ones get what
 * the rounds before them made, of all steps. */
static struct folder_name visit_name(const struct run *run, uint32_t task)
{
    const struct runfolder *f = run->folder;
    const struct plan *plan = run->plan;
    int first = plan->apart && run->pass == 1;
    uint32_t need[PLAN_STEPS];
    XXH3_state_t x;
    XXH3_128bits_reset(&x);
    add_base(&x, run);
    add_name(&x, first ? f->task[task] : f->read);
    memset(need, 0xff, sizeof need);
    for (uint32_t i = 0; i < plan->steps; i++)
        if (acts_in(run, i, run->pass, !first))
            need[i] = rounds_by(run, i, run->pass);
    if (!first)
        close_needs(run, need, f->amended);
    add_needs(&x, run, need);
    for (uint64_t n = run->index.base[task]; n < run->index.base[task + 1]; n++)
        if (run->index.rank[n] == INDEX_NONE)
            add_number(&x, n - run->index.base[task]);
    add_number(&x, RUNFOLDER_VISIT);
    add_number(&x, run->parts);
    add_number(&x, run->pass);
    add_number(&x, first ? 0 : task);
    return name_of(&x);
}

static struct folder_name task_name(const struct run *run, uint32_t task, enum runfolder_stage stage)
{
    if (stage == RUNFOLDER_READ)
        return run->folder->task[task];
    if (stage == RUNFOLDER_VISIT)
        return visit_name(run, task);
    if (stage == RUNFOLDER_FINISH)
        return round_name(run, finish_of(run, task), stage, 0, run->folder->amended);
    return round_name(run, &run->plan->round[run->round[task / run->parts]], stage, task % run->parts, run->folder->amended);
}

/* The progress word up to which an unfinished segment is whole: its last good mark. */
static uint64_t progress_of(struct segment *segment)
{
    uint64_t word = 0, from = 0, at = 0, next = 0;
    const struct block *block;
    if (segment_map(segment))
        return 0;
    while ((block = block_next(segment->at, segment->size, &next))) {
        if (block->kind == BLOCK_FOOT)
            break;
        if (block->kind == BLOCK_MARK) {
            uint64_t sum;
            memcpy(&sum, block + 1, sizeof sum);
            if (block->size != sizeof sum || XXH3_64bits(segment->at + from, at - from) != sum)
                break;
            word = block->units << 40 | next;
            from = next;
        }
        at = next;
    }
    segment_unmap(segment);
    return word;
}

static int open_segment(struct run *run, struct segment *segment, struct folder_name name, int resume, uint64_t *before)
{
    struct folder *folder = &run->folder->folder;
    *segment = (struct segment){.memory = -1, .file = folder_find(folder, name), .name = {name.low, name.high}};
    *before = POOL_WHOLE;
    if (segment->file >= 0)
        return 0;
    segment->file = folder_part(folder, name);
    segment->part = 1;
    if (segment->file < 0)
        return -1;
    *before = resume ? progress_of(segment) : 0;
    return 0;
}

int runfolder_segments(struct run *run, struct segment *segment, uint32_t n, enum runfolder_stage stage, uint64_t **before)
{
    *before = NULL;
    if (!run->folder)
        return 0;
    *before = calloc((uint64_t)n + 1, sizeof **before);
    if (!*before)
        return -1;
    for (uint32_t i = 0; i < n; i++) {
        segment_close(&run->store, &segment[i]);
        if (!open_segment(run, &segment[i], task_name(run, i, stage), stage != RUNFOLDER_FINISH, &(*before)[i]))
            continue;
        diag_say(run->diag, DIAG_ERROR, "run folder %s: %s", run->request->run_dir, strerror(errno));
        return -1;
    }
    return 0;
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
    diag_say(run->diag, DIAG_ERROR, "run folder %s: %s", run->request->run_dir, strerror(errno));
    run->stopped = RUN_INTERNAL;
    return 1;
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
    if (folder_open(&run->folder->folder, run->request->run_dir, slash ? slash + 1 : file, run->diag))
        return RUN_DONE;
    free(run->folder);
    run->folder = NULL;
    return RUN_USAGE;
}

void runfolder_visited(struct run *run)
{
    if (!run->folder || !run->pass)
        return;
    for (uint32_t t = 0; t < run->tasks; t++) {
        const struct segment *segment = &run->index.segment[run->pass][t];
        run->folder->amended |= *(const uint64_t *)(const void *)(segment->at + foot_of(segment)->counts_at) != 0;
    }
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
        diag_say(run->diag, DIAG_ERROR, "run folder %s: its manifest cannot be written: %s", run->request->run_dir, strerror(errno));
    return status;
}

void runfolder_end(struct run *run)
{
    if (!run->folder)
        return;
    uint64_t bytes = folder_collect(&run->folder->folder);
    diag_say(run->diag, DIAG_DEBUG, "run folder %s: %.1f MB", run->request->run_dir, (double)bytes / 1e6);
}

void runfolder_close(struct run *run)
{
    struct runfolder *f = run->folder;
    if (!f)
        return;
    folder_close(&f->folder);
    if (f->item)
        munmap(f->item, (f->items + 1) * sizeof *f->item);
    free(f->chunk);
    free(f->task);
    free(f);
    run->folder = NULL;
}

/* What `amended` is, only a run knows: a task of either name is there or it is not. */
static int has_round(const struct run *run, const struct plan_round *round)
{
    enum runfolder_stage stage = round->round->reduce ? RUNFOLDER_REDUCE : RUNFOLDER_FINISH;
    const struct folder *folder = &run->folder->folder;
    return folder_has(folder, round_name(run, round, stage, 0, 0)) || folder_has(folder, round_name(run, round, stage, 0, 1));
}

/* Which rounds compare all documents again, step by step. */
static void preview_rounds(const struct run *run, int same)
{
    const struct plan *plan = run->plan;
    uint32_t again = 0;
    printf("  compared      ");
    for (uint32_t i = 0; i < plan->steps; i++) {
        uint32_t rounds = 0;
        for (uint32_t r = 0; r < plan->step[i].plugin->rounds; r++) {
            if (has_round(run, plan->step[i].round[r]))
                continue;
            if (!rounds++)
                printf("%s%s (", again ? "; " : "again: ", plan->step[i].plugin->name);
            else
                printf(", ");
            printf("%s", plan->step[i].round[r]->round->name);
        }
        again += rounds;
        printf("%s", rounds ? ")" : "");
    }
    printf("%s\n", again ? "" : "nothing again");
    if (again)
        printf("                because %s\n", same ? "an option, a data file or a plugin that they depend on has changed"
                                                  : "what is common and what is rare depends on all documents");
}

int runfolder_preview(struct run *run)
{
    struct runfolder *f = run->folder;
    uint64_t known, gone, kept = 0, items = 0, bytes = 0;
    folder_compare(&f->folder, f->item, f->items, &known, &gone);
    for (uint32_t t = 0; t < run->tasks; t++)
        if (folder_has(&f->folder, f->task[t])) {
            kept++;
            items += run->task[t].items;
        }
    for (uint64_t i = 0; i < f->folder.files; i++)
        bytes += f->folder.file[i].size;
    printf("\nrun folder %s: %.1f MB\n", run->request->run_dir, (double)bytes / 1e6);
    printf("  inputs        %llu known, %llu new or changed, %llu gone since\n", (unsigned long long)known,
           (unsigned long long)(f->items - known), (unsigned long long)gone);
    printf("  read again    %llu of %llu inputs, in %llu of %u tasks\n", (unsigned long long)(f->items - items),
           (unsigned long long)f->items, (unsigned long long)(run->tasks - kept), run->tasks);
    if (f->items > items && known == f->items)
        printf("                because a step that reads or analyses documents has changed: its plugin, an option or a data file\n");
    else if (f->items - items > f->items - known)
        printf("                (with the known ones that shared a task with what changed)\n");
    preview_rounds(run, known == f->items && !gone);
    return RUN_DONE;
}
