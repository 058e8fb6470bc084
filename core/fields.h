/* SPDX-License-Identifier: Apache-2.0
 *
 * Field tables as plugins hand them over: walked by their own row size, checked before they are believed, compared.
 */
#ifndef FIELDS_H
#define FIELDS_H

#include <assay/field.h>

#define FIELDS_DEEP 8 /* RECORD in RECORD, at most */

enum fields_use { FIELDS_OPTIONS, FIELDS_RECORD };

/* Row i, by the table's own row size. */
static inline const struct assay_field *fields_row(const struct assay_fields *f, uint32_t i)
{
    return (const struct assay_field *)(const void *)((const char *)f->row + (size_t)i * f->row_size);
}
/* The row of that name, or NULL. */
const struct assay_field *fields_find(const struct assay_fields *, const char *name);
/* Bytes of one value of the type (of a RECORD: of its table), 0: unknown type. A LIST row's member is a struct
 * assay_list. */
uint32_t fields_value_size(const struct assay_field *);
const char *fields_type_name(uint32_t type); /* "text", for messages and inspect */

/* NULL: the table is sound: known types, sizes that fit, members inside the record and aligned, names in order, parts
 * sound too, not nested deeper than FIELDS_DEEP. Else the sentence why not, in room. */
const char *fields_check(const struct assay_fields *, enum fields_use, char *room, size_t size);

/* Words of a CHOICE ("a|b|c"). */
uint32_t fields_words(const char *words);
struct assay_text fields_word(const char *words, uint32_t i); /* null beyond the list */
uint32_t fields_word_index(const char *words, const char *word, size_t size); /* ASSAY_NEVER: not one of them */

/* 1: every row of `want` stands in `have` at the same place, with the same type and null flag (parts too), so that a
 * record of `have` can be read as one of `want`. */
int fields_same(const struct assay_fields *want, const struct assay_fields *have);
/* Whether a requirer's table can be filled from a provider's: NULL, or the sentence why not. A row that `have` lacks is
 * fine unless `want` marks it ASSAY_MUST; a row of the same name but another type is not. */
const char *fields_agree(const struct assay_fields *want, const struct assay_fields *have, char *room, size_t size);

#endif
