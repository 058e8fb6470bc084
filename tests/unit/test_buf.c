/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/buf.h>
#include <string.h>

static void it_grows_and_keeps_what_was_there(void **state)
{
    (void)state;
    struct assay_buf b = {0};
    for (int i = 0; i < 10000; i++)
        assay_buf_printf(&b, "%d,", i % 10);
    assay_buf_text(&b, "end");
    assay_buf_byte(&b, '.');
    assay_buf_add(&b, NULL, 0);
    assert_int_equal(b.size, 20004);
    assert_memory_equal(b.at, "0,1,2,3,", 8);
    assert_memory_equal(b.at + 20000, "end.", 4);
    assert_int_equal(b.failed, 0);
    assay_buf_free(&b);
    assert_null(b.at);
}

static void a_size_beyond_memory_fails_for_good(void **state)
{
    (void)state;
    struct assay_buf b = {0};
    assay_buf_byte(&b, 'x');
    assert_null(assay_buf_room(&b, SIZE_MAX));
    assert_int_equal(b.failed, 1);
    assay_buf_byte(&b, 'y');
    assert_int_equal(b.size, 1);
    assay_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_grows_and_keeps_what_was_there),
        cmocka_unit_test(a_size_beyond_memory_fails_for_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
