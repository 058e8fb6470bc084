/* SPDX-License-Identifier: Apache-2.0 */
#include "document_place.h"

#include <stdlib.h>
#include <string.h>

struct place place_of(const struct shape *shape, const char *row, uint32_t index)
{
    struct place place = {.index = index};
    uint32_t has = 1;
    if (shape->self_has != ASSAY_NEVER)
        memcpy(&has, row + shape->self_has, sizeof has);
    if (has)
        memcpy(&place, row + shape->self, 2 * sizeof(uint32_t));
    place.null = !has;
    return place;
}

static int place_order(const void *a, const void *b)
{
    const struct place *p = a, *q = b;
    if (p->null != q->null)
        return p->null ? -1 : 1;
    if (p->begin != q->begin)
        return p->begin < q->begin ? -1 : 1;
    if (p->end != q->end)
        return p->end < q->end ? -1 : 1;
    return p->index < q->index ? -1 : p->index > q->index;
}

int place_sort(struct arena *arena, const struct shape *shape, char *rows, uint32_t count)
{
    if (shape->self == ASSAY_NEVER || count < 2)
        return 1;
    uint32_t i = 1;
    struct place last = place_of(shape, rows, 0);
    for (; i < count; i++) {
        struct place next = place_of(shape, rows + (uint64_t)i * shape->size, i);
        if (place_order(&last, &next) > 0)
            break;
        last = next;
    }
    if (i == count)
        return 1;
    struct place *order = arena_alloc(arena, (uint64_t)count * sizeof *order);
    char *copy = arena_copy(arena, rows, (uint64_t)count * shape->size);
    if (!order || !copy)
        return 0;
    for (i = 0; i < count; i++)
        order[i] = place_of(shape, rows + (uint64_t)i * shape->size, i);
    qsort(order, count, sizeof *order, place_order); /* total: the index breaks ties */
    for (i = 0; i < count; i++)
        memcpy(rows + (uint64_t)i * shape->size, copy + (uint64_t)order[i].index * shape->size, shape->size);
    return 1;
}

/* Binary, since there may be a million of them. */
uint32_t place_first(const struct shape *shape, struct assay_list list, uint32_t index, struct place place)
{
    uint32_t low = 0, high = index;
    place.index = 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct place other = place_of(shape, (const char *)list.at + (uint64_t)middle * list.stride, 0);
        if (place_order(&other, &place) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
