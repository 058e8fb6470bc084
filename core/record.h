/* SPDX-License-Identifier: Apache-2.0
 *
 * Records by field table: their stored form, copies between two tables of one layer, order by KEY rows.
 *
 * Stored form of n records: n rows as in memory, then a heap. What points elsewhere (TEXT, LIST) holds an offset from
 * the first row instead of an address; 0 is null. Padding and unknown members are stored as they are, so the form is no
 * identity; only fields are.
 */
#ifndef RECORD_H
#define RECORD_H

#include <assay/field.h>

#include "arena.h"

/* A member that points elsewhere. */
struct shape_part {
    uint32_t offset;
    uint32_t is_list;            /* a struct assay_list, else a struct assay_text */
    uint32_t has[2];             /* uint32_t members that must not be 0 for it to count, or ASSAY_NEVER */
    uint32_t element_size;       /* of a list */
    const struct shape *element; /* of a list whose elements point elsewhere, else NULL */
};

struct shape {
    const struct assay_fields *fields;
    uint32_t size;  /* record_size */
    uint32_t self;  /* offset of the SELF span, or ASSAY_NEVER */
    uint32_t self_has; /* its null flag's offset, or ASSAY_NEVER */
    uint32_t keys;  /* rows flagged KEY */
    uint32_t parts; /* 0: flat */
    struct shape_part *part;
};

/* Compiles a table that fields_check found sound. Everything lives in the arena. NULL: out of memory. */
const struct shape *shape_of(struct arena *, const struct assay_fields *);

/* Appends the stored form of `count` records that lie `stride` apart; starts 8-byte aligned if out->size is. The result
 * is out->failed. */
int record_store(struct bytes *out, const struct shape *, const void *records, uint32_t count, uint32_t stride);
/* Records from their stored form: flat ones where they lie, others as rows in the arena that point into `stored`. NULL:
 * out of memory. */
const void *record_open(struct arena *, const struct shape *, const char *stored, uint32_t count);
/* The same for `count` rows already copied to `rows`; 0: out of memory. */
int record_relocate(struct arena *, const struct shape *, void *rows, uint32_t count, const char *stored);
/* A copy in which nothing points outside of the arena. NULL: out of memory. */
void *record_copy(struct arena *, const struct shape *, const void *records, uint32_t count, uint32_t stride);

/* How to make records of table `want` from records of table `have`. */
struct convert;
/* NULL: out of memory. The tables agree (fields_agree). */
const struct convert *convert_of(struct arena *, const struct assay_fields *want, const struct assay_fields *have);
/* `count` records of the wanted table; lists that differ are copied too. NULL: out of memory. */
void *convert_run(struct arena *, const struct convert *, const void *records, uint32_t count, uint32_t stride);

/* < 0, 0, > 0 by the KEY rows in table order, null first, DOWN rows the other way round. */
int record_order(const struct shape *, const void *a, const void *b);

#endif
