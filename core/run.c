/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fields.h"
#include "label.h"
#include "procstate.h"
#include "opening.h"
#include "outputs.h"
#include "results.h"
#include "runfolder.h"
#include "work.h"
#include "write_all.h"

#define LEAST_MEMORY (256ull << 20)

/* ---- opening and closing ---- */

static int open_failed(struct run *run, uint32_t step, assay_status status)
{
    const struct plan_step *s = &run->plan->step[step];
    const char *why = run->work.message[0] ? run->work.message : "its open failed and gave no reason";
    struct arena room = {0};
    char *hint = s->given ? label_printf(&room, "the command line sets it up, too: %s", s->given) : NULL;
    diag_at(run->diag, DIAG_ERROR, s->place.file ? &s->place : NULL, hint, "%s: %s", s->plugin->name, why);
    arena_free(&room);
    if (status == ASSAY_ECONF)
        return RUN_USAGE;
    return status == ASSAY_ENOMEM ? RUN_INTERNAL : RUN_PLUGIN;
}

/* What an open did to the program that nothing can put back. */
static int look_for_harm(struct run *run, uint32_t step, struct procstate_harm harm)
{
    const char *plugin = run->plan->step[step].plugin->name;
    if (harm.threads)
        diag_say(run->diag, DIAG_WARNING,
                 "%s: its open left %u thread%s running: workers are copies of this process without them", plugin,
                 harm.threads, harm.threads == 1 ? "" : "s");
    if (!harm.closed)
        return RUN_DONE;
    diag_say(run->diag, DIAG_ERROR, "%s: its open closed files that are not its own", plugin);
    return RUN_PLUGIN;
}

/* Opens one step in this process. */
static int open_step(struct run *run, uint32_t i)
{
    const struct plan_step *s = &run->plan->step[i];
    struct host_step *step = &run->step[i];
    struct procstate procstate;
    struct opening opening;
    host_fill(run, i);
    hook_begin(&run->work, i, HOOK_OPEN);
    procstate_save(&procstate);
    opening_begin(&opening, s->plugin->name, "open", run->plan->limit_ms);
    assay_status status =
        s->plugin->open ? hook_end(&run->work, s->plugin->open(&step->host, s->options, &step->self)) : ASSAY_OK;
    opening_end(&opening);
    struct procstate_harm harm = procstate_restore(&procstate);
    if (status)
        return open_failed(run, i, status);
    step->open = 1;
    return look_for_harm(run, i, harm);
}

/* All steps, also after one failed: what is wrong is said in one go. */
static int open_steps(struct run *run)
{
    int worst = RUN_DONE;
    run->step = calloc(run->plan->steps + 1, sizeof *run->step);
    if (!run->step)
        return RUN_INTERNAL;
    for (uint32_t i = 0; i < run->plan->steps; i++) {
        int status = open_step(run, i);
        if (status > worst)
            worst = status;
    }
    return worst;
}

static void close_steps(struct run *run)
{
    for (uint32_t i = 0; run->step && i < run->plan->steps; i++) {
        const struct assay_plugin *plugin = run->plan->step[i].plugin;
        hook_begin(&run->work, i, HOOK_CLOSE);
        if (run->step[i].open && plugin->close) {
            struct opening opening;
            opening_begin(&opening, plugin->name, "close", run->plan->limit_ms);
            plugin->close(run->step[i].self);
            opening_end(&opening);
        }
        arena_free(&run->step[i].arena);
    }
    free(run->step);
    run->step = NULL;
}

/* Many segments are open at once: as many descriptors as the system gives. */
static void raise_files(void)
{
    struct rlimit files;
    if (!getrlimit(RLIMIT_NOFILE, &files) && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

/* Debug and sanitizer builds check; any other does with ASSAY_CHECK=1, which costs a multiple of the time. */
static int wants_checks(void)
{
    const char *wish = getenv("ASSAY_CHECK");
    if (wish && *wish)
        return strcmp(wish, "0") != 0;
#if defined(ASSAY_SANITIZE) || defined(ASSAY_DEBUG)
    return 1;
#else
    return 0;
#endif
}

/* A layer stands in the blocks of the pass in which it is complete, or made by maps; document/1 in the first, and
 * wherever a step may amend it. */
static uint64_t *stands(const struct plan *plan)
{
    uint64_t *bits = calloc(plan->passes + 2, sizeof *bits);
    for (uint32_t l = 1; bits && l < plan->layers && l < SUM_BLOB; l++)
        if (plan->layer[l].stored < plan->passes + 2)
            bits[plan->layer[l].stored] |= (uint64_t)1 << l;
    for (uint32_t i = 0; bits && i < plan->steps; i++)
        if (plan->step[i].plugin->analyse && plan->step[i].analyse_pass < plan->passes + 2)
            bits[plan->step[i].analyse_pass] |= 1;
    if (bits)
        bits[0] |= 1 | (uint64_t)1 << SUM_WHOLE | (uint64_t)1 << SUM_MAP;
    return bits;
}

static int begin(struct run *run, const struct plan *plan, const struct run_request *request)
{
    *run = (struct run){.plan = plan,
                        .request = request,
                        .diag = request->diag,
                        .pid = getpid(),
                        .out_fd = -1,
                        .large_fd = -1,
                        .home = AT_FDCWD};
    uint32_t workers = request->workers ? request->workers : 1;
    run->checks = wants_checks();
    run->share = plan->memory / 2 / workers;
    run->memory_limit = run->share > LEAST_MEMORY ? run->share : LEAST_MEMORY;
    void *page = mmap(NULL, sizeof *run->fatal, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return RUN_INTERNAL;
    run->fatal = page;
    int home = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (home >= 0)
        run->home = home;
    run->large_fd = memfd_create("assay-large", MFD_CLOEXEC);
    run->corpus = calloc(plan->layers + 1, sizeof *run->corpus);
    run->blob = calloc(plan->rounds + 1, sizeof *run->blob);
    run->blob_before = calloc(plan->rounds + 1, sizeof *run->blob_before);
    run->round = calloc(plan->rounds + 1, sizeof *run->round);
    run->index.segment = calloc(plan->passes + 2, sizeof *run->index.segment);
    run->index.under = calloc(plan->passes + 2, sizeof *run->index.under);
    run->index.sums = calloc(plan->passes + 2, sizeof *run->index.sums);
    run->stands = stands(plan);
    if (!run->stands || !run->corpus || !run->blob || !run->blob_before || !run->round || !run->index.segment ||
        !run->index.under || !run->index.sums || !tables_open(&run->tables, plan) || store_open(&run->store, plan->memory))
        return RUN_INTERNAL;
    return RUN_DONE;
}

/* Results alone go to stdout: what plugins print in this process goes where messages go. */
static void take_stdout(struct run *run)
{
    fflush(stdout);
    run->out_fd = fcntl(1, F_DUPFD_CLOEXEC, 3);
    if (run->out_fd >= 0)
        dup2(2, 1);
}

static void give_stdout(struct run *run)
{
    if (run->out_fd < 0)
        return;
    fflush(stdout);
    dup2(run->out_fd, 1);
    close(run->out_fd);
    run->out_fd = -1;
}

static void end(struct run *run)
{
    work_close(run);
    runfolder_close(run);
    close_steps(run);
    for (uint32_t k = 0; k < run->kepts; k++) {
        for (uint32_t i = 0; i < run->kept_count[k]; i++)
            segment_close(&run->store, &run->kept[k][i]);
        free(run->kept[k]);
    }
    free(run->kept);
    free(run->kept_count);
    free(run->kept_docs);
    for (uint32_t i = 0; run->corpus && i < run->plan->layers; i++)
        free(run->corpus[i].run);
    free(run->corpus);
    free(run->blob);
    free(run->blob_before);
    free(run->stands);
    free(run->round);
    struct segment **segment = run->index.segment, **under = run->index.under;
    index_free(&run->index);
    free(segment);
    free(under);
    free(run->task);
    free(run->large);
    inputs_free(&run->inputs);
    tables_close(&run->tables);
    store_close(&run->store);
    bytes_free(&run->own_notes);
    arena_free(&run->arena);
    progress_close(run->progress);
    if (run->large_fd >= 0)
        close(run->large_fd);
    if (run->home >= 0)
        close(run->home);
    give_stdout(run);
    if (run->fatal)
        munmap((void *)run->fatal, sizeof *run->fatal);
}

/* ---- inputs ---- */

static int list_inputs(struct run *run)
{
    const char *const *inputs = run->request->inputs;
    if (!inputs || !*inputs)
        inputs = run->plan->input;
    int status = inputs_list(&run->inputs, inputs, run->plan, &run->store, run->diag);
    if (status == RUN_INTERNAL)
        diag_say(run->diag, DIAG_ERROR, "the inputs cannot be listed: %s", strerror(errno));
    return status;
}

static int make_items(struct run *run)
{
    struct inputs *in = &run->inputs;
    for (uint64_t i = 0; i < in->passes; i++)
        if (!note_parent_skipped(run, in->passed[i].path,
                                 (struct assay_text){in->passed[i].reason, strlen(in->passed[i].reason)}, 0))
            return RUN_INTERNAL;
    int status = cut_inputs(run);
    if (status)
        return status;
    return run->folder ? runfolder_tasks(run) : tasks_make(run);
}

/* ---- passes ---- */

static int has_mail(const struct run *run)
{
    for (uint32_t i = 0; i < run->mades; i++) {
        uint64_t blocks = foot_of(&run->made[i])->sections;
        for (uint64_t k = 0; k < blocks * run->index.tasks; k++)
            if (made_table(&run->made[i], k / run->index.tasks)[k % run->index.tasks].rows)
                return 1;
    }
    return 0;
}

static void pick_rounds(struct run *run)
{
    run->rounds = 0;
    for (uint32_t i = 0; i < run->plan->rounds; i++)
        if (run->plan->round[i].pass == run->pass && !run->step[run->plan->round[i].step].dead)
            run->round[run->rounds++] = i;
}

static int all_passes(struct run *run)
{
    uint32_t passes = run->plan->passes ? run->plan->passes : 1;
    for (run->pass = 0; run->pass < passes; run->pass++) {
        pick_rounds(run);
        int status = map_stage(run);
        pool_kill_point("host.mapped");
        if (!status && run->pass + 1 == passes && !run->rounds)
            return RUN_DONE;
        if (!status)
            status = reduce_stage(run);
        pool_kill_point("host.reduced");
        if (status)
            return status;
    }
    if (!has_mail(run))
        return RUN_DONE;
    run->rounds = 0; /* what the last rounds made for documents still has to reach them */
    int status = map_stage(run);
    if (!status)
        reduce_drop(run);
    return status;
}

/* ---- the verdict ---- */

/* Whether one of the records says a word of the row that stands no later than `most`. */
static int any_grave(struct assay_list list, const struct assay_field *row, uint32_t most)
{
    for (uint32_t r = 0; r < list.count; r++) {
        const char *record = (const char *)list.at + (uint64_t)r * list.stride;
        uint32_t value, has = 1;
        memcpy(&value, record + row->offset, sizeof value);
        if (row->has != ASSAY_NEVER)
            memcpy(&has, record + row->has, sizeof has);
        if (has && value <= most)
            return 1;
    }
    return 0;
}

/* Whether a record of the corpus is as grave as the word. 1, 0, -1: out of memory. */
static int layer_grave(const struct run *run, uint32_t layer, const char *word)
{
    const struct assay_fields *fields = run->plan->layer[layer].fields;
    int found = 0;
    for (uint32_t i = 0; i < fields->rows && !found; i++) {
        const struct assay_field *row = fields_row(fields, i);
        int grades = row->type == ASSAY_CHOICE && row->flags & ASSAY_GRADE;
        uint32_t most = grades ? fields_word_index(row->of, word, strlen(word)) : ASSAY_NEVER;
        struct corpus_reader reader = {0};
        struct assay_list list;
        if (most == ASSAY_NEVER)
            continue;
        if (!corpus_open(&reader, &run->corpus[layer], run->tables.layer[layer], 0))
            return -1;
        while (!found && (list = corpus_next(&reader, 1024)).count)
            found = any_grave(list, row, most);
        corpus_close(&reader);
    }
    return found;
}

static int verdict(const struct run *run)
{
    if (run->stored_count[NOTE_FAILURE])
        return RUN_FAILURES;
    for (uint32_t i = 0; run->request->fail_on && i + PLAN_OWN < run->plan->layers; i++)
        if (run->plan->layer[i].where & ASSAY_ON_CORPUS && layer_grave(run, i, run->request->fail_on))
            return RUN_FINDINGS;
    return RUN_DONE;
}

static int conclude(struct run *run)
{
    if (!notes_collect(run) || !index_order(&run->index) || !results_record(run)) {
        diag_say(run->diag, DIAG_ERROR, "out of memory");
        return RUN_INTERNAL;
    }
    if (!run->index.kept && run->request->only_doc)
        diag_say(run->diag, DIAG_WARNING, "no document has the id %s", run->request->only_doc);
    else if (!run->index.kept)
        diag_say(run->diag, DIAG_WARNING, "no document was read");
    int status = results_stage(run);
    if (status)
        return status;
    run->written = 1;
    runfolder_end(run);
    if (run->stored_count[NOTE_FAILURE])
        notes_say(run);
    return verdict(run);
}

static int go(struct run *run)
{
    int status = list_inputs(run);
    if (!status)
        status = runfolder_open(run);
    run->tables.lean = run->folder == NULL;
    run->tables.hashes |= run->request->isolate_none ? 1 : 0; /* documents that hooks have open go on to writers */
    if (!status && !outputs_check(run->plan, &run->inputs, run->diag))
        status = RUN_USAGE;
    if (!status)
        status = open_steps(run);
    if (status)
        return status;
    take_stdout(run);
    run->progress = progress_open(run->diag, (int)run->request->quiet);
    status = make_items(run);
    if (!status)
        status = all_passes(run);
    if (!status)
        status = conclude(run);
    return status;
}

int progress_tick(void *own, const struct pool_task *task, uint32_t count)
{
    struct run *run = own;
    if (signals_caught()) {
        run->stopped = 128 + signals_caught();
        return 1;
    }
    progress_show(run->progress, task, count);
    return 0;
}

static void cannot_begin(const struct run_request *request)
{
    diag_say(request->diag, DIAG_ERROR, "the run cannot begin: %s", strerror(errno));
}

int run_chain(const struct plan *plan, const struct run_request *request)
{
    struct run run;
    raise_files();
    signals_catch();
    int status = begin(&run, plan, request);
    if (status)
        cannot_begin(request);
    else
        status = go(&run);
    int written = run.written, caught = signals_caught();
    end(&run);
    signals_restore();
    if (!caught || written)
        return status;
    if (request->run_dir)
        diag_say(request->diag, DIAG_ERROR,
                 "interrupted (%s): nothing was written; the same command goes on where it was", strsignal(caught));
    else
        diag_say(request->diag, DIAG_ERROR, "interrupted (%s): nothing was written; with --run DIR it could go on",
                 strsignal(caught));
    return 128 + caught;
}

int run_preview(const struct plan *plan, const struct run_request *request)
{
    struct run run;
    raise_files();
    int status = begin(&run, plan, request);
    if (status)
        cannot_begin(request);
    else
        status = list_inputs(&run);
    if (!status)
        status = runfolder_open(&run);
    if (!status)
        status = open_steps(&run);
    if (!status)
        status = make_items(&run);
    if (!status)
        status = runfolder_preview(&run);
    end(&run);
    return status;
}

/* ---- trying ---- */

static int wait_for(pid_t pid, struct diag *diag, const char *what)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return RUN_INTERNAL;
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    if (diag)
        diag_say(diag, DIAG_ERROR, "%s: a plugin's open crashed (signal %d)", what, WTERMSIG(status));
    return RUN_PLUGIN;
}

int run_try(const struct plan *plan, const struct run_request *request)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0) {
        diag_say(request->diag, DIAG_ERROR, "the steps cannot be tried: %s", strerror(errno));
        return RUN_INTERNAL;
    }
    if (pid)
        return wait_for(pid, request->diag, plan->file ? plan->file : "chain");
    struct run run;
    int status = begin(&run, plan, request);
    if (status)
        cannot_begin(request);
    else
        status = open_steps(&run);
    if (!status)
        end(&run);
    _exit(status);
}

int run_describe(const struct plan *plan, uint32_t step, const struct run_request *request, int fd)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0)
        return RUN_INTERNAL;
    if (pid)
        return wait_for(pid, NULL, "");
    struct run run;
    struct diag silent = {.fd = -1, .least = DIAG_ERROR + 1};
    struct run_request quiet = *request;
    quiet.diag = &silent;
    const struct assay_plugin *plugin = plan->step[step].plugin;
    int status = begin(&run, plan, &quiet);
    run.step = status ? NULL : calloc(plan->steps + 1, sizeof *run.step);
    if (!run.step || open_step(&run, step))
        _exit(RUN_PLUGIN);
    const char *text = plugin->describe ? plugin->describe(run.step[step].self) : NULL;
    _exit(text && write_all(fd, text, strlen(text)) ? RUN_INTERNAL : RUN_DONE);
}
