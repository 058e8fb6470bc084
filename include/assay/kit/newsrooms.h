/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: the names of news agencies and newspapers (lexicon/newsrooms.cfg), one reading for all who look for them.
 */
#ifndef ASSAY_KIT_NEWSROOMS_H
#define ASSAY_KIT_NEWSROOMS_H

#include "lexicon.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASSAY_NEWSROOM_EXACT 1u  /* as written only: "AP" */
#define ASSAY_NEWSROOM_MEDIUM 2u /* a newspaper or station, no agency */
#define ASSAY_NEWSROOM_UNSURE 4u /* a usual word or name, too: it says nothing in running text; `name` is the form */

/* A form of a name, and the first of its names. */
struct assay_newsroom {
    struct assay_text form, name; /* borrowed from the file */
    uint32_t kind, number;        /* ASSAY_NEWSROOM_*; equal numbers: names of one newsroom */
};

struct assay_newsrooms {
    struct assay_newsroom *at;
    uint32_t count, room;
    struct assay_lexicon file; /* .error says what failed */
};

/* 0: the file cannot be read, or is none such. To be freed in any case. */
int assay_newsrooms_read(struct assay_newsrooms *, const char *path);
void assay_newsrooms_free(struct assay_newsrooms *);

#ifdef __cplusplus
}
#endif
#endif
