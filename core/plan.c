/* SPDX-License-Identifier: Apache-2.0 */
#include "plan.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "label.h"
#include "plan_build.h"

#define WORKER_LEAST (16ull << 20) /* of memory / 2, for each worker */

void plan_wrong(struct build *b, const struct diag_place *p, const char *hint, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    diag_at(b->diag, DIAG_ERROR, p && p->file ? p : NULL, hint, "%s", text);
    b->errors++;
}

const char *plan_role(uint32_t role)
{
    static const char *const name[] = {"", "reader", "preparer", "analyser", "writer"};
    return role <= ASSAY_WRITER ? name[role] : "";
}

static void digest_step(const struct plan_step *s, uint32_t round, XXH3_state_t *x, uint64_t to[2])
{
    XXH3_128bits_reset(x);
    XXH3_128bits_update(x, s->plugin->name, strlen(s->plugin->name) + 1);
    XXH3_128bits_update(x, s->plugin->version, strlen(s->plugin->version) + 1);
    XXH3_128bits_update(x, s->module->hash, sizeof s->module->hash);
    if (s->options)
        options_digest(s->plugin->options, s->options, round, x);
    XXH128_hash_t h = XXH3_128bits_digest(x);
    to[0] = h.low64;
    to[1] = h.high64;
}

/* 0: out of memory. */
static int set_identity(struct build *b, struct plan_step *s)
{
    XXH3_state_t *x = XXH3_createState();
    s->until = arena_alloc(&b->arena, (s->plugin->rounds + 1) * sizeof *s->until);
    int ok = x && s->until;
    for (uint32_t round = 0; ok && round <= s->plugin->rounds; round++)
        digest_step(s, round, x, s->until[round]);
    if (ok)
        digest_step(s, UINT32_MAX, x, s->identity);
    XXH3_freeState(x);
    return ok;
}

static void check_memory(struct build *b)
{
    uint32_t j = b->wish && b->wish->workers ? b->wish->workers : 1;
    uint64_t share = b->plan.memory / 2 / j;
    if (b->errors || share >= WORKER_LEAST)
        return;
    const struct conf *c = conf_get(&b->conf.root, "memory");
    char *hint = label_printf(&b->arena, "at most -j%llu, or memory = \"%lluMB\"",
                              (unsigned long long)(b->plan.memory / 2 / WORKER_LEAST),
                              (unsigned long long)(2 * j * WORKER_LEAST >> 20));
    plan_wrong(b, c ? &c->place : NULL, hint, "memory is too small for %u workers: each needs %llu MB of its half", j,
               (unsigned long long)(WORKER_LEAST >> 20));
}

static struct build *build_new(struct modules *modules, struct diag *diag, const struct plan_wish *wish)
{
    struct build *b = calloc(1, sizeof *b);
    if (!b) {
        diag_say(diag, DIAG_ERROR, "out of memory");
        return NULL;
    }
    b->modules = modules;
    b->diag = diag;
    b->wish = wish;
    b->plan.stdin_step = PLAN_NONE;
    return b;
}

struct plan *plan_make(const char *file, const struct plan_wish *wish, struct modules *modules, struct diag *diag)
{
    struct build *b = build_new(modules, diag, wish);
    if (!b)
        return NULL;
    b->plan.file = label_copy(&b->arena, file, strlen(file));
    if (!b->plan.file || !conf_read(b->plan.file, &b->arena, diag, &b->conf)) {
        plan_free(&b->plan);
        return NULL;
    }
    b->plan.folder = b->conf.folder;
    memcpy(b->plan.sha256, b->conf.sha256, sizeof b->plan.sha256);
    plan_read(b);
    plan_fill_options(b);
    plan_layers(b);
    if (!b->errors)
        plan_passes(b);
    check_memory(b);
    if (b->errors) {
        plan_free(&b->plan);
        return NULL;
    }
    int named = 1;
    for (uint32_t i = 0; i < b->plan.steps && named; i++)
        named = set_identity(b, &b->plan.step[i]);
    if (named)
        return &b->plan;
    diag_say(diag, DIAG_ERROR, "out of memory");
    plan_free(&b->plan);
    return NULL;
}

struct plan *plan_alone(const struct module *m, struct diag *diag)
{
    struct build *b = build_new(NULL, diag, NULL);
    if (!b)
        return NULL;
    struct plan *p = &b->plan;
    p->file = p->folder = ".";
    p->memory = 1ull << 30;
    p->step = arena_alloc(&b->arena, sizeof *p->step);
    p->layer = arena_alloc(&b->arena, sizeof *p->layer);
    p->round = arena_alloc(&b->arena, sizeof *p->round);
    p->input = arena_alloc(&b->arena, sizeof *p->input);
    if (!p->step || !p->layer || !p->round || !p->input) {
        plan_free(p);
        return NULL;
    }
    p->steps = 1;
    p->step[0].module = m;
    p->step[0].plugin = m->plugin;
    p->step[0].slot = arena_alloc(&b->arena, (m->plugin->layers + 1) * sizeof(uint32_t));
    p->step[0].round = arena_alloc(&b->arena, sizeof *p->step[0].round);
    for (uint32_t i = 0; p->step[0].slot && i < m->plugin->layers; i++)
        p->step[0].slot[i] = PLAN_NONE;
    plan_fill_options(b);
    if (b->errors || !p->step[0].slot || !p->step[0].round || !set_identity(b, &p->step[0])) {
        plan_free(p);
        return NULL;
    }
    return p;
}

void plan_free(struct plan *p)
{
    struct build *b = (struct build *)p;
    if (!b)
        return;
    struct arena a = b->arena;
    free(b);
    arena_free(&a);
}
