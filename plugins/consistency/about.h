/* SPDX-License-Identifier: Apache-2.0
 *
 * What a figure is about: the concept of its sentence that belongs to it, and the nearest place.
 */
#ifndef CONSISTENCY_ABOUT_H
#define CONSISTENCY_ABOUT_H

#include <stdint.h>

#include <assay/layers/claim.h>

#include "concept.h"
#include "terms.h"

#define ABOUT_IDS 4u

struct about_word {
    uint32_t begin, end; /* bytes of the text */
    struct word word;    /* folded; size 0 for numbers */
    uint32_t claim;      /* figure that holds it, or ASSAY_NEVER */
    uint32_t kind;       /* of that figure */
    uint32_t ids, length;
    uint32_t id[ABOUT_IDS], flags[ABOUT_IDS]; /* concepts that begin here, over `length` words */
    unsigned char of[ABOUT_IDS]; /* OF_* of each */
    uint64_t aspect; /* of one of them, or 0; of this contrast */
    uint32_t set;
};

/* Sets concept, part and place of the note. */
void about_figure(struct note *, const struct about_word *, uint32_t words, uint32_t claim, const struct assay_claim *,
                  const char *text);

/* The same from the words of a head that stands outside of the figure's sentence (a table's): the first that fits. */
void about_head(struct note *, const struct about_word *, uint32_t words, const struct assay_claim *);

#endif
