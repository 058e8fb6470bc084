/* SPDX-License-Identifier: Apache-2.0 */
#include "resultlines.h"

#include <errno.h>
#include <string.h>

#include <assay/kit/buf.h>
#include <assay/kit/json.h>

#include "fields.h"

#define NAME 200 /* of a table or column */
#define KEYS 3   /* columns of a child's parent */
#define DEPTH 8

struct lines {
    sqlite3 *db;
    FILE *file;
    struct assay_buf out;
    int failed; /* of the database */
};

/* A row of a table, and how its children name it. */
struct row {
    sqlite3_stmt *s;
    char table[NAME];
    char key[KEYS][NAME];
    int keys;
    sqlite3_stmt *key_of[KEYS]; /* where the key's value stands ... */
    int key_at[KEYS];           /* ... and in which column */
};

static int column(sqlite3_stmt *s, const char *name)
{
    for (int i = 0; i < sqlite3_column_count(s); i++)
        if (!strcmp(sqlite3_column_name(s, i), name))
            return i;
    return -1;
}

static int is_null(sqlite3_stmt *s, const char *name)
{
    int i = column(s, name);
    return i < 0 || sqlite3_column_type(s, i) == SQLITE_NULL;
}

/* Names of layers and rows are short; what is longer than NAME names nothing. */
static void join(char *to, const char *a, const char *b, const char *c)
{
    const char *const part[] = {a, b, c};
    size_t n = 0;
    for (int i = 0; i < 3; i++)
        for (const char *p = part[i]; *p && n < NAME - 1; p++)
            to[n++] = *p;
    to[n] = 0;
}

static void singular(char *name)
{
    size_t n = strlen(name);
    if (n > 3 && !strcmp(name + n - 3, "ies"))
        memcpy(name + n - 3, "y", 2);
    else if (n > 2 && name[n - 1] == 's' && name[n - 2] != 's')
        name[n - 1] = 0;
}

static struct assay_text cell_text(sqlite3_stmt *s, int i)
{
    const unsigned char *text = sqlite3_column_text(s, i);
    return (struct assay_text){(const char *)text, text ? (uint64_t)sqlite3_column_bytes(s, i) : 0};
}

static void add_cell(struct lines *l, sqlite3_stmt *s, const char *name, uint32_t type)
{
    int i = column(s, name);
    if (i < 0 || sqlite3_column_type(s, i) == SQLITE_NULL)
        assay_buf_text(&l->out, "null");
    else if (type == ASSAY_REAL)
        assay_json_real(&l->out, sqlite3_column_double(s, i));
    else if (type == ASSAY_FLAG)
        assay_buf_text(&l->out, sqlite3_column_int(s, i) ? "true" : "false");
    else if (type == ASSAY_U64)
        assay_json_u64(&l->out, (uint64_t)sqlite3_column_int64(s, i));
    else if (type == ASSAY_U32 || type == ASSAY_I64 || type == ASSAY_SPAN)
        assay_json_i64(&l->out, sqlite3_column_int64(s, i));
    else
        assay_json_text(&l->out, cell_text(s, i));
}

static void add_raw_json(struct lines *l, sqlite3_stmt *s, const char *name)
{
    int i = column(s, name);
    struct assay_text text = i < 0 ? (struct assay_text){0} : cell_text(s, i);
    if (text.at)
        assay_buf_add(&l->out, text.at, text.size);
    else
        assay_buf_text(&l->out, "null");
}

static void add_fields(struct lines *l, const struct row *row, const struct assay_fields *fields, const char *prefix,
                       int depth);

static void add_place(struct lines *l, sqlite3_stmt *s, const char *base)
{
    char name[NAME];
    join(name, base, "_doc", "");
    if (is_null(s, name)) {
        assay_buf_text(&l->out, "null");
        return;
    }
    assay_buf_text(&l->out, "{\"doc\":");
    add_cell(l, s, name, ASSAY_TEXT);
    assay_buf_text(&l->out, ",\"begin\":");
    join(name, base, "_begin", "");
    add_cell(l, s, name, ASSAY_SPAN);
    assay_buf_text(&l->out, ",\"end\":");
    join(name, base, "_end", "");
    add_cell(l, s, name, ASSAY_SPAN);
    assay_buf_byte(&l->out, '}');
}

static void add_span(struct lines *l, sqlite3_stmt *s, const char *base)
{
    char name[NAME];
    assay_buf_byte(&l->out, '[');
    join(name, base, "_begin", "");
    add_cell(l, s, name, ASSAY_SPAN);
    assay_buf_byte(&l->out, ',');
    join(name, base, "_end", "");
    add_cell(l, s, name, ASSAY_SPAN);
    assay_buf_byte(&l->out, ']');
}

/* Whether every column of a part is null: then the part was. */
static int part_is_null(sqlite3_stmt *s, const char *prefix)
{
    size_t size = strlen(prefix);
    for (int i = 0; i < sqlite3_column_count(s); i++)
        if (!strncmp(sqlite3_column_name(s, i), prefix, size) && sqlite3_column_type(s, i) != SQLITE_NULL)
            return 0;
    return 1;
}

static sqlite3_stmt *select_children(struct lines *l, const struct row *parent, const char *table)
{
    char sql[NAME * 6];
    sqlite3_stmt *s = NULL;
    int n = snprintf(sql, sizeof sql, "SELECT * FROM \"%s\" WHERE ", table);
    for (int i = 0; i < parent->keys; i++)
        n += snprintf(sql + n, sizeof sql - (size_t)n, "%s\"%s\" = ?%d", i ? " AND " : "", parent->key[i], i + 1);
    snprintf(sql + n, sizeof sql - (size_t)n, " ORDER BY position");
    if (sqlite3_prepare_v2(l->db, sql, -1, &s, NULL) != SQLITE_OK)
        return NULL; /* written by a version without it */
    for (int i = 0; i < parent->keys; i++)
        sqlite3_bind_value(s, i + 1, sqlite3_column_value(parent->key_of[i], parent->key_at[i]));
    return s;
}

/* The child's row as its own children see it: its parent's keys, and its position under its own list's name. */
static struct row child_row(const struct row *parent, sqlite3_stmt *s, const char *table)
{
    struct row r = *parent;
    const char *last = strrchr(table, '_');
    join(r.table, table, "", "");
    r.s = s;
    if (r.keys < KEYS) {
        join(r.key[r.keys], last ? last + 1 : table, "", "");
        r.key_of[r.keys] = s;
        r.key_at[r.keys++] = column(s, "position");
    }
    return r;
}

static void add_list(struct lines *l, const struct row *row, const struct assay_field *f, const char *base, int depth)
{
    char table[NAME], list[NAME];
    join(list, base, "", "");
    if (!strcmp(row->table, "document"))
        join(table, list, "", "");
    else
        join(table, row->table, "_", list);
    singular(table);
    singular(list);
    sqlite3_stmt *s = select_children(l, row, table);
    assay_buf_byte(&l->out, '[');
    for (int n = 0; s && sqlite3_step(s) == SQLITE_ROW; n++) {
        struct row child = child_row(row, s, table);
        if (n)
            assay_buf_byte(&l->out, ',');
        if (f->type == ASSAY_RECORD) {
            size_t at = l->out.size;
            add_fields(l, &child, f->of, "", depth + 1);
            if (l->out.size > at)
                l->out.at[at] = '{'; /* in place of the first comma */
            assay_buf_byte(&l->out, '}');
        } else {
            add_cell(l, s, list, f->type == ASSAY_REF || f->type == ASSAY_DOC ? ASSAY_TEXT : f->type);
        }
    }
    assay_buf_byte(&l->out, ']');
    sqlite3_finalize(s);
}

static void add_part(struct lines *l, const struct row *row, const struct assay_field *f, const char *base, int depth)
{
    char prefix[NAME];
    join(prefix, base, "_", "");
    if (f->has != ASSAY_NEVER && part_is_null(row->s, prefix)) {
        assay_buf_text(&l->out, "null");
        return;
    }
    size_t at = l->out.size;
    add_fields(l, row, f->of, prefix, depth + 1);
    if (l->out.size > at)
        l->out.at[at] = '{';
    assay_buf_byte(&l->out, '}');
}

static void add_field(struct lines *l, const struct row *row, const struct assay_field *f, const char *prefix,
                      int depth)
{
    char base[NAME];
    join(base, prefix, f->name, "");
    assay_buf_printf(&l->out, ",\"%s\":", f->name);
    if ((f->flags & ASSAY_LIST) && ((f->flags & ASSAY_OBJECT) || f->type == ASSAY_TEXT))
        add_raw_json(l, row->s, base);
    else if (f->flags & ASSAY_LIST)
        add_list(l, row, f, base, depth);
    else if (f->type == ASSAY_RECORD)
        add_part(l, row, f, base, depth);
    else if (f->type == ASSAY_PLACE)
        add_place(l, row->s, base);
    else if (f->type == ASSAY_SPAN)
        add_span(l, row->s, base);
    else
        add_cell(l, row->s, base, f->type);
}

static void add_fields(struct lines *l, const struct row *row, const struct assay_fields *fields, const char *prefix,
                       int depth)
{
    char name[NAME];
    for (uint32_t i = 0; i < fields->rows && depth < DEPTH; i++) {
        const struct assay_field *f = fields_row(fields, i);
        if (!(f->type == ASSAY_SPAN && (f->flags & ASSAY_SELF))) {
            add_field(l, row, f, prefix, depth);
            continue;
        }
        assay_buf_text(&l->out, ",\"begin\":");
        join(name, prefix, "begin", "");
        add_cell(l, row->s, name, ASSAY_SPAN);
        assay_buf_text(&l->out, ",\"end\":");
        join(name, prefix, "end", "");
        add_cell(l, row->s, name, ASSAY_SPAN);
    }
}

static void end_line(struct lines *l)
{
    assay_buf_text(&l->out, "}\n");
    if (!l->out.failed && fwrite(l->out.at, 1, l->out.size, l->file) != l->out.size)
        l->failed = 1;
    l->out.size = 0;
}

/* All rows of a layer, of one document or of all. */
static void add_layer(struct lines *l, const struct assay_layer *layer, struct assay_text doc)
{
    char sql[NAME * 2], table[NAME];
    sqlite3_stmt *s = NULL;
    snprintf(table, sizeof table, "%.*s", (int)strcspn(layer->name, "/"), layer->name);
    snprintf(sql, sizeof sql,
             doc.at ? "SELECT * FROM \"%s\" WHERE doc = ?1 ORDER BY \"begin\", \"end\", rowid"
                    : "SELECT * FROM \"%s\" ORDER BY rowid",
             table);
    if (sqlite3_prepare_v2(l->db, sql, -1, &s, NULL) != SQLITE_OK)
        return; /* the chain had no such layer */
    if (doc.at)
        sqlite3_bind_text64(s, 1, doc.at, doc.size, SQLITE_STATIC, SQLITE_UTF8);
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct row row = {.s = s, .keys = 1, .key_of = {s}};
        const char *key = column(s, "id") >= 0 ? "id" : column(s, "no") >= 0 ? "no" : "doc";
        join(row.table, table, "", "");
        join(row.key[0], table, "", "");
        row.key_at[0] = column(s, key);
        assay_buf_printf(&l->out, "{\"type\":\"%s\"", table);
        if ((layer->where & ASSAY_NAMED)) {
            assay_buf_text(&l->out, ",\"id\":");
            add_cell(l, s, "id", ASSAY_TEXT);
        }
        add_fields(l, &row, layer->fields, "", 0);
        end_line(l);
    }
    sqlite3_finalize(s);
}

static int add_documents(struct lines *l, const struct assay_layer *const *layer, uint32_t layers)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(l->db, "SELECT * FROM document ORDER BY doc", -1, &s, NULL) != SQLITE_OK)
        return 0;
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct row row = {.s = s, .keys = 1, .key_of = {s}, .key_at = {column(s, "doc")}};
        join(row.table, "document", "", "");
        join(row.key[0], "document", "", "");
        assay_buf_text(&l->out, "{\"type\":\"document\"");
        add_fields(l, &row, layer[0]->fields, "", 0);
        if (column(s, "text") >= 0) {
            assay_buf_text(&l->out, ",\"text\":");
            add_cell(l, s, "text", ASSAY_TEXT);
            assay_buf_text(&l->out, ",\"map\":");
            add_raw_json(l, s, "map");
        }
        end_line(l);
        for (uint32_t i = 1; i < layers; i++)
            if (!(layer[i]->where & ASSAY_ON_CORPUS))
                add_layer(l, layer[i], cell_text(s, row.key_at[0]));
    }
    sqlite3_finalize(s);
    return 1;
}

int resultlines_write(sqlite3 *db, const struct assay_layer *const *layer, uint32_t layers, FILE *file,
                      struct diag *diag)
{
    struct lines l = {.db = db, .file = file};
    int ok = add_documents(&l, layer, layers);
    for (uint32_t i = 1; i < layers && ok; i++)
        if (layer[i]->where & ASSAY_ON_CORPUS)
            add_layer(&l, layer[i], (struct assay_text){0});
    if (!ok)
        diag_say(diag, DIAG_ERROR, "no result of the sqlite writer: %s", sqlite3_errmsg(db));
    else if (l.out.failed || l.failed)
        diag_say(diag, DIAG_ERROR, "%s", l.failed ? strerror(errno) : "out of memory");
    ok = ok && !l.out.failed && !l.failed;
    assay_buf_free(&l.out);
    return ok;
}
