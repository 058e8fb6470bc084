/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: charsets. What a text says about its own encoding, and decoding to UTF-8 with a map to the bytes.
 */
#ifndef ASSAY_KIT_CHARSET_H
#define ASSAY_KIT_CHARSET_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"
#include "map.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE" by byte order mark, *mark gets its size; NULL: there is
 * none. */
const char *assay_charset_mark(struct assay_text, uint32_t *mark);
/* UTF-16 or UTF-32 without a mark, judged by the places of zero bytes and by its characters; NULL: neither.
 * Looks at the first 4 KiB. A text with no zero byte at all is never taken for one. */
const char *assay_charset_wide(struct assay_text);
/* What an XML declaration, a <meta charset> or http-equiv in the first 2 KiB declares, as written, or null. */
struct assay_text assay_charset_declared(struct assay_text);
/* Writes the usual name ("windows-1251" for "cp1251" and "CP-1251", "windows-1252" for "latin1", as browsers do) and
 * gives its length; an unknown name is copied. */
size_t assay_charset_name(char *to, size_t room, struct assay_text name);

/* A decoder; its tables are filled when it is opened. */
struct assay_charset {
    void *converter;        /* the C library's, for charsets of several bytes */
    uint32_t kind, good;    /* good: bytes (of 256) that mean a character */
    uint32_t point[256];    /* single bytes; UINT32_MAX: none */
};
/* 0: no such charset here. Close it. */
int assay_charset_open(struct assay_charset *, const char *name);
void assay_charset_close(struct assay_charset *);
/* Appends the decoded text to the mapper; `from` is the offset of bytes.at[0] in the input. Bytes without a meaning
 * become U+FFFD and are counted in *bad (may be NULL). 0: failed (see the mapper). */
int assay_charset_decode(struct assay_charset *, struct assay_mapper *, struct assay_text bytes, uint64_t from,
                         uint64_t *bad);

#ifdef __cplusplus
}
#endif
#endif
