/* SPDX-License-Identifier: Apache-2.0
 *
 * EPUB (ISO/IEC 23736, and EPUB 2): the book's metadata and its chapters in reading order.
 */
#ifndef OFFICE_EPUB_H
#define OFFICE_EPUB_H

#include "meta.h"
#include "package.h"

/* Names of the chapters' parts, each terminated, one behind the other in `names`; the table of contents is none. 0: no
 * book's parts, `why` says which is missing or wrong. */
int epub_read(const struct package *, struct meta *, struct assay_buf *names, char *why, size_t room);
/* Whether the book says that the part is encrypted. */
int epub_is_encrypted(const struct package *, const char *name);

#endif
