/* SPDX-License-Identifier: Apache-2.0
 *
 * Nodes to text: paragraphs with an empty line between, list items and rows on lines of their own, cells with a border.
 */
#include <assay/kit/gap.h>
#include <assay/kit/utf8.h>
#include <string.h>

#include "page.h"

struct writer {
    struct page_text *out;
    const struct tree *tree;
    struct assay_gap gap; /* what has to come before the next text */
    uint32_t space_begin, space_size; /* the white space of the input that ASSAY_GAP_SPACE stands for */
    int pre, superscript;
};

static uint32_t gap_of(uint32_t tag)
{
    switch (tag) {
    case TAG_LI:
    case TAG_DT:
    case TAG_DD:
    case TAG_TR:
    case TAG_OPTION:
    case TAG_CAPTION:
    case TAG_BR:
        return ASSAY_GAP_LINE;
    case TAG_TD:
    case TAG_TH:
        return ASSAY_GAP_CELL;
    case TAG_TBODY:
    case TAG_THEAD:
    case TAG_TFOOT:
        return ASSAY_GAP_NONE;
    default:
        return tag_is(tag) & IS_BLOCK ? ASSAY_GAP_PARAGRAPH : ASSAY_GAP_NONE;
    }
}

static void want(struct writer *w, uint32_t gap)
{
    assay_gap_want(&w->gap, gap);
}

/* A space that no white space of the input stands for. */
static void want_space(struct writer *w)
{
    if (w->gap.kind < ASSAY_GAP_SPACE)
        w->space_size = 0;
    want(w, ASSAY_GAP_SPACE);
}

static void write_gap(struct writer *w)
{
    struct assay_mapper *m = &w->out->mapper;
    int space = w->gap.kind == ASSAY_GAP_SPACE && w->space_size;
    uint32_t times;
    const char *text = assay_gap_take(&w->gap, &times);
    if (m->text.size == 0)
        return;
    for (uint32_t i = 0; i < times && !space; i++)
        assay_mapper_insert(m, text, strlen(text));
    if (!space)
        return;
    if (w->space_size == 1 && w->tree->input[w->space_begin] == ' ')
        assay_mapper_keep(m, w->tree->input, w->space_begin, 1);
    else
        assay_mapper_replace(m, w->space_begin, w->space_size, " ", 1);
}

static int is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* Characters that are no text: soft hyphens and zero-width spaces. */
static int is_nothing(uint32_t cp)
{
    return cp == 0xad || cp == 0x200b || cp == 0xfeff;
}

static uint32_t write_entity(struct writer *w, uint32_t at, uint32_t end)
{
    uint32_t cp, size = entity_at(w->tree->input + at, w->tree->input + end, &cp);
    char utf8[4];
    if (!size)
        return 0;
    if (is_nothing(cp))
        return size;
    if (cp < 0x80 && is_space((char)cp) && !w->pre) {
        want(w, ASSAY_GAP_SPACE);
        w->space_begin = at;
        w->space_size = size;
        return size;
    }
    write_gap(w);
    assay_mapper_replace(&w->out->mapper, at, size, utf8, assay_utf8_put(utf8, cp));
    return size;
}

static void write_pre(struct writer *w, uint32_t at, uint32_t end)
{
    while (at < end) {
        uint32_t begin = at;
        while (at < end && w->tree->input[at] != '&')
            at++;
        if (at > begin) {
            write_gap(w);
            assay_mapper_keep(&w->out->mapper, w->tree->input, begin, at - begin);
        }
        if (at == end)
            return;
        uint32_t size = write_entity(w, at, end);
        if (!size) {
            write_gap(w);
            assay_mapper_keep(&w->out->mapper, w->tree->input, at, 1);
            size = 1;
        }
        at += size;
    }
}

static void write_text(struct writer *w, uint32_t at, uint32_t end)
{
    const char *input = w->tree->input;
    if (w->pre) {
        write_pre(w, at, end);
        return;
    }
    while (at < end) {
        uint32_t begin = at;
        while (at < end && is_space(input[at]))
            at++;
        if (at > begin && w->gap.kind < ASSAY_GAP_SPACE) {
            w->gap.kind = ASSAY_GAP_SPACE;
            w->space_begin = begin;
            w->space_size = at - begin;
        }
        begin = at;
        while (at < end && input[at] != '&' && !is_space(input[at]))
            at++;
        if (at > begin) {
            write_gap(w);
            assay_mapper_keep(&w->out->mapper, input, begin, at - begin);
        }
        if (at < end && input[at] == '&') {
            uint32_t size = write_entity(w, at, end);
            if (!size) {
                write_gap(w);
                assay_mapper_keep(&w->out->mapper, input, at, 1);
                size = 1;
            }
            at += size;
        }
    }
}

/* 10<sup>6</sup> is no 106. */
static void write_power(struct writer *w, uint32_t i)
{
    const struct assay_buf *text = &w->out->mapper.text;
    const struct tree *t = w->tree;
    uint32_t k = i + 1;
    if (w->gap.kind != ASSAY_GAP_NONE || !text->size || text->at[text->size - 1] < '0' ||
        text->at[text->size - 1] > '9')
        return;
    if (k < t->node[i].last && t->node[k].tag == TAG_TEXT && t->input[t->node[k].begin] >= '0' &&
        t->input[t->node[k].begin] <= '9')
        assay_mapper_insert(&w->out->mapper, "^", 1);
}

/* ---- the walk ---- */

/* Open blocks, innermost last: what ends where. */
struct open {
    uint32_t node, last, tag, furniture; /* furniture: where its record is + 1 */
};

#define OPEN_MAX 300u /* more than the tree is deep */

/* A cell of so many bytes, tags and all, holds a figure or a name: its paragraphs and breaks do not break the row. */
#define CELL_SHORT 400u

struct walk {
    uint32_t cell, cell_end; /* the short cell in hand, and the node behind it */
    struct writer writer;
    struct open open[OPEN_MAX];
    uint32_t depth;
};

static void close_until(struct walk *k, uint32_t i)
{
    while (k->depth && k->open[k->depth - 1].last <= i) {
        const struct open *o = &k->open[--k->depth];
        int inside = o->node > k->cell && o->last <= k->cell_end;
        want(&k->writer, gap_of(o->tag) == ASSAY_GAP_CELL || inside ? ASSAY_GAP_NONE : gap_of(o->tag));
        k->writer.pre -= o->tag == TAG_PRE;
        if (o->furniture) {
            struct furniture *f = (struct furniture *)(void *)k->writer.out->furniture.at + (o->furniture - 1);
            f->end = (uint32_t)k->writer.out->mapper.text.size;
        }
    }
}

/* A cell is divided from the one before it in its row, not from the row's begin. */
static int is_first_cell(const struct tree *t, uint32_t i)
{
    for (uint32_t k = t->node[i].parent + 1; k < i; k = t->node[k].last)
        if (t->node[k].tag == TAG_TD || t->node[k].tag == TAG_TH)
            return 0;
    return 1;
}

/* The node behind a short cell that holds no table; 0: it is none. */
static uint32_t cell_end(const struct tree *t, uint32_t i)
{
    uint32_t last = t->node[i].last;
    if (t->node[last - 1].end - t->node[i].begin > CELL_SHORT)
        return 0;
    for (uint32_t k = i + 1; k < last; k++)
        if (t->node[k].tag == TAG_TABLE)
            return 0;
    return last;
}

static const char *reason_of(uint32_t tag)
{
    switch (tag) {
    case TAG_CODE:
    case TAG_PRE:
        return "code";
    case TAG_NAV:
        return "navigation";
    case TAG_HEADER:
        return "header";
    case TAG_FOOTER:
        return "footer";
    case TAG_ASIDE:
        return "aside";
    case TAG_FORM:
        return "form";
    default:
        return "furniture";
    }
}

static void enter(struct walk *k, uint32_t i, int furniture)
{
    const struct tree *t = k->writer.tree;
    uint32_t tag = t->node[i].tag;
    uint32_t gap = gap_of(tag);
    if (i < k->cell_end && gap > ASSAY_GAP_CELL) {
        want_space(&k->writer);
        gap = ASSAY_GAP_NONE;
    } else if (tag == TAG_BR) {
        want(&k->writer, k->writer.gap.kind == ASSAY_GAP_LINE ? ASSAY_GAP_PARAGRAPH : ASSAY_GAP_LINE);
        return;
    }
    if (tag == TAG_SUP)
        write_power(&k->writer, i);
    if (gap == ASSAY_GAP_CELL) {
        k->cell = i;
        k->cell_end = cell_end(t, i);
        gap = is_first_cell(t, i) ? ASSAY_GAP_NONE : ASSAY_GAP_CELL;
    }
    want(&k->writer, gap);
    if (t->node[i].last == i + 1 || k->depth == OPEN_MAX || (gap_of(tag) == ASSAY_GAP_NONE && !furniture))
        return;
    k->writer.pre += tag == TAG_PRE;
    uint32_t record = 0;
    if (furniture) {
        struct furniture f = {(uint32_t)k->writer.out->mapper.text.size, 0, reason_of(tag)};
        assay_buf_add(&k->writer.out->furniture, &f, sizeof f);
        record = (uint32_t)(k->writer.out->furniture.size / sizeof f);
    }
    k->open[k->depth++] = (struct open){i, t->node[i].last, tag, record};
}

static void write_range(struct walk *k, uint32_t begin, uint32_t end, uint32_t except, int all)
{
    const struct tree *t = k->writer.tree;
    for (uint32_t i = begin; i < end; i++) {
        close_until(k, i);
        const struct node *n = &t->node[i];
        int dropped = (n->marks & NODE_DROPPED) != 0, mute = (tag_is(n->tag) & IS_MUTE) || n->tag == TAG_HEAD;
        if (i == except || mute || (dropped && !all)) {
            want(&k->writer, gap_of(n->tag) == ASSAY_GAP_CELL ? ASSAY_GAP_NONE : gap_of(n->tag));
            i = n->last - 1;
            continue;
        }
        if (n->tag == TAG_TEXT)
            write_text(&k->writer, n->begin, n->end);
        else
            enter(k, i, (dropped && n->chars > 0) || code_node(t, i));
    }
    close_until(k, UINT32_MAX);
}

int page_write(struct page_text *out, const struct tree *t, uint32_t headline, int all)
{
    struct walk k = {.writer = {.out = out, .tree = t}};
    if (headline) {
        write_range(&k, headline, t->node[headline].last, 0, 1);
        want(&k.writer, ASSAY_GAP_PARAGRAPH);
    }
    write_range(&k, 1, t->count, headline, all);
    return !out->mapper.failed && !out->furniture.failed;
}
