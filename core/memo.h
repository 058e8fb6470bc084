/* SPDX-License-Identifier: Apache-2.0
 *
 * What a reduce made of each key, kept in the run folder beside what it was given and what it read: DIR/memo/NAME, one
 * file a round and partition. A later run takes a key's records from there where all of that is the same, byte for
 * byte, and calls the plugin for the others. Only for rounds that promise to read everything anew in each call
 * (ASSAY_FRESH).
 *
 * Given: the key, its values, the documents they came from; all of it in one XXH3-128. Read: documents, their layers
 * and texts; which ones is kept, and two sums of what they were. A plugin that does not change gets the same answers
 * to its first question, so it asks the same second one, and so on: where all answers kept are those of today, so is
 * the result. The file's name covers what else decides: the program, the step with its options and data files, the
 * layers, the partition.
 *
 * Of a key whose values are not all the same, what was made of two documents may still hold: pairs.h.
 *
 * What a run finds in the file stays there; what it made anew goes into a second file, NAME+, which is asked first,
 * until that is half as large as the first and both become one. Each entry says itself what it was made of: whichever
 * of the two it stands in, and however old they are, it is right or it is not taken.
 *
 * A cache: what cannot be written is not kept, and a damaged file is said and not used.
 */
#ifndef MEMO_H
#define MEMO_H

#include "work.h"

#define MEMO_OVER "+" /* behind NAME */

struct memo;

/* A document that a call asked for, and which of its layers. */
struct reading_of {
    assay_docid doc; /* with SUM_BLOB: the round, as the plan counts them */
    uint64_t layers; /* bits; SUM_WHOLE, SUM_MAP and SUM_BLOB, too */
};
/* What one call asks for. */
struct noted {
    struct bytes reads; /* struct reading_of */
    int spoiled;        /* it has to be made again */
    int blobs;          /* a blob is something it may read; 0: it is spoiled by it; < 0: told otherwise (lookup.h) */
};

/* What was read as it is today, in two sums: of the layers asked for, and of all that is stored of these documents.
 * That one takes a look at one number a document, where the first looks into each pass: where it is as it was, so is
 * the other. */
struct read_sums {
    uint64_t layers, whole;
};
/* `on_way`: bits of layers that are still on their way to documents (inbox.c). -1: errno. */
int memo_sum(struct run *, const struct reading_of *, uint64_t n, uint64_t on_way, struct read_sums *);
/* 1: it is as it was, and was->whole is that of today; *stale: it was not. 0: it is not. -1: errno. */
int memo_same(struct run *, const struct reading_of *, uint64_t n, uint64_t on_way, struct read_sums *was, int *stale);
/* The maps of the pass in hand are done: what they stored is told from now on. 0: out of memory. */
int memo_note_pass(struct run *);

/* Whether what the round's reduce makes of each key is kept. Its emissions are sealed then (shuffle.h). */
int memo_wanted(const struct run *, const struct plan_round *);
/* At the start of a reduce task. NULL: nothing is kept of this round. */
struct memo *memo_open(struct run *, const struct plan_round *, uint32_t part);
/* 1: what was made of the key is behind work->made. 0: the call has to be made; what it reads is noted until
 * memo_made. */
int memo_find(struct run *, struct memo *, const void *key, uint32_t size, const struct group_entry *, uint64_t n);
/* The call is over; what it made lies behind `before` in work->made. `ok` 0: it failed, nothing is kept. */
void memo_made(struct run *, struct memo *, uint64_t before, int ok);
/* The key was done before this worker came. */
void memo_passed(struct memo *, uint64_t key);
/* The end of the task; `whole` 0: it failed, and what was kept before stays. Frees it. */
void memo_close(struct run *, struct memo *, int whole);

/* What the hook in hand reads or does. Nothing happens where no call is noted. */
void memo_read_document(struct run *, assay_docid);
void memo_read_text(struct run *, assay_docid);
void memo_read_map(struct run *, assay_docid);
void memo_read_layer(struct run *, assay_docid, uint32_t layer);
/* It does something that repeating its records does not repeat (a message), or asks for the chain's memory, or, in a
 * reduce, for what all documents made (a shared blob): it is called again. */
void memo_spoil(struct run *);
void memo_read_blob(struct run *, uint32_t round);

#endif
