/* SPDX-License-Identifier: Apache-2.0
 *
 * Preparer: who published a text, by the path of its file, where the text itself does not say. It stands behind the
 * steps that find out from the text (markup); before them it would overrule what a page says of itself.
 */
#include <assay/kit/utf8.h>
#include <assay/layers/document.h>
#include <assay/plugin.h>
#include <stdlib.h>
#include <string.h>

#include "path.h"

struct options {
    struct assay_list by_path; /* struct rule */
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, by_path, ASSAY_RECORD, ASSAY_LIST, &rule_fields, NULL, NULL, NULL, "publishers by path; the first that fits counts"),
};
static const struct assay_fields options_table = ASSAY_FIELDS(struct options, option_rows);

enum { DOCUMENT };
static const struct assay_layer layers[] = {
    {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "path, publisher"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
};

static assay_status open_preparer(const struct assay_host *host, const void *options, void **self)
{
    const struct options *o = options;
    for (uint32_t i = 0; i < o->by_path.count; i++) {
        const struct rule *rule = ASSAY_AT(struct rule, o->by_path, i);
        uint32_t missing = rule_missing(rule);
        if (missing)
            return host->fail(host, ASSAY_ECONF, "by_path: \"%.*s\" has no star for $%u of \"%.*s\"",
                              (int)rule->path.size, rule->path.at, missing, (int)rule->source.size, rule->source.at);
    }
    struct self *s = calloc(1, sizeof *s);
    if (!s)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    s->host = host;
    s->options = o;
    *self = s;
    return ASSAY_OK;
}

/* Sets the publisher that the rules give for `path`, if any. */
static assay_status set_source(struct self *s, struct assay_doc *doc, struct assay_text path)
{
    struct assay_buf source = {0};
    assay_status status = ASSAY_SKIP;
    if (rule_source(s->options->by_path, path, &source) && source.size &&
        assay_utf8_valid(source.at, source.size) == source.size) { /* names of files may be any bytes */
        char *kept = source.failed ? NULL : s->host->alloc(s->host, doc, source.size);
        if (kept)
            memcpy(kept, source.at, source.size);
        status = kept ? s->host->amend(s->host, doc, "source", &(struct assay_text){kept, source.size}) : ASSAY_ENOMEM;
    }
    assay_buf_free(&source);
    return status;
}

static assay_status prepare(void *self, struct assay_doc *doc)
{
    struct self *s = self;
    struct assay_list list = s->host->records(s->host, doc, DOCUMENT);
    const struct assay_document *record = list.count ? ASSAY_AT(struct assay_document, list, 0) : NULL;
    if (!record || (record->source.at && record->source.size) || !s->options->by_path.count)
        return ASSAY_SKIP;
    struct assay_buf path = {0}; /* ARCHIVE!/MEMBER, as ids are made */
    assay_buf_add(&path, record->path.at, record->path.size);
    if (record->member.size) {
        assay_buf_text(&path, "!/");
        assay_buf_add(&path, record->member.at, record->member.size);
    }
    assay_status status = path.failed ? ASSAY_ENOMEM : set_source(s, doc, (struct assay_text){path.at, path.size});
    assay_buf_free(&path);
    return status;
}

ASSAY_PLUGIN(publisher) = {
    ASSAY_ABI,
    .name = "publisher",
    .version = "1",
    .summary = "names the publisher by the file's path, where the text does not say",
    .license = "Apache-2.0",
    .role = ASSAY_PREPARER,
    .options = &options_table,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = open_preparer,
    .prepare = prepare,
    .close = free,
};
