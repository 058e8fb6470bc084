/* SPDX-License-Identifier: Apache-2.0
 *
 * A figure that its text tells twice: in a headline and below it.
 */
#include "linking.h"

#define SAID_AGAIN 200u /* worth of a tie that another mention has, in 1/1000 */
#define MENTIONS 128u   /* ties of two texts, and figures of one, that are asked for it */

/* 1 where figure i of the side says again what figure n does. */
static int again(const struct linking *k, const struct side *s, uint32_t i, uint32_t n)
{
    const struct figure *x = &s->figure[i], *y = &s->figure[n];
    return i != n && link_usable(s, i) && link_measure(k, x) != CONCEPT_NONE && x->concept == y->concept &&
           !x->part == !y->part && x->rest == y->rest && figures_comparable(x, y) && figures_equal(x, y);
}

static void link_once(struct linking *k, uint32_t a, uint32_t b, const struct link *like)
{
    for (uint32_t i = 0; i < k->list->count; i++)
        if (k->list->at[i].a == a && k->list->at[i].b == b)
            return;
    link_add(k, a, b, link_likeness(k, a, b) + SAID_AGAIN, (like->flags & ~(LINK_ALIGNED | LINK_CLOSE)) | LINK_MEASURE);
}

void link_mentions(struct linking *k)
{
    uint32_t count = k->list->count < MENTIONS ? k->list->count : MENTIONS;
    for (uint32_t n = 0; n < count && !k->failed; n++) {
        struct link one = k->list->at[n];
        for (uint32_t i = 0; i < k->a->figures && i < MENTIONS; i++)
            if (again(k, k->a, i, one.a))
                link_once(k, i, one.b, &one);
        for (uint32_t j = 0; j < k->b->figures && j < MENTIONS; j++)
            if (again(k, k->b, j, one.b))
                link_once(k, one.a, j, &one);
    }
}
