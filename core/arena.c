/* SPDX-License-Identifier: Apache-2.0 */
#include "arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK (64u << 10)
#define MOST (1ull << 46)

struct arena_chunk {
    struct arena_chunk *next;
    uint64_t used, room;
    _Alignas(16) char at[];
};

static struct arena_chunk *more(struct arena *a, uint64_t size)
{
    uint64_t room = size > CHUNK ? size : CHUNK;
    struct arena_chunk *c = malloc(sizeof *c + room);
    if (!c)
        return NULL;
    c->used = 0;
    c->room = room;
    /* A large block goes behind the newest chunk, whose rest stays in use. */
    if (size > CHUNK && a->chunk) {
        c->next = a->chunk->next;
        a->chunk->next = c;
    } else {
        c->next = a->chunk;
        a->chunk = c;
    }
    return c;
}

void *arena_alloc(struct arena *a, uint64_t size)
{
    if (size > MOST)
        return NULL;
    size = size ? (size + 15) & ~15ull : 16;
    struct arena_chunk *c = a->chunk;
    if (!c || c->room - c->used < size)
        c = more(a, size);
    if (!c)
        return NULL;
    void *p = c->at + c->used;
    c->used += size;
    a->total += size;
    return memset(p, 0, size);
}

char *arena_copy(struct arena *a, const void *bytes, uint64_t size)
{
    char *p = size < MOST ? arena_alloc(a, size + 1) : NULL;
    if (p && size)
        memcpy(p, bytes, size);
    return p;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = n < 0 ? NULL : arena_alloc(a, (uint64_t)n + 1);
    if (p)
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p;
}

void arena_reset(struct arena *a)
{
    struct arena_chunk *keep = a->chunk;
    if (!keep)
        return;
    for (struct arena_chunk *c = keep->next, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    keep->next = NULL;
    keep->used = 0;
    a->total = 0;
    if (keep->room > CHUNK)
        arena_free(a);
}

void arena_free(struct arena *a)
{
    for (struct arena_chunk *c = a->chunk, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    a->chunk = NULL;
    a->total = 0;
}
