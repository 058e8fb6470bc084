/* SPDX-License-Identifier: Apache-2.0
 *
 * Writer sqlite: every public layer of the run as tables of one database file. Written to a file of its own in one
 * transaction, without a journal, and renamed by the host when whole.
 */
#include <assay/plugin.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include <assay/kit/relation.h>

#include "schema.h"

struct options {
    struct assay_text path;
    uint32_t text, search, metadata;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_OUTPUT, NULL, "results.db", NULL, NULL, "the database file"),
    ASSAY_OPTION(struct options, text, ASSAY_FLAG, 0, NULL, "true", NULL, NULL, "store each document's text"),
    ASSAY_OPTION(struct options, search, ASSAY_FLAG, 0, NULL, "true", NULL, NULL, "make a full-text index over titles and texts (needs text)"),
    ASSAY_OPTION(struct options, metadata, ASSAY_FLAG, 0, NULL, "true", NULL, NULL, "write metadata.json beside it, for Datasette"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

struct self {
    const struct assay_host *host;
    const struct options *options;
};

struct writing {
    const struct assay_host *host;
    const struct options *options;
    struct assay_relations tables;
    const char *path;
    sqlite3 *db;
    sqlite3_stmt **insert; /* of each table */
};

static assay_status trouble(struct writing *w, const char *what)
{
    return w->host->fail(w->host, ASSAY_EFATAL, "%s: %s: %s", w->path, what,
                         w->db ? sqlite3_errmsg(w->db) : "out of memory");
}

static assay_status run(struct writing *w, struct assay_buf *sql, const char *what)
{
    assay_buf_byte(sql, 0);
    if (sql->failed)
        return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for the tables");
    int code = sqlite3_exec(w->db, sql->at, NULL, NULL, NULL);
    sql->size = 0;
    return code == SQLITE_OK ? ASSAY_OK : trouble(w, what);
}

static assay_status make_tables(struct writing *w, struct assay_buf *sql)
{
    assay_buf_printf(
        sql,
        "PRAGMA page_size=8192;PRAGMA journal_mode=OFF;PRAGMA synchronous=OFF;PRAGMA locking_mode=EXCLUSIVE;"
        "PRAGMA application_id=%d;PRAGMA user_version=%d;PRAGMA cache_size=-65536;BEGIN;\n",
        SCHEMA_APPLICATION, SCHEMA_VERSION);
    for (uint32_t i = 0; i < w->tables.count; i++)
        schema_table(sql, &w->tables.relation[i]);
    assay_status status = run(w, sql, "creating tables");
    w->insert = calloc(w->tables.count, sizeof *w->insert);
    if (!status && !w->insert)
        return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for the tables");
    for (uint32_t i = 0; i < w->tables.count && !status; i++) {
        sql->size = 0;
        schema_insert(sql, &w->tables.relation[i]);
        if (sql->failed || sqlite3_prepare_v2(w->db, sql->at, (int)sql->size, &w->insert[i], NULL) != SQLITE_OK)
            status = trouble(w, "preparing");
    }
    sql->size = 0;
    return status;
}

static int bind(sqlite3_stmt *s, int at, const struct assay_cell *c)
{
    switch (c->type) {
    case ASSAY_CELL_INTEGER:
    case ASSAY_CELL_FLAG:
        return sqlite3_bind_int64(s, at, c->integer);
    case ASSAY_CELL_REAL:
        return sqlite3_bind_double(s, at, c->real);
    case ASSAY_CELL_TEXT:
    case ASSAY_CELL_JSON:
        return sqlite3_bind_text64(s, at, c->text.at, c->text.size, SQLITE_STATIC, SQLITE_UTF8);
    default:
        return sqlite3_bind_null(s, at);
    }
}

static assay_status insert_row(void *own, uint32_t table, const struct assay_cell *cell)
{
    struct writing *w = own;
    sqlite3_stmt *s = w->insert[table];
    int code = SQLITE_OK;
    for (uint32_t i = 0; i < w->tables.relation[table].columns && code == SQLITE_OK; i++)
        code = bind(s, (int)i + 1, &cell[i]);
    if (code == SQLITE_OK)
        code = sqlite3_step(s);
    if (code != SQLITE_DONE)
        return trouble(w, w->tables.relation[table].name);
    sqlite3_reset(s);
    return ASSAY_OK;
}

static assay_status finish(struct writing *w, struct assay_buf *sql)
{
    for (uint32_t i = 0; i < w->tables.count; i++)
        schema_indexes(sql, &w->tables.relation[i]);
    if (w->options->text && w->options->search)
        schema_search(sql);
    if (w->options->text)
        schema_views(sql, &w->tables);
    assay_buf_text(sql, "COMMIT;");
    return run(w, sql, "finishing");
}

static assay_status fill(struct writing *w, struct assay_results *results)
{
    struct assay_buf sql = {0};
    assay_status status =
        sqlite3_open_v2(w->path, &w->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) ==
                SQLITE_OK
            ? ASSAY_OK
            : trouble(w, "opening");
    if (!status)
        status = make_tables(w, &sql);
    if (!status)
        status = assay_relations_walk(&w->tables, w->host, results, w, insert_row);
    if (!status)
        status = finish(w, &sql);
    for (uint32_t i = 0; w->insert && i < w->tables.count; i++)
        sqlite3_finalize(w->insert[i]);
    free(w->insert);
    assay_buf_free(&sql);
    if (sqlite3_close(w->db) != SQLITE_OK && !status)
        status = trouble(w, "closing");
    return status;
}

/* Whether the file is there and none of ours: many programs have a metadata.json. */
static int is_foreign(const char *name)
{
    static const char ours[] = "{\"title\":\"assay results\"";
    char head[sizeof ours] = "";
    FILE *f = fopen(name, "re");
    if (!f)
        return 0;
    size_t n = fread(head, 1, sizeof ours - 1, f);
    fclose(f);
    return n > 0 && strcmp(head, ours) != 0;
}

/* metadata.json in the folder of the database. */
static assay_status write_metadata(struct writing *w, struct assay_results *results)
{
    struct assay_text path = w->options->path;
    const char *slash = memrchr(path.at, '/', path.size);
    size_t folder = slash ? (size_t)(slash - path.at) + 1 : 0;
    const char *base = path.at + folder, *dot = memrchr(base, '.', path.size - folder);
    struct assay_buf name = {0}, text = {0};
    assay_buf_add(&name, path.at, folder);
    assay_buf_text(&name, "metadata.json");
    schema_metadata(&text, &w->tables,
                    (struct assay_text){base, dot && dot > base ? (size_t)(dot - base) : path.size - folder});
    assay_buf_byte(&name, 0); /* the name is a terminated one too */
    struct assay_sink *sink;
    if (!name.failed && is_foreign(name.at)) {
        w->host->note(w->host, ASSAY_NOTE_WARNING, "%s is not of an earlier run and is left as it is", name.at);
        assay_buf_free(&name);
        assay_buf_free(&text);
        return ASSAY_OK;
    }
    assay_status status =
        name.failed || text.failed
            ? w->host->fail(w->host, ASSAY_ENOMEM, "no memory for metadata.json")
            : w->host->sink(w->host, results, (struct assay_text){name.at, name.size - 1}, &sink, NULL);
    if (!status)
        status = w->host->write(w->host, sink, text.at, text.size);
    assay_buf_free(&name);
    assay_buf_free(&text);
    return status;
}

static assay_status write_(void *own, struct assay_results *results)
{
    struct self *self = own;
    const struct assay_host *h = self->host;
    struct writing w = {.host = h, .options = self->options};
    struct assay_sink *none;
    assay_status status = assay_relations_make(&w.tables, h, (int)self->options->text)
                              ? ASSAY_OK
                              : h->fail(h, ASSAY_ENOMEM, "cannot prepare the tables");
    if (!status)
        status = h->sink(h, results, self->options->path, &none, &w.path);
    if (!status) {
        remove(w.path); /* what a killed run may have left */
        status = fill(&w, results);
    }
    if (!status && self->options->metadata)
        status = write_metadata(&w, results);
    assay_relations_free(&w.tables);
    return status;
}

static assay_status open_(const struct assay_host *h, const void *given, void **own)
{
    const struct options *options = given;
    if (options->path.size == 1 && options->path.at[0] == '-')
        return h->fail(h, ASSAY_ECONF, "a database cannot be written to stdout: give a path");
    struct self *self = malloc(sizeof *self);
    if (!self)
        return ASSAY_ENOMEM;
    *self = (struct self){h, options};
    *own = self;
    return ASSAY_OK;
}

ASSAY_PLUGIN(sqlite) = {
    ASSAY_ABI,
    .name = "sqlite",
    .version = "1",
    .summary = "writes every record into one SQLite database",
    .license = "Apache-2.0",
    .role = ASSAY_WRITER,
    .flags = ASSAY_ALL_LAYERS,
    .options = &option_fields,
    .open = open_,
    .write = write_,
    .close = free,
};
