/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd.h"

#include <errno.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "history.h"
#include "write_all.h"

const struct cmd cmd_all[] = {
    {"run", "CHAIN [PATH...]", "run a chain over files, folders, archives or - (JSON Lines on stdin)", cmd_run_spec, cmd_run},
    {"check", "CHAIN", "verify a chain, change nothing", cmd_check_spec, cmd_check},
    {"plan", "CHAIN [PATH...]", "show the order of steps, the passes and the layers; with --run what would be done again", cmd_plan_spec, cmd_plan},
    {"list", "", "list the plugins found, and those refused with the reason", cmd_list_spec, cmd_list},
    {"inspect", "PLUGIN", "show a plugin's options and layers, and a chain entry", cmd_inspect_spec, cmd_inspect},
    {"new", "NAME", "write a plugin project that builds and passes its own test", cmd_new_spec, cmd_new},
    {"query", "RESULTS SQL", "ask a finished result (sqlite or jsonl) with SQL", cmd_query_spec, cmd_query},
    {"diff", "OLD NEW | DIR", "compare the findings of two results, or the last two of a run folder", cmd_diff_spec, cmd_diff},
    {"export", "RESULTS", "print a finished result (sqlite or jsonl with texts) with another writer", cmd_export_spec, cmd_export},
    {NULL, NULL, NULL, NULL, NULL},
};

int cmd_workers(const struct args *a, struct diag *diag, uint32_t *workers)
{
    cpu_set_t set;
    if (!args_number(a, "workers", 1024, 0, workers, diag))
        return 0;
    if (!*workers)
        *workers = sched_getaffinity(0, sizeof set, &set) == 0 ? (uint32_t)CPU_COUNT(&set) : 1;
    return 1;
}

int cmd_operands(const struct args *a, struct diag *diag, const char *usage, uint32_t least, uint32_t most)
{
    if (a->operand.count >= least && a->operand.count <= most)
        return 1;
    diag_say(diag, DIAG_ERROR, "usage: assay %s", usage);
    return 0;
}

struct plan *cmd_make_plan(const struct args *a, struct diag *diag, uint32_t workers, uint32_t from_stdin,
                           const struct history *history, struct modules **modules, int *code)
{
    uint32_t refused = 0;
    struct plan_wish wish = {.set = args_many(a, "set"),
                             .write = args_many(a, "write"),
                             .until = args_one(a, "until"),
                             .review = args_one(a, "review"),
                             .apart = args_one(a, "run") != NULL,
                             .workers = workers,
                             .from_stdin = from_stdin,
                             .refused = &refused,
                             .since = history ? history->last : NULL,
                             .keep = history ? history->writer : NULL};
    *modules = modules_new(args_many(a, "plugin-dir"), diag);
    if (!*modules) {
        diag_say(diag, DIAG_ERROR, "out of memory");
        *code = RUN_INTERNAL;
        return NULL;
    }
    struct plan *p = plan_make(a->operand.at[0], &wish, *modules, diag);
    *code = p ? RUN_DONE : refused ? RUN_PLUGIN : RUN_USAGE;
    return p;
}

int cmd_print(struct assay_buf *b, struct diag *diag)
{
    int code = RUN_DONE;
    if (b->failed) {
        diag_say(diag, DIAG_ERROR, "out of memory");
        code = RUN_INTERNAL;
    } else if (write_all(STDOUT_FILENO, b->at, b->size)) {
        diag_say(diag, DIAG_ERROR, "stdout: %s", strerror(errno));
        code = RUN_INTERNAL;
    }
    assay_buf_free(b);
    return code;
}
