/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: what the first bytes of an input look like, for the accept hooks of readers, so that no two claim one input.
 */
#ifndef ASSAY_KIT_SNIFF_H
#define ASSAY_KIT_SNIFF_H

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Each takes the first 4 KiB of an input, or all there is, and gives 1 or 0. A byte order mark of UTF-8 does not count. */

/* UTF-16 or UTF-32, whether or not a mark says so. A zero byte here and there makes none. */
int assay_sniff_wide(struct assay_text head);
/* The first line is a JSON object, or begins as one and does not end here. */
int assay_sniff_json_lines(struct assay_text head);
/* A mail: at least three headers, two of them of kinds that hardly anything but mail has. */
int assay_sniff_mail(struct assay_text head);
/* A mailbox (mbox): a "From " line, then the headers of a mail. */
int assay_sniff_mbox(struct assay_text head);
/* RSS or Atom, in any encoding whose ASCII can be read when zero bytes are left out. */
int assay_sniff_feed(struct assay_text head);
/* A zip that is an office document or a book (Office Open XML, OpenDocument, EPUB): its parts are no texts of their
 * own. Decided by the first member, which differs from format to format. */
int assay_sniff_office(struct assay_text head);

#ifdef __cplusplus
}
#endif
#endif
