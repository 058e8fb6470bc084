/* SPDX-License-Identifier: Apache-2.0
 *
 * What the program says of a figure, in the words of the labels of the gold, and whether a label agrees with it.
 */
#ifndef TEST_CLAIMS_SAID_H
#define TEST_CLAIMS_SAID_H

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>

#include "gold.h"
#include "reader.h"

/* What the program says, in the words of the labels; places of measured thing and speaker. */
struct said {
    char field[GOLD_FIELDS][GOLD_ROOM];
    struct assay_span at[GOLD_FIELDS];
};

static inline void text_of(char *to, size_t room, struct assay_text t)
{
    gold_copy(to, room, t.at ? t.at : "", t.at ? t.size : 0);
}

/* Zeros at the end of a fraction tell the precision, not the value. */
static inline void plain(char *value)
{
    size_t n = strlen(value);
    if (!strchr(value, '.'))
        return;
    while (n && value[n - 1] == '0')
        value[--n] = 0;
    if (n && value[n - 1] == '.')
        value[n - 1] = 0;
}

static inline int same_value(const char *label, const char *got)
{
    char a[GOLD_ROOM], b[GOLD_ROOM];
    const char *over = strchr(label, '/');
    if (over) {
        double off = strtod(got, NULL) * strtod(over + 1, NULL) - strtod(label, NULL);
        return off < 1e-6 && off > -1e-6;
    }
    gold_copy(a, sizeof a, label, strlen(label));
    gold_copy(b, sizeof b, got, strlen(got));
    if (!strstr(a, "..")) {
        plain(a);
        plain(b);
    }
    return !strcmp(a, b);
}

/* The key of a counted noun is its stem: the first three letters have to agree. */
static inline int same_noun(const char *label, const char *got)
{
    const char *a = label, *a_end = label + strlen(label), *b = got, *b_end = got + strlen(got);
    int n = 0;
    for (; n < 3 && a < a_end && b < b_end; n++) {
        uint32_t x, y;
        a += assay_utf8_next(a, a_end, &x);
        b += assay_utf8_next(b, b_end, &y);
        if (assay_fold(x) != assay_fold(y))
            return 0;
    }
    return n > 0 && (n == 3 || b == b_end);
}

static inline int overlaps(const char *text, const char *wanted, struct assay_span span)
{
    for (const char *p = strstr(text, wanted); p && *wanted; p = strstr(p + 1, wanted)) {
        uint32_t begin = (uint32_t)(p - text), end = begin + (uint32_t)strlen(wanted);
        if (span.begin < end && span.end > begin)
            return 1;
    }
    return 0;
}

static inline int agrees(const char *text, enum gold_field i, const char *label, const struct said *got)
{
    if (!strcmp(label, "-"))
        return !got->field[i][0];
    switch (i) {
    case GOLD_VALUE:
        return same_value(label, got->field[i]);
    case GOLD_COUNTED:
        return same_noun(label, got->field[i]);
    case GOLD_MEASURED:
    case GOLD_SPEAKER:
        return overlaps(text, label, got->at[i]);
    default:
        return !strcmp(label, got->field[i]);
    }
}

/* A label with several readings, "|" between them. */
static inline int one_agrees(const char *text, enum gold_field i, const char *label, const struct said *got)
{
    for (const char *p = label; *p;) {
        char one[GOLD_ROOM];
        size_t n = strcspn(p, "|");
        gold_copy(one, sizeof one, p, n);
        if (agrees(text, i, one, got))
            return 1;
        p += n + (p[n] == '|');
    }
    return 0;
}

static inline void describe(const struct assay_claim *c, struct said *got)
{
    static const char *const kinds[] = {"number",   "percent",  "money", "dimension",
                                        "duration", "multiple", "rank",  "ordinal",
                                        "date"},
                      *const bounds[] = {"=", "~", ">", ">=", "<", "<=", "range"},
                      *const changes[] = {"level", "increase", "decrease"}, *const relations[] = {"by", "to", "from", "fold"},
                      *const statuses[] = {"asserted", "negated", "target", "forecast", "hypothetical"};
    char high[90], from[20], to[20];
    memset(got, 0, sizeof *got);
    text_of(got->field[GOLD_VALUE], 90, c->decimal);
    if (c->has_value_high) {
        text_of(high, sizeof high, c->decimal_high);
        size_t n = strlen(got->field[GOLD_VALUE]);
        snprintf(got->field[GOLD_VALUE] + n, GOLD_ROOM - n, "..%s", high);
    }
    text_of(got->field[GOLD_UNIT], GOLD_ROOM, c->unit);
    text_of(got->field[GOLD_COUNTED], GOLD_ROOM, c->counted);
    text_of(got->field[GOLD_PER], GOLD_ROOM, c->per);
    snprintf(got->field[GOLD_KIND], GOLD_ROOM, "%s", kinds[c->kind]);
    snprintf(got->field[GOLD_BOUND], GOLD_ROOM, "%s", bounds[c->bound]);
    snprintf(got->field[GOLD_CHANGE], GOLD_ROOM, "%s/%s", changes[c->change], c->has_relation ? relations[c->relation] : "-");
    snprintf(got->field[GOLD_STATUS], GOLD_ROOM, "%s", statuses[c->status]);
    text_of(from, sizeof from, c->time.from);
    text_of(to, sizeof to, c->time.to);
    if (c->has_time && (from[0] || to[0]))
        snprintf(got->field[GOLD_TIME], GOLD_ROOM, "%s..%s", from, to);
    if (c->has_measured) {
        text_of(got->field[GOLD_MEASURED], GOLD_ROOM, c->measured.text);
        got->at[GOLD_MEASURED] = c->measured.span;
    }
    if (c->has_speaker) {
        text_of(got->field[GOLD_SPEAKER], GOLD_ROOM, c->speaker.text);
        got->at[GOLD_SPEAKER] = c->speaker.span;
    }
}

#endif
