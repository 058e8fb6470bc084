/* SPDX-License-Identifier: Apache-2.0 */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "shuffle.h"

static uint64_t seed = 1;

static uint32_t draw(uint32_t below)
{
    seed = seed * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(seed >> 33) % below;
}

struct value {
    uint64_t number;
    struct assay_text word;
};
static const struct assay_field value_rows[] = {
    ASSAY_FIELD(struct value, number, ASSAY_U64, 0, NULL, "number"),
    ASSAY_FIELD(struct value, word, ASSAY_TEXT, 0, NULL, "word"),
};
static const struct assay_fields value_table = ASSAY_FIELDS(struct value, value_rows);

#define TASKS 3u
#define DOCS 200u /* a task */

/* What was emitted, in the plainest form. */
struct emission {
    char key[24];
    uint32_t key_size, doc, nth;
    uint64_t number;
};

struct fixture {
    struct store store;
    struct segment segment[TASKS];
    struct doc_index index;
    struct emission *all;
    uint64_t count, kept;
    uint32_t parts, key_size;
    struct arena arena;
    const struct shape *shape;
};

static void write_foot(struct stream *stream, const struct foot_section *section, uint32_t sections)
{
    struct foot foot = {.sections = sections};
    bytes_align(&stream->buf, 8);
    foot.sections_at = stream_size(stream);
    bytes_add(&stream->buf, section, sections * sizeof *section);
    uint64_t begun = stream_begin(stream, BLOCK_FOOT, 0);
    foot.size = stream_size(stream) + sizeof foot;
    bytes_add(&stream->buf, &foot, sizeof foot);
    assert_int_equal(stream_end(stream, begun, 0), 0);
    assert_int_equal(stream_flush(stream), 0);
}

static uint32_t draw_key(const struct fixture *f, char *key)
{
    if (f->key_size == 8) { /* few keys, so that many meet, and one that a third of all have */
        uint64_t k = draw(3) ? draw(500) : 7;
        memcpy(key, &k, sizeof k);
        return 8;
    }
    return (uint32_t)snprintf(key, 24, "key-%u", draw(300));
}

static void write_task(struct fixture *f, uint32_t task, uint32_t rows)
{
    struct bytes rows_of = {0};
    struct stream stream;
    assert_int_equal(segment_create(&f->store, &f->segment[task], 0), 0);
    assert_int_equal(stream_open(&stream, &f->store, &f->segment[task], 0), 0);
    uint32_t *docs = malloc(rows * sizeof *docs), nth = 0;
    for (uint32_t i = 0; i < rows; i++)
        docs[i] = (uint32_t)((uint64_t)i * DOCS / rows); /* in order of documents, as a map task emits */
    for (uint32_t i = 0; i < rows; i++) {
        struct emission *e = &f->all[f->count++];
        e->key_size = draw_key(f, e->key);
        e->doc = task * DOCS + docs[i];
        e->nth = nth++;
        e->number = f->count;
        struct value value = {e->number, {e->key, e->key_size}};
        assert_true(emit_add(&rows_of, f->key_size, f->shape, docs[i], e->key, e->key_size, &value));
    }
    uint64_t half = 0; /* in two runs, one after a written block, one in memory */
    while (half < rows_of.size / 2)
        half += ((const struct emit_row *)(const void *)(rows_of.at + half))->size;
    bytes_add(&stream.buf, rows_of.at, half);
    assert_int_equal(stream_flush(&stream), 0);
    assert_int_equal(segment_map(&f->segment[task]), 0);
    struct emit_run run[2] = {{f->segment[task].at, half}, {rows_of.at + half, rows_of.size - half}};
    struct foot_section *section = calloc(f->parts, sizeof *section);
    assert_int_equal(emit_partition(&stream, run, 2, 0, f->parts, 5000, section), 0);
    write_foot(&stream, section, f->parts);
    stream_close(&stream);
    assert_int_equal(segment_map(&f->segment[task]), 0);
    free(section);
    free(docs);
    bytes_free(&rows_of);
}

static void make(struct fixture *f, uint32_t key_size, uint32_t parts, uint32_t rows)
{
    *f = (struct fixture){.parts = parts, .key_size = key_size};
    assert_int_equal(store_open(&f->store, 1 << 30), 0);
    f->shape = shape_of(&f->arena, &value_table);
    f->all = calloc(rows * TASKS, sizeof *f->all);
    for (uint32_t t = 0; t < TASKS; t++)
        write_task(f, t, rows);
    uint32_t docs = TASKS * DOCS;
    f->index.tasks = TASKS;
    f->index.docs = docs;
    f->index.base = calloc(TASKS + 1, sizeof *f->index.base);
    f->index.rank = calloc(docs, sizeof *f->index.rank);
    f->index.id = calloc(docs, sizeof *f->index.id);
    f->index.number = calloc(docs, sizeof *f->index.number);
    for (uint32_t t = 0; t <= TASKS; t++)
        f->index.base[t] = t * DOCS;
    for (uint32_t i = 0; i < docs; i++) /* ranks in another order than numbers; every 50th document is passed over */
        f->index.rank[i] = i % 50 == 3 ? INDEX_NONE : (uint32_t)((uint64_t)i * 367 % docs);
}

static void drop(struct fixture *f)
{
    for (uint32_t t = 0; t < TASKS; t++)
        segment_close(&f->store, &f->segment[t]);
    index_free(&f->index);
    store_close(&f->store);
    arena_free(&f->arena);
    free(f->all);
}

static const struct fixture *sorting;

static int order(const void *a, const void *b)
{
    const struct emission *e = a, *g = b;
    int o = memcmp(e->key, g->key, sizeof e->key);
    if (o)
        return o;
    uint32_t p = sorting->index.rank[e->doc], q = sorting->index.rank[g->doc];
    if (p != q)
        return p < q ? -1 : 1;
    return e->nth < g->nth ? -1 : 1;
}

/* The values of every key, against a plain sort; keys in one sequence whatever the partitions. */
static uint64_t check(struct fixture *f, uint64_t memory, uint64_t *digest)
{
    static const struct assay_round round8 = {.name = "r", .key_size = 8}, round0 = {.name = "r"};
    struct assay_round round = f->key_size ? round8 : round0;
    struct emission *sorted = malloc(f->count * sizeof *sorted);
    uint64_t kept = 0, seen = 0, keys = 0;
    for (uint64_t i = 0; i < f->count; i++)
        if (f->index.rank[f->all[i].doc] != INDEX_NONE)
            sorted[kept++] = f->all[i];
    sorting = f;
    qsort(sorted, kept, sizeof *sorted, order);
    *digest = 0;
    for (uint32_t p = 0; p < f->parts; p++) {
        struct groups groups;
        const struct group_entry *e;
        uint64_t n;
        int more;
        groups_open(&groups, &f->index, &round, 0, f->segment, NULL, p, p, f->parts, memory);
        while ((more = groups_next(&groups, &e, &n)) > 0) {
            uint32_t size;
            const void *key = emit_key(e->row, f->key_size, &size);
            struct emission want = {.key_size = size};
            memcpy(want.key, key, size);
            uint64_t first = 0;
            while (first < kept && memcmp(sorted[first].key, want.key, sizeof want.key))
                first++;
            assert_true(first < kept);
            for (uint64_t i = 0; i < n; i++) {
                struct value v;
                const char *stored = emit_value(e[i].row, f->key_size);
                memcpy(&v, stored, sizeof v);
                assert_true(record_relocate(&f->arena, f->shape, &v, 1, stored));
                assert_memory_equal(sorted[first + i].key, want.key, sizeof want.key);
                assert_int_equal(v.number, sorted[first + i].number);
                assert_int_equal(v.word.size, size);
                assert_memory_equal(v.word.at, key, size);
                *digest = *digest * 31 + v.number;
            }
            assert_true(first + n == kept || memcmp(sorted[first + n].key, want.key, sizeof want.key));
            seen += n;
            keys++;
        }
        assert_int_equal(more, 0);
        groups_close(&groups);
    }
    assert_int_equal(seen, kept);
    free(sorted);
    return keys;
}

static void short_keys(void **state)
{
    (void)state;
    uint64_t first = 0, digest, keys = 0;
    static const uint32_t parts[] = {1, 2, 7, 64};
    for (uint32_t i = 0; i < 4; i++) {
        struct fixture f;
        seed = 42;
        make(&f, 8, parts[i], 4000);
        uint64_t n = check(&f, 0, &digest);
        if (!i) {
            first = digest;
            keys = n;
        }
        assert_int_equal(digest, first); /* one sequence of keys and values for any number of partitions */
        assert_int_equal(n, keys);
        check(&f, 20000, &digest); /* in slices of the key range */
        assert_int_equal(digest, first);
        drop(&f);
    }
    assert_int_equal(keys, 500);
}

static void long_keys(void **state)
{
    (void)state;
    uint64_t digest;
    struct fixture f;
    make(&f, 0, 5, 3000);
    assert_int_equal(check(&f, 0, &digest), 300);
    drop(&f);
}

/* Two keys of one hash, made by hand: they have to be told apart by their bytes. */
static void colliding_keys(void **state)
{
    (void)state;
    struct fixture f;
    struct stream stream;
    struct bytes rows = {0};
    make(&f, 0, 1, 1);
    segment_close(&f.store, &f.segment[0]);
    assert_int_equal(segment_create(&f.store, &f.segment[0], 0), 0);
    assert_int_equal(stream_open(&stream, &f.store, &f.segment[0], 0), 0);
    for (uint32_t i = 0; i < 40; i++) {
        uint64_t at = rows.size;
        struct value value = {i, {"w", 1}};
        assert_true(emit_add(&rows, 0, f.shape, i, i % 2 ? "odd" : "even", i % 2 ? 3 : 4, &value));
        memset(rows.at + at, 9, 8); /* the hash */
    }
    struct emit_run run = {rows.at, rows.size};
    struct foot_section section;
    assert_int_equal(emit_partition(&stream, &run, 1, 0, 1, 1 << 20, &section), 0);
    write_foot(&stream, &section, 1);
    stream_close(&stream);
    assert_int_equal(segment_map(&f.segment[0]), 0);
    segment_unmap(&f.segment[1]); /* only this task counts */
    segment_unmap(&f.segment[2]);
    static const struct assay_round round = {.name = "r"};
    struct groups groups;
    const struct group_entry *e;
    uint64_t n, keys = 0, values = 0;
    groups_open(&groups, &f.index, &round, 0, f.segment, NULL, 0, 0, 1, 0);
    while (groups_next(&groups, &e, &n) > 0) {
        uint32_t size;
        const char *key = emit_key(e->row, 0, &size);
        assert_memory_equal(key, keys ? "odd" : "even", size); /* in order of their bytes */
        keys++;
        values += n;
    }
    assert_int_equal(keys, 2);
    assert_int_equal(values, 39); /* document 3 is passed over */
    groups_close(&groups);
    bytes_free(&rows);
    drop(&f);
}

/* Keys and documents of all partitions, one behind the other. Gives how many there are. */
static uint64_t all_rows(struct fixture *f, uint32_t bare, uint32_t key_size, uint64_t memory, uint64_t (*to)[2])
{
    const struct assay_round round = {.name = "r", .key_size = key_size};
    uint64_t all = 0, n;
    for (uint32_t p = 0; p < f->parts; p++) {
        struct groups groups;
        const struct group_entry *e;
        int more;
        groups_open(&groups, &f->index, &round, bare, f->segment, NULL, p, p, f->parts, memory);
        while ((more = groups_next(&groups, &e, &n)) > 0)
            for (uint64_t i = 0; i < n; i++, all++) {
                uint64_t room;
                uint32_t size;
                to[all][0] = 0;
                memcpy(&to[all][0], group_key(&e[i], key_size, &room, &size), key_size);
                to[all][1] = e[i].rank;
                assert_int_equal(size, key_size);
                assert_int_equal(!e[i].row, bare != 0);
            }
        assert_int_equal(more, 0);
        groups_close(&groups);
    }
    return all;
}

/* Rows that are a key and a document alone, in two runs: a document has many, some in another order than they were
 * numbered. */
static void rewrite_without_values(struct fixture *f, uint32_t bare, uint32_t key_size, struct foot_section *section)
{
    struct bytes rows = {0};
    struct stream stream;
    segment_close(&f->store, &f->segment[0]);
    assert_int_equal(segment_create(&f->store, &f->segment[0], 0), 0);
    assert_int_equal(stream_open(&stream, &f->store, &f->segment[0], 0), 0);
    for (uint64_t i = 0; i < 5000; i++) {
        uint64_t key = (i % 700 + 1) * 0x9e3779b97f4a7c15u;
        uint32_t doc = i % 11 ? (uint32_t)(i / 25) : (uint32_t)(i % DOCS);
        assert_true(emit_add(&rows, key_size, NULL, doc, &key, key_size, NULL));
    }
    struct emit_run run[2] = {{rows.at, rows.size / 2}, {rows.at + rows.size / 2, rows.size / 2}};
    assert_int_equal(emit_partition(&stream, run, 2, bare, f->parts, 5000, section), 0);
    write_foot(&stream, section, f->parts);
    stream_close(&stream);
    assert_int_equal(segment_map(&f->segment[0]), 0);
    segment_unmap(&f->segment[1]); /* only this task counts */
    segment_unmap(&f->segment[2]);
    bytes_free(&rows);
}

/* Without heads, they are the same rows in half the room. */
static void bare_rows(void **state)
{
    (void)state;
    static const uint32_t size[] = {1, 5, 8};
    uint64_t(*want)[2] = calloc(5000, sizeof *want), (*got)[2] = calloc(5000, sizeof *got);
    for (uint32_t i = 0; i < 3; i++) {
        struct fixture f;
        struct foot_section section[7];
        uint64_t plain = 0, packed = 0;
        make(&f, 8, 7, 1);
        rewrite_without_values(&f, 0, size[i], section);
        for (uint32_t p = 0; p < 7; p++)
            plain += section[p].size;
        uint64_t n = all_rows(&f, 0, size[i], 0, want);
        rewrite_without_values(&f, size[i], size[i], section);
        for (uint32_t p = 0; p < 7; p++)
            packed += section[p].size;
        assert_int_equal(all_rows(&f, size[i], size[i], 0, got), n);
        assert_memory_equal(got, want, n * sizeof *want);
        assert_int_equal(all_rows(&f, size[i], size[i], 3000, got), n); /* in slices of the key range */
        assert_memory_equal(got, want, n * sizeof *want);
        assert_true(packed * 16 <= plain * (size[i] + 4));
        drop(&f);
    }
    const struct assay_round short_key = {.key_size = 8}, long_key = {.key_size = 9},
                             value = {.key_size = 8, .value = &value_table};
    assert_int_equal(emit_bare(&short_key, 1), 8);
    assert_int_equal(emit_bare(&short_key, 0) + emit_bare(&long_key, 1) + emit_bare(&value, 1), 0);
    free(want);
    free(got);
}

#ifndef ASSAY_SANITIZE /* the sanitizers reserve address space of their own */
static uint64_t data_bytes(void)
{
    unsigned long long kb = 0;
    char line[200];
    FILE *file = fopen("/proc/self/status", "re");
    while (file && fgets(line, sizeof line, file) && sscanf(line, "VmData: %llu kB", &kb) != 1)
        ;
    if (file)
        fclose(file);
    return kb * 1024;
}

/* A partition that finds no room in memory is written row by row; what is written is the same. */
static void partition_in_less_memory(uint32_t bare)
{
    struct store store;
    struct segment roomy, tight;
    struct stream stream;
    struct bytes rows = {0};
    struct foot_section want[2], got[2];
    assert_int_equal(store_open(&store, 1 << 30), 0);
    for (uint64_t i = 0; i < 500000; i++) {
        uint64_t key = i * 0x9e3779b97f4a7c15u;
        assert_true(emit_add(&rows, 8, NULL, (uint32_t)i, &key, 8, NULL));
    }
    uint64_t half = rows.size / 2;
    assert_int_equal(half % ((const struct emit_row *)(const void *)rows.at)->size, 0);
    struct emit_run run[2] = {{rows.at, half}, {rows.at + half, half}};
    assert_int_equal(segment_create(&store, &roomy, 0), 0);
    assert_int_equal(stream_open(&stream, &store, &roomy, 0), 0);
    assert_int_equal(emit_partition(&stream, run, 2, bare, 2, 1 << 30, want), 0);
    stream_close(&stream);
    struct rlimit before, less;
    assert_int_equal(getrlimit(RLIMIT_DATA, &before), 0);
    less = (struct rlimit){data_bytes() + (1 << 20), before.rlim_max};
    assert_int_equal(segment_create(&store, &tight, 0), 0);
    assert_int_equal(stream_open(&stream, &store, &tight, 0), 0);
    assert_int_equal(setrlimit(RLIMIT_DATA, &less), 0);
    void *much = malloc(bare ? rows.size / 5 : rows.size / 3);
    int status = emit_partition(&stream, run, 2, bare, 2, 1 << 30, got);
    assert_int_equal(setrlimit(RLIMIT_DATA, &before), 0);
    assert_null(much); /* a partition has no room */
    assert_int_equal(status, 0);
    stream_close(&stream);
    assert_memory_equal(want, got, sizeof want);
    assert_int_equal(want[0].rows + want[1].rows, 500000);
    assert_int_equal(segment_map(&roomy), 0);
    assert_int_equal(segment_map(&tight), 0);
    assert_int_equal(roomy.size, tight.size);
    assert_memory_equal(roomy.at, tight.at, roomy.size);
    segment_close(&store, &roomy);
    segment_close(&store, &tight);
    store_close(&store);
    bytes_free(&rows);
}

static void partitions_larger_than_memory(void **state)
{
    (void)state;
    mallopt(M_MMAP_THRESHOLD, 1 << 17); /* what is freed is no longer there to be used again */
    partition_in_less_memory(0);
    malloc_trim(0);
    partition_in_less_memory(8);
}
#endif

static void partitions_are_ranges(void **state)
{
    (void)state;
    for (uint32_t parts = 1; parts < 300; parts += 37) {
        struct doc_index none = {0};
        uint64_t next = 0;
        for (uint32_t p = 0; p < parts; p++) {
            struct groups groups;
            groups_open(&groups, &none, NULL, 0, NULL, NULL, 0, p, parts, 0);
            assert_true(groups.low == next);
            next = groups.high + 1;
        }
        assert_true(next == 0); /* past the largest key */
        uint64_t count[300] = {0};
        for (uint64_t k = 0; k < 30000; k++)
            count[emit_part(k, parts)]++;
        for (uint32_t p = 0; p < parts; p++)
            assert_true(count[p] > 30000 / parts / 2 && count[p] < 30000 / parts * 2 + 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_keys),
        cmocka_unit_test(long_keys),
        cmocka_unit_test(colliding_keys),
        cmocka_unit_test(bare_rows),
        cmocka_unit_test(partitions_are_ranges),
#ifndef ASSAY_SANITIZE
        cmocka_unit_test(partitions_larger_than_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
