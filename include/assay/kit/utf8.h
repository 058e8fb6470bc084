/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: walking and writing UTF-8.
 */
#ifndef ASSAY_KIT_UTF8_H
#define ASSAY_KIT_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Decodes the character at p (p < end) into *cp and gives its bytes (1 to 4). An invalid byte gives U+FFFD and 1, so a
 * walk always ends. Rejects overlong forms, surrogates and what is beyond U+10FFFF. */
static inline uint32_t assay_utf8_next(const char *p, const char *end, uint32_t *cp)
{
    const unsigned char *s = (const unsigned char *)p;
    size_t left = (size_t)(end - p);
    uint32_t c = s[0];
    if (c < 0x80) {
        *cp = c;
        return 1;
    }
    if (c >= 0xc2 && c < 0xe0 && left >= 2 && (s[1] & 0xc0) == 0x80) {
        *cp = (c & 0x1f) << 6 | (s[1] & 0x3fu);
        return 2;
    }
    if ((c & 0xf0) == 0xe0 && left >= 3 && (s[1] & 0xc0) == 0x80 && (s[2] & 0xc0) == 0x80) {
        uint32_t v = (c & 0x0f) << 12 | (s[1] & 0x3fu) << 6 | (s[2] & 0x3fu);
        if (v >= 0x800 && (v < 0xd800 || v > 0xdfff)) {
            *cp = v;
            return 3;
        }
    }
    if (c >= 0xf0 && c < 0xf5 && left >= 4 && (s[1] & 0xc0) == 0x80 && (s[2] & 0xc0) == 0x80 && (s[3] & 0xc0) == 0x80) {
        uint32_t v = (c & 0x07) << 18 | (s[1] & 0x3fu) << 12 | (s[2] & 0x3fu) << 6 | (s[3] & 0x3fu);
        if (v >= 0x10000 && v <= 0x10ffff) {
            *cp = v;
            return 4;
        }
    }
    *cp = 0xfffd;
    return 1;
}

/* Writes cp (U+FFFD for what is no scalar value) to `to` and gives its bytes, 1 to 4. */
static inline uint32_t assay_utf8_put(char *to, uint32_t cp)
{
    if (cp < 0x80) {
        to[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        to[0] = (char)(0xc0 | cp >> 6);
        to[1] = (char)(0x80 | (cp & 0x3f));
        return 2;
    }
    if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
        cp = 0xfffd;
    if (cp < 0x10000) {
        to[0] = (char)(0xe0 | cp >> 12);
        to[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        to[2] = (char)(0x80 | (cp & 0x3f));
        return 3;
    }
    to[0] = (char)(0xf0 | cp >> 18);
    to[1] = (char)(0x80 | (cp >> 12 & 0x3f));
    to[2] = (char)(0x80 | (cp >> 6 & 0x3f));
    to[3] = (char)(0x80 | (cp & 0x3f));
    return 4;
}

/* 1 where p is not inside a character (begin and end of the text are borders). */
static inline int assay_utf8_border(const char *text, uint64_t size, uint64_t at)
{
    return at == 0 || at >= size || ((unsigned char)text[at] & 0xc0) != 0x80;
}

/* The text, or as much of its beginning as `most` bytes hold without cutting a character. */
static inline struct assay_text assay_utf8_clip(struct assay_text text, uint64_t most)
{
    if (text.size <= most)
        return text;
    while (most > 0 && !assay_utf8_border(text.at, text.size, most))
        most--;
    text.size = most;
    return text;
}

/* Offset of the first invalid byte, or size. */
uint64_t assay_utf8_valid(const char *text, uint64_t size);
/* How many code points, and how many UTF-16 units, the text has. It has to be valid. */
uint64_t assay_utf8_points(const char *text, uint64_t size);
uint64_t assay_utf8_units16(const char *text, uint64_t size);

#ifdef __cplusplus
}
#endif
#endif
