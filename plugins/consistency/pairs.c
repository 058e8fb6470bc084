/* SPDX-License-Identifier: Apache-2.0
 *
 * Round "pair": the figures of documents that may speak of the same; finish: components of linked figures.
 */
#include <stdlib.h>
#include <string.h>

#include <assay/kit/date.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "consistency.h"
#include "person.h"
#include "refute.h"
#include "report.h"
#include "translation.h"

#define COMPONENT 200u    /* figures of one component at most; the strongest links come first */
#define EDGES 24u         /* links of a figure; more are kept only where the other end has fewer */
#define TRANSLATION 600u  /* share of the sentences in one order, 1/1000 */
#define STRENGTH 24u      /* step of a link's strength as it is judged by, 1/1000 */

/* Both documents of a pair may name the other. A pair is a key of its own, and not all those of a document: in a run
 * folder, one document that has changed leaves the pairs of its partners with others as they were. */
assay_status pair_map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    struct assay_list partners = h->records(h, doc, SLOT_PARTNER);
    assay_docid own = h->docid(h, doc);
    assay_status status = ASSAY_OK;
    for (uint32_t i = 0; i < partners.count && !status; i++) {
        const struct partner *p = ASSAY_AT(struct partner, partners, i);
        assay_docid both[2] = {own < p->doc ? own : p->doc, own < p->doc ? p->doc : own};
        uint64_t key = XXH3_64bits(both, sizeof both);
        struct pair_value value = {p->doc, p->score, p->fact};
        status = h->emit(h, out, &key, sizeof key, &value);
    }
    return status;
}

/* ---- reduce: two documents ---- */

static int same_language(const struct loaded *a, const struct loaded *b)
{
    return a->document && b->document && same_folded(a->document->language, b->document->language);
}

static uint32_t days_between(const struct assay_document *a, const struct assay_document *b)
{
    struct assay_date x, y;
    if (!a || !b || !a->published.size || !b->published.size || !assay_date_read(&x, a->published) ||
        !assay_date_read(&y, b->published))
        return ASSAY_NEVER;
    int64_t days = assay_date_first(x) - assay_date_first(y);
    days = days < 0 ? -days : days;
    return days < 100000 ? (uint32_t)days : 100000;
}

static assay_status write_edges(struct self *s, struct assay_out *out, const struct link_list *links, assay_docid a,
                                assay_docid b, uint32_t flags)
{
    for (uint32_t i = 0; i < links->count; i++) {
        const struct link *l = &links->at[i];
        struct edge edge = {l->score, l->flags | flags, a, b, l->a, l->b};
        assay_status status = s->host->to_corpus(s->host, out, SLOT_EDGE, &edge);
        if (status)
            return status;
    }
    return ASSAY_OK;
}

/* What is said of two documents. */
struct pair {
    assay_docid a, b; /* a is the smaller one */
    uint32_t score, fact;
};

static int by_pair(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->fact < y->fact ? -1 : x->fact > y->fact; /* equal then in all: ties do not show */
}

/* The pairs of a key, each once (two only where their hashes are equal): the best score, and by a fact alone only if
 * both say so. */
static assay_status gather(struct self *s, struct assay_out *out, struct assay_values *values, struct pair **pairs,
                           uint64_t *count)
{
    const struct assay_host *h = s->host;
    struct assay_list batch;
    const assay_docid *docs;
    assay_status status;
    uint64_t n = 0;
    struct pair *all = *pairs = h->alloc(h, out, h->count(h, values) * sizeof *all);
    *count = 0;
    if (!all)
        return ASSAY_ENOMEM;
    while (!(status = h->next(h, values, 1024, &batch, &docs)))
        for (uint32_t i = 0; i < batch.count; i++) {
            const struct pair_value *v = ASSAY_AT(struct pair_value, batch, i);
            int first = docs[i] < v->other;
            all[n++] = (struct pair){first ? docs[i] : v->other, first ? v->other : docs[i], v->score, v->fact};
        }
    if (n > 1)
        qsort(all, n, sizeof *all, by_pair);
    for (uint64_t i = 0; i < n; i++)
        if (*count && all[*count - 1].a == all[i].a && all[*count - 1].b == all[i].b)
            all[*count - 1].fact &= all[i].fact;
        else
            all[(*count)++] = all[i];
    return status == ASSAY_END ? ASSAY_OK : status;
}

static assay_status load_side(struct self *s, struct assay_out *out, assay_docid doc, struct loaded *to)
{
    const struct assay_doc *view;
    assay_status status = s->host->view(s->host, out, doc, &view);
    return status ? status : load_document(s, view, to);
}

static int differs(const struct self *s, const struct link *l)
{
    struct relation r;
    struct relate_options o = link_rules(s->concepts, l->flags);
    return relate(&r, &s->side[0].figure[l->a], &s->side[1].figure[l->b], &o) && r.verdict <= ASSAY_COMPATIBLE &&
           r.verdict != ASSAY_SCOPE;
}

/* The same figure of the same measure, said twice in one text. */
static int said_twice(const struct loaded *side, uint32_t i, uint32_t k)
{
    const struct figure *x = &side->figure[i], *y = &side->figure[k];
    int one_thing = x->thing == y->thing || x->thing == CONCEPT_NONE || y->thing == CONCEPT_NONE ||
                    x->thing == x->concept || y->thing == y->concept; /* "40 hurt", "40 people were hurt" */
    return i != k && x->concept != CONCEPT_NONE && x->concept == y->concept && one_thing && x->part == y->part &&
           figures_same(x, y);
}

#define REPEATED 1u       /* score: the weakest of all */
#define REPEATS_MOST 256u /* figures of a text that are asked */

/* Ties figure `own` to what says the same in its text. One disagreement told by the headlines and by the texts below
 * them would be two: so what says another thing than the other text is tied to what says the same in its own. */
static assay_status write_repeats(struct self *s, struct assay_out *out, assay_docid doc, uint32_t side, uint32_t own)
{
    const struct loaded *in = &s->side[side];
    assay_status status = ASSAY_OK;
    for (uint32_t i = 0; i < in->side.figures && i < REPEATS_MOST && !status; i++) {
        struct edge edge = {REPEATED, 0, doc, doc, own < i ? own : i, own < i ? i : own};
        if (in->figure[i].kind != ASSAY_NEVER && said_twice(in, own, i))
            status = s->host->to_corpus(s->host, out, SLOT_EDGE, &edge);
    }
    return status;
}

/* What a text quotes and sets right is tied to what it sets against it: the text says that both are of one thing. */
static assay_status write_refuted(struct self *s, struct assay_out *out, assay_docid doc, uint32_t side, uint32_t own)
{
    const struct loaded *in = &s->side[side];
    const struct figure *f = &in->figure[own];
    assay_status status = ASSAY_OK;
    if (!f->refuted && !f->rights)
        return ASSAY_OK;
    for (uint32_t i = 0; i < in->side.figures && i < REPEATS_MOST && !status; i++) {
        const struct figure *g = &in->figure[i];
        struct edge edge = {REPEATED, 0, doc, doc, own < i ? own : i, own < i ? i : own};
        if (g->kind != ASSAY_NEVER && (figure_refuted(f, g) || figure_refuted(g, f)))
            status = s->host->to_corpus(s->host, out, SLOT_EDGE, &edge);
    }
    return status;
}

/* 1 where a text says one figure twice: the age of one person, the same exact sum or size. */
static int says_again(const struct figure *x, const struct figure *y)
{
    if (x->kind != y->kind || !figures_same(x, y))
        return 0;
    if (x->age && y->age)
        return persons_same(x->who, y->who) == 1 ||
               (!x->who[0] && !y->who[0] && x->measured.size && same_folded(x->measured, y->measured));
    return (x->kind == ASSAY_KIND_MONEY || x->kind == ASSAY_KIND_DIMENSION) && figure_exactness(x) >= 2 &&
           (x->concept == y->concept || x->concept == CONCEPT_NONE || y->concept == CONCEPT_NONE);
}

/* Ties figure `own` to the first place where its text says the same, so that one figure makes one finding. */
static assay_status write_again(struct self *s, struct assay_out *out, assay_docid doc, uint32_t side, uint32_t own)
{
    const struct loaded *in = &s->side[side];
    for (uint32_t i = 0; i < own && i < REPEATS_MOST; i++)
        if (in->figure[i].kind != ASSAY_NEVER && says_again(&in->figure[i], &in->figure[own])) {
            struct edge edge = {REPEATED, 0, doc, doc, i, own};
            return s->host->to_corpus(s->host, out, SLOT_EDGE, &edge);
        }
    return ASSAY_OK;
}

/* Ties figure `own` of a side to others of its text. */
typedef assay_status tie_own(struct self *, struct assay_out *, assay_docid doc, uint32_t side, uint32_t own);

/* Both ends of every link; `which`: of those alone. */
static assay_status tie_ends(struct self *s, struct assay_out *out, const struct pair *pair, tie_own *tie,
                             int (*which)(const struct self *, const struct link *))
{
    assay_status status = ASSAY_OK;
    for (uint32_t i = 0; i < s->links.count && !status; i++) {
        const struct link *l = &s->links.at[i];
        if (which && !which(s, l))
            continue;
        status = tie(s, out, pair->a, 0, l->a);
        if (!status)
            status = tie(s, out, pair->b, 1, l->b);
    }
    return status;
}

/* The document whose name is the lesser one first: hashes of names change with the folder, and where two ties are
 * equally good the first one is taken. */
static void order_sides(struct self *s, struct pair *pair)
{
    struct loaded *a = &s->side[0], *b = &s->side[1], swap = *a;
    assay_docid doc = pair->a;
    if (!a->document || !b->document || text_order(a->document->doc, b->document->doc) <= 0)
        return;
    *a = *b;
    *b = swap;
    pair->a = pair->b;
    pair->b = doc;
}

static assay_status link_pair(struct self *s, struct assay_out *out, struct pair *pair)
{
    struct loaded *a = &s->side[0], *b = &s->side[1];
    uint32_t parallel;
    assay_status status = load_side(s, out, pair->a, a);
    if (status || (status = load_side(s, out, pair->b, b)))
        return status == ASSAY_NO ? ASSAY_OK : status;
    order_sides(s, pair);
    int one_language = same_language(a, b);
    struct link_options o = {s->concepts, pair->score, !one_language, 0, days_between(a->document, b->document),
                             pair->fact};
    o.same_source = a->document && b->document && same_folded(a->document->source, b->document->source);
    s->links.count = 0;
    if (!link_documents(s->linker, &a->side, &b->side, &o, &s->links, &parallel))
        return ASSAY_ENOMEM;
    int translation = !one_language && parallel >= TRANSLATION &&
                      is_translation(s->linker, &a->side, &b->side, &s->links);
    status = write_edges(s, out, &s->links, pair->a, pair->b, translation ? EDGE_TRANSLATION : 0);
    if (!status)
        status = write_edges(s, out, linker_days(s->linker), pair->a, pair->b, translation ? EDGE_TRANSLATION : 0);
    if (!status)
        status = tie_ends(s, out, pair, write_refuted, NULL);
    if (!status)
        status = tie_ends(s, out, pair, write_again, NULL);
    return status ? status : tie_ends(s, out, pair, write_repeats, differs);
}

assay_status pair_reduce(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    struct self *s = self;
    struct pair *pairs;
    uint64_t count;
    (void)key;
    (void)size;
    assay_status status = gather(s, out, values, &pairs, &count);
    for (uint64_t i = 0; i < count && !status; i++)
        status = link_pair(s, out, &pairs[i]);
    return status;
}

/* ---- finish: components ---- */

struct node {
    assay_docid doc;
    uint32_t claim, parent, first; /* parent: index, itself for a root; first: smallest node of a root by name */
    uint16_t size, edges;          /* nodes of a root; links kept */
};

struct forest {
    struct node *node;
    uint32_t *slot; /* node + 1 */
    uint64_t slots;
    uint32_t count, room;
};

static uint64_t name_hash(assay_docid doc, uint32_t claim)
{
    uint64_t name[2] = {doc, claim};
    return XXH3_64bits(name, sizeof name);
}

static int rehash(struct forest *f)
{
    uint64_t slots = f->slots ? f->slots * 2 : 1024;
    uint32_t *slot = calloc(slots, sizeof *slot);
    if (!slot)
        return 0;
    for (uint32_t i = 0; i < f->count; i++) {
        uint64_t at = name_hash(f->node[i].doc, f->node[i].claim) & (slots - 1);
        while (slot[at])
            at = (at + 1) & (slots - 1);
        slot[at] = i + 1;
    }
    free(f->slot);
    f->slot = slot;
    f->slots = slots;
    return 1;
}

static uint32_t node_of(struct forest *f, assay_docid doc, uint32_t claim)
{
    if ((uint64_t)f->count * 2 >= f->slots && !rehash(f))
        return ASSAY_NEVER;
    uint64_t at = name_hash(doc, claim) & (f->slots - 1);
    for (; f->slot[at]; at = (at + 1) & (f->slots - 1)) {
        struct node *n = &f->node[f->slot[at] - 1];
        if (n->doc == doc && n->claim == claim)
            return f->slot[at] - 1;
    }
    if (f->count == f->room) {
        uint32_t room = f->room ? f->room * 2 : 512;
        struct node *node = realloc(f->node, (size_t)room * sizeof *node);
        if (!node)
            return ASSAY_NEVER;
        f->node = node;
        f->room = room;
    }
    f->node[f->count] = (struct node){doc, claim, f->count, f->count, 1, 0};
    f->slot[at] = f->count + 1;
    return f->count++;
}

static uint32_t root_node(struct forest *f, uint32_t i)
{
    while (f->node[i].parent != i) {
        f->node[i].parent = f->node[f->node[i].parent].parent;
        i = f->node[i].parent;
    }
    return i;
}

static int named_before(const struct node *a, const struct node *b)
{
    return a->doc != b->doc ? a->doc < b->doc : a->claim < b->claim;
}

/* 1 where both ends are in one component afterwards. */
static int join(struct forest *f, uint32_t a, uint32_t b)
{
    a = root_node(f, a);
    b = root_node(f, b);
    if (a == b)
        return 1;
    if (f->node[a].size + f->node[b].size > COMPONENT)
        return 0;
    if (f->node[a].size < f->node[b].size) {
        uint32_t swap = a;
        a = b;
        b = swap;
    }
    f->node[b].parent = a;
    f->node[a].size = (uint16_t)(f->node[a].size + f->node[b].size);
    if (named_before(&f->node[f->node[b].first], &f->node[f->node[a].first]))
        f->node[a].first = f->node[b].first;
    return 1;
}

struct half {
    uint32_t from, to;
    uint16_t score, flags;
};

struct halves {
    struct half *at;
    size_t count, room;
    const struct forest *forest;
};

/* How strong a link is, in steps: it hangs on how rare words are in the corpus, and shifts a little with any documents
 * that come. In a run folder, what was judged is found again as long as no step is passed. The weakest stay as they
 * are: none is 0. Which links a component keeps is decided before, by all of the strength. */
static uint16_t step_of(uint32_t score)
{
    return (uint16_t)(score < STRENGTH ? score : (score + STRENGTH / 2) / STRENGTH * STRENGTH);
}

static int add_half(struct halves *h, uint32_t from, uint32_t to, const struct edge *e)
{
    if (h->count == h->room) {
        size_t room = h->room ? h->room + h->room / 2 : 1024; /* many million of them: no room is left unused */
        struct half *at = realloc(h->at, room * sizeof *at);
        if (!at)
            return 0;
        h->at = at;
        h->room = room;
    }
    h->at[h->count++] = (struct half){from, to, step_of(e->score), (uint16_t)e->flags};
    return 1;
}

static int by_ends(const void *a, const void *b, void *forest)
{
    const struct half *x = a, *y = b;
    const struct forest *f = forest;
    if (x->from != y->from)
        return named_before(&f->node[x->from], &f->node[y->from]) ? -1 : 1;
    if (x->to != y->to)
        return named_before(&f->node[x->to], &f->node[y->to]) ? -1 : 1;
    return x->score != y->score ? (x->score > y->score ? -1 : 1) : x->flags < y->flags ? -1 : x->flags > y->flags;
}

static uint64_t component_of(struct forest *f, uint32_t node)
{
    const struct node *first = &f->node[f->node[root_node(f, node)].first];
    return name_hash(first->doc, first->claim);
}

static assay_status write_members(struct self *s, struct assay_out *out, struct forest *f, struct halves *h)
{
    struct half_edge edges[COMPONENT];
    assay_status status = ASSAY_OK;
    for (size_t i = 0; i < h->count && !status;) {
        const struct node *own = &f->node[h->at[i].from];
        struct member member = {component_of(f, h->at[i].from), own->claim, 0, {edges, 0, sizeof *edges}};
        size_t k = i;
        for (; k < h->count && h->at[k].from == h->at[i].from; k++) {
            const struct node *to = &f->node[h->at[k].to];
            if (member.edges.count < COMPONENT && (k == i || h->at[k].to != h->at[k - 1].to))
                edges[member.edges.count++] = (struct half_edge){to->doc, to->claim, h->at[k].score, h->at[k].flags, 0};
        }
        status = s->host->to_document(s->host, out, SLOT_MEMBER, own->doc, &member);
        i = k;
    }
    return status;
}

static assay_status take_edges(struct self *s, struct assay_values *values, struct forest *f, struct halves *halves)
{
    const struct assay_host *h = s->host;
    struct assay_list batch;
    uint64_t left_out = 0;
    assay_status status;
    while (!(status = h->next(h, values, 4096, &batch, NULL)))
        for (uint32_t i = 0; i < batch.count; i++) {
            const struct edge *e = ASSAY_AT(struct edge, batch, i);
            uint32_t a = node_of(f, e->a_doc, e->a), b = a == ASSAY_NEVER ? a : node_of(f, e->b_doc, e->b);
            if (b == ASSAY_NEVER)
                return ASSAY_ENOMEM;
            if (!join(f, a, b)) {
                left_out++;
                continue;
            }
            if (f->node[a].edges >= EDGES && f->node[b].edges >= EDGES)
                continue;
            f->node[a].edges++;
            f->node[b].edges++;
            if (!add_half(halves, a, b, e) || !add_half(halves, b, a, e))
                return ASSAY_ENOMEM;
        }
    if (left_out)
        h->note(h, ASSAY_NOTE_WARNING,
                "%llu links between figures are left out, the weaker ones: at most %u figures are judged together",
                (unsigned long long)left_out, COMPONENT);
    return status == ASSAY_END ? ASSAY_OK : status;
}

assay_status pair_finish(void *self, struct assay_values *values, struct assay_out *out)
{
    struct self *s = self;
    struct forest f = {NULL, NULL, 0, 0, 0};
    struct halves halves = {NULL, 0, 0, &f};
    assay_status status = take_edges(s, values, &f, &halves);
    if (!status && halves.count) {
        qsort_r(halves.at, halves.count, sizeof *halves.at, by_ends, &f);
        status = write_members(s, out, &f, &halves);
    }
    free(f.node);
    free(f.slot);
    free(halves.at);
    return status;
}
