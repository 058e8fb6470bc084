/* SPDX-License-Identifier: Apache-2.0
 *
 * Every language against its gold (tests/corpus/claims): shares of right fields, and the least they may be
 * (tests/corpus/claims/floors.txt). CLAIMS_GOLD=LANG or =all in the environment prints every disagreement.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "said.h"

static const char *const shown[GOLD_FIELDS] = {"value", "unit", "kind", "counted", "bound", "change", "status", "time", "per", "measured", "speaker"};

/* `all` figures found, and of them those where the label or the program says something (marked). */
struct tally {
    uint32_t gold, found, spans, all[GOLD_FIELDS], right[GOLD_FIELDS], marked[GOLD_FIELDS], marked_right[GOLD_FIELDS];
};

/* What a figure without the label has. */
static const char *left_out(const struct gold_figure *f, enum gold_field i)
{
    static const char *const usual[GOLD_FIELDS] = {[GOLD_BOUND] = "=", [GOLD_CHANGE] = "level/-", [GOLD_STATUS] = "asserted"};
    const char *unit = f->field[GOLD_UNIT];
    if (i == GOLD_BOUND && strstr(f->field[GOLD_VALUE], ".."))
        return "range";
    if (i != GOLD_KIND)
        return usual[i] ? usual[i] : "-";
    if (strstr(f->field[GOLD_CHANGE], "/fold"))
        return "multiple";
    if (!*unit || *unit == '-')
        return "number";
    if (*unit >= 'A' && *unit <= 'Z')
        return "money";
    if (!strncmp(unit, "percent", 7) || !strncmp(unit, "basis-point", 11))
        return "percent";
    static const char *const times[] = {"year", "month", "week", "day", "night", "hour", "minute", "second", "decade", "century", "quarter"};
    for (size_t k = 0; k < sizeof times / sizeof times[0]; k++)
        if (!strncmp(unit, times[k], strlen(times[k])))
            return "duration";
    return "dimension";
}

/* "one in eight flights", "the third day": whether the noun is counted is a matter of taste. */
static int is_share(const struct gold_figure *f)
{
    const char *value = f->field[GOLD_VALUE], *kind = f->field[GOLD_KIND];
    return strchr(value, '/') || !strncmp(value, "0.", 2) || !strcmp(kind, "rank") || !strcmp(kind, "ordinal");
}

/* Right, and whether anything but the usual is said by label or program. */
static int judge_field(const char *text, const struct gold_figure *f, enum gold_field i, const struct said *got, int *marked)
{
    const char *usual = left_out(f, i), *label = f->field[i][0] ? f->field[i] : usual;
    int right = 0, quiet = 0;
    for (const char *p = label; *p;) {
        char one[GOLD_ROOM];
        size_t n = strcspn(p, "|");
        gold_copy(one, sizeof one, p, n);
        right |= agrees(text, i, one, got);
        quiet |= !strcmp(one, usual);
        p += n + (p[n] == '|');
    }
    *marked = !quiet || (!agrees(text, i, usual, got) && strcmp(usual, "range") != 0);
    return right;
}

static void compare(const struct gold_sentence *s, const struct gold_figure *f, const struct assay_claim *c, struct tally *t, int loud)
{
    struct said got;
    describe(c, &got);
    t->spans += f->begin == c->span.begin && f->end == c->span.end;
    if (loud && (f->begin != c->span.begin || f->end != c->span.end))
        printf("%u: span: want [%.*s] got [%.*s]\n", s->line, (int)(f->end - f->begin), s->text + f->begin, (int)c->text.size, c->text.at);
    for (enum gold_field i = GOLD_VALUE; i < GOLD_FIELDS; i++) {
        int marked;
        if (!f->field[i][0] && (i == GOLD_MEASURED || (i == GOLD_COUNTED && is_share(f))))
            continue; /* not labelled */
        int right = judge_field(s->text, f, i, &got, &marked);
        t->all[i]++;
        t->right[i] += (uint32_t)right;
        t->marked[i] += (uint32_t)marked;
        t->marked_right[i] += (uint32_t)(right && marked);
        if (loud && !right)
            printf("%u: %s of [%.*s]: want %s got %s | %s\n", s->line, shown[i], (int)c->text.size, c->text.at, f->field[i][0] ? f->field[i] : left_out(f, i), got.field[i], s->text);
    }
}

static void judge(struct assay_test *t, const char *language, struct gold_sentence *s, struct tally *tally, int loud)
{
    struct assay_list list = read_claims(t, s->text, language, s->published);
    tally->gold += s->wanted;
    tally->found += list.count;
    for (uint32_t k = 0; k < list.count; k++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, k);
        uint32_t i = 0;
        while (i < s->figures && (s->figure[i].used || c->span.begin >= s->figure[i].end || c->span.end <= s->figure[i].begin))
            i++;
        if (i == s->figures) {
            if (loud)
                printf("%u: not wanted [%.*s] | %s\n", s->line, (int)c->text.size, c->text.at, s->text);
            continue;
        }
        s->figure[i].used = 1;
        if (s->figure[i].open) {
            tally->found--;
            continue;
        }
        compare(s, s->figure + i, c, tally, loud);
    }
    for (uint32_t i = 0; i < s->figures && loud; i++)
        if (!s->figure[i].used && !s->figure[i].open)
            printf("%u: not found [%.*s] | %s\n", s->line, (int)(s->figure[i].end - s->figure[i].begin), s->text + s->figure[i].begin, s->text);
}

static void read_gold(struct assay_test *t, const char *language, struct tally *tally, int loud)
{
    char path[64];
    uint32_t line = 0;
    int bad = 0;
    snprintf(path, sizeof path, "tests/corpus/claims/%s.txt", language);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    struct gold_sentence *s = calloc(1, sizeof *s);
    assert_non_null(s);
    while (gold_next(file, s, &line, &bad) && !bad)
        judge(t, language, s, tally, loud);
    if (bad)
        fail_msg("%s:%u: cannot be read", path, line);
    free(s);
    fclose(file);
}

static double share(uint32_t part, uint32_t whole)
{
    return whole ? 100.0 * part / whole : 100.0;
}

/* Value: F1 over figures wanted and found. The others: right of those found. */
static double score(const struct tally *t, enum gold_field i)
{
    return i == GOLD_VALUE ? share(2 * t->right[i], t->gold + t->found) : share(t->right[i], t->all[i]);
}

static void print_table(const struct tally *tally, const char *const *names, size_t count, int marked)
{
    printf("%s\nlang  figures", marked ? "where label or program say more than the usual:" : "all figures found (value: F1):");
    for (enum gold_field i = GOLD_VALUE; i < GOLD_FIELDS; i++)
        printf(" %8s", shown[i]);
    printf("%s\n", marked ? "" : "     span");
    for (size_t k = 0; k < count; k++) {
        printf("%-5s %7u", names[k], tally[k].gold);
        for (enum gold_field i = GOLD_VALUE; i < GOLD_FIELDS; i++)
            printf(" %8.1f", marked ? share(tally[k].marked_right[i], tally[k].marked[i]) : score(tally + k, i));
        if (!marked)
            printf(" %8.1f", share(tally[k].spans, tally[k].all[GOLD_VALUE]));
        printf("\n");
    }
}

/* "LANG value unit ..." in whole percent, in the order of the table. The number of scores below. */
static int check_floors(const struct tally *tally, const char *const *names, size_t count)
{
    FILE *file = fopen("tests/corpus/claims/floors.txt", "r");
    char line[256], name[8];
    int below = 0;
    size_t checked = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        int at = 0, used, least;
        size_t k = 0;
        if (sscanf(line, "%7s%n", name, &at) != 1 || name[0] == '#')
            continue;
        while (k < count && strcmp(names[k], name) != 0)
            k++;
        assert_true(k < count);
        for (enum gold_field i = GOLD_VALUE; i < GOLD_FIELDS; i++, at += used) {
            assert_int_equal(sscanf(line + at, "%d%n", &least, &used), 1);
            if (score(tally + k, i) >= least)
                continue;
            printf("%s: %s %.1f is below %d\n", name, shown[i], score(tally + k, i), least);
            below++;
        }
        checked++;
    }
    fclose(file);
    assert_int_equal(checked, count);
    return below;
}

static void gold_of_every_language(void **state)
{
    (void)state;
    static const char *const names[] = {"en", "ru", "az", "be", "uk", "tr", "de", "fr", "es", "it", "pt", "all"};
    enum { LANGUAGES = 11 };
    const char *loud = getenv("CLAIMS_GOLD");
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
    assert_int_equal(assay_test_open(t, NULL), ASSAY_OK);
    struct tally tally[LANGUAGES + 1] = {{0}};
    for (size_t k = 0; k < LANGUAGES; k++) {
        read_gold(t, names[k], tally + k, loud && (!strcmp(loud, "all") || !strcmp(loud, names[k])));
        uint32_t *sum = (uint32_t *)(tally + LANGUAGES);
        const uint32_t *part = (const uint32_t *)(tally + k);
        for (size_t i = 0; i < sizeof tally[k] / sizeof *part; i++)
            sum[i] += part[i];
    }
    print_table(tally, names, LANGUAGES + 1, 0);
    print_table(tally, names, LANGUAGES + 1, 1);
    assert_int_equal(check_floors(tally, names, LANGUAGES + 1), 0);
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(gold_of_every_language)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
