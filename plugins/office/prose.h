/* SPDX-License-Identifier: Apache-2.0
 *
 * The text of a document under construction: paragraphs with an empty line between, rows of tables on lines of their
 * own, cells with a border between, as `markup` writes pages. White space of the input is one space.
 */
#ifndef OFFICE_PROSE_H
#define OFFICE_PROSE_H

#include <assay/kit/buf.h>
#include <assay/kit/gap.h>

struct prose {
    struct assay_buf text; /* the caller frees it */
    struct assay_gap gap;
    uint32_t cells;                  /* that are open, tables inside tables counted */
    int first_cell, first_paragraph; /* of its row; of its cell */
};

/* Appends UTF-8 text, terminated. `raised`: superscript, so that digits behind a digit are a power: 10^6, not 106. */
void prose_text(struct prose *, const char *text, int raised);

void prose_paragraph(struct prose *);
void prose_paragraph_end(struct prose *);
void prose_row(struct prose *);
void prose_cell(struct prose *);
void prose_cell_end(struct prose *);

#endif
