/* SPDX-License-Identifier: Apache-2.0
 *
 * Writer html: the result as one page that needs no network, no server and no script to be read. A small script adds
 * filter, keys and review marks. The page forbids itself every request, and runs no script but that one.
 */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include <assay/kit/date.h>
#include <assay/kit/say.h>
#include <assay/layers/copy.h>
#include <assay/layers/finding.h>
#include <assay/layers/host.h>
#include <assay/layers/text.h>

static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_OUTPUT, NULL, "report.html", NULL, NULL, "where to; - is stdout"),
    ASSAY_OPTION(struct options, title, ASSAY_TEXT, 0, NULL, "What the sources say", NULL, NULL, "heading of the page"),
    ASSAY_OPTION(struct options, since, ASSAY_PATH, 0, NULL, NULL, NULL, NULL, "an earlier result of the jsonl writer: what is new, changed or gone since is marked"),
    ASSAY_OPTION(struct options, max_findings, ASSAY_U32, 0, NULL, "200", "1", "1000000", "findings shown in full; the others stand below them, folded and shorter"),
    ASSAY_OPTION(struct options, max_short, ASSAY_U32, 0, NULL, "20000", "0", "10000000", "findings told in short; how many more there are is said"),
    ASSAY_OPTION(struct options, severity, ASSAY_CHOICE, 0, ASSAY_SEVERITIES, "check", NULL, NULL, "least severity shown in full"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

static const struct assay_layer layers[SLOTS] = {
    [DOCUMENT] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields,
                  "sources, dates, titles"},
    [LANGUAGE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "language", &assay_language_fields,
                  "languages of the texts"},
    [SENTENCE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "sentence", &assay_sentence_fields,
                  "sentences around a quote"},
    [CLAIM] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "claim", &assay_claim_fields, "figures"},
    [COPY] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "copy", &assay_copy_fields, "who copies whom"},
    [CLUSTER] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "cluster", &assay_cluster_fields, "copies of one text"},
    [FINDING] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "finding", &assay_finding_fields, "what the sources say"},
    [FAILURE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "failure", &assay_failure_fields, "what could not be read"},
    [SKIPPED] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "skipped", &assay_skipped_fields, "what was passed over"},
    [RUN] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "run", &assay_run_fields, "chain and versions"},
};

const struct assay_evidence_slots page_slots = {DOCUMENT, CLAIM, SENTENCE};

struct self {
    const struct assay_host *host;
    const struct options *options;
    struct assay_buf style, script;
    struct since since;
};

static void close_(void *own)
{
    struct self *self = own;
    assay_buf_free(&self->style);
    assay_buf_free(&self->script);
    since_free(&self->since);
    free(self);
}

static void find_layers(struct page *p)
{
    for (uint32_t i = 0; i < p->host->layers(p->host); i++) {
        const char *name = p->host->layer(p->host, i)->name;
        size_t size = strcspn(name, "/");
        for (uint32_t k = 0; k < SLOTS; k++)
            p->has[k] |= strlen(layers[k].name) == size && !memcmp(layers[k].name, name, size);
    }
}

/* 'sha256-...' of an inline part, as a content security policy names it. */
static void write_hash(struct page *p, const struct assay_buf *part)
{
    unsigned char digest[EVP_MAX_MD_SIZE], base64[100];
    unsigned int size = 0;
    if (!EVP_Digest(part->at, part->size, digest, &size, EVP_sha256(), NULL) || size != 32)
        return;
    EVP_EncodeBlock(base64, digest, 32);
    markup_form(&p->out, "'sha256-%s'", (const char *)base64);
}

static void write_head(struct page *p, const struct self *self)
{
    struct markup *m = &p->out;
    markup_raw(
        m,
        "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n<meta http-equiv=Content-Security-Policy content=\""
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src ");
    write_hash(p, &self->style);
    markup_raw(m, "; script-src ");
    write_hash(p, &self->script);
    markup_raw(
        m,
        "\">\n<meta name=referrer content=no-referrer>\n<meta name=viewport content=\"width=device-width,initial-scale=1\">\n"
        "<meta name=color-scheme content=\"light dark\">\n<meta name=generator content=assay>\n<title>");
    markup_text(m, p->options->title);
    markup_raw(m, "</title>\n<style>");
    assay_buf_add(&m->buf, self->style.at, self->style.size);
    markup_raw(m, "</style>\n</head>\n<body>\n<a class=skip href=\"#findings\">To the findings</a>\n");
}

static void write_count(struct page *p, uint64_t n, const char *one)
{
    struct assay_buf piece = {0};
    assay_say_count(&piece, n, one);
    markup_piece(&p->out, &piece);
    assay_buf_free(&piece);
}

static void write_day(struct page *p, int64_t day)
{
    char date[32];
    assay_date_print(date, assay_date_of_day(day));
    markup_raw(&p->out, date);
}

/* How much was read: "20 texts from 8 sources in 5 languages, published from ... to ..., with 99 figures." */
static void write_extent(struct page *p)
{
    struct markup *m = &p->out;
    uint64_t unknown = names_find(&p->languages, (struct assay_text){"und", 3}) != ASSAY_NEVER;
    if (!p->documents) {
        markup_raw(m, "No text was read.</p>\n");
        return;
    }
    write_count(p, p->documents, "text");
    if (p->sources.count) {
        markup_raw(m, " from ");
        write_count(p, p->sources.count, "source");
    }
    if (p->languages.count > unknown) {
        markup_raw(m, " in ");
        write_count(p, p->languages.count - unknown, "language");
    }
    if (p->dated) {
        markup_raw(m, p->first_day == p->last_day ? ", published on " : ", published from ");
        write_day(p, p->first_day);
        if (p->first_day != p->last_day) {
            markup_raw(m, " to ");
            write_day(p, p->last_day);
        }
    }
    if (p->has[CLAIM]) {
        markup_raw(m, ", with ");
        write_count(p, p->figures, "figure");
    }
    markup_raw(m, ".</p>\n");
}

static void write_title(struct page *p)
{
    struct markup *m = &p->out;
    markup_raw(m, "<header class=top>\n<h1>");
    markup_text(m, p->options->title);
    markup_raw(m, "</h1>\n<p class=lead>");
    write_extent(p);
    if (p->failures + p->skipped) {
        markup_raw(m, "<p class=gap><a href=\"#unread\">");
        if (p->failures) {
            write_count(p, p->failures, "failure");
            markup_raw(m, p->skipped ? ", " : "");
        }
        if (p->skipped) {
            write_count(p, p->skipped, "input");
            markup_raw(m, " passed over");
        }
        markup_raw(m, "</a>: what this page does not cover.</p>\n");
    }
    markup_raw(m, "<nav class=jump aria-label=\"Parts of this page\">");
    if (p->has[FINDING])
        markup_raw(m, "<a href=\"#findings\">Findings</a>");
    if (p->copies)
        markup_raw(m, "<a href=\"#copies\">Copies</a>");
    if (p->documents)
        markup_raw(m, "<a href=\"#corpus\">Corpus</a>");
    markup_raw(m, "<a href=\"#method\">Method</a></nav>\n</header>\n");
}

static assay_status write_page(struct page *p, const struct self *self)
{
    assay_status status = corpus_read(p);
    if (status)
        return status;
    findings_count(p);
    copies_count(p);
    unread_count(p);
    write_head(p, self);
    write_title(p);
    markup_raw(&p->out, "<main>\n");
    if (p->has[FINDING])
        findings_write(p);
    copies_write(p);
    unread_write(p);
    corpus_write(p);
    method_write(p);
    markup_raw(&p->out, "</main>\n<script>");
    assay_buf_add(&p->out.buf, self->script.at, self->script.size);
    markup_raw(&p->out, "</script>\n</body>\n</html>\n");
    return markup_finish(&p->out);
}

static assay_status write_(void *own, struct assay_results *results)
{
    struct self *self = own;
    const struct assay_host *h = self->host;
    struct page p = {.host = h, .results = results, .options = self->options, .out.host = h, .rows.host = h};
    assay_status status = h->sink(h, results, self->options->path, &p.out.sink, NULL);
    if (status)
        return status;
    p.since = self->options->since.at ? &self->since : NULL;
    find_layers(&p);
    status = write_page(&p, self);
    names_free(&p.sources);
    names_free(&p.languages);
    names_free(&p.days);
    names_free(&p.units);
    corpus_free(&p);
    assay_buf_free(&p.rows.buf);
    assay_buf_free(&p.out.buf);
    return status;
}

/* The whole of a data file of ours. */
static assay_status read_part(const struct assay_host *h, const char *name, struct assay_buf *to)
{
    struct assay_text path;
    if (h->find(h, name, &path) != ASSAY_OK)
        return h->fail(h, ASSAY_ECONF, "the file %s that belongs to this plugin is missing", name);
    FILE *file = fopen(path.at, "rb");
    char block[8192];
    size_t n;
    if (!file)
        return h->fail(h, ASSAY_ECONF, "cannot open %s", path.at);
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        assay_buf_add(to, block, n);
    int bad = ferror(file);
    fclose(file);
    return bad ? h->fail(h, ASSAY_ECONF, "cannot read %s", path.at) : to->failed ? ASSAY_ENOMEM : ASSAY_OK;
}

static assay_status read_since(struct self *self)
{
    struct assay_text name = self->options->since;
    char *path = strndup(name.at, name.size);
    uint64_t line = 0;
    const char *wrong = path ? since_read(&self->since, path, &line) : "out of memory";
    free(path);
    if (!wrong)
        return ASSAY_OK;
    return self->host->fail(self->host, ASSAY_ECONF, "%.*s, line %llu: %s", (int)name.size, name.at,
                            (unsigned long long)line, wrong);
}

static assay_status open_(const struct assay_host *h, const void *options, void **own)
{
    struct self *self = calloc(1, sizeof *self);
    if (!self)
        return ASSAY_ENOMEM;
    self->host = h;
    self->options = options;
    assay_status status = read_part(h, "html/page.css", &self->style);
    if (!status)
        status = read_part(h, "html/page.js", &self->script);
    if (!status && self->options->since.at)
        status = read_since(self);
    if (status) {
        close_(self);
        return status;
    }
    *own = self;
    return ASSAY_OK;
}

ASSAY_PLUGIN(html) = {
    ASSAY_ABI,
    .name = "html",
    .version = "1",
    .summary = "writes findings, quotes, copies and gaps as one offline page",
    .license = "Apache-2.0",
    .role = ASSAY_WRITER,
    .options = &option_fields,
    .layer = layers,
    .layers = SLOTS,
    .open = open_,
    .write = write_,
    .close = close_,
};
