/* SPDX-License-Identifier: Apache-2.0
 *
 * Nodes to text: paragraphs with an empty line between, list items and rows on lines of their own, cells with a border.
 */
#include <assay/kit/gap.h>
#include <assay/kit/utf8.h>
#include <string.h>

#include "card.h"
#include "page.h"

struct writer {
    struct page_text *out;
    const struct tree *tree;
    struct assay_gap gap; /* what has to come before the next text */
    uint32_t space_begin, space_size; /* the white space of the input that ASSAY_GAP_SPACE stands for */
    int pre, colon; /* colon: one comes before the gap */
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
    if (w->colon)
        assay_mapper_insert(m, ":", 1);
    w->colon = 0;
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

/* ---- raised characters ---- */

enum { NOTE = 6 }; /* characters of a note's mark at the most: "[12]", "1, 2" */

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What the node holds, in so many bytes; 0: more, or markup of another kind than a link. */
static size_t mark_of(const struct tree *t, uint32_t i, char mark[NOTE + 1])
{
    size_t n = 0;
    for (uint32_t k = i + 1; k < t->node[i].last; k++) {
        const struct node *node = t->node + k;
        if (node->tag != TAG_TEXT)
            continue;
        for (uint32_t b = node->begin; b < node->end; b++) {
            if (n == NOTE)
                return 0;
            mark[n] = t->input[b];
            n += !is_space(t->input[b]);
        }
    }
    mark[n] = 0;
    return n;
}

/* The number that ends the text: whether it is written with separators; *ten: it is 10 or 2, which have powers. */
static int is_parted(const char *text, size_t size, int *ten)
{
    size_t at = size, digits = 0;
    int parted = 0;
    while (at && size - at < 24 && (is_digit(text[at - 1]) || text[at - 1] == '.' || text[at - 1] == ',')) {
        at--;
        digits += is_digit(text[at]);
        parted |= !is_digit(text[at]);
    }
    *ten = !parted && ((digits == 2 && !memcmp(text + at, "10", 2)) || (digits == 1 && text[at] == '2'));
    return parted;
}

/* The mark of a note behind a figure: it says nothing of its value. A letter behind a whole number may be of an ordinal
 * ("2e", "1o"), a figure behind a unit its power. */
static int is_note(const struct writer *w, uint32_t i)
{
    const struct assay_buf *text = &w->out->mapper.text;
    char mark[NOTE + 1], last = text->size ? text->at[text->size - 1] : 0;
    size_t n = mark_of(w->tree, i, mark), letters = 0;
    int ten = 0;
    int money = text->size > 3 && !memcmp(text->at + text->size - 3, "\xe2\x82\xac", 3); /* "1.92 €" */
    if (!n || w->gap.kind != ASSAY_GAP_NONE || !(is_digit(last) || last == '%' || money))
        return 0;
    for (size_t k = 0; k < n; k++) {
        letters += (mark[k] | 32) >= 'a' && (mark[k] | 32) <= 'z';
        if (!is_digit(mark[k]) && !strchr("[](),*", mark[k]) && !letters)
            return 0;
    }
    int parted = is_digit(last) && is_parted(text->at, text->size, &ten);
    return letters ? letters == 1 && n - letters <= 2 && (parted || last == '%') : !ten;
}

/* 10<sup>6</sup> is no 106. */
static void write_power(struct writer *w, uint32_t i)
{
    const struct assay_buf *text = &w->out->mapper.text;
    char mark[NOTE + 1];
    if (w->gap.kind == ASSAY_GAP_NONE && text->size && is_digit(text->at[text->size - 1]) &&
        mark_of(w->tree, i, mark) && is_digit(mark[0]))
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
    uint32_t cell, cell_end; /* the short cell or card in hand, and the node behind it */
    struct card card;
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

/* A card is read as a line. */
static void enter_card(struct walk *k, uint32_t i)
{
    const struct tree *t = k->writer.tree;
    int term = t->node[i].tag == TAG_DT;
    if (!(term ? card_term(t, i, &k->card) : card_read(t, i, &k->card)))
        return;
    k->cell = term ? i - 1 : i;
    k->cell_end = k->card.end;
}

/* What comes before a part of a card. */
static void begin_part(struct walk *k, uint32_t i)
{
    if (i == k->card.figure)
        k->writer.colon = k->card.colon != 0;
    else if (i == k->card.note)
        want(&k->writer, ASSAY_GAP_LINE);
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
    if (gap > ASSAY_GAP_CELL && i >= k->cell_end)
        enter_card(k, i);
    if (tag == TAG_SUP)
        write_power(&k->writer, i);
    else if (gap == ASSAY_GAP_NONE && tag != TAG_TEXT && card_apart(t, i))
        want_space(&k->writer);
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
        if (i == except || mute || (dropped && !all) || (n->tag == TAG_SUP && is_note(&k->writer, i))) {
            want(&k->writer, gap_of(n->tag) == ASSAY_GAP_CELL ? ASSAY_GAP_NONE : gap_of(n->tag));
            i = n->last - 1;
            continue;
        }
        begin_part(k, i);
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
