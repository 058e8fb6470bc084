/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of a CSV or TSV file (RFC 4180: quoted fields may hold separators, line ends and doubled quotes).
 */
#ifndef CSV_ROWS_H
#define CSV_ROWS_H

#include <assay/kit/map.h>

#define CSV_FIELDS 256

struct csv_field {
    uint64_t begin, end; /* bytes of the input, without the quotes */
    uint32_t quoted;     /* doubled quotes stand for one */
};

struct csv_rows {
    const char *input;
    uint64_t size, at;
    char separator;
    uint64_t row, line;  /* where the row read last begins: byte, and line from 1 */
    uint64_t next_line;
    uint64_t again;      /* bytes read more than once */
    struct csv_field field[CSV_FIELDS];
    uint32_t fields;
};

void csv_start(struct csv_rows *, struct assay_text input, char separator);
/* Of , ; tab and | the one that most often stands in the first line; of two, the one that the next lines have as
 * often. */
char csv_separator(struct assay_text head);
/* 1: a row; 0: no more; -1: a bad one (*error says why), read on. */
int csv_next(struct csv_rows *, const char **error);
/* The field's value and the map to it. */
void csv_value(const struct csv_rows *, uint32_t field, struct assay_mapper *);

#endif
