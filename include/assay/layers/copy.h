/* SPDX-License-Identifier: Apache-2.0
 *
 * Who copies whom: copy/1 and cluster/1 on the corpus, origin/1 on documents.
 */
#ifndef ASSAY_LAYERS_COPY_H
#define ASSAY_LAYERS_COPY_H

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASSAY_COPY_RELATIONS \
    "identical|reformatted|edited|excerpt|contains|shares-passage|same-form|boilerplate|repeats-itself"
enum assay_copy_relation { ASSAY_COPY_IDENTICAL, ASSAY_COPY_REFORMATTED, ASSAY_COPY_EDITED, ASSAY_COPY_EXCERPT,
                           ASSAY_COPY_CONTAINS, ASSAY_COPY_SHARES_PASSAGE, ASSAY_COPY_SAME_FORM, ASSAY_COPY_BOILERPLATE,
                           ASSAY_COPY_REPEATS_ITSELF };

struct assay_differ {
    struct assay_span a, b;
};
static const struct assay_field assay_differ_rows[] = {
    ASSAY_FIELD(struct assay_differ, a, ASSAY_SPAN, 0, NULL, "the figure in a"),
    ASSAY_FIELD(struct assay_differ, b, ASSAY_SPAN, 0, NULL, "the figure in b"),
};
static const struct assay_fields assay_differ_fields = ASSAY_FIELDS(struct assay_differ, assay_differ_rows);

/* One chained alignment, first to last aligned byte. a.doc < b.doc bytewise by id; repeats-itself: a stands first. In a
 * cluster each member is paired with `first`; where these two share next to nothing (the two halves of one text), with
 * the member that ties them instead. */
struct assay_copy {
    uint32_t relation, zero; /* enum assay_copy_relation, said of a (excerpt: a stands in b) */
    struct assay_place a, b;
    double covered_a, covered_b; /* share of each text, 0..1 */
    struct assay_text cluster;   /* id, null: none */
    assay_docid first;           /* seen earliest, 0: not known */
    struct assay_list figures_differ; /* struct assay_differ */
};
static const struct assay_field assay_copy_rows[] = {
    ASSAY_FIELD(struct assay_copy, relation, ASSAY_CHOICE, 0, ASSAY_COPY_RELATIONS, "what a is to b"),
    ASSAY_FIELD(struct assay_copy, a, ASSAY_PLACE, ASSAY_KEY, NULL, "one side"),
    ASSAY_FIELD(struct assay_copy, b, ASSAY_PLACE, ASSAY_KEY, NULL, "other side"),
    ASSAY_FIELD(struct assay_copy, covered_a, ASSAY_REAL, 0, NULL, "share of a found in b"),
    ASSAY_FIELD(struct assay_copy, covered_b, ASSAY_REAL, 0, NULL, "share of b found in a"),
    ASSAY_FIELD(struct assay_copy, cluster, ASSAY_TEXT, 0, NULL, "cluster both belong to"),
    ASSAY_FIELD(struct assay_copy, first, ASSAY_DOC, 0, NULL, "document seen earliest here"),
    ASSAY_FIELD(struct assay_copy, figures_differ, ASSAY_RECORD, ASSAY_LIST, &assay_differ_fields, "figures that differ"),
};
static const struct assay_fields assay_copy_fields = ASSAY_FIELDS(struct assay_copy, assay_copy_rows);

struct assay_cluster {
    struct assay_text id;
    struct assay_list docs; /* assay_docid */
    assay_docid first;
};
static const struct assay_field assay_cluster_rows[] = {
    ASSAY_FIELD(struct assay_cluster, id, ASSAY_TEXT, ASSAY_KEY, NULL, "id"),
    ASSAY_FIELD(struct assay_cluster, docs, ASSAY_DOC, ASSAY_LIST, NULL, "members"),
    ASSAY_FIELD(struct assay_cluster, first, ASSAY_DOC, 0, NULL, "document seen earliest here"),
};
static const struct assay_fields assay_cluster_fields = ASSAY_FIELDS(struct assay_cluster, assay_cluster_rows);

/* origin/1: these bytes are a copy of bytes elsewhere (or earlier in this text). What has no origin stands on its own.
 * Equal `group` = the same original passage or cluster: not independent of each other. */
struct assay_origin {
    struct assay_span span;
    struct assay_place from; /* earliest known place */
    uint64_t group;
    double covered; /* share of this document that the same origin covers */
};
static const struct assay_field assay_origin_rows[] = {
    ASSAY_FIELD(struct assay_origin, span, ASSAY_SPAN, ASSAY_SELF, NULL, "these bytes"),
    ASSAY_FIELD(struct assay_origin, from, ASSAY_PLACE, 0, NULL, "come from here"),
    ASSAY_FIELD(struct assay_origin, group, ASSAY_U64, 0, NULL, "equal: the same original"),
    ASSAY_FIELD(struct assay_origin, covered, ASSAY_REAL, 0, NULL, "share of the document"),
};
static const struct assay_fields assay_origin_fields = ASSAY_FIELDS(struct assay_origin, assay_origin_rows);

#ifdef __cplusplus
}
#endif
#endif
