/* SPDX-License-Identifier: Apache-2.0
 * Byte offsets to code points, against counting by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <assay/kit/points.h>
#include <assay/kit/utf8.h>

#include <stdlib.h>

static void test_against_walk(void **state)
{
    (void)state;
    static const uint32_t kinds[] = {'a', 0xe9, 0x44f, 0x20ac, 0x1f600};
    struct assay_points points = {0};
    uint64_t seed = 7;
    for (int round = 0; round < 200; round++) {
        char text[2048];
        uint64_t size = 0, want = (uint64_t)round * 9;
        while (size < want) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            size += assay_utf8_put(text + size, kinds[(seed >> 40) % 5]);
        }
        assert_true(assay_points_set(&points, (struct assay_text){text, size}));
        uint64_t count = 0;
        for (uint64_t at = 0; at <= size; count++) {
            assert_int_equal(assay_points_at(&points, at), count);
            if (at == size)
                break;
            uint32_t cp;
            at += assay_utf8_next(text + at, text + size, &cp);
        }
        assert_int_equal(assay_points_at(&points, size + 5), count);
    }
    assay_points_free(&points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_walk)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
