/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading characters of a text whose lines may be mojibake: UTF-8 or windows-1251 shown as Latin-1.
 */
#ifndef DUP_READER_H
#define DUP_READER_H

#include "words.h"

enum { DUP_PLAIN, DUP_CP1251_AS_LATIN1, DUP_UTF8_AS_LATIN1 };

struct dup_reader {
    const struct dup_folding *folding;
    const char *begin, *end, *text_end; /* the text's begin, where reading ends, and the text's end */
    const char *line_end; /* the line up to here was looked at for mojibake */
    int mode;             /* of that line */
};

/* A line is looked at where its first character of U+0080..U+00FF stands; what is before that is plain in any case. */
void dup_look_at_line(struct dup_reader *, const char *p);
/* The character at p, as it was meant; gives the bytes read. */
uint32_t dup_next_char(struct dup_reader *, const char *p, uint32_t *cp);

/* Whether characters from p on are to be read by dup_next_char only. */
static inline int dup_is_damaged(const struct dup_reader *r, const char *p)
{
    return r->mode != DUP_PLAIN && p < r->line_end;
}

/* The hash of bytes that are one word; 0: they are not. */
uint64_t dup_word_hash(const struct dup_folding *, const char *bytes, uint32_t size);
/* Joins the words of bytes up to `to` that a hyphen at the end of a line has parted. */
void dup_join_lines(struct dup_words *, const struct dup_folding *, const char *text, uint64_t to);

/* A text with its escapes read, and where it goes on in the text itself behind each of them; text NULL: there are
 * none. */
struct dup_shift {
    uint32_t at, origin;
};
struct dup_plain {
    char *text;
    struct dup_shift *shift;
    uint64_t size, shifts, room;
};
/* Of bytes [from, to) of a text, in which these signs stand. 0: out of memory. */
int dup_plain_make(struct dup_plain *, const char *text, uint64_t from, uint64_t to, uint32_t signs);
/* Puts words of the plain text to where they stand in the text itself. */
void dup_plain_restore(const struct dup_plain *, struct dup_words *);
void dup_plain_free(struct dup_plain *);

/* Drops the words of bytes [from, to) that only say when others are shown. */
void dup_drop_cues(struct dup_words *, const char *text, uint64_t from, uint64_t to);

#endif
