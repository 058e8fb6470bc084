/* SPDX-License-Identifier: Apache-2.0
 *
 * One value of an option, from text to its C type.
 */
#ifndef SCALAR_H
#define SCALAR_H

#include <assay/field.h>

#include "arena.h"
#include "conf.h"

enum scalar_from { SCALAR_WORDS, SCALAR_FILE }; /* plain text (--set, defaults), or typed by the chain file */

struct scalar {
    const struct assay_field *row;
    enum scalar_from from;
    enum conf_type type; /* SCALAR_FILE: how it is written there */
    const char *text;    /* terminated */
    const char *folder;  /* PATH: absolute; NULL: counts from the working directory */
    struct arena *arena; /* TEXT and PATH are copied here */
};

/* Reads it into `to` (fields_value_size bytes). NULL: done; else what is wrong, as in "option 'copy' SENTENCE", in
 * room, and perhaps a hint. */
const char *scalar_read(const struct scalar *, void *to, char *room, size_t size, const char **hint);
/* NULL: lies within the row's min and max. */
const char *scalar_range(const struct scalar *, const void *value, char *room, size_t size);

#endif
