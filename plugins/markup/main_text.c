/* SPDX-License-Identifier: Apache-2.0
 *
 * The idea of scoring paragraphs and climbing to the box that holds them is Arc90's "Readability" (2010), which
 * browsers' reader modes still use; the code and its numbers are fitted to whole numbers and to a flat tree here.
 */
#include <stdlib.h>
#include <string.h>

#include "card.h"
#include "page.h"

#define ONE 256 /* a point */
#define ENOUGH_CHARS 500u

/* ---- names of classes ---- */

static const char *const unlikely[] = {"-ad-",         "ai2html",    "banner",     "breadcrumb", "combx",     "comment",
                                       "community",    "cover-wrap", "disqus",     "extra",      "footer",    "gdpr",
                                       "header",       "legends",    "menu",       "related",    "remark",    "replies",
                                       "rss",          "shoutbox",   "sidebar",    "skyscraper", "social",    "sponsor",
                                       "supplemental", "ad-break",   "agegate",    "pagination", "pager",     "popup",
                                       "cookie",       "consent",    "newsletter", "subscribe",  "share",     "promo",
                                       "paywall",      "recommend",  "read-more",  "readmore",   "also-read", NULL};
static const char *const maybe[] = {"and", "article", "body", "column", "content", "main", "mathjax", "shadow", NULL};
static const char *const positive[] = {"article", "body",       "content", "entry", "hentry", "h-entry", "main",
                                       "page",    "pagination", "post",    "text",  "blog",   "story",   NULL};
static const char *const negative[] = {
    "-ad-",     "hidden",     "banner",  "combx",    "comment", "com-",    "contact", "footer",     "gdpr",
    "masthead", "media",      "meta",    "outbrain", "promo",   "related", "scroll",  "share",      "shoutbox",
    "sidebar",  "skyscraper", "sponsor", "shopping", "tags",    "widget",  "cookie",  "newsletter", NULL};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* 1 where one of the words occurs in the (lower-case) name. */
static int has_any(const char *name, const char *const *words)
{
    for (; *words; words++)
        if (strstr(name, *words))
            return 1;
    return 0;
}

static size_t lower_into(char *to, size_t room, struct assay_text text)
{
    size_t n = text.size < room - 1 ? text.size : room - 1;
    for (size_t i = 0; i < n; i++)
        to[i] = lower(text.at[i]);
    to[n] = 0;
    return n;
}

struct names {
    char class_[200], id[100], both[304];
};

static void read_names(const struct tree *t, uint32_t i, struct names *names)
{
    lower_into(names->class_, sizeof names->class_, tree_attribute(t, i, "class"));
    lower_into(names->id, sizeof names->id, tree_attribute(t, i, "id"));
    size_t n = strlen(names->class_);
    memcpy(names->both, names->class_, n);
    names->both[n] = ' ';
    strcpy(names->both + n + 1, names->id);
}

static int weight_of(const char *name)
{
    if (!*name)
        return 0;
    return (has_any(name, positive) ? 25 : 0) - (has_any(name, negative) ? 25 : 0);
}

static int class_weight(const struct tree *t, uint32_t i)
{
    struct names names;
    read_names(t, i, &names);
    return weight_of(names.class_) + weight_of(names.id);
}

/* ---- marking ---- */

static void drop(struct tree *t, uint32_t i)
{
    t->node[i].marks |= NODE_DROPPED;
}

static int inside(const struct tree *t, uint32_t i, uint32_t tag, uint32_t levels)
{
    while (i && levels--) {
        i = t->node[i].parent;
        if (t->node[i].tag == tag)
            return 1;
    }
    return 0;
}

static int contains(const char *text, const char *word)
{
    return strstr(text, word) != NULL;
}

static int is_hidden(const struct tree *t, uint32_t i)
{
    char value[200];
    if (t->node[i].begin == t->node[i].end)
        return 0;
    lower_into(value, sizeof value, tree_attribute(t, i, "style"));
    if (contains(value, "display:none") || contains(value, "display: none") || contains(value, "visibility:hidden"))
        return 1;
    if (tree_attribute(t, i, "hidden").at)
        return 1;
    lower_into(value, sizeof value, tree_attribute(t, i, "aria-hidden"));
    return strcmp(value, "true") == 0 && !inside(t, i, TAG_FIGURE, 3);
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
    read_names(t, i, &names);
    if (has_any(names.both, unlikely) && !has_any(names.both, maybe) && !inside(t, i, TAG_TABLE, 8) &&
        !inside(t, i, TAG_CODE, 8))
        return 1;
    char role[40];
    lower_into(role, sizeof role, tree_attribute(t, i, "role"));
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
            drop(t, i);
    }
}

static void mark_unlikely(struct tree *t)
{
    for (uint32_t i = 1; i < t->count; i++) {
        if (t->node[i].marks & NODE_DROPPED)
            i = t->node[i].last - 1;
        else if (t->node[i].tag != TAG_TEXT && is_unlikely(t, i))
            drop(t, i);
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
    return (points + (weigh ? class_weight(t, i) : 0)) * ONE;
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

/* Share of the text that stands in links, in 1/256. */
static int link_density(const struct node *n)
{
    return n->chars ? (int)((uint64_t)n->links * ONE / n->chars) : 0;
}

/* ---- choosing ---- */

/* A box around one paragraph and nothing else is that paragraph. */
static int is_wrapper(const struct tree *t, uint32_t i)
{
    const struct node *n = &t->node[i];
    if (n->tag != TAG_DIV || n->blocks != 1)
        return 0;
    for (uint32_t k = i + 1; k < n->last; k = t->node[k].last)
        if (t->node[k].tag == TAG_P && !(t->node[k].marks & NODE_DROPPED))
            return t->node[k].chars == n->chars && link_density(n) < ONE / 4;
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
        n->score = (int)((int64_t)n->score * (ONE - link_density(n)) / ONE);
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
    if (n->tag == TAG_FIGURE && n->chars && !link_density(n) && !is_unlikely(t, i))
        return 1; /* its caption */
    if ((n->tag != TAG_P && !(n->tag == TAG_DIV && n->blocks == 0) && !is_wrapper(t, i)) || is_unlikely(t, i))
        return 0;
    int density = link_density(n);
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
            drop(t, i);
    while (parent) {
        uint32_t child = parent;
        parent = t->node[parent].parent;
        for (uint32_t i = parent + 1; i < t->node[parent].last; i = t->node[i].last)
            if (i != child)
                drop(t, i);
    }
}

/* ---- cleaning what is left ---- */

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
    lower_into(role, sizeof role, tree_attribute(t, i, "role"));
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
    int weight = weigh ? class_weight(t, i) : 0, density = link_density(n);
    if (weight < 0)
        return 1;
    if (n->commas >= 10)
        return 0;
    struct census c = count_inside(t, i);
    int list =
        n->tag == TAG_UL || n->tag == TAG_OL || (n->chars && (uint64_t)c.list_chars * 10 > (uint64_t)n->chars * 9);
    int figure = inside(t, i, TAG_FIGURE, 3);
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
    read_names(t, i, &names);
    for (const char *p = names.both; (p = strstr(p, "share")) != NULL; p++) {
        char before = p > names.both ? p[-1] : ' ', after = p[5];
        if (strchr(" _-", before) && (after == 0 || strchr(" _-d", after)))
            return 1;
    }
    return 0;
}

static void clean(struct tree *t, int weigh, int conditionally)
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
        if (tag == TAG_CODE || tag == TAG_PRE || ((tag == TAG_DIV || tag == TAG_LI) && (card_in_row(t, i) || inside(t, i, TAG_DL, 1)))) {
            i = n->last - 1;
            continue;
        }
        int conditional = tag == TAG_FORM || tag == TAG_FIELDSET || tag == TAG_TABLE || tag == TAG_UL ||
                          tag == TAG_OL || tag == TAG_DIV;
        if (tag == TAG_FOOTER || tag == TAG_ASIDE || tag == TAG_NAV || (tag != TAG_TEXT && is_share_box(t, i)) ||
            ((tag == TAG_H1 || tag == TAG_H2) && weigh && class_weight(t, i) < 0) ||
            (conditional && conditionally && is_clutter(t, i, weigh))) {
            drop(t, i);
            i = n->last - 1;
        }
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
        clean(t, weigh, conditionally);
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
