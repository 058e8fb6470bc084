/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/corpus/claims/everyday.txt: how figures are written in sentences of every day and on pages of the web, a case a
 * line. Each has to be read as its label says, but for those that the file itself marks as misread. EVERYDAY=FILE reads
 * another file of that form.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "reader.h"

enum { LINE = 2048 /* bytes */ };

struct cases {
    struct assay_test *test;
    char language[8], published[16];
    uint32_t read, wrong, mended;
};

static const char *const bounds[] = {
    [ASSAY_BOUND_EXACT] = "",  [ASSAY_BOUND_ABOUT] = "~",    [ASSAY_BOUND_OVER] = ">", [ASSAY_BOUND_AT_LEAST] = ">=",
    [ASSAY_BOUND_UNDER] = "<", [ASSAY_BOUND_AT_MOST] = "<=", [ASSAY_BOUND_RANGE] = ""};
static const char *const kinds[] = {"number",   "percent",  "money", "dimension",
                                    "duration", "multiple", "rank",  "ordinal",
                                    "date"};
static const char *const changes[] = {"level", "increase", "decrease"};
static const char *const relations[] = {"by", "to", "from", "fold"};

/* Whether one of "A|B" is the text; "-" is the empty one. */
static int is_one_of(const char *wanted, struct assay_text got)
{
    for (const char *p = wanted; p; p = strchr(p, '|') ? strchr(p, '|') + 1 : NULL) {
        size_t size = strcspn(p, "|");
        if ((size == got.size && !memcmp(p, got.at, size)) || (size == 1 && *p == '-' && !got.size))
            return 1;
    }
    return 0;
}

static struct assay_text text_of(const char *at)
{
    return (struct assay_text){at, strlen(at)};
}

static int near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fabs(b) + 1e-15;
}

/* "12" or "2/3", before `end`. */
static double number_of(const char *at, const char *end)
{
    char room[64], *slash;
    snprintf(room, sizeof room, "%.*s", (int)(end ? end - at : (long)strlen(at)), at);
    double value = strtod(room, &slash);
    return *slash == '/' ? value / strtod(slash + 1, NULL) : value;
}

/* "~12", ">=2/3", "2..3", "?4": with any bound. */
static int value_is(const struct assay_claim *c, const char *want)
{
    size_t sign = strspn(want, "?<>=~");
    if (*want != '?' && !(strlen(bounds[c->bound]) == sign && !memcmp(bounds[c->bound], want, sign)))
        return 0;
    const char *points = strstr(want, "..");
    double value = number_of(want + sign, points), high = points ? number_of(points + 2, NULL) : 0;
    return near(c->value, value) && !points == (c->bound != ASSAY_BOUND_RANGE) &&
           (!points || near(c->value_high, high));
}

static int period_is(const struct assay_claim *c, const char *want)
{
    char got[64] = "-";
    struct assay_text from = c->time.from, to = c->time.to;
    if (c->has_time && from.size == to.size && from.size && !memcmp(from.at, to.at, from.size))
        snprintf(got, sizeof got, "%.*s", (int)from.size, from.at);
    else if (c->has_time)
        snprintf(got, sizeof got, "%.*s..%.*s", (int)from.size, from.size ? from.at : "", (int)to.size,
                 to.size ? to.at : "");
    return is_one_of(want, text_of(got));
}

/* One "key=label" of a figure. */
static int label_is(const struct assay_claim *c, const char *key, const char *want)
{
    char way[32];
    if (!strncmp(key, "kind=", 5))
        return is_one_of(want, text_of(kinds[c->kind]));
    if (!strncmp(key, "per=", 4))
        return is_one_of(want, c->per);
    if (!strncmp(key, "n=", 2))
        return is_one_of(want, c->counted);
    if (!strncmp(key, "t=", 2))
        return period_is(c, want);
    if (strncmp(key, "rel=", 4) != 0)
        return 0;
    snprintf(way, sizeof way, "%s/%s", changes[c->change], c->has_relation ? relations[c->relation] : "-");
    return is_one_of(want, text_of(way));
}

/* "VALUE [UNIT] [KEY=LABEL]..." without a unit: it has none; "*": any figure. Changes `label`. */
static int figure_is(const struct assay_claim *c, char *label)
{
    char *rest = NULL, *word = strtok_r(label, " ", &rest);
    if (word && !strcmp(word, "*"))
        return 1;
    int right = word && value_is(c, word);
    char *unit = strtok_r(NULL, " ", &rest);
    int named = unit && !strchr(unit, '=');
    if (!named && c->unit.size)
        return 0;
    if (named && strcmp(unit, "*") != 0)
        right &= is_one_of(unit, c->unit);
    for (char *key = named ? strtok_r(NULL, " ", &rest) : unit; key && right; key = strtok_r(NULL, " ", &rest))
        right &= label_is(c, key, strchr(key, '=') ? strchr(key, '=') + 1 : "");
    return right;
}

/* "FIGURE; FIGURE", in the order of the text; "[FIGURE]" may be missing. Changes `labels`. */
static int all_are(struct assay_list list, char *labels)
{
    uint32_t at = 0;
    char *rest = NULL, once[LINE];
    for (char *p = strtok_r(labels, ";", &rest); p; p = strtok_r(NULL, ";", &rest)) {
        p += strspn(p, " ");
        int open = *p == '[';
        snprintf(once, sizeof once, "%.*s", (int)strcspn(p + open, "]"), p + open);
        int right = at < list.count && figure_is(ASSAY_AT(struct assay_claim, list, at), once);
        if (!right && !open)
            return 0;
        at += (uint32_t)right;
    }
    return at == list.count;
}

static void tell(const char *text, const char *labels, struct assay_list list)
{
    print_error("%s\n    wanted: %s\n", text, labels);
    for (uint32_t i = 0; i < list.count; i++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, i);
        print_error("    [%.*s] %s%.12g", (int)c->text.size, c->text.at, bounds[c->bound], c->value);
        if (c->bound == ASSAY_BOUND_RANGE)
            print_error("..%.12g", c->value_high);
        print_error(" %.*s kind=%s per=%.*s n=%.*s rel=%s/%s t=%.*s..%.*s\n", (int)c->unit.size,
                    c->unit.size ? c->unit.at : "", kinds[c->kind], (int)c->per.size, c->per.size ? c->per.at : "",
                    (int)c->counted.size, c->counted.size ? c->counted.at : "", changes[c->change],
                    c->has_relation ? relations[c->relation] : "-", c->has_time ? (int)c->time.from.size : 0,
                    c->has_time ? c->time.from.at : "", c->has_time ? (int)c->time.to.size : 0,
                    c->has_time ? c->time.to.at : "");
    }
}

/* "SENTENCE => LABELS"; "! " before it: known to be misread. "=> -": no figure. */
static void check(struct cases *all, char *line)
{
    int known = !strncmp(line, "! ", 2);
    char *text = line + 2 * known, *mark = strstr(text, " => "), labels[LINE];
    assert_non_null(mark);
    *mark = '\0';
    struct assay_list list = read_claims(all->test, text, all->language, all->published[0] ? all->published : NULL);
    snprintf(labels, sizeof labels, "%s", mark + 4);
    int right = !strcmp(labels, "-") ? !list.count : all_are(list, labels);
    all->read++;
    all->wrong += !right && !known;
    all->mended += right && known;
    if (!right && !known)
        tell(text, mark + 4, list);
    if (right && known)
        print_error("read as labelled by now, so the mark is to go: %s\n", text);
}

static void every_line_is_read_as_labelled(void **state)
{
    (void)state;
    struct cases all = {.test = assay_test_new(&claims_LTX_assay_plugin, "conf")};
    char line[LINE];
    const char *path = getenv("EVERYDAY");
    FILE *file = fopen(path ? path : "tests/corpus/claims/everyday.txt", "r");
    assert_non_null(file);
    assert_int_equal(assay_test_open(all.test, NULL), ASSAY_OK);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (*line == '@')
            assert_true(sscanf(line, "@ %7s %15s", all.language, all.published) >= 1);
        else if (*line && *line != '#')
            check(&all, line);
    }
    fclose(file);
    assay_test_free(all.test);
    print_message("%u lines, %u wrong, %u marked that are right\n", all.read, all.wrong, all.mended);
    assert_int_equal(all.wrong, 0);
    assert_int_equal(all.mended, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_line_is_read_as_labelled)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
