/* SPDX-License-Identifier: Apache-2.0
 *
 * The last two results of a run folder: DIR/result.jsonl and DIR/previous.jsonl, so that `assay diff DIR` and the html
 * page can say what is new. They hold the records of the corpus (findings, copies), not those of documents, which would
 * be most of the writing.
 */
#ifndef HISTORY_H
#define HISTORY_H

#include "diag.h"

#define HISTORY_RESULT "result.jsonl"
#define HISTORY_PREVIOUS "previous.jsonl"
#define HISTORY_NEW "result.new.jsonl" /* until the run is done */
/* A link to HISTORY_RESULT in place of HISTORY_NEW: the new result is the last one. */
#define HISTORY_SAME "previous.new.jsonl"

struct history {
    char *writer; /* "jsonl:DIR/result.new.jsonl", for plan_wish.keep */
    char *last;   /* DIR/result.jsonl if it is there, else NULL */
};

/* 0: out of memory. `dir` NULL: nothing is kept, all stays NULL. */
int history_open(struct history *, const char *dir);
/* The run is done: the new result becomes the last one, that one the previous. -1: it cannot be (said). */
int history_turn(const char *dir, struct diag *);
void history_close(struct history *);
/* "DIR/result.jsonl" or "DIR/previous.jsonl"; to be freed. NULL where `dir` is no run folder, or out of memory. */
char *history_path(const char *dir, int previous);

#endif
