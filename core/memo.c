/* SPDX-License-Identifier: Apache-2.0 */
#include "memo.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pairs.h"
#include "runfolder_own.h"

#define READS_MOST 1024u /* documents of a call: who reads more is called again */
#define FLUSH_AT (1u << 20)
#define BIT(layer) ((uint64_t)1 << (layer))

static const char magic[8] = "assaym2";

struct head {
    char magic[8];
    uint64_t size, sum; /* of what follows: XXH3-64 */
};

/* Then the documents read, those that rows go to, the sums of values (pairs.h), the rows. */
struct entry {
    uint64_t key; /* mixed: entries stand in order of keys */
    uint64_t given[2];
    struct read_sums read;
    uint32_t reads, places;
    uint64_t values; /* 0: its documents were not compared two by two */
    uint64_t size; /* of the rows */
};

/* Entries of an earlier run, mapped. */
struct former {
    const char *at; /* NULL: there are none */
    uint64_t size, next;
};
#define OVER 0 /* those that stand over the others */
#define BASE 1

struct memo {
    uint32_t round; /* of the plan */
    uint32_t over;  /* 1: what is written stands over the entries of BASE, which stay where they are */
    char name[40], part[48];
    int fd; /* of the part; -1: it could not be written */
    struct former old[2];
    struct bytes out;
    uint64_t written;
    XXH3_state_t *sum;
    /* the call in hand */
    struct entry entry;
    struct noted noted;
    struct bytes places; /* assay_docid */
    struct pairs pairs;
};

/* ---- what documents were ---- */

/* Of sums, a hundred thousand times in each pass: two products of 128 bits, folded. */
static uint64_t mix(uint64_t hash, uint64_t a, uint64_t b)
{
    hash = XXH3_mul128_fold64(hash ^ 0x9e3779b97f4a7c15u, a ^ 0xd6e8feb86659fd93u);
    return XXH3_mul128_fold64(hash ^ 0xa0761d6478bd642fu, b ^ 0xe7037ed1a0b428dbu);
}

static uint64_t sum_blob(const struct run *run, uint64_t round)
{
    const struct blob *blob = &run->blob[round];
    return mix(blob->size, blob->sum, blob->at != NULL);
}

/* In visits most documents are of the task in hand. */
static uint32_t task_of(const struct run *run, uint32_t number)
{
    const uint64_t *base = run->index.base;
    uint32_t task = run->work.near_task;
    return number >= base[task] && number < base[task + 1] ? task : index_task(&run->index, number);
}

/* What stands in a document, of the layers asked for: each in the block of its own pass, and document/1 in others, too,
 * where it was changed. */
static uint64_t sum_stored(const struct run *run, uint32_t number, uint64_t layers, uint64_t hash)
{
    uint32_t task = task_of(run, number);
    for (uint32_t pass = 0; pass < run->index.passes; pass++) {
        uint32_t n = 0;
        const struct foot_sum *sum =
            layers & run->stands[pass] ? index_sums_of(&run->index, task, number, pass, &n) : NULL;
        for (uint32_t i = 0; i < n; i++)
            if (layers >> sum[i].layer & 1)
                hash = mix(hash, sum[i].layer, sum[i].sum);
    }
    return hash;
}

/* Most that a map reads is of its own document. */
static uint32_t rank_of(const struct run *run, assay_docid doc)
{
    uint32_t near = run->work.near;
    return near < run->index.kept && run->index.id[near] == doc ? near : index_find(&run->index, doc);
}

/* What stands in the document today, of the layers asked for, or, `whole`, of all. -1: errno. */
static int sum_document(struct run *run, struct reading_of r, uint64_t on_way, int whole, uint64_t *to)
{
    uint32_t rank = rank_of(run, r.doc);
    uint64_t hash = mix(r.doc, r.layers, rank == INDEX_NONE), coming = 0;
    if (rank != INDEX_NONE && whole)
        hash = mix(hash, r.layers, run->index.whole[run->index.number[rank]]);
    else if (rank != INDEX_NONE)
        hash = sum_stored(run, run->index.number[rank], r.layers, hash);
    if (rank != INDEX_NONE && r.layers & on_way) {
        if (inbox_sum(run, run->index.number[rank], r.layers & on_way, &coming))
            return -1;
        hash = mix(hash, on_way, coming);
    }
    *to = hash;
    return 0;
}

static int sum_all(struct run *run, const struct reading_of *r, uint64_t n, uint64_t on_way, int whole, uint64_t *sum)
{
    *sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t one = 0;
        if (r[i].layers & BIT(SUM_BLOB))
            one = sum_blob(run, r[i].doc);
        else if (sum_document(run, r[i], on_way, whole, &one))
            return -1;
        *sum = mix(*sum, i, one);
    }
    return 0;
}

int memo_sum(struct run *run, const struct reading_of *r, uint64_t n, uint64_t on_way, struct read_sums *to)
{
    return sum_all(run, r, n, on_way, 0, &to->layers) || sum_all(run, r, n, on_way, 1, &to->whole) ? -1 : 0;
}

int memo_same(struct run *run, const struct reading_of *r, uint64_t n, uint64_t on_way, struct read_sums *was,
              int *stale)
{
    uint64_t whole, layers;
    *stale = 0;
    if (sum_all(run, r, n, on_way, 1, &whole))
        return -1;
    if (whole == was->whole)
        return 1;
    if (sum_all(run, r, n, on_way, 0, &layers))
        return -1;
    *stale = 1;
    was->whole = whole;
    return layers == was->layers;
}

static int same_reads(struct run *run, const struct entry *e)
{
    struct read_sums was = e->read;
    int stale;
    return memo_same(run, (const struct reading_of *)(const void *)(e + 1), e->reads, 0, &was, &stale) == 1;
}

int memo_note_pass(struct run *run)
{
    struct doc_index *index = &run->index;
    if (!index_note_sums(index, run->pass))
        return 0;
    if (!index->whole && !(index->whole = calloc(index->docs + 1, sizeof *index->whole)))
        return 0;
    for (uint32_t t = 0; t < index->tasks; t++)
        for (uint64_t number = index->base[t]; number < index->base[t + 1]; number++) {
            uint32_t n;
            const struct foot_sum *sum = index_sums_of(index, t, (uint32_t)number, run->pass, &n);
            for (uint32_t i = 0; i < n; i++)
                index->whole[number] = mix(index->whole[number], sum[i].layer, sum[i].sum);
        }
    return 1;
}

/* ---- the file ---- */

static void map_old(struct run *run, const char *name, struct former *old)
{
    struct folder *folder = &run->folder->folder;
    struct stat st;
    int fd = openat(run->folder->memo, name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    void *at = fstat(fd, &st) || st.st_size < (off_t)sizeof(struct head)
                   ? MAP_FAILED
                   : mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    const struct head *head = at;
    if (at != MAP_FAILED && !memcmp(head->magic, magic, sizeof magic) &&
        head->size == (uint64_t)st.st_size - sizeof *head && XXH3_64bits(head + 1, head->size) == head->sum) {
        *old = (struct former){(const char *)(head + 1), head->size, 0};
        return;
    }
    if (at != MAP_FAILED)
        munmap(at, (size_t)st.st_size);
    diag_say(run->diag, DIAG_WARNING, "run folder %s: memo/%s is damaged; it is done again", folder->path, name);
}

static void unmap_old(const struct former *old)
{
    if (old->at)
        munmap((void *)(uintptr_t)(old->at - sizeof(struct head)), old->size + sizeof(struct head));
}

/* What is new goes over what there is, until that is half as much as what it stands on. */
static void open_old(struct run *run, struct memo *m)
{
    char name[48];
    snprintf(name, sizeof name, "%s" MEMO_OVER, m->name);
    map_old(run, m->name, &m->old[BASE]);
    map_old(run, name, &m->old[OVER]);
    m->over = m->old[BASE].at && m->old[OVER].size <= m->old[BASE].size / 2;
}

int memo_wanted(const struct run *run, const struct plan_round *round)
{
    return run->folder && round->round->flags & ASSAY_FRESH;
}

struct memo *memo_open(struct run *run, const struct plan_round *round, uint32_t part)
{
    struct head head = {.size = 0};
    if (!memo_wanted(run, round) || run->folder->memo < 0)
        return NULL;
    struct memo *m = calloc(1, sizeof *m);
    XXH3_state_t *sum = m ? XXH3_createState() : NULL;
    if (!sum) {
        free(m);
        return NULL;
    }
    struct folder_name name = name_memo(run, round, part);
    m->sum = sum;
    m->round = (uint32_t)(round - run->plan->round);
    XXH3_64bits_reset(m->sum);
    snprintf(m->name, sizeof m->name, "%016llx%016llx", (unsigned long long)name.high, (unsigned long long)name.low);
    snprintf(m->part, sizeof m->part, "%s.part", m->name);
    m->fd = openat(run->folder->memo, m->part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (m->fd >= 0 && write(m->fd, &head, sizeof head) != (ssize_t)sizeof head) {
        close(m->fd);
        m->fd = -1;
    }
    open_old(run, m);
    return m;
}

static void flush(struct memo *m)
{
    uint64_t done = 0;
    XXH3_64bits_update(m->sum, m->out.at, m->out.size);
    while (m->fd >= 0 && done < m->out.size) {
        ssize_t n = write(m->fd, m->out.at + done, m->out.size - done);
        if (n <= 0) { /* no room: then nothing is kept */
            close(m->fd);
            m->fd = -1;
            break;
        }
        done += (uint64_t)n;
    }
    m->written += done;
    m->out.size = 0;
}

static int finish(struct run *run, struct memo *m)
{
    struct head head = {.size = m->written};
    memcpy(head.magic, magic, sizeof magic);
    head.sum = XXH3_64bits_digest(m->sum);
    pool_kill_point("memo.written");
    if (m->out.failed || m->fd < 0 || pwrite(m->fd, &head, sizeof head, 0) != (ssize_t)sizeof head)
        return -1;
    char over[48];
    snprintf(over, sizeof over, "%s" MEMO_OVER, m->name);
    if (renameat(run->folder->memo, m->part, run->folder->memo, m->over ? over : m->name))
        return -1;
    if (!m->over) /* else what is older stands over what is newer: it would be asked in vain */
        unlinkat(run->folder->memo, over, 0);
    return 0;
}

void memo_close(struct run *run, struct memo *m, int whole)
{
    if (!m)
        return;
    flush(m);
    if (!whole || finish(run, m))
        unlinkat(run->folder->memo, m->part, 0);
    if (m->fd >= 0)
        close(m->fd);
    unmap_old(&m->old[OVER]);
    unmap_old(&m->old[BASE]);
    XXH3_freeState(m->sum);
    bytes_free(&m->out);
    bytes_free(&m->noted.reads);
    bytes_free(&m->places);
    run->work.noted = NULL;
    run->work.pairs = NULL;
    pairs_free(&m->pairs);
    free(m);
}

/* ---- entries ---- */

static uint64_t size_of(const struct entry *e)
{
    return sizeof *e + e->reads * sizeof(struct reading_of) + e->places * sizeof(assay_docid) +
           e->values * sizeof(struct pair_sum) + e->size;
}

static const assay_docid *places_of(const struct entry *e)
{
    return (const assay_docid *)(const void *)((const struct reading_of *)(const void *)(e + 1) + e->reads);
}

static const struct pair_sum *values_of(const struct entry *e)
{
    return (const struct pair_sum *)(const void *)(places_of(e) + e->places);
}

static const char *rows_of(const struct entry *e)
{
    return (const char *)(values_of(e) + e->values);
}

/* The next entry, if it has the key; those of lesser keys are passed. */
static const struct entry *entry_of(struct former *old, uint64_t key)
{
    while (old->at && old->next + sizeof(struct entry) <= old->size) {
        const struct entry *e = (const struct entry *)(const void *)(old->at + old->next);
        if (e->key > key || e->size > old->size || e->values > old->size || size_of(e) > old->size - old->next)
            return NULL;
        if (e->key == key)
            return e;
        old->next += size_of(e);
    }
    return NULL;
}

static void copy_entry(struct memo *m, const struct entry *e)
{
    bytes_add(&m->out, e, size_of(e));
    if (m->out.size >= FLUSH_AT)
        flush(m);
}

/* An entry that holds: it is written again, unless it stays where it is. */
static void keep_entry(struct memo *m, struct former *from, const struct entry *e)
{
    if (!m->over || from != &m->old[BASE])
        copy_entry(m, e);
    from->next += size_of(e);
}

void memo_passed(struct memo *m, uint64_t key)
{
    for (uint32_t i = OVER; m && i <= BASE; i++) {
        const struct entry *e = entry_of(&m->old[i], key);
        if (!e)
            continue;
        keep_entry(m, &m->old[i], e);
        return;
    }
}

static XXH128_hash_t sum_given(const struct run *run, const void *key, uint32_t size, const struct group_entry *entry,
                               uint64_t n)
{
    XXH128_hash_t sum = XXH3_128bits(key, size);
    for (uint64_t i = 0; i < n; i++) { /* a state would copy each value once more */
        uint64_t parts[4] = {sum.low64, sum.high64, run->index.id[entry[i].rank], emit_sealed(entry[i].row)};
        sum = XXH3_128bits(parts, sizeof parts);
    }
    return sum;
}

/* Rows for documents go by numbers, which are this run's own. 0: one of the documents is gone. */
static int repeat(struct run *run, const struct entry *e)
{
    struct work *work = &run->work;
    const assay_docid *place = places_of(e);
    uint64_t begin = work->made.size, next = 0;
    if (!bytes_add(&work->made, rows_of(e), e->size))
        return 0;
    for (uint64_t at = begin; at < work->made.size;) {
        struct made_row *row = (struct made_row *)(void *)(work->made.at + at);
        if (row->size < sizeof *row || row->size > work->made.size - at ||
            (row->number != INDEX_NONE && next == e->places))
            break;
        if (row->number != INDEX_NONE) {
            uint32_t rank = index_find(&run->index, place[next++]);
            if (rank == INDEX_NONE)
                break;
            row->number = run->index.number[rank];
        }
        at += row->size;
        if (at == work->made.size)
            return 1;
    }
    if (!e->size)
        return 1;
    work->made.size = begin;
    return 0;
}

/* The newest entry of the key that was compared two by two, whatever its values were. */
static void find_pairs(struct memo *m, const void *key, uint32_t size, const struct group_entry *entry, uint64_t n)
{
    const struct entry *e = NULL;
    pairs_begin(&m->pairs, key, size, entry, n);
    for (uint32_t i = OVER; i <= BASE && !(e && e->values); i++)
        e = entry_of(&m->old[i], entry->key);
    if (e && e->values)
        pairs_former(&m->pairs, values_of(e), e->values, rows_of(e), e->size);
}

/* The entry whose answers are those of today, and its records made again; NULL: there is none. */
static const struct entry *holds(struct run *run, struct former *old, uint64_t key, XXH128_hash_t given)
{
    const struct entry *e = entry_of(old, key);
    return e && e->given[0] == given.low64 && e->given[1] == given.high64 && same_reads(run, e) && repeat(run, e) ? e
                                                                                                                 : NULL;
}

int memo_find(struct run *run, struct memo *m, const void *key, uint32_t size, const struct group_entry *entry,
              uint64_t n)
{
    if (!m)
        return 0;
    XXH128_hash_t given = sum_given(run, key, size, entry, n);
    _Atomic uint64_t *count = run->folder->count + 2 * (uint64_t)m->round;
    atomic_fetch_add(&count[0], 1);
    m->entry = (struct entry){.key = entry->key, .given = {given.low64, given.high64}};
    m->noted.reads.size = m->places.size = 0;
    m->noted.spoiled = 0;
    for (uint32_t i = OVER; i <= BASE; i++) {
        const struct entry *e = holds(run, &m->old[i], entry->key, given);
        if (!e)
            continue;
        keep_entry(m, &m->old[i], e);
        atomic_fetch_add(&count[1], 1);
        return 1;
    }
    run->work.noted = &m->noted;
    find_pairs(m, key, size, entry, n);
    run->work.pairs = &m->pairs;
    return 0;
}

static void note_places(struct run *run, struct memo *m, uint64_t before)
{
    const struct bytes *made = &run->work.made;
    for (uint64_t at = before; at < made->size;) {
        const struct made_row *row = (const struct made_row *)(const void *)(made->at + at);
        if (row->number != INDEX_NONE)
            bytes_add(&m->places, &run->index.id[run->index.rank[row->number]], sizeof(assay_docid));
        at += row->size;
    }
}

void memo_made(struct run *run, struct memo *m, uint64_t before, int ok)
{
    struct work *work = &run->work;
    if (!m)
        return;
    struct bytes *reads = &m->noted.reads;
    work->noted = NULL;
    work->pairs = NULL;
    if (!ok || m->noted.spoiled || reads->failed || work->made.failed || m->fd < 0)
        return;
    note_places(run, m, before);
    m->entry.reads = (uint32_t)(reads->size / sizeof(struct reading_of));
    m->entry.places = (uint32_t)(m->places.size / sizeof(assay_docid));
    m->entry.values = m->pairs.asked && !m->entry.reads ? m->pairs.values : 0;
    m->entry.size = work->made.size - before;
    if (memo_sum(run, (const struct reading_of *)(const void *)reads->at, m->entry.reads, 0, &m->entry.read))
        return;
    bytes_add(&m->out, &m->entry, sizeof m->entry);
    bytes_add(&m->out, reads->at, reads->size);
    bytes_add(&m->out, m->places.at, m->places.size);
    bytes_add(&m->out, m->pairs.now.at, m->entry.values * sizeof(struct pair_sum));
    bytes_add(&m->out, work->made.at + before, m->entry.size);
    if (m->out.size >= FLUSH_AT)
        flush(m);
}

/* ---- noting ---- */

static void note(struct run *run, assay_docid doc, uint64_t layers)
{
    struct noted *noted = run->work.noted;
    if (!noted)
        return;
    struct reading_of *r = (struct reading_of *)(void *)noted->reads.at;
    uint64_t n = noted->reads.size / sizeof *r, blob = layers & BIT(SUM_BLOB);
    for (uint64_t i = n; i--;)
        if (r[i].doc == doc && (r[i].layers & BIT(SUM_BLOB)) == blob) {
            r[i].layers |= layers;
            return;
        }
    struct reading_of one = {doc, layers};
    if (n == READS_MOST || !bytes_add(&noted->reads, &one, sizeof one))
        noted->spoiled = 1;
}

void memo_read_document(struct run *run, assay_docid doc)
{
    note(run, doc, 0);
}

void memo_read_text(struct run *run, assay_docid doc)
{
    note(run, doc, BIT(SUM_WHOLE));
}

void memo_read_map(struct run *run, assay_docid doc)
{
    note(run, doc, BIT(SUM_WHOLE) | BIT(SUM_MAP));
}

void memo_read_layer(struct run *run, assay_docid doc, uint32_t layer)
{
    if (layer >= SUM_BLOB)
        memo_spoil(run);
    else
        note(run, doc, BIT(layer) | (layer ? 0 : BIT(SUM_WHOLE))); /* document/1 is told in part by the text's head */
}

void memo_spoil(struct run *run)
{
    if (run->work.noted)
        run->work.noted->spoiled = 1;
}

void memo_read_blob(struct run *run, uint32_t round)
{
    struct noted *noted = run->work.noted;
    if (noted && !noted->blobs)
        memo_spoil(run);
    else if (noted && noted->blobs > 0)
        note(run, round, BIT(SUM_BLOB));
}
