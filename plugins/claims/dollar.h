/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose dollars, pesos or crowns a document means by the bare word: where it was published and the countries and cities
 * it speaks of (conf/lexicon/dollars.cfg). Immutable after load.
 */
#ifndef CLAIMS_DOLLAR_H
#define CLAIMS_DOLLAR_H

#include <assay/plugin.h>

enum { DL_FAMILIES = 16 }; /* currencies of one name */

struct dollars;

/* Errors go through fail. A missing file is none: every currency is what its language takes it for then. */
assay_status dl_load(const struct assay_host *, struct dollars **);
/* The family of the name, or the first one the ISO 4217 code belongs to (either may be NULL); DL_FAMILIES: none. */
uint32_t dl_family(const struct dollars *, const char *name, const char *code);
/* The ISO 4217 code that the bare word stands for in the document, and how sure that is (percent); NULL: the document
 * does not say. Linear in the text. Borrowed from `dollars`. */
const char *dl_find(const struct dollars *, uint32_t family, struct assay_text text, struct assay_text source,
                    struct assay_text uri, uint32_t *percent);
void dl_free(struct dollars *);

#endif
