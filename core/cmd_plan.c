/* SPDX-License-Identifier: Apache-2.0
 *
 * assay plan: the steps, the passes and the layers of a chain; with --run what would be done again and why.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <assay/kit/json.h>

#include "cmd.h"

const struct arg_spec cmd_plan_spec[] = {
    CMD_SET, CMD_WRITE, CMD_UNTIL, CMD_REVIEW, CMD_WORKERS, CMD_PLUGIN_DIR, CMD_QUIET, CMD_JSON_OUT,
    {"run", 0, ARG_ONE, "DIR", "say what this run folder knows of the inputs, and what would be done again"},
    CMD_HELP, CMD_END,
};

static const char *use_name(uint32_t use)
{
    static const char *const name[] = {"", "reads", "may read", "makes"};
    return name[use];
}

static void add_step(struct assay_buf *b, const struct plan *p, uint32_t i)
{
    const struct plan_step *s = &p->step[i];
    uint32_t last = 0;
    assay_buf_printf(b, "%3u %-9s %-14s %s\n", i + 1, plan_role(s->plugin->role), s->plugin->name, s->plugin->version);
    /* What a plugin keeps to itself is for --json and inspect. */
    for (uint32_t use = ASSAY_REQUIRES; use <= ASSAY_PROVIDES; use++)
        for (uint32_t k = 0; k < s->plugin->layers; k++) {
            const struct assay_layer *l = &s->plugin->layer[k];
            if (l->use != use)
                continue;
            const char *absent = s->slot[k] == PLAN_NONE ? " (absent)" : "";
            assay_buf_printf(b,
                             last == use ? ", %.0s%s/%u%s"
                             : last      ? "; %s %s/%u%s"
                                         : "              %s %s/%u%s",
                             use_name(use), l->name, l->major, absent);
            last = use;
        }
    if (last)
        assay_buf_byte(b, '\n');
}

static void add_hook(struct assay_buf *b, int *any, const char *hook, const struct plan_step *s, const char *round)
{
    assay_buf_printf(b, "%s%s%s%s", *any ? ", " : "", hook, s->plugin->name, round ? "." : "");
    assay_buf_text(b, round ? round : "");
    *any = 1;
}

static void add_pass(struct assay_buf *b, const struct plan *p, uint32_t pass)
{
    int any = 0;
    assay_buf_printf(b, "pass %u  every document: ", pass);
    for (uint32_t i = 0; i < p->steps; i++)
        if (p->step[i].analyse_pass == pass &&
            (p->step[i].plugin->role != ASSAY_ANALYSER || p->step[i].plugin->analyse))
            add_hook(b, &any, "", &p->step[i], NULL);
    for (uint32_t i = 0; i < p->rounds; i++)
        if (p->round[i].pass == pass)
            add_hook(b, &any, "map ", &p->step[p->round[i].step], p->round[i].round->name);
    for (uint32_t i = 0; i < p->rounds; i++) {
        const struct plan_round *o = &p->round[i];
        if (o->pass != pass)
            continue;
        const struct plan_step *s = &p->step[o->step];
        any = 0;
        assay_buf_text(b, "\n        then ");
        if (o->round->reduce)
            add_hook(b, &any, "reduce ", s, o->round->name);
        if (o->round->finish)
            add_hook(b, &any, "finish ", s, o->round->name);
    }
    assay_buf_byte(b, '\n');
}

static void print_text(struct assay_buf *b, const struct plan *p)
{
    assay_buf_printf(b, "%s: %u step%s, %u pass%s, memory ", p->file, p->steps, p->steps == 1 ? "" : "s", p->passes,
                     p->passes == 1 ? "" : "es");
    show_size(b, p->memory);
    assay_buf_text(b, "\n\n");
    for (uint32_t i = 0; i < p->steps; i++)
        add_step(b, p, i);
    assay_buf_byte(b, '\n');
    for (uint32_t pass = 0; pass < p->passes; pass++)
        add_pass(b, p, pass);
    int any = 0;
    assay_buf_text(b, "then    ");
    for (uint32_t i = 0; i < p->steps; i++)
        if (p->step[i].plugin->role == ASSAY_WRITER)
            add_hook(b, &any, "write ", &p->step[i], NULL);
    assay_buf_byte(b, '\n');
}

static void json_layers(struct assay_buf *b, const struct plan *p)
{
    for (uint32_t i = 0; i < p->layers; i++) {
        const struct plan_layer *l = &p->layer[i];
        int first = 1;
        assay_buf_text(b, i ? ",{" : "{");
        show_key_text(b, &first, "name", l->name);
        assay_json_key(b, &first, "major");
        assay_json_u64(b, l->major);
        show_key_text(b, &first, "where", l->where & ASSAY_ON_CORPUS ? "corpus" : "document");
        show_key_text(b, &first, "provider", l->step == PLAN_NONE ? "assay" : p->step[l->step].plugin->name);
        assay_json_key(b, &first, "private");
        assay_buf_text(b, l->private_ ? "true" : "false");
        assay_json_key(b, &first, "ready");
        assay_json_u64(b, l->ready);
        assay_buf_byte(b, '}');
    }
}

static void json_steps(struct assay_buf *b, const struct plan *p)
{
    for (uint32_t i = 0; i < p->steps; i++) {
        const struct plan_step *s = &p->step[i];
        int first = 1;
        assay_buf_text(b, i ? ",{" : "{");
        show_key_text(b, &first, "plugin", s->plugin->name);
        show_key_text(b, &first, "version", s->plugin->version);
        show_key_text(b, &first, "role", plan_role(s->plugin->role));
        assay_json_key(b, &first, "line");
        assay_json_u64(b, s->place.line);
        assay_json_key(b, &first, "pass");
        if (s->analyse_pass == PLAN_NONE)
            assay_buf_text(b, "null");
        else
            assay_json_u64(b, s->analyse_pass);
        assay_json_key(b, &first, "identity");
        assay_buf_printf(b, "\"%016llx%016llx\"", (unsigned long long)s->identity[1],
                         (unsigned long long)s->identity[0]);
        assay_json_key(b, &first, "rounds");
        assay_buf_byte(b, '[');
        for (uint32_t r = 0; r < s->plugin->rounds; r++) {
            int one = 1;
            assay_buf_text(b, r ? ",{" : "{");
            show_key_text(b, &one, "name", s->round[r]->round->name);
            assay_json_key(b, &one, "pass");
            assay_json_u64(b, s->round[r]->pass);
            assay_buf_byte(b, '}');
        }
        assay_buf_text(b, "]}");
    }
}

static void print_json(struct assay_buf *b, const struct plan *p)
{
    int first = 1;
    assay_buf_byte(b, '{');
    show_key_text(b, &first, "chain", p->file);
    show_key_text(b, &first, "sha256", p->sha256);
    assay_json_key(b, &first, "memory");
    assay_json_u64(b, p->memory);
    assay_json_key(b, &first, "passes");
    assay_json_u64(b, p->passes);
    assay_json_key(b, &first, "steps");
    assay_buf_byte(b, '[');
    json_steps(b, p);
    assay_buf_byte(b, ']');
    assay_json_key(b, &first, "layers");
    assay_buf_byte(b, '[');
    json_layers(b, p);
    assay_buf_byte(b, ']');
}

/* A run folder that is not there would be made: nothing is known of it, and a plan changes nothing. */
static int preview(const struct plan *p, const struct run_request *q, struct diag *diag)
{
    struct assay_buf out = {0};
    if (!access(q->run_dir, F_OK))
        return run_preview(p, q);
    if (q->json)
        assay_buf_text(&out, "null");
    else
        assay_buf_printf(&out, "\nrun folder %s: not there yet; a run would make it and read all inputs\n", q->run_dir);
    return cmd_print(&out, diag);
}

static int inputs_there(const char *const *path, struct diag *diag)
{
    int all = 1;
    for (; *path; path++)
        if (strcmp(*path, "-") && access(*path, F_OK)) {
            diag_say(diag, DIAG_ERROR, "%s: %s", *path, strerror(errno));
            all = 0;
        }
    return all;
}

int cmd_plan(const struct args *a, struct diag *diag)
{
    uint32_t workers;
    int code = RUN_USAGE;
    struct modules *m;
    struct assay_buf out = {0};
    if (!cmd_operands(a, diag, "plan CHAIN [PATH...] [--run DIR]", 1, UINT32_MAX) || !cmd_workers(a, diag, &workers))
        return RUN_USAGE;
    struct plan *p = cmd_make_plan(a, diag, workers, 0, NULL, &m, &code);
    struct run_request q = {.inputs = (const char *const *)a->operand.at + 1,
                            .run_dir = args_one(a, "run"),
                            .workers = workers,
                            .quiet = 1,
                            .modules = m,
                            .diag = diag,
                            .json = (uint32_t)args_flag(a, "json")};
    if (p)
        code = run_try(p, &q);
    if (p && q.json)
        print_json(&out, p);
    if (p && q.json)
        assay_buf_text(&out, q.run_dir ? ",\"run_folder\":" : "}\n");
    if (p && !q.json)
        print_text(&out, p);
    int printed = cmd_print(&out, diag);
    if (code == RUN_DONE)
        code = inputs_there(q.inputs, diag) ? printed : RUN_USAGE;
    if (p && code == RUN_DONE && q.run_dir)
        code = preview(p, &q, diag);
    if (p && q.json && q.run_dir) {
        assay_buf_text(&out, "}\n");
        cmd_print(&out, diag);
    }
    plan_free(p);
    modules_free(m);
    return code;
}
