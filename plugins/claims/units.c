/* SPDX-License-Identifier: Apache-2.0
 *
 * conf/lexicon/units.cfg: what each unit measures, its base unit and factor.
 */
#include <stdlib.h>
#include <string.h>

#include <assay/kit/lexicon.h>

#include "figure.h"

struct units {
    struct assay_lexicon file;
    struct units_entry *entry; /* sorted by unit */
    uint16_t *slot;            /* hashed by unit: index of the entry, from 1; 0: free */
    uint32_t count, codes, slots;
    char *names;
    char (*code)[4]; /* of currencies, sorted */
};

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct units_entry *)a)->unit, ((const struct units_entry *)b)->unit);
}

static int read_one(struct units *u, const struct assay_lexicon_item *line, char **room)
{
    struct assay_text key, forms, part;
    struct units_entry *e = u->entry + u->count;
    if (line->type != ASSAY_LEXICON_TEXT || !assay_lexicon_line(line->text, &key, &forms) ||
        !assay_lexicon_form(&forms, &part))
        return assay_lexicon_fail(&u->file, line, "\"UNIT BASE|factor|offset\" was expected");
    e->unit = *room;
    memcpy(*room, key.at, key.size);
    *room += key.size + 1;
    e->base = *room;
    memcpy(*room, part.at, part.size);
    *room += part.size + 1;
    if (!assay_lexicon_form(&forms, &part) || !assay_decimal_read(&e->factor, part.at, part.size))
        return assay_lexicon_fail(&u->file, line, "'%s' has no factor", e->unit);
    if (assay_lexicon_form(&forms, &part) && !assay_decimal_read(&e->offset, part.at, part.size))
        return assay_lexicon_fail(&u->file, line, "the offset of '%s' is no number", e->unit);
    u->count++;
    return 1;
}

static uint32_t hash_of(const char *unit)
{
    uint32_t h = 2166136261u;
    for (; *unit; unit++)
        h = (h ^ (unsigned char)*unit) * 16777619u;
    return h ^ h >> 15;
}

/* 0: out of memory, or more units than slots can name. */
static int index_units(struct units *u)
{
    for (u->slots = 64; u->slots < u->count * 2; u->slots *= 2)
        continue;
    u->slot = u->count < UINT16_MAX ? calloc(u->slots, sizeof *u->slot) : NULL;
    for (uint32_t i = 0; u->slot && i < u->count; i++) {
        uint32_t k = hash_of(u->entry[i].unit);
        while (u->slot[k & (u->slots - 1)])
            k++;
        u->slot[k & (u->slots - 1)] = (uint16_t)(i + 1);
    }
    return u->slot != NULL;
}

static int compare_code(const void *a, const void *b)
{
    return memcmp(a, b, 4);
}

static int add_code(struct units *u, const struct assay_lexicon_item *line, struct assay_text code)
{
    if (code.size != 3)
        return assay_lexicon_fail(&u->file, line, "'%.*s' is no code of three letters", (int)code.size, code.at);
    memcpy(u->code[u->codes++], code.at, 3);
    return 1;
}

/* Lines "AED AFN|ALL|...": codes, twenty a line. Without the list any three letters go. */
static int read_codes(struct units *u)
{
    const struct assay_lexicon_item *list;
    struct assay_text key, forms, form;
    uint64_t room = 1;
    if (!assay_lexicon_want(&u->file, &u->file.root, "currencies", ASSAY_LEXICON_ARRAY, 0, &list))
        return 0;
    if (!list)
        return 1;
    for (uint32_t i = 0; i < list->count; i++)
        room += list->first[i].text.size / 4 + 1;
    u->code = calloc(room, sizeof *u->code);
    if (!u->code)
        return assay_lexicon_fail(&u->file, list, "out of memory");
    for (uint32_t i = 0; i < list->count; i++) {
        const struct assay_lexicon_item *line = list->first + i;
        if (line->type != ASSAY_LEXICON_TEXT || !assay_lexicon_line(line->text, &key, &forms))
            return assay_lexicon_fail(&u->file, line, "\"CODE CODE|CODE\" was expected");
        if (!add_code(u, line, key))
            return 0;
        while (assay_lexicon_form(&forms, &form))
            if (!add_code(u, line, form))
                return 0;
    }
    qsort(u->code, u->codes, sizeof *u->code, compare_code); /* ties are equal values */
    return 1;
}

static int read_all(struct units *u)
{
    const struct assay_lexicon_item *list;
    if (!assay_lexicon_known(&u->file, &u->file.root, "units|currencies") || !read_codes(u) ||
        !assay_lexicon_want(&u->file, &u->file.root, "units", ASSAY_LEXICON_ARRAY, 1, &list))
        return 0;
    uint64_t size = 1;
    for (uint32_t i = 0; i < list->count; i++)
        size += list->first[i].text.size + 4;
    u->names = calloc(1, size);
    u->entry = calloc(list->count + 1, sizeof *u->entry);
    if (!u->names || !u->entry)
        return assay_lexicon_fail(&u->file, list, "out of memory");
    char *room = u->names;
    for (uint32_t i = 0; i < list->count; i++)
        if (!read_one(u, list->first + i, &room))
            return 0;
    qsort(u->entry, u->count, sizeof *u->entry, compare);
    for (uint32_t i = 1; i < u->count; i++)
        if (!compare(u->entry + i - 1, u->entry + i))
            return assay_lexicon_fail(&u->file, list, "'%s' stands there twice", u->entry[i].unit);
    return index_units(u) || assay_lexicon_fail(&u->file, list, "out of memory");
}

assay_status un_load(const struct assay_host *host, struct units **to)
{
    struct assay_text path;
    *to = NULL;
    assay_status status = host->find(host, "lexicon/units.cfg", &path);
    if (status == ASSAY_NO)
        return host->fail(host, ASSAY_ECONF, "lexicon/units.cfg is not there");
    if (status)
        return status;
    struct units *u = calloc(1, sizeof *u);
    if (!u)
        return host->fail(host, ASSAY_ENOMEM, "units: out of memory");
    if (!assay_lexicon_read(&u->file, path.at) || !read_all(u)) {
        status = host->fail(host, ASSAY_ECONF, "%s", u->file.error);
        un_free(u);
        return status;
    }
    *to = u;
    return ASSAY_OK;
}

const struct units_entry *un_find(const struct units *u, const char *unit)
{
    for (uint32_t k = hash_of(unit);; k++) {
        uint32_t i = u->slot[k & (u->slots - 1)];
        if (!i)
            return NULL;
        if (!strcmp(u->entry[i - 1].unit, unit))
            return u->entry + i - 1;
    }
}

int un_currency(const struct units *u, const char *code)
{
    char key[4] = {0};
    if (strnlen(code, 4) < 3)
        return 0;
    memcpy(key, code, 3);
    return !u->codes || bsearch(key, u->code, u->codes, sizeof *u->code, compare_code) != NULL;
}

int un_known(const struct units *u, const char *unit)
{
    char part[64], one[64];
    const char *star = strchr(unit, '*'); /* "cubic-meter*9": billions of them */
    if (star && (size_t)(star - unit) < sizeof one && strchr("2369", star[1]) && star[1] && !star[2]) {
        memcpy(one, unit, (size_t)(star - unit));
        one[star - unit] = 0;
        unit = one;
    }
    for (;;) {
        if (un_find(u, unit))
            return 1;
        const char *per = strstr(unit, "-per-");
        if (!per || (size_t)(per - unit) >= sizeof part)
            return 0;
        memcpy(part, unit, (size_t)(per - unit));
        part[per - unit] = 0;
        if (!un_find(u, part))
            return 0;
        unit = per + 5;
    }
}

void un_free(struct units *u)
{
    if (!u)
        return;
    assay_lexicon_free(&u->file);
    free(u->entry);
    free(u->slot);
    free(u->code);
    free(u->names);
    free(u);
}
