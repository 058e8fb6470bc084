/* SPDX-License-Identifier: Apache-2.0
 *
 * Characters that matter to sentences.
 */
#ifndef SENTENCES_MARKS_H
#define SENTENCES_MARKS_H

#include <stdint.h>

#define MARK_NONE 0u
#define MARK_STOP 1u  /* '.': ends a sentence, or not */
#define MARK_END 2u   /* ! ? and their kin: want a space after them */
#define MARK_WIDE 3u  /* ends a sentence with or without a space after it */
#define MARK_OTHER 4u /* ends one after a letter of its own script: Greek ; Armenian : */

/* What kind of mark starts at p (p < end), and its size. */
uint32_t marks_at(const char *p, const char *end, uint32_t *size);
/* 1 where a byte may start a mark, or is a line end: all others can be skipped. */
extern const unsigned char marks_byte[256];

int marks_is_closer(uint32_t cp); /* quotes and brackets that may follow a mark */
int marks_is_opener(uint32_t cp); /* quotes, brackets and dashes that may stand before a sentence */
int marks_is_bullet(uint32_t cp);

#endif
