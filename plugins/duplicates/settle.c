/* SPDX-License-Identifier: Apache-2.0
 *
 * Round 5, reduce: one cluster, the passages between two clusters, or all that was taken from one text at a time.
 */
#include <stdlib.h>
#include <string.h>

#include "mix.h"
#include "report.h"
#include <assay/kit/moment.h>

#define BATCH 1024u
#define FURTHER 64u /* passages between two clusters, beyond which only those of one pair of texts are told */

/* All values of a key; lists are copied to memory that lives as long as the hook. */
struct group {
    struct dup_report *at;
    uint64_t count;
};

/* The printed id of the cluster that this document leads. */
static void print_cluster_id(char to[DUP_ID_SIZE], assay_docid lead)
{
    to[0] = 'c';
    for (uint32_t i = 0; i < 16; i++)
        to[1 + i] = "0123456789abcdef"[lead >> (60 - 4 * i) & 15];
}

static int keep_list(const struct dup *d, struct assay_out *out, struct assay_list *list)
{
    if (list->count == 0)
        return 1;
    struct assay_differ *to = d->host->alloc(d->host, out, (uint64_t)list->count * sizeof *to);
    if (!to)
        return 0;
    for (uint32_t i = 0; i < list->count; i++)
        to[i] = *ASSAY_AT(struct assay_differ, *list, i);
    *list = (struct assay_list){to, list->count, sizeof *to};
    return 1;
}

static assay_status read_group(const struct dup *d, struct assay_values *v, struct assay_out *out, struct group *g)
{
    const struct assay_host *h = d->host;
    uint64_t n = h->count(h, v);
    struct assay_list batch;
    assay_status s;
    g->count = 0;
    g->at = h->alloc(h, out, (n + 1) * sizeof *g->at);
    if (!g->at)
        return ASSAY_ENOMEM;
    while ((s = h->next(h, v, BATCH, &batch, NULL)) == ASSAY_OK) {
        for (uint32_t i = 0; i < batch.count && g->count < n; i++) {
            struct dup_report *r = &g->at[g->count++];
            *r = *ASSAY_AT(struct dup_report, batch, i);
            if (!keep_list(d, out, &r->differ) || !keep_list(d, out, &r->block))
                return ASSAY_ENOMEM;
        }
    }
    return s == ASSAY_END ? ASSAY_OK : s;
}

/* ---- clusters ---- */

static int by_time(const void *p, const void *q)
{
    const struct dup_report *a = p, *b = q;
    if (a->stamp != b->stamp)
        return a->stamp < b->stamp ? -1 : 1;
    return a->doc < b->doc ? -1 : a->doc > b->doc;
}

/* The earliest text, where its date says so beyond doubt; 0 otherwise. Undated texts count as later. */
static assay_docid first_of(const struct group *g)
{
    for (uint64_t i = 1; i < g->count && g->at[i].stamp != ASSAY_UNDATED; i++)
        if (!assay_moment_before(g->at[0].stamp, g->at[i].stamp))
            return 0;
    return g->at[0].stamp == ASSAY_UNDATED ? 0 : g->at[0].doc;
}

static assay_status tell_origin(const struct dup *d, struct assay_out *out, const struct dup_report *r, uint64_t group,
                                double covered)
{
    for (uint32_t i = 0; i < r->block.count; i++) {
        const struct assay_differ *k = ASSAY_AT(struct assay_differ, r->block, i);
        struct assay_origin o = {k->a, {r->beside ? r->beside : r->from, k->b}, group, covered};
        assay_status s = d->host->to_document(d->host, out, DUP_OUT_ORIGIN, r->doc, &o);
        if (s != ASSAY_OK)
            return s;
    }
    return ASSAY_OK;
}

static assay_status settle_cluster(const struct dup *d, struct assay_out *out, struct group *g)
{
    const struct assay_host *h = d->host;
    char id[DUP_ID_SIZE];
    assay_status s = ASSAY_OK;
    if (g->count < 2 || g->count > UINT32_MAX)
        return ASSAY_OK;
    qsort(g->at, g->count, sizeof *g->at, by_time);
    assay_docid lead = g->at[0].from, first = first_of(g);
    assay_docid *docs = h->alloc(h, out, g->count * sizeof *docs);
    if (!docs)
        return ASSAY_ENOMEM;
    print_cluster_id(id, lead);
    struct assay_text name = {id, DUP_ID_SIZE};
    for (uint64_t i = 0; i < g->count && s == ASSAY_OK; i++) {
        const struct dup_report *r = &g->at[i];
        docs[i] = r->doc;
        if (r->block.count == 0)
            continue;
        struct assay_copy c = {.relation = r->relation, .a = r->a, .b = r->b, .covered_a = r->covered_a,
                               .covered_b = r->covered_b, .cluster = name, .first = first, .figures_differ = r->differ};
        s = h->to_corpus(h, out, DUP_OUT_COPY, &c);
        if (s == ASSAY_OK)
            s = tell_origin(d, out, r, dup_mix(lead), r->a.doc == r->doc ? r->covered_a : r->covered_b);
    }
    struct assay_cluster all = {name, {docs, (uint32_t)g->count, sizeof *docs}, first};
    return s != ASSAY_OK ? s : h->to_corpus(h, out, DUP_OUT_CLUSTER, &all);
}

/* ---- passages between two clusters ---- */

static int by_pair(const void *p, const void *q)
{
    const struct dup_report *a = p, *b = q;
    if (a->a.doc != b->a.doc)
        return a->a.doc < b->a.doc ? -1 : 1;
    if (a->b.doc != b->b.doc)
        return a->b.doc < b->b.doc ? -1 : 1;
    if (a->a.span.begin != b->a.span.begin)
        return a->a.span.begin < b->a.span.begin ? -1 : 1;
    if (a->b.span.begin != b->b.span.begin)
        return a->b.span.begin < b->b.span.begin ? -1 : 1;
    if (a->a.span.end != b->a.span.end)
        return a->a.span.end < b->a.span.end ? -1 : 1;
    if (a->b.span.end != b->b.span.end)
        return a->b.span.end < b->b.span.end ? -1 : 1;
    return a->relation < b->relation ? -1 : a->relation > b->relation;
}

static uint32_t leads_in(const struct dup_report *r)
{
    return (r->a.doc == r->lead_a || r->a.doc == r->lead_b) + (r->b.doc == r->lead_a || r->b.doc == r->lead_b);
}

/* The next pair of texts from *at on; gives how many bytes they have in common in all. *form: only the form. */
static uint64_t next_pair(const struct group *g, uint64_t *at, int *form)
{
    const struct dup_report *first = &g->at[*at];
    uint64_t size = 0;
    *form = first->relation == ASSAY_COPY_SAME_FORM;
    for (; *at < g->count && g->at[*at].a.doc == first->a.doc && g->at[*at].b.doc == first->b.doc; ++*at)
        size += g->at[*at].a.span.end - g->at[*at].a.span.begin;
    return size;
}

/* A passage that a cluster's texts all carry is told once: of the pair of texts that has most leads, then most of it.
 * A lead that has much less of it is none: the first report of many is a few lines. */
static void best_pair(const struct group *g, uint64_t *from, uint64_t *to)
{
    uint64_t best = 0, most = 0;
    int form;
    for (uint64_t at = 0; at < g->count;) {
        uint64_t size = next_pair(g, &at, &form);
        most = !form && size > most ? size : most;
    }
    for (uint64_t i = 0, next = 0; i < g->count; i = next) {
        uint64_t size = next_pair(g, &next, &form);
        if (!form && size * 4 < most * 3)
            continue;
        size += (uint64_t)leads_in(&g->at[i]) << 40;
        if (size <= best)
            continue;
        best = size;
        *from = i;
        *to = next;
    }
}

/* Whether of the two texts one is in the pair that was told, and no passage that was told has a part of this one
 * there. */
static int is_further(const struct dup_report *r, const struct dup_report *const *told, uint32_t n)
{
    const struct assay_place *mine[2] = {&r->a, &r->b};
    uint32_t beside = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct assay_place *theirs[2] = {&told[i]->a, &told[i]->b};
        for (uint32_t k = 0; k < 4; k++) {
            const struct assay_place *x = mine[k & 1], *y = theirs[k >> 1];
            if (x->doc != y->doc)
                continue;
            if (x->span.begin < y->span.end && y->span.begin < x->span.end)
                return 0;
            beside++;
        }
    }
    return beside > 0;
}

static assay_status tell_passage(const struct dup *d, struct assay_out *out, const struct dup_report *r)
{
    struct assay_copy c = {.relation = r->relation, .a = r->a, .b = r->b, .covered_a = r->covered_a,
                           .covered_b = r->covered_b, .figures_differ = r->differ};
    if (r->relation != ASSAY_COPY_REPEATS_ITSELF && assay_moment_before(r->stamp_from, r->stamp))
        c.first = r->from;
    return d->host->to_corpus(d->host, out, DUP_OUT_COPY, &c);
}

/* Of the best pair all is told; of others what one of its texts has elsewhere: passages that were put into a copy. */
static assay_status settle_passages(const struct dup *d, struct assay_out *out, struct group *g)
{
    const struct dup_report *told[FURTHER];
    uint64_t from = 0, to = 0;
    uint32_t n = 0;
    assay_status s = ASSAY_OK;
    qsort(g->at, g->count, sizeof *g->at, by_pair);
    best_pair(g, &from, &to);
    for (uint64_t i = from; i < to && s == ASSAY_OK; i++) {
        const struct dup_report *r = &g->at[i];
        if (r->relation == ASSAY_COPY_SAME_FORM && i != from)
            continue;
        if (n < FURTHER)
            told[n++] = r;
        s = tell_passage(d, out, r);
    }
    for (uint64_t i = 0; i < g->count && s == ASSAY_OK && n < FURTHER; i++) {
        const struct dup_report *r = &g->at[i];
        if (r->relation != ASSAY_COPY_SHARES_PASSAGE || (i >= from && i < to) || !is_further(r, told, n))
            continue;
        told[n++] = r;
        s = tell_passage(d, out, r);
    }
    return s;
}

/* ---- what was taken from one text ---- */

static int by_source_place(const void *p, const void *q)
{
    const struct dup_report *a = p, *b = q;
    const struct assay_differ *x = a->block.at, *y = b->block.at;
    if (x->b.begin != y->b.begin)
        return x->b.begin < y->b.begin ? -1 : 1;
    if (a->doc != b->doc)
        return a->doc < b->doc ? -1 : 1;
    if (x->a.begin != y->a.begin)
        return x->a.begin < y->a.begin ? -1 : 1;
    if (x->b.end != y->b.end)
        return x->b.end < y->b.end ? -1 : 1;
    return x->a.end < y->a.end ? -1 : x->a.end > y->a.end;
}

/* Passages that overlap in the text they come from are one original. */
static assay_status settle_origins(const struct dup *d, struct assay_out *out, struct group *g)
{
    uint64_t group = 0;
    uint32_t end = 0;
    qsort(g->at, g->count, sizeof *g->at, by_source_place);
    for (uint64_t i = 0; i < g->count; i++) {
        const struct dup_report *r = &g->at[i];
        const struct assay_differ *k = r->block.at;
        if (i == 0 || k->b.begin >= end) {
            group = dup_pair(r->from, (uint64_t)k->b.begin + 1);
            end = k->b.end;
        }
        end = k->b.end > end ? k->b.end : end;
        double covered = r->from == r->doc ? r->covered_b : r->a.doc == r->doc ? r->covered_a : r->covered_b;
        assay_status s = tell_origin(d, out, r, group, covered);
        if (s != ASSAY_OK)
            return s;
    }
    return ASSAY_OK;
}

assay_status dup_report_reduce(void *self, const void *key, uint32_t size, struct assay_values *v,
                               struct assay_out *out)
{
    struct dup *d = self;
    struct group g;
    uint64_t k;
    (void)size;
    memcpy(&k, key, sizeof k);
    assay_status s = read_group(d, v, out, &g);
    if (s != ASSAY_OK || g.count == 0)
        return s;
    switch (k & 3) {
    case DUP_REPORT_CLUSTER:
        return settle_cluster(d, out, &g);
    case DUP_REPORT_PASSAGE:
        return settle_passages(d, out, &g);
    default:
        return settle_origins(d, out, &g);
    }
}
