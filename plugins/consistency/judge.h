/* SPDX-License-Identifier: Apache-2.0
 *
 * Round "judge", inside: the figures of a component, their groups, and the finding a group makes.
 */
#ifndef CONSISTENCY_JUDGE_H
#define CONSISTENCY_JUDGE_H

#include "consistency.h"

#define JUDGE_ITEMS 200u
#define JUDGE_VALUES 24u

struct item {
    const struct carried *c;
    struct figure f;
    struct context context; /* terms and weights, once they were asked for: carry_context */
    uint32_t group, value;  /* value: index of its entry in the finding */
    uint32_t exact;         /* 1: its value tied it (LINK_EXACT), whatever it is said to measure */
    uint32_t source_class;  /* equal: not independent of each other */
    struct assay_text publisher, cited_as, says; /* folded: source, its own name, who is said to say so; empty: none */
    struct assay_text own;      /* as cited_as, however short */
    struct assay_text credits, lead; /* folded: whom it credits; who speaks where it begins: a line each */
    struct assay_text credited; /* the same as credits, as written */
    struct assay_text name, windows; /* cited.h: its publisher's names and what it cites, folded */
    struct assay_text before;   /* the same: what was cited before it, and counts for an equal figure */
};

struct tie {
    uint32_t score, flags; /* 0 score: not linked */
};

struct component {
    struct self *self;
    struct assay_out *out;
    struct item *item;
    uint32_t items;
    struct tie *tie; /* [items * items] */
    char *joins;     /* [items * items]: 0 not asked yet, else enum of group.c */
    int failed;      /* 1: out of memory */
};

const struct tie *tie_of(const struct component *, uint32_t a, uint32_t b);
/* Folds what the search for dependent sources compares. 0: out of memory. */
int fold_item(struct component *, struct item *);
/* Fills item and tie by the claims that the values name; no item is tied to another yet. */
assay_status load_component(struct component *, struct assay_list values, const assay_docid *docs);
/* Groups by complete link: sets item.group to the number of its first item. */
int make_groups(struct component *);
/* The plainer reasons first. */
enum depends {
    DEPENDS_NOT,
    DEPENDS_PUBLISHER,
    DEPENDS_COPY,
    DEPENDS_TRANSLATION,
    DEPENDS_CITES,
    DEPENDS_CREDIT,
    DEPENDS_GOES_ON /* it goes on behind a sentence that cites the other */
};
/* Why the items are not independent of each other; *a is made the one that depends on *b where that can be told. */
enum depends source_depends(const struct component *, uint32_t *a, uint32_t *b);
/* 1 where that makes a alone depend on b, not each of them on the other. */
int source_directed(const struct component *, uint32_t a, uint32_t b, enum depends why);
/* Whom both credit (DEPENDS_CREDIT), as the first one writes it; size 0: nobody. */
struct assay_text credited_by_both(const struct item *, const struct item *);
/* Sets item.source_class within the group: same publisher, copies, translations; who depends on others is of the class
 * of one of them, and joins no two of them. */
void find_sources(struct component *, const uint32_t *member, uint32_t members);
/* How many classes the marked members have; `value` ASSAY_NEVER: all. */
uint32_t count_sources(const struct component *, const uint32_t *member, uint32_t members, uint32_t value);
/* Writes the finding of a group as a draft, if it says something. */
assay_status write_finding(struct component *, const uint32_t *member, uint32_t members);
/* The measure, for people: a concept's name, else the words measured. Appends to the buffer. */
void say_measure(struct assay_buf *, const struct self *, const struct item *);
/* Writes a draft unless `about` or min_confidence leave it out. `f->id` and `f->state` are set. */
assay_status deliver(struct self *, struct assay_out *, struct assay_finding *, int64_t weight, uint32_t kind,
                     uint32_t concept);
/* Sets review and note by the marks of an earlier reading; 0: suppressed. By the final id, so in the finish. */
int review_apply(const struct self *, struct assay_finding *);
/* Hash as 16 hex digits into memory of the hook; at NULL: out of memory. */
struct assay_text hex_text(struct self *, struct assay_out *, const char *prefix, uint64_t hash);
struct assay_text kept_text(struct self *, struct assay_out *, const struct assay_buf *);
/* Hash of the text, folded and without digits: what stays when figures are corrected. */
uint64_t masked_hash(struct assay_text);

#endif
