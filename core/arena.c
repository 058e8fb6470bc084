/* SPDX-License-Identifier: Apache-2.0 */
#include "arena.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define FIRST_BLOCK (64u << 10)
#define LAST_BLOCK (4u << 20)
#define LARGE (8u << 20)

struct arena_block {
    struct arena_block *next;
    uint64_t size; /* with this head */
};

static int grow(struct arena *arena, uint64_t size)
{
    uint64_t room = arena->block ? arena->block->size * 2 : FIRST_BLOCK;
    if (room > LAST_BLOCK)
        room = LAST_BLOCK;
    if (size > UINT64_MAX / 2)
        return 0;
    if (size + sizeof(struct arena_block) > room)
        room = size + sizeof(struct arena_block);
    struct arena_block *block = malloc(room);
    if (!block)
        return 0;
    block->next = arena->block;
    block->size = room;
    arena->block = block;
    arena->at = (char *)(block + 1);
    arena->end = (char *)block + room;
    return 1;
}

void *arena_room(struct arena *arena, uint64_t size)
{
    if (size > UINT64_MAX - 16)
        return NULL;
    size = size ? (size + 15) & ~(uint64_t)15 : 16;
    if ((uint64_t)(arena->end - arena->at) < size && !grow(arena, size))
        return NULL;
    void *piece = arena->at;
    arena->at += size;
    arena->size += size;
    return piece;
}

void *arena_alloc(struct arena *arena, uint64_t size)
{
    void *piece = arena_room(arena, size);
    return piece ? memset(piece, 0, size) : NULL;
}

void *arena_copy(struct arena *arena, const void *from, uint64_t size)
{
    void *piece = arena_alloc(arena, size);
    if (piece && size)
        memcpy(piece, from, size);
    return piece;
}

void arena_reset(struct arena *arena)
{
    struct arena_block *block = arena->block;
    while (block && (block->next || block->size > LAST_BLOCK)) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena->block = block;
    arena->at = block ? (char *)(block + 1) : NULL;
    arena->end = block ? (char *)block + block->size : NULL;
    arena->size = 0;
}

void arena_free(struct arena *arena)
{
    for (struct arena_block *block = arena->block; block;) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    *arena = (struct arena){0};
}

void memory_large(void *at, uint64_t size)
{
    /* With malloc's head and tail: a mapping that is advised in part only is two, which realloc cannot move but only
     * copy. */
    uintptr_t page = 4096, begin = (uintptr_t)at & ~(page - 1),
              end = ((uintptr_t)at + size + 24 + page - 1) & ~(page - 1);
    if (at && size >= LARGE)
        madvise((void *)begin, end - begin, MADV_HUGEPAGE);
}

char *bytes_room(struct bytes *bytes, uint64_t more)
{
    if (bytes->failed || more > UINT64_MAX / 4 - bytes->size) {
        bytes->failed = 1;
        return NULL;
    }
    uint64_t need = bytes->size + more;
    if (need > bytes->room || !bytes->at) {
        uint64_t room = bytes->room ? bytes->room * 2 : 1024;
        if (room < need)
            room = need;
        char *at = realloc(bytes->at, room);
        if (!at && need + need / 8 < room) /* near a worker's limit doubling is too much long before the data is */
            at = realloc(bytes->at, room = need + need / 8);
        if (!at) {
            bytes->failed = 1;
            return NULL;
        }
        memory_large(at, room);
        bytes->at = at;
        bytes->room = room;
    }
    return bytes->at + bytes->size;
}

char *bytes_add(struct bytes *bytes, const void *from, uint64_t size)
{
    char *to = bytes_room(bytes, size);
    if (!to)
        return NULL;
    if (from && size)
        memcpy(to, from, size);
    else if (size)
        memset(to, 0, size);
    bytes->size += size;
    return to;
}

void bytes_align(struct bytes *bytes, uint64_t to)
{
    bytes_add(bytes, NULL, (to - (bytes->size & (to - 1))) & (to - 1));
}

void bytes_free(struct bytes *bytes)
{
    free(bytes->at);
    *bytes = (struct bytes){0};
}
