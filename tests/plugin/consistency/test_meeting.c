/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents that meet under a key: what each two have in common is what two loops over their elements find.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "meeting.h"

#define DOCUMENTS 200u
#define NAMES 90u /* so few that documents share many, and some hold a name twice */

struct made {
    uint32_t element[SKETCH_TERMS];
    unsigned char class[SKETCH_TERMS];
    struct sketch sketch;
};

static uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static uint32_t name_of(uint32_t i)
{
    return (i * 2654435761u) & ELEMENT_HASH;
}

static void make(struct made *d, uint64_t *state)
{
    uint32_t n = next_random(state) % (SKETCH_TERMS + 1);
    for (uint32_t i = 0; i < n; i++) {
        d->element[i] = name_of(next_random(state) % NAMES) | (next_random(state) & ~ELEMENT_HASH);
        d->class[i] = (unsigned char)(next_random(state) & 0x3f);
    }
    qsort(d->element, n, sizeof *d->element, by_value);
    d->sketch = (struct sketch){.element = {d->element, n, sizeof *d->element},
                                .classes = {(const char *)d->class, n}};
}

static uint64_t weight_of(const struct rarity_scale *scale, const struct made *d, uint32_t i)
{
    return sketch_weight(scale->weight[d->class[i] >> 3][d->class[i] & TERM_CLASS], (d->element[i] & ELEMENT_NAME) != 0,
                         d->element[i] >> ELEMENT_PROMINENCE & (PROMINENCES - 1));
}

/* By the definition: x came before y. */
static struct common plainly(const struct rarity_scale *scale, const struct made *x, const struct made *y, uint32_t own)
{
    struct common c = {0, 0};
    uint32_t elsewhere = 0;
    for (uint32_t i = 0; i < x->sketch.element.count; i++)
        for (uint32_t k = 0; k < y->sketch.element.count; k++) {
            uint32_t a = x->element[i], b = y->element[k];
            if ((a ^ b) & ELEMENT_HASH)
                continue;
            c.shared++;
            c.dot += weight_of(scale, x, i) * weight_of(scale, y, k);
            if (a & b & ELEMENT_KEYED && own != NO_ELEMENT && (a & ELEMENT_HASH) < own)
                elsewhere = MEETS_ELSEWHERE;
        }
    c.shared |= elsewhere;
    return c;
}

static void compare(const struct made *made, struct meeting *m, uint32_t own, uint32_t count, uint32_t reach)
{
    struct rarity_scale scale = {.ready = 0};
    struct assay_list sketches = {&made->sketch, DOCUMENTS, sizeof *made};
    rarity_scale(&scale, 20 | 17 << 8);
    m->own = own;
    meeting_gather(m, sketches, DOCUMENTS - count, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct made *y = &made[DOCUMENTS - count + i];
        meeting_next(m, &scale, &y->sketch, reach);
        for (uint32_t k = i > reach ? i - reach : 0; k < i; k++) {
            struct common c = plainly(&scale, y - i + k, y, own);
            assert_int_equal(m->with[k].shared, c.shared);
            assert_int_equal(m->with[k].dot, c.dot);
        }
    }
}

/* Every seventh document came; the others are guests. */
static void compare_guests(const struct made *made, struct meeting *m, uint32_t own)
{
    struct rarity_scale scale = {.ready = 0};
    struct assay_list sketches = {&made->sketch, DOCUMENTS, sizeof *made};
    uint32_t known[DOCUMENTS], who[DOCUMENTS], came = 0;
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        known[i] = i % 7 != 3;
    rarity_scale(&scale, 20 | 17 << 8);
    m->own = own;
    meeting_invite(m, sketches, (struct assay_list){known, DOCUMENTS, sizeof *known});
    for (uint32_t guests = 0; guests < 2; guests++)
        for (uint32_t i = 0; i < DOCUMENTS; i++) {
            if (known[i] != guests)
                continue;
            if (guests)
                meeting_guest(m, &scale, sketches, i);
            else
                meeting_next(m, &scale, &made[i].sketch, MEETING_MOST);
            for (uint32_t k = 0; k < came; k++) {
                struct common c = plainly(&scale, &made[who[k]], &made[i], own);
                assert_int_equal(m->with[k].shared, c.shared);
                assert_int_equal(m->with[k].dot, c.dot);
            }
            if (!guests)
                who[came++] = i;
        }
}

static void has_in_common_what_loops_find(void **unused)
{
    (void)unused;
    uint64_t state = 5;
    struct made *made = calloc(DOCUMENTS, sizeof *made);
    struct meeting *m = malloc(sizeof *m);
    assert_non_null(made);
    assert_non_null(m);
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        make(&made[i], &state);
    for (uint32_t i = 0; i < 12; i++)
        compare(made, m, name_of(i * 7), 2 + i * 5, MEETING_MOST);
    compare(made, m, name_of(3), MEETING_MOST, MEETING_MOST);
    compare(made, m, name_of(4), MEETING_MOST, 8);
    compare(made, m, NO_ELEMENT, MEETING_MOST, MEETING_MOST);
    for (uint32_t i = 0; i < 12; i++)
        compare_guests(made, m, name_of(i * 7));
    compare_guests(made, m, NO_ELEMENT);
    free(made);
    free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(has_in_common_what_loops_find)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
