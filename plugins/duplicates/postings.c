/* SPDX-License-Identifier: Apache-2.0 */
#include "postings.h"

#include <stdlib.h>
#include <string.h>

#define DIGIT 11u
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

static void pass(uint64_t *to, const uint64_t *from, uint64_t n, const uint64_t *count, uint32_t shift)
{
    uint64_t next[VALUES], sum = 0;
    for (uint32_t i = 0; i < VALUES; i++) {
        next[i] = sum;
        sum += count[i];
    }
    for (uint64_t i = 0; i < n; i++)
        to[next[from[i] >> shift & (VALUES - 1)]++] = from[i];
}

int dup_postings_sort(struct dup_postings *p)
{
    uint64_t count[3][VALUES] = {{0}};
    free(p->spare);
    p->spare = malloc((p->room + 1) * sizeof *p->spare);
    if (!p->spare)
        return 0;
    for (uint64_t i = 0; i < p->count; i++)
        for (uint32_t d = 0; d < 3; d++)
            count[d][p->at[i] >> (32 + DIGIT * d) & (VALUES - 1)]++;
    for (uint32_t d = 0; d < 3; d++) {
        uint32_t shift = 32 + DIGIT * d;
        if (p->count == 0 || count[d][p->at[0] >> shift & (VALUES - 1)] == p->count)
            continue; /* equal everywhere */
        pass(p->spare, p->at, p->count, count[d], shift);
        uint64_t *swap = p->at;
        p->at = p->spare;
        p->spare = swap;
    }
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
