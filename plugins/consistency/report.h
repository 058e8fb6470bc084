/* SPDX-License-Identifier: Apache-2.0
 *
 * A finding in the making.
 */
#ifndef CONSISTENCY_REPORT_H
#define CONSISTENCY_REPORT_H

#include "judge.h"

struct entry {
    uint32_t first; /* item */
    uint32_t claims, sources, documents;
};

struct verdict {
    struct relation r;
    uint32_t a, b; /* items it was found on */
    uint32_t score, aligned;
    uint32_t backing; /* independent sources of the value that has fewer of them, at most BACKING_MOST */
};

struct report {
    struct component *k;
    const uint32_t *member;
    uint32_t members;
    struct entry entry[JUDGE_VALUES];
    uint32_t entries;
    struct assay_verdict_pair pair[JUDGE_VALUES * (JUDGE_VALUES - 1) / 2];
    uint32_t pairs;
    struct verdict main;      /* the gravest pair */
    uint32_t has_main, tolerance, watched, independent;
};

static inline struct item *member_at(const struct report *r, uint32_t i)
{
    return &r->k->item[r->member[i]];
}

/* Members in order of publication, so that values stand as they came. */
void sort_members(const struct component *, uint32_t *member, uint32_t members);
/* The value as the claim tells it; who tells it is left empty. */
void take_value(struct assay_value *, const struct assay_claim *);
/* How many documents the members are of, and how many of those name no publisher. */
uint32_t documents_of(const struct report *, uint32_t *nameless);
struct relate_options rules_for(const struct report *, uint32_t a, uint32_t b);
/* The gravest verdict between the figures of two values: linked pairs are asked first, the others only where there is
 * none. 0: nothing to compare. */
int judge_values(const struct report *, uint32_t x, uint32_t y, struct verdict *worst);

/* What the rest of the group makes of the verdict on values x and y. (weigh.c) */
void weigh_pair(const struct report *, uint32_t x, uint32_t y, struct verdict *);
/* 1, and the verdict, where a text quotes value x and sets it right by value y, or the other way round: they contradict
 * each other. */
int weigh_refuted(const struct report *, uint32_t x, uint32_t y, struct verdict *);

/* Values that differ only in how they are said become one; verdicts on pairs go with them. (fold.c) */
void fold_values(struct report *);

/* Whose words name what the finding is about: a concept's key if there is one, else words in the language of most of
 * the texts, else English ones, else the first. */
const struct item *named_item(const struct report *);
void say_title(struct assay_buf *, const struct report *);
void say_backing(struct assay_buf *, const struct report *, uint32_t documents, uint32_t nameless);
/* Who is not counted, and why; a sentence of its own with a blank before it. (dependent.c) */
void say_dependent(struct assay_buf *, const struct report *);
/* Why the other pairs of a contradiction are none. */
void say_cleared(struct assay_buf *, const struct report *);
/* What is disputed in the main pair, who said it, and by whom it is disputed. */
void say_refuted(struct assay_buf *, const struct report *);
/* The same for a title, of what one text disputes. */
void say_dispute_title(struct assay_buf *, const struct report *);
/* The first `watch` that fits raises the finding and may set its tolerance. (grade.c) */
void report_watch(struct report *);
/* How sure, in 1/1000; ASSAY_CHECK to ASSAY_HIGH; and a number by which findings stand in order, the largest first. */
uint32_t report_confidence(const struct report *);
uint32_t report_severity(const struct report *, uint32_t confidence);
int64_t report_weight(const struct report *, uint32_t severity, uint32_t confidence);

/* Days of publication in order, undated ones last; bytes of texts. (identity.c) */
int item_by_time(const struct item *, const struct item *);
int text_order(struct assay_text, struct assay_text);
struct assay_text concept_key(const struct self *, uint32_t id);
/* The member published first, of those with a time if `timed`; of one day, the first by what the texts themselves say,
 * so that neither folder nor name of a file decides. NULL: there is none. */
const struct item *report_first(const struct report *, int timed);
/* The id: of the claim first seen, never of values, verdict or folder, so that it stays when figures are corrected or
 * documents are added. The state: of verdict and values. */
uint64_t report_identity(const struct report *);
uint64_t report_state(const struct report *);

/* 1 where an earlier member with the same value has the same publisher. */
int source_said(const struct report *, uint32_t i);

#endif
