/* SPDX-License-Identifier: Apache-2.0
 *
 * Round 2: aligns the candidates. Boilerplate is not known yet, so both texts have to agree nearly whole.
 */
#include <stdlib.h>
#include <string.h>

#include "dup.h"

#define BATCH 4096u
#define ENOUGH 2u /* twins or texts of the same form; what else is one comes up again in the index */
#define SHORTEST 6u /* bytes of a word and the blank behind it, at least, on average */
#define SLACK 75u  /* per mille by which the runs may cover less than the words they stand for */
#define GROWN 800u /* per mille of the sketch of a text that a later version has, and */
#define HALF 450u  /* of the later version's that the earlier one has */
#define ALIKE 500u /* per mille of the sketches that texts have in common of which 880 of the words agree, or nearly */

static struct dup_found found_of(const struct dup_text *a, const struct dup_text *b, const struct dup_share *share)
{
    return (struct dup_found){.kind = DUP_FOUND_LINK,
                              .a = a->doc,
                              .b = b->doc,
                              .stamp_a = a->stamp,
                              .stamp_b = b->stamp,
                              .share_a = dup_mille(share->found_a, share->a),
                              .share_b = dup_mille(share->found_b, share->b)};
}

static assay_status emit(const struct dup *d, struct assay_out *out, const struct dup_found *found)
{
    return d->host->emit(d->host, out, &found->a, sizeof found->a, found);
}

/* The same words: no alignment needed. */
static assay_status join_twin(struct dup *d, const struct assay_doc *doc, struct assay_out *out, assay_docid twin)
{
    const struct assay_doc *first;
    assay_status s = d->host->view(d->host, out, twin, &first);
    if (s != ASSAY_OK)
        return s;
    struct dup_share all = {1, 1, 1, 1, DUP_COPY};
    struct dup_text a = {.doc = d->host->docid(d->host, doc), .stamp = dup_date_of(d, doc)};
    struct dup_text b = {.doc = twin, .stamp = dup_date_of(d, first)};
    struct dup_found found = found_of(&a, &b, &all);
    return emit(d, out, &found);
}

/* Versions of one story are no twins, but what they have in common must not be taken for their site's furniture. */
static assay_status emit_version(const struct dup *d, struct assay_out *out, assay_docid mine, assay_docid with)
{
    struct dup_found found = {.kind = DUP_FOUND_VERSION, .a = mine, .b = with};
    return emit(d, out, &found);
}

static int are_versions(const struct dup_sketch *a, const struct dup_sketch *b, uint32_t common)
{
    uint32_t more = a->pick.count > b->pick.count ? a->pick.count : b->pick.count;
    uint32_t less = a->pick.count < b->pick.count ? a->pick.count : b->pick.count;
    return a->source == b->source && dup_mille(common, less) >= GROWN && dup_mille(common, more) >= HALF;
}

/* What was found of one text. */
struct finds {
    uint32_t copies, forms;
};

static assay_status compare(struct dup *d, struct assay_out *out, assay_docid with, struct finds *n)
{
    const struct assay_doc *doc;
    struct dup_share share;
    assay_status s = dup_load_other(d, out, with, &d->other, &doc);
    if (s != ASSAY_OK)
        return s;
    if (!dup_align(&d->alignment, &d->index, d->other.words.at, d->other.words.count, 0))
        return ASSAY_ENOMEM;
    if (dup_is_hopeless(&d->rules, &d->mine.side, &d->other.side, &d->alignment, 1))
        return ASSAY_OK;
    if (!dup_judge(&share, &d->marks, &d->rules, &d->mine.side, &d->other.side, &d->alignment, 1))
        return ASSAY_ENOMEM;
    struct dup_found found = found_of(&d->mine, &d->other, &share);
    found.in_a = dup_bytes(&d->mine.side, 0, d->mine.words.count);
    found.in_b = dup_bytes(&d->other.side, 0, d->other.words.count);
    dup_keep_slots(d, &share, &found);
    if (share.relation == DUP_COPY) {
        n->copies++;
        return emit(d, out, &found);
    }
    if (share.relation != DUP_FORM)
        return ASSAY_OK;
    n->forms++;
    found.kind = DUP_FOUND_FORM;
    return emit(d, out, &found);
}

/* Keeps the texts whose sketches have enough in common to be twins, those with most first. */
static assay_status likely(struct dup *d, const struct assay_doc *doc, struct assay_out *out, struct dup_rival *with,
                           uint32_t *count)
{
    struct dup_sketch mine, theirs;
    struct dup_packed packed[DUP_AT_ONCE];
    struct dup_known none = {NULL, 0};
    uint32_t kept = 0;
    assay_status s = dup_sketch_of(d, doc, &d->my_picks, &mine);
    if (s != ASSAY_OK)
        return s;
    if (!dup_glance_make(&d->glance, mine.pick.at, mine.pick.count, none))
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < *count; i++) {
        if (i % DUP_AT_ONCE == 0)
            s = dup_packed_of_some(d, out, with + i, *count - i < DUP_AT_ONCE ? *count - i : DUP_AT_ONCE, packed);
        if (s == ASSAY_OK)
            s = dup_unpack(&d->their_picks, &packed[i % DUP_AT_ONCE], &theirs);
        if (s != ASSAY_OK)
            return s;
        uint32_t more = mine.pick.count > theirs.pick.count ? mine.pick.count : theirs.pick.count;
        uint32_t common, cover = dup_glance_cover(&d->glance, theirs.pick.at, theirs.pick.count, &common);
        uint32_t share = dup_mille(common, more);
        if (are_versions(&mine, &theirs, common) &&
            (s = emit_version(d, out, d->host->docid(d->host, doc), with[i].doc)) != ASSAY_OK)
            return s;
        if (share >= ALIKE && cover + SLACK >= d->rules.twin)
            with[kept++] = (struct dup_rival){.doc = with[i].doc, .common = share};
    }
    dup_rank(with, kept);
    *count = kept;
    return ASSAY_OK;
}

assay_status dup_near_map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    struct dup *d = self;
    struct assay_list twin = d->host->records(d->host, doc, DUP_TWIN);
    if (twin.count)
        return join_twin(d, doc, out, ASSAY_AT(struct dup_other, twin, 0)->doc);
    struct dup_rival *with;
    uint32_t count;
    struct finds n = {0, 0};
    assay_status s = dup_others(d, doc, DUP_CANDIDATE, 1, &with, &count);
    if (s == ASSAY_OK && count) {
        dup_ask_for_text(d, doc);
        s = likely(d, doc, out, with, &count);
    }
    if (s != ASSAY_OK || count == 0)
        return s;
    if ((s = dup_load(d, &d->mine, doc)) != ASSAY_OK)
        return s;
    if (!dup_index_make(&d->index, d->mine.words.at, d->mine.words.count, d->rules.shingle))
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < count && n.copies < ENOUGH && n.forms < ENOUGH && s == ASSAY_OK; i++)
        s = compare(d, out, with[i].doc, &n);
    return s;
}

assay_status dup_near_reduce(void *self, const void *key, uint32_t size, struct assay_values *v, struct assay_out *out)
{
    struct dup *d = self;
    const struct assay_host *h = d->host;
    struct assay_list batch;
    assay_status s;
    (void)key;
    (void)size;
    while ((s = h->next(h, v, BATCH, &batch, NULL)) == ASSAY_OK) {
        for (uint32_t i = 0; i < batch.count; i++) {
            const struct dup_found *f = ASSAY_AT(struct dup_found, batch, i);
            struct dup_form form = {f->b, f->in_a, f->in_b};
            if (f->kind == DUP_FOUND_FORM && (s = h->to_document(h, out, DUP_FORM_OF, f->a, &form)) != ASSAY_OK)
                return s;
            if (f->kind == DUP_FOUND_FORM && f->slot.count == 0)
                continue;
            if ((s = h->to_corpus(h, out, DUP_NEAR, f)) != ASSAY_OK)
                return s;
        }
    }
    return s == ASSAY_END ? ASSAY_OK : s;
}

/* Words that are no furniture; ideographs, and letters of scripts that do not part words, count for less. */
static uint32_t size_of(const struct dup_side *s, uint32_t open)
{
    uint64_t most = s->size / SHORTEST;
    return open < most ? open : (uint32_t)most;
}

void dup_keep_slots(const struct dup *d, const struct dup_share *share, struct dup_found *found)
{
    const struct dup_marks *m = &d->marks;
    uint32_t worded = 0;
    for (uint32_t i = 0; i < m->slots; i++)
        worded += dup_is_worded(&m->slot[i]);
    if (worded < DUP_SLOTS_LEAST)
        return;
    found->slot = (struct assay_list){m->slot, m->slots, sizeof m->slot[0]};
    found->open_a = size_of(&d->mine.side, share->a);
    found->open_b = size_of(&d->other.side, share->b);
}

static uint32_t kind_of_link(uint32_t found)
{
    return found == DUP_FOUND_FORM      ? DUP_LINK_FORM
           : found == DUP_FOUND_VERSION ? DUP_LINK_VERSION
                                        : DUP_LINK_COPY;
}

/* Adds what differs, of which there is `room` so far. 0: out of memory. */
static int keep_slots(struct dup_links *all, uint64_t *room, uint64_t *slots, struct dup_link *link,
                      struct assay_list slot)
{
    if (*slots + slot.count > *room) {
        uint64_t more = (*slots + slot.count) * 3 / 2 + 64;
        struct dup_slot *to = realloc(all->slot, more * sizeof *to);
        if (!to)
            return 0;
        all->slot = to;
        *room = more;
    }
    link->slot = *slots;
    link->slots = slot.count;
    for (uint32_t i = 0; i < slot.count; i++)
        all->slot[(*slots)++] = *ASSAY_AT(struct dup_slot, slot, i);
    return 1;
}

void dup_links_free(struct dup_links *all)
{
    free(all->at);
    free(all->slot);
    memset(all, 0, sizeof *all);
}

assay_status dup_read_links(const struct dup *d, struct assay_values *v, struct dup_links *all, uint32_t *copies,
                            uint32_t *versions, int doubting)
{
    const struct assay_host *h = d->host;
    uint64_t n = h->count(h, v), room = 0, slots = 0;
    struct assay_list batch;
    assay_status s;
    *all = (struct dup_links){n < UINT32_MAX / 4 ? malloc((n + 1) * sizeof *all->at) : NULL, 0, NULL};
    if (!all->at)
        return ASSAY_ENOMEM;
    while ((s = h->next(h, v, BATCH, &batch, NULL)) == ASSAY_OK) {
        for (uint32_t i = 0; i < batch.count && all->count < n; i++) {
            const struct dup_found *f = ASSAY_AT(struct dup_found, batch, i);
            struct dup_link *to = &all->at[all->count++];
            *to = (struct dup_link){f->a, f->b, f->stamp_a, f->stamp_b, f->share_a, f->share_b, f->in_a, f->in_b,
                                    f->open_a, f->open_b, kind_of_link(f->kind), 0, 0};
            if (!keep_slots(all, &room, &slots, to, f->slot))
                return ASSAY_ENOMEM;
        }
    }
    if (s != ASSAY_END)
        return s;
    if (!dup_part_forms(all))
        return ASSAY_ENOMEM;
    if (doubting)
        dup_doubt_forms(all);
    dup_order_links(all, copies, versions);
    return ASSAY_OK;
}

static int is_other_head(const struct dup_member *m, uint32_t members, assay_docid doc)
{
    uint32_t at = dup_member_at(m, members, doc);
    return at < members && m[at].doc == doc && m[at].lead != doc;
}

/* Tells heads of twins to which story they belong. */
static assay_status tell_stories(struct dup *d, struct assay_out *out, const struct dup_member *twin, uint32_t twins,
                                 struct dup_link *link, uint32_t links)
{
    struct dup_member *m;
    uint32_t members;
    assay_status s = ASSAY_OK;
    for (uint32_t i = 0; i < links; i++)
        link[i].share_a = link[i].share_b = 1000;
    if (!dup_cluster(&m, &members, link, links, d->rules.twin))
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < members && s == ASSAY_OK; i++) {
        struct dup_other story = {m[i].lead};
        if (!is_other_head(twin, twins, m[i].doc))
            s = d->host->to_document(d->host, out, DUP_STORY, m[i].doc, &story);
    }
    free(m);
    return s;
}

static assay_status tell_heads(struct dup *d, struct assay_out *out, const struct dup_member *m, uint32_t members)
{
    assay_status s = ASSAY_OK;
    for (uint32_t i = 0; i < members && s == ASSAY_OK; i++) {
        struct dup_head head = {m[i].lead, m[i].via, m[i].stamp};
        s = d->host->to_document(d->host, out, DUP_MEMBER, m[i].doc, &head);
    }
    return s;
}

/* Pairs that only others told to be of one form. */
static assay_status tell_forms(struct dup *d, struct assay_out *out, const struct dup_link *link, uint32_t links)
{
    assay_status s = ASSAY_OK;
    for (uint32_t i = 0; i < links && s == ASSAY_OK; i++) {
        struct dup_form form = {link[i].b, link[i].in_a, link[i].in_b};
        if (link[i].kind == DUP_LINK_FILLED)
            s = d->host->to_document(d->host, out, DUP_FORM_OF, link[i].a, &form);
    }
    return s;
}

static assay_status settle_links(struct dup *d, struct assay_out *out, const struct dup_links *all, uint32_t twins,
                                 uint32_t versions)
{
    struct dup_member *m;
    uint32_t members;
    assay_status s = tell_forms(d, out, all->at + versions, all->count - versions);
    if (s != ASSAY_OK)
        return s;
    if (!dup_cluster(&m, &members, all->at, twins, d->rules.twin))
        return ASSAY_ENOMEM;
    s = tell_heads(d, out, m, members);
    if (s == ASSAY_OK && twins < versions)
        s = tell_stories(d, out, m, members, all->at, versions);
    free(m);
    return s;
}

assay_status dup_near_finish(void *self, struct assay_values *v, struct assay_out *out)
{
    struct dup *d = self;
    struct dup_links all;
    uint32_t twins, versions;
    assay_status s = dup_read_links(d, v, &all, &twins, &versions, 1);
    if (s == ASSAY_OK)
        s = settle_links(d, out, &all, twins, versions);
    dup_links_free(&all);
    struct dup_layout layout = dup_index_layout(d);
    /* all that the next maps take of the table of sources */
    return s == ASSAY_OK ? d->host->share(d->host, out, &layout, sizeof layout) : s;
}
