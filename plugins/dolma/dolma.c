/* SPDX-License-Identifier: Apache-2.0
 *
 * Writer dolma: documents and attributes in the layout of the Dolma toolkit: documents/assay.jsonl.gz and
 * attributes/assay/assay.jsonl.gz with the same documents in the same order, spans as [start, end, value] in code
 * points. `added` (a wall-clock time) is left out. https://github.com/allenai/dolma/blob/main/docs/data-format.md
 */
#include <assay/plugin.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include <assay/kit/json.h>
#include <assay/kit/points.h>
#include <assay/layers/claim.h>
#include <assay/layers/document.h>
#include <assay/layers/text.h>

struct options {
    struct assay_text path;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_OUTPUT | ASSAY_FOLDER, NULL, "dolma", NULL, NULL, "folder to write"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

enum { DOCUMENT, LANGUAGE, CLAIM, SLOTS };
static const struct assay_layer layers[SLOTS] = {
    [DOCUMENT] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "ids, sources, dates"},
    [LANGUAGE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "language", &assay_language_fields, "languages"},
    [CLAIM] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "claim", &assay_claim_fields, "figures"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
};

struct writing {
    const struct assay_host *host;
    struct assay_results *results;
    const char *folder;
    gzFile documents, attributes;
    struct assay_points points;
    struct assay_buf line;
};

static const char *const kind_word[] = {"number",   "percent",  "money", "dimension",
                                        "duration", "multiple", "rank",  "ordinal",
                                        "date"};

static gzFile open_part(struct writing *w, const char *sub, assay_status *status)
{
    char path[4400];
    const char *parts[] = {"", sub, "/assay"};
    size_t deep = strcmp(sub, "/attributes") ? 2 : 3;
    path[0] = 0;
    for (size_t i = 0; i < deep; i++) {
        char so_far[4300];
        int n = snprintf(so_far, sizeof so_far, "%s%s%s", w->folder, i ? parts[1] : "", i > 1 ? parts[2] : "");
        if (n < 0 || (size_t)n >= sizeof so_far || (mkdir(so_far, 0777) && errno != EEXIST)) {
            *status = w->host->fail(w->host, ASSAY_EFATAL, "cannot make the folder %s: %s", so_far, strerror(errno));
            return NULL;
        }
        snprintf(path, sizeof path, "%s/assay.jsonl.gz", so_far);
    }
    gzFile file = gzopen(path, "wb6");
    if (!file)
        *status = w->host->fail(w->host, ASSAY_EFATAL, "cannot write %s: %s", path, strerror(errno));
    return file;
}

static assay_status put_line(struct writing *w, gzFile to)
{
    assay_buf_byte(&w->line, '\n');
    if (w->line.failed)
        return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for a document");
    for (size_t at = 0; at < w->line.size;) {
        size_t left = w->line.size - at;
        int n = gzwrite(to, w->line.at + at, left > 1u << 30 ? 1u << 30 : (unsigned)left);
        if (n <= 0) {
            int code;
            const char *why = gzerror(to, &code);
            return w->host->fail(w->host, ASSAY_EFATAL, "cannot write: %s", code == Z_ERRNO ? strerror(errno) : why);
        }
        at += (size_t)n;
    }
    w->line.size = 0;
    return ASSAY_OK;
}

static void add_field(struct writing *w, const char *key, struct assay_text value)
{
    assay_buf_text(&w->line, key);
    assay_json_text(&w->line, value);
}

/* "2024-05-04" -> "2024-05-04T00:00:00Z": the toolkit wants a time. Null stays null. */
static void add_created(struct writing *w, struct assay_text published)
{
    assay_buf_text(&w->line, ",\"created\":");
    if (!published.at || published.size != 10) {
        assay_json_text(&w->line, published);
        return;
    }
    assay_json_text(&w->line, published);
    if (w->line.failed)
        return;
    w->line.size--;
    assay_buf_text(&w->line, "T00:00:00Z\"");
}

static struct assay_text source_of(const struct assay_document *d)
{
    return d->source.at ? d->source : (struct assay_text){"unknown", 7}; /* the format demands one */
}

static assay_status write_text(struct writing *w, const struct assay_document *d, struct assay_text text)
{
    add_field(w, "{\"id\":", d->doc);
    add_field(w, ",\"text\":", text.at ? text : (struct assay_text){"", 0});
    add_field(w, ",\"source\":", source_of(d));
    add_created(w, d->published);
    add_field(w, ",\"metadata\":{\"publisher\":", d->source);
    add_field(w, ",\"path\":", d->path);
    add_field(w, ",\"url\":", d->uri);
    add_field(w, ",\"title\":", d->title);
    add_field(w, ",\"lang\":", d->language);
    add_field(w, ",\"sha256\":", d->sha256);
    assay_buf_text(&w->line, "}}");
    return put_line(w, w->documents);
}

static void add_span(struct writing *w, struct assay_span span, double value, int *first)
{
    assay_buf_text(&w->line, *first ? "[" : ",[");
    *first = 0;
    assay_json_u64(&w->line, assay_points_at(&w->points, span.begin));
    assay_buf_byte(&w->line, ',');
    assay_json_u64(&w->line, assay_points_at(&w->points, span.end));
    assay_buf_byte(&w->line, ',');
    assay_json_real(&w->line, value);
    assay_buf_byte(&w->line, ']');
}

static void add_claims(struct writing *w, struct assay_list claims, uint32_t kind, int *first_key)
{
    int first = 1;
    for (uint32_t i = 0; i < claims.count; i++) {
        const struct assay_claim *c = ASSAY_AT(struct assay_claim, claims, i);
        if (c->kind != kind)
            continue;
        if (first) {
            assay_buf_printf(&w->line, "%s\"assay__claims__%s\":[", *first_key ? "" : ",", kind_word[kind]);
            *first_key = 0;
        }
        add_span(w, c->span, c->value, &first);
    }
    if (!first)
        assay_buf_byte(&w->line, ']');
}

static void add_languages(struct writing *w, struct assay_list spans, int *first_key)
{
    for (uint32_t i = 0; i < spans.count; i++) {
        const struct assay_language *l = ASSAY_AT(struct assay_language, spans, i);
        int seen = 0, first = 1;
        for (uint32_t k = 0; k < i && !seen; k++) {
            const struct assay_language *o = ASSAY_AT(struct assay_language, spans, k);
            seen = o->language.size == l->language.size && !memcmp(o->language.at, l->language.at, l->language.size);
        }
        if (seen || !l->language.size)
            continue;
        assay_buf_printf(&w->line, "%s\"assay__language__%.*s\":[", *first_key ? "" : ",", (int)l->language.size,
                         l->language.at);
        *first_key = 0;
        for (uint32_t k = i; k < spans.count; k++) {
            const struct assay_language *o = ASSAY_AT(struct assay_language, spans, k);
            if (o->language.size == l->language.size && !memcmp(o->language.at, l->language.at, l->language.size))
                add_span(w, o->span, o->confidence, &first);
        }
        assay_buf_byte(&w->line, ']');
    }
}

static assay_status write_document(struct writing *w, const struct assay_doc *doc)
{
    struct assay_list list = w->host->records(w->host, doc, DOCUMENT);
    if (!list.count)
        return ASSAY_OK;
    const struct assay_document *d = ASSAY_AT(struct assay_document, list, 0);
    struct assay_text text = w->host->text(w->host, doc);
    if (!assay_points_set(&w->points, text))
        return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for a document's offsets");
    assay_status status = write_text(w, d, text);
    if (status)
        return status;
    add_field(w, "{\"id\":", d->doc);
    add_field(w, ",\"source\":", source_of(d));
    assay_buf_text(&w->line, ",\"attributes\":{");
    int first_key = 1;
    for (uint32_t kind = 0; kind < ASSAY_COUNT(kind_word); kind++)
        add_claims(w, w->host->records(w->host, doc, CLAIM), kind, &first_key);
    struct assay_list languages = w->host->records(w->host, doc, LANGUAGE);
    if (languages.count < 10000) /* a document of that many spans is no text; its claims are written all the same */
        add_languages(w, languages, &first_key);
    assay_buf_text(&w->line, "}}");
    return put_line(w, w->attributes);
}

static assay_status close_part(struct writing *w, gzFile *file, assay_status status)
{
    if (!*file)
        return status;
    int closed = gzclose(*file);
    *file = NULL;
    return status || closed == Z_OK
               ? status
               : w->host->fail(w->host, ASSAY_EFATAL, "cannot write to %s: %s", w->folder, strerror(errno));
}

static assay_status write_(void *own, struct assay_results *results)
{
    struct self *self = own;
    struct writing w = {.host = self->host, .results = results};
    struct assay_sink *none;
    const struct assay_doc *doc;
    assay_status status = self->host->sink(self->host, results, self->options->path, &none, &w.folder);
    if (!status)
        w.documents = open_part(&w, "/documents", &status);
    if (!status)
        w.attributes = open_part(&w, "/attributes", &status);
    while (!status && (status = w.host->next_document(w.host, results, &doc)) == ASSAY_OK)
        status = write_document(&w, doc);
    if (status == ASSAY_END)
        status = ASSAY_OK;
    status = close_part(&w, &w.documents, status);
    status = close_part(&w, &w.attributes, status);
    assay_points_free(&w.points);
    assay_buf_free(&w.line);
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

ASSAY_PLUGIN(dolma) = {
    ASSAY_ABI,
    .name = "dolma",
    .version = "1",
    .summary = "writes documents and attributes for the Dolma toolkit",
    .license = "Apache-2.0",
    .role = ASSAY_WRITER,
    .options = &option_fields,
    .layer = layers,
    .layers = SLOTS,
    .open = open_,
    .write = write_,
    .close = free,
};
