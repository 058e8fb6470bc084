/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader of WARC (ISO 28500), plain or gzip: one document a response, resource or conversion of text. Other payloads go
 * to the chain's readers. Broken records are recorded and the next one is looked for.
 */
#include <assay/kit/text.h>
#include <assay/layers/document.h>
#include <assay/plugin.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "http.h"
#include "source.h"

#define HEADER_MAX 65536u

struct options {
    uint64_t max_record;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, max_record, ASSAY_SIZE, 0, NULL, "64MB", "1KB", "1GB", "a larger record is a failure"),
};
static const struct assay_fields options_table = ASSAY_FIELDS(struct options, option_rows);

static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "one record a document"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
};

/* A record in hand. */
struct record {
    struct warc_source *source;
    const struct options *options;
    struct assay_text name;   /* of the item */
    struct assay_text header; /* WARC's, in the source's buffer */
    struct assay_text body;   /* the record's block, there too */
    uint64_t number, body_at; /* body_at: byte of the unpacked stream */
    uint64_t at;              /* byte of the item, for failures */
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
    if (head.size >= 5 && memcmp(head.at, "WARC/", 5) == 0)
        return ASSAY_OK;
    int gzip = head.size >= 3 && memcmp(head.at, "\x1f\x8b\x08", 3) == 0;
    if (gzip && assay_text_ends(name, ".warc.gz"))
        return ASSAY_OK;
    struct assay_buf begin = {0};
    if (gzip)
        source_inflate(head.at, head.size, 1u << 16, &begin);
    int warc = begin.size >= 5 && memcmp(begin.at, "WARC/", 5) == 0;
    assay_buf_free(&begin);
    return warc ? ASSAY_OK : ASSAY_NO;
}

/* ---- one record ---- */

static int same(struct assay_text text, const char *word)
{
    return text.size == strlen(word) && strncasecmp(text.at, word, text.size) == 0;
}

static int is_text(struct assay_text type)
{
    return same(type, "text/html") || same(type, "application/xhtml+xml") || same(type, "text/plain") ||
           same(type, "text/markdown");
}

/* <...> around addresses, as old writers have it. */
static struct assay_text bare(struct assay_text uri)
{
    if (uri.size > 2 && uri.at[0] == '<' && uri.at[uri.size - 1] == '>')
        return (struct assay_text){uri.at + 1, uri.size - 2};
    return uri;
}

static assay_status bad_record(const struct record *r, const char *code, const char *why)
{
    const struct assay_host *host = r->source->host;
    struct assay_text uri = bare(http_header(r->header, "WARC-Target-URI"));
    return host->failed(host, r->source->item, r->at, 0, code, "record %llu%s%.*s: %s", (unsigned long long)r->number,
                        uri.size ? " " : "", (int)(uri.size < 500 ? uri.size : 500), uri.at ? uri.at : "", why);
}

static assay_status add_text(const struct record *r, struct assay_text type, struct assay_text charset,
                             struct assay_text bytes, const struct assay_map *map, uint64_t runs)
{
    const struct assay_host *host = r->source->host;
    struct assay_buf id = {0};
    struct assay_pair pairs[2];
    uint32_t count = 0;
    struct assay_text date = http_header(r->header, "WARC-Date");
    if (date.size)
        pairs[count++] = (struct assay_pair){{"captured", 8}, date};
    if (charset.size)
        pairs[count++] = (struct assay_pair){{"charset", 7}, charset};
    assay_buf_add(&id, r->name.at, r->name.size);
    assay_buf_printf(&id, "!/%llu", (unsigned long long)r->number);
    struct assay_document record = {.doc = {id.at, id.size},
                                    .uri = bare(http_header(r->header, "WARC-Target-URI")),
                                    .media = type,
                                    .metadata = {pairs, count, sizeof pairs[0]}};
    static const struct assay_map none;
    assay_status status =
        id.failed ? ASSAY_ENOMEM
                  : host->add_document(host, r->source->item, 0, &record, bytes,
                                       r->source->inflate || !runs ? &none : map, r->source->inflate ? 0 : runs);
    assay_buf_free(&id);
    return status;
}

/* Text becomes a document, the rest goes to whoever reads it. */
static assay_status add_payload(const struct record *r, struct assay_text content_type, struct assay_text bytes,
                                const struct assay_map *map, uint64_t runs)
{
    const struct assay_host *host = r->source->host;
    struct assay_text charset, type = http_type(content_type, &charset);
    if (!bytes.size)
        return ASSAY_OK;
    if (is_text(type))
        return add_text(r, type, charset, bytes, map, runs);
    struct assay_buf name = {0};
    struct assay_text uri = bare(http_header(r->header, "WARC-Target-URI"));
    assay_buf_printf(&name, "%llu", (unsigned long long)r->number);
    if (uri.size)
        assay_buf_printf(&name, " %.*s", (int)(uri.size < 1000 ? uri.size : 1000), uri.at);
    struct assay_text member = {name.at, name.size};
    assay_status status = name.failed ? ASSAY_ENOMEM : host->add_item(host, r->source->item, member, bytes);
    if (status == ASSAY_NO)
        status = host->skipped(host, r->source->item, member, bytes.size, NULL);
    assay_buf_free(&name);
    return status == ASSAY_EDOC ? ASSAY_OK : status;
}

static assay_status add_encoded(const struct record *r, struct assay_text type, struct assay_text encoding,
                                struct assay_text bytes)
{
    struct assay_buf plain = {0};
    assay_status status;
    if (!same(encoding, "gzip") && !same(encoding, "x-gzip") && !same(encoding, "deflate"))
        status = bad_record(r, "decode", "content encoding that is not known here");
    else if (!source_inflate(bytes.at, bytes.size, r->options->max_record, &plain))
        status = bad_record(r, "decode", "the content encoding is damaged, or unpacks to more than max_record");
    else
        status = add_payload(r, type, (struct assay_text){plain.at, plain.size}, NULL, 0);
    assay_buf_free(&plain);
    return status;
}

static assay_status read_response(const struct record *r)
{
    uint64_t header_size = http_header_size(r->body.at, r->body.size);
    struct assay_text header = {r->body.at, header_size};
    if (!header_size || !http_status(header))
        return bad_record(r, "syntax", "no HTTP header");
    uint32_t http = http_status(header);
    if (http < 200 || http >= 300)
        return ASSAY_OK; /* redirections and errors are no pages */
    struct assay_mapper m = {0};
    uint64_t from = r->body_at + header_size, to = r->body_at + r->body.size;
    const char *base = r->body.at - r->body_at;
    struct assay_text encoding = http_header(header, "Content-Encoding"), type = http_header(header, "Content-Type");
    int chunked = same(http_header(header, "Transfer-Encoding"), "chunked") ? http_unchunk(&m, base, from, to) : 0;
    if (!chunked)
        assay_mapper_keep(&m, base, from, to - from);
    struct assay_text bytes = {m.text.at, m.text.size};
    /* Many writers store the body unpacked and leave the header as it was. */
    int packed =
        encoding.size && !same(encoding, "identity") &&
        !(bytes.size > 1 && (unsigned char)bytes.at[0] != 0x1f && (same(encoding, "gzip") || same(encoding, "x-gzip")));
    assay_status status;
    if (m.failed)
        status = ASSAY_ENOMEM;
    else if (chunked < 0)
        status = bad_record(r, "syntax", "a chunk's size is wrong");
    else if (packed && bytes.size)
        status = add_encoded(r, type, encoding, bytes);
    else
        status = add_payload(r, type, bytes, m.run, m.count);
    assay_mapper_free(&m);
    return status;
}

static assay_status read_record(const struct record *r)
{
    struct assay_text kind = http_header(r->header, "WARC-Type"), unused;
    struct assay_text type = http_header(r->header, "Content-Type");
    if (same(kind, "response") && same(http_type(type, &unused), "application/http"))
        return read_response(r);
    if (!same(kind, "resource") && !same(kind, "conversion") && !same(kind, "response"))
        return ASSAY_OK;
    struct assay_map run = {r->body_at, 0, (uint32_t)r->body.size, 1, 1, 0};
    return add_payload(r, type, r->body, &run, 1);
}

/* ---- the file ---- */

/* Drops bytes up to the next record's first line. 0: there is none. */
static int find_record(struct warc_source *s)
{
    for (;;) {
        source_need(s, 1u << 16);
        char *found = s->buf.size ? memmem(s->buf.at, s->buf.size, "\nWARC/", 6) : NULL;
        if (found) {
            source_drop(s, (uint64_t)(found + 1 - s->buf.at));
            return 1;
        }
        if (s->ended)
            return 0;
        source_drop(s, s->buf.size > 6 ? s->buf.size - 6 : 0);
    }
}

static int read_number(struct assay_text text, uint64_t *value)
{
    *value = 0;
    for (uint64_t i = 0; i < text.size; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' || *value > UINT64_MAX / 100)
            return 0;
        *value = *value * 10 + (uint64_t)(text.at[i] - '0');
    }
    return text.size > 0;
}

/* Line ends between records. 1: a record begins; 0: the end; -1: something else. */
static int next_begins(struct warc_source *s)
{
    source_need(s, 16);
    uint64_t n = 0;
    while (n < s->buf.size && (s->buf.at[n] == '\r' || s->buf.at[n] == '\n'))
        n++;
    source_drop(s, n);
    source_need(s, 5);
    if (!s->buf.size)
        return 0;
    return s->buf.size >= 5 && memcmp(s->buf.at, "WARC/", 5) == 0 ? 1 : -1;
}

/* The record at the begin of the buffer. *size: what of the buffer it is. 0: bad, and recorded. */
static int frame_record(struct record *r, uint64_t *size, assay_status *status)
{
    struct warc_source *s = r->source;
    uint64_t length;
    source_need(s, HEADER_MAX);
    uint64_t header = http_header_size(s->buf.at, s->buf.size < HEADER_MAX ? s->buf.size : HEADER_MAX);
    *size = 1;
    r->at = s->inflate ? s->member : s->offset;
    r->header = (struct assay_text){s->buf.at, header};
    if (!header || !read_number(http_header(r->header, "Content-Length"), &length)) {
        *status = bad_record(r, "syntax", "no length in its header");
        return 0;
    }
    if (length > r->options->max_record) {
        *status = bad_record(r, "limit", "larger than max_record allows");
        return 0;
    }
    source_need(s, header + length);
    r->header.at = s->buf.at;
    if (s->buf.size < header + length) {
        *status = bad_record(r, "syntax", "the file ends inside the record");
        return 0;
    }
    r->body = (struct assay_text){s->buf.at + header, length};
    r->body_at = s->offset + header;
    *size = header + length;
    return 1;
}

static assay_status read_file(struct record *r)
{
    struct warc_source *s = r->source;
    assay_status status = ASSAY_OK;
    while (status >= 0 && s->status == ASSAY_OK) {
        int begins = next_begins(s);
        if (begins == 0)
            break;
        uint64_t size;
        r->number++;
        if (begins < 0) {
            r->at = s->inflate ? s->member : s->offset;
            r->header = (struct assay_text){NULL, 0};
            status = bad_record(r, "syntax", "no record begins here: a length before it is wrong");
            if (!find_record(s))
                break;
            r->number--;
            continue;
        }
        if (frame_record(r, &size, &status)) {
            status = read_record(r);
            source_drop(s, size);
        } else {
            source_drop(s, 5);
            if (!find_record(s))
                break;
        }
    }
    return status < 0 ? status : s->status;
}

static assay_status read_item(void *self, struct assay_item *item, struct assay_text name)
{
    struct self *s = self;
    struct warc_source source;
    if (!source_open(&source, s->host, item)) {
        source_close(&source);
        return ASSAY_ENOMEM;
    }
    struct record r = {.source = &source, .options = s->options, .name = name};
    assay_status status = read_file(&r);
    source_close(&source);
    return status;
}

ASSAY_PLUGIN(warc) = {
    ASSAY_ABI,
    .name = "warc",
    .version = "1",
    .summary = "reads web archives (WARC), one document a page",
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
