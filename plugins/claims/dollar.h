/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose dollar a document means by "$" and "dollars": where it was published and the countries and cities it speaks of
 * (conf/lexicon/dollars.cfg). Immutable after load.
 */
#ifndef CLAIMS_DOLLAR_H
#define CLAIMS_DOLLAR_H

#include <assay/plugin.h>

struct dollars;

/* Errors go through fail. A missing file is none: every dollar is that of the United States then. */
assay_status dl_load(const struct assay_host *, struct dollars **);
/* The ISO 4217 code that plain dollars stand for, and how sure that is (percent). Linear in the text, and nothing where
 * no dollar occurs. Borrowed from `dollars`. */
const char *dl_find(const struct dollars *, struct assay_text text, struct assay_text source, struct assay_text uri,
                    uint32_t *percent);
void dl_free(struct dollars *);

#endif
