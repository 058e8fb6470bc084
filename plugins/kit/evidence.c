/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/evidence.h>

#include <xxhash.h>

#include <assay/kit/utf8.h>
#include <assay/layers/text.h>

/* Index of the sentence that holds byte `at`, or of the first after it. */
static uint32_t sentence_at(struct assay_list list, uint32_t at)
{
    uint32_t low = 0, high = list.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ASSAY_AT(struct assay_sentence, list, middle)->span.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void find_context(const struct assay_host *h, const struct assay_evidence_slots *slots, struct assay_evidence *e)
{
    struct assay_list list = {0};
    if (slots->sentence != ASSAY_NEVER)
        list = h->records(h, e->doc, slots->sentence);
    uint32_t i = sentence_at(list, e->figure.begin);
    if (i >= list.count)
        return;
    const struct assay_sentence *own = ASSAY_AT(struct assay_sentence, list, i);
    if (i > 0) {
        const struct assay_sentence *s = ASSAY_AT(struct assay_sentence, list, i - 1);
        if (s->paragraph == own->paragraph && s->span.end <= e->sentence.begin)
            e->before = s->span;
    }
    if (i + 1 < list.count) {
        const struct assay_sentence *s = ASSAY_AT(struct assay_sentence, list, i + 1);
        if (s->paragraph == own->paragraph && s->span.begin >= e->sentence.end)
            e->after = s->span;
    }
}

assay_status assay_evidence_get(const struct assay_host *h, void *subject, const struct assay_evidence_slots *slots,
                                struct assay_ref ref, struct assay_evidence *e)
{
    const void *record;
    *e = (struct assay_evidence){0};
    if (h->resolve(h, subject, slots->claim, ref, &e->doc, &record) != ASSAY_OK)
        return ASSAY_NO;
    struct assay_list documents = h->records(h, e->doc, slots->document);
    if (!documents.count)
        return ASSAY_NO;
    e->document = ASSAY_AT(struct assay_document, documents, 0);
    e->claim = record;
    e->text = h->text(h, e->doc);
    e->figure = e->claim->span;
    e->sentence = e->claim->sentence;
    if (e->figure.end > e->text.size || e->figure.begin > e->figure.end)
        return ASSAY_NO;
    /* A provider without sentences leaves the span empty; a sentence that does not hold the figure is none. */
    if (e->sentence.end > e->text.size || e->sentence.begin > e->figure.begin || e->sentence.end < e->figure.end)
        e->sentence = e->figure;
    find_context(h, slots, e);
    return ASSAY_OK;
}

#define LOOK 24u /* bytes a cut may move to meet a blank */

static uint32_t cut_head(struct assay_text t, uint32_t at, uint32_t limit)
{
    for (uint32_t i = at; i < at + LOOK && i < limit; i++)
        if (t.at[i] == ' ' || t.at[i] == '\n')
            return i + 1;
    while (at < limit && !assay_utf8_border(t.at, t.size, at))
        at++;
    return at;
}

static uint32_t cut_tail(struct assay_text t, uint32_t at, uint32_t limit)
{
    for (uint32_t i = at; i + LOOK > at && i > limit; i--)
        if (t.at[i] == ' ' || t.at[i] == '\n')
            return i;
    while (at > limit && !assay_utf8_border(t.at, t.size, at))
        at--;
    return at;
}

struct assay_span assay_evidence_clip(const struct assay_evidence *e, struct assay_span span, uint32_t before,
                                      uint32_t after, int *head, int *tail)
{
    uint32_t begin = e->figure.begin, end = e->figure.end;
    *head = *tail = 0;
    if (span.begin < begin && begin - span.begin > before) {
        span.begin = cut_head(e->text, begin - before, begin);
        *head = 1;
    }
    if (span.end > end && span.end - end > after) {
        span.end = cut_tail(e->text, end + after, end);
        *tail = 1;
    }
    return span;
}

struct assay_text assay_evidence_unit(const struct assay_host *h, void *subject,
                                      const struct assay_evidence_slots *slots, const struct assay_value *v)
{
    const void *record;
    if (v->unit.at || !v->claims.count)
        return v->unit;
    if (h->resolve(h, subject, slots->claim, *ASSAY_AT(struct assay_ref, v->claims, 0), NULL, &record) != ASSAY_OK)
        return v->unit;
    const struct assay_claim *claim = record;
    return claim->kind == ASSAY_KIND_MULTIPLE ? (struct assay_text){"times", 5} : v->unit;
}

static int has_doc(const struct assay_ref *ref, uint32_t n, assay_docid doc)
{
    for (uint32_t i = 0; i < n; i++)
        if (ref[i].doc == doc)
            return 1;
    return 0;
}

static int has_hash(const uint64_t *hash, uint32_t n, uint64_t one)
{
    for (uint32_t i = 0; i < n; i++)
        if (hash[i] == one)
            return 1;
    return 0;
}

/* Equal for the same figure in the same words. */
static uint64_t wording(const struct assay_evidence *e)
{
    return XXH3_64bits_withSeed(e->text.at + e->sentence.begin, e->sentence.end - e->sentence.begin,
                                e->figure.begin - e->sentence.begin);
}

struct choosing {
    const struct assay_host *host;
    void *subject;
    const struct assay_evidence_slots *slots;
    uint32_t most;
    uint64_t hash[ASSAY_EVIDENCE_SHOW];
    struct assay_evidence_choice *c;
};

static int show(struct choosing *x, struct assay_ref ref)
{
    struct assay_evidence e;
    struct assay_evidence_choice *c = x->c;
    if (c->shown >= x->most || assay_evidence_get(x->host, x->subject, x->slots, ref, &e) != ASSAY_OK ||
        has_hash(x->hash, c->shown, wording(&e)))
        return 0;
    x->hash[c->shown] = wording(&e);
    c->show[c->shown++] = ref;
    return 1;
}

void assay_evidence_choose(const struct assay_host *h, void *subject, const struct assay_evidence_slots *slots,
                           struct assay_list claims, uint32_t most, struct assay_evidence_choice *c)
{
    struct choosing x = {h, subject, slots, most < ASSAY_EVIDENCE_SHOW ? most : ASSAY_EVIDENCE_SHOW, {0}, c};
    *c = (struct assay_evidence_choice){0};
    /* First a quote a text ... */
    for (uint32_t i = 0; i < claims.count; i++) {
        struct assay_ref ref = *ASSAY_AT(struct assay_ref, claims, i);
        if (has_doc(c->show, c->shown, ref.doc) || has_doc(c->other, c->others, ref.doc) || show(&x, ref))
            continue;
        if (c->others < ASSAY_EVIDENCE_OTHER)
            c->other[c->others++] = ref;
        else
            c->rest++;
    }
    /* ... then, where there is room, a second one of a text that is quoted already. */
    for (uint32_t i = 0; i < claims.count && c->shown < x.most; i++) {
        struct assay_ref ref = *ASSAY_AT(struct assay_ref, claims, i);
        if (has_doc(c->show, c->shown, ref.doc))
            show(&x, ref);
    }
}
