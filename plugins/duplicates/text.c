/* SPDX-License-Identifier: Apache-2.0
 *
 * A document as the rounds need it: its words without furniture, its sketch, publisher and date; buffers that are kept
 * from one document to the next.
 */
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "dup.h"
#include "mask.h"
#include "scan.h"
#include "sketch.h"
#include <assay/kit/moment.h>

#define LARGE (UINT32_C(1) << 20) /* words of a text whose buffers are not kept for the next */

static uint32_t id_of_source(struct assay_text source)
{
    if (!source.at || source.size == 0)
        return 0;
    uint32_t id = (uint32_t)(XXH3_64bits(source.at, source.size) >> 32);
    return id == 0 || id == DUP_EVERYWHERE ? 1 : id;
}

uint64_t *dup_scratch(struct dup *d, uint64_t count)
{
    if (count <= d->scratch_room && d->scratch)
        return d->scratch;
    uint64_t room = count + count / 2 + 256;
    uint64_t *at = room > SIZE_MAX / sizeof *at ? NULL : malloc(room * sizeof *at);
    if (!at)
        return NULL;
    free(d->scratch);
    d->scratch = at;
    d->scratch_room = room;
    return at;
}

void dup_text_free(struct dup_text *t)
{
    dup_words_free(&t->words);
    free(t->run);
    free(t->pick);
    free(t->mask);
    memset(t, 0, sizeof *t);
}

/* Takes out words inside the spans of boilerplate/1, which are in order. */
static void drop_furniture(struct dup_words *w, struct assay_list spans)
{
    uint32_t kept = 0, s = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        while (s < spans.count && ASSAY_AT(struct assay_boilerplate, spans, s)->span.end <= w->at[i].begin)
            s++;
        if (s < spans.count && ASSAY_AT(struct assay_boilerplate, spans, s)->span.begin <= w->at[i].begin)
            continue;
        w->at[kept++] = w->at[i];
    }
    w->count = kept;
}

static const struct dup_facts *facts_of(const struct dup *d, const struct assay_doc *doc)
{
    struct assay_list facts = d->host->records(d->host, doc, DUP_DOCUMENT);
    return facts.count ? ASSAY_AT(struct dup_facts, facts, 0) : NULL;
}

uint32_t dup_source_of(const struct dup *d, const struct assay_doc *doc)
{
    const struct dup_facts *facts = facts_of(d, doc);
    return facts ? id_of_source(facts->source) : 0;
}

int64_t dup_date_of(const struct dup *d, const struct assay_doc *doc)
{
    const struct dup_facts *facts = facts_of(d, doc);
    return facts ? assay_moment_read(facts->published) : ASSAY_UNDATED;
}

assay_docid dup_head_of(const struct dup *d, const struct assay_doc *doc)
{
    struct assay_list member = d->host->records(d->host, doc, DUP_MEMBER);
    return member.count ? ASSAY_AT(struct dup_head, member, 0)->doc : d->host->docid(d->host, doc);
}

void dup_ask_for_text(const struct dup *d, const struct assay_doc *doc)
{
    struct assay_text text = d->host->text(d->host, doc);
    dup_ask_for(text.at, text.size);
}

int dup_is_head(struct dup *d, const struct assay_doc *doc)
{
    return dup_head_of(d, doc) == d->host->docid(d->host, doc);
}

void dup_name_text(struct dup *d, struct dup_text *t, const struct assay_doc *doc)
{
    const struct dup_facts *facts = facts_of(d, doc);
    struct assay_text text = d->host->text(d->host, doc);
    t->doc = d->host->docid(d->host, doc);
    t->id = facts ? facts->doc : (struct assay_text){0};
    t->stamp = facts ? assay_moment_read(facts->published) : ASSAY_UNDATED;
    t->side = (struct dup_side){text.at, text.size, NULL, 0, NULL};
    t->runs = t->picks = 0;
}

/* Few corpora have such texts, and the tables take most of a megabyte. 0: out of memory. */
static int make_serbian(struct dup *d)
{
    if (d->serbian)
        return 1;
    d->serbian = malloc(sizeof *d->serbian);
    if (!d->serbian)
        return 0;
    *d->serbian = d->folding;
    dup_folding_to_latin(d->serbian);
    return 1;
}

/* Words of bytes [from, to); *look 0: nothing is known, and what is found is said there. */
static int read(struct dup *d, struct dup_text *t, struct assay_text text, uint64_t from, uint64_t to, uint32_t *look)
{
    const uint32_t known = *look, signs = known ? known & (DUP_LOOK_SERBIAN - 1) : dup_signs(text.at, from, to);
    const struct dup_folding *folding = &d->folding;
    if (known & DUP_LOOK_SERBIAN) {
        if (!make_serbian(d))
            return 0;
        folding = d->serbian;
    }
    if (!dup_words_read_with(&t->words, folding, text.at, text.size, from, to, signs, &t->cut))
        return 0;
    if (known)
        return 1;
    *look = DUP_LOOK | signs;
    if (!dup_is_serbian(&t->words, &d->folding, text.at, text.size))
        return 1;
    *look |= DUP_LOOK_SERBIAN;
    return make_serbian(d) &&
           dup_words_read_with(&t->words, d->serbian, text.at, text.size, from, to, signs, &t->cut);
}

static assay_status load(struct dup *d, struct dup_text *t, const struct assay_doc *doc, struct assay_span span,
                         uint32_t *look)
{
    const struct assay_host *h = d->host;
    struct assay_text text = h->text(h, doc);
    struct assay_list furniture = h->records(h, doc, DUP_FURNITURE);
    uint64_t to = span.end ? span.end : text.size;
    if (t->words.room > LARGE && text.size < LARGE) /* the text before was very long: give its memory back */
        dup_text_free(t);
    if (!read(d, t, text, span.begin, to, look))
        return ASSAY_ENOMEM;
    if (furniture.count)
        drop_furniture(&t->words, furniture);
    dup_name_text(d, t, doc);
    t->side.word = t->words.at;
    t->side.words = t->words.count;
    return ASSAY_OK;
}

assay_status dup_load(struct dup *d, struct dup_text *t, const struct assay_doc *doc)
{
    uint32_t look = dup_look_of(d, doc);
    return load(d, t, doc, (struct assay_span){0, 0}, &look);
}

assay_status dup_load_new(struct dup *d, struct dup_text *t, const struct assay_doc *doc, uint32_t *look)
{
    *look = 0;
    return load(d, t, doc, (struct assay_span){0, 0}, look);
}

assay_status dup_load_part(struct dup *d, struct dup_text *t, const struct assay_doc *doc, struct assay_span span)
{
    uint32_t look = 0;
    return load(d, t, doc, span, &look);
}

static int make_room(struct dup_text *t)
{
    if (t->room >= t->words.count && t->room)
        return 1;
    uint64_t room = (uint64_t)t->words.count + (t->words.count < LARGE ? t->words.count / 2 : 0) + 256;
    free(t->run);
    free(t->pick);
    free(t->mask);
    t->run = malloc(room * sizeof *t->run);
    t->pick = malloc(room * sizeof *t->pick);
    t->mask = malloc(room);
    t->room = room > UINT32_MAX ? UINT32_MAX : (uint32_t)room;
    if (t->run && t->pick && t->mask)
        return 1;
    t->room = 0;
    return 0;
}

assay_status dup_winnow_text(struct dup *d, struct dup_text *t)
{
    if (!make_room(t))
        return ASSAY_ENOMEM;
    t->runs = dup_runs(t->run, t->words.at, t->words.count, d->rules.index);
    t->picks = dup_winnow(t->pick, t->run, t->runs);
    return ASSAY_OK;
}

/* NULL: none is known. */
static const uint32_t *furniture_of(const struct dup *d)
{
    struct assay_text blob = d->host->shared(d->host, 3);
    return blob.at && blob.size >= 2 * sizeof(uint32_t) ? (const uint32_t *)(const void *)blob.at : NULL;
}

#define FEW 12u /* runs of furniture that stand alone */

/* Most texts have no furniture at all, or single runs of it, which are none: that their sketch tells. It leaves out
 * what stands there a third time, so that a run of furniture that stands there twice may have stood beside others. */
int dup_has_furniture(const struct dup *d, const struct dup_sketch *s)
{
    const uint32_t *blob = furniture_of(d);
    const uint32_t *pick = s->pick.at;
    uint32_t known[FEW], count = 0, before = 0;
    for (uint32_t i = 0; blob && i < s->pick.count; i++) {
        uint32_t again = i == 0 || i + 1 == s->pick.count || before || count == FEW;
        before = (uint32_t)dup_mask_knows(blob, pick[i], s->source);
        if (!before)
            continue;
        for (uint32_t k = 0; k < count && !again; k++)
            again = known[k] == pick[i];
        if (again)
            return 1;
        known[count++] = pick[i];
    }
    return 0;
}

assay_status dup_mask_furniture(struct dup *d, struct dup_text *t, uint32_t source)
{
    assay_status s = dup_winnow_text(d, t);
    if (s == ASSAY_OK && dup_mask_apply(furniture_of(d), t->mask, t->words.count, t->run, t->runs, t->pick, t->picks,
                                        d->rules.index, source))
        t->side.mask = t->mask;
    return s;
}

assay_status dup_mask_text(struct dup *d, struct dup_text *t, const struct assay_doc *doc)
{
    struct dup_sketch sketch;
    t->side.mask = NULL;
    if (!furniture_of(d))
        return ASSAY_OK;
    assay_status s = dup_sketch_of(d, doc, &d->their_picks, &sketch);
    return s == ASSAY_OK && dup_has_furniture(d, &sketch) ? dup_mask_furniture(d, t, sketch.source) : s;
}

assay_status dup_mask_blocks(struct dup_text *t, const struct dup_alignment *al)
{
    if (!make_room(t))
        return ASSAY_ENOMEM;
    if (!t->side.mask)
        memset(t->mask, 0, t->words.count);
    t->side.mask = t->mask;
    for (uint32_t i = 0; i < al->blocks; i++)
        memset(t->mask + al->block[i].a0, 1, al->block[i].a1 - al->block[i].a0);
    return ASSAY_OK;
}

assay_status dup_load_other(struct dup *d, struct assay_out *out, assay_docid docid, struct dup_text *t,
                            const struct assay_doc **doc)
{
    assay_status s = d->host->view(d->host, out, docid, doc);
    return s == ASSAY_OK ? dup_load(d, t, *doc) : s;
}

static int by_doc(const void *p, const void *q)
{
    const struct dup_rival *a = p, *b = q;
    return a->doc < b->doc ? -1 : a->doc > b->doc;
}

static int by_common(const void *p, const void *q)
{
    const struct dup_rival *a = p, *b = q;
    if (a->common != b->common)
        return a->common > b->common ? -1 : 1;
    return by_doc(p, q);
}

#define FEW_SORTED 24u /* by putting each in its place */

static void sort(struct dup_rival *at, uint32_t count, int (*compare)(const void *, const void *))
{
    if (count > FEW_SORTED) {
        qsort(at, count, sizeof *at, compare);
        return;
    }
    for (uint32_t i = 1; i < count; i++) {
        struct dup_rival one = at[i];
        uint32_t k = i;
        for (; k > 0 && compare(&at[k - 1], &one) > 0; k--)
            at[k] = at[k - 1];
        at[k] = one;
    }
}

void dup_rank(struct dup_rival *rival, uint32_t count)
{
    sort(rival, count, by_common);
}

/* Sums up what is told of each text and keeps those that have enough. */
static uint32_t sum_up(struct dup_rival *at, uint32_t count, uint32_t least)
{
    uint32_t kept = 0;
    sort(at, count, by_doc);
    for (uint32_t i = 0, j; i < count; i = j) {
        struct dup_rival sum = {.doc = at[i].doc};
        for (j = i; j < count && at[j].doc == sum.doc; j++)
            sum.common += at[j].common;
        if (sum.common >= least)
            at[kept++] = sum;
    }
    return kept;
}

static struct dup_rival *rivals(struct dup *d, uint32_t count)
{
    return (struct dup_rival *)(void *)dup_scratch(d, (uint64_t)count * (sizeof(struct dup_rival) / sizeof(uint64_t)));
}

assay_status dup_others(struct dup *d, const struct assay_doc *doc, uint32_t slot, uint32_t least,
                        struct dup_rival **rival, uint32_t *count)
{
    struct assay_list list = d->host->records(d->host, doc, slot);
    struct dup_rival *at = *rival = rivals(d, list.count);
    if (!at)
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < list.count; i++)
        at[i] = (struct dup_rival){.doc = ASSAY_AT(struct dup_other, list, i)->doc, .common = 1};
    *count = sum_up(at, list.count, least);
    return ASSAY_OK;
}

/* Parts of the index count for themselves, so that a text may have several records. */
assay_status dup_sharing(struct dup *d, const struct assay_doc *doc, uint32_t slot, uint32_t least,
                         struct dup_rival **rival, uint32_t *count)
{
    struct assay_list list = d->host->records(d->host, doc, slot);
    struct dup_rival *at = *rival = rivals(d, list.count);
    if (!at)
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < list.count; i++) {
        const struct dup_shared *s = ASSAY_AT(struct dup_shared, list, i);
        at[i] = (struct dup_rival){.doc = s->doc, .common = s->runs};
    }
    *count = sum_up(at, list.count, least);
    return ASSAY_OK;
}
