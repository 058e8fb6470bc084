/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts that documents have in common, such as the file they come from, their publisher or their day: what stands in a
 * segment a little before is not put there again, but told by how far back it stands. Only in segments in memory, which
 * are read as a whole.
 *
 * Stored: a number; an odd one is twice the way back to where the text stands as stored, and one; an even one is twice
 * the size of the text, which follows.
 */
#ifndef BACKREF_H
#define BACKREF_H

#include <assay/plugin.h>

#include "arena.h"

#define BACKREF_TEXTS 128u /* a power of two */
#define BACKREF_LONGEST 240u /* bytes of a text; longer ones are seldom repeated */

/* The last ones that were put. Zeroed memory is an empty one. */
struct backrefs {
    struct backref_text {
        uint64_t at; /* place in the segment */
        uint32_t size;
        char text[BACKREF_LONGEST];
    } text[BACKREF_TEXTS];
    int used;
};

/* Nothing is known of what was put. */
void backref_clear(struct backrefs *);
/* Appends a text, whose place in the segment is `at`. `backrefs` NULL: it is stored in any case. */
void backref_put(struct bytes *, struct backrefs *, uint64_t at, struct assay_text);
/* The text that is stored at *at, which moves behind it. Reads what stands before it. */
struct assay_text backref_get(const char **at);
/* Only moves behind it. */
void backref_pass(const char **at);

#endif
