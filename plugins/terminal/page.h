/* SPDX-License-Identifier: Apache-2.0
 *
 * Text set for a terminal: wrapped by display columns, with a few styles that become colour codes or nothing.
 */
#ifndef TERMINAL_PAGE_H
#define TERMINAL_PAGE_H

#include <assay/plugin.h>
#include <assay/kit/buf.h>

/* Bytes inside a line that switch the style. assay_say_line lets none of them through from a document. */
#define BOLD "\x01"
#define DIM "\x02"
#define MARK "\x03" /* the figure in a quote; without colour it stands in [brackets] */
#define ALARM "\x04"
#define CALM "\x05"
#define PLAIN "\x06"

struct page {
    const struct assay_host *host;
    struct assay_sink *sink;
    uint32_t columns, colour;
    struct assay_buf line; /* what is being put together; page_end sets it */
    struct assay_buf out;
    assay_status status;   /* of the first write that failed */
};

/* Columns a character takes: 0, 1 or 2. */
uint32_t page_width(uint32_t cp);
/* Sets page->line, its first line indented by `first` blanks, the others by `rest`, and empties it. */
void page_end(struct page *, uint32_t first, uint32_t rest);
/* page_end of a literal. */
void page_say(struct page *, uint32_t indent, const char *text);
void page_gap(struct page *);
/* Hands everything to the sink. */
assay_status page_finish(struct page *);

#endif
