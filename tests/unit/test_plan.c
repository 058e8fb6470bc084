/* SPDX-License-Identifier: Apache-2.0
 *
 * Plans over invented plugins: this file answers for module.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <assay/layers/document.h>

#include "plan.h"

struct record {
    struct assay_span span;
};
static const struct assay_field rows[] = {ASSAY_FIELD(struct record, span, ASSAY_SPAN, ASSAY_SELF, NULL, "")};
static const struct assay_fields record = ASSAY_FIELDS(struct record, rows);

struct options {
    struct assay_list input;
    struct assay_text path, review;
};
static const struct assay_field input_rows[] = {ASSAY_OPTION(struct options, input, ASSAY_PATH, ASSAY_LIST | ASSAY_INPUT, NULL, NULL, NULL, NULL, "")};
static const struct assay_field path_rows[] = {ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_OUTPUT, NULL, "-", NULL, NULL, "")};
static const struct assay_field review_rows[] = {ASSAY_OPTION(struct options, review, ASSAY_PATH, 0, NULL, NULL, NULL, NULL, "")};
static const struct assay_fields input = ASSAY_FIELDS(struct options, input_rows), path = ASSAY_FIELDS(struct options, path_rows),
                                 review = ASSAY_FIELDS(struct options, review_rows);

static assay_status on_doc(void *self, struct assay_doc *d)
{
    (void)self, (void)d;
    return ASSAY_OK;
}

/* sentences: per document. copies: three rounds; the second's document layer feeds the third. judge: needs sentences in
 * analyse and what copies makes in its second round. late: analyse needs what comes out of a round. */
static const struct assay_layer documents[] = {{ASSAY_PROVIDES, 1, 0, 0, "document", &assay_document_fields, ""}};
static const struct assay_layer sentences[] = {{ASSAY_REQUIRES, 1, 0, 0, "document", &assay_document_fields, ""},
                                               {ASSAY_PROVIDES, 1, 0, 0, "sentence", &record, ""}};
static const struct assay_layer copies[] = {{ASSAY_REQUIRES, 1, 0, 1, "sentence", &record, ""},
                                            {ASSAY_PRIVATE, 1, 0, 2, "mask", &record, ""},
                                            {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 3, "copy", &record, ""},
                                            {ASSAY_PROVIDES, 1, 0, 2, "member", &record, ""},
                                            {ASSAY_OPTIONAL, 1, 0, 0, "absent", &record, ""}};
static const struct assay_layer judge[] = {{ASSAY_REQUIRES, 1, 0, 0, "sentence", &record, ""}, {ASSAY_REQUIRES, 1, 0, 2, "member", &record, ""},
                                           {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 2, "finding", &record, ""}};
static const struct assay_layer late[] = {{ASSAY_REQUIRES, 1, 0, 0, "member", &record, ""}, {ASSAY_PROVIDES, 1, 0, 0, "late", &record, ""}};
static const struct assay_layer later[] = {{ASSAY_REQUIRES, 1, 0, 0, "late", &record, ""}};
static const struct assay_round three[3] = {{.name = "a"}, {.name = "b"}, {.name = "c"}};
static const struct assay_layer shows[] = {{ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "copy", &record, ""}};

#define LAYERS(l, n) .layer = l, .layers = n
static const struct assay_plugin plugins[] = {
    {ASSAY_ABI, "reader", "1", "", "", ASSAY_READER, 0, .options = &input, LAYERS(documents, 1)},
    {ASSAY_ABI, "lines", "1", "", "", ASSAY_READER, ASSAY_STDIN, LAYERS(documents, 1)},
    {ASSAY_ABI, "sentences", "1", "", "", ASSAY_ANALYSER, 0, LAYERS(sentences, 2), .analyse = on_doc},
    {ASSAY_ABI, "copies", "1", "", "", ASSAY_ANALYSER, 0, LAYERS(copies, 5), .round = three, .rounds = 3},
    {ASSAY_ABI, "judge", "1", "", "", ASSAY_ANALYSER, 0, .options = &review, LAYERS(judge, 3), .analyse = on_doc, .round = three, .rounds = 2},
    {ASSAY_ABI, "late", "1", "", "", ASSAY_ANALYSER, 0, LAYERS(late, 2), .analyse = on_doc},
    {ASSAY_ABI, "later", "1", "", "", ASSAY_ANALYSER, 0, LAYERS(later, 1), .analyse = on_doc},
    {ASSAY_ABI, "show", "1", "", "", ASSAY_WRITER, 0, .options = &path, LAYERS(shows, 1)},
    {ASSAY_ABI, "table", "1", "", "", ASSAY_WRITER, ASSAY_ALL_LAYERS, .options = &path},
};
#define COUNT (sizeof plugins / sizeof *plugins)
static struct module module[COUNT];

void modules_load(struct modules *m, const char *const *names)
{
    (void)m, (void)names;
}
void modules_load_all(struct modules *m)
{
    (void)m;
}
uint32_t modules_count(const struct modules *m)
{
    (void)m;
    return COUNT;
}
const struct module *modules_at(const struct modules *m, uint32_t i)
{
    (void)m;
    module[i] = (struct module){plugins[i].name, "/x.so", &plugins[i], NULL, {i, i}};
    return &module[i];
}
const char *modules_hint(const struct modules *m, const char *name, struct arena *arena)
{
    (void)m, (void)name, (void)arena;
    return NULL;
}
const struct module *modules_get(struct modules *m, const char *name)
{
    for (uint32_t i = 0; i < COUNT; i++)
        if (strcmp(plugins[i].name, name) == 0)
            return modules_at(m, i);
    return NULL;
}

static struct diag silent = {.fd = -1, .least = DIAG_ERROR};

static struct plan *make(const char *text, const struct plan_wish *wish)
{
    char file[] = "/tmp/assay-plan-XXXXXX";
    int fd = mkstemp(file);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    struct plan *p = plan_make(file, wish, NULL, &silent);
    unlink(file);
    return p;
}

#define STEP(name) "{plugin=\"" name "\";}"
static const char whole[] = "memory=\"1GB\"; chain = (" STEP("reader") "," STEP("sentences") "," STEP("copies") "," STEP("judge") "," STEP("late") ","
                            STEP("later") "," STEP("show") "," STEP("table") ");";

static const struct plan_layer *layer_of(const struct plan *p, const char *name)
{
    for (uint32_t i = 0; i < p->layers; i++)
        if (strcmp(p->layer[i].name, name) == 0)
            return &p->layer[i];
    return NULL;
}

static void layers_in_order(void **state)
{
    (void)state;
    struct plan *p = make(whole, NULL);
    static const char *const want[] = {"document", "sentence", "mask", "copy", "member", "finding", "late", "failure", "skipped", "run"};
    assert_non_null(p);
    assert_int_equal(p->layers, sizeof want / sizeof *want);
    for (uint32_t i = 0; i < p->layers; i++)
        assert_string_equal(p->layer[i].name, want[i]);
    assert_int_equal(p->layer[0].step, PLAN_NONE);
    assert_int_equal(p->step[0].slot[0], 0);
    assert_int_equal(p->step[1].slot[0], 0);
    assert_int_equal(p->step[1].slot[1], 1);
    assert_int_equal(p->step[2].slot[4], PLAN_NONE);
    assert_int_equal(layer_of(p, "mask")->private_, 1);
    assert_int_equal(layer_of(p, "copy")->slot, 2);
    assert_int_equal(p->memory, 1 << 30);
    assert_int_equal(p->limit_ms, 30000);
    plan_free(p);
}

static void passes_are_cut(void **state)
{
    (void)state;
    struct plan *p = make(whole, NULL);
    assert_non_null(p);
    /* copies a, b, c in 0, 1, 2; member is there from 2 on. judge: analyse in 0, its round a in 0, b in 2. */
    assert_int_equal(p->step[2].round[0]->pass, 0);
    assert_int_equal(p->step[2].round[1]->pass, 1);
    assert_int_equal(p->step[2].round[2]->pass, 2);
    assert_int_equal(p->step[3].analyse_pass, 0);
    assert_int_equal(p->step[3].round[0]->pass, 0);
    assert_int_equal(p->step[3].round[1]->pass, 2);
    assert_int_equal(p->step[4].analyse_pass, 2);
    assert_int_equal(p->step[5].analyse_pass, 2);
    assert_int_equal(p->step[6].analyse_pass, PLAN_NONE);
    assert_int_equal(p->passes, 3);
    assert_int_equal(layer_of(p, "sentence")->ready, 0);
    assert_int_equal(layer_of(p, "mask")->ready, 2);
    assert_int_equal(layer_of(p, "member")->ready, 2);
    assert_int_equal(layer_of(p, "copy")->ready, 3);
    assert_int_equal(layer_of(p, "finding")->ready, 3);
    assert_int_equal(layer_of(p, "late")->ready, 2);
    for (uint32_t i = 1; i < p->rounds; i++)
        assert_true(p->round[i - 1].pass <= p->round[i].pass);
    plan_free(p);
}

static void one_pass_without_rounds(void **state)
{
    (void)state;
    struct plan *p = make("chain = (" STEP("reader") "," STEP("sentences") "," STEP("show") ");", NULL);
    assert_non_null(p);
    assert_int_equal(p->passes, 1);
    assert_int_equal(p->rounds, 0);
    assert_int_equal(p->stdin_step, PLAN_NONE);
    assert_null(p->input[0]);
    plan_free(p);
}

static void wishes(void **state)
{
    (void)state;
    const char *write[] = {"table:out.txt", "show", NULL}, *set[] = {"reader.input=a,b", "memory=64MB", NULL};
    struct plan_wish w = {.set = set, .write = write, .until = "copies", .workers = 2, .from_stdin = 1};
    struct plan *p = make(whole, &w);
    assert_non_null(p);
    static const char *const want[] = {"reader", "lines", "sentences", "copies", "table", "show"};
    assert_int_equal(p->steps, 6);
    for (uint32_t i = 0; i < 6; i++)
        assert_string_equal(p->step[i].plugin->name, want[i]);
    assert_int_equal(p->stdin_step, 1);
    assert_int_equal(p->step[1].stdin_only, 1);
    assert_int_equal(p->step[0].stdin_only, 0);
    assert_string_equal(((struct options *)p->step[4].options)->path.at, "out.txt");
    assert_string_equal(((struct options *)p->step[5].options)->path.at, "-");
    assert_string_equal(p->input[0], "a");
    assert_string_equal(p->input[1], "b");
    assert_null(p->input[2]);
    assert_int_equal(p->memory, 64 << 20);
    assert_int_equal(p->step[0].place.line, 1);
    assert_null(p->step[1].place.file);
    plan_free(p);
}

static void review_goes_to_who_takes_it(void **state)
{
    (void)state;
    struct plan_wish w = {.review = "marks.jsonl"};
    struct plan *p = make(whole, &w);
    assert_non_null(p);
    assert_string_equal(((struct options *)p->step[3].options)->review.at, "marks.jsonl");
    plan_free(p);
    assert_null(make("chain = (" STEP("reader") "," STEP("show") ");", &w));
}

static void wishes_that_cannot_be(void **state)
{
    (void)state;
    static const char *const bad_set[] = {"show.nothing=1", "nothing.path=x", "path", "=1", ".path=x", "memory=lots", "show.=1", NULL};
    static const char *const bad_write[] = {"nothing", "reader", "sentences:x", NULL};
    for (uint32_t i = 0; bad_set[i]; i++) {
        const char *set[] = {bad_set[i], NULL};
        struct plan_wish w = {.set = set};
        if (make(whole, &w))
            fail_msg("--set %s was taken", bad_set[i]);
    }
    for (uint32_t i = 0; bad_write[i]; i++) {
        const char *write[] = {bad_write[i], NULL};
        struct plan_wish w = {.write = write};
        if (make(whole, &w))
            fail_msg("--write %s was taken", bad_write[i]);
    }
    struct plan_wish until = {.until = "nothing"}, many = {.workers = 1000};
    assert_null(make(whole, &until));
    assert_null(make(whole, &many));
}

static void identity_follows_options(void **state)
{
    (void)state;
    const char *one[] = {"judge.review=/nonexistent/b", NULL}, *two[] = {"show.path=/b", NULL};
    struct plan_wish w1 = {.set = one}, w2 = {.set = two};
    struct plan *a = make(whole, NULL), *b = make(whole, &w1), *c = make(whole, &w2);
    assert_memory_equal(a->step[2].identity, b->step[2].identity, 16);
    assert_memory_not_equal(a->step[3].identity, b->step[3].identity, 16);
    assert_memory_equal(a->step[6].identity, c->step[6].identity, 16); /* outputs do not count */
    assert_memory_not_equal(a->step[1].identity, a->step[2].identity, 16);
    plan_free(a);
    plan_free(b);
    plan_free(c);
}

static void one_alone(void **state)
{
    (void)state;
    struct plan *p = plan_alone(modules_at(NULL, 6 + 1), &silent);
    assert_non_null(p);
    assert_int_equal(p->steps, 1);
    assert_string_equal(((struct options *)p->step[0].options)->path.at, "-");
    plan_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layers_in_order), cmocka_unit_test(passes_are_cut),          cmocka_unit_test(one_pass_without_rounds),
        cmocka_unit_test(wishes),          cmocka_unit_test(review_goes_to_who_takes_it), cmocka_unit_test(wishes_that_cannot_be),
        cmocka_unit_test(one_alone),       cmocka_unit_test(identity_follows_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
