/* SPDX-License-Identifier: Apache-2.0 */
#include "statements.h"

#include <string.h>

static void add_name(struct assay_buf *to, const char *prefix, const char *name)
{
    assay_buf_byte(to, '"');
    assay_buf_text(to, prefix);
    assay_buf_text(to, name);
    assay_buf_byte(to, '"');
}

static const char *type_name(uint32_t type)
{
    static const char *const name[] = {"text", "bigint", "double precision", "text", "boolean", "jsonb"};
    return name[type];
}

static uint32_t keys_of(const struct assay_table *r)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->columns; i++)
        n += r->column[i].key;
    return n;
}

static int is_numbered(const struct assay_table *r)
{
    return r->columns && !strcmp(r->column[0].name, "no") && r->column[0].key && keys_of(r) == 1;
}

static const struct assay_table *find(const struct assay_relations *all, const char *name)
{
    for (uint32_t i = 0; i < all->count; i++)
        if (!strcmp(all->relation[i].name, name))
            return &all->relation[i];
    return NULL;
}

/* Child tables carry their parent's name as their first column, which refers to it and is part of the key. */
static const struct assay_table *parent_of(const struct assay_relations *all, const struct assay_table *r)
{
    if (keys_of(r) < 2 || !r->column[0].table)
        return NULL;
    return find(all, r->column[0].table);
}

static void add_reference(struct assay_buf *to, const struct assay_table *r, const struct assay_table_column *c)
{
    /* Checked when the transaction ends; a child goes with its parent. */
    int child = c == &r->column[0] && keys_of(r) > 1;
    assay_buf_text(to, " REFERENCES ");
    add_name(to, "", c->table);
    assay_buf_byte(to, '(');
    add_name(to, "", c->column);
    assay_buf_text(to, child ? ") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED" : ") DEFERRABLE INITIALLY DEFERRED");
}

void statement_create(struct assay_buf *to, const struct assay_table *r)
{
    assay_buf_text(to, "CREATE TABLE IF NOT EXISTS ");
    add_name(to, "", r->name);
    assay_buf_text(to, " (");
    for (uint32_t i = 0; i < r->columns; i++) {
        const struct assay_table_column *c = &r->column[i];
        assay_buf_text(to, i ? ", " : "");
        add_name(to, "", c->name);
        assay_buf_byte(to, ' ');
        assay_buf_text(to, type_name(c->type));
        if (c->table)
            add_reference(to, r, c);
    }
    assay_buf_text(to, ", PRIMARY KEY (");
    for (uint32_t i = 0, n = 0; i < r->columns; i++)
        if (r->column[i].key) {
            assay_buf_text(to, n++ ? ", " : "");
            add_name(to, "", r->column[i].name);
        }
    assay_buf_text(to, "));\n");
    for (uint32_t i = 0; i < r->columns; i++) {
        if (r->column[i].key)
            continue;
        assay_buf_text(to, "ALTER TABLE ");
        add_name(to, "", r->name);
        assay_buf_text(to, " ADD COLUMN IF NOT EXISTS ");
        add_name(to, "", r->column[i].name);
        assay_buf_byte(to, ' ');
        assay_buf_text(to, type_name(r->column[i].type));
        assay_buf_text(to, ";\n");
    }
}

void statement_stage(struct assay_buf *to, const struct assay_table *r)
{
    assay_buf_text(to, "CREATE TEMP TABLE ");
    add_name(to, "new_", r->name);
    assay_buf_text(to, " (");
    for (uint32_t i = 0; i < r->columns; i++) {
        assay_buf_text(to, i ? ", " : "");
        add_name(to, "", r->column[i].name);
        assay_buf_byte(to, ' ');
        assay_buf_text(to, type_name(r->column[i].type));
    }
    assay_buf_text(to, ") ON COMMIT DROP;\n");
}

void statement_copy(struct assay_buf *to, const struct assay_table *r)
{
    assay_buf_text(to, "COPY ");
    add_name(to, "new_", r->name);
    assay_buf_text(to, " FROM STDIN");
}

/* "x IN (SELECT doc FROM new_document)" for each column that refers to documents; 0: there is none. */
static int add_touches(struct assay_buf *to, const struct assay_table *r, const char *alias)
{
    int n = 0;
    for (uint32_t i = 0; i < r->columns; i++) {
        const struct assay_table_column *c = &r->column[i];
        if (!c->table || strcmp(c->table, "document"))
            continue;
        assay_buf_text(to, n++ ? " OR " : "");
        assay_buf_text(to, alias);
        add_name(to, "", c->name);
        assay_buf_text(to, " IN (SELECT doc FROM new_document)");
    }
    return n;
}

static void add_equal_key(struct assay_buf *to, const char *child, const char *key)
{
    assay_buf_text(to, "c.");
    add_name(to, "", child);
    assay_buf_text(to, " = p.");
    add_name(to, "", key);
}

/* Parents whose children refer to a document of the run, or to a claim of one. */
static void delete_touched(struct assay_buf *to, const struct assay_relations *all, const struct assay_table *r)
{
    for (uint32_t i = 0; i < all->count; i++) {
        const struct assay_table *c = &all->relation[i];
        if (parent_of(all, c) != r)
            continue;
        for (uint32_t k = 1; k < c->columns; k++) {
            const struct assay_table_column *x = &c->column[k];
            const struct assay_table *named = x->table ? find(all, x->table) : NULL;
            if (!named || named == r)
                continue;
            assay_buf_text(to, "DELETE FROM ");
            add_name(to, "", r->name);
            assay_buf_text(to, " p USING ");
            add_name(to, "", c->name);
            assay_buf_text(to, " c WHERE ");
            add_equal_key(to, c->column[0].name, r->column[0].name);
            assay_buf_text(to, " AND c.");
            add_name(to, "", x->name);
            if (!strcmp(named->name, "document")) {
                assay_buf_text(to, " IN (SELECT doc FROM new_document)");
            } else {
                assay_buf_text(to, " IN (SELECT n.id FROM ");
                add_name(to, "", named->name);
                assay_buf_text(to, " n WHERE n.doc IN (SELECT doc FROM new_document))");
            }
            assay_buf_text(to, " AND NOT EXISTS (SELECT 1 FROM ");
            add_name(to, "new_", r->name);
            assay_buf_text(to, " w WHERE w.");
            add_name(to, "", r->column[0].name);
            assay_buf_text(to, " = p.");
            add_name(to, "", r->column[0].name);
            assay_buf_text(to, ");\n");
        }
    }
}

void statement_delete(struct assay_buf *to, const struct assay_relations *all, uint32_t table)
{
    const struct assay_table *r = &all->relation[table];
    const struct assay_table *parent = parent_of(all, r);
    int document = !strcmp(r->name, "document");
    if (parent) { /* the children of what is updated are replaced */
        assay_buf_text(to, "DELETE FROM ");
        add_name(to, "", r->name);
        assay_buf_text(to, " c USING ");
        add_name(to, "new_", parent->name);
        assay_buf_text(to, " p WHERE ");
        add_equal_key(to, r->column[0].name, parent->column[0].name);
        assay_buf_text(to, is_numbered(parent) ? " AND false;\n" : ";\n");
        return;
    }
    if (document)
        return;
    int with_doc = 0;
    size_t mark = to->size;
    assay_buf_text(to, "DELETE FROM ");
    add_name(to, "", r->name);
    assay_buf_text(to, " WHERE ");
    with_doc = add_touches(to, r, "");
    assay_buf_text(to, ";\n");
    if (with_doc)
        return;
    to->size = mark; /* nothing of documents in it */
    if (!is_numbered(r)) {
        delete_touched(to, all, r);
    } else if (strcmp(r->name, "run")) { /* failures and the like are those of the last run; runs are kept */
        assay_buf_text(to, "DELETE FROM ");
        add_name(to, "", r->name);
        assay_buf_text(to, ";\n");
    }
}

void statement_shift(struct assay_buf *to, const struct assay_relations *all, uint32_t table)
{
    const struct assay_table *r = &all->relation[table];
    const struct assay_table *numbered = is_numbered(r) ? r : parent_of(all, r);
    if (!numbered || !is_numbered(numbered))
        return;
    assay_buf_text(to, "UPDATE ");
    add_name(to, "new_", r->name);
    assay_buf_text(to, " SET ");
    add_name(to, "", r->column[0].name);
    assay_buf_text(to, " = ");
    add_name(to, "", r->column[0].name);
    assay_buf_text(to, " + (SELECT coalesce(max(no), 0) FROM ");
    add_name(to, "", numbered->name);
    assay_buf_text(to, ");\n");
}

void statement_merge(struct assay_buf *to, const struct assay_table *r)
{
    uint32_t set = 0;
    assay_buf_text(to, "INSERT INTO ");
    add_name(to, "", r->name);
    assay_buf_text(to, " (");
    for (uint32_t i = 0; i < r->columns; i++) {
        assay_buf_text(to, i ? ", " : "");
        add_name(to, "", r->column[i].name);
    }
    assay_buf_text(to, ") SELECT ");
    for (uint32_t i = 0; i < r->columns; i++) {
        assay_buf_text(to, i ? ", " : "");
        add_name(to, "", r->column[i].name);
    }
    assay_buf_text(to, " FROM ");
    add_name(to, "new_", r->name);
    if (keys_of(r) == 1 && !is_numbered(r)) {
        assay_buf_text(to, " ON CONFLICT (");
        add_name(to, "", r->column[0].name);
        assay_buf_text(to, ") DO UPDATE SET ");
        for (uint32_t i = 0; i < r->columns; i++) {
            if (r->column[i].key)
                continue;
            assay_buf_text(to, set++ ? ", " : "");
            add_name(to, "", r->column[i].name);
            assay_buf_text(to, " = excluded.");
            add_name(to, "", r->column[i].name);
        }
    }
    assay_buf_text(to, ";\n");
}

void statement_indexes(struct assay_buf *to, const struct assay_table *r)
{
    for (uint32_t i = 0; i < r->columns; i++) {
        const struct assay_table_column *c = &r->column[i];
        if (!c->table || (c->key && i == 0))
            continue;
        assay_buf_text(to, "CREATE INDEX IF NOT EXISTS \"");
        assay_buf_text(to, r->name);
        assay_buf_byte(to, '_');
        assay_buf_text(to, c->name);
        assay_buf_text(to, "_index\" ON ");
        add_name(to, "", r->name);
        assay_buf_byte(to, '(');
        add_name(to, "", c->name);
        assay_buf_text(to, ");\n");
    }
}

void statement_extras(struct assay_buf *to, const struct assay_relations *all, int text)
{
    if (!text)
        return;
    /* A search vector holds at most 1 MB, so very long texts are searched in their beginning. */
    assay_buf_text(
        to,
        "CREATE INDEX IF NOT EXISTS document_search ON document USING gin (to_tsvector('simple', coalesce(title, '') || ' ' || "
        "left(coalesce(text, ''), 100000)));\n");
    if (!find(all, "finding") || !find(all, "finding_value_claim") || !find(all, "claim"))
        return;
    assay_buf_text(
        to,
        "CREATE OR REPLACE VIEW evidence AS SELECT f.rank, f.verdict, f.severity, f.title, f.id AS finding, v.position AS "
        "value_position, v.value, v.bound, v.unit, v.independent, d.source, d.published, d.doc, c.text AS figure, "
        "convert_from(substring(convert_to(d.text, 'UTF8') FROM (c.sentence_begin + 1)::int FOR (c.sentence_end - "
        "c.sentence_begin)::int), 'UTF8') AS sentence, c.\"begin\", c.\"end\", c.id AS claim FROM finding f JOIN finding_value v ON "
        "v.finding = f.id JOIN finding_value_claim x ON x.finding = f.id AND x.value = v.position JOIN claim c ON c.id = x.claim "
        "JOIN document d ON d.doc = c.doc ORDER BY f.rank, v.position, x.position;\n");
}
