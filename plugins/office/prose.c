/* SPDX-License-Identifier: Apache-2.0 */
#include "prose.h"

#include <string.h>

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void write_gap(struct prose *p)
{
    uint32_t times;
    const char *text = assay_gap_take(&p->gap, &times);
    for (uint32_t i = 0; i < times && p->text.size; i++)
        assay_buf_text(&p->text, text);
}

void prose_text(struct prose *p, const char *text, int raised)
{
    int against = p->gap.kind == ASSAY_GAP_NONE && p->text.size && is_digit(p->text.at[p->text.size - 1]);
    if (raised && against && is_digit(*text))
        assay_buf_byte(&p->text, '^');
    while (*text) {
        size_t space = strspn(text, " \t\r\n"), n = strcspn(text + space, " \t\r\n");
        if (space)
            assay_gap_want(&p->gap, ASSAY_GAP_SPACE);
        if (!n)
            return;
        write_gap(p);
        assay_buf_add(&p->text, text + space, n);
        text += space + n;
    }
}

/* Those of a cell stand below each other, as its row does below the one before. */
void prose_paragraph(struct prose *p)
{
    if (!p->cells)
        assay_gap_want(&p->gap, ASSAY_GAP_PARAGRAPH);
    else if (!p->first_paragraph)
        assay_gap_want(&p->gap, ASSAY_GAP_LINE);
    p->first_paragraph = 0;
}

/* What follows it in a cell may be the next one of the row. */
void prose_paragraph_end(struct prose *p)
{
    if (!p->cells)
        assay_gap_want(&p->gap, ASSAY_GAP_PARAGRAPH);
}

void prose_row(struct prose *p)
{
    assay_gap_want(&p->gap, ASSAY_GAP_LINE);
    p->first_cell = 1;
}

void prose_cell(struct prose *p)
{
    if (!p->first_cell)
        assay_gap_want(&p->gap, ASSAY_GAP_CELL);
    p->first_cell = 0;
    p->first_paragraph = 1;
    p->cells++;
}

void prose_cell_end(struct prose *p)
{
    p->cells -= p->cells > 0;
    p->first_paragraph = 0;
}
