/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/text.h>
#include <assay/testing.h>
#include <string.h>

#include "path.h"

extern const struct assay_plugin publisher_LTX_assay_plugin;

struct options { /* as in the plugin */
    struct assay_list by_path;
};

static void patterns_fit_paths(void **state)
{
    (void)state;
    assert_true(rule_fits(assay_text_of("reuters/*"), assay_text_of("in/reuters/a.txt")));
    assert_false(rule_fits(assay_text_of("reuters/*"), assay_text_of("in/reuters/b/a.txt")));
    assert_true(rule_fits(assay_text_of("reuters/**"), assay_text_of("in/reuters/b/a.txt")));
    assert_true(rule_fits(assay_text_of("**/b/?.txt"), assay_text_of("in/reuters/b/a.txt")));
    assert_true(rule_fits(assay_text_of("*.txt"), assay_text_of("in/a.txt")));
    assert_false(rule_fits(assay_text_of("euters/*"), assay_text_of("in/reuters/a.txt")));
    assert_false(rule_fits(assay_text_of(""), assay_text_of("a")));
    assert_true(rule_fits(assay_text_of("**"), assay_text_of("anything/at/all")));
    char path[20001], pattern[401];
    memset(path, 'a', 20000);
    path[20000] = 0;
    for (int i = 0; i < 400; i += 2)
        memcpy(pattern + i, "*a", 2);
    pattern[399] = 'b';
    pattern[400] = 0;
    assert_false(rule_fits(assay_text_of(pattern), assay_text_of(path))); /* ends, and soon */
}

/* Whether the rule gives the path this source; expected null: it does not fit. */
static void gives(const char *pattern, const char *source, const char *path, const char *expected)
{
    struct rule rule = {assay_text_of(pattern), assay_text_of(source)};
    struct assay_buf out = {0};
    assert_int_equal(rule_missing(&rule), 0);
    assert_int_equal(rule_source((struct assay_list){&rule, 1, sizeof rule}, assay_text_of(path), &out), expected != NULL);
    assert_int_equal(out.size, expected ? strlen(expected) : 0);
    if (expected)
        assert_memory_equal(out.at, expected, out.size);
    assay_buf_free(&out);
}

static void stars_name_the_source(void **state)
{
    (void)state;
    gives("articles/*/**", "$1", "in/articles/bbc/2024/a.txt", "bbc");
    gives("articles/*/**", "$1", "articles/a.txt", NULL);
    gives("*/**", "the $1 ($2)", "bbc/x/a.txt", "the bbc (x/a.txt)");
    gives("**/*-*.txt", "$2", "in/bbc/taz-may-1.txt", "taz");
    gives("**/*-?.txt", "$2 $1", "a/b/one-two-3.txt", "one-two a/b"); /* the star had to come back */
    gives("**b**c", "$1|$2", "abxbc", "a|xb");
    gives("***", "$2|$1", "a/b", "b|a/");
    gives("*", "$$1 $0 $", "x", "$x $0 $");
    struct rule rule = {assay_text_of("a/***"), assay_text_of("$2$3")};
    assert_int_equal(rule_missing(&rule), 3);
    struct options o = {{&rule, 1, sizeof rule}};
    struct assay_test *t = assay_test_new(&publisher_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &o), ASSAY_ECONF);
    assert_string_equal(t->message, "by_path: \"a/***\" has no star for $3 of \"$2$3\"");
    assay_test_free(t);
}

/* What is set after the step, "" for nothing, where the text itself names `said`. */
static void named(const char *path, const char *member, const char *said, const char *expected)
{
    struct rule rules[] = {{assay_text_of("post/**"), assay_text_of("The Post")}, {assay_text_of("*.zip!/*/**"), assay_text_of("$2")}};
    struct options o = {{rules, 2, sizeof rules[0]}};
    struct assay_document record = {.path = assay_text_of(path), .member = assay_text_of(member), .source = {said, said ? strlen(said) : 0}};
    struct assay_test *t = assay_test_new(&publisher_LTX_assay_plugin, NULL);
    assert_int_equal(assay_test_open(t, &o), ASSAY_OK);
    struct assay_doc *doc = assay_test_doc(t, assay_text_of("Text."), &record);
    assert_true(t->plugin->prepare(t->self, doc) >= 0);
    assert_int_equal(doc->record.source.size, strlen(expected));
    if (*expected)
        assert_memory_equal(doc->record.source.at, expected, strlen(expected));
    assay_test_free(t);
}

static void rules_count_where_the_text_is_silent(void **state)
{
    (void)state;
    named("in/post/a.txt", "", NULL, "The Post");
    named("in/post/a.txt", "", "The Courier", "The Courier");
    named("in/post.txt", "", NULL, "");
    named("all.zip", "gazette/may/a.html", NULL, "gazette");
    named("all.zip", "a.html", NULL, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_fit_paths),
        cmocka_unit_test(stars_name_the_source),
        cmocka_unit_test(rules_count_where_the_text_is_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
