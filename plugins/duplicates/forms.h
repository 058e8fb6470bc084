/* SPDX-License-Identifier: Apache-2.0
 *
 * Forms, known by many: a report in which only the town, the street and the driver are others looks like an edited copy
 * of the next one. But the edits of a text stand in other places in each of its copies, while what is filled into a
 * form stands in the same places and is different in each. So pairs of texts are judged together: where the changes
 * between a text and most of those beside it begin at the same words of it, and what stands there instead takes several
 * values, those places are slots, and texts that differ by their slots are no copies of each other.
 */
#ifndef DUP_FORMS_H
#define DUP_FORMS_H

#include "cluster.h"
#include "slot.h"

/* Verified pairs, and what stands in place of what in each. */
struct dup_links {
    struct dup_link *at;
    uint32_t count;
    struct dup_slot *slot;
};

/* Makes copies that differ by what is filled into a form DUP_LINK_FILLED. 0: out of memory. */
int dup_part_forms(struct dup_links *);
/* Whether a pair of texts, the first of so many words, differs as two fillings of a form do. */
int dup_looks_filled(const struct dup_slot *, uint32_t slots, uint32_t words);
/* Makes copies that differ as two forms do DUP_LINK_DOUBTFUL: not joined before more is known of what is beside
 * them. */
void dup_doubt_forms(struct dup_links *);
/* Puts copies first, then versions and what is in doubt, then forms of both kinds. Gives how many are copies and how
 * many copies or versions. */
void dup_order_links(struct dup_links *, uint32_t *copies, uint32_t *versions);

#endif
