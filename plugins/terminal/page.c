/* SPDX-License-Identifier: Apache-2.0 */
#include "page.h"

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>

#define FLUSH (64u * 1024)

/* East Asian wide and emoji, after Unicode's EastAsianWidth.txt, coarse. */
static int is_wide(uint32_t cp)
{
    static const uint32_t range[][2] = {{0x1100, 0x115f},  {0x2e80, 0x303e},   {0x3041, 0xa4cf},   {0xa960, 0xa97c},
                                        {0xac00, 0xd7a3},  {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff01, 0xff60},
                                        {0xffe0, 0xffe6},  {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff},
                                        {0x20000, 0x3fffd}};
    for (size_t i = 0; i < sizeof range / sizeof range[0] && cp >= range[i][0]; i++)
        if (cp <= range[i][1])
            return 1;
    return 0;
}

uint32_t page_width(uint32_t cp)
{
    if (cp < 0x20)
        return 0;
    if (cp < 0x300)
        return cp == 0xad ? 0 : 1;
    uint32_t class = assay_class(cp);
    if (class == ASSAY_CP_MARK || class == ASSAY_CP_IGNORE)
        return 0;
    return is_wide(cp) ? 2 : 1;
}

static void put_style(struct page *page, char style)
{
    static const char *const code[] = {"", "\033[1m", "\033[2m", "\033[1;4;33m", "\033[1;31m", "\033[1;32m", "\033[0m"};
    if (page->colour)
        assay_buf_text(&page->out, code[(unsigned char)style]);
}

static void put_blanks(struct page *page, uint32_t n)
{
    while (n--)
        assay_buf_byte(&page->out, ' ');
}

static void flush(struct page *page, size_t least)
{
    if (page->out.size < least)
        return;
    if (page->out.failed && !page->status)
        page->status = page->host->fail(page->host, ASSAY_ENOMEM, "no memory for the output");
    if (!page->status && page->out.size)
        page->status = page->host->write(page->host, page->sink, page->out.at, page->out.size);
    page->out.size = 0;
}

/* Where the line breaks. */
struct cut {
    size_t end, next; /* the line is [from, end), the next one starts at `next` */
};

/* The last place at which [from, size) can be broken so that it takes at most `room` columns. */
static struct cut find_cut(const struct assay_buf *line, size_t from, uint32_t room)
{
    struct cut cut = {line->size, line->size}, best = {0, 0};
    uint32_t used = 0, before = 0;
    size_t at = from;
    while (at < line->size) {
        uint32_t cp, n = assay_utf8_next(line->at + at, line->at + line->size, &cp);
        uint32_t width = page_width(cp);
        int ideograph = cp >= 0x2e80 && is_wide(cp);
        if (ideograph && before && at > from)
            best = (struct cut){at, at};
        if (cp == ' ' && at > from)
            best = (struct cut){at, at + 1};
        if (used + width > room) {
            if (!best.next)
                best = (struct cut){at > from ? at : at + n, at > from ? at : at + n};
            return best;
        }
        used += width;
        before = ideograph;
        at += n;
    }
    return cut;
}

/* Copies a piece of the line, switching styles; gives the style it ends in. */
static char put_piece(struct page *page, size_t from, size_t end, char style)
{
    for (size_t i = from; i < end; i++) {
        char c = page->line.at[i];
        if (c > 0 && c <= PLAIN[0]) {
            put_style(page, PLAIN[0]);
            if (c != PLAIN[0])
                put_style(page, c);
            style = c;
        } else {
            assay_buf_byte(&page->out, c);
        }
    }
    return style;
}

void page_end(struct page *page, uint32_t first, uint32_t rest)
{
    uint32_t columns = page->columns < 40 ? 40 : page->columns;
    size_t from = 0;
    char style = PLAIN[0];
    uint32_t indent = first;
    if (page->line.failed)
        page->out.failed = 1;
    do {
        struct cut cut = find_cut(&page->line, from, columns - indent);
        put_blanks(page, indent);
        if (style != PLAIN[0])
            put_style(page, style);
        style = put_piece(page, from, cut.end, style);
        if (style != PLAIN[0])
            put_style(page, PLAIN[0]);
        assay_buf_byte(&page->out, '\n');
        from = cut.next;
        indent = rest;
    } while (from < page->line.size);
    page->line.size = 0;
    flush(page, FLUSH);
}

void page_say(struct page *page, uint32_t indent, const char *text)
{
    assay_buf_text(&page->line, text);
    page_end(page, indent, indent);
}

void page_gap(struct page *page)
{
    assay_buf_byte(&page->out, '\n');
}

assay_status page_finish(struct page *page)
{
    flush(page, 0);
    return page->status;
}
