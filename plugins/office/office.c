/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader of office documents: Word and PowerPoint (Office Open XML), OpenDocument texts and slides as one text each,
 * EPUB as one document a chapter, Excel workbooks as tables. There is no map to the bytes of a zip.
 */
#include <assay/kit/sniff.h>
#include <assay/kit/text.h>
#include <assay/layers/document.h>
#include <assay/plugin.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#include "epub.h"
#include "meta.h"
#include "odf.h"
#include "ooxml.h"
#include "package.h"
#include "sheet.h"

/* A workbook with more text is a data base, of which nobody writes. */
#define SHEETS_MOST (4u << 20)

struct options {
    uint64_t max_unpacked;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, max_unpacked, ASSAY_SIZE, 0, NULL, "128MB", "1KB", "1GB", "a file whose text parts unpack to more is a failure"),
};
static const struct assay_fields options_table = ASSAY_FIELDS(struct options, option_rows);

static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "one record a document"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
};

/* A file in hand. */
struct file {
    const struct assay_host *host;
    struct assay_item *item;
    struct assay_text name;
    uint64_t size;
    struct package package;
    struct meta meta;
};

static const struct assay_map no_map;

static assay_status open_reader(const struct assay_host *host, const void *options, void **self)
{
    struct self *s = calloc(1, sizeof *s);
    if (!s)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    xmlInitParser();
    s->host = host;
    s->options = options;
    *self = s;
    return ASSAY_OK;
}

static assay_status accept_input(void *self, struct assay_text name, struct assay_text head)
{
    (void)self;
    (void)name;
    return assay_sniff_office(head) ? ASSAY_OK : ASSAY_NO;
}

static assay_status skip(struct file *f, const char *reason)
{
    return f->host->skipped(f->host, f->item, (struct assay_text){NULL, 0}, f->size, reason);
}

static assay_status add_prose(struct file *f, const struct prose *prose, const char *media)
{
    struct assay_pair pairs[META_PAIRS];
    struct assay_document record = {.media = assay_text_of(media), .encoding = {"UTF-8", 5}};
    if (prose->text.failed)
        return ASSAY_ENOMEM;
    if (!prose->text.size)
        return skip(f, "no text");
    meta_record(&f->meta, &record, pairs);
    return f->host->add_document(f->host, f->item, 0, &record, (struct assay_text){prose->text.at, prose->text.size},
                                 &no_map, 0);
}

/* ASSAY_SKIP: it is recorded, and the file is done with. */
static assay_status bad_part(struct file *f, const char *name, const struct xml *x)
{
    assay_status status = f->host->failed(f->host, f->item, 0, 0, "syntax", "%s, line %d: %s", name, x->line,
                                          x->why[0] ? x->why : "not read");
    return status ? status : ASSAY_SKIP;
}

/* Appends one part by its reader; ASSAY_SKIP: it is bad, and that is recorded. */
static assay_status read_part(struct file *f, struct prose *prose, const char *name,
                              int (*read)(struct prose *, struct xml *))
{
    struct assay_text part = package_part(&f->package, name);
    if (!part.at) {
        assay_status status = f->host->failed(f->host, f->item, 0, 0, "syntax", "%s: there is no such part", name);
        return status ? status : ASSAY_SKIP;
    }
    struct xml x;
    if (!xml_open(&x, part))
        return ASSAY_ENOMEM;
    assay_status status = read(prose, &x) ? ASSAY_OK : bad_part(f, name, &x);
    xml_close(&x);
    return status;
}

/* ---- the formats ---- */

static const char *media_of(enum ooxml_kind kind)
{
    switch (kind) {
    case OOXML_SLIDES:
        return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    case OOXML_SHEETS:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    default:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    }
}

static assay_status read_texts(struct file *f, const struct assay_buf *names, struct prose *prose)
{
    assay_status status = ASSAY_OK;
    for (size_t at = 0; at < names->size && status == ASSAY_OK; at += strlen(names->at + at) + 1)
        status = read_part(f, prose, names->at + at, ooxml_text);
    return status;
}

static assay_status read_sheets(struct file *f, const struct assay_buf *names, struct prose *prose)
{
    struct workbook book = {0};
    struct xml x;
    assay_status status = ASSAY_OK;
    if (!workbook_read(&book, &f->package, &x))
        status = bad_part(f, "a part of the workbook", &x);
    xml_close(&x);
    for (size_t at = 0; at < names->size && status == ASSAY_OK; at += strlen(names->at + at) + 1) {
        struct assay_text part = package_part(&f->package, names->at + at);
        if (!xml_open(&x, part))
            status = ASSAY_ENOMEM;
        else if (!sheet_text(prose, &x, &book))
            status = bad_part(f, names->at + at, &x);
        xml_close(&x);
    }
    workbook_free(&book);
    if (status != ASSAY_OK || prose->text.size <= SHEETS_MOST)
        return status;
    status = f->host->failed(f->host, f->item, 0, 0, "limit", "the workbook has more than 4 MB of cells");
    return status ? status : ASSAY_SKIP;
}

static assay_status read_ooxml(struct file *f)
{
    struct assay_buf names = {0};
    struct prose prose = {0};
    struct xml types;
    enum ooxml_kind kind = ooxml_parts(&f->package, &names, &types);
    assay_status status = names.failed ? ASSAY_ENOMEM : ASSAY_OK;
    meta_read(&f->meta, package_part(&f->package, "docProps/core.xml"));
    if (kind == OOXML_BAD)
        status = bad_part(f, "[Content_Types].xml", &types);
    else if (kind == OOXML_OTHER)
        status = skip(f, "no office document that holds text");
    else if (status == ASSAY_OK)
        status = kind == OOXML_SHEETS ? read_sheets(f, &names, &prose) : read_texts(f, &names, &prose);
    xml_close(&types);
    if (status == ASSAY_OK && kind != OOXML_BAD && kind != OOXML_OTHER)
        status = add_prose(f, &prose, media_of(kind));
    assay_buf_free(&names);
    assay_buf_free(&prose.text);
    return status;
}

static assay_status read_odf(struct file *f, struct assay_text type)
{
    char media[128];
    size_t n = type.size < sizeof media - 1 ? type.size : sizeof media - 1;
    memcpy(media, type.at, n);
    media[n] = 0;
    struct assay_text manifest = package_part(&f->package, "META-INF/manifest.xml");
    if (manifest.size && memmem(manifest.at, manifest.size, ":encryption-data", 16))
        return f->host->failed(f->host, f->item, 0, 0, "unreadable", "it is encrypted");
    meta_read(&f->meta, package_part(&f->package, "meta.xml"));
    struct prose prose = {0};
    assay_status status = read_part(f, &prose, "content.xml", odf_text);
    status = status ? status : add_prose(f, &prose, media);
    assay_buf_free(&prose.text);
    return status;
}

/* "2024", "2024-03" are no days. */
static int is_day(const char *date)
{
    for (int i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? date[i] != '-' : date[i] < '0' || date[i] > '9')
            return 0;
    return date[10] == 0 || date[10] == 'T';
}

static assay_status add_chapter(struct file *f, const char *name, struct assay_text bytes)
{
    struct assay_pair pairs[META_PAIRS];
    struct assay_buf id = {0};
    assay_buf_add(&id, f->name.at, f->name.size);
    assay_buf_printf(&id, "!/%s", name);
    struct assay_document record = {.media = {"application/xhtml+xml", 21}};
    meta_record(&f->meta, &record, pairs);
    record.title = (struct assay_text){NULL, 0}; /* the chapter has its own */
    record.doc = (struct assay_text){id.at, id.size};
    if (f->meta.publisher[0])
        record.source = assay_text_of(f->meta.publisher);
    if (is_day(f->meta.date))
        record.published = assay_text_of(f->meta.date);
    assay_status status =
        id.failed ? ASSAY_ENOMEM : f->host->add_document(f->host, f->item, 0, &record, bytes, &no_map, 0);
    assay_buf_free(&id);
    return status;
}

static assay_status read_chapter(struct file *f, const char *name)
{
    struct assay_text bytes = package_part(&f->package, name);
    if (!bytes.at)
        return f->host->failed(f->host, f->item, 0, 0, "syntax", "chapter %s: there is no such part", name);
    if (epub_is_encrypted(&f->package, name))
        return f->host->failed(f->host, f->item, 0, 0, "unreadable", "chapter %s: it is encrypted", name);
    return bytes.size ? add_chapter(f, name, bytes) : ASSAY_OK;
}

static assay_status read_epub(struct file *f)
{
    char why[500];
    struct assay_buf names = {0};
    assay_status status = ASSAY_OK;
    if (!epub_read(&f->package, &f->meta, &names, why, sizeof why))
        status = f->host->failed(f->host, f->item, 0, 0, "syntax", "%s", why);
    else if (names.failed)
        status = ASSAY_ENOMEM;
    else if (!names.size)
        status = skip(f, "no text");
    for (size_t at = 0; at < names.size && status == ASSAY_OK; at += strlen(names.at + at) + 1)
        status = read_chapter(f, names.at + at);
    assay_buf_free(&names);
    return status;
}

static int begins(struct assay_text text, const char *word)
{
    return text.size >= strlen(word) && memcmp(text.at, word, strlen(word)) == 0;
}

static assay_status read_package(struct file *f)
{
    struct assay_text type = package_part(&f->package, "mimetype");
    if (begins(type, "application/epub+zip"))
        return read_epub(f);
    if (begins(type, "application/vnd.oasis.opendocument."))
        return read_odf(f, type);
    return read_ooxml(f);
}

static assay_status read_item(void *self, struct assay_item *item, struct assay_text name)
{
    const struct self *s = self;
    struct file f = {.host = s->host, .item = item, .name = name, .size = s->host->item_size(s->host, item)};
    struct assay_text bytes;
    char why[300];
    assay_status status = s->host->item_bytes(s->host, item, &bytes);
    if (status != ASSAY_OK)
        return status;
    switch (package_open(&f.package, bytes, s->options->max_unpacked, why, sizeof why)) {
    case PACKAGE_OK:
        status = read_package(&f);
        break;
    case PACKAGE_LIMIT:
        status = s->host->failed(s->host, item, 0, 0, "limit", "%s", why);
        break;
    case PACKAGE_MEMORY:
        status = ASSAY_ENOMEM;
        break;
    case PACKAGE_ENCRYPTED:
        status = s->host->failed(s->host, item, 0, 0, "unreadable", "%s", why);
        break;
    case PACKAGE_DAMAGED:
        status = s->host->failed(s->host, item, 0, 0, "unreadable", "the file is damaged: %s", why);
        break;
    }
    package_free(&f.package);
    return status == ASSAY_SKIP ? ASSAY_OK : status;
}

ASSAY_PLUGIN(office) = {
    ASSAY_ABI,
    .name = "office",
    .version = "1",
    .summary = "reads Word, PowerPoint, Excel and OpenDocument files, and EPUB, one document a chapter",
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
