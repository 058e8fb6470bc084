/* SPDX-License-Identifier: Apache-2.0
 *
 * A chain file as a tree of our own, each value with its place, so that libconfig is gone before anything is run.
 */
#ifndef CONF_H
#define CONF_H

#include "arena.h"
#include "diag.h"

enum conf_type { CONF_FLAG, CONF_INT, CONF_REAL, CONF_TEXT, CONF_LIST, CONF_GROUP };

struct conf {
    const char *name; /* NULL inside a list */
    enum conf_type type;
    struct diag_place name_place, place; /* of the name (the value, in a list) and of the value */
    const char *text; /* scalars: as text, terminated: "true", "12", "0.75" */
    uint64_t size;    /* of text */
    uint32_t count;   /* LIST, GROUP */
    struct conf *child; /* in the order of the file */
};

struct conf_file {
    struct conf root;   /* a GROUP */
    const char *folder; /* absolute, of the file */
    char sha256[65];    /* of the file's bytes, includes not counted */
};

/* Reads and checks the grammar; prints all it finds. 0: something was wrong. Memory lives in the arena. */
int conf_read(const char *file, struct arena *, struct diag *, struct conf_file *);
/* The setting of that name of a group, or NULL. */
const struct conf *conf_get(const struct conf *group, const char *name);
const char *conf_type_name(enum conf_type); /* "a text", for messages */

#endif
