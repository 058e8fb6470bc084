/* SPDX-License-Identifier: Apache-2.0 */
#include "hedge.h"

#include <assay/kit/text.h>

#define HEDGED 256u /* figures with such a word that are looked at in one text: the work stays linear */

static int is_hedge(uint32_t bound)
{
    return bound != ASSAY_BOUND_EXACT && bound != ASSAY_BOUND_RANGE;
}

static int is_candidate(const struct assay_claim *c, const struct note *n)
{
    return n->context != ASSAY_NEVER && n->concept != CONCEPT_NONE && c->decimal.size && !(n->part & NOTE_PART);
}

/* One of them may be told without its time. */
static int one_time(const struct assay_claim *a, const struct assay_claim *b)
{
    return !a->has_time || !b->has_time ||
           (assay_text_same(a->time.from, b->time.from) && assay_text_same(a->time.to, b->time.to));
}

static int one_place(const struct note *a, const struct note *b)
{
    return a->place == b->place || a->place == CONCEPT_NONE || b->place == CONCEPT_NONE;
}

static int same_thing(const struct assay_claim *a, const struct note *x, const struct assay_claim *b,
                      const struct note *y)
{
    return x->concept == y->concept && a->kind == b->kind && a->change == b->change && a->status == b->status &&
           assay_text_same(a->decimal, b->decimal) && assay_text_same(a->unit, b->unit) &&
           assay_text_same(a->per, b->per) && one_time(a, b) && one_place(x, y);
}

void hedges_find(struct assay_list claims, struct note *note, uint32_t notes)
{
    uint32_t hedged[HEDGED], count = 0;
    for (uint32_t i = 0; i < notes && count < HEDGED; i++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, claims, i);
        if (is_hedge(c->bound) && is_candidate(c, &note[i]))
            hedged[count++] = i;
    }
    for (uint32_t i = 0; count && i < notes; i++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, claims, i);
        if (c->bound != ASSAY_BOUND_EXACT || !is_candidate(c, &note[i]))
            continue;
        for (uint32_t k = 0; k < count; k++) {
            const struct assay_claim *of = ASSAY_AT(struct assay_claim, claims, hedged[k]);
            if (!same_thing(c, &note[i], of, &note[hedged[k]]))
                continue;
            note[i].part |= of->bound << NOTE_HEDGE;
            break;
        }
    }
}

uint32_t hedge_bound(uint32_t own, const struct note *note)
{
    uint32_t bound = note ? note->part >> NOTE_HEDGE & 7 : 0;
    return bound ? bound : own;
}
