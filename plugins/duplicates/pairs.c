/* SPDX-License-Identifier: Apache-2.0 */
#include "pairs.h"

#include <stdlib.h>
#include <string.h>

#include "mix.h"

static uint32_t hash_of(uint32_t a, uint32_t b)
{
    return (uint32_t)dup_mix((uint64_t)a << 32 | b);
}

static uint64_t place(const struct dup_pairs *p, uint32_t hash, uint32_t a, uint32_t b)
{
    uint64_t at = hash & (p->slots - 1);
    while (p->slot[at] != 0 && (p->pair[p->slot[at] - 1].a != a || p->pair[p->slot[at] - 1].b != b))
        at = (at + 1) & (p->slots - 1);
    return at;
}

static int grow(struct dup_pairs *p)
{
    uint64_t room = p->room ? 2 * p->room : 1024;
    struct dup_pair_count *pair = realloc(p->pair, room * sizeof *pair);
    if (!pair)
        return 0;
    p->pair = pair;
    uint32_t *slot = malloc(2 * room * sizeof *slot);
    if (!slot)
        return 0;
    free(p->slot);
    p->slot = slot;
    p->slots = 2 * room;
    p->room = room;
    memset(slot, 0, p->slots * sizeof *slot);
    for (uint32_t i = 0; i < p->pairs; i++)
        slot[place(p, hash_of(pair[i].a, pair[i].b), pair[i].a, pair[i].b)] = i + 1;
    return 1;
}

void dup_pairs_clear(struct dup_pairs *p)
{
    p->pairs = p->waiting = 0;
    if (p->slots)
        memset(p->slot, 0, p->slots * sizeof *p->slot);
}

static int count(struct dup_pairs *p, const struct dup_pair_count *one)
{
    if (p->pairs == p->room && !grow(p))
        return 0;
    uint64_t at = place(p, one->count, one->a, one->b);
    if (p->slot[at] == 0) {
        p->pair[p->pairs] = (struct dup_pair_count){one->a, one->b, 0};
        p->slot[at] = ++p->pairs;
    }
    p->pair[p->slot[at] - 1].count++;
    return 1;
}

int dup_pairs_settle(struct dup_pairs *p)
{
    for (uint32_t i = 0; i < p->waiting; i++) {
        if (p->slots && p->slot[p->wait[i].count & (p->slots - 1)])
            __builtin_prefetch(&p->pair[p->slot[p->wait[i].count & (p->slots - 1)] - 1]);
    }
    for (uint32_t i = 0; i < p->waiting; i++)
        if (!count(p, &p->wait[i]))
            return 0;
    p->waiting = 0;
    return 1;
}

int dup_pairs_add(struct dup_pairs *p, uint32_t a, uint32_t b)
{
    uint32_t hash = hash_of(a, b);
    if (p->waiting == DUP_WAIT && !dup_pairs_settle(p))
        return 0;
    p->wait[p->waiting++] = (struct dup_pair_count){a, b, hash};
    if (p->slots)
        __builtin_prefetch(&p->slot[hash & (p->slots - 1)]);
    return 1;
}

void dup_pairs_free(struct dup_pairs *p)
{
    free(p->pair);
    free(p->slot);
    memset(p, 0, sizeof *p);
}
