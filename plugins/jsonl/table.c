/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <stdlib.h>
#include <string.h>

static void table_free(struct table *t)
{
    if (!t)
        return;
    for (uint32_t i = 0; i < t->fields; i++) {
        free((char *)(uintptr_t)t->field[i].key);
        free((void *)(uintptr_t)t->field[i].word);
        table_free(t->field[i].part);
    }
    free(t->field);
    free(t);
}

void tables_free(struct tables *all)
{
    for (uint32_t i = 0; i < all->layers; i++) {
        free(all->layer[i].type);
        table_free(all->layer[i].table);
    }
    free(all->layer);
    *all = (struct tables){0};
}

/* "a|b|c" into texts that point into it. */
static int split_words(struct table_field *to, const char *words)
{
    uint32_t n = 1;
    for (const char *p = words; *p; p++)
        n += *p == '|';
    struct assay_text *word = calloc(n, sizeof *word);
    if (!word)
        return 0;
    const char *p = words;
    for (uint32_t i = 0; i < n; i++) {
        size_t size = strcspn(p, "|");
        word[i] = (struct assay_text){p, size};
        p += size + 1;
    }
    to->word = word;
    to->words = n;
    return 1;
}

/* The slot of a layer named as REF rows name it, "claim/1". */
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

static struct table *table_make(const struct assay_host *h, const struct assay_fields *fields, int depth);

static int make_field(struct table_field *to, const struct assay_host *h, const struct assay_field *row, int depth)
{
    size_t size = strlen(row->name);
    char *key = malloc(size + 4);
    if (!key)
        return 0;
    key[0] = '"';
    memcpy(key + 1, row->name, size);
    memcpy(key + 1 + size, "\":", 3);
    *to = (struct table_field){.key = key, .key_size = (uint32_t)size + 3, .type = row->type, .flags = row->flags,
                               .offset = row->offset, .has = row->has, .slot = ASSAY_NEVER};
    if (row->type == ASSAY_CHOICE)
        return split_words(to, row->of);
    if (row->type == ASSAY_REF)
        to->slot = slot_of(h, row->of);
    if (row->type == ASSAY_RECORD)
        return (to->part = table_make(h, row->of, depth + 1)) != NULL;
    return 1;
}

static struct table *table_make(const struct assay_host *h, const struct assay_fields *fields, int depth)
{
    struct table *t = calloc(1, sizeof *t);
    if (!t || depth > TABLE_DEPTH)
        return t;
    t->field = calloc(fields->rows ? fields->rows : 1, sizeof *t->field);
    if (!t->field) {
        free(t);
        return NULL;
    }
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *row = (const void *)((const char *)fields->row + (size_t)i * fields->row_size);
        int made = make_field(&t->field[t->fields++], h, row, depth);
        if (!made) {
            table_free(t);
            return NULL;
        }
    }
    return t;
}

static int make_layer(struct table_layer *to, const struct assay_host *h, const struct assay_layer_info *info)
{
    size_t size = strcspn(info->name, "/");
    to->name = info->name;
    to->where = info->where;
    to->self = ASSAY_NEVER;
    to->type = malloc(size + 16);
    to->table = table_make(h, info->fields, 0);
    if (!to->type || !to->table)
        return 0;
    memcpy(to->type, "{\"type\":\"", 9);
    memcpy(to->type + 9, info->name, size);
    to->type[9 + size] = '"';
    to->type_size = (uint32_t)size + 10;
    for (uint32_t i = 0; i < to->table->fields; i++)
        if (to->table->field[i].type == ASSAY_SPAN && (to->table->field[i].flags & ASSAY_SELF))
            to->self = to->table->field[i].offset;
    return 1;
}

static uint32_t offset_of(const struct assay_fields *fields, const char *name)
{
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *row = (const void *)((const char *)fields->row + (size_t)i * fields->row_size);
        if (row->type == ASSAY_TEXT && !(row->flags & ASSAY_LIST) && !strcmp(row->name, name))
            return row->offset;
    }
    return ASSAY_NEVER;
}

int tables_make(struct tables *all, const struct assay_host *h)
{
    uint32_t n = h->layers(h);
    *all = (struct tables){.document = slot_of(h, "document/1"), .document_id = ASSAY_NEVER};
    if (all->document == ASSAY_NEVER || !(all->layer = calloc(n, sizeof *all->layer)))
        return 0;
    for (uint32_t i = 0; i < n; i++) {
        all->layers = i + 1;
        if (!make_layer(&all->layer[i], h, h->layer(h, i)))
            return 0;
    }
    all->document_id = offset_of(h->layer(h, all->document)->fields, "doc");
    return all->document_id != ASSAY_NEVER;
}
