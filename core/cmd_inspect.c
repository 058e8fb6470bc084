/* SPDX-License-Identifier: Apache-2.0
 *
 * assay inspect: what a plugin says of itself (options, layers, data it found), and an entry for a chain.
 */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cmd.h"
#include "label.h"

const struct arg_spec cmd_inspect_spec[] = {
    CMD_PLUGIN_DIR,
    CMD_JSON_OUT,
    {"markdown", 0, ARG_FLAG, NULL, "print Markdown, for a README"},
    CMD_HELP,
    CMD_END,
};

/* PLUGIN may be a path to a .so: then its folder comes first. */
static struct modules *find_plugins(const struct args *a, struct arena *arena, const char **name, struct diag *diag)
{
    const char *word = a->operand.at[0], *slash = strrchr(word, '/');
    *name = word;
    if (!slash)
        return modules_new(args_many(a, "plugin-dir"), diag);
    const char *dirs[] = {label_copy(arena, word, slash == word ? 1 : (size_t)(slash - word)), NULL};
    size_t n = strlen(slash + 1);
    n -= n > 3 && strcmp(slash + 1 + n - 3, ".so") == 0 ? 3 : 0;
    *name = label_copy(arena, slash + 1, n);
    return *name && dirs[0] ? modules_new(dirs, diag) : NULL;
}

/* What `describe` says, or NULL. It opens the plugin, so it runs in a child of the data plane. */
static char *described(const struct module *x, struct modules *m, struct arena *arena)
{
    char *text = NULL;
    struct diag silent = {.fd = -1, .least = DIAG_ERROR + 1};
    if (!x->plugin->describe)
        return NULL;
    struct plan *p = plan_alone(x, &silent);
    static const char *const none[] = {NULL};
    struct run_request q = {.inputs = none, .workers = 1, .quiet = 1, .modules = m, .diag = &silent};
    int fd = p ? memfd_create("describe", MFD_CLOEXEC) : -1;
    if (fd >= 0 && run_describe(p, 0, &q, fd) == RUN_DONE) {
        off_t size = lseek(fd, 0, SEEK_END);
        text = size > 0 && size < 1 << 20 ? arena_alloc(arena, (uint64_t)size + 1) : NULL;
        if (text && pread(fd, text, (size_t)size, 0) != size)
            text = NULL;
    }
    if (fd >= 0)
        close(fd);
    plan_free(p);
    return text;
}

static int show(const struct args *a, struct diag *diag, const struct module *x, struct modules *m, struct arena *arena)
{
    struct assay_buf out = {0};
    char *says = described(x, m, arena);
    if (args_flag(a, "json"))
        show_json(&out, x, says);
    else if (args_flag(a, "markdown"))
        show_markdown(&out, x, says);
    else
        show_text(&out, x, says);
    return cmd_print(&out, diag);
}

int cmd_inspect(const struct args *a, struct diag *diag)
{
    const char *name;
    struct arena arena = {0};
    int code = RUN_USAGE;
    if (!cmd_operands(a, diag, "inspect PLUGIN", 1, 1))
        return RUN_USAGE;
    struct modules *m = find_plugins(a, &arena, &name, diag);
    const struct module *x = m ? modules_get(m, name) : NULL;
    if (!m) {
        diag_say(diag, DIAG_ERROR, "out of memory");
        code = RUN_INTERNAL;
    } else if (!x) {
        diag_at(diag, DIAG_ERROR, NULL, modules_hint(m, name, &arena), "there is no plugin '%s'", name);
    } else if (!x->plugin) {
        diag_say(diag, DIAG_ERROR, "plugin '%s' cannot be used: %s (%s)", name, x->refused, x->path);
        code = RUN_PLUGIN;
    } else {
        code = show(a, diag, x, m, &arena);
    }
    modules_free(m);
    arena_free(&arena);
    return code;
}
