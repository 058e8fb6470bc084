/* SPDX-License-Identifier: Apache-2.0 */
#include "about_way.h"

#define OTHER_SIZE 10u /* it is a length, and people are counted: "in Sarn, 250 km south of the capital, to 64" */
#define LISTED 30u     /* and a comma: "a depth of 12 kilometres, 30 kilometres south" */
#define BREAK 20u      /* "and", "but" */

uint32_t about_marks(const char *text, uint32_t begin, uint32_t end)
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

struct about_way about_way_between(const struct about_word *word, uint32_t i, uint32_t k, const char *text)
{
    struct about_way way = {0, k - i - 1, 0};
    uint32_t last = word[i].claim, own = word[k].claim != ASSAY_NEVER ? word[k].kind : word[i].kind;
    way.cost = way.words * 10;
    for (uint32_t n = i + 1; n < k; n++) {
        if (word[n].claim != ASSAY_NEVER && word[n].claim != last && word[n].claim != word[k].claim) {
            way.others += own == ASSAY_KIND_NUMBER && word[n].kind == ASSAY_KIND_DIMENSION ? OTHER_SIZE : OTHER_FIGURE;
            last = word[n].claim;
        }
    }
    for (uint32_t n = i + 1; n < k; n++)
        for (uint32_t m = 0; m < word[n].ids; m++)
            way.cost += word[n].flags[m] & CONCEPT_BREAK ? BREAK : 0;
    uint32_t signs = about_marks(text, word[i].end, word[k].begin);
    way.cost += way.others + signs + (signs && last != word[i].claim ? LISTED : 0);
    return way;
}

int about_bounds_of(struct about_bounds *b, const struct about_word *word, uint32_t words, uint32_t claim)
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

int about_one_breath(const char *text, uint32_t begin, uint32_t end)
{
    uint32_t brackets = 0;
    for (uint32_t i = begin; i < end; i++)
        brackets += text[i] == '(' || text[i] == ')';
    return about_marks(text, begin, end) == (brackets == 2 ? 2 * CLAUSE : 0);
}

int about_has(const struct about_word *word, uint32_t flag)
{
    for (uint32_t k = 0; k < word->ids; k++)
        if (word->flags[k] & flag)
            return 1;
    return 0;
}
