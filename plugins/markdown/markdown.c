/* SPDX-License-Identifier: Apache-2.0
 *
 * Writer markdown: a summary for issue trackers, chats and notes (CommonMark with tables). Text from documents is
 * escaped, so that it stays text.
 */
#include <assay/plugin.h>

#include <stdlib.h>
#include <string.h>

#include <assay/kit/evidence.h>
#include <assay/kit/say.h>
#include <assay/kit/utf8.h>
#include <assay/layers/finding.h>
#include <assay/layers/host.h>
#include <assay/layers/text.h>

#define FLUSH (64u * 1024)
#define QUOTES 3u
#define AROUND 240u
#define SHOWN 20u

struct options {
    struct assay_text path;
    uint32_t max_findings, severity;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_OUTPUT, NULL, "-", NULL, NULL, "where to; - is stdout"),
    ASSAY_OPTION(struct options, max_findings, ASSAY_U32, 0, NULL, "50", "1", "100000", "most findings of a verdict that are written"),
    ASSAY_OPTION(struct options, severity, ASSAY_CHOICE, 0, ASSAY_SEVERITIES, "check", NULL, NULL, "least severity that is written"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

enum { DOCUMENT, SENTENCE, CLAIM, FINDING, FAILURE, SKIPPED, SLOTS };
static const struct assay_layer layers[SLOTS] = {
    [DOCUMENT] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "sources, dates"},
    [SENTENCE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "sentence", &assay_sentence_fields, "bounds of quotes"},
    [CLAIM] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "claim", &assay_claim_fields, "figures"},
    [FINDING] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "finding", &assay_finding_fields, "what the sources say"},
    [FAILURE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "failure", &assay_failure_fields, "what could not be read"},
    [SKIPPED] = {ASSAY_OPTIONAL, 1, ASSAY_ON_CORPUS, 0, "skipped", &assay_skipped_fields, "what was passed over"},
};
static const struct assay_evidence_slots slots = {DOCUMENT, CLAIM, SENTENCE};

struct self {
    const struct assay_host *host;
    const struct options *options;
};

struct writing {
    const struct assay_host *host;
    struct assay_results *results;
    const struct options *options;
    struct assay_sink *sink;
    struct assay_buf out, line;
    assay_status status;
    uint64_t findings, group[ASSAY_SAY_GROUPS], shown[ASSAY_SAY_GROUPS];
};

static void put(struct writing *w, const char *terminated)
{
    assay_buf_text(&w->out, terminated);
}

static void hand_on(struct writing *w, size_t least)
{
    if (w->out.size < least)
        return;
    if (w->out.failed && !w->status)
        w->status = w->host->fail(w->host, ASSAY_ENOMEM, "no memory for the output");
    if (!w->status && w->out.size)
        w->status = w->host->write(w->host, w->sink, w->out.at, w->out.size);
    w->out.size = 0;
}

/* One line. What could be markup inside a line is escaped, and addresses and mentions stay dead; no text begins a
 * line. */
static void put_text(struct writing *w, struct assay_text text)
{
    w->line.size = 0;
    assay_say_line(&w->line, text);
    w->out.failed |= w->line.failed;
    for (size_t i = 0; i < w->line.size; i++) {
        char c = w->line.at[i];
        int link = c == ':' && i + 2 < w->line.size && w->line.at[i + 1] == '/' && w->line.at[i + 2] == '/';
        if (c == '<' || c == '>' || c == '&' || c == '@') {
            put(w, c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : "&#64;");
            continue;
        }
        if (link || (c && strchr("\\`*_[]|~", c)))
            assay_buf_byte(&w->out, '\\');
        assay_buf_byte(&w->out, c);
    }
}

static void put_clipped(struct writing *w, struct assay_text text, uint64_t most)
{
    put_text(w, assay_utf8_clip(text, most));
    if (text.size > most)
        put(w, "…");
}

static void put_slice(struct writing *w, const struct assay_evidence *e, uint32_t begin, uint32_t end)
{
    put_text(w, (struct assay_text){e->text.at + begin, end - begin});
}

static int blank_at(const struct assay_evidence *e, uint32_t at)
{
    unsigned char c = (unsigned char)e->text.at[at];
    return c == ' ' || (c >= 9 && c <= 13);
}

static void put_document(struct writing *w, const struct assay_document *d)
{
    if (d->source.at && d->source.size) {
        put(w, "**");
        put_clipped(w, d->source, 120);
        put(w, "**, ");
    }
    if (d->published.at && d->published.size) {
        struct assay_buf piece = {0};
        assay_say_published(&piece, d->published);
        put_clipped(w, (struct assay_text){piece.at, piece.size}, 40);
        assay_buf_free(&piece);
        put(w, ", ");
    }
    put_clipped(w, d->doc, 240);
}

static void put_quote(struct writing *w, struct assay_ref ref)
{
    struct assay_evidence e;
    int head, tail;
    if (assay_evidence_get(w->host, w->results, &slots, ref, &e) != ASSAY_OK)
        return;
    struct assay_span s = assay_evidence_clip(&e, e.sentence, AROUND, AROUND, &head, &tail);
    put(w, head ? "  - “… " : "  - “");
    put_slice(w, &e, s.begin, e.figure.begin);
    put(w, e.figure.begin > s.begin && blank_at(&e, e.figure.begin - 1) ? " **" : "**");
    put_slice(w, &e, e.figure.begin, e.figure.end);
    put(w, e.figure.end < s.end && blank_at(&e, e.figure.end) ? "** " : "**");
    put_slice(w, &e, e.figure.end, s.end);
    put(w, tail ? " …” — " : "” — ");
    put_document(w, e.document);
    assay_buf_printf(&w->out, ", byte %u\n", e.figure.begin);
}

static void put_value(struct writing *w, const struct assay_value *v, uint32_t quotes)
{
    put(w, "- **");
    struct assay_buf value = {0};
    assay_say_value(&value, v->value, v->value_high, v->bound, assay_evidence_unit(w->host, w->results, &slots, v));
    put_text(w, (struct assay_text){value.at, value.size});
    assay_buf_free(&value);
    put(w, "** (");
    assay_say_count(&w->out, v->documents, "text");
    put(w, ", ");
    if (v->independent)
        assay_say_count(&w->out, v->independent, "independent source");
    else
        put(w, "no source behind it (disputed, or copied)");
    put(w, ")\n");
    struct assay_evidence_choice c;
    assay_evidence_choose(w->host, w->results, &slots, v->claims, quotes, &c);
    for (uint32_t i = 0; i < c.shown; i++)
        put_quote(w, c.show[i]);
    if (c.others) {
        put(w, "  - also in ");
        assay_say_count(&w->out, (uint64_t)c.others + c.rest, "other text");
        put(w, "\n");
    }
}

static void put_finding(struct writing *w, const struct assay_finding *x)
{
    assay_buf_printf(&w->out, "### %u\\. ", x->rank);
    put_text(w, x->title);
    put(w, "\n\n");
    if (x->verdict != ASSAY_AGREE) {
        put(w, assay_say_severity(x->severity));
        put(w, x->severity < ASSAY_CHECK ? " severity, " : ", ");
    }
    assay_say_share(&w->out, x->confidence);
    put(w, " sure, ");
    assay_say_count(&w->out, x->independent, "independent source");
    if (x->has_period && (x->period.from.at || x->period.to.at)) {
        struct assay_buf piece = {0};
        put(w, ", ");
        assay_say_period(&piece, x->period.from, x->period.to);
        put_text(w, (struct assay_text){piece.at, piece.size});
        assay_buf_free(&piece);
    }
    if (x->has_hint) {
        put(w, "; ");
        put(w, assay_say_hint(x->hint));
    }
    put(w, ". ");
    put_text(w, x->explanation);
    put(w, "\n\n");
    for (uint32_t i = 0; i < x->values.count && i < 16; i++)
        put_value(w, ASSAY_AT(struct assay_value, x->values, i), x->verdict == ASSAY_CONFLICT ? QUOTES : 1);
    put(w, "\n");
    hand_on(w, FLUSH);
}

static int fits(const struct writing *w, const struct assay_finding *x)
{
    int dismissed = x->has_review && x->review == 1;
    return x->verdict <= ASSAY_AGREE && x->severity <= w->options->severity && !dismissed;
}

static void count_findings(struct writing *w)
{
    struct assay_list list;
    while ((list = w->host->corpus(w->host, w->results, FINDING, 256)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_finding *x = ASSAY_AT(struct assay_finding, list, i);
            w->findings++;
            uint32_t group = assay_say_group(x->verdict, x->independent);
            if (group < ASSAY_SAY_GROUPS)
                w->group[group]++;
            if (fits(w, x))
                w->shown[group]++;
        }
}

static void put_section(struct writing *w, uint32_t group)
{
    static const char *const heading[] = {"Sources disagree", "Changed over time", "Not the same thing measured",
                                          "Compatible", "Sources agree", "One source only"};
    struct assay_list list;
    uint64_t left = w->options->max_findings;
    if (!w->shown[group])
        return;
    assay_buf_printf(&w->out, "## %s (%llu)\n\n", heading[group], (unsigned long long)w->group[group]);
    while ((list = w->host->corpus(w->host, w->results, FINDING, 64)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_finding *x = ASSAY_AT(struct assay_finding, list, i);
            if (assay_say_group(x->verdict, x->independent) != group || !fits(w, x) || !left)
                continue;
            left--;
            put_finding(w, x);
        }
    if (w->shown[group] > w->options->max_findings)
        assay_buf_printf(&w->out, "… and %llu more\n\n",
                         (unsigned long long)(w->shown[group] - w->options->max_findings));
}

static void put_gaps(struct writing *w)
{
    struct assay_list list;
    uint64_t failures = 0, skipped = 0;
    while ((list = w->host->corpus(w->host, w->results, FAILURE, 64)).count)
        for (uint32_t i = 0; i < list.count; i++) {
            const struct assay_failure *x = ASSAY_AT(struct assay_failure, list, i);
            if (failures == 0)
                put(w, "## What could not be read\n\n");
            if (failures++ >= SHOWN)
                continue;
            put(w, "- ");
            put_text(w, x->doc.at ? x->doc : x->path);
            if (x->has_line)
                assay_buf_printf(&w->out, ", line %llu", (unsigned long long)x->line);
            put(w, ": ");
            put_text(w, x->message);
            put(w, "\n");
        }
    if (failures > SHOWN)
        assay_buf_printf(&w->out, "- and %llu more\n", (unsigned long long)(failures - SHOWN));
    while ((list = w->host->corpus(w->host, w->results, SKIPPED, 1024)).count)
        skipped += list.count;
    if (skipped) {
        put(w, failures ? "\n" : "");
        assay_say_count(&w->out, skipped, "input");
        put(w, " passed over.\n");
    }
}

static assay_status put_head(struct writing *w)
{
    const struct assay_doc *doc;
    assay_status status;
    uint64_t documents = 0, figures = 0;
    while ((status = w->host->next_document(w->host, w->results, &doc)) == ASSAY_OK) {
        documents++;
        figures += w->host->records(w->host, doc, CLAIM).count;
    }
    put(w, "# What the sources say\n\n");
    assay_say_count(&w->out, documents, "text");
    put(w, ", ");
    assay_say_count(&w->out, figures, "figure");
    if (w->findings) {
        put(w, ".\n\n| verdict | findings |\n|---|---:|\n");
        for (uint32_t i = 0; i < ASSAY_SAY_GROUPS; i++)
            if (w->group[i])
                assay_buf_printf(&w->out, "| %s | %llu |\n", assay_say_verdict(i), (unsigned long long)w->group[i]);
        put(w, "\n");
    } else {
        put(w, ". No figures of different texts speak of the same thing.\n\n");
    }
    return status == ASSAY_END ? ASSAY_OK : status;
}

static assay_status write_(void *own, struct assay_results *results)
{
    struct self *self = own;
    struct writing w = {.host = self->host, .results = results, .options = self->options};
    assay_status status = self->host->sink(self->host, results, self->options->path, &w.sink, NULL);
    if (status)
        return status;
    count_findings(&w);
    w.status = put_head(&w);
    for (uint32_t group = 0; group < ASSAY_SAY_GROUPS; group++)
        put_section(&w, group);
    put_gaps(&w);
    hand_on(&w, 0);
    assay_buf_free(&w.out);
    assay_buf_free(&w.line);
    return w.status;
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

ASSAY_PLUGIN(markdown) = {
    ASSAY_ABI,
    .name = "markdown",
    .version = "1",
    .summary = "writes a summary of the findings as Markdown",
    .license = "Apache-2.0",
    .role = ASSAY_WRITER,
    .options = &option_fields,
    .layer = layers,
    .layers = SLOTS,
    .open = open_,
    .write = write_,
    .close = free,
};
