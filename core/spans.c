/* SPDX-License-Identifier: Apache-2.0 */
#include "spans.h"

#include <stdio.h>
#include <string.h>

/* What comes before the spans of a layer; as large as one of them. */
struct listed {
    uint32_t layer, count;
};
_Static_assert(sizeof(struct listed) == sizeof(struct assay_span), "both are entries of one table");

/* The span of each record, as they are stored. 0: one has none, or out of memory. */
static int list_layer(struct bytes *to, const struct shape *shape, const char *rows, struct listed head)
{
    bytes_add(to, &head, sizeof head);
    for (uint32_t i = 0; i < head.count; i++, rows += shape->size) {
        uint32_t has = 1;
        if (shape->self_has != ASSAY_NEVER)
            memcpy(&has, rows + shape->self_has, sizeof has);
        if (!has)
            return 0;
        bytes_add(to, rows + shape->self, sizeof(struct assay_span));
    }
    return !to->failed;
}

int spans_list(struct work *work, const struct doc_head *head)
{
    const struct tables *tables = work->doc.tables;
    struct doc_entry dir;
    uint32_t first = (uint32_t)(work->spans.size / sizeof(struct assay_span));
    bytes_add(&work->span_firsts, &first, sizeof first);
    for (uint32_t next = 0; doc_entry(head, &next, &dir);) {
        uint64_t before = work->spans.size;
        if (tables->named[dir.layer] && !list_layer(&work->spans, tables->layer[dir.layer], (const char *)head + dir.at,
                                                    (struct listed){dir.layer, dir.count}))
            work->spans.size = before;
    }
    return !work->spans.failed && !work->span_firsts.failed;
}

/* Those of the document's layer; *count 0: they are not listed. */
static const struct assay_span *spans_of(const struct doc_index *index, uint32_t number, uint32_t pass, uint32_t layer,
                                         uint32_t *count)
{
    uint32_t task = index_task(index, number);
    uint64_t ordinal = number - index->base[task];
    const struct segment *segment = index->segment[pass] ? &index->segment[pass][task] : NULL;
    const struct foot *foot = segment ? foot_of(segment) : NULL;
    *count = 0;
    if (!foot || ordinal >= foot->docs || !foot->spans)
        return NULL;
    const uint32_t *first = (const uint32_t *)(const void *)(segment->at + foot->span_firsts_at) + ordinal;
    const struct assay_span *span = (const struct assay_span *)(const void *)(segment->at + foot->spans_at);
    uint64_t end = ordinal + 1 < foot->docs ? first[1] : foot->spans;
    for (uint64_t at = *first; at < end;) {
        struct listed head;
        memcpy(&head, &span[at++], sizeof head);
        if (head.layer == layer) {
            *count = head.count;
            return &span[at];
        }
        at += head.count;
    }
    return NULL;
}

/* How many records before it have the same span. */
static uint32_t equal_before(const struct assay_span *span, uint32_t index)
{
    uint32_t low = 0, high = index;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct assay_span *m = &span[middle];
        if (m->begin < span[index].begin || (m->begin == span[index].begin && m->end < span[index].end))
            low = middle + 1;
        else
            high = middle;
    }
    return index - low;
}

assay_status spans_name(struct run *run, uint32_t layer, struct assay_ref ref, struct assay_text *name)
{
    uint32_t rank = run->tables.named[layer] ? index_find(&run->index, ref.doc) : INDEX_NONE, count;
    if (rank == INDEX_NONE)
        return run->tables.named[layer] ? ASSAY_NO : ASSAY_SKIP;
    uint32_t number = run->index.number[rank];
    const struct assay_span *span = spans_of(&run->index, number, run->plan->layer[layer].stored, layer, &count);
    struct assay_text id = index_name(&run->index, number);
    if (!span)
        return ASSAY_SKIP;
    if (ref.index >= count)
        return ASSAY_NO;
    char *at = arena_alloc(&run->work.arena, id.size + 64);
    if (!at)
        return ASSAY_ENOMEM;
    memcpy(at, id.at, id.size);
    int size = snprintf(at + id.size, 40, "#%u-%u", span[ref.index].begin, span[ref.index].end);
    uint32_t nth = equal_before(span, ref.index);
    if (nth)
        size += snprintf(at + id.size + size, 24, "~%u", nth + 1);
    *name = (struct assay_text){at, id.size + (uint64_t)size};
    return ASSAY_OK;
}
