/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a text of another language is a translation of a text, and no report of its own of the same event.
 */
#ifndef CONSISTENCY_TRANSLATION_H
#define CONSISTENCY_TRANSLATION_H

#include "align.h"

/* Only for texts whose sentences the linker has just put in one order (`align`), with the links found for them. */
int is_translation(const struct linker *, const struct side *a, const struct side *b, const struct link_list *);

#endif
