/* SPDX-License-Identifier: Apache-2.0
 *
 * Writer postgres: the tables of the sqlite writer in a PostgreSQL database, for several people at once. One
 * transaction a run: documents and findings that are known are updated, records of the run's documents replaced, all
 * else stays.
 */
#include <assay/plugin.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include <assay/kit/relation.h>

#include "spool.h"
#include "statements.h"

struct options {
    struct assay_text path, schema;
    uint32_t text;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, path, ASSAY_TEXT, ASSAY_MUST, NULL, NULL, NULL, NULL,
                 "connection string, as \"host=/run/postgresql dbname=news\" or postgresql://host/news"),
    ASSAY_OPTION(struct options, schema, ASSAY_TEXT, 0, NULL, "assay", NULL, NULL, "schema of the tables, created where it is missing"),
    ASSAY_OPTION(struct options, text, ASSAY_FLAG, 0, NULL, "true", NULL, NULL, "store each document's text"),
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
    struct spool *spool;
    PGconn *connection;
};

/* The server's message, on one line. */
static assay_status trouble(struct writing *w, const char *what)
{
    char text[1024];
    snprintf(text, sizeof text, "%s", w->connection ? PQerrorMessage(w->connection) : "out of memory");
    for (char *p = text; *p; p++)
        if (*p == '\n')
            *p = p[1] ? ' ' : 0;
    return w->host->fail(w->host, ASSAY_EFATAL, "PostgreSQL, %s: %s", what, text);
}

static assay_status run(struct writing *w, struct assay_buf *sql, const char *what)
{
    assay_buf_byte(sql, 0);
    if (sql->failed)
        return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for the statements");
    PGresult *result = PQexec(w->connection, sql->at);
    ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    sql->size = 0;
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY ? ASSAY_OK
                                                                                                  : trouble(w, what);
}

static assay_status connect_(struct writing *w)
{
    struct assay_text path = w->options->path;
    char *string = strndup(path.at ? path.at : "", path.size);
    if (!string)
        return w->host->fail(w->host, ASSAY_ENOMEM, "no memory for the connection");
    w->connection = PQconnectdb(string);
    free(string);
    return PQstatus(w->connection) == CONNECTION_OK ? ASSAY_OK : trouble(w, "connecting");
}

static void quiet(void *own, const char *message)
{
    (void)own; /* "already exists, skipping" is no news */
    (void)message;
}

static assay_status begin(struct writing *w, struct assay_buf *sql)
{
    char *schema = PQescapeIdentifier(w->connection, w->options->schema.at, w->options->schema.size);
    if (!schema)
        return trouble(w, "schema");
    PQsetNoticeProcessor(w->connection, quiet, NULL);
    assay_buf_printf(sql, "BEGIN; SET LOCAL client_encoding = 'UTF8'; SELECT pg_advisory_xact_lock(4707188);"
                          "CREATE SCHEMA IF NOT EXISTS %s; SET LOCAL search_path = %s, pg_catalog;\n", schema, schema);
    PQfreemem(schema);
    /* Parents before children, named layers before what refers to them: the tables' own order does it for all but
     * references forward, which none of the layers has. */
    for (uint32_t i = 0; i < w->tables.count; i++)
        if (w->tables.relation[i].columns)
            statement_create(sql, &w->tables.relation[i]);
    for (uint32_t i = 0; i < w->tables.count; i++)
        statement_indexes(sql, &w->tables.relation[i]);
    statement_extras(sql, &w->tables, (int)w->options->text);
    for (uint32_t i = 0; i < w->tables.count; i++)
        statement_stage(sql, &w->tables.relation[i]);
    return run(w, sql, "creating tables");
}

static assay_status copy_table(struct writing *w, uint32_t table, struct assay_buf *sql)
{
    struct spool *s = &w->spool[table];
    char block[16 * 1024];
    size_t n;
    if (!s->rows)
        return ASSAY_OK;
    if (!spool_rewind(s))
        return w->host->fail(w->host, ASSAY_EFATAL, "rows for PostgreSQL: %s", strerror(errno));
    sql->size = 0;
    statement_copy(sql, &w->tables.relation[table]);
    assay_buf_byte(sql, 0);
    PGresult *result = sql->failed ? NULL : PQexec(w->connection, sql->at);
    int ok = PQresultStatus(result) == PGRES_COPY_IN;
    PQclear(result);
    sql->size = 0;
    while (ok && (n = fread(block, 1, sizeof block, s->file)) > 0)
        ok = PQputCopyData(w->connection, block, (int)n) == 1;
    if (!ok || PQputCopyEnd(w->connection, ferror(s->file) ? "cannot read the rows" : NULL) != 1)
        return trouble(w, w->tables.relation[table].name);
    result = PQgetResult(w->connection);
    ok = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!ok)
        return trouble(w, w->tables.relation[table].name);
    while ((result = PQgetResult(w->connection)))
        PQclear(result);
    return ASSAY_OK;
}

static assay_status merge(struct writing *w, struct assay_buf *sql)
{
    for (uint32_t i = w->tables.count; i-- > 0;)
        statement_delete(sql, &w->tables, i);
    /* Children first: their shift asks for the parent's numbers, which merging changes. */
    for (uint32_t i = 0; i < w->tables.count; i++)
        statement_shift(sql, &w->tables, i);
    for (uint32_t i = 0; i < w->tables.count; i++)
        statement_merge(sql, &w->tables.relation[i]);
    assay_buf_text(sql, "COMMIT;");
    return run(w, sql, "storing the run");
}

static assay_status store(struct writing *w)
{
    struct assay_buf sql = {0};
    assay_status status = connect_(w);
    if (!status)
        status = begin(w, &sql);
    for (uint32_t i = 0; i < w->tables.count && !status; i++)
        status = copy_table(w, i, &sql);
    if (!status)
        status = merge(w, &sql);
    assay_buf_free(&sql);
    PQfinish(w->connection); /* without COMMIT nothing has happened */
    return status;
}

static assay_status keep_row(void *own, uint32_t table, const struct assay_cell *cell)
{
    struct writing *w = own;
    if (spool_row(&w->spool[table], &w->tables.relation[table], cell))
        return ASSAY_OK;
    return w->host->fail(w->host, ASSAY_EFATAL, "rows for PostgreSQL: %s", strerror(errno));
}

static assay_status write_(void *own, struct assay_results *results)
{
    struct self *self = own;
    const struct assay_host *h = self->host;
    struct writing w = {.host = h, .options = self->options};
    int made = assay_relations_make(&w.tables, h, (int)self->options->text);
    w.spool = made ? calloc(w.tables.count, sizeof *w.spool) : NULL;
    assay_status status = w.spool ? ASSAY_OK : h->fail(h, ASSAY_ENOMEM, "cannot prepare the tables");
    if (!status)
        status = assay_relations_walk(&w.tables, h, results, &w, keep_row);
    if (!status)
        status = store(&w);
    for (uint32_t i = 0; w.spool && i < w.tables.count; i++)
        spool_free(&w.spool[i]);
    free(w.spool);
    assay_relations_free(&w.tables);
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

ASSAY_PLUGIN(postgres) = {
    ASSAY_ABI,
    .name = "postgres",
    .version = "1",
    .summary = "stores every record in a PostgreSQL database, run after run",
    .license = "Apache-2.0",
    .role = ASSAY_WRITER,
    .flags = ASSAY_ALL_LAYERS,
    .options = &option_fields,
    .open = open_,
    .write = write_,
    .close = free,
};
