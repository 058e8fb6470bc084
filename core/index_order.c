/* SPDX-License-Identifier: Apache-2.0
 *
 * The order in which documents are written: bytewise by id.
 */
#include <stdlib.h>
#include <string.h>

#include "index.h"

/* Ids share long beginnings (folders), so they are sorted eight bytes at a time: a range by its next eight bytes, then
 * each run of equals by the eight after. No recursion, no allocation behind our back. */
struct named {
    uint64_t key; /* bytes [depth, depth + 8) */
    const char *at;
    uint32_t size, rank;
};

static uint64_t key_at(const struct named *n, uint32_t depth)
{
    uint64_t key = 0;
    if (depth + 8 <= n->size) {
        memcpy(&key, n->at + depth, sizeof key);
        return __builtin_bswap64(key);
    }
    for (uint32_t i = 0; i < 8; i++)
        key = key << 8 | (depth + i < n->size ? (unsigned char)n->at[depth + i] : 0);
    return key;
}

/* Where the text ended, a zero byte stands for nothing: the shorter one is first. */
static int named_after(const struct named *a, const struct named *b)
{
    return a->key != b->key ? a->key > b->key : a->size > b->size;
}

static void sort_range(struct named *e, struct named *spare, uint64_t n)
{
    const uint64_t small = 16;
    for (uint64_t begin = 0; begin < n; begin += small) {
        uint64_t end = begin + small < n ? begin + small : n;
        for (uint64_t i = begin + 1; i < end; i++) {
            struct named one = e[i];
            uint64_t j = i;
            for (; j > begin && named_after(&e[j - 1], &one); j--)
                e[j] = e[j - 1];
            e[j] = one;
        }
    }
    for (uint64_t width = small; width < n; width *= 2) {
        for (uint64_t begin = 0; begin + width < n; begin += 2 * width) {
            uint64_t middle = begin + width, end = middle + width < n ? middle + width : n;
            if (!named_after(&e[middle - 1], &e[middle]))
                continue;
            memcpy(spare, e + begin, width * sizeof *e);
            for (uint64_t i = 0, j = middle, k = begin; i < width;)
                e[k++] = j < end && named_after(&spare[i], &e[j]) ? e[j++] : spare[i++];
        }
    }
}

struct range {
    uint64_t begin, end;
    uint32_t depth;
};

static int push(struct range **stack, uint64_t *n, uint64_t *room, struct range one)
{
    if (*n == *room) {
        struct range *more = realloc(*stack, (*room * 2 + 64) * sizeof *more);
        if (!more)
            return 0;
        *stack = more;
        *room = *room * 2 + 64;
    }
    (*stack)[(*n)++] = one;
    return 1;
}

static int sort_names(struct named *e, struct named *spare, uint64_t n)
{
    struct range *stack = NULL;
    uint64_t waiting = 0, room = 0;
    int ok = push(&stack, &waiting, &room, (struct range){0, n, 0});
    while (ok && waiting) {
        struct range r = stack[--waiting];
        for (uint64_t i = r.begin; i < r.end; i++)
            e[i].key = key_at(&e[i], r.depth);
        sort_range(e + r.begin, spare, r.end - r.begin);
        for (uint64_t i = r.begin, next; i < r.end && ok; i = next) {
            for (next = i + 1; next < r.end && e[next].key == e[i].key; next++)
                ;
            while (i < next && e[i].size <= r.depth + 8) /* ended here: the sizes have told */
                i++;
            if (next - i > 1)
                ok = push(&stack, &waiting, &room, (struct range){i, next, r.depth + 8});
        }
    }
    free(stack);
    return ok;
}

int index_order(struct doc_index *index)
{
    uint64_t n = index->kept;
    struct named *room = malloc((n + 1) * 2 * sizeof *room);
    index->order = malloc((n + 1) * sizeof *index->order);
    int ok = room && index->order;
    for (uint64_t i = 0; i < n && ok; i++) {
        struct assay_text name = index_name(index, index->number[i]);
        room[i] = (struct named){0, name.at, (uint32_t)name.size, (uint32_t)i};
    }
    ok = ok && sort_names(room, room + n + 1, n);
    for (uint64_t i = 0; i < n && ok; i++)
        index->order[i] = room[i].rank;
    free(room);
    return ok;
}
