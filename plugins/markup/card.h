/* SPDX-License-Identifier: Apache-2.0
 *
 * Cards of a page: a figure, and over or under it what it is told of, each a line of its own ("4.8 %" above
 * "unemployment rate"; terms of a definition list). In the text they are one line.
 */
#ifndef MARKUP_CARD_H
#define MARKUP_CARD_H

#include "tree.h"

struct card {
    uint32_t end;    /* the node behind it */
    uint32_t figure; /* the text node that opens its second part */
    uint32_t colon;  /* 1: a label stands first, and no colon ends it */
    uint32_t note;   /* the text node of a third part, 0: none */
};

/* Whether the node is a card. Looks at a few dozen nodes at the most. */
int card_read(const struct tree *, uint32_t node, struct card *);
/* Whether the node is a term (dt) with one short description. */
int card_term(const struct tree *, uint32_t node, struct card *);
/* Whether a figure and this element stand side by side with nothing between (<b>412</b><span>schools</span>): pages set
 * them apart by their style. */
int card_apart(const struct tree *, uint32_t node);
/* Whether it is a card among others of its kind. */
int card_in_row(const struct tree *, uint32_t node);

#endif
