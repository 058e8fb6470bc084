/* SPDX-License-Identifier: Apache-2.0
 *
 * The hash table a lexicon is compiled into: forms of one or more words, each with its meanings.
 */
#ifndef CLAIMS_LEX_TABLE_H
#define CLAIMS_LEX_TABLE_H

#include "lex.h"

/* Doubles the table. 0: out of memory. */
int lt_grow(struct lx *);
/* The offset of a copy in strings; 0: out of memory. */
uint32_t lt_intern(struct lx *, const char *at, size_t size);
/* Adds a form. 0: out of memory; < 0: it has no words, or more than eleven. `only_new`: not where the form means
 * something already. *other: the meaning of the same section and file that says something else of it, which is asked
 * for where `other` is not NULL; the form is not added then. */
int lt_add_form(struct lx *, struct assay_text form, struct lx_meaning, int only_new, const struct lx_meaning **other);
/* Notes what a suffix starts with: to be called for all of them before the first form is added. */
void lt_suffix_lead(struct lx *, struct assay_text suffix);
/* Takes the meanings of one class from a form. */
void lt_drop_form(struct lx *, struct assay_text form, uint8_t class);
/* 0: no letter of the text has an accent, for certain. */
int lt_may_differ(struct assay_text);
/* The unaccented form of a longer word; its bytes, 0 where it does not differ. */
int lt_plain_form(struct assay_text form, char *to, size_t room);

#endif
