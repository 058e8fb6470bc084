/* SPDX-License-Identifier: Apache-2.0 */
#include "glance.h"

#include <stdlib.h>
#include <string.h>

#include "mask.h"

#define FAR 28u  /* picks, of about two and a half words, that a chain may jump on either side */
#define BACK 16u /* hits that are looked back at */

static uint32_t start_of(const struct dup_glance *g, uint32_t hash)
{
    return hash * 0x9e3779b1u >> (32 - g->bits);
}

static int is_known(struct dup_known k, uint32_t hash)
{
    return k.table && dup_mask_knows(k.table, hash, k.source);
}

int dup_glance_make(struct dup_glance *g, const uint32_t *pick, uint32_t picks, struct dup_known known)
{
    g->bits = 6;
    while (g->bits < 31 && UINT64_C(1) << g->bits < (uint64_t)picks * 2)
        g->bits++;
    uint64_t size = UINT64_C(1) << g->bits;
    if (size > g->room) {
        free(g->slot);
        g->slot = malloc(size * sizeof *g->slot);
        g->room = g->slot ? size : 0;
        if (!g->slot)
            return 0;
    }
    memset(g->slot, 0, size * sizeof *g->slot);
    g->picks = picks;
    for (uint32_t i = 0; i < picks; i++) {
        if (is_known(known, pick[i]))
            continue;
        uint64_t at = start_of(g, pick[i]);
        while (g->slot[at] != 0)
            at = (at + 1) & (size - 1);
        g->slot[at] = (uint64_t)pick[i] << 32 | (i + 1);
    }
    return 1;
}

void dup_glance_free(struct dup_glance *g)
{
    free(g->slot);
    memset(g, 0, sizeof *g);
}

struct hit {
    uint32_t mine, theirs, length;
};

/* Longest chain that ends with the hit, among the last few before it. */
static uint32_t chained(const struct hit *hit, uint32_t hits, uint32_t mine, uint32_t theirs)
{
    uint32_t best = 1;
    for (uint32_t k = hits; k > 0 && hits - k < BACK; k--) {
        const struct hit *h = &hit[(k - 1) % BACK];
        if (h->mine < mine && mine - h->mine <= FAR && h->theirs < theirs && theirs - h->theirs <= FAR && h->length >= best)
            best = h->length + 1;
    }
    return best;
}

uint32_t dup_glance_chain(const struct dup_glance *g, const uint32_t *pick, uint32_t picks, struct dup_known known, uint32_t enough)
{
    struct hit ring[BACK];
    uint32_t hits = 0, best = 0, last = (uint32_t)((UINT64_C(1) << g->bits) - 1);
    for (uint32_t j = 0; j < picks; j++) {
        int told = 0; /* whether it is furniture was asked */
        for (uint32_t at = start_of(g, pick[j]); g->slot[at] != 0; at = (at + 1) & last) {
            if ((uint32_t)(g->slot[at] >> 32) != pick[j])
                continue;
            if (!told && is_known(known, pick[j]))
                break;
            told = 1;
            uint32_t mine = (uint32_t)g->slot[at], length = chained(ring, hits, mine, j);
            ring[hits++ % BACK] = (struct hit){mine, j, length};
            best = length > best ? length : best;
            if (best >= enough)
                return best;
        }
    }
    return best;
}

uint32_t dup_glance_common(const struct dup_glance *g, const uint32_t *pick, uint32_t picks)
{
    uint32_t common = 0, last = (uint32_t)((UINT64_C(1) << g->bits) - 1);
    for (uint32_t j = 0; j < picks; j++) {
        uint32_t at = start_of(g, pick[j]);
        while (g->slot[at] != 0 && (uint32_t)(g->slot[at] >> 32) != pick[j])
            at = (at + 1) & last;
        common += g->slot[at] != 0;
    }
    return common;
}
