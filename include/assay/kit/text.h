/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: texts compared, byte for byte. A null text equals an empty one.
 */
#ifndef ASSAY_KIT_TEXT_H
#define ASSAY_KIT_TEXT_H

#include <string.h>

#include "../field.h"

static inline int assay_text_same(struct assay_text a, struct assay_text b)
{
    return a.size == b.size && (!a.size || memcmp(a.at, b.at, a.size) == 0);
}

static inline int assay_text_is(struct assay_text text, const char *word)
{
    size_t size = strlen(word);
    return text.size == size && (!size || memcmp(text.at, word, size) == 0);
}

#endif
