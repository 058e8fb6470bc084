/* SPDX-License-Identifier: Apache-2.0
 *
 * OpenDocument (ISO/IEC 26300): the text of content.xml, of a text or of slides.
 */
#ifndef OFFICE_ODF_H
#define OFFICE_ODF_H

#include "prose.h"
#include "xml.h"

/* Appends the text, then that of the footnotes. Deleted text, comments, indexes and page numbers are none. 0: it is no
 * XML, told in `x`, or no memory is left. */
int odf_text(struct prose *, struct xml *x);

#endif
