/* SPDX-License-Identifier: Apache-2.0
 *
 * In run folders: what each layer of each document is, in one number, so that what was made of documents can be found
 * again without a look at them (memo.h).
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "work.h"

static int add_sum(struct work *work, uint32_t layer, uint64_t sum)
{
    struct foot_sum one = {sum, layer, 0};
    return bytes_add(&work->sums, &one, sizeof one) != NULL;
}

/* What the first block tells of a document besides its layers; not its place among the inputs. */
static int add_whole(struct work *work, const struct doc_head *head)
{
    struct doc_whole whole;
    if (!doc_whole(head, &whole))
        return 0;
    uint64_t sizes[2] = {whole.name.size, whole.raw_bytes}, runs[2] = {whole.mapped, whole.runs};
    uint64_t told[3] = {XXH3_64bits(whole.name.at, (size_t)(whole.map.at - whole.name.at)),
                        XXH3_64bits(sizes, sizeof sizes), XXH3_64bits(whole.sha, 32)};
    uint64_t place[2] = {XXH3_64bits(whole.map.at, whole.map.size), XXH3_64bits(runs, sizeof runs)};
    return add_sum(work, SUM_WHOLE, XXH3_64bits(told, sizeof told)) &&
           add_sum(work, SUM_MAP, XXH3_64bits(place, sizeof place));
}

int work_sums(struct work *work, const struct doc_head *head)
{
    uint32_t first = (uint32_t)(work->sums.size / sizeof(struct foot_sum));
    if (!bytes_add(&work->firsts, &first, sizeof first))
        return 0;
    if (!head)
        return 1;
    const struct block *block = (const struct block *)(const void *)head - 1;
    struct doc_entry dir, after;
    if (head->whole & 1 && !add_whole(work, head))
        return 0;
    for (uint32_t next = 0; doc_entry(head, &next, &dir);) {
        uint32_t behind = next;
        uint64_t end = doc_entry(head, &behind, &after) ? after.at : block->size;
        if (dir.layer < SUM_BLOB &&
            !add_sum(work, dir.layer, XXH3_64bits((const char *)head + dir.at, (size_t)(end - dir.at))))
            return 0;
    }
    return 1;
}
