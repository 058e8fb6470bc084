/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules, case by case: two figures -> verdict and rule.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <assay/kit/date.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/moment.h>

#include "relate.h"

#define CONCEPTS                                                                                         \
    "concepts = ( { key = \"trade\"; }, { key = \"export\"; part_of = \"trade\"; },"                     \
    " { key = \"killed\"; flags = \"event evolving\"; }, { key = \"produced\"; flags = \"cumulative\"; }," \
    " { key = \"people\"; flags = \"weak\"; }, { key = \"median\"; flags = \"word\"; contrast = \"statistic median\"; },"  \
    " { key = \"mean\"; flags = \"word\"; contrast = \"statistic mean\"; },"                                  \
    " { key = \"capacity\"; flags = \"word lone\"; contrast = \"extent capacity\"; } );"

static struct concepts *concepts;

static int read_concepts(void **state)
{
    char path[] = "/tmp/assay-concepts-XXXXXX", error[600];
    (void)state;
    FILE *file = fdopen(mkstemp(path), "w");
    fputs(CONCEPTS, file);
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
    return (struct assay_text){t, t ? strlen(t) : 0};
}

/* A figure as one would write it: kind, bound, decimal and the words. */
static struct figure figure(uint32_t kind, uint32_t bound, const char *decimal, const char *words)
{
    struct figure f;
    memset(&f, 0, sizeof f);
    f.kind = kind;
    f.bound = bound;
    assert_true(assay_decimal_read(&f.value, decimal, strlen(decimal)));
    f.high = f.value;
    f.text = text(words);
    f.concept = f.also = CONCEPT_NONE;
    f.permille = 950;
    f.source = text("A");
    return f;
}

static struct figure count(const char *decimal, const char *words)
{
    return figure(ASSAY_KIND_NUMBER, ASSAY_BOUND_EXACT, decimal, words);
}

static struct figure bounded(uint32_t bound, const char *decimal, const char *words)
{
    return figure(ASSAY_KIND_NUMBER, bound, decimal, words);
}

static struct figure money(uint32_t bound, const char *decimal, const char *words, const char *concept)
{
    struct figure f = figure(ASSAY_KIND_MONEY, bound, decimal, words);
    f.unit = text("USD");
    f.concept = concepts_find(concepts, text(concept));
    return f;
}

static struct figure length(const char *decimal, const char *unit, const char *base, const char *words)
{
    struct figure f = figure(ASSAY_KIND_DIMENSION, ASSAY_BOUND_EXACT, decimal, words);
    f.unit = text(unit);
    f.base_unit = text("meter");
    f.has_base = assay_decimal_read(&f.base, base, strlen(base));
    f.base_high = f.base;
    return f;
}

static void about(struct figure *f, const char *concept, int64_t from, int64_t to, int64_t published)
{
    f->concept = concepts_find(concepts, text(concept));
    f->has_time = from != to || from != 0;
    f->from = from;
    f->to = to;
    f->has_published = published != 0;
    f->published = f->published_last = published;
}

static struct relation expect_with(const struct figure *a, const struct figure *b, uint32_t verdict, const char *rule, uint32_t tolerance, uint32_t aligned)
{
    struct relate_options o = {concepts, tolerance, aligned, 0};
    struct relation r, back;
    struct assay_buf words = {NULL, 0, 0, 0};
    assert_true(relate(&r, a, b, &o));
    assert_true(relate(&back, b, a, &o));
    if (r.verdict != verdict || strcmp(r.rule, rule))
        print_error("\"%s\" and \"%s\": %u %s\n", a->text.at, b->text.at, r.verdict, r.rule);
    assert_int_equal(r.verdict, verdict);
    assert_string_equal(r.rule, rule);
    assert_int_equal(back.verdict, verdict);
    assert_string_equal(back.rule, rule);
    assert_int_equal(back.gap, r.gap);
    relate_explain(&words, &r, a, b, &o);
    assert_true(words.size > 20);
    assert_non_null(memmem(words.at, words.size, a->text.at, a->text.size));
    assert_non_null(memmem(words.at, words.size, b->text.at, b->text.size));
    assay_buf_free(&words);
    return r;
}

static struct relation expect(struct figure a, struct figure b, uint32_t verdict, const char *rule)
{
    b.source = text("B");
    return expect_with(&a, &b, verdict, rule, 0, 0);
}

static void same_values(void **state)
{
    (void)state;
    expect(count("2462", "2,462"), count("2462", "2462"), ASSAY_AGREE, "same-value");
    expect(count("0", "0"), count("0", "zero"), ASSAY_AGREE, "same-value");
    expect(count("-5", "-5"), count("-5", "minus 5"), ASSAY_AGREE, "same-value");
    expect(count("1e300", "1e300"), count("1e300", "1e300"), ASSAY_AGREE, "same-value");
    expect(bounded(ASSAY_BOUND_OVER, "20", "more than 20"), count("20", "20"), ASSAY_AGREE, "same-value");
    expect(length("3", "kilometer", "3000", "3 km"), length("3000", "meter", "3000", "3,000 m"), ASSAY_AGREE, "same-value");
}

static void rounding(void **state)
{
    (void)state;
    expect(count("2462", "2,462"), bounded(ASSAY_BOUND_ABOUT, "2500", "about 2,500"), ASSAY_COMPATIBLE, "bounds-meet");
    expect(count("2462", "2,462"), count("2400", "2.4 thousand"), ASSAY_CONFLICT, "values-differ");
    expect(count("2462", "2,462"), count("2500", "2.5 thousand"), ASSAY_COMPATIBLE, "within-rounding");
    expect(count("14500000", "14.5 million"), count("14523711", "14,523,711"), ASSAY_COMPATIBLE, "within-rounding");
    expect(count("300", "300"), count("312", "312"), ASSAY_CONFLICT, "values-differ");
    expect(count("300", "300"), count("304", "304"), ASSAY_COMPATIBLE, "within-rounding");
    expect(count("12", "12"), count("13", "13"), ASSAY_CONFLICT, "values-differ");
    expect(count("20", "20"), count("21", "21"), ASSAY_CONFLICT, "values-differ");
    struct figure p = figure(ASSAY_KIND_PERCENT, ASSAY_BOUND_EXACT, "20", "20 %"), q = figure(ASSAY_KIND_PERCENT, ASSAY_BOUND_EXACT, "20.4", "20.4 %"),
                  r = figure(ASSAY_KIND_PERCENT, ASSAY_BOUND_EXACT, "21", "21 %");
    expect(p, q, ASSAY_COMPATIBLE, "within-rounding");
    expect(p, r, ASSAY_CONFLICT, "values-differ");
}

static void bounds(void **state)
{
    (void)state;
    expect(count("4", "4"), bounded(ASSAY_BOUND_AT_LEAST, "3", "at least 3"), ASSAY_COMPATIBLE, "bounds-meet");
    expect(bounded(ASSAY_BOUND_ABOUT, "15000", "around 15 thousand"), bounded(ASSAY_BOUND_OVER, "14000", "более 14 тысяч"), ASSAY_COMPATIBLE, "bounds-meet");
    expect(bounded(ASSAY_BOUND_OVER, "14", "more than 14"), count("12", "12"), ASSAY_CONFLICT, "values-differ");
    expect(bounded(ASSAY_BOUND_OVER, "120", "more than 120"), count("500", "500"), ASSAY_COMPATIBLE, "loose-bound");
    expect(bounded(ASSAY_BOUND_OVER, "300", "more than 300"), bounded(ASSAY_BOUND_OVER, "800", "over 800"), ASSAY_CONFLICT, "bounds-far-apart");
    expect(bounded(ASSAY_BOUND_AT_LEAST, "100", "hundreds"), count("740", "740"), ASSAY_COMPATIBLE, "bounds-meet");
    expect(bounded(ASSAY_BOUND_OVER, "1", "more than one"), count("3", "three"), ASSAY_COMPATIBLE, "bounds-meet");
    expect(bounded(ASSAY_BOUND_ABOUT, "15", "about a dozen and a half"), count("17", "17"), ASSAY_COMPATIBLE, "bounds-meet");
    struct figure most = figure(ASSAY_KIND_PERCENT, ASSAY_BOUND_AT_MOST, "80", "up to 80 %"), less = figure(ASSAY_KIND_PERCENT, ASSAY_BOUND_EXACT, "75", "75 %");
    expect(most, less, ASSAY_COMPATIBLE, "bounds-meet");
    struct figure range = bounded(ASSAY_BOUND_RANGE, "4", "4-6");
    assert_true(assay_decimal_read(&range.high, "6", 1));
    expect(range, count("5", "5"), ASSAY_COMPATIBLE, "bounds-meet");
    expect(range, count("7", "7"), ASSAY_CONFLICT, "values-differ");
}

static void measures(void **state)
{
    (void)state;
    expect(money(ASSAY_BOUND_OVER, "400000000", "$400 mln", "trade"), money(ASSAY_BOUND_OVER, "300000000", "300 млн долларов", "export"), ASSAY_SCOPE, "part-of-whole");
    expect(money(ASSAY_BOUND_EXACT, "400000000", "$400 mln", "trade"), money(ASSAY_BOUND_OVER, "500000000", "over $500 mln", "export"), ASSAY_CONFLICT, "part-beyond-whole");
    expect(money(ASSAY_BOUND_EXACT, "400", "$400", "trade"), money(ASSAY_BOUND_EXACT, "500", "$500", "killed"), ASSAY_SCOPE, "different-measure");
    /* Cars are vehicles, and as many of both to the second digit are told of one thing; three of them need not be. */
    struct figure some = count("8700000", "8.7 million"), all = some, few = count("3", "3"), other = few;
    some.concept = few.concept = concepts_find(concepts, text("export"));
    all.concept = other.concept = concepts_find(concepts, text("trade"));
    expect(some, all, ASSAY_AGREE, "same-value");
    expect(few, other, ASSAY_SCOPE, "part-of-whole");
    /* A general word decides nothing. */
    struct figure people = count("12", "12 people"), dead = count("13", "13 dead");
    about(&people, "people", 0, 0, 0);
    about(&dead, "killed", 0, 0, 0);
    expect(people, dead, ASSAY_CONFLICT, "values-differ");
}

static uint64_t aspect(const char *key)
{
    return concepts_at(concepts, concepts_find(concepts, text(key)))->aspect;
}

/* A median is no mean; a capacity is not what a figure without that word is of; a mean may be one. */
static void contrasts(void **state)
{
    (void)state;
    struct figure a = money(ASSAY_BOUND_EXACT, "780", "780 euros", "trade"), b = money(ASSAY_BOUND_EXACT, "910", "910 euros", "trade");
    a.aspects = aspect("median");
    b.aspects = aspect("mean");
    expect(a, b, ASSAY_SCOPE, "different-aspect");
    b.aspects = 0;
    expect(a, b, ASSAY_CONFLICT, "values-differ");
    b.aspects = aspect("median") | aspect("capacity");
    expect(a, b, ASSAY_SCOPE, "different-aspect");
    a.aspects = b.aspects;
    expect(a, b, ASSAY_CONFLICT, "values-differ");
    assert_int_equal(concepts_contrast(concepts, aspect("median"), aspect("mean")), 2);
    assert_int_equal(concepts_contrast(concepts, aspect("capacity"), 0), 1);
    assert_int_equal(concepts_contrast(concepts, aspect("median"), aspect("capacity")), 1);
    assert_int_equal(concepts_contrast(concepts, aspect("median"), 0), 0);
}

/* What is over grows no more; two digits swapped are a slip. */
static void counts_that_do_not_grow(void **state)
{
    (void)state;
    struct figure a = count("260", "260"), b = count("275", "275");
    about(&a, "killed", 0, 364, 370);
    about(&b, "killed", 0, 364, 380);
    expect(a, b, ASSAY_CONFLICT, "values-differ");
    about(&a, "killed", 366, 366, 370);
    about(&b, "killed", 366, 366, 380);
    expect(a, b, ASSAY_UPDATE, "evolving-count");
    about(&b, "killed", 374, 374, 380);
    expect(a, b, ASSAY_SCOPE, "different-period");
    b = count("620", "620");
    about(&b, "killed", 366, 366, 380);
    expect(a, b, ASSAY_CONFLICT, "values-differ");
}

/* "In 2011, 14 died", "14 have died": two events; 114 would be one, told without its year. */
static void old_years(void **state)
{
    (void)state;
    struct figure a = count("14", "14"), b = count("14", "14");
    about(&a, "killed", 0, 364, 5000);
    about(&b, "killed", 0, 0, 5000);
    b.has_time = 0;
    expect(a, b, ASSAY_SCOPE, "different-period");
    a.value = b.value = a.high = b.high = count("114", "114").value;
    a.text = b.text = text("114");
    expect(a, b, ASSAY_AGREE, "same-value");
}

/* Far apart is of two things, unless both texts tell it of one. */
static void one_quantity(void **state)
{
    (void)state;
    struct figure a = count("480", "480"), b = count("1240", "1240");
    struct relate_options o = {concepts, 0, 0, 0};
    struct relation r;
    about(&a, "produced", 0, 30, 31);
    about(&b, "produced", 0, 30, 31);
    a.near = b.near = 1;
    assert_true(relate(&r, &a, &b, &o));
    assert_string_equal(r.rule, "far-apart");
    o.one = 1;
    assert_true(relate(&r, &a, &b, &o));
    assert_string_equal(r.rule, "values-differ");
    assert_int_equal(r.verdict, ASSAY_CONFLICT);
}

/* What a year brings in is neither forecast nor outcome while the year lasts. */
static void open_years(void **state)
{
    (void)state;
    struct figure a = money(ASSAY_BOUND_EXACT, "310", "310 euros", "trade"), b = money(ASSAY_BOUND_EXACT, "230", "230 euros", "trade");
    about(&a, "trade", 0, 364, 200);
    about(&b, "trade", 0, 364, 201);
    a.status = ASSAY_FORECAST;
    expect(a, b, ASSAY_CONFLICT, "values-differ");
    about(&a, "trade", 0, 199, 200);
    about(&b, "trade", 0, 199, 201);
    expect(a, b, ASSAY_SCOPE, "target-or-forecast");
}

static void periods(void **state)
{
    (void)state;
    struct figure a = count("50", "50"), b = count("30", "30");
    about(&a, "trade", 0, 364, 0);
    about(&b, "trade", 365, 729, 0);
    expect(a, b, ASSAY_SCOPE, "different-period");
    about(&b, "trade", 100, 130, 0);
    expect(a, b, ASSAY_SCOPE, "period-inside-period");
    about(&b, "trade", 0, 364, 0);
    expect(a, b, ASSAY_CONFLICT, "values-differ");
    about(&a, "produced", 0, 1000, 0);
    about(&b, "produced", 0, 800, 0);
    expect(a, b, ASSAY_UPDATE, "running-total");
    about(&b, "produced", 0, 1200, 0);
    expect(a, b, ASSAY_CONFLICT, "falling-total");
    /* "since January", told the day before, is no later than "from January to July". */
    struct figure since = count("74", "74"), until = count("78", "78");
    about(&since, "produced", 0, DAY_OPEN_END, 0);
    about(&until, "produced", 0, 197, 0);
    since.has_published = 1;
    since.published = since.published_last = 196;
    expect(since, until, ASSAY_UPDATE, "running-total");
    /* The day of an event is often a day off. */
    about(&a, "killed", 1000, 1000, 0);
    about(&b, "killed", 1001, 1001, 0);
    expect(a, b, ASSAY_CONFLICT, "values-differ");
    /* One side without a period: compared, but unsure. */
    about(&a, "trade", 0, 364, 0);
    about(&b, "trade", 0, 0, 0);
    assert_int_equal(expect(a, b, ASSAY_CONFLICT, "values-differ").unsure, 1);
}

static void updates(void **state)
{
    (void)state;
    struct figure a = count("4", "4 dead"), b = count("6", "6 dead");
    about(&a, "killed", 0, 0, 1000);
    about(&b, "killed", 0, 0, 1001);
    expect(a, b, ASSAY_UPDATE, "evolving-count");
    about(&b, "killed", 0, 0, 1000);
    expect(a, b, ASSAY_CONFLICT, "values-differ");
    about(&b, "trade", 0, 0, 1001);
    b.concept = a.concept = CONCEPT_NONE;
    expect(a, b, ASSAY_CONFLICT, "values-differ");
}

static void status(void **state)
{
    (void)state;
    struct figure a = count("4", "4"), b = count("6", "6");
    b.status = ASSAY_TARGET;
    expect(a, b, ASSAY_SCOPE, "target-or-forecast");
    b.status = ASSAY_NEGATED;
    expect(a, b, ASSAY_SCOPE, "denied");
    b.status = ASSAY_ASSERTED;
    b.change = ASSAY_CHANGE_INCREASE;
    b.has_relation = 1;
    b.relation = ASSAY_RELATION_BY;
    expect(a, b, ASSAY_SCOPE, "change-not-level");
    b.change = ASSAY_CHANGE_LEVEL;
    b.relation = ASSAY_RELATION_FROM;
    expect(a, b, ASSAY_SCOPE, "before-and-after");
    /* "Cut by 350 to 900", "cut from 350 to 900": of one of the two the preposition is wrong. */
    a = b = count("350", "350");
    a.change = b.change = ASSAY_CHANGE_DECREASE;
    a.has_relation = b.has_relation = 1;
    a.relation = ASSAY_RELATION_BY;
    b.relation = ASSAY_RELATION_FROM;
    assert_true(expect(a, b, ASSAY_CONFLICT, "by-or-from").unsure);
    b.value = count("400", "400").value;
    expect(a, b, ASSAY_SCOPE, "change-not-level");
    /* "Rose by 350", "fell by 350": of one of the two the direction is wrong; not where one says no direction. */
    b = a;
    b.change = ASSAY_CHANGE_INCREASE;
    assert_true(expect(a, b, ASSAY_CONFLICT, "opposite-change").unsure);
    b.change = ASSAY_CHANGE_LEVEL;
    expect(a, b, ASSAY_AGREE, "same-value");
}

/* "8 million a day", "24 million so far"; "44 degrees", "44 degrees Celsius", and 111 Fahrenheit. */
static void rates_and_degrees(void **state)
{
    (void)state;
    struct figure rate = money(ASSAY_BOUND_EXACT, "8000000", "8 million a day", "trade"), total = money(ASSAY_BOUND_EXACT, "24000000", "24 million", "trade");
    rate.per = text("day");
    expect(rate, total, ASSAY_SCOPE, "rate-or-total");
    total = money(ASSAY_BOUND_EXACT, "9000000", "9 million", "trade");
    assert_true(expect(rate, total, ASSAY_CONFLICT, "values-differ").unsure);
    total.value = rate.value;
    expect(rate, total, ASSAY_AGREE, "same-value");
    struct figure plain = length("44.6", "degree", "44.6", "44.6 degrees"), c = length("44.6", "celsius", "317.75", "44.6 C"), hot = length("112", "degree", "112", "112 degrees");
    plain.base_unit = hot.base_unit = text("degree");
    c.base_unit = text("kelvin");
    expect(plain, c, ASSAY_AGREE, "same-value");
    expect(hot, c, ASSAY_COMPATIBLE, "converted-unit");
    plain = length("46.4", "degree", "46.4", "46.4 degrees");
    plain.base_unit = text("degree");
    expect(plain, c, ASSAY_CONFLICT, "values-differ");
}

/* What a verb's mood makes of an outcome, and what an outcome makes of a forecast. */
static void moods(void **state)
{
    (void)state;
    struct figure would = money(ASSAY_BOUND_EXACT, "84", "$84", "trade"), is = money(ASSAY_BOUND_EXACT, "96", "$96", "trade");
    would.status = ASSAY_FORECAST;
    about(&would, "trade", 0, 0, 19000);
    about(&is, "trade", 0, 0, 19000);
    assert_true(expect(would, is, ASSAY_CONFLICT, "values-differ").unsure);
    about(&is, "trade", 0, 0, 19002);
    expect(would, is, ASSAY_SCOPE, "target-or-forecast");
    struct figure planned = money(ASSAY_BOUND_EXACT, "148", "$148", ""), costs = money(ASSAY_BOUND_EXACT, "184", "$184", "");
    planned.status = ASSAY_TARGET;
    about(&planned, "", 0, 0, 19000);
    about(&costs, "", 0, 0, 19001);
    assert_true(expect(planned, costs, ASSAY_CONFLICT, "values-differ").unsure); /* two digits swapped */
    about(&costs, "", 0, 0, 19004);
    expect(planned, costs, ASSAY_SCOPE, "target-or-forecast");
}

static void units(void **state)
{
    (void)state;
    expect(length("20", "foot", "6.096", "20 feet"), length("6", "meter", "6", "6 m"), ASSAY_COMPATIBLE, "converted-unit");
    expect(length("30", "mile", "48280.32", "30 miles"), length("50", "kilometer", "50000", "50 km"), ASSAY_COMPATIBLE, "converted-unit");
    struct relation r = expect(length("30", "mile", "48280.32", "30 miles"), length("30", "kilometer", "30000", "30 km"), ASSAY_CONFLICT, "values-differ");
    assert_int_equal(r.has_hint, 1);
    assert_int_equal(r.hint, 3);
    struct figure usd = money(ASSAY_BOUND_EXACT, "5", "$5", "trade"), eur = usd, none = usd;
    eur.unit = text("EUR");
    none.unit = text(NULL);
    assert_false(figures_comparable(&usd, &eur));
    assert_true(figures_comparable(&usd, &none));
    struct figure n = count("6", "6"), p = figure(ASSAY_KIND_PERCENT, ASSAY_BOUND_EXACT, "5", "5 %");
    assert_false(figures_comparable(&n, &p));
    struct relate_options o = {concepts, 0, 0, 0};
    assert_false(relate(&r, &n, &p, &o));
    expect(count("5", "5"), p, ASSAY_AGREE, "same-number");
    /* An age that one of two parallel texts leaves bare; a share in words is no count. */
    struct figure age = figure(ASSAY_KIND_DURATION, ASSAY_BOUND_EXACT, "58", "58 Jahre"), bare = count("68", "68");
    age.unit = text("year");
    age.language = text("en"); /* in two versions of one text only */
    bare.language = text("de");
    expect_with(&age, &bare, ASSAY_CONFLICT, "values-differ", 0, 2);
    assert_false(relate(&r, &age, &bare, &o));
    struct figure share = count("0.75", "three of four"), four = count("4", "four");
    assert_false(figures_comparable(&share, &four));
    struct figure warm = length("80", "degree", "80", "80 degrees"), mild = length("27", "degree", "27", "27 Grad");
    warm.has_base = mild.has_base = 0;
    expect(warm, mild, ASSAY_COMPATIBLE, "converted-unit");
}

static void hints(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        uint32_t has, hint;
    } cases[] = {{"38", "380", 1, 0}, {"38", "3800", 1, 1}, {"38", "38000", 1, 2}, {"38", "38000000", 1, 4}, {"1432", "1342", 1, 5},
                 {"38", "77", 0, 0},  {"12", "21", 1, 5}, {"0", "10", 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct relation r = expect(count(cases[i].a, cases[i].a), count(cases[i].b, cases[i].b),
                                   cases[i].has ? ASSAY_CONFLICT : ASSAY_SCOPE, cases[i].has ? "values-differ" : "far-apart");
        assert_int_equal(r.has_hint, cases[i].has);
        assert_int_equal(r.hint, cases[i].hint);
    }
    /* 60 mph and 60 km/h, 3 billion and 3 million */
    struct figure fast = length("60", "mile-per-hour", "26.8224", "60 mph"), slow = length("60", "kilometer-per-hour", "16.6666666667", "60 km/h");
    fast.base_unit = slow.base_unit = text("meter-per-second");
    struct relation r = expect(fast, slow, ASSAY_CONFLICT, "values-differ");
    assert_true(r.has_hint && r.hint == 3);
    r = expect(money(ASSAY_BOUND_EXACT, "3000000000", "3 billion dollars", "export"), money(ASSAY_BOUND_EXACT, "3000000", "3 млн долларов", "export"),
               ASSAY_CONFLICT, "values-differ");
    assert_true(r.has_hint && r.hint == 2);
}

/* One text in two languages, sentence by sentence: what a rounding or a bound would excuse elsewhere is a slip. */
static void expect_translated(struct figure a, struct figure b, uint32_t verdict, const char *rule)
{
    a.language = text("en");
    b.language = text("ru");
    b.source = text("B");
    expect_with(&a, &b, verdict, rule, 0, 2);
}

static void translations(void **state)
{
    (void)state;
    struct figure range = bounded(ASSAY_BOUND_RANGE, "1", "1-48"), wider = bounded(ASSAY_BOUND_RANGE, "1", "1-58");
    assert_true(assay_decimal_read(&range.high, "48", 2) && assay_decimal_read(&wider.high, "58", 2));
    expect_translated(range, wider, ASSAY_CONFLICT, "values-differ");
    expect_translated(count("550", "550"), count("551", "551"), ASSAY_CONFLICT, "values-differ");
    expect_translated(bounded(ASSAY_BOUND_AT_MOST, "400", "up to 400"), bounded(ASSAY_BOUND_AT_MOST, "401", "up to 401"), ASSAY_CONFLICT, "values-differ");
    expect_translated(bounded(ASSAY_BOUND_ABOUT, "80", "close to 80"), bounded(ASSAY_BOUND_ABOUT, "82", "about 82"), ASSAY_CONFLICT, "values-differ");
    expect_translated(bounded(ASSAY_BOUND_OVER, "18", "more than 18"), count("20", "20"), ASSAY_CONFLICT, "values-differ");
    /* no slips: the bound or the scale word says that the number is rounded */
    expect_translated(bounded(ASSAY_BOUND_ABOUT, "2500", "about 2,500"), count("2462", "2462"), ASSAY_COMPATIBLE, "bounds-meet");
    expect_translated(bounded(ASSAY_BOUND_OVER, "300", "more than 300"), count("312", "312"), ASSAY_COMPATIBLE, "bounds-meet");
    expect_translated(count("14500000", "14.5 million"), count("14523711", "14 523 711"), ASSAY_COMPATIBLE, "within-rounding");
    expect_translated(bounded(ASSAY_BOUND_OVER, "20", "more than 20"), count("20", "20"), ASSAY_AGREE, "same-value");
    /* outside of translations nothing changes */
    expect(count("550", "550"), count("551", "551"), ASSAY_COMPATIBLE, "within-rounding");
    expect(bounded(ASSAY_BOUND_OVER, "18", "more than 18"), count("20", "20"), ASSAY_COMPATIBLE, "bounds-meet");
    /* a period that one of the two misreads is no other period */
    struct figure x = count("20", "20"), y = count("50", "50");
    about(&x, "people", 3652, 7304, 18000);
    about(&y, "people", 17800, 17800, 18000);
    expect_translated(x, y, ASSAY_CONFLICT, "values-differ");
    /* a bare number beside a length of time */
    struct figure age = length("26", "year", "26", "26 years"), bare = count("260", "260"), second = length("1980", "second", "1980", "1980s");
    age.kind = second.kind = ASSAY_KIND_DURATION;
    expect_translated(age, bare, ASSAY_CONFLICT, "values-differ");
    assert_true(figures_nearly_comparable(&age, &bare));
    assert_false(figures_nearly_comparable(&second, &bare));
    assert_false(figures_comparable(&age, &bare));
    struct figure warm = length("80", "degree", "80", "80 degrees"), mild = length("30", "degree", "30", "30 градусов");
    warm.has_base = mild.has_base = 0;
    expect_translated(warm, mild, ASSAY_COMPATIBLE, "converted-unit");
}

static void tolerance_and_gap(void **state)
{
    (void)state;
    struct figure a = count("1001", "1001"), b = count("1011", "1011"), zero = count("0", "0"), minus = count("-3", "-3");
    struct relation r = expect_with(&a, &b, ASSAY_CONFLICT, "values-differ", 0, 0);
    assert_int_equal(r.gap, 9891); /* 10 / 1011 */
    expect_with(&a, &b, ASSAY_COMPATIBLE, "within-tolerance", 10000, 0);
    assert_int_equal(expect_with(&zero, &a, ASSAY_SCOPE, "far-apart", 0, 0).gap, 1000000);
    expect_with(&minus, &a, ASSAY_SCOPE, "far-apart", 0, 0);
    struct figure huge = count("1e300", "1e300");
    assert_int_equal(expect_with(&huge, &a, ASSAY_SCOPE, "far-apart", 0, 0).gap, 1000000);
    struct figure odd = count("1.234", "1.234"), other = count("1234", "1234");
    odd.has_other = assay_decimal_read(&odd.other, "1234", 4);
    expect(odd, other, ASSAY_COMPATIBLE, "ambiguous-separator");
    struct figure fall = figure(ASSAY_KIND_PERCENT, ASSAY_BOUND_EXACT, "-5", "-5 %"), five = figure(ASSAY_KIND_PERCENT, ASSAY_BOUND_EXACT, "5", "5 %");
    expect(fall, five, ASSAY_COMPATIBLE, "sign-said-in-words");
}

/* "At least 41", "at least 44" and 63 dead, of one day and of the next. */
static void growing(void **state)
{
    (void)state;
    struct relate_options o = {concepts, 0, 2, 0};
    struct relation r;
    struct figure a = bounded(ASSAY_BOUND_AT_LEAST, "41", "at least 41"), b = bounded(ASSAY_BOUND_AT_LEAST, "44", "mindestens 44"), c = count("63", "63");
    a.language = text("en");
    b.language = c.language = text("de");
    a.concept = b.concept = c.concept = concepts_find(concepts, text("killed"));
    a.has_published = b.has_published = c.has_published = 1;
    a.published = a.published_last = b.published = b.published_last = 100;
    c.published = c.published_last = 101;
    assert_true(relate(&r, &a, &b, &o));
    assert_int_equal(r.verdict, ASSAY_COMPATIBLE);
    assert_true(relate(&r, &a, &c, &o));
    assert_int_equal(r.verdict, ASSAY_UPDATE);
    a.text = text("at least six"), a.value = count("6", "6").value; /* a number, unlike "dozens" */
    c.value = count("11", "11").value;
    assert_true(relate(&r, &a, &c, &o));
    assert_string_equal(r.rule, "evolving-count");
    a = bounded(ASSAY_BOUND_AT_LEAST, "41", "at least 41");
    about(&a, "killed", 0, 0, 100);
    b = bounded(ASSAY_BOUND_AT_LEAST, "410", "mindestens 410"); /* a slip is none */
    b.language = text("de");
    b.concept = a.concept;
    b.has_published = 1;
    b.published = b.published_last = 100;
    assert_true(relate(&r, &a, &b, &o));
    assert_int_equal(r.verdict, ASSAY_CONFLICT);
}

/* Counts that grow by the hour: of one day nobody knows which is the later. */
static void of_one_day(void **state)
{
    (void)state;
    struct figure a = count("329", "329"), b = count("1204", "1204"), c = count("12", "12"), d = count("13", "13");
    struct figure over = bounded(ASSAY_BOUND_OVER, "1500", "more than 1500"), slip = count("3290", "3290");
    about(&a, "killed", 0, 0, 100);
    about(&b, "killed", 0, 0, 100);
    about(&c, "killed", 0, 0, 100);
    about(&d, "killed", 0, 0, 100);
    about(&over, "killed", 0, 0, 100);
    about(&slip, "killed", 0, 0, 100);
    expect(a, b, ASSAY_UPDATE, "evolving-count");
    expect(b, over, ASSAY_UPDATE, "evolving-count");
    c.moment = assay_moment_read(text("1970-04-11T08:00:00Z"));
    d.moment = assay_moment_read(text("1970-04-11T11:30:00+01:00"));
    expect(c, d, ASSAY_UPDATE, "evolving-count"); /* two hours and a half */
    d.moment = assay_moment_read(text("1970-04-11T08:30:00Z"));
    assert_int_equal(expect(c, d, ASSAY_CONFLICT, "values-differ").unsure, 0); /* a few: one of them is wrong */
    assert_int_equal(expect(a, slip, ASSAY_CONFLICT, "values-differ").has_hint, 1);
}

/* A later text that counts what was long before the earlier one; figures that name no period, months apart. */
static void of_other_times(void **state)
{
    (void)state;
    struct figure a = count("245", "245"), b = count("963", "963"), c = count("4300", "4,300"), d = count("4100", "4,100");
    about(&a, "killed", 0, 0, 100);
    about(&b, "killed", 60, 60, 104);
    expect(a, b, ASSAY_SCOPE, "different-period");
    about(&c, "trade", 0, 0, 100);
    about(&d, "trade", 0, 0, 400);
    assert_int_equal(expect(c, d, ASSAY_SCOPE, "different-period").unsure, 1);
    about(&d, "trade", 0, 0, 110);
    expect(c, d, ASSAY_CONFLICT, "values-differ");
}

/* What a value says by itself; two measures of one exact value are one, and two units of one number are two. */
static void exact_values(void **state)
{
    (void)state;
    struct figure few = count("12", "twelve"), some = count("23", "23"), many = count("85000", "85,000"), round = count("4000", "4,000");
    struct figure sum = money(ASSAY_BOUND_EXACT, "41.50", "41.50 euros", "trade"), same = money(ASSAY_BOUND_EXACT, "41.5", "41,5 euros", "produced");
    struct figure minutes = length("35", "minute", "second", "35 minutes"), months = length("35", "month", "month", "35 months");
    minutes.kind = months.kind = ASSAY_KIND_DURATION;
    assert_int_equal(figure_exactness(&few), 0);
    assert_int_equal(figure_exactness(&some), 2);
    assert_int_equal(figure_exactness(&many), 3);
    assert_int_equal(figure_exactness(&round), 0);
    assert_int_equal(figure_exactness(&minutes), 2);
    expect(sum, same, ASSAY_AGREE, "same-value");
    assert_false(figures_loosely_same(&minutes, &months));
    sum.bound = many.bound = ASSAY_BOUND_RANGE; /* "between 2,000 and 3,000 tonnes": both ends are told */
    assert_int_equal(figure_exactness(&sum), 2);
    assert_int_equal(figure_exactness(&many), 0);
}

/* "Cut by 75 basis points", "cut from 15.25 %". */
static void a_step_is_no_level(void **state)
{
    (void)state;
    struct figure level = length("15.25", "percent", "", "15.25 %"), step = length("75", "basis-point", "", "75 basis points"),
                  other = length("14.25", "percent", "", "14.25 %");
    level.kind = step.kind = other.kind = ASSAY_KIND_PERCENT;
    assert_true(figures_step_and_level(&level, &step));
    assert_false(figures_step_and_level(&level, &other));
}

/* Twice as much is seldom told of the same thing, unless a digit slipped or two versions of one sentence say so. */
static void far_apart(void **state)
{
    (void)state;
    struct figure a = money(ASSAY_BOUND_EXACT, "85000000", "85 million", "trade");
    struct figure b = money(ASSAY_BOUND_EXACT, "30000000", "30 million", "trade");
    a.near = b.near = 1;
    a.language = b.language = text("en");
    expect(a, b, ASSAY_SCOPE, "far-apart");
    expect_with(&a, &b, ASSAY_CONFLICT, "values-differ", 0, 1);
    b = money(ASSAY_BOUND_EXACT, "58000000", "58 million", "trade");
    expect(a, b, ASSAY_CONFLICT, "values-differ"); /* digits swapped */
    b = money(ASSAY_BOUND_EXACT, "50000000", "50 million", "trade");
    b.near = 1;
    b.language = text("en");
    expect(a, b, ASSAY_CONFLICT, "values-differ");
    b.near = 0; /* what it measures is not said beside it */
    expect(a, b, ASSAY_SCOPE, "far-apart");
    struct figure x = length("2.4", "kilometer", "2400", "2.4 km"), y = length("4.2", "kilometer", "4200", "4.2 km");
    struct relation r = expect(x, y, ASSAY_CONFLICT, "values-differ");
    assert_true(r.has_hint && r.hint == 5);
}

/* A publisher that tells another figure on a later day has looked again. */
static void revised(void **state)
{
    (void)state;
    struct figure a = count("21", "21"), b = count("17", "17");
    about(&a, "trade", 100, 200, 300);
    about(&b, "trade", 100, 200, 340);
    expect_with(&a, &b, ASSAY_UPDATE, "revised", 0, 0);
    expect(a, b, ASSAY_CONFLICT, "values-differ"); /* of another publisher */
    b.published = b.published_last = a.published;
    expect_with(&a, &b, ASSAY_CONFLICT, "values-differ", 0, 0);
}

static struct figure day(const char *decimal, const char *words, int64_t published)
{
    struct figure f = figure(ASSAY_KIND_DATE, ASSAY_BOUND_EXACT, decimal, words);
    struct assay_date date;
    char iso[12];
    snprintf(iso, sizeof iso, "%.4s-%.2s-%.2s", decimal, decimal + 4, decimal + 6);
    if (!assay_date_read(&date, text(iso))) /* no such day: the month is known */
        assert_true(assay_date_read(&date, (struct assay_text){iso, 7}));
    f.has_time = f.has_published = 1;
    f.from = f.to = assay_date_first(date);
    f.published = f.published_last = published;
    return f;
}

static void days(void **state)
{
    (void)state;
    const int64_t may_17 = 19860, may_18 = 19861, june_13 = 19887; /* 2024 */
    expect(day("20240612", "12 June", may_17), day("20240612", "12 juin", may_18), ASSAY_AGREE, "same-value");
    expect(day("20230612", "12 June", may_17), day("20240612", "12 June 2024", may_17), ASSAY_AGREE, "same-value");
    expect(day("18740701", "1 July 1874", may_17), day("18470701", "1 July 1847", may_17), ASSAY_CONFLICT, "days-differ");
    expect(day("20240612", "12 June", may_17), day("20240621", "21 June", may_17), ASSAY_CONFLICT, "days-differ");
    expect(day("20240612", "12 June", may_17), day("20240621", "21 June", may_18), ASSAY_UPDATE, "date-moved");
    expect(day("20240512", "12 May", may_17), day("20240521", "21 May", june_13), ASSAY_CONFLICT, "days-differ");
    struct relation slip = expect(day("20240930", "30 September", may_17), day("20240931", "31 September", may_17),
                                  ASSAY_CONFLICT, "days-differ");
    assert_int_equal(slip.unsure, 0); /* one of them is no day */
    struct figure span = day("20240610", "10 to 14 June", may_17), one = day("20240612", "12 June", may_17);
    span.bound = ASSAY_BOUND_RANGE;
    assert_true(assay_decimal_read(&span.high, "20240614", 8));
    expect(span, one, ASSAY_COMPATIBLE, "bounds-meet");
    struct relation r;
    struct figure number = count("20240612", "20240612");
    const struct relate_options o = {concepts, 0, 0, 0};
    assert_false(relate(&r, &one, &number, &o)); /* a day meets days only */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(far_apart), cmocka_unit_test(revised),
        cmocka_unit_test(of_one_day), cmocka_unit_test(of_other_times),
        cmocka_unit_test(same_values), cmocka_unit_test(rounding), cmocka_unit_test(bounds), cmocka_unit_test(measures),
        cmocka_unit_test(days), cmocka_unit_test(open_years), cmocka_unit_test(old_years), cmocka_unit_test(one_quantity), cmocka_unit_test(contrasts), cmocka_unit_test(counts_that_do_not_grow), cmocka_unit_test(periods),     cmocka_unit_test(updates),  cmocka_unit_test(status), cmocka_unit_test(moods), cmocka_unit_test(rates_and_degrees), cmocka_unit_test(units),
        cmocka_unit_test(hints),       cmocka_unit_test(translations), cmocka_unit_test(growing), cmocka_unit_test(tolerance_and_gap), cmocka_unit_test(exact_values), cmocka_unit_test(a_step_is_no_level),
    };
    return cmocka_run_group_tests(tests, read_concepts, drop_concepts) != 0;
}
