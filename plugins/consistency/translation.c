/* SPDX-License-Identifier: Apache-2.0
 *
 * Two newsrooms that report one event tell the same figures, often in one order. A translation also tells each in the
 * same sentence: where a figure moves to another one, or a sentence with figures has no counterpart, somebody has
 * written anew. Figures that one of the languages is read worse in are missing within sentences, not with them.
 */
#include <string.h>

#include "translation.h"

#define SHORT 10u         /* sentences: of fewer, one that is out of place weighs more */
#define PLACES_SHORT 6u   /* one in so many sentences may be out of place: of a short text, */
#define PLACES_LONG 3u    /* of a long one, where the order itself says much, and editors cut and join */
#define SENTENCES_FIT 12u /* tenths: of the longer short text beside the shorter one, */
#define FIGURES_FEW 5u    /* of fewer one may be missing in the other; of more */
#define FIGURES_FIT 6u    /* one in so many; else each is like a sentence out of place */
#define LINKS_MOST 512u   /* that are asked */

static uint32_t figures_of(const struct side *s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->figures; i++)
        n += s->figure[i].kind != ASSAY_NEVER;
    return n;
}

static int in_place(const struct linker *l, const struct side *a, const struct side *b, const struct link *link)
{
    uint32_t i = a->note[link->a].context;
    uint32_t k = b->note[link->b].context;
    return i < a->contexts && i < LINK_CONTEXTS && k < LINK_CONTEXTS && l->pair[i] == k;
}

/* Marks the sentences of both whose figures have counterparts in the sentence that stands at their place. */
static void mark_placed(const struct linker *l, const struct side *a, const struct side *b,
                        const struct link_list *list, unsigned char *of_a, unsigned char *of_b)
{
    memset(of_a, 0, LINK_CONTEXTS);
    memset(of_b, 0, LINK_CONTEXTS);
    for (uint32_t i = 0; i < list->count; i++)
        if (in_place(l, a, b, &list->at[i])) {
            of_a[a->note[list->at[i].a].context] = 1;
            of_b[b->note[list->at[i].b].context] = 1;
        }
}

/* Sentences with figures none of which stands in the other text's sentence at their place. */
static uint32_t sentences_alone(const struct linker *l, const struct side *a, const struct side *b,
                                const struct link_list *list)
{
    unsigned char of_a[LINK_CONTEXTS], of_b[LINK_CONTEXTS];
    uint32_t alone = 0;
    mark_placed(l, a, b, list, of_a, of_b);
    for (uint32_t i = 0; i < a->contexts && i < LINK_CONTEXTS; i++)
        alone += a->context[i].figures && !of_a[i];
    for (uint32_t k = 0; k < b->contexts && k < LINK_CONTEXTS; k++)
        alone += b->context[k].figures && !of_b[k];
    return alone;
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
    uint32_t displaced = sentences_alone(l, a, b, list) + figures_moved(l, a, b, list);
    if (least >= SHORT)
        return displaced * PLACES_LONG <= most;
    for (uint32_t i = 0; i < list->count; i++)
        equal += figures_equal(&a->figure[list->at[i].a], &b->figure[list->at[i].b]) != 0;
    uint32_t figures = figures_of(a) > figures_of(b) ? figures_of(a) : figures_of(b);
    uint32_t missing = figures > equal ? figures - equal : 0, differ = list->count - equal;
    uint32_t few = figures < FIGURES_FEW ? missing <= 1 : missing * FIGURES_FIT <= figures;
    return most * 10 <= least * SENTENCES_FIT && differ * 10 <= equal && missing * 2 <= figures &&
           (displaced + most - least + (few ? 0 : missing)) * PLACES_SHORT <= most;
}
