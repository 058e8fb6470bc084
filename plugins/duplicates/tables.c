/* SPDX-License-Identifier: Apache-2.0
 *
 * Field tables and layers.
 */
#include "dup.h"

static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct dup_options, preset, ASSAY_CHOICE, 0, DUP_PRESETS, "normal", NULL, NULL,
                 "strict: nearly the same text only; noisy: scanned texts with misread letters"),
    ASSAY_OPTION(struct dup_options, copy, ASSAY_REAL, ASSAY_FROM_ROUND(4), NULL, "0", "0", "1",
                 "share of the shorter text found in the other that makes a copy; 0: as the preset says"),
    ASSAY_OPTION(struct dup_options, passage, ASSAY_U32, ASSAY_FROM_ROUND(4), NULL, "22", "8", "10000", "words of the shortest passage that is told"),
    ASSAY_OPTION(struct dup_options, boilerplate, ASSAY_U32, ASSAY_FROM_ROUND(3), NULL, "4", "2", "1000000",
                 "texts of one source, copies aside, with the same words that make these the site's boilerplate"),
};
const struct assay_fields dup_option_fields = ASSAY_FIELDS(struct dup_options, option_rows);

static const struct assay_field facts_rows[] = {
    ASSAY_FIELD(struct dup_facts, doc, ASSAY_TEXT, 0, NULL, "the document's id"),
    ASSAY_FIELD(struct dup_facts, source, ASSAY_TEXT, 0, NULL, "publisher"),
    ASSAY_FIELD(struct dup_facts, published, ASSAY_TEXT, 0, NULL, "date"),
};
static const struct assay_fields facts_fields = ASSAY_FIELDS(struct dup_facts, facts_rows);

static const struct assay_field source_rows[] = {
    ASSAY_FIELD(struct dup_source, source, ASSAY_U64, ASSAY_KEY, NULL, "source"),
    ASSAY_FIELD(struct dup_source, docs, ASSAY_U64, 0, NULL, "its texts"),
};
static const struct assay_fields source_fields = ASSAY_FIELDS(struct dup_source, source_rows);

static const struct assay_field other_rows[] = {
    ASSAY_FIELD(struct dup_other, doc, ASSAY_DOC, 0, NULL, "the other text"),
};
static const struct assay_fields other_fields = ASSAY_FIELDS(struct dup_other, other_rows);

/* The spans are U32 pairs, not SPAN: a SPAN belongs to the document that holds the record, and one of the two does
 * not. */
static const struct assay_field form_rows[] = {
    ASSAY_FIELD(struct dup_form, doc, ASSAY_DOC, 0, NULL, "the other text"),
    {"here_begin", ASSAY_U32, 0, (uint32_t)offsetof(struct dup_form, here.begin), 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, "begin here"},
    {"here_end", ASSAY_U32, 0, (uint32_t)offsetof(struct dup_form, here.end), 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, "end here"},
    {"there_begin", ASSAY_U32, 0, (uint32_t)offsetof(struct dup_form, there.begin), 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, "begin there"},
    {"there_end", ASSAY_U32, 0, (uint32_t)offsetof(struct dup_form, there.end), 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, "end there"},
};
static const struct assay_fields form_fields = ASSAY_FIELDS(struct dup_form, form_rows);

static const struct assay_field shared_rows[] = {
    ASSAY_FIELD(struct dup_shared, doc, ASSAY_DOC, 0, NULL, "the other text"),
    ASSAY_FIELD(struct dup_shared, runs, ASSAY_U32, 0, NULL, "runs of words in common"),
};
static const struct assay_fields shared_fields = ASSAY_FIELDS(struct dup_shared, shared_rows);

static const struct assay_field sketch_rows[] = {
    ASSAY_FIELD(struct dup_packed, exact, ASSAY_U64, 0, NULL, "hash of all words"),
    ASSAY_FIELD(struct dup_packed, words, ASSAY_U32, 0, NULL, "how many"),
    ASSAY_FIELD(struct dup_packed, source, ASSAY_U32, 0, NULL, "source"),
    ASSAY_FIELD(struct dup_packed, pick, ASSAY_U32, ASSAY_LIST, NULL, "winnowed runs of words, three bytes each"),
};
static const struct assay_fields sketch_fields = ASSAY_FIELDS(struct dup_packed, sketch_rows);

static const struct assay_field high_rows[] = {
    ASSAY_FIELD(struct dup_high, byte, ASSAY_U32, ASSAY_LIST, NULL, "highest bits of the runs of words, four to a number"),
};
static const struct assay_fields high_fields = ASSAY_FIELDS(struct dup_high, high_rows);

static const struct assay_field head_rows[] = {
    ASSAY_FIELD(struct dup_head, doc, ASSAY_DOC, 0, NULL, "the text that stands for this one"),
    ASSAY_FIELD(struct dup_head, via, ASSAY_DOC, 0, NULL, "what ties this one to it"),
    ASSAY_FIELD(struct dup_head, stamp, ASSAY_I64, 0, NULL, "its date"),
};
static const struct assay_fields head_fields = ASSAY_FIELDS(struct dup_head, head_rows);

static const struct assay_field frequent_rows[] = {
    ASSAY_FIELD(struct dup_frequent, run, ASSAY_U64, ASSAY_KEY, NULL, "run of words"),
    ASSAY_FIELD(struct dup_frequent, source, ASSAY_U64, ASSAY_KEY, NULL, "source"),
};
static const struct assay_fields frequent_fields = ASSAY_FIELDS(struct dup_frequent, frequent_rows);

static const struct assay_field holder_rows[] = {
    ASSAY_FIELD(struct dup_holder, doc, ASSAY_DOC, 0, NULL, "a text"),
    ASSAY_FIELD(struct dup_holder, source, ASSAY_U32, 0, NULL, "its source"),
    ASSAY_FIELD(struct dup_holder, words, ASSAY_U32, 0, NULL, "its length"),
};
static const struct assay_fields holder_fields = ASSAY_FIELDS(struct dup_holder, holder_rows);

static const struct assay_field posting_rows[] = {
    ASSAY_FIELD(struct dup_posting, holder, ASSAY_RECORD, ASSAY_LIST, &holder_fields, "texts"),
    ASSAY_FIELD(struct dup_posting, story, ASSAY_U32, ASSAY_LIST, NULL, "story of each, where one of them has one"),
    ASSAY_FIELD(struct dup_posting, run, ASSAY_U32, ASSAY_LIST, NULL, "winnowed runs of words of a single text"),
    ASSAY_FIELD(struct dup_posting, item, ASSAY_U32, ASSAY_LIST, NULL, "of several: lowest bits of the runs, and their texts"),
    ASSAY_FIELD(struct dup_posting, step, ASSAY_U32, ASSAY_LIST, NULL, "highest bits of the runs"),
};
const struct assay_fields dup_posting_fields = ASSAY_FIELDS(struct dup_posting, posting_rows);

/* As U32 pairs, as above. */
static const struct assay_field apart_rows[] = {
    {"a_begin", ASSAY_U32, 0, (uint32_t)offsetof(struct assay_differ, a.begin), 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, "begin in a"},
    {"a_end", ASSAY_U32, 0, (uint32_t)offsetof(struct assay_differ, a.end), 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, "end in a"},
    {"b_begin", ASSAY_U32, 0, (uint32_t)offsetof(struct assay_differ, b.begin), 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, "begin in b"},
    {"b_end", ASSAY_U32, 0, (uint32_t)offsetof(struct assay_differ, b.end), 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, "end in b"},
};
static const struct assay_fields apart_fields = ASSAY_FIELDS(struct assay_differ, apart_rows);

static const struct assay_field slot_rows[] = {
    ASSAY_FIELD(struct dup_slot, at_a, ASSAY_U32, 0, NULL, "first word in a"),
    ASSAY_FIELD(struct dup_slot, at_b, ASSAY_U32, 0, NULL, "first word in b"),
    ASSAY_FIELD(struct dup_slot, value_a, ASSAY_U32, 0, NULL, "hash of the words in a"),
    ASSAY_FIELD(struct dup_slot, value_b, ASSAY_U32, 0, NULL, "hash of the words in b"),
};
static const struct assay_fields slot_fields = ASSAY_FIELDS(struct dup_slot, slot_rows);

static const struct assay_field found_rows[] = {
    ASSAY_FIELD(struct dup_found, kind, ASSAY_U32, 0, NULL, "kind"),
    ASSAY_FIELD(struct dup_found, a, ASSAY_DOC, ASSAY_KEY, NULL, "one text"),
    ASSAY_FIELD(struct dup_found, b, ASSAY_DOC, ASSAY_KEY, NULL, "other text"),
    ASSAY_FIELD(struct dup_found, stamp_a, ASSAY_I64, 0, NULL, "date of a"),
    ASSAY_FIELD(struct dup_found, stamp_b, ASSAY_I64, 0, NULL, "date of b"),
    ASSAY_FIELD(struct dup_found, share_a, ASSAY_U32, 0, NULL, "per mille of a"),
    ASSAY_FIELD(struct dup_found, share_b, ASSAY_U32, 0, NULL, "per mille of b"),
    /* U32 pairs here, too */
    {"in_a_begin", ASSAY_U32, 0, (uint32_t)offsetof(struct dup_found, in_a.begin), 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, "begin in a"},
    {"in_a_end", ASSAY_U32, 0, (uint32_t)offsetof(struct dup_found, in_a.end), 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, "end in a"},
    {"in_b_begin", ASSAY_U32, 0, (uint32_t)offsetof(struct dup_found, in_b.begin), 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, "begin in b"},
    {"in_b_end", ASSAY_U32, 0, (uint32_t)offsetof(struct dup_found, in_b.end), 4, ASSAY_NEVER, 0, NULL, NULL, NULL, NULL, "end in b"},
    ASSAY_FIELD(struct dup_found, found_a, ASSAY_U32, 0, NULL, "words of a that b has"),
    ASSAY_FIELD(struct dup_found, open_a, ASSAY_U32, 0, NULL, "words of a"),
    ASSAY_FIELD(struct dup_found, found_b, ASSAY_U32, 0, NULL, "words of b that a has"),
    ASSAY_FIELD(struct dup_found, open_b, ASSAY_U32, 0, NULL, "words of b"),
    ASSAY_FIELD(struct dup_found, differ, ASSAY_RECORD, ASSAY_LIST, &apart_fields, "figures that differ"),
    ASSAY_FIELD(struct dup_found, block, ASSAY_RECORD, ASSAY_LIST, &apart_fields, "blocks"),
    ASSAY_FIELD(struct dup_found, slot, ASSAY_RECORD, ASSAY_LIST, &slot_fields, "words that differ"),
};
const struct assay_fields dup_found_fields = ASSAY_FIELDS(struct dup_found, found_rows);

static const struct assay_field report_rows[] = {
    ASSAY_FIELD(struct dup_report, kind, ASSAY_U32, 0, NULL, "kind"),
    ASSAY_FIELD(struct dup_report, relation, ASSAY_U32, 0, NULL, "relation"),
    ASSAY_FIELD(struct dup_report, a, ASSAY_PLACE, 0, NULL, "one side"),
    ASSAY_FIELD(struct dup_report, b, ASSAY_PLACE, 0, NULL, "other side"),
    ASSAY_FIELD(struct dup_report, covered_a, ASSAY_REAL, 0, NULL, "share of a"),
    ASSAY_FIELD(struct dup_report, covered_b, ASSAY_REAL, 0, NULL, "share of b"),
    ASSAY_FIELD(struct dup_report, lead_a, ASSAY_DOC, 0, NULL, "cluster of a"),
    ASSAY_FIELD(struct dup_report, lead_b, ASSAY_DOC, 0, NULL, "cluster of b"),
    ASSAY_FIELD(struct dup_report, doc, ASSAY_DOC, 0, NULL, "later text"),
    ASSAY_FIELD(struct dup_report, from, ASSAY_DOC, 0, NULL, "earlier text"),
    ASSAY_FIELD(struct dup_report, beside, ASSAY_DOC, 0, NULL, "text of the pair"),
    ASSAY_FIELD(struct dup_report, stamp, ASSAY_I64, 0, NULL, "its date"),
    ASSAY_FIELD(struct dup_report, stamp_from, ASSAY_I64, 0, NULL, "date of the earlier text"),
    ASSAY_FIELD(struct dup_report, differ, ASSAY_RECORD, ASSAY_LIST, &assay_differ_fields, "figures that differ"),
    ASSAY_FIELD(struct dup_report, block, ASSAY_RECORD, ASSAY_LIST, &assay_differ_fields, "blocks, later and earlier text"),
};
const struct assay_fields dup_report_fields = ASSAY_FIELDS(struct dup_report, report_rows);

const struct assay_layer dup_layers[DUP_SLOTS] = {
    [DUP_DOCUMENT] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &facts_fields, "source and date"},
    [DUP_FURNITURE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "boilerplate", &assay_boilerplate_fields,
                       "left out of every comparison"},
    [DUP_SKETCH] = {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT | ASSAY_UNTIL(5), 0, "dup_sketch", &sketch_fields,
                    "words, hashed and winnowed"},
    [DUP_HIGH] = {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT | ASSAY_UNTIL(3) | ASSAY_IN_HAND, 0, "dup_high", &high_fields,
                  "what of it only the index needs"},
    [DUP_SOURCE] = {ASSAY_PRIVATE, 1, ASSAY_ON_CORPUS, 1, "dup_source", &source_fields, "texts of each source"},
    [DUP_TWIN] = {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT | ASSAY_PASSING, 1, "dup_twin", &other_fields,
                  "first text with the same words"},
    [DUP_CANDIDATE] = {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT | ASSAY_PASSING, 1, "dup_candidate", &other_fields,
                       "text with the same band"},
    [DUP_NEAR] = {ASSAY_PRIVATE, 1, ASSAY_ON_CORPUS, 2, "dup_near", &dup_found_fields, "pairs of twins"},
    [DUP_FORM_OF] = {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT, 2, "dup_form", &form_fields, "text of the same form"},
    [DUP_MEMBER] = {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT, 2, "dup_member", &head_fields, "head of the twins"},
    [DUP_STORY] = {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT, 2, "dup_story", &other_fields,
                   "earliest version of the same story"},
    [DUP_FREQUENT] = {ASSAY_PRIVATE, 1, ASSAY_ON_CORPUS | ASSAY_UNIQUE, 3, "dup_frequent", &frequent_fields,
                      "furniture of sources"},
    [DUP_SEED] = {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT | ASSAY_PASSING, 3, "dup_seed", &other_fields,
                  "text with runs of words in common"},
    [DUP_FOOT] = {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT, 3, "dup_foot", &shared_fields,
                  "second text of the source with the same furniture"},
    [DUP_LINK] = {ASSAY_PRIVATE, 1, ASSAY_ON_CORPUS, 4, "dup_link", &dup_found_fields, "pairs of copies"},
    [DUP_SIGHT] = {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT | ASSAY_PASSING, 4, "dup_sight", &dup_found_fields, "passages"},
    [DUP_BESIDE] = {ASSAY_PRIVATE, 1, ASSAY_ON_DOCUMENT | ASSAY_PASSING, 4, "dup_beside", &dup_found_fields,
                    "copies, laid beside each other"},
    [DUP_OUT_COPY] = {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 5, "copy", &assay_copy_fields, "who copies whom, and where"},
    [DUP_OUT_CLUSTER] = {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 5, "cluster", &assay_cluster_fields, "texts that are one"},
    [DUP_OUT_ORIGIN] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 5, "origin", &assay_origin_fields,
                        "where parts of the text come from; the origin may itself come from a third text"},
};
