/* SPDX-License-Identifier: Apache-2.0
 *
 * Which letters of a word have umlauts and the like, which fold away but tell words of some languages apart.
 */
#include "concept.h"

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>

#define DOT_ABOVE 0x307u /* of a small letter made from the Turkish capital with a dot */
#define LETTERS 63u

/* ä ç ö ü ğ ş */
static int marked(uint32_t cp)
{
    uint32_t low = assay_lower(cp);
    return low == 0xe4 || low == 0xe7 || low == 0xf6 || low == 0xfc || low == 0x11f || low == 0x15f;
}

uint64_t concepts_marks(const char *at, size_t size)
{
    uint64_t marks = 0;
    uint32_t letter = 0;
    for (size_t i = 0; i < size && letter < LETTERS;) {
        uint32_t cp, lead = (unsigned char)at[i];
        if (lead < 0x80 || ((lead == 0xd0 || lead == 0xd1) && i + 1 < size)) { /* ASCII, Cyrillic: no such letters */
            i += lead < 0x80 ? 1 : 2;
            letter++;
            continue;
        }
        i += assay_utf8_next(at + i, at + size, &cp);
        if (assay_class(cp) == ASSAY_CP_MARK) { /* letter and mark apart */
            if (letter && cp != DOT_ABOVE)
                marks |= 1ull << (letter - 1);
            continue;
        }
        if (marked(cp))
            marks |= 1ull << letter;
        letter++;
    }
    return marks;
}
