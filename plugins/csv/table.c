/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include <assay/kit/json.h>
#include <assay/kit/utf8.h>

#define FLUSH (128u * 1024)

static void hand_on(struct csv_table *t, size_t least)
{
    if (t->buf.size < least)
        return;
    if (t->buf.failed) {
        errno = ENOMEM;
        t->failed = 1;
    }
    if (!t->failed && fwrite(t->buf.at, 1, t->buf.size, t->file) != t->buf.size)
        t->failed = 1;
    t->buf.size = 0;
}

static void separate(struct csv_table *t)
{
    if (t->at++)
        assay_buf_byte(&t->buf, ',');
}

/* What makes a spreadsheet take a cell for a formula: = + - @, their full-width forms, a tab or a line end at the
 * front. */
static int is_formula(struct assay_text text)
{
    uint32_t cp;
    if (!text.size)
        return 0;
    assay_utf8_next(text.at, text.at + text.size, &cp);
    return cp == '=' || cp == '+' || cp == '-' || cp == '@' || cp == '\t' || cp == '\r' || cp == '\n' || cp == 0xff1d ||
           cp == 0xff0b || cp == 0xff0d || cp == 0xff20;
}

static int needs_quotes(struct assay_text text)
{
    for (uint64_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"' || c == ',' || c == ';' || c < 0x20)
            return 1;
    }
    return text.size && (text.at[0] == ' ' || text.at[text.size - 1] == ' ');
}

void csv_text(struct csv_table *t, struct assay_text text)
{
    separate(t);
    if (!text.at)
        return;
    int formula = is_formula(text), quotes = needs_quotes(text);
    if (quotes)
        assay_buf_byte(&t->buf, '"');
    if (formula)
        assay_buf_byte(&t->buf, '\'');
    for (uint64_t i = 0; i < text.size; i++) {
        char c = text.at[i];
        if (c == '"')
            assay_buf_byte(&t->buf, '"');
        if (c)
            assay_buf_byte(&t->buf, c);
        else
            assay_buf_text(&t->buf, "\xef\xbf\xbd"); /* NUL ends a cell in many readers */
    }
    if (quotes)
        assay_buf_byte(&t->buf, '"');
}

void csv_word(struct csv_table *t, const char *terminated)
{
    separate(t);
    if (terminated)
        assay_buf_text(&t->buf, terminated);
}

void csv_number(struct csv_table *t, struct assay_text digits)
{
    separate(t);
    if (digits.at)
        assay_buf_add(&t->buf, digits.at, digits.size);
}

void csv_real(struct csv_table *t, double value, int has)
{
    separate(t);
    if (has && isfinite(value))
        assay_json_real(&t->buf, value);
}

void csv_count(struct csv_table *t, uint64_t value, int has)
{
    separate(t);
    if (has)
        assay_json_u64(&t->buf, value);
}

void csv_end_row(struct csv_table *t)
{
    assay_buf_text(&t->buf, "\r\n");
    t->at = 0;
    t->rows++;
    hand_on(t, FLUSH);
}

int csv_open(struct csv_table *t, const char *folder, int bom)
{
    struct assay_buf path = {0};
    assay_buf_printf(&path, "%s/%s.csv", folder, t->name);
    t->file = path.failed ? NULL : fopen(path.at, "wb");
    assay_buf_free(&path);
    if (!t->file)
        return 0;
    if (bom)
        assay_buf_text(&t->buf, "\xef\xbb\xbf");
    for (uint32_t i = 0; i < t->columns; i++)
        csv_word(t, t->column[i].name);
    csv_end_row(t);
    t->rows = 0;
    return 1;
}

int csv_close(struct csv_table *t)
{
    hand_on(t, 0);
    if (t->file && fclose(t->file) != 0)
        t->failed = 1;
    t->file = NULL;
    assay_buf_free(&t->buf);
    return !t->failed;
}
