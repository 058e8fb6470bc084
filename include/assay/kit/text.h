/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: small things about texts. Where they are compared, a null text equals an empty one.
 */
#ifndef ASSAY_KIT_TEXT_H
#define ASSAY_KIT_TEXT_H

#include <string.h>
#include <strings.h>

#include "../field.h"

/* A terminated string as a text, borrowed; NULL: null. */
static inline struct assay_text assay_text_of(const char *terminated)
{
    struct assay_text text = {terminated, terminated ? strlen(terminated) : 0};
    return text;
}

static inline int assay_text_same(struct assay_text a, struct assay_text b)
{
    return a.size == b.size && (!a.size || memcmp(a.at, b.at, a.size) == 0);
}

static inline int assay_text_is(struct assay_text text, const char *word)
{
    size_t size = strlen(word);
    return text.size == size && (!size || memcmp(text.at, word, size) == 0);
}

/* Whether it is longer than `tail`, an ending of a file's name in ASCII, and ends so in any case. */
static inline int assay_text_ends(struct assay_text text, const char *tail)
{
    size_t size = strlen(tail);
    return text.size > size && strncasecmp(text.at + text.size - size, tail, size) == 0;
}

/* 0 to 15; -1: it is no hexadecimal digit. */
static inline int assay_hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
