/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "textmap.h"

static uint64_t seed;

static uint32_t draw(uint32_t below) /* a linear congruential generator, so that a failure comes back */
{
    seed = seed * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(seed >> 33) % below;
}

#define MOST 4096

/* The oracle: for every byte of a text the range it came from; begin > end: inserted. */
struct byte {
    int64_t begin, end;
};

static uint64_t per_byte(const struct assay_map *map, uint64_t runs, struct byte *to)
{
    uint64_t size = 0;
    for (uint64_t r = 0; r < runs; r++)
        for (uint32_t i = 0; i < map[r].count; i++)
            for (uint32_t j = 0; j < map[r].to_step; j++) {
                int64_t from = (int64_t)(map[r].from + (uint64_t)i * map[r].from_step);
                to[size++] = map[r].from_step ? (struct byte){from, from + map[r].from_step} : (struct byte){1, 0};
            }
    return size;
}

/* Hull of what the inner bytes [begin, end) came from. */
static struct byte hull(const struct byte *inner, int64_t begin, int64_t end)
{
    struct byte h = {INT64_MAX, -1};
    for (int64_t i = begin; i < end; i++) {
        if (inner[i].begin > inner[i].end)
            continue;
        if (inner[i].begin < h.begin)
            h.begin = inner[i].begin;
        if (inner[i].end > h.end)
            h.end = inner[i].end;
    }
    return h.end < 0 ? (struct byte){1, 0} : h;
}

static uint64_t draw_inner(struct assay_map *map, uint64_t *size, uint64_t *starts, uint64_t *count)
{
    static const uint16_t steps[][2] = {{1, 1}, {1, 2}, {2, 2}, {2, 1}, {2, 3}, {0, 2}};
    uint64_t runs = 1 + draw(8), from = 0, to = 0;
    *count = 0;
    for (uint64_t r = 0; r < runs; r++) {
        uint32_t k = draw(6), n = 1 + draw(9);
        map[r] = (struct assay_map){from, (uint32_t)to, n, steps[k][0], steps[k][1], 0};
        for (uint32_t i = 0; i < n; i++)
            starts[(*count)++] = to + (uint64_t)i * steps[k][1];
        from += (uint64_t)n * steps[k][0] + draw(3);
        to += (uint64_t)n * steps[k][1];
    }
    starts[*count] = to;
    *size = to;
    return runs;
}

/* Keeps, drops, replaces and inserts, cutting where characters begin, as a preparer must. */
static uint64_t draw_outer(struct assay_map *map, const uint64_t *starts, uint64_t count)
{
    uint64_t runs = 0, to = 0;
    for (uint64_t i = 0; i < count;) {
        uint64_t j = i + 1 + draw(6);
        if (j > count)
            j = count;
        uint64_t b = starts[i], e = starts[j];
        uint32_t k = draw(10);
        if (k < 5) {
            map[runs++] = (struct assay_map){b, (uint32_t)to, (uint32_t)(e - b), 1, 1, 0};
            to += e - b;
        } else if (k < 7) {
            uint32_t n = 1 + draw(4);
            map[runs++] = (struct assay_map){b, (uint32_t)to, 1, (uint16_t)(e - b), (uint16_t)n, 0};
            to += n;
        } else if (k < 8) {
            map[runs++] = (struct assay_map){b, (uint32_t)to, 1, 0, 2, 0};
            to += 2;
            continue;
        }
        i = j;
    }
    return runs;
}

static void composed_as_byte_by_byte(void **state)
{
    (void)state;
    static struct byte inner_byte[MOST], outer_byte[MOST], both[MOST];
    uint64_t looked = 0;
    for (uint64_t trial = 1; trial < 10000; trial++) {
        seed = trial;
        struct assay_map inner[16], outer[512];
        uint64_t starts[256], count, size, runs;
        uint64_t inner_runs = draw_inner(inner, &size, starts, &count), outer_runs = draw_outer(outer, starts, count);
        struct arena arena = {0};
        assert_null(textmap_check(inner, inner_runs, size, UINT64_MAX / 2));
        per_byte(inner, inner_runs, inner_byte);
        uint64_t text = per_byte(outer, outer_runs, outer_byte);
        assert_null(textmap_check(outer, outer_runs, text, size));
        struct assay_map *map = textmap_compose(&arena, inner, inner_runs, outer, outer_runs, &runs);
        assert_null(textmap_check(map, runs, text, UINT64_MAX / 2));
        assert_int_equal(per_byte(map, runs, both), text);
        for (uint64_t i = 0; i < text; i++) {
            struct byte want = outer_byte[i].begin > outer_byte[i].end ? (struct byte){1, 0} : hull(inner_byte, outer_byte[i].begin, outer_byte[i].end);
            uint64_t raw[2];
            int has = textmap_raw(map, runs, i, i + 1, raw);
            looked++;
            assert_int_equal(has, want.begin <= want.end);
            if (!has)
                continue;
            assert_int_equal(raw[0], want.begin);
            assert_int_equal(raw[1], want.end);
        }
        arena_free(&arena);
    }
    assert_true(looked > 100000);
}

static void stored_and_opened(void **state)
{
    (void)state;
    for (uint64_t trial = 1; trial < 500; trial++) {
        seed = trial;
        struct assay_map map[16];
        uint64_t starts[256], count, size, runs = draw_inner(map, &size, starts, &count);
        if (runs > 2)
            map[1].from += 1000; /* sources may jump, back too */
        struct bytes out = {0};
        struct arena arena = {0};
        textmap_store(&out, map, runs);
        struct assay_map *back = textmap_open(&arena, out.at, out.size, runs);
        assert_memory_equal(back, map, runs * sizeof *map);
        bytes_free(&out);
        arena_free(&arena);
    }
}

static void spans_move_forward(void **state)
{
    (void)state;
    /* "abcdefghij": cd is dropped, ef becomes one unit of three bytes, XY is inserted before g */
    const struct assay_map map[] = {{0, 0, 2, 1, 1, 0}, {4, 2, 1, 2, 3, 0}, {6, 5, 1, 0, 2, 0}, {6, 7, 4, 1, 1, 0}};
    struct arena arena = {0};
    uint64_t n;
    struct assay_span to;
    uint32_t *order = textmap_by_source(&arena, map, 4, &n);
    assert_int_equal(n, 3);
    assert_false(textmap_forward(map, order, n, 2, 4, &to)); /* gone */
    assert_true(textmap_forward(map, order, n, 1, 3, &to));
    assert_int_equal(to.begin, 1);
    assert_int_equal(to.end, 2);
    assert_true(textmap_forward(map, order, n, 5, 7, &to)); /* touches the unit: all of it */
    assert_int_equal(to.begin, 2);
    assert_int_equal(to.end, 8);
    assert_true(textmap_forward(map, order, n, 8, 10, &to));
    assert_int_equal(to.begin, 9);
    assert_int_equal(to.end, 11);
    arena_free(&arena);
}

static void bad_maps_are_refused(void **state)
{
    (void)state;
    const struct assay_map gap[] = {{0, 0, 2, 1, 1, 0}, {2, 3, 2, 1, 1, 0}};
    const struct assay_map beyond[] = {{0, 0, 9, 1, 1, 0}};
    const struct assay_map empty[] = {{0, 0, 0, 1, 1, 0}};
    assert_non_null(textmap_check(gap, 2, 5, 10));
    assert_non_null(textmap_check(beyond, 1, 9, 8));
    assert_non_null(textmap_check(beyond, 1, 8, 9));
    assert_non_null(textmap_check(beyond, 1, 10, 10));
    assert_non_null(textmap_check(empty, 1, 0, 10));
    assert_null(textmap_check(beyond, 1, 9, 9));
    assert_null(textmap_check(NULL, 0, 0, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(composed_as_byte_by_byte), cmocka_unit_test(stored_and_opened),
        cmocka_unit_test(spans_move_forward),       cmocka_unit_test(bad_maps_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
