/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <string.h>

enum {
    SEEN = 50,       /* rows that are looked at */
    FIGURES = 4,     /* fewer of them are no table */
    CELL_LONG = 120, /* bytes: what is longer is a text */
    FILE_LONG = 1 << 20 /* bytes: what is longer is data of machines, of which nobody writes */
};

/* Digits with what stands between and around them: "-4,310.5", "4.1 %", "1 204", "€310". */
static int is_figure(const char *at, uint64_t size)
{
    uint32_t digits = 0;
    for (uint64_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)at[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            return 0;
        digits += c >= '0' && c <= '9';
    }
    return digits > 0 && digits * 3 >= size;
}

/* "2024-05-01", "01.05.2024" */
static int is_date(const char *at, uint64_t size)
{
    uint32_t digits = 0, signs = 0;
    for (uint64_t i = 0; i < size; i++) {
        digits += at[i] >= '0' && at[i] <= '9';
        signs += at[i] == '-' || at[i] == '.' || at[i] == '/';
    }
    return signs == 2 && digits >= 4 && digits <= 8 && digits + signs == size;
}

/* A word, a year or a date. */
static int is_name(const char *at, uint64_t size)
{
    uint64_t digits = 0;
    for (uint64_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)at[i];
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
            return 1;
        if (c >= 0x80)
            return 1;
        digits += c >= '0' && c <= '9';
    }
    return is_date(at, size) || (size == 4 && digits == 4 && (*at == '1' || *at == '2'));
}

int table_is(const struct csv_rows *rows)
{
    struct csv_rows r = *rows;
    const char *error;
    uint32_t figures = 0, cells = 0, named = 0, n;
    int more = 1;
    if (r.size > FILE_LONG)
        return 0;
    for (n = 0; n < SEEN && (more = csv_next(&r, &error)) > 0; n++) {
        named += is_name(r.input + r.field[0].begin, r.field[0].end - r.field[0].begin);
        for (uint32_t i = 0; i < r.fields; i++) {
            uint64_t size = r.field[i].end - r.field[i].begin;
            if (size > CELL_LONG)
                return 0;
            cells += i > 0 && size > 0;
            figures += i > 0 && is_figure(r.input + r.field[i].begin, size);
        }
    }
    return more >= 0 && figures >= FIGURES && figures * 2 > cells && named * 2 > n;
}

static void put_cell(const struct csv_rows *r, uint32_t field, struct assay_mapper *m)
{
    uint64_t at = r->field[field].begin, end = r->field[field].end;
    while (at < end) {
        uint64_t stop = at;
        while (stop < end && !strchr("\r\n|\"", r->input[stop]))
            stop++;
        assay_mapper_keep(m, r->input, at, stop - at);
        int quote = stop < end && r->input[stop] == '"';
        uint32_t size = 1 + (quote && r->field[field].quoted);
        if (stop < end)
            assay_mapper_replace(m, stop, size, quote ? "\"" : " ", 1);
        at = stop + size;
    }
}

uint32_t table_filled(const struct csv_rows *r)
{
    uint32_t filled = 0;
    for (uint32_t i = 0; i < r->fields; i++) {
        uint64_t at = r->field[i].begin;
        while (at < r->field[i].end && strchr(" \t", r->input[at]))
            at++;
        filled += at < r->field[i].end;
    }
    return filled;
}

void table_row(const struct csv_rows *r, struct assay_mapper *m)
{
    if (!table_filled(r))
        return; /* rows of empty cells part what belongs together */
    int title = r->field[0].begin < r->field[0].end && table_filled(r) < 2;
    for (uint32_t i = 0; i < (title ? 1 : r->fields); i++) {
        if (i)
            assay_mapper_insert(m, " | ", 3);
        put_cell(r, i, m);
    }
    assay_mapper_insert(m, "\n", 1);
}
