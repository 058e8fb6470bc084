/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "child.h"

static struct child_limits limits = {600000, 1u << 30, 1000}; /* time enough for a machine that is busy */

static enum child_end run(const char *script, const char *input, struct assay_buf *out, char *said)
{
    const char *const argv[] = {"sh", "-c", script, "sh", "@", NULL};
    return child_run(argv, input, strlen(input), &limits, out, said, 100);
}

static void output_and_message_are_gathered(void **state)
{
    (void)state;
    struct assay_buf out = {0};
    char said[100];
    assert_int_equal(run("cat \"$1\"; echo oops >&2", "the input", &out, said), CHILD_OK);
    assert_int_equal(out.size, 9);
    assert_memory_equal(out.at, "the input", 9);
    assert_string_equal(said, "oops\n");
    assay_buf_free(&out);
}

static void bad_ends_are_told_apart(void **state)
{
    (void)state;
    struct assay_buf out = {0};
    char said[100];
    assert_int_equal(run("exit 3", "", &out, said), CHILD_FAILED);
    assert_int_equal(run("kill -SEGV $$", "", &out, said), CHILD_CRASHED);
    assert_int_equal(run("while :; do echo 0123456789; done", "", &out, said), CHILD_OUTPUT);
    const char *const missing[] = {"no-such-program-here", NULL};
    assert_int_equal(child_run(missing, "", 0, &limits, &out, said, sizeof said), CHILD_MISSING);
    assay_buf_free(&out);
}

static void time_is_limited(void **state)
{
    (void)state;
    struct assay_buf out = {0};
    char said[100];
    uint32_t plenty = limits.time_ms;
    limits.time_ms = 300;
    assert_int_equal(run("exec sleep 1000000", "", &out, said), CHILD_TIMEOUT); /* waited for, it would never end */
    limits.time_ms = plenty;
    assay_buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(output_and_message_are_gathered),
        cmocka_unit_test(bad_ends_are_told_apart),
        cmocka_unit_test(time_is_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
