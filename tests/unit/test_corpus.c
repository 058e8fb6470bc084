/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus.h"

static uint64_t seed = 3;

static uint32_t draw(uint32_t below)
{
    seed = seed * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(seed >> 33) % below;
}

struct entry {
    struct assay_text name;
    uint32_t weight, made;
};
static const struct assay_field entry_rows[] = {
    ASSAY_FIELD(struct entry, weight, ASSAY_U32, ASSAY_KEY | ASSAY_DOWN, NULL, "weight"),
    ASSAY_FIELD(struct entry, name, ASSAY_TEXT, ASSAY_KEY, NULL, "name"),
    ASSAY_FIELD(struct entry, made, ASSAY_U32, 0, NULL, "order of making"),
};
static const struct assay_fields entry_table = ASSAY_FIELDS(struct entry, entry_rows);

#define TASKS 5u
#define DOCS 10u /* a map task; two map tasks */

static struct plan_layer layers[] = {{.name = "a", .fields = &entry_table, .step = PLAN_NONE},
                                     {.name = "b", .fields = &entry_table, .step = PLAN_NONE, .where = ASSAY_ON_CORPUS}};
static const struct plan plan = {.layers = 2, .layer = layers};

struct made {
    char name[8];
    uint32_t weight, made;
};
static struct made all[4000];
static uint32_t count;

static int order(const void *a, const void *b)
{
    const struct made *p = a, *q = b;
    if (p->weight != q->weight)
        return p->weight > q->weight ? -1 : 1;
    int o = strcmp(p->name, q->name);
    return o ? o : (p->made > q->made) - (p->made < q->made);
}

/* The rows a task makes for the corpus, and some for documents in between; each is noted in `all`. */
static void make_rows(struct bytes *rows, const struct tables *tables, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        struct made *m = &all[count];
        snprintf(m->name, sizeof m->name, "n%u", draw(20));
        m->weight = draw(6);
        m->made = count++;
        struct entry e = {{m->name, strlen(m->name)}, m->weight, m->made};
        assert_true(made_add(rows, tables->layer[1], 1, INDEX_NONE, &e));
        if (i % 7 == 0)
            assert_true(made_add(rows, tables->layer[0], 0, (i / 7) % (2 * DOCS), &e));
    }
}

/* A document's rows stand in its task's section, in order of making. Gives how many there are. */
static uint64_t check_mail(const struct segment *segment, const struct foot_section *section)
{
    uint64_t mail = 0;
    uint32_t last = 0;
    for (uint32_t s = 0; s < 2; s++)
        for (uint64_t at = section[s].at; at < section[s].at + section[s].size; mail++) {
            const struct made_row *row = (const struct made_row *)(const void *)(segment->at + at);
            const struct entry *e = (const struct entry *)(const void *)(row + 1);
            assert_int_equal(row->number / DOCS, s);
            assert_true(at == section[s].at || e->made > last);
            last = e->made;
            at += row->size;
        }
    return mail;
}

/* Reads the corpus beside `all`, which is sorted; `unique`: of equal ones the first. */
static void check_corpus(const struct corpus *corpus, const struct shape *shape, int unique)
{
    struct corpus_reader reader = {0};
    uint64_t seen = 0;
    struct assay_list list;
    assert_true(corpus_open(&reader, corpus, shape, unique));
    for (uint32_t at = 0; (list = corpus_next(&reader, 1 + draw(70))).count;)
        for (uint32_t i = 0; i < list.count; i++, seen++) {
            const struct entry *e = ASSAY_AT(struct entry, list, i);
            const struct made *first = &all[at++];
            assert_int_equal(e->made, first->made);
            assert_int_equal(e->name.size, strlen(first->name));
            assert_memory_equal(e->name.at, first->name, e->name.size);
            while (unique && at < count && all[at].weight == first->weight && !strcmp(all[at].name, first->name))
                at++;
        }
    assert_int_equal(list.stride, sizeof(struct entry));
    assert_int_equal(seen, corpus_count(corpus, shape, unique));
    assert_int_equal(seen, unique ? 6 * 20 : count);
    corpus_close(&reader);
}

static void runs_are_merged(void **state)
{
    (void)state;
    struct store store;
    struct tables tables;
    struct segment segment[TASKS];
    uint64_t base[] = {0, DOCS, 2 * DOCS}, mail = 0;
    struct doc_index index = {.tasks = 2, .base = base};
    struct corpus corpus = {0};
    assert_int_equal(store_open(&store, 1 << 28), 0);
    assert_true(tables_open(&tables, &plan));
    for (uint32_t t = 0; t < TASKS; t++) {
        struct stream stream;
        struct bytes rows = {0};
        uint64_t place;
        assert_int_equal(segment_create(&store, &segment[t], 0), 0);
        assert_int_equal(stream_open(&stream, &store, &segment[t], 0), 0);
        make_rows(&rows, &tables, t == 2 ? 0 : 100 + draw(300));
        assert_int_equal(made_block(&stream, &rows, 1, &tables, &index, &place), 0);
        assert_int_equal(stream_flush(&stream), 0);
        stream_close(&stream);
        bytes_free(&rows);
        assert_int_equal(segment_map(&segment[t]), 0);
        const struct foot_section *section = (const struct foot_section *)(const void *)(segment[t].at + place);
        assert_true(corpus_add(&corpus, segment[t].at + section[3].at, section[3].size, section[3].rows));
        mail += check_mail(&segment[t], section);
    }
    assert_true(mail > 50);
    qsort(all, count, sizeof *all, order);
    check_corpus(&corpus, tables.layer[1], 0);
    check_corpus(&corpus, tables.layer[1], 1);
    for (uint32_t t = 0; t < TASKS; t++)
        segment_close(&store, &segment[t]);
    assert_int_equal(atomic_load(store.used), 0);
    free(corpus.run);
    tables_close(&tables);
    store_close(&store);
}

static void an_empty_layer(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct corpus none = {0};
    struct corpus_reader reader = {0};
    const struct shape *shape = shape_of(&arena, &entry_table);
    assert_true(corpus_open(&reader, &none, shape, 1));
    struct assay_list list = corpus_next(&reader, 10);
    assert_int_equal(list.count, 0);
    assert_int_equal(list.stride, sizeof(struct entry));
    assert_int_equal(corpus_count(&none, shape, 1), 0);
    corpus_close(&reader);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(runs_are_merged), cmocka_unit_test(an_empty_layer)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
