/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/text.h>

#include "hedge.h"

enum { KILLED = 3, INJURED = 4, VARN = 7, HALM = 8 };

static struct assay_claim claim_of(const char *decimal, uint32_t bound)
{
    return (struct assay_claim){.decimal = assay_text_of(decimal), .unit = assay_text_of("people"), .bound = bound};
}

static struct note note_of(uint32_t concept, uint32_t place)
{
    return (struct note){.concept = concept, .place = place};
}

/* The bound that holds for the first of two figures. */
static uint32_t held(struct assay_claim a, struct note x, struct assay_claim b, struct note y)
{
    struct assay_claim claims[] = {a, b};
    struct note notes[] = {x, y};
    hedges_find((struct assay_list){claims, 2, sizeof claims[0]}, notes, 2);
    return hedge_bound(a.bound, &notes[0]);
}

static void a_headline_means_what_its_text_says(void **state)
{
    (void)state;
    struct assay_claim plain = claim_of("14", ASSAY_BOUND_EXACT), least = claim_of("14", ASSAY_BOUND_AT_LEAST);
    struct note killed = note_of(KILLED, CONCEPT_NONE), in_varn = note_of(KILLED, VARN), in_halm = note_of(KILLED, HALM);
    assert_int_equal(held(plain, killed, least, killed), ASSAY_BOUND_AT_LEAST);
    assert_int_equal(held(plain, killed, least, in_varn), ASSAY_BOUND_AT_LEAST);
    assert_int_equal(held(least, killed, plain, killed), ASSAY_BOUND_AT_LEAST);
    assert_int_equal(held(plain, in_halm, least, in_varn), ASSAY_BOUND_EXACT);
    assert_int_equal(held(plain, note_of(INJURED, VARN), least, in_varn), ASSAY_BOUND_EXACT);
    assert_int_equal(held(plain, note_of(CONCEPT_NONE, VARN), least, note_of(CONCEPT_NONE, VARN)), ASSAY_BOUND_EXACT);
    assert_int_equal(held(plain, killed, claim_of("15", ASSAY_BOUND_AT_LEAST), killed), ASSAY_BOUND_EXACT);
    assert_int_equal(held(plain, killed, claim_of("14", ASSAY_BOUND_RANGE), killed), ASSAY_BOUND_EXACT);
    struct note part = killed;
    part.part = NOTE_PART;
    assert_int_equal(held(plain, part, least, killed), ASSAY_BOUND_EXACT);
}

static void another_time_is_another_figure(void **state)
{
    (void)state;
    struct assay_claim plain = claim_of("14", ASSAY_BOUND_EXACT), about = claim_of("14", ASSAY_BOUND_ABOUT);
    struct note killed = note_of(KILLED, CONCEPT_NONE);
    plain.has_time = 1;
    plain.time.from = plain.time.to = assay_text_of("2023");
    assert_int_equal(held(plain, killed, about, killed), ASSAY_BOUND_ABOUT);
    about.has_time = 1;
    about.time.from = about.time.to = assay_text_of("2022");
    assert_int_equal(held(plain, killed, about, killed), ASSAY_BOUND_EXACT);
    about.time = plain.time;
    assert_int_equal(held(plain, killed, about, killed), ASSAY_BOUND_ABOUT);
    about.status = ASSAY_FORECAST;
    assert_int_equal(held(plain, killed, about, killed), ASSAY_BOUND_EXACT);
}

static struct concepts *harms(void)
{
    char path[] = "/tmp/assay-hedge-XXXXXX", error[600];
    FILE *file = fdopen(mkstemp(path), "w");
    fputs("concepts = ( { key = \"killed\"; flags = \"event evolving\"; }, { key = \"injured\"; flags = \"event evolving\"; },"
          " { key = \"export\"; } );", file);
    fclose(file);
    struct concepts *read = concepts_open(path, NULL, error, sizeof error);
    remove(path);
    return read;
}

/* The marks that are left on the second of two figures, which is told with "another". */
static uint32_t left(const struct concepts *all, const char *before, const char *measure)
{
    struct assay_claim claims[] = {claim_of("8", ASSAY_BOUND_EXACT), claim_of("27", ASSAY_BOUND_EXACT)};
    struct note notes[] = {note_of(concepts_find(all, assay_text_of(before)), CONCEPT_NONE),
                           note_of(concepts_find(all, assay_text_of(measure)), CONCEPT_NONE)};
    notes[1].part = NOTE_REST | NOTE_NEAR;
    others_settle(all, (struct assay_list){claims, 2, sizeof claims[0]}, notes, 2);
    return notes[1].part;
}

static void others_are_beside_the_same(void **state)
{
    (void)state;
    struct concepts *all = harms();
    assert_non_null(all);
    assert_int_equal(left(all, "killed", "injured"), NOTE_NEAR);
    assert_int_equal(left(all, "killed", "killed"), NOTE_REST | NOTE_NEAR);
    assert_int_equal(left(all, "killed", "export"), NOTE_REST | NOTE_NEAR);
    concepts_close(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_headline_means_what_its_text_says),
        cmocka_unit_test(another_time_is_another_figure),
        cmocka_unit_test(others_are_beside_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
