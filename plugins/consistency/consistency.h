/* SPDX-License-Identifier: Apache-2.0
 *
 * The plugin's inside: slots, options, state, and the records that go between its rounds.
 *
 *   analyse   terms of each sentence with figures, what each figure is about        -> context, note
 *   rarity    term -> how many sentences and documents                              -> one shared table
 *   story     rare terms and facts -> pairs of documents that may speak of the same -> partner
 *   pair      two documents -> links between their figures; finish: components      -> member
 *   judge     a component -> groups, rules, findings; a document -> its arithmetic; finish: ranks
 */
#ifndef CONSISTENCY_H
#define CONSISTENCY_H

#include <assay/layers/copy.h>
#include <assay/layers/finding.h>
#include <assay/layers/text.h>
#include <assay/plugin.h>

#include "figure.h"
#include "link.h"
#include "rarity.h"
#include "terms.h"

enum { SLOT_CLAIM, SLOT_DOCUMENT, SLOT_SENTENCE, SLOT_LANGUAGE, SLOT_ORIGIN, SLOT_CONTEXT, SLOT_NOTE, SLOT_TERM,
       SLOT_COUPLE, SLOT_PARTNER, SLOT_EDGE, SLOT_MEMBER, SLOT_DRAFT, SLOT_FINDING };
#define ROUND_RARITY 1u

struct watch {
    struct assay_text measure, entity, unit;
    double tolerance;
};
struct alias {
    struct assay_text name, as;
};
struct relation_option {
    struct assay_text part, whole;
};

struct options {
    double tolerance, min_confidence;
    uint64_t max_findings;
    struct assay_list watch, aliases, part_of;            /* struct watch, alias, relation_option */
    struct assay_list trusted, ignored, suppress, about;  /* struct assay_text */
    struct assay_list evolving;                           /* struct assay_text: concepts */
    struct assay_text review, concepts, places;           /* paths; empty: none, or the default */
};
extern const struct assay_fields options_fields;

struct review_mark {
    struct assay_text finding, state, note;
    uint32_t mark; /* 0 accepted, 1 dismissed, 2 a note only */
};

struct self {
    const struct assay_host *host;
    const struct options *options;
    struct concepts *concepts;
    struct terms *terms;
    struct linker *linker;
    struct link_list links;
    struct review_mark *mark;
    uint32_t marks;
    char *review;
    uint32_t tolerance; /* millionths */
};

/* ---- between the rounds ---- */

struct term_value {
    uint32_t sentences, documents;
};
extern const struct assay_fields term_value_fields;

struct term_count {
    uint64_t key;
    uint32_t sentences, documents;
};
extern const struct assay_fields term_count_fields;

/* A document as the story round compares it. An element: 40 bits of hash, 16 of weight, 8 of flags; sorted. */
#define SKETCH_KEYED 1u /* this term was emitted as a key */
struct sketch {
    struct assay_list element; /* uint64_t */
    uint64_t norm, source; /* source: hash of the publisher, 0 unknown */
    int64_t day;
    uint32_t has_day, fact; /* fact: this value stands under a fact key */
};
extern const struct assay_fields sketch_fields;

struct couple {
    assay_docid a, b;
    uint32_t score, fact;
};
extern const struct assay_fields couple_fields;

struct partner {
    assay_docid doc;
    uint32_t score, fact;
};
extern const struct assay_fields partner_fields;

struct pair_value {
    uint32_t score, fact;
};
extern const struct assay_fields pair_value_fields;

#define EDGE_TRANSLATION 256u /* | LINK_*: one document is a translation of the other */
struct edge {
    uint32_t score, flags;
    assay_docid a_doc, b_doc;
    uint32_t a, b;
};
extern const struct assay_fields edge_fields;

struct half_edge {
    assay_docid doc;
    uint32_t claim, score, flags, zero;
};
struct member {
    uint64_t component;
    uint32_t claim, zero;
    struct assay_list edges; /* struct half_edge */
};
extern const struct assay_fields member_fields;

/* A claim with all that judging needs. */
struct carried {
    uint32_t within, zero; /* 1: the value names a document whose own arithmetic is to be checked */
    struct assay_ref ref;
    struct assay_claim claim;
    struct assay_text doc, source, published, title;
    uint32_t concept, also, part, place, ordinal, zero2; /* ordinal: among the figures of its sentence */
    struct assay_list local, terms;         /* uint64_t */
    struct assay_text sentence;
    struct assay_list edges;       /* struct half_edge */
    struct assay_list groups;      /* uint64_t: origin groups */
    struct assay_list copied_from; /* assay_docid */
};
extern const struct assay_fields carried_fields;

struct draft {
    int64_t weight;
    struct assay_text id;
    struct assay_finding finding;
};
extern const struct assay_fields draft_fields;

/* ---- hooks ---- */
assay_status prepare_document(void *self, struct assay_doc *);
assay_status rarity_map(void *, const struct assay_doc *, struct assay_out *);
assay_status rarity_combine(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);
assay_status rarity_reduce(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);
assay_status rarity_finish(void *, struct assay_values *, struct assay_out *);
assay_status story_map(void *, const struct assay_doc *, struct assay_out *);
assay_status story_reduce(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);
assay_status story_finish(void *, struct assay_values *, struct assay_out *);
assay_status pair_map(void *, const struct assay_doc *, struct assay_out *);
assay_status pair_reduce(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);
assay_status pair_finish(void *, struct assay_values *, struct assay_out *);
assay_status judge_map(void *, const struct assay_doc *, struct assay_out *);
assay_status judge_reduce(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);
assay_status judge_finish(void *, struct assay_values *, struct assay_out *);

/* ---- shared by them ---- */
/* The terms of all kept sentences of a document, sorted by TERM_KEY, one for each sentence it stands in; free `at`. */
struct document_terms {
    uint64_t *at;
    uint32_t count, sentences;
};
int document_terms_of(const struct self *, const struct assay_doc *, struct document_terms *); /* 0: out of memory */
const struct assay_document *document_of(const struct self *, const struct assay_doc *);
/* 1 where the option list holds the text, without regard to case. */
int listed(struct assay_list texts, struct assay_text);
int same_folded(struct assay_text a, struct assay_text b);
/* Arithmetic inside one document. */
assay_status within_document(struct self *, const struct assay_doc *, assay_docid, struct assay_out *);
assay_status review_read(struct self *);

#endif
