/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader of files: a text, a page or an archive of them. It says no to what other readers are for, so that they are
 * asked, and takes all the rest, if only to say why it is passed over.
 */
#include <assay/layers/document.h>
#include <assay/plugin.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "files.h"
#include "kind.h"

static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, input, ASSAY_TEXT, ASSAY_LIST | ASSAY_INPUT, NULL, NULL, NULL, NULL, "files and folders to read where the command line names none"),
    ASSAY_OPTION(struct options, code, ASSAY_TEXT, 0, NULL, "js mjs cjs ts css scss map svg json xsl xslt dtd", NULL, NULL, "endings of files that are code, and passed over"),
    ASSAY_OPTION(struct options, max_file, ASSAY_SIZE, 0, NULL, "1GB", "1", "4GB", "a larger text is a failure"),
    ASSAY_OPTION(struct options, max_member, ASSAY_SIZE, 0, NULL, "64MB", "1", "4GB", "a larger member of an archive is a failure"),
    ASSAY_OPTION(struct options, max_total, ASSAY_SIZE, 0, NULL, "64GB", "1", NULL, "an archive is left when its members pass this"),
    ASSAY_OPTION(struct options, max_members, ASSAY_U64, 0, NULL, "1000000", "1", NULL, "an archive is left after this many members"),
    ASSAY_OPTION(struct options, max_ratio, ASSAY_U64, 0, NULL, "200", "1", NULL, "an archive is left when its members pass this many times its size"),
    ASSAY_OPTION(struct options, max_depth, ASSAY_U64, 0, NULL, "4", "1", "8", "archives inside archives"),
};
static const struct assay_fields options_table = ASSAY_FIELDS(struct options, option_rows);

static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "one record a document"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
    struct archive_budget budget;
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
    const struct self *s = self;
    if (kind_of(name, head) != KIND_OTHER)
        return ASSAY_OK;
    return s->host->fail(s->host, ASSAY_NO, "%s", kind_other(name, head));
}

static assay_status read_text(struct self *s, struct assay_item *item, enum kind kind)
{
    const struct assay_host *host = s->host;
    uint64_t size = host->item_size(host, item);
    if (size > s->options->max_file)
        return host->failed(host, item, 0, 0, "limit", "the file is larger than max_file allows");
    struct assay_text bytes;
    assay_status status = host->item_bytes(host, item, &bytes);
    if (status != ASSAY_OK)
        return status;
    const char *media = kind_media(kind);
    struct assay_document record = {.media = {media, strlen(media)}};
    return host->add_document(host, item, 0, &record, bytes, NULL, 0);
}

static assay_status skip(struct self *s, struct assay_item *item, const char *reason)
{
    return s->host->skipped(s->host, item, (struct assay_text){NULL, 0}, s->host->item_size(s->host, item), reason);
}

static assay_status read_item(void *self, struct assay_item *item, struct assay_text name)
{
    struct self *s = self;
    char head[4096];
    uint64_t got = 0;
    assay_status status = s->host->item_read(s->host, item, 0, head, sizeof head, &got);
    if (status != ASSAY_OK)
        return status;
    const struct options *o = s->options;
    const struct archive_limits limits = {o->max_member, o->max_total, o->max_members, o->max_ratio, o->max_depth};
    enum kind kind = kind_of(name, (struct assay_text){head, got});
    switch (kind) {
    case KIND_EMPTY:
        return skip(s, item, "empty");
    case KIND_BINARY:
        return skip(s, item, kind_binary((struct assay_text){head, got}));
    case KIND_OTHER:
        return skip(s, item, "binary");
    case KIND_APPLE_DOUBLE:
        return skip(s, item, "apple-double");
    case KIND_ARCHIVE:
    case KIND_COMPRESSED:
        return archive_read(s->host, item, name, kind == KIND_COMPRESSED, &limits, &s->budget);
    case KIND_TEXT:
    case KIND_XML:
        if (name_has_ending(name, o->code))
            return skip(s, item,
                        name_has_ending(name, (struct assay_text){"json", 4}) ? "JSON, but not one object a line"
                                                                              : "code");
        return read_text(s, item, kind);
    default:
        return read_text(s, item, kind);
    }
}

ASSAY_PLUGIN(files) = {
    ASSAY_ABI,
    .name = "files",
    .version = "1",
    .summary = "reads text, Markdown, HTML and XML files, and archives of whatever the chain reads",
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
