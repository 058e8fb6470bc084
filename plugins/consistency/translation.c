/* SPDX-License-Identifier: Apache-2.0
 *
 * Two newsrooms that report one event tell the same figures, often in one order. A translation also tells each in the
 * same sentence: where a figure moves to another one, or a sentence with figures has no counterpart, somebody has
 * written anew. Figures that one of the languages is read worse in are missing within sentences, not with them.
 */
#include "translation.h"

#define SHORT 10u         /* sentences: of fewer, one that is out of place weighs more */
#define PLACES_SHORT 6u   /* one in so many sentences may be out of place: of a short text, */
#define PLACES_LONG 3u    /* of a long one, where the order itself says much, and editors cut and join */
#define SENTENCES_FIT 12u /* tenths: of the longer short text beside the shorter one, */
#define FIGURES_FEW 5u    /* of fewer one may be missing in the other; of more */
#define FIGURES_FIT 3u    /* one in so many */
#define LINKS_MOST 512u   /* that are asked */

static uint32_t figures_of(const struct side *s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->figures; i++)
        n += s->figure[i].kind != ASSAY_NEVER;
    return n;
}

/* The sentence of a that stands where sentence k of b does, or ASSAY_NEVER. */
static uint32_t counterpart(const struct linker *l, const struct side *a, uint32_t k)
{
    for (uint32_t i = 0; i < a->contexts && i < LINK_CONTEXTS; i++)
        if (l->pair[i] == k)
            return i;
    return ASSAY_NEVER;
}

/* Sentences with figures whose counterpart is missing or has none. */
static uint32_t sentences_alone(const struct linker *l, const struct side *a, const struct side *b)
{
    uint32_t alone = 0;
    for (uint32_t i = 0; i < a->contexts && i < LINK_CONTEXTS; i++)
        alone += a->context[i].figures && (l->pair[i] == ASSAY_NEVER || !b->context[l->pair[i]].figures);
    for (uint32_t k = 0; k < b->contexts && k < LINK_CONTEXTS; k++) {
        uint32_t i = b->context[k].figures ? counterpart(l, a, k) : 0;
        alone += b->context[k].figures && (i == ASSAY_NEVER || !a->context[i].figures);
    }
    return alone;
}

static int in_place(const struct linker *l, const struct side *a, const struct side *b, const struct link *link)
{
    uint32_t i = a->note[link->a].context;
    return i < a->contexts && i < LINK_CONTEXTS && l->pair[i] == b->note[link->b].context;
}

/* Figures told again by the other text, but nowhere in the sentence that stands at their place; each once, however
 * many links it has. */
static uint32_t figures_moved(const struct linker *l, const struct side *a, const struct side *b,
                              const struct link_list *list)
{
    uint32_t moved = 0;
    for (uint32_t i = 0; i < list->count && i < LINKS_MOST; i++) {
        const struct link *one = &list->at[i];
        uint32_t known = 0, placed = 0;
        if (!figures_equal(&a->figure[one->a], &b->figure[one->b]))
            continue;
        for (uint32_t k = 0; k < list->count && k < LINKS_MOST && !placed; k++) {
            const struct link *other = &list->at[k];
            if (other->a != one->a || !figures_equal(&a->figure[other->a], &b->figure[other->b]))
                continue;
            known |= k < i;
            placed = in_place(l, a, b, other);
        }
        moved += !known && !placed;
    }
    return moved;
}

int is_translation(const struct linker *l, const struct side *a, const struct side *b, const struct link_list *list)
{
    uint32_t m = a->contexts, n = b->contexts, most = m > n ? m : n, least = m > n ? n : m, equal = 0;
    uint32_t displaced = sentences_alone(l, a, b) + figures_moved(l, a, b, list);
    if (least >= SHORT)
        return displaced * PLACES_LONG <= most;
    for (uint32_t i = 0; i < list->count; i++)
        equal += figures_equal(&a->figure[list->at[i].a], &b->figure[list->at[i].b]) != 0;
    uint32_t figures = figures_of(a) > figures_of(b) ? figures_of(a) : figures_of(b);
    uint32_t missing = figures > equal ? figures - equal : 0, differ = list->count - equal;
    return most * 10 <= least * SENTENCES_FIT && differ * 10 <= equal &&
           (displaced + most - least) * PLACES_SHORT <= most &&
           (figures < FIGURES_FEW ? missing <= 1 : missing * FIGURES_FIT <= figures);
}
