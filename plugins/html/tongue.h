/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of languages, in English (CLDR through ICU).
 */
#ifndef HTML_TONGUE_H
#define HTML_TONGUE_H

#include "markup.h"

/* "Azerbaijani" of "az", "not known" of "und"; a code that has no name is written as it is. */
void tongue_write(struct markup *, struct assay_text code);

#endif
