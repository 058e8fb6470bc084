/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables whose columns are set apart by blanks, as mails, reports of machines and pages of a PDF have them. A figure
 * belongs to the head it stands under: empty cells leave no trace but their room.
 */
#include "heads.h"
#include "shape.h"

#include <string.h>

enum {
    EDGES_APART = 3, /* characters that edges of a column may differ by where nothing lies over one another */
    ROWS = 5,         /* lines that show whether they are a table */
    HEADS = 2,        /* of heads among them, beside the first */
    LINES_ASKED = 400 /* bytes of a line that are looked at */
};

static int is_blank(char c)
{
    return c == ' ' || c == '\t';
}

uint32_t tb_gap(const char *text, uint32_t begin, uint32_t end)
{
    while (begin < end && is_blank(text[begin]))
        begin++;
    for (uint32_t i = begin; i < end; i++)
        if (text[i] == '\t' || (text[i] == ' ' && i + 1 < end && is_blank(text[i + 1])))
            return i;
    return end;
}

/* A cell that holds a figure, or says that there is none: "1,204", "-2,4 %", "€ 12", "n/a", "–". */
static int is_figure(const char *text, struct assay_span cell)
{
    uint32_t letters = 0, digits = 0, size = cell.end - cell.begin;
    for (uint32_t i = cell.begin; i < cell.end; i++) {
        unsigned char c = (unsigned char)text[i];
        digits += sh_digit(c);
        letters += (c | 32) >= 'a' && (c | 32) <= 'z';
    }
    return digits ? letters <= 4 && size <= 24 : size && size <= 4 && letters <= 2;
}

/* The line has cells, and its last one holds a figure. */
static int is_row(const struct place *at, uint32_t begin, uint32_t end)
{
    struct assay_span line = tb_trimmed(at, begin, end), last = line;
    uint32_t cells = 1;
    for (uint32_t i; (i = tb_gap(at->text, last.begin, line.end)) < line.end; cells++)
        last = tb_trimmed(at, i, line.end);
    return cells > 1 && is_figure(at->text, last);
}

uint32_t tb_spaced_by(const struct place *at, uint32_t begin, uint32_t end)
{
    uint32_t size = at->self->tokens.size, rows = 0, figures = 0;
    uint32_t by = memchr(at->text + begin, '\t', end - begin) ? '\t' : ' ';
    if (!at->spaced || end - begin > LINES_ASKED || tb_gap(at->text, begin, end) >= tb_trimmed(at, begin, end).end)
        return 0;
    for (; rows < ROWS; rows++) {
        uint32_t next = end + (end < size), figure = (uint32_t)is_row(at, begin, end);
        if (!figure && (figures || rows > HEADS))
            return 0;
        figures += figure;
        if (next >= size)
            break;
        begin = next;
        end = tb_line_end(at, next);
        struct assay_span line = tb_trimmed(at, begin, end);
        if (end - begin > LINES_ASKED || tb_gap(at->text, begin, end) >= line.end)
            break;
    }
    return rows && figures ? by : 0;
}

/* Characters before the byte in its line. */
static uint32_t place_of(const struct place *at, uint32_t byte)
{
    uint32_t n = 0;
    while (byte > 0 && at->text[byte - 1] != '\n') {
        byte--;
        n += ((unsigned char)at->text[byte] & 0xc0) != 0x80;
    }
    return n;
}

void tb_edges(const struct place *at, struct assay_span cell, struct edges *to)
{
    to->left = place_of(at, cell.begin);
    to->right = to->left;
    for (uint32_t i = cell.begin; i < cell.end; i++)
        to->right += ((unsigned char)at->text[i] & 0xc0) != 0x80;
}

static uint32_t apart(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

uint32_t tb_column_over(const struct place *at, struct assay_span cell)
{
    const struct table *t = &at->self->table;
    struct edges own;
    uint32_t best = MOST_COLUMNS, most = 0;
    tb_edges(at, cell, &own);
    for (uint32_t i = 0; i < t->columns; i++) {
        const struct edges *head = t->edges + i;
        uint32_t left = own.left > head->left ? own.left : head->left;
        uint32_t right = own.right < head->right ? own.right : head->right;
        uint32_t common = right > left ? right - left : 0;
        if (common > most) {
            most = common;
            best = i;
        }
    }
    for (uint32_t i = 0; i < t->columns && !most; i++)
        if (apart(own.right, t->edges[i].right) <= EDGES_APART || apart(own.left, t->edges[i].left) <= EDGES_APART)
            best = best == MOST_COLUMNS ? i : t->columns;
    return best < t->columns ? best : MOST_COLUMNS;
}
