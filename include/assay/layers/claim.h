/* SPDX-License-Identifier: Apache-2.0
 *
 * claim/1: a figure, and what it claims.
 *
 * span      figure with bound word, sign, scale, unit or currency ("over 3 million euros"); not the noun counted, not
 *           "a year", not a case ending behind a hyphen or apostrophe. No figures: dates, clock times, scores, phone and
 *           model numbers, references, names.
 * kind      what is counted is a number: unit null, the noun's key in counted ("two men"). An age is a duration. A rank
 *           is a place by size or merit (second-largest), an ordinal a count in a series (the third strike). A multiple
 *           has its factor as value and relation fold ("halved" 0.5); how often something happened is a number.
 *           A date is a day that is told with its month, only where the chain asks for them (option dates): value
 *           20240517 for 17 May 2024, unit "date", a range where it is several days; time says the same. A day that its
 *           month does not have ("31 September") is one, too. A year that is not told is that of the nearest such day.
 * value     12.5 percent: value 12.5, base_value 0.125. "one in five": 0.2. Hundreds 100, dozens 12, with bound >=.
 * unit      ISO 4217, or the CLDR id without its type, compounds whole (kilometer-per-hour; per is null then), percent,
 *           percentage-point. Money without a currency: kind money, unit null. Nothing is converted between currencies.
 *           base_unit: meter, kilogram, second, cubic-meter ...; month, quarter, year, decade, century: month.
 * bound     > over, >= at least, < under, <= up to, ~ about. A range swallows a bound word before it.
 * change    increase or decrease only where the text says so: "rises to 40" increase, to; "from 3 to 5" two claims,
 *           from and to. A difference without change ("won by 3 points") is a level, by.
 * status    target: wanted, promised, planned; forecast: expected; negated: the figure or its statement is denied.
 * time      ISO 8601, reduced precision, both ends inclusive.
 */
#ifndef ASSAY_LAYERS_CLAIM_H
#define ASSAY_LAYERS_CLAIM_H

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASSAY_KINDS "number|percent|money|dimension|duration|multiple|rank|ordinal|date"
enum assay_kind { ASSAY_KIND_NUMBER, ASSAY_KIND_PERCENT, ASSAY_KIND_MONEY, ASSAY_KIND_DIMENSION, ASSAY_KIND_DURATION,
                  ASSAY_KIND_MULTIPLE, ASSAY_KIND_RANK, ASSAY_KIND_ORDINAL, ASSAY_KIND_DATE };
#define ASSAY_BOUNDS "=|~|>|>=|<|<=|range"
enum assay_bound { ASSAY_BOUND_EXACT, ASSAY_BOUND_ABOUT, ASSAY_BOUND_OVER, ASSAY_BOUND_AT_LEAST, ASSAY_BOUND_UNDER,
                   ASSAY_BOUND_AT_MOST, ASSAY_BOUND_RANGE };
#define ASSAY_CHANGES "level|increase|decrease"
enum assay_change { ASSAY_CHANGE_LEVEL, ASSAY_CHANGE_INCREASE, ASSAY_CHANGE_DECREASE };
#define ASSAY_RELATIONS "by|to|from|fold"
enum assay_relation { ASSAY_RELATION_BY, ASSAY_RELATION_TO, ASSAY_RELATION_FROM, ASSAY_RELATION_FOLD };
#define ASSAY_STATUSES "asserted|negated|target|forecast|hypothetical"
enum assay_claim_status { ASSAY_ASSERTED, ASSAY_NEGATED, ASSAY_TARGET, ASSAY_FORECAST, ASSAY_HYPOTHETICAL };

struct assay_claim_time {
    struct assay_text from, to; /* ISO 8601, reduced precision, inclusive; null = open */
    struct assay_text text;
    struct assay_span span;
};
static const struct assay_field assay_claim_time_rows[] = {
    ASSAY_FIELD(struct assay_claim_time, from, ASSAY_TEXT, 0, NULL, "first day, month or year; null = open"),
    ASSAY_FIELD(struct assay_claim_time, to, ASSAY_TEXT, 0, NULL, "last one, inclusive; null = open"),
    ASSAY_FIELD(struct assay_claim_time, text, ASSAY_TEXT, 0, NULL, "as written"),
    ASSAY_FIELD(struct assay_claim_time, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where"),
};
static const struct assay_fields assay_claim_time_fields = ASSAY_FIELDS(struct assay_claim_time, assay_claim_time_rows);

struct assay_claim_measured {
    struct assay_text text;
    struct assay_span span;
    struct assay_list stems; /* struct assay_text */
    struct assay_text concept;
};
static const struct assay_field assay_claim_measured_rows[] = {
    ASSAY_FIELD(struct assay_claim_measured, text, ASSAY_TEXT, 0, NULL, "as written"),
    ASSAY_FIELD(struct assay_claim_measured, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where"),
    ASSAY_FIELD(struct assay_claim_measured, stems, ASSAY_TEXT, ASSAY_LIST, NULL, "stems of its words"),
    ASSAY_FIELD(struct assay_claim_measured, concept, ASSAY_TEXT, 0, NULL, "key of the concept lexicon"),
};
static const struct assay_fields assay_claim_measured_fields =
    ASSAY_FIELDS(struct assay_claim_measured, assay_claim_measured_rows);

struct assay_entity {
    struct assay_text text;
    struct assay_span span;
    struct assay_text id;
};
static const struct assay_field assay_entity_rows[] = {
    ASSAY_FIELD(struct assay_entity, text, ASSAY_TEXT, 0, NULL, "as written"),
    ASSAY_FIELD(struct assay_entity, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where"),
    ASSAY_FIELD(struct assay_entity, id, ASSAY_TEXT, 0, NULL, "ISO 3166 code of a country, else a folded key"),
};
static const struct assay_fields assay_entity_fields = ASSAY_FIELDS(struct assay_entity, assay_entity_rows);

struct assay_speaker {
    struct assay_text text;
    struct assay_span span;
};
static const struct assay_field assay_speaker_rows[] = {
    ASSAY_FIELD(struct assay_speaker, text, ASSAY_TEXT, 0, NULL, "as written"),
    ASSAY_FIELD(struct assay_speaker, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where"),
};
static const struct assay_fields assay_speaker_fields = ASSAY_FIELDS(struct assay_speaker, assay_speaker_rows);

struct assay_claim {
    struct assay_span span;
    uint32_t page;
    uint32_t has_page;
    struct assay_text text;
    struct assay_span sentence;
    uint32_t kind, bound;            /* enum assay_kind, assay_bound */
    double value, value_high;        /* value_high only with bound range */
    struct assay_text decimal, decimal_high;
    double alternative, base_value;
    uint32_t has_value_high, has_alternative, has_base_value;
    uint32_t precision;              /* significant digits */
    struct assay_text unit, counted, base_unit, per;
    uint32_t change, relation, has_relation, status;
    struct assay_claim_time time;
    uint32_t has_time, has_measured;
    struct assay_claim_measured measured;
    struct assay_list entities;      /* struct assay_entity */
    struct assay_speaker speaker;
    uint32_t has_speaker, zero;
    struct assay_text language, rule;
    double confidence;
};
static const struct assay_field assay_claim_rows[] = {
    ASSAY_FIELD(struct assay_claim, span, ASSAY_SPAN, ASSAY_SELF, NULL, "the figure with bound word, sign, scale and unit"),
    ASSAY_MAYBE(struct assay_claim, page, ASSAY_U32, 0, NULL, "page, from 1"),
    ASSAY_FIELD(struct assay_claim, text, ASSAY_TEXT, 0, NULL, "as written"),
    ASSAY_FIELD(struct assay_claim, sentence, ASSAY_SPAN, 0, NULL, "its sentence"),
    ASSAY_FIELD(struct assay_claim, kind, ASSAY_CHOICE, 0, ASSAY_KINDS, "kind of quantity"),
    ASSAY_FIELD(struct assay_claim, value, ASSAY_REAL, 0, NULL, "value; lower end of a range"),
    ASSAY_MAYBE(struct assay_claim, value_high, ASSAY_REAL, 0, NULL, "upper end of a range"),
    ASSAY_FIELD(struct assay_claim, decimal, ASSAY_TEXT, 0, NULL, "value, exact"),
    ASSAY_FIELD(struct assay_claim, decimal_high, ASSAY_TEXT, 0, NULL, "value_high, exact"),
    ASSAY_MAYBE(struct assay_claim, alternative, ASSAY_REAL, 0, NULL, "the other reading of an ambiguous separator"),
    ASSAY_FIELD(struct assay_claim, bound, ASSAY_CHOICE, 0, ASSAY_BOUNDS, "about, over, at least ..."),
    ASSAY_FIELD(struct assay_claim, precision, ASSAY_U32, 0, NULL, "significant digits"),
    ASSAY_FIELD(struct assay_claim, unit, ASSAY_TEXT, 0, NULL, "ISO 4217, CLDR unit, percent, percentage-point; null for things counted"),
    ASSAY_FIELD(struct assay_claim, counted, ASSAY_TEXT, 0, NULL, "key of the noun of things counted"),
    ASSAY_FIELD(struct assay_claim, base_unit, ASSAY_TEXT, 0, NULL, "CLDR base unit"),
    ASSAY_MAYBE(struct assay_claim, base_value, ASSAY_REAL, 0, NULL, "value in the base unit"),
    ASSAY_FIELD(struct assay_claim, per, ASSAY_TEXT, 0, NULL, "per what, a year, a barrel"),
    ASSAY_FIELD(struct assay_claim, change, ASSAY_CHOICE, 0, ASSAY_CHANGES, "a level, or a change that the text states"),
    ASSAY_MAYBE(struct assay_claim, relation, ASSAY_CHOICE, 0, ASSAY_RELATIONS, "by how much, to what, from what, -fold"),
    ASSAY_FIELD(struct assay_claim, status, ASSAY_CHOICE, 0, ASSAY_STATUSES, "how it is said"),
    ASSAY_MAYBE(struct assay_claim, time, ASSAY_RECORD, 0, &assay_claim_time_fields, "period it speaks of"),
    ASSAY_MAYBE(struct assay_claim, measured, ASSAY_RECORD, 0, &assay_claim_measured_fields, "what is measured"),
    ASSAY_FIELD(struct assay_claim, entities, ASSAY_RECORD, ASSAY_LIST, &assay_entity_fields, "names near it"),
    ASSAY_MAYBE(struct assay_claim, speaker, ASSAY_RECORD, 0, &assay_speaker_fields, "who says so"),
    ASSAY_FIELD(struct assay_claim, language, ASSAY_TEXT, 0, NULL, "language of the sentence"),
    ASSAY_FIELD(struct assay_claim, rule, ASSAY_TEXT, 0, NULL, "lexicon line that fired"),
    ASSAY_FIELD(struct assay_claim, confidence, ASSAY_REAL, 0, NULL, "0..1 that value and unit are read right"),
};
static const struct assay_fields assay_claim_fields = ASSAY_FIELDS(struct assay_claim, assay_claim_rows);

#ifdef __cplusplus
}
#endif
#endif
