/* SPDX-License-Identifier: Apache-2.0
 *
 * assay export RESULTS --to WRITER -o PATH: another writer for a finished result. It is a run of a chain of its own:
 * the reader results_in, the step results, the writer. A database is put into lines first.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <assay/layers/host.h>

#include "cmd.h"
#include "resultdb.h"
#include "resultlines.h"

const struct arg_spec cmd_export_spec[] = {
    {"to", 0, ARG_ONE, "WRITER", "the writer"},
    {"output", 'o', ARG_ONE, "PATH", "where to; -, the default, is stdout"},
    CMD_SET,
    CMD_PLUGIN_DIR,
    CMD_HELP,
    CMD_END,
};

struct exporting {
    char folder[40], chain[64], lines[64];
    struct modules *modules;
    struct diag *diag;
};

static void clean_up(struct exporting *x)
{
    unlink(x->chain);
    unlink(x->lines);
    rmdir(x->folder);
    if (x->modules)
        modules_free(x->modules);
}

/* failure/1 and skipped/1 are the host's own layers, which no module declares. */
static const struct assay_layer own_layer[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 0, "failure", &assay_failure_fields, NULL},
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 0, "skipped", &assay_skipped_fields, NULL},
};

#define LAYERS 64u

static uint32_t list_layers(struct exporting *x, const struct assay_layer **layer)
{
    static const char *const name[] = {"results_in", "results"};
    uint32_t n = 0;
    for (int k = 0; k < 2; k++) {
        const struct module *m = modules_get(x->modules, name[k]);
        if (!m || !m->plugin) {
            diag_say(x->diag, DIAG_ERROR, "the plugin %s, which export needs, %s%s", name[k],
                     m ? "cannot be loaded: " : "is missing", m && m->refused ? m->refused : "");
            return 0;
        }
        for (uint32_t i = 0; i < m->plugin->layers && n < LAYERS - 2; i++)
            layer[n++] = &m->plugin->layer[i];
    }
    layer[n++] = &own_layer[0];
    layer[n++] = &own_layer[1];
    return n;
}

/* The lines of a database; a jsonl file is used as it is. 0: printed. */
static int make_lines(struct exporting *x, const char *results, char **path)
{
    static const char magic[16] = "SQLite format 3";
    const struct assay_layer *layer[LAYERS];
    char head[16] = {0};
    FILE *file = fopen(results, "rb");
    errno = file ? 0 : errno;
    size_t got = file ? fread(head, 1, sizeof head, file) : 0;
    int why = errno;
    *path = file ? realpath(results, NULL) : NULL;
    if (file)
        fclose(file);
    errno = why ? why : errno;
    if (!file || !*path || (!got && errno == EISDIR)) {
        diag_say(x->diag, DIAG_ERROR, "%s: %s", results,
                 errno == EISDIR ? "it is a folder; export takes a result of the writer sqlite or jsonl"
                                 : strerror(errno));
        return 0;
    }
    uint32_t layers = list_layers(x, layer);
    if (!layers)
        return 0;
    if (got != sizeof head || memcmp(head, magic, sizeof magic) != 0)
        return 1;
    free(*path);
    *path = strdup(x->lines);
    sqlite3 *db = *path ? resultdb_open(results, x->diag) : NULL;
    file = db ? fopen(x->lines, "wb") : NULL;
    int ok = file && resultlines_write(db, layer, layers, file, x->diag);
    if (file && fclose(file) != 0 && ok) {
        diag_say(x->diag, DIAG_ERROR, "%s: %s", x->lines, strerror(errno));
        ok = 0;
    }
    sqlite3_close(db);
    return ok;
}

/* Spans mean nothing without the text they are places of: the first document shows whether there are any. 0:
 * printed. */
static int has_texts(struct exporting *x, const char *path, const char *results)
{
    static const char document[] = "{\"type\":\"document\",";
    char *line = NULL;
    size_t room = 0;
    int found = 0, records = 1, ok = 0;
    FILE *file = fopen(path, "rb");
    while (file && !found && records && getline(&line, &room, file) > 0) {
        found = strncmp(line, document, sizeof document - 1) == 0;
        records = strncmp(line, "{\"type\":\"", 9) == 0;
    }
    ok = file && records && (!found || strstr(line, "\"text\":\"") != NULL);
    if (!file)
        diag_say(x->diag, DIAG_ERROR, "%s: %s", path, strerror(errno));
    else if (!records)
        diag_say(x->diag, DIAG_ERROR, "%s is no result: export takes a file that the writer sqlite or jsonl wrote",
                 results);
    else if (!ok)
        diag_say(
            x->diag, DIAG_ERROR,
            "%s holds no texts, which export needs: --set jsonl.text=true keeps them, sqlite does so unless told "
            "otherwise",
            results);
    if (file)
        fclose(file);
    free(line);
    return ok;
}

static int make_chain(struct exporting *x, const char *path)
{
    FILE *file = fopen(x->chain, "w");
    if (!file)
        return 0;
    fputs("chain = ( { plugin = \"results_in\"; }, { plugin = \"results\"; path = \"", file);
    for (const char *p = path; *p; p++) {
        if (*p == '"' || *p == '\\')
            fputc('\\', file);
        fputc(*p, file);
    }
    fputs("\"; } );\n", file);
    return fclose(file) == 0;
}

static int run_export(struct exporting *x, const struct args *a, const char *path)
{
    char *write = NULL;
    const char *to = args_one(a, "to"), *output = args_one(a, "output");
    if (asprintf(&write, "%s:%s", to, output ? output : "-") < 0)
        return RUN_INTERNAL;
    const char *const writers[] = {write, NULL}, *const inputs[] = {path, NULL};
    uint32_t refused = 0;
    struct plan_wish wish = {.set = args_many(a, "set"), .write = writers, .workers = 1, .refused = &refused};
    struct plan *plan = plan_make(x->chain, &wish, x->modules, x->diag);
    int code = refused ? RUN_PLUGIN : RUN_USAGE;
    if (plan) {
        struct run_request q = {.inputs = inputs, .workers = 1, .quiet = 1, .modules = x->modules, .diag = x->diag};
        code = run_chain(plan, &q);
        plan_free(plan);
    }
    free(write);
    return code;
}

int cmd_export(const struct args *a, struct diag *diag)
{
    struct exporting x = {.folder = "/tmp/assay-export-XXXXXX", .diag = diag};
    char *path = NULL;
    if (!cmd_operands(a, diag, "export RESULTS --to WRITER -o PATH", 1, 1))
        return RUN_USAGE;
    if (!args_one(a, "to")) {
        diag_say(diag, DIAG_ERROR, "--to WRITER is missing: html, sqlite, csv ...");
        return RUN_USAGE;
    }
    if (!mkdtemp(x.folder)) {
        diag_say(diag, DIAG_ERROR, "%s: %s", x.folder, strerror(errno));
        return RUN_INTERNAL;
    }
    snprintf(x.chain, sizeof x.chain, "%s/export.conf", x.folder);
    snprintf(x.lines, sizeof x.lines, "%s/results.jsonl", x.folder);
    x.modules = modules_new(args_many(a, "plugin-dir"), diag);
    int code = x.modules ? RUN_USAGE : RUN_INTERNAL;
    if (x.modules && make_lines(&x, a->operand.at[0], &path) && has_texts(&x, path, a->operand.at[0]))
        code = make_chain(&x, path) ? run_export(&x, a, path) : RUN_INTERNAL;
    free(path);
    clean_up(&x);
    return code;
}
