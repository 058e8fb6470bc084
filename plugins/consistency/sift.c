/* SPDX-License-Identifier: Apache-2.0
 *
 * The ties of two documents seen together: texts on one event agree on most of their figures. Where most differ, they are
 * one form filled in twice (weather, share prices, results of two firms), and the differences say nothing.
 */
#include "linking.h"

#define SURE_LIKENESS 300u /* of sentences whose figures differ, in texts that agree on nothing else */
#define SURE_DAYS 4u

static uint32_t verdict_of(const struct linking *k, const struct link *l)
{
    struct relation r;
    struct relate_options o = {k->o->concepts, 0, l->flags & LINK_ALIGNED ? 2 : l->flags & LINK_CLOSE ? 1 : 0};
    return relate(&r, &k->a->figure[l->a], &k->b->figure[l->b], &o) ? r.verdict : ASSAY_SCOPE;
}

/* Ages are told of one person by name: each stands for itself. */
static int differs(const struct linking *k, const struct link *l)
{
    return k->a->figure[l->a].kind != ASSAY_KIND_DURATION && verdict_of(k, l) == ASSAY_CONFLICT;
}

static int alone_sure(const struct linking *k, const struct link *l)
{
    return k->o->days <= SURE_DAYS && link_likeness(k, l->a, l->b) >= SURE_LIKENESS;
}

void link_sift(struct linking *k)
{
    uint32_t agree = 0, differ = 0, kept = 0;
    for (uint32_t i = 0; i < k->list->count; i++) {
        uint32_t v = verdict_of(k, &k->list->at[i]);
        agree += v == ASSAY_AGREE || v == ASSAY_COMPATIBLE;
        differ += differs(k, &k->list->at[i]);
    }
    if (!differ || (agree && differ <= agree * (k->o->translated ? 2 : 1)))
        return;
    for (uint32_t i = 0; i < k->list->count; i++)
        if (!differs(k, &k->list->at[i]) || (differ == 1 && alone_sure(k, &k->list->at[i])))
            k->list->at[kept++] = k->list->at[i];
    k->list->count = kept;
}
