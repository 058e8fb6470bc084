/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads a chain file's text before libconfig sees it: puts @include files in place, drops a BOM, and finds what
 * libconfig 1.5 would take silently or report without a place: whole numbers beyond 32 bits without L (they wrap),
 * unknown escapes, missing and extra commas, brackets that do not match, names set twice. Its tokens give every
 * setting its file, line and column.
 */
#ifndef CONF_SCAN_H
#define CONF_SCAN_H

#include <assay/kit/buf.h>

#include "label.h"
#include "diag.h"

#define CONF_WRONG 20 /* mistakes that are told: a file with more is most likely none of ours */

enum scan_kind { SCAN_NAME, SCAN_NUMBER, SCAN_STRING, SCAN_SIGN, SCAN_END };

struct scan_token {
    enum scan_kind kind;
    char sign;         /* SCAN_SIGN: one of = , ; { } [ ] ( ) where ':' is given as '=' */
    const char *at;    /* as written; into the file's text */
    uint32_t size;
    struct diag_place place;
};

struct scan_piece; /* lines of one file, one after the other */

struct scan {
    struct arena *arena;
    struct diag *diag;
    const char *folder;      /* @include counts from here */
    struct assay_buf text;   /* everything, for config_read_string; scan_free frees it */
    struct scan_token *token;
    uint32_t tokens, room;
    struct scan_piece *piece;
    uint32_t pieces, piece_room, lines;
    const char *bytes;       /* of the first file, as it stands on disk: for its hash */
    uint64_t size;
    uint32_t errors;
};

/* Zero the struct, set arena, diag and folder. 0: something is wrong and was printed. The last token is SCAN_END. */
int conf_scan(struct scan *, const char *file);
/* Where a line of `text` (from 1) came from. */
struct diag_place conf_scan_place(const struct scan *, uint32_t line);
void conf_scan_free(struct scan *);

#endif
