/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "refute.h"

static struct figure figure_said(const char *decimal, uint32_t refuted, uint32_t rights)
{
    struct figure f;
    memset(&f, 0, sizeof f);
    f.kind = ASSAY_KIND_NUMBER;
    f.status = ASSAY_ASSERTED;
    f.concept = f.also = f.thing = CONCEPT_NONE;
    f.text = (struct assay_text){decimal, strlen(decimal)};
    f.refuted = refuted;
    f.rights = rights;
    assert_int_equal(assay_decimal_read(&f.value, decimal, strlen(decimal)), 1);
    f.high = f.value;
    return f;
}

static void what_is_disputed_meets_what_sets_it_right(void **state)
{
    (void)state;
    struct figure wrong = figure_said("5000000", 1, 0), right = figure_said("3200000", 0, 1);
    struct figure same = figure_said("5000000", 0, 1), bare = figure_said("3200000", 0, 0), share = right;
    share.kind = ASSAY_KIND_PERCENT;
    assert_int_equal(figure_refuted(&wrong, &right), 1);
    assert_int_equal(figure_refuted(&right, &wrong), 0);
    assert_int_equal(figure_refuted(&wrong, &same), 0);
    assert_int_equal(figure_refuted(&wrong, &bare), 0);
    assert_int_equal(figure_refuted(&wrong, &share), 0);
}

/* Whatever mood, change or period the two are told in: the text says that they are of one thing. */
static void how_far_they_are_apart(void **state)
{
    (void)state;
    struct relation r;
    struct figure wrong = figure_said("5000000", 1, 0), right = figure_said("3200000", 0, 1);
    wrong.status = ASSAY_FORECAST;
    right.change = ASSAY_CHANGE_INCREASE;
    right.has_relation = 1;
    right.relation = ASSAY_RELATION_BY;
    right.has_time = 1;
    assert_int_equal(refuted_relation(&r, &wrong, &right, NULL), 1);
    assert_true(r.verdict == ASSAY_CONFLICT && r.gap > 200000 && r.gap < 400000);
    struct figure near = figure_said("5001000", 0, 1);
    near.bound = ASSAY_BOUND_ABOUT;
    assert_int_equal(refuted_relation(&r, &wrong, &near, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_disputed_meets_what_sets_it_right),
                                       cmocka_unit_test(how_far_they_are_apart)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
