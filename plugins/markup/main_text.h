/* SPDX-License-Identifier: Apache-2.0
 *
 * Finding the article of a page: what its stages share (main_text.c, main_names.c, main_clean.c).
 */
#ifndef MARKUP_MAIN_TEXT_H
#define MARKUP_MAIN_TEXT_H

#include "tree.h"

#define ONE 256 /* a point; a whole, of shares */
#define ENOUGH_CHARS 500u /* of an article */

/* In lower case, cut to their room, with a 0 behind; `both` with a blank between. */
struct names {
    char class_[200], id[100], both[304];
};

/* Lower case (ASCII), cut to the room, with a 0 behind. Gives the length. */
size_t names_lower(char *to, size_t room, struct assay_text);
void names_read(const struct tree *, uint32_t node, struct names *);
/* 1 where they speak of furniture, and of nothing that may hold the article. */
int names_unlikely(const struct names *);
/* Points for names that speak of an article, or, below 0, of furniture. */
int names_weight(const struct tree *, uint32_t node);

void node_drop(struct tree *, uint32_t node);
/* 1 where one of its `levels` nearest parents has this tag. */
int node_inside(const struct tree *, uint32_t node, uint32_t tag, uint32_t levels);
/* Share of its letters that stand in links, of ONE. */
int node_link_density(const struct node *);

/* Marks what is dropped, and the tables that are kept whole. `weigh`: names count; `conditionally`: boxes that look
 * like furniture go, too. */
void main_clean(struct tree *, int weigh, int conditionally);

#endif
