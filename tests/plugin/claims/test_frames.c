/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/corpus/claims/frames.txt: periods, speakers and bounds in each place that a sentence has for them, as a grid, so that none
 * of them is lost unseen; fields.txt: the other fields of a figure, in the same manner.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>

#include "said.h"

enum { FRAMES = 16, FORMS = 6, LINE = 512 /* bytes */ };

struct grid {
    struct assay_test *test;
    char language[8], kind[16], frame[FRAMES][LINE];
    struct gold_figure told[FRAMES]; /* what the frame says of every filler */
    uint32_t frames, sentences, wrong;
};

/* The filler's form for each {N} of the frame; *used: the last one. */
static void fill(char *to, const char *frame, char form[FORMS][LINE], const char **used)
{
    size_t n = 0;
    for (const char *p = frame; *p; p++) {
        if (p[0] != '{' || p[2] != '}') {
            to[n++] = *p;
            continue;
        }
        *used = form[p[1] - '1'];
        n += (size_t)snprintf(to + n, LINE, "%s", *used);
        p += 2;
    }
    to[n] = '\0';
}

static int period_is(const struct assay_claim *c, const char *want)
{
    char got[64];
    if (!c->has_time)
        return 0;
    int point = c->time.from.size == c->time.to.size && c->time.from.size && !memcmp(c->time.from.at, c->time.to.at, c->time.from.size);
    snprintf(got, sizeof got, "%.*s%s%.*s", (int)c->time.from.size, c->time.from.size ? c->time.from.at : "", point ? "" : "..",
             point ? 0 : (int)c->time.to.size, c->time.to.size ? c->time.to.at : "");
    return !strcmp(got, want);
}

static int bound_is(const struct assay_claim *c, const char *want)
{
    static const char *const sign[] = {[ASSAY_BOUND_EXACT] = "=",    [ASSAY_BOUND_ABOUT] = "~",     [ASSAY_BOUND_OVER] = ">",
                                       [ASSAY_BOUND_AT_LEAST] = ">=", [ASSAY_BOUND_UNDER] = "<",     [ASSAY_BOUND_AT_MOST] = "<=",
                                       [ASSAY_BOUND_RANGE] = "30..40"};
    int range = c->bound == ASSAY_BOUND_RANGE;
    return !strcmp(sign[c->bound], want) && (!range || (c->value == 30 && c->value_high == 40));
}

/* The last word of what stands in the sentence, but for a case behind an apostrophe. */
static int speaker_is(const struct assay_claim *c, const char *form)
{
    const char *word = strrchr(form, ' ') ? strrchr(form, ' ') + 1 : form;
    size_t size = strcspn(word, "'");
    return c->has_speaker && memmem(c->speaker.text.at, c->speaker.text.size, word, size) != NULL;
}

/* Labels of the filler come before those of the frame; what neither says is not looked at. Prints what is wrong. */
static int labels_are(const struct gold_figure *told, const struct assay_claim *c, const char *text, const char *want)
{
    struct gold_figure f = *told;
    struct said got;
    int right = 1;
    char line[LINE];
    snprintf(line, sizeof line, "%s", want);
    assert_true(gold_labels(gold_label(line, f.field[GOLD_VALUE], GOLD_ROOM), &f));
    describe(c, &got);
    for (enum gold_field i = GOLD_VALUE; i < GOLD_FIELDS; i++) {
        if (!f.field[i][0] || one_agrees(text, i, f.field[i], &got))
            continue;
        print_error("%s: want %s=%s, got %s\n", text, gold_keys[i], f.field[i], got.field[i]);
        right = 0;
    }
    return right;
}

static int field_is(const char *kind, const struct assay_claim *c, const char *want, const char *form)
{
    if (c->value != 40 && c->bound != ASSAY_BOUND_RANGE)
        return 0;
    return !strcmp(kind, "time") ? period_is(c, want) : !strcmp(kind, "bound") ? bound_is(c, want) : speaker_is(c, form);
}

static void check(struct grid *g, uint32_t frame, const char *want, char form[FORMS][LINE])
{
    char text[4 * LINE];
    const char *used = "";
    fill(text, g->frame[frame], form, &used);
    struct assay_list list = read_claims(g->test, text, g->language, "2024-05-17");
    const struct assay_claim *c = list.count == 1 ? ASSAY_AT(struct assay_claim, list, 0) : NULL;
    g->sentences++;
    if (c && !strcmp(g->kind, "figure")) {
        g->wrong += !labels_are(g->told + frame, c, text, want);
        return;
    }
    if (c && field_is(g->kind, c, want, used))
        return;
    g->wrong++;
    struct assay_text got = !c                           ? (struct assay_text){"", 0}
                            : !strcmp(g->kind, "time")    ? c->time.text
                            : !strcmp(g->kind, "speaker") ? c->speaker.text
                                                          : c->text;
    print_error("%s: %u figures, %s: %.*s\n", text, (unsigned)list.count, g->kind, (int)got.size, got.size ? got.at : "");
}

/* "= PERIOD | FORM | FORM" */
static void check_filler(struct grid *g, char *line)
{
    char form[FORMS][LINE] = {{0}};
    uint32_t forms = 0;
    char *want = line + 1, *bar = strstr(line, " | ");
    assert_non_null(bar);
    want += *want == ' ';
    for (char *p = bar + 1; p; p = strchr(p + 1, '|')) {
        assert_true(forms < FORMS);
        size_t size = strcspn(p + 2, "|\n");
        size -= p[2 + size] == '|';
        snprintf(form[forms++], LINE, "%.*s", (int)size, p + 2);
    }
    *bar = '\0';
    for (uint32_t i = 0; i < g->frames; i++)
        check(g, i, want, form);
}

/* "> FRAME", "> FRAME :: LABELS" */
static void add_frame(struct grid *g, const char *line)
{
    assert_true(g->frames < FRAMES);
    const char *labels = strstr(line, " ::");
    memset(g->told + g->frames, 0, sizeof *g->told);
    if (labels)
        assert_true(gold_labels(labels + 3, g->told + g->frames));
    snprintf(g->frame[g->frames++], LINE, "%.*s", labels ? (int)(labels - line) : LINE, line);
}

static void read_grid(struct grid *g, const char *path)
{
    char line[LINE];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (*line == '@') {
            assert_int_equal(sscanf(line, "@ %7s %15s", g->language, g->kind), 2);
            g->frames = 0;
        } else if (*line == '>') {
            add_frame(g, line + 2);
        } else if (*line == '=') {
            check_filler(g, line);
        }
    }
    fclose(file);
}

static void every_filler_in_every_frame(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        uint32_t least; /* sentences */
    } grids[] = {{"tests/corpus/claims/frames.txt", 1700}, {"tests/corpus/claims/fields.txt", 3800}};
    const char *other = getenv("CLAIMS_GRID"); /* one more file, to be tried */
    struct grid g = {.test = assay_test_new(&claims_LTX_assay_plugin, "conf")};
    assert_int_equal(assay_test_open(g.test, NULL), ASSAY_OK);
    for (size_t i = 0; i < sizeof grids / sizeof *grids; i++) {
        uint32_t before = g.sentences;
        read_grid(&g, grids[i].path);
        assert_true(g.sentences - before >= grids[i].least);
    }
    if (other)
        read_grid(&g, other);
    assay_test_free(g.test);
    print_message("%u sentences, %u wrong\n", g.sentences, g.wrong);
    assert_int_equal(g.wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_filler_in_every_frame)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
