/* SPDX-License-Identifier: Apache-2.0
 *
 * A page as text: what of it is the article, how it is written, and what it says about itself.
 */
#ifndef MARKUP_PAGE_H
#define MARKUP_PAGE_H

#include <assay/kit/map.h>

#include "tree.h"

/* Marks what is not the article (NODE_DROPPED). The method is that of reader modes: paragraphs give points to what they
 * stand in, links take them away, and names of classes say what a box is for. */
void main_mark(struct tree *);

/* A stretch of the text that is not the article's own words: a dropped box, where they are kept, or code. */
struct furniture {
    uint32_t begin, end; /* bytes of the text */
    const char *reason;
};

struct page_text {
    struct assay_mapper mapper;
    struct assay_buf furniture; /* struct furniture */
};

/* Writes the nodes that are not dropped; the heading node `headline` (0: none) first. Code is listed; with `all`,
 * dropped boxes are written, too, and listed. 0: failed. */
int page_write(struct page_text *, const struct tree *, uint32_t headline, int all);

/* 1 where the node holds code. */
int code_node(const struct tree *, uint32_t node);
/* Appends a struct furniture for each fenced block and each span between backticks. At most 4 GiB; linear. */
void code_markdown(struct assay_text, struct assay_buf *found);

/* Writes Markdown without the marks of emphasis and of notes, but in `code` (struct furniture, in order). 0: there are
 * none, and nothing is written. At most 4 GiB; linear. */
int emphasis_write(struct assay_mapper *, struct assay_text, const struct assay_buf *code);

/* What a page says about itself. Texts in `held`, entities decoded, white space joined; null where it says nothing. */
struct page_facts {
    struct assay_text title, published, source, uri, language, byline;
    uint32_t headline; /* the heading with the article's title, or 0 */
    uint32_t fragment; /* 1: no page, a piece of one (a feed's entry) */
    struct assay_buf held;
};
/* 0: out of memory. Call before main_mark. */
int facts_read(struct page_facts *, const struct tree *);
void facts_free(struct page_facts *);
/* The host of an address without "www.", or null. */
struct assay_text facts_host(struct assay_text uri);

#endif
