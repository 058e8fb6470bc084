/* SPDX-License-Identifier: Apache-2.0 */
#include "lines.h"

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>
#include <string.h>

#include "marks.h"

/* Characters a line: texts are wrapped at 50 to 120; shorter lines are lists and verse, longer ones paragraphs. */
#define WIDTH_LEAST 50u
#define WIDTH_MOST 120u

static int is_space(uint32_t cp)
{
    uint32_t class = assay_class(cp);
    return class == ASSAY_CP_SPACE || class == ASSAY_CP_IGNORE || class == ASSAY_CP_CONTROL;
}

const char *lines_skip_space(const char *p, const char *end)
{
    while (p < end) {
        uint32_t cp, size = assay_utf8_next(p, end, &cp);
        if (!is_space(cp))
            break;
        p += size;
    }
    return p;
}

uint32_t lines_space_before(const char *from, const char *p)
{
    const char *q = p - 1;
    while (q > from && p - q < 4 && ((unsigned char)*q & 0xc0) == 0x80)
        q--;
    uint32_t cp;
    if (assay_utf8_next(q, p, &cp) != (uint32_t)(p - q))
        return 0;
    return is_space(cp) ? (uint32_t)(p - q) : 0;
}

static const char *line_end(const char *p, const char *end)
{
    const char *newline = memchr(p, '\n', (size_t)(end - p));
    return newline ? newline : end;
}

static int is_blank(const char *p, const char *end)
{
    return lines_skip_space(p, end) == end;
}

static uint32_t length_of(const char *p, const char *end)
{
    if (end - p > (ptrdiff_t)WIDTH_MOST * 4)
        return WIDTH_MOST * 4;
    uint32_t n = 0;
    for (; p < end; p++)
        n += ((unsigned char)*p & 0xc0) != 0x80;
    return n;
}

static uint32_t first_word(const char *p, const char *end)
{
    uint32_t n = 0;
    for (p = lines_skip_space(p, end); p < end && n < 30 && *p != ' '; p++)
        n += ((unsigned char)*p & 0xc0) != 0x80;
    return n;
}

/* "- x", "• x", "1. x", "2) x", "(a) x", or deep indentation. */
static int starts_item(const char *p, const char *end)
{
    const char *start = lines_skip_space(p, end);
    uint32_t cp;
    if (start == end)
        return 1;
    uint32_t size = assay_utf8_next(start, end, &cp);
    if (marks_is_bullet(cp) && start + size < end && (start[size] == ' ' || start[size] == '\t'))
        return 1;
    const char *q = start + (*start == '(');
    const char *number = q;
    while (q < end && q - number < 3 && *q >= '0' && *q <= '9')
        q++;
    if (q == number && q < end && ((*q >= 'a' && *q <= 'z') || (*q >= 'A' && *q <= 'Z')))
        q++;
    return q > number && q + 1 < end && (*q == '.' || *q == ')') && q[1] == ' ';
}

/* Learns the width of the block of lines that starts at p: up to a blank line or the end. */
static void measure(struct lines *lines, const char *p)
{
    uint32_t most = 0, count = 0;
    while (p < lines->end) {
        const char *stop = line_end(p, lines->end);
        if (is_blank(p, stop))
            break;
        uint32_t n = length_of(p, stop);
        most = n > most ? n : most;
        count++;
        p = stop < lines->end ? stop + 1 : stop;
    }
    lines->block_end = p;
    lines->width = count > 1 && most >= WIDTH_LEAST && most <= WIDTH_MOST ? most : 0;
}

void lines_start(struct lines *lines, const char *text, const char *end)
{
    lines->at = text;
    lines->end = end;
    lines->block_end = text;
    lines->width = 0;
}

int lines_paragraph(struct lines *lines, const char **from, const char **to)
{
    const char *p = lines->at, *stop;
    for (;;) {
        if (p >= lines->end)
            return 0;
        stop = line_end(p, lines->end);
        if (!is_blank(p, stop))
            break;
        p = stop + 1;
    }
    if (p >= lines->block_end)
        measure(lines, p);
    *from = p;
    while (stop < lines->end && stop + 1 < lines->block_end && lines->width) {
        const char *next = stop + 1, *next_stop = line_end(next, lines->end);
        if (length_of(p, stop) + 1 + first_word(next, next_stop) <= lines->width || starts_item(next, next_stop))
            break;
        p = next;
        stop = next_stop;
    }
    *to = stop;
    lines->at = stop < lines->end ? stop + 1 : stop;
    return 1;
}
