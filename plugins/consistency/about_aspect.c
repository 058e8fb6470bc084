/* SPDX-License-Identifier: Apache-2.0
 *
 * On which side of each contrast of the lexicon a figure stands: "median" or "mean", "gross" or "net".
 */
#include "about_way.h"

#define ASPECT_REACH 80u /* cost up to which a word of a contrast belongs to a figure: "median", "net" */
#define ASPECT_WORDS 10u
#define ASPECT_ONLY 20u  /* words, where the sentence has one figure of the kind */
#define ASPECT_CLEAR 10u /* another side of the same contrast has to cost more than so much more */

struct aspect {
    uint64_t side;        /* its bits; 0: none */
    uint32_t cost, other; /* other: cost of the next side */
};

static void consider_aspect(struct aspect *a, uint64_t side, uint32_t cost)
{
    if (a->side == side || !a->side) {
        a->cost = !a->side || cost < a->cost ? cost : a->cost;
        a->side = side;
    } else if (cost < a->cost) {
        a->other = a->cost;
        a->side = side;
        a->cost = cost;
    } else if (cost < a->other) {
        a->other = cost;
    }
}

/* 1 where word `at` stands between word i and the figure. */
static int between(const struct about_bounds *b, uint32_t i, uint32_t at)
{
    return i < b->first ? at > i && at < b->first : at > b->last && at < i;
}

/* 1 where another figure of the kind stands nearer to word i, or between it and a measurement any other: "115 hectares
 * and 28 million visitors expected". */
static int nearer_to_other(const struct about_word *word, uint32_t words, uint32_t i, const struct about_bounds *b,
                           uint32_t kind)
{
    uint32_t own = i < b->first ? b->first - i : i > b->last ? i - b->last : 0;
    for (uint32_t n = 1; n < own; n++)
        for (uint32_t side = 0; side < 2; side++) {
            uint32_t at = side ? i + n : i - n;
            if (at < words && word[at].claim != ASSAY_NEVER && word[at].claim != word[b->first].claim &&
                (word[at].kind == kind || (kind == ASSAY_KIND_DIMENSION && between(b, i, at))))
                return 1;
        }
    return 0;
}

/* 1 where no other figure of the kind stands in the sentence: what is said there, however far off, is said of it. */
static int only_one(const struct about_word *word, uint32_t words, const struct about_bounds *b, uint32_t kind)
{
    for (uint32_t i = 0; i < words; i++)
        if (word[i].claim != ASSAY_NEVER && word[i].claim != word[b->first].claim && word[i].kind == kind)
            return 0;
    return 1;
}

/* Of each contrast the side that stands nearest, if none other is as near. */
void about_aspects(struct note *note, const struct about_word *word, uint32_t words, const struct about_bounds *b,
                   const struct assay_claim *claim, const char *text)
{
    struct aspect best[CONTRAST_SETS];
    uint32_t found = 0, past = 0, only = (uint32_t)only_one(word, words, b, claim->kind);
    uint32_t reach = only ? ASPECT_ONLY : ASPECT_WORDS, dear = only ? ASPECT_ONLY * 10 : ASPECT_REACH;
    uint32_t first = b->first > reach ? b->first - reach : 0;
    for (uint32_t i = 0; i < words; i++) {
        uint32_t fits = 0, far = 0, lone = 0;
        if (!word[i].aspect)
            continue;
        for (uint32_t k = 0; k < word[i].ids; k++) {
            far |= word[i].flags[k] & CONCEPT_FAR;
            lone |= word[i].flags[k] & CONCEPT_LONE;
            fits |= (!(word[i].flags[k] & CONCEPT_MEASURE) || claim->kind == ASSAY_KIND_DIMENSION) &&
                    (!(word[i].flags[k] & CONCEPT_RATE) || claim->kind == ASSAY_KIND_PERCENT) &&
                    (!(word[i].flags[k] & CONCEPT_MONEY) || claim->kind == ASSAY_KIND_MONEY) &&
                    (!(word[i].flags[k] & CONCEPT_COUNTED) || claim->kind == ASSAY_KIND_NUMBER) &&
                    (!(word[i].flags[k] & CONCEPT_BASE) || claim->kind != ASSAY_KIND_PERCENT);
        }
        if (!fits || i < past || (!far && (i < first || i > b->last + reach)))
            continue;
        if (lone && !far && nearer_to_other(word, words, i, b, claim->kind))
            continue;              /* "sales of 5 billion, 6 were expected" */
        past = i + word[i].length; /* "without seasonal adjustment" is no seasonal adjustment */
        if (!found++)
            for (uint32_t set = 0; set < CONTRAST_SETS; set++)
                best[set] = (struct aspect){0, ASSAY_NEVER, ASSAY_NEVER};
        uint32_t end = i + word[i].length - 1 < b->first ? i + word[i].length - 1 : i;
        uint32_t cost = far            ? 0
                        : i < b->first ? about_way_between(word, end, b->first, text).cost
                        : i > b->last  ? about_way_between(word, b->last, i, text).cost
                                       : 0;
        if (cost <= dear)
            consider_aspect(&best[word[i].set], word[i].aspect, cost);
    }
    for (uint32_t set = 0; set < CONTRAST_SETS && found; set++)
        if (best[set].side && best[set].other > best[set].cost + ASPECT_CLEAR)
            note->aspects |= best[set].side;
}
