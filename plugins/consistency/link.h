/* SPDX-License-Identifier: Apache-2.0
 *
 * Which figures of two documents speak of the same quantity. First sentences are paired (mutual best, with a margin
 * over the runner-up), then the figures inside them; what is left over is paired by its value where that is exact
 * enough (exact.c), then by what it measures. Integers only.
 */
#ifndef CONSISTENCY_LINK_H
#define CONSISTENCY_LINK_H

#include <stdint.h>

#include "figure.h"
#include "rarity.h"
#include "terms.h"

#define LINK_CONTEXTS 256u /* sentences of a document that are looked at */
#define LINK_ALIKE 600u    /* likeness of sentences that are nearly the same */

/* A day that a document tells. */
struct day {
    struct figure figure;
    uint32_t claim, context; /* context: ASSAY_NEVER where its sentence is not kept */
};

struct side {
    const struct context *context; /* stride sizeof(struct context) */
    const struct note *note;
    const struct figure *figure; /* by claim; kind ASSAY_NEVER: not to be used */
    uint32_t contexts, figures;
    const struct day *day;
    uint32_t days;
};

#define LINK_ALIGNED 1u  /* the documents say the same things in the same order */
#define LINK_MEASURE 2u  /* tied by what is measured, not by the sentence */
#define LINK_CLOSE 4u    /* the sentences are nearly the same */
#define LINK_EXACT 8u    /* tied by an equal figure so exact that no other of either text can be meant */
#define LINK_FRAME 32u   /* tied by being left over where most other figures agree */
#define LINK_THROUGHOUT 64u /* of texts that agree on all other figures: what differs is of one quantity */
#define LINK_ONE 16u     /* both texts tell it of one quantity, so that size is no sign of two */

struct link {
    uint32_t a, b; /* claims */
    uint32_t score; /* 0..1000 */
    uint32_t flags;
};

struct link_list {
    struct link *at;
    uint32_t count, room;
};

struct link_options {
    const struct concepts *concepts;
    uint32_t story; /* 0..1000: how alike the documents are as a whole */
    uint32_t translated; /* 1: the documents are in different languages */
    uint32_t same_source; /* 1: of one publisher */
    uint32_t days;  /* between their publications; ASSAY_NEVER: not known */
    uint32_t fact;  /* 1: brought together by a measure, place and period alone */
};

struct linker; /* working memory */
struct linker *linker_new(const struct concepts *); /* NULL: out of memory */
void linker_free(struct linker *);
/* Adds links to the list. *parallel: share of sentences in one order, in 1/1000. 0: out of memory. */
int link_documents(struct linker *, const struct side *a, const struct side *b, const struct link_options *,
                   struct link_list *, uint32_t *parallel);

/* The days that link_documents tied last, which are the linker's. */
const struct link_list *linker_days(const struct linker *);

/* What relate_options.aligned is for a tie with these flags; all options for it. */
uint32_t link_aligned(uint32_t flags);
struct relate_options link_rules(const struct concepts *, uint32_t flags);
/* Cosine of two contexts, 0..1000. */
uint32_t context_likeness(const struct context *a, const struct context *b);

#endif
