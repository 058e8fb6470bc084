/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of a PDF. The text in reading order has their cells one below the other, column by column or row by row; the
 * text laid out as the page is keeps rows. What both hold of a table is put in as rows.
 */
#ifndef PDF_TABLES_H
#define PDF_TABLES_H

#include <assay/kit/buf.h>

/* Whether the text has lines that are a number and nothing else, as cells of tables are. */
int tables_may_be(const struct assay_buf *text);
/* Puts tables of `laid_out` where `text` has their words; pages end with a form feed in both. A table whose words do
 * not stand together in the text stays as it is. 0: out of memory. */
int tables_put(struct assay_buf *text, const struct assay_buf *laid_out);

#endif
