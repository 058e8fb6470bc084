/* SPDX-License-Identifier: Apache-2.0
 *
 * The data plane's front door: takes a checked plan and does the whole run. Commands call nothing else of it.
 */
#ifndef RUN_H
#define RUN_H

#include "diag.h"
#include "module.h"
#include "plan.h"

/* Exit codes of the program. A death by signal is 128 + its number. */
#define RUN_DONE 0
#define RUN_FINDINGS 1 /* only with fail_on */
#define RUN_USAGE 2    /* usage, chain file, an input that does not exist */
#define RUN_FAILURES 3 /* done, but some documents failed */
#define RUN_PLUGIN 4   /* a plugin cannot be loaded or breaks its contract */
#define RUN_INTERNAL 5

struct run_request {
    const char *const *inputs; /* as given, NULL-terminated; "-" is stdin, for plan->stdin_step; empty: plan->input */
    uint32_t workers;          /* processes, at least 1 */
    uint32_t isolate_none;     /* 1: everything in this process, for a debugger */
    const char *run_dir;       /* --run: keep and resume here; NULL: nothing is kept */
    const char *only_doc;      /* --only: id of the one document wanted, or NULL */
    /* a word of some ASSAY_GRADE row of the plan (checked), or NULL: that grave or graver is RUN_FINDINGS */
    const char *fail_on;
    uint32_t quiet, verbose;   /* diag's level is set already; quiet also means no progress bar */
    struct modules *modules;
    struct diag *diag;
    uint32_t json;             /* run_preview prints a JSON object */
};

/* Runs the chain: opens the steps, lists the inputs, passes, writers. Prints what is wrong; gives the exit code. */
int run_chain(const struct plan *, const struct run_request *);

/* For `plan --run`: lists the inputs and says, on stdout, what the run folder knows of them and what would be done
 * again. Changes nothing but what opening a new folder makes. */
int run_preview(const struct plan *, const struct run_request *);

/* For `check` and `plan`: opens every step in a child process, as run_chain would, closes it again, and prints what is
 * wrong (a lexicon's bad line). RUN_DONE, RUN_USAGE or RUN_PLUGIN. */
int run_try(const struct plan *, const struct run_request *);

/* For `inspect`: opens one step in a child process and writes what its `describe` says to fd. RUN_DONE also where it
 * has nothing to say; RUN_PLUGIN, silently, where it cannot be opened. */
int run_describe(const struct plan *, uint32_t step, const struct run_request *, int fd);

#endif
