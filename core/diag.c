/* SPDX-License-Identifier: Apache-2.0 */
#include "diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <assay/kit/buf.h>
#include <assay/kit/json.h>
#include <assay/kit/utf8.h>

#include "write_all.h"

#define SHOWN 120 /* bytes of a source line, at most */

static const char *const level_name[] = {"debug", "info", "warning", "error"};
static const char *const level_colour[] = {"\033[2m", "", "\033[1;35m", "\033[1;31m"};

static int is_tail(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Line `wanted` of the file, without its end, into `line`. 0: there is none. */
static int source_line(const char *file, uint32_t wanted, struct assay_buf *line)
{
    FILE *f = fopen(file, "rbe");
    if (!f)
        return 0;
    int c = getc(f);
    for (uint32_t at = 1; at < wanted && c != EOF; c = getc(f))
        at += c == '\n';
    int found = c != EOF;
    for (; c != EOF && c != '\n' && line->size < 65536; c = getc(f))
        assay_buf_byte(line, (char)c);
    fclose(f);
    while (line->size && line->at[line->size - 1] == '\r')
        line->size--;
    return found && !line->failed && line->size;
}

/* A control, or a character that turns the direction of what follows. */
static int commands_terminal(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

/* File names and documents' ids come from strangers and could hold commands for the terminal: each becomes a blank.
 * Bytes that are no UTF-8 stay, so that a name or line in another charset can be recognised. */
static void add_shown(struct assay_buf *out, const char *at, size_t size)
{
    const char *end = at + size;
    for (uint32_t n, cp; at < end; at += n) {
        n = assay_utf8_next(at, end, &cp);
        if (commands_terminal(cp))
            assay_buf_byte(out, ' ');
        else
            assay_buf_add(out, at, n);
    }
}

/* The source line and the caret under it. */
static void add_source(struct assay_buf *out, const struct diag_place *p)
{
    struct assay_buf line = {0};
    if (!source_line(p->file, p->line, &line)) {
        assay_buf_free(&line);
        return;
    }
    size_t column = p->column ? p->column - 1 : 0, from = 0;
    if (column > line.size)
        column = line.size;
    if (line.size > SHOWN && column > SHOWN / 2)
        from = column - SHOWN / 2;
    while (from < column && is_tail(line.at[from]))
        from++;
    size_t end = line.size - from > SHOWN ? from + SHOWN : line.size;
    while (end > from && end < line.size && is_tail(line.at[end])) /* what is no UTF-8 may have no other byte */
        end--;
    assay_buf_printf(out, "%5u | ", p->line);
    add_shown(out, line.at + from, end - from);
    assay_buf_text(out, "\n");
    if (p->column) {
        assay_buf_text(out, "      | ");
        for (size_t i = from; i < column; i++)
            if (!is_tail(line.at[i]))
                assay_buf_byte(out, ' ');
        assay_buf_byte(out, '^');
        for (size_t i = column + 1; i < column + p->width && i < end; i++)
            if (!is_tail(line.at[i]))
                assay_buf_byte(out, '~');
        assay_buf_text(out, "\n");
    }
    assay_buf_free(&line);
}

static void add_number_or_null(struct assay_buf *out, uint32_t n)
{
    if (n)
        assay_json_u64(out, n);
    else
        assay_buf_text(out, "null");
}

static void add_text(struct assay_buf *out, const char *terminated)
{
    struct assay_text t = {terminated, terminated ? strlen(terminated) : 0};
    assay_json_text(out, t);
}

static void add_json(struct assay_buf *out, enum diag_level level, const struct diag_place *p, const char *hint,
                     const char *message)
{
    assay_buf_text(out, "{\"level\":");
    add_text(out, level_name[level]);
    assay_buf_text(out, ",\"file\":");
    add_text(out, p ? p->file : NULL);
    assay_buf_text(out, ",\"line\":");
    add_number_or_null(out, p ? p->line : 0);
    assay_buf_text(out, ",\"column\":");
    add_number_or_null(out, p ? p->column : 0);
    assay_buf_text(out, ",\"message\":");
    add_text(out, message);
    assay_buf_text(out, ",\"hint\":");
    add_text(out, hint);
    assay_buf_text(out, "}\n");
}

static void add_plain(struct assay_buf *out, const struct diag *d, enum diag_level level, const struct diag_place *p,
                      const char *hint, const char *message)
{
    if (p && p->file) {
        add_shown(out, p->file, strlen(p->file));
        if (p->line)
            assay_buf_printf(out, ":%u", p->line);
        if (p->line && p->column)
            assay_buf_printf(out, ":%u", p->column);
        assay_buf_text(out, ": ");
    } else {
        assay_buf_text(out, "assay: ");
    }
    if (level != DIAG_INFO)
        assay_buf_printf(out, "%s%s:%s ", d->colour ? level_colour[level] : "", level_name[level],
                         d->colour ? "\033[0m" : "");
    add_shown(out, message, strlen(message));
    assay_buf_text(out, "\n");
    if (p && p->file && p->line)
        add_source(out, p);
    if (!hint)
        return;
    assay_buf_text(out, "  hint: ");
    add_shown(out, hint, strlen(hint));
    assay_buf_text(out, "\n");
}

static void report(struct diag *d, enum diag_level level, const struct diag_place *p, const char *hint,
                   const char *format, va_list args)
{
    d->errors += level == DIAG_ERROR;
    d->warnings += level == DIAG_WARNING;
    if (level < d->least)
        return;
    char message[4096];
    vsnprintf(message, sizeof message, format, args);
    struct assay_buf out = {0};
    if (d->status && !d->json)
        assay_buf_text(&out, "\r\033[K");
    if (d->json)
        add_json(&out, level, p, hint, message);
    else
        add_plain(&out, d, level, p, hint, message);
    if (d->status && !d->json)
        assay_buf_text(&out, d->status);
    if (out.failed)
        write_all(d->fd, message, strlen(message));
    else
        write_all(d->fd, out.at, out.size);
    assay_buf_free(&out);
}

void diag_at(struct diag *d, enum diag_level level, const struct diag_place *p, const char *hint, const char *format,
             ...)
{
    va_list args;
    va_start(args, format);
    report(d, level, p, hint, format, args);
    va_end(args);
}

void diag_say(struct diag *d, enum diag_level level, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(d, level, NULL, NULL, format, args);
    va_end(args);
}

#define WORD 64

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Edits (insert, delete, change, swap of neighbours) that lead from a to b: optimal string alignment. */
static uint32_t edits(const char *a, size_t m, const char *b, size_t n)
{
    uint32_t row[3][WORD + 1];
    uint32_t *before = row[0], *last = row[1], *now = row[2];
    for (size_t j = 0; j <= n; j++)
        last[j] = (uint32_t)j;
    for (size_t i = 1; i <= m; i++) {
        now[0] = (uint32_t)i;
        for (size_t j = 1; j <= n; j++) {
            uint32_t change = last[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = least(change, least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
        uint32_t *free_row = before;
        before = last;
        last = now;
        now = free_row;
    }
    return last[n];
}

const char *diag_nearest(const char *word, const char *const *words)
{
    size_t m = strlen(word);
    const char *best = NULL;
    uint32_t best_edits = (uint32_t)(m / 3 ? m / 3 : 1) + 1;
    if (m > WORD)
        return NULL;
    for (; *words; words++) {
        size_t n = strlen(*words);
        if (n > WORD)
            continue;
        uint32_t e = edits(word, m, *words, n);
        if (e < best_edits && e < m) {
            best_edits = e;
            best = *words;
        }
    }
    return best;
}
