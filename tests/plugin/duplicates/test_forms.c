/* SPDX-License-Identifier: Apache-2.0
 *
 * Forms that only many texts together tell from edited copies: reports of made-up towns.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "forms.h"
#include "stage.h"

/* ---- pairs as they come from comparing ---- */

#define LINKS 32u

struct pairs {
    struct dup_link link[LINKS];
    struct dup_slot slot[LINKS * DUP_SLOTS_KEPT];
    struct dup_links all;
};

/* A pair of texts of 80 words that differs at `count` places; place k holds value(text, k) in either. */
static void tie(struct pairs *p, assay_docid a, assay_docid b, const uint32_t *at, uint32_t count,
                uint32_t (*value)(assay_docid, uint32_t))
{
    struct dup_link *l = &p->link[p->all.count];
    uint64_t first = (uint64_t)p->all.count++ * DUP_SLOTS_KEPT;
    *l = (struct dup_link){.a = a, .b = b, .share_a = 950, .share_b = 950, .words_a = 80, .words_b = 80,
                           .slots = count, .slot = first};
    for (uint32_t k = 0; k < count; k++)
        p->slot[first + k] = (struct dup_slot){at[k], at[k], value(a, at[k]), value(b, at[k])};
    p->all.at = p->link;
    p->all.slot = p->slot;
}

/* Each text has its own words there. */
static uint32_t own(assay_docid doc, uint32_t at)
{
    return (uint32_t)(doc * 1000 + at) * 2;
}

/* Figures only. */
static uint32_t figure(assay_docid doc, uint32_t at)
{
    return own(doc, at) | 1;
}

/* Text 1 is the odd one out. */
static uint32_t odd(assay_docid doc, uint32_t at)
{
    return doc == 1 ? 2 : at * 4 + 4;
}

static uint32_t filled(const struct pairs *p)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->all.count; i++)
        n += p->link[i].kind == DUP_LINK_FILLED;
    return n;
}

static const uint32_t slots[] = {3, 20, 41, 66};

static void filled_into_the_same_places(void **state)
{
    struct pairs p = {.all = {.count = 0}};
    (void)state;
    for (assay_docid b = 2; b <= 6; b++)
        tie(&p, 1, b, slots, 4, own);
    tie(&p, 5, 6, slots, 4, own);
    tie(&p, 6, 7, slots + 1, 3, own); /* known by its neighbour */
    assert_true(dup_part_forms(&p.all));
    assert_int_equal(filled(&p), 7);
}

static void edited_in_other_places(void **state)
{
    static const uint32_t at[5][4] = {{3, 20, 41, 66}, {7, 22, 48, 60}, {1, 30, 41, 70}, {5, 20, 44, 77}, {9, 33, 52, 66}};
    struct pairs p = {.all = {.count = 0}};
    (void)state;
    for (uint32_t i = 0; i < 5; i++)
        tie(&p, 1, i + 2, at[i], 4, own);
    assert_true(dup_part_forms(&p.all));
    assert_int_equal(filled(&p), 0);
}

/* What one text has changed stands in the same places beside all others, and they agree. */
static void one_that_was_edited(void **state)
{
    struct pairs p = {.all = {.count = 0}};
    (void)state;
    for (assay_docid b = 2; b <= 6; b++)
        tie(&p, 1, b, slots, 4, odd);
    assert_true(dup_part_forms(&p.all));
    assert_int_equal(filled(&p), 0);
}

/* The same where some of the others were edited there, too. */
static uint32_t mostly_odd(assay_docid doc, uint32_t at)
{
    return doc > 1 && (doc + at) % 6 == 0 ? own(doc, at) : odd(doc, at);
}

static void one_that_was_edited_among_many(void **state)
{
    struct pairs p = {.all = {.count = 0}};
    (void)state;
    for (assay_docid b = 2; b < 2 + LINKS; b++)
        tie(&p, 1, b, slots, 4, mostly_odd);
    assert_true(dup_part_forms(&p.all));
    assert_int_equal(filled(&p), 0);
}

/* A toll that rises in every version is no form. */
static void figures_alone(void **state)
{
    struct pairs p = {.all = {.count = 0}};
    (void)state;
    for (assay_docid b = 2; b <= 6; b++)
        tie(&p, 1, b, slots, 4, figure);
    assert_true(dup_part_forms(&p.all));
    assert_int_equal(filled(&p), 0);
}

/* A tremor: two places, and figures besides. */
static uint32_t mixed(assay_docid doc, uint32_t at)
{
    return at == 20 || at == 41 ? own(doc, at) : figure(doc, at);
}

static void figures_and_words(void **state)
{
    static const uint32_t at[] = {3, 9, 20, 30, 41, 66};
    struct pairs p = {.all = {.count = 0}}, fewer = {.all = {.count = 0}};
    (void)state;
    for (assay_docid b = 2; b <= 6; b++)
        tie(&p, 1, b, at, 6, mixed);
    assert_true(dup_part_forms(&p.all));
    assert_int_equal(filled(&p), 5);
    for (assay_docid b = 2; b <= 6; b++)
        tie(&fewer, 1, b, at + 1, 4, mixed);
    assert_true(dup_part_forms(&fewer.all));
    assert_int_equal(filled(&fewer), 0);
}

/* A printing of a report of which two of four slots were put right, and one with other edits. */
static void copies_of_a_report(void **state)
{
    static const uint32_t elsewhere[] = {10, 30, 50};
    struct pairs p = {.all = {.count = 0}};
    (void)state;
    for (assay_docid b = 2; b <= 9; b++)
        tie(&p, 1, b, slots, 4, own);
    tie(&p, 1, 10, slots, 1, own);
    tie(&p, 1, 11, elsewhere, 3, own);
    assert_true(dup_part_forms(&p.all));
    assert_int_equal(filled(&p), 8);
    assert_int_equal(p.link[8].kind, DUP_LINK_COPY);
    assert_int_equal(p.link[9].kind, DUP_LINK_COPY);
}

static void doubt_and_order(void **state)
{
    struct pairs p = {.all = {.count = 0}};
    uint32_t copies, versions;
    (void)state;
    tie(&p, 1, 2, slots, 4, own);
    tie(&p, 1, 3, slots, 4, own);
    tie(&p, 1, 4, slots, 2, own);
    tie(&p, 1, 5, slots, 4, figure);
    p.link[1].kind = DUP_LINK_VERSION;
    dup_doubt_forms(&p.all);
    assert_int_equal(p.link[0].kind, DUP_LINK_DOUBTFUL);
    p.link[3].kind = DUP_LINK_FORM;
    dup_order_links(&p.all, &copies, &versions);
    assert_int_equal(copies, 1);
    assert_int_equal(versions, 3);
    assert_int_equal(p.link[0].b, 4);
    assert_int_equal(p.link[1].b + p.link[2].b, 2 + 3);
    assert_int_equal(p.link[3].b, 5);
}

/* ---- texts ---- */

static const char *const town[] = {"Varnok", "Selbury", "Ostrim", "Dalnewick", "Perholm", "Quenby", "Tarrow", "Ilvester"};
static const char *const lane[] = {"Kiln", "Abbot", "Heron", "Saddler", "Willow", "Tannery", "Quarry", "Bishop"};
static const char *const thing[] = {"lawnmower", "trailer", "moped", "ladder", "generator", "canoe", "chainsaw", "piano"};

struct text {
    char at[8192];
    size_t size;
};

static void write_report(struct text *t, uint32_t i, uint32_t j, const char *adverb)
{
    char *text = t->at + t->size;
    size_t room = sizeof t->at - t->size;
    int n = snprintf(text, room,
                     "Officers in %s are looking for witnesses after a %s was taken from a shed behind a house in %s Lane "
                     "during the night. The owner had locked the door %sbefore leaving for %s and found it forced "
                     "open on returning in the morning. Neighbours heard a van stop outside but thought nothing of it. "
                     "Anybody who saw the vehicle or has been offered such goods for little money is asked to call the "
                     "station in %s, where calls are taken around the clock.\n\n",
                     town[i], thing[j], lane[(i + j) % 8], adverb, town[(i + 3) % 8], town[(i + 5) % 8]);
    assert_true(n > 0 && (size_t)n < room);
    t->size += (size_t)n;
}

static void report(struct stage *s, const char *id, uint32_t i, uint32_t j, const char *adverb)
{
    struct text t = {.size = 0};
    write_report(&t, i, j, adverb);
    stage_add(s, id, id, "2026-03-02", t.at, t.size);
}

static void reports_of_one_form(void **state)
{
    struct stage s = {0};
    (void)state;
    char id[16];
    for (uint32_t i = 0; i < 8; i++) {
        snprintf(id, sizeof id, "report%u", i);
        report(&s, id, i, (i * 3 + 1) % 8, "");
    }
    report(&s, "again", 4, 5, "carefully ");
    stage_run(&s, NULL);
    const struct assay_cluster *k = (const struct assay_cluster *)(const void *)s.corpus[DUP_OUT_CLUSTER].at;
    assert_int_equal(s.corpus[DUP_OUT_CLUSTER].count, 1);
    assert_int_equal(k->docs.count, 2);
    const struct assay_copy *c = (const struct assay_copy *)(const void *)s.corpus[DUP_OUT_COPY].at;
    uint32_t forms = 0, edited = 0;
    for (uint64_t i = 0; i < s.corpus[DUP_OUT_COPY].count; i++) {
        forms += c[i].relation == ASSAY_COPY_SAME_FORM;
        edited += c[i].relation == ASSAY_COPY_EDITED;
    }
    assert_int_equal(edited, 1);
    assert_true(forms >= 4);
    stage_free(&s);
}

static uint32_t told(const struct stage *s, uint32_t relation)
{
    const struct assay_copy *c = (const struct assay_copy *)(const void *)s->corpus[DUP_OUT_COPY].at;
    uint32_t n = 0;
    for (uint64_t i = 0; i < s->corpus[DUP_OUT_COPY].count; i++)
        n += c[i].relation == relation || (relation == ASSAY_COPY_EXCERPT && c[i].relation == ASSAY_COPY_CONTAINS);
    return n;
}

/* So many words that stand nowhere else. */
static void write_own(struct text *t, uint32_t seed, uint32_t words)
{
    for (uint32_t i = 0; i < words; i++) {
        t->size += (size_t)snprintf(t->at + t->size, sizeof t->at - t->size, "w%ux%u ", seed, i * 7919 % 100003);
        assert_true(t->size < sizeof t->at);
    }
}

/* Eight printings by one site, each with four words exchanged in places of its own: like forms, pair by pair, and
 * meanwhile what they have in common must not be taken for the site's furniture. */
static void one_story_gone_over(void **state)
{
    struct stage s = {0};
    (void)state;
    for (uint32_t i = 0; i < 8; i++) {
        struct text t = {.size = 0};
        char id[16];
        for (uint32_t w = 0; w < 90; w++)
            write_own(&t, (w + 69 - 3 * i) % 23 == 0 ? 1000 + i * 90 + w : 10 + w, 1);
        snprintf(id, sizeof id, "printing%u", i);
        stage_add(&s, id, "one.example", "2026-03-02", t.at, t.size);
    }
    stage_run(&s, NULL);
    const struct assay_cluster *k = (const struct assay_cluster *)(const void *)s.corpus[DUP_OUT_CLUSTER].at;
    assert_int_equal(s.corpus[DUP_OUT_CLUSTER].count, 1);
    assert_int_equal(k->docs.count, 8);
    stage_free(&s);
}

/* The words before the first three that are equal, and behind the last, belong to the form. */
static void tremors(void **state)
{
    static const char *const side[] = {"north", "east", "south", "west"};
    struct stage s = {0};
    (void)state;
    for (uint32_t i = 0; i < 7; i++) {
        char id[16], text[1024];
        int n = snprintf(text, sizeof text,
                         "Tremor %u.%u near %s, %u miles %s of %s, at %u.%02u in the morning. The observatory in the "
                         "capital puts its origin some miles below the surface. People left their houses in %s, where "
                         "shelves fell in shops and a school was closed for the day. Nobody was hurt, the prefect "
                         "said, and engineers will look at the bridges and the dam above the valley. Such tremors are "
                         "frequent along the fault, and the strongest of them destroyed the old harbour. Advice on what to keep at "
                         "hand for such days has been sent to every household.",
                         2 + i % 4, i, town[i], 11 + i * 3, side[i % 4], town[(i + 2) % 8], 1 + i, 7 * i,
                         town[(i + 5) % 8]);
        snprintf(id, sizeof id, "tremor%u", i);
        stage_add(&s, id, id, "2026-03-02", text, (size_t)n);
    }
    stage_run(&s, NULL);
    assert_int_equal(s.corpus[DUP_OUT_CLUSTER].count, 0);
    stage_free(&s);
}

/* What a page prints twice is told at one of the places, not from the first to the last. */
static void a_page_that_prints_it_twice(void **state)
{
    struct stage s = {0};
    struct text page = {.size = 0}, story = {.size = 0};
    (void)state;
    write_own(&story, 1, 90);
    write_own(&page, 1, 90);
    write_own(&page, 2, 120);
    write_own(&page, 1, 90);
    stage_add(&s, "page", "page", "2026-03-03", page.at, page.size);
    stage_add(&s, "story", "story", "2026-03-02", story.at, story.size);
    stage_run(&s, NULL);
    const struct assay_copy *c = (const struct assay_copy *)(const void *)s.corpus[DUP_OUT_COPY].at;
    uint32_t holds = 0;
    for (uint64_t i = 0; i < s.corpus[DUP_OUT_COPY].count; i++) {
        if (c[i].relation != ASSAY_COPY_CONTAINS)
            continue;
        holds++;
        assert_int_equal(c[i].b.span.end - c[i].b.span.begin, story.size - 1);
        assert_true(c[i].a.span.end - c[i].a.span.begin < story.size);
    }
    assert_int_equal(holds, 1);
    stage_free(&s);
}

/* A page that prints five of them holds each, and each form of it five times: it ties them no more than any round-up,
 * and each is told where it stands. */
static void a_round_up_of_one_form(void **state)
{
    struct stage s = {0};
    struct text all = {.size = 0};
    size_t from[6] = {0};
    char id[16];
    (void)state;
    for (uint32_t i = 0; i < 5; i++) {
        snprintf(id, sizeof id, "report%u", i);
        report(&s, id, i, (i * 3 + 1) % 8, "");
        write_report(&all, i, (i * 3 + 1) % 8, "");
        from[i + 1] = all.size;
    }
    stage_add(&s, "page", "page", "2026-03-03", all.at, all.size);
    stage_run(&s, NULL);
    assert_int_equal(s.corpus[DUP_OUT_CLUSTER].count, 0);
    assert_int_equal(told(&s, ASSAY_COPY_EXCERPT), 5);
    const struct assay_copy *c = (const struct assay_copy *)(const void *)s.corpus[DUP_OUT_COPY].at;
    for (uint64_t i = 0; i < s.corpus[DUP_OUT_COPY].count; i++) {
        if (c[i].relation != ASSAY_COPY_CONTAINS) /* page stands before report */
            continue;
        assert_true(c[i].a.span.end - c[i].a.span.begin < from[1] + 60);
    }
    stage_free(&s);
}

/* A report with paragraphs of its own holds the form of the others, and no text of them. */
static void a_longer_report(void **state)
{
    struct stage s = {0};
    struct text longer = {.size = 0};
    char id[16];
    (void)state;
    for (uint32_t i = 0; i < 5; i++) {
        snprintf(id, sizeof id, "report%u", i);
        report(&s, id, i, (i * 3 + 1) % 8, "");
    }
    write_report(&longer, 6, 7, "");
    write_own(&longer, 1, 160);
    stage_add(&s, "longer", "longer", "2026-03-03", longer.at, longer.size);
    stage_run(&s, NULL);
    assert_int_equal(s.corpus[DUP_OUT_CLUSTER].count, 0);
    assert_int_equal(told(&s, ASSAY_COPY_EXCERPT), 0);
    assert_true(told(&s, ASSAY_COPY_SAME_FORM) >= 3);
    stage_free(&s);
}

static const struct assay_copy *only_copy(const struct stage *s)
{
    assert_int_equal(s->corpus[DUP_OUT_COPY].count, 1);
    return (const struct assay_copy *)(const void *)s->corpus[DUP_OUT_COPY].at;
}

static void toll(struct stage *s, const char *id, uint32_t dead, uint32_t hurt, uint32_t families, const char *early)
{
    char text[1024];
    int n = snprintf(text, sizeof text,
                     "A ferry carrying seasonal workers home capsized in the strait on Sunday night and %u people were "
                     "killed. Fishing boats that had been anchored in the bay reached the wreck first and pulled "
                     "survivors %sfrom the water until dawn. %u passengers were taken to hospitals on both shores, the "
                     "coast guard said, and the owner of the vessel could not be reached. Investigators want to know "
                     "why it left the harbour although a storm warning was in force. %u families were given shelter in "
                     "a school beside the market.",
                     dead, early, hurt, families);
    stage_add(s, id, id, "2026-03-02", text, (size_t)n);
}

/* All figures of a story are others, but they stand far apart, and no word is. */
static void a_story_with_another_toll(void **state)
{
    struct stage s = {0};
    (void)state;
    toll(&s, "first", 11, 42, 30, "");
    toll(&s, "later", 15, 57, 38, "");
    stage_run(&s, NULL);
    assert_int_equal(only_copy(&s)->relation, ASSAY_COPY_EDITED);
    assert_int_equal(only_copy(&s)->figures_differ.count, 3);
    stage_free(&s);
}

/* The same with as many figures in a third of the words: a report of the day's weather. */
static void dense_figures(void **state)
{
    static const char form[] = "Highs near %u degrees and lows of %u are expected across the lowlands today, with winds of "
                               "%u miles an hour and a humidity of %u per cent by the evening.";
    struct stage s = {0};
    char text[512];
    (void)state;
    int n = snprintf(text, sizeof text, form, 71u, 48u, 9u, 62u);
    stage_add(&s, "one", "one", "2026-03-02", text, (size_t)n);
    n = snprintf(text, sizeof text, form, 64u, 51u, 14u, 77u);
    stage_add(&s, "two", "two", "2026-03-03", text, (size_t)n);
    stage_run(&s, NULL);
    assert_int_equal(only_copy(&s)->relation, ASSAY_COPY_SAME_FORM);
    stage_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filled_into_the_same_places),
        cmocka_unit_test(edited_in_other_places),
        cmocka_unit_test(one_that_was_edited),
        cmocka_unit_test(one_that_was_edited_among_many),
        cmocka_unit_test(figures_alone),
        cmocka_unit_test(figures_and_words),
        cmocka_unit_test(copies_of_a_report),
        cmocka_unit_test(doubt_and_order),
        cmocka_unit_test(reports_of_one_form),
        cmocka_unit_test(tremors),
        cmocka_unit_test(one_story_gone_over),
        cmocka_unit_test(a_page_that_prints_it_twice),
        cmocka_unit_test(a_round_up_of_one_form),
        cmocka_unit_test(a_longer_report),
        cmocka_unit_test(a_story_with_another_toll),
        cmocka_unit_test(dense_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
