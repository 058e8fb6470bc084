/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: strict reading of lexicon files: libconfig's syntax, read without libconfig's traps (integers that wrap, no
 * column, a byte order mark as an error). No @include: a lexicon names its parent with a key of its own.
 *
 *   name = value;   name : { ... };   [ scalars of one type ]   ( values of any type )   "text" "joined to this"
 *   12  -3L  0x1f  2.5  true  false   # comment   // comment
 *
 * A usual line of a lexicon is one string "KEY form|form|two words": assay_lexicon_line and assay_lexicon_form split
 * it.
 */
#ifndef ASSAY_KIT_LEXICON_H
#define ASSAY_KIT_LEXICON_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Types, bits so that a caller may allow several. */
#define ASSAY_LEXICON_GROUP 1u   /* { name = value; } */
#define ASSAY_LEXICON_LIST 2u    /* ( ) */
#define ASSAY_LEXICON_ARRAY 4u   /* [ ] */
#define ASSAY_LEXICON_TEXT 8u
#define ASSAY_LEXICON_INTEGER 16u
#define ASSAY_LEXICON_REAL 32u
#define ASSAY_LEXICON_FLAG 64u

struct assay_lexicon_item {
    struct assay_text name; /* null in lists and arrays */
    struct assay_text text; /* TEXT: its bytes; INTEGER, REAL, FLAG: as written */
    int64_t integer;        /* INTEGER, FLAG */
    double real;            /* INTEGER, REAL */
    uint32_t type, line, column; /* of the value; line and column from 1, column in bytes */
    uint32_t count;         /* children, next to each other from `first` on, in the file's order */
    const struct assay_lexicon_item *first;
};

struct assay_lexicon {
    struct assay_lexicon_item root; /* a group */
    const char *path;               /* as given, copied */
    char error[512];                /* the first problem, "path:line:column: what is wrong"; "" = none */
    void *own;
};

/* Reads a file (at most 64 MB). 1: fine. 0: `error` says why. Everything read lives until assay_lexicon_free, which is
 * to be called in both cases. */
int assay_lexicon_read(struct assay_lexicon *, const char *path);
/* The same from memory; `path` is only for messages. The content is copied. */
int assay_lexicon_parse(struct assay_lexicon *, const char *path, struct assay_text content);
void assay_lexicon_free(struct assay_lexicon *);

/* A child of a group by name, or NULL. */
const struct assay_lexicon_item *assay_lexicon_get(const struct assay_lexicon_item *group, const char *name);
/* The same, but its type has to be one of the bits `types`: otherwise the error is set. *found (NULL: none) is set;
 * with `must` a missing one is an error too. 1: no error. */
int assay_lexicon_want(struct assay_lexicon *, const struct assay_lexicon_item *group, const char *name, uint32_t types,
                       int must, const struct assay_lexicon_item **found);
/* Every child of the group has to bear one of the names "a|b|c"; 0: the error names the first other, and the
 * nearest. */
int assay_lexicon_known(struct assay_lexicon *, const struct assay_lexicon_item *group, const char *names);
/* Sets the error at an item, unless one is set already. Gives 0, so that it stands in the return statement. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
int assay_lexicon_fail(struct assay_lexicon *, const struct assay_lexicon_item *at, const char *format, ...);

/* Splits "KEY form|form": key up to the first blank; *forms the rest, trimmed. 0: one of them is empty. */
int assay_lexicon_line(struct assay_text line, struct assay_text *key, struct assay_text *forms);
/* Takes the next form off *forms, trimmed. 0: no more. An empty form gives size 0. */
int assay_lexicon_form(struct assay_text *forms, struct assay_text *form);

#ifdef __cplusplus
}
#endif
#endif
