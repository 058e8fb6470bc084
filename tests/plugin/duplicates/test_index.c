/* SPDX-License-Identifier: Apache-2.0
 *
 * What the index is made of: postings in order, meetings counted, a glance at two sketches.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "glance.h"
#include "mask.h"
#include "mix.h"
#include "pairs.h"
#include "postings.h"

static void postings_come_in_order(void **state)
{
    (void)state;
    struct dup_postings p = {0};
    uint32_t run[7];
    for (uint32_t turn = 0; turn < 2; turn++) { /* it is reused */
        dup_postings_clear(&p);
        for (uint32_t i = 0; i < 5000; i++) {
            for (uint32_t k = 0; k < 7; k++)
                run[k] = (uint32_t)dup_mix(i * 7 + k) & 0xf00ff00f; /* many are equal */
            assert_true(dup_postings_add(&p, (struct dup_owner){i + 1, i, 7}, run, i % 8));
        }
        assert_true(dup_postings_sort(&p));
        assert_int_equal(p.owners, 5000);
        assert_int_equal(p.count, 5000 / 8 * 28);
        for (uint64_t i = 1; i < p.count; i++)
            assert_true(p.at[i - 1] <= p.at[i]); /* by run, then by text */
    }
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
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3), 0);
    theirs[10] = mine[200]; /* three in common, far apart */
    theirs[150] = mine[260];
    theirs[290] = mine[390];
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3), 1);
    assert_int_equal(dup_glance_common(&g, theirs, 400), 3);
    theirs[300] = mine[20]; /* close together, the wrong way round */
    theirs[302] = mine[15];
    theirs[304] = mine[10];
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3), 1);
    theirs[340] = mine[50];
    theirs[345] = mine[52];
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3), 2);
    theirs[349] = mine[60];
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3), 3);
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
    assert_int_equal(dup_glance_chain(&g, pick, 40, elsewhere, 3), 0);
    assert_true(dup_glance_make(&g, pick, 40, elsewhere));
    assert_int_equal(dup_glance_chain(&g, pick, 40, at_home, 3), 0);
    assert_int_equal(dup_glance_chain(&g, pick, 40, elsewhere, 3), 3);
    dup_glance_free(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(postings_come_in_order),
        cmocka_unit_test(meetings_are_counted_in_order),
        cmocka_unit_test(a_glance_wants_runs_that_follow_each_other),
        cmocka_unit_test(a_glance_passes_over_furniture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
