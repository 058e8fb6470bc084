/* SPDX-License-Identifier: Apache-2.0
 *
 * A part of the index: which texts have a run of words. Texts are brought together in pieces: one text, its runs in any
 * order, or a thousand texts that a worker went through, in order of the highest bits of the runs. A piece says of a
 * text once what is to be known of it, and of a run its lowest bits and the text, three bytes together, and where the
 * highest bits grow (Elias 1974, Fano 1971), so that ten million texts take 20 bytes a part and 3 and a half a run,
 * however many a piece has. All pieces of a part are then walked over side by side, slice by slice of the runs, so that
 * reading a part takes little memory however large it is.
 * In a slice what stands in one place only is left out first, by a filter (Bloom 1970); the rest is sorted by radix
 * (Knuth, volume 3, 5.2.5).
 */
#ifndef DUP_POSTINGS_H
#define DUP_POSTINGS_H

#include <stdint.h>
#include <string.h>

#include <assay/field.h>

struct dup_holder { /* a text */
    assay_docid doc;
    uint32_t source, words; /* DUP_PARTLY: only some of its runs are here */
};
#define DUP_PARTLY UINT32_C(0x80000000)
struct dup_posting { /* a piece, as it goes through the shuffle */
    struct assay_list holder; /* struct dup_holder */
    struct assay_list story;  /* uint32_t: of each holder, 0: none; empty where none has one */
    struct assay_list run;    /* uint32_t: unpacked, text by text, in any order; else empty */
    /* Of several texts, in order of the highest bits of the runs: three bytes each, the lowest bits of a run and, in
     * the lowest dup_holder_bits, its holder; and one more, so that four can be read. */
    struct assay_list item; /* uint32_t */
    /* uint32_t. Of items: how many; the first one's highest bits; then bits, lowest first: an item, or 0: the highest
     * bits grow by one. Of unpacked runs of several texts: how many each has. */
    struct assay_list step;
};
#define DUP_HALF 16u /* bits of a run that are lowest ones in a piece, or fewer */
#define DUP_ITEM 24u /* bits */
#define DUP_PIECE (UINT32_C(1) << 10) /* texts of a piece at most; more would make nothing smaller */

/* The bits that tell the holders of a piece apart, so many at least that a run has no more than DUP_HALF beside
 * them. */
static inline uint32_t dup_holder_bits(uint32_t holders)
{
    uint32_t bits = DUP_ITEM - DUP_HALF;
    while (UINT32_C(1) << bits < holders)
        bits++;
    return bits;
}

/* Walks over the runs of a piece of several texts. */
struct dup_cursor {
    const uint32_t *step;
    const char *item;            /* the next one */
    uint32_t at, runs;           /* items that were passed, and all */
    uint32_t bits, place, first; /* what is left of step[place + 1] */
    uint32_t holder, low;        /* bits of an item */
};

/* The highest bits of the next run, of which there is one, as those of a run from `low` on. */
static inline uint64_t dup_cursor_high(struct dup_cursor *c)
{
    while (c->bits == 0)
        c->bits = c->step[++c->place + 1];
    return (uint64_t)(c->first + (c->place - 1) * 32 + (uint32_t)__builtin_ctz(c->bits) - c->at) << c->low;
}

/* Passes it. Gives run << 32 | holder. */
static inline uint64_t dup_cursor_next(struct dup_cursor *c, uint64_t high)
{
    uint32_t item;
    memcpy(&item, c->item, sizeof item);
    c->item += DUP_ITEM / 8;
    c->at++;
    c->bits &= c->bits - 1;
    return (high | (item & ((UINT32_C(1) << DUP_ITEM) - 1)) >> c->holder) << 32 |
           (item & ((UINT32_C(1) << c->holder) - 1));
}

void dup_cursor_open(struct dup_cursor *, const struct dup_posting *);

/* ---- pieces into one ---- */

/* Zeroed memory is an empty one; it is reused. */
struct dup_postings {
    struct dup_holder *holder;
    uint32_t *story;
    uint64_t *at, *spare; /* run | number of the holder */
    uint32_t *step;
    uint64_t holders, holder_room, count, room, spare_room, step_room;
    int stories;          /* 1: one of them has a story */
};

void dup_postings_clear(struct dup_postings *);
/* 1: it is too much for one piece with those that are there. */
int dup_postings_full(const struct dup_postings *, const struct dup_posting *);
/* 0: out of memory. */
int dup_postings_add(struct dup_postings *, const struct dup_posting *);
/* How many unpacked runs a text has. */
static inline uint32_t dup_posting_runs(const struct dup_posting *p, uint32_t text)
{
    return p->step.count ? ((const uint32_t *)p->step.at)[text] : p->run.count;
}

/* All that were added as one, unpacked and in their order; none of them was packed. Borrowed until the next call. 0: out
 * of memory. */
int dup_postings_lay(struct dup_postings *, struct dup_posting *);
/* The same, packed. */
int dup_postings_join(struct dup_postings *, struct dup_posting *);
void dup_postings_free(struct dup_postings *);

/* ---- all pieces of a part ---- */

struct dup_owner { /* a text with the run in hand */
    assay_docid doc;
    uint32_t source, words, story;
    uint32_t number; /* in the part */
};
struct dup_piece {
    const struct dup_posting *posting;
    struct dup_cursor cursor;
    uint64_t first; /* number of its first holder */
};

struct dup_loose {
    struct dup_postings texts;
    struct dup_posting joined;
};

/* Unpacked texts of few runs in all stay so: their runs lie in the order of the slices, of each in the order of the
 * texts. */
#define DUP_SINGLE_RUNS (UINT32_C(1) << 22)
struct dup_singles {
    struct dup_owner *text;
    uint64_t *run;   /* run << 32 | number */
    uint64_t *begin; /* of each slice; one more */
    uint64_t texts, text_room, runs, run_room, begin_room;
    uint64_t first;  /* number of the first text */
};

/* Zeroed memory is an empty one; it is reused. */
struct dup_slices {
    struct dup_piece *piece;
    uint64_t pieces, piece_room;
    uint32_t *near;        /* the piece of each NEAR-th text */
    uint64_t near_room;
    struct dup_loose *loose; /* of unpacked texts, where there are many: they become pieces of their own */
    uint32_t looses, loose_room;
    struct dup_singles single; /* where there are few */
    uint64_t singles_at_most;  /* runs of these; 0: DUP_SINGLE_RUNS, fewer in tests */
    uint64_t owners;       /* texts of the part, one that is in several pieces more than once */
    uint64_t next, width;  /* first run of the next slice; runs of a slice */
    uint64_t slice;        /* number of the next slice */
    uint64_t end;          /* behind the last one of the part */
    uint32_t left;         /* bits of a run that the slice does not settle */
    uint64_t *post, *spare;
    struct dup_owner *owner, *owner_spare;
    uint8_t *seen;
    uint64_t room, owner_room, seens;
    uint64_t count;        /* of post and owner */
};

/* `posting`: struct dup_posting of one part, borrowed; `bits`: highest ones of a run, which all of them share.
 * 0: out of memory. */
int dup_slices_open(struct dup_slices *, struct assay_list posting, uint32_t bits);
/* The runs of the next slice that stand in several places: post[i] >> 32, in order, beside owner[i], of each run by
 * document. 1: there may be more; 0: no more; -1: out of memory. */
int dup_slices_next(struct dup_slices *);
/* Where the name of a text stands, by its number. */
const assay_docid *dup_slices_name(const struct dup_slices *, uint32_t number);
void dup_slices_free(struct dup_slices *);

/* ---- what slices are built with ---- */

/* singles.c. The texts whose runs are unpacked, numbered from `first` on. 0: out of memory. */
int dup_singles_read(struct dup_singles *, struct assay_list posting, uint64_t first);
/* Brings their runs into the order of slices of 2^left runs from `low` on, of which the last ends at `end`. 0: out of
 * memory. */
int dup_singles_part(struct dup_singles *, struct assay_list posting, uint64_t low, uint64_t end, uint32_t left);
void dup_singles_free(struct dup_singles *);
/* runs.c. Sorts run << 32 | number by the lowest `bits` of the run, stable. Gives where the result stands. */
uint64_t *dup_sort_runs(uint64_t *at, uint64_t *spare, uint64_t n, uint32_t bits);

/* ---- what both halves are built with (postings.c) ---- */

/* At least `need` elements at what is given; NULL: out of memory, all stays. */
void *dup_grow(void *at, uint64_t need, uint64_t size);
/* Counts become where each begins. */
void dup_add_up(uint64_t *next, uint64_t n);

#endif
