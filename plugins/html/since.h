/* SPDX-License-Identifier: Apache-2.0
 *
 * The findings of an earlier result (of the jsonl writer), to say what is new, changed or gone since.
 */
#ifndef HTML_SINCE_H
#define HTML_SINCE_H

#include <assay/plugin.h>

#include "names.h"

struct since_finding {
    char *state, *title, *verdict; /* terminated */
    int seen;
};

struct since {
    struct names ids;
    struct since_finding *finding; /* by number of its id */
    uint32_t room;
};

#define SINCE_SAME 0
#define SINCE_NEW 1
#define SINCE_CHANGED 2

/* NULL: fine; else what is wrong (static). *line gets the line. */
const char *since_read(struct since *, const char *path, uint64_t *line);
/* How a finding stands to the earlier result; marks it as seen. */
int since_look(struct since *, struct assay_text id, struct assay_text state);
void since_free(struct since *);

#endif
