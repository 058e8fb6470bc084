/* SPDX-License-Identifier: Apache-2.0
 *
 * One CSV file after RFC 4180: UTF-8, CRLF, a header, quotes where needed. Texts that a spreadsheet would run as a
 * formula get an apostrophe before them; numbers stand bare.
 */
#ifndef CSV_TABLE_H
#define CSV_TABLE_H

#include <stdio.h>

#include <assay/kit/buf.h>

struct csv_column {
    const char *name, *type, *help; /* type: of the Frictionless table schema */
};

struct csv_table {
    const char *name;
    const struct csv_column *column;
    uint32_t columns, at; /* at: cells of the row so far */
    FILE *file;
    struct assay_buf buf;
    uint64_t rows;
    int failed;
};

/* Creates FOLDER/NAME.csv with its header. 0: errno says why. */
int csv_open(struct csv_table *, const char *folder, int bom);
/* The next cell. Null texts and numbers that are not finite are empty. */
void csv_text(struct csv_table *, struct assay_text);
void csv_word(struct csv_table *, const char *terminated); /* a word of ours; NULL: empty */
void csv_number(struct csv_table *, struct assay_text); /* digits of ours, which need no guard */
void csv_real(struct csv_table *, double value, int has);
void csv_count(struct csv_table *, uint64_t value, int has);
void csv_end_row(struct csv_table *);
/* 0: not everything could be written (errno). */
int csv_close(struct csv_table *);

#endif
