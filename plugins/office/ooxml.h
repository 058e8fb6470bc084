/* SPDX-License-Identifier: Apache-2.0
 *
 * Office Open XML (ECMA-376): which parts hold the text, and the text of one: WordprocessingML, or a slide's DrawingML.
 */
#ifndef OFFICE_OOXML_H
#define OFFICE_OOXML_H

#include "package.h"
#include "prose.h"
#include "xml.h"

enum ooxml_kind { OOXML_BAD, OOXML_OTHER, OOXML_TEXT, OOXML_SLIDES, OOXML_SHEETS };

/* Names of the parts to read, in order: body, footnotes, endnotes; slides and sheets by number. Each terminated, one
 * behind the other in `names`. OOXML_BAD: the list of parts cannot be read, told in `x`, which is to be closed in any
 * case. */
enum ooxml_kind ooxml_parts(const struct package *, struct assay_buf *names, struct xml *x);
/* Appends the text of one part. What was deleted under change tracking, hidden text, field codes, tables of contents
 * and page numbers are none. 0: it is no XML, told in `x`; what came before stays appended. */
int ooxml_text(struct prose *, struct xml *x);

#endif
