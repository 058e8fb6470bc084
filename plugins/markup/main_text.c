/* SPDX-License-Identifier: Apache-2.0
 *
 * The idea of scoring paragraphs and climbing to the box that holds them is Arc90's "Readability" (2010), which
 * browsers' reader modes still use; the code and its numbers are fitted to whole numbers and to a flat tree here.
 */
#include <stdlib.h>
#include <string.h>

#include "card.h"
#include "main_text.h"
#include "page.h"

/* ---- marking ---- */

static int contains(const char *text, const char *word)
{
    return strstr(text, word) != NULL;
}

static int is_hidden(const struct tree *t, uint32_t i)
{
    char value[200];
    if (t->node[i].begin == t->node[i].end)
        return 0;
    names_lower(value, sizeof value, tree_attribute(t, i, "style"));
    if (contains(value, "display:none") || contains(value, "display: none") || contains(value, "visibility:hidden"))
        return 1;
    if (tree_attribute(t, i, "hidden").at)
        return 1;
    names_lower(value, sizeof value, tree_attribute(t, i, "aria-hidden"));
    return strcmp(value, "true") == 0 && !node_inside(t, i, TAG_FIGURE, 3);
}

static int is_role(const char *role)
{
    static const char *const roles[] = {"menu",  "menubar",     "complementary", "navigation",
                                        "alert", "alertdialog", "dialog"};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (strcmp(role, roles[i]) == 0)
            return 1;
    return 0;
}

static int is_unlikely(const struct tree *t, uint32_t i)
{
    uint32_t tag = t->node[i].tag;
    struct names names;
    if (tag == TAG_BODY || tag == TAG_A || tag == TAG_HTML || t->node[i].begin == t->node[i].end)
        return 0;
    names_read(t, i, &names);
    if (names_unlikely(&names) && !node_inside(t, i, TAG_TABLE, 8) &&
        !node_inside(t, i, TAG_CODE, 8))
        return 1;
    char role[40];
    names_lower(role, sizeof role, tree_attribute(t, i, "role"));
    return is_role(role);
}

/* Boxes that are never the article, whatever else there is. */
static void mark_mute(struct tree *t)
{
    for (uint32_t i = 1; i < t->count; i++) {
        struct node *n = &t->node[i];
        if (n->marks & NODE_DROPPED)
            continue;
        if ((tag_is(n->tag) & IS_MUTE) || n->tag == TAG_HEAD || (n->tag != TAG_TEXT && is_hidden(t, i)))
            node_drop(t, i);
    }
}

static void mark_unlikely(struct tree *t)
{
    for (uint32_t i = 1; i < t->count; i++) {
        if (t->node[i].marks & NODE_DROPPED)
            i = t->node[i].last - 1;
        else if (t->node[i].tag != TAG_TEXT && is_unlikely(t, i))
            node_drop(t, i);
    }
}

/* Sums of what is left after boxes were dropped. */
static void sum_left(struct tree *t)
{
    for (uint32_t i = 0; i < t->count; i++)
        if (t->node[i].tag != TAG_TEXT)
            t->node[i].chars = t->node[i].links = t->node[i].commas = t->node[i].blocks = 0;
    for (uint32_t i = t->count; i-- > 1;) {
        struct node *n = &t->node[i], *up = &t->node[n->parent];
        if (n->marks & NODE_DROPPED)
            continue;
        if (n->tag == TAG_A)
            n->links = tree_attribute(t, i, "href").size && tree_attribute(t, i, "href").at[0] == '#' ? n->chars / 3
                                                                                                      : n->chars;
        up->chars += n->chars;
        up->links += n->links;
        up->commas += n->commas;
        up->blocks += n->blocks + ((tag_is(n->tag) & IS_BLOCK) != 0);
    }
}

/* ---- points ---- */

static int start_points(const struct tree *t, uint32_t i, int weigh)
{
    int points = 0;
    switch (t->node[i].tag) {
    case TAG_DIV:
        points = 5;
        break;
    case TAG_PRE:
    case TAG_TD:
    case TAG_BLOCKQUOTE:
        points = 3;
        break;
    case TAG_ADDRESS:
    case TAG_OL:
    case TAG_UL:
    case TAG_DL:
    case TAG_DD:
    case TAG_DT:
    case TAG_LI:
    case TAG_FORM:
        points = -3;
        break;
    case TAG_H1:
    case TAG_H2:
    case TAG_H3:
    case TAG_H4:
    case TAG_H5:
    case TAG_H6:
    case TAG_TH:
        points = -5;
        break;
    default:
        break;
    }
    return (points + (weigh ? names_weight(t, i) : 0)) * ONE;
}

/* Paragraphs, and boxes without boxes inside, which are paragraphs of careless pages. */
static int is_paragraph(const struct node *n)
{
    switch (n->tag) {
    case TAG_SECTION:
    case TAG_H2:
    case TAG_H3:
    case TAG_H4:
    case TAG_H5:
    case TAG_H6:
    case TAG_P:
    case TAG_TD:
    case TAG_PRE:
        return 1;
    case TAG_DIV:
        return n->blocks == 0;
    default:
        return 0;
    }
}

/* Text that stands in a box of boxes without a paragraph of its own, between its blocks. */
static uint32_t loose_text(const struct tree *t, uint32_t box)
{
    uint32_t chars = 0;
    for (uint32_t i = box + 1; i < t->node[box].last; i = t->node[i].last)
        if (!(t->node[i].marks & NODE_DROPPED) && !(tag_is(t->node[i].tag) & IS_BLOCK))
            chars += t->node[i].chars;
    return chars;
}

struct scoring {
    struct tree *tree;
    int weigh;
    unsigned char *scored; /* of each node */
};

/* ---- choosing ---- */

/* A box around one paragraph and nothing else is that paragraph. */
static int is_wrapper(const struct tree *t, uint32_t i)
{
    const struct node *n = &t->node[i];
    if (n->tag != TAG_DIV || n->blocks != 1)
        return 0;
    for (uint32_t k = i + 1; k < n->last; k = t->node[k].last)
        if (t->node[k].tag == TAG_P && !(t->node[k].marks & NODE_DROPPED))
            return t->node[k].chars == n->chars && node_link_density(n) < ONE / 4;
    return 0;
}

static void give(struct scoring *s, uint32_t from, int points)
{
    struct tree *t = s->tree;
    uint32_t up = t->node[from].parent;
    if (is_wrapper(t, up))
        up = t->node[up].parent;
    for (int level = 0; level < 5 && up; level++, up = t->node[up].parent) {
        if (!s->scored[up]) {
            s->scored[up] = 1;
            t->node[up].score = start_points(t, up, s->weigh);
        }
        t->node[up].score += points / (level == 0 ? 1 : level == 1 ? 2 : level * 3);
    }
}

static void score_all(struct scoring *s)
{
    struct tree *t = s->tree;
    for (uint32_t i = 1; i < t->count; i++) {
        struct node *n = &t->node[i];
        if (n->marks & NODE_DROPPED) {
            i = n->last - 1;
            continue;
        }
        if (n->tag == TAG_DIV && card_in_row(t, i)) { /* a row of figures is part of an article, and none itself */
            give(s, n->parent, 2 * ONE);
            i = n->last - 1;
            continue;
        }
        uint32_t chars = is_paragraph(n) ? n->chars : 0, commas = n->commas;
        if (!chars && (n->tag == TAG_DIV || n->tag == TAG_ARTICLE || n->tag == TAG_MAIN)) {
            chars = loose_text(t, i);
            commas = chars / 60;
        }
        if (chars < 25)
            continue;
        uint32_t length = chars / 100 < 3 ? chars * ONE / 100 : 3 * ONE;
        give(s, i, (int)(ONE + (commas < 10000 ? commas : 10000) * ONE + ONE + length));
    }
}

static uint32_t best_box(const struct scoring *s)
{
    const struct tree *t = s->tree;
    uint32_t best = 0;
    int64_t most = 0;
    for (uint32_t i = 1; i < t->count; i++) {
        if (!s->scored[i])
            continue;
        struct node *n = &s->tree->node[i];
        n->score = (int)((int64_t)n->score * (ONE - node_link_density(n)) / ONE);
        if (n->score > most) {
            most = n->score;
            best = i;
        }
    }
    return best;
}

/* Several good boxes under one roof: the roof. Then up while the points do not fall, and past only children. */
static uint32_t climb(const struct scoring *s, uint32_t best)
{
    const struct tree *t = s->tree;
    int64_t top = t->node[best].score;
    for (uint32_t up = t->node[best].parent; up && t->node[up].tag != TAG_BODY; up = t->node[up].parent) {
        int good = 0;
        for (uint32_t i = up + 1; i < t->node[up].last; i++)
            good += s->scored[i] && t->node[i].score * 4 >= top * 3;
        if (good >= 4) {
            best = up;
            break;
        }
    }
    int64_t last = t->node[best].score, least = last / 3;
    for (uint32_t up = t->node[best].parent; up && t->node[up].tag != TAG_BODY; up = t->node[up].parent) {
        if (!s->scored[up])
            continue;
        if (t->node[up].score < least)
            break;
        if (t->node[up].score > last) {
            best = up;
            break;
        }
        last = t->node[up].score;
    }
    for (uint32_t up = t->node[best].parent; up && t->node[up].tag != TAG_BODY; up = t->node[up].parent) {
        if (t->node[up].chars != t->node[best].chars)
            break;
        best = up;
    }
    return best;
}

static int ends_sentence(const struct tree *t, uint32_t i)
{
    for (uint32_t k = t->node[i].last; k-- > i;) {
        const struct node *n = &t->node[k];
        if (n->tag != TAG_TEXT || n->chars == 0)
            continue;
        for (uint32_t p = n->end; p-- > n->begin;) {
            char c = t->input[p];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
                return c == '.' || c == '!' || c == '?';
        }
    }
    return 0;
}

static int is_good_sibling(const struct scoring *s, uint32_t i, uint32_t best, struct assay_text class_)
{
    const struct tree *t = s->tree;
    const struct node *n = &t->node[i];
    int64_t threshold = t->node[best].score / 5 > 10 * ONE ? t->node[best].score / 5 : 10 * ONE;
    struct assay_text own = tree_attribute(t, i, "class");
    int same = class_.size && own.size == class_.size && memcmp(own.at, class_.at, own.size) == 0;
    if (s->scored[i] && n->score + (same ? t->node[best].score / 5 : 0) >= threshold)
        return 1;
    if (n->tag == TAG_FIGURE && n->chars && !node_link_density(n) && !is_unlikely(t, i))
        return 1; /* its caption */
    if ((n->tag != TAG_P && !(n->tag == TAG_DIV && n->blocks == 0) && !is_wrapper(t, i)) || is_unlikely(t, i))
        return 0;
    int density = node_link_density(n);
    return (n->chars > 80 && density < ONE / 4) ||
           (n->chars > 0 && n->chars <= 80 && density == 0 && ends_sentence(t, i));
}

/* Drops all but the box, its good siblings and what they hold. */
static void keep_only(const struct scoring *s, uint32_t best)
{
    struct tree *t = s->tree;
    uint32_t parent = t->node[best].parent;
    struct assay_text class_ = tree_attribute(t, best, "class");
    for (uint32_t i = parent + 1; i < t->node[parent].last; i = t->node[i].last)
        if (i != best && (t->node[i].tag == TAG_TEXT || !is_good_sibling(s, i, best, class_)))
            node_drop(t, i);
    while (parent) {
        uint32_t child = parent;
        parent = t->node[parent].parent;
        for (uint32_t i = parent + 1; i < t->node[parent].last; i = t->node[i].last)
            if (i != child)
                node_drop(t, i);
    }
}

/* ---- all of it ---- */

static uint32_t chars_left(struct tree *t)
{
    sum_left(t);
    return t->node[0].chars;
}

static uint32_t attempt(struct tree *t, unsigned char *scored, int unlikely_too, int weigh, int conditionally)
{
    struct scoring s = {t, weigh, scored};
    memset(scored, 0, t->count);
    for (uint32_t i = 0; i < t->count; i++) {
        t->node[i].marks = 0;
        t->node[i].score = 0;
    }
    mark_mute(t);
    if (unlikely_too)
        mark_unlikely(t);
    sum_left(t);
    score_all(&s);
    uint32_t best = best_box(&s);
    if (best) {
        best = climb(&s, best);
        keep_only(&s, best);
        sum_left(t);
        main_clean(t, weigh, conditionally);
    }
    return chars_left(t);
}

void main_mark(struct tree *t)
{
    static const unsigned char tries[4][3] = {{1, 1, 1}, {0, 1, 1}, {0, 0, 1}, {0, 0, 0}};
    unsigned char *scored = malloc(t->count);
    uint32_t most = 0, best = 0, strict = 0;
    if (!scored)
        return;
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t chars = attempt(t, scored, tries[i][0], tries[i][1], tries[i][2]);
        if (chars >= ENOUGH_CHARS) {
            free(scored);
            return;
        }
        strict = i == 0 ? chars : strict;
        if (chars > most) {
            most = chars;
            best = i;
        }
    }
    /* A short article is no reason to let the furniture in, unless it is most of what there is. */
    if (strict >= 100 && (uint64_t)strict * 2 >= most)
        best = 0;
    if (best != 3)
        attempt(t, scored, tries[best][0], tries[best][1], tries[best][2]);
    free(scored);
}
