/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose age a figure is.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <ctype.h>
#include <string.h>

#include "person.h"

#define WORDS 24u

struct said {
    struct about_word word[WORDS];
    char folded[WORDS][24];
    uint32_t words, first, last;
    uint32_t who[PERSON_WORDS];
};

/* The words of the text; those in brackets are the figure. */
static void read_words(struct said *s, const char *text)
{
    uint32_t inside = 0;
    memset(s, 0, sizeof *s);
    s->first = ASSAY_NEVER;
    for (uint32_t i = 0; text[i] && s->words < WORDS;) {
        inside = text[i] == '[' ? 1 : text[i] == ']' ? 0 : inside;
        if (!isalnum((unsigned char)text[i])) {
            i++;
            continue;
        }
        struct about_word *w = &s->word[s->words];
        w->begin = i;
        while (isalnum((unsigned char)text[i]))
            i++;
        w->end = i;
        for (uint32_t k = w->begin; k < w->end; k++)
            s->folded[s->words][k - w->begin] = (char)tolower((unsigned char)text[k]);
        int digits = isdigit((unsigned char)text[w->begin]) != 0;
        w->word = (struct word){s->folded[s->words], digits ? 0 : w->end - w->begin, isupper((unsigned char)text[w->begin]) != 0, 0};
        w->claim = inside ? 7 : digits ? 8 : ASSAY_NEVER;
        if (inside && s->first == ASSAY_NEVER)
            s->first = s->words;
        if (inside)
            s->last = s->words;
        if (!strcmp(s->folded[s->words], "and")) {
            w->ids = 1;
            w->flags[0] = CONCEPT_WORD | CONCEPT_BREAK;
        } else if (!strcmp(s->folded[s->words], "boy")) {
            w->ids = 1;
            w->flags[0] = CONCEPT_WEAK;
        }
        s->words++;
    }
    person_of(s->who, s->word, s->words, s->first, s->last, text);
}

static int same(const char *a, const char *b)
{
    struct said x, y;
    read_words(&x, a);
    read_words(&y, b);
    return persons_same(x.who, y.who);
}

static void one(void **state)
{
    (void)state;
    assert_int_equal(same("Ann Lorrow, [58], sang", "the [59-year-old] Ann Lorrow sang"), 1);
    assert_int_equal(same("Ann Lorrow, [58], sang", "Lorrow, [59], sang"), 1);
    assert_int_equal(same("Ann Lorrow ([58]) sang", "singer Ann Maria Lorrow, aged [59], sang"), 1);
    assert_int_equal(same("Pavel Tollan Jr., [31], drove", "Pavel Tollan, [32], drove"), 1);
    assert_int_equal(same("named the [25-year-old] as Ivo Brann today", "Ivo Brann, [24], fell"), 1);
}

static void others(void **state)
{
    (void)state;
    assert_int_equal(same("Pavel Tollan, [31], drove", "Marek Tollan, [27], drove"), 0);
    assert_int_equal(same("Pavel Tollan, [31], and Marek Tollan, 27, drove", "Marek Tollan, [27], drove"), 0);
    assert_int_equal(same("Ann Lorrow, [58], sang", "Odila Ferrant, [44], wove"), 0);
}

static void nobody(void **state)
{
    (void)state;
    assert_int_equal(same("Ann Lorrow, [58], sang", "her [15-year-old] sister sang"), -1);
    assert_int_equal(same("Sarn Kell, [16], ran", "a [16-year-old] Sarn boy ran"), -1);
    assert_int_equal(same("Mila and Sanna Orr, aged [16] and 13 respectively", "Sanna Orr, [13], wore red"), -1);
    assert_int_equal(same("[58] sang", "[58]"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one), cmocka_unit_test(others), cmocka_unit_test(nobody)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
