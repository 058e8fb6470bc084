/* SPDX-License-Identifier: Apache-2.0
 *
 * Every language against its gold (tests/corpus/claims): shares of right fields, and the least that may be.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "reader.h"

enum { MOST = 16 };

struct want {
    char span[128], value[96], unit[48], bound[8], relation[32], status[24], per[32], time[48], measured[128], speaker[128];
    int used;
};

struct tally {
    uint32_t gold, found, span, value, unit, bound, bounds, relation, relations, status, statuses, time, times, measured, measureds, speaker, speakers;
};

static void copy(char *to, size_t room, const char *at, size_t size)
{
    size = size < room - 1 ? size : room - 1;
    memcpy(to, at, size);
    to[size] = 0;
}

static void text_of(char *to, size_t room, struct assay_text t)
{
    copy(to, room, t.at ? t.at : "", t.at ? t.size : 0);
}

/* "= [span] value key=word key={several words}" */
static int read_want(const char *line, struct want *w)
{
    memset(w, 0, sizeof *w);
    const char *open = strchr(line, '['), *close = open ? strstr(open, "] ") : NULL;
    if (!close)
        return 0;
    copy(w->span, sizeof w->span, open + 1, (size_t)(close - open - 1));
    const char *p = close + 2;
    size_t n = strcspn(p, " \n");
    copy(w->value, sizeof w->value, p, n);
    snprintf(w->bound, sizeof w->bound, "%s", strstr(w->value, "..") ? "range" : "=");
    copy(w->relation, sizeof w->relation, "level/-", 7);
    copy(w->status, sizeof w->status, "asserted", 8);
    for (p += n; *p == ' ';) {
        const char *key = ++p, *is = strchr(key, '=');
        if (!is)
            return 0;
        const char *at = is + 1;
        if (*at == '{') {
            n = strcspn(++at, "}");
            p = at + n + 1;
        } else {
            n = strcspn(at, " \n");
            p = at + n;
        }
        struct {
            const char *name;
            char *to;
            size_t room;
        } fields[] = {{"unit=", w->unit, sizeof w->unit}, {"b=", w->bound, sizeof w->bound}, {"rel=", w->relation, sizeof w->relation}, {"st=", w->status, sizeof w->status},
                      {"per=", w->per, sizeof w->per}, {"t=", w->time, sizeof w->time}, {"m=", w->measured, sizeof w->measured}, {"w=", w->speaker, sizeof w->speaker}};
        size_t i = 0;
        while (i < 8 && strncmp(key, fields[i].name, strlen(fields[i].name)) != 0)
            i++;
        if (i == 8)
            return 0;
        copy(fields[i].to, fields[i].room, at, n);
    }
    return *p == '\n' || *p == 0;
}

static int overlap(const char *text, const char *wanted, struct assay_span span)
{
    const char *at = strstr(text, wanted);
    if (!at || !wanted[0])
        return 0;
    uint32_t begin = (uint32_t)(at - text), end = begin + (uint32_t)strlen(wanted);
    return span.begin < end && span.end > begin;
}

static void describe(const struct assay_claim *c, struct want *got)
{
    static const char *const bounds[] = {"=", "~", ">", ">=", "<", "<=", "range"}, *const changes[] = {"level", "increase", "decrease"},
                      *const relations[] = {"by", "to", "from", "fold"}, *const statuses[] = {"asserted", "negated", "target", "forecast", "hypothetical"};
    char high[64], low[64], from[20], to[20];
    memset(got, 0, sizeof *got);
    text_of(got->span, sizeof got->span, c->text);
    text_of(got->value, sizeof got->value, c->decimal);
    if (c->has_value_high) {
        text_of(high, 32, c->decimal_high);
        text_of(low, sizeof low, c->decimal);
        snprintf(got->value, sizeof got->value, "%s..%.30s", low, high);
    }
    text_of(got->unit, sizeof got->unit, c->unit);
    text_of(got->per, sizeof got->per, c->per);
    copy(got->bound, sizeof got->bound, bounds[c->bound], strlen(bounds[c->bound]));
    snprintf(got->relation, sizeof got->relation, "%s/%s", changes[c->change], c->has_relation ? relations[c->relation] : "-");
    copy(got->status, sizeof got->status, statuses[c->status], strlen(statuses[c->status]));
    text_of(from, sizeof from, c->time.from);
    text_of(to, sizeof to, c->time.to);
    if (c->has_time && (from[0] || to[0]))
        snprintf(got->time, sizeof got->time, "%s..%s", from, to);
}

static void compare(const char *text, const struct want *w, const struct assay_claim *c, struct tally *t, int loud)
{
    struct want got;
    describe(c, &got);
    int speaker = w->speaker[0] ? c->has_speaker && overlap(text, w->speaker, c->speaker.span) : !c->has_speaker;
    int measured = !w->measured[0] || (c->has_measured && overlap(text, w->measured, c->measured.span));
    t->span += !strcmp(w->span, got.span);
    t->value += !strcmp(w->value, got.value);
    t->unit += !strcmp(w->unit, got.unit);
    t->bounds++;
    t->bound += !strcmp(w->bound, got.bound);
    t->relations++;
    t->relation += !strcmp(w->relation, got.relation);
    t->statuses++;
    t->status += !strcmp(w->status, got.status);
    t->times++;
    t->time += !strcmp(w->time, got.time);
    t->speakers++;
    t->speaker += (uint32_t)speaker;
    t->measureds += w->measured[0] != 0;
    t->measured += w->measured[0] && measured;
    if (loud && (strcmp(w->value, got.value) || strcmp(w->unit, got.unit) || strcmp(w->bound, got.bound) || strcmp(w->relation, got.relation) ||
                 strcmp(w->status, got.status) || strcmp(w->time, got.time) || !speaker || !measured))
        printf("%s\n  want [%s] %s %s %s %s %s t=%s m=%s w=%s\n  got  [%s] %s %s %s %s %s t=%s m=%.*s w=%.*s\n", text, w->span, w->value, w->unit, w->bound, w->relation,
               w->status, w->time, w->measured, w->speaker, got.span, got.value, got.unit, got.bound, got.relation, got.status, got.time,
               (int)c->measured.text.size, c->measured.text.at ? c->measured.text.at : "", (int)c->speaker.text.size, c->speaker.text.at ? c->speaker.text.at : "");
}

static void judge(struct assay_test *t, const char *language, const char *text, struct want *want, uint32_t wants, struct tally *tally, int loud)
{
    struct assay_list list = read_claims(t, text, language, "2024-05-17");
    tally->gold += wants;
    tally->found += list.count;
    for (uint32_t k = 0; k < list.count; k++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, list, k);
        uint32_t i = 0;
        while (i < wants && (want[i].used || !overlap(text, want[i].span, c->span)))
            i++;
        if (i == wants) {
            if (loud)
                printf("%s\n  not wanted [%.*s]\n", text, (int)c->text.size, c->text.at);
            continue;
        }
        want[i].used = 1;
        compare(text, want + i, c, tally, loud);
    }
    for (uint32_t i = 0; i < wants && loud; i++)
        if (!want[i].used)
            printf("%s\n  not found [%s]\n", text, want[i].span);
}

static void read_file(struct assay_test *t, const char *language, struct tally *tally, int loud)
{
    char path[64], line[1024], text[1024] = "";
    struct want want[MOST];
    uint32_t wants = 0;
    snprintf(path, sizeof path, "tests/corpus/claims/%s.txt", language);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    int more = 1;
    while (more) {
        more = fgets(line, sizeof line, file) != NULL;
        if (more && line[0] == '=') {
            assert_true(wants < MOST);
            if (!read_want(line, want + wants++))
                fail_msg("%s: cannot read: %s", path, line);
            continue;
        }
        if (more && line[0] != '>')
            continue;
        if (text[0])
            judge(t, language, text, want, wants, tally, loud);
        wants = 0;
        if (more)
            copy(text, sizeof text, line + 2, strcspn(line + 2, "\n"));
    }
    fclose(file);
}

static double share(uint32_t part, uint32_t whole)
{
    return whole ? 100.0 * part / whole : 100.0;
}

static void gold_of_every_language(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "ru", "de", "fr", "es", "it", "pt", "tr", "az", "uk", "be"};
    const char *loud = getenv("CLAIMS_GOLD");
    struct assay_test *t = assay_test_new(&claims_LTX_assay_plugin, "conf");
    assert_int_equal(assay_test_open(t, NULL), ASSAY_OK);
    struct tally all = {0};
    printf("lang  figures  value-F1   unit  bound relation status   time measured speaker\n");
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        struct tally one = {0};
        read_file(t, languages[i], &one, loud && (!strcmp(loud, "all") || !strcmp(loud, languages[i])));
        uint32_t *sum = (uint32_t *)&all;
        const uint32_t *part = (const uint32_t *)&one;
        for (size_t k = 0; k < sizeof one / sizeof *part; k++)
            sum[k] += part[k];
        printf("%-5s %8u %9.1f %6.1f %6.1f %8.1f %6.1f %6.1f %8.1f %7.1f\n", languages[i], one.gold, share(2 * one.value, one.gold + one.found), share(one.unit, one.gold),
               share(one.bound, one.bounds), share(one.relation, one.relations), share(one.status, one.statuses), share(one.time, one.times),
               share(one.measured, one.measureds), share(one.speaker, one.speakers));
    }
    printf("%-5s %8u %9.1f %6.1f %6.1f %8.1f %6.1f %6.1f %8.1f %7.1f\n", "all", all.gold, share(2 * all.value, all.gold + all.found), share(all.unit, all.gold),
           share(all.bound, all.bounds), share(all.relation, all.relations), share(all.status, all.statuses), share(all.time, all.times), share(all.measured, all.measureds),
           share(all.speaker, all.speakers));
    assert_true(share(2 * all.value, all.gold + all.found) >= 95);
    assert_true(share(all.unit, all.gold) >= 93);
    assert_true(share(all.bound, all.bounds) >= 93);
    assert_true(share(all.relation, all.relations) >= 90);
    assert_true(share(all.status, all.statuses) >= 88);
    assert_true(share(all.time, all.times) >= 88);
    assert_true(share(all.measured, all.measureds) >= 80);
    assert_true(share(all.speaker, all.speakers) >= 85);
    assay_test_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(gold_of_every_language)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
