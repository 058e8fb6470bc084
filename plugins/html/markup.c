/* SPDX-License-Identifier: Apache-2.0 */
#include "markup.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <assay/kit/utf8.h>

#define FLUSH (256u * 1024)

static void hand_on(struct markup *m, size_t least)
{
    if (m->buf.size < least || !m->sink)
        return;
    if (m->buf.failed && !m->status)
        m->status = m->host->fail(m->host, ASSAY_ENOMEM, "no memory for the page");
    if (!m->status && m->buf.size)
        m->status = m->host->write(m->host, m->sink, m->buf.at, m->buf.size);
    m->written += m->buf.size;
    m->buf.size = 0;
}

void markup_raw(struct markup *m, const char *terminated)
{
    assay_buf_text(&m->buf, terminated);
    hand_on(m, FLUSH);
}

void markup_form(struct markup *m, const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    markup_raw(m, line);
}

/* Bytes from p on that need no care: printable ASCII but for the five, and what may start a longer character. */
static size_t plain_run(const char *p, const char *end)
{
    const char *at = p;
    while (at < end) {
        unsigned char c = (unsigned char)*at;
        if (c >= 0x7f || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'' ||
            (c < 0x20 && c != '\n' && c != '\t'))
            break;
        at++;
    }
    return (size_t)(at - p);
}

static const char *entity(uint32_t cp)
{
    switch (cp) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void markup_text(struct markup *m, struct assay_text text)
{
    const char *p = text.at, *end = p ? p + text.size : p;
    while (p < end) {
        size_t n = plain_run(p, end);
        assay_buf_add(&m->buf, p, n);
        p += n;
        if (p == end)
            break;
        uint32_t cp, size = assay_utf8_next(p, end, &cp);
        const char *word = entity(cp);
        if (word)
            assay_buf_text(&m->buf, word);
        else if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp == 0xfffd && size == 1))
            assay_buf_add(&m->buf, "\xef\xbf\xbd", 3);
        else
            assay_buf_add(&m->buf, p, size);
        p += size;
        hand_on(m, FLUSH);
    }
}

static int is_white(uint32_t cp)
{
    return cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

static int turns(uint32_t cp)
{
    return (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

void markup_line(struct markup *m, struct assay_text text)
{
    const char *p = text.at, *end = p ? p + text.size : p, *from = p;
    int white = 0;
    while (p < end) {
        uint32_t cp, size = assay_utf8_next(p, end, &cp);
        int now = is_white(cp), gone = turns(cp);
        if ((now && (white || cp != ' ')) || gone) {
            markup_text(m, (struct assay_text){from, (uint64_t)(p - from)});
            if (now && !white)
                assay_buf_byte(&m->buf, ' ');
            from = p + size;
        }
        white = gone ? white : now;
        p += size;
    }
    if (from < end)
        markup_text(m, (struct assay_text){from, (uint64_t)(end - from)});
}

/* Blocks that Unicode keeps for scripts written from the right. */
static int from_right(uint32_t cp)
{
    return (cp >= 0x590 && cp <= 0x8ff) || (cp >= 0xfb1d && cp <= 0xfdff) || (cp >= 0xfe70 && cp <= 0xfefe) ||
           (cp >= 0x10800 && cp <= 0x10fff) || (cp >= 0x1e800 && cp <= 0x1efff);
}

/* The end of the run of words from the right that begins at p. */
static const char *right_run(const char *p, const char *end)
{
    const char *last = p;
    while (p < end) {
        uint32_t cp, size = assay_utf8_next(p, end, &cp);
        if (!from_right(cp) && !is_white(cp))
            break;
        p += size;
        if (from_right(cp))
            last = p;
    }
    return last;
}

void markup_mixed(struct markup *m, struct assay_text text)
{
    const char *p = text.at, *end = p ? p + text.size : p, *from = p;
    while (p < end) {
        uint32_t cp, size = assay_utf8_next(p, end, &cp);
        if (!from_right(cp)) {
            p += size;
            continue;
        }
        markup_text(m, (struct assay_text){from, (uint64_t)(p - from)});
        from = right_run(p, end);
        markup_raw(m, "<bdi>");
        markup_text(m, (struct assay_text){p, (uint64_t)(from - p)});
        markup_raw(m, "</bdi>");
        p = from;
    }
    if (from < end)
        markup_text(m, (struct assay_text){from, (uint64_t)(end - from)});
}

void markup_clipped(struct markup *m, struct assay_text text, uint64_t most)
{
    markup_text(m, assay_utf8_clip(text, most));
    if (text.size > most)
        markup_raw(m, "…");
}

void markup_piece(struct markup *m, struct assay_buf *piece)
{
    if (piece->failed)
        m->buf.failed = 1;
    markup_text(m, (struct assay_text){piece->at, piece->size});
    piece->size = 0;
}

uint64_t markup_size(const struct markup *m)
{
    return m->written + m->buf.size;
}

assay_status markup_finish(struct markup *m)
{
    hand_on(m, 0);
    return m->status;
}
