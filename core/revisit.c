/* SPDX-License-Identifier: Apache-2.0 */
#include "revisit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lookup.h"
#include "memo.h"
#include "runfolder_own.h"

#define ROUNDS_MOST 32u /* of a pass: a bit each */

/* Emissions of one round in an earlier segment, by document. */
struct carried {
    const struct emit_row **row;
    uint64_t *first; /* [docs + 1] */
};

/* What a document was found to be due for. */
struct asked {
    uint64_t came;
    uint32_t maps; /* bits */
    uint32_t stale; /* bits: what is told of the round is right, but not how it is found so at once */
    uint32_t block, zero;
};

struct revisit {
    uint32_t task;
    uint64_t docs, on_way; /* on_way: bits of layers that are on their way in this pass */
    const struct segment *prior, *under; /* of the earlier run, and what that one stands on; NULL: none */
    const struct segment *below;         /* what the new one stands on: one of these two; NULL: nothing */
    struct carried carried[ROUNDS_MOST];
    struct noted noted;
    uint32_t lookups; /* bits of rounds that look under keys */
    uint32_t adding; /* bits of rounds whose maps add to the document's own block */
    uint32_t apart; /* bits of rounds with combine that have to be mapped again for all documents */
    uint64_t known[ROUNDS_MOST]; /* documents whose maps were not called */
    struct asked *asked; /* of the first documents, in advance; NULL: none were */
    uint64_t askeds;
};

/* ---- what is told ---- */

static const struct plan_round *round_at(const struct run *run, uint32_t i)
{
    return &run->plan->round[run->round[i]];
}

static int is_fresh(const struct plan_round *round)
{
    return (round->round->flags & ASSAY_FRESH_MAP) != 0;
}

/* Rounds whose maps add to the document's own block. */
static uint32_t adding(const struct run *run)
{
    uint32_t bits = 0;
    for (uint32_t i = 0; i < run->rounds; i++)
        bits |= steps_adds(run, round_at(run, i)) ? 1u << i : 0;
    return bits;
}

int revisit_wanted(const struct run *run)
{
    const struct plan *plan = run->plan;
    if (!run->folder || !run->pass || (plan->apart && run->pass == 1) || !run->rounds || run->rounds > ROUNDS_MOST)
        return 0;
    for (uint32_t i = 0; i < plan->steps; i++) {
        const struct plan_step *s = &plan->step[i];
        if (s->plugin->role == ASSAY_ANALYSER && s->plugin->analyse && s->analyse_pass > (plan->apart ? 1u : 0u) &&
            s->analyse_pass <= run->pass)
            return 0;
    }
    uint32_t fresh = 0;
    for (uint32_t i = 0; i < run->rounds; i++)
        fresh += (uint32_t)is_fresh(round_at(run, i));
    return fresh > 0;
}

int revisit_serves(const struct run *run, uint32_t task, const struct segment *segment)
{
    const struct foot *foot = foot_of(segment);
    return foot && foot->visit_at && !foot->notes && foot->docs == run->index.base[task + 1] - run->index.base[task] &&
           foot->sections == (uint64_t)run->rounds * run->parts;
}

/* Whether a segment is too large to be put above `under`: then a whole one is written. */
static int is_worn(const struct segment *segment, const struct segment *under)
{
    return segment->size > under->size / 2;
}

/* What an earlier run told of the document, and its place, as the foot has it; NULL: nothing. */
static const struct foot_visit *visit_of(const struct revisit *r, uint64_t ordinal, uint64_t *at)
{
    const struct foot *foot = r->prior ? foot_of(r->prior) : NULL;
    *at = foot ? ((const uint64_t *)(const void *)(r->prior->at + foot->visit_at))[ordinal] : VISIT_NONE;
    if (*at == VISIT_NONE)
        return NULL;
    const struct segment *from = *at & PART_UNDER ? r->under : r->prior;
    uint64_t begin = *at & ~PART_UNDER;
    foot = from ? foot_of(from) : NULL;
    return foot && begin < foot->visits
               ? (const struct foot_visit *)(const void *)(from->at + foot->visits_at + begin)
               : NULL;
}

/* 1: what stands there, in a segment of the earlier run, is what the new one stands on. */
static int is_below(const struct revisit *r, uint64_t at)
{
    return r->below && r->below == (at & PART_UNDER ? r->under : r->prior);
}

static const struct visit_round *next_round(const struct visit_round *v)
{
    return (const struct visit_round *)(const void *)((const struct reading_of *)(const void *)(v + 1) + v->reads);
}

/* Bits of rounds whose emissions the earlier segment itself has. */
static uint32_t own_of(const struct revisit *r, uint64_t ordinal)
{
    const struct foot *foot = foot_of(r->prior);
    return r->under ? ((const uint32_t *)(const void *)(r->prior->at + foot->own_at))[ordinal] : UINT32_MAX;
}

/* ---- emissions of an earlier run that cannot stay where they are ---- */

static void walk_rows(const struct run *run, const struct revisit *r, const struct segment *segment, uint32_t round,
                      struct carried *c, int fill)
{
    const struct foot *foot = foot_of(segment);
    const struct foot_section *s =
        (const struct foot_section *)(const void *)(segment->at + foot->sections_at) + (uint64_t)round * run->parts;
    for (uint32_t p = 0; p < run->parts; p++)
        for (uint64_t at = s[p].at; at < s[p].at + s[p].size;) {
            const struct emit_row *row = (const struct emit_row *)(const void *)(segment->at + at);
            at += row->size;
            if (row->doc >= r->docs || (own_of(r, row->doc) >> round & 1) != (segment == r->prior))
                continue;
            if (fill)
                c->row[c->first[row->doc]++] = row;
            else
                c->first[row->doc + 1]++;
        }
}

static void walk_all(const struct run *run, const struct revisit *r, uint32_t round, struct carried *c, int fill)
{
    if (r->below != r->prior)
        walk_rows(run, r, r->prior, round, c, fill);
    if (r->under && r->below != r->under)
        walk_rows(run, r, r->under, round, c, fill);
}

static int open_carried(const struct run *run, const struct revisit *r, uint32_t round, struct carried *c)
{
    c->first = calloc(r->docs + 2, sizeof *c->first);
    if (!c->first)
        return -1;
    walk_all(run, r, round, c, 0);
    for (uint64_t i = 0; i < r->docs; i++)
        c->first[i + 1] += c->first[i];
    c->row = malloc((c->first[r->docs] + 1) * sizeof *c->row);
    if (!c->row)
        return -1;
    walk_all(run, r, round, c, 1); /* moves each first to its end: the next one's first */
    memmove(c->first + 1, c->first, r->docs * sizeof *c->first);
    c->first[0] = 0;
    return 0;
}

/* The round's emissions of the document stay as they were: below, or they are copied. Gives its bit where they are
 * copied. */
static int keep_rows(struct run *run, uint64_t ordinal, uint32_t round, uint32_t *own)
{
    struct revisit *r = run->work.revisit;
    struct carried *c = &r->carried[round];
    struct bytes *to = &run->work.emit[run->round[round]];
    if (r->below == r->prior || (r->below && r->below == r->under && !(own_of(r, ordinal) >> round & 1)))
        return 0;
    *own |= 1u << round;
    if (!c->row && open_carried(run, r, round, c)) {
        errno = ENOMEM;
        return -1;
    }
    for (uint64_t i = c->first[ordinal]; i < c->first[ordinal + 1]; i++)
        if (!bytes_add(to, c->row[i], c->row[i]->size)) {
            errno = ENOMEM;
            return -1;
        }
    return 0;
}

/* The document's earlier block, and where it stands; NULL: it had none. */
static const struct doc_head *block_of(const struct revisit *r, uint64_t ordinal, const struct segment **from,
                                       uint64_t *at)
{
    *at = foot_doc(foot_of(r->prior), r->prior->at, ordinal);
    *from = *at & PART_UNDER ? r->under : r->prior;
    if (!*at)
        return NULL;
    *at &= ~PART_UNDER;
    return (const struct doc_head *)(const void *)((*from)->at + *at);
}

/* What the round's map has added to the document's earlier block goes into the new one. */
static int keep_added(struct run *run, uint64_t ordinal, uint32_t round)
{
    const struct segment *from;
    uint64_t at;
    const struct doc_head *head = block_of(run->work.revisit, ordinal, &from, &at);
    const struct plan_round *of = round_at(run, round);
    return !head || doc_take_map(&run->work.doc, head, of->step, of->index + 1) ? 0 : -1;
}

/* The document's block stays as it was. */
static int keep_block(struct run *run, uint64_t ordinal)
{
    struct work *work = &run->work;
    const struct revisit *r = work->revisit;
    const struct segment *from;
    uint64_t at;
    const struct doc_head *head = block_of(r, ordinal, &from, &at);
    if (!head)
        return work_doc(work, NULL, 0);
    if (from == r->below)
        return work_doc(work, head, at | PART_UNDER);
    const struct block *block = (const struct block *)(const void *)head - 1;
    if (stream_block(&work->stream, BLOCK_DOC, block->tag, work->unit + 1, head, block->size, &at))
        return -1;
    return work_doc(work, head, at);
}

/* ---- a task ---- */

static int add_look(struct work *work, uint64_t at)
{
    return bytes_add(&work->look_at, &at, sizeof at) ? 0 : -1;
}

int revisit_begin(struct run *run, uint32_t task)
{
    struct work *work = &run->work;
    if (!revisit_wanted(run))
        return 0;
    struct revisit *r = work->revisit = calloc(1, sizeof *r);
    if (!r)
        return -1;
    r->task = task;
    r->adding = adding(run);
    for (uint32_t i = 0; i < run->rounds; i++)
        r->lookups |= (uint32_t)lookup_round(run, i) << i;
    r->docs = run->index.base[task + 1] - run->index.base[task];
    for (uint32_t i = 1; i < run->plan->layers && i < SUM_BLOB; i++)
        r->on_way |= (uint64_t)inbox_brings(run, i) << i;
    const uint64_t none = VISIT_NONE;
    for (uint64_t i = work->docs.size / sizeof(uint64_t); i; i--) /* a dead worker's */
        if (!bytes_add(&work->visit_at, &none, sizeof none) || (r->lookups && add_look(work, LOOKUP_NONE)))
            return -1;
    if (!run->prior || !run->prior[task].size)
        return 0;
    r->prior = &run->prior[task];
    r->under = run->index.under[run->pass][task].size ? &run->index.under[run->pass][task] : NULL;
    r->below = !r->under ? r->prior : is_worn(r->prior, r->under) ? NULL : r->under;
    if (r->below)
        memcpy(work->under, r->below->name, sizeof work->under);
    uint64_t begun = stream_begin(&work->stream, BLOCK_OVER, 0);
    bytes_add(&work->stream.buf, work->under, sizeof work->under);
    return stream_end(&work->stream, begun, 0);
}

void revisit_end(struct run *run)
{
    struct revisit *r = run->work.revisit;
    for (uint32_t i = 0; r && i < run->rounds; i++) {
        _Atomic uint64_t *count = run->folder->count + 2 * ((uint64_t)run->round[i] + run->plan->rounds);
        atomic_fetch_add(&count[0], r->docs);
        atomic_fetch_add(&count[1], r->known[i]);
        free(r->carried[i].row);
        free(r->carried[i].first);
    }
    if (r) {
        bytes_free(&r->noted.reads);
        free(r->asked);
    }
    free(r);
    run->work.revisit = NULL;
    run->work.noted = NULL;
}

int revisit_pass(struct run *run)
{
    struct work *work = &run->work;
    const uint32_t all = UINT32_MAX;
    const uint64_t none = VISIT_NONE;
    if (!work->revisit)
        return 0;
    if (!bytes_add(&work->own, &all, sizeof all) || !bytes_add(&work->visit_at, &none, sizeof none))
        return -1;
    return work->revisit->lookups ? add_look(work, LOOKUP_NONE) : 0;
}

/* ---- a document ---- */

/* What is to be done anew. */
struct due {
    const struct visit_round *was[ROUNDS_MOST]; /* what is told of rounds that are not */
    uint64_t came, told_at; /* told_at: where what was told stands; VISIT_NONE: it is told again */
    uint32_t maps, stale; /* bits */
    int block;
};

/* 1: all that the map asked for is as it was. < 0: errno. */
static int is_same(struct run *run, uint32_t number, uint32_t i, const struct visit_round *v, int *stale)
{
    const struct reading_of *reads = (const struct reading_of *)(const void *)(v + 1);
    struct read_sums was = v->read;
    *stale = 0;
    if (!v->known || !is_fresh(round_at(run, i)))
        return 0;
    int same = memo_same(run, reads, v->reads, run->work.revisit->on_way, &was, stale);
    if (same <= 0)
        return same;
    return !lookup_round(run, i) || lookup_same(run, i, number, reads, v->reads);
}

static int ask(struct run *run, uint32_t number, const struct foot_visit *visit, struct asked *to)
{
    struct revisit *r = run->work.revisit;
    *to = (struct asked){.maps = 0};
    run->work.near = run->index.rank[number];
    run->work.near_task = r->task;
    if (inbox_sum(run, number, UINT64_MAX, &to->came))
        return -1;
    to->block = !visit || visit->came != to->came;
    const struct visit_round *v = visit ? (const struct visit_round *)(const void *)(visit + 1) : NULL;
    for (uint32_t i = 0; i < run->rounds; i++, v = v ? next_round(v) : NULL) {
        int stale = 0, same = v ? is_same(run, number, i, v, &stale) : 0;
        if (same < 0)
            return -1;
        to->maps |= same ? 0 : 1u << i;
        to->stale |= stale ? 1u << i : 0;
    }
    return 0;
}

static int find_due(struct run *run, uint32_t number, struct due *due)
{
    const struct revisit *r = run->work.revisit;
    uint64_t ordinal = number - run->index.base[r->task], at;
    const struct foot_visit *visit = visit_of(r, ordinal, &at);
    struct asked asked;
    if (ordinal < r->askeds)
        asked = r->asked[ordinal];
    else if (ask(run, number, visit, &asked))
        return -1;
    *due = (struct due){
        .came = asked.came, .maps = asked.maps | r->apart, .stale = asked.stale, .block = asked.block != 0};
    due->told_at =
        visit && is_below(r, at) && !(due->maps | due->stale) && !due->block ? at | PART_UNDER : VISIT_NONE;
    const struct visit_round *v = visit ? (const struct visit_round *)(const void *)(visit + 1) : NULL;
    for (uint32_t i = 0; i < run->rounds; i++, v = v ? next_round(v) : NULL)
        due->was[i] = v;
    return 0;
}

static int tell(struct work *work, const struct visit_round *v, const struct reading_of *reads)
{
    return bytes_add(&work->visit, v, sizeof *v) &&
                   (!v->reads || bytes_add(&work->visit, reads, v->reads * sizeof *reads))
               ? 0
               : -1;
}

/* What is told of the document begins, or stays where it is. */
static int begin_telling(struct work *work, const struct due *due)
{
    struct foot_visit visit = {due->came};
    uint64_t at = due->told_at != VISIT_NONE ? due->told_at : work->visit.size;
    if (!bytes_add(&work->visit_at, &at, sizeof at))
        return -1;
    return due->told_at != VISIT_NONE || bytes_add(&work->visit, &visit, sizeof visit) ? 0 : -1;
}

/* The map is not called: what was told of it stays. */
static int tell_again(struct run *run, const struct due *due, uint32_t i)
{
    if (due->told_at != VISIT_NONE)
        return 0;
    struct visit_round v = *due->was[i];
    const struct reading_of *reads = (const struct reading_of *)(const void *)(due->was[i] + 1);
    if (due->stale >> i & 1 && memo_sum(run, reads, v.reads, run->work.revisit->on_way, &v.read))
        return -1;
    return tell(&run->work, &v, reads);
}

/* Calls the map and tells what it read. */
static int map_anew(struct run *run, uint32_t i)
{
    struct work *work = &run->work;
    struct revisit *r = work->revisit;
    const struct plan_round *round = round_at(run, i);
    struct visit_round v = {.known = 0};
    const struct reading_of *reads = NULL;
    if (is_fresh(round)) {
        r->noted.reads.size = 0;
        r->noted.spoiled = 0;
        r->noted.blobs = lookup_round(run, i) ? -1 : 1;
        work->noted = &r->noted;
    }
    int status = steps_map(run, round), told = -1;
    if (status >= 0 && lookup_round(run, i))
        told = lookup_tell(run, i, &work->look);
    work->noted = NULL;
    if (status < 0)
        return -1;
    if (is_fresh(round) && !r->noted.spoiled && told) {
        v.reads = (uint32_t)(r->noted.reads.size / sizeof *reads);
        reads = (const struct reading_of *)(const void *)r->noted.reads.at;
        v.known = 1;
        if (memo_sum(run, reads, v.reads, r->on_way, &v.read))
            return -1;
    }
    return tell(work, &v, reads);
}

/* No map that looks is called: its keys stay where they are, or are copied. */
static int keep_looks(struct run *run, uint64_t ordinal)
{
    struct work *work = &run->work;
    const struct revisit *r = work->revisit;
    uint64_t at, to = work->look.size;
    const uint32_t *keys = lookup_kept(r->prior, r->under, ordinal, &at);
    if (!keys)
        return add_look(work, LOOKUP_NONE);
    if (is_below(r, at))
        return add_look(work, at | PART_UNDER);
    for (uint32_t i = 0; i < run->rounds; i++)
        if (r->lookups >> i & 1 && lookup_copy(run, i, keys, &work->look))
            return -1;
    bytes_align(&work->look, 8);
    return add_look(work, to);
}

/* The map is not called, but one of another round is that looks, too. */
static int copy_look(struct run *run, uint64_t ordinal, uint32_t i)
{
    const struct revisit *r = run->work.revisit;
    uint64_t at;
    return lookup_copy(run, i, lookup_kept(r->prior, r->under, ordinal, &at), &run->work.look);
}

/* Emissions that were combined are of several documents: they stay where all of their task's do. The documents are
 * asked in advance, and once. */
static int find_apart(struct run *run, uint32_t joining)
{
    struct revisit *r = run->work.revisit;
    r->asked = calloc(r->docs + 1, sizeof *r->asked);
    if (!r->asked)
        return -1;
    for (; r->askeds < r->docs && joining & ~r->apart; r->askeds++) {
        struct asked *asked = &r->asked[r->askeds];
        uint32_t number = (uint32_t)(run->index.base[r->task] + r->askeds);
        uint64_t at;
        if (run->index.rank[number] != INDEX_NONE && ask(run, number, visit_of(r, r->askeds, &at), asked))
            return -1;
        r->apart |= asked->maps & joining;
    }
    return 0;
}

int revisit_look(struct run *run)
{
    const struct revisit *r = run->work.revisit;
    uint32_t joining = 0;
    for (uint32_t i = 0; r && r->prior && i < run->rounds; i++)
        joining |= round_at(run, i)->round->combine && is_fresh(round_at(run, i)) ? 1u << i : 0;
    return joining ? find_apart(run, joining) : 0;
}

int revisit_document(struct run *run, uint32_t number)
{
    struct work *work = &run->work;
    struct revisit *r = work->revisit;
    struct due due = {.maps = 0};
    uint64_t ordinal = number - run->index.base[r->task], looks = work->look.size;
    uint32_t own = 0;
    errno = ENOMEM;
    if (find_due(run, number, &due))
        return -1;
    if (due.block || due.maps) {
        if (!visit_open(run, number))
            return -1;
        inbox_ahead(run, r->task, (uint32_t)ordinal);
    }
    due.block |= (due.maps & r->adding) != 0;
    uint32_t lookups = due.maps & r->lookups ? r->lookups : 0;
    if (begin_telling(work, &due))
        return -1;
    for (uint32_t i = 0; i < run->rounds; i++) {
        int anew = due.maps >> i & 1;
        own |= anew ? 1u << i : 0;
        r->known[i] += !anew;
        if (anew ? map_anew(run, i) : keep_rows(run, ordinal, i, &own) || tell_again(run, &due, i))
            return -1;
        if (!anew && due.block && r->adding >> i & 1 && keep_added(run, ordinal, i))
            return -1;
        if (!anew && lookups >> i & 1 && copy_look(run, ordinal, i))
            return -1;
    }
    if (!bytes_add(&work->own, &own, sizeof own))
        return -1;
    bytes_align(&work->look, 8);
    if (r->lookups && (lookups ? add_look(work, looks) : keep_looks(run, ordinal)))
        return -1;
    return due.block ? steps_seal(run, 0) : keep_block(run, ordinal);
}
