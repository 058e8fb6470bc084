/* SPDX-License-Identifier: Apache-2.0
 *
 * Round "rarity": how many documents each term stands in. A document emits its terms in a few slices of the range of
 * hashes, six bytes a term; reduce counts a slice in a hash table, so that terms cost no rows to sort.
 */
#include <stdlib.h>
#include <string.h>

#include "consistency.h"

#define SLICE_SHIFT 60u /* 16 keys: what of the corpus' vocabulary one reduce holds */
#define SLICE_OF(term) ((term) >> SLICE_SHIFT)
#define TOTALS 0u       /* the key that counts all sentences and documents; they come with slice 0 */
#define FIRST_ROOM 1024u

/* ---- map ---- */

static void put_term(struct assay_buf *b, uint64_t term)
{
    unsigned char packed[DIGEST_TERM];
    digest_pack(packed, TERM_KEY(term), 0);
    assay_buf_add(b, packed, sizeof packed);
}

static assay_status emit_slices(const struct self *s, struct assay_out *out, const struct digest *d,
                                struct assay_buf *b)
{
    uint32_t terms = digest_terms(d), i = 0;
    assay_status status = ASSAY_OK;
    for (uint64_t slice = 0; slice <= SLICE_OF(UINT64_MAX) && !status; slice++) {
        struct term_slice value = {{NULL, 0}, {NULL, 0, sizeof(uint32_t)}, slice ? 0 : d->contexts, slice == 0};
        b->size = 0;
        for (; i < terms && SLICE_OF(digest_term(d, i)) == slice; i++)
            put_term(b, digest_term(d, i));
        value.terms = (struct assay_text){b->at, b->size};
        if (b->failed)
            return ASSAY_ENOMEM;
        if (b->size || value.sentences)
            status = s->host->emit(s->host, out, &slice, sizeof slice, &value);
    }
    return status;
}

assay_status rarity_map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    struct self *s = self;
    const struct digest *d = digest_of(s, doc);
    if (!d || !d->contexts)
        return ASSAY_OK;
    struct assay_buf b = {NULL, 0, 0, 0};
    assay_status status = emit_slices(s, out, d, &b);
    assay_buf_free(&b);
    return status;
}

/* ---- reduce ---- */

/* Open addressing; an entry without documents is free. */
struct counts {
    struct rarity_count *at;
    uint64_t room, used;
};

static struct rarity_count *entry_of(const struct counts *c, uint64_t key)
{
    uint64_t i = (key >> TERM_UNUSED ^ key << 7) & (c->room - 1);
    while (c->at[i].documents && c->at[i].key != key)
        i = (i + 1) & (c->room - 1);
    return &c->at[i];
}

static int grow(struct counts *c)
{
    struct counts more = {NULL, c->room ? c->room * 2 : FIRST_ROOM, c->used};
    more.at = calloc(more.room, sizeof *more.at);
    if (!more.at)
        return 0;
    for (uint64_t i = 0; i < c->room; i++)
        if (c->at[i].documents)
            *entry_of(&more, c->at[i].key) = c->at[i];
    free(c->at);
    *c = more;
    return 1;
}

/* Each once, or as often as it was counted. */
static int count_terms(struct counts *c, struct assay_text terms, struct assay_list times)
{
    for (uint64_t at = 0, i = 0; at + DIGEST_TERM <= terms.size; at += DIGEST_TERM, i++) {
        uint32_t bits;
        uint64_t key = digest_unpack((const unsigned char *)terms.at + at, &bits);
        if (c->used * 3 >= c->room * 2 && !grow(c))
            return 0;
        struct rarity_count *entry = entry_of(c, key);
        c->used += !entry->documents;
        entry->key = key;
        entry->documents += i < times.count ? *ASSAY_AT(uint32_t, times, i) : 1;
    }
    return 1;
}

static assay_status count_slice(struct self *s, struct assay_values *values, struct counts *c,
                                struct rarity_count *totals)
{
    struct assay_list batch;
    assay_status status;
    while (!(status = s->host->next(s->host, values, 1024, &batch, NULL)))
        for (uint32_t i = 0; i < batch.count; i++) {
            const struct term_slice *slice = ASSAY_AT(struct term_slice, batch, i);
            totals->sentences += slice->sentences;
            totals->documents += slice->documents;
            if (!count_terms(c, slice->terms, slice->times))
                return ASSAY_ENOMEM;
        }
    return status == ASSAY_END ? ASSAY_OK : status;
}

static assay_status emit_counts(struct self *s, struct assay_out *out, const void *key, uint32_t size,
                                const struct counts *c, struct term_slice *value)
{
    struct assay_buf b = {NULL, 0, 0, 0};
    uint32_t *times = s->host->alloc(s->host, out, (c->used + 1) * sizeof *times), n = 0;
    if (!times)
        return ASSAY_ENOMEM;
    for (uint64_t i = 0; i < c->room; i++) {
        if (!c->at[i].documents)
            continue;
        put_term(&b, c->at[i].key);
        times[n++] = c->at[i].documents;
    }
    value->terms = (struct assay_text){b.at, b.size};
    value->times = (struct assay_list){times, n, sizeof *times};
    assay_status status = b.failed ? ASSAY_ENOMEM : s->host->emit(s->host, out, key, size, value);
    assay_buf_free(&b);
    return status;
}

/* Where documents are brought together before they are counted, most of their terms are the same. */
assay_status rarity_combine(void *self, const void *key, uint32_t size, struct assay_values *values,
                            struct assay_out *out)
{
    struct counts c = {NULL, 0, 0};
    struct rarity_count totals = {TOTALS, 0, 0};
    assay_status status = count_slice(self, values, &c, &totals);
    struct term_slice value = {.sentences = totals.sentences, .documents = totals.documents};
    if (!status)
        status = emit_counts(self, out, key, size, &c, &value);
    free(c.at);
    return status;
}

assay_status rarity_reduce(void *self, const void *key, uint32_t size, struct assay_values *values,
                           struct assay_out *out)
{
    struct self *s = self;
    struct counts c = {NULL, 0, 0};
    struct rarity_count totals = {TOTALS, 0, 0};
    assay_status status = count_slice(s, values, &c, &totals);
    (void)key;
    (void)size;
    if (!status && totals.documents)
        status = s->host->to_corpus(s->host, out, SLOT_TERM, &totals);
    for (uint64_t i = 0; i < c.room && !status; i++)
        if (c.at[i].documents > 1 && c.at[i].key != TOTALS)
            status = s->host->to_corpus(s->host, out, SLOT_TERM, &c.at[i]);
    free(c.at);
    return status;
}

/* ---- finish ---- */

assay_status rarity_finish(void *self, struct assay_values *values, struct assay_out *out)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    struct rarity_maker maker = {.table = NULL};
    struct assay_list batch;
    uint64_t most = h->count(h, values);
    assay_status status;
    while (!(status = h->next(h, values, 4096, &batch, NULL)))
        for (uint32_t i = 0; i < batch.count; i++) {
            const struct rarity_count *c = ASSAY_AT(struct rarity_count, batch, i);
            int totals = c->key == TOTALS; /* the least key, so it comes first */
            if (!maker.table && !rarity_begin(&maker, most, totals ? c->sentences : 0, totals ? c->documents : 0))
                return ASSAY_ENOMEM;
            if (!totals)
                rarity_add(&maker, c);
        }
    if (status == ASSAY_END && !maker.table && !rarity_begin(&maker, 0, 0, 0))
        status = ASSAY_ENOMEM;
    if (status == ASSAY_END) {
        struct assay_text table = rarity_end(&maker);
        status = h->share(h, out, table.at, table.size);
    }
    rarity_free(&maker);
    return status;
}
