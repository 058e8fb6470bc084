/* SPDX-License-Identifier: Apache-2.0
 *
 * The commands of the program. Each takes its parsed arguments and gives the exit code (run.h).
 */
#ifndef CMD_H
#define CMD_H

#include <assay/kit/buf.h>

#include "args.h"
#include "diag.h"
#include "module.h"
#include "plan.h"
#include "run.h"

struct cmd {
    const char *name, *operands, *summary;
    const struct arg_spec *spec;
    int (*run)(const struct args *, struct diag *);
};

/* All of them; ends with name == NULL. */
extern const struct cmd cmd_all[];

extern const struct arg_spec cmd_run_spec[], cmd_check_spec[], cmd_plan_spec[], cmd_list_spec[], cmd_inspect_spec[],
    cmd_new_spec[];
extern const struct arg_spec cmd_query_spec[], cmd_diff_spec[], cmd_export_spec[];
int cmd_run(const struct args *, struct diag *);
int cmd_check(const struct args *, struct diag *);
int cmd_plan(const struct args *, struct diag *);
int cmd_list(const struct args *, struct diag *);
int cmd_inspect(const struct args *, struct diag *);
int cmd_new(const struct args *, struct diag *);
int cmd_query(const struct args *, struct diag *);
int cmd_diff(const struct args *, struct diag *);
int cmd_export(const struct args *, struct diag *);

/* Rows that several commands share. */
#define CMD_PLUGIN_DIR {"plugin-dir", 0, ARG_MANY, "DIR", "look for plugins here first"}
#define CMD_SET \
    {"set", 0, ARG_MANY, "STEP.OPTION=VALUE", "set an option of a step; OPTION=VALUE one of the chain's own"}
#define CMD_WRITE {"write", 0, ARG_MANY, "NAME[:PATH]", "use this writer instead of the chain's; - is stdout"}
#define CMD_UNTIL {"until", 0, ARG_ONE, "STEP", "leave out the steps after this one, but not the writers"}
#define CMD_REVIEW {"review", 0, ARG_ONE, "FILE", "marks of an earlier reading"}
#define CMD_WORKERS {"workers", 'j', ARG_ONE, "N", "worker processes; 0, the default: one per core"}
#define CMD_JSON_OUT {"json", 0, ARG_FLAG, NULL, "print JSON on stdout"}
#define CMD_QUIET {"quiet", 'q', ARG_FLAG, NULL, "only warnings and errors, no progress bar"}
#define CMD_VERBOSE {"verbose", 'v', ARG_FLAG, NULL, "say more"}
#define CMD_HELP {"help", 'h', ARG_FLAG, NULL, "show this"}
#define CMD_END {NULL, 0, ARG_FLAG, NULL, NULL}

struct history; /* history.h; NULL: nothing */

/* Plan of operand 0 with what the arguments wish for; on failure NULL and the exit code. *modules is to be freed after
 * the plan, also then. */
struct plan *cmd_make_plan(const struct args *, struct diag *, uint32_t workers, uint32_t from_stdin,
                           const struct history *, struct modules **modules, int *code);
/* -j, or one per core. 0: wrong. */
int cmd_workers(const struct args *, struct diag *, uint32_t *workers);
/* 1: count operands are between least and most; else printed. */
int cmd_operands(const struct args *, struct diag *, const char *usage, uint32_t least, uint32_t most);
/* Writes it all to stdout and frees it; RUN_DONE, or RUN_INTERNAL and a message. */
int cmd_print(struct assay_buf *, struct diag *);

/* cmd_show.c: a descriptor for people, as JSON, as Markdown. `says`: what `describe` said, or NULL. */
void show_text(struct assay_buf *, const struct module *, const char *says);
void show_json(struct assay_buf *, const struct module *, const char *says);
void show_markdown(struct assay_buf *, const struct module *, const char *says);
void show_size(struct assay_buf *, uint64_t bytes);
void show_key_text(struct assay_buf *, int *first, const char *key, const char *terminated); /* null: null */

#endif
