/* SPDX-License-Identifier: Apache-2.0
 *
 * Round 3, reduce and finish: what stands in several texts of one source is that site's furniture; what stands in few
 * texts makes candidates of them.
 */
#include <stdlib.h>
#include <string.h>

#include "dup.h"
#include "mask.h"
#include "mix.h"

#define BATCH 4096u
#define PAIRS 8u       /* texts that are all paired with each other; more: a star */
#define CHAIN 256u     /* texts of a star that are also paired with the one before them */
#define SITES 3u       /* sources with the same furniture that make it furniture everywhere */
#define PART 400u      /* of a large source, one text in so many makes furniture */
#define UNSIGNED 24u   /* as many texts without source, or */
#define UNSIGNED_PART 100u /* one in so many of them */
#define SOURCES 32768u /* room for those of one run; a power of two */
#define TRIES 32u      /* places that are looked at there: beyond some 25,000 sources with one run a few are not counted */

struct tally {
    uint32_t source, docs; /* docs 0: free */
    uint32_t first;        /* of furniture: the first text with it, + 1; TOLD once the second one is known */
    uint32_t zero;
};
#define TOLD UINT32_MAX
#define FURNITURE UINT32_C(0x80000000) /* in docs, once they are counted */

struct told { /* two texts that met */
    assay_docid a, b;
    uint32_t count, zero;
};
#define TELL (UINT32_C(1) << 15) /* that are told together, or */
#define TELL_PART 4u /* as many as there are texts, divided by this: what is told comes to each of them sooner */
#define AT_ONCE 32u
#define NEAR 11u /* bits */

/* One part while it is reduced. */
struct part {
    struct dup *d;
    struct assay_out *out;
    const struct dup_slices *slices;
    struct tally *tally;
    uint32_t tallies;  /* room, a power of two */
    uint32_t *story;   /* [tallies] stories met with the run in hand; 0: free */
    struct dup_owner *member; /* texts with the run in hand, each once, by document */
    uint32_t members;
    uint32_t least;    /* meetings that are told; more than one where there is a single part */
    uint32_t times;    /* that a seed is told at most */
    uint32_t classes, class; /* more than one: only pairs of this class are counted, and all else was told before */
    uint64_t missed;   /* meetings for which there was no room; of a class that was underestimated these are lost */
};

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

/* How many texts of this source with one run make it furniture. */
static uint64_t threshold(const struct dup *d, uint32_t source)
{
    uint64_t docs = docs_of(d->host->shared(d->host, 1), source);
    uint64_t least = source ? d->furniture : UNSIGNED, share = docs / (source ? PART : UNSIGNED_PART);
    return share > least ? share : least;
}

static struct tally *tally_of(struct part *p, uint32_t source)
{
    uint32_t i = (uint32_t)dup_mix(source) & (p->tallies - 1);
    for (uint32_t tries = 0; tries < TRIES; tries++, i = (i + 1) & (p->tallies - 1))
        if (p->tally[i].docs == 0 || p->tally[i].source == source)
            return &p->tally[i];
    return NULL;
}

/* 1: no other version of it, of this source, was met with the run in hand; also where more stories are met than are
 * counted. */
static uint32_t is_first_version(struct part *p, const struct dup_owner *o)
{
    uint32_t story = (uint32_t)dup_pair(o->source, o->story) | 1, i = story >> 1 & (p->tallies - 1);
    for (uint32_t tries = 0; o->story != 0 && tries < TRIES; tries++, i = (i + 1) & (p->tallies - 1)) {
        if (p->story[i] == story)
            return 0;
        if (p->story[i] != 0)
            continue;
        p->story[i] = story;
        return 1;
    }
    return 1;
}

static void count_sources(struct part *p)
{
    p->tallies = 16;
    while (p->tallies < SOURCES && p->tallies < 2 * p->members)
        p->tallies *= 2;
    for (uint32_t i = 0; i < p->tallies; i++)
        p->tally[i] = (struct tally){0};
    memset(p->story, 0, p->tallies * sizeof *p->story);
    for (uint32_t i = 0; i < p->members; i++) {
        const struct dup_owner *o = &p->member[i];
        struct tally *t = tally_of(p, o->source);
        if (t)
            *t = (struct tally){o->source, t->docs + is_first_version(p, o), 0, 0};
    }
}

/* Records furniture and marks its sources. */
static assay_status find_furniture(struct part *p, uint32_t run)
{
    const struct assay_host *h = p->d->host;
    uint32_t sites = 0;
    for (uint32_t i = 0; i < p->tallies; i++) {
        struct tally *t = &p->tally[i];
        if (t->docs < p->d->furniture || t->docs < threshold(p->d, t->source))
            continue;
        struct dup_frequent f = {run, t->source};
        assay_status s = p->classes > 1 ? ASSAY_OK : h->to_corpus(h, p->out, DUP_FREQUENT, &f);
        if (s != ASSAY_OK)
            return s;
        t->docs |= FURNITURE;
        sites += t->source != 0;
    }
    if (sites < SITES || p->classes > 1)
        return ASSAY_OK;
    struct dup_frequent f = {run, DUP_EVERYWHERE};
    return h->to_corpus(h, p->out, DUP_FREQUENT, &f);
}

uint32_t dup_seeds_told(struct dup *d)
{
    return dup_parts_of(d) ? d->seeds - 1 : 1;
}

/* Most texts meet once, by a turn of phrase: a name alone says so, and again. */
static assay_status tell_seed(const struct part *p, const struct told *t)
{
    const struct assay_host *h = p->d->host;
    struct dup_other other = {t->b};
    uint32_t times = t->count < p->times ? t->count : p->times;
    assay_status s = ASSAY_OK;
    while (times-- > 0 && s == ASSAY_OK)
        s = h->to_document(h, p->out, DUP_SEED, t->a, &other);
    return s;
}

static assay_status tell_one(const struct part *p, const struct told *t, uint32_t slot)
{
    const struct assay_host *h = p->d->host;
    struct dup_shared other = {t->b, t->count, 0};
    return slot == DUP_SEED ? tell_seed(p, t) : h->to_document(h, p->out, DUP_FOOT, t->a, &other);
}

/* Names for numbers; what is known of the texts lies here and there, so many are asked for at once. */
static void name_pairs(const struct part *p, struct told *to, const struct dup_pair_count *pair, uint32_t n)
{
    const assay_docid *name[2 * AT_ONCE];
    for (uint32_t from = 0; from < n; from += AT_ONCE) {
        uint32_t some = n - from < AT_ONCE ? n - from : AT_ONCE;
        for (uint32_t i = 0; i < some; i++) {
            __builtin_prefetch(name[2 * i] = dup_slices_name(p->slices, pair[from + i].a));
            __builtin_prefetch(name[2 * i + 1] = dup_slices_name(p->slices, pair[from + i].b));
        }
        for (uint32_t i = 0; i < some; i++)
            to[from + i] = (struct told){*name[2 * i], *name[2 * i + 1], pair[from + i].count, 0};
    }
}

/* By the highest bits of the first one, stable: the host finds a document more quickly beside the one before it. */
static void sort_told(struct told *to, const struct told *from, uint32_t n)
{
    uint32_t next[1u << NEAR] = {0}, sum = 0;
    for (uint32_t i = 0; i < n; i++)
        next[from[i].a >> (64 - NEAR)]++;
    for (uint32_t v = 0; v < 1u << NEAR; v++) {
        uint32_t count = next[v];
        next[v] = sum;
        sum += count;
    }
    for (uint32_t i = 0; i < n; i++)
        to[next[from[i].a >> (64 - NEAR)]++] = from[i];
}

/* Forgets the pairs once they are told. */
static assay_status tell(struct part *p, struct dup_pairs *pairs, uint32_t slot)
{
    if (!dup_pairs_settle(pairs))
        return ASSAY_ENOMEM;
    uint64_t most = p->slices->owners / TELL_PART > TELL ? p->slices->owners / TELL_PART : TELL;
    uint32_t room = pairs->kept < most ? pairs->kept : (uint32_t)most, n;
    struct told *told = malloc((2 * (uint64_t)room + 1) * sizeof *told);
    struct dup_pair_count *pair = malloc(((uint64_t)room + 1) * sizeof *pair);
    assay_status s = told && pair ? ASSAY_OK : ASSAY_ENOMEM;
    uint64_t at = 0;
    while (s == ASSAY_OK && (n = dup_pairs_next(pairs, &at, p->least, pair, room)) > 0) {
        name_pairs(p, told, pair, n);
        sort_told(told + room, told, n);
        for (uint32_t i = 0; i < n && s == ASSAY_OK; i++)
            s = tell_one(p, &told[room + i], slot);
    }
    free(pair);
    free(told);
    dup_pairs_clear(pairs);
    return s;
}

/* 1: the pair is of another class than the one in hand. */
static int is_apart(const struct part *p, uint64_t hash)
{
    return p->classes > 1 && (hash >> 16 & 0xffffff) * p->classes >> 24 != p->class; /* bits that pairs.c leaves */
}

/* Adds a meeting where there is room. */
static assay_status count(struct part *p, struct dup_pairs *pairs, uint32_t slot, struct dup_pair_count met,
                          uint64_t hash)
{
    if (dup_pairs_weight(pairs) < p->d->pairs_at_once)
        return dup_pairs_add(pairs, met.a, met.b, hash) ? ASSAY_OK : ASSAY_ENOMEM;
    if (p->least < 2) {
        assay_status s = tell(p, pairs, slot);
        return s == ASSAY_OK && !dup_pairs_add(pairs, met.a, met.b, hash) ? ASSAY_ENOMEM : s;
    }
    p->missed += slot == DUP_SEED;
    return ASSAY_OK;
}

/* What is asked of the two names, not of their numbers, is the same however documents were cut into tasks. */
static assay_status meet(struct part *p, const struct dup_owner *a, const struct dup_owner *b)
{
    uint64_t hash = dup_mix(dup_pair(a->doc, b->doc));
    struct dup_pair_count met = {a->number, b->number, 1};
    return is_apart(p, hash) ? ASSAY_OK : count(p, &p->d->pairs, DUP_SEED, met, hash);
}

/* Two texts of one source with the same furniture. */
static assay_status meet_feet(struct part *p, uint32_t a, uint32_t b)
{
    struct dup_pair_count met = {a, b, 1};
    return p->classes > 1 ? ASSAY_OK : count(p, &p->d->feet, DUP_FOOT, met, 0);
}

/* Takes out the texts of which the run is furniture. The first two of each source keep each other as an example. */
static assay_status drop_furniture(struct part *p)
{
    uint32_t kept = 0;
    assay_status s = ASSAY_OK;
    for (uint32_t i = 0; i < p->members && s == ASSAY_OK; i++) {
        struct dup_owner m = p->member[i];
        struct tally *t = tally_of(p, m.source);
        if (!t || !(t->docs & FURNITURE)) {
            p->member[kept++] = m;
        } else if (t->first == 0) {
            t->first = m.number + 1;
        } else if (t->first != TOLD) {
            s = meet_feet(p, t->first - 1, m.number);
            t->first = TOLD;
        }
    }
    p->members = kept;
    return s;
}

/* The longer text keeps the record: it is indexed once and the shorter ones pass by it; before it a copy that is here
 * in part. Two copies of one head are no pair. */
static assay_status pair(struct part *p, uint32_t x, uint32_t y)
{
    const struct dup_owner *one[2] = {&p->member[x], &p->member[y]};
    uint32_t turned = one[0]->words <= one[1]->words; /* an index, since either is as likely */
    if (one[0]->words & one[1]->words & DUP_PARTLY && one[0]->story == one[1]->story)
        return ASSAY_OK;
    return meet(p, one[turned], one[!turned]);
}

static assay_status make_pairs(struct part *p)
{
    assay_status s = ASSAY_OK;
    for (uint32_t y = 1; y < p->members && s == ASSAY_OK; y++) {
        uint32_t from = p->members <= PAIRS ? 0 : y - 1;
        for (uint32_t x = from; x < y && p->members <= CHAIN && s == ASSAY_OK; x++)
            s = pair(p, x, y);
        if (s == ASSAY_OK && (from > 0 || p->members > CHAIN))
            s = pair(p, 0, y);
    }
    return s;
}

static assay_status settle_run(struct part *p, uint32_t run, struct dup_owner *owner, uint64_t count)
{
    assay_status s = ASSAY_OK;
    p->member = owner;
    p->members = 0;
    for (uint64_t i = 0; i < count && s == ASSAY_OK; i++) {
        if (p->members == 0 || owner[p->members - 1].doc != owner[i].doc)
            owner[p->members++] = owner[i];
        else
            s = meet(p, &owner[i], &owner[i]);
    }
    if (s == ASSAY_OK && p->members >= p->d->furniture) {
        count_sources(p);
        s = find_furniture(p, run);
        if (s == ASSAY_OK)
            s = drop_furniture(p);
    }
    return s == ASSAY_OK && p->members > 1 ? make_pairs(p) : s;
}

static assay_status settle_slice(struct part *p, struct dup_slices *slices)
{
    assay_status s = ASSAY_OK;
    for (uint64_t i = 0, j; i < slices->count && s == ASSAY_OK; i = j) {
        uint64_t run = slices->post[i] >> 32;
        for (j = i + 1; j < slices->count && slices->post[j] >> 32 == run; j++)
            ;
        s = settle_run(p, (uint32_t)run, &slices->owner[i], j - i);
    }
    return s;
}

static assay_status settle_slices(struct part *p, struct assay_list posting)
{
    struct dup_slices *slices = &p->d->slices;
    assay_status s = ASSAY_OK;
    int more = 1;
    if (!dup_slices_open(slices, posting, dup_parts_of(p->d)))
        return ASSAY_ENOMEM;
    dup_pairs_among(&p->d->pairs, slices->owners, p->least);
    dup_pairs_among(&p->d->feet, slices->owners, 1);
    while (s == ASSAY_OK && (more = dup_slices_next(slices)) > 0)
        s = settle_slice(p, slices);
    return more < 0 ? ASSAY_ENOMEM : s;
}

/* What has to be counted to its end, but is too much to be counted at once, is counted again, one class of pairs at a
 * time. */
static assay_status settle_part(struct part *p, struct assay_list posting)
{
    assay_status s = settle_slices(p, posting);
    if (s == ASSAY_OK)
        s = tell(p, &p->d->feet, DUP_FOOT);
    if (s != ASSAY_OK || p->missed == 0)
        return s == ASSAY_OK ? tell(p, &p->d->pairs, DUP_SEED) : s;
    uint64_t most = p->d->pairs_at_once / DUP_WEIGHT_MET;
    p->classes = (uint32_t)((p->missed + most) / (most - most / 8)) + 1; /* some are larger than others */
    for (; p->class < p->classes && s == ASSAY_OK; p->class++) {
        dup_pairs_clear(&p->d->pairs);
        s = settle_slices(p, posting);
        if (s == ASSAY_OK)
            s = tell(p, &p->d->pairs, DUP_SEED);
    }
    return s;
}

assay_status dup_index_reduce(void *self, const void *key, uint32_t size, struct assay_values *v, struct assay_out *out)
{
    struct dup *d = self;
    const struct assay_host *h = d->host;
    uint64_t pieces = h->count(h, v);
    struct assay_list batch;
    (void)key;
    (void)size;
    assay_status s = pieces > UINT32_MAX ? ASSAY_ENOMEM : h->next(h, v, (uint32_t)pieces, &batch, NULL);
    if (s != ASSAY_OK)
        return s;
    dup_pairs_clear(&d->pairs);
    dup_pairs_clear(&d->feet);
    struct part p = {
        .d = d, .out = out, .slices = &d->slices, .least = dup_parts_of(d) ? 1 : d->seeds - 1, .times = dup_seeds_told(d)};
    uint64_t *room = dup_scratch(d, SOURCES * (sizeof *p.tally + sizeof *p.story) / sizeof *room);
    if (!room)
        return ASSAY_ENOMEM;
    p.tally = (struct tally *)(void *)room;
    p.story = (uint32_t *)(void *)(p.tally + SOURCES);
    s = settle_part(&p, batch);
    if (dup_parts_of(d) == 0) { /* there is no other; what was told has yet to be put in order */
        dup_pairs_free(&d->pairs);
        dup_pairs_free(&d->feet);
    }
    return s;
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
            dup_mask_add(blob, (uint32_t)f->run, (uint32_t)f->source);
        }
    }
    if (s == ASSAY_END)
        s = h->share(h, out, blob, words * sizeof *blob);
    free(blob);
    return s;
}
