/* SPDX-License-Identifier: Apache-2.0
 *
 * Sentences that two texts tell in the same words with figures of their own: the weather of two days, the results of two
 * firms. One figure that differs between such sentences is a slip or a correction; where hardly any agrees, the form
 * was filled in again, and what differs says nothing. It shows in all sentences of the form together, also where most
 * of their figures have met nothing.
 */
#include "linking.h"

#define FORM_TERMS 6u    /* terms of a sentence that is told in the same words; a word has up to four */
#define FORM_LONG 12u    /* of one before which a headline without a full stop may stand */
#define FORM_SHARED 800u /* of its terms, 1/1000: "from the west", "from the north" */
#define FORM_FIGURES 3u  /* figures in such sentences, and more, */
#define FORM_DIFFER 3u   /* of which at most one in so many agrees */

struct place {
    uint32_t first, count; /* figures of a sentence */
};

/* room[i]: the figures of sentence i. */
static void figures_of(const struct side *s, struct place *room)
{
    for (uint32_t i = 0; i < LINK_CONTEXTS; i++)
        room[i] = (struct place){0, 0};
    for (uint32_t i = 0; i < s->figures; i++) {
        uint32_t at = s->note[i].context;
        if (at >= s->contexts || at >= LINK_CONTEXTS)
            continue;
        if (!room[at].count)
            room[at].first = i;
        room[at].count = i - room[at].first + 1;
    }
}

static int is_word(uint64_t term)
{
    return (term & TERM_CLASS) != TERM_VALUE && (term & TERM_CLASS) != TERM_NUMBER;
}

/* 1 where the two are told in the same words, figures apart. Both lists are sorted. */
static int same_words(const struct context *x, const struct context *y)
{
    uint32_t i = 0, j = 0, both = 0, of_first = 0, of_second = 0;
    while (i < x->terms.count || j < y->terms.count) {
        uint64_t of_x = i < x->terms.count ? TERM_KEY(*ASSAY_AT(uint64_t, x->terms, i)) : UINT64_MAX;
        uint64_t of_y = j < y->terms.count ? TERM_KEY(*ASSAY_AT(uint64_t, y->terms, j)) : UINT64_MAX;
        uint64_t term = of_x < of_y ? of_x : of_y;
        of_first += (uint32_t)(of_x == term && is_word(term));
        of_second += (uint32_t)(of_y == term && is_word(term));
        both += (uint32_t)(of_x == of_y && is_word(term));
        i += of_x == term;
        j += of_y == term;
    }
    uint32_t fewer = of_first < of_second ? of_first : of_second;
    uint32_t all = both >= FORM_LONG ? fewer : of_first + of_second - both;
    return both >= FORM_TERMS && both * 1000 >= all * FORM_SHARED;
}

/* Counts the figures that stand in the same order in both sentences, and those of them that agree; neither where the
 * sentences hold others. */
static void count_figures(const struct linking *k, struct place x, struct place y, uint32_t *figures, uint32_t *agree)
{
    uint32_t same = 0;
    for (uint32_t n = 0; n < x.count; n++) {
        const struct figure *a = &k->a->figure[x.first + n], *b = &k->b->figure[y.first + n];
        if (!figures_comparable(a, b))
            return;
        same += (uint32_t)link_equal(a, b);
    }
    *figures += x.count;
    *agree += same;
}

static int is_filled_again(const struct linking *k)
{
    struct place of_a[LINK_CONTEXTS], of_b[LINK_CONTEXTS];
    uint32_t figures = 0, agree = 0;
    figures_of(k->a, of_a);
    figures_of(k->b, of_b);
    for (uint32_t i = 0; i < k->a->contexts && i < LINK_CONTEXTS; i++)
        for (uint32_t j = 0; of_a[i].count && j < k->b->contexts && j < LINK_CONTEXTS; j++)
            if (of_a[i].count == of_b[j].count && same_words(&k->a->context[i], &k->b->context[j])) {
                count_figures(k, of_a[i], of_b[j], &figures, &agree);
                of_b[j].count = 0; /* met */
                break;
            }
    return figures >= FORM_FIGURES && agree * FORM_DIFFER <= figures;
}

static int in_same_words(const struct linking *k, const struct link *l)
{
    uint32_t i = k->a->note[l->a].context, j = k->b->note[l->b].context;
    return i < k->a->contexts && j < k->b->contexts && same_words(&k->a->context[i], &k->b->context[j]);
}

void link_drop_filled(struct linking *k)
{
    uint32_t kept = 0, count = k->list->count;
    int again = -1; /* not asked yet: most texts have no such sentence */
    for (uint32_t i = 0; i < count; i++) {
        const struct link *l = &k->list->at[i];
        int in_form = link_differs(k, l) && in_same_words(k, l);
        if (in_form && again < 0)
            again = is_filled_again(k);
        if (!in_form || !again)
            k->list->at[kept++] = *l;
    }
    k->list->count = kept;
}
