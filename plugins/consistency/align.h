/* SPDX-License-Identifier: Apache-2.0
 *
 * The linker's inside: what it knows of the two documents in hand; and documents that say the same in the same order.
 */
#ifndef CONSISTENCY_ALIGN_H
#define CONSISTENCY_ALIGN_H

#include "link.h"

#define DAYS_MOST 31u /* days of the week that the lexicon may know */
#define RARE_MOST 24u /* that are counted */
#define USED_EXACT 2u /* by LINK_EXACT */
#define USED_TRIED 3u /* left over beside one that it is not: an equal figure elsewhere may tie it */

struct weighted {
    uint64_t key;
    uint32_t context, weight;
    uint32_t name, zero; /* 1: of somebody or something */
};

struct best {
    uint32_t score, at, second, second_at;
};

/* The claims of a context: next to each other, as both are sorted by place. */
struct run {
    uint32_t first, end;
};

struct linker {
    struct weighted *b;
    uint32_t b_count, b_room;
    uint32_t score[LINK_CONTEXTS][LINK_CONTEXTS];
    int32_t gain[LINK_CONTEXTS + 1][LINK_CONTEXTS + 1];
    unsigned char step[LINK_CONTEXTS + 1][LINK_CONTEXTS + 1];
    uint64_t dot[LINK_CONTEXTS];
    uint64_t norm_a[LINK_CONTEXTS], norm_b[LINK_CONTEXTS];
    struct best of_a[LINK_CONTEXTS], of_b[LINK_CONTEXTS];
    uint32_t pair[LINK_CONTEXTS]; /* context of b for each of a, or ASSAY_NEVER */
    uint32_t *used_a, *used_b;    /* claims that are linked: 1, or USED_* */
    struct run run_a[LINK_CONTEXTS], run_b[LINK_CONTEXTS];
    uint32_t room_a, room_b;
    uint64_t rare_key[RARE_MOST]; /* rare terms that both documents hold */
    uint32_t rare;
    uint32_t named;               /* 1: both texts hold the name of one thing, person or place */
    uint64_t day[DAYS_MOST]; /* terms of the days of the week, */
    uint64_t day_sound[DAYS_MOST]; /* and of their English names by consonants, which look like names of towns */
    uint32_t days;
    uint64_t kind[DAYS_MOST]; /* terms of the kinds of event */
    uint32_t kinds;
    struct assay_tokens tokens; /* of a phrase (named.c) */
    struct link_list tied_days; /* dates.c */
    int failed;                 /* 1: out of memory */
};

/* Fills l->of_a and l->of_b: for each sentence with figures the two likest of the other side that hold figures, too. */
void find_best(struct linker *, const struct side *a, const struct side *b, uint32_t na, uint32_t nb);
/* 1: the texts are alike throughout, and l->pair holds their sentences in order; *parallel: the share that is alike, in
 * 1/1000. Needs l->score. */
int align(struct linker *, const struct side *a, const struct side *b, uint32_t na, uint32_t nb,
          const struct link_options *, uint32_t *parallel);

#endif
