/* SPDX-License-Identifier: Apache-2.0
 *
 * Analyser: when and by whom a text was published, from what the text and its path say, where nothing better does.
 * What a format says of itself (a page's head, a record, a mail) is set by readers and preparers, and stays.
 *
 * Order of belief: "Published: ...", an agency's dateline, a date that fills a line above the text, "Last updated ...",
 * the file's name, folders. Where one place says two things it counts for nothing.
 */
#include <assay/kit/date.h>
#include <assay/kit/text.h>
#include <assay/kit/utf8.h>
#include <assay/layers/document.h>
#include <assay/plugin.h>

#include <stdlib.h>
#include <string.h>

#include "dates.h"
#include "evidence.h"

struct options {
    uint32_t text, path;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, text, ASSAY_FLAG, 0, NULL, "true", NULL, NULL, "believe the first and last lines"),
    ASSAY_OPTION(struct options, path, ASSAY_FLAG, 0, NULL, "true", NULL, NULL, "believe names of files and folders"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

/* dateline/1: what was believed, and why. */
struct dateline {
    struct assay_span span; /* 0 to 0 where the path says it */
    uint32_t where, zero;
    struct assay_text says, published, source;
};
static const struct assay_field dateline_rows[] = {
    ASSAY_FIELD(struct dateline, span, ASSAY_SPAN, ASSAY_SELF, NULL, "where in the text; empty: the path says it"),
    ASSAY_FIELD(struct dateline, where, ASSAY_CHOICE, 0, SAID_WORDS, "kind of place that says it"),
    ASSAY_FIELD(struct dateline, says, ASSAY_TEXT, 0, NULL, "the words"),
    ASSAY_FIELD(struct dateline, published, ASSAY_TEXT, 0, NULL, "date taken from them"),
    ASSAY_FIELD(struct dateline, source, ASSAY_TEXT, 0, NULL, "publisher taken from them"),
};
static const struct assay_fields dateline_fields = ASSAY_FIELDS(struct dateline, dateline_rows);

enum { DOCUMENT, DATELINE };
static const struct assay_layer layers[] = {
    [DOCUMENT] = {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "path, date"},
    [DATELINE] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "dateline", &dateline_fields, "what a date rests on"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
    struct names *names;
};

static void close_analyser(void *p)
{
    struct self *self = p;
    names_free(self->names);
    free(self);
}

static assay_status open_analyser(const struct assay_host *host, const void *options, void **to)
{
    struct self *self = calloc(1, sizeof *self);
    if (!self)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    self->host = host;
    self->options = options;
    assay_status status = names_load(host, &self->names);
    if (status) {
        close_analyser(self);
        return status;
    }
    *to = self;
    return ASSAY_OK;
}

/* ---- from evidence to the record ---- */

/* Gives day and month their year: that of the file's own date, or of a folder or copyright line. */
static int complete(const struct evidence *e, struct assay_date *date)
{
    const struct said *file = e->date + SAID_FILE, *folder = e->date + SAID_FOLDER;
    if (date->year)
        return 1;
    const struct said *by = file->set == 1 ? file : folder->set == 1 ? folder : NULL;
    date->year = by ? by->date.year : e->year;
    if (!date->year)
        return 0;
    if (by && by->date.month == 1 && date->month == 12)
        date->year--; /* of 31 December, saved in January */
    return date_valid(*date, 1);
}

static const struct said *believed(const struct self *self, struct assay_text text, int order, struct evidence *e)
{
    for (uint32_t i = 0; i < SAID_PLACES; i++) {
        struct said *said = e->date + i;
        if (said->set != 1 || !complete(e, &said->date))
            continue;
        int story = i == SAID_LINE || (i == SAID_DATELINE && said->weak);
        if (!story || !evidence_later(self->names, text, order, said->date))
            return said;
    }
    return NULL;
}

static assay_status keep(const struct self *self, struct assay_doc *doc, struct assay_text from, struct assay_text *to)
{
    char *at = self->host->alloc(self->host, doc, from.size + 1);
    if (!at)
        return ASSAY_ENOMEM;
    memcpy(at, from.at, from.size);
    *to = (struct assay_text){at, from.size};
    return ASSAY_OK;
}

/* Sets a row of the document to what is believed, and fills the record that tells why. */
static assay_status believe(const struct self *self, struct assay_doc *doc, const struct said *said, const char *row,
                            struct assay_text value, struct dateline *record, struct assay_text *in_record)
{
    record->span = (struct assay_span){said->begin, said->end};
    assay_status status = keep(self, doc, said->says, &record->says);
    status = status ? status : keep(self, doc, value, in_record);
    status = status ? status : self->host->amend(self->host, doc, row, in_record);
    return status < 0 ? status : ASSAY_OK;
}

static assay_status believe_date(const struct self *self, struct assay_doc *doc, const struct evidence *e,
                                 const struct said *said, struct dateline *record)
{
    char iso[16];
    struct assay_text value = {iso, assay_date_print(iso, said->date)};
    record->where = (uint32_t)(said - e->date);
    return believe(self, doc, said, "published", value, record, &record->published);
}

static assay_status believe_source(const struct self *self, struct assay_doc *doc, const struct evidence *e,
                                   const struct said *said, struct dateline *record)
{
    record->where = (uint32_t)(said - e->source);
    return believe(self, doc, said, "source", said->source, record, &record->source);
}

/* One record where the same words say both. */
static assay_status add_records(const struct self *self, struct assay_doc *doc, struct dateline *date,
                                struct dateline *source)
{
    if (date->says.at && date->where == source->where && assay_text_same(date->says, source->says) &&
        date->span.begin == source->span.begin) {
        date->source = source->source;
        source->says.at = NULL;
    }
    assay_status status = date->says.at ? self->host->add(self->host, doc, DATELINE, date) : ASSAY_OK;
    return !status && source->says.at ? self->host->add(self->host, doc, DATELINE, source) : status;
}

/* Whether the document is all of its file (or of an archive's member): what a file of many records is named by is
 * no date of theirs. Writes the path to be looked at. */
static int whole_file(const struct assay_document *record, struct assay_text *path)
{
    uint64_t size = record->path.size + (record->member.size ? record->member.size + 2 : 0);
    *path = record->doc;
    return record->doc.size == size && !memcmp(record->doc.at, record->path.at, record->path.size) &&
           (!record->member.size ||
            !memcmp(record->doc.at + size - record->member.size, record->member.at, record->member.size));
}

static int order_of(const struct assay_document *record)
{
    struct assay_text language = record->language.size ? record->language : record->declared;
    return language.size < 2 || !memcmp(language.at, "en", 2) || assay_text_is(language, "und") ? ORDER_UNKNOWN
                                                                                               : ORDER_DAY_FIRST;
}

static assay_status analyse(void *p, struct assay_doc *doc)
{
    const struct self *self = p;
    struct assay_list list = self->host->records(self->host, doc, DOCUMENT);
    const struct assay_document *record = list.count ? ASSAY_AT(struct assay_document, list, 0) : NULL;
    int dated = record && record->published.size, named = record && record->source.size;
    if (!record || (dated && named))
        return ASSAY_OK;
    struct assay_text text = self->host->text(self->host, doc), path;
    struct evidence e = {0};
    int order = order_of(record);
    if (self->options->text && text.size)
        evidence_of_text(self->names, text, order, &e);
    if (self->options->path && whole_file(record, &path) && assay_utf8_valid(path.at, path.size) == path.size)
        evidence_of_path(self->names, path, &e);
    const struct said *date = dated ? NULL : believed(self, text, order, &e), *source = NULL;
    for (uint32_t i = 0; !named && !source && i < SAID_PLACES; i++)
        source = e.source[i].set ? e.source + i : NULL;
    struct dateline of_date = {0}, of_source = {0};
    assay_status status = date ? believe_date(self, doc, &e, date, &of_date) : ASSAY_OK;
    if (!status && source)
        status = believe_source(self, doc, &e, source, &of_source);
    return status ? status : add_records(self, doc, &of_date, &of_source);
}

ASSAY_PLUGIN(dateline) = {
    ASSAY_ABI,
    .name = "dateline",
    .version = "1",
    .summary = "dates texts, and names their publisher, by what they and their paths say",
    .license = "Apache-2.0",
    .role = ASSAY_ANALYSER,
    .options = &option_fields,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = open_analyser,
    .analyse = analyse,
    .close = close_analyser,
};
