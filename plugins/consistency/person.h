/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose age a figure is: the name written next to it ("Ann Lee, 58", "58-year-old Ann Lee").
 */
#ifndef CONSISTENCY_PERSON_H
#define CONSISTENCY_PERSON_H

#include <stdint.h>

#include "about.h"

/* Hashes of the words of the name, the last one first; 0: no more, or no name there. */
void person_of(uint32_t who[PERSON_WORDS], const struct about_word *, uint32_t words, uint32_t first, uint32_t last,
               const char *text);
/* 1: one person; 0: two; -1: not known. Names of one script and language. */
int persons_same(const uint32_t a[PERSON_WORDS], const uint32_t b[PERSON_WORDS]);

#endif
