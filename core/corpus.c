/* SPDX-License-Identifier: Apache-2.0 */
#include "corpus.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define AHEAD 8u /* rows that are asked for before they are copied */
#define FLUSH_AT (1u << 20)

int made_add(struct bytes *out, const struct shape *shape, uint32_t layer, uint32_t number, const void *record)
{
    uint64_t at = out->size;
    struct made_row row = {.layer = layer, .number = number};
    bytes_add(out, &row, sizeof row);
    record_store(out, shape, record, 1, shape->size);
    if (out->failed)
        return 0;
    row.size = out->size - at;
    memcpy(out->at + at, &row, sizeof row);
    return 1;
}

static const struct made_row *row_at(const char *map, uint64_t at)
{
    return (const struct made_row *)(const void *)(map + at);
}

/* ---- blocks of a task ---- */

struct sorted {
    const struct made_row *row;
    const void *record;
};

struct sorter {
    const struct bytes *rows;
    const struct tables *tables;
    const struct doc_index *index;
    uint32_t sections;
    struct arena arena;
    struct stream *stream;
};

static uint32_t section_of(const struct sorter *s, const struct made_row *row)
{
    if (row->number == INDEX_NONE)
        return s->index->tasks + row->layer;
    return index_task(s->index, row->number);
}

static void merge_sort(const struct shape *shape, struct sorted *a, struct sorted *spare, uint64_t n)
{
    for (uint64_t width = 1; width < n; width *= 2) {
        for (uint64_t begin = 0; begin + width < n; begin += 2 * width) {
            uint64_t middle = begin + width, end = middle + width < n ? middle + width : n;
            if (record_order(shape, a[middle - 1].record, a[middle].record) <= 0)
                continue;
            uint64_t left = width, i = 0, j = middle, k = begin;
            memcpy(spare, a + begin, left * sizeof *a);
            while (i < left)
                a[k++] = j < end && record_order(shape, spare[i].record, a[j].record) > 0 ? a[j++] : spare[i++];
        }
    }
}

/* Brings the rows of a layer of the corpus into its order. -1: out of memory. */
static int sort_layer(struct sorter *s, uint32_t layer, const struct made_row **list, uint64_t n)
{
    const struct shape *shape = s->tables->layer[layer];
    if (!shape->keys || n < 2)
        return 0;
    struct sorted *sorted = malloc(n * 2 * sizeof *sorted); /* the second half is spare room */
    int ok = sorted != NULL;
    for (uint64_t i = 0; i < n && ok; i++) {
        sorted[i] = (struct sorted){list[i], record_open(&s->arena, shape, (const char *)(list[i] + 1), 1)};
        ok = sorted[i].record != NULL;
    }
    if (ok)
        merge_sort(shape, sorted, sorted + n, n);
    for (uint64_t i = 0; i < n && ok; i++)
        list[i] = sorted[i].row;
    free(sorted);
    arena_reset(&s->arena);
    return ok ? 0 : -1;
}

/* Counts rows per section, then lists each section's rows in order of making. -1: out of memory. */
static int list_rows(const struct sorter *s, struct foot_section *section, const struct made_row ***list)
{
    uint64_t rows = 0;
    for (uint64_t at = 0; at < s->rows->size; rows++) {
        const struct made_row *row = row_at(s->rows->at, at);
        struct foot_section *to = &section[section_of(s, row)];
        to->rows++;
        to->size += row->size;
        at += row->size;
    }
    *list = malloc((rows + 1) * sizeof **list);
    memory_large(*list, (rows + 1) * sizeof **list);
    uint64_t *cursor = calloc((uint64_t)s->sections + 1, sizeof *cursor);
    for (uint32_t i = 0; i < s->sections && cursor; i++)
        cursor[i + 1] = cursor[i] + section[i].rows;
    for (uint64_t at = 0; at < s->rows->size && *list && cursor;) {
        const struct made_row *row = row_at(s->rows->at, at);
        (*list)[cursor[section_of(s, row)]++] = row;
        at += row->size;
    }
    free(cursor);
    return *list && cursor ? 0 : -1;
}

static int write_rows(struct stream *stream, const struct made_row *const *list, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++) {
        if (i + AHEAD < n)
            __builtin_prefetch(list[i + AHEAD]);
        if (!bytes_add(&stream->buf, list[i], list[i]->size)) {
            errno = ENOMEM;
            return -1;
        }
        if (stream->buf.size >= FLUSH_AT && stream_flush(stream))
            return -1;
    }
    return 0;
}

static int write_block(struct sorter *s, struct foot_section *section, const struct made_row **list, uint64_t units,
                       uint64_t *at)
{
    uint64_t table = s->sections * sizeof *section, first = 0, place;
    struct block block = block_head(BLOCK_MADE, 0, table + s->rows->size, units);
    bytes_align(&s->stream->buf, 8);
    bytes_add(&s->stream->buf, &block, sizeof block);
    *at = stream_size(s->stream);
    place = *at + table;
    for (uint32_t i = 0; i < s->sections; i++) {
        section[i].at = place;
        place += section[i].size;
        if (i >= s->index->tasks && sort_layer(s, i - s->index->tasks, list + first, section[i].rows)) {
            errno = ENOMEM;
            return -1;
        }
        first += section[i].rows;
    }
    if (!bytes_add(&s->stream->buf, section, table)) {
        errno = ENOMEM;
        return -1;
    }
    return write_rows(s->stream, list, first);
}

int made_block(struct stream *stream, const struct bytes *rows, uint64_t units, const struct tables *tables,
               const struct doc_index *index, uint64_t *at)
{
    struct sorter s = {.rows = rows,
                       .tables = tables,
                       .index = index,
                       .sections = index->tasks + tables->plan->layers,
                       .stream = stream};
    struct foot_section *section = calloc(s.sections, sizeof *section);
    const struct made_row **list = NULL;
    errno = ENOMEM;
    int status = section && !list_rows(&s, section, &list) ? write_block(&s, section, list, units, at) : -1;
    free(list);
    free(section);
    arena_free(&s.arena);
    return status;
}

const struct foot_section *made_table(const struct segment *segment, uint64_t i)
{
    const struct foot_section *block =
        (const struct foot_section *)(const void *)(segment->at + foot_of(segment)->sections_at) + i;
    return (const struct foot_section *)(const void *)(segment->at + block->at);
}

/* ---- reading ---- */

int corpus_add(struct corpus *corpus, const char *at, uint64_t size, uint64_t rows)
{
    if (!rows)
        return 1;
    if (corpus->runs == corpus->room) {
        uint32_t room = corpus->room ? corpus->room * 2 : 8;
        struct corpus_run *more = realloc(corpus->run, room * sizeof *more);
        if (!more)
            return 0;
        corpus->run = more;
        corpus->room = room;
    }
    corpus->run[corpus->runs++] = (struct corpus_run){at, size, rows};
    return 1;
}

struct corpus_head {
    const char *at, *end; /* the row in hand */
    const void *record;
    uint32_t run;
    struct arena arena;
};

static int open_head(const struct shape *shape, struct corpus_head *head)
{
    if (!shape->keys) /* no order to find out: opened only when given */
        return 1;
    arena_reset(&head->arena);
    head->record = record_open(&head->arena, shape, head->at + sizeof(struct made_row), 1);
    return head->record != NULL;
}

static int head_before(const struct shape *shape, const struct corpus_head *a, const struct corpus_head *b)
{
    int order = shape->keys ? record_order(shape, a->record, b->record) : 0;
    return order ? order < 0 : a->run < b->run;
}

static void sift(const struct shape *shape, struct corpus_head *heap, uint32_t n, uint32_t i)
{
    for (;;) {
        uint32_t least = i, left = 2 * i + 1, right = 2 * i + 2;
        if (left < n && head_before(shape, &heap[left], &heap[least]))
            least = left;
        if (right < n && head_before(shape, &heap[right], &heap[least]))
            least = right;
        if (least == i)
            return;
        struct corpus_head swap = heap[i];
        heap[i] = heap[least];
        heap[least] = swap;
        i = least;
    }
}

int corpus_open(struct corpus_reader *reader, const struct corpus *corpus, const struct shape *shape, int unique)
{
    corpus_close(reader);
    *reader = (struct corpus_reader){.shape = shape, .corpus = corpus, .unique = unique && shape->keys, .started = 1};
    reader->head = calloc((uint64_t)corpus->runs + 1, sizeof *reader->head);
    if (!reader->head)
        return 0;
    for (uint32_t i = 0; i < corpus->runs; i++) {
        struct corpus_head *head = &reader->head[reader->heads];
        *head = (struct corpus_head){corpus->run[i].at, corpus->run[i].at + corpus->run[i].size, NULL, i, {0}};
        reader->heads++;
        if (!open_head(shape, head))
            return 0;
    }
    for (uint32_t i = reader->heads; i--;)
        sift(shape, reader->head, reader->heads, i);
    return 1;
}

/* The next row in order, NULL: no more; *failed where memory is out. Its record may be `repeated` for UNIQUE. */
static const struct made_row *take(struct corpus_reader *reader, int *repeated, int *failed)
{
    if (!reader->heads)
        return NULL;
    struct corpus_head *head = reader->head;
    const struct made_row *row = row_at(head->at, 0);
    *repeated = 0;
    if (reader->unique) {
        *repeated = reader->last && !record_order(reader->shape, reader->last, head->record);
        if (!*repeated) {
            arena_reset(&reader->last_room);
            reader->last = record_copy(&reader->last_room, reader->shape, head->record, 1, reader->shape->size);
            *failed |= !reader->last;
        }
    }
    head->at += row->size;
    if (head->at < head->end) {
        *failed |= !open_head(reader->shape, head);
    } else {
        arena_free(&head->arena);
        *head = reader->head[--reader->heads];
    }
    if (!*failed)
        sift(reader->shape, reader->head, reader->heads, 0);
    return row;
}

struct assay_list corpus_next(struct corpus_reader *reader, uint32_t most)
{
    const struct shape *shape = reader->shape;
    struct assay_list list = {NULL, 0, shape->size};
    uint64_t room = 16;
    int failed = 0, repeated;
    arena_reset(&reader->batch);
    char *rows = arena_alloc(&reader->batch, room * shape->size);
    const struct made_row *row = NULL;
    while (rows && list.count < most && (row = take(reader, &repeated, &failed)) && !failed) {
        if (repeated)
            continue;
        if (list.count == room) {
            char *more = arena_alloc(&reader->batch, 2 * room * shape->size);
            if (more)
                memcpy(more, rows, room * shape->size);
            rows = more;
            room *= 2;
        }
        if (!rows)
            break;
        char *to = rows + (uint64_t)list.count * shape->size;
        memcpy(to, row + 1, shape->size);
        if (!record_relocate(&reader->batch, shape, to, 1, (const char *)(row + 1)))
            rows = NULL;
        list.count++;
    }
    if (!rows || failed)
        return (struct assay_list){NULL, 0, 0};
    list.at = list.count ? rows : NULL;
    return list;
}

void corpus_close(struct corpus_reader *reader)
{
    for (uint32_t i = 0; i < reader->heads; i++)
        arena_free(&reader->head[i].arena);
    free(reader->head);
    arena_free(&reader->batch);
    arena_free(&reader->last_room);
    *reader = (struct corpus_reader){0};
}

uint64_t corpus_count(const struct corpus *corpus, const struct shape *shape, int unique)
{
    uint64_t n = 0;
    if (!unique || !shape->keys) {
        for (uint32_t i = 0; i < corpus->runs; i++)
            n += corpus->run[i].rows;
        return n;
    }
    struct corpus_reader reader = {0};
    int failed = !corpus_open(&reader, corpus, shape, 1), repeated;
    while (!failed && take(&reader, &repeated, &failed))
        n += !repeated;
    corpus_close(&reader);
    return failed ? UINT64_MAX : n;
}
