/* SPDX-License-Identifier: Apache-2.0
 *
 * What is read from several words together: months with days and years, scales and the letters for them, sums, and
 * ranges whose ends share what is told once.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>

#include "reader.h"

struct told {
    const char *text, *want; /* the values, a range with "..", and what is asked for behind them */
};

static int put(char *to, size_t room, struct assay_text text)
{
    return snprintf(to, room, "%.*s", (int)text.size, text.size ? text.at : "");
}

/* "4 2023-03-12..2023-03-12; 5..7", an end that is open is empty */
static void describe(struct assay_list list, int times, char *to, size_t room)
{
    size_t n = 0;
    *to = 0;
    for (uint32_t i = 0; i < list.count && n + 100 < room; i++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, i);
        n += (size_t)snprintf(to + n, room - n, "%s", i ? "; " : "");
        n += (size_t)put(to + n, room - n, c->decimal);
        if (c->decimal_high.size) {
            n += (size_t)snprintf(to + n, room - n, "..");
            n += (size_t)put(to + n, room - n, c->decimal_high);
        }
        if (times && c->has_time) {
            n += (size_t)snprintf(to + n, room - n, " ");
            n += (size_t)put(to + n, room - n, c->time.from);
            n += (size_t)snprintf(to + n, room - n, "..");
            n += (size_t)put(to + n, room - n, c->time.to);
        }
    }
}

static void check(const struct told *cases, size_t count, int times)
{
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
    char got[1000];
    if (assay_test_open(t, NULL) != ASSAY_OK)
        fail_msg("%s", t->message);
    for (size_t i = 0; i < count; i++) {
        describe(read_claims(t, cases[i].text, "en", "2024-05-17"), times, got, sizeof got);
        if (strcmp(got, cases[i].want))
            fail_msg("%s: '%s', not '%s'", cases[i].text, got, cases[i].want);
    }
    assay_test_free(t);
}
#define CHECK(cases, times) check(cases, sizeof(cases) / sizeof *(cases), times)

static void dates_months(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"The dam released 40 tonnes on 3 March 2021.", "40 2021-03-03..2021-03-03"},
        {"The dam released 40 tonnes on March 3rd, 2021.", "40 2021-03-03..2021-03-03"},
        {"The dam released 40 tonnes on the 3rd of March.", "40 2024-03-03..2024-03-03"},
        {"The dam released 40 tonnes in November.", "40 2023-11..2023-11"},
        {"The dam will release 40 tonnes in November.", "40 2024-11..2024-11"},
        {"The dam released 40 tonnes in the 1990s.", "40 1990..1999"},
        {"The dam released 40 tonnes in the third quarter of 2020.", "40 2020-07..2020-09"},
        {"The dam has released 40 tonnes since 2007.", "40 2007.."},
        {"Mr March paid 40 dollars.", "40"},
    };
    CHECK(cases, 1);
}

static void reads_scales(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"The app has 217m daily users.", "217000000"},
        {"A 1.85m man was seen.", "1.85"},
        {"The yard cost $5m.", "5000000"},
        {"Some 30k came.", "30000"},
        {"It paid 2 million 300 thousand euros.", "2300000"},
        {"It sold one hundred and twenty-one thousand, two hundred and five cars.", "121205"},
        {"It sold three hundred and two dozen eggs.", "324"},
    };
    CHECK(cases, 0);
}

static void joins_ends(void **state)
{
    (void)state;
    static const struct told cases[] = {
        {"It needs from 2 to 3 billion euros.", "2000000000..3000000000"},
        {"It needs two to three hundred men.", "200..300"},
        {"It weighs 500 g - 1 kg.", "500..1000"},
        {"The rate rose from 5 to 7 percent.", "5; 7"},
        {"Between about 45 and 90 people came.", "45..90"},
        {"It was minus 3-5 degrees.", "-5..-3"},
    };
    CHECK(cases, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_months),
        cmocka_unit_test(reads_scales),
        cmocka_unit_test(joins_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
