/* SPDX-License-Identifier: Apache-2.0
 *
 * finding/1 on the corpus: what the sources say of one quantity. One finding a group, with the 24 values printed first;
 * figures of further values stand in claim/1 alone.
 */
#ifndef ASSAY_LAYERS_FINDING_H
#define ASSAY_LAYERS_FINDING_H

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

#include "claim.h"

#define ASSAY_VERDICTS "conflict|update|scope|compatible|agree" /* gravest first */
enum assay_verdict { ASSAY_CONFLICT, ASSAY_UPDATE, ASSAY_SCOPE, ASSAY_COMPATIBLE, ASSAY_AGREE };
#define ASSAY_SEVERITIES "high|medium|low|check"
enum assay_severity { ASSAY_HIGH, ASSAY_MEDIUM, ASSAY_LOW, ASSAY_CHECK };
#define ASSAY_REVIEWS "accepted|dismissed|reopened"
#define ASSAY_HINTS "x10|x100|x1000|unit|scale|swapped-digits"

/* Figures inside one value agree with each other. */
struct assay_value {
    double value, value_high;
    uint32_t has_value_high, bound;
    struct assay_text unit;
    double base_value;
    uint32_t has_base_value, documents, independent, zero;
    struct assay_list claims;  /* struct assay_ref of claim/1 */
    struct assay_list sources; /* struct assay_text */
};
static const struct assay_field assay_value_rows[] = {
    ASSAY_FIELD(struct assay_value, value, ASSAY_REAL, 0, NULL, "value; lower end of a range"),
    ASSAY_MAYBE(struct assay_value, value_high, ASSAY_REAL, 0, NULL, "upper end of a range"),
    ASSAY_FIELD(struct assay_value, bound, ASSAY_CHOICE, 0, ASSAY_BOUNDS, "about, over, at least ..."),
    ASSAY_FIELD(struct assay_value, unit, ASSAY_TEXT, 0, NULL, "unit"),
    ASSAY_MAYBE(struct assay_value, base_value, ASSAY_REAL, 0, NULL, "value in the base unit"),
    ASSAY_FIELD(struct assay_value, claims, ASSAY_REF, ASSAY_LIST, "claim/1", "who says so"),
    ASSAY_FIELD(struct assay_value, sources, ASSAY_TEXT, ASSAY_LIST, NULL, "publishers"),
    ASSAY_FIELD(struct assay_value, documents, ASSAY_U32, 0, NULL, "documents"),
    ASSAY_FIELD(struct assay_value, independent, ASSAY_U32, 0, NULL, "independent sources"),
};
static const struct assay_fields assay_value_fields = ASSAY_FIELDS(struct assay_value, assay_value_rows);

/* a and b: indexes into the finding's values. */
struct assay_verdict_pair {
    uint32_t a, b, verdict, zero;
    struct assay_text rule;
};
static const struct assay_field assay_verdict_pair_rows[] = {
    ASSAY_FIELD(struct assay_verdict_pair, a, ASSAY_U32, 0, NULL, "one value"),
    ASSAY_FIELD(struct assay_verdict_pair, b, ASSAY_U32, 0, NULL, "other value"),
    ASSAY_FIELD(struct assay_verdict_pair, verdict, ASSAY_CHOICE, 0, ASSAY_VERDICTS, "how they stand to each other"),
    ASSAY_FIELD(struct assay_verdict_pair, rule, ASSAY_TEXT, 0, NULL, "rule that says so"),
};
static const struct assay_fields assay_verdict_pair_fields =
    ASSAY_FIELDS(struct assay_verdict_pair, assay_verdict_pair_rows);

struct assay_period {
    struct assay_text from, to;
};
static const struct assay_field assay_period_rows[] = {
    ASSAY_FIELD(struct assay_period, from, ASSAY_TEXT, 0, NULL, "first, inclusive; null = open"),
    ASSAY_FIELD(struct assay_period, to, ASSAY_TEXT, 0, NULL, "last, inclusive; null = open"),
};
static const struct assay_fields assay_period_fields = ASSAY_FIELDS(struct assay_period, assay_period_rows);

struct assay_finding {
    struct assay_text id;
    uint32_t verdict, severity, rank, scope_of;
    double confidence;
    struct assay_text title, explanation, rule;
    struct assay_list claims; /* struct assay_ref of claim/1 */
    struct assay_list values; /* struct assay_value */
    struct assay_list pairs;  /* struct assay_verdict_pair */
    uint32_t independent, has_hint;
    double gap;
    uint32_t hint, has_period;
    struct assay_period period;
    struct assay_text measured, concept, state;
    uint32_t review, has_review;
    struct assay_text note;
};
static const struct assay_field assay_finding_rows[] = {
    ASSAY_FIELD(struct assay_finding, id, ASSAY_TEXT, 0, NULL, "stays when documents are added"),
    ASSAY_FIELD(struct assay_finding, verdict, ASSAY_CHOICE, ASSAY_GRADE, ASSAY_VERDICTS, "gravest of its pairs"),
    ASSAY_FIELD(struct assay_finding, severity, ASSAY_CHOICE, ASSAY_GRADE, ASSAY_SEVERITIES, "how much it matters"),
    ASSAY_FIELD(struct assay_finding, rank, ASSAY_U32, ASSAY_KEY, NULL, "1 = look here first"),
    ASSAY_FIELD(struct assay_finding, confidence, ASSAY_REAL, 0, NULL, "0..1 that the verdict is right"),
    ASSAY_FIELD(struct assay_finding, title, ASSAY_TEXT, 0, NULL, "one line"),
    ASSAY_FIELD(struct assay_finding, explanation, ASSAY_TEXT, 0, NULL, "why"),
    ASSAY_FIELD(struct assay_finding, rule, ASSAY_TEXT, 0, NULL, "name of the rule"),
    ASSAY_FIELD(struct assay_finding, scope_of, ASSAY_CHOICE, 0, "across|within", "between documents, or inside one"),
    ASSAY_FIELD(struct assay_finding, claims, ASSAY_REF, ASSAY_LIST, "claim/1", "its figures"),
    ASSAY_FIELD(struct assay_finding, values, ASSAY_RECORD, ASSAY_LIST, &assay_value_fields, "values that differ"),
    ASSAY_FIELD(struct assay_finding, pairs, ASSAY_RECORD, ASSAY_LIST, &assay_verdict_pair_fields, "how the values stand to each other"),
    ASSAY_FIELD(struct assay_finding, independent, ASSAY_U32, 0, NULL, "independent sources in all"),
    ASSAY_FIELD(struct assay_finding, gap, ASSAY_REAL, 0, NULL, "relative gap after bounds and rounding"),
    ASSAY_MAYBE(struct assay_finding, hint, ASSAY_CHOICE, 0, ASSAY_HINTS, "likely slip"),
    ASSAY_MAYBE(struct assay_finding, period, ASSAY_RECORD, 0, &assay_period_fields, "period it speaks of"),
    ASSAY_FIELD(struct assay_finding, measured, ASSAY_TEXT, 0, NULL, "what is measured, as written"),
    ASSAY_FIELD(struct assay_finding, concept, ASSAY_TEXT, 0, NULL, "key of the concept lexicon"),
    ASSAY_FIELD(struct assay_finding, state, ASSAY_TEXT, 0, NULL, "hash of verdict and values"),
    ASSAY_MAYBE(struct assay_finding, review, ASSAY_CHOICE, 0, ASSAY_REVIEWS, "mark of an earlier reading"),
    ASSAY_FIELD(struct assay_finding, note, ASSAY_TEXT, 0, NULL, "note of an earlier reading"),
};
static const struct assay_fields assay_finding_fields = ASSAY_FIELDS(struct assay_finding, assay_finding_rows);

#ifdef __cplusplus
}
#endif
#endif
