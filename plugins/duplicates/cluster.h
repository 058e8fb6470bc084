/* SPDX-License-Identifier: Apache-2.0
 *
 * From verified pairs to disjoint clusters. Two texts that mostly hold each other are joined. A text that stands whole
 * in a longer one follows that one only, and only one: neither a short text that many quote nor a page that prints
 * several stories ties strangers together.
 */
#ifndef DUP_CLUSTER_H
#define DUP_CLUSTER_H

#include <stdint.h>

#include <assay/field.h>

#define DUP_LINK_COPY 0u
#define DUP_LINK_VERSION 1u /* of one story, the longer one carried on */
#define DUP_LINK_FORM 2u    /* the same form, as the two texts say; and */
#define DUP_LINK_FILLED 3u  /* as others beside them say, see forms.h */
#define DUP_LINK_DOUBTFUL 4u /* perhaps forms; compared once more among all heads, and until then versions */

/* A verified pair. */
struct dup_link {
    assay_docid a, b;
    int64_t stamp_a, stamp_b; /* dates, see stamp.h */
    uint32_t share_a, share_b; /* per mille of each that the other covers */
    struct assay_span in_a, in_b; /* bytes from first to last that are covered */
    uint32_t words_a, words_b, kind;
    uint32_t slots;               /* what differs, the first ones */
    uint64_t slot;
};

struct dup_member {
    assay_docid doc, lead; /* lead: earliest of its cluster, of equal dates the one with the least docid */
    assay_docid via;       /* of those that a link ties it to, the one nearest to the lead; the lead's own: itself */
    int64_t stamp;
};

/* Where the document stands, or would, among `n` members ascending by doc. */
uint32_t dup_member_at(const struct dup_member *, uint32_t n, assay_docid);
/* Clusters of all documents that the links name: `member` is malloced by this call, ascending by doc, freed by the
 * caller. Sorts `link`. `copy`: per mille that makes a side count as covered. 0: out of memory. */
int dup_cluster(struct dup_member **member, uint32_t *members, struct dup_link *link, uint32_t links, uint32_t copy);

#endif
