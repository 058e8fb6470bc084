/* SPDX-License-Identifier: Apache-2.0
 *
 * A run in a run folder: names for its tasks, their segments as files kept by name. Without --run all of it does
 * nothing.
 *
 * What a task's name covers: the program, the steps that act in it (module, version, options, data files found), the
 * layers of the chain, the partitions, and its inputs by content. So a changed option, lexicon or plugin does again
 * what depends on it, and nothing else decides what is reused:
 *   pass 0      the task's inputs; readers, preparers, and the analysers but for the last ones that have rounds
 *   pass 1      the same task; the first maps, and the analysers that wait for them (plan.apart)
 *   rounds      all inputs; the round's step and, by the layers it reads, those it depends on, each as far as its
 *               options matter up to that round (ASSAY_FROM_ROUND)
 *   later maps  all inputs; all steps with rounds, as far as they went before
 * Rounds and later maps hang on all documents (document frequencies): they are reused only where every input is
 * unchanged. Where one is not, a reduce that promises to read all anew (ASSAY_FRESH) still takes from memo.h what it
 * made of keys that are given, and read, the same as before, and a map that promises so (ASSAY_FRESH_MAP) is not called
 * for documents of which it read the same (revisit.h).
 */
#ifndef RUNFOLDER_H
#define RUNFOLDER_H

#include "work.h"

enum runfolder_stage { RUNFOLDER_READ, RUNFOLDER_REDUCE, RUNFOLDER_FINISH, RUNFOLDER_VISIT };

/* Opens and locks the folder. RUN_DONE or RUN_USAGE after saying why not. */
int runfolder_open(struct run *);
/* Names the items by content (in workers) and cuts them into tasks: those of the last run stay. Reorders
 * inputs.item. */
int runfolder_tasks(struct run *);
/* Worker: 1 where the inputs that a task has read are still what they were when they were named, so that what it made
 * may stand under that name. 0: the run cannot go on (said). */
int runfolder_stand(struct run *, struct worker *, const struct map_task *);
/* Gives the segments of a stage their files; *before (to be freed; NULL without a folder)
 * gets what pool_run wants. Segment i is task i of the stage. RUN_DONE, or why not. */
int runfolder_segments(struct run *, struct segment *, uint32_t n, enum runfolder_stage, uint64_t **before);
/* The task is whole: its part gets its final name. != 0: the folder cannot be written (said). */
int runfolder_whole(struct run *, struct segment *);
/* For the visits of a later pass: opens what the same tasks were in an earlier run (run->prior), and what that and
 * tasks that are whole stand on (index.under). Tasks that are whole, but stand on nothing any more, are begun again.
 * RUN_DONE, or why not. */
int runfolder_priors(struct run *, struct segment *, uint64_t *before);
/* The visits of a pass are done: notes whether one of them changed document/1, and what they are for a later run. */
int runfolder_visited(struct run *);
/* Pass 0 is done: notes which inputs each task read. */
int runfolder_note(struct run *);
/* The reduces of the pass in hand: their memos are used. 0: out of memory. */
int runfolder_memos(struct run *);
/* Before the writers: 1 where the result kept in the folder is what would be written of this run; then it is not
 * written, and a link says so (HISTORY_SAME). */
int runfolder_result_stays(struct run *);
/* The writers are done: notes what the new result is. */
void runfolder_result_made(struct run *);
/* Worker, before its first task: the folder is in use until it ends. */
void runfolder_work(const struct run *);
/* The run is done: removes what nothing refers to. */
void runfolder_end(struct run *);
void runfolder_close(struct run *);

/* For `plan --run`: what would be done again, in words on fd 1. */
int runfolder_preview(struct run *);

#endif
