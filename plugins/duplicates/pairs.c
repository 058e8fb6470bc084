/* SPDX-License-Identifier: Apache-2.0 */
#include "pairs.h"

#include <stdlib.h>
#include <string.h>

#include "mix.h"

#define SMALLEST 11u /* bits */
#define LARGEST 36u

static uint64_t slots(const struct dup_pairs *p)
{
    return p->slot ? UINT64_C(1) << p->bits : 0;
}

static uint64_t start_of(const struct dup_pairs *p, uint64_t key)
{
    return dup_mix(key) >> (64 - p->bits);
}

/* The slot of the key, or the free one where it belongs. */
static uint64_t place(const struct dup_pairs *p, uint64_t key)
{
    uint64_t last = (UINT64_C(1) << p->bits) - 1, at = start_of(p, key);
    while (p->slot[at] != 0 && p->slot[at] != key)
        at = (at + 1) & last;
    return at;
}

static int grow(struct dup_pairs *p)
{
    struct dup_pairs more = {.bits = p->slot ? p->bits + 1 : SMALLEST, .pairs = p->pairs};
    if (more.bits > LARGEST)
        return 0;
    more.slot = calloc(UINT64_C(1) << more.bits, sizeof *more.slot);
    more.again = calloc(UINT64_C(1) << more.bits, 1);
    if (!more.slot || !more.again) {
        free(more.slot);
        free(more.again);
        return 0;
    }
    for (uint64_t i = 0, n = slots(p); i < n; i++) {
        if (p->slot[i] == 0)
            continue;
        uint64_t at = place(&more, p->slot[i]);
        more.slot[at] = p->slot[i];
        more.again[at] = p->again[i];
    }
    free(p->slot);
    free(p->again);
    p->slot = more.slot;
    p->again = more.again;
    p->bits = more.bits;
    return 1;
}

void dup_pairs_clear(struct dup_pairs *p)
{
    p->pairs = p->waiting = 0;
    if (!p->slot)
        return;
    memset(p->slot, 0, slots(p) * sizeof *p->slot);
    memset(p->again, 0, slots(p));
}

static int count(struct dup_pairs *p, uint64_t key)
{
    if ((uint64_t)p->pairs * 2 >= slots(p) && !grow(p))
        return 0;
    uint64_t at = place(p, key);
    if (p->slot[at] == 0) {
        p->slot[at] = key;
        p->pairs++;
    } else if (p->again[at] + 1u < DUP_MOST_MET) {
        p->again[at]++;
    }
    return 1;
}

int dup_pairs_settle(struct dup_pairs *p)
{
    for (uint32_t i = 0; i < p->waiting; i++)
        if (!count(p, p->wait[i]))
            return 0;
    p->waiting = 0;
    return 1;
}

int dup_pairs_add(struct dup_pairs *p, uint32_t a, uint32_t b)
{
    uint64_t key = ((uint64_t)a << 32 | b) + 1;
    if (p->waiting == DUP_WAIT && !dup_pairs_settle(p))
        return 0;
    p->wait[p->waiting++] = key;
    if (p->slot)
        __builtin_prefetch(&p->slot[start_of(p, key)], 1);
    return 1;
}

uint32_t dup_pairs_next(const struct dup_pairs *p, uint64_t *at, uint32_t least, struct dup_pair_count *to,
                        uint32_t most)
{
    uint64_t i = *at, end = slots(p);
    uint32_t n = 0;
    for (; i < end && n < most; i++) {
        uint32_t met = p->again[i] + 1u;
        if (p->slot[i] != 0 && met >= least)
            to[n++] = (struct dup_pair_count){(uint32_t)((p->slot[i] - 1) >> 32), (uint32_t)(p->slot[i] - 1), met};
    }
    *at = i;
    return n;
}

void dup_pairs_free(struct dup_pairs *p)
{
    free(p->slot);
    free(p->again);
    memset(p, 0, sizeof *p);
}
