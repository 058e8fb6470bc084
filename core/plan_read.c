/* SPDX-License-Identifier: Apache-2.0
 *
 * A plan, first half: the chain's own settings, its steps, the plugins' options.
 */
#include "plan_build.h"

#include <string.h>

#include "fields.h"
#include "label.h"

/* ---- the chain's own settings ---- */

struct settings {
    uint64_t memory, item_limit, record_limit;
    int64_t time_limit, time_limit_per_100kb;
    uint32_t failures, failure_percent;
    uint32_t compress, zero;
};
#define SETTING(m, type, fallback, min, max, help) ASSAY_OPTION(struct settings, m, type, 0, NULL, fallback, min, max, help)
static const struct assay_field settings_rows[] = {
    SETTING(memory, ASSAY_SIZE, "2GB", "32MB", NULL, "memory of all processes together"),
    SETTING(item_limit, ASSAY_SIZE, "256MB", "4KB", "4095MB", "largest input that is read whole"),
    SETTING(record_limit, ASSAY_U64, "1000000", "1", "1000000000", "most records of one document"),
    SETTING(time_limit, ASSAY_MSEC, "30s", "10ms", "24h", "CPU time of one document, key or finish"),
    SETTING(time_limit_per_100kb, ASSAY_MSEC, "1s", "0", "24h", "CPU time more for each 100 kB of it"),
    SETTING(failures, ASSAY_U32, "3", "0", NULL, "documents whose step may die before the run stops"),
    SETTING(failure_percent, ASSAY_U32, "1", "0", "100", "percent of the documents that may, on top"),
    ASSAY_OPTION(struct settings, compress, ASSAY_CHOICE, 0, "auto|never|always", "auto", NULL, NULL,
                 "whether tasks in a run folder are packed when the run is done; auto: where the disk has less room "
                 "left than they take"),
};
static const struct assay_fields settings_fields = ASSAY_FIELDS(struct settings, settings_rows);

/* Splits "step.option=value" and "option=value". */
static void read_one_set(struct build *b, const char *whole)
{
    const char *is = strchr(whole, '='), *dot = strchr(whole, '.');
    if (is && dot > is)
        dot = NULL;
    const char *name = dot ? dot + 1 : whole;
    if (!is || is == name || dot == whole) {
        plan_wrong(b, NULL, "--set duplicates.copy=0.8", "--set %s: not of the form STEP.OPTION=VALUE", whole);
        return;
    }
    char *step = label_copy(&b->arena, whole, dot ? (uint64_t)(dot - whole) : 0),
         *option = label_copy(&b->arena, name, (uint64_t)(is - name));
    if (!step || !option)
        return;
    b->set_step[b->sets] = step;
    b->set[b->sets++] = (struct options_set){option, is + 1, label_printf(&b->arena, "--set %s", whole)};
}

static void read_sets(struct build *b)
{
    uint32_t n = 0;
    const char *const *set = b->wish ? b->wish->set : NULL;
    while (set && set[n])
        n++;
    b->set = arena_alloc(&b->arena, (n + 1) * sizeof *b->set);
    b->set_step = arena_alloc(&b->arena, (n + 1) * sizeof *b->set_step);
    b->set_used = arena_alloc(&b->arena, (n + 1) * sizeof *b->set_used);
    for (uint32_t i = 0; b->set && b->set_step && b->set_used && i < n; i++)
        read_one_set(b, set[i]);
}

/* Those of one step; the caller may add `more` behind them. */
static struct options_set *sets_of(struct build *b, const char *step, uint32_t more, uint32_t *count)
{
    struct options_set *s = arena_alloc(&b->arena, (b->sets + more + 1) * sizeof *s);
    *count = 0;
    for (uint32_t i = 0; s && i < b->sets; i++)
        if (strcmp(b->set_step[i], step) == 0) {
            s[(*count)++] = b->set[i];
            b->set_used[i] = 1;
        }
    return s;
}

static void read_settings(struct build *b)
{
    struct settings v = {0};
    uint32_t n;
    struct options_set *sets = sets_of(b, "", 0, &n);
    struct options_request q = {&settings_fields, NULL,      &b->conf.root, "chain", sets, n,
                                b->plan.folder,   &b->arena, b->diag};
    b->errors += options_fill(&q, &v);
    b->plan.memory = v.memory;
    b->plan.item_limit = v.item_limit;
    b->plan.record_limit = v.record_limit;
    b->plan.limit_ms = v.time_limit;
    b->plan.limit_ms_per_100kb = v.time_limit_per_100kb;
    b->plan.failure_base = v.failures;
    b->plan.failure_percent = v.failure_percent;
    b->plan.compress = v.compress;
}

/* ---- steps ---- */

static int same_plugin(const struct plan *p, const char *name)
{
    for (uint32_t i = 0; i < p->steps; i++)
        if (strcmp(p->step[i].plugin->name, name) == 0)
            return 1;
    return 0;
}

static struct plan_step *add_step(struct build *b, const struct module *m, const struct conf *group)
{
    struct plan *p = &b->plan;
    struct plan_step *s = &p->step[p->steps];
    b->group[p->steps++] = group;
    s->module = m;
    s->plugin = m->plugin;
    if (group)
        s->place = group->place;
    s->slot = arena_alloc(&b->arena, (m->plugin->layers + 1) * sizeof *s->slot);
    s->round = arena_alloc(&b->arena, (m->plugin->rounds + 1) * sizeof *s->round);
    for (uint32_t i = 0; s->slot && i < m->plugin->layers; i++)
        s->slot[i] = PLAN_NONE;
    if (!s->slot || !s->round)
        plan_wrong(b, NULL, NULL, "out of memory");
    return s;
}

static const struct module *find_module(struct build *b, const char *name, const struct diag_place *place)
{
    const struct module *m = modules_get(b->modules, name);
    if (m && m->plugin)
        return m;
    b->unknown++;
    if (b->wish && b->wish->refused)
        b->wish->refused[0] += m != NULL;
    if (m)
        plan_wrong(b, place, NULL, "plugin '%s' cannot be used: %s (%s)", name, m->refused, m->path);
    else
        plan_wrong(b, place, modules_hint(b->modules, name, &b->arena), "there is no plugin '%s'", name);
    return NULL;
}

/* Value of "plugin", or NULL and an error. */
static const char *plugin_of(struct build *b, const struct conf *group)
{
    if (group->type != CONF_GROUP) {
        plan_wrong(b, &group->place, "{ plugin = \"language\"; }", "a step has to be a group { }, not %s",
                   conf_type_name(group->type));
        return NULL;
    }
    const struct conf *c = conf_get(group, "plugin");
    if (!c) {
        plan_wrong(b, &group->place, "{ plugin = \"language\"; }", "a step without plugin");
        return NULL;
    }
    if (c->type != CONF_TEXT) {
        plan_wrong(b, &c->place, NULL, "plugin has to be a text, not %s", conf_type_name(c->type));
        return NULL;
    }
    return c->text;
}

static void check_order(struct build *b, const struct plan_step *s)
{
    for (const struct plan_step *o = b->plan.step; o < s; o++) {
        if (o->plugin->role <= s->plugin->role || !o->place.file)
            continue;
        char *hint =
            label_printf(&b->arena, "readers, preparers, analysers, writers; move it before line %u", o->place.line);
        plan_wrong(b, &s->place, hint, "'%s' is a %s and cannot stand after the %s '%s'", s->plugin->name,
                   plan_role(s->plugin->role), plan_role(o->plugin->role), o->plugin->name);
        return;
    }
}

static void read_step(struct build *b, const struct conf *group, int writers_too, int other_too)
{
    const char *name = plugin_of(b, group);
    if (!name) {
        b->unknown++;
        return;
    }
    const struct conf *c = conf_get(group, "plugin");
    const struct module *m = find_module(b, name, &c->place);
    if (!m)
        return;
    if (m->plugin->role == ASSAY_WRITER ? !writers_too : !other_too)
        return;
    if (same_plugin(&b->plan, name)) {
        plan_wrong(b, &c->place, "a plugin stands in a chain once: leave this step out", "'%s' is in the chain twice",
                   name);
        return;
    }
    check_order(b, add_step(b, m, group));
}

static const struct conf *steps_of(struct build *b)
{
    const struct conf *chain = conf_get(&b->conf.root, "chain");
    static const char example[] = "chain = ( { plugin = \"files\"; }, { plugin = \"terminal\"; } );";
    if (!chain)
        plan_wrong(b, &b->conf.root.place, example, "the file has no chain");
    else if (chain->type != CONF_LIST)
        plan_wrong(b, &chain->place, example, "chain has to be a list of steps in ( ), not %s",
                   conf_type_name(chain->type));
    else if (!chain->count)
        plan_wrong(b, &chain->place, example, "the chain is empty");
    else if (chain->count > PLAN_STEPS / 2)
        plan_wrong(b, &chain->place, NULL, "the chain has %u steps; %u are the most", chain->count, PLAN_STEPS / 2);
    else
        return chain;
    return NULL;
}

static const struct conf *group_of(const struct conf *chain, const char *plugin)
{
    for (uint32_t i = 0; i < chain->count; i++) {
        const struct conf *c = chain->child[i].type == CONF_GROUP ? conf_get(&chain->child[i], "plugin") : NULL;
        if (c && c->type == CONF_TEXT && strcmp(c->text, plugin) == 0)
            return &chain->child[i];
    }
    return NULL;
}

/* Loads all the modules in one go. */
static void load_together(struct build *b, const struct conf *chain)
{
    const char **names = arena_alloc(&b->arena, (chain->count + 1) * sizeof *names);
    uint32_t n = 0;
    for (uint32_t i = 0; names && i < chain->count; i++) {
        const struct conf *c = chain->child[i].type == CONF_GROUP ? conf_get(&chain->child[i], "plugin") : NULL;
        if (c && c->type == CONF_TEXT)
            names[n++] = c->text;
    }
    if (names)
        modules_load(b->modules, names);
}

/* Two results under one name: the later would silently take the place of the former. */
static void check_target(struct build *b, const char *const *first, const char *const *at)
{
    const char *path = strchr(*at, ':');
    if (!path || !strcmp(path, ":-"))
        return;
    for (; first < at; first++) {
        const char *other = strchr(*first, ':');
        if (other && !strcmp(other, path))
            plan_wrong(b, NULL, NULL, "--write %s: --write %s has the same path", *at, *first);
    }
}

/* --write NAME[:PATH]: the path comes as one more --set. */
static void add_writer(struct build *b, const struct conf *chain, const char *word)
{
    const char *colon = strchr(word, ':');
    char *name = label_copy(&b->arena, word, colon ? (uint64_t)(colon - word) : strlen(word));
    if (name && !module_good_name(name)) {
        plan_wrong(b, NULL, "a writer and its path: --write html:report.html",
                   "--write %s: '%s' is no name of a plugin", word, name);
        return;
    }
    const struct module *m = name ? find_module(b, name, NULL) : NULL;
    if (!m)
        return;
    if (m->plugin->role != ASSAY_WRITER) {
        plan_wrong(b, NULL, NULL, "--write %s: '%s' is no writer but %s %s", word, name,
                   m->plugin->role == ASSAY_ANALYSER ? "an" : "a", plan_role(m->plugin->role));
        return;
    }
    if (b->plan.steps == PLAN_STEPS) {
        plan_wrong(b, NULL, NULL, "--write %s: more than %u steps", word, PLAN_STEPS);
        return;
    }
    struct plan_step *s = add_step(b, m, chain ? group_of(chain, name) : NULL);
    if (colon)
        s->options = label_copy(&b->arena, colon + 1, strlen(colon + 1)); /* plan_fill_options takes it from here */
}

static void find_stdin(struct build *b)
{
    struct plan *p = &b->plan;
    for (uint32_t i = 0; i < p->steps && p->stdin_step == PLAN_NONE; i++)
        if (p->step[i].plugin->flags & ASSAY_STDIN)
            p->stdin_step = i;
    if (!b->wish || !b->wish->from_stdin || p->stdin_step != PLAN_NONE)
        return;
    modules_load_all(b->modules);
    for (uint32_t i = 0; i < modules_count(b->modules); i++) {
        const struct module *m = modules_at(b->modules, i);
        if (!m->plugin || !(m->plugin->flags & ASSAY_STDIN) || p->steps == PLAN_STEPS)
            continue;
        /* Behind the readers, so that steps stay in the order of roles. */
        uint32_t at = 0;
        while (at < p->steps && p->step[at].plugin->role == ASSAY_READER)
            at++;
        add_step(b, m, NULL);
        struct plan_step s = p->step[p->steps - 1];
        memmove(&p->step[at + 1], &p->step[at], (p->steps - 1 - at) * sizeof s);
        memmove(&b->group[at + 1], &b->group[at], (p->steps - 1 - at) * sizeof b->group[0]);
        s.stdin_only = 1;
        p->step[at] = s;
        b->group[at] = NULL;
        p->stdin_step = at;
        return;
    }
    plan_wrong(b, NULL, NULL, "no plugin is there that reads stdin");
}

static void check_roles(struct build *b)
{
    uint32_t has[ASSAY_WRITER + 1] = {0};
    for (uint32_t i = 0; i < b->plan.steps; i++)
        has[b->plan.step[i].plugin->role]++;
    const struct conf *chain = conf_get(&b->conf.root, "chain");
    if (b->unknown || b->errors)
        return;
    if (!has[ASSAY_READER])
        plan_wrong(b, &chain->name_place, "begin it with { plugin = \"files\"; }", "the chain has no reader");
    if (!has[ASSAY_WRITER])
        plan_wrong(b, &chain->name_place, "end it with { plugin = \"terminal\"; }, or use --write NAME",
                   "the chain has no writer");
}

/* The step's name that is meant by a misspelled one, as a hint, or NULL. */
static const char *hint_step(struct build *b, const struct conf *chain, const char *name)
{
    const char **names = arena_alloc(&b->arena, (chain->count + 1) * sizeof *names);
    for (uint32_t i = 0, n = 0; names && i < chain->count; i++) {
        const struct conf *c = chain->child[i].type == CONF_GROUP ? conf_get(&chain->child[i], "plugin") : NULL;
        if (c && c->type == CONF_TEXT)
            names[n++] = c->text;
    }
    const char *near = names ? diag_nearest(name, names) : NULL;
    return near ? label_printf(&b->arena, "did you mean '%s'?", near) : NULL;
}

static const struct conf *find_until(struct build *b, const struct conf *chain)
{
    const char *until = b->wish ? b->wish->until : NULL;
    const struct conf *c = until ? group_of(chain, until) : NULL;
    if (until && !c)
        plan_wrong(b, NULL, hint_step(b, chain, until), "--until %s: the chain has no such step", until);
    return c;
}

void plan_read(struct build *b)
{
    read_sets(b);
    read_settings(b);
    const struct conf *chain = steps_of(b);
    b->plan.step = arena_alloc(&b->arena, PLAN_STEPS * sizeof *b->plan.step);
    if (!chain || !b->plan.step) {
        b->unknown++;
        return;
    }
    load_together(b, chain);
    const struct conf *until = find_until(b, chain);
    const char *const *write = b->wish ? b->wish->write : NULL;
    int past = 0;
    for (uint32_t i = 0; i < chain->count; i++) {
        read_step(b, &chain->child[i], !(write && *write), !past);
        past |= &chain->child[i] == until;
    }
    for (const char *const *at = write; at && *at; at++) {
        add_writer(b, chain, *at);
        check_target(b, write, at);
    }
    uint32_t steps = b->plan.steps;
    if (b->wish && b->wish->keep)
        add_writer(b, NULL, b->wish->keep);
    if (b->plan.steps > steps)
        b->plan.step[steps].keeps = 1;
    find_stdin(b);
    check_roles(b);
}

/* ---- options ---- */

static void add_inputs(struct build *b, uint32_t *count, uint32_t *room, const struct assay_field *r,
                       const void *record)
{
    const struct assay_text *t = (const void *)((const char *)record + r->offset);
    struct assay_list one = {t, t->at != NULL, sizeof *t};
    const struct assay_list *l = r->flags & ASSAY_LIST ? (const void *)t : &one;
    for (uint32_t i = 0; i < l->count; i++) {
        if (*count + 1 >= *room) {
            *room = *room ? *room * 2 : 16;
            const char **more = arena_alloc(&b->arena, *room * sizeof *more);
            if (!more)
                return;
            if (*count)
                memcpy(more, b->plan.input, *count * sizeof *more);
            b->plan.input = more;
        }
        ((const char **)(uintptr_t)b->plan.input)[(*count)++] = ASSAY_AT(struct assay_text, *l, i)->at;
    }
}

static void collect_inputs(struct build *b)
{
    uint32_t count = 0, room = 0;
    b->plan.input = arena_alloc(&b->arena, sizeof *b->plan.input);
    for (uint32_t i = 0; i < b->plan.steps; i++) {
        const struct plan_step *s = &b->plan.step[i];
        for (uint32_t k = 0; s->options && k < s->plugin->options->rows; k++)
            if (fields_row(s->plugin->options, k)->flags & ASSAY_INPUT)
                add_inputs(b, &count, &room, fields_row(s->plugin->options, k), s->options);
    }
}

/* Whether the plugin has a PATH option of that name. */
static int takes_path(const struct assay_plugin *p, const char *option)
{
    const struct assay_field *r = fields_find(p->options, option);
    return r && r->type == ASSAY_PATH && !(r->flags & ASSAY_LIST);
}

static int takes_flag(const struct assay_plugin *p, const char *option)
{
    const struct assay_field *r = fields_find(p->options, option);
    return r && r->type == ASSAY_FLAG && !(r->flags & ASSAY_LIST);
}

static void fill_step(struct build *b, uint32_t i)
{
    struct plan_step *s = &b->plan.step[i];
    const struct assay_plugin *p = s->plugin;
    const char *path = s->options, *review = b->wish ? b->wish->review : NULL, *since = b->wish ? b->wish->since : NULL;
    uint32_t n;
    struct options_set *set = sets_of(b, p->name, 4, &n);
    if (!set)
        return;
    if (path)
        set[n++] = (struct options_set){"path", path, label_printf(&b->arena, "--write %s:%s", p->name, path)};
    if (review && takes_path(p, "review"))
        set[n++] = (struct options_set){"review", review, "--review"};
    for (uint32_t k = 0; k < n; k++)
        s->given = label_printf(&b->arena, "%s%s%s", s->given ? s->given : "", s->given ? ", " : "", set[k].whole);
    if (since && takes_path(p, "since"))
        set[n++] = (struct options_set){"since", since, "--run"};
    if (s->keeps && takes_flag(p, "documents"))
        set[n++] = (struct options_set){"documents", "false", "--run"};
    struct options_request q = {p->options, p->name, b->group[i], "plugin", set, n, b->plan.folder, &b->arena, b->diag};
    s->options = p->options ? arena_alloc(&b->arena, p->options->record_size) : NULL;
    if (p->options && !s->options)
        plan_wrong(b, NULL, NULL, "out of memory");
    else
        b->errors += options_fill(&q, s->options);
}

static void check_sets_used(struct build *b)
{
    for (uint32_t i = 0; i < b->sets; i++) {
        if (b->set_used[i] || b->unknown)
            continue;
        const char **names = arena_alloc(&b->arena, (b->plan.steps + 1) * sizeof *names);
        for (uint32_t k = 0; names && k < b->plan.steps; k++)
            names[k] = b->plan.step[k].plugin->name;
        const char *near = names ? diag_nearest(b->set_step[i], names) : NULL;
        plan_wrong(b, NULL, near ? label_printf(&b->arena, "did you mean '%s'?", near) : NULL,
                   "%s: the chain has no step '%s'", b->set[i].whole, b->set_step[i]);
    }
}

void plan_fill_options(struct build *b)
{
    int review = 0;
    for (uint32_t i = 0; i < b->plan.steps; i++) {
        fill_step(b, i);
        review |= takes_path(b->plan.step[i].plugin, "review");
    }
    if (b->wish && b->wish->review && !review && !b->unknown)
        plan_wrong(b, NULL, NULL, "--review: no step of this chain takes review marks");
    check_sets_used(b);
    if (!b->errors)
        collect_inputs(b);
}
