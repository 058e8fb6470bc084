/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: what the first bytes of an input look like, for readers' accept: one says yes where another says no.
 */
#ifndef ASSAY_KIT_SNIFF_H
#define ASSAY_KIT_SNIFF_H

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Each takes the first 4 KiB of an input, or all there is, and gives 1 or 0. */

/* The first line is a JSON object, or begins as one and does not end here. */
int assay_sniff_json_lines(struct assay_text head);
/* Mail headers: at least three, two of them such as little but mail has. */
int assay_sniff_mail(struct assay_text head);
/* A folder of mail: a "From " line, then such headers. */
int assay_sniff_mbox(struct assay_text head);
/* RSS or Atom, in any encoding whose ASCII can be read when zero bytes are left out. */
int assay_sniff_feed(struct assay_text head);
/* A zip that is an office document or a book (Office Open XML, OpenDocument, EPUB): its parts are no texts of their
 * own. Told by its first member, of which each writer has another. */
int assay_sniff_office(struct assay_text head);

#ifdef __cplusplus
}
#endif
#endif
