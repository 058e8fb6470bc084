/* SPDX-License-Identifier: Apache-2.0
 *
 * The plugin: sentence/1 of each document, with the abbreviations of the language that language/1 says.
 */
#include <assay/layers/text.h>
#include <assay/plugin.h>
#include <stdlib.h>
#include <string.h>

#include "split.h"

enum { SLOT_LANGUAGE, SLOT_SENTENCE };

struct self {
    const struct assay_host *host;
    struct rules rules;
};

struct sink {
    const struct assay_host *host;
    struct assay_doc *doc;
    assay_status status;
};

static assay_status open_(const struct assay_host *host, const void *options, void **out)
{
    struct assay_text path;
    char message[512];
    (void)options;
    if (host->find(host, "lexicon/sentences.cfg", &path) != ASSAY_OK)
        return host->fail(host, ASSAY_ECONF, "lexicon/sentences.cfg was not found");
    struct self *self = calloc(1, sizeof *self);
    if (!self)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    self->host = host;
    if (!rules_read(&self->rules, path.at, message)) {
        free(self);
        return host->fail(host, ASSAY_ECONF, "%s", message);
    }
    *out = self;
    return ASSAY_OK;
}

static int found(void *context, const struct split_sentence *sentence)
{
    struct sink *sink = context;
    struct assay_sentence record = {{sentence->begin, sentence->end}, sentence->paragraph, sentence->heading};
    sink->status = sink->host->add(sink->host, sink->doc, SLOT_SENTENCE, &record);
    return sink->status == ASSAY_OK;
}

static assay_status analyse(void *state, struct assay_doc *doc)
{
    struct self *self = state;
    const struct assay_host *host = self->host;
    struct assay_text text = host->text(host, doc);
    struct assay_list spans = host->records(host, doc, SLOT_LANGUAGE);
    struct split_language *languages = NULL;
    if (spans.count) {
        languages = host->alloc(host, doc, (uint64_t)spans.count * sizeof *languages);
        if (!languages)
            return ASSAY_ENOMEM;
    }
    for (uint32_t i = 0; i < spans.count; i++) {
        const struct assay_language *span = ASSAY_AT(struct assay_language, spans, i);
        languages[i].end = span->span.end;
        languages[i].language = rules_language(&self->rules, span->language);
    }
    struct sink sink = {host, doc, ASSAY_OK};
    split_text(&self->rules, languages, spans.count, text.at, (uint32_t)text.size, found, &sink);
    return sink.status;
}

static void close_(void *state)
{
    struct self *self = state;
    rules_free(&self->rules);
    free(self);
}

static const struct assay_layer layers[] = {
    [SLOT_LANGUAGE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "language", &assay_language_fields,
                       "whose abbreviations hold"},
    [SLOT_SENTENCE] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "sentence", &assay_sentence_fields,
                       "sentences, headings and list items"},
};

ASSAY_PLUGIN(sentences) = {
    ASSAY_ABI,
    .name = "sentences",
    .version = "1",
    .summary = "splits texts into sentences, by rules and the abbreviations of 40 languages",
    .license = "Apache-2.0",
    .role = ASSAY_ANALYSER,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = open_,
    .analyse = analyse,
    .close = close_,
};
