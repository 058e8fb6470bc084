/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index.h"

static uint64_t seed = 9;

static uint32_t draw(uint32_t below)
{
    seed = seed * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(seed >> 33) % below;
}

#define TASKS 3u
#define MOST 3000u

static struct store store;
static struct segment segment[TASKS];
static struct segment *passes[] = {segment};

/* One task's segment as a map task leaves it: heads with a name, a hash, a line; no text. */
static void write_task(uint32_t task, char (*name)[40], const uint64_t *id, const unsigned char *sha, uint32_t n)
{
    struct stream stream;
    struct bytes docs = {0}, ids = {0}, names = {0};
    assert_int_equal(segment_create(&store, &segment[task], 0), 0);
    assert_int_equal(stream_open(&stream, &store, &segment[task], 0), 0);
    for (uint32_t i = 0; i < n; i++) {
        struct doc_head head = {.id = id[i], .ordinal = i, .whole = 1};
        unsigned char hash[32] = {sha[i]};
        struct doc_whole whole = {.name = {name[i], strlen(name[i])}, .sha = hash};
        uint64_t begun = stream_begin(&stream, BLOCK_DOC, 0);
        struct foot_name entry = foot_name(id[i], names.size, 0, 0);
        uint64_t at = stream_size(&stream);
        bytes_add(&names, name[i], (uint32_t)whole.name.size);
        bytes_add(&stream.buf, &head, DOC_HEAD);
        doc_put_whole(&stream.buf, &whole, (struct assay_text){0}, NULL, 0);
        assert_int_equal(stream_end(&stream, begun, i), 0);
        bytes_add(&docs, &at, sizeof at);
        bytes_add(&ids, &entry, sizeof entry);
    }
    struct foot foot = {.docs = n};
    foot_docs(&foot, &stream, (const uint64_t *)(const void *)docs.at);
    foot.ids_at = stream_size(&stream);
    bytes_add(&stream.buf, ids.at, ids.size);
    struct foot_name end = foot_name(0, names.size, 0, 0);
    bytes_add(&stream.buf, &end, sizeof end);
    foot.names_at = stream_size(&stream);
    bytes_add(&stream.buf, names.at, names.size);
    bytes_align(&stream.buf, 8);
    uint64_t begun = stream_begin(&stream, BLOCK_FOOT, 0);
    foot.size = stream_size(&stream) + sizeof foot;
    bytes_add(&stream.buf, &foot, sizeof foot);
    assert_int_equal(stream_end(&stream, begun, n), 0);
    assert_int_equal(stream_flush(&stream), 0);
    stream_close(&stream);
    bytes_free(&docs);
    bytes_free(&ids);
    bytes_free(&names);
    assert_int_equal(segment_map(&segment[task]), 0);
}

static void close_tasks(void)
{
    for (uint32_t t = 0; t < TASKS; t++)
        segment_close(&store, &segment[t]);
    store_close(&store);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void ids_in_order(void **state)
{
    (void)state;
    static char name[MOST][40], sorted[MOST][40];
    static uint64_t id[MOST];
    static unsigned char sha[MOST];
    struct doc_index index = {.segment = passes};
    struct index_double *doubles = NULL;
    struct assay_text clash[2];
    uint64_t n = 0;
    assert_int_equal(store_open(&store, 1 << 28), 0);
    for (uint32_t i = 0; i < MOST; i++) { /* long equal beginnings, names that are beginnings of others, bytes above 127 */
        static const char *const folder[] = {"", "a/", "a/long/folder/name/", "a/long/folder/name/2/", "\xd0\xb0/"};
        snprintf(name[i], sizeof name[i], "%s%x", folder[draw(5)], i < 2000 ? i : i + (1u << 20));
        id[i] = (uint64_t)i * 0x9e3779b97f4a7c15ull + 1;
    }
    for (uint32_t t = 0; t < TASKS; t++)
        write_task(t, name + t * 1000, id + t * 1000, sha, 1000);
    assert_int_equal(index_build(&index, segment, TASKS, &doubles, &n, clash), 0);
    assert_int_equal(index.kept, MOST);
    assert_int_equal(n, 0);
    index.passes = 1;
    for (uint32_t i = 0; i < MOST; i++) {
        uint32_t rank = index_find(&index, id[i]);
        assert_int_equal(index.number[rank], i);
        assert_int_equal(index.rank[i], rank);
        assert_int_equal(index_head(&index, i)->ordinal, i % 1000);
        assert_true(!rank || index.id[rank - 1] < index.id[rank]);
    }
    assert_int_equal(index_find(&index, 12345), INDEX_NONE);
    memcpy(sorted, name, sizeof sorted);
    qsort(sorted, MOST, sizeof *sorted, by_bytes);
    assert_true(index_order(&index));
    for (uint32_t i = 0; i < MOST; i++)
        assert_string_equal(name[index.number[index.order[i]]], sorted[i]);
    index_free(&index);
    close_tasks();
}

static void one_of_equal_ids_stays(void **state)
{
    (void)state;
    static char name[TASKS][40] = {"same", "same", "same"};
    static const uint64_t id[] = {77, 77, 77};
    static const unsigned char sha[] = {9, 4, 9};
    struct doc_index index = {.segment = passes};
    struct index_double *doubles = NULL;
    struct assay_text clash[2];
    uint64_t n = 0;
    assert_int_equal(store_open(&store, 1 << 28), 0);
    for (uint32_t t = 0; t < TASKS; t++)
        write_task(t, name + t, id + t, sha + t, 1);
    assert_int_equal(index_build(&index, segment, TASKS, &doubles, &n, clash), 0);
    assert_int_equal(index.kept, 1);
    assert_int_equal(index.number[0], 1); /* the lesser hash */
    assert_int_equal(n, 2);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(doubles[i].stays, 1);
        assert_int_equal(doubles[i].same, 0);
        assert_int_equal(index.rank[doubles[i].goes], INDEX_NONE);
    }
    free(doubles);
    index_free(&index);
    close_tasks();
}

static void two_ids_of_one_docid_stop_the_run(void **state)
{
    (void)state;
    static char name[TASKS][40] = {"one", "other", "third"};
    static const uint64_t id[] = {5, 6, 5};
    static const unsigned char sha[TASKS];
    struct doc_index index = {.segment = passes};
    struct index_double *doubles = NULL;
    struct assay_text clash[2];
    uint64_t n = 0;
    assert_int_equal(store_open(&store, 1 << 28), 0);
    for (uint32_t t = 0; t < TASKS; t++)
        write_task(t, name + t, id + t, sha + t, 1);
    assert_int_equal(index_build(&index, segment, TASKS, &doubles, &n, clash), 1);
    assert_memory_equal(clash[0].at, "one", 3);
    assert_memory_equal(clash[1].at, "third", 5);
    free(doubles);
    index_free(&index);
    close_tasks();
}

/* Where few documents have a block, those alone are listed, and all are found; none may be at the segment's begin. */
static void few_documents_are_listed(void **state)
{
    (void)state;
    enum { DOCS = 300 };
    for (uint32_t each = 0; each < 70; each++) {
        struct stream stream = {0};
        struct foot foot = {.docs = DOCS};
        uint64_t place[DOCS];
        for (uint32_t i = 0; i < DOCS; i++)
            place[i] = each && i % each == each / 2 ? 8 + 16 * i : 0;
        foot_docs(&foot, &stream, place);
        for (uint32_t i = 0; i < DOCS; i++)
            assert_int_equal(foot_doc(&foot, stream.buf.at, i), place[i]);
        if (each != 1)
            assert_true(stream.buf.size <= DOCS * sizeof *place * 2 / 3);
        stream_close(&stream);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_in_order), cmocka_unit_test(few_documents_are_listed),
        cmocka_unit_test(one_of_equal_ids_stays),
        cmocka_unit_test(two_ids_of_one_docid_stop_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
