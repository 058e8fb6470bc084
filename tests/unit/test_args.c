/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "args.h"

static const struct arg_spec spec[] = {
    {"workers", 'j', ARG_ONE, "N", ""}, {"set", 0, ARG_MANY, "A=B", ""}, {"quiet", 'q', ARG_FLAG, NULL, ""}, {NULL, 0, ARG_FLAG, NULL, NULL},
};

#define PARSE(ok, ...)                                                                 \
    do {                                                                               \
        char *argv[] = {__VA_ARGS__};                                                  \
        assert_int_equal(args_parse(&a, spec, sizeof argv / sizeof *argv, argv, &d), ok); \
    } while (0)

static char words[][16] = {"run", "-j3", "--set", "a.b=1", "-", "--set=c.d=2=3", "-q", "--", "-j", "--set", "-j", "4", "--quite", "--workers=8", "-x", "--quiet=1"};

static void everything_in_any_place(void **state)
{
    (void)state;
    struct args a;
    struct diag d = {.fd = -1, .least = DIAG_ERROR};
    uint32_t n;
    PARSE(1, words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7], words[8]);
    assert_int_equal(a.operand.count, 3);
    assert_string_equal(a.operand.at[0], "run");
    assert_string_equal(a.operand.at[1], "-");
    assert_string_equal(a.operand.at[2], "-j");
    assert_null(a.operand.at[3]);
    assert_string_equal(args_many(&a, "set")[0], "a.b=1");
    assert_string_equal(args_many(&a, "set")[1], "c.d=2=3");
    assert_null(args_many(&a, "set")[2]);
    assert_true(args_flag(&a, "quiet"));
    assert_int_equal(args_number(&a, "workers", 10, 1, &n, &d), 1);
    assert_int_equal(n, 3);
    assert_int_equal(args_number(&a, "workers", 2, 1, &n, &d), 0);
    args_free(&a);
}

static void absent_ones(void **state)
{
    (void)state;
    struct args a;
    struct diag d = {.fd = -1, .least = DIAG_ERROR};
    uint32_t n;
    PARSE(1, words[10], words[11]);
    assert_string_equal(args_one(&a, "workers"), "4");
    assert_null(args_one(&a, "set"));
    assert_null(args_many(&a, "nothing")[0]);
    assert_false(args_flag(&a, "quiet"));
    args_free(&a);
    PARSE(1, words[0]);
    assert_int_equal(args_number(&a, "workers", 10, 7, &n, &d), 1);
    assert_int_equal(n, 7);
    args_free(&a);
}

static void wrong_ones_are_all_counted(void **state)
{
    (void)state;
    struct args a;
    struct diag d = {.fd = -1, .least = DIAG_ERROR};
    PARSE(0, words[1], words[12], words[13], words[14], words[15], words[2]);
    assert_int_equal(d.errors, 5); /* unknown, twice, unknown, value of a flag, value missing */
    args_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(everything_in_any_place), cmocka_unit_test(absent_ones),
                                       cmocka_unit_test(wrong_ones_are_all_counted)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
