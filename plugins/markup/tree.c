/* SPDX-License-Identifier: Apache-2.0 */
#include "tree.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Pages nest a few dozen deep. What is deeper belongs to the innermost box: some work is done per box and level. */
#define DEPTH_MAX 256u

/* ---- tags ---- */

/* Sorted by name. */
static const struct known {
    const char *name;
    uint32_t tag;
} known_tags[] = {
    {"a", TAG_A}, {"address", TAG_ADDRESS}, {"applet", TAG_OBJECT}, {"article", TAG_ARTICLE}, {"aside", TAG_ASIDE},
    {"audio", TAG_VIDEO}, {"b", TAG_B}, {"base", TAG_BASE}, {"blockquote", TAG_BLOCKQUOTE}, {"body", TAG_BODY},
    {"br", TAG_BR}, {"button", TAG_BUTTON}, {"canvas", TAG_OBJECT}, {"caption", TAG_CAPTION}, {"center", TAG_DIV},
    {"code", TAG_CODE}, {"col", TAG_COL}, {"dd", TAG_DD}, {"details", TAG_DETAILS}, {"dialog", TAG_ASIDE},
    {"dir", TAG_UL}, {"div", TAG_DIV}, {"dl", TAG_DL}, {"dt", TAG_DT}, {"em", TAG_EM}, {"embed", TAG_EMBED},
    {"fieldset", TAG_FIELDSET}, {"figcaption", TAG_FIGCAPTION}, {"figure", TAG_FIGURE}, {"footer", TAG_FOOTER},
    {"form", TAG_FORM}, {"frame", TAG_SOURCE}, {"h1", TAG_H1}, {"h2", TAG_H2}, {"h3", TAG_H3}, {"h4", TAG_H4},
    {"h5", TAG_H5}, {"h6", TAG_H6}, {"head", TAG_HEAD}, {"header", TAG_HEADER}, {"hgroup", TAG_HEADER},
    {"hr", TAG_HR}, {"html", TAG_HTML}, {"i", TAG_I}, {"iframe", TAG_IFRAME}, {"img", TAG_IMG},
    {"input", TAG_INPUT}, {"kbd", TAG_CODE}, {"label", TAG_LABEL}, {"li", TAG_LI}, {"link", TAG_LINK}, {"main", TAG_MAIN},
    {"menu", TAG_UL}, {"meta", TAG_META}, {"nav", TAG_NAV}, {"noembed", TAG_IFRAME}, {"noframes", TAG_IFRAME},
    {"noscript", TAG_NOSCRIPT}, {"object", TAG_OBJECT}, {"ol", TAG_OL}, {"optgroup", TAG_OTHER},
    {"option", TAG_OPTION}, {"p", TAG_P}, {"param", TAG_SOURCE}, {"pre", TAG_PRE}, {"samp", TAG_CODE}, {"script", TAG_SCRIPT},
    {"section", TAG_SECTION}, {"select", TAG_SELECT}, {"source", TAG_SOURCE}, {"span", TAG_SPAN},
    {"strong", TAG_STRONG}, {"style", TAG_STYLE}, {"sub", TAG_SUB}, {"summary", TAG_P}, {"sup", TAG_SUP},
    {"svg", TAG_SVG}, {"table", TAG_TABLE}, {"tbody", TAG_TBODY}, {"td", TAG_TD}, {"template", TAG_TEMPLATE},
    {"textarea", TAG_TEXTAREA}, {"tfoot", TAG_TFOOT}, {"th", TAG_TH}, {"thead", TAG_THEAD}, {"time", TAG_TIME},
    {"title", TAG_TITLE}, {"tr", TAG_TR}, {"track", TAG_SOURCE}, {"ul", TAG_UL}, {"video", TAG_VIDEO},
    {"wbr", TAG_WBR},
};
enum { KNOWN = sizeof known_tags / sizeof known_tags[0] };

static const unsigned char is_of[TAGS] = {
    [TAG_ADDRESS] = IS_BLOCK, [TAG_ARTICLE] = IS_BLOCK, [TAG_ASIDE] = IS_BLOCK, [TAG_BASE] = IS_VOID,
    [TAG_BLOCKQUOTE] = IS_BLOCK, [TAG_BODY] = IS_BLOCK, [TAG_BR] = IS_VOID, [TAG_BUTTON] = IS_MUTE,
    [TAG_CAPTION] = IS_BLOCK, [TAG_COL] = IS_VOID, [TAG_DD] = IS_BLOCK, [TAG_DETAILS] = IS_BLOCK,
    [TAG_DIV] = IS_BLOCK, [TAG_DL] = IS_BLOCK, [TAG_DT] = IS_BLOCK, [TAG_EMBED] = IS_VOID,
    [TAG_FIELDSET] = IS_BLOCK, [TAG_FIGCAPTION] = IS_BLOCK, [TAG_FIGURE] = IS_BLOCK, [TAG_FOOTER] = IS_BLOCK,
    [TAG_FORM] = IS_BLOCK, [TAG_H1] = IS_BLOCK, [TAG_H2] = IS_BLOCK, [TAG_H3] = IS_BLOCK, [TAG_H4] = IS_BLOCK,
    [TAG_H5] = IS_BLOCK, [TAG_H6] = IS_BLOCK, [TAG_HEAD] = IS_BLOCK, [TAG_HEADER] = IS_BLOCK,
    [TAG_HR] = IS_BLOCK | IS_VOID, [TAG_HTML] = IS_BLOCK, [TAG_IFRAME] = IS_RAW | IS_MUTE, [TAG_IMG] = IS_VOID,
    [TAG_INPUT] = IS_VOID, [TAG_LI] = IS_BLOCK, [TAG_LINK] = IS_VOID, [TAG_MAIN] = IS_BLOCK, [TAG_META] = IS_VOID,
    [TAG_NAV] = IS_BLOCK, [TAG_NOSCRIPT] = IS_MUTE, [TAG_OBJECT] = IS_MUTE, [TAG_OL] = IS_BLOCK,
    [TAG_OPTION] = IS_BLOCK, [TAG_P] = IS_BLOCK, [TAG_PRE] = IS_BLOCK, [TAG_SCRIPT] = IS_RAW | IS_MUTE,
    [TAG_SECTION] = IS_BLOCK, [TAG_SELECT] = IS_MUTE, [TAG_SOURCE] = IS_VOID, [TAG_STYLE] = IS_RAW | IS_MUTE,
    [TAG_SVG] = IS_MUTE, [TAG_TABLE] = IS_BLOCK, [TAG_TBODY] = IS_BLOCK, [TAG_TD] = IS_BLOCK,
    [TAG_TEMPLATE] = IS_MUTE, [TAG_TEXTAREA] = IS_RAW | IS_MUTE, [TAG_TFOOT] = IS_BLOCK, [TAG_TH] = IS_BLOCK,
    [TAG_THEAD] = IS_BLOCK, [TAG_TITLE] = IS_RAW | IS_MUTE, [TAG_TR] = IS_BLOCK, [TAG_UL] = IS_BLOCK,
    [TAG_VIDEO] = IS_MUTE, [TAG_WBR] = IS_VOID,
};

uint32_t tag_is(uint32_t tag)
{
    return is_of[tag];
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static const struct known *find_tag(const char *name, size_t size)
{
    size_t low = 0, high = KNOWN;
    while (low < high) {
        size_t mid = (low + high) / 2, i = 0;
        const char *want = known_tags[mid].name;
        while (i < size && want[i] && lower(name[i]) == want[i])
            i++;
        int order = i == size ? -(want[i] != 0) : (unsigned char)lower(name[i]) - (unsigned char)want[i];
        if (order == 0)
            return &known_tags[mid];
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

/* ---- building ---- */

struct builder {
    struct tree *tree;
    int xml, failed;
    uint32_t depth;
    uint32_t open[DEPTH_MAX];  /* node indexes */
    uint32_t is[DEPTH_MAX];    /* of their tags */
    uint32_t opened[TAGS], ignored[TAGS];
};

static uint32_t add_node(struct builder *b, uint32_t tag, const char *begin, const char *end)
{
    struct tree *t = b->tree;
    if (t->count == t->room) {
        uint32_t room = t->room ? t->room * 2 : 1024;
        struct node *node = room > UINT32_MAX / 2 ? NULL : realloc(t->node, (size_t)room * sizeof *node);
        if (!node) {
            b->failed = 1;
            return 0;
        }
        t->node = node;
        t->room = room;
    }
    uint32_t parent = b->depth ? b->open[b->depth - 1] : 0;
    t->node[t->count] = (struct node){.parent = parent, .last = t->count + 1, .begin = (uint32_t)(begin - t->input),
                                      .end = (uint32_t)(end - t->input), .tag = (uint16_t)tag};
    return t->count++;
}

static uint32_t top_tag(const struct builder *b, uint32_t i)
{
    return b->tree->node[b->open[i]].tag;
}

static void pop_to(struct builder *b, uint32_t depth)
{
    while (b->depth > depth) {
        struct node *n = &b->tree->node[b->open[--b->depth]];
        b->opened[n->tag]--;
        n->last = b->tree->count;
    }
}

static int is_list(uint32_t tag)
{
    return tag == TAG_UL || tag == TAG_OL || tag == TAG_DL;
}

static int is_row_group(uint32_t tag)
{
    return tag == TAG_TBODY || tag == TAG_THEAD || tag == TAG_TFOOT;
}

/* Where `tag` opens while `open` is open: 1 close it, 0 look further out, -1 stop. */
static int closes(uint32_t tag, uint32_t open)
{
    if (tag == TAG_LI)
        return open == TAG_LI ? 1 : is_list(open) || open == TAG_TD ? -1 : 0;
    if (tag == TAG_DT || tag == TAG_DD)
        return open == TAG_DT || open == TAG_DD ? 1 : is_list(open) ? -1 : 0;
    if (tag == TAG_TD || tag == TAG_TH)
        return open == TAG_TD || open == TAG_TH ? 1 : open == TAG_TR || open == TAG_TABLE ? -1 : 0;
    if (tag == TAG_TR)
        return open == TAG_TR ? 1 : open == TAG_TABLE ? -1 : 0;
    if (is_row_group(tag))
        return is_row_group(open) ? 1 : open == TAG_TABLE ? -1 : 0;
    if (tag == TAG_OPTION)
        return open == TAG_OPTION ? 1 : open == TAG_SELECT ? -1 : 0;
    return -1;
}

static void close_for(struct builder *b, uint32_t tag, uint32_t is)
{
    if (tag == TAG_BODY && b->opened[TAG_HEAD])
        for (uint32_t i = b->depth; i-- > 0;)
            if (top_tag(b, i) == TAG_HEAD) {
                pop_to(b, i);
                return;
            }
    if ((is & IS_BLOCK) && b->opened[TAG_P])
        for (uint32_t i = b->depth; i-- > 0;) {
            uint32_t open = top_tag(b, i);
            if (open == TAG_P) {
                pop_to(b, i);
                break;
            }
            if ((b->is[i] & IS_BLOCK) || open == TAG_BUTTON || open == TAG_OBJECT)
                break;
        }
    if (!b->opened[tag] && tag != TAG_TD && tag != TAG_TH && tag != TAG_DT && tag != TAG_DD && !is_row_group(tag))
        return;
    for (uint32_t i = b->depth; i-- > 0;) {
        int what = closes(tag, top_tag(b, i));
        if (what > 0)
            pop_to(b, i);
        if (what != 0)
            return;
    }
}

static void close_tag(struct builder *b, uint32_t tag, uint32_t is)
{
    if (b->ignored[tag]) {
        b->ignored[tag]--;
        return;
    }
    if (!b->opened[tag])
        return;
    int part_of_table = tag == TAG_TABLE || tag == TAG_TR || tag == TAG_TD || tag == TAG_TH || is_row_group(tag);
    for (uint32_t i = b->depth; i-- > 0;) {
        uint32_t open = top_tag(b, i);
        if (open == tag) {
            pop_to(b, i);
            return;
        }
        if (b->xml)
            continue;
        /* A stray end tag does not reach out of a cell, nor an inline one out of its block. */
        if (!part_of_table && (open == TAG_TD || open == TAG_TH))
            return;
        if (!(is & (IS_BLOCK | IS_MUTE)) && (b->is[i] & IS_BLOCK))
            return;
    }
}

static void open_tag(struct builder *b, uint32_t tag, uint32_t is, const char *begin, const char *end, int closed)
{
    if (!b->xml)
        close_for(b, tag, is);
    if ((tag == TAG_HTML || tag == TAG_BODY) && b->opened[tag])
        return;
    int leaf = (is & IS_VOID) || closed;
    if (!leaf && b->depth == DEPTH_MAX) {
        b->ignored[tag]++;
        return;
    }
    uint32_t n = add_node(b, tag, begin, end);
    if (b->failed || leaf)
        return;
    b->open[b->depth] = n;
    b->is[b->depth++] = is;
    b->opened[tag]++;
}

static void add_text(struct builder *b, const char *begin, const char *end)
{
    if (begin < end)
        add_node(b, TAG_TEXT, begin, end);
}

/* Behind "-->" of the comment at p, or the end. */
static const char *skip_comment(const char *p, const char *end)
{
    for (const char *q = p + 4; q < end && (q = memchr(q, '-', (size_t)(end - q))) != NULL; q++)
        if (end - q >= 3 && q[1] == '-' && q[2] == '>')
            return q + 3;
    return end;
}

static const char *skip_section(const char *p, const char *end, const char *close, size_t size)
{
    const char *q = memmem(p, (size_t)(end - p), close, size);
    return q ? q + size : end;
}

/* The '>' of the tag whose name ends at p; quotes may hide one. A quote without end hides nothing. */
static const char *tag_end(const char *p, const char *end)
{
    while (p < end) {
        if (*p == '>')
            return p;
        if ((*p == '"' || *p == '\'') && p[-1] == '=') {
            const char *q = memchr(p + 1, *p, (size_t)(end - p - 1) < 65536 ? (size_t)(end - p - 1) : 65536);
            if (q)
                p = q;
        }
        p++;
    }
    return end;
}

static int is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':' ||
           c == '_' || c == '.' || (c & 0x80);
}

/* The end tag of a raw element. */
static const char *raw_end(const char *p, const char *end, const char *name, size_t size)
{
    while (p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL) {
        if ((size_t)(end - p) > size + 1 && p[1] == '/' && strncasecmp(p + 2, name, size) == 0 &&
            ((size_t)(end - p) == size + 2 || !is_name(p[size + 2])))
            return p;
        p++;
    }
    return end;
}

/* A tag at p ('<' and a letter or '/'); gives the place behind it. */
static const char *read_tag(struct builder *b, const char *p, const char *end)
{
    int closing = p[1] == '/';
    const char *name = p + 1 + closing, *q = name;
    while (q < end && is_name(*q))
        q++;
    size_t size = (size_t)(q - name);
    const struct known *known = b->xml ? NULL : find_tag(name, size);
    uint32_t tag = known ? known->tag : TAG_OTHER, is = b->xml ? 0 : is_of[tag];
    const char *close = tag_end(q, end), *after = close < end ? close + 1 : end;
    if (closing) {
        if (tag == TAG_BR)
            add_node(b, TAG_BR, q, q);
        else
            close_tag(b, tag, is);
        return after;
    }
    int closed = close > q && close[-1] == '/' && (b->xml || tag == TAG_OTHER || tag == TAG_SVG);
    open_tag(b, tag, is, q, close, closed);
    if ((is & IS_RAW) && !closed) {
        const char *raw = raw_end(after, end, name, size);
        add_text(b, after, raw);
        close_tag(b, tag, is);
        return raw < end ? tag_end(raw, end) + (tag_end(raw, end) < end) : end;
    }
    return after;
}

/* Behind "<!DOCTYPE doc [ ... ]>", whose declarations have ends of their own, or behind any other "<! ... >". */
static const char *skip_declaration(const char *p, const char *end)
{
    const char *close = skip_section(p, end, ">", 1), *q = end - p >= 9 ? memchr(p, '[', (size_t)(close - p)) : NULL;
    if (!q || strncasecmp(p, "<!DOCTYPE", 9) != 0)
        return close;
    while ((q = memchr(q, ']', (size_t)(end - q))) != NULL) {
        for (q++; q < end && strchr(" \t\r\n", *q) && *q; q++)
            ;
        if (q < end && *q == '>')
            return q + 1;
    }
    return close;
}

static const char *read_markup(struct builder *b, const char *p, const char *end)
{
    if (end - p >= 4 && memcmp(p, "<!--", 4) == 0)
        return skip_comment(p, end);
    if (end - p >= 9 && memcmp(p, "<![CDATA[", 9) == 0) {
        const char *close = skip_section(p + 9, end, "]]>", 3);
        add_text(b, p + 9, close < end || (close - p >= 12 && memcmp(close - 3, "]]>", 3) == 0) ? close - 3 : close);
        return close;
    }
    if (end - p >= 2 && (p[1] == '!' || p[1] == '?'))
        return skip_declaration(p, end);
    return read_tag(b, p, end);
}

static int starts_markup(const char *p, const char *end)
{
    return end - p >= 2 && ((p[1] >= 'a' && p[1] <= 'z') || (p[1] >= 'A' && p[1] <= 'Z') || p[1] == '!' ||
                            p[1] == '?' || (p[1] == '/' && end - p >= 3 && is_name(p[2])));
}

static void count_text(const struct tree *t, struct node *n)
{
    int space = 1;
    for (uint32_t i = n->begin; i < n->end; i++) {
        unsigned char c = (unsigned char)t->input[i];
        int blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        n->chars += !(blank && space) && (c & 0xc0) != 0x80;
        /* Arabic and ideographic commas count, too. */
        n->commas += c == ',' || (c == 0xd8 && i + 1 < n->end && (unsigned char)t->input[i + 1] == 0x8c) ||
                     (c == 0xef && i + 2 < n->end && memcmp(t->input + i, "\xef\xbc\x8c", 3) == 0) ||
                     (c == 0xe3 && i + 2 < n->end && memcmp(t->input + i, "\xe3\x80\x81", 3) == 0);
        space = blank;
    }
    if (n->chars == 1 && space)
        n->chars = 0;
}

/* A link to a place in the same page is hardly navigation. */
static int is_anchor(const struct tree *t, uint32_t i)
{
    struct assay_text href = tree_attribute(t, i, "href");
    return href.size && href.at[0] == '#';
}

/* Sums over subtrees: children stand behind their parents, so one walk from the end does. */
static void sum_up(struct tree *t)
{
    for (uint32_t i = t->count; i-- > 1;) {
        struct node *n = &t->node[i], *up = &t->node[n->parent];
        uint32_t is = tag_is(n->tag);
        if (n->tag == TAG_TEXT)
            count_text(t, n);
        if (n->tag == TAG_A)
            n->links = is_anchor(t, i) ? n->chars / 3 : n->chars;
        if (is & IS_MUTE)
            n->chars = n->links = n->commas = 0;
        up->chars += n->chars;
        up->links += n->links;
        up->commas += n->commas;
        up->blocks += n->blocks + ((is & IS_BLOCK) != 0);
    }
}

int tree_build(struct tree *t, struct assay_text input, int xml)
{
    *t = (struct tree){.input = input.at, .size = (uint32_t)input.size};
    struct builder *b = input.size < UINT32_MAX ? calloc(1, sizeof *b) : NULL;
    if (!b)
        return 0;
    b->tree = t;
    b->xml = xml;
    add_node(b, TAG_OTHER, input.at, input.at);
    if (!b->failed) {
        b->open[b->depth] = 0;
        b->is[b->depth++] = IS_BLOCK;
        b->opened[TAG_OTHER]++;
    }
    const char *p = input.at, *end = p + input.size;
    while (p < end && !b->failed) {
        const char *text = p;
        while (p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL && !starts_markup(p, end))
            p++;
        if (!p)
            p = end;
        add_text(b, text, p);
        if (p < end)
            p = read_markup(b, p, end);
    }
    int failed = b->failed;
    if (t->count)
        pop_to(b, 0);
    free(b);
    if (failed) {
        tree_free(t);
        return 0;
    }
    sum_up(t);
    return 1;
}

void tree_free(struct tree *t)
{
    free(t->node);
    *t = (struct tree){0};
}

/* ---- attributes and entities ---- */

static int is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '/';
}

struct assay_text tree_attribute(const struct tree *t, uint32_t node, const char *name)
{
    const char *p = t->input + t->node[node].begin, *end = t->input + t->node[node].end;
    size_t want = strlen(name);
    while (p < end) {
        while (p < end && is_space(*p))
            p++;
        const char *key = p;
        while (p < end && !is_space(*p) && *p != '=')
            p++;
        size_t size = (size_t)(p - key);
        while (p < end && is_space(*p) && *p != '/')
            p++;
        struct assay_text value = {key, 0};
        if (p < end && *p == '=') {
            p++;
            while (p < end && is_space(*p) && *p != '/')
                p++;
            char quote = p < end && (*p == '"' || *p == '\'') ? *p++ : 0;
            const char *begin = p;
            while (p < end && (quote ? *p != quote : !is_space(*p) || *p == '/'))
                p++;
            value = (struct assay_text){begin, (uint64_t)(p - begin)};
            p += quote && p < end;
        } else if (size == 0) {
            p++;
        }
        if (size == want && strncasecmp(key, name, want) == 0)
            return value;
    }
    return (struct assay_text){NULL, 0};
}

static uint32_t numeric_entity(const char *p, const char *end, uint32_t *cp)
{
    static const uint16_t upper[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                       0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
                                       0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                       0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};
    const char *q = p + 2;
    int hex = q < end && (*q == 'x' || *q == 'X');
    q += hex;
    const char *digits = q;
    uint32_t v = 0;
    for (; q < end && q - digits < 10; q++) {
        char c = lower(*q);
        uint32_t d = c >= '0' && c <= '9'          ? (uint32_t)(c - '0')
                     : hex && c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                                                   : 99;
        if (d == 99)
            break;
        v = v > 0x110000 ? v : v * (hex ? 16 : 10) + d;
    }
    if (q == digits)
        return 0;
    *cp = v >= 0x80 && v < 0xa0 ? upper[v - 0x80] : v && v < 0x110000 ? v : 0xfffd;
    return (uint32_t)(q - p) + (q < end && *q == ';');
}

uint32_t entity_at(const char *p, const char *end, uint32_t *cp)
{
    if (end - p < 3)
        return 0;
    if (p[1] == '#')
        return numeric_entity(p, end, cp);
    char name[12];
    size_t n = 0;
    const char *q = p + 1;
    while (q < end && n < sizeof name - 1 &&
           ((*q >= 'a' && *q <= 'z') || (*q >= 'A' && *q <= 'Z') || (*q >= '0' && *q <= '9')))
        name[n++] = *q++;
    name[n] = 0;
    if (!n || q == end || *q != ';')
        return 0;
    if (strcmp(name, "apos") == 0) {
        *cp = '\'';
        return 6;
    }
    const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)name);
    if (!known)
        return 0;
    *cp = known->value;
    return (uint32_t)(q - p) + 1;
}
