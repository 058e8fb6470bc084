/* SPDX-License-Identifier: Apache-2.0
 *
 * A page laid out as lines of text, from the places of its words (pdftotext -tsv): words of one height in the page
 * stand in one line, cells of a table two blanks and more apart.
 */
#ifndef PDF_LAYOUT_H
#define PDF_LAYOUT_H

#include <assay/kit/buf.h>

/* Appends the pages to `to`, a form feed behind each. 0: out of memory, or no such table. */
int layout_put(struct assay_buf *to, const struct assay_buf *tsv);

#endif
