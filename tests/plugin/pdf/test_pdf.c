/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "child.h"
#include "layout.h"
#include "tables.h"

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

static void becomes(const char *text, const char *laid_out, const char *want)
{
    struct assay_buf plain = {0}, laid = {0};
    assay_buf_text(&plain, text);
    assay_buf_text(&laid, laid_out);
    assert_true(tables_put(&plain, &laid));
    assay_buf_byte(&plain, 0);
    assert_string_equal(plain.at, want);
    assay_buf_free(&plain);
    assay_buf_free(&laid);
}

/* Cells come one below the other, by rows or by columns, other lines between them. */
static void tables_are_put_in_as_rows(void **state)
{
    (void)state;
    becomes("Harvest, thousand tonnes\nCrop\n\n2022\n\n2023\n\nWheat\n\n1,310.2\n\n1,150.7\n\nMaize\n\n388.0\n\n431.9\n\nExports fell.\n\f",
            "Harvest, thousand tonnes\n\n    Crop      2022       2023\n   Wheat   1,310.2    1,150.7\n   Maize     388.0      431.9\n\nExports fell.\n\f",
            "Harvest, thousand tonnes\n Crop      2022       2023\nWheat   1,310.2    1,150.7\nMaize     388.0      431.9\n\n\nExports fell.\n\f");
    becomes("Town\nVarn\nOrrin\n\nKilled\n3\n12\n\nThe count goes on.\n\nRate\n1,3\n2,5\n", "Town       Killed     Rate\nVarn            3      1,3\nOrrin          12      2,5\n\nThe count goes on.\n",
            "Town       Killed     Rate\nVarn            3      1,3\nOrrin          12      2,5\n\nThe count goes on.\n\n");
    becomes("Killed\n3\n12\n\f7\n8\n9\n", "Killed   3\n\f7   8\n9   7\n", "Killed\n3\n12\n\f7\n8\n9\n"); /* not the same words */
    becomes("", "", "");
}

/* Words of one height stand in one line; what stands half a letter's height apart is another cell. */
static void words_are_laid_out(void **state)
{
    (void)state;
#define WORD(left, top, width, text) "5\t1\t0\t0\t0\t0\t" left "\t" top "\t" width "\t10.00\t100\t" text "\n"
    struct assay_buf tsv = {0}, out = {0};
    assay_buf_text(&tsv, "level\tpage_num\tpar_num\tblock_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
                         "1\t1\t0\t0\t0\t0\t0.000000\t0.000000\t612.000000\t792.000000\t-1\t###PAGE###\n"
                         WORD("8.00", "30.5", "20", "Varn") WORD("8", "20.00", "20", "Town") WORD("60.00", "20.40", "24", "Killed")
                         WORD("60", "30.1", "4", "4") WORD("67.00", "30.10", "12", "120") WORD("85", "30", "8", "97")
                         "1\t2\t0\t0\t0\t0\t0\t0\t612\t792\t-1\t###PAGE###\n" WORD("0", "3", "5", "a"));
    assert_true(layout_put(&out, &tsv));
    assay_buf_byte(&out, 0);
    assert_string_equal(out.at, "  Town         Killed\n  Varn         4 120  97\n\fa\n\f");
    assay_buf_free(&tsv);
    assay_buf_free(&out);
    assay_buf_text(&tsv, "Syntax Error: no such table\n");
    assert_false(layout_put(&out, &tsv));
    assay_buf_free(&tsv);
    assay_buf_free(&out);
}

static void text_without_lone_numbers_has_no_tables(void **state)
{
    (void)state;
    struct assay_buf text = {0};
    assay_buf_text(&text, "The harbour counted\n900 people, and\n12\n");
    assert_false(tables_may_be(&text));
    assay_buf_text(&text, "12\n1,310.2\n");
    assert_true(tables_may_be(&text));
    assay_buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_put_in_as_rows),
        cmocka_unit_test(words_are_laid_out),
        cmocka_unit_test(text_without_lone_numbers_has_no_tables),
        cmocka_unit_test(output_and_message_are_gathered),
        cmocka_unit_test(bad_ends_are_told_apart),
        cmocka_unit_test(time_is_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
