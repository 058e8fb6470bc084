/* SPDX-License-Identifier: Apache-2.0 */
#include "postings.h"

#include <stdlib.h>
#include <string.h>

#define BITS 10u     /* binary logarithm of DUP_SHARES */
#define SHARE 4096u  /* postings of shares that are sorted together, more or less: they stay in the processor's cache */
#define SEEN 16384u  /* places in which runs of a share are counted; a power of two */
#define VALUES (UINT32_C(1) << 11)
#define CHUNK 256u   /* postings of one share that stand together */
#define SLAB 64u     /* chunks that are asked for at once */

/* At least `need` elements at what is given; NULL: out of memory, all stays. */
static void *grow(void *at, uint64_t *room, uint64_t need, uint64_t size)
{
    uint64_t more = need + need / 2 + 256;
    void *to = more > SIZE_MAX / size ? NULL : realloc(at, more * size);
    *room = to ? more : *room;
    return to;
}

static int room_for_owner(struct dup_postings *p)
{
    if (p->owners < p->owner_room)
        return 1;
    struct dup_owner *owner = grow(p->owner, &p->owner_room, p->owners + 1, sizeof *owner);
    p->owner = owner ? owner : p->owner;
    return owner != NULL;
}

static int add_slab(struct dup_postings *p)
{
    if (p->slabs == p->slab_room) {
        uint32_t room = p->slab_room ? 2 * p->slab_room : 64;
        uint64_t **slab = room > UINT32_MAX / SLAB ? NULL : realloc(p->slab, room * sizeof *slab);
        if (!slab)
            return 0;
        p->slab = slab;
        uint32_t *after = realloc(p->after, (uint64_t)room * SLAB * sizeof *after);
        if (!after)
            return 0;
        p->after = after;
        p->slab_room = room;
    }
    uint64_t *one = malloc((uint64_t)SLAB * CHUNK * sizeof *one);
    if (!one)
        return 0;
    p->slab[p->slabs++] = one;
    return 1;
}

static uint64_t *chunk_at(const struct dup_postings *p, uint32_t number)
{
    return p->slab[(number - 1) / SLAB] + (uint64_t)((number - 1) % SLAB) * CHUNK;
}

static int add_chunk(struct dup_postings *p, struct dup_chain *c)
{
    if (p->chunks == p->slabs * SLAB && !add_slab(p))
        return 0;
    p->after[p->chunks++] = 0;
    if (c->last)
        p->after[c->last - 1] = p->chunks;
    else
        c->first = p->chunks;
    c->last = p->chunks;
    return 1;
}

void dup_postings_clear(struct dup_postings *p)
{
    p->owners = p->count = 0;
    p->chunks = 0;
    memset(p->share, 0, sizeof p->share);
}

int dup_postings_add(struct dup_postings *p, struct dup_owner owner, const uint32_t *run, uint32_t runs)
{
    if (p->owners == UINT32_MAX || !room_for_owner(p))
        return 0;
    for (uint32_t i = 0; i < runs; i++) {
        struct dup_chain *c = &p->share[run[i] & (DUP_SHARES - 1)];
        uint64_t at = c->count % CHUNK;
        if (at == 0 && !add_chunk(p, c))
            return 0;
        chunk_at(p, c->last)[at] = (uint64_t)run[i] << 32 | p->owners;
        c->count++;
    }
    p->owner[p->owners++] = owner;
    p->count += runs;
    return 1;
}

/* Copies the postings of a share, in order of adding. */
static uint64_t gather(const struct dup_postings *p, const struct dup_chain *c, uint64_t *to)
{
    uint64_t left = c->count;
    for (uint32_t n = c->first; left; n = p->after[n - 1]) {
        uint64_t size = left < CHUNK ? left : CHUNK;
        memcpy(to, chunk_at(p, n), size * sizeof *to);
        to += size;
        left -= size;
    }
    return c->count;
}

/* Leaves out runs that certainly stand in one place only: most of them. */
static uint64_t thin_out(uint64_t *at, uint64_t n, uint32_t bits)
{
    static const uint8_t after[4] = {1, 3, 3, 3};
    uint8_t seen[SEEN] = {0}; /* 1: once, 3: more than once */
    uint64_t kept = 0;
    for (uint64_t i = 0; i < n; i++) {
        uint8_t *s = &seen[at[i] >> (32 + bits) & (SEEN - 1)];
        *s = after[*s];
    }
    for (uint64_t i = 0; i < n; i++) {
        at[kept] = at[i];
        kept += seen[at[i] >> (32 + bits) & (SEEN - 1)] >> 1;
    }
    return kept;
}

static void pass(uint64_t *to, const uint64_t *from, uint64_t n, uint32_t shift, uint32_t digit)
{
    uint64_t next[VALUES], sum = 0, last = (UINT64_C(1) << digit) - 1;
    memset(next, 0, (last + 1) * sizeof *next);
    for (uint64_t i = 0; i < n; i++)
        next[from[i] >> shift & last]++;
    for (uint64_t i = 0; i <= last; i++) {
        uint64_t count = next[i];
        next[i] = sum;
        sum += count;
    }
    for (uint64_t i = 0; i < n; i++)
        to[next[from[i] >> shift & last]++] = from[i];
}

/* By the bits of the run that the shares have not settled; the last of three passes ends in `to`. */
static void sort_some(uint64_t *to, uint64_t *from, uint64_t n, uint32_t bits)
{
    uint32_t digit = (32 - bits + 2) / 3, shift = 32 + bits;
    pass(to, from, n, shift, digit);
    pass(from, to, n, shift + digit, digit);
    pass(to, from, n, shift + 2 * digit, digit);
}

/* Postings of shares with the same lowest bits. */
static uint64_t count_some(const struct dup_postings *p, uint32_t some, uint32_t bits)
{
    uint64_t n = 0;
    for (uint32_t s = some; s < DUP_SHARES; s += UINT32_C(1) << bits)
        n += p->share[s].count;
    return n;
}

/* Sorts them to the end of those that are done. 0: out of memory. */
static int settle(struct dup_postings *p, uint64_t *some, uint32_t which, uint32_t bits)
{
    uint64_t n = 0;
    for (uint32_t s = which; s < DUP_SHARES; s += UINT32_C(1) << bits)
        n += gather(p, &p->share[s], some + n);
    n = thin_out(some, n, bits);
    if (p->count + n > p->room) {
        uint64_t *at = grow(p->at, &p->room, p->count + n, sizeof *at);
        if (!at)
            return 0;
        p->at = at;
    }
    sort_some(p->at + p->count, some, n, bits);
    p->count += n;
    return 1;
}

int dup_postings_sort(struct dup_postings *p)
{
    uint32_t bits = 0;
    uint64_t most = 0;
    int done = 1;
    while (bits < BITS && p->count >> bits > SHARE)
        bits++;
    for (uint32_t i = 0; i >> bits == 0; i++) {
        uint64_t n = count_some(p, i, bits);
        most = n > most ? n : most;
    }
    uint64_t *some = malloc((most + 1) * sizeof *some);
    if (!some)
        return 0;
    p->count = 0;
    for (uint32_t i = 0; i >> bits == 0 && done; i++)
        done = settle(p, some, i, bits);
    free(some);
    return done;
}

void dup_postings_free(struct dup_postings *p)
{
    for (uint32_t i = 0; i < p->slabs; i++)
        free(p->slab[i]);
    free(p->slab);
    free(p->after);
    free(p->owner);
    free(p->at);
    memset(p, 0, sizeof *p);
}
