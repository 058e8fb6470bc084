/* SPDX-License-Identifier: Apache-2.0
 *
 * Writer csv: a folder with findings.csv, evidence.csv, claims.csv and a datapackage.json that describes them
 * (https://specs.frictionlessdata.io), for spreadsheets and data tools.
 */
#include <assay/plugin.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <assay/kit/evidence.h>
#include <assay/kit/json.h>
#include <assay/kit/say.h>
#include <assay/layers/finding.h>
#include <assay/layers/text.h>

#include "table.h"

#define SENTENCE_SIDE 1000u /* bytes of a sentence on either side of the figure */

struct options {
    struct assay_text path;
    uint32_t bom;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_OUTPUT | ASSAY_FOLDER, NULL, "results-csv", NULL, NULL, "the folder"),
    ASSAY_OPTION(struct options, bom, ASSAY_FLAG, 0, NULL, "false", NULL, NULL, "begin the files with a byte order mark, which Excel needs to see UTF-8"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

enum { DOCUMENT, SENTENCE, CLAIM, FINDING, SLOTS };
static const struct assay_layer layers[SLOTS] = {
    [DOCUMENT] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "sources, dates"},
    [SENTENCE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "sentence", &assay_sentence_fields, "bounds of quotes"},
    [CLAIM] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "claim", &assay_claim_fields, "figures"},
    [FINDING] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "finding", &assay_finding_fields, "what the sources say"},
};
static const struct assay_evidence_slots slots = {DOCUMENT, CLAIM, SENTENCE};

static const char *const verdict_word[] = {"conflict", "update", "scope", "compatible", "agree"};
static const char *const severity_word[] = {"high", "medium", "low", "check"};
static const char *const hint_word[] = {"x10", "x100", "x1000", "unit", "scale", "swapped-digits"};
static const char *const review_word[] = {"accepted", "dismissed", "reopened"};
static const char *const kind_word[] = {"number",   "percent",  "money", "dimension",
                                        "duration", "multiple", "rank",  "ordinal",
                                        "date"};
static const char *const change_word[] = {"level", "increase", "decrease"};
static const char *const relation_word[] = {"by", "to", "from", "fold"};
static const char *const status_word[] = {"asserted", "negated", "target", "forecast", "hypothetical"};
#define WORD(list, i) ((i) < sizeof(list) / sizeof((list)[0]) ? (list)[i] : NULL)

static const struct csv_column finding_column[] = {
    {"rank", "integer", "1 = look here first"}, {"finding", "string", "id, stays when texts are added"},
    {"verdict", "string", "conflict, update, scope, compatible or agree"}, {"severity", "string", "high, medium, low or check"},
    {"confidence", "number", "0 to 1"}, {"title", "string", "one line"}, {"explanation", "string", "why"}, {"rule", "string", "rule that decided"},
    {"scope", "string", "across texts or within one"}, {"values", "integer", "different values"}, {"independent", "integer", "independent sources"},
    {"gap", "number", "relative gap after bounds and rounding"}, {"hint", "string", "likely slip"}, {"period_from", "string", "ISO 8601"},
    {"period_to", "string", "ISO 8601"}, {"measured", "string", "what is measured"}, {"concept", "string", "its key"},
    {"state", "string", "hash of verdict and values"}, {"review", "string", "mark of an earlier reading"}, {"note", "string", "note of an earlier reading"},
};
static const struct csv_column evidence_column[] = {
    {"rank", "integer", "of the finding"}, {"finding", "string", "id"}, {"verdict", "string", "of the finding"},
    {"value_index", "integer", "which value of the finding, from 0"}, {"value", "number", "of the finding; lower end of a range"},
    {"value_high", "number", "upper end of a range"}, {"bound", "string", "exact, about, over, at-least, under, at-most or range"},
    {"unit", "string", "ISO 4217 or CLDR"}, {"independent", "integer", "independent sources of the value"}, {"claim", "string", "id"},
    {"source", "string", "publisher"}, {"published", "string", "ISO 8601"}, {"doc", "string", "document"}, {"path", "string", "file"},
    {"uri", "string", "address"}, {"begin", "integer", "byte of the text"}, {"end", "integer", "byte of the text, exclusive"},
    {"raw_begin", "integer", "byte of the file"}, {"raw_end", "integer", "byte of the file, exclusive"}, {"figure", "string", "as written"},
    {"sentence", "string", "its sentence"},
};
static const struct csv_column claim_column[] = {
    {"claim", "string", "id"}, {"doc", "string", "document"}, {"source", "string", "publisher"}, {"published", "string", "ISO 8601"},
    {"begin", "integer", "byte of the text"}, {"end", "integer", "byte of the text, exclusive"}, {"raw_begin", "integer", "byte of the file"},
    {"raw_end", "integer", "byte of the file, exclusive"}, {"figure", "string", "as written"}, {"sentence", "string", "its sentence"},
    {"kind", "string", "kind of quantity"}, {"value", "number", "lower end of a range"}, {"value_high", "number", "upper end of a range"},
    {"decimal", "string", "value, exact"}, {"bound", "string", "exact, about, over, at-least, under, at-most or range"},
    {"unit", "string", "ISO 4217 or CLDR"}, {"counted", "string", "things counted"}, {"base_value", "number", "in the base unit"},
    {"base_unit", "string", "CLDR base unit"}, {"per", "string", "per what"}, {"change", "string", "level, increase or decrease"},
    {"relation", "string", "by, to, from or fold"}, {"status", "string", "how it is said"}, {"time_from", "string", "ISO 8601"},
    {"time_to", "string", "ISO 8601"}, {"measured", "string", "what is measured"}, {"concept", "string", "its key"},
    {"entities", "string", "names near it, with ; between"}, {"speaker", "string", "who says so"}, {"language", "string", "ISO 639"},
    {"confidence", "number", "0 to 1"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
};

enum { FINDINGS, EVIDENCE, CLAIMS, TABLES };

struct writing {
    const struct assay_host *host;
    struct assay_results *results;
    struct csv_table table[TABLES];
};

static void write_place(struct writing *w, struct csv_table *t, const struct assay_doc *doc, struct assay_span span)
{
    uint64_t raw[2] = {0, 0};
    int mapped = w->host->raw(w->host, doc, span, raw) == ASSAY_OK;
    csv_count(t, span.begin, 1);
    csv_count(t, span.end, 1);
    csv_count(t, raw[0], mapped);
    csv_count(t, raw[1], mapped);
}

static struct assay_text slice(struct assay_text text, struct assay_span span)
{
    if (span.begin > span.end || span.end > text.size)
        return (struct assay_text){0};
    return (struct assay_text){text.at + span.begin, span.end - span.begin};
}

static void write_entities(struct csv_table *t, struct assay_list list)
{
    struct assay_buf joined = {0};
    for (uint32_t i = 0; i < list.count; i++) {
        const struct assay_text *name = &ASSAY_AT(struct assay_entity, list, i)->text;
        if (i)
            assay_buf_text(&joined, "; ");
        if (name->at)
            assay_buf_add(&joined, name->at, name->size);
    }
    if (joined.failed)
        t->buf.failed = 1;
    csv_text(t, (struct assay_text){joined.at, joined.size});
    assay_buf_free(&joined);
}

/* A sentence without end would be repeated for each of its figures, and no spreadsheet takes more than 32,767
 * characters in a cell: of such a one what stands around the figure. */
static void write_sentence(struct csv_table *t, const struct assay_evidence *e)
{
    int head, tail;
    struct assay_buf cut = {0};
    struct assay_span span = assay_evidence_clip(e, e->sentence, SENTENCE_SIDE, SENTENCE_SIDE, &head, &tail);
    struct assay_text text = slice(e->text, span);
    if (!head && !tail) {
        csv_text(t, text);
        return;
    }
    assay_buf_text(&cut, head ? "… " : "");
    assay_buf_add(&cut, text.at, text.size);
    assay_buf_text(&cut, tail ? " …" : "");
    t->buf.failed |= cut.failed;
    csv_text(t, (struct assay_text){cut.at, cut.size});
    assay_buf_free(&cut);
}

static void write_claim(struct writing *w, const struct assay_doc *doc, const struct assay_document *d,
                        const struct assay_claim *c, struct assay_text id)
{
    struct csv_table *t = &w->table[CLAIMS];
    const struct assay_text none = {0};
    csv_text(t, id);
    csv_text(t, d->doc);
    csv_text(t, d->source);
    csv_text(t, d->published);
    write_place(w, t, doc, c->span);
    csv_text(t, c->text);
    write_sentence(t, &(struct assay_evidence){
                          .text = w->host->text(w->host, doc), .figure = c->span, .sentence = c->sentence});
    csv_word(t, WORD(kind_word, c->kind));
    csv_real(t, c->value, 1);
    csv_real(t, c->value_high, c->has_value_high != 0);
    csv_number(t, c->decimal);
    csv_word(t, assay_say_bound_name(c->bound));
    csv_text(t, c->unit);
    csv_text(t, c->counted);
    csv_real(t, c->base_value, c->has_base_value != 0);
    csv_text(t, c->base_unit);
    csv_text(t, c->per);
    csv_word(t, WORD(change_word, c->change));
    csv_word(t, c->has_relation ? WORD(relation_word, c->relation) : NULL);
    csv_word(t, WORD(status_word, c->status));
    csv_text(t, c->has_time ? c->time.from : none);
    csv_text(t, c->has_time ? c->time.to : none);
    csv_text(t, c->has_measured ? c->measured.text : none);
    csv_text(t, c->has_measured ? c->measured.concept : none);
    write_entities(t, c->entities);
    csv_text(t, c->has_speaker ? c->speaker.text : none);
    csv_text(t, c->language);
    csv_real(t, c->confidence, 1);
    csv_end_row(t);
}

static assay_status write_claims(struct writing *w)
{
    const struct assay_doc *doc;
    assay_status status;
    struct assay_buf id = {0};
    while ((status = w->host->next_document(w->host, w->results, &doc)) == ASSAY_OK) {
        struct assay_list documents = w->host->records(w->host, doc, DOCUMENT),
                          claims = w->host->records(w->host, doc, CLAIM);
        struct assay_span last = {0, 0};
        uint32_t same = 0;
        if (!documents.count)
            continue;
        const struct assay_document *d = ASSAY_AT(struct assay_document, documents, 0);
        for (uint32_t i = 0; i < claims.count; i++) {
            const struct assay_claim *c = ASSAY_AT(struct assay_claim, claims, i);
            same = i && c->span.begin == last.begin && c->span.end == last.end ? same + 1 : 0;
            last = c->span;
            id.size = 0;
            assay_buf_add(&id, d->doc.at, d->doc.size);
            assay_buf_printf(&id, "#%u-%u", last.begin, last.end);
            if (same)
                assay_buf_printf(&id, "~%u", same + 1);
            write_claim(w, doc, d, c, (struct assay_text){id.at, id.size});
        }
    }
    int failed = id.failed;
    assay_buf_free(&id);
    if (failed)
        return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for an id");
    return status == ASSAY_END ? ASSAY_OK : status;
}

static void write_evidence(struct writing *w, const struct assay_finding *x, uint32_t index, struct assay_ref ref)
{
    struct csv_table *t = &w->table[EVIDENCE];
    const struct assay_value *v = ASSAY_AT(struct assay_value, x->values, index);
    struct assay_evidence e;
    struct assay_text id = {0};
    if (assay_evidence_get(w->host, w->results, &slots, ref, &e) != ASSAY_OK)
        return;
    if (w->host->name(w->host, w->results, CLAIM, ref, &id) != ASSAY_OK)
        id = (struct assay_text){0};
    csv_count(t, x->rank, 1);
    csv_text(t, x->id);
    csv_word(t, WORD(verdict_word, x->verdict));
    csv_count(t, index, 1);
    csv_real(t, v->value, 1);
    csv_real(t, v->value_high, v->has_value_high != 0);
    csv_word(t, assay_say_bound_name(v->bound));
    csv_text(t, v->unit);
    csv_count(t, v->independent, 1);
    csv_text(t, id);
    csv_text(t, e.document->source);
    csv_text(t, e.document->published);
    csv_text(t, e.document->doc);
    csv_text(t, e.document->path);
    csv_text(t, e.document->uri);
    write_place(w, t, e.doc, e.figure);
    csv_text(t, e.claim->text);
    write_sentence(t, &e);
    csv_end_row(t);
}

static void write_finding(struct writing *w, const struct assay_finding *x)
{
    struct csv_table *t = &w->table[FINDINGS];
    const struct assay_text none = {0};
    csv_count(t, x->rank, 1);
    csv_text(t, x->id);
    csv_word(t, WORD(verdict_word, x->verdict));
    csv_word(t, WORD(severity_word, x->severity));
    csv_real(t, x->confidence, 1);
    csv_text(t, x->title);
    csv_text(t, x->explanation);
    csv_text(t, x->rule);
    csv_word(t, x->scope_of ? "within" : "across");
    csv_count(t, x->values.count, 1);
    csv_count(t, x->independent, 1);
    csv_real(t, x->gap, 1);
    csv_word(t, x->has_hint ? WORD(hint_word, x->hint) : NULL);
    csv_text(t, x->has_period ? x->period.from : none);
    csv_text(t, x->has_period ? x->period.to : none);
    csv_text(t, x->measured);
    csv_text(t, x->concept);
    csv_text(t, x->state);
    csv_word(t, x->has_review ? WORD(review_word, x->review) : NULL);
    csv_text(t, x->note);
    csv_end_row(t);
    for (uint32_t i = 0; i < x->values.count; i++) {
        struct assay_list claims = ASSAY_AT(struct assay_value, x->values, i)->claims;
        for (uint32_t k = 0; k < claims.count; k++)
            write_evidence(w, x, i, *ASSAY_AT(struct assay_ref, claims, k));
    }
}

static void write_findings(struct writing *w)
{
    struct assay_list list;
    while ((list = w->host->corpus(w->host, w->results, FINDING, 64)).count)
        for (uint32_t i = 0; i < list.count; i++)
            write_finding(w, ASSAY_AT(struct assay_finding, list, i));
}

/* ---- datapackage.json ---- */

static void add_resource(struct assay_buf *to, const struct csv_table *t)
{
    static const char *const key[TABLES] = {"finding", NULL, "claim"};
    assay_buf_printf(
        to,
        "{\"name\":\"%s\",\"path\":\"%s.csv\",\"profile\":\"tabular-data-resource\",\"format\":\"csv\",\"mediatype\":\"text/csv\","
        "\"encoding\":\"utf-8\",\"dialect\":{\"lineTerminator\":\"\\r\\n\"},\"schema\":{\"fields\":[",
        t->name, t->name);
    for (uint32_t i = 0; i < t->columns; i++)
        assay_buf_printf(to, "%s{\"name\":\"%s\",\"type\":\"%s\",\"description\":\"%s\"}", i ? "," : "",
                         t->column[i].name, t->column[i].type, t->column[i].help);
    assay_buf_text(to, "],\"missingValues\":[\"\"]");
    for (uint32_t i = 0; i < TABLES; i++)
        if (key[i] && !strncmp(t->name, key[i], strlen(key[i])))
            assay_buf_printf(to, ",\"primaryKey\":\"%s\"", key[i]);
    if (!strcmp(t->name, "evidence"))
        assay_buf_text(
            to,
            ",\"foreignKeys\":[{\"fields\":\"finding\",\"reference\":{\"resource\":\"findings\",\"fields\":\"finding\"}},"
            "{\"fields\":\"claim\",\"reference\":{\"resource\":\"claims\",\"fields\":\"claim\"}}]");
    assay_buf_text(to, "}}");
}

static int write_package(struct writing *w, const char *folder)
{
    struct assay_buf text = {0}, path = {0};
    assay_buf_text(
        &text,
        "{\"profile\":\"tabular-data-package\",\"name\":\"assay-results\",\"title\":\"assay results\",\"resources\":[\n");
    for (uint32_t i = 0; i < TABLES; i++) {
        add_resource(&text, &w->table[i]);
        assay_buf_text(&text, i + 1 < TABLES ? ",\n" : "\n");
    }
    assay_buf_text(&text, "]}\n");
    assay_buf_printf(&path, "%s/datapackage.json", folder);
    FILE *file = text.failed || path.failed ? NULL : fopen(path.at, "wb");
    int ok = file && fwrite(text.at, 1, text.size, file) == text.size;
    if (file && fclose(file) != 0)
        ok = 0;
    assay_buf_free(&text);
    assay_buf_free(&path);
    return ok;
}

static assay_status fill(struct writing *w, const char *folder, int bom)
{
    const struct assay_host *h = w->host;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return h->fail(h, ASSAY_EFATAL, "cannot make the folder %s: %s", folder, strerror(errno));
    assay_status status = ASSAY_OK;
    for (uint32_t i = 0; i < TABLES && !status; i++)
        if (!csv_open(&w->table[i], folder, bom))
            status = h->fail(h, ASSAY_EFATAL, "cannot write into %s: %s", folder, strerror(errno));
    if (!status)
        status = write_claims(w);
    if (!status)
        write_findings(w);
    for (uint32_t i = 0; i < TABLES; i++)
        if (!csv_close(&w->table[i]) && !status)
            status = h->fail(h, ASSAY_EFATAL, "cannot write into %s: %s", folder, strerror(errno));
    if (!status && !write_package(w, folder))
        status = h->fail(h, ASSAY_EFATAL, "cannot write into %s: %s", folder, strerror(errno));
    return status;
}

static assay_status write_(void *own, struct assay_results *results)
{
    struct self *self = own;
    const struct assay_host *h = self->host;
    struct writing w = {.host = h, .results = results, .table = {
        [FINDINGS] = {.name = "findings", .column = finding_column, .columns = ASSAY_COUNT(finding_column)},
        [EVIDENCE] = {.name = "evidence", .column = evidence_column, .columns = ASSAY_COUNT(evidence_column)},
        [CLAIMS] = {.name = "claims", .column = claim_column, .columns = ASSAY_COUNT(claim_column)},
    }};
    struct assay_sink *none;
    const char *folder;
    assay_status status = h->sink(h, results, self->options->path, &none, &folder);
    return status ? status : fill(&w, folder, self->options->bom != 0);
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

ASSAY_PLUGIN(csv) = {
    ASSAY_ABI,
    .name = "csv",
    .version = "1",
    .summary = "writes findings, evidence and claims as CSV files for spreadsheets",
    .license = "Apache-2.0",
    .role = ASSAY_WRITER,
    .options = &option_fields,
    .layer = layers,
    .layers = SLOTS,
    .open = open_,
    .write = write_,
    .close = free,
};
