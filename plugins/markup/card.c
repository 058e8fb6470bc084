/* SPDX-License-Identifier: Apache-2.0 */
#include "card.h"

#include <assay/kit/fold.h>
#include <assay/kit/utf8.h>
#include <string.h>

enum {
    NODES = 32,   /* of a card at the most */
    CHARS = 160,  /* of its text */
    PARTS = 3,
    LETTERS = 16, /* beside the digits of a figure: "54 300 рублей", "2.31 million" */
    WORDS = 3,
    ROW = 24      /* fellows looked at */
};

/* A part: text between two breaks. */
struct part {
    uint32_t node; /* its first text */
    uint32_t digits, letters, words, dots;
    uint32_t first, last, year; /* characters; the value of its digits while they are four at the most */
    int clock, after_digit;
};

static int breaks(uint32_t tag)
{
    return tag_is(tag) & IS_BLOCK || tag == TAG_DT || tag == TAG_DD || tag == TAG_LI;
}

/* What no card holds. */
static int is_foreign(uint32_t tag)
{
    return tag == TAG_TABLE || tag == TAG_TR || tag == TAG_TD || tag == TAG_UL || tag == TAG_OL || tag == TAG_DL ||
           tag == TAG_FORM || tag == TAG_INPUT || tag == TAG_BUTTON || tag == TAG_SELECT || tag == TAG_PRE ||
           tag == TAG_LI || tag == TAG_NAV || tag == TAG_CODE;
}

static void put_character(struct part *p, uint32_t cp, int *in_word)
{
    uint32_t class = assay_class(cp);
    if (class == ASSAY_CP_SPACE || class == ASSAY_CP_IGNORE) {
        *in_word = 0;
        p->after_digit = 0;
        return;
    }
    if (!p->first)
        p->first = cp;
    p->last = cp;
    int digit = cp >= '0' && cp <= '9';
    if (digit) {
        p->digits++;
        p->year = p->digits <= 4 ? p->year * 10 + (cp - '0') : 0;
    } else if (class == ASSAY_CP_LETTER || class == ASSAY_CP_IDEOGRAPH) {
        p->letters++;
        p->words += !*in_word;
    }
    *in_word = class == ASSAY_CP_LETTER || class == ASSAY_CP_MARK;
    p->clock |= cp == ':' && p->after_digit;
    p->dots += (cp == '.' || cp == '/' || cp == '-') && p->after_digit;
    p->after_digit = digit;
}

/* 0: there is nothing but white space. */
static int put_text(const struct tree *t, const struct node *n, struct part *p)
{
    const char *at = t->input + n->begin, *end = t->input + n->end;
    int in_word = 0;
    uint32_t seen = p->digits + p->letters;
    while (at < end) {
        uint32_t cp, size = *at == '&' ? entity_at(at, end, &cp) : 0;
        if (!size)
            size = assay_utf8_next(at, end, &cp);
        put_character(p, cp, &in_word);
        at += size;
    }
    return p->digits + p->letters > seen || p->first;
}

static int is_blank(const struct tree *t, const struct node *n)
{
    for (uint32_t i = n->begin; i < n->end; i++)
        if (t->input[i] != ' ' && t->input[i] != '\n' && t->input[i] != '\t' && t->input[i] != '\r')
            return 0;
    return 1;
}

static uint32_t block_of(const struct tree *t, uint32_t i, uint32_t root)
{
    for (i = t->node[i].parent; i > root && !breaks(t->node[i].tag); i = t->node[i].parent)
        ;
    return i;
}

/* The parts of nodes [from, last): how many; more than PARTS: it is no card. */
static uint32_t read_parts(const struct tree *t, uint32_t root, uint32_t last, struct part part[PARTS])
{
    uint32_t n = 0, block = 0, broken = 1;
    for (uint32_t i = root + 1; i < last; i++) {
        const struct node *node = t->node + i;
        if (node->marks & NODE_DROPPED || tag_is(node->tag) & IS_MUTE) {
            i = node->last - 1;
            continue;
        }
        if (is_foreign(node->tag))
            return PARTS + 1;
        broken |= node->tag == TAG_BR;
        if (node->tag != TAG_TEXT || is_blank(t, node))
            continue;
        uint32_t own = block_of(t, i, root);
        if (broken || own != block) {
            if (n == PARTS)
                return PARTS + 1;
            part[n++] = (struct part){.node = i};
        }
        block = own;
        broken = 0;
        put_text(t, node, part + n - 1);
    }
    return n;
}

static int is_mark(uint32_t cp)
{
    return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026 || cp == ',' || cp == ';';
}

/* A number with its unit or scale, and no date, hour or year. */
static int is_figure(const struct part *p)
{
    if (!p->digits || p->letters > LETTERS || p->words > WORDS || p->clock || p->dots > 2)
        return 0;
    if (p->dots == 2 && p->digits >= 6 && p->digits <= 8 && !p->letters)
        return 0; /* 31.12.2023 */
    if (p->digits == 4 && !p->letters && !p->dots && p->year >= 1700 && p->year < 2100)
        return 0;
    return assay_class(p->first) != ASSAY_CP_LETTER && p->first != '(' && p->first != '[' && p->first != '#';
}

static int is_label(const struct part *p)
{
    return p->letters >= 3 && p->letters > p->digits && !is_mark(p->last) && p->first != '(';
}

int card_read(const struct tree *t, uint32_t i, struct card *card)
{
    const struct node *n = t->node + i;
    struct part part[PARTS];
    if (n->last - i > NODES || n->last - i < 4 || n->chars > CHARS || !breaks(n->tag) ||
        (is_foreign(n->tag) && n->tag != TAG_LI))
        return 0;
    uint32_t count = read_parts(t, i, n->last, part);
    if (count < 2 || count > PARTS)
        return 0;
    int figure_first = is_figure(part) && is_label(part + 1);
    if (!figure_first && !(is_label(part) && is_figure(part + 1)))
        return 0;
    card->end = n->last;
    card->figure = part[1].node;
    card->colon = !figure_first && part[0].last != ':';
    /* "1.274" above "km²": its unit is no third part */
    card->note = count == PARTS && (part[2].digits || part[2].words > 1 || figure_first) ? part[2].node : 0;
    return 1;
}

int card_term(const struct tree *t, uint32_t i, struct card *card)
{
    const struct node *n = t->node + i;
    struct part part[PARTS];
    if (n->tag != TAG_DT || n->last - i > NODES || n->chars > CHARS / 2)
        return 0;
    uint32_t next = n->last;
    while (next < t->count && t->node[next].tag == TAG_TEXT && is_blank(t, t->node + next))
        next++;
    if (next >= t->count || t->node[next].tag != TAG_DD || t->node[next].parent != n->parent ||
        t->node[next].last - next > NODES || t->node[next].chars > CHARS ||
        read_parts(t, i, n->last, part) != 1 || !is_label(part))
        return 0;
    uint32_t colon = part[0].last != ':';
    if (read_parts(t, next, t->node[next].last, part) != 1)
        return 0;
    *card = (struct card){t->node[next].last, part[0].node, colon, 0};
    return 1;
}

int card_apart(const struct tree *t, uint32_t i)
{
    const struct node *n = t->node + i;
    uint32_t before = 0;
    struct part part[PARTS], label[PARTS];
    if (n->tag == TAG_SUP || n->tag == TAG_SUB || n->last - i > NODES || i < 2)
        return 0;
    for (uint32_t k = i - 1; k > n->parent && i - k <= NODES; k--) /* the one that ends where this one begins */
        if (t->node[k].parent == n->parent) {
            before = k;
            break;
        }
    if (!before || t->node[before].last != i || t->node[before].tag == TAG_TEXT || i - before > NODES ||
        breaks(t->node[before].tag) || t->node[before].tag == TAG_SUP || t->node[before].tag == TAG_BR)
        return 0;
    if (read_parts(t, before, i, part) != 1 || read_parts(t, i, n->last, label) != 1 || !is_figure(part))
        return 0;
    return label->letters >= 3 && assay_class(label->first) == ASSAY_CP_LETTER; /* no "12" beside "th" */
}

static int same_class(const struct tree *t, uint32_t a, uint32_t b)
{
    struct assay_text x = tree_attribute(t, a, "class"), y = tree_attribute(t, b, "class");
    return x.size == y.size && (!x.size || !memcmp(x.at, y.at, x.size));
}

int card_in_row(const struct tree *t, uint32_t i)
{
    struct card card;
    uint32_t up = t->node[i].parent, seen = 0;
    if (!card_read(t, i, &card))
        return 0;
    for (uint32_t k = up + 1; k < t->node[up].last && seen < ROW; k = t->node[k].last) {
        if (t->node[k].tag != t->node[i].tag || k == i)
            continue;
        seen++;
        if (same_class(t, i, k) && card_read(t, k, &card))
            return 1;
    }
    return 0;
}
