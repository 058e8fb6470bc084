/* SPDX-License-Identifier: Apache-2.0
 *
 * Writer sarif: findings as a SARIF 2.1.0 log (OASIS), for editors and code-host pages. Rules are verdicts; the first
 * figure is the location, the others are related locations. byteOffset counts in the original file where a map leads
 * there; charOffset (code points) is given too where the text is the file, byte for byte. Failures are notifications.
 */
#include <assay/plugin.h>

#include <stdlib.h>
#include <string.h>

#include <assay/kit/json.h>
#include <assay/kit/points.h>
#include <assay/kit/say.h>
#include <assay/layers/claim.h>
#include <assay/layers/document.h>
#include <assay/layers/finding.h>
#include <assay/layers/host.h>

#define FLUSH (256u * 1024)

struct options {
    struct assay_text path;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_OUTPUT, NULL, "findings.sarif", NULL, NULL, "where to; - is stdout"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

enum { DOCUMENT, CLAIM, FINDING, FAILURE, RUN, SLOTS };
static const struct assay_layer layers[SLOTS] = {
    [DOCUMENT] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "paths"},
    [CLAIM] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "claim", &assay_claim_fields, "figures"},
    [FINDING] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "finding", &assay_finding_fields, "results"},
    [FAILURE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "failure", &assay_failure_fields, "notifications"},
    [RUN] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "run", &assay_run_fields, "version"},
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
    struct assay_points points;
    assay_docid pointed;
};

struct rule {
    const char *id, *text, *level, *kind;
};
/* By enum assay_verdict. SARIF wants level "none" where kind is not "fail". */
static const struct rule rules[] = {
    {"conflict", "Sources disagree on a figure.", "warning", "fail"},
    {"update", "A count moved on between reports.", "note", "fail"},
    {"scope", "Figures that look alike speak of different things.", "none", "informational"},
    {"compatible", "Figures differ as printed and agree after rounding and bounds.", "none", "informational"},
    {"agree", "Sources give the same figure.", "none", "pass"},
};
static const char *const severity_word[] = {"high", "medium", "low", "check"};

static assay_status flush(struct writing *w, size_t full)
{
    if (w->out.failed)
        return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for a result");
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

static void add_text(struct writing *w, const char *key, struct assay_text value)
{
    add(w, key);
    assay_json_text(&w->out, value.at ? value : (struct assay_text){"", 0});
}

static void add_number(struct writing *w, const char *key, uint64_t value)
{
    add(w, key);
    assay_json_u64(&w->out, value);
}

/* A URI reference: bytes that are not unreserved are percent-encoded, slashes stay. */
static void add_uri(struct writing *w, struct assay_text path)
{
    assay_buf_byte(&w->out, '"');
    for (uint64_t i = 0; i < path.size; i++) {
        unsigned char c = (unsigned char)path.at[i];
        int plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~/", c));
        if (plain)
            assay_buf_byte(&w->out, (char)c);
        else
            assay_buf_printf(&w->out, "%%%02X", c);
    }
    assay_buf_byte(&w->out, '"');
}

/* Raw offsets count in the file only where the document is the file: a line of JSON or a member has its own. */
static int is_whole_file(const struct assay_document *d)
{
    return !d->member.at && d->path.at && d->doc.size == d->path.size && !memcmp(d->doc.at, d->path.at, d->path.size);
}

static struct assay_text sentence_of(struct assay_text text, const struct assay_claim *c)
{
    return (struct assay_text){text.at + c->sentence.begin, c->sentence.end - c->sentence.begin};
}

/* SARIF 2.1.0, 3.30: a region says where it is; what has no place in the file has none. */
static assay_status add_region(struct writing *w, const struct assay_doc *doc, const struct assay_document *d,
                               const struct assay_claim *c)
{
    struct assay_text text = w->host->text(w->host, doc);
    uint64_t raw[2];
    if (!is_whole_file(d) || w->host->raw(w->host, doc, c->span, raw) != ASSAY_OK)
        return ASSAY_OK;
    add_number(w, ",\"region\":{\"byteOffset\":", raw[0]);
    add_number(w, ",\"byteLength\":", raw[1] - raw[0]);
    if (raw[0] == c->span.begin && raw[1] == c->span.end && d->raw_bytes == d->text_bytes) {
        assay_docid id = w->host->docid(w->host, doc);
        if (id != w->pointed && !assay_points_set(&w->points, text))
            return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for a document's offsets");
        w->pointed = id;
        w->points.text = text;
        uint64_t begin = assay_points_at(&w->points, c->span.begin);
        add_number(w, ",\"charOffset\":", begin);
        add_number(w, ",\"charLength\":", assay_points_at(&w->points, c->span.end) - begin);
    }
    add_text(w, ",\"snippet\":{\"text\":", sentence_of(text, c));
    add(w, "}}");
    return ASSAY_OK;
}

/* "SOURCE: 1,200", and the sentence, which a viewer does not find by a region where the document is not the file. */
static void add_message(struct writing *w, const struct assay_document *d, const struct assay_claim *c,
                        struct assay_text sentence)
{
    struct assay_buf say = {0};
    assay_say_line(&say, d->source.at ? d->source : d->doc);
    assay_buf_text(&say, ": ");
    assay_say_line(&say, c->text);
    if (!is_whole_file(d)) {
        assay_buf_text(&say, " in: ");
        assay_say_line(&say, sentence);
    }
    w->out.failed |= say.failed;
    add_text(w, "},\"message\":{\"text\":", (struct assay_text){say.at, say.size});
    assay_buf_free(&say);
}

/* {"physicalLocation":...}: 1 where it was written. */
static int add_location(struct writing *w, struct assay_ref ref, const char *before, uint32_t id, assay_status *status)
{
    const struct assay_doc *doc;
    const void *record;
    if (w->host->resolve(w->host, w->results, CLAIM, ref, &doc, &record) != ASSAY_OK)
        return 0;
    struct assay_list list = w->host->records(w->host, doc, DOCUMENT);
    if (!list.count)
        return 0;
    const struct assay_document *d = ASSAY_AT(struct assay_document, list, 0);
    const struct assay_claim *c = record;
    add(w, before);
    add(w, "{");
    if (id)
        add_number(w, "\"id\":", id);
    add(w, id ? ",\"physicalLocation\":{\"artifactLocation\":{\"uri\":"
              : "\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
    add_uri(w, d->path.at && d->path.size ? d->path : d->doc);
    add(w, "}");
    *status = add_region(w, doc, d, c);
    add_message(w, d, c, sentence_of(w->host->text(w->host, doc), c));
    add(w, "}");
    if (!is_whole_file(d)) {
        add_text(w, ",\"logicalLocations\":[{\"fullyQualifiedName\":", d->doc);
        add(w, ",\"kind\":\"member\"}]");
    }
    add(w, "}");
    return 1;
}

static assay_status write_finding(struct writing *w, const struct assay_finding *f, int first)
{
    const struct rule *rule = &rules[f->verdict < 5 ? f->verdict : 2];
    assay_status status = ASSAY_OK;
    assay_buf_printf(&w->out, "%s\n{\"ruleId\":\"%s\",\"ruleIndex\":%u,\"level\":\"%s\",\"kind\":\"%s\"",
                     first ? "" : ",", rule->id, (unsigned)(rule - rules), rule->level, rule->kind);
    add(w, ",\"rank\":");
    assay_json_real(&w->out, f->confidence >= 0 && f->confidence <= 1 ? f->confidence * 100 : 0);
    add_text(w, ",\"message\":{\"text\":", f->title);
    add(w, "},\"locations\":[");
    uint32_t at = 0;
    while (at < f->claims.count && !add_location(w, *ASSAY_AT(struct assay_ref, f->claims, at++), "", 0, &status))
        ;
    add(w, "],\"relatedLocations\":[");
    uint32_t id = 0;
    for (; at < f->claims.count && !status; at++)
        id += (uint32_t)add_location(w, *ASSAY_AT(struct assay_ref, f->claims, at), id ? "," : "", id + 1, &status);
    if (status)
        return status;
    add_text(w, "],\"partialFingerprints\":{\"assayFinding/v1\":", f->id);
    add_text(w, "},\"properties\":{\"explanation\":", f->explanation);
    add_text(w, ",\"rule\":", f->rule);
    assay_buf_printf(&w->out, ",\"severity\":\"%s\"", f->severity < 4 ? severity_word[f->severity] : "check");
    add_number(w, ",\"independentSources\":", f->independent);
    add(w, "}}");
    return flush(w, FLUSH);
}

static assay_status write_results(struct writing *w)
{
    add(w, "],\"results\":[");
    struct assay_list list;
    int first = 1;
    while ((list = w->host->corpus(w->host, w->results, FINDING, 64)).count)
        for (uint32_t i = 0; i < list.count; i++, first = 0) {
            assay_status status = write_finding(w, ASSAY_AT(struct assay_finding, list, i), first);
            if (status)
                return status;
        }
    return ASSAY_OK;
}

static assay_status write_failures(struct writing *w)
{
    struct assay_list list;
    int first = 1;
    while ((list = w->host->corpus(w->host, w->results, FAILURE, 256)).count)
        for (uint32_t i = 0; i < list.count; i++, first = 0) {
            const struct assay_failure *f = ASSAY_AT(struct assay_failure, list, i);
            add_text(w,
                     first ? "\n{\"level\":\"error\",\"message\":{\"text\":"
                           : ",\n{\"level\":\"error\",\"message\":{\"text\":",
                     f->message);
            add_text(w, "},\"associatedRule\":{\"id\":", f->plugin);
            add(w, "}");
            if (f->path.at && f->path.size) {
                add(w, ",\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
                add_uri(w, f->path);
                add(w, "}}}]");
            }
            add(w, "}");
            assay_status status = flush(w, FLUSH);
            if (status)
                return status;
        }
    return ASSAY_OK;
}

static assay_status write_all(struct writing *w)
{
    struct assay_list run = w->host->corpus(w->host, w->results, RUN, 1);
    add(w,
        "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"assay\"");
    if (run.count && ASSAY_AT(struct assay_run, run, 0)->version.at)
        add_text(w, ",\"version\":", ASSAY_AT(struct assay_run, run, 0)->version);
    add(w, ",\"rules\":[");
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        assay_buf_printf(&w->out, "%s{\"id\":\"%s\",\"shortDescription\":{\"text\":\"%s\"}}", i ? "," : "", rules[i].id,
                         rules[i].text);
    add(w,
        "]}},\"columnKind\":\"unicodeCodePoints\",\"invocations\":[{\"executionSuccessful\":true,\"toolExecutionNotifications\":[");
    assay_status status = write_failures(w);
    add(w, "]}");
    if (!status)
        status = write_results(w);
    add(w, "\n]}]}\n");
    return status ? status : flush(w, 0);
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

ASSAY_PLUGIN(sarif) = {
    ASSAY_ABI,
    .name = "sarif",
    .version = "1",
    .summary = "writes findings as a SARIF 2.1.0 log",
    .license = "Apache-2.0",
    .role = ASSAY_WRITER,
    .options = &option_fields,
    .layer = layers,
    .layers = SLOTS,
    .open = open_,
    .write = write_,
    .close = free,
};
