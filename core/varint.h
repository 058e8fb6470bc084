/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers in as few bytes as they need: seven bits a byte, the lowest first, the eighth says that more follow.
 */
#ifndef VARINT_H
#define VARINT_H

#include "arena.h"

#define VARINT_MOST 10u /* bytes */

/* Gives how many bytes it takes. */
static inline uint32_t varint_write(char room[VARINT_MOST], uint64_t v)
{
    uint32_t n = 0;
    for (; v >= 0x80; v >>= 7)
        room[n++] = (char)(v | 0x80);
    room[n++] = (char)v;
    return n;
}

static inline void varint_put(struct bytes *out, uint64_t v)
{
    char room[VARINT_MOST];
    bytes_add(out, room, varint_write(room, v));
}

/* Moves *at on, at most to `end`. */
static inline uint64_t varint_get(const char **at, const char *end)
{
    uint64_t v = 0;
    for (uint32_t shift = 0; *at < end && shift < 64; shift += 7) {
        unsigned char c = (unsigned char)*(*at)++;
        v |= (uint64_t)(c & 0x7f) << shift;
        if (!(c & 0x80))
            break;
    }
    return v;
}

#endif
