/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: case and accents. Tables generated from the Unicode character database (plugins/kit/gen), no locale.
 */
#ifndef ASSAY_KIT_FOLD_H
#define ASSAY_KIT_FOLD_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Simple lower case (Unicode simple case mapping; no special Turkish dotless i: I -> i, İ -> i). */
uint32_t assay_lower(uint32_t cp);
uint32_t assay_upper(uint32_t cp);
/* Lower case without diacritics, for matching: É -> e, ё -> е, й stays й, ß stays ß, ı -> i, full width -> ASCII. */
uint32_t assay_fold(uint32_t cp);

/* Classes of code points. */
#define ASSAY_CP_OTHER 0u
#define ASSAY_CP_LETTER 1u
#define ASSAY_CP_DIGIT 2u  /* decimal digits of any script */
#define ASSAY_CP_MARK 3u   /* combining marks: belong to the letter before */
#define ASSAY_CP_SPACE 4u  /* incl. NBSP U+00A0, U+202F, U+2009 */
#define ASSAY_CP_PUNCT 5u
#define ASSAY_CP_SYMBOL 6u /* + $ € ° ... */
#define ASSAY_CP_IDEOGRAPH 7u /* Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar: no spaces between words */
#define ASSAY_CP_IGNORE 8u /* soft hyphen, zero width, bidi controls: as if they were not there */
#define ASSAY_CP_CONTROL 9u
uint32_t assay_class(uint32_t cp);
/* Value of a decimal digit, or -1. */
int assay_digit(uint32_t cp);
int assay_is_upper(uint32_t cp);

#ifdef __cplusplus
}
#endif
#endif
