/* SPDX-License-Identifier: Apache-2.0
 *
 * assay run: inputs gathered from arguments, lists and stdin, the plan made, the run done, its end told.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd.h"
#include "fields.h"
#include "history.h"
#include "label.h"

const struct arg_spec cmd_run_spec[] = {
    CMD_WORKERS,
    CMD_WRITE,
    CMD_SET,
    CMD_PLUGIN_DIR,
    {"run", 0, ARG_ONE, "DIR", "keep what is done there: go on after an interruption, do only what is new"},
    CMD_REVIEW,
    {"fail-on", 0, ARG_ONE, "WORD", "exit with 1 where a finding has this verdict or severity, or a graver one"},
    {"only", 0, ARG_ONE, "DOC", "only the document of this id"},
    CMD_UNTIL,
    {"files-from", 0, ARG_ONE, "FILE", "read the names of inputs from FILE, one a line; - is stdin"},
    {"isolate", 0, ARG_ONE, "none", "none: everything in one process, for a debugger"},
    CMD_QUIET,
    CMD_VERBOSE,
    {"json", 0, ARG_FLAG, NULL, "messages as JSON lines on stderr"},
    CMD_HELP,
    CMD_END,
};

/* The inputs as named by the command line and by --files-from. */
struct inputs {
    const char **at; /* NULL-terminated */
    char *list;      /* the file's text, cut into names */
};

static int read_list(const char *name, struct assay_buf *text, struct diag *diag)
{
    FILE *f = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
    char block[4096];
    size_t n;
    while (f && (n = fread(block, 1, sizeof block, f)) > 0)
        assay_buf_add(text, block, n);
    int wrong = !f || ferror(f);
    if (wrong)
        diag_say(diag, DIAG_ERROR, "--files-from %s: %s", name, strerror(errno));
    if (f && f != stdin)
        fclose(f);
    if (!wrong && text->size && memchr(text->at, 0, text->size)) {
        diag_say(diag, DIAG_ERROR, "--files-from %s: this is no list of names, one a line", name);
        wrong = 1;
    }
    assay_buf_byte(text, 0);
    return !wrong && !text->failed;
}

static void inputs_free(struct inputs *in)
{
    free(in->at);
    free(in->list);
}

static int inputs_gather(const struct args *a, struct inputs *in, struct diag *diag)
{
    const char *from = args_one(a, "files-from");
    struct assay_buf text = {0};
    size_t n = a->operand.count - 1, lines = 1;
    *in = (struct inputs){0};
    int ok = !from || read_list(from, &text, diag);
    in->list = text.at;
    for (size_t i = 0; ok && i < text.size; i++)
        lines += text.at[i] == '\n';
    in->at = ok ? calloc(n + lines + 1, sizeof *in->at) : NULL;
    if (!in->at)
        return 0;
    memcpy(in->at, a->operand.at + 1, n * sizeof *in->at);
    for (char *p = in->list, *end; p && *p; p = end) {
        end = p + strcspn(p, "\r\n");
        size_t gap = strspn(end, "\r\n");
        memset(end, 0, gap);
        end += gap;
        if (*p)
            in->at[n++] = p;
    }
    return 1;
}

/* Paths that do not exist, all at once. Gives whether one is "-". */
static int check_inputs(const char *const *input, struct diag *diag, uint32_t *from_stdin)
{
    struct stat st;
    int ok = 1;
    *from_stdin = 0;
    for (; *input; input++) {
        if (strcmp(*input, "-") == 0) {
            (*from_stdin)++;
        } else if (stat(*input, &st)) {
            int address = errno == ENOENT && strstr(*input, "://") != NULL;
            diag_at(diag, DIAG_ERROR, NULL, address ? "no network is used: save the page, and name its file" : NULL,
                    "%s: %s", **input ? *input : "an empty PATH", strerror(errno));
            ok = 0;
        }
    }
    if (*from_stdin > 1) {
        diag_say(diag, DIAG_ERROR, "- is given twice; there is one stdin");
        ok = 0;
    }
    return ok;
}

static int grade_has(const struct assay_fields *f, const char *word, struct assay_buf *words)
{
    for (uint32_t i = 0; i < f->rows; i++) {
        const struct assay_field *r = fields_row(f, i);
        if (!(r->flags & ASSAY_GRADE))
            continue;
        if (fields_word_index(r->of, word, strlen(word)) != ASSAY_NEVER)
            return 1;
        assay_buf_printf(words, "%s%s", words->size ? "|" : "", (const char *)r->of);
    }
    return 0;
}

/* The word has to be one that some layer of the chain grades its records with. */
static int check_fail_on(const struct plan *p, const char *word, struct diag *diag)
{
    struct assay_buf words = {0};
    int found = !word;
    for (uint32_t i = 0; !found && i < p->layers; i++)
        if ((p->layer[i].where & ASSAY_ON_CORPUS) && !p->layer[i].private_)
            found = grade_has(p->layer[i].fields, word, &words);
    assay_buf_byte(&words, 0);
    if (!found && words.size > 1)
        diag_say(diag, DIAG_ERROR, "--fail-on %s: has to be one of %s", word, words.at);
    else if (!found)
        diag_say(diag, DIAG_ERROR, "--fail-on %s: no step of this chain grades its records", word);
    assay_buf_free(&words);
    return found;
}

static int check_words(const struct args *a, struct diag *diag)
{
    const char *isolate = args_one(a, "isolate");
    if (isolate && strcmp(isolate, "none") != 0) {
        diag_say(diag, DIAG_ERROR, "--isolate=%s: the only word is none", isolate);
        return 0;
    }
    if (args_flag(a, "quiet") && args_flag(a, "verbose")) {
        diag_say(diag, DIAG_ERROR, "-q and -v do not go together");
        return 0;
    }
    if (args_one(a, "only") && args_one(a, "run")) {
        diag_say(diag, DIAG_ERROR, "--only and --run do not go together: what a run folder keeps is of all documents");
        return 0;
    }
    return 1;
}

static int run_plan(const struct args *a, struct diag *diag, const struct plan *p, struct modules *m, uint32_t workers,
                    const char *const *inputs)
{
    struct run_request q = {.inputs = inputs,
                            .workers = workers,
                            .isolate_none = args_one(a, "isolate") != NULL,
                            .run_dir = args_one(a, "run"),
                            .only_doc = args_one(a, "only"),
                            .fail_on = args_one(a, "fail-on"),
                            .quiet = (uint32_t)args_flag(a, "quiet"),
                            .verbose = (uint32_t)args_flag(a, "verbose"),
                            .modules = m,
                            .diag = diag};
    if (!check_fail_on(p, q.fail_on, diag))
        return RUN_USAGE;
    if (!q.inputs[0] && args_one(a, "files-from")) {
        diag_say(diag, DIAG_ERROR, "--files-from %s: no names in it", args_one(a, "files-from"));
        return RUN_USAGE;
    }
    if (!q.inputs[0] && !p->input[0]) {
        diag_say(diag, DIAG_ERROR, "no input: name files or folders, or - for JSON Lines on stdin");
        return RUN_USAGE;
    }
    return run_chain(p, &q);
}

/* Where the chain was no chain, and a path behind it has the name of one. */
static void say_order(const struct args *a, struct diag *diag)
{
    for (size_t i = 1; i < a->operand.count; i++) {
        const char *end = strrchr(a->operand.at[i], '.');
        if (end && strcmp(end, ".conf") == 0 && strcmp(a->operand.at[0], a->operand.at[i]) != 0) {
            diag_say(diag, DIAG_ERROR, "%s was read as the chain: the chain file comes first, then what it is to read",
                     a->operand.at[0]);
            return;
        }
    }
}

int cmd_run(const struct args *a, struct diag *diag)
{
    uint32_t workers, from_stdin;
    int code = RUN_USAGE;
    if (!cmd_operands(a, diag, "run CHAIN [PATH...]", 1, UINT32_MAX) || !check_words(a, diag) ||
        !cmd_workers(a, diag, &workers))
        return RUN_USAGE;
    struct inputs in;
    if (!inputs_gather(a, &in, diag)) {
        inputs_free(&in);
        return RUN_USAGE;
    }
    int inputs_fine = check_inputs(in.at, diag, &from_stdin);
    struct modules *m;
    const char *dir = args_one(a, "run");
    struct history history;
    if (!history_open(&history, dir)) {
        diag_say(diag, DIAG_ERROR, "out of memory");
        history_close(&history);
        inputs_free(&in);
        return RUN_INTERNAL;
    }
    struct plan *p = cmd_make_plan(a, diag, workers, from_stdin > 0, &history, &m, &code);
    if (p)
        code = inputs_fine ? run_plan(a, diag, p, m, workers, in.at) : RUN_USAGE;
    else
        say_order(a, diag);
    if (dir && (code == RUN_DONE || code == RUN_FINDINGS || code == RUN_FAILURES) && history_turn(dir, diag))
        code = RUN_INTERNAL;
    history_close(&history);
    plan_free(p);
    modules_free(m);
    inputs_free(&in);
    return code;
}
