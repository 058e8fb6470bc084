/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory in two shapes. An arena hands out zeroed, 16-byte aligned pieces that live until it is reset; `bytes` is one
 * growing run of bytes. Zeroed memory is an empty one of either. Both answer NULL (or set `failed`) when memory is out.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>
#include <stdint.h>

struct arena_block;

struct arena {
    struct arena_block *block; /* newest first */
    char *at, *end;            /* free room of the newest */
    uint64_t size;             /* bytes handed out since the last reset */
};

void *arena_alloc(struct arena *, uint64_t size);
/* The same, but what stands there is not told. */
void *arena_room(struct arena *, uint64_t size);
/* A copy, or NULL. Size 0 gives a valid pointer. */
void *arena_copy(struct arena *, const void *, uint64_t size);
/* Keeps the oldest block if it is of ordinary size, so that a reset and the same work again allocates nothing. */
void arena_reset(struct arena *);
void arena_free(struct arena *);

/* Of large pieces of fresh memory: the system may hand it out by the large page, each a five hundredth of the
 * faults. */
void memory_large(void *at, uint64_t size);

struct bytes {
    char *at;
    uint64_t size, room;
    int failed; /* 1 after an allocation failed; nothing is added any more */
};

/* Room for `more` bytes behind `size`; NULL where there is none. */
char *bytes_room(struct bytes *, uint64_t more);
/* Appends; NULL `from` appends zeros. The place, or NULL. */
char *bytes_add(struct bytes *, const void *from, uint64_t size);
void bytes_align(struct bytes *, uint64_t to); /* with zeros, to a power of two */
void bytes_free(struct bytes *);

#endif
