/* SPDX-License-Identifier: Apache-2.0 */
#include "lines.h"

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>
#include <string.h>

#include "marks.h"

/* Characters a line: texts are wrapped at up to 120; longer lines are paragraphs. Of lines below 50 it has to show that
 * they are no list and no verse. */
#define WIDTH_LEAST 20u
#define WIDTH_USUAL 50u
#define WIDTH_MOST 120u
#define WIDTH_OF_TWO 25u /* at the least where there are two lines only */
#define OUTLIERS 20u     /* of so many lines one may be longer: a heading that stands over two columns */
#define CELLS_APART 3
#define CELL_LONGEST 24
#define SPREAD_LINES 4u /* so many with an empty line after each show that they were written so; so many go on */
#define SPREAD_LOW 2u
#define STRETCHED 2u     /* words of a line that were set so far apart that they became lines of their own */

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

/* Behind the marks of quoted mail: "> > text". */
static const char *past_quote(const char *p, const char *end)
{
    while (p < end && *p == '>') {
        p++;
        p += p < end && *p == ' ';
    }
    return p;
}

static int is_blank(const char *p, const char *end)
{
    return lines_skip_space(past_quote(p, end), end) == end;
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
    for (p = lines_skip_space(past_quote(p, end), end); p < end && n < 30 && *p != ' '; p++)
        n += ((unsigned char)*p & 0xc0) != 0x80;
    return n;
}

/* "- x", "• x", "1. x", "2) x", "(a) x", or deep indentation. */
static int starts_item(const char *p, const char *end)
{
    const char *start = lines_skip_space(past_quote(p, end), end);
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

/* The first character of a line that is neither space nor mark; 0: there is none. */
static uint32_t first_sign(const char *p, const char *end)
{
    while (p < end) {
        uint32_t cp, size = assay_utf8_next(p, end, &cp), class = assay_class(cp);
        if (class == ASSAY_CP_LETTER || class == ASSAY_CP_DIGIT || class == ASSAY_CP_IDEOGRAPH)
            return cp;
        p += size;
    }
    return 0;
}

static int is_lower(uint32_t cp)
{
    return assay_upper(cp) != cp;
}

/* Whether the line ends with a mark that ends a sentence, or with a colon. */
static int is_finished(const char *p, const char *end)
{
    while (end > p) {
        const char *q = end - 1;
        while (q > p && ((unsigned char)*q & 0xc0) == 0x80)
            q--;
        uint32_t cp, size;
        assay_utf8_next(q, end, &cp);
        if (!is_space(cp) && !marks_is_closer(cp))
            return cp == ':' || cp == 0x2026 || marks_at(q, end, &size) != MARK_NONE;
        end = q;
    }
    return 1;
}

/* Up to `most` words of the line. */
static uint32_t words_of(const char *p, const char *end, uint32_t most)
{
    uint32_t n = 0;
    for (p = lines_skip_space(p, end); p < end && n < most; p = lines_skip_space(p, end)) {
        n++;
        while (p < end && *p != ' ' && *p != '\t')
            p++;
    }
    return n;
}

/* What the lines of a block, up to a blank line, have in common. */
struct block {
    uint32_t lines, most;
    uint32_t of_length[WIDTH_MOST + 2]; /* lines of so many characters; the last: longer ones */
    uint32_t open, low;                 /* line ends within a sentence that a cased letter follows; a lower case one */
};

/* A line of a block; *open: the one before goes on within a sentence. */
static void count_line(struct block *b, const char *p, const char *stop, int *open)
{
    uint32_t n = length_of(p, stop);
    b->of_length[n < WIDTH_MOST + 1 ? n : WIDTH_MOST + 1]++;
    b->lines++;
    if (n > WIDTH_MOST)
        return;
    uint32_t cp = first_sign(p, stop);
    b->open += *open && (is_lower(cp) || assay_is_upper(cp));
    b->low += *open && is_lower(cp);
    *open = !is_finished(p, stop);
}

static void look_at(struct block *b, struct lines *lines, const char *p)
{
    int open = 0;
    memset(b, 0, sizeof *b);
    while (p < lines->end) {
        const char *stop = line_end(p, lines->end);
        if (is_blank(p, stop))
            break;
        count_line(b, p, stop, &open);
        p = stop < lines->end ? stop + 1 : stop;
    }
    lines->block_end = p;
}

/* Lines with one empty line after each, as some mails and scans have them. Gives their end. */
static const char *look_at_spread(struct block *b, const struct lines *lines, const char *p)
{
    int open = 0;
    memset(b, 0, sizeof *b);
    for (;;) {
        const char *stop = line_end(p, lines->end), *blank = stop < lines->end ? stop + 1 : stop;
        const char *after = line_end(blank, lines->end), *next = after < lines->end ? after + 1 : after;
        count_line(b, p, stop, &open);
        if (length_of(p, stop) > WIDTH_MOST || next >= lines->end || !is_blank(blank, after) ||
            is_blank(next, line_end(next, lines->end)))
            return blank;
        p = next;
    }
}

/* The lines from p on are spread: most go on in the next in lower case. */
static int is_spread(struct lines *lines, const char *p, struct block *b)
{
    if (p < lines->single_end)
        return 0;
    const char *end = look_at_spread(b, lines, p);
    lines->single_end = end;
    if (b->lines < SPREAD_LINES || b->low < SPREAD_LOW || b->low * 2 < b->open || b->low * 3 < b->lines)
        return 0;
    lines->block_end = end;
    return 1;
}

/* The longest line but for outliers. */
static uint32_t width_of(const struct block *b)
{
    uint32_t left = b->lines / OUTLIERS, n = WIDTH_MOST + 1;
    while (n > 0 && b->of_length[n] <= left)
        left -= b->of_length[n--];
    return n;
}

/* Learns how the block of lines that starts at p was wrapped. */
static void measure(struct lines *lines, const char *p)
{
    struct block b;
    look_at(&b, lines, p);
    lines->spread = b.lines == 1 && is_spread(lines, p, &b);
    uint32_t width = width_of(&b);
    lines->width = 0;
    lines->prose = b.low > 0 && b.low * 2 >= b.open;
    if (b.lines < 2 || width > WIDTH_MOST)
        return;
    if (width < WIDTH_USUAL && (!lines->prose || width < (b.lines == 2 ? WIDTH_OF_TWO : WIDTH_LEAST)))
        return;
    lines->width = width;
}

void lines_start(struct lines *lines, const char *text, const char *end)
{
    lines->at = text;
    lines->end = end;
    lines->block_end = lines->single_end = text;
    lines->width = 0;
    lines->spread = 0;
}

static int is_blank_byte(char c)
{
    return c == ' ' || c == '\t';
}

/* The last cell of a line whose cells are set apart by room: three blanks or a tab. NULL: it has no cells. */
static const char *last_cell(const char *p, const char *stop)
{
    const char *cell = NULL;
    for (p = lines_skip_space(p, stop); p < stop; p++) {
        const char *q = p;
        while (q < stop && is_blank_byte(*q))
            q++;
        if (q < stop && (q - p >= CELLS_APART || (q > p && *p == '\t')))
            cell = q;
        p = q > p ? q - 1 : p;
    }
    return cell;
}

/* "Wheat      1,204.5    1,310.2": a figure stands alone behind so much room. */
static int is_spaced_row(const char *p, const char *stop)
{
    const char *cell = last_cell(p, stop);
    uint32_t digits = 0, letters = 0;
    if (!cell || stop - cell > CELL_LONGEST)
        return 0;
    for (; cell < stop; cell++) {
        digits += *cell >= '0' && *cell <= '9';
        letters += (*cell | 32) >= 'a' && (*cell | 32) <= 'z';
    }
    return digits && letters <= 4;
}

/* A row of a table: "Year | Population", "| 2021 | 12 |", or cells with room between, and the heads over those. */
static int is_row(const struct lines *lines, const char *p, const char *stop)
{
    const char *from = lines_skip_space(p, stop);
    if (from == stop)
        return 0;
    if (*from == '|' || memmem(from, (size_t)(stop - from), " | ", 3) != NULL)
        return 1;
    if (!last_cell(from, stop))
        return 0;
    const char *next = stop < lines->block_end ? stop + 1 : stop;
    return is_spaced_row(from, stop) || is_spaced_row(next, line_end(next, lines->end));
}

/* Whether the line [p, stop) goes on in the next one. `inside`: it goes on itself what another one began. */
static int goes_on(const struct lines *lines, const char *p, const char *stop, const char *next, const char *next_stop,
                   int inside)
{
    uint32_t room = length_of(p, stop) + 1 + first_word(next, next_stop);
    if (starts_item(next, next_stop) || is_row(lines, p, stop) || is_row(lines, next, next_stop))
        return 0;
    if (lines->width >= WIDTH_USUAL && room > lines->width)
        return 1;
    if (!lines->prose)
        return 0;
    uint32_t cp = first_sign(next, next_stop);
    if (is_lower(cp) || room * 20 >= lines->width * 17) /* letters differ in width: 85 % */
        return 1;
    return inside && !is_finished(p, stop) && words_of(p, stop, STRETCHED + 1) <= STRETCHED;
}

/* A sentence that a page ended: where it goes on in lower case, behind a blank line or two. NULL: nowhere. */
static const char *past_gap(const struct lines *lines, const char *p, const char *stop)
{
    const char *next = stop, *next_stop = stop;
    if (!lines->prose || is_finished(p, stop))
        return NULL;
    for (int blank = 0; next_stop < lines->end && blank < 3; blank++) {
        next = next_stop + 1;
        next_stop = line_end(next, lines->end);
        if (is_blank(next, next_stop))
            continue;
        uint32_t room = length_of(p, stop) + 1 + first_word(next, next_stop);
        int full = room * 20 >= lines->width * 17;
        return full && is_lower(first_sign(next, next_stop)) && !starts_item(next, next_stop) ? next : NULL;
    }
    return NULL;
}

int lines_paragraph(struct lines *lines, const char **from, const char **to)
{
    const char *p = lines->at, *stop, *next;
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
    *from = past_quote(p, stop);
    for (int inside = 0; lines->width && stop < lines->end; inside = 1) {
        next = stop + 1;
        if (lines->spread && next < lines->block_end)
            next = line_end(next, lines->end) + 1;
        int in_block = next < lines->block_end;
        if (in_block ? !goes_on(lines, p, stop, next, line_end(next, lines->end), inside)
                     : !(next = past_gap(lines, p, stop)))
            break;
        if (!in_block)
            measure(lines, next);
        p = next;
        stop = line_end(p, lines->end);
    }
    *to = stop;
    lines->at = stop < lines->end ? stop + 1 : stop;
    return 1;
}
