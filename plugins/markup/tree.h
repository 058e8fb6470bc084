/* SPDX-License-Identifier: Apache-2.0
 *
 * HTML and XML as a flat tree: nodes in document order, each with the end of its subtree, so that a subtree is a range
 * and nothing recurs. Our own scanner rather than a library's, because every text needs its exact place in the input.
 * Broken markup is mended as far as text needs it (open paragraphs, cells and items are closed by the next one).
 */
#ifndef MARKUP_TREE_H
#define MARKUP_TREE_H

#include <assay/field.h>

enum tag {
    TAG_TEXT, /* a run of text */
    TAG_OTHER,
    TAG_A,
    TAG_ADDRESS,
    TAG_ARTICLE,
    TAG_ASIDE,
    TAG_B,
    TAG_BASE,
    TAG_BLOCKQUOTE,
    TAG_BODY,
    TAG_BR,
    TAG_BUTTON,
    TAG_CAPTION,
    TAG_CODE,
    TAG_COL,
    TAG_DD,
    TAG_DETAILS,
    TAG_DIV,
    TAG_DL,
    TAG_DT,
    TAG_EM,
    TAG_EMBED,
    TAG_FIELDSET,
    TAG_FIGCAPTION,
    TAG_FIGURE,
    TAG_FOOTER,
    TAG_FORM,
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_H4,
    TAG_H5,
    TAG_H6,
    TAG_HEAD,
    TAG_HEADER,
    TAG_HR,
    TAG_HTML,
    TAG_I,
    TAG_IFRAME,
    TAG_IMG,
    TAG_INPUT,
    TAG_LABEL,
    TAG_LI,
    TAG_LINK,
    TAG_MAIN,
    TAG_MENU,
    TAG_META,
    TAG_NAV,
    TAG_NOSCRIPT,
    TAG_OBJECT,
    TAG_OL,
    TAG_OPTION,
    TAG_P,
    TAG_PRE,
    TAG_SCRIPT,
    TAG_SECTION,
    TAG_SELECT,
    TAG_SOURCE,
    TAG_SPAN,
    TAG_STRONG,
    TAG_STYLE,
    TAG_SUB,
    TAG_SUP,
    TAG_SVG,
    TAG_TABLE,
    TAG_TBODY,
    TAG_TD,
    TAG_TEMPLATE,
    TAG_TEXTAREA,
    TAG_TFOOT,
    TAG_TH,
    TAG_THEAD,
    TAG_TIME,
    TAG_TITLE,
    TAG_TR,
    TAG_UL,
    TAG_VIDEO,
    TAG_WBR,
    TAGS
};

/* What a tag is: */
#define IS_BLOCK 1u /* begins and ends a line */
#define IS_VOID 2u  /* has no content */
#define IS_RAW 4u   /* its content is no markup */
#define IS_MUTE 8u  /* its content is no text of the page */
uint32_t tag_is(uint32_t tag);

/* Marks on nodes */
#define NODE_DROPPED 1u /* with its subtree */
#define NODE_DATA 2u    /* a table of data, not of layout */
#define NODE_PARAGRAPH 4u /* a div that stands for a paragraph */
#define NODE_MIXED 8u   /* XML: it has text beside elements, or stands in such an element */

struct node {
    uint32_t parent, last; /* the subtree is [self, last) */
    uint32_t begin, end;   /* bytes of the input: the text, or a start tag's attributes */
    uint32_t chars, links, commas; /* of the subtree: characters of text, of them inside links, commas */
    int32_t score;         /* in 1/256 */
    uint16_t tag, marks;
    uint32_t blocks;       /* block elements in the subtree */
};

struct tree {
    const char *input;
    uint32_t size;
    struct node *node;
    uint32_t count, room;
};

/* 0: out of memory, or more than 4 GiB. xml: names are not known, nothing is void, raw or closed by others. */
int tree_build(struct tree *, struct assay_text input, int xml);
void tree_free(struct tree *);

/* The value of an attribute as written (entities not decoded), or null. */
struct assay_text tree_attribute(const struct tree *, uint32_t node, const char *name);
/* Decodes the entity at p ('&'); gives its size in the input and its character in *cp, or 0. */
uint32_t entity_at(const char *p, const char *end, uint32_t *cp);

#endif
