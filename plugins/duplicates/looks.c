/* SPDX-License-Identifier: Apache-2.0
 *
 * What comparing (round 4) and the report (round 5) ask of shared blobs, as keys: a text's furniture (the mask of round
 * 3), and in the report its cluster (the leads of round 4). A run folder keeps them, and calls the maps of a later run
 * only where the blobs answer otherwise.
 */
#include "dup.h"
#include "mask.h"

#define MASK_ROUND 3u
#define LEADS_ROUND 4u
#define REPORT 5u

/* Prints of the mask are odd. */
static uint32_t key_of(assay_docid doc)
{
    return (uint32_t)(doc >> 32) << 1;
}

assay_status dup_looks(void *self, uint32_t round, const struct assay_doc *doc, struct assay_out *out,
                       struct assay_list *keys)
{
    struct dup *d = self;
    struct dup_sketch sketch;
    assay_status s = dup_sketch_of(d, doc, &d->my_picks, &sketch);
    if (s != ASSAY_OK)
        return s;
    const uint32_t *pick = sketch.pick.at;
    uint32_t n = 0, *key = d->host->alloc(d->host, out, (sketch.pick.count * 2ull + 1) * sizeof *key);
    if (!key)
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < sketch.pick.count; i++) {
        key[n++] = dup_mask_print(pick[i], sketch.source);
        key[n++] = dup_mask_print(pick[i], DUP_EVERYWHERE);
    }
    if (round == REPORT)
        key[n++] = key_of(dup_twin_of(d, doc));
    *keys = (struct assay_list){key, n, sizeof *key};
    return ASSAY_OK;
}

/* NULL: there is none. */
static const uint32_t *mask_of(struct assay_text blob)
{
    return blob.at && blob.size > DUP_MASK_HEAD * sizeof(uint32_t) ? (const uint32_t *)(const void *)blob.at : NULL;
}

/* Heads of which the two lists, both ascending, say different things; into `to`, or counted. */
static uint64_t leads_differ(struct assay_text now, struct assay_text before, uint32_t *to)
{
    const struct dup_lead *a = (const struct dup_lead *)(const void *)now.at,
                          *b = (const struct dup_lead *)(const void *)before.at;
    uint64_t as = a ? now.size / sizeof *a : 0, bs = b ? before.size / sizeof *b : 0, n = 0;
    for (uint64_t i = 0, j = 0; i < as || j < bs;) {
        int mine = i < as && (j == bs || a[i].doc <= b[j].doc), theirs = j < bs && (i == as || b[j].doc <= a[i].doc);
        assay_docid doc = mine ? a[i].doc : b[j].doc;
        int same = mine && theirs && a[i].lead == b[j].lead && a[i].via == b[j].via;
        i += (uint64_t)mine;
        j += (uint64_t)theirs;
        if (same)
            continue;
        if (to)
            to[n] = key_of(doc);
        n++;
    }
    return n;
}

assay_status dup_differs(void *self, uint32_t round, struct assay_out *out, struct assay_list *keys)
{
    struct dup *d = self;
    const struct assay_host *h = d->host;
    const uint32_t *now = mask_of(h->shared(h, MASK_ROUND)), *before = mask_of(h->shared_before(h, MASK_ROUND));
    struct assay_text leads = {0}, leads_before = {0};
    if (!now != !before)
        return ASSAY_SKIP;
    if (round == REPORT) {
        leads = h->shared(h, LEADS_ROUND);
        leads_before = h->shared_before(h, LEADS_ROUND);
    } else if (dup_parts_in(h->shared(h, DUP_INDEX_ROUND)) != dup_parts_in(h->shared_before(h, DUP_INDEX_ROUND))) {
        return ASSAY_SKIP; /* what seeds tell is another */
    }
    uint64_t prints = now ? dup_mask_differs(now, before, NULL) : 0, heads = leads_differ(leads, leads_before, NULL);
    if (prints + heads >= UINT32_MAX)
        return ASSAY_SKIP;
    uint32_t *key = h->alloc(h, out, (prints + heads + 1) * sizeof *key);
    if (!key)
        return ASSAY_ENOMEM;
    if (now)
        dup_mask_differs(now, before, key);
    leads_differ(leads, leads_before, key + prints);
    *keys = (struct assay_list){key, (uint32_t)(prints + heads), sizeof *key};
    return ASSAY_OK;
}
