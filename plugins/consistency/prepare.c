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
    assay_status status = h->add(h, doc, SLOT_STORY, &out.story);
    for (uint32_t i = 0; i < out.contexts && !status; i++)
        status = h->add(h, doc, SLOT_CONTEXT, &out.context[i]);
    for (uint32_t i = 0; i < out.notes && !status; i++)
        status = h->add(h, doc, SLOT_NOTE, &out.note[i]);
    return status;
}

/* ---- rarity ---- */

#define TOTALS 0 /* the key that counts all sentences and documents */

assay_status rarity_map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    struct assay_list list = h->records(h, doc, SLOT_STORY);
    uint64_t key = TOTALS;
    if (!list.count)
        return ASSAY_OK;
    const struct story *story = ASSAY_AT(struct story, list, 0);
    struct term_value value = {story->sentences, 1};
    assay_status status = h->emit(h, out, &key, sizeof key, &value);
    for (uint32_t i = 0; i < story->terms.count && i < story->counts.count && !status; i++) {
        key = TERM_KEY(*ASSAY_AT(uint64_t, story->terms, i));
        value.sentences = *ASSAY_AT(uint32_t, story->counts, i);
        status = h->emit(h, out, &key, sizeof key, &value);
    }
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
