/* SPDX-License-Identifier: Apache-2.0 */
#include "shuffle.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "varint.h"

#define PIECE (256u << 10)
#define SMALL 24 /* up to here insertion beats merging */

/* Murmur3's finaliser (Appleby, public domain): each step can be undone, so different keys stay different. */
static uint64_t mix(uint64_t k)
{
    k ^= k >> 33;
    k *= 0xff51afd7ed558ccdull;
    k ^= k >> 33;
    k *= 0xc4ceb9fe1a85ec53ull;
    k ^= k >> 33;
    return k;
}

static uint64_t unmix(uint64_t k)
{
    k ^= k >> 33;
    k *= 0x9cb4b2f8129337dbull; /* times the second factor above: 1 */
    k ^= k >> 33;
    k *= 0x4f74430c22a54005ull;
    k ^= k >> 33;
    return k;
}

static int is_long(uint32_t key_size)
{
    return !key_size || key_size > 8;
}

int emit_add(struct bytes *out, uint32_t key_size, const struct shape *value, uint32_t doc, const void *key,
             uint32_t size, const void *record)
{
    uint64_t at = out->size;
    struct emit_row row = {.doc = doc};
    if (is_long(key_size))
        row.key = XXH3_64bits(key, size);
    else
        memcpy(&row.key, key, size);
    bytes_add(out, &row, sizeof row);
    if (is_long(key_size)) {
        uint32_t head[2] = {size, 0};
        bytes_add(out, head, sizeof head);
        bytes_add(out, key, size);
        bytes_align(out, 8);
    }
    if (value)
        record_store(out, value, record, 1, value->size);
    if (out->failed)
        return 0;
    uint64_t whole = out->size - at;
    if (whole > UINT32_MAX) {
        out->size = at;
        return 0;
    }
    row.size = (uint32_t)whole;
    memcpy(out->at + at, &row, sizeof row);
    return 1;
}

uint32_t emit_part(uint64_t key, uint32_t parts)
{
    return (uint32_t)((mix(key) >> 32) * parts >> 32);
}

const void *emit_key(const struct emit_row *row, uint32_t key_size, uint32_t *size)
{
    if (!is_long(key_size)) {
        *size = key_size;
        return &row->key;
    }
    memcpy(size, row + 1, sizeof *size);
    return (const char *)(row + 1) + 8;
}

const void *group_key(const struct group_entry *entry, uint32_t key_size, uint64_t *room, uint32_t *size)
{
    if (entry->row)
        return emit_key(entry->row, key_size, size);
    *room = unmix(entry->key);
    *size = key_size;
    return room;
}

const char *emit_value(const struct emit_row *row, uint32_t key_size)
{
    uint32_t size;
    if (!is_long(key_size))
        return (const char *)(row + 1);
    return (const char *)emit_key(row, key_size, &size) + ((size + 7u) & ~7u);
}

int emit_seal(struct bytes *out, uint64_t at, uint32_t key_size)
{
    struct emit_row *row = (struct emit_row *)(void *)(out->at + at);
    const char *value = emit_value(row, key_size);
    uint64_t sum = XXH3_64bits(value, (size_t)(out->at + out->size - value));
    if (row->size > UINT32_MAX - sizeof sum)
        return 0;
    row->size += (uint32_t)sizeof sum;
    return bytes_add(out, &sum, sizeof sum) != NULL;
}

uint64_t emit_sealed(const struct emit_row *row)
{
    uint64_t sum;
    memcpy(&sum, (const char *)row + row->size - sizeof sum, sizeof sum);
    return sum;
}

/* ---- partitions ---- */

static const struct emit_row *row_at(const char *map, uint64_t at)
{
    return (const struct emit_row *)(const void *)(map + at);
}

uint32_t emit_bare(const struct assay_round *round, int lean)
{
    return lean && !round->value && !round->combine && !is_long(round->key_size) ? round->key_size : 0;
}

#define BARE_MOST 16u /* bytes of a bare row, which begins with how far its document is from that of the row before */

/* A row as it stands in a section, behind one of document *before: its bytes, in `room` where it is bare. */
static const void *section_row(const struct emit_row *row, uint32_t bare, uint32_t *before, char room[BARE_MOST],
                               uint64_t *size)
{
    *size = row->size;
    if (!bare)
        return row;
    uint32_t n = varint_write(room, row->doc - *before);
    *before = row->doc;
    memcpy(room + n, &row->key, bare);
    *size = n + bare;
    return room;
}

/* Sections of the rows of a round, which are walked over from the first to the last. */
struct parting {
    uint32_t bare, parts;
    uint32_t *doc; /* [parts]: of the last row of each */
    struct foot_section *section;
};

static void measure(const struct parting *to, const struct emit_run *run, uint64_t runs)
{
    char room[BARE_MOST];
    uint64_t size;
    memset(to->doc, 0, to->parts * sizeof *to->doc);
    for (uint64_t r = 0; r < runs; r++) {
        for (uint64_t at = 0; at < run[r].size;) {
            const struct emit_row *row = row_at(run[r].at, at);
            uint32_t p = emit_part(row->key, to->parts);
            section_row(row, to->bare, &to->doc[p], room, &size);
            to->section[p].size += size;
            to->section[p].rows++;
            at += row->size;
        }
    }
    for (uint32_t p = 0; p < to->parts; p++)
        to->section[p].size = (to->section[p].size + 7) & ~(uint64_t)7;
}

/* Copies the rows of partitions [first, last) to where they belong in room, which is zeroed. */
static void scatter(const struct parting *to, const struct emit_run *run, uint64_t runs, uint32_t first, uint32_t last,
                    uint64_t *cursor, char *room)
{
    char bare[BARE_MOST];
    uint64_t size;
    memset(to->doc, 0, to->parts * sizeof *to->doc);
    for (uint64_t r = 0; r < runs; r++) {
        for (uint64_t at = 0; at < run[r].size;) {
            const struct emit_row *row = row_at(run[r].at, at);
            uint32_t p = emit_part(row->key, to->parts);
            at += row->size;
            if (p < first || p >= last)
                continue;
            const void *put = section_row(row, to->bare, &to->doc[p], bare, &size);
            memcpy(room + cursor[p], put, size);
            cursor[p] += size;
        }
    }
}

/* Writes partitions [first, last) in one go. 1: there is no room for that. */
static int write_together(struct stream *stream, const struct parting *to, const struct emit_run *run, uint64_t runs,
                          uint32_t first, uint32_t last, uint64_t *cursor)
{
    uint64_t from = stream_size(stream), size = 0;
    for (uint32_t p = first; p < last; p++) {
        cursor[p] = size;
        to->section[p].at = from + size;
        size += to->section[p].size;
    }
    if (!size)
        return 0;
    char *room = bytes_room(&stream->buf, size);
    if (!room) {
        stream->buf.failed = 0;
        return 1;
    }
    for (uint32_t p = first; p < last && to->bare; p++) /* the padding of each section */
        if (to->section[p].size)
            memset(room + cursor[p] + to->section[p].size - 8, 0, 8);
    scatter(to, run, runs, first, last, cursor, room);
    stream->buf.size += size;
    return stream_flush(stream);
}

/* Writes one partition row by row. */
static int write_slowly(struct stream *stream, const struct parting *to, const struct emit_run *run, uint64_t runs,
                        uint32_t part)
{
    char bare[BARE_MOST];
    uint64_t size;
    to->section[part].at = stream_size(stream);
    to->doc[part] = 0;
    for (uint64_t r = 0; r < runs; r++)
        for (uint64_t at = 0; at < run[r].size;) {
            const struct emit_row *row = row_at(run[r].at, at);
            at += row->size;
            if (emit_part(row->key, to->parts) != part)
                continue;
            if (stream->buf.size && stream->buf.size + row->size > PIECE && stream_flush(stream))
                return -1;
            const void *put = section_row(row, to->bare, &to->doc[part], bare, &size);
            if (!bytes_add(&stream->buf, put, size)) {
                errno = ENOMEM;
                return -1;
            }
        }
    const char none[8] = {0};
    bytes_add(&stream->buf, none, to->section[part].at + to->section[part].size - stream_size(stream));
    return stream_flush(stream);
}

static int write_all_parts(struct stream *stream, const struct parting *to, const struct emit_run *run, uint64_t runs,
                           uint64_t memory, uint64_t *cursor)
{
    const struct foot_section *section = to->section;
    int status = 0;
    for (uint32_t first = 0, last; first < to->parts && status >= 0;) {
        uint64_t size = section[first].size;
        for (last = first + 1; last < to->parts && size + section[last].size <= memory; last++)
            size += section[last].size;
        status = write_together(stream, to, run, runs, first, last, cursor);
        if (status > 0) { /* a worker near its limit: with less, if need be with next to nothing */
            if (stream_flush(stream)) {
                status = -1;
                break;
            }
            bytes_free(&stream->buf);
            memory = size / 2;
            if (last > first + 1)
                continue;
            status = write_slowly(stream, to, run, runs, first);
        }
        first = last;
    }
    return status;
}

int emit_partition(struct stream *stream, const struct emit_run *run, uint64_t runs, uint32_t bare, uint32_t parts,
                   uint64_t memory, struct foot_section *section)
{
    uint64_t *cursor = malloc(parts * sizeof *cursor);
    struct parting to = {bare, parts, malloc(parts * sizeof *to.doc), section};
    int status = -1;
    memset(section, 0, parts * sizeof *section);
    if (cursor && to.doc) {
        measure(&to, run, runs);
        status = write_all_parts(stream, &to, run, runs, memory, cursor);
    } else {
        errno = ENOMEM;
    }
    free(cursor);
    free(to.doc);
    return status;
}

/* ---- groups ---- */

static void expect(struct groups *groups, uint64_t rows, uint64_t memory)
{
    uint64_t need = rows * 2 * sizeof(struct group_entry);
    groups->most_entries = rows;
    groups->width = UINT64_MAX;
    if (memory && need > memory)
        groups->width = (groups->high - groups->low) / (need / memory + 1);
}

static const struct foot_section *section_of(const struct segment *segment, uint32_t section)
{
    const struct foot *foot = foot_of(segment);
    return foot ? (const struct foot_section *)(const void *)(segment->at + foot->sections_at) + section : NULL;
}

/* The rows of a section that may be asked for. */
static uint64_t open_section(const struct segment *segment, uint32_t section)
{
    const struct foot_section *s = section_of(segment, section);
    if (s)
        segment_ahead(segment, s->at, s->size);
    return s ? s->rows : 0;
}

void groups_open(struct groups *groups, const struct doc_index *index, const struct assay_round *round,
                 uint32_t bare, const struct segment *segment, const struct segment *under, uint32_t section,
                 uint32_t part, uint32_t parts, uint64_t memory)
{
    *groups = (struct groups){.index = index,
                              .round = round,
                              .bare = bare,
                              .segment = segment,
                              .under = under,
                              .section = section,
                              .which = section / parts};
    uint64_t rows = 0;
    for (uint32_t t = 0; t < index->tasks; t++) {
        rows += open_section(&groups->segment[t], section);
        if (groups->under)
            rows += open_section(&groups->under[t], section);
    }
    /* smallest mixed key of part p is the least x with (x >> 32) * parts >> 32 == p */
    groups->low = (((uint64_t)part << 32) + parts - 1) / parts << 32;
    groups->high =
        part + 1 == parts ? UINT64_MAX : ((((uint64_t)part + 1) << 32) + parts - 1) / parts * ((uint64_t)1 << 32) - 1;
    expect(groups, rows, memory);
}

void groups_open_task(struct groups *groups, const struct assay_round *round, const struct emit_run *run, uint64_t runs,
                      const uint32_t *ranks, uint64_t memory)
{
    *groups = (struct groups){.round = round, .run = run, .runs = runs, .ranks = ranks, .high = UINT64_MAX};
    uint64_t rows = 0;
    for (uint64_t r = 0; r < runs; r++)
        for (uint64_t at = 0; at < run[r].size; rows++)
            at += row_at(run[r].at, at)->size;
    expect(groups, rows, memory);
}

static int reserve(struct groups *g, uint64_t n)
{
    if (n <= g->room)
        return 1;
    free(g->entry);
    free(g->spare);
    g->entry = malloc(n * sizeof *g->entry);
    g->spare = malloc(n * sizeof *g->spare);
    memory_large(g->entry, n * sizeof *g->entry);
    memory_large(g->spare, n * sizeof *g->spare);
    g->room = g->entry && g->spare ? n : 0;
    return g->room != 0;
}

/* Rows whose key is in [low, high]. */
struct gathering {
    uint64_t low, high;
    const uint32_t *rank; /* of documents, by ordinal; NULL: none */
    const uint32_t *own;  /* documents with this bit are left out; NULL: none is */
    uint32_t bit;
};

/* Those at [at, end): their number behind `n`, and with `to` also the entries. */
static uint64_t gather_rows(const struct gathering *g, const char *map, uint64_t at, uint64_t end,
                            struct group_entry *to, uint64_t n)
{
    while (at < end) {
        const struct emit_row *row = row_at(map, at);
        at += row->size;
        uint64_t key = mix(row->key);
        uint32_t of = g->rank ? g->rank[row->doc] : row->doc;
        if (key < g->low || key > g->high || of == INDEX_NONE || (g->own && g->own[row->doc] >> g->bit & 1))
            continue;
        if (to)
            to[n] = (struct group_entry){key, row, of, 0};
        n++;
    }
    return n;
}

/* The same of a section of bare rows. */
static uint64_t gather_bare(const struct gathering *g, uint32_t bare, const char *at, const struct foot_section *s,
                            struct group_entry *to, uint64_t n)
{
    const char *end = at + s->size;
    uint32_t doc = 0;
    for (uint64_t i = 0; i < s->rows; i++) {
        uint64_t key = 0;
        doc += (uint32_t)varint_get(&at, end);
        memcpy(&key, at, bare);
        at += bare;
        key = mix(key);
        if (key < g->low || key > g->high || g->rank[doc] == INDEX_NONE)
            continue;
        if (to)
            to[n] = (struct group_entry){key, NULL, g->rank[doc], 0};
        n++;
    }
    return n;
}

static uint64_t gather_section(const struct gathering *w, const struct groups *g, const struct segment *segment,
                               struct group_entry *to, uint64_t n)
{
    const struct foot_section *s = section_of(segment, g->section);
    if (s && g->bare)
        return gather_bare(w, g->bare, segment->at + s->at, s, to, n);
    return s ? gather_rows(w, segment->at, s->at, s->at + s->size, to, n) : n;
}

static uint64_t gather(const struct groups *g, uint64_t low, uint64_t high, struct group_entry *to)
{
    uint64_t n = 0;
    struct gathering w = {low, high, g->ranks, NULL, g->which};
    for (uint64_t r = 0; r < g->runs; r++)
        n = gather_rows(&w, g->run[r].at, 0, g->run[r].size, to, n);
    for (uint32_t t = 0; g->segment && t < g->index->tasks; t++) {
        const struct segment *segment = &g->segment[t];
        w.rank = g->index->rank + g->index->base[t];
        w.own = NULL;
        n = gather_section(&w, g, segment, to, n);
        if (!g->under || !foot_of(segment) || !foot_of(segment)->own_at)
            continue;
        w.own = (const uint32_t *)(const void *)(segment->at + foot_of(segment)->own_at);
        n = gather_section(&w, g, &g->under[t], to, n);
    }
    return n;
}

static int order_bytes(const struct groups *g, const struct group_entry *a, const struct group_entry *b)
{
    uint32_t n, m, size = g->round->key_size;
    if (!is_long(size))
        return 0;
    const void *p = emit_key(a->row, size, &n), *q = emit_key(b->row, size, &m);
    int order = memcmp(p, q, n < m ? n : m);
    return order ? order : (n > m) - (n < m);
}

/* 1: b has to stand before a, which came first. */
static int after(const struct groups *g, const struct group_entry *a, const struct group_entry *b)
{
    if (a->key != b->key)
        return a->key > b->key;
    int order = order_bytes(g, a, b);
    if (order)
        return order > 0;
    return a->rank > b->rank;
}

static void insertion(const struct groups *g, struct group_entry *e, uint64_t n)
{
    for (uint64_t i = 1; i < n; i++) {
        struct group_entry one = e[i];
        uint64_t j = i;
        for (; j && after(g, &e[j - 1], &one); j--)
            e[j] = e[j - 1];
        e[j] = one;
    }
}

/* Stable, bottom up; what is in order already costs one comparison a pair of runs. */
static void merge(const struct groups *g, struct group_entry *e, struct group_entry *spare, uint64_t n)
{
    for (uint64_t i = 0; i < n; i += SMALL)
        insertion(g, e + i, n - i < SMALL ? n - i : SMALL);
    for (uint64_t width = SMALL; width < n; width *= 2) {
        for (uint64_t begin = 0; begin + width < n; begin += 2 * width) {
            uint64_t middle = begin + width, end = middle + width < n ? middle + width : n;
            if (!after(g, &e[middle - 1], &e[middle]))
                continue;
            uint64_t left = middle - begin, i = 0, j = middle, k = begin;
            memcpy(spare, e + begin, left * sizeof *e);
            while (i < left)
                e[k++] = j < end && after(g, &spare[i], &e[j]) ? e[j++] : spare[i++];
        }
    }
}

/* One pass by the key's high bits into buckets of a few entries, then each by itself. */
static int sort(struct groups *g, uint64_t low, uint64_t high)
{
    uint64_t n = g->entries, span = high - low;
    uint32_t bits = 1, shift = 0;
    while (bits < 18 && ((uint64_t)1 << bits) * 6 < n)
        bits++;
    while (span >> shift >> bits)
        shift++;
    uint64_t buckets = ((uint64_t)1 << bits) + 1;
    uint64_t *count = calloc(buckets + 1, sizeof *count);
    if (!count)
        return 0;
    for (uint64_t i = 0; i < n; i++)
        count[((g->entry[i].key - low) >> shift) + 1]++;
    for (uint64_t b = 1; b <= buckets; b++)
        count[b] += count[b - 1];
    for (uint64_t i = 0; i < n; i++)
        g->spare[count[(g->entry[i].key - low) >> shift]++] = g->entry[i];
    struct group_entry *swap = g->entry;
    g->entry = g->spare;
    g->spare = swap;
    for (uint64_t b = 0, begin = 0; b < buckets; begin = count[b++]) {
        uint64_t size = count[b] - begin; /* each count has moved to its bucket's end */
        if (size > SMALL)
            merge(g, g->entry + begin, g->spare, size);
        else
            insertion(g, g->entry + begin, size);
    }
    free(count);
    return 1;
}

/* Sorts the next slice of the key range; where its entries find no room, a narrower one. 0: out of memory. */
static int load_slice(struct groups *g)
{
    for (;;) {
        int whole = g->width >= g->high - g->low;
        uint64_t high = whole ? g->high : g->low + g->width;
        uint64_t most = whole && g->most_entries ? g->most_entries : gather(g, g->low, high, NULL);
        g->most_entries = 0;
        if (reserve(g, most + 1)) {
            g->entries = gather(g, g->low, high, g->entry);
            if (sort(g, g->low, high)) {
                g->at = 0;
                g->over = whole;
                g->low = high + 1;
                return 1;
            }
        }
        g->entries = g->at = 0;
        if (most < 2 || high == g->low) {
            errno = ENOMEM;
            return 0;
        }
        g->width = (high - g->low) / 4;
    }
}

int groups_next(struct groups *g, const struct group_entry **first, uint64_t *n)
{
    while (g->at == g->entries) {
        if (g->over)
            return 0;
        if (!load_slice(g))
            return -1;
    }
    const struct group_entry *e = g->entry + g->at;
    uint64_t left = g->entries - g->at, size = 1;
    int alone = g->runs && !g->ranks;
    while (size < left && e[size].key == e->key && !order_bytes(g, e, &e[size]) && !(alone && e[size].rank != e->rank))
        size++;
    g->at += size;
    *first = e;
    *n = size;
    return 1;
}

void groups_close(struct groups *groups)
{
    free(groups->entry);
    free(groups->spare);
    groups->entry = groups->spare = NULL;
}
