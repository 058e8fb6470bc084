/* SPDX-License-Identifier: Apache-2.0
 *
 * The figures of a component, read where they stand: claims, what they are about, their sentences and origins. Views of
 * documents go after a while, so that everything is copied into memory of the hook.
 */
#include <string.h>

#include "consistency.h"

#define SENTENCE_MOST 65536u /* bytes of a sentence that are kept */

struct carrier {
    struct self *s;
    struct assay_out *out;
    int failed;
};

static void *keep(struct carrier *k, const void *bytes, uint64_t size)
{
    char *at = k->s->host->alloc(k->s->host, k->out, size + 1);
    if (!at) {
        k->failed = 1;
        return NULL;
    }
    if (size)
        memcpy(at, bytes, size);
    return at;
}

static void keep_text(struct carrier *k, struct assay_text *t)
{
    if (t->at)
        t->at = keep(k, t->at, t->size);
}

/* The list's elements side by side. */
static void keep_list(struct carrier *k, struct assay_list *list, uint32_t size)
{
    char *at = k->s->host->alloc(k->s->host, k->out, (uint64_t)list->count * size + 1);
    if (!at) {
        k->failed = 1;
        list->count = 0;
        return;
    }
    for (uint32_t i = 0; i < list->count; i++)
        memcpy(at + (size_t)i * size, (const char *)list->at + (size_t)i * list->stride, size);
    *list = (struct assay_list){at, list->count, size};
}

/* Our own table of claim/1 is the provider's or a copy in our layout: the whole record is there. What judging does not
 * read becomes null. */
static void keep_claim(struct carrier *k, struct assay_claim *c)
{
    struct assay_text *text[] = {&c->text,    &c->decimal,   &c->decimal_high,  &c->unit,
                                 &c->counted, &c->base_unit, &c->per,           &c->time.from,
                                 &c->time.to, &c->time.text, &c->measured.text, &c->language,
                                 &c->speaker.text};
    c->measured.stems = (struct assay_list){NULL, 0, 0};
    c->measured.concept = c->rule = (struct assay_text){NULL, 0};
    if (!c->has_speaker)
        memset(&c->speaker, 0, sizeof c->speaker);
    if (!c->has_time)
        memset(&c->time, 0, sizeof c->time);
    if (!c->has_measured)
        memset(&c->measured, 0, sizeof c->measured);
    for (uint32_t i = 0; i < ASSAY_COUNT(text); i++)
        keep_text(k, text[i]);
    keep_list(k, &c->entities, sizeof(struct assay_entity));
    for (uint32_t i = 0; i < c->entities.count; i++) {
        struct assay_entity *e = (struct assay_entity *)(uintptr_t)ASSAY_AT(struct assay_entity, c->entities, i);
        keep_text(k, &e->text);
        keep_text(k, &e->id);
    }
}

static int covers(struct assay_span outer, struct assay_span inner)
{
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

/* Half of a text that is a copy makes the rest of it the work of an editor, not of a newsroom. */
#define MOSTLY 0.5

static int tells_of(const struct assay_origin *o, const struct carried *c)
{
    return covers(o->span, c->claim.span) || o->covered >= MOSTLY;
}

/* Origins of a figure: of its bytes, and of most of its text. */
static void keep_origins(struct carrier *k, struct assay_list origins, struct carried *c)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < origins.count; i++)
        n += tells_of(ASSAY_AT(struct assay_origin, origins, i), c) != 0;
    if (!n)
        return;
    uint64_t *group = k->s->host->alloc(k->s->host, k->out, n * sizeof *group);
    assay_docid *from = k->s->host->alloc(k->s->host, k->out, n * sizeof *from);
    if (!group || !from) {
        k->failed = 1;
        return;
    }
    n = 0;
    for (uint32_t i = 0; i < origins.count; i++) {
        const struct assay_origin *o = ASSAY_AT(struct assay_origin, origins, i);
        if (!tells_of(o, c))
            continue;
        group[n] = o->group;
        from[n++] = o->from.doc;
    }
    c->groups = (struct assay_list){group, n, sizeof *group};
    c->copied_from = (struct assay_list){from, n, sizeof *from};
}

/* The terms of a sentence with their weights. */
static void keep_terms(struct carrier *k, const struct context *from, struct context *to)
{
    to->terms = from->terms;
    keep_list(k, &to->terms, sizeof(uint64_t));
    to->weight = keep(k, from->weight, to->terms.count * sizeof *from->weight);
}

static void keep_context(struct carrier *k, const struct digest_open *digest, struct assay_text text, struct carried *c)
{
    const struct note *note = &digest->note[c->ref.index];
    c->concept = note->concept;
    c->also = note->also;
    c->part = note->part;
    c->aspects = note->aspects;
    c->thing = note->thing;
    c->place = note->place;
    c->context = note->context;
    if (note->context >= digest->contexts)
        return;
    const struct context *context = &digest->context[note->context];
    uint64_t size = context->span.end - context->span.begin;
    c->sentence = (struct assay_text){text.at + context->span.begin, size < SENTENCE_MOST ? size : SENTENCE_MOST};
    keep_text(k, &c->sentence);
}

/* Whom the sentence of the claim cites. */
static void keep_cited(struct carrier *k, struct assay_text cited, struct carried *c)
{
    struct assay_buf own = {0};
    cited_of(cited, c->claim.sentence.begin, &own);
    c->cited = (struct assay_text){own.at, own.size};
    keep_text(k, &c->cited);
    k->failed |= own.failed;
    assay_buf_free(&own);
}

static uint32_t ordinal_of(const struct digest_open *digest, uint32_t claim)
{
    uint32_t n = 0, context = digest->note[claim].context;
    while (n < claim && n < 1000 && digest->note[claim - n - 1].context == context)
        n++;
    return n;
}

static struct assay_list edges_of(struct assay_list members, uint32_t claim)
{
    for (uint32_t i = 0; i < members.count; i++)
        if (ASSAY_AT(struct member, members, i)->claim == claim)
            return ASSAY_AT(struct member, members, i)->edges;
    return (struct assay_list){NULL, 0, 0};
}

/* The claims of one document that values [first, end) name. */
static void carry_document(struct carrier *k, const struct assay_doc *doc, const struct digest *stored,
                           struct assay_list values, uint32_t first, uint32_t end, struct carried *to, uint32_t *count)
{
    const struct assay_host *h = k->s->host;
    const struct digest_open *digest = &k->s->side[0].digest;
    const struct assay_document *d = document_of(k->s, doc);
    struct assay_list claims = h->records(h, doc, SLOT_CLAIM), members = h->records(h, doc, SLOT_MEMBER),
                      origins = h->records(h, doc, SLOT_ORIGIN);
    struct carried shared;
    if (!d)
        return;
    memset(&shared, 0, sizeof shared);
    shared.doc = d->doc;
    shared.source = d->source;
    shared.published = d->published;
    keep_text(k, &shared.doc);
    keep_text(k, &shared.source);
    keep_text(k, &shared.published);
    shared.credits = stored->credits;
    shared.lead = stored->lead;
    keep_text(k, &shared.credits);
    keep_text(k, &shared.lead);
    for (uint32_t i = first; i < end; i++) {
        const struct judge_value *v = ASSAY_AT(struct judge_value, values, i);
        if (v->within || v->claim >= claims.count || v->claim >= digest->notes)
            continue;
        struct carried *c = &to[(*count)++];
        *c = shared;
        c->ref = (struct assay_ref){h->docid(h, doc), v->claim, 0};
        c->claim = *ASSAY_AT(struct assay_claim, claims, v->claim);
        keep_claim(k, &c->claim);
        keep_context(k, digest, h->text(h, doc), c);
        keep_origins(k, origins, c);
        keep_cited(k, stored->cited, c);
        c->ordinal = ordinal_of(digest, v->claim);
        c->edges = edges_of(members, v->claim);
        keep_list(k, &c->edges, sizeof(struct half_edge));
    }
}

assay_status carry_claims(struct self *s, struct assay_out *out, struct assay_list values, const assay_docid *docs,
                          struct carried *to, uint32_t *count)
{
    const struct assay_host *h = s->host;
    struct carrier k = {s, out, 0};
    *count = 0;
    for (uint32_t i = 0, end; i < values.count; i = end) {
        const struct assay_doc *doc;
        for (end = i + 1; end < values.count && docs[end] == docs[i];)
            end++;
        assay_status status = h->view(h, out, docs[i], &doc);
        if (status == ASSAY_NO)
            continue;
        if (status)
            return status;
        const struct digest *digest = digest_of(s, doc);
        if (digest && !digest_outline(&s->side[0].digest, digest, FIGURES_COMPARED))
            return ASSAY_ENOMEM;
        if (digest)
            carry_document(&k, doc, digest, values, i, end, to, count);
        if (k.failed)
            return ASSAY_ENOMEM;
    }
    return ASSAY_OK;
}

int carry_context(struct self *s, struct assay_out *out, const struct carried *c, struct context *to)
{
    struct carrier k = {s, out, 0};
    const struct digest_open *open = &s->side[0].digest;
    const struct assay_doc *doc;
    if (to->weight)
        return 1;
    if (s->host->view(s->host, out, c->ref.doc, &doc))
        return 0;
    const struct digest *digest = digest_of(s, doc);
    if (!digest || !read_weighed(s, doc, digest, &s->side[0].digest))
        return 0;
    if (c->context < open->contexts)
        keep_terms(&k, &open->context[c->context], to);
    return !k.failed;
}
