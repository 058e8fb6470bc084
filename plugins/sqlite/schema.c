/* SPDX-License-Identifier: Apache-2.0 */
#include "schema.h"

#include <string.h>

#include <assay/kit/json.h>

/* Names of layers and rows are [a-z0-9_]; quoting keeps words of SQL ("end") from being taken as such. */
static void add_name(struct assay_buf *to, const char *name)
{
    assay_buf_byte(to, '"');
    assay_buf_text(to, name);
    assay_buf_byte(to, '"');
}

static const char *type_name(uint32_t type)
{
    return type == ASSAY_CELL_INTEGER || type == ASSAY_CELL_FLAG ? "INTEGER"
           : type == ASSAY_CELL_REAL                             ? "REAL"
                                                                 : "TEXT";
}

static int is_document(const struct assay_table *r)
{
    return !strcmp(r->name, "document");
}

static uint32_t keys_of(const struct assay_table *r)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->columns; i++)
        n += r->column[i].key;
    return n;
}

void schema_table(struct assay_buf *to, const struct assay_table *r)
{
    uint32_t keys = keys_of(r);
    assay_buf_text(to, "CREATE TABLE ");
    add_name(to, r->name);
    assay_buf_text(to, is_document(r) ? " (\n  document_no INTEGER PRIMARY KEY,\n" : " (\n");
    for (uint32_t i = 0; i < r->columns; i++) {
        const struct assay_table_column *c = &r->column[i];
        assay_buf_text(to, i ? ",\n  " : "  ");
        add_name(to, c->name);
        assay_buf_byte(to, ' ');
        assay_buf_text(to, type_name(c->type));
        if (c->key && keys == 1)
            assay_buf_text(to, is_document(r) ? " NOT NULL UNIQUE" : " PRIMARY KEY");
        if (c->table) {
            assay_buf_text(to, " REFERENCES ");
            add_name(to, c->table);
            assay_buf_byte(to, '(');
            add_name(to, c->column);
            assay_buf_byte(to, ')');
        }
    }
    if (keys > 1) {
        assay_buf_text(to, ",\n  PRIMARY KEY (");
        for (uint32_t i = 0, n = 0; i < r->columns; i++)
            if (r->column[i].key) {
                if (n++)
                    assay_buf_text(to, ", ");
                add_name(to, r->column[i].name);
            }
        assay_buf_text(to, ")\n) WITHOUT ROWID;\n");
        return;
    }
    assay_buf_text(to, "\n);\n");
}

void schema_insert(struct assay_buf *to, const struct assay_table *r)
{
    assay_buf_text(to, "INSERT INTO ");
    add_name(to, r->name);
    assay_buf_text(to, " (");
    for (uint32_t i = 0; i < r->columns; i++) {
        if (i)
            assay_buf_byte(to, ',');
        add_name(to, r->column[i].name);
    }
    assay_buf_text(to, ") VALUES (");
    for (uint32_t i = 0; i < r->columns; i++)
        assay_buf_text(to, i ? ",?" : "?");
    assay_buf_text(to, ")");
}

void schema_indexes(struct assay_buf *to, const struct assay_table *r)
{
    for (uint32_t i = 0; i < r->columns; i++) {
        const struct assay_table_column *c = &r->column[i];
        if (!c->table || (c->key && i == 0))
            continue; /* the primary key begins with it */
        assay_buf_text(to, "CREATE INDEX \"");
        assay_buf_text(to, r->name);
        assay_buf_byte(to, '_');
        assay_buf_text(to, c->name);
        assay_buf_text(to, "_index\" ON ");
        add_name(to, r->name);
        assay_buf_byte(to, '(');
        add_name(to, c->name);
        assay_buf_text(to, ");\n");
    }
}

void schema_search(struct assay_buf *to)
{
    /* Datasette finds the search table only where content is in double quotes. */
    assay_buf_text(
        to,
        "CREATE VIRTUAL TABLE document_fts USING fts5(title, text, content=\"document\", content_rowid=\"document_no\", "
        "tokenize='unicode61 remove_diacritics 2');\n"
        "INSERT INTO document_fts(document_fts) VALUES('rebuild');\n");
}

static int has(const struct assay_relations *all, const char *name)
{
    for (uint32_t i = 0; i < all->count; i++)
        if (!strcmp(all->relation[i].name, name))
            return 1;
    return 0;
}

void schema_views(struct assay_buf *to, const struct assay_relations *all)
{
    if (!has(all, "finding") || !has(all, "finding_value_claim") || !has(all, "claim"))
        return;
    assay_buf_text(
        to,
        "CREATE VIEW evidence AS\n"
        "SELECT f.rank, f.verdict, f.severity, f.title, f.id AS finding, v.position AS value_position, v.value, v.bound, v.unit,\n"
        "       v.independent, d.source, d.published, d.doc, c.text AS figure,\n"
        "       CAST(substr(CAST(d.text AS BLOB), c.sentence_begin + 1, c.sentence_end - c.sentence_begin) AS TEXT) AS sentence,\n"
        "       c.\"begin\", c.\"end\", c.id AS claim\n"
        "FROM finding f JOIN finding_value v ON v.finding = f.id\n"
        "JOIN finding_value_claim x ON x.finding = f.id AND x.value = v.position\n"
        "JOIN claim c ON c.id = x.claim JOIN document d ON d.doc = c.doc\n"
        "ORDER BY f.rank, v.position, x.position;\n");
}

void schema_metadata(struct assay_buf *to, const struct assay_relations *all, struct assay_text name)
{
    assay_buf_text(to, "{\"title\":\"assay results\",\"databases\":{");
    assay_json_text(to, name);
    assay_buf_text(to, ":{\"tables\":{\"document\":{\"facets\":[\"source\",\"language\"],\"label_column\":\"doc\"}");
    if (has(all, "finding"))
        assay_buf_text(
            to,
            ",\"finding\":{\"sort\":\"rank\",\"facets\":[\"verdict\",\"severity\",\"rule\"],\"label_column\":\"title\"}");
    if (has(all, "claim"))
        assay_buf_text(to, ",\"claim\":{\"facets\":[\"kind\",\"unit\",\"language\"],\"label_column\":\"text\"}");
    if (has(all, "copy"))
        assay_buf_text(to, ",\"copy\":{\"facets\":[\"relation\"]}");
    assay_buf_text(to, "}");
    if (has(all, "finding"))
        assay_buf_text(
            to,
            ",\"queries\":{\"disagreements\":{\"title\":\"What sources disagree on\",\"sql\":\"select rank, title, severity, independent, "
            "explanation from finding where verdict = 'conflict' order by rank\"}}");
    assay_buf_text(to, "}}}\n");
}
