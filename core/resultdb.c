/* SPDX-License-Identifier: Apache-2.0 */
#include "resultdb.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/text.h>
#include <assay/kit/buf.h>
#include <assay/kit/json.h>

#define TYPES 256u   /* record types of one file */
#define COLUMNS 512u /* keys of one type */

struct type {
    char *name;
    char *key[COLUMNS];
    uint32_t keys;
    sqlite3_stmt *insert; /* for the first `prepared` keys */
    uint32_t prepared;
};

struct loading {
    sqlite3 *db;
    struct type *type;
    uint32_t types;
    struct assay_buf sql;
    const char *wrong; /* what is wrong with the line */
};

static void add_name(struct assay_buf *to, struct assay_text name)
{
    assay_buf_byte(to, '"');
    for (uint64_t i = 0; i < name.size; i++) {
        if (name.at[i] == '"')
            assay_buf_byte(to, '"');
        assay_buf_byte(to, name.at[i] ? name.at[i] : '?');
    }
    assay_buf_byte(to, '"');
}

static int run(struct loading *l)
{
    assay_buf_byte(&l->sql, 0);
    int ok = !l->sql.failed && sqlite3_exec(l->db, l->sql.at, NULL, NULL, NULL) == SQLITE_OK;
    l->sql.size = 0;
    if (!ok)
        l->wrong = sqlite3_errmsg(l->db);
    return ok;
}

static int is(const char *name, struct assay_text text)
{
    return strlen(name) == text.size && !memcmp(name, text.at, text.size);
}

static struct type *find_type(struct loading *l, struct assay_text name)
{
    for (uint32_t i = 0; i < l->types; i++)
        if (is(l->type[i].name, name))
            return &l->type[i];
    if (l->types == TYPES) {
        l->wrong = "too many types";
        return NULL;
    }
    struct type *t = &l->type[l->types];
    t->name = strndup(name.at, name.size);
    if (!t->name)
        return NULL;
    l->types++;
    assay_buf_text(&l->sql, "CREATE TABLE ");
    add_name(&l->sql, name);
    assay_buf_text(&l->sql, " (type)");
    t->key[0] = strdup("type");
    if (!t->key[0])
        return NULL;
    t->keys = 1;
    return run(l) ? t : NULL;
}

/* Number of the column; added where it is new. `at` is where it usually is. */
static uint32_t find_key(struct loading *l, struct type *t, struct assay_text key, uint32_t at)
{
    if (at < t->keys && is(t->key[at], key))
        return at;
    for (uint32_t i = 0; i < t->keys; i++)
        if (is(t->key[i], key))
            return i;
    if (t->keys == COLUMNS) {
        l->wrong = "too many keys";
        return COLUMNS;
    }
    assay_buf_text(&l->sql, "ALTER TABLE ");
    add_name(&l->sql, assay_text_of(t->name));
    assay_buf_text(&l->sql, " ADD COLUMN ");
    add_name(&l->sql, key);
    t->key[t->keys] = strndup(key.at, key.size);
    return t->key[t->keys++] && run(l) ? t->keys - 1 : COLUMNS;
}

static int prepare(struct loading *l, struct type *t)
{
    if (t->insert && t->prepared == t->keys)
        return 1;
    sqlite3_finalize(t->insert);
    t->insert = NULL;
    assay_buf_text(&l->sql, "INSERT INTO ");
    add_name(&l->sql, assay_text_of(t->name));
    assay_buf_text(&l->sql, " VALUES (?");
    for (uint32_t i = 1; i < t->keys; i++)
        assay_buf_text(&l->sql, ",?");
    assay_buf_text(&l->sql, ")");
    int ok = !l->sql.failed && sqlite3_prepare_v2(l->db, l->sql.at, (int)l->sql.size, &t->insert, NULL) == SQLITE_OK;
    l->sql.size = 0;
    t->prepared = t->keys;
    if (!ok)
        l->wrong = sqlite3_errmsg(l->db);
    return ok;
}

static int bind_number(sqlite3_stmt *s, int at, struct assay_text text)
{
    char *end;
    double real;
    if (text.size < 19 && !memchr(text.at, '.', text.size) && !memchr(text.at, 'e', text.size) &&
        !memchr(text.at, 'E', text.size))
        return sqlite3_bind_int64(s, at, strtoll(text.at, &end, 10));
    return assay_read_real(text, &real) ? sqlite3_bind_double(s, at, real) : SQLITE_ERROR;
}

/* Binds the value whose first token was just read. */
static int bind_value(struct assay_json *json, enum assay_json_type type, sqlite3_stmt *s, int at)
{
    struct assay_text whole;
    switch (type) {
    case ASSAY_JSON_NULL:
        return sqlite3_bind_null(s, at);
    case ASSAY_JSON_TRUE:
    case ASSAY_JSON_FALSE:
        return sqlite3_bind_int(s, at, type == ASSAY_JSON_TRUE);
    case ASSAY_JSON_NUMBER:
        return bind_number(s, at, json->text);
    case ASSAY_JSON_STRING:
        return sqlite3_bind_text64(s, at, json->text.at ? json->text.at : "", json->text.size, SQLITE_TRANSIENT,
                                   SQLITE_UTF8);
    default:
        if (!assay_json_skip(json, type, &whole))
            return SQLITE_ERROR;
        return sqlite3_bind_text64(s, at, whole.at, whole.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
}

/* Walks the object once to know its columns (`s` NULL), once more to bind their values. */
static int walk(struct loading *l, struct assay_text line, struct type **type, sqlite3_stmt *s)
{
    struct assay_json json = {0};
    struct assay_text whole;
    int ok = 1;
    uint32_t at = 0;
    assay_json_start(&json, line);
    if (assay_json_next(&json) != ASSAY_JSON_OBJECT) {
        l->wrong = "no JSON object";
        assay_json_done(&json);
        return 0;
    }
    for (enum assay_json_type token; ok && (token = assay_json_next(&json)) == ASSAY_JSON_STRING; at++) {
        uint32_t column = *type ? find_key(l, *type, json.text, at) : 0;
        int first = !*type;
        if (first && !is("type", json.text)) {
            l->wrong = "its first key is not \"type\"";
            ok = 0;
            break;
        }
        token = assay_json_next(&json);
        if (first)
            ok = token == ASSAY_JSON_STRING && (*type = find_type(l, json.text)) != NULL;
        else if (s)
            ok = column < COLUMNS && bind_value(&json, token, s, (int)column + 1) == SQLITE_OK;
        else
            ok = column < COLUMNS && assay_json_skip(&json, token, &whole);
    }
    if (json.error) {
        l->wrong = json.error;
        ok = 0;
    }
    assay_json_done(&json);
    return ok;
}

static int load_line(struct loading *l, struct assay_text line)
{
    struct type *t = NULL;
    l->wrong = "not a record of the jsonl writer";
    if (!walk(l, line, &t, NULL) || !t || !prepare(l, t))
        return 0;
    sqlite3_clear_bindings(t->insert);
    if (!walk(l, line, &t, t->insert))
        return 0;
    int ok = sqlite3_step(t->insert) == SQLITE_DONE;
    sqlite3_reset(t->insert);
    if (!ok)
        l->wrong = sqlite3_errmsg(l->db);
    return ok;
}

static void free_types(struct loading *l)
{
    for (uint32_t i = 0; i < l->types; i++) {
        for (uint32_t k = 0; k < l->type[i].keys; k++)
            free(l->type[i].key[k]);
        free(l->type[i].name);
        sqlite3_finalize(l->type[i].insert);
    }
    free(l->type);
    assay_buf_free(&l->sql);
}

static int load_lines(struct loading *l, const char *path, FILE *file, struct diag *diag)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    uint32_t number = 0;
    int ok = sqlite3_exec(l->db, "PRAGMA journal_mode=OFF; BEGIN", NULL, NULL, NULL) == SQLITE_OK;
    while (ok && (size = getline(&line, &room, file)) > 0) {
        number++;
        if (line[size - 1] == '\n')
            size--;
        if (size && !load_line(l, (struct assay_text){line, (uint64_t)size})) {
            struct diag_place place = {.file = path, .line = number};
            diag_at(diag, DIAG_ERROR, &place, "a result is a file that the writer jsonl or sqlite wrote", "%s",
                    l->wrong ? l->wrong : "out of memory");
            ok = 0;
        }
    }
    free(line);
    if (ok && ferror(file)) {
        diag_say(diag, DIAG_ERROR, "%s: %s", path, strerror(errno));
        ok = 0;
    }
    return ok && sqlite3_exec(l->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
}

static sqlite3 *load(const char *path, FILE *file, struct diag *diag)
{
    struct loading l = {.type = calloc(TYPES, sizeof(struct type))};
    int ok = l.type && sqlite3_open(":memory:", &l.db) == SQLITE_OK && load_lines(&l, path, file, diag);
    free_types(&l);
    if (ok)
        return l.db;
    sqlite3_close(l.db);
    return NULL;
}

sqlite3 *resultdb_open(const char *path, struct diag *diag)
{
    static const char magic[16] = "SQLite format 3";
    char head[16] = {0};
    FILE *file = fopen(path, "rb");
    errno = file ? 0 : errno;
    size_t got = file ? fread(head, 1, sizeof head, file) : 0;
    if (!file || ferror(file)) {
        const char *why =
            errno == EISDIR ? "it is a folder; name a result of the writers sqlite or jsonl" : strerror(errno);
        diag_say(diag, DIAG_ERROR, "%s: %s", path, why);
        if (file)
            fclose(file);
        return NULL;
    }
    sqlite3 *db = NULL;
    if (got == sizeof head && !memcmp(head, magic, sizeof magic)) {
        if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
            diag_say(diag, DIAG_ERROR, "%s: %s", path, sqlite3_errmsg(db));
            sqlite3_close(db);
            db = NULL;
        }
    } else {
        rewind(file);
        db = load(path, file, diag);
    }
    fclose(file);
    return db;
}
