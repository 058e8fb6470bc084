/* SPDX-License-Identifier: Apache-2.0
 *
 * analyse, and round "rarity": how many sentences and documents each term stands in.
 */
#include <stdlib.h>
#include <string.h>

#include "consistency.h"

const struct assay_document *document_of(const struct self *s, const struct assay_doc *doc)
{
    struct assay_list list = s->host->records(s->host, doc, SLOT_DOCUMENT);
    return list.count ? ASSAY_AT(struct assay_document, list, 0) : NULL;
}

struct arena_of {
    const struct assay_host *host;
    void *subject;
};

static void *document_memory(void *subject, uint64_t size)
{
    struct arena_of *arena = subject;
    return arena->host->alloc(arena->host, arena->subject, size);
}

assay_status prepare_document(void *self, struct assay_doc *doc)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    const struct assay_document *d = document_of(s, doc);
    struct arena_of arena = {h, doc};
    struct terms_output out;
    struct terms_input in = {h->text(h, doc), h->records(h, doc, SLOT_SENTENCE), h->records(h, doc, SLOT_CLAIM),
                             h->records(h, doc, SLOT_LANGUAGE), {NULL, 0}};
    if (d)
        in.language = d->language.size ? d->language : d->declared;
    if (!terms_of(s->terms, &in, &out, document_memory, &arena))
        return ASSAY_ENOMEM;
    assay_status status = ASSAY_OK;
    for (uint32_t i = 0; i < out.contexts && !status; i++)
        status = h->add(h, doc, SLOT_CONTEXT, &out.context[i]);
    for (uint32_t i = 0; i < out.notes && !status; i++)
        status = h->add(h, doc, SLOT_NOTE, &out.note[i]);
    return status;
}

/* ---- rarity ---- */

static int by_key(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b, kx = TERM_KEY(x), ky = TERM_KEY(y);
    if (kx != ky)
        return kx < ky ? -1 : 1;
    return x < y ? -1 : x > y;
}

int document_terms_of(const struct self *s, const struct assay_doc *doc, struct document_terms *to)
{
    struct assay_list contexts = s->host->records(s->host, doc, SLOT_CONTEXT);
    size_t count = 0;
    memset(to, 0, sizeof *to);
    for (uint32_t i = 0; i < contexts.count; i++)
        count += ASSAY_AT(struct context, contexts, i)->terms.count;
    to->sentences = contexts.count;
    if (!count)
        return 1;
    to->at = malloc(count * sizeof *to->at);
    if (!to->at)
        return 0;
    for (uint32_t i = 0; i < contexts.count; i++) {
        struct assay_list terms = ASSAY_AT(struct context, contexts, i)->terms;
        for (uint32_t k = 0; k < terms.count; k++)
            to->at[to->count++] = *ASSAY_AT(uint64_t, terms, k);
    }
    qsort(to->at, to->count, sizeof *to->at, by_key);
    return 1;
}

#define TOTALS 0 /* the key that counts all sentences and documents */

assay_status rarity_map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    struct document_terms terms;
    uint64_t key = TOTALS;
    if (!document_terms_of(s, doc, &terms))
        return ASSAY_ENOMEM;
    struct term_value value = {terms.sentences, 1};
    assay_status status = terms.sentences ? h->emit(h, out, &key, sizeof key, &value) : ASSAY_OK;
    for (uint32_t i = 0; i < terms.count && !status;) {
        uint32_t next = i + 1;
        key = TERM_KEY(terms.at[i]);
        while (next < terms.count && TERM_KEY(terms.at[next]) == key)
            next++;
        value.sentences = next - i;
        status = h->emit(h, out, &key, sizeof key, &value);
        i = next;
    }
    free(terms.at);
    return status;
}

static assay_status sum_terms(const struct self *s, struct assay_values *values, struct term_value *sum)
{
    const struct assay_host *h = s->host;
    struct assay_list batch;
    assay_status status;
    memset(sum, 0, sizeof *sum);
    while (!(status = h->next(h, values, 4096, &batch, NULL)))
        for (uint32_t i = 0; i < batch.count; i++) {
            const struct term_value *v = ASSAY_AT(struct term_value, batch, i);
            sum->sentences += v->sentences;
            sum->documents += v->documents;
        }
    return status == ASSAY_END ? ASSAY_OK : status;
}

assay_status rarity_combine(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    struct self *s = self;
    struct term_value sum;
    assay_status status = sum_terms(s, values, &sum);
    return status ? status : s->host->emit(s->host, out, key, size, &sum);
}

assay_status rarity_reduce(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    struct self *s = self;
    struct term_value sum;
    assay_status status = sum_terms(s, values, &sum);
    struct term_count count = {0, sum.sentences, sum.documents};
    if (status)
        return status;
    memcpy(&count.key, key, size < sizeof count.key ? size : sizeof count.key);
    if (count.key != TOTALS && count.sentences < 2)
        return ASSAY_OK;
    return s->host->to_corpus(s->host, out, SLOT_TERM, &count);
}

assay_status rarity_finish(void *self, struct assay_values *values, struct assay_out *out)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    struct assay_list batch;
    uint64_t slots = rarity_slots(h->count(h, values));
    struct rarity *table = calloc(1, rarity_size(slots));
    assay_status status;
    if (!table)
        return ASSAY_ENOMEM;
    table->slots = slots;
    while (!(status = h->next(h, values, 4096, &batch, NULL)))
        for (uint32_t i = 0; i < batch.count; i++) {
            const struct term_count *c = ASSAY_AT(struct term_count, batch, i);
            struct rarity_entry entry = {c->key, c->sentences, c->documents};
            if (c->key == TOTALS) {
                table->sentences = c->sentences;
                table->documents = c->documents;
            } else {
                rarity_put(table, &entry);
            }
        }
    if (status == ASSAY_END)
        status = h->share(h, out, table, rarity_size(slots));
    free(table);
    return status;
}
