/* SPDX-License-Identifier: Apache-2.0 */
#include "sheet.h"

#include <assay/kit/date.h>
#include <assay/kit/decimal.h>
#include <assay/kit/json.h>
#include <stdlib.h>
#include <string.h>

/* ---- what sheets refer to ---- */

static int read_strings(struct workbook *b, struct xml *x)
{
    int text = 0;
    enum xml_node node = xml_next(x);
    while (node != XML_END && node != XML_BAD) {
        int skip = node == XML_OPEN && strcmp(x->name, "rPh") == 0; /* how it is spoken */
        if (node == XML_OPEN && strcmp(x->name, "si") == 0) {
            uint32_t at = (uint32_t)b->text.size;
            assay_buf_add(&b->at, &at, sizeof at);
            if (x->empty)
                assay_buf_byte(&b->text, 0);
        } else if (node == XML_CLOSE && strcmp(x->name, "si") == 0) {
            assay_buf_byte(&b->text, 0);
        } else if (node == XML_TEXT && text) {
            assay_buf_text(&b->text, x->text);
        }
        text = node == XML_OPEN && strcmp(x->name, "t") == 0 && !x->empty;
        node = skip ? xml_skip(x) : xml_next(x);
    }
    return node == XML_END && !b->text.failed && !b->at.failed;
}

/* A format of the user's own: "0.0%", "dd.mm.yyyy"; what stands in quotes or brackets is shown as it is. */
static enum sheet_format format_of_code(const char *code)
{
    char close = 0;
    for (; *code && *code != ';'; code++) {
        if (close) {
            close = *code == close ? 0 : close;
        } else if (*code == '"' || *code == '[') {
            close = *code == '"' ? '"' : ']';
        } else if (*code == '\\' && code[1]) {
            code++;
        } else if (*code == '%') {
            return SHEET_PERCENT;
        } else if (strchr("yYdDhH", *code)) {
            return SHEET_DATE;
        }
    }
    return SHEET_NUMBER;
}

/* Formats that have no code in the file (18.8.30). */
static enum sheet_format format_of_id(uint32_t id)
{
    if (id == 9 || id == 10)
        return SHEET_PERCENT;
    return (id >= 14 && id <= 22) || (id >= 45 && id <= 47) ? SHEET_DATE : SHEET_NUMBER;
}

enum { OWN_FORMATS = 512 };

struct own {
    uint32_t id;
    enum sheet_format format;
};

static enum sheet_format format_of(const struct own *own, uint32_t count, uint32_t id)
{
    for (uint32_t i = 0; i < count; i++)
        if (own[i].id == id)
            return own[i].format;
    return format_of_id(id);
}

static int read_styles(struct workbook *b, struct xml *x)
{
    struct own *own = calloc(OWN_FORMATS, sizeof *own);
    uint32_t count = 0;
    int cells = 0;
    enum xml_node node = XML_BAD;
    while (own && (node = xml_next(x)) != XML_END && node != XML_BAD) {
        char id[16], code[256];
        if (node == XML_TEXT)
            continue;
        if (strcmp(x->name, "cellXfs") == 0)
            cells = node == XML_OPEN && !x->empty;
        if (node != XML_OPEN || !xml_attribute(x, "numFmtId", id, sizeof id))
            continue;
        if (strcmp(x->name, "numFmt") == 0 && count < OWN_FORMATS && xml_attribute(x, "formatCode", code, sizeof code))
            own[count++] = (struct own){(uint32_t)strtoul(id, NULL, 10), format_of_code(code)};
        else if (strcmp(x->name, "xf") == 0 && cells)
            assay_buf_byte(&b->formats, (char)format_of(own, count, (uint32_t)strtoul(id, NULL, 10)));
    }
    free(own);
    return node == XML_END && !b->formats.failed;
}

static int read_calendar(struct workbook *b, struct xml *x)
{
    enum xml_node node;
    char value[8];
    while ((node = xml_next(x)) != XML_END && node != XML_BAD)
        if (node == XML_OPEN && strcmp(x->name, "workbookPr") == 0 && xml_attribute(x, "date1904", value, sizeof value))
            b->from_1904 = value[0] == '1' || value[0] == 't';
    return node == XML_END;
}

int workbook_read(struct workbook *b, const struct package *p, struct xml *x)
{
    static const struct {
        const char *name;
        int (*read)(struct workbook *, struct xml *);
    } parts[] = {
        {"xl/sharedStrings.xml", read_strings}, {"xl/styles.xml", read_styles}, {"xl/workbook.xml", read_calendar}};
    *x = (struct xml){0};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct assay_text part = package_part(p, parts[i].name);
        if (!part.size)
            continue;
        xml_close(x);
        if (!xml_open(x, part) || !parts[i].read(b, x))
            return 0;
    }
    return 1;
}

void workbook_free(struct workbook *b)
{
    assay_buf_free(&b->text);
    assay_buf_free(&b->at);
    assay_buf_free(&b->formats);
}

/* ---- cells ---- */

struct walk {
    struct xml *x;
    struct prose *prose;
    const struct workbook *book;
    uint32_t column;        /* the next one of the row */
    enum { NUMBER, SHARED, TEXT, NOTHING } type;
    uint32_t style, value;  /* value: 1 inside v or t */
};

/* "AB12": 27, from 0. */
static uint32_t column_of(const char *name)
{
    uint32_t n = 0;
    for (; *name >= 'A' && *name <= 'Z' && n < 100000; name++)
        n = n * 26 + (uint32_t)(*name - 'A') + 1;
    return n - 1;
}

static void open_cell(struct walk *w)
{
    char text[32];
    uint32_t column = xml_attribute(w->x, "r", text, sizeof text) ? column_of(text) : w->column;
    for (; w->column <= column && w->column < SHEET_COLUMNS; w->column++) {
        prose_cell(w->prose);
        if (w->column < column || w->x->empty)
            prose_cell_end(w->prose);
    }
    w->type = NUMBER;
    if (xml_attribute(w->x, "t", text, sizeof text))
        w->type = !strcmp(text, "s")                                                         ? SHARED
                  : !strcmp(text, "str") || !strcmp(text, "inlineStr") || !strcmp(text, "d") ? TEXT
                  : strcmp(text, "n")                                                        ? NOTHING
                                      : NUMBER; /* b, e: true, #N/A */
    if (column >= SHEET_COLUMNS)
        w->type = NOTHING;
    w->style = xml_attribute(w->x, "s", text, sizeof text) ? (uint32_t)strtoul(text, NULL, 10) : 0;
}

/* A day of the workbook; the first calendar has a 29 February 1900 that never was (18.17.4.1). */
static void put_date(struct walk *w, double value)
{
    char text[24];
    int64_t day = (int64_t)value;
    if (value < 61 || value > 2958465)
        return; /* a time of day, or none */
    day += w->book->from_1904 ? assay_date_first((struct assay_date){1904, 1, 1})
                              : assay_date_first((struct assay_date){1899, 12, 30});
    assay_date_print(text, assay_date_of_day(day));
    prose_text(w->prose, text, 0);
}

/* The shortest that reads as the same binary64: files hold 4310.2 as 4310.1999999999998. Digits with a point, never
 * with three behind it alone: "1.2340" is no thousand in any language. */
static void put_number(struct walk *w, double value, int percent)
{
    char text[64];
    struct assay_decimal d;
    if (!assay_decimal_read(&d, text, assay_print_real(text, value)))
        return;
    assay_decimal_scale(&d, percent ? 2 : 0);
    size_t n = assay_decimal_print(text, &d);
    const char *point = memchr(text, '.', n);
    if (point && text + n - point == 4 && n + 1 < sizeof text)
        text[n++] = '0';
    memcpy(text + n, percent ? " %" : "", percent ? 3 : 1);
    prose_text(w->prose, text, 0);
}

static void put_value(struct walk *w)
{
    const struct workbook *b = w->book;
    const char *text = w->x->text;
    uint32_t index = w->type == SHARED ? (uint32_t)strtoul(text, NULL, 10) : 0, at;
    struct assay_decimal stored;
    if (w->type == TEXT) {
        prose_text(w->prose, text, 0);
    } else if (w->type == SHARED && index < b->at.size / sizeof at) {
        memcpy(&at, b->at.at + index * sizeof at, sizeof at);
        prose_text(w->prose, b->text.at + at, 0);
    } else if (w->type == NUMBER && assay_decimal_read(&stored, text, strlen(text))) {
        int format = w->style < b->formats.size ? b->formats.at[w->style] : SHEET_NUMBER;
        if (format == SHEET_DATE)
            put_date(w, assay_decimal_real(&stored));
        else
            put_number(w, assay_decimal_real(&stored), format == SHEET_PERCENT);
    }
}

static void open_element(struct walk *w)
{
    const char *name = w->x->name;
    w->value = (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) && !w->x->empty;
    if (strcmp(name, "row") == 0) {
        prose_row(w->prose);
        w->column = 0;
    } else if (strcmp(name, "c") == 0) {
        open_cell(w);
    }
}

int sheet_text(struct prose *prose, struct xml *x, const struct workbook *book)
{
    static const char *const passed_over[] = {"f", "headerFooter", "rPh", "sheetViews", "cols", NULL};
    struct walk w = {.x = x, .prose = prose, .book = book};
    prose->cells = 0;
    assay_gap_want(&prose->gap, ASSAY_GAP_PARAGRAPH);
    enum xml_node node = xml_next(x);
    while (node != XML_END && node != XML_BAD) {
        int skip = node == XML_OPEN && xml_is(x->name, passed_over);
        if (node == XML_OPEN && !skip)
            open_element(&w);
        else if (node == XML_TEXT && w.value)
            put_value(&w);
        else if (node == XML_CLOSE && strcmp(x->name, "c") == 0)
            prose_cell_end(prose);
        w.value = node == XML_OPEN && w.value;
        node = skip ? xml_skip(x) : xml_next(x);
    }
    assay_gap_want(&prose->gap, ASSAY_GAP_PARAGRAPH);
    return node == XML_END && !prose->text.failed;
}
