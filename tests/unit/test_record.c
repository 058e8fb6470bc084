/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "fields.h"
#include "record.h"

struct leaf {
    struct assay_text name;
    struct assay_list numbers; /* uint32_t */
};
static const struct assay_field leaf_rows[] = {
    ASSAY_FIELD(struct leaf, name, ASSAY_TEXT, 0, NULL, "name"),
    ASSAY_FIELD(struct leaf, numbers, ASSAY_U32, ASSAY_LIST, NULL, "numbers"),
};
static const struct assay_fields leaf_table = ASSAY_FIELDS(struct leaf, leaf_rows);

struct tree {
    struct assay_span span;
    uint32_t has_part, has_score;
    struct leaf part;
    struct assay_list leaves, words;
    double score;
    uint64_t rank;
};
static const struct assay_field tree_rows[] = {
    ASSAY_FIELD(struct tree, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where"),
    ASSAY_MAYBE(struct tree, part, ASSAY_RECORD, 0, &leaf_table, "a part"),
    ASSAY_FIELD(struct tree, leaves, ASSAY_RECORD, ASSAY_LIST, &leaf_table, "leaves"),
    ASSAY_FIELD(struct tree, words, ASSAY_TEXT, ASSAY_LIST, NULL, "words"),
    ASSAY_MAYBE(struct tree, score, ASSAY_REAL, ASSAY_KEY | ASSAY_DOWN, NULL, "score"),
    ASSAY_FIELD(struct tree, rank, ASSAY_U64, ASSAY_KEY, NULL, "rank"),
};
static const struct assay_fields tree_table = ASSAY_FIELDS(struct tree, tree_rows);

#define TEXT(s) ((struct assay_text){s, sizeof(s) - 1})

static const uint32_t numbers[] = {7, 8, 9};
static const struct leaf leaves[] = {{{"one", 3}, {numbers, 3, 4}}, {{"", 0}, {0}}, {{NULL, 0}, {numbers, 1, 4}}};
static const struct assay_text words[] = {{"alpha", 5}, {NULL, 0}, {"", 0}};

static struct tree sample(void)
{
    return (struct tree){.span = {3, 9},
                         .has_part = 1,
                         .part = leaves[0],
                         .leaves = {leaves, 3, sizeof *leaves},
                         .words = {words, 3, sizeof *words},
                         .score = 0.5,
                         .has_score = 1,
                         .rank = 77};
}

static void same_text(struct assay_text a, struct assay_text b)
{
    assert_int_equal(a.size, b.size);
    assert_int_equal(a.at == NULL, b.at == NULL);
    if (a.size)
        assert_memory_equal(a.at, b.at, a.size);
}

static void same_leaf(const struct leaf *a, const struct leaf *b)
{
    same_text(a->name, b->name);
    assert_int_equal(a->numbers.count, b->numbers.count);
    for (uint32_t i = 0; i < a->numbers.count; i++)
        assert_int_equal(*ASSAY_AT(uint32_t, a->numbers, i), *ASSAY_AT(uint32_t, b->numbers, i));
}

static void same_tree(const struct tree *a, const struct tree *b)
{
    assert_memory_equal(&a->span, &b->span, sizeof a->span);
    assert_int_equal(a->has_part, b->has_part);
    if (a->has_part)
        same_leaf(&a->part, &b->part);
    assert_int_equal(a->leaves.count, b->leaves.count);
    for (uint32_t i = 0; i < a->leaves.count; i++)
        same_leaf(ASSAY_AT(struct leaf, a->leaves, i), ASSAY_AT(struct leaf, b->leaves, i));
    assert_int_equal(a->words.count, b->words.count);
    for (uint32_t i = 0; i < a->words.count; i++)
        same_text(*ASSAY_AT(struct assay_text, a->words, i), *ASSAY_AT(struct assay_text, b->words, i));
    assert_int_equal(a->rank, b->rank);
}

static void stored_form_comes_back(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct bytes out = {0};
    const struct shape *shape = shape_of(&arena, &tree_table);
    struct tree two[2] = {sample(), {.rank = 1}};
    bytes_add(&out, "12345678", 8);
    assert_true(record_store(&out, shape, two, 2, sizeof *two));
    /* the stored form may lie anywhere, and stands alone */
    char *moved = arena_copy(&arena, out.at + 8, out.size - 8);
    memset(out.at, 0xee, out.size);
    const struct tree *back = record_open(&arena, shape, moved, 2);
    same_tree(&two[0], &back[0]);
    same_tree(&two[1], &back[1]);
    assert_null(back[1].words.at);
    assert_ptr_equal(((const struct leaf *)back[0].leaves.at)[2].name.at, NULL);
    bytes_free(&out);
    arena_free(&arena);
}

static void what_is_null_is_not_followed(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct bytes out = {0};
    const struct shape *shape = shape_of(&arena, &tree_table);
    struct tree t = {.part = {.name = {(const char *)16, 1000}}}; /* has_part is 0: an address that must not be read */
    assert_true(record_store(&out, shape, &t, 1, sizeof t));
    const struct tree *back = record_open(&arena, shape, out.at, 1);
    assert_null(back->part.name.at);
    assert_non_null(record_copy(&arena, shape, &t, 1, sizeof t));
    bytes_free(&out);
    arena_free(&arena);
}

static void copies_are_deep(void **state)
{
    (void)state;
    struct arena arena = {0};
    char word[] = "alpha";
    struct assay_text list[] = {{word, 5}};
    struct tree t = {.words = {list, 1, sizeof *list}};
    const struct shape *shape = shape_of(&arena, &tree_table);
    const struct tree *copy = record_copy(&arena, shape, &t, 1, sizeof t);
    word[0] = 'X';
    list[0].size = 1;
    same_text(*ASSAY_AT(struct assay_text, copy->words, 0), TEXT("alpha"));
    arena_free(&arena);
}

/* What a requirer built long ago declares: fewer rows, in another order, one that nobody has. */
struct old_leaf {
    struct assay_list numbers;
};
static const struct assay_field old_leaf_rows[] = {ASSAY_FIELD(struct old_leaf, numbers, ASSAY_U32, ASSAY_LIST, NULL, "numbers")};
static const struct assay_fields old_leaf_table = ASSAY_FIELDS(struct old_leaf, old_leaf_rows);
struct old_tree {
    uint64_t rank;
    uint32_t has_rank, has_novelty;
    struct assay_list leaves;
    struct assay_text novelty;
    double score;
    struct old_leaf part;
};
static const struct assay_field old_tree_rows[] = {
    ASSAY_MAYBE(struct old_tree, rank, ASSAY_U64, 0, NULL, "rank"),
    ASSAY_FIELD(struct old_tree, leaves, ASSAY_RECORD, ASSAY_LIST, &old_leaf_table, "leaves"),
    ASSAY_MAYBE(struct old_tree, novelty, ASSAY_TEXT, 0, NULL, "unknown to the provider"),
    ASSAY_FIELD(struct old_tree, score, ASSAY_REAL, 0, NULL, "score"),
    ASSAY_FIELD(struct old_tree, part, ASSAY_RECORD, 0, &old_leaf_table, "part"),
};
static const struct assay_fields old_tree_table = ASSAY_FIELDS(struct old_tree, old_tree_rows);

static void requirer_reads_its_own_layout(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct tree two[2] = {sample(), {.rank = 5}};
    const struct convert *plan = convert_of(&arena, &old_tree_table, &tree_table);
    const struct old_tree *got = convert_run(&arena, plan, two, 2, sizeof *two);
    assert_int_equal(got[0].rank, 77);
    assert_int_equal(got[0].has_rank, 1);
    assert_int_equal(got[0].has_novelty, 0);
    assert_true(got[0].score == 0.5);
    assert_int_equal(got[0].leaves.count, 3);
    assert_int_equal(got[0].leaves.stride, sizeof(struct old_leaf));
    assert_int_equal(*ASSAY_AT(uint32_t, ASSAY_AT(struct old_leaf, got[0].leaves, 0)->numbers, 2), 9);
    assert_int_equal(*ASSAY_AT(uint32_t, got[0].part.numbers, 1), 8);
    assert_int_equal(got[1].rank, 5);
    assert_int_equal(got[1].leaves.count, 0);
    arena_free(&arena);
}

static void order_is_by_keys(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct shape *shape = shape_of(&arena, &tree_table);
    struct tree none = {.rank = 1}, low = {.score = 1, .has_score = 1, .rank = 9}, high = {.score = 2, .has_score = 1, .rank = 2};
    struct tree high_too = {.score = 2, .has_score = 1, .rank = 3, .span = {1, 2}};
    assert_true(record_order(shape, &high, &low) < 0);  /* DOWN */
    assert_true(record_order(shape, &low, &none) < 0);  /* null is first, so last where it is DOWN */
    assert_true(record_order(shape, &high, &high_too) < 0);
    assert_true(record_order(shape, &high_too, &high) > 0);
    assert_int_equal(record_order(shape, &low, &low), 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stored_form_comes_back), cmocka_unit_test(what_is_null_is_not_followed),
        cmocka_unit_test(copies_are_deep),        cmocka_unit_test(requirer_reads_its_own_layout),
        cmocka_unit_test(order_is_by_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
