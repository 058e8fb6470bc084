/* SPDX-License-Identifier: Apache-2.0
 *
 * What the engine knows of characters: a group and a lower-case form for each of the first plane, in tables made once
 * at start (a millisecond). A group is a set of scripts among whose languages a model decides; a script that one
 * language uses is a group of its own and needs no model.
 */
#ifndef LANGUAGE_CHARS_H
#define LANGUAGE_CHARS_H

#include <stdint.h>

enum {
    GROUP_NONE, /* no letter */
    GROUP_LATIN,
    GROUP_CYRILLIC,
    GROUP_ARABIC,
    GROUP_DEVANAGARI,
    GROUP_HAN,    /* with the kana */
    GROUP_MODELS, /* groups below have models */
    GROUP_SINGLE = GROUP_MODELS
};

#define GROUP_SKIP 255u /* marks and ignorable characters: as if they were not there */

/* A language that has a script for itself. */
struct chars_single {
    char script[5], language[4];
};
extern const struct chars_single chars_single[];
extern const uint32_t chars_singles;

struct chars {
    uint8_t group[0x10000]; /* GROUP_*, GROUP_SINGLE + index into chars_single, or GROUP_SKIP */
    uint16_t lower[0x10000];
};

void chars_fill(struct chars *);

/* Group and lower case of any code point; the latter cut to 16 bits, which is enough for features. */
static inline uint32_t chars_of(const struct chars *chars, uint32_t cp, uint16_t *lower)
{
    if (cp < 0x10000) {
        *lower = chars->lower[cp];
        return chars->group[cp];
    }
    *lower = (uint16_t)cp;
    return cp >= 0x20000 && cp < 0x32400 ? GROUP_HAN : GROUP_NONE;
}

#endif
