/* SPDX-License-Identifier: Apache-2.0 */
#include "hedge.h"

#include <assay/kit/decimal.h>
#include <assay/kit/text.h>

#define FEW 12u      /* "three others": so many are told of by ones and twos, of one street and of another */
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

static int counts_harm(const struct concepts *all, const struct note *n)
{
    const struct concept *c = concepts_at(all, n->concept);
    return c && (c->flags & CONCEPT_EVENT) && (c->flags & CONCEPT_EVOLVING);
}

static int is_many(struct assay_text decimal)
{
    struct assay_decimal value;
    return assay_decimal_read(&value, decimal.at, decimal.size) && assay_decimal_above(&value, FEW);
}

/* 1 where one of the figures before i counts the same kind of harm, and more or fewer of it. */
static int told_before(struct assay_list claims, const struct note *note, uint32_t i)
{
    const struct assay_claim *own = ASSAY_AT(struct assay_claim, claims, i);
    for (uint32_t k = i > HEDGED ? i - HEDGED : 0; k < i; k++)
        if (note[k].concept == note[i].concept &&
            !assay_text_same(ASSAY_AT(struct assay_claim, claims, k)->decimal, own->decimal))
            return 1;
    return 0;
}

void others_settle(const struct concepts *all, struct assay_list claims, struct note *note, uint32_t notes)
{
    for (uint32_t i = 0; i < notes; i++)
        if ((note[i].part & NOTE_REST) && counts_harm(all, &note[i]) &&
            is_many(ASSAY_AT(struct assay_claim, claims, i)->decimal) && !told_before(claims, note, i))
            note[i].part &= ~NOTE_REST;
}

uint32_t hedge_bound(uint32_t own, const struct note *note)
{
    uint32_t bound = note ? note->part >> NOTE_HEDGE & 7 : 0;
    return bound ? bound : own;
}
