/* SPDX-License-Identifier: Apache-2.0
 *
 * analyse: the digest of a document.
 */
#include <string.h>

#include "consistency.h"
#include "credit.h"
#include "hedge.h"
#include "refute.h"

const struct assay_document *document_of(const struct self *s, const struct assay_doc *doc)
{
    struct assay_list list = s->host->records(s->host, doc, SLOT_DOCUMENT);
    return list.count ? ASSAY_AT(struct assay_document, list, 0) : NULL;
}

const struct digest *digest_of(const struct self *s, const struct assay_doc *doc)
{
    struct assay_list list = s->host->records(s->host, doc, SLOT_DIGEST);
    return list.count ? ASSAY_AT(struct digest, list, 0) : NULL;
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

/* The digest lies in working memory; what is added has to live as long as the document. */
static int keep_text(const struct self *s, struct assay_doc *doc, struct assay_text *text)
{
    char *at = text->size ? s->host->alloc(s->host, doc, text->size) : NULL;
    if (!text->size)
        return 1;
    if (!at)
        return 0;
    memcpy(at, text->at, text->size);
    text->at = at;
    return 1;
}

/* Whom the document credits: with all of it, and in its first sentences. 0: out of memory. */
static int find_credits(struct self *s, const struct terms_input *in, struct digest *digest)
{
    uint64_t lead = credits_lead(in->sentences);
    s->credited.size = s->leading.size = s->cited.size = 0;
    credits_of_text(s->credits, in->text, in->sentences, &s->credited);
    for (uint32_t i = 0; i < in->claims.count; i++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, in->claims, i);
        if (c->span.begin >= lead)
            break;
        if (!c->has_speaker || claim_is_day(c))
            continue;
        credits_of_speaker(s->credits, c->speaker.text, &s->credited);
        assay_buf_add(&s->leading, c->speaker.text.at, c->speaker.text.size);
        assay_buf_byte(&s->leading, '\n');
    }
    digest->credits = (struct assay_text){s->credited.at, s->credited.size};
    digest->lead = (struct assay_text){s->leading.at, s->leading.size};
    if (!cited_find(s->credits, in->text, in->sentences, in->claims, &s->cited_room, &s->cited))
        return 0;
    digest->cited = (struct assay_text){s->cited.at, s->cited.size};
    return !s->credited.failed && !s->leading.failed;
}

assay_status prepare_document(void *self, struct assay_doc *doc)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    const struct assay_document *d = document_of(s, doc);
    struct arena_of arena = {h, doc};
    struct terms_output out;
    struct digest digest;
    struct terms_input in = {h->text(h, doc), h->records(h, doc, SLOT_SENTENCE), h->records(h, doc, SLOT_CLAIM),
                             h->records(h, doc, SLOT_LANGUAGE), {NULL, 0}};
    if (d)
        in.language = d->language.size ? d->language : d->declared;
    if (!terms_of(s->terms, &in, &out, document_memory, &arena))
        return ASSAY_ENOMEM;
    hedges_find(in.claims, out.note, out.notes);
    others_settle(s->concepts, in.claims, out.note, out.notes);
    refutes_find(s->concepts, in.text, in.claims, &out);
    if (!digest_write(&s->room, &out, &digest))
        return ASSAY_ENOMEM;
    if (!digest.notes)
        return ASSAY_OK;
    if (!find_credits(s, &in, &digest) || !keep_text(s, doc, &digest.credits) || !keep_text(s, doc, &digest.lead) ||
        !keep_text(s, doc, &digest.cited))
        return ASSAY_ENOMEM;
    if (!keep_text(s, doc, &digest.terms) || !keep_text(s, doc, &digest.sentences) ||
        !keep_text(s, doc, &digest.figures))
        return ASSAY_ENOMEM;
    return h->add(h, doc, SLOT_DIGEST, &digest);
}
