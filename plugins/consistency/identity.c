/* SPDX-License-Identifier: Apache-2.0
 *
 * What a finding goes by from run to run: its id, of the figure first seen, and its state, of verdict and values.
 */
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "report.h"

int item_by_time(const struct item *a, const struct item *b)
{
    if (a->f.has_published != b->f.has_published)
        return a->f.has_published ? -1 : 1;
    if (a->f.has_published && a->f.published != b->f.published)
        return a->f.published < b->f.published ? -1 : 1;
    return 0;
}

int text_order(struct assay_text a, struct assay_text b)
{
    uint64_t n = a.size < b.size ? a.size : b.size;
    int order = n ? memcmp(a.at, b.at, n) : 0;
    return order ? order : a.size < b.size ? -1 : a.size > b.size;
}

uint64_t masked_hash(struct assay_text t)
{
    XXH3_state_t state;
    char kept[512];
    size_t n = 0;
    for (uint64_t i = 0; i < t.size && n < sizeof kept; i++) {
        unsigned char c = (unsigned char)t.at[i];
        if (c > ' ' && (c < '0' || c > '9') && c != '.' && c != ',')
            kept[n++] = (char)c;
    }
    XXH3_64bits_reset(&state);
    XXH3_64bits_update(&state, kept, n);
    return XXH3_64bits_digest(&state);
}

static uint64_t fold_in(uint64_t hash, struct assay_text t)
{
    uint64_t part[2] = {hash, XXH3_64bits(t.at ? t.at : "", t.size)};
    return XXH3_64bits(part, sizeof part);
}

static uint64_t fold_number(uint64_t hash, uint64_t n)
{
    uint64_t part[2] = {hash, n};
    return XXH3_64bits(part, sizeof part);
}

struct assay_text concept_key(const struct self *s, uint32_t id)
{
    const struct concept *c = concepts_at(s->concepts, id);
    return c ? c->key : (struct assay_text){NULL, 0};
}

const struct item *report_first(const struct report *r, int timed)
{
    const struct item *first = NULL;
    for (uint32_t i = 0; i < r->members; i++) {
        const struct item *x = member_at(r, i);
        if (timed && !x->f.has_time)
            continue;
        int order = first ? item_by_time(x, first) : -1;
        if (!order)
            order = text_order(x->c->source, first->c->source);
        if (!order)
            order = text_order(x->c->sentence, first->c->sentence);
        if (order < 0 || (!order && x->c->ordinal < first->c->ordinal))
            first = x;
    }
    return first;
}

uint64_t report_identity(const struct report *r)
{
    const struct item *first = report_first(r, 0);
    const struct self *s = r->k->self;
    uint64_t hash = fold_number(0, first->f.kind);
    hash = fold_in(hash, first->f.base_unit.size ? first->f.base_unit : first->f.unit);
    hash = fold_in(hash, concept_key(s, first->f.concept));
    hash = fold_in(hash, concept_key(s, first->c->place));
    hash = fold_in(hash, first->c->source);
    hash = fold_in(hash, first->c->published); /* a daily report says the same sentence of every day */
    if (first->f.has_time) {
        hash = fold_number(hash, (uint64_t)first->f.from);
        hash = fold_number(hash, (uint64_t)first->f.to);
    }
    hash = fold_number(hash, masked_hash(first->c->sentence));
    return fold_number(hash, first->c->ordinal);
}

uint64_t report_state(const struct report *r)
{
    uint64_t hash = fold_number(0, r->main.r.verdict), values = 0;
    for (uint32_t e = 0; e < r->entries; e++) {
        const struct assay_claim *c = &r->k->item[r->entry[e].first].c->claim;
        uint64_t one = fold_in(fold_number(0, c->bound), c->decimal);
        values += fold_in(fold_in(one, c->decimal_high), c->unit); /* a sum: order of publication must not count */
    }
    return fold_number(hash, values);
}
