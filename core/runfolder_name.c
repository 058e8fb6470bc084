/* SPDX-License-Identifier: Apache-2.0
 *
 * The names of tasks: digests of all that decides what they make.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runfolder_own.h"

/* ---- digests ---- */

void name_add_text(XXH3_state_t *x, struct assay_text text)
{
    name_add(x, text.size);
    if (text.size)
        XXH3_128bits_update(x, text.at, text.size);
}

static void add_name(XXH3_state_t *x, struct folder_name name)
{
    name_add(x, name.low);
    name_add(x, name.high);
}

/* The step as far as it matters up to `round` (0: analyse). */
static void add_step(XXH3_state_t *x, const struct run *run, uint32_t i, uint32_t round)
{
    const struct plan_step *step = &run->plan->step[i];
    name_add(x, i);
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
    name_add(x, plan->record_limit);
    name_add(x, plan->item_limit);
    name_add(x, (uint64_t)plan->limit_ms);
    name_add(x, (uint64_t)plan->limit_ms_per_100kb);
    for (uint32_t i = 0; i < plan->layers; i++) {
        name_add_text(x, (struct assay_text){plan->layer[i].name, strlen(plan->layer[i].name)});
        name_add(x, plan->layer[i].major);
        name_add(x, plan->layer[i].fields ? plan->layer[i].fields->record_size : 0);
        name_add(x, plan->layer[i].step);
    }
}

/* How much of each step something depends on: NOTHING, or its rounds up to this one (0: what it makes by analyse). */
#define NOTHING UINT32_MAX

/* 1: `step` reads the layer by what round `round` of it has to have; *stage gets the provider's round. */
static int reads(const struct run *run, uint32_t step, uint32_t round, uint32_t slot, uint32_t *provider,
                 uint32_t *stage)
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
        acts |= run->plan->round[r].step == step &&
                (run->plan->round[r].pass == pass || (before && run->plan->round[r].pass < pass));
    return acts;
}

void name_program(struct runfolder *f)
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

int name_tasks(struct run *run)
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
        f->task[t] = name_end(&x);
        add_name(&all, f->task[t]);
    }
    f->read = name_end(&all);
    return RUN_DONE;
}

/* ---- the rest ---- */

struct folder_name name_round(const struct run *run, const struct plan_round *round, enum runfolder_stage stage,
                              uint32_t part, int amended)
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
    name_add(&x, stage);
    name_add(&x, round->step);
    name_add(&x, round->index);
    name_add(&x, run->parts);
    name_add(&x, part);
    return name_end(&x);
}

struct folder_name name_memo(const struct run *run, const struct plan_round *round, uint32_t part)
{
    uint32_t need[PLAN_STEPS];
    XXH3_state_t x;
    XXH3_128bits_reset(&x);
    add_base(&x, run);
    memset(need, 0xff, sizeof need);
    need[round->step] = round->index + 1;
    close_needs(run, need, run->folder->amended);
    add_needs(&x, run, need);
    name_add(&x, round->step);
    name_add(&x, round->index);
    name_add(&x, run->parts);
    name_add(&x, part);
    return name_end(&x);
}

/* The first maps see their own documents alone, but for those that are passed over because of others. Later ones get
 * what the rounds before them made, of all steps. */
static void add_visit(XXH3_state_t *x, const struct run *run, uint32_t task, int first)
{
    const struct plan *plan = run->plan;
    uint32_t need[PLAN_STEPS];
    memset(need, 0xff, sizeof need);
    for (uint32_t i = 0; i < plan->steps; i++)
        if (acts_in(run, i, run->pass, !first))
            need[i] = rounds_by(run, i, run->pass);
    if (!first)
        close_needs(run, need, run->folder->amended);
    add_needs(x, run, need);
    for (uint64_t n = run->index.base[task]; n < run->index.base[task + 1]; n++)
        if (run->index.rank[n] == INDEX_NONE)
            name_add(x, n - run->index.base[task]);
    name_add(x, RUNFOLDER_VISIT);
    name_add(x, run->parts);
    name_add(x, run->pass);
}

static struct folder_name visit_name(const struct run *run, uint32_t task)
{
    int first = run->plan->apart && run->pass == 1;
    XXH3_state_t x;
    XXH3_128bits_reset(&x);
    add_base(&x, run);
    add_name(&x, first ? run->folder->task[task] : run->folder->read);
    add_visit(&x, run, task, first);
    name_add(&x, first ? 0 : task);
    return name_end(&x);
}

struct folder_name name_visit(const struct run *run, uint32_t task)
{
    XXH3_state_t x;
    XXH3_128bits_reset(&x);
    add_base(&x, run);
    add_name(&x, run->folder->task[task]);
    add_visit(&x, run, task, 0);
    for (uint32_t i = 0; i < run->plan->steps; i++)
        name_add(&x, (uint64_t)run->step[i].dead);
    return name_end(&x);
}

struct folder_name name_blob(const struct run *run, uint32_t round)
{
    XXH3_state_t x;
    XXH3_128bits_reset(&x);
    name_add_text(&x, (struct assay_text){"blob", 4});
    name_add(&x, run->pass);
    name_add(&x, round);
    return name_end(&x);
}

struct folder_name name_task(const struct run *run, uint32_t task, enum runfolder_stage stage)
{
    if (stage == RUNFOLDER_READ)
        return run->folder->task[task];
    if (stage == RUNFOLDER_VISIT)
        return visit_name(run, task);
    if (stage == RUNFOLDER_FINISH)
        return name_round(run, finish_of(run, task), stage, 0, run->folder->amended);
    return name_round(run, &run->plan->round[run->round[task / run->parts]], stage, task % run->parts,
                      run->folder->amended);
}

struct folder_name name_result(const struct run *run)
{
    XXH3_state_t x;
    const struct plan *plan = run->plan;
    const struct folder *folder = &run->folder->folder;
    XXH3_128bits_reset(&x);
    add_base(&x, run);
    name_add_text(&x, (struct assay_text){plan->file, plan->file ? strlen(plan->file) : 0});
    name_add_text(&x, (struct assay_text){plan->sha256, strlen(plan->sha256)});
    for (uint32_t i = 0; i < plan->steps; i++)
        if (plan->step[i].keeps || plan->step[i].plugin->role != ASSAY_WRITER) {
            XXH3_128bits_update(&x, plan->step[i].identity, sizeof plan->step[i].identity);
            XXH3_128bits_update(&x, run->step[i].found, sizeof run->step[i].found);
        }
    for (uint64_t i = 0; i < folder->files; i++)
        if (folder->file[i].used && !folder->file[i].bad) {
            add_name(&x, folder->file[i].name);
            name_add(&x, folder->file[i].sum);
        }
    name_add_text(&x, (struct assay_text){run->own_notes.at, run->own_notes.size});
    return name_end(&x);
}
