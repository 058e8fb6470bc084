/* SPDX-License-Identifier: Apache-2.0
 *
 * Round 4: aligns texts that have several shingles in common, with furniture left out.
 */
#include <stdlib.h>

#include "dup.h"
#include "mask.h"
#include "mix.h"

#define BATCH 4096u
#define FORMS 2u
#define PHRASE 75u      /* per mille of a text's runs, below which what it has in common may be a phrase, */
#define PHRASE_RUNS 5u  /* and runs that a phrase extends over: some fifteen words */
#define NAMED 4u /* slots that hold words in texts of a known form; fewer may be edits of a story whose figures are others */

static assay_status emit(const struct dup *d, struct assay_out *out, const struct dup_found *found)
{
    return d->host->emit(d->host, out, &found->a, sizeof found->a, found);
}

static struct dup_found start(const struct dup *d, const struct dup_share *s, uint32_t kind)
{
    return (struct dup_found){.kind = kind, .a = d->mine.doc, .b = d->other.doc, .stamp_a = d->mine.stamp,
                              .stamp_b = d->other.stamp, .share_a = dup_mille(s->found_a, s->a),
                              .share_b = dup_mille(s->found_b, s->b)};
}

static int is_inside(uint32_t from, uint32_t to, uint32_t all_from, uint32_t all_to)
{
    uint32_t begin = from > all_from ? from : all_from, end = to < all_to ? to : all_to;
    return end > begin && (uint64_t)(end - begin) * 4 >= (uint64_t)(to - from) * 3;
}

/* Where the longest chain stands on one side, this one does, too: the other text has it several times. */
static int is_again(const struct dup_block *k, const struct dup_block *best)
{
    return is_inside(k->a0, k->a1, best->a0, best->a1) || is_inside(k->b0, k->b1, best->b0, best->b1);
}

/* The hull of the chains that count, in words, but for what is there again. 0: there is none. */
static int hull(const struct dup_alignment *al, struct dup_block *to)
{
    const struct dup_block *best = NULL;
    for (uint32_t i = 0; i < al->chains; i++)
        if (al->chain[i].matched && (!best || al->chain[i].matched > best->matched))
            best = &al->chain[i];
    if (!best)
        return 0;
    *to = *best;
    for (uint32_t i = 0; i < al->chains; i++) {
        const struct dup_block *k = &al->chain[i];
        if (k->matched == 0 || is_again(k, best))
            continue;
        to->a0 = k->a0 < to->a0 ? k->a0 : to->a0;
        to->a1 = k->a1 > to->a1 ? k->a1 : to->a1;
        to->b0 = k->b0 < to->b0 ? k->b0 : to->b0;
        to->b1 = k->b1 > to->b1 ? k->b1 : to->b1;
    }
    return 1;
}

static assay_status emit_copy(struct dup *d, struct assay_out *out, const struct dup_share *share)
{
    struct dup_block all;
    struct dup_found found = start(d, share, DUP_FOUND_LINK);
    if (!hull(&d->alignment, &all))
        return ASSAY_OK;
    found.in_a = dup_bytes(&d->mine.side, all.a0, all.a1);
    found.in_b = dup_bytes(&d->other.side, all.b0, all.b1);
    dup_keep_slots(d, share, &found);
    assay_status s = emit(d, out, &found);
    if (s != ASSAY_OK || (found.share_a >= d->rules.copy && found.share_b >= d->rules.copy))
        return s;
    found.kind = DUP_FOUND_EXCERPT; /* told where the two end up in different clusters */
    found.slot.count = 0;
    return emit(d, out, &found);
}

static void take_in(struct assay_span *all, struct assay_span one)
{
    all->begin = one.begin < all->begin ? one.begin : all->begin;
    all->end = one.end > all->end ? one.end : all->end;
}

uint32_t dup_tell_block(struct assay_differ *told, uint32_t n, const struct dup_side *a, const struct dup_side *b,
                        const struct dup_block *k)
{
    struct assay_differ one = {dup_bytes(a, k->a0, k->a1), dup_bytes(b, k->b0, k->b1)};
    if (n < DUP_BLOCKS_TOLD) {
        told[n] = one;
        return n + 1;
    }
    take_in(&told[n - 1].a, one.a);
    take_in(&told[n - 1].b, one.b);
    return n;
}

static int lies_in(struct assay_span part, struct assay_span whole)
{
    return part.begin >= whole.begin && part.end <= whole.end;
}

/* The figures that differ within the places told: where one text has a passage twice, the hull leaves out one of them.
 * Gives how many. */
static uint32_t differ_within(struct assay_differ *to, const struct dup_marks *marks, const struct dup_found *found)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < marks->differs && n < DUP_FIGURES_TOLD; i++)
        if (lies_in(marks->differ[i].a, found->in_a) && lies_in(marks->differ[i].b, found->in_b))
            to[n++] = marks->differ[i];
    return n;
}

/* All that the report tells of the two if one of them leads the cluster. */
static assay_status emit_beside(struct dup *d, struct assay_out *out, const struct dup_share *share)
{
    struct assay_differ block[DUP_BLOCKS_TOLD], differ[DUP_FIGURES_TOLD];
    const struct dup_side *a = &d->mine.side, *b = &d->other.side;
    struct dup_found found = start(d, share, DUP_FOUND_BESIDE);
    struct dup_block all;
    uint32_t blocks = 0;
    if (!hull(&d->alignment, &all))
        return ASSAY_OK;
    for (uint32_t i = 0; i < d->alignment.chains; i++) {
        const struct dup_block *k = &d->alignment.chain[i];
        if (k->matched)
            blocks = dup_tell_block(block, blocks, a, b, k);
    }
    found.in_a = dup_bytes(a, all.a0, all.a1);
    found.in_b = dup_bytes(b, all.b0, all.b1);
    found.found_a = share->found_a;
    found.open_a = share->a;
    found.found_b = share->found_b;
    found.open_b = share->b;
    found.differ = (struct assay_list){differ, differ_within(differ, &d->marks, &found), sizeof differ[0]};
    found.block = (struct assay_list){block, blocks, sizeof block[0]};
    return emit(d, out, &found);
}

/* The two places, and the figures that differ there: what is around them does not count. */
static assay_status emit_place(struct dup *d, struct assay_out *out, const struct dup_side *other,
                               const struct dup_block *k, struct dup_found *found)
{
    struct assay_differ differ[DUP_FIGURES_TOLD];
    struct dup_walk walk = {.differ = differ, .most = DUP_FIGURES_TOLD};
    struct dup_side a = d->mine.side, b = *other;
    struct dup_block all = {0, k->a1 - k->a0, 0, k->b1 - k->b0, 0, DUP_NONE};
    a.word += k->a0;
    a.words = all.a1;
    b.word += k->b0;
    b.words = all.b1;
    dup_walk_block(&walk, &a, &b, &all);
    found->in_a = dup_bytes(&a, 0, a.words);
    found->in_b = dup_bytes(&b, 0, b.words);
    found->differ = (struct assay_list){differ, walk.differs, sizeof differ[0]};
    return emit(d, out, found);
}

static assay_status emit_passages(struct dup *d, struct assay_out *out, const struct dup_side *other,
                                  struct dup_found *found)
{
    for (uint32_t i = 0; i < d->alignment.blocks; i++) {
        struct dup_block k = d->alignment.block[i];
        if (!dup_is_passage(&d->rules, &d->mine.side, other, &k))
            continue;
        assay_status s = emit_place(d, out, other, &k, found);
        if (s != ASSAY_OK)
            return s;
    }
    return ASSAY_OK;
}

/* Whether one of the two was found to have the form of a third, before furniture was known, and they differ as fillings
 * do. */
static int is_known_form(struct dup *d, const struct assay_doc *mine, const struct assay_doc *other,
                         const struct dup_share *share)
{
    const struct assay_host *h = d->host;
    struct dup_found found = {.kind = DUP_FOUND_LINK};
    if (h->records(h, mine, DUP_FORM_OF).count == 0 && h->records(h, other, DUP_FORM_OF).count == 0)
        return 0;
    dup_keep_slots(d, share, &found);
    const struct dup_slot *slot = found.slot.at;
    uint32_t worded = 0;
    for (uint32_t i = 0; i < found.slot.count; i++)
        worded += dup_is_worded(&slot[i]);
    return worded >= NAMED && dup_looks_filled(slot, found.slot.count, found.open_a);
}

struct forms { /* texts of the same form so far, and what the last one had in common */
    uint32_t count;
    uint64_t most;
};

static assay_status open_rival(struct dup *d, struct assay_out *out, const struct dup_rival *with,
                               const struct assay_doc **doc)
{
    *doc = with->view;
    return *doc ? ASSAY_OK : d->host->view(d->host, out, with->doc, doc);
}

static assay_status compare(struct dup *d, const struct assay_doc *mine, struct assay_out *out,
                            const struct dup_rival *with, struct forms *forms)
{
    const struct assay_doc *doc;
    struct dup_share share = {.relation = DUP_STRANGE};
    assay_status s = open_rival(d, out, with, &doc);
    if (s != ASSAY_OK || (s = dup_load(d, &d->other, doc)) != ASSAY_OK)
        return s;
    if (!dup_align(&d->alignment, &d->index, d->other.words.at, d->other.words.count, 0))
        return ASSAY_ENOMEM;
    if (dup_is_nothing(&d->rules, &d->alignment))
        return ASSAY_OK;
    if (with->furnished && (s = dup_mask_furniture(d, &d->other, dup_packed_of(d, doc).source)) != ASSAY_OK)
        return s;
    if (!dup_is_hopeless(&d->rules, &d->mine.side, &d->other.side, &d->alignment, 0) &&
        !dup_judge(&share, &d->marks, &d->rules, &d->mine.side, &d->other.side, &d->alignment, 0))
        return ASSAY_ENOMEM;
    if (share.relation == DUP_COPY && is_known_form(d, mine, doc, &share))
        share.relation = DUP_FORM;
    if (share.relation == DUP_COPY)
        return (s = emit_copy(d, out, &share)) == ASSAY_OK ? emit_beside(d, out, &share) : s;
    if (share.relation == DUP_FORM) {
        forms->count++;
        forms->most = with->common;
        struct dup_found form = start(d, &share, DUP_FOUND_FORM);
        struct dup_block all;
        if (!hull(&d->alignment, &all))
            return ASSAY_OK;
        form.in_a = dup_bytes(&d->mine.side, all.a0, all.a1);
        form.in_b = dup_bytes(&d->other.side, all.b0, all.b1);
        dup_keep_slots(d, &share, &form);
        return emit(d, out, &form);
    }
    struct dup_found passage = start(d, &share, DUP_FOUND_PASSAGE);
    return emit_passages(d, out, &d->other.side, &passage);
}

/* Of a copy for which its head stands: the passages in what the head does not have. All else is covered, see
 * mask_head. */
static assay_status compare_part(struct dup *d, struct assay_out *out, const struct dup_rival *with, assay_docid head)
{
    const struct assay_doc *doc;
    struct dup_share share = {.relation = DUP_STRANGE};
    assay_status s = open_rival(d, out, with, &doc);
    if (s != ASSAY_OK || dup_head_of(d, doc) == head)
        return s;
    if ((s = dup_load(d, &d->other, doc)) != ASSAY_OK)
        return s;
    if (!dup_align(&d->alignment, &d->index, d->other.words.at, d->other.words.count, 0))
        return ASSAY_ENOMEM;
    struct dup_found passage = start(d, &share, DUP_FOUND_PASSAGE);
    return emit_passages(d, out, &d->other.side, &passage);
}

/* Covers what the head has, too. */
static assay_status mask_head(struct dup *d, struct assay_out *out, assay_docid head)
{
    const struct assay_doc *doc;
    assay_status s = dup_load_other(d, out, head, &d->other, &doc);
    if (s != ASSAY_OK)
        return s;
    if (!dup_align(&d->alignment, &d->index, d->other.words.at, d->other.words.count, 0))
        return ASSAY_ENOMEM;
    return dup_mask_blocks(&d->mine, &d->alignment);
}

/* Blocks come in order of side b, the earlier place first: whether most of this one was told up to there. */
static int is_told(const struct dup_block *k, uint32_t told)
{
    return told > k->b0 && (told >= k->b1 || (told - k->b0) * 4 >= (k->b1 - k->b0) * 3);
}

/* Blocks of a text with itself: the earlier place is side a. What stands there several times, like a refrain, is told
 * of each place but the first once, beside the first. A run that follows on itself again and again is told once: its
 * first part, and all that repeats it. */
static assay_status repeats(struct dup *d, struct assay_out *out)
{
    struct dup_alignment *al = &d->alignment;
    const struct dup_side *side = &d->mine.side;
    struct dup_found found = {.kind = DUP_FOUND_REPEAT, .a = d->mine.doc, .b = d->mine.doc, .stamp_a = d->mine.stamp,
                              .stamp_b = d->mine.stamp};
    uint32_t told = 0;
    if (!dup_align(al, &d->index, d->mine.words.at, d->mine.words.count, 1))
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < al->blocks; i++) {
        struct dup_block k = al->block[i];
        if (is_told(&k, told))
            continue;
        int again = k.a1 > k.b0 && dup_density(&k) >= 75 && k.b1 - k.b0 >= d->rules.passage;
        if (!again && !dup_is_passage(&d->rules, side, side, &k))
            continue;
        k.a1 = k.a1 > k.b0 ? k.b0 : k.a1;
        assay_status s = emit_place(d, out, side, &k, &found);
        if (s != ASSAY_OK)
            return s;
        told = k.b1 > told ? k.b1 : told;
    }
    return ASSAY_OK;
}

struct known { /* of the text in hand */
    int again;        /* 1: it has runs of its own again */
    int furnished;    /* 1: it may have furniture */
    uint32_t source;
};

/* Whether all that the two have in common is a turn of phrase: no more runs than a candidate needs, all in one place of
 * either text, and few of the shorter one's own. A copy has more of them, and in a passage, where words are others here
 * and there, they stand farther apart. */
static int is_phrase(const struct dup *d, const struct dup_seen *seen, const struct dup_sketch *theirs,
                     struct dup_known known)
{
    const struct dup_glance *mine = &d->glance;
    const uint32_t *pick = theirs->pick.at;
    uint64_t least = (uint64_t)seen->common * 1000 / PHRASE + 1; /* of own runs, that both texts have */
    if (seen->common > d->seeds || seen->spread > PHRASE_RUNS || mine->picks - mine->known < least ||
        theirs->pick.count < least)
        return 0;
    uint32_t own = theirs->pick.count;
    for (uint32_t i = 0; known.table && i < theirs->pick.count; i++)
        own -= (uint32_t)dup_mask_knows(known.table, pick[i], known.source);
    return own >= least;
}

/* Keeps the texts of which something may have been copied, those with most in common first. */
static assay_status likely(struct dup *d, const struct assay_doc *doc, struct assay_out *out, struct dup_rival *seed,
                           uint32_t *count, struct known *of)
{
    const struct assay_host *h = d->host;
    struct assay_text blob = h->shared(h, 3);
    struct dup_sketch mine, theirs;
    struct dup_packed packed[DUP_AT_ONCE];
    uint32_t kept = 0;
    assay_status s = dup_sketch_of(d, doc, &d->my_picks, &mine);
    if (s != ASSAY_OK)
        return s;
    struct dup_known known = {(const uint32_t *)(const void *)blob.at, mine.source};
    if (!dup_glance_make(&d->glance, mine.pick.at, mine.pick.count, known))
        return ASSAY_ENOMEM;
    of->source = mine.source;
    of->furnished = d->glance.known && dup_has_furniture(d, &mine);
    for (uint32_t i = 0; i < *count; i++) {
        if (i % DUP_AT_ONCE == 0)
            s = dup_packed_of_some(d, out, seed + i, *count - i < DUP_AT_ONCE ? *count - i : DUP_AT_ONCE, packed);
        if (s == ASSAY_OK)
            s = dup_unpack(&d->their_picks, &packed[i % DUP_AT_ONCE], &theirs);
        if (s != ASSAY_OK)
            return s;
        if (seed[i].doc == h->docid(h, doc)) {
            of->again = 1;
            continue;
        }
        known.source = theirs.source;
        struct dup_seen seen = dup_glance_chain(&d->glance, theirs.pick.at, theirs.pick.count, known, d->seeds + 1);
        if (seen.chain >= d->seeds && !is_phrase(d, &seen, &theirs, known))
            seed[kept++] = (struct dup_rival){seed[i].doc, seen.common, *count <= DUP_OPEN ? seed[i].view : NULL,
                                              (uint64_t)dup_has_furniture(d, &theirs)};
    }
    dup_rank(seed, kept);
    *count = kept;
    return ASSAY_OK;
}

/* Whether the next text has as much in common as those that have only the form: one more of them, of which there may be
 * many. What is copied has other figures in common too, or less of the form. */
static int same_again(const struct forms *f, uint64_t common)
{
    return f->count >= FORMS && common <= f->most && common * 10 >= f->most * 9;
}

assay_status dup_compare_map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    struct dup *d = self;
    struct dup_rival *seed;
    struct forms forms = {0, 0};
    uint32_t count;
    struct known of = {0};
    assay_status s = dup_others(d, doc, DUP_SEED, dup_seeds_told(d), &seed, &count);
    if (s == ASSAY_OK && count) {
        dup_ask_for_text(d, doc);
        s = likely(d, doc, out, seed, &count, &of);
    }
    if (s != ASSAY_OK || (count == 0 && !of.again))
        return s;
    if ((s = dup_load(d, &d->mine, doc)) != ASSAY_OK)
        return s;
    if (of.furnished && (s = dup_mask_furniture(d, &d->mine, of.source)) != ASSAY_OK)
        return s;
    if (!dup_index_make(&d->index, d->mine.words.at, d->mine.words.count, d->rules.shingle))
        return ASSAY_ENOMEM;
    assay_docid head = dup_head_of(d, doc);
    if (head != d->mine.doc && count)
        s = mask_head(d, out, head);
    for (uint32_t i = 0; i < count && s == ASSAY_OK && head != d->mine.doc; i++)
        s = compare_part(d, out, &seed[i], head);
    for (uint32_t i = 0; i < count && s == ASSAY_OK && head == d->mine.doc; i++) {
        if (i + 1 < count && seed[i + 1].view)
            dup_ask_for_text(d, seed[i + 1].view);
        if (!same_again(&forms, seed[i].common))
            s = compare(d, doc, out, &seed[i], &forms);
    }
    return s == ASSAY_OK && of.again ? repeats(d, out) : s;
}

/* Of the two texts the one that cannot lead a cluster with the other in it. */
static assay_docid later(const struct dup_found *f)
{
    if (f->stamp_a != f->stamp_b)
        return f->stamp_a > f->stamp_b ? f->a : f->b;
    return f->a > f->b ? f->a : f->b;
}

assay_status dup_compare_reduce(void *self, const void *key, uint32_t size, struct assay_values *v,
                                struct assay_out *out)
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
            if (f->kind == DUP_FOUND_LINK)
                s = h->to_corpus(h, out, DUP_LINK, f);
            else if (f->kind == DUP_FOUND_BESIDE)
                s = h->to_document(h, out, DUP_BESIDE, later(f), f);
            else
                s = h->to_document(h, out, DUP_SIGHT, f->a, f);
            if (s == ASSAY_OK && f->kind == DUP_FOUND_FORM && f->slot.count)
                s = h->to_corpus(h, out, DUP_LINK, f);
            if (s != ASSAY_OK)
                return s;
        }
    }
    return s == ASSAY_END ? ASSAY_OK : s;
}

/* Pairs that only others told to be of one form. */
static assay_status tell_forms(struct dup *d, struct assay_out *out, const struct dup_link *link, uint32_t links)
{
    assay_status s = ASSAY_OK;
    for (uint32_t i = 0; i < links && s == ASSAY_OK; i++) {
        const struct dup_link *l = &link[i];
        struct dup_found form = {.kind = DUP_FOUND_FORM, .a = l->a, .b = l->b, .stamp_a = l->stamp_a,
                                 .stamp_b = l->stamp_b, .share_a = l->share_a, .share_b = l->share_b,
                                 .in_a = l->in_a, .in_b = l->in_b};
        if (l->kind == DUP_LINK_FILLED)
            s = d->host->to_document(d->host, out, DUP_SIGHT, l->a, &form);
    }
    return s;
}

/* Leads are shared, not put on the documents: round 5 asks for those of other texts too. */
static assay_status share_leads(struct dup *d, struct assay_out *out, struct dup_link *link, uint32_t links)
{
    struct dup_member *m;
    uint32_t members;
    if (!dup_cluster(&m, &members, link, links, d->rules.copy))
        return ASSAY_ENOMEM;
    struct dup_lead *lead = malloc(((uint64_t)members + 1) * sizeof *lead);
    assay_status s = lead ? ASSAY_OK : ASSAY_ENOMEM;
    for (uint32_t i = 0; i < members && lead; i++)
        lead[i] = (struct dup_lead){m[i].doc, m[i].lead, m[i].via};
    if (lead && members)
        s = d->host->share(d->host, out, lead, members * sizeof *lead);
    free(lead);
    free(m);
    return s;
}

assay_status dup_compare_finish(void *self, struct assay_values *v, struct assay_out *out)
{
    struct dup *d = self;
    struct dup_links all;
    uint32_t copies, versions;
    assay_status s = dup_read_links(d, v, &all, &copies, &versions, 0);
    if (s == ASSAY_OK)
        s = tell_forms(d, out, all.at + versions, all.count - versions);
    if (s == ASSAY_OK)
        s = share_leads(d, out, all.at, copies);
    dup_links_free(&all);
    return s;
}
