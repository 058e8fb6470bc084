/* SPDX-License-Identifier: Apache-2.0
 *
 * The kit's character tables (unicode_table.c, written by gen/unicode.pl) and their look-ups. Private to the kit.
 * Two-stage tries: block[cp >> 6] names a block of 64 values.
 */
#ifndef ASSAY_KIT_UNICODE_H
#define ASSAY_KIT_UNICODE_H

#include <stdint.h>

#define ASSAY_UNICODE_TOP 0x32400u /* first code point that the tables do not have */

extern const uint32_t assay_scripts;
extern const char assay_script_names[][5];
extern const uint16_t assay_prop_block[], assay_prop_value[], assay_script_block[];
extern const uint8_t assay_script_value[];
/* Case and fold: 0 is "itself", else the target within the same plane; fold of another plane may be ASCII. */
extern const uint8_t assay_lower_block[], assay_upper_block[], assay_fold_block[];
extern const uint16_t assay_lower_value[], assay_upper_value[], assay_fold_value[];

/* Low 4 bits: ASSAY_CP_*; bit 4: upper or title case; bits 8..11: value of a decimal digit. */
#define ASSAY_PROP_CLASS 15u
#define ASSAY_PROP_UPPER 16u
static inline uint32_t assay_prop(uint32_t cp)
{
    if (cp >= ASSAY_UNICODE_TOP)
        return cp >= 0xe0000 && cp <= 0xe0fff ? 8 : 0;
    return assay_prop_value[(uint32_t)assay_prop_block[cp >> 6] << 6 | (cp & 63)];
}

static inline uint32_t assay_fold_of(uint32_t cp)
{
    if (cp >= ASSAY_UNICODE_TOP)
        return cp;
    uint32_t to = assay_fold_value[(uint32_t)assay_fold_block[cp >> 6] << 6 | (cp & 63)];
    if (!to)
        return cp;
    return to < 0x80 ? to : (cp & ~0xffffu) | to;
}

/* Marks that are accents to a reader, not part of a letter: general diacritics, Arabic and Hebrew vowel points. */
static inline int assay_is_accent(uint32_t cp)
{
    return (cp >= 0x300 && cp <= 0x36f) || (cp >= 0x64b && cp <= 0x65f) || cp == 0x670 ||
           (cp >= 0x591 && cp <= 0x5c7 && cp != 0x5be);
}

/* The letter that base and accent make where that is a letter of its own (и + breve = й), else 0. */
static inline uint32_t assay_whole_letter(uint32_t base, uint32_t accent)
{
    if (accent == 0x306)
        return base == 0x438 ? 0x439 : base == 0x443 ? 0x45e : 0;
    if (accent == 0x308)
        return base == 0x456 ? 0x457 : 0;
    if (accent == 0x301)
        return base == 0x433 ? 0x453 : base == 0x43a ? 0x45c : 0;
    return 0;
}

#endif
