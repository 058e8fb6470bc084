/* SPDX-License-Identifier: Apache-2.0
 *
 * assay list: the plugins that were found, and those refused with the reason.
 */
#include <string.h>

#include <assay/kit/json.h>

#include "cmd.h"

const struct arg_spec cmd_list_spec[] = {CMD_PLUGIN_DIR, CMD_JSON_OUT, CMD_HELP, CMD_END};

static void add_json(struct assay_buf *b, const struct module *x)
{
    int first = 1;
    assay_buf_byte(b, '{');
    show_key_text(b, &first, "name", x->name);
    show_key_text(b, &first, "path", x->path);
    show_key_text(b, &first, "role", x->plugin ? plan_role(x->plugin->role) : NULL);
    show_key_text(b, &first, "version", x->plugin ? x->plugin->version : NULL);
    show_key_text(b, &first, "license", x->plugin ? x->plugin->license : NULL);
    show_key_text(b, &first, "summary", x->plugin ? x->plugin->summary : NULL);
    show_key_text(b, &first, "refused", x->refused);
    assay_buf_byte(b, '}');
}

static void list_json(struct assay_buf *b, const struct modules *m)
{
    assay_buf_text(b, "[");
    for (uint32_t i = 0; i < modules_count(m); i++) {
        assay_buf_text(b, i ? ",\n " : "\n ");
        add_json(b, modules_at(m, i));
    }
    assay_buf_text(b, "\n]\n");
}

static void list_text(struct assay_buf *b, const struct modules *m)
{
    for (uint32_t role = ASSAY_READER; role <= ASSAY_WRITER; role++)
        for (uint32_t i = 0; i < modules_count(m); i++) {
            const struct assay_plugin *p = modules_at(m, i)->plugin;
            if (p && p->role == role)
                assay_buf_printf(b, "%-9s %-14s %-7s %s\n", plan_role(role), p->name, p->version, p->summary);
        }
    for (uint32_t i = 0; i < modules_count(m); i++) {
        const struct module *x = modules_at(m, i);
        if (x->refused)
            assay_buf_printf(b, "refused   %-14s %s\n          %s\n", x->name, x->refused, x->path);
    }
}

static void say_empty(const struct modules *m, struct diag *diag)
{
    diag_say(diag, DIAG_WARNING, "no plugin was found; the folders searched are:");
    for (const char *const *dir = modules_dirs(m); *dir; dir++)
        diag_say(diag, DIAG_INFO, "  %s", *dir);
}

int cmd_list(const struct args *a, struct diag *diag)
{
    struct assay_buf out = {0};
    if (!cmd_operands(a, diag, "list", 0, 0))
        return RUN_USAGE;
    struct modules *m = modules_new(args_many(a, "plugin-dir"), diag);
    if (!m) {
        diag_say(diag, DIAG_ERROR, "out of memory");
        return RUN_INTERNAL;
    }
    modules_load_all(m);
    if (args_flag(a, "json"))
        list_json(&out, m);
    else
        list_text(&out, m);
    if (!modules_count(m))
        say_empty(m, diag);
    modules_free(m);
    return cmd_print(&out, diag);
}
