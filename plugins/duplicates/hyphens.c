/* SPDX-License-Identifier: Apache-2.0
 *
 * Words that were parted at the end of a line, as in scans and in what is taken from PDF: "govern-" and "ment" are one
 * word, if a small letter goes on. A compound that was parted at its own hyphen becomes one word, too; it is the rarer
 * case.
 */
#include <string.h>

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>

#include "reader.h"

#define LONGEST 96u /* bytes of a word that is joined */
#define INDENT 8u   /* blanks at the beginning of a line, and the marks of quoted mail */

/* Where the next line begins behind a hyphen at `at`; 0: none does there. */
static uint64_t next_line(const char *text, uint64_t at, uint64_t to)
{
    if (at >= to || text[at] != '-')
        return 0;
    at += 1 + (at + 1 < to && text[at + 1] == '\r');
    if (at >= to || text[at] != '\n')
        return 0;
    at++;
    for (uint32_t blanks = 0; blanks < INDENT && at < to && (text[at] == ' ' || text[at] == '>'); blanks++)
        at++;
    return at;
}

static int is_small_letter(const char *p, const char *end)
{
    uint32_t cp;
    assay_utf8_next(p, end, &cp);
    return assay_class(cp) == ASSAY_CP_LETTER && assay_fold(cp) == cp;
}

/* The hash of both words as one; 0: they are two. */
static uint64_t joined(const struct dup_folding *folding, const char *text, const struct dup_word *a,
                       const struct dup_word *b)
{
    char whole[LONGEST];
    uint32_t x = a->end - a->begin, y = b->end - b->begin;
    if (x > LONGEST || y > LONGEST - x || dup_is_number(a) || !is_small_letter(text + b->begin, text + b->end))
        return 0;
    memcpy(whole, text + a->begin, x);
    memcpy(whole + x, text + b->begin, y);
    return dup_word_hash(folding, whole, x + y);
}

void dup_join_lines(struct dup_words *w, const struct dup_folding *folding, const char *text, uint64_t to)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        struct dup_word one = w->at[i];
        uint64_t hash = 0;
        if (i + 1 < w->count && next_line(text, one.end, to) == w->at[i + 1].begin)
            hash = joined(folding, text, &one, &w->at[i + 1]);
        if (hash)
            one = (struct dup_word){hash, one.begin, w->at[++i].end};
        w->at[kept++] = one;
    }
    w->count = kept;
}
