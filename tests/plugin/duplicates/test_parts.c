/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cluster.h"
#include "mask.h"
#include "mix.h"
#include "sketch.h"
#include <assay/kit/moment.h>

static struct assay_text text(const char *s)
{
    return (struct assay_text){s, strlen(s)};
}

static void stamps(void **state)
{
    (void)state;
    int64_t day = assay_moment_read(text("2024-05-17")), next = assay_moment_read(text("2024-05-18"));
    int64_t morning = assay_moment_read(text("2024-05-17T08:00:00Z")), noon = assay_moment_read(text("2024-05-17T14:00:00+02:00"));
    assert_int_equal(morning, (19860 * INT64_C(86400) + 8 * 3600) * 2 + 1);
    assert_int_equal(noon - morning, 4 * 3600 * 2);
    assert_int_equal(assay_moment_read((struct assay_text){0}), ASSAY_UNDATED);
    assert_int_equal(assay_moment_read(text("yesterday")), ASSAY_UNDATED);
    assert_true(assay_moment_before(day, next));
    assert_false(assay_moment_before(next, day));
    assert_false(assay_moment_before(day, noon)); /* the same day: not known */
    assert_true(assay_moment_before(morning, noon));
    assert_true(assay_moment_before(noon, next));
    assert_true(assay_moment_before(day, ASSAY_UNDATED));
    assert_false(assay_moment_before(ASSAY_UNDATED, day));
    assert_int_equal(assay_moment_read(text("2024-05-17T08:00:00")) & 1, 0); /* no zone: the day */
    assert_true(assay_moment_before(assay_moment_read(text("1969-12-31")), assay_moment_read(text("1970-01-01"))));
}

static void winnowing_picks_one_in_every_window(void **state)
{
    (void)state;
    uint32_t run[200];
    uint32_t at[200], plain[200], n;
    uint64_t x = 1;
    for (uint32_t size = 1; size <= 200; size++) {
        for (uint32_t i = 0; i < size; i++)
            run[i] = (uint32_t)(dup_mix(x++) % 50) * 0x05000001u; /* over all 32 bits, many equal */
        n = dup_winnow(at, run, size);
        assert_int_equal(dup_winnow_plain(plain, run, size), n);
        assert_memory_equal(plain, at, n * sizeof *at);
        assert_true(n > 0 && at[0] < DUP_WINDOW && at[n - 1] + DUP_WINDOW >= size);
        for (uint32_t i = 1; i < n; i++)
            assert_true(at[i] > at[i - 1] && at[i] - at[i - 1] <= DUP_WINDOW);
        uint8_t asked[200] = {0};
        for (uint32_t from = 0; from + DUP_WINDOW <= size; from++) { /* the rightmost least one of each window is picked */
            uint32_t least = from, found = 0;
            for (uint32_t i = from; i < from + DUP_WINDOW; i++)
                if (run[i] <= run[least])
                    least = i;
            for (uint32_t i = 0; i < n; i++)
                found |= at[i] == least;
            assert_true(found);
            asked[least] = 1;
        }
        for (uint32_t i = 0; i < n && size >= DUP_WINDOW; i++) /* and nothing else */
            assert_true(asked[at[i]]);
    }
    assert_int_equal(dup_winnow(at, run, 0), 0);
}

static uint32_t bands_in_common(const uint32_t *a, uint32_t n, const uint32_t *b, uint32_t k)
{
    uint64_t x[DUP_BANDS], y[DUP_BANDS];
    uint32_t same = 0;
    dup_bands(x, a, n);
    dup_bands(y, b, k);
    for (uint32_t i = 0; i < DUP_BANDS; i++)
        same += x[i] == y[i];
    return same;
}

static void bands_follow_similarity(void **state)
{
    (void)state;
    uint32_t a[300], b[300];
    for (uint32_t i = 0; i < 300; i++) {
        a[i] = (uint32_t)dup_mix(i + 1);
        b[i] = (uint32_t)dup_mix(i + 31); /* 270 of 330 in common: J = .82 */
    }
    uint32_t near = bands_in_common(a, 300, b, 300);
    assert_true(near >= 2 && near < DUP_BANDS); /* .55 of 8 expected */
    for (uint32_t i = 0; i < 300; i++)
        b[i] = (uint32_t)dup_mix(i + 5000);
    assert_int_equal(bands_in_common(a, 300, b, 300), 0);
    assert_int_equal(bands_in_common(a, 20, a, 20), DUP_BANDS); /* fewer than bins */
}

static void furniture_is_marked_in_runs(void **state)
{
    (void)state;
    uint64_t words = dup_mask_words(10);
    uint32_t run[60], at[60], *blob = malloc(words * sizeof *blob), n;
    uint8_t mark[62];
    assert_non_null(blob);
    for (uint32_t i = 0; i < 60; i++)
        run[i] = (uint32_t)dup_mix(i + 99);
    n = dup_winnow(at, run, 60);
    dup_mask_init(blob, words);
    for (uint32_t i = 0; i < n; i++)
        if (at[i] >= 40)
            dup_mask_add(blob, run[at[i]], 7);
    assert_true(dup_mask_apply(blob, mark, 62, run, 60, at, n, 3, 7) >= 20);
    assert_int_equal(mark[39], 0);
    assert_int_equal(mark[61], 1);
    assert_int_equal(mark[50], 1);
    assert_int_equal(dup_mask_apply(blob, mark, 62, run, 60, at, n, 3, 8), 0); /* another source */
    dup_mask_init(blob, words);
    dup_mask_add(blob, run[at[5]], DUP_EVERYWHERE);
    assert_int_equal(dup_mask_apply(blob, mark, 62, run, 60, at, n, 3, 8), 0); /* one phrase alone */
    free(blob);
}

struct printed {
    uint32_t print, run;
};

static int by_print(const void *a, const void *b)
{
    const struct printed *x = a, *y = b;
    return x->print != y->print ? (x->print < y->print ? -1 : 1) : (x->run > y->run) - (x->run < y->run);
}

/* Two runs of one print: one takes the place of the other, which nobody would see by prints. */
static void furniture_of_equal_prints_is_told_apart(void **state)
{
    (void)state;
    enum { RUNS = 400000 };
    struct printed *all = malloc(RUNS * sizeof *all);
    uint64_t words = dup_mask_words(3000), more = dup_mask_words(100000);
    uint32_t *before = malloc(words * sizeof *before), *now = malloc(words * sizeof *now), told[4], at = 0;
    uint32_t *large = malloc(more * sizeof *large);
    assert_true(all && before && now && large);
    for (uint32_t i = 0; i < RUNS; i++)
        all[i] = (struct printed){dup_mask_print(i, 7), i};
    qsort(all, RUNS, sizeof *all, by_print);
    while (at + 1 < RUNS && all[at].print != all[at + 1].print)
        at++;
    assert_true(at + 1 < RUNS);
    dup_mask_init(before, words);
    dup_mask_init(now, words);
    dup_mask_init(large, more);
    for (uint32_t i = 0; i < 3000; i++) {
        dup_mask_add(before, i + 1000000, 7);
        dup_mask_add(now, 1002999 - i, 7); /* in another order */
        dup_mask_add(large, i + 1000000, 7);
    }
    assert_int_equal(dup_mask_differs(now, before, NULL), 0);
    assert_int_equal(dup_mask_differs(large, before, NULL), 0); /* of any two sizes */
    dup_mask_add(before, all[at].run, 7);
    dup_mask_add(now, all[at + 1].run, 7);
    assert_int_equal(dup_mask_has(now, all[at].run, 7), 0);
    assert_int_equal(dup_mask_differs(now, before, NULL), 2);
    assert_int_equal(dup_mask_differs(now, before, told), 2);
    assert_true(told[0] == all[at].print && told[1] == all[at].print);
    free(large);
    free(now);
    free(before);
    free(all);
}

static const struct dup_member *of(const struct dup_member *m, uint32_t n, assay_docid doc)
{
    for (uint32_t i = 0; i < n; i++)
        if (m[i].doc == doc)
            return &m[i];
    fail_msg("no member %u", (unsigned)doc);
    return NULL;
}

#define COPY 100, 100, DUP_LINK_COPY, 0, 0
#define WHOLE {0, 100}, {0, 100}, COPY

static void clusters(void **state)
{
    (void)state;
    struct dup_member *m;
    uint32_t n;
    struct dup_link link[] = {
        {10, 20, 6, 4, 950, 930, WHOLE}, {20, 30, 4, 8, 900, 900, WHOLE}, {40, 50, 2, 2, 990, 990, WHOLE},
    };
    assert_true(dup_cluster(&m, &n, link, 3, 750));
    assert_int_equal(n, 5);
    assert_int_equal(of(m, n, 30)->lead, 20); /* the earliest */
    assert_int_equal(of(m, n, 10)->lead, 20);
    assert_int_equal(of(m, n, 50)->lead, 40); /* equal dates: the lesser number */
    assert_int_equal(of(m, n, 20)->via, 20);
    assert_int_equal(of(m, n, 10)->via, 20);
    free(m);
}

static void ways_to_the_lead(void **state)
{
    (void)state;
    struct dup_member *m;
    uint32_t n;
    struct dup_link link[] = {
        {10, 20, 2, 4, 950, 930, WHOLE}, {20, 30, 4, 6, 900, 900, WHOLE}, {30, 40, 6, 8, 900, 900, WHOLE},
        {10, 40, 2, 8, 600, 600, WHOLE}, /* no tie */
    };
    assert_true(dup_cluster(&m, &n, link, 4, 750));
    assert_int_equal(of(m, n, 40)->lead, 10);
    assert_int_equal(of(m, n, 40)->via, 30);
    assert_int_equal(of(m, n, 30)->via, 20);
    assert_int_equal(of(m, n, 20)->via, 10);
    free(m);
}

static void a_short_text_ties_no_strangers(void **state)
{
    (void)state;
    struct dup_member *m;
    uint32_t n;
    struct dup_link link[] = {
        {1, 2, 2, 4, 1000, 300, {0, 50}, {0, 50}, COPY},
        {1, 3, 2, 6, 1000, 200, {0, 50}, {60, 110}, COPY},
    };
    assert_true(dup_cluster(&m, &n, link, 2, 750));
    assert_int_equal(of(m, n, 1)->lead, of(m, n, 2)->lead);
    assert_int_not_equal(of(m, n, 2)->lead, of(m, n, 3)->lead);
    free(m);
}

static void a_round_up_ties_no_strangers(void **state)
{
    (void)state;
    struct dup_member *m;
    uint32_t n;
    struct dup_link link[] = {
        {1, 9, 2, 8, 1000, 330, {0, 50}, {0, 50}, COPY},
        {2, 9, 4, 8, 1000, 330, {0, 50}, {50, 100}, COPY},
        {3, 9, 6, 8, 1000, 330, {0, 50}, {100, 150}, COPY},
    };
    assert_true(dup_cluster(&m, &n, link, 3, 750));
    for (assay_docid i = 1; i <= 3; i++)
        assert_int_equal(of(m, n, i)->lead, i);
    free(m);
}

static void no_links(void **state)
{
    (void)state;
    struct dup_member *m;
    uint32_t n;
    assert_true(dup_cluster(&m, &n, NULL, 0, 750));
    assert_int_equal(n, 0);
    free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stamps), cmocka_unit_test(winnowing_picks_one_in_every_window),
        cmocka_unit_test(bands_follow_similarity), cmocka_unit_test(furniture_is_marked_in_runs),
        cmocka_unit_test(furniture_of_equal_prints_is_told_apart), cmocka_unit_test(clusters), cmocka_unit_test(ways_to_the_lead),
        cmocka_unit_test(a_short_text_ties_no_strangers), cmocka_unit_test(a_round_up_ties_no_strangers),
        cmocka_unit_test(no_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
