/* SPDX-License-Identifier: Apache-2.0
 *
 * Field tables of the options and of what goes between the rounds.
 */
#include "consistency.h"

static const struct assay_field watch_rows[] = {
    ASSAY_OPTION(struct watch, measure, ASSAY_TEXT, 0, NULL, "", NULL, NULL, "a concept or a word, as in the text; empty: any"),
    ASSAY_OPTION(struct watch, entity, ASSAY_TEXT, 0, NULL, "", NULL, NULL, "a country code or name; empty: any"),
    ASSAY_OPTION(struct watch, unit, ASSAY_TEXT, 0, NULL, "", NULL, NULL, "unit or currency; empty: any"),
    ASSAY_OPTION(struct watch, tolerance, ASSAY_REAL, 0, NULL, "-1", "-1", "1", "share that is no conflict; -1: as for the others"),
};
static const struct assay_fields watch_fields = ASSAY_FIELDS(struct watch, watch_rows);

static const struct assay_field alias_rows[] = {
    ASSAY_OPTION(struct alias, name, ASSAY_TEXT, ASSAY_MUST, NULL, NULL, NULL, NULL, "a word or phrase of the texts; * at its end: any ending"),
    ASSAY_OPTION(struct alias, as, ASSAY_TEXT, ASSAY_MUST, NULL, NULL, NULL, NULL, "the concept it stands for, a new one or one of the lexicon"),
};
static const struct assay_fields alias_fields = ASSAY_FIELDS(struct alias, alias_rows);

static const struct assay_field part_rows[] = {
    ASSAY_OPTION(struct relation_option, part, ASSAY_TEXT, ASSAY_MUST, NULL, NULL, NULL, NULL, "concept that is a part"),
    ASSAY_OPTION(struct relation_option, whole, ASSAY_TEXT, ASSAY_MUST, NULL, NULL, NULL, NULL, "of this one"),
};
static const struct assay_fields part_fields = ASSAY_FIELDS(struct relation_option, part_rows);

/* What only the last round looks at: a change of it compares nothing again. */
#define JUDGED ASSAY_FROM_ROUND(ROUND_JUDGE)

static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, tolerance, ASSAY_REAL, JUDGED, NULL, "0", "0", "1", "share of the larger value that is no conflict"),
    ASSAY_OPTION(struct options, min_confidence, ASSAY_REAL, JUDGED, NULL, "0", "0", "1", "findings less sure are left out"),
    ASSAY_OPTION(struct options, max_findings, ASSAY_U64, JUDGED, NULL, "0", "0", NULL, "only the first by rank; 0: all"),
    ASSAY_OPTION(struct options, watch, ASSAY_RECORD, ASSAY_LIST | JUDGED, &watch_fields, NULL, NULL, NULL, "what to rank higher; the first that fits counts"),
    ASSAY_OPTION(struct options, aliases, ASSAY_RECORD, ASSAY_LIST, &alias_fields, NULL, NULL, NULL, "further words for concepts"),
    ASSAY_OPTION(struct options, part_of, ASSAY_RECORD, ASSAY_LIST, &part_fields, NULL, NULL, NULL, "further relations of part and whole"),
    ASSAY_OPTION(struct options, trusted, ASSAY_TEXT, ASSAY_LIST | JUDGED, NULL, NULL, NULL, NULL, "publishers whose figures rank higher"),
    ASSAY_OPTION(struct options, ignored, ASSAY_TEXT, ASSAY_LIST | ASSAY_FROM_ROUND(ROUND_STORY), NULL, NULL, NULL, NULL, "publishers that are not compared"),
    ASSAY_OPTION(struct options, suppress, ASSAY_TEXT, ASSAY_LIST | JUDGED, NULL, NULL, NULL, NULL, "ids of findings to leave out"),
    ASSAY_OPTION(struct options, about, ASSAY_TEXT, ASSAY_LIST | JUDGED, NULL, NULL, NULL, NULL, "only these concepts or kinds (killed, money); empty: all"),
    ASSAY_OPTION(struct options, evolving, ASSAY_TEXT, ASSAY_LIST | ASSAY_FROM_ROUND(ROUND_PAIR), NULL, NULL, NULL, NULL, "further concepts whose count changes while a story develops"),
    ASSAY_OPTION(struct options, review, ASSAY_PATH, JUDGED, NULL, NULL, NULL, NULL, "JSON Lines of marks of an earlier reading"),
    ASSAY_OPTION(struct options, concepts, ASSAY_PATH, 0, NULL, NULL, NULL, NULL, "lexicon of concepts; empty: the one installed"),
    ASSAY_OPTION(struct options, places, ASSAY_PATH, 0, NULL, NULL, NULL, NULL, "lexicon of places; empty: the one installed"),
};
const struct assay_fields options_fields = ASSAY_FIELDS(struct options, option_rows);

static const struct assay_field term_slice_rows[] = {
    ASSAY_FIELD(struct term_slice, terms, ASSAY_TEXT, 0, NULL, "packed terms"),
    ASSAY_FIELD(struct term_slice, times, ASSAY_U32, ASSAY_LIST, NULL, "documents of each"),
    ASSAY_FIELD(struct term_slice, sentences, ASSAY_U32, 0, NULL, "sentences of the document, in one of its slices"),
    ASSAY_FIELD(struct term_slice, documents, ASSAY_U32, 0, NULL, "1, in the same"),
};
const struct assay_fields term_slice_fields = ASSAY_FIELDS(struct term_slice, term_slice_rows);

static const struct assay_field rarity_count_rows[] = {
    ASSAY_FIELD(struct rarity_count, key, ASSAY_U64, ASSAY_KEY, NULL, "term"),
    ASSAY_FIELD(struct rarity_count, sentences, ASSAY_U32, 0, NULL, "of the corpus"),
    ASSAY_FIELD(struct rarity_count, documents, ASSAY_U32, 0, NULL, "documents"),
};
const struct assay_fields rarity_count_fields = ASSAY_FIELDS(struct rarity_count, rarity_count_rows);

static const struct assay_field sketch_rows[] = {
    ASSAY_FIELD(struct sketch, element, ASSAY_U32, ASSAY_LIST, NULL, "its heaviest terms"),
    ASSAY_FIELD(struct sketch, classes, ASSAY_TEXT, 0, NULL, "how rare they are"),
    ASSAY_FIELD(struct sketch, norm, ASSAY_U32, 0, NULL, "root of the sum of squares"),
    ASSAY_FIELD(struct sketch, source, ASSAY_U32, 0, NULL, "publisher"),
    ASSAY_FIELD(struct sketch, day, ASSAY_U32, 0, NULL, "published"),
    ASSAY_FIELD(struct sketch, flags, ASSAY_U32, 0, NULL, "day known, fact, all terms"),
    ASSAY_FIELD(struct sketch, scale, ASSAY_U32, 0, NULL, "size of the corpus"),
};
const struct assay_fields sketch_fields = ASSAY_FIELDS(struct sketch, sketch_rows);

static const struct assay_field weighed_rows[] = {
    ASSAY_FIELD(struct weighed, classes, ASSAY_TEXT, 0, NULL, "how rare its terms are"),
    ASSAY_FIELD(struct weighed, scale, ASSAY_U32, 0, NULL, "size of the corpus"),
};
const struct assay_fields weighed_fields = ASSAY_FIELDS(struct weighed, weighed_rows);

static const struct assay_field couple_rows[] = {
    ASSAY_FIELD(struct couple, a, ASSAY_DOC, ASSAY_KEY, NULL, "document"),
    ASSAY_FIELD(struct couple, score, ASSAY_U32, ASSAY_KEY | ASSAY_DOWN, NULL, "likeness"),
    ASSAY_FIELD(struct couple, b, ASSAY_DOC, ASSAY_KEY, NULL, "the other"),
    ASSAY_FIELD(struct couple, fact, ASSAY_U32, ASSAY_KEY, NULL, "1: by a fact"),
};
const struct assay_fields couple_fields = ASSAY_FIELDS(struct couple, couple_rows);

static const struct assay_field partner_rows[] = {
    ASSAY_FIELD(struct partner, doc, ASSAY_DOC, 0, NULL, "document"),
    ASSAY_FIELD(struct partner, score, ASSAY_U32, 0, NULL, "likeness"),
    ASSAY_FIELD(struct partner, fact, ASSAY_U32, 0, NULL, "1: by a fact"),
};
const struct assay_fields partner_fields = ASSAY_FIELDS(struct partner, partner_rows);

static const struct assay_field pair_value_rows[] = {
    ASSAY_FIELD(struct pair_value, other, ASSAY_DOC, 0, NULL, "the other document"),
    ASSAY_FIELD(struct pair_value, score, ASSAY_U32, 0, NULL, "likeness"),
    ASSAY_FIELD(struct pair_value, fact, ASSAY_U32, 0, NULL, "1: by a fact"),
};
const struct assay_fields pair_value_fields = ASSAY_FIELDS(struct pair_value, pair_value_rows);

static const struct assay_field edge_rows[] = {
    ASSAY_FIELD(struct edge, score, ASSAY_U32, ASSAY_KEY | ASSAY_DOWN, NULL, "strength"),
    ASSAY_FIELD(struct edge, a_doc, ASSAY_DOC, ASSAY_KEY, NULL, "one document"),
    ASSAY_FIELD(struct edge, a, ASSAY_U32, ASSAY_KEY, NULL, "its claim"),
    ASSAY_FIELD(struct edge, b_doc, ASSAY_DOC, ASSAY_KEY, NULL, "the other"),
    ASSAY_FIELD(struct edge, b, ASSAY_U32, ASSAY_KEY, NULL, "its claim"),
    ASSAY_FIELD(struct edge, flags, ASSAY_U32, 0, NULL, "how they were linked"),
};
const struct assay_fields edge_fields = ASSAY_FIELDS(struct edge, edge_rows);

static const struct assay_field half_edge_rows[] = {
    ASSAY_FIELD(struct half_edge, doc, ASSAY_DOC, 0, NULL, "document"),
    ASSAY_FIELD(struct half_edge, claim, ASSAY_U32, 0, NULL, "claim"),
    ASSAY_FIELD(struct half_edge, score, ASSAY_U32, 0, NULL, "strength"),
    ASSAY_FIELD(struct half_edge, flags, ASSAY_U32, 0, NULL, "how they were linked"),
};
static const struct assay_fields half_edge_fields = ASSAY_FIELDS(struct half_edge, half_edge_rows);

static const struct assay_field member_rows[] = {
    ASSAY_FIELD(struct member, component, ASSAY_U64, 0, NULL, "component"),
    ASSAY_FIELD(struct member, claim, ASSAY_U32, 0, NULL, "claim"),
    ASSAY_FIELD(struct member, edges, ASSAY_RECORD, ASSAY_LIST, &half_edge_fields, "its links"),
};
const struct assay_fields member_fields = ASSAY_FIELDS(struct member, member_rows);

static const struct assay_field judge_value_rows[] = {
    ASSAY_FIELD(struct judge_value, claim, ASSAY_U32, 0, NULL, "claim of the document"),
    ASSAY_FIELD(struct judge_value, within, ASSAY_U32, 0, NULL, "1: a sentence whose own figures do not add up; 2: two speakers who disagree"),
};
const struct assay_fields judge_value_fields = ASSAY_FIELDS(struct judge_value, judge_value_rows);

static const struct assay_field draft_rows[] = {
    ASSAY_FIELD(struct draft, weight, ASSAY_I64, ASSAY_KEY | ASSAY_DOWN, NULL, "rank"),
    ASSAY_FIELD(struct draft, id, ASSAY_TEXT, ASSAY_KEY, NULL, "id"),
    ASSAY_FIELD(struct draft, doc, ASSAY_DOC, ASSAY_KEY, NULL, "document of its first claim"),
    ASSAY_FIELD(struct draft, claim, ASSAY_U32, ASSAY_KEY, NULL, "first claim"),
    ASSAY_FIELD(struct draft, finding, ASSAY_RECORD, 0, &assay_finding_fields, "finding"),
};
const struct assay_fields draft_fields = ASSAY_FIELDS(struct draft, draft_rows);
