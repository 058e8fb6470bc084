/* SPDX-License-Identifier: Apache-2.0
 *
 * assay check: a chain is verified as a run would, down to the lexicons its plugins read; nothing is changed.
 */
#include <string.h>

#include <assay/kit/json.h>

#include "cmd.h"

const struct arg_spec cmd_check_spec[] = {
    CMD_SET, CMD_WRITE, CMD_UNTIL, CMD_REVIEW, CMD_WORKERS, CMD_PLUGIN_DIR, CMD_QUIET, CMD_JSON_OUT, CMD_HELP, CMD_END,
};

static void print_json(struct assay_buf *b, const char *file, const struct plan *p, int code, const struct diag *diag)
{
    int first = 1;
    assay_buf_byte(b, '{');
    show_key_text(b, &first, "chain", file);
    assay_json_key(b, &first, "ok");
    assay_buf_text(b, code == RUN_DONE ? "true" : "false");
    assay_json_key(b, &first, "errors");
    assay_json_u64(b, diag->errors);
    assay_json_key(b, &first, "steps");
    assay_json_u64(b, p ? p->steps : 0);
    assay_json_key(b, &first, "passes");
    assay_json_u64(b, p ? p->passes : 0);
    assay_buf_text(b, "}\n");
}

int cmd_check(const struct args *a, struct diag *diag)
{
    uint32_t workers;
    int code = RUN_USAGE;
    struct modules *m;
    struct assay_buf out = {0};
    if (!cmd_operands(a, diag, "check CHAIN", 1, 1) || !cmd_workers(a, diag, &workers))
        return RUN_USAGE;
    diag->json |= args_flag(a, "json");
    struct plan *p = cmd_make_plan(a, diag, workers, 0, NULL, &m, &code);
    static const char *const none[] = {NULL};
    struct run_request q = {.inputs = none, .workers = workers, .quiet = 1, .modules = m, .diag = diag};
    if (p)
        code = run_try(p, &q);
    if (args_flag(a, "json"))
        print_json(&out, a->operand.at[0], p, code, diag);
    else if (code == RUN_DONE && !args_flag(a, "quiet"))
        assay_buf_printf(&out, "%s: fine, %u step%s, %u pass%s\n", a->operand.at[0], p->steps, p->steps == 1 ? "" : "s",
                         p->passes, p->passes == 1 ? "" : "es");
    plan_free(p);
    modules_free(m);
    int printed = cmd_print(&out, diag);
    return code == RUN_DONE ? printed : code;
}
