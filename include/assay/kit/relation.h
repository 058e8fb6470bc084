/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: every layer of a run as tables of a relational database, from field tables alone. For writers flagged
 * ASSAY_ALL_LAYERS that fill a database.
 *
 * A layer is a table of its name. Parts are flattened (time_from), spans are two columns (begin, end), places five
 * (a_doc, a_begin, a_end, a_raw_begin, a_raw_end). Lists of records, references and documents are child tables
 * (finding_claim, claim_entity) that name their parent's key and a position from 0; those of document/1 bear the bare
 * name (repair). Lists of texts and objects are JSON text. Key: `doc` of documents, `id` of named layers and of corpus
 * layers that have such a row, else `no`, which counts from 1.
 */
#ifndef ASSAY_KIT_RELATION_H
#define ASSAY_KIT_RELATION_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"
#include "../host.h"
#include "buf.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Types of columns and cells. */
#define ASSAY_CELL_NULL 0u
#define ASSAY_CELL_INTEGER 1u /* 64 bits; an ASSAY_U64 above 2^63 - 1 becomes the negative number of equal bits */
#define ASSAY_CELL_REAL 2u    /* finite */
#define ASSAY_CELL_TEXT 3u
#define ASSAY_CELL_FLAG 4u    /* 0 or 1 */
#define ASSAY_CELL_JSON 5u    /* text */

struct assay_cell {
    uint32_t type, zero;
    int64_t integer;
    double real;
    struct assay_text text; /* borrowed until the row's visit returns */
};

struct assay_table_column {
    const char *name;
    uint32_t type;
    uint32_t key;               /* 1: part of the primary key */
    const char *table, *column; /* what it refers to, or NULL */
};

struct assay_table {
    const char *name;
    uint32_t columns, zero;
    const struct assay_table_column *column;
};

struct assay_relations {
    uint32_t count, zero;
    const struct assay_table *relation; /* a table comes after those it refers to, except in cycles */
    void *own;
};

/* `text` 1: documents get the columns text and map (assay_map_json). 0: out of memory, or a run without document/1. */
int assay_relations_make(struct assay_relations *, const struct assay_host *, int text);
void assay_relations_free(struct assay_relations *);
/* Visits every row: documents in order, each with its records, then the corpus layers. A parent's row comes before its
 * children's. Stops at the first status that is not ASSAY_OK and gives it back. */
assay_status assay_relations_walk(const struct assay_relations *, const struct assay_host *, struct assay_results *,
                                  void *own,
                                  assay_status (*row)(void *own, uint32_t relation, const struct assay_cell *cell));

#ifdef __cplusplus
}
#endif
#endif
