/* SPDX-License-Identifier: Apache-2.0
 *
 * Which figures with different values may contradict each other.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rival.h"

static struct concepts *concepts;

static int read_concepts(void **state)
{
    char path[] = "/tmp/assay-rival-XXXXXX", error[600];
    (void)state;
    FILE *file = fdopen(mkstemp(path), "w");
    fputs("concepts = ( { key = \"killed\"; flags = \"event evolving anybody\"; }, { key = \"people\"; flags = \"weak anybody\"; },"
          " { key = \"stores\"; flags = \"weak\"; }, { key = \"members\"; flags = \"person weak\"; }, { key = \"crew\"; flags = \"person who event\"; }, { key = \"export\"; }, { key = \"missing\"; flags = \"event evolving anybody falls\"; } );", file);
    fclose(file);
    concepts = concepts_open(path, NULL, error, sizeof error);
    remove(path);
    return concepts == NULL;
}

static int drop_concepts(void **state)
{
    (void)state;
    concepts_close(concepts);
    return 0;
}

static struct assay_text text(const char *t)
{
    return (struct assay_text){t, strlen(t)};
}

static uint32_t concept(const char *key)
{
    return *key ? concepts_find(concepts, text(key)) : CONCEPT_NONE;
}

static struct figure count(const char *decimal, const char *measure, uint32_t near, const char *counted, const char *thing)
{
    struct figure f;
    memset(&f, 0, sizeof f);
    f.kind = ASSAY_KIND_NUMBER;
    assert_true(assay_decimal_read(&f.value, decimal, strlen(decimal)));
    f.high = f.value;
    f.text = text(decimal);
    f.language = text("en");
    f.also = CONCEPT_NONE;
    f.concept = concept(measure);
    f.near = near;
    f.counted = text(counted);
    f.thing = concept(thing);
    return f;
}

static int rivals(struct figure a, struct figure b)
{
    struct relation r, back;
    struct relate_options o = {concepts, 0, 0, 0};
    assert_true(relate(&r, &a, &b, &o));
    assert_true(relate(&back, &b, &a, &o));
    int rival = figures_rival(&a, &b, &r, concepts);
    assert_int_equal(rival, figures_rival(&b, &a, &back, concepts));
    return rival;
}

static void the_same_things(void **state)
{
    (void)state;
    assert_int_equal(rivals(count("12", "killed", 1, "peopl", "people"), count("14", "killed", 1, "peopl", "people")), 1);
    assert_int_equal(rivals(count("12", "killed", 1, "peopl", "people"), count("14", "killed", 1, "dead", "killed")), 1);
    assert_int_equal(rivals(count("12", "killed", 1, "", ""), count("14", "killed", 1, "peopl", "people")), 1);
    assert_int_equal(rivals(count("45", "", 0, "firefight", ""), count("46", "", 0, "firefight", "")), 1);
}

static void other_things(void **state)
{
    (void)state;
    assert_int_equal(rivals(count("12", "killed", 1, "peopl", "people"), count("14", "killed", 1, "store", "stores")), 0);
    assert_int_equal(rivals(count("12", "killed", 1, "mother", ""), count("14", "killed", 1, "men", "")), 0);
    assert_int_equal(rivals(count("7", "", 0, "", ""), count("9", "", 0, "", "")), 0);
    assert_int_equal(rivals(count("4", "killed", 1, "", ""), count("7700", "killed", 1, "", "")), 0);
    struct figure all = count("9", "killed", 1, "peopl", "people"), others = count("7", "killed", 1, "peopl", "people");
    others.rest = 1;
    assert_int_equal(rivals(all, others), 0);
}

static void not_known(void **state)
{
    (void)state;
    /* the measure stands far off; another language whose noun the lexicon does not know */
    assert_int_equal(rivals(count("12", "killed", 0, "peopl", "people"), count("14", "killed", 1, "peopl", "people")), -1);
    struct figure a = count("45", "", 0, "firefight", ""), b = count("46", "", 0, "pompier", "");
    b.language = text("fr");
    assert_int_equal(rivals(a, b), -1);
}

static void slips_and_other_kinds(void **state)
{
    (void)state;
    assert_int_equal(rivals(count("38", "killed", 1, "peopl", "people"), count("380", "killed", 1, "peopl", "people")), 1); /* x10 */
    struct figure a = count("300000000", "export", 1, "", ""), b = count("400000000", "export", 1, "", "");
    a.kind = b.kind = ASSAY_KIND_MONEY;
    a.unit = b.unit = text("USD");
    assert_int_equal(rivals(a, b), 1);
    b.near = 0;
    assert_int_equal(rivals(a, b), -1);
    struct figure term = count("25", "", 0, "", ""), age = count("20", "", 0, "", ""), mother = count("45", "", 0, "", "");
    mother.kind = term.kind = age.kind = ASSAY_KIND_DURATION;
    mother.unit = term.unit = age.unit = text("year");
    age.age = 1;
    assert_int_equal(rivals(term, age), 0);
    term.age = mother.age = 1;
    assert_int_equal(rivals(term, age), 1);
    assert_int_equal(rivals(mother, age), 0); /* of one name, of two generations */
}

static void ages(void **state)
{
    (void)state;
    struct figure young = count("15", "", 0, "", ""), old = count("16", "", 0, "", "");
    struct relation r;
    struct relate_options o = {concepts, 0, 0, 0};
    young.kind = old.kind = ASSAY_KIND_DURATION;
    young.unit = old.unit = text("year");
    young.age = old.age = young.has_published = old.has_published = 1;
    young.published = young.published_last = 16000;
    old.published = old.published_last = 16440;
    assert_true(relate(&r, &young, &old, &o) && r.verdict == ASSAY_COMPATIBLE);
    assert_string_equal(r.rule, "grown-older");
    assert_true(relate(&r, &old, &young, &o) && r.verdict == ASSAY_COMPATIBLE);
    old.published = old.published_last = 16030; /* as soon as a birthday is likelier than a slip */
    assert_true(relate(&r, &young, &old, &o) && r.verdict == ASSAY_COMPATIBLE);
    old.published = old.published_last = 16029;
    assert_true(relate(&r, &young, &old, &o) && r.verdict == ASSAY_CONFLICT);
    old.published = old.published_last = 16002; /* two days later */
    assert_true(relate(&r, &young, &old, &o) && r.verdict == ASSAY_CONFLICT);
    old.published = old.published_last = 15600; /* older before */
    assert_true(relate(&r, &young, &old, &o) && r.verdict == ASSAY_CONFLICT);
    old.published = old.published_last = 17500; /* four years later, one year older */
    assert_true(relate(&r, &young, &old, &o) && r.verdict == ASSAY_CONFLICT);
}

static struct figure printed(struct figure f, int64_t day)
{
    f.has_published = 1;
    f.published = f.published_last = day;
    return f;
}

/* A count of few that falls is of some of them; one that doubles may be of several events; one more is an update. */
static void few(void **state)
{
    (void)state;
    assert_int_equal(rivals(printed(count("10", "killed", 1, "victim", "people"), 100), printed(count("4", "killed", 1, "victim", "people"), 103)), 0);
    assert_int_equal(rivals(printed(count("2", "killed", 1, "victim", "people"), 100), printed(count("8", "killed", 1, "victim", "people"), 101)), -1);
    assert_int_equal(rivals(printed(count("2", "killed", 1, "victim", "people"), 100), printed(count("4", "killed", 1, "victim", "people"), 101)), -1);
    assert_int_equal(rivals(printed(count("9", "killed", 1, "victim", "people"), 100), printed(count("10", "killed", 1, "victim", "people"), 101)), 1);
}

/* Fewer missing is what a search brings; fewer dead are some of them. */
static void falling(void **state)
{
    (void)state;
    struct figure early = count("7", "missing", 1, "peopl", "people"), late = count("4", "missing", 1, "peopl", "people");
    early.has_published = late.has_published = 1;
    early.published = early.published_last = 19000;
    late.published = late.published_last = 19001;
    assert_int_equal(rivals(early, late), 1);
    early.concept = late.concept = concept("killed");
    assert_int_equal(rivals(early, late), 0);
}

static void versions(void **state)
{
    (void)state;
    assert_int_equal(rivals(count("2.14", "", 0, "note", ""), count("2.19", "", 0, "note", "")), 0);
    assert_int_equal(rivals(count("214", "", 0, "note", ""), count("219", "", 0, "note", "")), 1);
    struct figure a = count("3", "", 0, "clause", ""), b = count("2", "", 0, "clause", "");
    a.name = 1;
    assert_int_equal(rivals(a, b), 0);
}

/* One year more within a week is a slip; later a birthday may lie between. */
static void birthdays(void **state)
{
    (void)state;
    struct figure a = printed(count("24", "", 0, "", ""), 100), b = printed(count("25", "", 0, "", ""), 110), c = printed(count("25", "", 0, "", ""), 103);
    a.age = b.age = c.age = 1;
    assert_int_equal(figures_birthday_between(&a, &b), 1);
    assert_int_equal(figures_birthday_between(&b, &a), 1);
    assert_int_equal(figures_birthday_between(&a, &c), 0);
    b.published = b.published_last = 90;
    assert_int_equal(figures_birthday_between(&a, &b), 0);
}

/* "23 crew", "32 members of the crew" */
static void members(void **state)
{
    (void)state;
    struct figure crew = count("23", "crew", 1, "crew", "crew"), members = count("32", "crew", 1, "member", "members"),
                  party = count("32", "", 0, "member", "members");
    assert_int_equal(figures_count_same(&crew, &members, concepts), 1);
    assert_int_equal(figures_count_same(&crew, &party, concepts), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_things), cmocka_unit_test(other_things), cmocka_unit_test(not_known), cmocka_unit_test(slips_and_other_kinds), cmocka_unit_test(ages), cmocka_unit_test(few), cmocka_unit_test(falling), cmocka_unit_test(versions), cmocka_unit_test(birthdays), cmocka_unit_test(members),
    };
    return cmocka_run_group_tests(tests, read_concepts, drop_concepts) != 0;
}
