/* SPDX-License-Identifier: Apache-2.0
 *
 * The first looks at the bytes of a text, many at a time: signs that begin what is read otherwise, and runs, which are
 * bytes of ASCII letters and digits and of all other scripts, between ASCII characters that part words.
 */
#ifndef DUP_SCAN_H
#define DUP_SCAN_H

#include <stdint.h>

enum {
    DUP_BACKSLASH = 1,
    DUP_PERCENT = 2,
    DUP_AMPERSAND = 4,
    DUP_LINE_HYPHEN = 8, /* with a control character behind it, such as the end of the line */
    DUP_ARROW = 16,      /* -> */
};

/* Asks for the first bytes of a text, which is seldom in the cache, some time before it is read. */
void dup_ask_for(const char *text, uint64_t size);

/* The signs that stand in bytes [from, to), of which the last one begins nothing. */
uint32_t dup_signs(const char *text, uint64_t from, uint64_t to);

#define DUP_SCANNED 1536u             /* bytes that are looked at together */
#define DUP_EDGES (DUP_SCANNED + 64u) /* room for their edges, one of before, and what is written over */

/* Adds to `n` edges the places where runs begin and end in turn, from *from on as far as is looked at together, or to
 * the end, where a run ends. With an odd number of edges the byte before is of a run. Gives how many there are then. */
uint32_t dup_find_edges(uint32_t *edge, uint32_t n, const char *text, uint64_t *from, uint64_t to);
/* The same without AVX-512, and on any processor. */
uint32_t dup_find_edges_wide(uint32_t *edge, uint32_t n, const char *text, uint64_t *from, uint64_t to);
uint32_t dup_find_edges_plain(uint32_t *edge, uint32_t n, const char *text, uint64_t *from, uint64_t to);

#endif
