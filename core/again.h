/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts that documents have in common, such as the file they come from, their publisher or their day: what stands in a
 * segment a little before is not put there again, but told by how far back it stands. Only in segments in memory, which
 * are read as a whole.
 *
 * Stored: a number; an odd one is twice the way back to where the text stands as stored, and one; an even one is twice
 * the size of the text, which follows.
 */
#ifndef AGAIN_H
#define AGAIN_H

#include <assay/plugin.h>

#include "arena.h"

#define AGAIN_TEXTS 128u /* a power of two */
#define AGAIN_LONGEST 240u /* bytes of a text; longer ones are seldom repeated */

/* The last ones that were put. Zeroed memory is an empty one. */
struct again {
    struct again_text {
        uint64_t at; /* place in the segment */
        uint32_t size;
        char text[AGAIN_LONGEST];
    } text[AGAIN_TEXTS];
    int used;
};

/* Nothing is known of what was put. */
void again_clear(struct again *);
/* Appends a text, whose place in the segment is `at`. `again` NULL: it is stored in any case. */
void again_put(struct bytes *, struct again *, uint64_t at, struct assay_text);
/* The text that is stored at *at, which moves behind it. Reads what stands before it. */
struct assay_text again_get(const char **at);
/* Only moves behind it. */
void again_pass(const char **at);

#endif
