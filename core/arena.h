/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory that is freed in one go. Zeroed struct = empty arena. Not for threads.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>
#include <stdint.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *chunk; /* newest first */
    uint64_t total;            /* bytes handed out */
};

/* Zeroed, 16-byte aligned; size 0 gives a valid pointer. NULL: no memory. */
void *arena_alloc(struct arena *, uint64_t size);
/* A copy with a NUL after it. */
char *arena_copy(struct arena *, const void *bytes, uint64_t size);
__attribute__((format(printf, 2, 3)))
char *arena_printf(struct arena *, const char *format, ...);
/* Forgets everything but keeps one chunk to start over with. */
void arena_reset(struct arena *);
void arena_free(struct arena *);

#endif
