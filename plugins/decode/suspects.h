/* SPDX-License-Identifier: Apache-2.0
 *
 * Finds the pieces of a text (lines, most of all) that may need repair. Most texts have none.
 */
#ifndef DECODE_SUSPECTS_H
#define DECODE_SUSPECTS_H

#include <assay/kit/buf.h>

#include "mojibake.h"

#define PIECE_MAX 16384u /* bytes; a longer line is taken piece by piece */

/* What a piece may hold. */
#define LOOK_UTF8 1u    /* a sequence of UTF-8 read wrongly, or a control */
#define LOOK_LETTERS 2u /* letters of Latin-1's upper half */
#define LOOK_WORDS 4u   /* three of them in a row */

struct suspect {
    const char *begin, *end;
    uint32_t found; /* LOOK_ */
};

/* Appends, in order, the pieces of the valid text that mojibake_repair could change or that have LOOK_WORDS. */
void suspects_find(const struct views *, struct assay_text, struct assay_buf *to);
/* In place of what is there: the pieces that have anything, as a document with Cyrillic read as Latin-1 needs it; its
 * single letters (Ò-72) are of that kind, too. */
void suspects_letters(const struct views *, struct assay_text, struct assay_buf *to);

#endif
