/* SPDX-License-Identifier: Apache-2.0
 *
 * What is to be read: the paths of the command line, folders walked, pipes and stdin spooled, large inputs cut into
 * items after a line end where their reader allows it. The host opens nothing here but folders and what it spools.
 */
#ifndef INPUTS_H
#define INPUTS_H

#include "arena.h"
#include "plan.h"
#include "segment.h"

struct input {
    const char *path; /* to open; "-" for stdin */
    struct assay_text name; /* cleaned lexically: the id of its only document */
    uint64_t size;
    uint32_t step;    /* reader it goes to, PLAN_NONE: who accepts it */
    int fd;           /* spooled, else -1 */
    int error;        /* errno where it cannot be looked at */
};

/* An input or a piece of one. */
struct item {
    uint32_t input;
    uint32_t piece;      /* 1: not the whole input */
    uint64_t begin, end; /* bytes of the input */
    uint64_t line;       /* of begin, from 1 */
};

/* What the walk passed over. */
struct passed {
    struct assay_text path;
    const char *reason;
    uint64_t bytes;
};

struct inputs {
    struct arena arena;
    struct input *input;
    uint64_t inputs, room;
    struct item *item;
    uint64_t items, items_room;
    struct passed *passed;
    uint64_t passes, passed_room;
    uint64_t bytes; /* of all */
};

/* Lists `path` (NULL-terminated). RUN_DONE, or RUN_USAGE after saying which path does not exist, or RUN_INTERNAL. */
int inputs_list(struct inputs *, const char *const *path, const struct plan *, struct store *, struct diag *);
/* Adds an item. 0: out of memory. */
int inputs_item(struct inputs *, struct item);
void inputs_free(struct inputs *);

/* "a//b/./c/../d" becomes "a/b/d"; bytes that are no UTF-8 become %XX. In the arena, terminated. */
struct assay_text clean_path(struct arena *, const char *path);

#endif
