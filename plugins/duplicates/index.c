/* SPDX-License-Identifier: Apache-2.0
 *
 * Round 3: an inverted index of winnowed shingles over the heads of twins. What stands in several texts of one source is
 * that site's furniture; what stands in few texts makes candidates of them.
 */
#include <stdlib.h>
#include <string.h>

#include "dup.h"
#include "mask.h"
#include "mix.h"
#include "sketch.h"

#define BATCH 4096u
#define PAIRS 24u      /* texts that are all paired with each other; more: a star */
#define CHAIN 256u     /* texts of a star that are also paired with the one before them */
#define SITES 3u       /* sources with the same furniture that make it furniture everywhere */
#define PART 400u      /* of a large source, one text in so many makes furniture */
#define UNSIGNED 24u   /* as many texts without source, or */
#define UNSIGNED_PART 100u /* one in so many of them */
#define SOURCES 8192u  /* of one shingle, that are counted; power of two */

struct tally {
    uint32_t source, docs; /* docs 0: free */
    assay_docid first;     /* of furniture: the first text with it; TOLD once the second one is known */
};
#define TOLD UINT64_MAX
#define FURNITURE UINT32_C(0x80000000) /* in docs, once they are counted */

/* ---- map ---- */

/* At most two places of a hash in one text are told: one says that the text has it, two that it repeats itself. */
static int admit(uint64_t *table, uint64_t last, uint64_t hash)
{
    uint64_t print = hash | 1, i = dup_mix(hash) & last;
    while (table[i] != 0 && table[i] != print && table[i] != print - 1)
        i = (i + 1) & last;
    if (table[i] == 0) {
        table[i] = print;
        return 1;
    }
    if (table[i] == print && print != 1) {
        table[i] = print - 1; /* seen twice */
        return 1;
    }
    return 0;
}

assay_status dup_index_map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    struct dup *d = self;
    struct dup_text *t = &d->mine;
    struct assay_text none = {0};
    if (!dup_is_head(d, doc))
        return ASSAY_OK;
    assay_status s = dup_load(d, t, doc);
    if (s != ASSAY_OK || t->words.count < d->rules.least)
        return s;
    if ((s = dup_prepare_text(d, t, none)) != ASSAY_OK)
        return s;
    uint64_t size = 64;
    while (size < 2 * (uint64_t)t->picks)
        size *= 2;
    uint64_t *table = dup_scratch(d, size);
    if (!table)
        return ASSAY_ENOMEM;
    memset(table, 0, size * sizeof *table);
    struct dup_posting p = {t->source, t->words.count};
    for (uint32_t i = 0; i < t->picks && s == ASSAY_OK; i++) {
        uint64_t hash = t->shingle[t->pick[i]];
        if (admit(table, size - 1, hash))
            s = d->host->emit(d->host, out, &hash, sizeof hash, &p);
    }
    return s;
}

/* ---- reduce ---- */

static uint64_t docs_of(struct assay_text sources, uint32_t source)
{
    const struct dup_source *s = (const struct dup_source *)(const void *)sources.at;
    uint64_t low = 0, high = sources.at ? sources.size / sizeof *s : 0, n = high;
    while (low < high) {
        uint64_t mid = low + (high - low) / 2;
        if (s[mid].source < source)
            low = mid + 1;
        else
            high = mid;
    }
    return low < n && s[low].source == source ? s[low].docs : 1;
}

/* How many texts of this source with one shingle make it furniture. */
static uint64_t threshold(const struct dup *d, uint32_t source)
{
    uint64_t docs = docs_of(d->host->shared(d->host, 1), source);
    uint64_t least = source ? d->furniture : UNSIGNED, part = docs / (source ? PART : UNSIGNED_PART);
    return part > least ? part : least;
}

static struct tally *tally_of(struct tally *t, uint32_t size, uint32_t source)
{
    uint32_t i = (uint32_t)dup_mix(source) & (size - 1), tries = 0;
    while (t[i].docs != 0 && t[i].source != source && tries++ < size)
        i = (i + 1) & (size - 1);
    return tries >= size ? NULL : &t[i];
}

/* A group as arrays of texts, each once, and of sources. */
struct group {
    uint64_t *doc;
    struct dup_posting *post;
    struct tally *tally;
    uint64_t docs;
    uint32_t tallies; /* room, a power of two */
};

static assay_status read_group(struct dup *d, struct assay_values *v, struct assay_out *out, struct group *g)
{
    const struct assay_host *h = d->host;
    uint64_t n = h->count(h, v);
    g->tallies = 16;
    while (g->tallies < SOURCES && g->tallies < 2 * n)
        g->tallies *= 2;
    uint64_t *at = dup_scratch(d, 2 * n + 2 * (uint64_t)g->tallies);
    if (!at)
        return ASSAY_ENOMEM;
    g->doc = at;
    g->post = (struct dup_posting *)(void *)(at + n);
    g->tally = (struct tally *)(void *)(at + 2 * n);
    g->docs = 0;
    memset(g->tally, 0, g->tallies * sizeof *g->tally);
    struct assay_list batch;
    const assay_docid *docs;
    assay_docid again = 0;
    assay_status s;
    while ((s = h->next(h, v, BATCH, &batch, &docs)) == ASSAY_OK) {
        for (uint32_t i = 0; i < batch.count && g->docs < n; i++) {
            if (g->docs && g->doc[g->docs - 1] == docs[i]) {
                struct dup_other self = {docs[i]};
                if (again != docs[i] && (s = h->to_document(h, out, DUP_SEED, docs[i], &self)) != ASSAY_OK)
                    return s;
                again = docs[i];
                continue;
            }
            const struct dup_posting *p = ASSAY_AT(struct dup_posting, batch, i);
            struct tally *t = tally_of(g->tally, g->tallies, p->source);
            g->doc[g->docs] = docs[i];
            g->post[g->docs++] = *p;
            if (t)
                *t = (struct tally){p->source, t->docs + 1, 0};
        }
    }
    return s == ASSAY_END ? ASSAY_OK : s;
}

/* Records furniture and marks its sources. */
static assay_status find_furniture(struct dup *d, struct assay_out *out, uint64_t shingle, struct group *g)
{
    const struct assay_host *h = d->host;
    uint32_t sites = 0;
    for (uint32_t i = 0; i < g->tallies; i++) {
        struct tally *t = &g->tally[i];
        if (t->docs < d->furniture || t->docs < threshold(d, t->source))
            continue;
        struct dup_frequent f = {shingle, t->source};
        assay_status s = h->to_corpus(h, out, DUP_FREQUENT, &f);
        if (s != ASSAY_OK)
            return s;
        t->docs |= FURNITURE;
        sites += t->source != 0;
    }
    if (sites < SITES)
        return ASSAY_OK;
    struct dup_frequent f = {shingle, DUP_EVERYWHERE};
    return h->to_corpus(h, out, DUP_FREQUENT, &f);
}

/* Takes out the texts of which the shingle is furniture. The first two of each source keep each other as an example. */
static assay_status drop_furniture(const struct dup *d, struct assay_out *out, struct group *g)
{
    uint64_t kept = 0;
    for (uint64_t i = 0; i < g->docs; i++) {
        struct tally *t = tally_of(g->tally, g->tallies, g->post[i].source);
        if (!t || !(t->docs & FURNITURE)) {
            g->doc[kept] = g->doc[i];
            g->post[kept++] = g->post[i];
            continue;
        }
        if (t->first == 0) {
            t->first = g->doc[i];
        } else if (t->first != TOLD) {
            struct dup_other second = {g->doc[i]};
            assay_status s = d->host->to_document(d->host, out, DUP_FOOT, t->first, &second);
            if (s != ASSAY_OK)
                return s;
            t->first = TOLD;
        }
    }
    g->docs = kept;
    return ASSAY_OK;
}

/* The longer text keeps the record: it is indexed once and the shorter ones pass by it. */
static assay_status pair(const struct dup *d, struct assay_out *out, const struct group *g, uint64_t x, uint64_t y)
{
    uint64_t longer = g->post[x].words > g->post[y].words ? x : y;
    struct dup_other other = {g->doc[longer == x ? y : x]};
    return d->host->to_document(d->host, out, DUP_SEED, g->doc[longer], &other);
}

static assay_status make_pairs(const struct dup *d, struct assay_out *out, const struct group *g)
{
    assay_status s = ASSAY_OK;
    for (uint64_t y = 1; y < g->docs; y++) {
        uint64_t from = g->docs <= PAIRS ? 0 : y - 1;
        for (uint64_t x = from; x < y && g->docs <= CHAIN && s == ASSAY_OK; x++)
            s = pair(d, out, g, x, y);
        if (from > 0 || g->docs > CHAIN)
            s = s != ASSAY_OK ? s : pair(d, out, g, 0, y);
        if (s != ASSAY_OK)
            return s;
    }
    return s;
}

assay_status dup_index_reduce(void *self, const void *key, uint32_t size, struct assay_values *v, struct assay_out *out)
{
    struct dup *d = self;
    struct group g;
    uint64_t shingle;
    (void)size;
    memcpy(&shingle, key, sizeof shingle);
    assay_status s = read_group(d, v, out, &g);
    if (s != ASSAY_OK || g.docs < 2)
        return s;
    if (g.docs >= d->furniture) {
        if ((s = find_furniture(d, out, shingle, &g)) != ASSAY_OK)
            return s;
        if ((s = drop_furniture(d, out, &g)) != ASSAY_OK)
            return s;
    }
    return make_pairs(d, out, &g);
}

/* ---- finish ---- */

assay_status dup_index_finish(void *self, struct assay_values *v, struct assay_out *out)
{
    struct dup *d = self;
    const struct assay_host *h = d->host;
    uint64_t words = dup_mask_words(h->count(h, v));
    uint32_t *blob = malloc(words * sizeof *blob);
    struct assay_list batch;
    assay_status s;
    if (!blob)
        return ASSAY_ENOMEM;
    dup_mask_init(blob, words);
    while ((s = h->next(h, v, BATCH, &batch, NULL)) == ASSAY_OK) {
        for (uint32_t i = 0; i < batch.count; i++) {
            const struct dup_frequent *f = ASSAY_AT(struct dup_frequent, batch, i);
            dup_mask_add(blob, f->shingle, (uint32_t)f->source);
        }
    }
    if (s == ASSAY_END)
        s = h->share(h, out, blob, words * sizeof *blob);
    free(blob);
    return s;
}
