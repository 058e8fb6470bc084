/* SPDX-License-Identifier: Apache-2.0
 *
 * What the index is made of: postings in order, meetings counted, a glance at two sketches.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>

#include "glance.h"
#include "mask.h"
#include "mix.h"
#include "pairs.h"
#include "postings.h"

struct one { /* a text of the test, as the map gives it */
    struct dup_holder holder;
    uint32_t story, run[7], runs;
};

static struct one *texts_of(uint32_t docs, uint32_t bits)
{
    struct one *all = calloc((size_t)docs + 1, sizeof *all);
    assert_non_null(all);
    for (uint32_t i = 0; i < docs; i++) {
        struct one *o = &all[i];
        o->holder = (struct dup_holder){dup_mix(i) | 1, i % 5, i};
        o->story = i % 11 == 3 ? i + 1 : 0;
        for (uint32_t k = 0; k < i % 8; k++) {
            uint32_t run = (uint32_t)dup_mix(i * 7 + k) & bits, at = o->runs++;
            for (; at > 0 && o->run[at - 1] > run; at--)
                o->run[at] = o->run[at - 1];
            o->run[at] = run;
        }
    }
    return all;
}

static struct dup_posting piece_of(const struct one *o)
{
    return (struct dup_posting){{&o->holder, 1, sizeof o->holder}, {&o->story, o->story != 0, 4}, {o->run, o->runs, 4}, {0}, {0}};
}

/* What the slices tell, summed up without order, and what they should. */
struct sum {
    uint64_t places, sum;
};

static void add(struct sum *sum, uint64_t run, const struct dup_owner *o)
{
    sum->places++;
    sum->sum += dup_mix(run << 32 ^ dup_mix(o->doc) ^ o->story) + o->source + o->words;
}

static int by_value(const void *p, const void *q)
{
    const uint64_t *a = p, *b = q;
    return *a < *b ? -1 : *a > *b;
}

static struct sum expected(const struct one *all, uint32_t docs)
{
    struct sum sum = {0, 0};
    uint64_t *at = malloc(((size_t)docs * 7 + 1) * sizeof *at), n = 0;
    assert_non_null(at);
    for (uint32_t i = 0; i < docs; i++)
        for (uint32_t k = 0; k < all[i].runs; k++)
            at[n++] = (uint64_t)all[i].run[k] << 32 | i;
    if (n)
        qsort(at, n, sizeof *at, by_value);
    for (uint64_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && at[j] >> 32 == at[i] >> 32; j++)
            ;
        for (uint64_t k = i; k < j && j - i > 1; k++) {
            const struct one *o = &all[(uint32_t)at[k]];
            struct dup_owner owner = {o->holder.doc, o->holder.source, o->holder.words, o->story, 0};
            add(&sum, at[k] >> 32, &owner);
        }
    }
    free(at);
    return sum;
}

static void check_slices(struct dup_slices *s, const struct dup_posting *piece, uint32_t pieces, uint32_t bits, struct sum want)
{
    struct sum got = {0, 0};
    uint64_t before = 0;
    int more;
    assert_true(dup_slices_open(s, (struct assay_list){piece, pieces, sizeof *piece}, bits));
    while ((more = dup_slices_next(s)) > 0) {
        for (uint64_t i = 0; i < s->count; i++) {
            uint64_t run = s->post[i] >> 32;
            int same = i > 0 && s->post[i - 1] >> 32 == run, next = i + 1 < s->count && s->post[i + 1] >> 32 == run;
            assert_true(same || next); /* nothing that stands alone */
            assert_true(same ? s->owner[i - 1].doc <= s->owner[i].doc : run >= before);
            assert_int_equal(*dup_slices_name(s, s->owner[i].number), s->owner[i].doc);
            add(&got, run, &s->owner[i]);
            before = run + 1;
        }
    }
    assert_int_equal(more, 0);
    assert_int_equal(got.places, want.places);
    assert_int_equal(got.sum, want.sum);
}

/* A third of the texts as they are, one by one or together, beside pieces of the others; also where they are too many
 * to stay so. */
static void check_beside(struct dup_slices *s, const struct dup_posting *single, uint32_t docs,
                         const struct dup_posting *joined, uint32_t part, struct sum want)
{
    struct dup_posting *all = malloc(((size_t)docs + 2) * sizeof *all), three[3] = {joined[0], {{0}, {0}, {0}, {0}, {0}}, joined[1]};
    struct dup_postings laid = {0};
    uint32_t n = 0;
    assert_non_null(all);
    all[n++] = joined[0];
    for (uint32_t i = 0; i < docs; i++) {
        if (i % 7 % 3 != 2)
            continue;
        all[n++] = single[i];
        assert_true(dup_postings_add(&laid, &single[i]));
    }
    all[n++] = joined[1];
    check_slices(s, all, n, part, want);
    assert_true(dup_postings_lay(&laid, &three[1]));
    check_slices(s, three, 3, part, want);
    s->singles_at_most = 1;
    check_slices(s, three, 3, part, want);
    s->singles_at_most = 0;
    dup_postings_free(&laid);
    free(all);
}

/* Text by text, few of them and more than may stay as they are, joined in pieces of all sizes, beside single ones, and
 * pieces joined again: always the same. `bits`: of the runs, few of which make
 * many equal ones; `part`: that no run has. */
static void check_postings(uint32_t docs, uint32_t bits, uint32_t part)
{
    struct one *all = texts_of(docs, bits);
    struct dup_posting *single = malloc(((size_t)docs + 1) * sizeof *single), joined[3];
    struct dup_postings p[3] = {{0}, {0}, {0}}, twice = {0};
    struct dup_slices s = {0};
    struct sum want = expected(all, docs);
    assert_non_null(single);
    for (uint32_t i = 0; i < docs; i++) {
        single[i] = piece_of(&all[i]);
        assert_true(dup_postings_add(&p[i % 7 % 3], &single[i]));
    }
    check_slices(&s, single, docs, part, want);
    s.singles_at_most = 1;
    check_slices(&s, single, docs, part, want);
    s.singles_at_most = 0;
    for (uint32_t i = 0; i < 3; i++)
        assert_true(dup_postings_join(&p[i], &joined[i]));
    check_slices(&s, joined, 3, part, want);
    check_beside(&s, single, docs, joined, part, want);
    assert_true(dup_postings_add(&twice, &joined[2]));
    assert_true(dup_postings_add(&twice, &joined[1]));
    assert_true(dup_postings_join(&twice, &joined[1]));
    check_slices(&s, joined, 2, part, want);
    for (uint32_t i = 0; i < 3; i++)
        dup_postings_free(&p[i]);
    dup_postings_free(&twice);
    dup_slices_free(&s);
    free(single);
    free(all);
}

static void postings_come_together(void **state)
{
    (void)state;
    check_postings(5000, 0xf00ff00f, 0); /* many are equal */
    check_postings(40000, 0xffffffff, 0);
    check_postings(30000, 0xfffff, 0);
    check_postings(30000, 0x3, 0);
    check_postings(30000, 0, 0);
    check_postings(3, 0xffffffff, 0);
    check_postings(0, 0, 0);
    check_postings(20000, 0x0fffffff, 4); /* one part of several */
    check_postings(70000, 0x00ffffff, 0); /* more than a piece can hold */
}

/* Runs of usual texts, however many of these make up a piece. */
static void a_run_takes_three_and_a_half_bytes(void **state)
{
    (void)state;
    static const uint32_t texts[] = {500, 1000, 2000}, picks = 72;
    for (uint32_t t = 0; t < 3; t++) {
        struct dup_postings p = {0};
        struct dup_posting all;
        uint32_t run[72];
        for (uint32_t i = 0; i < texts[t]; i++) {
            struct dup_holder holder = {i + 1, 0, 0};
            struct dup_posting one = {.holder = {&holder, 1, sizeof holder}, .run = {run, picks, sizeof *run}};
            for (uint32_t k = 0; k < picks; k++)
                run[k] = (uint32_t)dup_mix(i * picks + k);
            assert_true(dup_postings_add(&p, &one));
        }
        assert_true(dup_postings_join(&p, &all));
        assert_true((all.item.count + all.step.count) * 40 <= texts[t] * picks * 37);
        dup_postings_free(&p);
    }
}

static uint32_t told(const struct dup_pairs *p, uint32_t least, uint32_t most)
{
    struct dup_pair_count *to = malloc(most * sizeof *to);
    uint64_t at = 0;
    uint32_t n, all = 0;
    assert_non_null(to);
    while ((n = dup_pairs_next(p, &at, least, to, most)) > 0)
        for (uint32_t i = 0; i < n; i++, all++) {
            assert_int_equal(to[i].b, to[i].a + 1);
            assert_int_equal(to[i].count, to[i].a % 10 == 0 ? DUP_MOST_MET : to[i].a % 10);
        }
    free(to);
    return all;
}

static void meetings_are_counted(void **state)
{
    (void)state;
    struct dup_pairs p = {0};
    struct dup_pair_count two[4];
    uint64_t at = 0;
    for (uint32_t k = 0; k < 1000; k++) /* as often as the last digit says, 0: more often than is counted */
        for (uint32_t i = 0; i < 3000; i++)
            if (i % 10 == 0 || k < i % 10)
                assert_true(dup_pairs_add(&p, i, i + 1, 0));
    assert_true(dup_pairs_settle(&p));
    assert_int_equal(p.pairs, 3000);
    assert_int_equal(told(&p, 1, 4000), 3000);
    assert_int_equal(told(&p, 1, 7), 3000);
    assert_int_equal(told(&p, 2, 7), 2700);
    assert_int_equal(told(&p, DUP_MOST_MET, 100), 300);
    dup_pairs_clear(&p);
    assert_true(dup_pairs_add(&p, 2, 1, 0)); /* not the same as 1, 2 */
    assert_true(dup_pairs_add(&p, 1, 2, 0));
    assert_true(dup_pairs_add(&p, 0, 0, 0));
    assert_true(dup_pairs_settle(&p));
    assert_int_equal(p.pairs, 3);
    assert_int_equal(dup_pairs_next(&p, &at, 1, two, 4), 3);
    assert_int_equal(dup_pairs_next(&p, &at, 1, two, 4), 0);
    dup_pairs_free(&p);
}

/* Where only pairs that met twice are asked for, others take two bytes each, and all but a few are told from them. */
static void pairs_that_met_once_take_little(void **state)
{
    (void)state;
    struct dup_pairs p = {0};
    struct dup_pair_count to[64];
    const uint32_t pairs = 200000;
    uint64_t at = 0;
    uint32_t n, twice = 0, wrong = 0;
    for (uint32_t round = 0; round < 2; round++) { /* in a table that is used again */
        dup_pairs_among(&p, 20000, 2);
        for (uint32_t times = 0; times < 3; times++)
            for (uint32_t i = 0; i < pairs; i++)
                if (times == 0 || i % 10 == 0)
                    assert_true(dup_pairs_add(&p, i % 20000, i / 20000, dup_mix(i)));
        assert_true(dup_pairs_settle(&p));
        assert_in_range(p.pairs, pairs - 50, pairs);
        assert_in_range(p.kept, pairs / 10, pairs / 10 + 50);
        uint64_t room = 0;
        for (uint32_t i = 0; i < p.onces; i++)
            room += sizeof *p.once[i].hash << p.once[i].bits;
        assert_in_range(room, 2 * pairs, 4 * pairs); /* one that is full is followed by a small one */
        for (at = twice = wrong = 0; (n = dup_pairs_next(&p, &at, 2, to, 64)) > 0;)
            for (uint32_t i = 0; i < n; i++) {
                uint32_t number = to[i].b * 20000 + to[i].a;
                twice += number % 10 == 0 && to[i].count == 3;
                wrong += number % 10 != 0;
            }
        assert_in_range(twice, pairs / 10 - 50, pairs / 10); /* of some the first meeting was taken for the second */
        assert_in_range(wrong, 0, 50);
        dup_pairs_clear(&p);
    }
    dup_pairs_free(&p);
}

/* Numbers of few texts take fewer bytes; the greatest ones there are, too. */
static void few_texts_take_little(void **state)
{
    (void)state;
    static const uint64_t texts[] = {2, 20, 300, 3001, 100000, 1u << 20, (1u << 20) + 1, 10000000, UINT32_MAX};
    struct dup_pairs p = {0};
    for (uint32_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        struct dup_pair_count one;
        uint64_t at = 0, last = texts[t] - 1;
        uint32_t pairs = last < 3000 ? (uint32_t)last : 3000;
        dup_pairs_among(&p, texts[t], 1);
        for (uint32_t i = 0; i < pairs; i++)
            assert_true(dup_pairs_add(&p, i, i + 1, 0));
        assert_true(dup_pairs_settle(&p));
        assert_int_equal(p.pairs, pairs);
        dup_pairs_clear(&p);
        assert_true(dup_pairs_add(&p, (uint32_t)last, (uint32_t)(last - 1), 0));
        assert_true(dup_pairs_settle(&p));
        assert_int_equal(dup_pairs_next(&p, &at, 1, &one, 1), 1);
        assert_int_equal(one.a, last);
        assert_int_equal(one.b, last - 1);
        at = 0;
        dup_pairs_clear(&p);
        assert_int_equal(dup_pairs_next(&p, &at, 1, &one, 1), 0);
    }
    dup_pairs_free(&p);
}

static void a_glance_wants_runs_that_follow_each_other(void **state)
{
    (void)state;
    struct dup_glance g = {0};
    struct dup_known none = {NULL, 0};
    uint32_t mine[400], theirs[400];
    for (uint32_t i = 0; i < 400; i++) {
        mine[i] = (uint32_t)dup_mix(i + 1);
        theirs[i] = (uint32_t)dup_mix(i + 7777);
    }
    assert_true(dup_glance_make(&g, mine, 400, none));
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3).chain, 0);
    theirs[10] = mine[200]; /* three in common, far apart */
    theirs[150] = mine[260];
    theirs[290] = mine[390];
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3).chain, 1);
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3).common, 3);
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3).spread, 281); /* from 10 to 290 */
    theirs[300] = mine[20]; /* close together, the wrong way round */
    theirs[302] = mine[15];
    theirs[304] = mine[10];
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3).chain, 1);
    theirs[340] = mine[50];
    theirs[345] = mine[52];
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3).chain, 2);
    theirs[349] = mine[60];
    assert_int_equal(dup_glance_chain(&g, theirs, 400, none, 3).chain, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(dup_glance_chain(&g, &mine[100 + 2 * i], 1 + i, none, 4).spread, 1 + i);
    dup_glance_free(&g);
}

static void a_glance_tells_what_could_be_covered(void **state)
{
    (void)state;
    struct dup_glance g = {0};
    struct dup_known none = {NULL, 0};
    uint32_t mine[200], theirs[200], common;
    for (uint32_t i = 0; i < 200; i++) {
        mine[i] = (uint32_t)dup_mix(i + 1);
        theirs[i] = i % 9 ? (uint32_t)dup_mix(i + 7777) : mine[i]; /* one in nine, everywhere */
    }
    assert_true(dup_glance_make(&g, mine, 200, none));
    assert_true(dup_glance_cover(&g, theirs, 200, &common) >= 995);
    assert_int_equal(common, 23);
    assert_true(dup_glance_cover(&g, theirs, 100, &common) <= 510); /* half of mine */
    for (uint32_t i = 60; i < 120; i++)
        theirs[i] = (uint32_t)dup_mix(i + 7777); /* a hole */
    uint32_t cover = dup_glance_cover(&g, theirs, 200, &common);
    assert_true(cover > 600 && cover < 700);
    for (uint32_t i = 0; i < 200; i++)
        theirs[i] = (uint32_t)dup_mix(i + 7777);
    assert_int_equal(dup_glance_cover(&g, theirs, 200, &common), 0);
    assert_int_equal(common, 0);
    assert_int_equal(dup_glance_cover(&g, theirs, 0, &common), 0);
    dup_glance_free(&g);
}

static void a_glance_passes_over_furniture(void **state)
{
    (void)state;
    struct dup_glance g = {0};
    uint32_t pick[40], blob[290];
    assert_int_equal(dup_mask_words(40), sizeof blob / sizeof *blob);
    for (uint32_t i = 0; i < 40; i++)
        pick[i] = (uint32_t)dup_mix(i + 1);
    dup_mask_init(blob, sizeof blob / sizeof *blob);
    for (uint32_t i = 0; i < 40; i++)
        dup_mask_add(blob, pick[i], 7);
    struct dup_known at_home = {blob, 7}, elsewhere = {blob, 8};
    assert_true(dup_glance_make(&g, pick, 40, at_home));
    assert_int_equal(dup_glance_chain(&g, pick, 40, elsewhere, 3).chain, 0);
    assert_true(dup_glance_make(&g, pick, 40, elsewhere));
    assert_int_equal(dup_glance_chain(&g, pick, 40, at_home, 3).chain, 0);
    assert_int_equal(dup_glance_chain(&g, pick, 40, elsewhere, 3).chain, 3);
    dup_glance_free(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(postings_come_together),
        cmocka_unit_test(a_run_takes_three_and_a_half_bytes),
        cmocka_unit_test(meetings_are_counted),
        cmocka_unit_test(pairs_that_met_once_take_little), cmocka_unit_test(few_texts_take_little),
        cmocka_unit_test(a_glance_wants_runs_that_follow_each_other),
        cmocka_unit_test(a_glance_tells_what_could_be_covered),
        cmocka_unit_test(a_glance_passes_over_furniture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
