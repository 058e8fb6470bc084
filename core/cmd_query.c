/* SPDX-License-Identifier: Apache-2.0
 *
 * assay query RESULTS SQL: one reading statement over a finished result. Aligned columns on a terminal, tabs elsewhere,
 * JSON Lines with --json.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <assay/kit/json.h>
#include <assay/kit/say.h>
#include <assay/kit/utf8.h>

#include "cmd.h"
#include "history.h"
#include "resultdb.h"

const struct arg_spec cmd_query_spec[] = {CMD_JSON_OUT, CMD_HELP, CMD_END};

#define WIDEST 60u   /* columns of a terminal that a cell may take */
#define SAMPLE 200u  /* rows that decide how wide the columns are */
#define FLUSH (256u * 1024)

/* A statement may read, and nothing else: no other file, no setting. */
static int allow(void *own, int action, const char *a, const char *b, const char *c, const char *d)
{
    (void)own;
    (void)a;
    (void)b;
    (void)c;
    (void)d;
    return action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY : SQLITE_OK;
}

static struct assay_text cell(sqlite3_stmt *s, int i)
{
    const unsigned char *text = sqlite3_column_text(s, i);
    return (struct assay_text){(const char *)text, text ? (uint64_t)sqlite3_column_bytes(s, i) : 0};
}

static void add_json(struct assay_buf *b, sqlite3_stmt *s)
{
    int first = 1;
    assay_buf_byte(b, '{');
    for (int i = 0; i < sqlite3_column_count(s); i++) {
        assay_json_key(b, &first, sqlite3_column_name(s, i));
        switch (sqlite3_column_type(s, i)) {
        case SQLITE_INTEGER:
            assay_json_i64(b, sqlite3_column_int64(s, i));
            break;
        case SQLITE_FLOAT:
            assay_json_real(b, sqlite3_column_double(s, i));
            break;
        case SQLITE_NULL:
            assay_buf_text(b, "null");
            break;
        default:
            assay_json_text(b, cell(s, i));
        }
    }
    assay_buf_text(b, "}\n");
}

/* Tabs and line ends inside a cell would break the table; say_line makes them blanks. */
static void add_tabs(struct assay_buf *b, sqlite3_stmt *s, int names)
{
    for (int i = 0; i < sqlite3_column_count(s); i++) {
        const char *name = sqlite3_column_name(s, i);
        if (i)
            assay_buf_byte(b, '\t');
        assay_say_line(b, names ? (struct assay_text){name, strlen(name)} : cell(s, i));
    }
    assay_buf_byte(b, '\n');
}

/* ---- aligned, for people ---- */

static void add_padded(struct assay_buf *b, struct assay_text text, uint32_t width, int last)
{
    struct assay_buf line = {0};
    assay_say_line(&line, text);
    uint64_t points = assay_utf8_points(line.at, line.size);
    size_t size = line.size;
    if (points > width) {
        const char *p = line.at, *end = p + line.size;
        for (uint32_t n = 0, cp; p < end && n + 1 < width; n++)
            p += assay_utf8_next(p, end, &cp);
        size = (size_t)(p - line.at);
        points = width;
    }
    assay_buf_add(b, line.at, size);
    if (size < line.size)
        assay_buf_text(b, "…");
    for (uint64_t i = points; i < width && !last; i++)
        assay_buf_byte(b, ' ');
    assay_buf_text(b, last ? "\n" : "  ");
    assay_buf_free(&line);
}

static void measure(sqlite3_stmt *s, uint32_t *width)
{
    int n = sqlite3_column_count(s);
    for (int i = 0; i < n; i++)
        width[i] = (uint32_t)strlen(sqlite3_column_name(s, i));
    for (uint32_t row = 0; row < SAMPLE && sqlite3_step(s) == SQLITE_ROW; row++)
        for (int i = 0; i < n; i++) {
            struct assay_text text = cell(s, i);
            uint64_t points = assay_utf8_points(text.at, text.size);
            uint32_t wide = points > WIDEST ? WIDEST : (uint32_t)points;
            width[i] = wide > width[i] ? wide : width[i];
        }
    sqlite3_reset(s);
}

static int send(struct assay_buf *b, struct diag *diag, size_t least, int *code)
{
    if (b->size < least && !b->failed)
        return 1;
    *code = cmd_print(b, diag);
    return *code == RUN_DONE;
}

static int print_rows(sqlite3 *db, sqlite3_stmt *s, int json, struct diag *diag)
{
    struct assay_buf b = {0};
    uint32_t width[64];
    int n = sqlite3_column_count(s), code = RUN_DONE, status;
    int people = !json && n <= 64 && isatty(STDOUT_FILENO);
    if (people) {
        measure(s, width);
        for (int i = 0; i < n; i++)
            add_padded(&b, (struct assay_text){sqlite3_column_name(s, i), strlen(sqlite3_column_name(s, i))}, width[i],
                       i == n - 1);
    } else if (!json) {
        add_tabs(&b, s, 1);
    }
    while ((status = sqlite3_step(s)) == SQLITE_ROW) {
        if (json)
            add_json(&b, s);
        else if (people)
            for (int i = 0; i < n; i++)
                add_padded(&b, cell(s, i), width[i], i == n - 1);
        else
            add_tabs(&b, s, 0);
        if (!send(&b, diag, FLUSH, &code))
            return code;
    }
    if (status != SQLITE_DONE) {
        diag_say(diag, DIAG_ERROR, "%s", sqlite3_errmsg(db));
        assay_buf_free(&b);
        return RUN_USAGE;
    }
    send(&b, diag, 0, &code);
    return code;
}

/* A result without a record of some type may have no such table: the hint says which there are. */
static void complain(sqlite3 *db, struct diag *diag)
{
    static const char names[] =
        "SELECT 'the tables are ' || group_concat(name, ', ') FROM (SELECT name FROM sqlite_master WHERE "
        "type = 'table' AND name NOT LIKE 'document\\_fts%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "ORDER BY name)";
    char why[1024];
    sqlite3_stmt *s = NULL;
    snprintf(why, sizeof why, "%s", sqlite3_errmsg(db));
    int ok = !strncmp(why, "no such table", 13) && sqlite3_prepare_v2(db, names, -1, &s, NULL) == SQLITE_OK &&
             sqlite3_step(s) == SQLITE_ROW;
    diag_at(diag, DIAG_ERROR, NULL, ok ? (const char *)sqlite3_column_text(s, 0) : NULL, "%s", why);
    sqlite3_finalize(s);
}

static int ask(sqlite3 *db, const char *sql, int json, struct diag *diag)
{
    sqlite3_stmt *s = NULL;
    const char *rest = "";
    sqlite3_set_authorizer(db, allow, NULL);
    if (sqlite3_prepare_v2(db, sql, -1, &s, &rest) != SQLITE_OK) {
        complain(db, diag);
        return RUN_USAGE;
    }
    int code = RUN_USAGE;
    if (!s || rest[strspn(rest, " \t\r\n;")])
        diag_say(diag, DIAG_ERROR, "one SQL statement is wanted");
    else if (!sqlite3_stmt_readonly(s) || !sqlite3_column_count(s))
        diag_say(diag, DIAG_ERROR, "a query reads only: SELECT, WITH or VALUES");
    else
        code = print_rows(db, s, json, diag);
    sqlite3_finalize(s);
    return code;
}

int cmd_query(const struct args *a, struct diag *diag)
{
    if (!cmd_operands(a, diag, "query RESULTS SQL", 2, 2))
        return RUN_USAGE;
    char *kept = history_path(a->operand.at[0], 0);
    sqlite3 *db = resultdb_open(kept ? kept : a->operand.at[0], diag);
    free(kept);
    if (!db)
        return RUN_USAGE;
    int code = ask(db, a->operand.at[1], args_flag(a, "json"), diag);
    sqlite3_close(db);
    return code;
}
