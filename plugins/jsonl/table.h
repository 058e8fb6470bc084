/* SPDX-License-Identifier: Apache-2.0
 *
 * A field table made ready for printing: keys as the bytes they are printed as, words of choices looked up once. One
 * pass over the layers before the first record; nothing is allocated per record.
 */
#ifndef JSONL_TABLE_H
#define JSONL_TABLE_H

#include <assay/plugin.h>

/* Parts within parts deeper than this are left out; the deepest known table has three levels. */
#define TABLE_DEPTH 8

struct table;

struct table_field {
    const char *key; /* "name": with quotes and colon */
    uint32_t key_size;
    uint32_t type, flags, offset, has;
    uint32_t words;
    const struct assay_text *word; /* CHOICE */
    struct table *part;            /* RECORD */
    uint32_t slot;                 /* REF: slot of its layer, ASSAY_NEVER where no layer of the run has that name */
};

struct table {
    uint32_t fields;
    struct table_field *field;
};

/* The layers of a run, prepared. */
struct table_layer {
    const char *name; /* type of the record: the layer's name without the major */
    uint32_t type_size;
    char *type; /* {"type":"NAME" */
    uint32_t where;
    uint32_t self; /* offset of the SELF span; ASSAY_NEVER: none */
    struct table *table;
};

struct tables {
    uint32_t layers;
    struct table_layer *layer;
    uint32_t document;    /* slot of document/1 */
    uint32_t document_id; /* offset of its TEXT row `doc` */
};

/* 0: out of memory, or no document layer. Free with tables_free in both cases. */
int tables_make(struct tables *, const struct assay_host *);
void tables_free(struct tables *);

#endif
