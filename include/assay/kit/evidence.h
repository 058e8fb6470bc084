/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit, for writers: what to show of a figure that a finding names: its sentence, the sentences around it, its document.
 */
#ifndef ASSAY_KIT_EVIDENCE_H
#define ASSAY_KIT_EVIDENCE_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"
#include "../host.h"
#include "../layers/claim.h"
#include "../layers/document.h"
#include "../layers/finding.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The writer's own slots; sentence may be ASSAY_NEVER. The tables have to be those of the headers. */
struct assay_evidence_slots {
    uint32_t document, claim, sentence;
};

struct assay_evidence {
    const struct assay_doc *doc;
    const struct assay_document *document; /* never NULL after ASSAY_OK */
    const struct assay_claim *claim;
    struct assay_text text;              /* of the document */
    struct assay_span figure, sentence;  /* figure lies in sentence */
    struct assay_span before, after;     /* the sentences around it in its paragraph; empty: none */
};

/* Borrowed: all of it lives until the host closes the document's view (see host->view). ASSAY_NO: no such claim. */
assay_status assay_evidence_get(const struct assay_host *, void *subject, const struct assay_evidence_slots *,
                                struct assay_ref, struct assay_evidence *);
/* Shortens a span to at most `before` bytes ahead of the figure and `after` behind it. Cuts at a blank if one is near,
 * else between two characters. *head, *tail: 1 if something was cut there. */
struct assay_span assay_evidence_clip(const struct assay_evidence *, struct assay_span, uint32_t before, uint32_t after,
                                      int *head, int *tail);

/* The unit to print beside a value: its own, or "times" if its first figure is a multiple ("tripled": 3 times). */
struct assay_text assay_evidence_unit(const struct assay_host *, void *subject, const struct assay_evidence_slots *,
                                      const struct assay_value *);

#define ASSAY_EVIDENCE_SHOW 8u
#define ASSAY_EVIDENCE_OTHER 24u

/* Which claims of a value to quote: the same figure in the same words is quoted once, however many texts print it. */
struct assay_evidence_choice {
    struct assay_ref show[ASSAY_EVIDENCE_SHOW];   /* in different words */
    struct assay_ref other[ASSAY_EVIDENCE_OTHER]; /* each of another document, none of which is quoted */
    uint32_t shown, others, rest;                 /* rest: claims beyond these */
};
/* `claims` is a list of struct assay_ref; at most `most` (and ASSAY_EVIDENCE_SHOW) are to be quoted. */
void assay_evidence_choose(const struct assay_host *, void *subject, const struct assay_evidence_slots *,
                           struct assay_list claims, uint32_t most, struct assay_evidence_choice *);

#ifdef __cplusplus
}
#endif
#endif
