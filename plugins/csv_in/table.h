/* SPDX-License-Identifier: Apache-2.0
 *
 * A CSV file that holds no texts but figures: rows of a table, written as `markup` writes those of pages, so that heads
 * tell what the figures are.
 */
#ifndef CSV_TABLE_H
#define CSV_TABLE_H

#include "rows.h"

/* Whether the rows behind the one read last hold figures: of the first rows, most cells are some but for the first of
 * each, which is a word or a year, and no cell is long. Leaves `rows` as it is. */
int table_is(const struct csv_rows *rows);
/* How many cells of the row read last are not empty. */
uint32_t table_filled(const struct csv_rows *);
/* Appends the row read last as "a | b | c" and a line end; as "a" where the other cells are empty: a title; not
 * at all where all are. Line ends and bars inside a cell become spaces. */
void table_row(const struct csv_rows *, struct assay_mapper *);

#endif
