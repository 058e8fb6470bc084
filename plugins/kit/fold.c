/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/fold.h>

#include "unicode.h"

static uint32_t mapped(const uint8_t *block, const uint16_t *value, uint32_t cp)
{
    if (cp >= ASSAY_UNICODE_TOP)
        return cp;
    uint32_t to = value[(uint32_t)block[cp >> 6] << 6 | (cp & 63)];
    return to ? (cp & ~0xffffu) | to : cp;
}

uint32_t assay_lower(uint32_t cp)
{
    return mapped(assay_lower_block, assay_lower_value, cp);
}

uint32_t assay_upper(uint32_t cp)
{
    return mapped(assay_upper_block, assay_upper_value, cp);
}

uint32_t assay_fold(uint32_t cp)
{
    return assay_fold_of(cp);
}

uint32_t assay_class(uint32_t cp)
{
    return assay_prop(cp) & ASSAY_PROP_CLASS;
}

int assay_digit(uint32_t cp)
{
    uint32_t prop = assay_prop(cp);
    return (prop & ASSAY_PROP_CLASS) == ASSAY_CP_DIGIT ? (int)(prop >> 8) : -1;
}

int assay_is_upper(uint32_t cp)
{
    return (assay_prop(cp) & ASSAY_PROP_UPPER) != 0;
}
