/* SPDX-License-Identifier: Apache-2.0 */
#include "tables.h"

#include <stdio.h>
#include <string.h>

#include "fields.h"

static uint32_t slots_of(const struct tables *t, uint32_t step)
{
    const struct assay_plugin *plugin = t->plan->step[step].plugin;
    return plugin->flags & ASSAY_ALL_LAYERS ? t->publics : plugin->layers;
}

static int fill_view(struct tables *t, uint32_t step, uint32_t slot, struct table_view *view)
{
    const struct plan_step *s = &t->plan->step[step];
    if (s->plugin->flags & ASSAY_ALL_LAYERS) {
        *view = (struct table_view){.layer = t->public_[slot]};
        return 1;
    }
    const struct assay_layer *layer = &s->plugin->layer[slot];
    view->layer = s->slot[slot];
    if (view->layer == PLAN_NONE)
        return 1;
    const struct assay_fields *have = t->plan->layer[view->layer].fields;
    view->size = layer->fields->record_size;
    if (layer->use == ASSAY_PROVIDES && t->plan->layer[view->layer].step != step) { /* a reader's document */
        if (fields_same(have, layer->fields))
            return 1;
        view->back = convert_of(&t->arena, have, layer->fields);
        return view->back != NULL;
    }
    if (layer->fields == have || fields_same(layer->fields, have))
        return 1;
    view->convert = convert_of(&t->arena, layer->fields, have);
    return view->convert != NULL;
}

static uint32_t layer_of(const struct plan *plan, const char *reference)
{
    char name[96];
    uint32_t i = 0;
    for (; i < plan->layers; i++) {
        snprintf(name, sizeof name, "%s/%u", plan->layer[i].name, plan->layer[i].major);
        if (!strcmp(name, reference))
            break;
    }
    return i;
}

static void mark_named(struct tables *t, const struct assay_fields *fields)
{
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *row = fields_row(fields, i);
        uint32_t layer = row->type == ASSAY_REF ? layer_of(t->plan, row->of) : t->plan->layers;
        if (layer < t->plan->layers && t->layer[layer]->self != ASSAY_NEVER)
            t->named[layer] = 1;
        if (row->type == ASSAY_RECORD)
            mark_named(t, row->of);
    }
}

static int fill_shapes(struct tables *t)
{
    const struct plan *plan = t->plan;
    for (uint32_t i = 0; i < plan->layers; i++) {
        if (!(t->layer[i] = shape_of(&t->arena, plan->layer[i].fields)))
            return 0;
        if (!plan->layer[i].private_)
            t->public_[t->publics++] = i;
    }
    for (uint32_t i = 0; i < plan->layers; i++)
        if (plan->layer[i].where & ASSAY_ON_CORPUS && !plan->layer[i].private_)
            mark_named(t, plan->layer[i].fields);
    for (uint32_t i = 0; i < plan->rounds; i++) {
        const struct assay_fields *value = plan->round[i].round->value;
        if (value && !(t->value[i] = shape_of(&t->arena, value)))
            return 0;
    }
    return 1;
}

/* Whether a step reads it, before writers do. */
static int wants_hashes(const struct plan_step *s)
{
    for (uint32_t i = 0; i < s->plugin->layers && s->plugin->role != ASSAY_WRITER; i++) {
        const struct assay_layer *layer = &s->plugin->layer[i];
        for (uint32_t k = 0; s->slot[i] == 0 && layer->use != ASSAY_PROVIDES && k < layer->fields->rows; k++)
            if (!strcmp(fields_row(layer->fields, k)->name, "sha256"))
                return 1;
    }
    return 0;
}

static int fill(struct tables *t)
{
    const struct plan *plan = t->plan;
    t->layer = arena_alloc(&t->arena, (uint64_t)plan->layers * sizeof *t->layer);
    t->value = arena_alloc(&t->arena, (uint64_t)plan->rounds * sizeof *t->value);
    t->public_ = arena_alloc(&t->arena, (uint64_t)plan->layers * sizeof *t->public_);
    t->named = arena_alloc(&t->arena, plan->layers + 1);
    t->first = arena_alloc(&t->arena, ((uint64_t)plan->steps + 1) * sizeof *t->first);
    t->came = arena_alloc(&t->arena, plan->layers + 1);
    t->gone = arena_alloc(&t->arena, plan->layers + 1);
    if (!t->layer || !t->value || !t->public_ || !t->named || !t->first || !t->came || !t->gone || !fill_shapes(t))
        return 0;
    for (uint32_t i = 0; i < plan->steps; i++) {
        t->first[i + 1] = t->first[i] + slots_of(t, i);
        t->hashes |= (uint32_t)wants_hashes(&plan->step[i]);
    }
    t->views = t->first[plan->steps];
    t->view = arena_alloc(&t->arena, (uint64_t)t->views * sizeof *t->view);
    if (!t->view)
        return 0;
    for (uint32_t i = 0; i < plan->steps; i++)
        for (uint32_t s = 0; t->first[i] + s < t->first[i + 1]; s++)
            if (!fill_view(t, i, s, &t->view[t->first[i] + s]))
                return 0;
    return 1;
}

int tables_open(struct tables *tables, const struct plan *plan)
{
    *tables = (struct tables){.plan = plan};
    if (fill(tables))
        return 1;
    tables_close(tables);
    return 0;
}

void tables_close(struct tables *tables)
{
    arena_free(&tables->arena);
}

const struct table_view *tables_view(const struct tables *t, uint32_t step, uint32_t slot)
{
    if (slot >= t->first[step + 1] - t->first[step])
        return NULL;
    return &t->view[t->first[step] + slot];
}
