/* SPDX-License-Identifier: Apache-2.0
 *
 * A line cut into words, numbers and signs.
 */
#include <assay/kit/fold.h>
#include <assay/kit/token.h>
#include <assay/kit/utf8.h>

#include "names.h"

static int is_letter(uint32_t cp)
{
    uint32_t class = assay_class(cp);
    return class == ASSAY_CP_LETTER || class == ASSAY_CP_MARK || class == ASSAY_CP_IDEOGRAPH ||
           class == ASSAY_CP_IGNORE;
}

static int is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

/* The end of the piece of that kind that starts at p. */
static const char *piece_end(struct piece *piece, const char *p, const char *end)
{
    uint32_t cp, letters = 0, capitals = 0;
    p += assay_utf8_next(p, end, &cp);
    piece->kind = is_digit(cp) ? PIECE_NUMBER : is_letter(cp) ? PIECE_WORD : PIECE_SIGN;
    piece->capital = piece->kind == PIECE_WORD && assay_is_upper(cp);
    letters = piece->kind == PIECE_WORD;
    capitals = piece->capital;
    piece->digits = piece->kind == PIECE_NUMBER;
    piece->number = piece->digits ? cp - '0' : 0;
    while (piece->kind != PIECE_SIGN && p < end) {
        uint32_t size = assay_utf8_next(p, end, &cp);
        if (piece->kind == PIECE_NUMBER ? !is_digit(cp) : !is_letter(cp))
            break;
        p += size;
        letters += piece->kind == PIECE_WORD;
        capitals += piece->kind == PIECE_WORD && assay_is_upper(cp);
        if (piece->kind == PIECE_NUMBER && piece->digits < 9) {
            piece->number = piece->digits < 8 ? piece->number * 10 + (cp - '0') : 0;
            piece->digits++;
        }
    }
    piece->upper = letters >= 2 && capitals == letters;
    return p;
}

void line_cut(struct line *line, struct assay_text text)
{
    uint64_t size = assay_utf8_clip(text, LINE_MOST).size;
    line->at = text.at;
    line->size = (uint32_t)size;
    line->whole = size == text.size;
    line->count = 0;
    uint32_t folded = 0, space = 0;
    const char *p = text.at, *end = text.at + size;
    while (p < end && line->count < PIECES) {
        uint32_t cp, n = assay_utf8_next(p, end, &cp), class = assay_class(cp);
        int blank = class == ASSAY_CP_SPACE || class == ASSAY_CP_CONTROL;
        if (blank || class == ASSAY_CP_IGNORE || cp == '*' || cp == '`') { /* "**Date:** 3 May" is marked, not said */
            space |= (uint32_t)blank;
            p += n;
            continue;
        }
        struct piece *piece = line->piece + line->count++;
        piece->begin = (uint32_t)(p - text.at);
        piece->space = (uint8_t)space;
        space = 0;
        p = piece_end(piece, p, end);
        piece->end = (uint32_t)(p - text.at);
        piece->folded = (uint16_t)folded;
        size_t room = sizeof line->folded - folded;
        piece->size = (uint16_t)assay_fold_text(line->folded + folded, room, text.at + piece->begin,
                                                piece->end - piece->begin);
        folded += piece->size;
    }
    if (p < end)
        line->whole = 0;
}

int line_sign(const struct line *line, uint32_t i, char c)
{
    return i < line->count && line->piece[i].kind == PIECE_SIGN && line->at[line->piece[i].begin] == c;
}
