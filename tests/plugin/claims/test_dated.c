/* SPDX-License-Identifier: Apache-2.0
 *
 * Days as claims: which ones a text tells, how they are placed, and that nobody gets them unasked.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "reader.h"

/* The plugin's options, as claims.c has them. */
struct options {
    struct assay_list languages;
    uint32_t dates, zero;
};

static struct assay_test *opened(uint32_t dates)
{
    const struct options options = {.dates = dates};
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
    assert_int_equal(claims_LTX_assay_plugin.options->record_size, sizeof options);
    if (assay_test_open(t, &options) != ASSAY_OK)
        fail_msg("%s", t->message);
    return t;
}

static void is(struct assay_text got, const char *want)
{
    if (got.size != strlen(want) || (got.size && memcmp(got.at, want, got.size)))
        fail_msg("'%.*s', not '%s'", (int)got.size, got.at ? got.at : "", want);
}

/* The only day of the text; NULL: there is none. */
static const struct assay_claim *day_of(struct assay_list claims)
{
    const struct assay_claim *day = NULL;
    for (uint32_t i = 0; i < claims.count; i++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, claims, i);
        if (c->kind != ASSAY_KIND_DATE)
            continue;
        assert_null(day);
        day = c;
    }
    return day;
}

static void reads_days(void **state)
{
    (void)state;
    static const char *const cases[][4] = {
        {"en", "The trial opens on 12 June in Leeds.", "12 June", "20240612"},
        {"en", "She was born on May 3, 1971.", "May 3, 1971", "19710503"},
        {"en", "It has lasted since 2 April.", "2 April", "20240402"},
        {"en", "The form is due on 2024-06-30.", "2024-06-30", "20240630"},
        {"de", "Am 3. März 2024 kamen 300 Leute.", "3. März 2024", "20240303"},
        {"fr", "Le procès s'ouvrira le 1er juin.", "1er juin", "20240601"},
        {"es", "El 2 de mayo de 2024 murieron cinco personas.", "2 de mayo de 2024", "20240502"},
        {"it", "Il ponte riaprirà il 30 settembre 2024.", "30 settembre 2024", "20240930"},
        {"pt", "A greve começa em 4 de março de 2025.", "4 de março de 2025", "20250304"},
        {"ru", "Суд назначен на 12 июня.", "12 июня", "20240612"},
        {"uk", "Засідання відбудеться 21 червня.", "21 червня", "20240621"},
        {"be", "Лагер зачынены з 9 траўня.", "9 траўня", "20240509"},
        {"az", "Festival iyulun 11-də başlayacaq.", "iyulun 11", "20240711"},
        {"tr", "Duruşma 12 Haziran'da başlayacak.", "12 Haziran", "20240612"},
        {"en", "He died on 31 September 1918.", "31 September 1918", "19180931"}, /* a slip, which others set right */
        {"en", "They leave on 59 March.", "59 March", "20240359"},
        {"ru", "59 марта погибли люди.", "59 марта", "20240359"},
    };
    struct assay_test *t = opened(1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct assay_claim *day = day_of(read_claims(t, cases[i][1], cases[i][0], "2024-05-17"));
        if (!day)
            fail_msg("no day in '%s'", cases[i][1]);
        is(day->text, cases[i][2]);
        is(day->decimal, cases[i][3]);
        is(day->unit, "date");
    }
    assay_test_free(t);
}

static void reads_several_days_as_one_range(void **state)
{
    (void)state;
    struct assay_test *t = opened(1);
    const struct assay_claim *day = day_of(read_claims(t, "From 5 to 7 May the road was closed.", "en", "2024-05-17"));
    assert_non_null(day);
    assert_int_equal(day->bound, ASSAY_BOUND_RANGE);
    is(day->decimal, "20240505");
    is(day->decimal_high, "20240507");
    assay_test_free(t);
}

static void a_day_soon_to_come_is_of_the_next_year(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"The port reopens on 4 January.", "20250104"}, {"The port closed on 20 November.", "20241120"},
        {"The port closed on 4 January 2024.", "20240104"}, {"The port closed on 1 August.", "20240801"},
    };
    struct assay_test *t = opened(1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct assay_claim *day = day_of(read_claims(t, cases[i][0], "en", "2024-12-02"));
        assert_non_null(day);
        is(day->decimal, cases[i][1]);
    }
    assay_test_free(t);
}

static void leaves_alone_what_is_no_day(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "It happened on Friday.", "In May 2023 prices rose.", "There will be 290 March protesters.",
        "In March 250 people came.", "They left three days ago.",
    };
    struct assay_test *t = opened(1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (day_of(read_claims(t, cases[i], "en", "2024-05-17")))
            fail_msg("a day in '%s'", cases[i]);
    assay_test_free(t);
}

static void tells_none_unasked(void **state)
{
    (void)state;
    struct assay_test *t = opened(0);
    assert_int_equal(read_claims(t, "The trial opens on 12 June 2024.", "en", "2024-05-17").count, 0);
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_days),
        cmocka_unit_test(reads_several_days_as_one_range),
        cmocka_unit_test(a_day_soon_to_come_is_of_the_next_year),
        cmocka_unit_test(leaves_alone_what_is_no_day),
        cmocka_unit_test(tells_none_unasked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
