/* SPDX-License-Identifier: Apache-2.0
 *
 * Which charset bytes are in.
 */
#ifndef DECODE_GUESS_H
#define DECODE_GUESS_H

#include <assay/field.h>

#define CHARSET_ROOM 64

/* Writes the charset's name into `name` (CHARSET_ROOM bytes) and the size of the byte order mark into *mark. Order:
 * mark, ISO-2022 escapes, UTF-16 and UTF-32 by shape, valid UTF-8, `declared` by the carrier (a header; may be null) or
 * by the text itself if it decodes, then a statistical guess. `fallback` where nothing is sure. 1: the bytes are valid
 * UTF-8 without a mark and need no decoding. */
int guess_charset(struct assay_text bytes, struct assay_text declared, const char *fallback, char *name,
                  uint32_t *mark);

#endif
