/* SPDX-License-Identifier: Apache-2.0
 *
 * What reduce and finish make: records for documents, sorted into one section per map task, and records for the corpus,
 * sorted runs of each task and layer, merged when read.
 *
 * Making order: tasks of a pass in order (rounds, partitions, then finishes), in a task its blocks, in a block the
 * order of making. As partitions are ranges of keys, that is the order of (key, emission) for any number of partitions.
 */
#ifndef CORPUS_H
#define CORPUS_H

#include "index.h"
#include "tables.h"

struct made_row {
    uint32_t layer;
    uint32_t number; /* of the document; INDEX_NONE: the corpus */
    uint64_t size;   /* bytes of the row, with this head */
};                   /* then the record, stored */

/* Appends one. 0: out of memory. */
int made_add(struct bytes *, const struct shape *, uint32_t layer, uint32_t number, const void *record);

/* Writes rows as a block: a table of sections, one per map task (rows for its documents, in order of making), then one
 * per layer (its corpus run), and behind it the rows in this order. So a task holds few rows at a time, however many it
 * makes. *at gets the payload's place. -1 and errno. */
int made_block(struct stream *, const struct bytes *rows, uint64_t units, const struct tables *,
               const struct doc_index *, uint64_t *at);
/* Block `i` of a finished task of reduce or finish, of foot->sections: its table. */
const struct foot_section *made_table(const struct segment *, uint64_t i);

/* A task's part of a corpus layer. */
struct corpus_run {
    const char *at;
    uint64_t size, rows;
};
/* One corpus layer: its runs in making order. */
struct corpus {
    struct corpus_run *run;
    uint32_t runs, room;
};
int corpus_add(struct corpus *, const char *at, uint64_t size, uint64_t rows);

struct corpus_head;

/* Reads a layer, sorted, once; zero it first. */
struct corpus_reader {
    const struct shape *shape;
    const struct corpus *corpus;
    struct corpus_head *head; /* [runs], a heap */
    uint32_t heads;
    int unique, started;
    struct arena batch, last_room;
    void *last;
};
/* 0: out of memory. */
int corpus_open(struct corpus_reader *, const struct corpus *, const struct shape *, int unique);
/* At most `most` records, valid until the next call; count 0: no more. stride 0: out of memory. */
struct assay_list corpus_next(struct corpus_reader *, uint32_t most);
void corpus_close(struct corpus_reader *);
/* Records it will give. UINT64_MAX: out of memory. */
uint64_t corpus_count(const struct corpus *, const struct shape *, int unique);

#endif
