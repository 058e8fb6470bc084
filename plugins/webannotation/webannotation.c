/* SPDX-License-Identifier: Apache-2.0
 *
 * Writer webannotation: figures and findings as one W3C Web Annotation collection (JSON-LD). Positions are code points
 * (TextPositionSelector) with the quote and its surroundings beside them (TextQuoteSelector), so that a client can
 * anchor it again in a page that changed. No wall-clock goes in: `created` is left out.
 * https://www.w3.org/TR/annotation-model/
 */
#include <assay/plugin.h>

#include <stdlib.h>
#include <string.h>

#include <assay/kit/json.h>
#include <assay/kit/points.h>
#include <assay/kit/say.h>
#include <assay/kit/utf8.h>
#include <assay/layers/claim.h>
#include <assay/layers/document.h>
#include <assay/layers/finding.h>

#define FLUSH (256u * 1024)
#define AROUND 32u /* code points of prefix and suffix */

struct options {
    struct assay_text path;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_OUTPUT, NULL, "annotations.jsonld", NULL, NULL, "where to; - is stdout"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

enum { DOCUMENT, CLAIM, FINDING, SLOTS };
static const struct assay_layer layers[SLOTS] = {
    [DOCUMENT] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields,
                  "sources of the annotations"},
    [CLAIM] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "claim", &assay_claim_fields, "figures"},
    [FINDING] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "finding", &assay_finding_fields, "what is said of them"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
};

struct writing {
    const struct assay_host *host;
    struct assay_results *results;
    struct assay_sink *sink;
    struct assay_buf out;
    struct assay_points points; /* of the document `pointed` */
    assay_docid pointed;
    int any; /* an item was written: the next wants a comma */
};

static const char *const kind_word[] = {"number",   "percent",  "money", "dimension",
                                        "duration", "multiple", "rank",  "ordinal",
                                        "date"};
static const char *const verdict_word[] = {"conflict", "update", "scope", "compatible", "agree"};

static assay_status flush(struct writing *w, size_t full)
{
    if (w->out.failed)
        return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for an annotation");
    if (w->out.size < full)
        return ASSAY_OK;
    assay_status status = w->host->write(w->host, w->sink, w->out.at, w->out.size);
    w->out.size = 0;
    return status;
}

static void add(struct writing *w, const char *literal)
{
    assay_buf_text(&w->out, literal);
}

static void add_text(struct writing *w, const char *terminated)
{
    assay_buf_byte(&w->out, '"');
    add(w, terminated);
    assay_buf_byte(&w->out, '"');
}

static const struct assay_document *record_of(const struct writing *w, const struct assay_doc *doc)
{
    struct assay_list list = w->host->records(w->host, doc, DOCUMENT);
    return list.count ? ASSAY_AT(struct assay_document, list, 0) : NULL;
}

/* The address readers know: uri, else path, else id. */
static struct assay_text source_of(const struct assay_document *d)
{
    if (d->uri.at && d->uri.size)
        return d->uri;
    return d->path.at && d->path.size ? d->path : d->doc;
}

static uint32_t back(struct assay_text text, uint32_t at, uint32_t points)
{
    while (at && points--)
        do
            at--;
        while (!assay_utf8_border(text.at, text.size, at));
    return at;
}

static uint32_t forth(struct assay_text text, uint32_t at, uint32_t points)
{
    while (at < text.size && points--)
        do
            at++;
        while (!assay_utf8_border(text.at, text.size, at));
    return at;
}

static void add_piece(struct writing *w, const char *key, struct assay_text text, uint32_t begin, uint32_t end)
{
    add(w, key);
    assay_json_text(&w->out, (struct assay_text){text.at + begin, end - begin});
}

static assay_status add_target(struct writing *w, const struct assay_doc *doc, struct assay_span span)
{
    struct assay_text text = w->host->text(w->host, doc);
    assay_docid id = w->host->docid(w->host, doc);
    if (id != w->pointed && !assay_points_set(&w->points, text))
        return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for a document's offsets");
    w->pointed = id;
    w->points.text = text; /* the view may have moved; its content cannot have */
    add(w, "{\"source\":");
    assay_json_text(&w->out, source_of(record_of(w, doc)));
    add(w, ",\"selector\":[{\"type\":\"TextPositionSelector\",\"start\":");
    assay_json_u64(&w->out, assay_points_at(&w->points, span.begin));
    add(w, ",\"end\":");
    assay_json_u64(&w->out, assay_points_at(&w->points, span.end));
    add_piece(w, "},{\"type\":\"TextQuoteSelector\",\"exact\":", text, span.begin, span.end);
    add_piece(w, ",\"prefix\":", text, back(text, span.begin, AROUND), span.begin);
    add_piece(w, ",\"suffix\":", text, span.end, forth(text, span.end, AROUND));
    add(w, "}");
    uint64_t raw[2];
    if (w->host->raw(w->host, doc, span, raw) == ASSAY_OK) {
        add(w, ",{\"type\":\"DataPositionSelector\",\"start\":");
        assay_json_u64(&w->out, raw[0]);
        add(w, ",\"end\":");
        assay_json_u64(&w->out, raw[1]);
        add(w, "}");
    }
    add(w, "]}");
    return ASSAY_OK;
}

static void begin_item(struct writing *w, struct assay_text id, const char *motivation)
{
    add(w, w->any ? ",\n{\"id\":" : "\n{\"id\":");
    w->any = 1;
    struct assay_buf urn = {0};
    assay_buf_text(&urn, "urn:assay:");
    for (uint64_t i = 0; i < id.size; i++) {
        unsigned char c = (unsigned char)id.at[i];
        int plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~/#", c));
        if (plain)
            assay_buf_byte(&urn, (char)c);
        else
            assay_buf_printf(&urn, "%%%02X", c);
    }
    w->out.failed |= urn.failed;
    assay_json_text(&w->out, (struct assay_text){urn.at, urn.size});
    assay_buf_free(&urn);
    add(w, ",\"type\":\"Annotation\",\"motivation\":");
    add_text(w, motivation);
    add(w, ",\"generator\":{\"id\":\"urn:assay\",\"type\":\"Software\",\"name\":\"assay\"},\"body\":[");
}

static void add_body(struct writing *w, const char *purpose, struct assay_text value, int more)
{
    add(w, "{\"type\":\"TextualBody\",\"purpose\":");
    add_text(w, purpose);
    add(w, ",\"value\":");
    assay_json_text(&w->out, value);
    add(w, more ? "}," : "}");
}

static struct assay_text word(const char *terminated)
{
    return (struct assay_text){terminated, strlen(terminated)};
}

static assay_status write_claim(struct writing *w, const struct assay_doc *doc, uint32_t i, const struct assay_claim *c)
{
    struct assay_text id = {0};
    struct assay_ref ref = {w->host->docid(w->host, doc), i, 0};
    if (w->host->name(w->host, w->results, CLAIM, ref, &id) != ASSAY_OK)
        return ASSAY_OK;
    begin_item(w, id, "identifying");
    add_body(w, "tagging", word(c->kind < ASSAY_COUNT(kind_word) ? kind_word[c->kind] : "number"), 1);
    struct assay_buf say = {0};
    assay_say_value(&say, c->value, c->has_value_high ? c->value_high : 0, c->bound, c->unit);
    w->out.failed |= say.failed;
    add_body(w, "describing", (struct assay_text){say.at, say.size}, 0);
    assay_buf_free(&say);
    add(w, "],\"target\":");
    assay_status status = add_target(w, doc, c->span);
    add(w, "}");
    return status ? status : flush(w, FLUSH);
}

static assay_status write_finding(struct writing *w, const struct assay_finding *f)
{
    begin_item(w, f->id, "assessing");
    add_body(w, "tagging", word(f->verdict < 5 ? verdict_word[f->verdict] : "unknown"), 1);
    add_body(w, "describing", f->title, 1);
    add_body(w, "commenting", f->explanation.at ? f->explanation : word(""), 0);
    add(w, "],\"target\":[");
    int any = 0;
    for (uint32_t i = 0; i < f->claims.count; i++) {
        const struct assay_doc *doc;
        const void *record;
        struct assay_ref ref = *ASSAY_AT(struct assay_ref, f->claims, i);
        if (w->host->resolve(w->host, w->results, CLAIM, ref, &doc, &record) != ASSAY_OK)
            continue;
        add(w, any ? "," : "");
        any = 1;
        assay_status status = add_target(w, doc, ((const struct assay_claim *)record)->span);
        if (status)
            return status;
    }
    add(w, "]}");
    return flush(w, FLUSH);
}

static assay_status write_all(struct writing *w)
{
    add(w,
        "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:assay:annotations\",\"type\":\"AnnotationCollection\","
        "\"label\":\"assay\",\"first\":{\"id\":\"urn:assay:annotations:1\",\"type\":\"AnnotationPage\",\"items\":[");
    const struct assay_doc *doc;
    assay_status status;
    while ((status = w->host->next_document(w->host, w->results, &doc)) == ASSAY_OK) {
        struct assay_list claims = w->host->records(w->host, doc, CLAIM);
        for (uint32_t i = 0; i < claims.count && !status; i++)
            status = write_claim(w, doc, i, ASSAY_AT(struct assay_claim, claims, i));
        if (status)
            return status;
    }
    if (status != ASSAY_END)
        return status;
    struct assay_list list;
    while ((list = w->host->corpus(w->host, w->results, FINDING, 64)).count)
        for (uint32_t i = 0; i < list.count; i++)
            if ((status = write_finding(w, ASSAY_AT(struct assay_finding, list, i))) != ASSAY_OK)
                return status;
    add(w, "\n]}}\n");
    return flush(w, 0);
}

static assay_status write_(void *own, struct assay_results *results)
{
    struct self *self = own;
    struct writing w = {.host = self->host, .results = results};
    assay_status status = self->host->sink(self->host, results, self->options->path, &w.sink, NULL);
    if (!status)
        status = write_all(&w);
    assay_points_free(&w.points);
    assay_buf_free(&w.out);
    return status;
}

static assay_status open_(const struct assay_host *h, const void *options, void **own)
{
    struct self *self = malloc(sizeof *self);
    if (!self)
        return ASSAY_ENOMEM;
    *self = (struct self){h, options};
    *own = self;
    return ASSAY_OK;
}

ASSAY_PLUGIN(webannotation) = {
    ASSAY_ABI,
    .name = "webannotation",
    .version = "1",
    .summary = "writes figures and findings as W3C Web Annotations",
    .license = "Apache-2.0",
    .role = ASSAY_WRITER,
    .options = &option_fields,
    .layer = layers,
    .layers = SLOTS,
    .open = open_,
    .write = write_,
    .close = free,
};
