/* SPDX-License-Identifier: Apache-2.0
 *
 * Figures that are not statements in prose: those in source code and markup, and those that are part of a name or a
 * reference ("BSD-3-clause", "#687531"). Two texts may differ in such figures without disagreeing on anything.
 */
#ifndef CONSISTENCY_PROSE_H
#define CONSISTENCY_PROSE_H

#include <assay/field.h>

/* 1 where the sentence reads as source text: its signs are many for its words. */
int prose_is_code(struct assay_text sentence);
/* 1 where the text is laid out as a list, two lines of five being items or indented: a list of changes, source text. */
int prose_is_list(struct assay_text text);
/* 1 where the figure is joined to a word or a number sign before it. */
int prose_in_name(struct assay_text text, struct assay_span figure);

#endif
