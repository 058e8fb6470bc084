/* SPDX-License-Identifier: Apache-2.0
 *
 * Mangled texts, sources and dates through all rounds and presets: whatever comes out has to lie inside its texts.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "stage.h"

#define POOL 6000u
#define TEXTS 100u

static uint32_t state_of_roll = 12345;

static uint32_t roll(uint32_t below)
{
    state_of_roll = state_of_roll * 1664525u + 1013904223u;
    return (state_of_roll >> 8) % below;
}

/* Pieces of a pool of half-random bytes, so that texts have much in common, with bytes changed one in `each`. */
static uint32_t mangle(char *to, const char *pool, uint32_t each)
{
    uint32_t size = 0;
    for (uint32_t pieces = roll(6); pieces > 0; pieces--) {
        uint32_t from = roll(5000), length = roll(1000), times = roll(9) ? 1 : 30;
        length = times == 1 ? length : length % 60;
        for (; times > 0; times--) {
            memcpy(to + size, pool + from, length);
            size += length;
        }
    }
    for (uint32_t i = 0; i < size; i++)
        if (roll(each) == 0)
            to[i] = (char)roll(256);
    return size;
}

static void fill(struct stage *s, uint32_t round)
{
    static const char *const date[] = {NULL, "2024-01-01", "x", "2024-13-45T99:99", "2024-02-02T10:00:00+0530"};
    static char pool[POOL], text[16384];
    for (uint32_t i = 0; i < POOL; i++)
        pool[i] = roll(7) ? "abcde fgh 0123.,\n"[roll(17)] : (char)roll(256);
    for (uint32_t i = 0; i < TEXTS; i++) {
        char id[16], source[16];
        snprintf(id, sizeof id, "t%u", i);
        snprintf(source, sizeof source, "s%u", roll(4));
        stage_add(s, id, roll(3) ? source : NULL, date[roll(5)], text, mangle(text, pool, 20 + round * 20));
    }
}

static void inside(struct stage *s, struct assay_place p)
{
    const struct assay_doc *d = stage_find(s, p.doc);
    assert_non_null(d);
    assert_true(p.span.begin < p.span.end && p.span.end <= d->text.size);
}

static uint64_t check(struct stage *s)
{
    const struct assay_copy *c = (const struct assay_copy *)(const void *)s->corpus[DUP_OUT_COPY].at;
    for (uint64_t i = 0; i < s->corpus[DUP_OUT_COPY].count; i++) {
        inside(s, c[i].a);
        inside(s, c[i].b);
        assert_true(c[i].covered_a >= 0 && c[i].covered_a <= 1 && c[i].covered_b >= 0 && c[i].covered_b <= 1);
        if (c[i].relation == ASSAY_COPY_REPEATS_ITSELF)
            assert_true(c[i].a.doc == c[i].b.doc && c[i].a.span.end <= c[i].b.span.begin);
        else
            assert_true(strcmp(stage_find(s, c[i].a.doc)->facts.doc.at, stage_find(s, c[i].b.doc)->facts.doc.at) < 0);
        for (uint32_t k = 0; k < c[i].figures_differ.count; k++) {
            const struct assay_differ *d = ASSAY_AT(struct assay_differ, c[i].figures_differ, k);
            inside(s, (struct assay_place){c[i].a.doc, d->a});
            inside(s, (struct assay_place){c[i].b.doc, d->b});
        }
    }
    for (uint32_t i = 0; i < s->docs; i++) {
        struct assay_list list = s->doc[i].layer[DUP_OUT_ORIGIN];
        for (uint32_t k = 0; k < list.count; k++) {
            inside(s, (struct assay_place){s->doc[i].id, ASSAY_AT(struct assay_origin, list, k)->span});
            inside(s, ASSAY_AT(struct assay_origin, list, k)->from);
        }
    }
    return s->corpus[DUP_OUT_COPY].count;
}

static void mangled_texts(void **state)
{
    uint64_t copies = 0;
    (void)state;
    for (uint32_t round = 0; round < 12; round++) {
        struct stage s = {.backward = round & 1, .parts = round % 3};
        struct dup_options o = {.preset = round % 3, .boilerplate = 2 + roll(4), .passage = 8 + roll(20)};
        fill(&s, round);
        stage_run(&s, &o);
        copies += check(&s);
        stage_free(&s);
    }
    assert_true(copies > 500); /* or nothing was tested */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(mangled_texts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
