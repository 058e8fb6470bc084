/* SPDX-License-Identifier: Apache-2.0
 *
 * The plugin: language/1 of each document, and its main language. What the source declares is a prior.
 */
#include <assay/kit/text.h>
#include <assay/layers/document.h>
#include <assay/layers/text.h>
#include <assay/plugin.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

enum { SLOT_DOCUMENT, SLOT_LANGUAGE };

struct options {
    struct assay_list candidates; /* TEXT */
    struct assay_list priors;     /* TEXT "en=1.5" */
    struct assay_text model;
    double confidence, declared_weight;
    uint32_t span;
};

static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, candidates, ASSAY_TEXT, ASSAY_LIST, NULL, NULL, NULL, NULL,
                 "languages that may be answered; empty: all"),
    ASSAY_OPTION(struct options, priors, ASSAY_TEXT, ASSAY_LIST, NULL, NULL, NULL, NULL,
                 "languages to lean to or away from, \"en=1.5\" in nats a sentence, -20 to 20"),
    ASSAY_OPTION(struct options, model, ASSAY_PATH, 0, NULL, NULL, NULL, NULL, "a model of your own instead of the built-in one"),
    ASSAY_OPTION(struct options, confidence, ASSAY_REAL, 0, NULL, "0", "0", "1", "spans below it become und"),
    ASSAY_OPTION(struct options, declared_weight, ASSAY_REAL, 0, NULL, "4", "0", "20",
                 "how much a declared language counts, in nats a document, and half of it a sentence"),
    ASSAY_OPTION(struct options, span, ASSAY_U32, 0, NULL, "8", "0", "10000",
                 "letters: shorter spans take the language of their neighbour"),
};
static const struct assay_fields options_table = ASSAY_FIELDS(struct options, option_rows);

struct self {
    const struct assay_host *host;
    struct engine engine;
    struct engine_result result;
    char languages[2048]; /* for describe */
};

/* ---- options ---- */

static assay_status read_candidates(struct self *self, const struct assay_list *list)
{
    struct engine *engine = &self->engine;
    if (!list->count)
        return ASSAY_OK;
    memset(engine->allowed, 0, sizeof engine->allowed);
    for (uint32_t s = 0; s < engine->states; s++)
        if (!strcmp(engine->name[s].language, "und"))
            engine->allowed[s] = 1;
    for (uint32_t i = 0; i < list->count; i++) {
        struct assay_text code = *ASSAY_AT(struct assay_text, *list, i);
        uint32_t s = engine_state(engine, code.at, (size_t)code.size, 0);
        if (s == ENGINE_STATES)
            return self->host->fail(self->host, ASSAY_ECONF, "candidates: the model does not know \"%.*s\"",
                                    (int)code.size, code.at);
        for (; s < engine->states; s = engine_state(engine, code.at, (size_t)code.size, s + 1))
            engine->allowed[s] = 1;
    }
    return ASSAY_OK;
}

/* "en=1.5": a decimal with at most three places, so that no float decides. */
static int read_weight(struct assay_text text, struct assay_text *code, int32_t *weight)
{
    const char *equals = text.size ? memchr(text.at, '=', (size_t)text.size) : NULL, *end = text.at + text.size;
    if (!equals)
        return 0;
    *code = (struct assay_text){text.at, (uint64_t)(equals - text.at)};
    const char *p = equals + 1;
    int negative = p < end && *p == '-', point = 0;
    int64_t value = 0, scale = 1;
    p += negative;
    if (p == end)
        return 0;
    for (; p < end; p++) {
        if (*p == '.' && !point++)
            continue;
        if (*p < '0' || *p > '9' || scale >= 1000 || value > 20000)
            return 0;
        value = value * 10 + (*p - '0');
        scale *= point ? 10 : 1;
    }
    if (value > 20 * scale)
        return 0;
    *weight = (int32_t)(value * MODEL_UNIT / scale) * (negative ? -1 : 1);
    return 1;
}

static assay_status read_priors(struct self *self, const struct assay_list *list)
{
    struct engine *engine = &self->engine;
    for (uint32_t i = 0; i < list->count; i++) {
        struct assay_text text = *ASSAY_AT(struct assay_text, *list, i), code;
        int32_t weight;
        if (!read_weight(text, &code, &weight))
            return self->host->fail(self->host, ASSAY_ECONF, "priors: \"%.*s\" is not of the form \"en=1.5\"",
                                    (int)text.size, text.at);
        uint32_t s = engine_state(engine, code.at, (size_t)code.size, 0);
        if (s == ENGINE_STATES)
            return self->host->fail(self->host, ASSAY_ECONF, "priors: the model does not know \"%.*s\"", (int)code.size,
                                    code.at);
        for (; s < engine->states; s = engine_state(engine, code.at, (size_t)code.size, s + 1))
            engine->prior[s] += weight;
    }
    return ASSAY_OK;
}

static void close_(void *state)
{
    struct self *self = state;
    engine_result_free(&self->result);
    engine_close(&self->engine);
    free(self);
}

static assay_status open_(const struct assay_host *host, const void *given, void **out)
{
    const struct options *options = given;
    struct assay_text path = options->model;
    char message[256];
    if (!path.at && host->find(host, "language/langid.model", &path) != ASSAY_OK)
        return host->fail(host, ASSAY_ECONF, "language/langid.model was not found");
    struct self *self = calloc(1, sizeof *self);
    if (!self)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    self->host = host;
    if (!engine_open(&self->engine, path.at, message)) {
        free(self);
        return host->fail(host, ASSAY_ECONF, "%s", message);
    }
    self->engine.minimum_span = options->span;
    self->engine.minimum_confidence = (uint32_t)(options->confidence * 10000);
    self->engine.declared_weight = (int32_t)(options->declared_weight * MODEL_UNIT);
    assay_status status = read_candidates(self, &options->candidates);
    if (status == ASSAY_OK)
        status = read_priors(self, &options->priors);
    if (status != ASSAY_OK) {
        close_(self);
        return status;
    }
    *out = self;
    return ASSAY_OK;
}

/* ---- documents ---- */

static assay_status analyse(void *state, struct assay_doc *doc)
{
    struct self *self = state;
    const struct assay_host *host = self->host;
    const struct engine *engine = &self->engine;
    struct assay_text text = host->text(host, doc);
    struct assay_list records = host->records(host, doc, SLOT_DOCUMENT);
    struct assay_text declared = {0};
    if (records.count)
        declared = ASSAY_AT(struct assay_document, records, 0)->declared;
    if (!engine_run(&self->engine, text.at, (uint32_t)text.size, declared.at, (size_t)declared.size, &self->result))
        return ASSAY_ENOMEM;
    for (uint32_t i = 0; i < self->result.spans; i++) {
        const struct engine_span *span = self->result.span + i;
        struct assay_language record = {{span->begin, span->end},
                                        assay_text_of(engine->name[span->state].language),
                                        assay_text_of(engine->name[span->state].script),
                                        span->confidence / 10000.0};
        assay_status status = host->add(host, doc, SLOT_LANGUAGE, &record);
        if (status != ASSAY_OK)
            return status;
    }
    struct assay_text name = assay_text_of(engine->name[self->result.main].language);
    assay_status status = host->amend(host, doc, "language", &name);
    return status == ASSAY_SKIP ? ASSAY_OK : status;
}

static const char *describe(void *state)
{
    struct self *self = state;
    char *text = self->languages;
    size_t used = 0;
    for (uint32_t s = 0; s < self->engine.states && used + 16 < sizeof self->languages; s++) {
        const char *name = self->engine.name[s].language;
        if (engine_state(&self->engine, name, strlen(name), 0) != s)
            continue;
        memcpy(text + used, name, strlen(name));
        used += strlen(name);
        text[used++] = ' ';
    }
    text[used ? used - 1 : 0] = 0;
    return text;
}

static const struct assay_layer layers[] = {
    [SLOT_DOCUMENT] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields,
                       "the declared language"},
    [SLOT_LANGUAGE] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "language", &assay_language_fields,
                       "spans that tile the text"},
};

ASSAY_PLUGIN(language) = {
    ASSAY_ABI,
    .name = "language",
    .version = "1",
    .summary = "tells the languages of a text, span by span, with calibrated confidence",
    .license = "Apache-2.0",
    .role = ASSAY_ANALYSER,
    .options = &options_table,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = open_,
    .analyse = analyse,
    .close = close_,
    .describe = describe,
};
