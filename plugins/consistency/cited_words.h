/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of lexicon/credits.cfg that citing is told by.
 */
#ifndef CONSISTENCY_CITED_WORDS_H
#define CONSISTENCY_CITED_WORDS_H

#include "cited.h"

/* What a word does, in the order of the sections. */
enum {
    CITES = 1,    /* "reported" */
    MEDIUM = 2,   /* a kind of newsroom: "newspaper" */
    REPORT = 4,
    HEARSAY = 8,  /* what is heard only */
    BACK = 16,    /* it stands for the sentence before */
    OF = 32,      /* what follows is a place, but not behind one of those above: "ministry of Velmora" */
    BREAK = 64,   /* "that": what follows is what is said, and names nobody who says it */
    OWN = 128,    /* "our": a newsroom tells what it saw itself */
    RELEASE = 256, /* a text of their own: whoever the sentence names says it */
    BEFORE = 512,  /* the name stands before the word alone */
    BEHIND = 1024
};

/* What the word of that hash (struct assay_token) does: bits of the above. */
uint32_t cited_does(const struct cited_words *, uint64_t hash);

#endif
