/* SPDX-License-Identifier: Apache-2.0 */
#include "textmap.h"

#include <assay/kit/map.h>
#include <stdlib.h>
#include <string.h>

#include "varint.h"

static uint64_t to_end(const struct assay_map *m)
{
    return m->to + (uint64_t)m->count * m->to_step;
}

static uint64_t from_end(const struct assay_map *m)
{
    return m->from + (uint64_t)m->count * m->from_step;
}

const char *textmap_check(const struct assay_map *map, uint64_t runs, uint64_t text_size, uint64_t from_size)
{
    uint64_t at = 0;
    for (uint64_t i = 0; i < runs; i++) {
        if (map[i].to != at)
            return "its runs leave a gap or overlap";
        if (!map[i].count || !map[i].to_step)
            return "a run is empty";
        at = to_end(&map[i]);
        if (at > text_size)
            return "it goes beyond the new text";
        if (map[i].from > from_size || from_end(&map[i]) > from_size)
            return "it goes beyond the old text";
    }
    return at == text_size ? NULL : "it does not cover the new text";
}

int textmap_raw(const struct assay_map *map, uint64_t runs, uint64_t begin, uint64_t end, uint64_t raw[2])
{
    return assay_map_raw(map, runs, begin, end, raw);
}

struct assay_map *textmap_compose(struct arena *arena, const struct assay_map *inner, uint64_t inner_runs,
                                  const struct assay_map *outer, uint64_t outer_runs, uint64_t *runs)
{
    struct assay_map *made = assay_map_compose(inner, inner_runs, outer, outer_runs, runs);
    struct assay_map *kept = made ? arena_alloc(arena, (*runs + 1) * sizeof *kept) : NULL;
    if (kept)
        memcpy(kept, made, *runs * sizeof *kept);
    free(made);
    return kept;
}

/* ---- the other way ---- */

static int by_source(const void *a, const void *b, void *map)
{
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    const struct assay_map *m = map;
    if (m[i].from != m[j].from)
        return m[i].from < m[j].from ? -1 : 1;
    return i < j ? -1 : i > j;
}

uint32_t *textmap_by_source(struct arena *arena, const struct assay_map *map, uint64_t runs, uint64_t *n)
{
    uint32_t *order = arena_alloc(arena, runs * sizeof *order);
    int sorted = 1;
    *n = 0;
    if (!order)
        return NULL;
    for (uint64_t i = 0; i < runs; i++) {
        if (!map[i].from_step)
            continue;
        if (*n && map[order[*n - 1]].from > map[i].from)
            sorted = 0;
        order[(*n)++] = (uint32_t)i;
    }
    if (!sorted)
        qsort_r(order, *n, sizeof *order, by_source, (void *)(uintptr_t)map);
    return order;
}

int textmap_forward(const struct assay_map *map, const uint32_t *order, uint64_t n, uint64_t begin, uint64_t end,
                    struct assay_span *to)
{
    uint64_t low = 0, high = n;
    while (low < high) { /* the first run that ends behind begin */
        uint64_t middle = low + (high - low) / 2;
        if (from_end(&map[order[middle]]) <= begin)
            low = middle + 1;
        else
            high = middle;
    }
    uint64_t b = UINT64_MAX, e = 0;
    for (uint64_t i = low; i < n; i++) {
        const struct assay_map *m = &map[order[i]];
        if (m->from >= end)
            break;
        uint64_t first = begin > m->from ? (begin - m->from) / m->from_step : 0;
        uint64_t last = end < from_end(m) ? (end - 1 - m->from) / m->from_step : m->count - 1;
        if (m->to + first * m->to_step < b)
            b = m->to + first * m->to_step;
        if (m->to + (last + 1) * m->to_step > e)
            e = m->to + (last + 1) * m->to_step;
    }
    if (b >= e)
        return 0;
    *to = (struct assay_span){(uint32_t)b, (uint32_t)e};
    return 1;
}

/* ---- stored ---- */

/* Sources may jump back, so their differences are folded: 0, -1, 1, -2 ... */
static uint64_t fold(int64_t v)
{
    return (uint64_t)v << 1 ^ (uint64_t)(v >> 63);
}

static int64_t unfold(uint64_t v)
{
    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

void textmap_store(struct bytes *out, const struct assay_map *map, uint64_t runs)
{
    uint64_t from = 0;
    for (uint64_t i = 0; i < runs; i++) {
        uint64_t plain = map[i].from_step == 1 && map[i].to_step == 1;
        varint_put(out, fold((int64_t)(map[i].from - from)));
        varint_put(out, (uint64_t)map[i].count << 1 | plain);
        if (!plain) {
            varint_put(out, map[i].from_step);
            varint_put(out, map[i].to_step);
        }
        from = from_end(&map[i]);
    }
}

struct assay_map *textmap_open(struct arena *arena, const char *stored, uint64_t size, uint64_t runs)
{
    struct assay_map *map = arena_alloc(arena, runs * sizeof *map);
    const char *end = stored + size;
    uint64_t from = 0, to = 0;
    for (uint64_t i = 0; map && i < runs; i++) {
        map[i].from = from + (uint64_t)unfold(varint_get(&stored, end));
        uint64_t count = varint_get(&stored, end);
        map[i].from_step = map[i].to_step = 1;
        if (!(count & 1)) {
            map[i].from_step = (uint16_t)varint_get(&stored, end);
            map[i].to_step = (uint16_t)varint_get(&stored, end);
        }
        map[i].count = (uint32_t)(count >> 1);
        map[i].to = (uint32_t)to;
        from = from_end(&map[i]);
        to = to_end(&map[i]);
    }
    return map;
}
