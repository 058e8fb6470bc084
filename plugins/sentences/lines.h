/* SPDX-License-Identifier: Apache-2.0
 *
 * Paragraphs of a text. A blank line ends one; a line end does, too, but where a block of lines was wrapped: the line
 * is as full as it could be, or sentences of the block go on in lower case behind its line ends (columns of a PDF,
 * narrow mails, lines that were stretched until words stood alone). What starts a list item goes on nothing.
 */
#ifndef SENTENCES_LINES_H
#define SENTENCES_LINES_H

#include <stdint.h>

struct lines {
    const char *at, *end;
    const char *block_end; /* end of the block of lines whose width is known */
    uint32_t width;        /* characters of its lines at the most, 0: not wrapped */
    const char *single_end; /* no block of spread lines begins before it */
    int spread;            /* 1: an empty line stands after each line of the block */
    int prose;             /* most of its sentences that go on behind a line end do so in lower case */
};

void lines_start(struct lines *, const char *text, const char *end);
/* The next paragraph that has more than white space, [*from, *to). 0: no more. */
int lines_paragraph(struct lines *, const char **from, const char **to);

const char *lines_skip_space(const char *p, const char *end);
/* Bytes of the white-space or ignorable character that ends at p, 0: it is another one. */
uint32_t lines_space_before(const char *from, const char *p);

#endif
