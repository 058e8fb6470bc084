/* SPDX-License-Identifier: Apache-2.0
 *
 * Entries of an RSS or Atom feed as they stand in its tree, and their dates.
 */
#ifndef FEED_ENTRY_H
#define FEED_ENTRY_H

#include <assay/kit/map.h>

#include "../markup/tree.h"

int entry_is(const struct tree *, uint32_t node, const char *name);
/* The first child of that name, or 0. */
uint32_t entry_child(const struct tree *, uint32_t node, const char *name);
/* Appends the text of the element: entities decoded, CDATA as it is; XHTML content as markup. */
void entry_text(const struct tree *, uint32_t node, struct assay_mapper *);
/* "Mon, 06 Mar 2017 04:02:06 +0300" or ISO 8601, to ISO 8601; gives its length (below 32), 0: no date. */
size_t entry_date(char *to, struct assay_text date);

#endif
