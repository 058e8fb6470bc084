/* SPDX-License-Identifier: Apache-2.0
 *
 * Round 3, map and combine: an inverted index of the sketches of heads, in parts by the highest bits of a run: a part is
 * one key, and the runs of a text that fall into it are one value, which becomes one with those of the texts beside it.
 */
#include <stdlib.h>
#include <string.h>

#include "dup.h"
#include "mask.h"
#include "mix.h"

#define BATCH 4096u
#define OWN 6u      /* runs in a row, some fifteen words, that a copy has for itself */
#define WORTH 64u /* texts, below which joining them makes nothing smaller */
/* That one part should have. Of several all pairs are told: ten of a text and more, of which most met once. */
#define PART_PICKS (UINT64_C(1) << 27)
#define USUAL_PICKS 100u               /* of a text; what long ones have more is counted */
#define MOST_PARTS 4u                  /* binary logarithm: enough for as many workers; a part may be as large as it will */

/* ---- map ---- */

/* Of all texts, about. */
static uint64_t picks_of_all(const struct dup *d)
{
    struct assay_text blob = d->host->shared(d->host, 1);
    const struct dup_source *s = (const struct dup_source *)(const void *)blob.at;
    uint64_t picks = 0;
    for (uint64_t i = 0; blob.at && i < blob.size / sizeof *s; i++)
        picks += s[i].docs * (s[i].source == DUP_VOLUME ? DUP_VOLUME_UNIT : USUAL_PICKS);
    return picks;
}

struct dup_layout dup_index_layout(const struct dup *d)
{
    uint64_t picks = picks_of_all(d);
    struct dup_layout layout = {0, picks <= DUP_SINGLE_RUNS};
    while (layout.parts < MOST_PARTS && picks >> layout.parts > PART_PICKS)
        layout.parts++;
    return layout;
}

static struct dup_layout layout_in(struct assay_text blob)
{
    struct dup_layout layout = {0, 0};
    if (blob.at && blob.size >= sizeof layout)
        memcpy(&layout, blob.at, sizeof layout);
    if (layout.parts > MOST_PARTS)
        layout.parts = 0;
    return layout;
}

uint32_t dup_parts_in(struct assay_text blob)
{
    return layout_in(blob).parts;
}

uint32_t dup_parts_of(const struct dup *d)
{
    return dup_parts_in(d->host->shared(d->host, DUP_INDEX_ROUND));
}

/* By the highest bits of a run; end[v] becomes the end of those with the value v. */
static void by_part(uint32_t *to, uint32_t *end, const uint32_t *run, uint32_t runs, uint32_t bits)
{
    uint32_t sum = 0;
    memset(end, 0, sizeof *end << bits);
    for (uint32_t i = 0; i < runs; i++)
        end[(uint64_t)run[i] >> (32 - bits)]++;
    for (uint32_t v = 0; v >> bits == 0; v++) {
        uint32_t n = end[v];
        end[v] = sum;
        sum += n;
    }
    for (uint32_t i = 0; i < runs; i++)
        to[end[(uint64_t)run[i] >> (32 - bits)]++] = run[i];
}

static uint32_t story_of(const struct dup *d, const struct assay_doc *doc)
{
    struct assay_list story = d->host->records(d->host, doc, DUP_STORY);
    return story.count ? (uint32_t)(dup_mix(ASSAY_AT(struct dup_other, story, 0)->doc) >> 32) | 1 : 0;
}

/* Keeps the runs, so many in a row at least, that the text in the glance does not have. */
static uint32_t own_runs(const struct dup_glance *g, uint32_t *to, const uint32_t *pick, uint32_t picks)
{
    uint32_t kept = 0, row = 0;
    for (uint32_t i = 0; i < picks; i++) {
        if (dup_glance_has(g, pick[i] & DUP_KEPT_BITS)) {
            kept -= row < OWN ? row : 0;
            row = 0;
            continue;
        }
        to[kept++] = pick[i];
        row++;
    }
    return kept - (row < OWN ? row : 0);
}

/* Of a text for which its head stands only that comes into the index which the head does not have: what was put into a
 * copy may be from elsewhere. All copies of a head are one story. */
static assay_status leave_own(struct dup *d, const struct assay_doc *doc, struct assay_out *out, uint32_t *own,
                              struct dup_sketch *sketch, uint32_t *story)
{
    const struct assay_doc *head;
    assay_docid name = dup_head_of(d, doc);
    struct dup_known none = {NULL, 0};
    assay_status s = d->host->view(d->host, out, name, &head);
    if (s != ASSAY_OK)
        return s;
    struct dup_sketch theirs;
    if ((s = dup_sketch_of(d, head, &d->their_picks, &theirs)) != ASSAY_OK)
        return s;
    uint32_t picks = theirs.exact == sketch->exact ? 0 : sketch->pick.count;
    if (picks && !dup_glance_make(&d->glance, theirs.pick.at, theirs.pick.count, none))
        return ASSAY_ENOMEM;
    *story = story_of(d, head);
    if (*story == 0)
        *story = (uint32_t)(dup_mix(name) >> 32) | 1;
    sketch->words |= DUP_PARTLY;
    sketch->pick =
        (struct assay_list){own, picks ? own_runs(&d->glance, own, sketch->pick.at, picks) : 0, sizeof *own};
    return ASSAY_OK;
}

assay_status dup_index_map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    struct dup *d = self;
    struct dup_sketch sketch;
    assay_status s = dup_whole_sketch_of(d, doc, &d->my_picks, &sketch);
    if (s != ASSAY_OK || sketch.words < d->rules.least)
        return s;
    struct dup_layout layout = layout_in(d->host->shared(d->host, DUP_INDEX_ROUND));
    uint32_t story = story_of(d, doc), bits = layout.parts, end[1u << MOST_PARTS], from = 0;
    d->unpacked = layout.unpacked;
    uint32_t *own = (uint32_t *)(void *)dup_scratch(d, sketch.pick.count + UINT64_C(1)),
             *parted = own + sketch.pick.count;
    if (!own)
        return ASSAY_ENOMEM;
    s = dup_is_head(d, doc) ? ASSAY_OK : leave_own(d, doc, out, own, &sketch, &story);
    uint32_t picks = sketch.pick.count;
    if (s != ASSAY_OK || picks == 0)
        return s;
    end[0] = picks;
    if (bits)
        by_part(parted, end, sketch.pick.at, picks, bits);
    struct dup_holder holder = {d->host->docid(d->host, doc), sketch.source, sketch.words};
    struct dup_posting post = {.holder = {&holder, 1, sizeof holder}, .story = {&story, story != 0, sizeof story}};
    for (uint64_t p = 0; p >> bits == 0 && s == ASSAY_OK; p++) {
        uint32_t to = end[p];
        uint64_t key = dup_mix(p + 1);
        if (to == from)
            continue;
        post.run =
            (struct assay_list){(bits ? parted : (const uint32_t *)sketch.pick.at) + from, to - from, sizeof *parted};
        from = to;
        s = d->host->emit(d->host, out, &key, sizeof key, &post);
    }
    return s;
}

static assay_status emit_piece(struct dup *d, struct assay_out *out, const void *key, uint32_t size)
{
    struct dup_posting all;
    if (!(d->unpacked ? dup_postings_lay(&d->postings, &all) : dup_postings_join(&d->postings, &all)))
        return ASSAY_ENOMEM;
    dup_postings_clear(&d->postings);
    return d->host->emit(d->host, out, key, size, &all);
}

/* The texts that a worker went through become one piece of each part, which is packed but where all texts have room
 * without (singles.c); a few stay as they are. */
assay_status dup_index_combine(void *self, const void *key, uint32_t size, struct assay_values *v,
                               struct assay_out *out)
{
    struct dup *d = self;
    const struct assay_host *h = d->host;
    struct assay_list batch;
    assay_status s;
    if (h->count(h, v) < WORTH)
        return ASSAY_SKIP;
    dup_postings_clear(&d->postings);
    while ((s = h->next(h, v, BATCH, &batch, NULL)) == ASSAY_OK)
        for (uint32_t i = 0; i < batch.count; i++) {
            const struct dup_posting *one = ASSAY_AT(struct dup_posting, batch, i);
            if (dup_postings_full(&d->postings, one) && (s = emit_piece(d, out, key, size)) != ASSAY_OK)
                return s;
            if (!dup_postings_add(&d->postings, one))
                return ASSAY_ENOMEM;
        }
    return s == ASSAY_END ? emit_piece(d, out, key, size) : s;
}
