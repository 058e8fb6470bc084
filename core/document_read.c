/* SPDX-License-Identifier: Apache-2.0
 *
 * A document as hooks read it: which layers it has, their records as a step sees them, the records' names.
 */
#include "document.h"

#include <stdio.h>
#include <string.h>

#include "document_pack.h"
#include "document_place.h"

int doc_has(const struct assay_doc *doc, uint32_t layer)
{
    return layer == 0 || doc->layer[layer].state != DOC_UNMADE || doc->tables->came[layer] || doc->tables->gone[layer];
}

int doc_lose(struct assay_doc *doc, uint32_t step)
{
    return bytes_add(&doc->lost, &step, sizeof step) != NULL;
}

int doc_is_lost(const struct assay_doc *doc, uint32_t step)
{
    for (uint64_t i = 0; i < doc->lost.size; i += sizeof step)
        if (!memcmp(doc->lost.at + i, &step, sizeof step))
            return 1;
    return 0;
}

struct assay_list doc_layer(struct assay_doc *doc, uint32_t i)
{
    struct doc_layer *layer = &doc->layer[i];
    const struct shape *shape = doc->tables->layer[i];
    if (layer->state == DOC_STORED) {
        layer->rows = i == 0 ? (const void *)document_unpack(&doc->arena, doc, shape, layer->stored)
                             : record_open(&doc->arena, shape, layer->stored, layer->count);
        if (!layer->rows)
            return (struct assay_list){NULL, UINT32_MAX, shape->size};
        layer->state = DOC_MADE;
    }
    if (layer->state == DOC_UNMADE && !layer->count)
        return (struct assay_list){NULL, 0, shape->size};
    const void *rows = layer->state == DOC_UNMADE ? layer->own.at : layer->rows;
    return (struct assay_list){layer->count ? rows : NULL, layer->count, shape->size};
}

struct assay_list doc_records(struct assay_doc *doc, const struct table_view *view)
{
    if (view->layer == PLAN_NONE)
        return (struct assay_list){0};
    struct assay_list list = doc_layer(doc, view->layer);
    if (!view->convert || !list.count || list.count == UINT32_MAX)
        return list;
    struct doc_copy *copy = &doc->copy[view - doc->tables->view];
    if (!copy->generation || copy->count != list.count || (view->layer == 0 && copy->generation != doc->generation)) {
        doc->copied = 1;
        copy->rows = convert_run(&doc->arena, view->convert, list.at, list.count, list.stride);
        copy->count = list.count;
        copy->generation = doc->generation;
        if (!copy->rows) {
            copy->generation = 0;
            return (struct assay_list){NULL, UINT32_MAX, view->size};
        }
    }
    return (struct assay_list){copy->rows, list.count, view->size};
}

struct assay_text doc_name(struct assay_doc *doc, struct arena *arena, uint32_t layer, uint32_t index)
{
    struct assay_list list = doc_layer(doc, layer);
    const struct shape *shape = doc->tables->layer[layer];
    struct assay_text id = doc->record.doc;
    char *at = arena_alloc(arena, id.size + 64);
    if (!at || index >= list.count || list.count == UINT32_MAX)
        return (struct assay_text){0};
    memcpy(at, id.at, id.size);
    char *end = at + id.size;
    if (shape->self == ASSAY_NEVER) {
        end += snprintf(end, 64, "#%u", index);
        return (struct assay_text){at, (uint64_t)(end - at)};
    }
    struct place place = place_of(shape, (const char *)list.at + (uint64_t)index * list.stride, index);
    uint32_t nth = index - place_first(shape, list, index, place);
    end += snprintf(end, 64, "#%u-%u", place.begin, place.end);
    if (nth)
        end += snprintf(end, 24, "~%u", nth + 1);
    return (struct assay_text){at, (uint64_t)(end - at)};
}
