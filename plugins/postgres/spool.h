/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows on their way to the server: a connection takes one COPY at a time, rows come mixed, so each table's rows wait in
 * a file of their own, in COPY's text format.
 */
#ifndef POSTGRES_SPOOL_H
#define POSTGRES_SPOOL_H

#include <stdio.h>

#include <assay/kit/relation.h>

struct spool {
    FILE *file; /* made with the first row */
    struct assay_buf buf;
    uint64_t rows;
};

/* 0: errno says why. */
int spool_row(struct spool *, const struct assay_table *, const struct assay_cell *);
/* Goes back to the start for reading. 0: errno says why. */
int spool_rewind(struct spool *);
void spool_free(struct spool *);

#endif
