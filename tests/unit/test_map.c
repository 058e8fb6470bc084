/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/map.h>
#include <stdlib.h>
#include <string.h>

static void assert_run(const struct assay_mapper *m, size_t i, uint64_t from, uint32_t to, uint32_t count, uint32_t from_step, uint32_t to_step)
{
    assert_true(i < m->count);
    assert_int_equal(m->run[i].from, from);
    assert_int_equal(m->run[i].to, to);
    assert_int_equal(m->run[i].count, count);
    assert_int_equal(m->run[i].from_step, from_step);
    assert_int_equal(m->run[i].to_step, to_step);
}

static void runs_are_joined_where_they_can_be(void **state)
{
    (void)state;
    const char *in = "ab&amp;&amp;cd\xe6\xe6";
    struct assay_mapper m = {0};
    assay_mapper_keep(&m, in, 0, 1);
    assay_mapper_keep(&m, in, 1, 1);
    assay_mapper_replace(&m, 2, 5, "&", 1);
    assay_mapper_replace(&m, 7, 5, "&", 1);
    assay_mapper_insert(&m, "\n", 1);
    assay_mapper_insert(&m, "\n", 1);
    assay_mapper_keep(&m, in, 13, 1); /* leaves the c out */
    assay_mapper_unit(&m, 14, 1, "\xd0\xb6", 2);
    assay_mapper_unit(&m, 15, 1, "\xd0\xb6", 2);
    assert_int_equal(m.failed, 0);
    assert_int_equal(m.text.size, 11);
    assert_memory_equal(m.text.at, "ab&&\n\nd\xd0\xb6\xd0\xb6", 11);
    assert_int_equal(m.count, 5);
    assert_run(&m, 0, 0, 0, 2, 1, 1);
    assert_run(&m, 1, 2, 2, 2, 5, 1);
    assert_run(&m, 2, 12, 4, 2, 0, 1);
    assert_run(&m, 3, 13, 6, 1, 1, 1);
    assert_run(&m, 4, 14, 7, 2, 1, 2);
    assay_mapper_free(&m);
    assert_null(m.run);
}

static void runs_tile_the_text(void **state)
{
    (void)state;
    char in[1000];
    memset(in, 'x', sizeof in);
    struct assay_mapper m = {0};
    uint64_t seed = 7, from = 0;
    while (from < 900) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        size_t n = 1 + (seed >> 40) % 5;
        switch ((seed >> 33) % 5) {
        case 0: assay_mapper_keep(&m, in, from, n); break;
        case 1: assay_mapper_replace(&m, from, n, "yz", 2); break;
        case 2: assay_mapper_insert(&m, "\n\n\n\n\n", n); n = 0; break;
        case 3: assay_mapper_replace(&m, from, n, "", 0); break;
        default: assay_mapper_unit(&m, from, n, "q", 1); break;
        }
        from += n;
    }
    uint64_t to = 0, last = 0;
    for (size_t i = 0; i < m.count; i++) {
        assert_int_equal(m.run[i].to, to);
        assert_true(m.run[i].from >= last);
        assert_true(m.run[i].to_step > 0);
        to += (uint64_t)m.run[i].count * m.run[i].to_step;
        last = m.run[i].from + (uint64_t)m.run[i].count * m.run[i].from_step;
    }
    assert_int_equal(to, m.text.size);
    assay_mapper_free(&m);
}

static void a_unit_too_long_for_a_step_is_cut(void **state)
{
    (void)state;
    char *big = calloc(1, 200000);
    struct assay_mapper m = {0};
    assay_mapper_replace(&m, 10, 100000, "x", 1);
    assay_mapper_replace(&m, 100010, 3, big, 200000);
    assert_run(&m, 0, 10, 0, 1, 65535, 1);
    assert_run(&m, 1, 100010, 1, 1, 3, 65535);
    assert_run(&m, 2, 100013, 65536, 200000 - 65535, 0, 1);
    assert_int_equal(m.text.size, 200001);
    assay_mapper_free(&m);
    free(big);
}

static void units_come_in_numbers(void **state)
{
    (void)state;
    struct assay_mapper m = {0};
    assay_mapper_units(&m, 5, 1, "\xd0\xb6\xd0\xb7", 2, 2);
    assay_mapper_units(&m, 7, 1, "\xd0\xb8", 2, 1);
    assay_mapper_units(&m, 8, 1, "", 1, 0);
    assert_int_equal(m.count, 1);
    assert_run(&m, 0, 5, 0, 3, 1, 2);
    assert_memory_equal(m.text.at, "\xd0\xb6\xd0\xb7\xd0\xb8", 6);
    assay_mapper_free(&m);
}

static void a_text_beyond_4_gib_fails(void **state)
{
    (void)state;
    struct assay_mapper m = {0};
    m.text.size = UINT32_MAX - 1; /* as if so much were there: nothing is written */
    assay_mapper_keep(&m, "ab", 0, 2);
    assert_int_equal(m.failed, 1);
    assert_int_equal(m.count, 0);
    m.text.size = 0;
    assay_mapper_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_are_joined_where_they_can_be),
        cmocka_unit_test(runs_tile_the_text),
        cmocka_unit_test(a_unit_too_long_for_a_step_is_cut),
        cmocka_unit_test(units_come_in_numbers),
        cmocka_unit_test(a_text_beyond_4_gib_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
