/* SPDX-License-Identifier: Apache-2.0
 *
 * Transfer encodings of mail (RFC 2045, 6.7 and 6.8), decoded together with the way back: GMime decodes without one.
 */
#ifndef MAIL_TRANSFER_H
#define MAIL_TRANSFER_H

#include <assay/kit/map.h>

/* Append what bytes begin..end of the item decode to. 0: they have forms for which no map is made here (then what was
 * appended is of no use). */
int transfer_quoted(struct assay_mapper *, struct assay_text item, uint64_t begin, uint64_t end);
int transfer_base64(struct assay_mapper *, struct assay_text item, uint64_t begin, uint64_t end);

#endif
