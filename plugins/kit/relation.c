/* SPDX-License-Identifier: Apache-2.0
 *
 * From field tables to tables of a database. The rows are filled in relation_walk.c.
 */
#include "relation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct assay_field *row_at(const struct assay_fields *fields, uint32_t i)
{
    return (const void *)((const char *)fields->row + (size_t)i * fields->row_size);
}

static uint32_t slot_of(const struct assay_host *h, const char *name)
{
    size_t size = strcspn(name, "/");
    for (uint32_t i = 0; i < h->layers(h); i++) {
        const char *other = h->layer(h, i)->name;
        if (!strncmp(other, name, size) && (other[size] == 0 || other[size] == '/'))
            return i;
    }
    return ASSAY_NEVER;
}

/* ---- building ---- */

static char *join(const char *prefix, const char *name)
{
    size_t a = strlen(prefix), b = strlen(name);
    char *to = malloc(a + b + 1);
    if (to) {
        memcpy(to, prefix, a);
        memcpy(to + a, name, b + 1);
    }
    return to;
}

/* claims -> claim, entities -> entity; what is no plural stays. */
static void singular(char *name)
{
    size_t n = strlen(name);
    if (n > 3 && !strcmp(name + n - 3, "ies"))
        memcpy(name + n - 3, "y", 2);
    else if (n > 2 && name[n - 1] == 's' && name[n - 2] != 's')
        name[n - 1] = 0;
}

static int add_column(struct relation_table *t, const char *prefix, const char *name, uint32_t type, const char *table,
                      const char *column)
{
    if (t->columns == t->room) {
        uint32_t room = t->room ? t->room * 2 : 16;
        struct assay_table_column *more = realloc(t->column, room * sizeof *more);
        if (!more)
            return 0;
        t->column = more;
        t->room = room;
    }
    char *full = join(prefix, name);
    if (!full)
        return 0;
    t->column[t->columns++] = (struct assay_table_column){full, type, 0, table, column};
    return 1;
}

static int split_words(struct relation_leaf *leaf, const char *words)
{
    leaf->words = 1;
    for (const char *p = words; *p; p++)
        leaf->words += *p == '|';
    leaf->word = calloc(leaf->words, sizeof *leaf->word);
    if (!leaf->word)
        return 0;
    for (uint32_t i = 0; i < leaf->words; i++) {
        size_t size = strcspn(words, "|");
        leaf->word[i] = (struct assay_text){words, size};
        words += size + 1;
    }
    return 1;
}

static int add_leaf(struct relation_own *own, struct relation_table *t, const struct assay_host *h,
                    const struct assay_field *row, const struct relation_at *at, const char *prefix, const char *name)
{
    static const char *const place[] = {"_doc", "_begin", "_end", "_raw_begin", "_raw_end"};
    struct relation_leaf *leaf = realloc(t->leaf, (t->leaves + 1) * sizeof *leaf);
    if (!leaf)
        return 0;
    t->leaf = leaf;
    leaf += t->leaves++;
    *leaf = (struct relation_leaf){
        .at = *at, .row = row, .slot = ASSAY_NEVER, .list = (row->flags & ASSAY_LIST) && !t->scalar};
    char *base = join(prefix, name);
    int ok = base != NULL;
    if (ok && leaf->list) {
        ok = add_column(t, base, "", ASSAY_CELL_JSON, NULL, NULL);
    } else if (ok && row->type == ASSAY_PLACE) {
        for (uint32_t i = 0; i < 5 && ok; i++)
            ok = add_column(t, base, place[i], i ? ASSAY_CELL_INTEGER : ASSAY_CELL_TEXT, i ? NULL : "document",
                            i ? NULL : "doc");
    } else if (ok && row->type == ASSAY_SPAN) {
        int self = (row->flags & ASSAY_SELF) != 0;
        ok = add_column(t, self ? prefix : base, self ? "begin" : "_begin", ASSAY_CELL_INTEGER, NULL, NULL) &&
             add_column(t, self ? prefix : base, self ? "end" : "_end", ASSAY_CELL_INTEGER, NULL, NULL);
    } else if (ok && row->type == ASSAY_REF) {
        leaf->slot = slot_of(h, row->of);
        int named = leaf->slot != ASSAY_NEVER && (h->layer(h, leaf->slot)->where & ASSAY_NAMED);
        ok = add_column(t, base, "", ASSAY_CELL_TEXT, named ? own->table[own->of_slot[leaf->slot]].name : NULL,
                        named ? "id" : NULL);
    } else if (ok && row->type == ASSAY_DOC) {
        ok = add_column(t, base, "", ASSAY_CELL_TEXT, "document", "doc");
    } else if (ok) {
        uint32_t type = row->type == ASSAY_REAL                                ? ASSAY_CELL_REAL
                        : row->type == ASSAY_FLAG                              ? ASSAY_CELL_FLAG
                        : row->type == ASSAY_TEXT || row->type == ASSAY_CHOICE ? ASSAY_CELL_TEXT
                                                                               : ASSAY_CELL_INTEGER;
        ok = add_column(t, base, "", type, NULL, NULL) && (row->type != ASSAY_CHOICE || split_words(leaf, row->of));
    }
    free(base);
    return ok;
}

static int add_fields(struct relation_own *own, uint32_t table, const struct assay_host *h,
                      const struct assay_fields *fields, const struct relation_at *base, const char *prefix, int depth);

static struct relation_table *new_table(struct relation_own *own, char *name)
{
    if (!name)
        return NULL;
    if (own->count == own->room) {
        uint32_t room = own->room ? own->room * 2 : 32;
        struct relation_table *more = realloc(own->table, room * sizeof *more);
        if (!more) {
            free(name);
            return NULL;
        }
        own->table = more;
        own->room = room;
    }
    struct relation_table *t = &own->table[own->count++];
    *t = (struct relation_table){.name = name, .self = ASSAY_NEVER};
    return t;
}

/* The child's first columns: its parent's key, then its own position. Gives 0 where there is no memory. */
static int add_parent_key(struct relation_own *own, uint32_t child, uint32_t parent, const char *list)
{
    struct relation_table *c = &own->table[child];
    const struct relation_table *p = &own->table[parent];
    if (p->is_layer) {
        const struct assay_table_column *key = &p->column[0];
        if (!add_column(c, p->name, "", key->type, p->name, key->name))
            return 0;
    } else {
        for (uint32_t i = 0; i + 1 < p->keys; i++)
            if (!add_column(c, p->column[i].name, "", p->column[i].type, p->column[i].table, p->column[i].column))
                return 0;
        if (!add_column(c, list, "", ASSAY_CELL_INTEGER, NULL, NULL))
            return 0;
    }
    if (!add_column(c, "position", "", ASSAY_CELL_INTEGER, NULL, NULL))
        return 0;
    c->keys = c->columns;
    for (uint32_t i = 0; i < c->keys; i++)
        c->column[i].key = 1;
    return 1;
}

/* finding + claims -> finding_claim; the lists of document stand under their own names. */
static char *child_name(const struct relation_table *parent, const char *list)
{
    char *first =
        join(strcmp(parent->name, "document") ? parent->name : "", strcmp(parent->name, "document") ? "_" : "");
    char *name = first ? join(first, list) : NULL;
    free(first);
    if (name)
        singular(name);
    return name;
}

static int add_child(struct relation_own *own, uint32_t parent, const struct assay_host *h,
                     const struct assay_field *row, const struct relation_at *at, const char *prefix, int depth)
{
    char *list = join(prefix, row->name);
    struct relation_table *c = list ? new_table(own, child_name(&own->table[parent], list)) : NULL;
    uint32_t child = own->count - 1;
    if (!c) {
        free(list);
        return 0;
    }
    c->scalar = row->type != ASSAY_RECORD;
    /* A grandchild calls the position of its parent by the parent list's name: "value" of finding_value. */
    const char *last = strrchr(own->table[parent].name, '_');
    int ok = add_parent_key(own, child, parent, last ? last + 1 : "parent");
    struct relation_table *p = &own->table[parent];
    struct relation_child *more = ok ? realloc(p->child, (p->children + 1) * sizeof *more) : NULL;
    if (more) {
        p->child = more;
        p->child[p->children++] = (struct relation_child){*at, child};
        const struct relation_at none = {0};
        singular(list);
        ok = c->scalar ? add_leaf(own, &own->table[child], h, row, &none, "", list)
                       : add_fields(own, child, h, row->of, &none, "", depth + 1);
    }
    free(list);
    return ok && more;
}

static int add_part(struct relation_own *own, uint32_t table, const struct assay_host *h, const struct assay_field *row,
                    const struct relation_at *at, const char *prefix, int depth)
{
    char *longer = join(prefix, row->name);
    char *full = longer ? join(longer, "_") : NULL;
    int ok = full && add_fields(own, table, h, row->of, at, full, depth + 1);
    free(longer);
    free(full);
    return ok;
}

static int add_fields(struct relation_own *own, uint32_t table, const struct assay_host *h,
                      const struct assay_fields *fields, const struct relation_at *base, const char *prefix, int depth)
{
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *row = row_at(fields, i);
        struct relation_at at = *base;
        int own_span = row->type == ASSAY_SPAN && (row->flags & ASSAY_SELF) && own->table[table].is_layer && !*prefix;
        if (own_span || depth >= RELATION_DEPTH)
            continue;
        if (row->has != ASSAY_NEVER)
            at.has[at.haves++] = at.offset + row->has;
        at.offset += row->offset;
        int list = (row->flags & ASSAY_LIST) && !(row->flags & ASSAY_OBJECT) && row->type != ASSAY_TEXT;
        int part = row->type == ASSAY_RECORD && !(row->flags & ASSAY_LIST);
        int ok = list   ? add_child(own, table, h, row, &at, prefix, depth)
                 : part ? add_part(own, table, h, row, &at, prefix, depth)
                        : add_leaf(own, &own->table[table], h, row, &at, prefix, row->name);
        if (!ok)
            return 0;
    }
    return 1;
}

static const struct assay_field *find_text(const struct assay_fields *fields, const char *name)
{
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *row = row_at(fields, i);
        if (row->type == ASSAY_TEXT && !(row->flags & ASSAY_LIST) && !strcmp(row->name, name))
            return row;
    }
    return NULL;
}

/* The columns before a layer's fields. */
static int add_head(struct relation_own *own, uint32_t table, const struct assay_layer_info *info)
{
    struct relation_table *t = &own->table[table];
    int ok = 1;
    if (t->slot == own->document || t->has_id)
        return 1; /* the key is a field: doc, id */
    if (info->where & ASSAY_NAMED)
        ok = add_column(t, "id", "", ASSAY_CELL_TEXT, NULL, NULL);
    else
        ok = add_column(t, "no", "", ASSAY_CELL_INTEGER, NULL, NULL);
    if (ok && !(info->where & ASSAY_ON_CORPUS)) {
        ok = add_column(t, "doc", "", ASSAY_CELL_TEXT, "document", "doc");
        if (ok && t->self != ASSAY_NEVER)
            ok = add_column(t, "begin", "", ASSAY_CELL_INTEGER, NULL, NULL) &&
                 add_column(t, "end", "", ASSAY_CELL_INTEGER, NULL, NULL) &&
                 add_column(t, "raw_begin", "", ASSAY_CELL_INTEGER, NULL, NULL) &&
                 add_column(t, "raw_end", "", ASSAY_CELL_INTEGER, NULL, NULL);
    }
    t->keys = t->columns;
    return ok;
}

static int make_layer(struct relation_own *own, const struct assay_host *h, uint32_t slot)
{
    const struct assay_layer_info *info = h->layer(h, slot);
    uint32_t table = own->of_slot[slot];
    struct relation_table *t = &own->table[table];
    const struct assay_field *id = find_text(info->fields, slot == own->document ? "doc" : "id");
    t->slot = slot;
    t->where = info->where;
    t->is_layer = 1;
    t->has_id = slot != own->document && (info->where & ASSAY_ON_CORPUS) && id && id == row_at(info->fields, 0);
    if (slot == own->document) {
        if (!id)
            return 0;
        own->id_offset = id->offset;
    }
    for (uint32_t i = 0; i < info->fields->rows; i++) {
        const struct assay_field *row = row_at(info->fields, i);
        if (row->type == ASSAY_SPAN && (row->flags & ASSAY_SELF))
            t->self = row->offset;
    }
    return 1;
}

static int fill_layer(struct relation_own *own, const struct assay_host *h, uint32_t slot)
{
    const struct assay_layer_info *info = h->layer(h, slot);
    uint32_t table = own->of_slot[slot];
    const struct relation_at none = {0};
    if (!add_head(own, table, info))
        return 0;
    /* The key column has to exist before the first child names it. */
    if (own->table[table].columns)
        own->table[table].column[0].key = 1;
    if (!add_fields(own, table, h, info->fields, &none, "", 0))
        return 0;
    own->table[table].column[0].key = 1;
    if (slot != own->document || !own->text)
        return 1;
    return add_column(&own->table[table], "text", "", ASSAY_CELL_TEXT, NULL, NULL) &&
           add_column(&own->table[table], "map", "", ASSAY_CELL_JSON, NULL, NULL);
}

static int make_all(struct relation_own *own, const struct assay_host *h)
{
    own->slots = h->layers(h);
    own->document = slot_of(h, "document/1");
    own->of_slot = calloc(own->slots + 1, sizeof *own->of_slot);
    if (!own->of_slot || own->document == ASSAY_NEVER)
        return 0;
    for (uint32_t i = 0; i < own->slots; i++) {
        const char *name = h->layer(h, i)->name;
        own->of_slot[i] = own->count;
        if (!new_table(own, strndup(name, strcspn(name, "/"))) || !make_layer(own, h, i))
            return 0;
    }
    for (uint32_t i = 0; i < own->slots; i++)
        if (!fill_layer(own, h, i))
            return 0;
    return 1;
}

int assay_relations_make(struct assay_relations *all, const struct assay_host *h, int text)
{
    struct relation_own *own = calloc(1, sizeof *own);
    *all = (struct assay_relations){.own = own};
    if (!own)
        return 0;
    own->text = text != 0;
    if (!make_all(own, h))
        return 0;
    struct assay_table *relation = calloc(own->count, sizeof *relation);
    if (!relation)
        return 0;
    for (uint32_t i = 0; i < own->count; i++)
        relation[i] = (struct assay_table){own->table[i].name, own->table[i].columns, 0, own->table[i].column};
    all->relation = relation;
    all->count = own->count;
    return 1;
}

void assay_relations_free(struct assay_relations *all)
{
    struct relation_own *own = all->own;
    for (uint32_t i = 0; own && i < own->count; i++) {
        struct relation_table *t = &own->table[i];
        for (uint32_t k = 0; k < t->columns; k++)
            free((char *)(uintptr_t)t->column[k].name);
        for (uint32_t k = 0; k < t->leaves; k++)
            free(t->leaf[k].word);
        free(t->column);
        free(t->leaf);
        free(t->child);
        free(t->name);
    }
    if (own) {
        free(own->table);
        free(own->of_slot);
    }
    free(own);
    free((void *)(uintptr_t)all->relation);
    *all = (struct assay_relations){0};
}
