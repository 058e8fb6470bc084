/* SPDX-License-Identifier: Apache-2.0
 *
 * Round 1. Keys carry what they are in their lowest bits: a band of the sketch, the hash of the whole text, the source,
 * the mark of texts too short for a sketch, or of long ones.
 */
#include <stdlib.h>
#include <string.h>

#include "dup.h"
#include "mix.h"
#include "sketch.h"

#define TAG 63u
#define EXACT 63u
#define SOURCE 62u
#define TOO_SHORT 61u
#define VOLUME 60u
#define MIN_WORDS 3u /* of texts that can be the same at all */
#define BATCH 4096u

static uint64_t tagged(uint64_t hash, uint32_t tag)
{
    return (hash & ~(uint64_t)TAG) | tag;
}

static assay_status emit(const struct dup *d, struct assay_out *out, uint64_t key)
{
    return d->host->emit(d->host, out, &key, sizeof key, NULL);
}

/* At most two places of a run in one text are kept: one says that the text has it, two that it repeats itself. */
static int admit(uint32_t *table, uint64_t last, uint32_t run)
{
    uint64_t i = run & last; /* a hash, of which the higher bits are mostly small */
    uint32_t times = 0;
    run += run == 0; /* 0: a free place */
    for (; table[i] != 0; i = (i + 1) & last)
        times += table[i] == run;
    if (times < 2)
        table[i] = run;
    return times < 2;
}

/* Copies the runs, and notes which of them may have stood there before: few, by one bit for each run. Gives how many
 * of them there are. */
static uint32_t copy_picks(struct dup *d, uint32_t *to, uint32_t *again, const struct dup_text *t)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < t->picks; i++) {
        uint32_t run = t->run[t->pick[i]], bit = run % DUP_SEEN;
        again[n] = i;
        n += d->seen[bit / 64] >> bit % 64 & 1;
        d->seen[bit / 64] |= UINT64_C(1) << bit % 64;
        to[i] = run;
    }
    for (uint32_t i = 0; i < t->picks; i++)
        d->seen[to[i] % DUP_SEEN / 64] = 0;
    return n;
}

/* Leaves out the third place of a run and those behind it, which are among the `n` that `again` names. */
static uint32_t keep_two(uint32_t *run, uint32_t runs, const uint32_t *again, uint32_t n)
{
    uint32_t kept = n ? again[0] : runs;
    for (uint32_t i = kept, next = 0; i < runs; i++) {
        uint32_t times = 0;
        if (next < n && again[next] == i) {
            next++;
            for (uint32_t k = 0; k < kept; k++)
                times += run[k] == run[i];
        }
        run[kept] = run[i];
        kept += times < 2;
    }
    return kept;
}

#define LOOKED_BACK 8192u /* runs of those that may stand there again, times runs: more are looked up in a table */

static assay_status find_picks(struct dup *d, struct dup_sketch *sketch)
{
    struct dup_text *t = &d->mine;
    assay_status s = dup_winnow_text(d, t);
    if (s != ASSAY_OK)
        return s;
    uint64_t size = 64;
    while (size < 2 * (uint64_t)t->picks)
        size *= 2;
    uint32_t *table = (uint32_t *)(void *)dup_scratch(d, (size + t->picks) / 2 + 1), *pick = table + size, kept = 0;
    if (!table)
        return ASSAY_ENOMEM;
    uint32_t again = t->picks > DUP_SEEN / 64 ? UINT32_MAX : copy_picks(d, pick, table, t);
    if ((uint64_t)again * t->picks <= LOOKED_BACK) {
        kept = keep_two(pick, t->picks, table, again);
        sketch->pick = (struct assay_list){pick, kept, sizeof *pick};
        return ASSAY_OK;
    }
    memset(table, 0, size * sizeof *table);
    for (uint32_t i = 0; i < t->picks; i++)
        if (admit(table, size - 1, t->run[t->pick[i]]))
            pick[kept++] = t->run[t->pick[i]];
    sketch->pick = (struct assay_list){pick, kept, sizeof *pick};
    return ASSAY_OK;
}

assay_status dup_analyse(void *self, struct assay_doc *doc)
{
    struct dup *d = self;
    struct dup_text *t = &d->mine;
    dup_ask_for_text(d, doc);
    uint32_t source = dup_source_of(d, doc); /* its name stands elsewhere: while the text is on its way */
    uint32_t look;
    assay_status s = dup_load_new(d, t, doc, &look);
    if (s != ASSAY_OK)
        return s;
    if (t->cut)
        d->host->note(d->host, ASSAY_NOTE_WARNING, "only the first %u words are compared", (unsigned)DUP_MOST_WORDS);
    struct dup_sketch sketch = {
        .exact = dup_exact(t->words.at, t->words.count), .words = t->words.count, .source = source, .look = look};
    if (t->words.count >= d->rules.least && (s = find_picks(d, &sketch)) != ASSAY_OK)
        return s;
    return dup_keep_sketch(d, doc, &sketch);
}

/* How large the index will be: texts are counted by source, but some are much longer than others. */
static assay_status emit_volume(const struct dup *d, struct assay_out *out, uint32_t picks)
{
    assay_status s = ASSAY_OK;
    for (uint32_t i = DUP_VOLUME_UNIT; i <= picks && s == ASSAY_OK; i += DUP_VOLUME_UNIT)
        s = emit(d, out, VOLUME);
    return s;
}

assay_status dup_twins_map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    struct dup *d = self;
    struct dup_sketch sketch;
    assay_status s = dup_whole_sketch_of(d, doc, &d->my_picks, &sketch);
    if (s == ASSAY_OK)
        s = emit(d, out, tagged((uint64_t)sketch.source << 16, SOURCE));
    if (s == ASSAY_OK && sketch.words >= MIN_WORDS)
        s = emit(d, out, tagged(sketch.exact, EXACT));
    if (s != ASSAY_OK)
        return s;
    if (sketch.words < d->rules.least) {
        s = emit(d, out, TOO_SHORT); /* twice, so that a single one is counted too */
        return s != ASSAY_OK ? s : emit(d, out, TOO_SHORT);
    }
    uint64_t key[DUP_BANDS];
    dup_bands(key, sketch.pick.at, sketch.pick.count);
    for (uint32_t i = 0; i < DUP_BANDS && s == ASSAY_OK; i++)
        s = emit(d, out, tagged(key[i], i));
    return s == ASSAY_OK ? emit_volume(d, out, sketch.pick.count) : s;
}

/* The first text of the group stands for it. */
static assay_status reduce_exact(const struct dup *d, struct assay_values *v, struct assay_out *out)
{
    const struct assay_host *h = d->host;
    struct assay_list batch;
    const assay_docid *docs;
    struct dup_other first = {0};
    assay_status s;
    while ((s = h->next(h, v, BATCH, &batch, &docs)) == ASSAY_OK) {
        for (uint32_t i = 0; i < batch.count; i++) {
            if (first.doc == 0)
                first.doc = docs[i];
            else if ((s = h->to_document(h, out, DUP_TWIN, docs[i], &first)) != ASSAY_OK)
                return s;
        }
    }
    return s == ASSAY_END ? ASSAY_OK : s;
}

/* A star, not all pairs: each text is compared with the first of the group and with the one before it. */
static assay_status reduce_band(const struct dup *d, struct assay_values *v, struct assay_out *out)
{
    const struct assay_host *h = d->host;
    struct assay_list batch;
    const assay_docid *docs;
    struct dup_other first = {0}, before = {0};
    assay_status s;
    while ((s = h->next(h, v, BATCH, &batch, &docs)) == ASSAY_OK) {
        for (uint32_t i = 0; i < batch.count; i++) {
            if (first.doc == 0) {
                first.doc = before.doc = docs[i];
                continue;
            }
            if ((s = h->to_document(h, out, DUP_CANDIDATE, docs[i], &first)) != ASSAY_OK)
                return s;
            if (before.doc != first.doc && (s = h->to_document(h, out, DUP_CANDIDATE, docs[i], &before)) != ASSAY_OK)
                return s;
            before.doc = docs[i];
        }
    }
    return s == ASSAY_END ? ASSAY_OK : s;
}

static void note_short(const struct dup *d, uint64_t texts)
{
    if (texts == 1)
        d->host->note(d->host, ASSAY_NOTE_INFO, "one text is shorter than %u words and was only compared whole",
                      d->rules.least);
    else
        d->host->note(d->host, ASSAY_NOTE_INFO, "%llu texts are shorter than %u words and were only compared whole",
                      (unsigned long long)texts, d->rules.least);
}

assay_status dup_twins_reduce(void *self, const void *key, uint32_t size, struct assay_values *v, struct assay_out *out)
{
    struct dup *d = self;
    const struct assay_host *h = d->host;
    uint64_t k;
    (void)size;
    __builtin_memcpy(&k, key, sizeof k);
    switch (k & TAG) {
    case EXACT:
        return reduce_exact(d, v, out);
    case SOURCE: {
        struct dup_source s = {k >> 16, h->count(h, v)};
        return h->to_corpus(h, out, DUP_SOURCE, &s);
    }
    case VOLUME: {
        struct dup_source s = {DUP_VOLUME, h->count(h, v)};
        return h->to_corpus(h, out, DUP_SOURCE, &s);
    }
    case TOO_SHORT:
        note_short(d, h->count(h, v) / 2);
        return ASSAY_OK;
    default:
        return reduce_band(d, v, out);
    }
}

/* Shares the table of sources: struct dup_source, ascending. */
assay_status dup_twins_finish(void *self, struct assay_values *v, struct assay_out *out)
{
    struct dup *d = self;
    const struct assay_host *h = d->host;
    uint64_t n = h->count(h, v), at = 0;
    struct dup_source *table = malloc((n + 1) * sizeof *table);
    struct assay_list batch;
    assay_status s;
    if (!table)
        return ASSAY_ENOMEM;
    while ((s = h->next(h, v, BATCH, &batch, NULL)) == ASSAY_OK)
        for (uint32_t i = 0; i < batch.count && at < n; i++)
            table[at++] = *ASSAY_AT(struct dup_source, batch, i);
    if (s == ASSAY_END)
        s = at ? h->share(h, out, table, at * sizeof *table) : ASSAY_OK;
    free(table);
    return s;
}
