/* SPDX-License-Identifier: Apache-2.0 */
#include "about.h"

#include <string.h>

/* Cost of the way between a word and the figure; the cheapest concept wins. In tenths of a word. */
#define REACH 100u
#define OTHER_FIGURE 50u /* another figure stands between */
#define COMMA 15u
#define CLAUSE 40u       /* ; : ( ) and dashes */
#define ALSO 25u         /* a concept this little farther may be meant as well */
#define PLACE_REACH 25u  /* words */
#define PART_REACH 3u

struct way {
    uint32_t cost, words;
};

static uint32_t marks(const char *text, uint32_t begin, uint32_t end)
{
    uint32_t cost = 0;
    for (uint32_t i = begin; i < end; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == ',')
            cost += COMMA;
        else if (c == ';' || c == ':' || c == '(' || c == ')')
            cost += CLAUSE;
        else if (c == 0xe2 && i + 2 < end && (unsigned char)text[i + 1] == 0x80 &&
                 ((unsigned char)text[i + 2] == 0x93 || (unsigned char)text[i + 2] == 0x94))
            cost += CLAUSE;
    }
    return cost;
}

/* From the end of word i to the beginning of word k. */
static struct way way_between(const struct about_word *word, uint32_t i, uint32_t k, const char *text)
{
    struct way way = {0, k - i - 1};
    uint32_t last = word[i].claim;
    way.cost = way.words * 10;
    for (uint32_t n = i + 1; n < k; n++) {
        if (word[n].claim != ASSAY_NEVER && word[n].claim != last && word[n].claim != word[k].claim) {
            way.cost += OTHER_FIGURE;
            last = word[n].claim;
        }
    }
    way.cost += marks(text, word[i].end, word[k].begin);
    return way;
}

struct bounds {
    uint32_t first, last;
};

static int bounds_of(struct bounds *b, const struct about_word *word, uint32_t words, uint32_t claim)
{
    b->first = ASSAY_NEVER;
    b->last = 0;
    for (uint32_t i = 0; i < words; i++)
        if (word[i].claim == claim) {
            b->first = b->first == ASSAY_NEVER ? i : b->first;
            b->last = i;
        }
    return b->first != ASSAY_NEVER;
}

/* A count takes what follows rather than what stands before, unless that is what happened to the counted ("killing 12");
 * money and shares the other way round. */
static uint32_t side_cost(const struct assay_claim *claim, int right, uint32_t flags)
{
    if (claim->kind != ASSAY_KIND_NUMBER)
        return right ? 6 : 0;
    return right ? 0 : flags & CONCEPT_EVENT ? 6 : 16;
}

static int fits_kind(uint32_t flags, const struct assay_claim *claim)
{
    if (flags & (CONCEPT_WORD | CONCEPT_PLACE))
        return 0;
    if ((flags & CONCEPT_MEASURE) && claim->kind != ASSAY_KIND_DIMENSION)
        return 0;
    if ((flags & CONCEPT_MONEY) && claim->kind != ASSAY_KIND_MONEY && claim->kind != ASSAY_KIND_PERCENT && claim->kind != ASSAY_KIND_MULTIPLE)
        return 0;
    return !(flags & CONCEPT_EVENT) || claim->kind == ASSAY_KIND_NUMBER;
}

struct best {
    uint32_t cost, id, second, second_id;
};

static void consider(struct best *best, uint32_t id, uint32_t cost)
{
    if (cost < best->cost) {
        if (id != best->id) {
            best->second = best->cost;
            best->second_id = best->id;
        }
        best->cost = cost;
        best->id = id;
    } else if (cost < best->second && id != best->id) {
        best->second = cost;
        best->second_id = id;
    }
}

static void find_concept(struct note *note, const struct about_word *word, uint32_t words, const struct bounds *b,
                         const struct assay_claim *claim, const char *text)
{
    struct best strong = {REACH, CONCEPT_NONE, REACH, CONCEPT_NONE}, weak = strong;
    for (uint32_t i = 0; i < words; i++) {
        if (!word[i].ids)
            continue;
        int right = i > b->last;
        uint32_t cost = 0;
        if (i < b->first) {
            uint32_t end = i + word[i].length - 1 < b->first ? i + word[i].length - 1 : i;
            cost += way_between(word, end, b->first, text).cost;
        } else if (right) {
            cost += way_between(word, b->last, i, text).cost;
        }
        for (uint32_t k = 0; k < word[i].ids; k++) {
            if (!fits_kind(word[i].flags[k], claim))
                continue;
            consider(word[i].flags[k] & CONCEPT_WEAK ? &weak : &strong, word[i].id[k],
                     cost + side_cost(claim, right, word[i].flags[k]));
        }
    }
    note->concept = strong.id != CONCEPT_NONE ? strong.id : weak.id;
    if (strong.second_id != CONCEPT_NONE && strong.second <= strong.cost + ALSO)
        note->also = strong.second_id;
}

static void find_place(struct note *note, const struct about_word *word, uint32_t words, const struct bounds *b)
{
    uint32_t best = PLACE_REACH;
    for (uint32_t i = 0; i < words; i++) {
        uint32_t distance = i < b->first ? b->first - i : i > b->last ? i - b->last : 0;
        for (uint32_t k = 0; k < word[i].ids; k++)
            if ((word[i].flags[k] & CONCEPT_PLACE) && distance < best) {
                best = distance;
                note->place = word[i].id[k];
            }
    }
}

void about_figure(struct note *note, const struct about_word *word, uint32_t words, uint32_t claim, const struct assay_claim *c, const char *text)
{
    struct bounds b;
    note->concept = note->also = note->place = CONCEPT_NONE;
    note->part = 0;
    if (!bounds_of(&b, word, words, claim))
        return;
    find_concept(note, word, words, &b, c, text);
    find_place(note, word, words, &b);
    for (uint32_t i = b.first > PART_REACH ? b.first - PART_REACH : 0; i < b.first; i++)
        for (uint32_t k = 0; k < word[i].ids; k++)
            if (word[i].flags[k] & CONCEPT_PART_MARK)
                note->part = 1;
}
