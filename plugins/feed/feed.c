/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader of RSS and Atom: one document an entry, its title as a heading before its content, both as HTML.
 */
#include <assay/kit/charset.h>
#include <assay/kit/sniff.h>
#include <assay/kit/utf8.h>
#include <assay/layers/document.h>
#include <assay/plugin.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "entry.h"

#define NAME_ROOM 64

static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "one record a document"},
};

struct self {
    const struct assay_host *host;
};

/* A feed in hand. */
struct feed {
    const struct assay_host *host;
    struct assay_item *item;
    struct assay_text name;
    struct tree tree;
    char encoding[NAME_ROOM];
    const struct assay_mapper *decoded; /* from the tree's input to the item; NULL: they are the same bytes */
    struct assay_mapper title, language;
    uint64_t number;
};

static assay_status open_reader(const struct assay_host *host, const void *options, void **self)
{
    (void)options;
    struct self *s = calloc(1, sizeof *s);
    if (!s)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    s->host = host;
    *self = s;
    return ASSAY_OK;
}

static assay_status accept_input(void *self, struct assay_text name, struct assay_text head)
{
    (void)self;
    (void)name;
    return assay_sniff_feed(head) ? ASSAY_OK : ASSAY_NO;
}

/* ---- entries ---- */

static struct assay_text text_of(const struct assay_mapper *m)
{
    const char *p = m->text.at, *end = p + m->text.size;
    while (p < end && strchr(" \t\r\n", *p))
        p++;
    while (end > p && strchr(" \t\r\n", end[-1]))
        end--;
    return p < end ? (struct assay_text){p, (uint64_t)(end - p)} : (struct assay_text){NULL, 0};
}

static struct assay_text child_text(const struct tree *t, uint32_t entry, const char *name, struct assay_mapper *m)
{
    uint32_t child = entry_child(t, entry, name);
    if (child)
        entry_text(t, child, m);
    return text_of(m);
}

/* RSS: the text of <link>; Atom: the href of the link that is no other relation. */
static struct assay_text link_of(const struct tree *t, uint32_t entry, struct assay_mapper *m)
{
    for (uint32_t i = entry + 1; i < t->node[entry].last; i = t->node[i].last) {
        if (!entry_is(t, i, "link"))
            continue;
        struct assay_text href = tree_attribute(t, i, "href"), rel = tree_attribute(t, i, "rel");
        if (href.size && (!rel.size || (rel.size == 9 && strncasecmp(rel.at, "alternate", 9) == 0)))
            return href;
        if (!href.at && m->text.size == 0)
            entry_text(t, i, m);
    }
    return text_of(m);
}

static uint32_t content_of(const struct tree *t, uint32_t entry)
{
    static const char *const names[] = {"encoded", "content", "description", "summary"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        uint32_t child = entry_child(t, entry, names[i]);
        if (child && t->node[child].last > child + 1)
            return child;
    }
    return 0;
}

static size_t date_of(const struct tree *t, uint32_t entry, char *to)
{
    static const char *const names[] = {"pubDate", "published", "date", "issued", "updated"};
    size_t n = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !n; i++) {
        struct assay_mapper m = {0};
        struct assay_text date = child_text(t, entry, names[i], &m);
        n = date.at ? entry_date(to, date) : 0;
        assay_mapper_free(&m);
    }
    return n;
}

/* The title is text, the content HTML: what is markup in a title is escaped where it would act. */
static void add_title(const struct tree *t, uint32_t title, struct assay_mapper *m)
{
    assay_mapper_insert(m, "<h1>", 4);
    entry_text(t, title, m);
    assay_mapper_insert(m, "</h1>\n", 6);
}

/* "en-gb" to "en". */
static struct assay_text language_of(const struct assay_mapper *m)
{
    struct assay_text text = text_of(m);
    uint64_t n = 0;
    while (n < text.size && ((text.at[n] | 0x20) >= 'a' && (text.at[n] | 0x20) <= 'z'))
        n++;
    return n == 2 || n == 3 ? (struct assay_text){text.at, n} : (struct assay_text){NULL, 0};
}

/* The map of an entry's text to the item, to be freed. NULL: out of memory. */
static struct assay_map *way_back(const struct feed *f, const struct assay_mapper *text, uint64_t *runs)
{
    static const struct assay_map same = {.from = 0, .to = 0, .count = UINT32_MAX, .from_step = 1, .to_step = 1};
    const struct assay_mapper *d = f->decoded;
    return assay_map_compose(d ? d->run : &same, d ? d->count : 1, text->run, text->count, runs);
}

static uint64_t place_of(const struct feed *f, uint64_t at)
{
    uint64_t raw[2];
    if (!f->decoded)
        return at;
    return assay_map_raw(f->decoded->run, f->decoded->count, at, at + 1, raw) ? raw[0] : 0;
}

static assay_status add_entry(struct feed *f, uint32_t entry)
{
    const struct tree *t = &f->tree;
    struct assay_mapper text = {0}, title = {0}, link = {0};
    struct assay_buf id = {0};
    char date[40];
    uint32_t heading = entry_child(t, entry, "title"), content = content_of(t, entry);
    if (heading && t->node[heading].last > heading + 1)
        add_title(t, heading, &text);
    if (content)
        entry_text(t, content, &text);
    size_t dated = date_of(t, entry, date);
    assay_buf_add(&id, f->name.at, f->name.size);
    assay_buf_printf(&id, "!/%llu", (unsigned long long)++f->number);
    struct assay_document record = {.doc = {id.at, id.size},
                                    .title = child_text(t, entry, "title", &title),
                                    .uri = link_of(t, entry, &link),
                                    .published = {dated ? date : NULL, dated},
                                    .source = text_of(&f->title),
                                    .declared = language_of(&f->language),
                                    .encoding = {f->encoding, strlen(f->encoding)},
                                    .media = {"text/html", 9}};
    uint64_t runs;
    struct assay_map *map = way_back(f, &text, &runs);
    assay_status status;
    if (!map || text.failed || title.failed || link.failed || id.failed)
        status = ASSAY_ENOMEM;
    else if (!text.text.size)
        status = f->host->failed(f->host, f->item, place_of(f, t->node[entry].begin), 0, "syntax",
                                 "entry %llu has no text", (unsigned long long)f->number);
    else
        status = f->host->add_document(f->host, f->item, 0, &record, (struct assay_text){text.text.at, text.text.size},
                                       map, runs);
    free(map);
    assay_mapper_free(&text);
    assay_mapper_free(&title);
    assay_mapper_free(&link);
    assay_buf_free(&id);
    return status;
}

static void read_channel(struct feed *f)
{
    const struct tree *t = &f->tree;
    for (uint32_t i = 1; i < t->count; i++)
        if (entry_is(t, i, "channel") || entry_is(t, i, "feed")) {
            child_text(t, i, "title", &f->title);
            if (entry_is(t, i, "feed")) {
                struct assay_text lang = tree_attribute(t, i, "xml:lang");
                if (lang.size)
                    assay_mapper_insert(&f->language, lang.at, lang.size);
            } else {
                child_text(t, i, "language", &f->language);
            }
            return;
        }
}

static assay_status read_entries(struct feed *f)
{
    const struct tree *t = &f->tree;
    assay_status status = ASSAY_OK;
    read_channel(f);
    for (uint32_t i = 1; i < t->count && status >= 0; i++)
        if (t->node[i].tag != TAG_TEXT && (entry_is(t, i, "item") || entry_is(t, i, "entry"))) {
            status = add_entry(f, i);
            i = t->node[i].last - 1;
        }
    assay_mapper_free(&f->title);
    assay_mapper_free(&f->language);
    return status < 0 ? status : ASSAY_OK;
}

/* ---- the file ---- */

/* Mark, shape, UTF-8, declaration, in this order; a feed without any is windows-1252. */
static uint32_t find_encoding(struct feed *f, struct assay_text bytes)
{
    uint32_t mark;
    const char *sure = assay_charset_mark(bytes, &mark);
    if (!sure)
        sure = assay_charset_wide(bytes);
    if (!sure && assay_utf8_valid(bytes.at, bytes.size) == bytes.size)
        sure = "UTF-8";
    struct assay_text declared = assay_charset_declared(bytes);
    if (sure)
        strcpy(f->encoding, sure);
    else
        assay_charset_name(f->encoding, sizeof f->encoding,
                           declared.size ? declared : (struct assay_text){"windows-1252", 12});
    return mark;
}

static assay_status read_item(void *self, struct assay_item *item, struct assay_text name)
{
    struct self *s = self;
    struct feed f = {.host = s->host, .item = item, .name = name};
    struct assay_text bytes;
    assay_status status = s->host->item_bytes(s->host, item, &bytes);
    if (status != ASSAY_OK)
        return status;
    uint32_t mark = find_encoding(&f, bytes);
    struct assay_mapper decoded = {0};
    if (strcmp(f.encoding, "UTF-8") != 0 || assay_utf8_valid(bytes.at, bytes.size) != bytes.size) {
        struct assay_charset c;
        if (!assay_charset_open(&c, f.encoding) &&
            (strcpy(f.encoding, "windows-1252"), !assay_charset_open(&c, f.encoding)))
            return s->host->failed(s->host, item, 0, 0, "decode", "its charset is not known here");
        assay_charset_decode(&c, &decoded, (struct assay_text){bytes.at + mark, bytes.size - mark}, mark, NULL);
        assay_charset_close(&c);
        bytes = (struct assay_text){decoded.text.at, decoded.text.size};
        f.decoded = &decoded;
    }
    if (decoded.failed || !tree_build(&f.tree, bytes, 1))
        status = ASSAY_ENOMEM;
    else
        status = read_entries(&f);
    tree_free(&f.tree);
    assay_mapper_free(&decoded);
    return status;
}

ASSAY_PLUGIN(feed) = {
    ASSAY_ABI,
    .name = "feed",
    .version = "1",
    .summary = "reads RSS and Atom, one document an entry",
    .license = "Apache-2.0",
    .role = ASSAY_READER,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = open_reader,
    .accept = accept_input,
    .read = read_item,
    .close = free,
};
