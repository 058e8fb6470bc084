/* SPDX-License-Identifier: Apache-2.0
 *
 * What is no part of an article inside the boxes that were chosen for it: lists of links, forms, buttons to share.
 */
#include <string.h>

#include "card.h"
#include "main_text.h"

void node_drop(struct tree *t, uint32_t i)
{
    t->node[i].marks |= NODE_DROPPED;
}

int node_inside(const struct tree *t, uint32_t i, uint32_t tag, uint32_t levels)
{
    while (i && levels--) {
        i = t->node[i].parent;
        if (t->node[i].tag == tag)
            return 1;
    }
    return 0;
}

int node_link_density(const struct node *n)
{
    return n->chars ? (int)((uint64_t)n->links * ONE / n->chars) : 0;
}

struct census {
    uint32_t p, img, li, input, heading_chars, list_chars, embed;
};

static struct census count_inside(const struct tree *t, uint32_t box)
{
    struct census c = {0};
    for (uint32_t i = box + 1; i < t->node[box].last; i++) {
        const struct node *n = &t->node[i];
        if ((n->marks & NODE_DROPPED) && n->tag != TAG_INPUT && n->tag != TAG_EMBED && n->tag != TAG_IFRAME &&
            n->tag != TAG_OBJECT)
            continue;
        c.p += n->tag == TAG_P;
        c.img += n->tag == TAG_IMG;
        c.li += n->tag == TAG_LI;
        c.input += n->tag == TAG_INPUT;
        c.embed += n->tag == TAG_EMBED || n->tag == TAG_IFRAME || n->tag == TAG_OBJECT;
        c.heading_chars += n->tag >= TAG_H1 && n->tag <= TAG_H6 ? n->chars : 0;
        c.list_chars += n->tag == TAG_UL || n->tag == TAG_OL ? n->chars : 0;
    }
    return c;
}

static int is_data_table(const struct tree *t, uint32_t i)
{
    uint32_t rows = 0, cells = 0;
    char role[20];
    names_lower(role, sizeof role, tree_attribute(t, i, "role"));
    if (strcmp(role, "presentation") == 0)
        return 0;
    if (tree_attribute(t, i, "summary").size)
        return 1;
    for (uint32_t k = i + 1; k < t->node[i].last; k++) {
        uint32_t tag = t->node[k].tag;
        if (tag == TAG_TABLE)
            return 0;
        if (tag == TAG_CAPTION || tag == TAG_TH || tag == TAG_THEAD || tag == TAG_TFOOT || tag == TAG_COL)
            return 1;
        rows += tag == TAG_TR;
        cells += tag == TAG_TD;
    }
    return rows >= 10 || (rows && cells / rows > 4) || cells > 10;
}

/* 1 where a box of this kind looks like furniture: few sentences, many links, images, inputs or items. */
static int is_clutter(const struct tree *t, uint32_t i, int weigh)
{
    const struct node *n = &t->node[i];
    int weight = weigh ? names_weight(t, i) : 0, density = node_link_density(n);
    if (weight < 0)
        return 1;
    if (n->commas >= 10)
        return 0;
    struct census c = count_inside(t, i);
    int list =
        n->tag == TAG_UL || n->tag == TAG_OL || (n->chars && (uint64_t)c.list_chars * 10 > (uint64_t)n->chars * 9);
    int figure = node_inside(t, i, TAG_FIGURE, 3);
    uint64_t headings = n->chars ? (uint64_t)c.heading_chars * ONE / n->chars : 0;
    if (c.img > 1 && c.p * 2 < c.img && !figure)
        return 1;
    if (!list && c.li > c.p + 100)
        return 1;
    if (c.input > c.p / 3)
        return 1;
    if (!list && headings < ONE * 9 / 10 && n->chars < 25 && (c.img == 0 || c.img > 2) && !figure)
        return 1;
    if (!list && weight < 25 && density > ONE / 5)
        return 1;
    if (weight >= 25 && density > ONE / 2)
        return 1;
    return (c.embed == 1 && n->chars < 75) || c.embed > 1;
}

static int is_share_box(const struct tree *t, uint32_t i)
{
    struct names names;
    if (t->node[i].begin == t->node[i].end || t->node[i].chars >= ENOUGH_CHARS)
        return 0;
    names_read(t, i, &names);
    for (const char *p = names.both; (p = strstr(p, "share")) != NULL; p++) {
        char before = p > names.both ? p[-1] : ' ', after = p[5];
        if (strchr(" _-", before) && (after == 0 || strchr(" _-d", after)))
            return 1;
    }
    return 0;
}

void main_clean(struct tree *t, int weigh, int conditionally)
{
    for (uint32_t i = 1; i < t->count; i++) {
        struct node *n = &t->node[i];
        uint32_t tag = n->tag;
        if (n->marks & NODE_DROPPED) {
            i = n->last - 1;
            continue;
        }
        if (tag == TAG_TABLE && is_data_table(t, i)) {
            n->marks |= NODE_DATA;
            i = n->last - 1; /* figures live there: nothing is taken out of it */
            continue;
        }
        if (tag == TAG_CODE || tag == TAG_PRE ||
            ((tag == TAG_DIV || tag == TAG_LI) && (card_in_row(t, i) || node_inside(t, i, TAG_DL, 1)))) {
            i = n->last - 1;
            continue;
        }
        int conditional = tag == TAG_FORM || tag == TAG_FIELDSET || tag == TAG_TABLE || tag == TAG_UL ||
                          tag == TAG_OL || tag == TAG_DIV;
        if (tag == TAG_FOOTER || tag == TAG_ASIDE || tag == TAG_NAV || (tag != TAG_TEXT && is_share_box(t, i)) ||
            ((tag == TAG_H1 || tag == TAG_H2) && weigh && names_weight(t, i) < 0) ||
            (conditional && conditionally && is_clutter(t, i, weigh))) {
            node_drop(t, i);
            i = n->last - 1;
        }
    }
}
