/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of the terminal writer.
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <assay/plugin.h>
#include <assay/kit/buf.h>
#include <assay/kit/say.h>

#include "page.h"

enum { DOCUMENT, LANGUAGE, SENTENCE, CLAIM, COPY, CLUSTER, FINDING, FAILURE, SKIPPED, RUN, SLOTS };

struct options {
    struct assay_text path;
    uint32_t max_findings, severity;
};

struct overview;

struct writing {
    const struct assay_host *host;
    struct assay_results *results;
    const struct options *options;
    struct page page;
    struct overview *overview;
    int has[SLOTS]; /* somebody provides it */
    uint64_t group[ASSAY_SAY_GROUPS], findings, dismissed, copies, failures, skipped;
};

/* "Varn Courier, 2024-05-02, courier/quake.html": source and date where known. */
void say_document(struct writing *, const struct assay_doc *);
/* The quote around a claim's figure, the figure marked. */
struct assay_evidence;
void say_quote(struct writing *, const struct assay_evidence *, uint32_t around);

void write_findings(struct writing *);
void write_copies(struct writing *);
void write_unread(struct writing *);
/* Walks the documents once: counts them and, in a chain without findings, shows them. */
void overview_read(struct writing *);
/* The line of totals. */
void overview_say(struct writing *);

#endif
