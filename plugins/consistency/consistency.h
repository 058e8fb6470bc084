/* SPDX-License-Identifier: Apache-2.0
 *
 * The plugin's inside: slots, options, state, and the records that go between its rounds.
 *
 *   analyse   terms of each sentence with figures, what each figure is about        -> digest
 *   rarity    term -> how many documents                                            -> one shared table
 *   story     rare terms and facts -> pairs of documents that may speak of the same -> partner
 *             its map: how rare each of a document's terms is                       -> weighed
 *   pair      two documents -> links between their figures; finish: components      -> member
 *   judge     a component -> groups, rules, findings; a sentence -> its arithmetic; finish: ranks
 */
#ifndef CONSISTENCY_H
#define CONSISTENCY_H

#include <assay/layers/copy.h>
#include <assay/layers/finding.h>
#include <assay/layers/text.h>
#include <assay/plugin.h>

#include "cited.h"
#include "digest.h"
#include "figure.h"
#include "link.h"
#include "rarity.h"
#include "terms.h"

enum { SLOT_CLAIM, SLOT_DOCUMENT, SLOT_SENTENCE, SLOT_LANGUAGE, SLOT_ORIGIN, SLOT_DIGEST, SLOT_TERM,
       SLOT_COUPLE, SLOT_PARTNER, SLOT_WEIGHED, SLOT_EDGE, SLOT_MEMBER, SLOT_DRAFT, SLOT_FINDING };
#define ROUND_RARITY 1u
#define ROUND_STORY 2u
#define ROUND_PAIR 3u
#define ROUND_JUDGE 4u

/* Figures of a document that are looked at: longer ones are tables and registers. Working memory is bounded by them. */
#define FIGURES_COMPARED 4096u /* with other documents */
#define FIGURES_WITHIN 65536u  /* for sums and shares inside it */

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

/* A document at hand: its digest unpacked, its figures distilled. Working memory. */
struct loaded {
    struct digest_open digest;
    struct side side;
    struct figure *figure; /* of side; `room` of them */
    struct day *day;       /* of side; DAYS_TOLD of them */
    uint32_t room;
    const struct assay_document *document;
};

struct credits;

struct self {
    const struct assay_host *host;
    const struct options *options;
    struct concepts *concepts;
    struct credits *credits;
    struct assay_buf credited, leading, cited; /* of a document at hand */
    struct cited_room cited_room;
    struct digest_room room;
    struct loaded side[2];
    struct terms *terms;
    struct linker *linker;
    struct rarity_scale scale;
    struct link_list links;
    struct review_mark *mark;
    uint32_t marks;
    char *review;
    uint32_t tolerance; /* millionths */
};

/* ---- between the rounds ---- */

/* The terms of a document in one slice of the range of hashes. */
struct term_slice { /* or those of some documents, counted */
    struct assay_text terms; /* DIGEST_TERM bytes each */
    struct assay_list times; /* uint32_t: documents of each; what is missing is 1 */
    uint32_t sentences, documents; /* in the first slice */
};
extern const struct assay_fields term_slice_fields;
extern const struct assay_fields rarity_count_fields;

/* A document as the story round compares it. An element: 27 bits of a term's hash, its prominence (digest.h), and two
 * flags; sorted. Its class: of the count, then of the term. */
#define ELEMENT_KEYED 1u /* this term was emitted as a key */
#define ELEMENT_NAME 2u  /* written with a capital: weighs half as much again */
#define ELEMENT_PROMINENCE 2u /* shift */
#define ELEMENT_HASH (~31u)
#define SKETCH_DAY 1u
struct sketch {
    struct assay_list element; /* uint32_t */
    struct assay_text classes; /* of each element, a byte */
    uint32_t norm, source;     /* source: hash of the publisher, 0 unknown */
    uint32_t day, flags;       /* day: int32_t, since 1970 */
    uint32_t scale, zero;
};
extern const struct assay_fields sketch_fields;

/* Beside a document: what the table of rarity says of the terms of its digest, so that later rounds hang on documents
 * and not on the table, which changes with any document. */
struct weighed {
    struct assay_text classes; /* half a byte each */
    uint32_t scale, zero;
};
extern const struct assay_fields weighed_fields;

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
    assay_docid other;
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

/* What a component is made of: a claim of the value's document, the rest is read there. */
struct judge_value {
    uint32_t claim;
    uint32_t within; /* not 0: of no component, but the figure a WITHIN_* of its sentence begins with */
};
#define WITHIN_SUM 1u    /* figures that do not add up: the first of the sentence */
#define WITHIN_VOICES 2u /* two figures of two speakers: the first of both */
#define WITHIN_HEADLINE 3u /* a headline's figure that the text below contradicts */
extern const struct assay_fields judge_value_fields;

/* A claim with all that judging needs; lives as long as the hook. */
struct carried {
    struct assay_ref ref;
    struct assay_claim claim;
    struct assay_text doc, source, published;
    struct assay_text credits, lead; /* of its document, as in the digest */
    struct assay_text cited;         /* of its sentence: lines of cited_of */
    uint64_t aspects;
    uint32_t concept, also, part, place, ordinal, thing; /* ordinal: among the figures of its sentence */
    uint32_t context, zero; /* context: its sentence, in the digest */
    struct assay_text sentence;
    struct assay_list edges;       /* struct half_edge */
    struct assay_list groups;      /* uint64_t: origin groups */
    struct assay_list copied_from; /* assay_docid */
};
/* The claims named by the values, at most `most`, in the order of the values. Gives their number in *count. */
assay_status carry_claims(struct self *, struct assay_out *, struct assay_list values, const assay_docid *docs,
                          struct carried *, uint32_t *count);
/* The terms of the claim's sentence and their weights, if *to does not have them. They are read apart since what terms
 * weigh changes with any document, and few claims come to be asked for it. 0: out of memory. */
int carry_context(struct self *, struct assay_out *, const struct carried *, struct context *to);

struct draft {
    int64_t weight;
    struct assay_text id;
    assay_docid doc; /* the first claim: two findings may have one weight and one id so far */
    uint32_t claim, zero;
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
assay_status story_looks(void *, uint32_t round, const struct assay_doc *, struct assay_out *, struct assay_list *keys);
assay_status story_differs(void *, uint32_t round, struct assay_out *, struct assay_list *keys);
assay_status story_reduce(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);
assay_status story_finish(void *, struct assay_values *, struct assay_out *);
assay_status pair_map(void *, const struct assay_doc *, struct assay_out *);
assay_status pair_reduce(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);
assay_status pair_finish(void *, struct assay_values *, struct assay_out *);
assay_status judge_map(void *, const struct assay_doc *, struct assay_out *);
assay_status judge_reduce(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);
assay_status judge_finish(void *, struct assay_values *, struct assay_out *);

/* ---- shared by them ---- */
const struct assay_document *document_of(const struct self *, const struct assay_doc *);
const struct digest *digest_of(const struct self *, const struct assay_doc *); /* NULL: the document holds no figure */
/* The digest unpacked, with weights. 0: out of memory. */
int read_weighed(struct self *, const struct assay_doc *, const struct digest *, struct digest_open *);
/* The digest and figures of a document into working memory; what is borrowed of it lives as long as its view. */
assay_status load_document(struct self *, const struct assay_doc *, struct loaded *);
void loaded_free(struct loaded *);
/* 1 where the option list holds the text, without regard to case. */
int listed(struct assay_list texts, struct assay_text);
int same_folded(struct assay_text a, struct assay_text b);
assay_status review_read(struct self *);
/* Checks the options and applies those that change concepts. */
assay_status apply_options(struct self *);
/* 1 where the name is a kind of figure or a concept. */
int about_knows(const struct self *, struct assay_text name);

#endif
