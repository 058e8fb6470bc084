/* SPDX-License-Identifier: Apache-2.0
 *
 * The last two results of a run folder: DIR/result.jsonl and DIR/previous.jsonl, so that `assay diff DIR` and the html
 * page can say what is new. They hold the records of the corpus (findings, copies), not those of documents, which would
 * be most of the writing.
 */
#ifndef KEEP_H
#define KEEP_H

#include "diag.h"

#define KEEP_RESULT "result.jsonl"
#define KEEP_PREVIOUS "previous.jsonl"
#define KEEP_NEW "result.new.jsonl" /* until the run is done */
#define KEEP_SAME "previous.new.jsonl" /* a link to KEEP_RESULT in place of KEEP_NEW: the new result is the last one */

struct keep {
    char *writer; /* "jsonl:DIR/result.new.jsonl", for plan_wish.keep */
    char *last;   /* DIR/result.jsonl if it is there, else NULL */
};

/* 0: out of memory. `dir` NULL: nothing is kept, all stays NULL. */
int keep_open(struct keep *, const char *dir);
/* The run is done: the new result becomes the last one, that one the previous. -1: it cannot be (said). */
int keep_turn(const char *dir, struct diag *);
void keep_close(struct keep *);
/* "DIR/result.jsonl" or "DIR/previous.jsonl"; to be freed. NULL where `dir` is no run folder, or out of memory. */
char *keep_path(const char *dir, int previous);

#endif
