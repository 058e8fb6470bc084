/* SPDX-License-Identifier: Apache-2.0 */
#include "pairs.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "fields.h"
#include "work.h"

void pairs_begin(struct pairs *p, const void *key, uint32_t size, const struct group_entry *entry, uint64_t n)
{
    p->entry = entry;
    p->values = n;
    p->key = XXH3_64bits(key, size);
    p->was = NULL;
    p->wases = p->size = 0;
    p->rows = NULL;
    p->asked = 0;
}

void pairs_former(struct pairs *p, const struct pair_sum *was, uint64_t n, const char *rows, uint64_t size)
{
    p->was = was;
    p->wases = n;
    p->rows = rows;
    p->size = size;
}

void pairs_free(struct pairs *p)
{
    bytes_free(&p->now);
    bytes_free(&p->known);
}

static int note_values(const struct run *run, struct pairs *p)
{
    p->now.size = 0;
    for (uint64_t i = 0; i < p->values; i++) {
        uint64_t parts[2] = {p->key, emit_sealed(p->entry[i].row)};
        struct pair_sum one = {run->index.id[p->entry[i].rank], XXH3_64bits(parts, sizeof parts)};
        if (!bytes_add(&p->now, &one, sizeof one))
            return 0;
    }
    return 1;
}

/* How many of the values from `at` on are of one document. */
static uint64_t values_of(const struct pair_sum *value, uint64_t at, uint64_t n)
{
    uint64_t end = at + 1;
    while (end < n && value[end].doc == value[at].doc)
        end++;
    return end - at;
}

static int same_values(const struct pair_sum *a, const struct pair_sum *b, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++)
        if (a[i].sum != b[i].sum)
            return 0;
    return 1;
}

/* Both go by document. */
static uint64_t compare(const struct pairs *p, uint32_t *known)
{
    const struct pair_sum *now = (const struct pair_sum *)(const void *)p->now.at;
    uint64_t count = 0;
    for (uint64_t i = 0, k = 0, n; i < p->values; i += n) {
        n = values_of(now, i, p->values);
        while (k < p->wases && p->was[k].doc < now[i].doc)
            k++;
        if (k == p->wases || p->was[k].doc != now[i].doc || values_of(p->was, k, p->wases) != n ||
            !same_values(p->was + k, now + i, n))
            continue;
        for (uint64_t v = i; v < i + n; v++)
            known[v] = 1;
        count += n;
    }
    return count;
}

static int is_known(const struct pairs *p, assay_docid doc)
{
    const struct pair_sum *now = (const struct pair_sum *)(const void *)p->now.at;
    uint64_t low = 0, high = p->values;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (now[middle].doc < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->values && now[low].doc == doc && ((const uint32_t *)(const void *)p->known.at)[low];
}

/* The documents that a record of the table names in its first two rows of that type. 0: it names fewer. */
static int docs_of(const struct assay_fields *fields, const void *record, assay_docid doc[2])
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < fields->rows && n < 2; i++) {
        const struct assay_field *f = fields_row(fields, i);
        if (f->type == ASSAY_DOC && !(f->flags & ASSAY_LIST))
            memcpy(&doc[n++], (const char *)record + f->offset, sizeof *doc);
    }
    return n == 2;
}

int pairs_drop(const struct run *run, const struct pairs *p, uint32_t layer, const void *record)
{
    assay_docid doc[2];
    if (!docs_of(run->tables.layer[layer]->fields, record, doc))
        return -1;
    return p->known.size && is_known(p, doc[0]) && is_known(p, doc[1]);
}

/* Rows of the entry that are of two known documents are made again. */
static int repeat(struct run *run, const struct pairs *p)
{
    struct bytes *made = &run->work.made;
    for (uint64_t at = 0; at < p->size;) {
        const struct made_row *row = (const struct made_row *)(const void *)(p->rows + at);
        if (row->size < sizeof *row || row->size > p->size - at || row->number != INDEX_NONE ||
            row->layer >= run->plan->layers)
            return 0;
        if (pairs_drop(run, p, row->layer, row + 1) == 1 && !bytes_add(made, row, row->size))
            return 0;
        at += row->size;
    }
    return 1;
}

struct assay_list pairs_ask(struct run *run, struct pairs *p)
{
    uint64_t before = run->work.made.size, size = p->values * sizeof(uint32_t);
    struct assay_list none = {0};
    p->known.size = 0;
    if (!note_values(run, p))
        return none;
    p->asked = 1;
    if (!p->wases || p->values > UINT32_MAX || !bytes_add(&p->known, NULL, size))
        return none;
    if (compare(p, (uint32_t *)(void *)p->known.at) && repeat(run, p))
        return (struct assay_list){p->known.at, (uint32_t)p->values, sizeof(uint32_t)};
    run->work.made.size = before;
    p->known.size = 0;
    return none;
}
