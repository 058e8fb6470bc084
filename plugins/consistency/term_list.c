/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of terms: added one by one, then sorted, each kept once.
 */
#include "terms.h"

#include <stdlib.h>

#define SORT_BY_INSERTION 24u
#define ROOM 256u

int term_list_add(struct term_list *list, uint64_t term)
{
    if (list->count == list->room) {
        uint32_t room = list->room ? list->room * 2 : ROOM;
        uint64_t *at = realloc(list->at, (size_t)room * 2 * sizeof *at);
        if (!at)
            return 0;
        list->at = at;
        list->room = room;
    }
    list->at[list->count++] = term;
    return 1;
}

/* Sorts by TERM_KEY, with as much room at `spare`: by the hash's upper half first, which is nearly all there is to do,
 * then by insertion, which only terms of one upper half keep busy; these are many only where somebody searched for
 * them. */
static void sort_terms(uint64_t *at, uint64_t *spare, uint32_t count)
{
    for (uint32_t shift = 32; count > SORT_BY_INSERTION && shift < 64; shift += 8) {
        uint32_t start[257] = {0};
        for (uint32_t i = 0; i < count; i++)
            start[(at[i] >> shift & 255) + 1]++;
        for (uint32_t i = 1; i < 256; i++)
            start[i] += start[i - 1];
        for (uint32_t i = 0; i < count; i++)
            spare[start[at[i] >> shift & 255]++] = at[i];
        uint64_t *other = at;
        at = spare;
        spare = other;
    }
    for (uint32_t i = 1; i < count; i++) {
        uint64_t term = at[i];
        uint32_t k = i;
        for (; k > 0 && TERM_KEY(at[k - 1]) > TERM_KEY(term); k--)
            at[k] = at[k - 1];
        at[k] = term;
    }
}

void terms_distinct(struct term_list *list)
{
    uint32_t n = 0;
    if (!list->count)
        return;
    sort_terms(list->at, list->at + list->room, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        if (n && TERM_KEY(list->at[n - 1]) == TERM_KEY(list->at[i]))
            list->at[n - 1] |= list->at[i];
        else
            list->at[n++] = list->at[i];
    }
    list->count = n;
}
