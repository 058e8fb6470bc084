/* SPDX-License-Identifier: Apache-2.0
 *
 * What was put into a copy: a paragraph of another text in one printing of a wire story, of made-up words.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "stage.h"

struct story {
    char at[16384];
    size_t size;
};

/* Words [from, to) of the tale with this number. */
static void add(struct story *s, uint32_t tale, uint32_t from, uint32_t to)
{
    static const char *const part[] = {"ka", "ro", "mi", "te", "sul", "ban", "or", "vi"};
    for (uint32_t i = from; i < to; i++) {
        uint32_t x = (tale * 5003u + i) * 2654435761u;
        x ^= x >> 15;
        x *= 0x85ebca6bu;
        x ^= x >> 13;
        s->size += (size_t)snprintf(s->at + s->size, sizeof s->at - s->size, "%s%s%s%s ", part[x & 7], part[x >> 3 & 7],
                                    part[x >> 6 & 7], part[x >> 9 & 7]);
        assert_true(s->size < sizeof s->at);
    }
}

static void put(struct stage *s, const char *id, const char *published, const struct story *t)
{
    char source[32];
    snprintf(source, sizeof source, "%s.example", id);
    stage_add(s, id, source, published, t->at, t->size);
}

static int is(struct stage *s, assay_docid doc, const char *id)
{
    struct assay_text name = stage_find(s, doc)->facts.doc;
    return name.size == strlen(id) && !memcmp(name.at, id, name.size);
}

/* How many records of copies are between the two, and the last of them; side a is `x`. */
static uint32_t between(struct stage *s, const char *x, const char *y, struct assay_copy *last)
{
    const struct assay_copy *c = (const struct assay_copy *)(const void *)s->corpus[DUP_OUT_COPY].at;
    uint32_t n = 0;
    for (uint64_t i = 0; i < s->corpus[DUP_OUT_COPY].count; i++) {
        int turned = is(s, c[i].a.doc, y) && is(s, c[i].b.doc, x);
        if (!turned && !(is(s, c[i].a.doc, x) && is(s, c[i].b.doc, y)))
            continue;
        *last = c[i];
        last->a = turned ? c[i].b : c[i].a;
        last->b = turned ? c[i].a : c[i].b;
        n++;
    }
    return n;
}

static void near_to(uint32_t is_at, size_t wanted)
{
    assert_true(is_at + 40 >= wanted && is_at <= wanted + 40);
}

/* A text of 300 words with words of tale 1 and 2 in it, and three printings of tale 1, the third with words of tale 2. */
static void lay_out(struct stage *s, struct story *third, struct story *other, size_t mark[4])
{
    struct story wire = {.size = 0}, second = {.size = 0};
    add(&wire, 1, 0, 400);
    add(&second, 1, 0, 130);
    add(&second, 7, 0, 3);
    add(&second, 1, 132, 400);
    add(third, 1, 0, 200);
    mark[0] = third->size;
    add(third, 2, 100, 145);
    mark[1] = third->size;
    add(third, 1, 200, 400);
    add(other, 2, 0, 100);
    mark[2] = other->size;
    add(other, 2, 100, 145);
    mark[3] = other->size;
    add(other, 2, 145, 250);
    put(s, "wire", "2026-03-02", &wire);
    put(s, "second", "2026-03-03", &second);
    put(s, "third", "2026-03-04", third);
}

static void a_paragraph_in_one_printing(void **state)
{
    struct story third = {.size = 0}, other = {.size = 0};
    struct stage s = {0};
    struct assay_copy c;
    size_t mark[4];
    (void)state;
    lay_out(&s, &third, &other, mark);
    put(&s, "other", "2026-03-01", &other);
    stage_run(&s, NULL);
    assert_int_equal(s.corpus[DUP_OUT_CLUSTER].count, 1);
    assert_int_equal(between(&s, "wire", "third", &c), 1);
    assert_int_equal(c.relation, ASSAY_COPY_EDITED);
    assert_int_equal(between(&s, "third", "other", &c), 1);
    assert_int_equal(c.relation, ASSAY_COPY_SHARES_PASSAGE);
    near_to(c.a.span.begin, mark[0]);
    near_to(c.a.span.end, mark[1]);
    near_to(c.b.span.begin, mark[2]);
    near_to(c.b.span.end, mark[3]);
    assert_true(is(&s, c.first, "other"));
    assert_int_equal(between(&s, "wire", "other", &c) + between(&s, "second", "other", &c), 0);
    stage_free(&s);
}

/* The story itself has a passage in common with the other text, which is told of the wire's; the paragraph is, too. */
static void beside_a_passage_of_the_story(void **state)
{
    struct story third = {.size = 0}, other = {.size = 0};
    struct stage s = {0};
    struct assay_copy c;
    size_t mark[4];
    (void)state;
    lay_out(&s, &third, &other, mark);
    size_t from = other.size;
    add(&other, 1, 20, 80);
    put(&s, "other", "2026-03-01", &other);
    stage_run(&s, NULL);
    assert_int_equal(between(&s, "wire", "other", &c), 1);
    near_to(c.b.span.begin, from);
    assert_int_equal(between(&s, "third", "other", &c), 1);
    near_to(c.b.span.begin, mark[2]);
    near_to(c.b.span.end, mark[3]);
    stage_free(&s);
}

/* Two printings with the same paragraph, which nobody else has, are one cluster as before, and no passage is told. */
static void the_same_paragraph_twice(void **state)
{
    struct story third = {.size = 0}, other = {.size = 0};
    struct stage s = {0};
    size_t mark[4];
    (void)state;
    lay_out(&s, &third, &other, mark);
    put(&s, "fourth", "2026-03-05", &third);
    add(&third, 1, 0, 1);
    put(&s, "fifth", "2026-03-06", &third);
    stage_run(&s, NULL);
    assert_int_equal(s.corpus[DUP_OUT_CLUSTER].count, 1);
    assert_int_equal(s.corpus[DUP_OUT_COPY].count, 4);
    stage_free(&s);
}

/* The first report of a story is a few lines: what was lifted from a later, longer one is told beside that. */
static void lifted_from_more_than_the_first_report(void **state)
{
    struct story flash = {.size = 0}, wire = {.size = 0}, paper = {.size = 0};
    struct stage s = {0};
    struct assay_copy c;
    (void)state;
    add(&flash, 1, 0, 70);
    add(&wire, 1, 0, 220);
    add(&paper, 2, 0, 90);
    size_t from = paper.size;
    add(&paper, 1, 40, 150);
    size_t to = paper.size;
    add(&paper, 3, 0, 40);
    put(&s, "flash", "2026-03-01", &flash);
    put(&s, "wire", "2026-03-02", &wire);
    put(&s, "paper", "2026-03-03", &paper);
    stage_run(&s, NULL);
    assert_int_equal(between(&s, "wire", "flash", &c), 1); /* one cluster, which the flash leads */
    assert_int_equal(between(&s, "flash", "paper", &c), 0);
    assert_int_equal(between(&s, "wire", "paper", &c), 1);
    assert_int_equal(c.relation, ASSAY_COPY_SHARES_PASSAGE);
    near_to(c.b.span.begin, from);
    near_to(c.b.span.end, to);
    stage_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_paragraph_in_one_printing),
        cmocka_unit_test(beside_a_passage_of_the_story),
        cmocka_unit_test(the_same_paragraph_twice),
        cmocka_unit_test(lifted_from_more_than_the_first_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
