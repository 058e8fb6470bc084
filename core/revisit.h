/* SPDX-License-Identifier: Apache-2.0
 *
 * In a run folder: documents that an earlier run has visited in the same pass, and for which nothing has changed since,
 * are not visited again. A segment of such a pass tells, document by document, what came for it from the rounds before,
 * and, round by round, what its map asked for (memo.h), all as sums. Where a later run has the same task (the same
 * inputs, options, plugins: only other documents have come or gone), a map whose answers are all as they were is not
 * called: its emissions stand in the earlier segment, and stay there. The new segment stands above that one; it has
 * what is new, and says for each document which of its emissions, whether its block and whether what is told of it are
 * to be read below. A segment above a segment above another takes over from both, so that there are never more than
 * two; where the upper one has grown to half of the lower, the next is whole again.
 *
 * Only maps that promise to be told by their answers (ASSAY_FRESH_MAP), in passes in which no step analyses and nothing
 * has analysed since the documents were read. Where a round combines, either all documents of a task are as they were
 * or all are mapped again. A segment with failures in it is no earlier one.
 */
#ifndef REVISIT_H
#define REVISIT_H

#include "memo.h"

/* In the foot, by document; then a struct visit_round for each round of the pass, each with what it read. */
struct foot_visit {
    uint64_t came; /* sum of what was on its way to it */
};
struct visit_round {
    struct read_sums read; /* what it read */
    uint32_t reads;
    uint32_t known; /* 0: the map has to be called again in any case */
};
#define VISIT_NONE UINT64_MAX /* in place of where a document's begins: it is not told */

/* Whether visits of the pass in hand are told. */
int revisit_wanted(const struct run *);
/* Whether the segment can serve as an earlier one of the task. */
int revisit_serves(const struct run *, uint32_t task, const struct segment *);

/* Worker, at the begin of a task of visits, behind work_resume; does nothing where visits are not told. -1: errno. */
int revisit_begin(struct run *, uint32_t task);
/* Then, once: finds which of the rounds that combine have to be mapped again. -1: errno. */
int revisit_look(struct run *);
void revisit_end(struct run *);
/* A document without a visit, as one that is passed over. -1: errno. */
int revisit_pass(struct run *);
/* Visits the document. -1: the run cannot go on. */
int revisit_document(struct run *, uint32_t number);

#endif
