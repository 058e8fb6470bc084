/* SPDX-License-Identifier: Apache-2.0 */
#include "glance.h"

#include <stdlib.h>
#include <string.h>

#include "mask.h"

#define ROOMY 2u /* slots for each pick */
#define FAR 28u  /* picks, of about two and a half words, that a chain may jump on either side */
#define BACK 16u /* hits that are looked back at */
#define COVERED 18u /* picks, beyond which an alignment of twins breaks off */
#define EDGE 3u     /* picks before the first and behind the last one in common that may be */

static uint32_t slot_of(const struct dup_glance *g, uint32_t hash)
{
    return hash * 0x9e3779b1u >> (32 - g->bits);
}

/* The first place from `at` on, a head or a next one, with the hash; 0: none. Places are told + 1. */
static uint32_t find(const struct dup_glance *g, uint32_t at, uint32_t hash)
{
    while (at != 0 && g->pick[at - 1] != hash)
        at = g->next[at - 1];
    return at;
}

static uint32_t filter_bit(const struct dup_glance *g, uint32_t hash)
{
    return hash & (uint32_t)((UINT64_C(8) << g->bits) - 1);
}

static int may_have(const struct dup_glance *g, uint32_t hash)
{
    uint32_t bit = filter_bit(g, hash);
    return (int)(g->filter[bit / 64] >> bit % 64 & 1);
}

static uint32_t first_place(const struct dup_glance *g, uint32_t hash)
{
    return may_have(g, hash) ? find(g, g->head[slot_of(g, hash)], hash) : 0;
}

int dup_glance_has(const struct dup_glance *g, uint32_t hash)
{
    return first_place(g, hash) != 0;
}

#define AT_ONCE 64u

/* Bit i: pick i may be there; most are not, and all are asked for without waiting for one. */
static uint64_t may_have_some(const struct dup_glance *g, const uint32_t *pick, uint32_t n)
{
    uint64_t may = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t bit = filter_bit(g, pick[i]);
        may |= (g->filter[bit / 64] >> bit % 64 & 1) << i;
    }
    return may;
}

static int is_known(struct dup_known k, uint32_t hash)
{
    return k.table && dup_mask_knows(k.table, hash, k.source);
}

static int make_room(struct dup_glance *g, uint64_t size)
{
    if (size <= g->room)
        return 1;
    dup_glance_free(g);
    g->head = malloc(size * sizeof *g->head);
    g->next = malloc(size * sizeof *g->next);
    g->filter = malloc(size);
    g->mark = malloc(size);
    g->room = g->head && g->next && g->filter && g->mark ? size : 0;
    return g->room != 0;
}

int dup_glance_make(struct dup_glance *g, const uint32_t *pick, uint32_t picks, struct dup_known known)
{
    uint32_t bits = 6;
    while (bits < 28 && UINT64_C(1) << bits < ROOMY * (uint64_t)picks)
        bits++;
    uint64_t size = UINT64_C(1) << bits;
    if (!make_room(g, size > picks ? size : picks))
        return 0;
    memset(g->head, 0, size * sizeof *g->head);
    memset(g->filter, 0, size);
    g->bits = bits;
    g->pick = pick;
    g->picks = picks;
    g->known = 0;
    g->single = 1;
    for (uint32_t i = picks; i-- > 0;) {
        if (is_known(known, pick[i])) {
            g->known++;
            continue;
        }
        if (first_place(g, pick[i]))
            g->single = 0;
        uint32_t slot = slot_of(g, pick[i]), bit = filter_bit(g, pick[i]);
        g->next[i] = g->head[slot];
        g->head[slot] = i + 1;
        g->filter[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    return 1;
}

void dup_glance_free(struct dup_glance *g)
{
    free(g->head);
    free(g->next);
    free(g->filter);
    free(g->mark);
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
        if (h->mine < mine && mine - h->mine <= FAR && h->theirs < theirs && theirs - h->theirs <= FAR &&
            h->length >= best)
            best = h->length + 1;
    }
    return best;
}

struct hits { /* the last of them */
    struct hit at[BACK];
    uint32_t count;
    uint32_t first[2], last[2]; /* places in this text, and in the other */
};

static void spread_over(struct hits *hits, uint32_t mine, uint32_t theirs)
{
    const uint32_t place[2] = {mine, theirs};
    for (uint32_t i = 0; i < 2; i++) {
        hits->first[i] = place[i] < hits->first[i] ? place[i] : hits->first[i];
        hits->last[i] = place[i] > hits->last[i] ? place[i] : hits->last[i];
    }
}

/* All places of a pick of the other text, from its first one on. */
static void add_hits(const struct dup_glance *g, struct hits *hits, uint32_t mine, uint32_t theirs, uint32_t hash,
                     struct dup_seen *seen)
{
    for (; mine != 0; mine = find(g, g->next[mine - 1], hash)) {
        uint32_t length = chained(hits->at, hits->count, mine, theirs);
        hits->at[hits->count++ % BACK] = (struct hit){mine, theirs, length};
        spread_over(hits, mine, theirs);
        seen->chain = length > seen->chain ? length : seen->chain;
    }
}

struct dup_seen dup_glance_chain(const struct dup_glance *g, const uint32_t *pick, uint32_t picks,
                                 struct dup_known known, uint32_t enough)
{
    struct hits hits;
    struct dup_seen seen = {0, 0, 0};
    hits.count = hits.last[0] = hits.last[1] = 0;
    hits.first[0] = hits.first[1] = UINT32_MAX;
    for (uint32_t from = 0; from < picks; from += AT_ONCE) {
        uint64_t may = may_have_some(g, pick + from, picks - from < AT_ONCE ? picks - from : AT_ONCE);
        for (; may; may &= may - 1) {
            uint32_t j = from + (uint32_t)__builtin_ctzll(may), hash = pick[j];
            uint32_t mine = find(g, g->head[slot_of(g, hash)], hash);
            seen.common += mine != 0;
            if (mine != 0 && seen.chain < enough && !is_known(known, hash))
                add_hits(g, &hits, mine, j, hash, &seen);
        }
    }
    for (uint32_t i = 0; i < 2 && hits.count; i++) {
        uint32_t far = hits.last[i] - hits.first[i] + 1;
        seen.spread = far > seen.spread ? far : seen.spread;
    }
    return seen;
}

struct cover {
    uint32_t sum, next; /* next: behind the last pick in common */
};

/* What lies between two picks in common counts as far as an alignment goes on over it. */
static void add_cover(struct cover *c, uint32_t at)
{
    uint32_t length = at + 1 - c->next;
    c->sum += length <= (c->next ? COVERED : EDGE) ? length : 1;
    c->next = at + 1;
}

static uint32_t share_of(const struct cover *c, uint32_t picks)
{
    uint64_t sum = c->sum + (picks - c->next < EDGE ? picks - c->next : 0);
    return picks ? (uint32_t)(sum * 1000 / picks) : 0;
}

uint32_t dup_glance_cover(struct dup_glance *g, const uint32_t *pick, uint32_t picks, uint32_t *common)
{
    struct cover mine = {0, 0}, theirs = {0, 0};
    uint32_t next = 0; /* of this text, behind a pick in common: the two mostly go on alike */
    *common = 0;
    memset(g->mark, 0, g->picks);
    for (uint32_t j = 0; j < picks; j++) {
        if (next < g->picks && g->pick[next] == pick[j] && g->single) {
            ++*common;
            add_cover(&theirs, j);
            g->mark[next++] = 1;
            continue;
        }
        uint32_t at = first_place(g, pick[j]);
        if (at == 0)
            continue;
        ++*common;
        add_cover(&theirs, j);
        for (; at != 0; at = find(g, g->next[at - 1], pick[j])) {
            next = at;
            g->mark[at - 1] = 1;
        }
    }
    for (uint32_t i = 0; i < g->picks; i++)
        if (g->mark[i])
            add_cover(&mine, i);
    uint32_t a = share_of(&mine, g->picks), b = share_of(&theirs, picks);
    return a < b ? a : b;
}
