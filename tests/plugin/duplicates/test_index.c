/* SPDX-License-Identifier: Apache-2.0
 *
 * What the index is made of: postings in order, meetings counted, a glance at two sketches.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>

#include "glance.h"
#include "mask.h"
#include "mix.h"
#include "pairs.h"
#include "postings.h"

static int by_run(const void *p, const void *q)
{
    const uint64_t *a = p, *b = q;
    return *a < *b ? -1 : *a > *b;
}

/* `bits`: of the runs, few of which make many equal ones. */
static void check_postings(struct dup_postings *p, uint32_t docs, uint32_t bits)
{
    uint64_t *all = malloc((uint64_t)docs * 7 * sizeof *all), n = 0, twice = 0, kept = 0;
    uint32_t run[7];
    assert_non_null(all);
    dup_postings_clear(p);
    for (uint32_t i = 0; i < docs; i++) {
        for (uint32_t k = 0; k < i % 8; k++) {
            run[k] = (uint32_t)dup_mix(i * 7 + k) & bits;
            all[n++] = (uint64_t)run[k] << 32 | i;
        }
        assert_true(dup_postings_add(p, (struct dup_owner){.doc = i + 1, .source = i, .words = 7}, run, i % 8));
    }
    assert_int_equal(p->count, n);
    assert_true(dup_postings_sort(p));
    assert_int_equal(p->owners, docs);
    if (n)
        qsort(all, n, sizeof *all, by_run);
    for (uint64_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && all[j] >> 32 == all[i] >> 32; j++)
            ;
        twice += j - i > 1 ? j - i : 0;
    }
    for (uint64_t i = 0, j; i < p->count; i = j) { /* whole groups, each in order of texts */
        for (j = i + 1; j < p->count && p->at[j] >> 32 == p->at[i] >> 32; j++)
            assert_true(p->at[j - 1] <= p->at[j]);
        kept += j - i > 1 ? j - i : 0;
        const uint64_t *same = bsearch(&p->at[i], all, n, sizeof *all, by_run);
        assert_non_null(same);
    }
    assert_int_equal(kept, twice);
    free(all);
}

static void postings_come_together(void **state)
{
    (void)state;
    struct dup_postings p = {0};
    check_postings(&p, 5000, 0xf00ff00f); /* many are equal */
    check_postings(&p, 40000, 0xffffffff);
    check_postings(&p, 30000, 0xfffff);
    check_postings(&p, 30000, 0x3);
    check_postings(&p, 30000, 0);
    check_postings(&p, 3, 0xffffffff);
    check_postings(&p, 0, 0);
    check_postings(&p, 20000, 0x00ffffff); /* one part of several */
    dup_postings_free(&p);
}

static void meetings_are_counted_in_order(void **state)
{
    (void)state;
    struct dup_pairs p = {0};
    for (uint32_t i = 0; i < 30000; i++)
        assert_true(dup_pairs_add(&p, i % 3000, i % 3000 + 1));
    assert_int_equal(p.pairs, 3000);
    for (uint32_t i = 0; i < 3000; i++) {
        assert_int_equal(p.pair[i].a, i);
        assert_int_equal(p.pair[i].b, i + 1);
        assert_int_equal(p.pair[i].count, 10);
    }
    dup_pairs_clear(&p);
    assert_true(dup_pairs_add(&p, 2, 1)); /* not the same as 1, 2 */
    assert_true(dup_pairs_add(&p, 1, 2));
    assert_int_equal(p.pairs, 2);
    dup_pairs_free(&p);
}

static void a_glance_wants_runs_that_follow_each_other(void **state)
{
    (void)state;
    struct dup_glance g = {0};
    struct dup_known none = {NULL, 0};
    uint32_t mine[400], theirs[400];
    for (uint32_t i = 0; i < 400; i++) {
        mine[i] = (uint32_t)dup_mix(i + 1);
        theirs[i] = (uint32_t)dup_mix(i + 7777);
    }
    assert_true(dup_glance_make(&g, mine, 400, none));
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3).chain, 0);
    theirs[10] = mine[200]; /* three in common, far apart */
    theirs[150] = mine[260];
    theirs[290] = mine[390];
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3).chain, 1);
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3).common, 3);
    theirs[300] = mine[20]; /* close together, the wrong way round */
    theirs[302] = mine[15];
    theirs[304] = mine[10];
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3).chain, 1);
    theirs[340] = mine[50];
    theirs[345] = mine[52];
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3).chain, 2);
    theirs[349] = mine[60];
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3).chain, 3);
    dup_glance_free(&g);
}

static void a_glance_tells_what_could_be_covered(void **state)
{
    (void)state;
    struct dup_glance g = {0};
    struct dup_known none = {NULL, 0};
    uint32_t mine[200], theirs[200], common;
    for (uint32_t i = 0; i < 200; i++) {
        mine[i] = (uint32_t)dup_mix(i + 1);
        theirs[i] = i % 9 ? (uint32_t)dup_mix(i + 7777) : mine[i]; /* one in nine, everywhere */
    }
    assert_true(dup_glance_make(&g, mine, 200, none));
    assert_true(dup_glance_cover(&g, theirs, 200, &common) >= 995);
    assert_int_equal(common, 23);
    assert_true(dup_glance_cover(&g, theirs, 100, &common) <= 510); /* half of mine */
    for (uint32_t i = 60; i < 120; i++)
        theirs[i] = (uint32_t)dup_mix(i + 7777); /* a hole */
    uint32_t cover = dup_glance_cover(&g, theirs, 200, &common);
    assert_true(cover > 600 && cover < 700);
    for (uint32_t i = 0; i < 200; i++)
        theirs[i] = (uint32_t)dup_mix(i + 7777);
    assert_int_equal(dup_glance_cover(&g, theirs, 200, &common), 0);
    assert_int_equal(common, 0);
    assert_int_equal(dup_glance_cover(&g, theirs, 0, &common), 0);
    dup_glance_free(&g);
}

static void a_glance_passes_over_furniture(void **state)
{
    (void)state;
    struct dup_glance g = {0};
    uint32_t pick[40], blob[161];
    for (uint32_t i = 0; i < 40; i++)
        pick[i] = (uint32_t)dup_mix(i + 1);
    dup_mask_init(blob, sizeof blob / sizeof *blob);
    for (uint32_t i = 0; i < 40; i++)
        dup_mask_add(blob, pick[i], 7);
    struct dup_known at_home = {blob, 7}, elsewhere = {blob, 8};
    assert_true(dup_glance_make(&g, pick, 40, at_home));
    assert_int_equal(dup_glance_chain(&g, pick, 40, elsewhere, 3).chain, 0);
    assert_true(dup_glance_make(&g, pick, 40, elsewhere));
    assert_int_equal(dup_glance_chain(&g, pick, 40, at_home, 3).chain, 0);
    assert_int_equal(dup_glance_chain(&g, pick, 40, elsewhere, 3).chain, 3);
    dup_glance_free(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(postings_come_together),
        cmocka_unit_test(meetings_are_counted_in_order),
        cmocka_unit_test(a_glance_wants_runs_that_follow_each_other),
        cmocka_unit_test(a_glance_tells_what_could_be_covered),
        cmocka_unit_test(a_glance_passes_over_furniture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
