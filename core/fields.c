/* SPDX-License-Identifier: Apache-2.0 */
#include "fields.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <assay/plugin.h>

/* What a type's C member is, and where it may stand. */
static const struct type {
    const char *name;
    uint32_t size, align, option, record;
} types[] = {
    {NULL, 0, 0, 0, 0},
    {"flag", sizeof(uint32_t), 4, 1, 1},
    {"u32", sizeof(uint32_t), 4, 1, 1},
    {"i64", sizeof(int64_t), 8, 1, 1},
    {"u64", sizeof(uint64_t), 8, 1, 1},
    {"real", sizeof(double), 8, 1, 1},
    {"text", sizeof(struct assay_text), 8, 1, 1},
    {"choice", sizeof(uint32_t), 4, 1, 1},
    {"span", sizeof(struct assay_span), 4, 0, 1},
    {"doc", sizeof(assay_docid), 8, 0, 1},
    {"place", sizeof(struct assay_place), 8, 0, 1},
    {"ref", sizeof(struct assay_ref), 8, 0, 1},
    {"record", 0, 4, 1, 1},
    {"path", sizeof(struct assay_text), 8, 1, 0},
    {"size", sizeof(uint64_t), 8, 1, 0},
    {"msec", sizeof(int64_t), 8, 1, 0},
};
#define TYPES (sizeof types / sizeof types[0])
#define RECORD_MOST (1u << 20) /* bytes of a record */
#define ROWS_MOST 4096u

const struct assay_field *fields_find(const struct assay_fields *f, const char *name)
{
    for (uint32_t i = 0; f && i < f->rows; i++)
        if (strcmp(fields_row(f, i)->name, name) == 0)
            return fields_row(f, i);
    return NULL;
}

uint32_t fields_value_size(const struct assay_field *r)
{
    if (r->type >= TYPES)
        return 0;
    if (r->type == ASSAY_RECORD)
        return ((const struct assay_fields *)r->of)->record_size;
    return types[r->type].size;
}

const char *fields_type_name(uint32_t type)
{
    return type && type < TYPES ? types[type].name : "unknown";
}

__attribute__((format(printf, 3, 4)))
static const char *say(char *room, size_t size, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(room, size, format, args);
    va_end(args);
    return room;
}

static int good_name(const char *s)
{
    if (!s || *s < 'a' || *s > 'z')
        return 0;
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return s[n] == 0 && n <= 64;
}

static int good_words(const char *words)
{
    if (!words || !*words || *words == '|')
        return 0;
    for (const char *p = words; *p; p++)
        if (*p == '|' && (p[1] == '|' || p[1] == 0))
            return 0;
    return 1;
}

static const char *check_table(const struct assay_fields *f, enum fields_use use, uint32_t deep, char *room,
                               size_t size);

static const char *check_of(const struct assay_field *r, enum fields_use use, uint32_t deep, char *room, size_t size)
{
    if (r->type == ASSAY_CHOICE && !good_words(r->of))
        return say(room, size, "row '%s': a choice without its words", r->name);
    if (r->type == ASSAY_REF && !r->of)
        return say(room, size, "row '%s': a ref without its layer", r->name);
    if (r->type != ASSAY_RECORD)
        return NULL;
    if (!r->of)
        return say(room, size, "row '%s': a record without its table", r->name);
    if (deep + 1 >= FIELDS_DEEP)
        return say(room, size, "row '%s': records nested deeper than %d", r->name, FIELDS_DEEP);
    return check_table(r->of, use, deep + 1, room, size);
}

static const char *check_flags(const struct assay_field *r, enum fields_use use, char *room, size_t size)
{
    const uint32_t rounds = use == FIELDS_OPTIONS ? ASSAY_FROM_ROUND(255) : 0;
    const uint32_t known = rounds | ASSAY_LIST | ASSAY_SELF | ASSAY_MUST | ASSAY_INPUT | ASSAY_KEY | ASSAY_DOWN |
                           ASSAY_OBJECT | ASSAY_OUTPUT | ASSAY_GRADE | ASSAY_FOLDER;
    if (r->flags & ~known)
        return say(room, size, "row '%s': unknown flag 0x%x", r->name, (unsigned)(r->flags & ~known));
    if ((r->flags & ASSAY_SELF) && (r->type != ASSAY_SPAN || (r->flags & ASSAY_LIST)))
        return say(room, size, "row '%s': SELF is for one span", r->name);
    if ((r->flags & ASSAY_GRADE) && r->type != ASSAY_CHOICE)
        return say(room, size, "row '%s': GRADE is for a choice", r->name);
    if ((r->flags & ASSAY_OUTPUT) && r->type != ASSAY_PATH)
        return say(room, size, "row '%s': OUTPUT is for a path", r->name);
    if ((r->flags & (ASSAY_OUTPUT | ASSAY_FOLDER)) == ASSAY_FOLDER)
        return say(room, size, "row '%s': FOLDER is for an OUTPUT", r->name);
    if ((r->flags & ASSAY_KEY) && ((r->flags & ASSAY_LIST) || r->type == ASSAY_RECORD))
        return say(room, size, "row '%s': KEY is for one plain value", r->name);
    if ((r->flags & (ASSAY_KEY | ASSAY_DOWN)) == ASSAY_DOWN)
        return say(room, size, "row '%s': DOWN is the order of a KEY", r->name);
    if ((r->flags & ASSAY_OBJECT) && (r->type != ASSAY_RECORD || !(r->flags & ASSAY_LIST)))
        return say(room, size, "row '%s': OBJECT is for a list of records", r->name);
    if (use == FIELDS_OPTIONS && r->type == ASSAY_RECORD && !(r->flags & ASSAY_LIST))
        return say(room, size, "row '%s': an option's records come as a list", r->name);
    if ((r->flags & ASSAY_INPUT) && (use != FIELDS_OPTIONS || (r->type != ASSAY_PATH && r->type != ASSAY_TEXT)))
        return say(room, size, "row '%s': INPUT is for an option of paths or texts", r->name);
    return NULL;
}

static const char *check_object(const struct assay_field *r, char *room, size_t size)
{
    const struct assay_fields *f = r->of;
    if (!(r->flags & ASSAY_OBJECT))
        return NULL;
    if (f->rows >= 2 && fields_row(f, 0)->type == ASSAY_TEXT && fields_row(f, 1)->type == ASSAY_TEXT &&
        !((fields_row(f, 0)->flags | fields_row(f, 1)->flags) & ASSAY_LIST))
        return NULL;
    return say(room, size, "row '%s': OBJECT wants records that begin with two texts", r->name);
}

static const char *check_row(const struct assay_fields *f, uint32_t i, enum fields_use use, uint32_t deep, char *room,
                             size_t size)
{
    const struct assay_field *r = fields_row(f, i);
    if (!good_name(r->name))
        return say(room, size, "row %u has no name of the form [a-z][a-z0-9_]*", i + 1);
    if (r->type == 0 || r->type >= TYPES)
        return say(room, size, "row '%s': unknown type %u", r->name, r->type);
    if (use == FIELDS_OPTIONS ? !types[r->type].option : !types[r->type].record)
        return say(room, size, "row '%s': type %s is not for %s", r->name, types[r->type].name,
                   use == FIELDS_OPTIONS ? "options" : "records");
    const char *why = check_flags(r, use, room, size);
    if (!why)
        why = check_of(r, use, deep, room, size);
    if (!why && r->type == ASSAY_RECORD)
        why = check_object(r, room, size);
    if (why)
        return why;
    uint32_t want = r->flags & ASSAY_LIST ? (uint32_t)sizeof(struct assay_list) : fields_value_size(r);
    uint32_t align = r->flags & ASSAY_LIST ? 8 : types[r->type].align;
    if (r->size != want)
        return say(room, size, "row '%s': its member has %u bytes, a %s%s has %u", r->name, r->size,
                   r->flags & ASSAY_LIST ? "list of " : "", types[r->type].name, want);
    if (r->offset > f->record_size || want > f->record_size - r->offset || r->offset % align)
        return say(room, size, "row '%s': its member lies outside the record or unaligned", r->name);
    if (r->has != ASSAY_NEVER && (r->has % 4 || r->has > f->record_size || f->record_size - r->has < 4))
        return say(room, size, "row '%s': its has_ member lies outside the record or unaligned", r->name);
    for (uint32_t k = 0; k < i; k++)
        if (strcmp(fields_row(f, k)->name, r->name) == 0)
            return say(room, size, "row '%s' stands there twice", r->name);
    return NULL;
}

static const char *check_table(const struct assay_fields *f, enum fields_use use, uint32_t deep, char *room,
                               size_t size)
{
    if (f->row_size < sizeof(struct assay_field) || f->row_size % 8)
        return say(room, size, "a field table's row size is %u, at least %zu is needed", f->row_size,
                   sizeof(struct assay_field));
    if (f->record_size > RECORD_MOST || f->rows > ROWS_MOST || (f->rows && (!f->row || !f->record_size)))
        return say(room, size, "a field table of %u rows and %u bytes a record makes no sense", f->rows,
                   f->record_size);
    for (uint32_t i = 0; i < f->rows; i++) {
        const char *why = check_row(f, i, use, deep, room, size);
        if (why)
            return why;
    }
    return NULL;
}

const char *fields_check(const struct assay_fields *f, enum fields_use use, char *room, size_t size)
{
    return check_table(f, use, 0, room, size);
}

uint32_t fields_words(const char *words)
{
    uint32_t n = 1;
    for (; *words; words++)
        n += *words == '|';
    return n;
}

struct assay_text fields_word(const char *words, uint32_t i)
{
    for (; i; i--) {
        words = strchr(words, '|');
        if (!words)
            return (struct assay_text){NULL, 0};
        words++;
    }
    return (struct assay_text){words, strcspn(words, "|")};
}

uint32_t fields_word_index(const char *words, const char *word, size_t size)
{
    for (uint32_t i = 0;; i++) {
        struct assay_text t = fields_word(words, i);
        if (!t.at)
            return ASSAY_NEVER;
        if (t.size == size && memcmp(t.at, word, size) == 0)
            return i;
    }
}

static int same_row(const struct assay_field *w, const struct assay_field *h)
{
    return h && w->type == h->type && w->offset == h->offset && w->has == h->has && w->size == h->size &&
           !((w->flags ^ h->flags) & ASSAY_LIST) && (w->type != ASSAY_RECORD || fields_same(w->of, h->of));
}

int fields_same(const struct assay_fields *want, const struct assay_fields *have)
{
    if (want == have)
        return 1;
    for (uint32_t i = 0; i < want->rows; i++)
        if (!same_row(fields_row(want, i), fields_find(have, fields_row(want, i)->name)))
            return 0;
    return 1;
}

const char *fields_agree(const struct assay_fields *want, const struct assay_fields *have, char *room, size_t size)
{
    for (uint32_t i = 0; i < want->rows; i++) {
        const struct assay_field *w = fields_row(want, i), *h = fields_find(have, w->name);
        if (!h) {
            if (w->flags & ASSAY_MUST)
                return say(room, size, "row '%s' is needed and not provided", w->name);
            continue;
        }
        if (w->type != h->type || ((w->flags ^ h->flags) & ASSAY_LIST))
            return say(room, size, "row '%s' is wanted as %s%s and provided as %s%s", w->name,
                       w->flags & ASSAY_LIST ? "list of " : "", fields_type_name(w->type),
                       h->flags & ASSAY_LIST ? "list of " : "", fields_type_name(h->type));
        if (w->type == ASSAY_REF && strcmp(w->of, h->of) != 0)
            return say(room, size, "row '%s' is wanted as a ref to %s and provided as one to %s", w->name,
                       (const char *)w->of, (const char *)h->of);
        const char *why = w->type == ASSAY_RECORD ? fields_agree(w->of, h->of, room, size) : NULL;
        if (why)
            return why;
    }
    return NULL;
}
