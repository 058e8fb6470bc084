/* SPDX-License-Identifier: Apache-2.0
 *
 * A lean stand-in for the host: rows in one array, records kept by document, all in memory, in one thread. What goes wrong
 * ends the program.
 */
#ifndef BENCH_DUPLICATES_STANDIN_H
#define BENCH_DUPLICATES_STANDIN_H

#include "dup.h"

extern const struct assay_plugin duplicates_LTX_assay_plugin;
#define PLUGIN duplicates_LTX_assay_plugin

struct rows { /* of one slot; `doc` for layers of documents */
    char *at;
    uint32_t *doc;
    uint64_t count, room;
    uint32_t stride;
    uint64_t *first; /* [docs + 1] after the round */
};

struct pair {
    uint64_t key;
    uint32_t doc, value; /* value: number of the row */
};

struct chunk {
    struct chunk *next;
    uint64_t used, size;
};

struct emitted {
    struct pair *pair, *spare;
    uint64_t pairs, room;
    char *value;
    struct chunk *chunk; /* what rows point to */
};
#define TASK 512u /* documents of which what is emitted is combined */

struct assay_doc {
    struct dup_facts facts;
    struct assay_text text;
    assay_docid id;
    uint32_t number;
};

struct assay_out {
    struct assay_doc *doc;
    uint32_t round;
};

struct assay_values {
    const struct pair *pair;
    const char *value;
    const struct rows *rows;
    uint64_t count, at;
};

struct bench {
    struct assay_host host;
    void *self;
    struct assay_doc *doc;
    assay_docid *id; /* of each doc */
    uint32_t *begin, begin_bits; /* the first id with these highest bits */
    uint32_t docs, room;
    struct rows layer[DUP_SLOTS];
    struct emitted now, task; /* task: while it is combined */
    uint32_t stride;
    struct chunk *kept, *hook; /* what rows point to; hook: alloc */
    struct assay_text shared[8];
    char *batch;
    assay_docid *ids;
    uint64_t batch_room, ids_room;
    uint64_t bytes, most, emissions, records;
};

/* The table for PLUGIN; `own` is b, which outlives it. */
struct assay_host bench_host(struct bench *b);
/* p, or the end of the program where it is NULL. */
void *bench_need(void *p);
/* So many bytes more, or less, are held; the most of them at a time is kept. */
void bench_count(struct bench *, int64_t bytes);
/* Frees the pieces of a list and what rows of it point to. */
void bench_drop(struct bench *, struct chunk **list);

#endif
