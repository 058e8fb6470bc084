/* SPDX-License-Identifier: Apache-2.0
 *
 * Round "judge": every component once.
 */
#include "judge.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "refute.h"
#include "report.h"
#include "within.h"

/* ---- map ---- */

assay_status judge_map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    struct assay_list members = h->records(h, doc, SLOT_MEMBER);
    assay_status status = within_map(s, doc, out);
    for (uint32_t i = 0; i < members.count && !status; i++) {
        const struct member *m = ASSAY_AT(struct member, members, i);
        struct judge_value value = {m->claim, 0};
        status = h->emit(h, out, &m->component, sizeof m->component, &value);
    }
    return status;
}

/* ---- reduce ---- */

/* 0: out of memory. */
static int load_items(struct component *k, const struct carried *carried, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct carried *c = &carried[i];
        struct item *item = &k->item[k->items];
        struct note note = {0, c->concept, c->also, c->part, c->thing, c->place, c->aspects, {0}, {NULL, 0, 0}, NULL};
        struct assay_document d;
        memset(item, 0, sizeof *item);
        memset(&d, 0, sizeof d);
        d.doc = c->doc;
        d.source = c->source;
        d.published = c->published;
        item->c = c;
        if (!figure_of(&item->f, &c->claim, &note, &d))
            continue;
        if (!fold_item(k, item))
            return 0;
        k->items++;
    }
    return 1;
}

/* By document and place: values come by the hash of the document's name, which another folder changes. Total. */
static int by_document(const void *a, const void *b)
{
    const struct carried *x = ((const struct item *)a)->c, *y = ((const struct item *)b)->c;
    int order = text_order(x->doc, y->doc);
    if (order)
        return order;
    return x->ref.index < y->ref.index ? -1 : x->ref.index > y->ref.index;
}

static uint32_t item_named(const struct component *k, assay_docid doc, uint32_t claim)
{
    for (uint32_t i = 0; i < k->items; i++)
        if (k->item[i].c->ref.doc == doc && k->item[i].c->ref.index == claim)
            return i;
    return ASSAY_NEVER;
}

/* What a text disputes and what it sets against it are of one thing, whether other texts say either or not. */
static void tie_disputes(struct component *k)
{
    for (uint32_t i = 0; i < k->items; i++)
        for (uint32_t j = 0; k->item[i].f.refuted && j < k->items; j++) {
            struct tie *to = &k->tie[(size_t)i * k->items + j];
            if (k->item[i].c->ref.doc != k->item[j].c->ref.doc || !figure_refuted(&k->item[i].f, &k->item[j].f))
                continue;
            to->score += !to->score;
            k->tie[(size_t)j * k->items + i] = *to;
        }
}

static void load_ties(struct component *k)
{
    for (uint32_t i = 0; i < k->items; i++) {
        struct assay_list edges = k->item[i].c->edges;
        for (uint32_t e = 0; e < edges.count; e++) {
            const struct half_edge *edge = ASSAY_AT(struct half_edge, edges, e);
            uint32_t j = item_named(k, edge->doc, edge->claim);
            if (j == ASSAY_NEVER || j == i)
                continue;
            k->item[i].exact |= (edge->flags & LINK_EXACT) != 0;
            k->tie[(size_t)i * k->items + j] = (struct tie){edge->score, edge->flags};
            k->tie[(size_t)j * k->items + i] = (struct tie){edge->score, edge->flags};
        }
    }
}

static assay_status judge_groups(struct component *k)
{
    uint32_t member[JUDGE_ITEMS];
    assay_status status = ASSAY_OK;
    for (uint32_t i = 0; i < k->items && !status; i++) {
        uint32_t n = 0;
        if (k->item[i].group != i)
            continue;
        for (uint32_t j = i; j < k->items; j++)
            if (k->item[j].group == i)
                member[n++] = j;
        if (n >= 2)
            status = write_finding(k, member, n);
    }
    return status;
}

assay_status load_component(struct component *k, struct assay_list values, const assay_docid *docs)
{
    const struct assay_host *h = k->self->host;
    struct carried *carried = h->alloc(h, k->out, values.count * sizeof *carried);
    uint32_t count = 0;
    k->item = h->alloc(h, k->out, values.count * sizeof *k->item);
    if (!carried || !k->item)
        return ASSAY_ENOMEM;
    assay_status status = carry_claims(k->self, k->out, values, docs, carried, &count);
    if (status)
        return status;
    if (!load_items(k, carried, count))
        return ASSAY_ENOMEM;
    if (k->items > 1)
        qsort(k->item, k->items, sizeof *k->item, by_document);
    k->tie = h->alloc(h, k->out, (uint64_t)k->items * k->items * sizeof *k->tie);
    return k->tie ? ASSAY_OK : ASSAY_ENOMEM;
}

static assay_status judge_component(struct component *k, struct assay_list values, const assay_docid *docs)
{
    assay_status status = load_component(k, values, docs);
    if (status || k->items < 2)
        return status;
    k->joins = k->self->host->alloc(k->self->host, k->out, (uint64_t)k->items * k->items);
    if (!k->joins)
        return ASSAY_ENOMEM;
    load_ties(k);
    tie_disputes(k);
    return make_groups(k) ? judge_groups(k) : ASSAY_ENOMEM;
}

assay_status judge_reduce(void *self, const void *key, uint32_t size, struct assay_values *values,
                          struct assay_out *out)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    const struct component empty = {.self = s, .out = out};
    struct component group = empty, sentence = empty;
    struct assay_list batch;
    const assay_docid *docs;
    assay_status status = h->next(h, values, JUDGE_ITEMS, &batch, &docs);
    (void)key;
    (void)size;
    if (status)
        return status == ASSAY_END ? ASSAY_OK : status;
    if ((status = within_reduce(&sentence, batch, docs)))
        return status;
    return judge_component(&group, batch, docs);
}

/* ---- finish: ranks ---- */

/* Ids given so far: open addressing, 0 = free. */
struct given {
    uint64_t *id, room, used;
};

static int given_has(const struct given *g, uint64_t id)
{
    for (uint64_t i = id & (g->room - 1);; i = (i + 1) & (g->room - 1))
        if (!g->id[i] || g->id[i] == id)
            return g->id[i] != 0;
}

static void given_put(struct given *g, uint64_t id)
{
    uint64_t i = id & (g->room - 1);
    while (g->id[i])
        i = (i + 1) & (g->room - 1);
    g->id[i] = id;
}

static int given_grow(struct given *g)
{
    struct given more = {NULL, g->room ? g->room * 2 : 256, g->used};
    more.id = calloc(more.room, sizeof *more.id);
    if (!more.id)
        return 0;
    for (uint64_t i = 0; i < g->room; i++)
        if (g->id[i])
            given_put(&more, g->id[i]);
    free(g->id);
    *g = more;
    return 1;
}

static uint64_t hex_value(struct assay_text t)
{
    uint64_t n = 0;
    for (uint64_t i = 0; i < t.size; i++)
        n = n << 4 | (uint64_t)(t.at[i] <= '9' ? t.at[i] - '0' : t.at[i] - 'a' + 10);
    return n;
}

/* Sentences that differ in their figures only, of one publisher, give one id: the second such finding by rank gets
 * another. */
static assay_status make_unique(struct self *s, struct assay_out *out, struct given *g, struct assay_finding *f)
{
    uint64_t id = hex_value(f->id);
    int taken = 0;
    if (g->used * 2 >= g->room && !given_grow(g))
        return ASSAY_ENOMEM;
    for (; !id || given_has(g, id); taken = 1)
        id = XXH3_64bits(&id, sizeof id);
    given_put(g, id);
    g->used++;
    if (taken)
        f->id = hex_text(s, out, "", id);
    return f->id.at ? ASSAY_OK : ASSAY_ENOMEM;
}

static assay_status rank_all(struct self *s, struct assay_values *values, struct assay_out *out, struct given *g)
{
    const struct assay_host *h = s->host;
    struct assay_list batch;
    uint64_t rank = 0, hidden = 0, suppressed = s->options->suppress.count;
    assay_status status;
    while (!(status = h->next(h, values, 1024, &batch, NULL)))
        for (uint32_t i = 0; i < batch.count; i++) {
            struct assay_finding f = ASSAY_AT(struct draft, batch, i)->finding;
            if (s->options->max_findings && rank >= s->options->max_findings)
                continue;
            if ((status = make_unique(s, out, g, &f)))
                return status;
            if (!review_apply(s, &f)) {
                hidden++;
                continue;
            }
            f.rank = (uint32_t)++rank;
            if ((status = h->to_corpus(h, out, SLOT_FINDING, &f)))
                return status;
        }
    if (hidden < suppressed && !s->options->max_findings)
        h->note(h, ASSAY_NOTE_INFO, "suppress: %llu of %llu ids name no finding of these texts",
                (unsigned long long)(suppressed - hidden), (unsigned long long)suppressed);
    return status == ASSAY_END ? ASSAY_OK : status;
}

assay_status judge_finish(void *self, struct assay_values *values, struct assay_out *out)
{
    struct given given = {NULL, 0, 0};
    assay_status status = rank_all(self, values, out, &given);
    free(given.id);
    return status;
}
