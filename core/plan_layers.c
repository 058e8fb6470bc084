/* SPDX-License-Identifier: Apache-2.0
 *
 * A plan, second half: who provides the layers that others require, whether their tables agree, and in which pass each
 * hook runs.
 */
#include <string.h>

#include <assay/layers/document.h>
#include <assay/layers/host.h>

#include "fields.h"
#include "label.h"
#include "plan_build.h"

/* ---- who provides what ---- */

static struct plan_layer *own_layer(struct build *b, const char *name, uint32_t where,
                                    const struct assay_fields *fields, const char *help)
{
    struct plan_layer *l = &b->plan.layer[b->plan.layers++];
    *l = (struct plan_layer){
        .name = name, .major = 1, .where = where, .step = PLAN_NONE, .slot = PLAN_NONE, .fields = fields, .help = help};
    return l;
}

/* The step's reader slot of document/1 is layer 0 too. */
static uint32_t find_layer(const struct plan *p, const char *name)
{
    for (uint32_t i = 0; i < p->layers; i++)
        if (!p->layer[i].private_ && strcmp(p->layer[i].name, name) == 0)
            return i;
    return PLAN_NONE;
}

static const char *provider_name(const struct plan *p, const struct plan_layer *l)
{
    return l->step == PLAN_NONE ? "assay" : p->step[l->step].plugin->name;
}

static void provide(struct build *b, uint32_t step, uint32_t slot)
{
    struct plan *p = &b->plan;
    const struct assay_layer *l = &p->step[step].plugin->layer[slot];
    uint32_t other = find_layer(p, l->name);
    if (l->use == ASSAY_PROVIDES && other != PLAN_NONE) {
        if (other == 0)
            p->step[step].slot[slot] = 0;
        else
            plan_wrong(b, &p->step[step].place, "leave one of them out", "'%s' and '%s' both provide the layer %s",
                       p->step[step].plugin->name, provider_name(p, &p->layer[other]), l->name);
        return;
    }
    p->step[step].slot[slot] = p->layers;
    p->layer[p->layers++] = (struct plan_layer){.name = l->name,
                                                .major = l->major,
                                                .where = l->where,
                                                .step = step,
                                                .slot = slot,
                                                .private_ = l->use == ASSAY_PRIVATE,
                                                .fields = l->fields,
                                                .help = l->help};
}

/* ---- who needs what ---- */

/* A later step of the chain that provides it, PLAN_NONE: none. */
static uint32_t provided_later(const struct plan *p, uint32_t step, const char *name, uint32_t major)
{
    for (uint32_t i = step + 1; i < p->steps; i++)
        for (uint32_t k = 0; k < p->step[i].plugin->layers; k++) {
            const struct assay_layer *l = &p->step[i].plugin->layer[k];
            if (l->use == ASSAY_PROVIDES && l->major == major && strcmp(l->name, name) == 0)
                return i;
        }
    return PLAN_NONE;
}

/* Names of installed plugins that provide it, for a hint. */
static char *providers(struct build *b, const char *name, uint32_t major)
{
    char *all = NULL;
    modules_load_all(b->modules);
    for (uint32_t i = 0; i < modules_count(b->modules); i++) {
        const struct assay_plugin *p = modules_at(b->modules, i)->plugin;
        for (uint32_t k = 0; p && k < p->layers; k++)
            if (p->layer[k].use == ASSAY_PROVIDES && p->layer[k].major == major && strcmp(p->layer[k].name, name) == 0)
                all = label_printf(&b->arena, "%s%s'%s'", all ? all : "", all ? ", " : "", p->name);
    }
    return all;
}

/* "did you mean sentence/1?", where an installed plugin provides a layer called nearly so; else NULL. */
static const char *meant(struct build *b, const char *name)
{
    enum { MOST = 128 };
    const char *known[MOST + 1] = {0};
    uint32_t major[MOST], n = 0;
    for (uint32_t i = 0; i < modules_count(b->modules); i++) {
        const struct assay_plugin *p = modules_at(b->modules, i)->plugin;
        for (uint32_t k = 0; p && k < p->layers && n < MOST; k++)
            if (p->layer[k].use == ASSAY_PROVIDES) {
                known[n] = p->layer[k].name;
                major[n++] = p->layer[k].major;
            }
    }
    const char *nearest = diag_nearest(name, known);
    for (uint32_t i = 0; i < n; i++)
        if (known[i] == nearest)
            return label_printf(&b->arena, "did you mean %s/%u?", nearest, major[i]);
    return NULL;
}

static void missing(struct build *b, uint32_t step, const struct assay_layer *l)
{
    struct plan *p = &b->plan;
    const struct plan_step *s = &p->step[step];
    uint32_t later = provided_later(p, step, l->name, l->major);
    if (later != PLAN_NONE) {
        char *hint = label_printf(&b->arena, "move '%s' before '%s'", p->step[later].plugin->name, s->plugin->name);
        plan_wrong(b, &s->place, hint, "'%s' %s the layer %s/%u, which only a later step provides", s->plugin->name,
                   l->use == ASSAY_REQUIRES ? "needs" : "reads", l->name, l->major);
        return;
    }
    if (l->use == ASSAY_OPTIONAL || b->unknown)
        return;
    char *who = providers(b, l->name, l->major);
    const char *hint = who ? label_printf(&b->arena, "provided by %s: put %s before '%s'", who,
                                          strchr(who, ',') ? "one of them" : "it", s->plugin->name)
                           : meant(b, l->name);
    hint = hint ? hint : "no installed plugin provides it";
    plan_wrong(b, &s->place, hint, "'%s' needs the layer %s/%u, which no step provides", s->plugin->name, l->name,
               l->major);
}

static void need(struct build *b, uint32_t step, uint32_t slot)
{
    char room[256];
    struct plan *p = &b->plan;
    const struct plan_step *s = &p->step[step];
    const struct assay_layer *l = &s->plugin->layer[slot];
    uint32_t i = find_layer(p, l->name);
    if (i == PLAN_NONE) {
        missing(b, step, l);
        return;
    }
    const struct plan_layer *have = &p->layer[i];
    if (have->major != l->major) {
        if (l->use == ASSAY_REQUIRES)
            plan_wrong(b, &s->place, NULL, "'%s' needs the layer %s/%u; '%s' provides %s/%u", s->plugin->name, l->name,
                       l->major, provider_name(p, have), have->name, have->major);
        return;
    }
    const char *why = fields_agree(l->fields, have->fields, room, sizeof room);
    if (!why && ((l->where ^ have->where) & ASSAY_ON_CORPUS))
        why = l->where & ASSAY_ON_CORPUS ? "it is wanted on the corpus and provided on documents"
                                         : "it is wanted on documents and provided on the corpus";
    if (why)
        plan_wrong(b, &s->place, NULL, "'%s' cannot read the layer %s/%u of '%s': %s", s->plugin->name, l->name,
                   l->major, provider_name(p, have), why);
    s->slot[slot] = i;
}

static void layers_of(struct build *b, uint32_t step)
{
    const struct assay_plugin *p = b->plan.step[step].plugin;
    for (uint32_t k = 0; k < p->layers; k++)
        if (p->layer[k].use == ASSAY_REQUIRES || p->layer[k].use == ASSAY_OPTIONAL)
            need(b, step, k);
    for (uint32_t k = 0; k < p->layers; k++)
        if (p->layer[k].use == ASSAY_PROVIDES || p->layer[k].use == ASSAY_PRIVATE)
            provide(b, step, k);
}

void plan_layers(struct build *b)
{
    struct plan *p = &b->plan;
    uint32_t room = 4, i = 0;
    for (i = 0; i < p->steps; i++)
        room += p->step[i].plugin->layers;
    p->layer = arena_alloc(&b->arena, room * sizeof *p->layer);
    if (!p->layer) {
        plan_wrong(b, NULL, NULL, "out of memory");
        return;
    }
    own_layer(b, "document", ASSAY_ON_DOCUMENT, &assay_document_fields, "one record a document");
    for (i = 0; i < p->steps && p->step[i].plugin->role != ASSAY_WRITER; i++)
        layers_of(b, i);
    own_layer(b, "failure", ASSAY_ON_CORPUS, &assay_failure_fields, "documents and inputs that a step failed on");
    own_layer(b, "skipped", ASSAY_ON_CORPUS, &assay_skipped_fields, "inputs passed over");
    own_layer(b, "run", ASSAY_ON_CORPUS, &assay_run_fields, "what was run and how much came of it");
    for (; i < p->steps; i++)
        layers_of(b, i);
}

/* ---- passes ---- */

static uint32_t most(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* Pass from which on all that the step reads up to `stage` is complete. */
static uint32_t ready_for(const struct plan *p, const struct plan_step *s, uint32_t stage)
{
    uint32_t pass = 0;
    for (uint32_t k = 0; k < s->plugin->layers; k++) {
        const struct assay_layer *l = &s->plugin->layer[k];
        if ((l->use == ASSAY_REQUIRES || l->use == ASSAY_OPTIONAL) && l->stage <= stage && s->slot[k] != PLAN_NONE)
            pass = most(pass, p->layer[s->slot[k]].ready);
    }
    return pass;
}

static void rounds_of(struct build *b, uint32_t step)
{
    struct plan *p = &b->plan;
    struct plan_step *s = &p->step[step];
    uint32_t pass = most(s->analyse_pass, p->apart);
    for (uint32_t r = 0; r < s->plugin->rounds; r++) {
        struct plan_round *o = &p->round[p->rounds++];
        pass = most(pass, ready_for(p, s, r + 1));
        *o = (struct plan_round){&s->plugin->round[r], step, r, pass};
        pass++;
    }
}

static void layers_ready(struct build *b, uint32_t step)
{
    struct plan *p = &b->plan;
    for (uint32_t i = 0; i < p->layers; i++) {
        struct plan_layer *l = &p->layer[i];
        if (l->step != step)
            continue;
        uint32_t stage = p->step[step].plugin->layer[l->slot].stage;
        l->ready = p->step[step].analyse_pass;
        for (uint32_t r = 0; stage && r < p->rounds; r++)
            if (p->round[r].step == step && p->round[r].index + 1 == stage)
                l->ready = p->round[r].pass + 1;
        for (uint32_t r = 0; l->where & ASSAY_PASSING && r < p->rounds; r++)
            l->passing |= p->round[r].step == step && p->round[r].index == stage && p->round[r].pass == l->ready;
        for (uint32_t r = 0; r < p->rounds; r++)
            if (p->round[r].step == step && p->round[r].index + 1 == ASSAY_UNTIL_OF(l->where))
                l->until = p->round[r].pass + 1;
        l->in_hand = (l->where & ASSAY_IN_HAND) != 0;
        l->stored = l->where & ASSAY_BY_MAP ? l->ready - 1 : l->ready;
    }
}

/* 1: analyse may wait for pass 1: the step has rounds, and no later analyser could see what it amends. */
static int may_wait(const struct plan *p, uint32_t step)
{
    for (uint32_t i = step + 1; i < p->steps; i++)
        if (p->step[i].plugin->role == ASSAY_ANALYSER && p->step[i].plugin->analyse && !p->step[i].plugin->rounds)
            return 0;
    return p->step[step].plugin->rounds != 0;
}

static int comes_before(const struct plan_round *a, const struct plan_round *b)
{
    if (a->pass != b->pass)
        return a->pass < b->pass;
    return a->step != b->step ? a->step < b->step : a->index < b->index;
}

static void sort_rounds(struct plan *p)
{
    for (uint32_t i = 1; i < p->rounds; i++)
        for (uint32_t k = i; k && comes_before(&p->round[k], &p->round[k - 1]); k--) {
            struct plan_round o = p->round[k];
            p->round[k] = p->round[k - 1];
            p->round[k - 1] = o;
        }
    for (uint32_t i = 0; i < p->rounds; i++)
        p->step[p->round[i].step].round[p->round[i].index] = &p->round[i];
}

void plan_passes(struct build *b)
{
    struct plan *p = &b->plan;
    uint32_t rounds = 0;
    for (uint32_t i = 0; i < p->steps; i++)
        rounds += p->step[i].plugin->rounds;
    p->round = arena_alloc(&b->arena, (rounds + 1) * sizeof *p->round);
    if (!p->round) {
        plan_wrong(b, NULL, NULL, "out of memory");
        return;
    }
    p->passes = 1;
    p->apart = b->wish && b->wish->apart && rounds;
    for (uint32_t i = 0; i < p->steps; i++) {
        struct plan_step *s = &p->step[i];
        s->analyse_pass = s->plugin->role == ASSAY_WRITER ? PLAN_NONE : 0;
        if (s->plugin->role != ASSAY_ANALYSER)
            continue;
        s->analyse_pass = s->plugin->analyse ? ready_for(p, s, 0) : 0;
        if (s->plugin->analyse && p->apart && may_wait(p, i))
            s->analyse_pass = most(s->analyse_pass, 1);
        p->passes = most(p->passes, s->analyse_pass + 1);
        rounds_of(b, i);
        layers_ready(b, i);
    }
    for (uint32_t i = 0; i < p->rounds; i++)
        p->passes = most(p->passes, p->round[i].pass + 1);
    sort_rounds(p);
}
