/* SPDX-License-Identifier: Apache-2.0
 *
 * From map to reduce. An emission is a row {key, document, value}; rows are collected per round, cut into partitions by
 * key at the end of a map task, and brought together per partition in a reduce task, ordered by (key, document,
 * emission).
 *
 * Keys of up to 8 bytes are the 64-bit key; longer ones are hashed, and their bytes told apart where hashes collide.
 * Order is that of the mixed 64-bit key: a bijection, so partitions are ranges of it, uniform for any keys, and the
 * sequence of all keys does not depend on how many partitions there are.
 */
#ifndef SHUFFLE_H
#define SHUFFLE_H

#include "index.h"
#include "tables.h"

struct emit_row {
    uint64_t key;
    uint32_t doc;  /* its ordinal in the map task */
    uint32_t size; /* bytes of the row, with this head and the padding to 8 */
};                 /* then, for long keys, {uint32_t size, zero} and the bytes, padded; then the value, stored */

/* Appends one row. 0: out of memory. `key_size` is the round's. */
int emit_add(struct bytes *, uint32_t key_size, const struct shape *value, uint32_t doc, const void *key, uint32_t size,
             const void *record);
/* The sum of the last row's value, which begins at `at`, goes behind it, so that who asks whether values are as they
 * were need not read them. 0: out of memory. */
int emit_seal(struct bytes *, uint64_t at, uint32_t key_size);
/* What stands there. */
uint64_t emit_sealed(const struct emit_row *);
/* The partition a row belongs to. */
uint32_t emit_part(uint64_t key, uint32_t parts);
/* A round whose rows are nothing but a short key and a document: these stand in sections without a head, two for the
 * room of one, where nobody comes back for them (`lean`: no run folder). Gives the bytes of a key; 0: rows stand there
 * as they were emitted. */
uint32_t emit_bare(const struct assay_round *, int lean);

/* A run of raw rows: in the task's own segment, or still in memory. */
struct emit_run {
    const char *at;
    uint64_t size;
};
/* Cuts the rows of one round into sections and writes them behind the stream, in groups of at most `memory` bytes;
 * `bare` is what emit_bare gave. -1 and errno. */
int emit_partition(struct stream *, const struct emit_run *, uint64_t runs, uint32_t bare, uint32_t parts,
                   uint64_t memory, struct foot_section *section);

struct group_entry {
    uint64_t key; /* mixed */
    const struct emit_row *row; /* NULL: it stood in a section without a head, and has no value */
    uint32_t rank, zero; /* of the document */
};

/* The keys of one partition, in order. */
struct groups {
    const struct doc_index *index;
    const struct assay_round *round;
    const struct segment *segment; /* [index->tasks] of the pass; NULL: the runs of one task */
    const struct segment *under;   /* those below them; NULL: there are none */
    uint32_t which;                /* the round's bit in what is told of documents whose rows are not below */
    const struct emit_run *run;    /* that task's rows as they were emitted */
    uint64_t runs;
    const uint32_t *ranks;         /* of its documents; NULL: not known yet, each document stands alone */
    uint32_t section;              /* of each: round and partition */
    uint32_t bare;                 /* what emit_bare gave */
    uint64_t width;                /* an oversized partition is sorted in slices of its key range, of this width */
    uint64_t low, high;            /* range of what is left of the partition, high inclusive */
    int over;                      /* nothing is left */
    uint64_t most_entries;         /* 0: not known */
    struct group_entry *entry, *spare;
    uint64_t entries, room, at;
};

/* Ready to read partition `part` of `parts`. `under`: segments below those, NULL: none. `memory`: bytes it may sort at
 * once. */
void groups_open(struct groups *, const struct doc_index *, const struct assay_round *, uint32_t bare,
                 const struct segment *, const struct segment *under, uint32_t section, uint32_t part, uint32_t parts,
                 uint64_t memory);
/* Ready to read what one task emitted, all partitions in order. */
void groups_open_task(struct groups *, const struct assay_round *, const struct emit_run *, uint64_t runs,
                      const uint32_t *ranks, uint64_t memory);
/* The next key's values. 1: there is one; 0: no more; -1: out of memory. */
int groups_next(struct groups *, const struct group_entry **first, uint64_t *n);
void groups_close(struct groups *);

/* The key of a row as the plugin gave it. */
const void *emit_key(const struct emit_row *, uint32_t key_size, uint32_t *size);
/* The same of an entry, in *room where it has no row. */
const void *group_key(const struct group_entry *, uint32_t key_size, uint64_t *room, uint32_t *size);
/* Its value in stored form. */
const char *emit_value(const struct emit_row *, uint32_t key_size);

#endif
