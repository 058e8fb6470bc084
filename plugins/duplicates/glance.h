/* SPDX-License-Identifier: Apache-2.0
 *
 * A glance at two sketches, before any text is read: most candidates have only turns of phrase in common, which stand
 * here and there, while what was copied stands in the same order and close together on both sides.
 */
#ifndef DUP_GLANCE_H
#define DUP_GLANCE_H

#include <stdint.h>

/* The winnowed runs of one text, to be found by hash. Zeroed memory is an empty one; it is reused from text to text. */
struct dup_glance {
    uint32_t *head, *next; /* first place of a slot, and the one behind a place, ascending; each + 1, 0: none */
    uint64_t *filter; /* eight bits for each slot, of those that are there: most that is asked for is not */
    uint8_t *mark;    /* picks in common with the text in hand */
    uint64_t room;
    const uint32_t *pick; /* borrowed */
    uint32_t bits, picks;
    uint32_t single;  /* 1: no pick stands there twice */
    uint32_t known;   /* picks that are furniture, which are left out */
};

/* Furniture of the texts that are compared, as mask.h has it; table NULL: none is known. */
struct dup_known {
    const uint32_t *table;
    uint32_t source;
};

/* `pick` in order. 0: out of memory. */
int dup_glance_make(struct dup_glance *, const uint32_t *pick, uint32_t picks, struct dup_known);
void dup_glance_free(struct dup_glance *);

/* 1: the text has the run. */
int dup_glance_has(const struct dup_glance *, uint32_t hash);

struct dup_seen {
    /* runs that follow each other in both texts, no further apart than a chain of an alignment jumps */
    uint32_t chain;
    uint32_t common; /* runs of the other text that this one has, wherever they stand */
    uint32_t spread; /* runs from the first to the last place in common that was looked at, in the text where these are
                      * more */
};
/* Does not look for longer chains than `enough`. */
struct dup_seen dup_glance_chain(const struct dup_glance *, const uint32_t *pick, uint32_t picks, struct dup_known,
                                 uint32_t enough);
/* Per mille of the runs of both texts that a long alignment could cover, of the text of which less is covered. */
uint32_t dup_glance_cover(struct dup_glance *, const uint32_t *pick, uint32_t picks, uint32_t *common);

#endif
