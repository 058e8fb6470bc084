/* SPDX-License-Identifier: Apache-2.0
 *
 * Options: from what stands in the chain file, after --set or as a default, to the struct of a plugin's option table.
 * One parser for all three.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <assay/field.h>

#include "arena.h"
#include "conf.h"
#include "diag.h"

/* One --set STEP.OPTION=VALUE of this step. Lists are written a,b,c. */
struct options_set {
    const char *name, *value;
    const char *whole; /* as on the command line, for messages */
};

struct options_request {
    const struct assay_fields *table; /* NULL: the step takes none */
    const char *step;                 /* for messages; NULL: these are the chain's own settings */
    const struct conf *group;         /* as in the chain file, or NULL */
    const char *skip;                 /* a setting of the group that is no option: "plugin" */
    const struct options_set *set;    /* they win over the file */
    uint32_t sets;
    const char *folder;               /* absolute: PATH options of the file count from here */
    struct arena *arena;
    struct diag *diag;
};

/* Fills `record` (zeroed, table->record_size) with given values and defaults. Prints all problems; gives their
 * number. */
uint32_t options_fill(const struct options_request *, void *record);

/* NULL: every default, min and max of the table can be read, and defaults lie in range. Else the sentence why not. The
 * table has passed fields_check. */
const char *options_check(const struct assay_fields *, char *room, size_t size);

/* Folds the values (and the bytes of files that PATH options name, but for inputs and outputs) into 128 bits. Only
 * those of options that may matter up to this round (ASSAY_FROM_ROUND). */
struct XXH3_state_s;
void options_digest(const struct assay_fields *, const void *record, uint32_t round, struct XXH3_state_s *);

/* Sizes and times as written: "512MB" (1024 * 1024 ...), "10s". 0: not one. */
int options_size(const char *text, uint64_t *bytes);
int options_msec(const char *text, int64_t *ms);

#endif
