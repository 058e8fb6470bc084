/* SPDX-License-Identifier: Apache-2.0
 *
 * Preparer: HTML and XHTML to the text of the article, XML to its text, with the map back. Plain text is left alone.
 * What is code, of a page or in Markdown, is told by boilerplate/1. Subtitles lose their numbers and times.
 */
#include <assay/kit/utf8.h>
#include <assay/layers/document.h>
#include <assay/layers/text.h>
#include <assay/plugin.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "account.h"
#include "cue.h"
#include "page.h"

struct options {
    uint32_t boilerplate, whole;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, boilerplate, ASSAY_FLAG, 0, NULL, "false", NULL, NULL, "keep a site's furniture in the text, marked by boilerplate/1"),
    ASSAY_OPTION(struct options, whole, ASSAY_FLAG, 0, NULL, "false", NULL, NULL, "take the whole page for the article"),
};
static const struct assay_fields options_table = ASSAY_FIELDS(struct options, option_rows);

enum { DOCUMENT, BOILERPLATE, PAGE };
static const struct assay_layer layers[] = {
    {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "media type, address, publisher"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "boilerplate", &assay_boilerplate_fields,
     "code; furniture, where it is kept"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "page", &assay_page_fields, "pages of a PDF"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
    struct platforms *platforms;
};

static void close_preparer(void *self)
{
    struct self *s = self;
    platforms_free(s->platforms);
    free(s);
}

static assay_status open_preparer(const struct assay_host *host, const void *options, void **self)
{
    struct self *s = calloc(1, sizeof *s);
    if (!s)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    s->host = host;
    s->options = options;
    assay_status status = platforms_load(host, &s->platforms);
    if (status)
        close_preparer(s);
    else
        *self = s;
    return status;
}

static int is_media(struct assay_text media, const char *name)
{
    size_t n = strlen(name);
    return media.size >= n && strncasecmp(media.at, name, n) == 0 &&
           (media.size == n || media.at[n] == ';' || media.at[n] == ' ');
}

/* ---- the page's facts to the record ---- */

/* What an archive names its pages by may be any bytes. */
static assay_status set(struct self *s, struct assay_doc *doc, const char *row, struct assay_text value)
{
    if (!value.at || !value.size || assay_utf8_valid(value.at, value.size) != value.size)
        return ASSAY_OK;
    char *kept = s->host->alloc(s->host, doc, value.size);
    if (!kept)
        return ASSAY_ENOMEM;
    memcpy(kept, value.at, value.size);
    assay_status status = s->host->amend(s->host, doc, row, &(struct assay_text){kept, value.size});
    return status < 0 ? status : ASSAY_OK;
}

/* The publisher: the account where many publish under their own, else what the page or its address says. */
static assay_status set_source(struct self *s, struct assay_doc *doc, struct assay_text uri, struct assay_text source,
                               struct assay_text title)
{
    struct assay_buf account = {0};
    if (account_source(s->platforms, uri, source, title, &account))
        source = (struct assay_text){account.at, account.size};
    else if (!source.at)
        source = facts_host(uri);
    assay_status status = account.failed ? ASSAY_ENOMEM : set(s, doc, "source", source);
    assay_buf_free(&account);
    return status;
}

static assay_status set_facts(struct self *s, struct assay_doc *doc, const struct page_facts *facts,
                              const struct assay_document *record)
{
    struct assay_text uri = facts_host(facts->uri).at || !record ? facts->uri : record->uri;
    assay_status status = set(s, doc, "title", facts->title);
    status = status ? status : set(s, doc, "published", facts->published);
    status = status ? status : set_source(s, doc, uri, facts->source, facts->title);
    status = status ? status : set(s, doc, "uri", facts->uri);
    status = status ? status : set(s, doc, "declared", facts->language);
    if (status || !facts->byline.at)
        return status;
    char *kept = s->host->alloc(s->host, doc, facts->byline.size);
    if (!kept)
        return ASSAY_ENOMEM;
    memcpy(kept, facts->byline.at, facts->byline.size);
    struct assay_pair author = {{"author", 6}, {kept, facts->byline.size}};
    status = s->host->amend(s->host, doc, "metadata", &author);
    return status < 0 ? status : ASSAY_OK;
}

/* ---- text ---- */

static assay_status add_furniture(const struct assay_host *host, struct assay_doc *doc, struct assay_text text,
                                  const struct assay_buf *found)
{
    size_t count = found->size / sizeof(struct furniture);
    assay_status status = ASSAY_OK;
    for (size_t i = 0; i < count && status == ASSAY_OK; i++) {
        struct furniture f;
        memcpy(&f, found->at + i * sizeof f, sizeof f);
        while (f.begin < f.end && (text.at[f.begin] == '\n' || text.at[f.begin] == ' '))
            f.begin++;
        struct assay_boilerplate record = {{f.begin, f.end}, {f.reason, strlen(f.reason)}};
        if (f.begin < f.end)
            status = host->add(host, doc, BOILERPLATE, &record);
    }
    return status;
}

static assay_status set_text(struct self *s, struct assay_doc *doc, struct page_text *page)
{
    const struct assay_host *host = s->host;
    struct assay_mapper *m = &page->mapper;
    if (m->failed || page->furniture.failed)
        return host->fail(host, ASSAY_ENOMEM, "out of memory, or a text of more than 4 GiB");
    struct assay_text text = {m->text.at ? m->text.at : "", m->text.size};
    assay_status status = host->set_text(host, doc, text, m->run, m->count);
    return status ? status : add_furniture(host, doc, text, &page->furniture);
}

static uint32_t is_dropped(const struct tree *t, uint32_t i)
{
    for (; i; i = t->node[i].parent)
        if (t->node[i].marks & NODE_DROPPED)
            return 1;
    return 0;
}

static assay_status read_page(struct self *s, struct assay_doc *doc, struct tree *tree,
                              const struct assay_document *record)
{
    struct page_facts facts;
    if (!facts_read(&facts, tree))
        return ASSAY_ENOMEM;
    int all = s->options && s->options->boilerplate, whole = (s->options && s->options->whole) || facts.fragment;
    if (!whole)
        main_mark(tree);
    assay_status status = set_facts(s, doc, &facts, record);
    /* The headline's figures are claims: it leads the text also where it stands outside the article's box. */
    uint32_t headline = facts.headline && !all && is_dropped(tree, facts.headline) ? facts.headline : 0;
    struct page_text page = {0};
    if (status == ASSAY_OK) {
        page_write(&page, tree, headline, all);
        status = set_text(s, doc, &page);
    }
    assay_mapper_free(&page.mapper);
    assay_buf_free(&page.furniture);
    facts_free(&facts);
    return status;
}

/* Names of XML elements say nothing here, their places do: those beside text are parts of its sentences, all others are
 * blocks. */
static void find_blocks(struct tree *t)
{
    for (uint32_t i = 1; i < t->count; i++)
        if (t->node[i].tag == TAG_TEXT && t->node[i].chars)
            t->node[t->node[i].parent].marks |= NODE_MIXED;
    for (uint32_t i = 1; i < t->count; i++) {
        struct node *n = &t->node[i];
        n->marks |= t->node[n->parent].marks & NODE_MIXED;
        if (n->tag == TAG_OTHER && !(t->node[n->parent].marks & NODE_MIXED))
            n->tag = TAG_SECTION;
    }
}

static assay_status read_xml(struct self *s, struct assay_doc *doc, struct tree *tree)
{
    struct page_text page = {0};
    find_blocks(tree);
    page_write(&page, tree, 0, 0);
    assay_status status = set_text(s, doc, &page);
    assay_mapper_free(&page.mapper);
    assay_buf_free(&page.furniture);
    return status;
}

/* Pages of a PDF come with a form feed behind each; in the text it becomes an empty line. */
static assay_status read_pages(struct self *s, struct assay_doc *doc)
{
    const struct assay_host *host = s->host;
    struct assay_text text = host->text(host, doc);
    char *plain = host->alloc(host, doc, text.size + 1);
    if (!plain)
        return ASSAY_ENOMEM;
    if (text.size > UINT32_MAX)
        return host->fail(host, ASSAY_EDOC, "the text is longer than 4 GiB");
    memcpy(plain, text.at, text.size);
    for (char *p = plain; (p = memchr(p, '\f', text.size - (uint64_t)(p - plain))) != NULL; p++)
        *p = '\n';
    struct assay_map run = {0, 0, (uint32_t)text.size, 1, 1, 0};
    assay_status status = host->set_text(host, doc, (struct assay_text){plain, text.size}, &run, text.size ? 1 : 0);
    uint32_t number = 0;
    for (uint64_t at = 0; at < text.size && status == ASSAY_OK;) {
        const char *feed = memchr(text.at + at, '\f', text.size - at);
        uint64_t end = feed ? (uint64_t)(feed - text.at) : text.size;
        struct assay_page page = {{(uint32_t)at, (uint32_t)end}, ++number};
        if (end > at)
            status = host->add(host, doc, PAGE, &page);
        at = end + 1;
    }
    return status;
}

/* ASSAY_SKIP: the text is no subtitles. */
static assay_status read_cues(struct self *s, struct assay_doc *doc)
{
    struct assay_text text = s->host->text(s->host, doc);
    struct page_text page = {0};
    if (text.size > UINT32_MAX || !cue_sheet(text))
        return ASSAY_SKIP;
    cue_write(&page.mapper, text);
    assay_status status = set_text(s, doc, &page);
    assay_mapper_free(&page.mapper);
    return status;
}

/* What is no markup: the publisher may be missing. Subtitles are read without their times. */
static assay_status read_plain(struct self *s, struct assay_doc *doc, const struct assay_document *record)
{
    assay_status status = read_cues(s, doc);
    if (status < 0 || !record || record->source.at || !record->uri.size)
        return status;
    return set_source(s, doc, record->uri, (struct assay_text){NULL, 0}, record->title);
}

/* Markdown is read as it is written, but for emphasis and the marks of notes; its code is told. */
static assay_status read_markdown(struct self *s, struct assay_doc *doc, const struct assay_document *record)
{
    struct assay_text text = s->host->text(s->host, doc);
    struct page_text page = {0};
    int written = 0;
    if (text.size <= UINT32_MAX) {
        code_markdown(text, &page.furniture);
        written = emphasis_write(&page.mapper, text, &page.furniture);
    }
    if (written) {
        struct assay_text plain = {page.mapper.text.at ? page.mapper.text.at : "", page.mapper.text.size};
        page.furniture.size = 0;
        code_markdown(plain, &page.furniture);
    }
    assay_status status = page.furniture.failed ? ASSAY_ENOMEM
                          : written             ? set_text(s, doc, &page)
                                                : add_furniture(s->host, doc, text, &page.furniture);
    int told = written || page.furniture.size > 0;
    assay_mapper_free(&page.mapper);
    assay_buf_free(&page.furniture);
    if (status)
        return status;
    status = read_plain(s, doc, record);
    return status == ASSAY_SKIP && told ? ASSAY_OK : status;
}

static assay_status prepare(void *self, struct assay_doc *doc)
{
    struct self *s = self;
    struct assay_list list = s->host->records(s->host, doc, DOCUMENT);
    const struct assay_document *record = list.count ? ASSAY_AT(struct assay_document, list, 0) : NULL;
    struct assay_text media = record ? record->media : (struct assay_text){NULL, 0};
    int html = is_media(media, "text/html") || is_media(media, "application/xhtml+xml");
    int xml = is_media(media, "application/xml") || is_media(media, "text/xml");
    if (is_media(media, "application/pdf"))
        return read_pages(s, doc);
    if (is_media(media, "text/markdown"))
        return read_markdown(s, doc, record);
    if (!html && !xml)
        return read_plain(s, doc, record);
    struct tree tree;
    if (!tree_build(&tree, s->host->text(s->host, doc), xml))
        return s->host->fail(s->host, ASSAY_ENOMEM, "out of memory, or a text of more than 4 GiB");
    assay_status status = html ? read_page(s, doc, &tree, record) : read_xml(s, doc, &tree);
    tree_free(&tree);
    return status;
}

ASSAY_PLUGIN(markup) = {
    ASSAY_ABI,
    .name = "markup",
    .version = "1",
    .summary = "takes the article's text out of HTML and XML",
    .license = "Apache-2.0",
    .role = ASSAY_PREPARER,
    .options = &options_table,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = open_preparer,
    .prepare = prepare,
    .close = close_preparer,
};
