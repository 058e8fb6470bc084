/* SPDX-License-Identifier: Apache-2.0
 *
 * From an alignment to a relation in plain words. Shares are counted in words that are no boilerplate; thresholds are
 * whole per mille, so that the judgement is the same everywhere.
 */
#ifndef DUP_RELATE_H
#define DUP_RELATE_H

#include <stdint.h>

#include <assay/layers/copy.h>

#include "align.h"
#include "slot.h"
#include "words.h"

/* What is asked of a copy and of a passage. */
struct dup_rules {
    uint32_t copy;     /* per mille of the smaller text */
    uint32_t twin;     /* per mille of both texts, before boilerplate is known */
    uint32_t shingle;  /* words, of alignments */
    uint32_t index;    /* words, of the index: longer ones bring fewer candidates that come to nothing */
    uint32_t passage;  /* least words */
    uint32_t least;    /* least words, without boilerplate, of a text that is compared */
    uint32_t alike;    /* per mille of equal words in what counts as covered */
    uint32_t figures;  /* per mille of figures in the same place that agree in a copy; fewer: same form */
};

/* A text with its words; mask: one byte for each word, 1 = boilerplate, or NULL. */
struct dup_side {
    const char *text;
    uint64_t size;
    const struct dup_word *word;
    uint32_t words;
    const uint8_t *mask;
};

#define DUP_STRANGE 0u /* nothing that counts, passages at most */
#define DUP_COPY 1u    /* covers enough of the smaller side */
#define DUP_FORM 2u    /* as a copy, but its figures are others */

struct dup_share {
    uint32_t a, b;           /* words that are no boilerplate */
    uint32_t found_a, found_b; /* of them, words inside blocks */
    uint32_t relation;
};

#define DUP_EDGE 24u     /* words before and behind what is covered that may belong to a form */
#define DUP_FIGURES 256u /* that differ, until judged */

/* Scratch for the marks of covered words, the figures that differ in the chains that count, and all that differs there,
 * where it is not too much; zeroed at first, freed with dup_marks_free. */
struct dup_marks {
    uint8_t *at;
    uint32_t room, differs, slots;
    struct assay_differ differ[DUP_FIGURES];
    struct dup_slot slot[DUP_SLOTS_KEPT];
};

/* 1: neither a copy nor a passage, whatever is furniture of the texts: no run is long enough. */
int dup_is_nothing(const struct dup_rules *, const struct dup_alignment *);
/* 1: dup_judge could only say DUP_STRANGE, since the chains are too short even if all of their words were equal. A look
 * at their ends. */
int dup_is_hopeless(const struct dup_rules *, const struct dup_side *a, const struct dup_side *b,
                    const struct dup_alignment *, int both);
/* Judges all chains together. Those too thin to count get matched = 0. `both`: the share is asked of both sides
 * (twins). 0: out of memory. */
int dup_judge(struct dup_share *, struct dup_marks *, const struct dup_rules *, const struct dup_side *a,
              const struct dup_side *b, struct dup_alignment *, int both);
/* Whether one block of the alignment is a passage worth telling; trims boilerplate from its ends. */
int dup_is_passage(const struct dup_rules *, const struct dup_side *a, const struct dup_side *b, struct dup_block *);
void dup_marks_free(struct dup_marks *);

/* A walk along an alignment, word by word. Zeroed, but for differ and most, before the first call. */
struct dup_walk {
    struct assay_differ *differ; /* figures that stand in the same place and differ */
    uint32_t most, differs;      /* room, and how many */
    uint32_t equal;              /* words in the same place that are equal */
    uint32_t same;               /* figures among them */
    uint32_t changes;            /* stretches of words that differ */
    uint32_t puts;               /* of them, words that stand in one text only */
    uint32_t others;             /* words of both sides in them that the other does not have, and figures that differ */
    uint32_t names;              /* of those, names and figures */
    struct dup_slot *slot;       /* room for DUP_SLOTS_KEPT of these stretches, in place of values numbers of words */
    uint32_t slots;              /* how many there are */
};

/* Adds what block i of a chain and those after it, with what lies between them, give. */
void dup_walk_chain(struct dup_walk *, const struct dup_side *a, const struct dup_side *b, const struct dup_alignment *,
                    const struct dup_block *chain);
/* The same for one piece. */
void dup_walk_block(struct dup_walk *, const struct dup_side *a, const struct dup_side *b, const struct dup_block *);

/* Notes what stands before or behind all that is covered. */
void dup_walk_ends(struct dup_walk *, const struct dup_side *a, const struct dup_side *b, const struct dup_block *hull);

/* The values of the slots that were noted, unless there are too many: each exchange of words once, none where a word is
 * but misread. Gives how many are left. */
uint32_t dup_walk_values(struct dup_walk *, const struct dup_side *a, const struct dup_side *b);

static inline uint32_t dup_mille(uint32_t part, uint32_t whole)
{
    return whole ? (uint32_t)((uint64_t)part * 1000 / whole) : 0;
}

/* Bytes of words [from, to) of a side. */
static inline struct assay_span dup_bytes(const struct dup_side *s, uint32_t from, uint32_t to)
{
    return from < to ? (struct assay_span){s->word[from].begin, s->word[to - 1].end} : (struct assay_span){0, 0};
}

#endif
