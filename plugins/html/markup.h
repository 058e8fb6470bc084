/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing HTML into a sink: everything that comes from a document goes through markup_text and can then do nothing.
 */
#ifndef HTML_MARKUP_H
#define HTML_MARKUP_H

#include <assay/plugin.h>
#include <assay/kit/buf.h>

struct markup {
    const struct assay_host *host;
    struct assay_sink *sink; /* NULL: everything stays in buf */
    struct assay_buf buf;
    uint64_t written;    /* bytes handed on so far */
    assay_status status; /* of the first write that failed */
};

/* Literal markup. */
void markup_raw(struct markup *, const char *terminated);
__attribute__((format(printf, 2, 3))) void markup_form(struct markup *, const char *format, ...);
/* Escaped: & < > " ' become entities, controls and bytes that are no UTF-8 U+FFFD; all else stays as it is. For element
 * content and for attributes in double quotes. Null: nothing. */
void markup_text(struct markup *, struct assay_text);
/* Escaped too, and on one line: runs of white space become a blank, what turns or embeds a direction goes. Lines of a
 * short finding are taken apart by the script, so that no text may bring a line of its own. */
void markup_line(struct markup *, struct assay_text);
/* Escaped, and runs of words that are written from the right stand in <bdi>: in an English sentence the figures and
 * brackets around them stay where they belong. For element content. */
void markup_mixed(struct markup *, struct assay_text);
/* The same as markup_text, cut to at most `most` bytes with an ellipsis. */
void markup_clipped(struct markup *, struct assay_text, uint64_t most);
/* Escapes what was put together in `piece` and empties it. */
void markup_piece(struct markup *, struct assay_buf *piece);
uint64_t markup_size(const struct markup *);
/* Hands everything to the sink. */
assay_status markup_finish(struct markup *);

#endif
