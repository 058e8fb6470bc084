/* SPDX-License-Identifier: Apache-2.0
 *
 * Built with the headers beside it, which stay as they are.
 */
#include <stdlib.h>

#include <assay/layers/document.h>
#include <assay/plugin.h>

struct options {
    uint32_t most, zero;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, most, ASSAY_U32, 0, NULL, "10", "1", "100", "records of a document, at most"),
};
static const struct assay_fields options = ASSAY_FIELDS(struct options, option_rows);

struct byte {
    struct assay_span span;
    uint32_t value, zero;
};
static const struct assay_field byte_rows[] = {
    ASSAY_FIELD(struct byte, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where"),
    ASSAY_FIELD(struct byte, value, ASSAY_U32, 0, NULL, "which"),
};
static const struct assay_fields byte_fields = ASSAY_FIELDS(struct byte, byte_rows);

enum { DOCUMENT, BYTE, SUM };
static const struct assay_layer layers[] = {
    {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "the document"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "first_byte", &byte_fields, "its first bytes"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 1, "first_sum", &byte_fields, "one record a first byte"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
};

static assay_status open_it(const struct assay_host *host, const void *given, void **self)
{
    struct self *s = malloc(sizeof *s);
    if (!s)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    s->host = host;
    s->options = given;
    *self = s;
    return ASSAY_OK;
}

static assay_status analyse(void *self, struct assay_doc *doc)
{
    const struct self *s = self;
    struct assay_text text = s->host->text(s->host, doc);
    for (uint32_t i = 0; i < text.size && i < s->options->most; i++) {
        struct byte b = {{i, i + 1}, (unsigned char)text.at[i], 0};
        if ((unsigned char)text.at[i] >= 0x80)
            break;
        assay_status status = s->host->add(s->host, doc, BYTE, &b);
        if (status < 0)
            return status;
    }
    return ASSAY_OK;
}

static assay_status map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct self *s = self;
    struct assay_list l = s->host->records(s->host, doc, BYTE);
    return l.count ? s->host->emit(s->host, out, &ASSAY_AT(struct byte, l, 0)->value, 4, ASSAY_AT(struct byte, l, 0)) : ASSAY_OK;
}

static assay_status reduce(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    const struct self *s = self;
    struct assay_list l;
    (void)key;
    (void)size;
    assay_status status = s->host->next(s->host, values, 1, &l, NULL);
    return status ? status : s->host->to_corpus(s->host, out, SUM, l.at);
}

static void close_it(void *self)
{
    free(self);
}

static const struct assay_round rounds[] = {{"sum", 4, 0, &byte_fields, map, NULL, reduce, NULL, ASSAY_NEVER, 0}};

ASSAY_PLUGIN(first) = {ASSAY_ABI, "first", "1", "shows that contract 1.0 is kept", "Apache-2.0", ASSAY_ANALYSER, 0, &options, layers, rounds,
                       ASSAY_COUNT(layers), ASSAY_COUNT(rounds), open_it, NULL, NULL, NULL, analyse, NULL, close_it, NULL};
