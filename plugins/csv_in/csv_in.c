/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader of CSV and TSV: one document a row, its text from the column of that name; columns are found by the first row.
 * A file without such a column, whose cells are figures, is a table: a document of so many rows.
 */
#include <assay/kit/sniff.h>
#include <assay/kit/text.h>
#include <assay/kit/charset.h>
#include <assay/kit/date.h>
#include <assay/layers/document.h>
#include <assay/plugin.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "rows.h"
#include "table.h"

#define TABLE_ROWS 2000u /* of one document */
#define TITLES 8u        /* rows above the names of columns */

enum { ID, TEXT, SOURCE, PUBLISHED, TITLE, URI, LANGUAGE, COLUMNS };

struct options {
    struct assay_text id, text, source, published, title, uri, language, separator;
};
#define COLUMN(m, help) ASSAY_OPTION(struct options, m, ASSAY_TEXT, 0, NULL, #m, NULL, NULL, help)
static const struct assay_field option_rows[] = {
    COLUMN(id, "column of the document's id; empty: none, a text is named by its file and line"),
    COLUMN(text, "column of the text"),
    COLUMN(source, "column of the publisher"),
    COLUMN(published, "column of the date"),
    COLUMN(title, "column of the title"),
    COLUMN(uri, "column of the address"),
    COLUMN(language, "column of the declared language"),
    ASSAY_OPTION(struct options, separator, ASSAY_TEXT, 0, NULL, "", NULL, NULL, "one character; empty: as the first line has it"),
};
static const struct assay_fields options_table = ASSAY_FIELDS(struct options, option_rows);

static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "one record a document"},
};

struct self {
    const struct assay_host *host;
    const struct options *options;
    struct csv_rows rows;
    uint32_t warned; /* 1: of a date that is none */
};

/* One file's columns: which is which, and the names of the others. */
struct header {
    int column[COLUMNS]; /* -1: none */
    struct assay_mapper name[CSV_FIELDS];
    uint32_t names;
    struct csv_rows titles; /* of a table */
};

static assay_status open_reader(const struct assay_host *host, const void *options, void **self)
{
    struct self *s = calloc(1, sizeof *s);
    if (!s)
        return host->fail(host, ASSAY_ENOMEM, "out of memory");
    s->host = host;
    s->options = options;
    *self = s;
    return ASSAY_OK;
}

static assay_status accept_input(void *self, struct assay_text name, struct assay_text head)
{
    (void)self;
    if (assay_sniff_wide(head) || (!assay_text_ends(name, ".csv") && !assay_text_ends(name, ".tsv")))
        return ASSAY_NO;
    return ASSAY_OK;
}

static void read_header(const struct self *s, struct header *h)
{
    const struct options *o = s->options;
    const struct assay_text wanted[COLUMNS] = {o->id, o->text, o->source, o->published, o->title, o->uri, o->language};
    for (int c = 0; c < COLUMNS; c++)
        h->column[c] = -1;
    h->names = s->rows.fields;
    for (uint32_t i = 0; i < s->rows.fields; i++) {
        csv_value(&s->rows, i, &h->name[i]);
        const struct assay_buf *name = &h->name[i].text;
        for (int c = 0; c < COLUMNS; c++)
            if (h->column[c] < 0 && name->size == wanted[c].size && name->size &&
                strncasecmp(name->at, wanted[c].at, name->size) == 0) {
                h->column[c] = (int)i;
                break;
            }
    }
}

static int is_column(const struct header *h, uint32_t field)
{
    for (int c = 0; c < COLUMNS; c++)
        if (h->column[c] == (int)field)
            return 1;
    return 0;
}

static struct assay_text value_of(const struct self *s, const struct header *h, int column, struct assay_mapper *m)
{
    if (h->column[column] < 0 || (uint32_t)h->column[column] >= s->rows.fields)
        return (struct assay_text){NULL, 0};
    csv_value(&s->rows, (uint32_t)h->column[column], m);
    return m->text.size ? (struct assay_text){m->text.at, m->text.size} : (struct assay_text){NULL, 0};
}

/* The columns that have no meaning here, as metadata. */
static uint32_t others(const struct self *s, const struct header *h, struct assay_mapper *values,
                       struct assay_pair *pairs)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->rows.fields && i < h->names; i++) {
        const struct assay_buf *name = &h->name[i].text;
        if (is_column(h, i) || !name->size || s->rows.field[i].begin == s->rows.field[i].end)
            continue;
        csv_value(&s->rows, i, &values[n]);
        pairs[n] = (struct assay_pair){{name->at, name->size}, {values[n].text.at, values[n].text.size}};
        n++;
    }
    return n;
}

/* A row on its way to a document; what its texts point to lives in it. */
struct row {
    struct assay_document record;
    struct assay_mapper column[COLUMNS];
    struct assay_mapper other[CSV_FIELDS];
    struct assay_pair pair[CSV_FIELDS + 1]; /* and a date that is none */
    struct assay_buf id;
};

static void free_row(struct row *r)
{
    for (int c = 0; c < COLUMNS; c++)
        assay_mapper_free(&r->column[c]);
    for (uint32_t i = 0; i < CSV_FIELDS; i++)
        assay_mapper_free(&r->other[i]);
    assay_buf_free(&r->id);
    free(r);
}

/* What is no date is not lost, but no `published`. */
static uint32_t drop_date(struct self *s, struct row *r, struct assay_text name, uint32_t pairs)
{
    struct assay_text published = r->record.published;
    struct assay_date date;
    if (!published.at || assay_date_read(&date, published))
        return pairs;
    r->pair[pairs] = (struct assay_pair){{"published", 9}, published};
    r->record.published = (struct assay_text){NULL, 0};
    if (!s->warned++)
        s->host->note(
            s->host, ASSAY_NOTE_WARNING,
            "%.*s, line %llu: published \"%.*s\" is no ISO date (2024-05-04): the text counts as undated (said once)",
            (int)name.size, name.at, (unsigned long long)s->rows.line,
            (int)(published.size < 64 ? published.size : 64), published.at);
    return pairs + 1;
}

static void fill_record(struct self *s, struct row *r, struct assay_text name, const struct header *h)
{
    struct assay_document *d = &r->record;
    struct assay_text *const to[COLUMNS] = {&d->doc, NULL, &d->source, &d->published, &d->title, &d->uri, &d->declared};
    d->media = (struct assay_text){"text/plain", 10};
    for (int c = 0; c < COLUMNS; c++)
        if (to[c])
            *to[c] = value_of(s, h, c, &r->column[c]);
    if (!d->doc.at) {
        assay_buf_add(&r->id, name.at, name.size);
        assay_buf_printf(&r->id, ":%llu", (unsigned long long)s->rows.line);
        d->doc = (struct assay_text){r->id.at, r->id.size};
    }
    uint32_t pairs = drop_date(s, r, name, others(s, h, r->other, r->pair));
    d->metadata = (struct assay_list){r->pair, pairs, sizeof r->pair[0]};
}

static assay_status add_row(struct self *s, struct assay_item *item, struct assay_text name, const struct header *h)
{
    const struct assay_host *host = s->host;
    struct row *r = calloc(1, sizeof *r);
    if (!r)
        return ASSAY_ENOMEM;
    const struct assay_mapper *map = &r->column[TEXT];
    struct assay_text text = value_of(s, h, TEXT, &r->column[TEXT]);
    fill_record(s, r, name, h);
    assay_status status;
    if (map->failed || r->id.failed)
        status = ASSAY_ENOMEM;
    else if (!text.at)
        status = host->failed(host, item, s->rows.row, s->rows.line, "syntax", "the row has no text");
    else
        status = host->add_document(host, item, 0, &r->record, text, map->run, map->count);
    free_row(r);
    return status;
}

/* The names of the columns there are, so that a person sees which of them holds the texts. */
static assay_status no_text(const struct self *s, struct assay_item *item, const struct header *h)
{
    struct assay_buf there = {0};
    for (uint32_t i = 0; i < h->names && there.size < 300; i++) {
        assay_buf_text(&there, i ? ", " : "");
        assay_buf_add(&there, h->name[i].text.at, h->name[i].text.size < 60 ? h->name[i].text.size : 60);
    }
    assay_status status = s->host->failed(
        s->host, item, 0, 1, "syntax", "no column \"%.*s\" in the first row (%.*s); the option text names another",
        (int)s->options->text.size, s->options->text.at, (int)there.size, there.at ? there.at : "");
    assay_buf_free(&there);
    return status;
}

/* ---- tables ---- */

static assay_status add_table(struct self *s, struct assay_item *item, struct assay_text name,
                              const struct assay_mapper *text, uint64_t line)
{
    struct assay_document record = {.media = {"text/plain", 10}};
    struct assay_buf id = {0};
    if (line) {
        assay_buf_add(&id, name.at, name.size);
        assay_buf_printf(&id, ":%llu", (unsigned long long)line);
        record.doc = (struct assay_text){id.at, id.size};
    }
    assay_status status = ASSAY_ENOMEM;
    if (!text->failed && !id.failed)
        status = s->host->add_document(s->host, item, 0, &record, (struct assay_text){text->text.at, text->text.size},
                                       text->run, text->count);
    assay_buf_free(&id);
    return status;
}

/* The titles above a table, and its row of names: what each of its documents begins with. */
static void put_heads(const struct csv_rows *titles, uint32_t count, const struct csv_rows *names,
                      struct assay_mapper *text)
{
    const char *error;
    struct csv_rows row = *titles;
    while (count-- && csv_next(&row, &error) > 0)
        table_row(&row, text);
    table_row(names, text);
}

/* The rows behind the one read last, TABLE_ROWS to a document, each with the row of names and the `count` rows of
 * `titles` above. A long table's documents are named by the lines they begin at. */
static assay_status read_table(struct self *s, struct assay_item *item, struct assay_text name,
                               const struct csv_rows *titles, uint32_t count)
{
    const struct csv_rows names = s->rows;
    const struct assay_host *host = s->host;
    struct assay_mapper text = {0};
    uint32_t rows = 0;
    uint64_t line = 0, cut = 0;
    const char *error = "";
    assay_status status = ASSAY_OK;
    for (int more = 1; more && status >= 0;) {
        more = csv_next(&s->rows, &error);
        if (more < 0) {
            status = host->failed(host, item, s->rows.row, s->rows.line, "syntax", "%s", error);
            continue;
        }
        if (rows && (!more || rows == TABLE_ROWS)) {
            status = add_table(s, item, name, &text, more || cut ? line : 0);
            assay_mapper_free(&text);
            text = (struct assay_mapper){0};
            cut = 1;
            rows = 0;
        }
        if (!more || status < 0)
            break;
        if (!rows++) {
            line = s->rows.line;
            put_heads(titles, count, &names, &text);
        }
        table_row(&s->rows, &text);
    }
    assay_mapper_free(&text);
    return status < 0 ? status : ASSAY_OK;
}

/* Whether the file is a table below titles of one cell each: then *titles stands before them, and the row of names is
 * the one read last. The separator is found anew: the first line need have none. */
static uint32_t find_titles(struct self *s, struct csv_rows *titles)
{
    const char *given = s->options->separator.at, *error;
    for (const char *sign = s->options->separator.size ? given : ";\t,|"; *sign; sign++) {
        csv_start(&s->rows, (struct assay_text){s->rows.input, s->rows.size}, *sign);
        *titles = s->rows;
        uint32_t count = 0, filled = 0;
        while (count <= TITLES && csv_next(&s->rows, &error) > 0 && (filled = table_filled(&s->rows)) < 2)
            count++;
        if (count && count <= TITLES && filled > 1 && table_is(&s->rows))
            return count;
        if (sign == given)
            break;
    }
    return 0;
}

/* "sep=;" before the columns' names tells a spreadsheet the separator. */
static int is_separator_line(const struct csv_rows *r)
{
    const struct csv_field *f = &r->field[0];
    uint64_t size = f->end - f->begin;
    return (size == 4 || size == 5) && strncasecmp(r->input + f->begin, "sep=", 4) == 0;
}

static assay_status read_rows(struct self *s, struct assay_item *item, struct assay_text name, struct header *h)
{
    const struct assay_host *host = s->host;
    const char *error = "";
    int more;
    int first = csv_next(&s->rows, &error);
    if (first > 0 && is_separator_line(&s->rows)) {
        uint64_t end = s->rows.field[0].begin + 4;
        if (end < s->rows.size && !strchr("\r\n", s->rows.input[end]))
            s->rows.separator = s->rows.input[end];
        first = csv_next(&s->rows, &error);
    }
    if (first < 0) /* without its names none of the columns is known */
        return host->failed(host, item, s->rows.row, s->rows.line, "syntax", "the first row: %s", error);
    if (first > 0)
        read_header(s, h);
    struct csv_rows *titles = &h->titles;
    if (h->names > 1 && h->column[TEXT] < 0 && table_filled(&s->rows) > 1 && table_is(&s->rows))
        return read_table(s, item, name, titles, 0);
    uint32_t count = h->column[TEXT] < 0 ? find_titles(s, titles) : 0;
    if (count)
        return read_table(s, item, name, titles, count);
    if (h->names == 0 || h->column[TEXT] < 0)
        return no_text(s, item, h);
    while ((more = csv_next(&s->rows, &error)) != 0) {
        assay_status status = more < 0 ? host->failed(host, item, s->rows.row, s->rows.line, "syntax", "%s", error)
                                       : add_row(s, item, name, h);
        if (status < 0)
            return status;
    }
    return ASSAY_OK;
}

static assay_status read_item(void *self, struct assay_item *item, struct assay_text name)
{
    struct self *s = self;
    struct assay_text bytes;
    assay_status status = s->host->item_bytes(s->host, item, &bytes);
    if (status != ASSAY_OK)
        return status;
    struct header *h = calloc(1, sizeof *h);
    if (!h)
        return ASSAY_ENOMEM;
    struct assay_text head = {bytes.at, bytes.size < 65536 ? bytes.size : 65536};
    csv_start(&s->rows, bytes, s->options->separator.size ? s->options->separator.at[0] : csv_separator(head));
    status = read_rows(s, item, name, h);
    for (uint32_t i = 0; i < CSV_FIELDS; i++)
        assay_mapper_free(&h->name[i]);
    free(h);
    return status;
}

ASSAY_PLUGIN(csv_in) = {
    ASSAY_ABI,
    .name = "csv_in",
    .version = "1",
    .summary = "reads CSV and TSV: one document a row, or a table of figures",
    .license = "Apache-2.0",
    .role = ASSAY_READER,
    .options = &options_table,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = open_reader,
    .accept = accept_input,
    .read = read_item,
    .close = free,
};
