/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader of PDF: the text as poppler's pdftotext gives it in reading order, with tables by the places of their words;
 * it runs as a child with limits on time and memory. Pages end with a form feed; the step that prepares markup makes
 * page/1 of them. There is no map to the bytes of a PDF.
 */
#include <assay/layers/document.h>
#include <assay/plugin.h>
#include <stdlib.h>
#include <string.h>

#include "child.h"
#include "layout.h"
#include "tables.h"

struct options {
    int64_t timeout;
    uint64_t memory, max_text;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, timeout, ASSAY_MSEC, 0, NULL, "20s", "1s", "10m", "for one file"),
    ASSAY_OPTION(struct options, memory, ASSAY_SIZE, 0, NULL, "1GB", "64MB", NULL, "the child's address space"),
    ASSAY_OPTION(struct options, max_text, ASSAY_SIZE, 0, NULL, "64MB", "1KB", "1GB", "a file with more text is a failure"),
};
static const struct assay_fields options_table = ASSAY_FIELDS(struct options, option_rows);

static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "one record a document"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
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

static assay_status accept_input(void *self, struct assay_text name, struct assay_text head)
{
    (void)self;
    (void)name;
    /* Some files have a few bytes before the header. */
    struct assay_text begin = {head.at, head.size < 1024 ? head.size : 1024};
    return begin.size && memmem(begin.at, begin.size, "%PDF-", 5) ? ASSAY_OK : ASSAY_NO;
}

static int has_text(const struct assay_buf *text)
{
    for (size_t i = 0; i < text->size; i++)
        if ((unsigned char)text->at[i] > ' ')
            return 1;
    return 0;
}

/* "key: value" of pdfinfo's output. */
static struct assay_text info_of(const struct assay_buf *info, const char *key)
{
    const char *p = info->at, *end = p + info->size;
    size_t n = strlen(key);
    while (p < end) {
        const char *line_end = memchr(p, '\n', (size_t)(end - p));
        if (!line_end)
            line_end = end;
        if ((size_t)(line_end - p) > n && memcmp(p, key, n) == 0 && p[n] == ':') {
            p += n + 1;
            while (p < line_end && *p == ' ')
                p++;
            return (struct assay_text){p < line_end ? p : NULL, (uint64_t)(line_end - p)};
        }
        p = line_end + 1;
    }
    return (struct assay_text){NULL, 0};
}

static assay_status explain(struct self *s, struct assay_item *item, enum child_end end, const char *said)
{
    const struct assay_host *host = s->host;
    int n = (int)strcspn(said, "\n");
    switch (end) {
    case CHILD_TIMEOUT:
        return host->failed(host, item, 0, 0, "limit", "pdftotext took longer than the limit");
    case CHILD_OUTPUT:
        return host->failed(host, item, 0, 0, "limit", "more text than max_text allows");
    case CHILD_MISSING:
        return host->failed(host, item, 0, 0, "unreadable", "pdftotext (package poppler-utils) is not installed");
    case CHILD_CRASHED:
        return host->failed(host, item, 0, 0, "unreadable", "pdftotext crashed");
    case CHILD_SYSTEM:
        return host->failed(host, item, 0, 0, "unreadable", "pdftotext could not be started");
    default:
        return host->failed(host, item, 0, 0, "unreadable", "pdftotext: %.*s", n ? n : 6, n ? said : "failed");
    }
}

/* Where numbers stand alone the file is read once more for the places of its words, which tell the rows of tables. */
static int put_tables(struct assay_text bytes, const struct child_limits *limits, struct assay_buf *text)
{
    static const char *const args[] = {"pdftotext", "-tsv", "-enc", "UTF-8", "@", "-", NULL};
    struct child_limits wider = *limits;
    struct assay_buf words = {0}, laid_out = {0};
    char said[100];
    int fine = 1;
    wider.output = limits->output > UINT64_MAX / 16 ? limits->output : limits->output * 16; /* a line a word */
    if (tables_may_be(text) && child_run(args, bytes.at, bytes.size, &wider, &words, said, sizeof said) == CHILD_OK &&
        layout_put(&laid_out, &words))
        fine = tables_put(text, &laid_out);
    assay_buf_free(&words);
    assay_buf_free(&laid_out);
    return fine;
}

static assay_status add(struct self *s, struct assay_item *item, const struct assay_buf *text,
                        const struct assay_buf *info)
{
    struct assay_document record = {.media = {"application/pdf", 15}, .encoding = {"UTF-8", 5}};
    struct assay_pair created = {{"created", 7}, {NULL, 0}}; /* by whatever made the file: not when it was published */
    if (info->size) {
        record.title = info_of(info, "Title");
        created.value = info_of(info, "CreationDate");
        record.metadata = (struct assay_list){&created, created.value.at != NULL, sizeof created};
    }
    static const struct assay_map none;
    return s->host->add_document(s->host, item, 0, &record, (struct assay_text){text->at, text->size}, &none, 0);
}

static assay_status read_item(void *self, struct assay_item *item, struct assay_text name)
{
    (void)name;
    static const char *const text_args[] = {"pdftotext", "-enc", "UTF-8", "@", "-", NULL};
    static const char *const info_args[] = {"pdfinfo", "-enc", "UTF-8", "-isodates", "@", NULL};
    struct self *s = self;
    struct assay_text bytes;
    assay_status status = s->host->item_bytes(s->host, item, &bytes);
    if (status != ASSAY_OK)
        return status;
    const struct child_limits limits = {s->options->timeout, s->options->memory, s->options->max_text};
    struct assay_buf text = {0}, info = {0};
    char said[400];
    enum child_end end = child_run(text_args, bytes.at, bytes.size, &limits, &text, said, sizeof said);
    if (end != CHILD_OK) {
        status = explain(s, item, end, said);
    } else if (!has_text(&text)) {
        status = s->host->skipped(s->host, item, (struct assay_text){NULL, 0}, bytes.size, "no text");
    } else if (!put_tables(bytes, &limits, &text)) {
        status = s->host->fail(s->host, ASSAY_ENOMEM, "out of memory");
    } else {
        if (child_run(info_args, bytes.at, bytes.size, &limits, &info, said, sizeof said) != CHILD_OK)
            info.size = 0;
        status = add(s, item, &text, &info);
    }
    assay_buf_free(&text);
    assay_buf_free(&info);
    return status;
}

ASSAY_PLUGIN(pdf) = {
    ASSAY_ABI,
    .name = "pdf",
    .version = "1",
    .summary = "reads PDF by way of pdftotext",
    .license = "Apache-2.0",
    .role = ASSAY_READER,
    .options = &options_table,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = open_reader,
    .accept = accept_input,
    .read = read_item,
    .close = free,
};
