/* SPDX-License-Identifier: Apache-2.0
 *
 * Terms of a document packed and unpacked; the table of how rare they are.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "digest.h"

#define SENTENCES 40u
#define TERMS 30u
#define FIGURES 25u

struct made {
    struct context context[SENTENCES];
    struct note note[FIGURES];
    uint64_t term[SENTENCES][TERMS], local[FIGURES][TERMS];
    struct terms_output out;
};

static uint64_t word(uint32_t n)
{
    uint64_t flags = n % 3 == 0 ? TERM_FINE : n % 5 == 0 ? TERM_NAME : 0;
    return term_hash(n % 8, &n, sizeof n) | flags;
}

static struct assay_list list_of(uint64_t *at, uint32_t count)
{
    struct term_list list = {at, count, count};
    terms_distinct(&list);
    return (struct assay_list){list.at, list.count, sizeof *list.at};
}

static void make(struct made *m)
{
    memset(m, 0, sizeof *m);
    for (uint32_t i = 0; i < SENTENCES; i++) {
        struct context *c = &m->context[i];
        c->span = (struct assay_span){i * 100 + 3, i * 100 + 70};
        c->hash = 0x123456789abcdefu * (i + 1);
        c->order = i * 2;
        c->figures = i % 3;
        for (uint32_t k = 0; k < TERMS; k++)
            m->term[i][k] = word((i * 7 + k * k) % 200);
        c->terms = list_of(m->term[i], TERMS - i % 5);
    }
    for (uint32_t i = 0; i < FIGURES; i++) {
        struct note *n = &m->note[i];
        *n = (struct note){.context = i == 4 ? ASSAY_NEVER : i, .concept = i % 2 ? CONCEPT_NONE : i * 1000, .also = i, .part = i % 2,
                           .place = i % 3 ? CONCEPT_NONE : 7, .who = {i % 4 ? 0 : 0xfedcba98u + i, i % 8 ? 0 : i + 1}};
        uint32_t count = i == 4 ? 0 : m->context[i].terms.count / 2;
        for (uint32_t k = 0; k < count; k++)
            m->local[i][k] = *ASSAY_AT(uint64_t, m->context[i].terms, k * 2);
        n->local = (struct assay_list){m->local[i], count, sizeof(uint64_t)};
    }
    m->out = (struct terms_output){m->context, m->note, SENTENCES, FIGURES};
}

static void same_keys(struct assay_list a, struct assay_list b)
{
    assert_int_equal(a.count, b.count);
    for (uint32_t i = 0; i < a.count; i++)
        assert_true(TERM_KEY(*ASSAY_AT(uint64_t, a, i)) == TERM_KEY(*ASSAY_AT(uint64_t, b, i)));
}

static const struct assay_text no_classes;

static void comes_back(void **state)
{
    struct made *m = malloc(sizeof *m);
    struct digest_room room;
    struct digest_open open;
    struct digest d;
    (void)state;
    memset(&room, 0, sizeof room);
    memset(&open, 0, sizeof open);
    make(m);
    for (uint32_t turn = 0; turn < 2; turn++) { /* working memory is used again */
        assert_int_equal(digest_write(&room, &m->out, &d), 1);
        assert_int_equal(digest_read(&open, &d, NULL, no_classes, UINT32_MAX), 1);
    }
    assert_true(d.terms.size + d.sentences.size + d.figures.size < SENTENCES * TERMS * 3);
    assert_int_equal(open.contexts, SENTENCES);
    assert_int_equal(open.notes, FIGURES);
    for (uint32_t i = 0; i < SENTENCES; i++) {
        assert_memory_equal(&open.context[i].span, &m->context[i].span, sizeof m->context[i].span);
        assert_int_equal(open.context[i].hash, m->context[i].hash & 0xffffffffu);
        assert_int_equal(open.context[i].order, m->context[i].order);
        assert_int_equal(open.context[i].figures, m->context[i].figures);
        assert_null(open.context[i].weight);
        same_keys(open.context[i].terms, m->context[i].terms);
    }
    for (uint32_t i = 0; i < FIGURES; i++) {
        const struct note *a = &open.note[i], *b = &m->note[i];
        assert_true(a->context == b->context && a->concept == b->concept && a->also == b->also && a->place == b->place && a->part == b->part && !memcmp(a->who, b->who, sizeof a->who));
        same_keys(a->local, b->local);
    }
    digest_open_free(&open);
    digest_room_free(&room);
    free(m);
}

/* Of a long text the first figures are read, and no more memory is taken than they need. */
static void stops_at_most(void **state)
{
    struct made *m = malloc(sizeof *m);
    struct digest_room room;
    struct digest_open all, some;
    struct digest d;
    (void)state;
    memset(&room, 0, sizeof room);
    memset(&all, 0, sizeof all);
    memset(&some, 0, sizeof some);
    make(m);
    assert_int_equal(digest_write(&room, &m->out, &d), 1);
    assert_int_equal(digest_read(&all, &d, NULL, no_classes, UINT32_MAX), 1);
    assert_int_equal(digest_read(&some, &d, NULL, no_classes, FIGURES / 2), 1);
    assert_int_equal(some.notes, FIGURES / 2);
    assert_true(some.size < all.size);
    for (uint32_t i = 0; i < some.notes; i++) {
        assert_true(some.note[i].context == all.note[i].context && some.note[i].concept == all.note[i].concept);
        same_keys(some.note[i].local, all.note[i].local);
    }
    digest_open_free(&all);
    digest_open_free(&some);
    digest_room_free(&room);
    free(m);
}

/* Sentences 0 to 5 hold the terms 1 (all of them), 2 (the first and the last), 3 (the fourth): how much of the text each
 * is about. */
static void prominence(void **state)
{
    static const uint32_t held[6][3] = {{1, 2, 0}, {1, 0, 0}, {1, 0, 0}, {1, 3, 0}, {1, 0, 0}, {1, 2, 0}};
    struct context context[6];
    uint64_t term[6][3];
    struct terms_output out = {context, NULL, 6, 0};
    struct digest_room room;
    struct digest d;
    unsigned char got[3], want[3] = {PROMINENT_OFTEN | PROMINENT_LEAD, PROMINENT_TWICE | PROMINENT_LEAD, 0};
    (void)state;
    memset(&room, 0, sizeof room);
    memset(context, 0, sizeof context);
    for (uint32_t i = 0; i < 6; i++) {
        uint32_t n = 0;
        for (; n < 3 && held[i][n]; n++)
            term[i][n] = word(held[i][n]);
        context[i].order = i;
        context[i].terms = list_of(term[i], n);
    }
    assert_int_equal(digest_write(&room, &out, &d), 1);
    assert_int_equal(digest_terms(&d), 3);
    digest_prominence(&d, got);
    for (uint32_t i = 0; i < 3; i++)
        for (uint32_t n = 1; n <= 3; n++)
            if (TERM_KEY(digest_term(&d, i)) == TERM_KEY(word(n)))
                assert_int_equal(got[i], want[n - 1]);
    digest_room_free(&room);
}

/* Without terms all else is as with them, also of what is cut short. */
static void outline(void **state)
{
    struct made *m = malloc(sizeof *m);
    struct digest_room room;
    struct digest_open all, some;
    struct digest d;
    (void)state;
    memset(&room, 0, sizeof room);
    memset(&all, 0, sizeof all);
    memset(&some, 0, sizeof some);
    make(m);
    assert_int_equal(digest_write(&room, &m->out, &d), 1);
    for (uint32_t most = FIGURES / 2; most <= FIGURES; most += FIGURES / 2) {
        assert_int_equal(digest_read(&all, &d, NULL, no_classes, most), 1);
        assert_int_equal(digest_outline(&some, &d, most), 1);
        assert_int_equal(some.contexts, all.contexts);
        assert_int_equal(some.notes, all.notes);
        for (uint32_t i = 0; i < all.contexts; i++) {
            struct context want = all.context[i];
            want.terms = some.context[i].terms;
            assert_int_equal(want.terms.count, 0);
            assert_memory_equal(&some.context[i], &want, sizeof want);
        }
        for (uint32_t i = 0; i < all.notes; i++) {
            struct note want = all.note[i];
            want.local = some.note[i].local;
            assert_int_equal(want.local.count, 0);
            assert_memory_equal(&some.note[i], &want, sizeof want);
        }
        d.sentences.size /= 2;
        d.figures.size /= 2;
    }
    digest_open_free(&all);
    digest_open_free(&some);
    digest_room_free(&room);
    free(m);
}

/* The table: each term once, in order, with the flags of any of its places; weights by the classes given. */
static void table(void **state)
{
    struct made *m = malloc(sizeof *m);
    struct digest_room room;
    struct digest_open open;
    struct rarity_scale scale;
    struct digest d;
    (void)state;
    memset(&room, 0, sizeof room);
    memset(&open, 0, sizeof open);
    memset(&scale, 0, sizeof scale);
    make(m);
    m->term[3][0] |= TERM_NAME;
    assert_int_equal(digest_write(&room, &m->out, &d), 1);
    uint32_t terms = digest_terms(&d), found = 0;
    char *classes = calloc(1, terms);
    for (uint32_t i = 0; i < terms; i++) {
        uint64_t term = digest_term(&d, i);
        assert_true(!i || TERM_KEY(digest_term(&d, i - 1)) < TERM_KEY(term));
        found += TERM_KEY(term) == TERM_KEY(m->term[3][0]) && term & TERM_NAME;
        classes[i / 2] = (char)(classes[i / 2] | (int)(term >> 32 & 7) << i % 2 * 4);
    }
    assert_int_equal(found, 1);
    rarity_scale(&scale, 16 | 12 << 8);
    assert_int_equal(digest_read(&open, &d, &scale, (struct assay_text){classes, terms / 2}, UINT32_MAX), 1);
    for (uint32_t c = 0; c < open.contexts; c++)
        for (uint32_t k = 0; k < open.context[c].terms.count; k++) {
            uint64_t term = *ASSAY_AT(uint64_t, open.context[c].terms, k);
            uint32_t class = TERM_KEY(term) == TERM_KEY(digest_term(&d, terms - 1)) && terms % 2 ? RARITY_ONE : term >> 32 & 7;
            assert_int_equal(WEIGHT_OF(open.context[c].weight[k]), scale.weight[class][term & TERM_CLASS]);
            assert_int_equal((open.context[c].weight[k] & WEIGHT_RARE) != 0, scale.rare[class]);
        }
    free(classes);
    digest_open_free(&open);
    digest_room_free(&room);
    free(m);
}

/* Cut anywhere, it reads as less, and nothing outside of it is touched. */
static void cut_short(void **state)
{
    struct made *m = malloc(sizeof *m);
    struct digest_room room;
    struct digest_open open;
    struct digest d;
    (void)state;
    memset(&room, 0, sizeof room);
    memset(&open, 0, sizeof open);
    make(m);
    assert_int_equal(digest_write(&room, &m->out, &d), 1);
    for (uint64_t size = 0; size < d.sentences.size; size += 7) {
        struct digest less = d;
        char *at = malloc(size + 1);
        memcpy(at, d.sentences.at, size);
        less.sentences = (struct assay_text){at, size};
        less.terms.size = d.terms.size / 2;
        less.figures.size = size < d.figures.size ? size : d.figures.size;
        assert_int_equal(digest_read(&open, &less, NULL, no_classes, UINT32_MAX), 1);
        assert_int_equal(open.contexts, SENTENCES);
        free(at);
    }
    digest_open_free(&open);
    digest_room_free(&room);
    free(m);
}

static int by_key(const void *a, const void *b)
{
    const struct rarity_count *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

static uint32_t class_wanted(uint64_t documents, uint64_t factor, uint64_t corpus)
{
    uint32_t class = 0;
    if (factor == 8 && documents * 2 >= corpus)
        return 8;
    for (uint64_t least = 2; documents >= least && class < (factor == 2 ? 15 : 4); least *= factor)
        class++;
    return class;
}

static uint32_t class_in(uint64_t documents, uint64_t sentences, uint64_t corpus)
{
    struct rarity_maker maker;
    struct rarity_count c = {TERM_KEY(word(1)), 0, (uint32_t)documents};
    uint64_t term = c.key;
    unsigned char class;
    assert_int_equal(rarity_begin(&maker, 1, sentences, corpus), 1);
    rarity_add(&maker, &c);
    rarity_find_all(rarity_of(rarity_end(&maker)), &term, 1, &class);
    rarity_free(&maker);
    return class;
}

/* What stands in half of all documents, in a sixteenth, in a 128th, stays in its class while the corpus grows, and has it alone. */
static void shares(void **state)
{
    struct rarity_scale s;
    (void)state;
    for (uint64_t corpus = 90000; corpus < 170000; corpus += 777) {
        assert_int_equal(class_in(corpus / 2 + 1, 600000, corpus), 8);
        assert_int_equal(class_in(corpus / 2 - 1, 600000, corpus), 7);
        assert_int_equal(class_in(corpus / 16 + 1, 600000, corpus), 7);
        assert_int_equal(class_in(corpus / 16 - 1, 600000, corpus), 4);
        assert_int_equal(class_in(1024, 600000, corpus), 4);
        assert_int_equal(class_in(1023, 600000, corpus), 3);
    }
    assert_int_equal(class_in(1000000 / 128 + 1, 6000000, 1000000), 6);
    assert_int_equal(class_in(1000000 / 128 - 1, 6000000, 1000000), 4);
    assert_int_equal(class_in(4000000 / 1024 + 1, 24000000, 4000000), 5);
    for (uint32_t scale = 13; scale < 32; scale++) {
        memset(&s, 0, sizeof s);
        rarity_scale(&s, scale << 8 | (scale < 29 ? scale + 3 : 31));
        for (uint32_t c = 0; c + 1 < RARITY_CLASSES; c++)
            assert_true(s.weight[c][0] >= s.weight[c + 1][0] && s.common[c] <= s.common[c + 1]);
        assert_true(!s.common[2] && s.common[3]);
        assert_true(s.weight[4][0] > s.weight[8][0]);
    }
}

static void classes_in(uint64_t corpus, uint64_t factor)
{
    enum { COUNT = 5000 };
    struct rarity_count *c = calloc(COUNT, sizeof *c);
    struct rarity_maker maker;
    uint64_t *term = calloc(2 * COUNT, sizeof *term);
    unsigned char *class = malloc(2 * COUNT);
    for (uint32_t i = 0; i < COUNT; i++)
        c[i] = (struct rarity_count){TERM_KEY(word(i)), 0, i % 7 ? 1 + i % 700 : i * i};
    qsort(c, COUNT, sizeof *c, by_key);
    assert_int_equal(rarity_begin(&maker, COUNT, 10 * corpus, corpus), 1);
    for (uint32_t i = 0; i < COUNT; i++)
        rarity_add(&maker, &c[i]);
    struct assay_text blob = rarity_end(&maker);
    assert_null(rarity_of((struct assay_text){blob.at, blob.size - 1}));
    const struct rarity *r = rarity_of(blob);
    assert_non_null(r);
    for (uint32_t i = 0; i < COUNT; i++) {
        term[2 * i] = c[i].key | TERM_NAME;
        term[2 * i + 1] = word(COUNT + i); /* not there */
    }
    rarity_find_all(r, term, 2 * COUNT - 1, class);
    for (uint32_t i = 0; i < 2 * COUNT - 1; i++)
        assert_int_equal(class[i], i % 2 ? RARITY_ONE : class_wanted(c[i / 2].documents, factor, corpus));
    rarity_free(&maker);
    free(class);
    free(term);
    free(c);
}

static void classes(void **state)
{
    (void)state;
    classes_in(10000, 8);
    classes_in(5000, 2);
}

/* Rarer terms weigh more; a corpus a little larger weighs the same; bits come back from weights. */
static void weights(void **state)
{
    struct rarity_scale s;
    struct rarity_maker a, b;
    (void)state;
    memset(&s, 0, sizeof s);
    assert_int_equal(rarity_begin(&a, 0, 100000, 20000), 1);
    assert_int_equal(rarity_begin(&b, 0, 110000, 21000), 1);
    assert_int_equal(rarity_of(rarity_end(&a))->scale, rarity_of(rarity_end(&b))->scale);
    rarity_scale(&s, rarity_of(rarity_end(&a))->scale);
    assert_int_equal(s.scale & 255, 17);
    for (uint32_t c = 0; c + 1 < RARITY_CLASSES; c++)
        for (uint32_t t = 0; t < 8; t++) {
            assert_true(s.weight[c][t] >= s.weight[c + 1][t]);
            assert_true(s.rare[c] >= s.rare[c + 1]);
        }
    assert_true(s.rare[1] && !s.rare[3]);
    assert_int_equal(s.weight[RARITY_ONE][TERM_PLACE], log2_fixed(((2 + 262144ull) << 16) / 2) - 4096);
    assert_in_range(rarity_bits(s.weight[1][TERM_PAIR] | WEIGHT_RARE, TERM_PAIR), s.weight[1][TERM_PLACE] - 1, s.weight[1][TERM_PLACE]);
    rarity_free(&a);
    rarity_free(&b);
}

static void nothing(void **state)
{
    struct rarity_maker maker;
    struct digest none;
    struct digest_open open;
    struct digest_room room;
    struct terms_output out;
    (void)state;
    assert_int_equal(rarity_begin(&maker, 0, 0, 0), 1);
    uint64_t term = word(1);
    unsigned char class = 9;
    rarity_find_all(rarity_of(rarity_end(&maker)), &term, 1, &class);
    assert_int_equal(class, RARITY_ONE);
    class = 9;
    rarity_find_all(NULL, &term, 1, &class);
    assert_int_equal(class, RARITY_ONE);
    rarity_free(&maker);
    memset(&room, 0, sizeof room);
    memset(&open, 0, sizeof open);
    memset(&out, 0, sizeof out);
    assert_int_equal(digest_write(&room, &out, &none), 1);
    assert_int_equal(digest_terms(&none), 0);
    assert_int_equal(digest_read(&open, &none, NULL, no_classes, UINT32_MAX), 1);
    assert_int_equal(open.contexts, 0);
    digest_open_free(&open);
    digest_room_free(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back), cmocka_unit_test(stops_at_most), cmocka_unit_test(outline), cmocka_unit_test(prominence),
        cmocka_unit_test(table),      cmocka_unit_test(cut_short),     cmocka_unit_test(classes),
        cmocka_unit_test(shares),     cmocka_unit_test(weights),       cmocka_unit_test(nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
