/* SPDX-License-Identifier: Apache-2.0 */
#include "postings.h"

#include <stdlib.h>
#include <string.h>

#define DIGIT 11u
#define SHARE 4096u  /* postings of a share */
#define SEEN 16384u  /* places in which runs of a share are counted; a power of two */
#define VALUES (UINT32_C(1) << DIGIT)

/* At least `need` elements at what is given; NULL: out of memory, all stays. */
static void *grow(void *at, uint64_t *room, uint64_t need, uint64_t size)
{
    uint64_t more = need + need / 2 + 256;
    void *to = more > SIZE_MAX / size ? NULL : realloc(at, more * size);
    *room = to ? more : *room;
    return to;
}

static int make_room(struct dup_postings *p, uint32_t runs)
{
    if (p->owners == p->owner_room) {
        struct dup_owner *owner = grow(p->owner, &p->owner_room, p->owners + 1, sizeof *owner);
        p->owner = owner ? owner : p->owner;
        if (!owner)
            return 0;
    }
    if (p->count + runs <= p->room)
        return 1;
    uint64_t *at = grow(p->at, &p->room, p->count + runs, sizeof *at);
    p->at = at ? at : p->at;
    return at != NULL;
}

void dup_postings_clear(struct dup_postings *p)
{
    p->owners = p->count = 0;
}

int dup_postings_add(struct dup_postings *p, struct dup_owner owner, const uint32_t *run, uint32_t runs)
{
    if (p->owners == UINT32_MAX || !make_room(p, runs))
        return 0;
    for (uint32_t i = 0; i < runs; i++)
        p->at[p->count++] = (uint64_t)run[i] << 32 | p->owners;
    p->owner[p->owners++] = owner;
    return 1;
}

/* The runs of a share, in hand at a time, so that it stays in the processor's cache. */
static uint64_t share_of(uint64_t post, uint32_t bits)
{
    return post >> 32 & ((UINT64_C(1) << bits) - 1);
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
    uint64_t next[VALUES] = {0}, sum = 0, last = (UINT64_C(1) << digit) - 1;
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

/* By the bits of the run that the share has not settled. */
static void sort_share(uint64_t *to, uint64_t *from, uint64_t n, uint32_t bits)
{
    uint32_t digit = (32 - bits + 2) / 3, shift = 32 + bits;
    pass(to, from, n, shift, digit);
    pass(from, to, n, shift + digit, digit);
    pass(to, from, n, shift + 2 * digit, digit);
}

int dup_postings_sort(struct dup_postings *p)
{
    uint64_t end[VALUES], from = 0, kept = 0;
    uint32_t bits = 0;
    while (bits < DIGIT && p->count >> bits > SHARE)
        bits++;
    free(p->spare);
    p->spare = malloc((p->count + 1) * sizeof *p->spare);
    if (!p->spare)
        return 0;
    memset(end, 0, sizeof end);
    for (uint64_t i = 0; i < p->count; i++)
        end[share_of(p->at[i], bits)]++;
    for (uint64_t i = 0, sum = 0; i >> bits == 0; i++) {
        uint64_t count = end[i];
        end[i] = sum;
        sum += count;
    }
    for (uint64_t i = 0; i < p->count; i++)
        p->spare[end[share_of(p->at[i], bits)]++] = p->at[i];
    for (uint64_t i = 0; i >> bits == 0; from = end[i++]) {
        uint64_t n = thin_out(p->spare + from, end[i] - from, bits);
        sort_share(p->at + kept, p->spare + from, n, bits); /* what stands there was moved already */
        kept += n;
    }
    p->count = kept;
    free(p->spare);
    p->spare = NULL;
    return 1;
}

void dup_postings_free(struct dup_postings *p)
{
    free(p->owner);
    free(p->at);
    free(p->spare);
    memset(p, 0, sizeof *p);
}
