/* SPDX-License-Identifier: Apache-2.0
 *
 * The plugin `claims`: every figure of a text with its unit, bound, time, measured thing and speaker (claim/1). Here is
 * what the host sees of it; pass.c is the way of a document.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pass.h"

struct options {
    struct assay_list languages;
    uint32_t dates, zero;
};

static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, languages, ASSAY_TEXT, ASSAY_LIST, NULL, NULL, NULL, NULL,
                 "languages to read; empty: every lexicon/LANG.cfg that is found"),
    ASSAY_OPTION(struct options, dates, ASSAY_FLAG, 0, NULL, "false", NULL, NULL,
                 "days told with their month are claims, too, of kind date"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

static const struct assay_field homoglyph_rows[] = {
    ASSAY_FIELD(struct homoglyph, span, ASSAY_SPAN, ASSAY_SELF, NULL, "the word"),
    ASSAY_FIELD(struct homoglyph, text, ASSAY_TEXT, 0, NULL, "as it reads, in one script"),
};
static const struct assay_fields homoglyph_fields = ASSAY_FIELDS(struct homoglyph, homoglyph_rows);

static assay_status load(struct self *self, const char *code, int must)
{
    struct tongue *t = self->tongue + ps_tongue((struct assay_text){code, strlen(code)});
    if (t->lx)
        return ASSAY_OK;
    assay_status status = lx_load(self->host, code, &self->chars, self->units, &t->lx);
    if (status == ASSAY_NO)
        return must ? self->host->fail(self->host, ASSAY_ECONF, "there is no lexicon/%s.cfg", code) : ASSAY_OK;
    return status;
}

static assay_status load_all(struct self *self, const struct options *options)
{
    const struct assay_list *list = options ? &options->languages : NULL;
    assay_status status = load(self, "und", 1);
    for (uint32_t i = 0; !status && list && i < list->count; i++) {
        const struct assay_text *code = ASSAY_AT(struct assay_text, *list, i);
        char name[8];
        if (code->size != 2)
            return self->host->fail(self->host, ASSAY_ECONF, "languages: '%.*s' is no two-letter code", (int)code->size,
                                    code->at);
        snprintf(name, sizeof name, "%.2s", code->at);
        status = load(self, name, 1);
    }
    if (list && list->count)
        return status;
    for (char a = 'a'; !status && a <= 'z'; a++)
        for (char b = 'a'; !status && b <= 'z'; b++)
            status = load(self, (char[]){a, b, 0}, 0);
    return status;
}

static void claims_close(void *p)
{
    struct self *self = p;
    for (size_t i = 0; i < TONGUES; i++) {
        lx_free(self->tongue[i].lx);
        st_free(self->tongue[i].stems);
        free(self->tongue[i].words);
        sv_free(self->tongue[i].sieve);
    }
    un_free(self->units);
    dl_free(self->dollars);
    free(self->tokens.at);
    free(self->described);
    free(self);
}

static int describe_into(struct self *self)
{
    size_t room = 64 + TONGUES * 4;
    self->described = malloc(room);
    if (!self->described)
        return 0;
    size_t n = (size_t)snprintf(self->described, room, "languages:");
    for (size_t i = 0; i + 1 < TONGUES; i++)
        if (self->tongue[i].lx)
            n += (size_t)snprintf(self->described + n, room - n, " %s", self->tongue[i].lx->code);
    return 1;
}

static assay_status claims_open(const struct assay_host *host, const void *options, void **to)
{
    struct self *self = calloc(1, sizeof *self);
    if (!self)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    self->host = host;
    self->dates = options ? ((const struct options *)options)->dates : 0;
    tk_chars_init(&self->chars);
    self->tokens.chars = &self->chars;
    assay_status status = un_load(host, &self->units);
    self->tokens.units = self->units;
    if (!status)
        status = dl_load(host, &self->dollars);
    if (!status)
        status = load_all(self, options);
    if (!status && !describe_into(self))
        status = host->fail(host, ASSAY_ENOMEM, "out of memory");
    if (status) {
        claims_close(self);
        return status;
    }
    *to = self;
    return ASSAY_OK;
}

static const char *claims_describe(void *p)
{
    return ((struct self *)p)->described;
}

static assay_status claims_analyse(void *self, struct assay_doc *doc)
{
    return ps_document(self, doc);
}

static const struct assay_layer layers[] = {
    [DOCUMENT] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, NULL},
    [SENTENCE] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "sentence", &assay_sentence_fields, NULL},
    [LANGUAGE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "language", &assay_language_fields, NULL},
    [PAGE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "page", &assay_page_fields, NULL},
    [HOMOGLYPH] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "homoglyph", &homoglyph_fields, NULL},
    [BOILERPLATE] = {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 0, "boilerplate", &assay_boilerplate_fields,
                     "menus and code claim nothing"},
    [CLAIM] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT | ASSAY_NAMED, 0, "claim", &assay_claim_fields,
               "figures and what they claim"},
};

ASSAY_PLUGIN(claims) = {
    ASSAY_ABI,
    .name = "claims",
    .version = "1",
    .summary = "finds figures with unit, bound, time, measured thing and speaker, in eleven languages",
    .license = "Apache-2.0",
    .role = ASSAY_ANALYSER,
    .options = &option_fields,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = claims_open,
    .analyse = claims_analyse,
    .close = claims_close,
    .describe = claims_describe,
};
