/* SPDX-License-Identifier: Apache-2.0
 *
 * SpreadsheetML (ECMA-376, part 1, 18): the cells of a workbook's sheets as rows of tables.
 */
#ifndef OFFICE_SHEET_H
#define OFFICE_SHEET_H

#include "package.h"
#include "prose.h"
#include "xml.h"

enum sheet_format { SHEET_NUMBER, SHEET_PERCENT, SHEET_DATE };

/* What the cells of all sheets refer to. Zeroed memory is one of nothing; to be freed. */
struct workbook {
    struct assay_buf text;    /* of the shared strings, each terminated */
    struct assay_buf at;      /* uint32_t: where each begins */
    struct assay_buf formats; /* a byte (enum sheet_format) for each style of cells */
    uint32_t from_1904;       /* days are counted from 1904-01-01 */
};

/* Reads xl/sharedStrings.xml, xl/styles.xml, xl/workbook.xml as far as they are there. 0: one is no XML, told in `x`,
 * or no memory is left. */
int workbook_read(struct workbook *, const struct package *, struct xml *x);
void workbook_free(struct workbook *);
/* Appends the cells of one sheet; those of the first SHEET_COLUMNS columns, values as they are stored, percentages and
 * dates as they are shown. 0: as workbook_read. */
#define SHEET_COLUMNS 64u
int sheet_text(struct prose *, struct xml *x, const struct workbook *);

#endif
