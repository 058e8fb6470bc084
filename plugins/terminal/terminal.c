/* SPDX-License-Identifier: Apache-2.0
 *
 * Writer terminal: the result for a person at a screen. What the sources disagree on first, then what differs without
 * contradiction, what agrees, who copies whom, what could not be read, and one line of totals. A chain without findings
 * gives an overview of languages and figures instead.
 */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

#include <assay/kit/evidence.h>
#include <assay/kit/say.h>
#include <assay/kit/utf8.h>
#include <assay/layers/claim.h>
#include <assay/layers/copy.h>
#include <assay/layers/document.h>
#include <assay/layers/finding.h>
#include <assay/layers/host.h>
#include <assay/layers/text.h>

static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_OUTPUT, NULL, "-", NULL, NULL, "where to; - is stdout"),
    ASSAY_OPTION(struct options, max_findings, ASSAY_U32, 0, NULL, "20", "1", "100000", "most findings of a verdict that are shown"),
    ASSAY_OPTION(struct options, severity, ASSAY_CHOICE, 0, ASSAY_SEVERITIES, "check", NULL, NULL, "least severity that is shown"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

static const struct assay_layer layers[SLOTS] = {
    [DOCUMENT] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields,
                  "sources, dates, titles"},
    [LANGUAGE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "language", &assay_language_fields,
                  "languages of the overview"},
    [SENTENCE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "sentence", &assay_sentence_fields, "bounds of quotes"},
    [CLAIM] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "claim", &assay_claim_fields, "figures"},
    [COPY] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "copy", &assay_copy_fields, "who copies whom"},
    [CLUSTER] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "cluster", &assay_cluster_fields, "copies of one text"},
    [FINDING] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "finding", &assay_finding_fields, "what the sources say"},
    [FAILURE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "failure", &assay_failure_fields, "what could not be read"},
    [SKIPPED] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "skipped", &assay_skipped_fields, "what was passed over"},
    [RUN] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "run", &assay_run_fields, "how many figures there are"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
};

/* A name that is absurdly long would push the quotes out of sight. */
static void say_clipped(struct assay_buf *line, struct assay_text text, uint64_t most)
{
    assay_say_line(line, assay_utf8_clip(text, most));
    if (text.size > most)
        assay_buf_text(line, "…");
}

void say_document(struct writing *w, const struct assay_doc *doc)
{
    struct assay_list list = w->host->records(w->host, doc, DOCUMENT);
    if (!list.count)
        return;
    const struct assay_document *d = ASSAY_AT(struct assay_document, list, 0);
    struct assay_buf *line = &w->page.line;
    if (d->source.at && d->source.size) {
        say_clipped(line, d->source, 120);
        assay_buf_text(line, ", ");
    }
    if (d->published.at && d->published.size) {
        if (d->published.size <= 40)
            assay_say_published(line, d->published);
        else
            say_clipped(line, d->published, 40);
        assay_buf_text(line, ", ");
    }
    say_clipped(line, d->doc, 240);
}

static void say_piece(struct writing *w, const struct assay_evidence *e, uint32_t begin, uint32_t end)
{
    assay_say_line(&w->page.line, (struct assay_text){e->text.at + begin, end - begin});
}

static int is_blank(const struct assay_evidence *e, uint32_t at)
{
    unsigned char c = (unsigned char)e->text.at[at];
    return c == ' ' || (c >= 9 && c <= 13);
}

void say_quote(struct writing *w, const struct assay_evidence *e, uint32_t around)
{
    int head, tail;
    struct assay_span s = assay_evidence_clip(e, e->sentence, around, around, &head, &tail);
    struct assay_buf *line = &w->page.line;
    assay_buf_text(line, head ? "“… " : "“");
    say_piece(w, e, s.begin, e->figure.begin);
    if (e->figure.begin > s.begin && is_blank(e, e->figure.begin - 1))
        assay_buf_byte(line, ' ');
    assay_buf_text(line, MARK);
    if (!w->page.colour)
        assay_buf_byte(line, '[');
    say_piece(w, e, e->figure.begin, e->figure.end);
    if (!w->page.colour)
        assay_buf_byte(line, ']');
    assay_buf_text(line, PLAIN);
    if (e->figure.end < s.end && is_blank(e, e->figure.end))
        assay_buf_byte(line, ' ');
    say_piece(w, e, e->figure.end, s.end);
    assay_buf_text(line, tail ? " …”" : "”");
}

static void find_layers(struct writing *w)
{
    for (uint32_t i = 0; i < w->host->layers(w->host); i++) {
        const char *name = w->host->layer(w->host, i)->name;
        size_t size = strcspn(name, "/");
        for (uint32_t k = 0; k < SLOTS; k++)
            w->has[k] |= strlen(layers[k].name) == size && !memcmp(layers[k].name, name, size);
    }
}

static assay_status write_(void *own, struct assay_results *results)
{
    struct self *self = own;
    struct writing w = {.host = self->host, .results = results, .options = self->options, .page.host = self->host};
    assay_status status = self->host->sink(self->host, results, self->options->path, &w.page.sink, NULL);
    if (status)
        return status;
    w.page.colour = self->host->sink_colour(self->host, w.page.sink, &w.page.columns);
    if (w.page.columns > 110)
        w.page.columns = 110; /* longer lines are hard to read */
    find_layers(&w);
    overview_read(&w);
    if (w.has[FINDING])
        write_findings(&w);
    write_copies(&w);
    write_unread(&w);
    overview_say(&w);
    status = page_finish(&w.page);
    assay_buf_free(&w.page.line);
    assay_buf_free(&w.page.out);
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

ASSAY_PLUGIN(terminal) = {
    ASSAY_ABI,
    .name = "terminal",
    .version = "1",
    .summary = "prints findings with their quotes for a person to read",
    .license = "Apache-2.0",
    .role = ASSAY_WRITER,
    .options = &option_fields,
    .layer = layers,
    .layers = SLOTS,
    .open = open_,
    .write = write_,
    .close = free,
};
