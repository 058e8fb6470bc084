/* SPDX-License-Identifier: Apache-2.0
 *
 * What a run would find in the run folder, and what it would do again: for `assay plan --run`.
 */
#include <stdio.h>

#include "runfolder_own.h"

/* What is there, and what of it counts for the inputs of this run. */
struct preview {
    uint64_t bytes, whole;           /* of the folder's files, as they are and expanded */
    uint64_t known, gone;            /* inputs that the run before had: also of this run, and no longer */
    uint64_t kept_tasks, kept_items; /* tasks of pass 0 that need not be read again, and their inputs */
};

/* What `amended` is, only a run knows: a task of either name is there or it is not. */
static int has_round(const struct run *run, const struct plan_round *round)
{
    enum runfolder_stage stage = round->round->reduce ? RUNFOLDER_REDUCE : RUNFOLDER_FINISH;
    const struct folder *folder = &run->folder->folder;
    return folder_has(folder, name_round(run, round, stage, 0, 0)) ||
           folder_has(folder, name_round(run, round, stage, 0, 1));
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
        printf("                because %s\n",
               same ? "an option, a data file or a plugin that they depend on has changed"
                    : "what is common and what is rare depends on all documents");
}

/* The same as an object; "again": the rounds that compare all documents again. */
static void preview_json(const struct run *run, const struct preview *v)
{
    const struct runfolder *f = run->folder;
    const struct plan *plan = run->plan;
    const char *comma = "";
    printf(
        "{\"bytes\":%llu,\"inputs\":%llu,\"known\":%llu,\"gone\":%llu,\"read_again\":%llu,\"tasks\":%u,"
        "\"tasks_again\":%llu,\"again\":[",
        (unsigned long long)v->bytes, (unsigned long long)f->items, (unsigned long long)v->known,
        (unsigned long long)v->gone, (unsigned long long)(f->items - v->kept_items), run->tasks,
        (unsigned long long)(run->tasks - v->kept_tasks));
    for (uint32_t r = 0; r < plan->rounds; r++)
        if (!has_round(run, &plan->round[r])) {
            printf("%s\"%s.%s\"", comma, plan->step[plan->round[r].step].plugin->name, plan->round[r].round->name);
            comma = ",";
        }
    printf("]}");
    fflush(stdout); /* the caller goes on with write() */
}

static void preview_plain(const struct run *run, const struct preview *v)
{
    uint64_t items = run->folder->items, again = items - v->kept_items;
    printf("\nrun folder %s: %.1f MB", run->request->run_dir, (double)v->bytes / 1e6);
    if (v->whole != v->bytes)
        printf(", expanded %.1f MB", (double)v->whole / 1e6);
    printf("\n");
    printf("  inputs        %llu known, %llu new or changed, %llu gone since\n", (unsigned long long)v->known,
           (unsigned long long)(items - v->known), (unsigned long long)v->gone);
    printf("  read again    %llu of %llu inputs, in %llu of %u tasks\n", (unsigned long long)again,
           (unsigned long long)items, (unsigned long long)(run->tasks - v->kept_tasks), run->tasks);
    if (again && v->known == items)
        printf(
            "                because a step that reads or analyses documents has changed: its plugin, an option or a data "
            "file\n");
    else if (again > items - v->known)
        printf("                (with the known ones that shared a task with what changed)\n");
    preview_rounds(run, v->known == items && !v->gone);
}

int runfolder_preview(struct run *run)
{
    const struct runfolder *f = run->folder;
    struct preview v = {0};
    folder_compare(&f->folder, f->item, f->items, &v.known, &v.gone);
    for (uint32_t t = 0; t < run->tasks; t++)
        if (folder_has(&f->folder, f->task[t])) {
            v.kept_tasks++;
            v.kept_items += run->task[t].items;
        }
    for (uint64_t i = 0; i < f->folder.files; i++) {
        v.bytes += f->folder.file[i].size;
        v.whole += f->folder.file[i].whole;
    }
    uint64_t memos = memo_bytes(f);
    v.bytes += memos;
    v.whole += memos;
    if (run->request->json)
        preview_json(run, &v);
    else
        preview_plain(run, &v);
    return RUN_DONE;
}
