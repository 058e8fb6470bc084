/* SPDX-License-Identifier: Apache-2.0 */
#include "odf.h"

#include <stdlib.h>
#include <string.h>

/* More empty cells than these fill a sheet up to its edge. */
#define CELLS_REPEATED 64ul

static const char *const passed_over[] = {
    "tracked-changes", "annotation", "note-citation", "sequence-decls", "variable-decls", "user-field-decls", "forms",
    "scripts", "font-face-decls", "settings", "table-of-content", "illustration-index", "table-index", "object-index",
    "user-index", "alphabetical-index", "bibliography", "page-number", "page-count", "page-continuation", "title", "desc",
    "master-styles", "notes", "binary-data", NULL};

struct walk {
    struct xml *x;
    struct prose *body, *notes, *to; /* to: one of the two */
    struct assay_buf raised;         /* names of styles that raise, each between two line ends */
    char style[64];                  /* the one that is being declared */
    uint32_t paragraphs;             /* p or h that are open */
    uint32_t spans, raised_at;       /* spans that are open; the one that raises, from 1 */
};

static int is_raising(const struct walk *w, const char *style)
{
    char line[80] = "\n";
    strcat(line, style);
    strcat(line, "\n");
    return w->raised.size && memmem(w->raised.at, w->raised.size, line, strlen(line)) != NULL;
}

static void open_style(struct walk *w, const char *name)
{
    char value[64];
    if (strcmp(name, "style") == 0 && !xml_attribute(w->x, "name", w->style, sizeof w->style))
        w->style[0] = 0;
    if (strcmp(name, "text-properties") != 0 || !w->style[0] ||
        !xml_attribute(w->x, "text-position", value, sizeof value))
        return;
    if (strncmp(value, "super", 5) != 0 && atoi(value) <= 0) /* "super 58%", "33% 58%" */
        return;
    if (!w->raised.size)
        assay_buf_byte(&w->raised, '\n');
    assay_buf_text(&w->raised, w->style);
    assay_buf_byte(&w->raised, '\n');
}

static void open_span(struct walk *w)
{
    char style[64];
    if (w->x->empty)
        return;
    w->spans++;
    if (!w->raised_at && xml_attribute(w->x, "style-name", style, sizeof style) && is_raising(w, style))
        w->raised_at = w->spans;
}

/* An empty cell may stand for several. */
static void open_cell(struct walk *w)
{
    char many[16] = "1";
    xml_attribute(w->x, "number-columns-repeated", many, sizeof many);
    prose_cell(w->to);
    if (!w->x->empty)
        return;
    prose_cell_end(w->to);
    for (unsigned long n = strtoul(many, NULL, 10); n > 1 && n <= CELLS_REPEATED; n--) {
        prose_cell(w->to);
        prose_cell_end(w->to);
    }
}

static void open_block(struct walk *w, const char *name)
{
    if (strcmp(name, "note-body") == 0) {
        w->to = w->notes;
    } else if (strcmp(name, "p") == 0 || strcmp(name, "h") == 0) {
        w->paragraphs += !w->x->empty;
        prose_paragraph(w->to);
    } else if (strcmp(name, "table") == 0) {
        assay_gap_want(&w->to->gap, ASSAY_GAP_PARAGRAPH);
    } else if (strcmp(name, "table-row") == 0) {
        prose_row(w->to);
    } else if (strcmp(name, "table-cell") == 0) {
        open_cell(w);
    }
}

/* 1: what the element holds is not wanted. */
static int open_element(struct walk *w)
{
    const char *name = w->x->name;
    if (xml_is(name, passed_over))
        return 1;
    open_style(w, name);
    open_block(w, name);
    if (strcmp(name, "span") == 0)
        open_span(w);
    else if (strcmp(name, "s") == 0)
        assay_gap_want(&w->to->gap, ASSAY_GAP_SPACE);
    else if (strcmp(name, "tab") == 0)
        assay_gap_want(&w->to->gap, ASSAY_GAP_TAB);
    else if (strcmp(name, "line-break") == 0)
        assay_gap_want(&w->to->gap, ASSAY_GAP_LINE);
    return 0;
}

static void close_element(struct walk *w)
{
    const char *name = w->x->name;
    if (strcmp(name, "note-body") == 0) {
        assay_gap_want(&w->notes->gap, ASSAY_GAP_PARAGRAPH);
        w->to = w->body;
    } else if (strcmp(name, "p") == 0 || strcmp(name, "h") == 0) {
        w->paragraphs -= w->paragraphs > 0;
        prose_paragraph_end(w->to);
    } else if (strcmp(name, "table-cell") == 0) {
        prose_cell_end(w->to);
    } else if (strcmp(name, "table") == 0) {
        assay_gap_want(&w->to->gap, w->to->cells ? ASSAY_GAP_LINE : ASSAY_GAP_PARAGRAPH);
    } else if (strcmp(name, "span") == 0 && w->spans) {
        w->raised_at = w->raised_at == w->spans ? 0 : w->raised_at;
        w->spans--;
    }
}

static enum xml_node walk_all(struct walk *w)
{
    enum xml_node node = xml_next(w->x);
    while (node != XML_END && node != XML_BAD) {
        int skip = node == XML_OPEN && open_element(w);
        if (node == XML_CLOSE)
            close_element(w);
        else if (node == XML_TEXT && w->paragraphs)
            prose_text(w->to, w->x->text, w->raised_at != 0);
        node = skip ? xml_skip(w->x) : xml_next(w->x);
    }
    return node;
}

int odf_text(struct prose *prose, struct xml *x)
{
    struct prose notes = {0};
    struct walk w = {.x = x, .body = prose, .notes = &notes, .to = prose};
    enum xml_node node = walk_all(&w);
    if (notes.text.size) {
        assay_buf_text(&prose->text, prose->text.size ? "\n\n" : "");
        assay_buf_add(&prose->text, notes.text.at, notes.text.size);
    }
    int whole = node == XML_END && !notes.text.failed && !w.raised.failed && !prose->text.failed;
    assay_buf_free(&notes.text);
    assay_buf_free(&w.raised);
    return whole;
}
