/* SPDX-License-Identifier: Apache-2.0
 *
 * What the words around two figures say that sets them apart, whatever their values are: another time, a rate, a plan,
 * a part, another measure. Where a text tells two figures of which one is marked so, an equal figure of another text that
 * is not marked so is equal by chance, or by the slip of somebody who took the wrong one of the two.
 */
#include "rival.h"

#include <assay/kit/text.h>

#define MONTH 31    /* days before the publication of the other text from which on it is another time */
#define LONG_TIME 62 /* days of a period that no news of the day means */

int figures_other_time(const struct figure *x, const struct figure *y)
{
    if (!x->has_time)
        return 0;
    if (y->has_time)
        return x->from > y->to || y->from > x->to;
    return (y->has_published && x->to < y->published - MONTH) ||
           (x->from != DAY_OPEN_BEGIN && x->to != DAY_OPEN_END && x->to - x->from > LONG_TIME);
}

/* 1 where one is of some of those that the other counts. */
static int of_some(const struct figure *a, const struct figure *b)
{
    return a->part != b->part || a->rest != b->rest || a->whole != b->whole || a->included != b->included ||
           a->so_far != b->so_far || a->record != b->record;
}

int figures_set_apart(const struct figure *a, const struct figure *b, const struct concepts *c)
{
    if (of_some(a, b) || a->status != b->status || !assay_text_same(a->per, b->per))
        return 1;
    if (figures_other_time(a, b) || figures_other_time(b, a) || a->aspects != b->aspects)
        return 1;
    return a->near && b->near && concepts_measure(c, a->concept) != CONCEPT_NONE &&
           concepts_measure(c, b->concept) != CONCEPT_NONE && !figures_share_concept(a, b);
}
