/* SPDX-License-Identifier: Apache-2.0
 *
 * Title, date, publisher, address, language: from <meta>, JSON-LD, <link>, <time> and the markup itself, in that order.
 */
#include <assay/kit/date.h>
#include <assay/kit/json.h>
#include <assay/kit/utf8.h>
#include <string.h>
#include <strings.h>

#include "page.h"

/* What was found, as text of the page (undecoded) with a rank: lower ranks win. */
struct found {
    struct assay_text text;
    int rank, decoded;
};

enum { TITLE, PUBLISHED, SOURCE, URI, LANGUAGE, BYLINE, FACTS };

struct gathering {
    const struct tree *tree;
    struct found found[FACTS];
    struct assay_buf json; /* decoded strings of JSON-LD, each terminated */
};

static void offer(struct gathering *g, int fact, int rank, struct assay_text text)
{
    struct found *f = &g->found[fact];
    if (text.size && (!f->text.at || rank < f->rank))
        *f = (struct found){text, rank, 0};
}

/* ---- <meta> ---- */

static const struct meta {
    const char *name;
    int fact, rank;
} metas[] = {
    {"og:title", TITLE, 2}, {"twitter:title", TITLE, 4}, {"dc.title", TITLE, 3}, {"dcterms.title", TITLE, 3}, {"headline", TITLE, 3},
    {"article:published_time", PUBLISHED, 1}, {"datepublished", PUBLISHED, 2}, {"date", PUBLISHED, 4}, {"dc.date", PUBLISHED, 4},
    {"dc.date.issued", PUBLISHED, 3}, {"dcterms.date", PUBLISHED, 4}, {"pubdate", PUBLISHED, 3}, {"publishdate", PUBLISHED, 3},
    {"publish-date", PUBLISHED, 3}, {"publication_date", PUBLISHED, 3}, {"parsely-pub-date", PUBLISHED, 3}, {"sailthru.date", PUBLISHED, 4},
    {"og:published_time", PUBLISHED, 2}, {"dcterms.created", PUBLISHED, 5}, {"last-modified", PUBLISHED, 9},
    {"og:site_name", SOURCE, 1}, {"application-name", SOURCE, 4}, {"publisher", SOURCE, 3}, {"dc.publisher", SOURCE, 3},
    {"article:publisher", SOURCE, 9}, {"og:url", URI, 2}, {"author", BYLINE, 1}, {"article:author", BYLINE, 3}, {"dc.creator", BYLINE, 2},
    {"og:locale", LANGUAGE, 3}, {"content-language", LANGUAGE, 2},
};

static int equal(struct assay_text text, const char *word)
{
    return text.size == strlen(word) && strncasecmp(text.at, word, text.size) == 0;
}

static void read_meta(struct gathering *g, uint32_t i)
{
    static const char *const attributes[] = {"property", "name", "itemprop", "http-equiv"};
    for (size_t a = 0; a < sizeof attributes / sizeof attributes[0]; a++) {
        struct assay_text name = tree_attribute(g->tree, i, attributes[a]);
        for (size_t m = 0; name.size && m < sizeof metas / sizeof metas[0]; m++)
            if (equal(name, metas[m].name))
                offer(g, metas[m].fact, metas[m].rank, tree_attribute(g->tree, i, "content"));
    }
}

/* ---- JSON-LD ---- */

static void offer_json(struct gathering *g, int fact, int rank, struct assay_text text)
{
    struct found *f = &g->found[fact];
    if (!text.size || (f->text.at && rank >= f->rank))
        return;
    size_t at = g->json.size;
    assay_buf_add(&g->json, text.at, text.size);
    /* Offset + 1 for now: the buffer may move. */
    *f = (struct found){{(const char *)(uintptr_t)(at + 1), text.size}, rank, 1};
}

/* Looks at keys wherever they stand; `publisher` says that the object around has that key. */
static void read_json(struct gathering *g, struct assay_text text)
{
    struct assay_json json = {0};
    uint32_t publisher = 0; /* depth of the publisher's object */
    assay_json_start(&json, text);
    enum assay_json_type type = assay_json_next(&json);
    while (type != ASSAY_JSON_ERROR && type != ASSAY_JSON_END) {
        if (type == ASSAY_JSON_CLOSE && json.depth < publisher)
            publisher = 0;
        int key = type == ASSAY_JSON_STRING && json.depth && json.stack[json.depth - 1] == '{';
        if (!key) {
            type = assay_json_next(&json);
            continue;
        }
        int published = equal(json.text, "datePublished"), headline = equal(json.text, "headline"),
            name = equal(json.text, "name"), who = equal(json.text, "publisher");
        type = assay_json_next(&json);
        if (type == ASSAY_JSON_STRING && published)
            offer_json(g, PUBLISHED, 1, json.text);
        if (type == ASSAY_JSON_STRING && headline)
            offer_json(g, TITLE, 1, json.text);
        if (type == ASSAY_JSON_STRING && name && publisher && json.depth == publisher)
            offer_json(g, SOURCE, 2, json.text);
        if (type == ASSAY_JSON_OBJECT && who && !publisher)
            publisher = json.depth;
        if (type == ASSAY_JSON_STRING || type == ASSAY_JSON_NUMBER || type == ASSAY_JSON_NULL ||
            type == ASSAY_JSON_TRUE || type == ASSAY_JSON_FALSE)
            type = assay_json_next(&json);
    }
    assay_json_done(&json);
}

static void read_script(struct gathering *g, uint32_t i)
{
    const struct tree *t = g->tree;
    if (equal(tree_attribute(t, i, "type"), "application/ld+json") && t->node[i].last > i + 1)
        read_json(g, (struct assay_text){t->input + t->node[i + 1].begin, t->node[i + 1].end - t->node[i + 1].begin});
}

/* ---- the rest of the markup ---- */

static struct assay_text own_text(const struct tree *t, uint32_t i)
{
    for (uint32_t k = i + 1; k < t->node[i].last; k++)
        if (t->node[k].tag == TAG_TEXT && t->node[k].end > t->node[k].begin)
            return (struct assay_text){t->input + t->node[k].begin, t->node[k].end - t->node[k].begin};
    return (struct assay_text){NULL, 0};
}

static void read_node(struct gathering *g, uint32_t i)
{
    const struct tree *t = g->tree;
    switch (t->node[i].tag) {
    case TAG_META:
        read_meta(g, i);
        break;
    case TAG_SCRIPT:
        read_script(g, i);
        break;
    case TAG_HTML:
    case TAG_BODY:
        offer(g, LANGUAGE, 1, tree_attribute(t, i, "lang"));
        offer(g, LANGUAGE, 2, tree_attribute(t, i, "xml:lang"));
        break;
    case TAG_TITLE:
        offer(g, TITLE, 5, own_text(t, i));
        break;
    case TAG_H1:
        offer(g, TITLE, 6, own_text(t, i));
        break;
    case TAG_LINK:
        if (equal(tree_attribute(t, i, "rel"), "canonical"))
            offer(g, URI, 1, tree_attribute(t, i, "href"));
        break;
    case TAG_TIME:
        offer(g, PUBLISHED,
              tree_attribute(t, i, "pubdate").at || equal(tree_attribute(t, i, "itemprop"), "datePublished") ? 5 : 8,
              tree_attribute(t, i, "datetime"));
        break;
    case TAG_A:
        if (equal(tree_attribute(t, i, "rel"), "author"))
            offer(g, BYLINE, 4, own_text(t, i));
        break;
    default:
        break;
    }
}

/* ---- handing over ---- */

static struct assay_text hold(struct page_facts *facts, struct assay_text text, int decoded)
{
    const char *p = text.at, *end = p + text.size;
    size_t begin = facts->held.size;
    int space = 1;
    while (p < end) {
        uint32_t cp, size = !decoded && *p == '&' ? entity_at(p, end, &cp) : 0;
        if (!size)
            size = assay_utf8_next(p, end, &cp);
        p += size;
        int blank = cp == ' ' || cp == '\n' || cp == '\r' || cp == '\t' || cp == 0xa0;
        if (blank && space)
            continue;
        char utf8[4];
        assay_buf_add(&facts->held, utf8, assay_utf8_put(utf8, blank ? ' ' : cp));
        space = blank;
    }
    while (facts->held.size > begin && facts->held.at[facts->held.size - 1] == ' ')
        facts->held.size--;
    return (struct assay_text){(const char *)(uintptr_t)(begin + 1), facts->held.size - begin};
}

static void settle(const struct page_facts *facts, struct assay_text *text)
{
    if (text->at)
        text->at = text->size ? facts->held.at + ((uintptr_t)text->at - 1) : NULL;
}

/* "en_US" and "EN-us" to "en"; what is no language tag is dropped. */
static void trim_language(struct assay_text *language)
{
    uint64_t n = 0;
    while (n < language->size &&
           ((language->at[n] >= 'a' && language->at[n] <= 'z') || (language->at[n] >= 'A' && language->at[n] <= 'Z')))
        n++;
    if (n < 2 || n > 3)
        *language = (struct assay_text){NULL, 0};
    language->size = language->at ? n : 0;
    for (uint64_t i = 0; i < language->size; i++)
        ((char *)(uintptr_t)language->at)[i] |= 0x20;
}

struct assay_text facts_host(struct assay_text uri)
{
    const char *p = uri.at ? memmem(uri.at, uri.size, "://", 3) : NULL;
    if (!p)
        return (struct assay_text){NULL, 0};
    const char *end = uri.at + uri.size, *q = p + 3;
    p = q;
    while (q < end && *q != '/' && *q != ':' && *q != '?')
        q++;
    if (q - p > 4 && strncasecmp(p, "www.", 4) == 0)
        p += 4;
    return q > p ? (struct assay_text){p, (uint64_t)(q - p)} : (struct assay_text){NULL, 0};
}

/* The first heading of the first rank, if it is the only one or begins the title. */
static uint32_t find_headline(const struct tree *t)
{
    uint32_t found = 0, headings = 0;
    for (uint32_t i = 1; i < t->count; i++)
        if (t->node[i].tag == TAG_H1 && t->node[i].chars > 0) {
            headings++;
            found = found ? found : i;
        }
    return headings == 1 ? found : 0;
}

static uint32_t is_fragment(const struct tree *t)
{
    for (uint32_t i = 1; i < t->count; i++)
        switch (t->node[i].tag) {
        case TAG_HTML:
        case TAG_HEAD:
        case TAG_BODY:
        case TAG_TITLE:
        case TAG_META:
        case TAG_LINK:
            return 0;
        default:
            break;
        }
    return 1;
}

int facts_read(struct page_facts *facts, const struct tree *t)
{
    struct gathering g = {.tree = t};
    *facts = (struct page_facts){0};
    for (uint32_t i = 1; i < t->count; i++)
        if (t->node[i].tag != TAG_TEXT)
            read_node(&g, i);
    struct assay_text *const to[FACTS] = {&facts->title, &facts->published, &facts->source,
                                          &facts->uri,   &facts->language,  &facts->byline};
    for (int i = 0; i < FACTS; i++) {
        struct found *f = &g.found[i];
        if (!f->text.at)
            continue;
        if (f->decoded)
            f->text.at = g.json.at + ((uintptr_t)f->text.at - 1);
        *to[i] = hold(facts, f->text, f->decoded);
    }
    assay_buf_free(&g.json);
    if (facts->held.failed)
        return 0;
    for (int i = 0; i < FACTS; i++)
        settle(facts, to[i]);
    trim_language(&facts->language);
    struct assay_date date;
    if (facts->published.at && !assay_date_read(&date, facts->published))
        facts->published = (struct assay_text){NULL, 0};
    if (!facts->source.at)
        facts->source = facts_host(facts->uri);
    facts->headline = find_headline(t);
    facts->fragment = is_fragment(t);
    return 1;
}

void facts_free(struct page_facts *facts)
{
    assay_buf_free(&facts->held);
}
