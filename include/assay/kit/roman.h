/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: words of different scripts and spellings made comparable. A romanisation writes a word in a-z; a skeleton keeps
 * its consonants, with sounds that languages spell differently joined ("Lukashenko", "Лукашенко", "Lukaşenko" are
 * equal). Both are for matching only, lossy and never shown. Tables: ISO 9, BGN/PCGN and national romanisations.
 */
#ifndef ASSAY_KIT_ROMAN_H
#define ASSAY_KIT_ROMAN_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Writes the word in a-z (digits are kept, all else is dropped) to `to`, at most `room` bytes, not terminated; gives
 * the size. Latin, Cyrillic, Greek, Georgian, Armenian; letters of other scripts are dropped. */
size_t assay_roman(char *to, size_t room, const char *word, size_t size);
/* Writes the consonant skeleton of the word likewise. `language` (ISO 639-1, may be null) settles letters that
 * languages use for different sounds (Azerbaijani c, q, x; Turkish c). A vowel counts only at the start. */
size_t assay_skeleton(char *to, size_t room, const char *word, size_t size, struct assay_text language);

#ifdef __cplusplus
}
#endif
#endif
