/* SPDX-License-Identifier: Apache-2.0
 *
 * All five rounds over small corpora of made-up words, in a host of the test's own.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "stage.h"

/* ---- texts ---- */

struct story {
    char at[8192];
    size_t size;
};

static uint32_t roll(uint32_t *seed)
{
    uint32_t x = *seed += 0x9e3779b9u;
    x = (x ^ x >> 16) * 0x85ebca6bu;
    x = (x ^ x >> 13) * 0xc2b2ae35u;
    return x ^ x >> 16;
}

static void add(struct story *s, const char *text)
{
    size_t n = strlen(text);
    assert_true(s->size + n < sizeof s->at);
    memcpy(s->at + s->size, text, n + 1);
    s->size += n;
}

static void add_word(struct story *s, uint32_t number)
{
    static const char *const part[] = {"ka", "ro", "mi", "te", "sul", "ban", "or", "vi", "lan", "dre", "pos", "gi", "hem", "fur", "ny", "zo"};
    char word[32];
    snprintf(word, sizeof word, "%s%s%s ", part[number & 15], part[number >> 4 & 15], part[number >> 8 & 15]);
    add(s, word);
}

/* `words` words that depend on the seed alone; every ninth is a figure. */
static struct story tale(uint32_t seed, uint32_t words)
{
    struct story s = {.size = 0};
    char figure[16];
    seed *= 2654435761u;
    for (uint32_t i = 0; i < words; i++) {
        if (i % 9 == 8) {
            snprintf(figure, sizeof figure, "%u ", roll(&seed) % 9000);
            add(&s, figure);
        } else {
            add_word(&s, roll(&seed));
        }
    }
    return s;
}

/* Every `each`th word replaced. */
static struct story edit(const struct story *from, uint32_t each, uint32_t seed)
{
    struct story s = {.size = 0};
    uint32_t n = 0;
    for (const char *p = from->at; *p; n++) {
        size_t length = strcspn(p, " ") + 1;
        if (n % each == each - 1 && (*p < '0' || *p > '9')) {
            add_word(&s, roll(&seed));
        } else {
            char word[64] = "";
            memcpy(word, p, length);
            add(&s, word);
        }
        p += length;
    }
    return s;
}

static struct story join(const char *before, const struct story *a, const char *after)
{
    struct story s = {.size = 0};
    add(&s, before);
    add(&s, a->at);
    add(&s, after);
    return s;
}

static void put(struct stage *s, const char *id, const char *source, const char *published, const struct story *t)
{
    stage_add(s, id, source, published, t->at, t->size);
}

/* ---- results ---- */

static struct assay_text id_of(struct stage *s, assay_docid doc)
{
    return stage_find(s, doc)->facts.doc;
}

static const struct assay_copy *copies(const struct stage *s, uint64_t *n)
{
    *n = s->corpus[DUP_OUT_COPY].count;
    return (const struct assay_copy *)(const void *)s->corpus[DUP_OUT_COPY].at;
}

static const struct assay_cluster *clusters(const struct stage *s, uint64_t *n)
{
    *n = s->corpus[DUP_OUT_CLUSTER].count;
    return (const struct assay_cluster *)(const void *)s->corpus[DUP_OUT_CLUSTER].at;
}

static int is(struct stage *s, assay_docid doc, const char *id)
{
    return doc && !strcmp(id_of(s, doc).at, id);
}

/* The one copy record of a pair; NULL: none. */
static const struct assay_copy *between(struct stage *s, const char *a, const char *b)
{
    uint64_t n;
    const struct assay_copy *c = copies(s, &n), *found = NULL;
    for (uint64_t i = 0; i < n; i++) {
        if (!is(s, c[i].a.doc, a) || !is(s, c[i].b.doc, b))
            continue;
        assert_null(found);
        found = &c[i];
    }
    return found;
}

static const struct assay_origin *origins(struct stage *s, const char *id, uint32_t *n)
{
    struct assay_doc *d = stage_find(s, XXH3_64bits(id, strlen(id)));
    *n = d->layer[DUP_OUT_ORIGIN].count;
    return d->layer[DUP_OUT_ORIGIN].at;
}

/* ---- tests ---- */

static void relations(void **state)
{
    struct stage s = {0};
    uint64_t n;
    (void)state;
    struct story a = tale(1, 120), b = edit(&a, 10, 5), c = tale(2, 130), loud = a, cut = a, half = tale(9, 40);
    for (size_t i = 0; i < loud.size; i++)
        if (loud.at[i] >= 'a' && loud.at[i] <= 'z')
            loud.at[i] = (char)(loud.at[i] - 32);
    cut.at[a.size / 2] = 0;
    cut.size = strlen(cut.at);
    struct story lifted = join(tale(3, 50).at, &half, tale(4, 60).at), owner = join(half.at, &c, "");
    put(&s, "1", "north", "2024-03-02", &a);
    put(&s, "2", "south", "2024-03-01", &a);
    put(&s, "3", "east", "2024-03-03", &loud);
    put(&s, "4", "west", "2024-03-04", &b);
    put(&s, "5", "west", "2024-03-05", &cut);
    put(&s, "6", "north", "2024-01-01", &owner);
    put(&s, "7", "south", "2024-02-01", &lifted);
    struct story alone = tale(77, 90);
    put(&s, "8", "south", NULL, &alone);
    stage_run(&s, NULL);

    const struct assay_cluster *k = clusters(&s, &n);
    assert_int_equal(n, 1);
    assert_int_equal(k->docs.count, 5);
    assert_true(is(&s, k->first, "2"));
    assert_true(is(&s, *ASSAY_AT(assay_docid, k->docs, 0), "2"));
    assert_int_equal(between(&s, "1", "2")->relation, ASSAY_COPY_IDENTICAL);
    assert_int_equal(between(&s, "2", "3")->relation, ASSAY_COPY_REFORMATTED);
    assert_int_equal(between(&s, "2", "4")->relation, ASSAY_COPY_EDITED);
    assert_int_equal(between(&s, "2", "5")->relation, ASSAY_COPY_CONTAINS); /* 2 holds 5 */
    assert_true(is(&s, between(&s, "2", "4")->first, "2"));
    assert_memory_equal(between(&s, "2", "4")->cluster.at, k->id.at, k->id.size);
    assert_null(between(&s, "1", "3")); /* only with the first */

    const struct assay_copy *passage = between(&s, "6", "7");
    assert_non_null(passage);
    assert_int_equal(passage->relation, ASSAY_COPY_SHARES_PASSAGE);
    assert_true(is(&s, passage->first, "6"));
    assert_null(passage->cluster.at);
    assert_int_equal(passage->a.span.begin, 0);
    assert_true(passage->a.span.end + 1 >= half.size && passage->a.span.end <= half.size + 16);
    copies(&s, &n);
    assert_int_equal(n, 5);

    uint32_t count;
    const struct assay_origin *o = origins(&s, "7", &count);
    assert_int_equal(count, 1);
    assert_true(is(&s, o->from.doc, "6"));
    assert_int_equal(o->span.begin, passage->b.span.begin);
    assert_int_equal(o->from.span.begin, 0);
    origins(&s, "6", &count);
    assert_int_equal(count, 0);
    uint64_t group = origins(&s, "3", &count)->group;
    assert_int_equal(count, 1);
    assert_true(group == origins(&s, "1", &count)->group);
    origins(&s, "2", &count);
    assert_int_equal(count, 0);
    stage_free(&s);
}

static void a_changed_figure(void **state)
{
    struct stage s = {0};
    (void)state;
    struct story a = join("The dyke at Holm cost 4,210.5 crowns ", &(struct story){.at = ""}, tale(11, 80).at), b = a;
    memcpy(strstr(b.at, "4,210.5"), "4,270.5", 7);
    put(&s, "a", NULL, NULL, &a);
    put(&s, "b", NULL, NULL, &b);
    stage_run(&s, NULL);
    const struct assay_copy *c = between(&s, "a", "b");
    assert_non_null(c);
    assert_int_equal(c->relation, ASSAY_COPY_EDITED);
    assert_int_equal(c->first, 0); /* no dates: not known */
    assert_int_equal(c->figures_differ.count, 1);
    const struct assay_differ *d = ASSAY_AT(struct assay_differ, c->figures_differ, 0);
    assert_memory_equal(a.at + d->a.begin, "4,210.5", d->a.end - d->a.begin);
    assert_memory_equal(b.at + d->b.begin, "4,270.5", d->b.end - d->b.begin);
    stage_free(&s);
}

static void equal_dates_say_nothing(void **state)
{
    struct stage s = {0};
    uint64_t n;
    (void)state;
    struct story a = tale(21, 60);
    put(&s, "a", NULL, "2024-05-01", &a);
    put(&s, "b", NULL, "2024-05-01T10:00:00Z", &a);
    put(&s, "c", NULL, "2024-05-02", &a);
    stage_run(&s, NULL);
    assert_int_equal(clusters(&s, &n)->first, 0);
    assert_int_equal(n, 1);
    stage_free(&s);
}

static void the_same_form(void **state)
{
    struct stage s = {0};
    uint64_t n;
    (void)state;
    for (uint32_t i = 0; i < 3; i++) {
        char id[8];
        struct story t = tale(31, 90);
        uint32_t seed = 500 + i;
        for (char *p = t.at; *p; p++)
            if (*p >= '0' && *p <= '9')
                *p = (char)('1' + roll(&seed) % 9);
        snprintf(id, sizeof id, "form%u", i);
        put(&s, id, NULL, NULL, &t);
    }
    stage_run(&s, NULL);
    clusters(&s, &n);
    assert_int_equal(n, 0);
    const struct assay_copy *c = copies(&s, &n);
    assert_true(n == 2 || n == 3);
    for (uint64_t i = 0; i < n; i++)
        assert_int_equal(c[i].relation, ASSAY_COPY_SAME_FORM);
    stage_free(&s);
}

static void furniture_of_a_site(void **state)
{
    struct stage s = {0};
    uint64_t n;
    char id[8];
    (void)state;
    struct story foot = tale(41, 60), story = tale(42, 45), page;
    for (uint32_t i = 0; i < 6; i++) { /* stories of its own under the same foot */
        struct story own = tale(100 + i, 45);
        snprintf(id, sizeof id, "own%u", i);
        page = join("", &own, foot.at);
        put(&s, id, "site", NULL, &page);
    }
    page = join("", &story, foot.at);
    put(&s, "wire", "agency", "2024-01-01", &story);
    put(&s, "here", "site", "2024-01-02", &page);
    stage_run(&s, NULL);
    const struct assay_copy *c = copies(&s, &n);
    assert_int_equal(n, 2);
    const struct assay_copy *told = c[0].relation == ASSAY_COPY_BOILERPLATE ? &c[0] : &c[1]; /* the foot, of one pair */
    assert_int_equal(told->relation, ASSAY_COPY_BOILERPLATE);
    assert_true(told->a.span.end - told->a.span.begin > foot.size * 8 / 10 && told->a.span.end - told->a.span.begin <= foot.size);
    assert_int_equal(told->first, 0);
    c = told == &c[0] ? &c[1] : &c[0];
    assert_int_equal(c->relation, ASSAY_COPY_EDITED); /* without the foot each holds the other */
    assert_true(is(&s, c->first, "wire"));
    stage_free(&s);
}

/* A site prints a story again and again, with more of it each time: what the versions have in common is not its furniture, but its
 * foot is. */
static void a_story_carried_on(void **state)
{
    struct stage s = {0};
    uint64_t n;
    char id[8];
    (void)state;
    struct story foot = tale(61, 40), told = {.size = 0}, page;
    for (uint32_t i = 0; i < 9; i++) {
        struct story more = tale(70 + i, 45);
        told = join(more.at, &told, "");
        page = join("", &told, foot.at);
        snprintf(id, sizeof id, "live%u", i);
        put(&s, id, "site", NULL, &page);
        more = tale(80 + i, 60);
        page = join("", &more, foot.at);
        snprintf(id, sizeof id, "own%u", i);
        put(&s, id, "site", NULL, &page);
    }
    stage_run(&s, NULL);
    const struct assay_cluster *cluster = clusters(&s, &n);
    assert_int_equal(n, 1);
    assert_int_equal(cluster->docs.count, 9);
    const struct assay_copy *c = copies(&s, &n);
    for (uint64_t i = 0; i < n; i++)
        if (c[i].cluster.at == NULL)
            assert_int_equal(c[i].relation, ASSAY_COPY_BOILERPLATE);
    stage_free(&s);
}

static void a_text_that_repeats_itself(void **state)
{
    struct stage s = {0};
    uint64_t n;
    uint32_t count;
    (void)state;
    struct story a = tale(51, 70), twice = join(a.at, &(struct story){.at = "other words stand here between "}, a.at);
    put(&s, "a", NULL, NULL, &twice);
    stage_run(&s, NULL);
    const struct assay_copy *c = copies(&s, &n);
    assert_int_equal(n, 1);
    assert_int_equal(c->relation, ASSAY_COPY_REPEATS_ITSELF);
    assert_int_equal(c->a.span.begin, 0);
    assert_true(c->b.span.begin > a.size);
    assert_int_equal(origins(&s, "a", &count)->span.begin, c->b.span.begin);
    stage_free(&s);
}

/* Of a run that stands there again and again a sketch has two places, in texts with few runs and with many. */
static void a_run_is_kept_twice(void **state)
{
    static const uint32_t verses[] = {1, 2, 3, 5, 14};
    (void)state;
    for (uint32_t v = 0; v < sizeof verses / sizeof *verses; v++) {
        struct stage s = {0};
        struct story verse = tale(57, 60), song = tale(58, 40);
        struct dup_picks room = {0};
        struct dup_sketch sketch;
        uint32_t most = 0, twice = 0;
        for (uint32_t i = 0; i < verses[v]; i++)
            song = join(song.at, &verse, "");
        put(&s, "a", NULL, NULL, &song);
        stage_run(&s, NULL);
        assert_int_equal(dup_unpack(&room, s.doc[0].layer[DUP_SKETCH].at, &sketch), ASSAY_OK);
        for (uint32_t i = 0; i < sketch.pick.count; i++) {
            uint32_t same = 0;
            for (uint32_t k = 0; k < sketch.pick.count; k++)
                same += room.at[k] == room.at[i];
            most = same > most ? same : most;
            twice += same == 2;
        }
        assert_int_equal(most, verses[v] > 1 ? 2 : 1);
        assert_true(verses[v] > 1 ? twice > 30 : twice == 0);
        free(room.at);
        stage_free(&s);
    }
}

/* Of each place but the first it is told once that it stands at the first one. */
static void a_refrain(void **state)
{
    struct stage s = {0};
    struct story refrain = tale(52, 40), song = {.size = 0};
    uint64_t n;
    (void)state;
    for (uint32_t i = 0; i < 4; i++)
        song = join(song.at, &(struct story){.at = ""}, join(refrain.at, &(struct story){.at = ""}, tale(53 + i, 20).at).at);
    put(&s, "a", NULL, NULL, &song);
    stage_run(&s, NULL);
    const struct assay_copy *c = copies(&s, &n);
    assert_int_equal(n, 3);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(c[i].relation, ASSAY_COPY_REPEATS_ITSELF);
        assert_int_equal(c[i].a.span.begin, 0);
        assert_true(i == 0 || c[i].b.span.begin > c[i - 1].b.span.begin);
    }
    stage_free(&s);
}

/* More pieces than are told one by one: all of them have an origin. */
static void a_copy_in_very_many_pieces(void **state)
{
    enum { PIECES = DUP_BLOCKS_TOLD + 40 };
    struct stage s = {0};
    char *whole = calloc(PIECES, 1024), *filled = calloc(PIECES, 2048);
    (void)state;
    assert_non_null(whole);
    assert_non_null(filled);
    size_t w = 0, f = 0;
    for (uint32_t i = 0; i < PIECES; i++) {
        struct story piece = tale(900 + i, 24), other = tale(9000 + i, 23);
        memcpy(whole + w, piece.at, piece.size);
        w += piece.size;
        memcpy(filled + f, piece.at, piece.size);
        memcpy(filled + f + piece.size, other.at, other.size);
        f += piece.size + other.size;
    }
    stage_add(&s, "a", NULL, "2024-01-01", whole, w);
    stage_add(&s, "b", NULL, "2024-01-02", filled, f);
    stage_run(&s, NULL);
    uint32_t count, end = 0;
    const struct assay_origin *o = origins(&s, "b", &count);
    assert_int_equal(count, DUP_BLOCKS_TOLD);
    for (uint32_t i = 0; i < count; i++)
        end = o[i].span.end > end ? o[i].span.end : end;
    assert_true(end > f - 1024);
    free(whole);
    free(filled);
    stage_free(&s);
}

static void short_texts(void **state)
{
    struct stage s = {0};
    uint64_t n;
    (void)state;
    struct story a = tale(61, 6), b = tale(62, 6), none = {.size = 0};
    put(&s, "a", NULL, NULL, &a);
    put(&s, "b", NULL, NULL, &a);
    put(&s, "c", NULL, NULL, &b);
    put(&s, "d", NULL, NULL, &none);
    stage_run(&s, NULL);
    assert_int_equal(between(&s, "a", "b")->relation, ASSAY_COPY_IDENTICAL);
    copies(&s, &n);
    assert_int_equal(n, 1);
    assert_int_equal(s.notes, 1); /* said, not dropped */
    stage_free(&s);
}

/* Thirty sites print one wire story, each between its own paragraphs: more than are all paired with each other. */
static void a_wire_story_on_many_sites(void **state)
{
    struct stage s = {0};
    uint64_t n;
    char id[16], source[16];
    (void)state;
    struct story wire = tale(71, 100);
    for (uint32_t i = 0; i < 60; i++) {
        struct story page = join(tale(1000 + i, 12).at, &wire, tale(2000 + i, 12).at);
        snprintf(id, sizeof id, "p%02u", i);
        snprintf(source, sizeof source, "site%u", i);
        put(&s, id, source, NULL, &page);
    }
    stage_run(&s, NULL);
    const struct assay_cluster *k = clusters(&s, &n);
    assert_int_equal(n, 1);
    assert_int_equal(k->docs.count, 60);
    copies(&s, &n);
    assert_int_equal(n, 59);
    stage_free(&s);
}

static void fill(struct stage *s)
{
    char id[16], source[16];
    for (uint32_t i = 0; i < 240; i++) {
        struct story t = tale(i % 60, 60 + i % 7 * 10);
        if (i % 4 == 1)
            t = edit(&t, 4 + i % 9, i);
        if (i % 5 == 2)
            t = join(tale(9, 30).at, &t, tale(i / 10, 40).at);
        snprintf(id, sizeof id, "d%u", i * 7919 % 1000);
        snprintf(source, sizeof source, "s%u", i % 11);
        put(s, id, i % 3 ? source : NULL, i % 2 ? "2024-01-05" : NULL, &t);
    }
}

static uint64_t print_of(const struct stage *s)
{
    uint64_t n, h = 0;
    const struct assay_copy *c = copies(s, &n);
    assert_true(n > 50);
    for (uint64_t i = 0; i < n; i++) {
        uint64_t row[] = {h, c[i].relation, c[i].a.doc, c[i].a.span.begin, c[i].a.span.end, c[i].b.doc, c[i].b.span.begin,
                          c[i].b.span.end, c[i].first, c[i].figures_differ.count, c[i].cluster.at ? XXH3_64bits(c[i].cluster.at, c[i].cluster.size) : 0};
        h = XXH3_64bits(row, sizeof row) ^ (uint64_t)(c[i].covered_a * 1e6);
    }
    const struct assay_cluster *k = clusters(s, &n);
    for (uint64_t i = 0; i < n; i++)
        h = XXH3_64bits_withSeed(k[i].docs.at, (size_t)k[i].docs.count * 8, h);
    return h;
}

static void order_and_partitions_do_not_matter(void **state)
{
    struct stage one = {0}, other = {.parts = 7, .backward = 1};
    (void)state;
    fill(&one);
    fill(&other);
    stage_run(&one, NULL);
    stage_run(&other, NULL);
    assert_true(print_of(&one) == print_of(&other));
    stage_free(&one);
    stage_free(&other);
}

/* The other stage, where the index goes another way, finds the same. */
static void same_as_usual(struct stage *other)
{
    struct stage one = {0};
    fill(&one);
    fill(other);
    stage_run(&one, NULL);
    stage_run(other, NULL);
    assert_true(one.corpus[DUP_OUT_COPY].count > 0 && print_of(&one) == print_of(other));
    assert_int_equal(one.corpus[DUP_FREQUENT].count, other->corpus[DUP_FREQUENT].count);
    stage_free(&one);
    stage_free(other);
}

/* An index that cannot count all pairs at once goes over its runs again, some pairs at a time. */
static void few_pairs_at_a_time(void **state)
{
    struct stage other = {.pairs_at_once = 200};
    (void)state;
    same_as_usual(&other);
}

/* An index of many texts packs them. */
static void an_index_that_packs_its_texts(void **state)
{
    struct stage other = {.packed = 1};
    (void)state;
    same_as_usual(&other);
}

/* A figure of four that differs is an edit, two are, and where all differ only the form is the same. */
static void two_changed_figures(void **state)
{
    struct stage s = {0};
    (void)state;
    struct story a = join("In 1987 it cost 4210 crowns for 31 days and 1200 people ", &(struct story){.at = ""}, tale(11, 8).at), b, c;
    struct story more = tale(12, 8), most = tale(13, 8), rest = tale(14, 8);
    a = join(a.at, &more, join(most.at, &rest, "").at);
    b = c = a;
    memcpy(strstr(b.at, "4210"), "4270", 4);
    memcpy(strstr(b.at, "1200"), "1900", 4);
    memcpy(strstr(c.at, "4210"), "5533", 4);
    memcpy(strstr(c.at, "1200"), "7788", 4);
    memcpy(strstr(c.at, "1987"), "2014", 4);
    memcpy(strstr(c.at, "31"), "66", 2);
    put(&s, "a", NULL, NULL, &a);
    put(&s, "b", NULL, NULL, &b);
    put(&s, "c", NULL, NULL, &c);
    stage_run(&s, NULL);
    const struct assay_copy *edited = between(&s, "a", "b");
    assert_non_null(edited);
    assert_int_equal(edited->relation, ASSAY_COPY_EDITED);
    assert_int_equal(edited->figures_differ.count, 2);
    const struct assay_copy *form = between(&s, "a", "c");
    assert_true(!form || form->relation == ASSAY_COPY_SAME_FORM);
    stage_free(&s);
}

/* A text that has little in common with the first of its cluster is told beside the one that ties it. */
static void a_member_tied_by_another(void **state)
{
    struct stage s = {0};
    uint64_t n;
    (void)state;
    struct story head = tale(91, 70), middle = tale(92, 60), tail = tale(93, 70);
    struct story first = join(head.at, &middle, ""), last = join(middle.at, &tail, ""), whole = join(head.at, &middle, tail.at);
    put(&s, "first", NULL, "2024-01-01", &first);
    put(&s, "whole", NULL, "2024-01-02", &whole);
    put(&s, "zlast", NULL, "2024-01-03", &last);
    stage_run(&s, NULL);
    const struct assay_cluster *k = clusters(&s, &n);
    assert_int_equal(n, 1);
    assert_int_equal(k->docs.count, 3);
    assert_non_null(between(&s, "first", "whole"));
    const struct assay_copy *c = between(&s, "whole", "zlast");
    assert_non_null(c);
    assert_int_equal(c->relation, ASSAY_COPY_CONTAINS);
    assert_memory_equal(c->cluster.at, k->id.at, k->id.size);
    assert_true(is(&s, c->first, "first"));
    stage_free(&s);
}

/* For each byte of a text: which other text it has its origin in, by its letter; 0: none. */
static void paint(struct stage *s, const char *id, char *to, size_t size)
{
    uint32_t n;
    const struct assay_origin *o = origins(s, id, &n);
    memset(to, '.', size);
    for (uint32_t i = 0; i < n; i++) {
        assert_true(o[i].span.begin < o[i].span.end && o[i].span.end <= size);
        for (uint32_t k = o[i].span.begin; k < o[i].span.end; k++)
            to[k] = id_of(s, o[i].from.doc).at[0];
    }
}

static void origins_of_any_bytes(void **state)
{
    struct stage s = {0};
    char map[8192];
    uint32_t n;
    (void)state;
    struct story a = tale(201, 50), b = tale(202, 60), own[3] = {tale(203, 40), tale(204, 45), tale(205, 50)};
    struct story in_a = join(tale(206, 60).at, &a, tale(207, 70).at), in_b = join(tale(208, 80).at, &b, "");
    struct story mixed = join(own[0].at, &a, own[1].at);
    size_t at_a = own[0].size, at_b = mixed.size;
    mixed = join(mixed.at, &b, own[2].at);
    put(&s, "a", "x", "2024-01-01", &in_a);
    put(&s, "b", "y", "2024-01-02", &in_b);
    put(&s, "mixed", "z", "2024-01-03", &mixed);
    stage_run(&s, NULL);
    paint(&s, "mixed", map, mixed.size);
    uint64_t wrong = 0;
    for (size_t i = 0; i < mixed.size; i++) {
        char right = i >= at_a && i < at_a + a.size ? 'a' : i >= at_b && i < at_b + b.size ? 'b' : '.';
        wrong += mixed.at[i] != ' ' && map[i] != right;
    }
    assert_int_equal(wrong, 0); /* to the byte, but for blanks at the borders */
    const struct assay_origin *o = origins(&s, "mixed", &n);
    assert_int_equal(n, 2);
    assert_true(o[0].group != o[1].group);
    for (uint32_t i = 0; i < n; i++) { /* the same words stand where it says */
        const struct story *from = map[o[i].span.begin] == 'a' ? &in_a : &in_b;
        uint32_t size = o[i].span.end - o[i].span.begin;
        assert_int_equal(o[i].from.span.end - o[i].from.span.begin, size);
        assert_memory_equal(mixed.at + o[i].span.begin, from->at + o[i].from.span.begin, size);
    }
    origins(&s, "a", &n); /* the earliest have no origin */
    assert_int_equal(n, 0);
    origins(&s, "b", &n);
    assert_int_equal(n, 0);
    stage_free(&s);
}

/* The cost of a document may not grow with the corpus: emits are counted, since a clock would not be repeatable. */
static void very_many_alike(void **state)
{
    struct stage s = {0};
    uint64_t n;
    char id[16];
    (void)state;
    struct story same = tale(81, 60), phrase = tale(82, 4);
    for (uint32_t i = 0; i < 20000; i++) {
        snprintf(id, sizeof id, "x%u", i);
        put(&s, id, NULL, NULL, &same);
    }
    for (uint32_t i = 0; i < 2000; i++) { /* strangers with one shingle in common */
        struct story t = join(phrase.at, &(struct story){.at = ""}, tale(5000 + i, 40).at);
        snprintf(id, sizeof id, "y%u", i);
        put(&s, id, NULL, NULL, &t);
    }
    stage_run(&s, NULL);
    const struct assay_cluster *k = clusters(&s, &n);
    assert_int_equal(n, 1);
    assert_int_equal(k->docs.count, 20000);
    copies(&s, &n);
    assert_int_equal(n, 19999);
    assert_true(s.emitted < 22000 * 80);
    for (uint32_t i = 0; i < s.docs; i++)
        assert_true(s.doc[i].layer[DUP_CANDIDATE].count <= 84 && s.doc[i].layer[DUP_SEED].count < 2200);
    stage_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relations), cmocka_unit_test(a_changed_figure), cmocka_unit_test(equal_dates_say_nothing),
        cmocka_unit_test(the_same_form), cmocka_unit_test(furniture_of_a_site), cmocka_unit_test(a_story_carried_on), cmocka_unit_test(a_text_that_repeats_itself), cmocka_unit_test(a_run_is_kept_twice), cmocka_unit_test(a_refrain), cmocka_unit_test(a_copy_in_very_many_pieces),
        cmocka_unit_test(short_texts), cmocka_unit_test(a_wire_story_on_many_sites),
        cmocka_unit_test(order_and_partitions_do_not_matter), cmocka_unit_test(few_pairs_at_a_time),
        cmocka_unit_test(an_index_that_packs_its_texts), cmocka_unit_test(very_many_alike),
        cmocka_unit_test(two_changed_figures), cmocka_unit_test(a_member_tied_by_another), cmocka_unit_test(origins_of_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
