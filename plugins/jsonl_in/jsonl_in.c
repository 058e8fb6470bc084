/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader of JSON Lines: one document a line. The text is handed on byte for byte, with the map to the text value; a bad
 * line is recorded and the rest is read.
 */
#include <assay/kit/text.h>
#include <assay/kit/sniff.h>
#include <assay/layers/document.h>
#include <assay/plugin.h>
#include <stdlib.h>
#include <string.h>

#include "line.h"

struct options {
    struct assay_text key[LINE_KEYS];
    struct assay_text media;
};
struct named_options { /* the same memory, member by member, for the field table */
    struct assay_text id, text, source, published, title, uri, language, media;
};
_Static_assert(sizeof(struct options) == sizeof(struct named_options), "the two views of the options differ");

#define KEY(m, name, help) ASSAY_OPTION(struct named_options, m, ASSAY_TEXT, 0, NULL, name, NULL, NULL, help)
static const struct assay_field option_rows[] = {
    KEY(id, "id", "key of the document's id; empty: none, a text is named by its file and line"),
    KEY(text, "text", "key of the text"),
    KEY(source, "source", "key of the publisher"),
    KEY(published, "published", "key of the date"),
    KEY(title, "title", "key of the title"),
    KEY(uri, "uri", "key of the address"),
    KEY(language, "language", "key of the declared language"),
    KEY(media, "text/plain", "media type of the texts"),
};
static const struct assay_fields options_table = ASSAY_FIELDS(struct named_options, option_rows);

static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "one record a document"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
    struct line line;
    struct assay_buf id; /* of a document that has none */
    uint32_t warned;     /* 1: of a date that is none */
};

static assay_status open_reader(const struct assay_host *host, const void *options, void **self)
{
    struct self *s = calloc(1, sizeof *s);
    if (!s)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    s->host = host;
    s->options = options;
    *self = s;
    return ASSAY_OK;
}

static void close_reader(void *self)
{
    struct self *s = self;
    line_free(&s->line);
    assay_buf_free(&s->id);
    free(s);
}

static struct assay_text without_mark(struct assay_text text)
{
    if (text.size >= 3 && memcmp(text.at, "\xef\xbb\xbf", 3) == 0)
        return (struct assay_text){text.at + 3, text.size - 3};
    return text;
}

static assay_status accept_input(void *self, struct assay_text name, struct assay_text head)
{
    (void)self;
    if (assay_sniff_wide(head))
        return ASSAY_NO;
    if (assay_text_ends(name, ".jsonl") || assay_text_ends(name, ".ndjson"))
        return ASSAY_OK;
    return assay_sniff_json_lines(head) ? ASSAY_OK : ASSAY_NO;
}

static int is_blank(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
        p++;
    return p == end;
}

static assay_status add(struct self *s, struct assay_item *item, struct assay_text name, uint64_t number)
{
    struct line *line = &s->line;
    if (!line->record.doc.size) {
        s->id.size = 0;
        assay_buf_add(&s->id, name.at, name.size);
        assay_buf_printf(&s->id, ":%llu", (unsigned long long)number);
        if (s->id.failed)
            return ASSAY_ENOMEM;
        line->record.doc = (struct assay_text){s->id.at, s->id.size};
    }
    if (!line->record.media.at)
        line->record.media = s->options->media;
    if (line->no_date.size && !s->warned++)
        s->host->note(
            s->host, ASSAY_NOTE_WARNING,
            "%.*s, line %llu: published \"%.*s\" is no ISO date (2024-05-04): the text counts as undated (said once)",
            (int)name.size, name.at, (unsigned long long)number,
            (int)(line->no_date.size < 64 ? line->no_date.size : 64), line->no_date.at);
    struct assay_map identity = {.count = (uint32_t)line->text.size, .from_step = 1, .to_step = 1};
    return s->host->add_document(s->host, item, 0, &line->record, line->text, line->text.size ? &identity : NULL,
                                 line->text.size ? 1 : 0);
}

static assay_status read_line(struct self *s, struct assay_item *item, struct assay_text name, struct assay_text line,
                              uint64_t at, uint64_t number)
{
    const struct assay_host *host = s->host;
    if (!line_read(&s->line, line, s->options->key))
        return host->failed(host, item, at + s->line.error_at, number, s->line.code, "%s", s->line.error);
    if (s->line.text.size > UINT32_MAX)
        return host->failed(host, item, at, number, "limit", "the text is longer than 4 GiB");
    return add(s, item, name, number);
}

static assay_status read_item(void *self, struct assay_item *item, struct assay_text name)
{
    struct self *s = self;
    struct assay_text bytes;
    assay_status status = s->host->item_bytes(s->host, item, &bytes);
    if (status != ASSAY_OK)
        return status;
    uint64_t start, number;
    s->host->item_place(s->host, item, &start, &number);
    const char *p = bytes.at, *end = bytes.at + bytes.size;
    if (start == 0)
        p = without_mark(bytes).at;
    for (const char *line_end; p < end; p = line_end < end ? line_end + 1 : end, number++) {
        line_end = memchr(p, '\n', (size_t)(end - p));
        if (!line_end)
            line_end = end;
        if (is_blank(p, line_end))
            continue;
        struct assay_text line = {p, (uint64_t)(line_end - p)};
        status = read_line(s, item, name, line, start + (uint64_t)(p - bytes.at), number);
        if (status < 0)
            return status;
    }
    return ASSAY_OK;
}

ASSAY_PLUGIN(jsonl_in) = {
    ASSAY_ABI,
    .name = "jsonl_in",
    .version = "1",
    .summary = "reads JSON Lines, one document a line",
    .license = "Apache-2.0",
    .role = ASSAY_READER,
    .flags = ASSAY_LINES | ASSAY_STDIN,
    .options = &options_table,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = open_reader,
    .accept = accept_input,
    .read = read_item,
    .close = close_reader,
};
