/* SPDX-License-Identifier: Apache-2.0
 *
 * Preparer: bytes in any charset to UTF-8, then repair of what was decoded wrongly before. UTF-8 that needs no repair
 * is left alone.
 */
#include <assay/kit/charset.h>
#include <assay/kit/utf8.h>
#include <assay/layers/document.h>
#include <assay/plugin.h>
#include <stdlib.h>
#include <string.h>

#include "guess.h"
#include "mojibake.h"
#include "suspects.h"


struct options {
    struct assay_text fallback;
    uint32_t repair;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, fallback, ASSAY_TEXT, 0, NULL, "windows-1252", NULL, NULL, "charset of bytes that nothing says anything about"),
    ASSAY_OPTION(struct options, repair, ASSAY_FLAG, 0, NULL, "true", NULL, NULL, "repair mojibake"),
};
static const struct assay_fields options_table = ASSAY_FIELDS(struct options, option_rows);

static const struct assay_layer layers[] = {
    {ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "encoding as the reader found it"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
    struct views *views;
    char fallback[CHARSET_ROOM];
    struct cell *cell; /* PIECE_MAX */
};

static void close_preparer(void *self)
{
    struct self *s = self;
    views_free(s->views);
    free(s->cell);
    free(s);
}

static assay_status open_preparer(const struct assay_host *host, const void *options, void **self)
{
    struct self *s = calloc(1, sizeof *s);
    if (!s)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    s->host = host;
    s->options = options;
    s->views = views_new();
    s->cell = malloc(PIECE_MAX * sizeof *s->cell);
    struct assay_charset c;
    assay_charset_name(s->fallback, sizeof s->fallback, s->options->fallback);
    if (!s->views || !s->cell || !assay_charset_open(&c, s->fallback)) {
        assay_status status = s->views && s->cell ? ASSAY_ECONF : ASSAY_ENOMEM;
        const char *why = status == ASSAY_ECONF ? "no charset of the name given as fallback" : "out of memory";
        close_preparer(s);
        return host->fail(host, status, "%s", why);
    }
    assay_charset_close(&c);
    *self = s;
    return ASSAY_OK;
}

/* ---- charset ---- */

static const struct assay_document *record_of(const struct self *s, const struct assay_doc *doc)
{
    struct assay_list list = s->host->records(s->host, doc, 0);
    return list.count ? ASSAY_AT(struct assay_document, list, 0) : NULL;
}

static assay_status set_encoding(struct self *s, struct assay_doc *doc, const char *name)
{
    size_t n = strlen(name);
    char *kept = s->host->alloc(s->host, doc, n + 1);
    if (!kept)
        return ASSAY_ENOMEM;
    memcpy(kept, name, n);
    assay_status status = s->host->amend(s->host, doc, "encoding", &(struct assay_text){kept, n});
    return status < 0 ? status : ASSAY_OK;
}

static assay_status set_mapped(struct self *s, struct assay_doc *doc, struct assay_mapper *m)
{
    if (m->failed)
        return m->text.failed ? ASSAY_ENOMEM : s->host->fail(s->host, ASSAY_EDOC, "the text is longer than 4 GiB");
    return s->host->set_text(s->host, doc, (struct assay_text){m->text.at ? m->text.at : "", m->text.size}, m->run,
                             m->count);
}

/* What the carrier (an HTTP or mail header) declares stands in the metadata; a reader that decoded itself has set the
 * encoding. */
static struct assay_text declared_charset(const struct assay_document *record)
{
    for (uint32_t i = 0; record && i < record->metadata.count; i++) {
        const struct assay_pair *pair = ASSAY_AT(struct assay_pair, record->metadata, i);
        if (pair->key.size == 7 && memcmp(pair->key.at, "charset", 7) == 0)
            return pair->value;
    }
    return (struct assay_text){NULL, 0};
}

static assay_status to_utf8(struct self *s, struct assay_doc *doc)
{
    struct assay_text bytes = s->host->text(s->host, doc);
    const struct assay_document *record = record_of(s, doc);
    if (record && record->encoding.at && assay_utf8_valid(bytes.at, bytes.size) == bytes.size)
        return ASSAY_OK;
    struct assay_text declared = declared_charset(record);
    char name[CHARSET_ROOM];
    uint32_t mark;
    int valid = guess_charset(bytes, declared, s->fallback, name, &mark);
    assay_status status = set_encoding(s, doc, name);
    if (status != ASSAY_OK)
        return status;
    if (valid)
        return ASSAY_OK;
    struct assay_charset c;
    if (!assay_charset_open(&c, name))
        return s->host->fail(s->host, ASSAY_EDOC, "charset %s cannot be decoded here", name);
    struct assay_mapper m = {0};
    assay_charset_decode(&c, &m, (struct assay_text){bytes.at + mark, bytes.size - mark}, mark, NULL);
    assay_charset_close(&c);
    status = set_mapped(s, doc, &m);
    assay_mapper_free(&m);
    return status;
}

/* ---- repair ---- */

struct repairing {
    struct self *self;
    struct assay_text text;
    struct assay_mapper mapper;
    uint64_t done;            /* what the mapper has of the text */
    struct assay_buf repairs; /* struct assay_repair; texts are filled in at the end */
    struct assay_buf suspects; /* struct suspect */
    int cyrillic;             /* the document has words of Cyrillic read as Latin-1 */
};

static uint32_t read_cells(struct cell *cell, const char *p, const char *end)
{
    uint32_t n = 0;
    for (const char *q = p; q < end; n++) {
        uint32_t begin = (uint32_t)(q - p);
        q += assay_utf8_next(q, end, &cell[n].cp);
        cell[n].begin = begin;
        cell[n].end = (uint32_t)(q - p);
        cell[n].changed = 0;
    }
    return n;
}

static void add_repair(struct repairing *r, const struct cell *first, const struct cell *last, uint64_t at, uint64_t to)
{
    struct assay_repair repair = {.span = {(uint32_t)to, (uint32_t)r->mapper.text.size},
                                  .from = {r->text.at + at + first->begin, last->end - first->begin}};
    assay_buf_add(&r->repairs, &repair, sizeof repair);
}

/* Appends what changed in the piece at offset `at`, and all that stands before it; a run of changed cells is one
 * repair. */
static void write_cells(struct repairing *r, const struct cell *cell, uint32_t cells, uint64_t at)
{
    for (uint32_t i = 0; i < cells; i++) {
        if (!cell[i].changed)
            continue;
        assay_mapper_keep(&r->mapper, r->text.at, r->done, at + cell[i].begin - r->done);
        uint64_t to = r->mapper.text.size;
        uint32_t first = i;
        for (; i < cells && cell[i].changed; i++) {
            char utf8[4];
            uint32_t n = assay_utf8_put(utf8, cell[i].cp);
            assay_mapper_unit(&r->mapper, at + cell[i].begin, cell[i].end - cell[i].begin, utf8, n);
        }
        add_repair(r, &cell[first], &cell[i - 1], at, to);
        r->done = at + cell[i - 1].end;
    }
}

static void repair_piece(struct repairing *r, const struct suspect *s)
{
    struct cell *cell = r->self->cell;
    uint32_t cells = read_cells(cell, s->begin, s->end);
    int cyrillic = r->cyrillic && cyrillic_evidence(cell, cells) && cyrillic_repair(cell, cells, 1);
    cells = mojibake_repair(r->self->views, cell, cells);
    if (r->cyrillic && !cyrillic)
        cyrillic_repair(cell, cells, 0);
    write_cells(r, cell, cells, (uint64_t)(s->begin - r->text.at));
}

static uint32_t suspects(const struct repairing *r)
{
    return (uint32_t)(r->suspects.size / sizeof(struct suspect));
}

static struct suspect suspect_at(const struct repairing *r, uint32_t i)
{
    struct suspect s;
    memcpy(&s, r->suspects.at + i * sizeof s, sizeof s);
    return s;
}

static int has_cyrillic(struct repairing *r)
{
    for (uint32_t i = 0; i < suspects(r); i++) {
        struct suspect s = suspect_at(r, i);
        if (!(s.found & LOOK_WORDS))
            continue;
        uint32_t cells = read_cells(r->self->cell, s.begin, s.end);
        if (cyrillic_evidence(r->self->cell, cells))
            return 1;
    }
    return 0;
}

static assay_status report(struct repairing *r, struct assay_doc *doc)
{
    const struct assay_host *host = r->self->host;
    struct assay_text text = host->text(host, doc);
    size_t count = r->repairs.size / sizeof(struct assay_repair);
    for (size_t i = 0; i < count; i++) {
        struct assay_repair repair;
        memcpy(&repair, r->repairs.at + i * sizeof repair, sizeof repair);
        repair.to = (struct assay_text){text.at + repair.span.begin, repair.span.end - repair.span.begin};
        assay_status status = host->amend(host, doc, "repairs", &repair);
        if (status < 0)
            return status;
    }
    return ASSAY_OK;
}

static assay_status repair_text(struct self *s, struct assay_doc *doc)
{
    struct repairing r = {.self = s, .text = s->host->text(s->host, doc)};
    suspects_find(s->views, r.text, &r.suspects);
    r.cyrillic = has_cyrillic(&r);
    if (r.cyrillic)
        suspects_letters(s->views, r.text, &r.suspects);
    for (uint32_t i = 0; i < suspects(&r); i++) {
        struct suspect piece = suspect_at(&r, i);
        if (piece.found & LOOK_UTF8 || r.cyrillic)
            repair_piece(&r, &piece);
    }
    assay_status status = ASSAY_OK;
    if (r.repairs.size)
        assay_mapper_keep(&r.mapper, r.text.at, r.done, r.text.size - r.done);
    if (r.mapper.failed || r.repairs.failed || r.suspects.failed) {
        status = ASSAY_ENOMEM;
    } else if (r.repairs.size) {
        status = set_mapped(s, doc, &r.mapper);
        if (status == ASSAY_OK)
            status = report(&r, doc);
    }
    assay_mapper_free(&r.mapper);
    assay_buf_free(&r.repairs);
    assay_buf_free(&r.suspects);
    return status;
}

static assay_status prepare(void *self, struct assay_doc *doc)
{
    struct self *s = self;
    assay_status status = to_utf8(s, doc);
    return status == ASSAY_OK && s->options->repair ? repair_text(s, doc) : status;
}

ASSAY_PLUGIN(decode) = {
    ASSAY_ABI,
    .name = "decode",
    .version = "1",
    .summary = "brings texts to UTF-8 and repairs mojibake",
    .license = "Apache-2.0",
    .role = ASSAY_PREPARER,
    .options = &options_table,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = open_preparer,
    .prepare = prepare,
    .close = close_preparer,
};
