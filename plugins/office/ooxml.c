/* SPDX-License-Identifier: Apache-2.0 */
#include "ooxml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- parts ---- */

static void add_name(struct assay_buf *names, const char *name)
{
    name += *name == '/';
    assay_buf_add(names, name, strlen(name) + 1);
}

static int has(const char *text, const char *word)
{
    return strstr(text, word) != NULL;
}

/* Slides and sheets are numbered from 1 on; a number that is not there ends them only after some, as deleted ones leave
 * gaps. */
static void add_numbered(const struct package *p, const char *begin, struct assay_buf *names)
{
    enum { GAP_MAX = 100, NUMBER_MAX = 10000 };
    char name[64];
    for (uint32_t i = 1, last = 0; i <= last + GAP_MAX && i <= NUMBER_MAX; i++) {
        snprintf(name, sizeof name, "%s%u.xml", begin, i);
        if (!package_part(p, name).at)
            continue;
        add_name(names, name);
        last = i;
    }
}

struct found {
    char body[256], footnotes[256], endnotes[256];
    enum ooxml_kind kind;
};

/* Writers put the body under names of their own; its type says what it is: of a document, a template, a show, with
 * macros or without. What is embedded has types without "main". */
static void note_part(struct found *f, const char *type, const char *name)
{
    int word = has(type, "wordprocessingml") || has(type, "ms-word"), body = has(type, ".main");
    if (word && body) {
        snprintf(f->body, sizeof f->body, "%s", name);
        f->kind = OOXML_TEXT;
    } else if (word && has(type, "footnotes+xml")) {
        snprintf(f->footnotes, sizeof f->footnotes, "%s", name);
    } else if (word && has(type, "endnotes+xml")) {
        snprintf(f->endnotes, sizeof f->endnotes, "%s", name);
    } else if (body && (has(type, "presentationml") || has(type, "ms-powerpoint"))) {
        f->kind = OOXML_SLIDES;
    } else if (body && (has(type, "spreadsheetml") || has(type, "ms-excel"))) {
        f->kind = OOXML_SHEETS;
    }
}

enum ooxml_kind ooxml_parts(const struct package *p, struct assay_buf *names, struct xml *x)
{
    struct assay_text types = package_part(p, "[Content_Types].xml");
    struct found found = {.kind = OOXML_OTHER};
    *x = (struct xml){0};
    if (!types.size)
        return OOXML_OTHER;
    if (!xml_open(x, types))
        return OOXML_BAD;
    enum xml_node node;
    while ((node = xml_next(x)) != XML_END && node != XML_BAD) {
        char type[256], name[256];
        if (node == XML_OPEN && strcmp(x->name, "Override") == 0 &&
            xml_attribute(x, "ContentType", type, sizeof type) && xml_attribute(x, "PartName", name, sizeof name))
            note_part(&found, type, name);
    }
    if (node == XML_BAD)
        return OOXML_BAD;
    if (found.kind == OOXML_SLIDES)
        add_numbered(p, "ppt/slides/slide", names);
    if (found.kind == OOXML_SHEETS)
        add_numbered(p, "xl/worksheets/sheet", names);
    const char *const parts[] = {found.body, found.footnotes, found.endnotes};
    for (size_t i = 0; i < 3 && found.kind == OOXML_TEXT; i++)
        if (*parts[i])
            add_name(names, parts[i]);
    return found.kind;
}

/* ---- text ---- */

/* pPr: tab stops are no tabs; del, moveFrom: change tracking; Fallback: a text box a second time, for old readers. */
static const char *const passed_over[] = {"pPr", "del", "moveFrom", "Fallback", NULL};

struct walk {
    struct xml *x;
    struct prose *prose;
    int in_text, in_code;   /* inside t; inside instrText */
    int raised, hidden;     /* the run in hand */
    uint32_t fields, muted; /* fields that are open; the one whose result is not text, from 1 */
};

static int is_off(struct xml *x)
{
    char value[16];
    return xml_attribute(x, "val", value, sizeof value) && (!strcmp(value, "0") || !strcmp(value, "false"));
}

/* What a field shows of pages and of other parts of the document is no prose of it. */
static int is_mute_code(const char *code)
{
    static const char *const mute[] = {"TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "INDEX"};
    code += strspn(code, " \t\r\n");
    for (size_t i = 0; i < sizeof mute / sizeof mute[0]; i++)
        if (strncmp(code, mute[i], strlen(mute[i])) == 0)
            return 1;
    return 0;
}

static void open_field(struct walk *w)
{
    char type[16];
    if (!xml_attribute(w->x, "fldCharType", type, sizeof type))
        return;
    if (strcmp(type, "begin") == 0) {
        w->fields++;
    } else if (strcmp(type, "end") == 0 && w->fields) {
        w->muted = w->muted == w->fields ? 0 : w->muted;
        w->fields--;
    }
}

static void open_run_mark(struct walk *w, const char *name)
{
    char value[32];
    if (strcmp(name, "vanish") == 0)
        w->hidden = !is_off(w->x);
    else if (strcmp(name, "vertAlign") == 0)
        w->raised = xml_attribute(w->x, "val", value, sizeof value) && strcmp(value, "superscript") == 0;
    else if (strcmp(name, "position") == 0)
        w->raised = xml_attribute(w->x, "val", value, sizeof value) && atoi(value) > 0;
    else if (strcmp(name, "rPr") == 0 && xml_attribute(w->x, "baseline", value, sizeof value)) /* of a slide */
        w->raised = atoi(value) > 0;
}

static void open_break(struct walk *w, const char *name)
{
    struct prose *p = w->prose;
    if (strcmp(name, "tab") == 0 || strcmp(name, "ptab") == 0)
        assay_gap_want(&p->gap, ASSAY_GAP_TAB);
    else if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0)
        assay_gap_want(&p->gap, ASSAY_GAP_LINE);
    else if (strcmp(name, "noBreakHyphen") == 0 && !w->hidden && !w->muted)
        prose_text(p, "-", 0);
}

static void open_block(struct walk *w, const char *name)
{
    if (strcmp(name, "p") == 0)
        prose_paragraph(w->prose);
    else if (strcmp(name, "tbl") == 0)
        assay_gap_want(&w->prose->gap, ASSAY_GAP_PARAGRAPH);
    else if (strcmp(name, "tr") == 0)
        prose_row(w->prose);
    else if (strcmp(name, "tc") == 0)
        prose_cell(w->prose);
    else if (strcmp(name, "r") == 0)
        w->raised = w->hidden = 0;
}

/* 1: what the element holds is not wanted. */
static int open_element(struct walk *w)
{
    char value[64];
    const char *name = w->x->name;
    if (xml_is(name, passed_over))
        return 1;
    if (strcmp(name, "fldSimple") == 0)
        return xml_attribute(w->x, "instr", value, sizeof value) && is_mute_code(value);
    if (strcmp(name, "fld") == 0)
        return xml_attribute(w->x, "type", value, sizeof value) && strcmp(value, "slidenum") == 0;
    w->in_text = strcmp(name, "t") == 0 && !w->x->empty;
    w->in_code = strcmp(name, "instrText") == 0 && !w->x->empty;
    if (strcmp(name, "fldChar") == 0)
        open_field(w);
    open_block(w, name);
    open_run_mark(w, name);
    open_break(w, name);
    return 0;
}

static void close_element(struct walk *w)
{
    const char *name = w->x->name;
    w->in_text = w->in_code = 0;
    if (strcmp(name, "p") == 0)
        prose_paragraph_end(w->prose);
    else if (strcmp(name, "tc") == 0)
        prose_cell_end(w->prose);
    else if (strcmp(name, "tbl") == 0)
        assay_gap_want(&w->prose->gap, w->prose->cells ? ASSAY_GAP_LINE : ASSAY_GAP_PARAGRAPH);
}

static void take_text(struct walk *w)
{
    if (w->in_code && w->fields && !w->muted && is_mute_code(w->x->text))
        w->muted = w->fields;
    else if (w->in_text && !w->hidden && !w->muted)
        prose_text(w->prose, w->x->text, w->raised);
}

int ooxml_text(struct prose *prose, struct xml *x)
{
    struct walk w = {.x = x, .prose = prose};
    prose->cells = 0;
    assay_gap_want(&prose->gap, ASSAY_GAP_PARAGRAPH);
    enum xml_node node = xml_next(x);
    while (node != XML_END && node != XML_BAD) {
        int skip = node == XML_OPEN && open_element(&w);
        if (node == XML_CLOSE)
            close_element(&w);
        else if (node == XML_TEXT)
            take_text(&w);
        node = skip ? xml_skip(x) : xml_next(x);
    }
    return node == XML_END;
}
