/* SPDX-License-Identifier: Apache-2.0 */
#include "names.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

static uint32_t probe(const struct names *n, struct assay_text t, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & (n->slots - 1);
    while (n->slot[at]) {
        const struct name *x = &n->name[n->slot[at] - 1];
        if (x->hash == hash && x->size == t.size && (!t.size || !memcmp(x->at, t.at, t.size)))
            break;
        at = (at + 1) & (n->slots - 1);
    }
    return at;
}

static int grow(struct names *n)
{
    uint32_t room = n->room ? n->room * 2 : 64;
    struct name *name = realloc(n->name, room * sizeof *name);
    if (!name)
        return 0;
    n->name = name;
    uint32_t *slot = calloc((size_t)room * 2, sizeof *slot);
    if (!slot)
        return 0;
    free(n->slot);
    n->slot = slot;
    n->slots = room * 2;
    n->room = room;
    for (uint32_t i = 0; i < n->count; i++)
        n->slot[probe(n, (struct assay_text){name[i].at, name[i].size}, name[i].hash)] = i + 1;
    return 1;
}

uint32_t names_add(struct names *n, struct assay_text t, uint64_t more)
{
    uint64_t hash = XXH3_64bits(t.at ? t.at : "", t.size);
    if (n->count == n->room && !grow(n))
        return ASSAY_NEVER;
    uint32_t at = probe(n, t, hash);
    if (n->slot[at]) {
        n->name[n->slot[at] - 1].count += more;
        return n->slot[at] - 1;
    }
    char *copy = malloc(t.size + 1);
    if (!copy)
        return ASSAY_NEVER;
    if (t.size)
        memcpy(copy, t.at, t.size);
    n->name[n->count] = (struct name){copy, t.size, hash, more};
    n->slot[at] = ++n->count;
    return n->count - 1;
}

uint32_t names_find(const struct names *n, struct assay_text t)
{
    if (!n->slots)
        return ASSAY_NEVER;
    uint32_t at = probe(n, t, XXH3_64bits(t.at ? t.at : "", t.size));
    return n->slot[at] ? n->slot[at] - 1 : ASSAY_NEVER;
}

static int before(const struct name *a, const struct name *b)
{
    if (a->count != b->count)
        return a->count > b->count;
    int c = memcmp(a->at, b->at, a->size < b->size ? a->size : b->size);
    return c ? c < 0 : a->size < b->size;
}

/* Sinks order[at] in a heap whose top comes last. */
static void sink(const struct names *n, uint32_t *order, uint32_t at, uint32_t count)
{
    for (;;) {
        uint32_t last = at, left = 2 * at + 1, right = left + 1;
        if (left < count && before(&n->name[order[last]], &n->name[order[left]]))
            last = left;
        if (right < count && before(&n->name[order[last]], &n->name[order[right]]))
            last = right;
        if (last == at)
            return;
        uint32_t swap = order[at];
        order[at] = order[last];
        order[last] = swap;
        at = last;
    }
}

void names_order(const struct names *n, uint32_t *order)
{
    for (uint32_t i = 0; i < n->count; i++)
        order[i] = i;
    for (uint32_t i = n->count / 2; i-- > 0;)
        sink(n, order, i, n->count);
    for (uint32_t end = n->count; end-- > 1;) {
        uint32_t swap = order[0];
        order[0] = order[end];
        order[end] = swap;
        sink(n, order, 0, end);
    }
}

void names_free(struct names *n)
{
    for (uint32_t i = 0; i < n->count; i++)
        free(n->name[i].at);
    free(n->name);
    free(n->slot);
    *n = (struct names){0};
}
