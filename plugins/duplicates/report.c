/* SPDX-License-Identifier: Apache-2.0
 *
 * Round 5, map: lays each member of a cluster beside its lead, and passes on what the comparison found between
 * clusters.
 */
#include "report.h"

#include <string.h>

#include "mix.h"
#include "sketch.h"
#include <assay/kit/moment.h>

#define FIGURES_TOLD DUP_FIGURES_TOLD
#define BLOCKS_TOLD DUP_BLOCKS_TOLD
#define FEET 4u  /* runs of furniture in common; fewer are a turn of phrase */
#define FOOT 12u /* words of furniture that are told */

static assay_status emit(const struct dup *d, struct assay_out *out, uint64_t hash, const struct dup_report *r)
{
    uint64_t key = (hash & ~(uint64_t)3) | r->kind;
    return d->host->emit(d->host, out, &key, sizeof key, r);
}

static int less(struct assay_text a, struct assay_text b)
{
    uint64_t n = a.size < b.size ? a.size : b.size;
    int c = n ? memcmp(a.at, b.at, n) : 0;
    return c != 0 ? c < 0 : a.size < b.size;
}

/* The cluster of a head; NULL: none. */
static const struct dup_lead *cluster_of_head(const struct dup *d, assay_docid head)
{
    struct assay_text blob = d->host->shared(d->host, 4);
    const struct dup_lead *at = (const struct dup_lead *)(const void *)blob.at;
    uint64_t low = 0, high = blob.at ? blob.size / sizeof *at : 0, n = high;
    while (low < high) {
        uint64_t mid = low + (high - low) / 2;
        if (at[mid].doc < head)
            low = mid + 1;
        else
            high = mid;
    }
    return low < n && at[low].doc == head ? &at[low] : NULL;
}

assay_docid dup_twin_of(const struct dup *d, const struct assay_doc *doc)
{
    struct assay_list member = d->host->records(d->host, doc, DUP_MEMBER);
    return member.count ? ASSAY_AT(struct dup_head, member, 0)->doc : d->host->docid(d->host, doc);
}

/* The document's cluster: its lead, and a text that surely is a copy of it and nearer to the lead. doc and lead are 0
 * where it has none. */
static struct dup_lead cluster_of(const struct dup *d, const struct assay_doc *doc)
{
    struct assay_list member = d->host->records(d->host, doc, DUP_MEMBER);
    const struct dup_head *twin = member.count ? ASSAY_AT(struct dup_head, member, 0) : NULL;
    assay_docid mine = d->host->docid(d->host, doc);
    const struct dup_lead *lead = cluster_of_head(d, twin ? twin->doc : mine);
    if (twin && twin->doc != mine)
        return (struct dup_lead){mine, lead ? lead->lead : twin->doc, twin->via};
    if (lead)
        return *lead;
    return twin ? (struct dup_lead){mine, mine, mine} : (struct dup_lead){0, 0, 0};
}

static void turn(struct assay_differ *at, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        at[i] = (struct assay_differ){at[i].b, at[i].a};
}

/* Fills both sides; `mine` is side a unless the other's id is the lesser one. Relation is given as said of mine. */
static void set_sides(const struct dup *d, struct dup_report *r, uint32_t relation, struct assay_span mine,
                      struct assay_span other, double covered_mine, double covered_other)
{
    struct assay_place m = {d->mine.doc, mine}, o = {d->other.doc, other};
    if (!less(d->other.id, d->mine.id)) {
        r->a = m;
        r->b = o;
        r->covered_a = covered_mine;
        r->covered_b = covered_other;
        r->relation = relation;
        return;
    }
    r->a = o;
    r->b = m;
    r->covered_a = covered_other;
    r->covered_b = covered_mine;
    r->relation = relation == ASSAY_COPY_EXCERPT    ? ASSAY_COPY_CONTAINS
                  : relation == ASSAY_COPY_CONTAINS ? ASSAY_COPY_EXCERPT
                                                    : relation;
    turn((struct assay_differ *)(uintptr_t)r->differ.at, r->differ.count);
}

/* ---- members of a cluster ---- */

static int same_words(const struct dup_text *a, const struct dup_text *b)
{
    if (a->words.count != b->words.count)
        return 0;
    for (uint32_t i = 0; i < a->words.count; i++)
        if (a->words.at[i].hash != b->words.at[i].hash)
            return 0;
    return 1;
}

static int same_bytes(const struct dup_side *a, const struct dup_side *b)
{
    return a->size == b->size && (a->size == 0 || !memcmp(a->text, b->text, a->size));
}

static double of(uint32_t part, uint32_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

static uint32_t relation_of(const struct dup_rules *rules, const struct dup_share *s)
{
    int a = dup_mille(s->found_a, s->a) >= rules->copy, b = dup_mille(s->found_b, s->b) >= rules->copy;
    return a && b ? ASSAY_COPY_EDITED : a ? ASSAY_COPY_EXCERPT : b ? ASSAY_COPY_CONTAINS : ASSAY_COPY_SHARES_PASSAGE;
}

/* Aligns mine with the lead; where furniture hides that they are copies, once more without it. */
static assay_status align_lead(struct dup *d, struct dup_share *s)
{
    struct dup_side *a = &d->mine.side, *b = &d->other.side;
    if (!dup_index_make(&d->index, a->word, a->words, d->rules.shingle) ||
        !dup_align(&d->alignment, &d->index, b->word, b->words, 0) ||
        !dup_judge(s, &d->marks, &d->rules, a, b, &d->alignment, 0))
        return ASSAY_ENOMEM;
    if (relation_of(&d->rules, s) != ASSAY_COPY_SHARES_PASSAGE)
        return ASSAY_OK;
    a->mask = b->mask = NULL;
    return dup_judge(s, &d->marks, &d->rules, a, b, &d->alignment, 0) ? ASSAY_OK : ASSAY_ENOMEM;
}

static struct dup_block all_words(const struct dup *d)
{
    return (struct dup_block){0, d->mine.words.count, 0, d->other.words.count, d->mine.words.count, DUP_NONE};
}

/* Emits what mine is to the other text. ASSAY_NO: they are tied by a third text only. `last`: there is no third to
 * try. */
static assay_status beside(struct dup *d, struct assay_out *out, struct dup_report *r, int last)
{
    struct assay_differ block[BLOCKS_TOLD], differ[FIGURES_TOLD];
    const struct dup_side *a = &d->mine.side, *b = &d->other.side;
    struct dup_share s = {1, 1, 1, 1, DUP_COPY};
    struct dup_block hull = all_words(d);
    struct dup_walk walk = {.differ = differ, .most = FIGURES_TOLD};
    uint32_t blocks = 0, relation;
    if (same_words(&d->mine, &d->other)) { /* masks make no difference */
        relation = same_bytes(a, b) ? ASSAY_COPY_IDENTICAL : ASSAY_COPY_REFORMATTED;
        block[blocks++] = (struct assay_differ){dup_bytes(a, hull.a0, hull.a1), dup_bytes(b, hull.b0, hull.b1)};
    } else {
        assay_status e = align_lead(d, &s);
        if (e != ASSAY_OK)
            return e;
        relation = relation_of(&d->rules, &s);
        hull = (struct dup_block){UINT32_MAX, 0, UINT32_MAX, 0, 0, DUP_NONE};
        for (uint32_t i = 0; i < d->alignment.chains; i++) {
            const struct dup_block *k = &d->alignment.chain[i];
            if (k->matched == 0)
                continue;
            hull.a0 = k->a0 < hull.a0 ? k->a0 : hull.a0;
            hull.a1 = k->a1 > hull.a1 ? k->a1 : hull.a1;
            hull.b0 = k->b0 < hull.b0 ? k->b0 : hull.b0;
            hull.b1 = k->b1 > hull.b1 ? k->b1 : hull.b1;
            blocks = dup_tell_block(block, blocks, a, b, k);
            dup_walk_chain(&walk, a, b, &d->alignment, k);
        }
        if (blocks == 0 || (!last && relation == ASSAY_COPY_SHARES_PASSAGE))
            return ASSAY_NO;
    }
    r->differ = (struct assay_list){differ, walk.differs, sizeof differ[0]};
    r->block = (struct assay_list){block, blocks, sizeof block[0]};
    set_sides(d, r, relation, dup_bytes(a, hull.a0, hull.a1), dup_bytes(b, hull.b0, hull.b1), of(s.found_a, s.a),
              of(s.found_b, s.b));
    return emit(d, out, dup_mix(r->from), r);
}

/* The other text has the same bytes: its words need not be read. */
static int is_same(struct dup *d, const struct assay_doc *doc, const struct assay_doc *other)
{
    const struct assay_host *h = d->host;
    struct assay_text text = h->text(h, other);
    if (text.size != d->mine.side.size || h->records(h, doc, DUP_FURNITURE).count ||
        h->records(h, other, DUP_FURNITURE).count)
        return 0;
    return text.size == 0 || !memcmp(text.at, d->mine.side.text, text.size);
}

static struct assay_text id_of(const struct dup *d, const struct assay_doc *doc)
{
    struct assay_list facts = d->host->records(d->host, doc, DUP_DOCUMENT);
    return facts.count ? ASSAY_AT(struct dup_facts, facts, 0)->doc : (struct assay_text){0};
}

static assay_status report_same(struct dup *d, struct assay_out *out, struct dup_report *r,
                                const struct assay_doc *other)
{
    struct assay_span all = dup_bytes(&d->mine.side, 0, d->mine.words.count);
    struct assay_differ block = {all, all};
    d->other.doc = r->beside;
    d->other.id = id_of(d, other);
    r->block = (struct assay_list){&block, 1, sizeof block};
    set_sides(d, r, ASSAY_COPY_IDENTICAL, all, all, 1, 1);
    return emit(d, out, dup_mix(r->from), r);
}

static assay_status beside_doc(struct dup *d, const struct assay_doc *doc, struct assay_out *out, struct dup_report *r,
                               assay_docid with, int last)
{
    const struct assay_doc *other;
    assay_status s = d->host->view(d->host, out, with, &other);
    if (s != ASSAY_OK)
        return s;
    r->beside = with;
    if (is_same(d, doc, other))
        return report_same(d, out, r, other);
    if ((s = dup_load(d, &d->other, other)) != ASSAY_OK)
        return s;
    d->mine.side.mask = NULL;
    if (!same_words(&d->mine, &d->other) &&
        ((s = dup_mask_text(d, &d->mine, doc)) != ASSAY_OK || (s = dup_mask_text(d, &d->other, other)) != ASSAY_OK))
        return s;
    return beside(d, out, r, last);
}

/* What the comparison kept of this text and the lead, NULL: they were not compared. */
static const struct dup_found *known_beside(const struct dup *d, const struct assay_doc *doc, assay_docid with)
{
    struct assay_list list = d->host->records(d->host, doc, DUP_BESIDE);
    for (uint32_t i = 0; i < list.count; i++) {
        const struct dup_found *f = ASSAY_AT(struct dup_found, list, i);
        if (f->a == with || f->b == with)
            return f;
    }
    return NULL;
}

static void copy_list(struct assay_differ *to, struct assay_list list, int turned)
{
    for (uint32_t i = 0; i < list.count; i++)
        to[i] = *ASSAY_AT(struct assay_differ, list, i);
    if (turned)
        turn(to, list.count);
}

/* The same as beside_doc, without reading a text. */
static assay_status report_known(struct dup *d, const struct assay_doc *doc, struct assay_out *out,
                                 struct dup_report *r, const struct dup_found *f)
{
    struct assay_differ block[BLOCKS_TOLD], differ[FIGURES_TOLD];
    const struct assay_doc *other;
    int turned = f->b == r->doc;
    assay_status s = d->host->view(d->host, out, turned ? f->a : f->b, &other);
    if (s != ASSAY_OK)
        return s;
    struct dup_share share = {f->open_a, f->open_b, f->found_a, f->found_b, DUP_COPY};
    if (turned)
        share = (struct dup_share){f->open_b, f->open_a, f->found_b, f->found_a, DUP_COPY};
    d->mine.doc = r->doc;
    d->mine.id = id_of(d, doc);
    d->other.doc = r->beside = turned ? f->a : f->b;
    d->other.id = id_of(d, other);
    copy_list(block, f->block, turned);
    copy_list(differ, f->differ, turned);
    r->block = (struct assay_list){block, f->block.count, sizeof block[0]};
    r->differ = (struct assay_list){differ, f->differ.count, sizeof differ[0]};
    set_sides(d, r, relation_of(&d->rules, &share), turned ? f->in_b : f->in_a, turned ? f->in_a : f->in_b,
              of(share.found_a, share.a), of(share.found_b, share.b));
    return emit(d, out, dup_mix(r->from), r);
}

/* Beside the lead, or where these two have hardly anything in common beside the text that ties them. */
static assay_status report_member(struct dup *d, const struct assay_doc *doc, struct assay_out *out,
                                  struct dup_lead cluster)
{
    struct dup_report r = {.kind = DUP_REPORT_CLUSTER, .doc = d->host->docid(d->host, doc), .from = cluster.lead};
    r.stamp = dup_date_of(d, doc);
    if (r.doc == cluster.lead)
        return emit(d, out, dup_mix(cluster.lead), &r);
    const struct dup_found *known = known_beside(d, doc, cluster.lead);
    if (known)
        return report_known(d, doc, out, &r, known);
    assay_status s = dup_load(d, &d->mine, doc);
    if (s != ASSAY_OK)
        return s;
    int direct = cluster.via == cluster.lead;
    s = beside_doc(d, doc, out, &r, cluster.lead, direct);
    if (s == ASSAY_NO && !direct)
        s = beside_doc(d, doc, out, &r, cluster.via, 1);
    return s == ASSAY_NO ? emit(d, out, dup_mix(cluster.lead), &r) : s; /* a member without a pair */
}

/* ---- passages ---- */

static uint32_t relation_of_sight(const struct dup_found *f)
{
    switch (f->kind) {
    case DUP_FOUND_EXCERPT:
        return f->share_a >= f->share_b ? ASSAY_COPY_EXCERPT : ASSAY_COPY_CONTAINS;
    case DUP_FOUND_FORM:
        return ASSAY_COPY_SAME_FORM;
    case DUP_FOUND_REPEAT:
        return ASSAY_COPY_REPEATS_ITSELF;
    default:
        return ASSAY_COPY_SHARES_PASSAGE;
    }
}

/* Figures that differ in the two places, of which the words alone are read. */
static assay_status figures_of(struct dup *d, const struct assay_doc *doc, const struct assay_doc *other,
                               const struct dup_found *f, struct assay_differ *differ, uint32_t *count)
{
    struct dup_walk walk = {.differ = differ, .most = FIGURES_TOLD};
    assay_status s = dup_load_part(d, &d->mine, doc, f->in_a);
    if (s != ASSAY_OK || (s = dup_load_part(d, &d->other, other, f->in_b)) != ASSAY_OK)
        return s;
    struct dup_block k = all_words(d);
    dup_walk_block(&walk, &d->mine.side, &d->other.side, &k);
    *count = walk.differs;
    return ASSAY_OK;
}

static assay_status report_repeat(struct dup *d, const struct assay_doc *doc, struct assay_out *out,
                                  const struct dup_found *f)
{
    struct assay_differ differ[FIGURES_TOLD], block = {f->in_b, f->in_a};
    double size = (double)d->host->text(d->host, doc).size;
    struct dup_report r = {.kind = DUP_REPORT_PASSAGE, .relation = ASSAY_COPY_REPEATS_ITSELF, .a = {f->a, f->in_a},
                           .b = {f->a, f->in_b}, .lead_a = f->a, .lead_b = f->a, .doc = f->a, .from = f->a,
                           .stamp = f->stamp_a, .stamp_from = f->stamp_a};
    r.covered_a = (f->in_a.end - f->in_a.begin) / size;
    r.covered_b = (f->in_b.end - f->in_b.begin) / size;
    copy_list(differ, f->differ, 0);
    r.differ = (struct assay_list){differ, f->differ.count, sizeof differ[0]};
    r.block = (struct assay_list){&block, 1, sizeof block};
    assay_status s = emit(d, out, dup_pair(f->a, f->a), &r);
    r.kind = DUP_REPORT_ORIGIN;
    return s != ASSAY_OK ? s : emit(d, out, dup_mix(f->a), &r);
}

static assay_status report_sight(struct dup *d, const struct assay_doc *doc, struct assay_out *out,
                                 const struct dup_found *f, assay_docid lead)
{
    struct assay_differ differ[FIGURES_TOLD], block;
    const struct assay_doc *other;
    assay_status s = d->host->view(d->host, out, f->b, &other);
    if (s != ASSAY_OK)
        return s;
    assay_docid lead_b = cluster_of(d, other).lead;
    if (lead && lead == lead_b)
        return ASSAY_OK;
    uint32_t relation = relation_of_sight(f), differs = f->differ.count;
    copy_list(differ, f->differ, 0);
    if (f->kind == DUP_FOUND_EXCERPT && (s = figures_of(d, doc, other, f, differ, &differs)) != ASSAY_OK)
        return s;
    dup_name_text(d, &d->mine, doc);
    dup_name_text(d, &d->other, other);
    struct dup_report r = {.kind = DUP_REPORT_PASSAGE, .lead_a = lead ? lead : f->a, .lead_b = lead_b ? lead_b : f->b};
    int later = f->stamp_b != f->stamp_a ? f->stamp_b < f->stamp_a : f->b < f->a; /* mine is the later one */
    r.doc = later ? f->a : f->b;
    r.from = later ? f->b : f->a;
    r.stamp = later ? f->stamp_a : f->stamp_b;
    r.stamp_from = later ? f->stamp_b : f->stamp_a;
    r.differ = (struct assay_list){differ, differs, sizeof differ[0]};
    set_sides(d, &r, relation, f->in_a, f->in_b, (f->in_a.end - f->in_a.begin) / (double)d->mine.side.size,
              (f->in_b.end - f->in_b.begin) / (double)d->other.side.size);
    uint64_t low = r.lead_a < r.lead_b ? r.lead_a : r.lead_b, high = low == r.lead_a ? r.lead_b : r.lead_a;
    if ((s = emit(d, out, dup_pair(low, high), &r)) != ASSAY_OK || relation == ASSAY_COPY_SAME_FORM)
        return s;
    r.kind = DUP_REPORT_ORIGIN;
    block = later ? (struct assay_differ){f->in_a, f->in_b} : (struct assay_differ){f->in_b, f->in_a};
    r.block = (struct assay_list){&block, 1, sizeof block};
    return emit(d, out, dup_mix(r.from), &r);
}

static assay_status report_form(struct dup *d, const struct assay_doc *doc, struct assay_out *out,
                                const struct dup_form *form, assay_docid lead)
{
    const struct assay_doc *other;
    assay_status s = d->host->view(d->host, out, form->doc, &other);
    if (s != ASSAY_OK)
        return s;
    struct dup_found f = {.kind = DUP_FOUND_FORM,
                          .a = d->host->docid(d->host, doc),
                          .b = form->doc,
                          .stamp_a = dup_date_of(d, doc),
                          .stamp_b = dup_date_of(d, other),
                          .in_a = form->here,
                          .in_b = form->there};
    return report_sight(d, doc, out, &f, lead);
}

/* Whether the excerpt is of the form only, as was found when all pairs were known. */
static int is_of_form(struct assay_list sight, assay_docid with)
{
    for (uint32_t i = 0; i < sight.count; i++) {
        const struct dup_found *f = ASSAY_AT(struct dup_found, sight, i);
        if (f->kind == DUP_FOUND_FORM && f->b == with)
            return 1;
    }
    return 0;
}

/* Of many texts of one form each tells one other. */
static assay_status report_sights(struct dup *d, const struct assay_doc *doc, struct assay_out *out, assay_docid lead)
{
    struct assay_list sight = d->host->records(d->host, doc, DUP_SIGHT);
    struct assay_list form = d->host->records(d->host, doc, DUP_FORM_OF);
    const struct dup_found *one = NULL;
    form.count = dup_is_head(d, doc) ? form.count : 0;
    if (sight.count == 0 && form.count == 0)
        return ASSAY_OK;
    assay_status s = ASSAY_OK;
    for (uint32_t i = 0; i < sight.count && s == ASSAY_OK; i++) {
        const struct dup_found *f = ASSAY_AT(struct dup_found, sight, i);
        if (f->kind == DUP_FOUND_REPEAT)
            s = report_repeat(d, doc, out, f);
        else if (f->kind == DUP_FOUND_FORM)
            one = !one || f->b < one->b ? f : one;
        else if (f->kind != DUP_FOUND_EXCERPT || !is_of_form(sight, f->b))
            s = report_sight(d, doc, out, f, lead);
    }
    if (s != ASSAY_OK)
        return s;
    if (one)
        return report_sight(d, doc, out, one, lead);
    return form.count ? report_form(d, doc, out, ASSAY_AT(struct dup_form, form, 0), lead) : ASSAY_OK;
}

/* ---- furniture: one example of each, between the first two texts of the source that have it ---- */

static uint32_t marked(const struct dup_side *s, uint32_t from, uint32_t to)
{
    uint32_t n = 0;
    for (uint32_t i = from; i < to; i++)
        n += s->mask && s->mask[i];
    return n;
}

static assay_status report_foot(struct dup *d, struct assay_out *out, assay_docid with)
{
    const struct assay_doc *doc;
    const struct dup_side *a = &d->mine.side, *b = &d->other.side;
    assay_status s = dup_load_other(d, out, with, &d->other, &doc);
    if (s != ASSAY_OK || (s = dup_mask_text(d, &d->other, doc)) != ASSAY_OK)
        return s;
    if (!dup_align(&d->alignment, &d->index, b->word, b->words, 0))
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < d->alignment.blocks && s == ASSAY_OK; i++) {
        const struct dup_block *k = &d->alignment.block[i];
        uint32_t length = k->a1 - k->a0;
        if (length < FOOT || marked(a, k->a0, k->a1) * 10 < length * 8)
            continue;
        struct dup_report r = {.kind = DUP_REPORT_PASSAGE,
                               .lead_a = d->mine.doc,
                               .lead_b = with,
                               .doc = d->mine.doc,
                               .from = with,
                               .stamp = ASSAY_UNDATED,
                               .stamp_from = ASSAY_UNDATED};
        struct assay_span x = dup_bytes(a, k->a0, k->a1), y = dup_bytes(b, k->b0, k->b1);
        set_sides(d, &r, ASSAY_COPY_BOILERPLATE, x, y, (x.end - x.begin) / (double)a->size,
                  (y.end - y.begin) / (double)b->size);
        s = emit(d, out, dup_pair(~d->mine.doc, with), &r);
    }
    return s;
}

static assay_status report_feet(struct dup *d, const struct assay_doc *doc, struct assay_out *out)
{
    struct dup_rival *with;
    uint32_t kept;
    assay_status s = dup_sharing(d, doc, DUP_FOOT, FEET, &with, &kept);
    if (s != ASSAY_OK || kept == 0)
        return s;
    if ((s = dup_load(d, &d->mine, doc)) != ASSAY_OK ||
        (s = dup_mask_text(d, &d->mine, doc)) != ASSAY_OK)
        return s;
    if (!dup_index_make(&d->index, d->mine.side.word, d->mine.side.words, d->rules.shingle))
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < kept && s == ASSAY_OK; i++)
        s = report_foot(d, out, with[i].doc);
    return s;
}

assay_status dup_report_map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    struct dup *d = self;
    struct dup_lead cluster = cluster_of(d, doc);
    assay_status s;
    if (cluster.lead && (s = report_member(d, doc, out, cluster)) != ASSAY_OK)
        return s;
    s = report_sights(d, doc, out, cluster.lead);
    return s == ASSAY_OK ? report_feet(d, doc, out) : s;
}
