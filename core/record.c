/* SPDX-License-Identifier: Apache-2.0 */
#include "record.h"

#include <string.h>

#include "fields.h"

static uint32_t at_u32(const void *record, uint32_t offset)
{
    uint32_t value;
    memcpy(&value, (const char *)record + offset, sizeof value);
    return value;
}

static int counts(const void *record, const uint32_t has[2])
{
    return (has[0] == ASSAY_NEVER || at_u32(record, has[0])) && (has[1] == ASSAY_NEVER || at_u32(record, has[1]));
}

/* ---- shapes ---- */

static uint32_t count_parts(const struct assay_fields *fields)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *row = fields_row(fields, i);
        if (row->flags & ASSAY_LIST || row->type == ASSAY_TEXT || row->type == ASSAY_PATH)
            n++;
        else if (row->type == ASSAY_RECORD)
            n += count_parts(row->of);
    }
    return n;
}

static int fill_part(struct arena *arena, struct shape_part *part, const struct assay_field *row, uint32_t base,
                     uint32_t outer_has)
{
    *part = (struct shape_part){
        .offset = base + row->offset,
        .is_list = row->flags & ASSAY_LIST ? 1 : 0,
        .has = {row->has == ASSAY_NEVER ? ASSAY_NEVER : base + row->has, outer_has},
    };
    if (!part->is_list)
        return 1;
    part->element_size = fields_value_size(row);
    if (row->type == ASSAY_RECORD) {
        const struct shape *element = shape_of(arena, row->of);
        if (!element)
            return 0;
        part->element = element->parts ? element : NULL;
    } else if (row->type == ASSAY_TEXT || row->type == ASSAY_PATH) {
        struct shape *text = arena_alloc(arena, sizeof *text);
        struct shape_part *one = arena_alloc(arena, sizeof *one);
        if (!text || !one)
            return 0;
        *one = (struct shape_part){.has = {ASSAY_NEVER, ASSAY_NEVER}};
        *text = (struct shape){
            .size = sizeof(struct assay_text), .self = ASSAY_NEVER, .self_has = ASSAY_NEVER, .parts = 1, .part = one};
        part->element = text;
    }
    return 1;
}

static int fill(struct arena *arena, struct shape *shape, const struct assay_fields *fields, uint32_t base,
                uint32_t outer_has)
{
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *row = fields_row(fields, i);
        uint32_t has = row->has == ASSAY_NEVER ? ASSAY_NEVER : base + row->has;
        if (row->flags & ASSAY_SELF && row->type == ASSAY_SPAN && shape->self == ASSAY_NEVER && !base) {
            shape->self = row->offset;
            shape->self_has = has;
        }
        if (row->flags & ASSAY_LIST || row->type == ASSAY_TEXT || row->type == ASSAY_PATH) {
            if (!fill_part(arena, &shape->part[shape->parts++], row, base, outer_has))
                return 0;
        } else if (row->type == ASSAY_RECORD) {
            if (!fill(arena, shape, row->of, base + row->offset, has == ASSAY_NEVER ? outer_has : has))
                return 0;
        }
    }
    return 1;
}

const struct shape *shape_of(struct arena *arena, const struct assay_fields *fields)
{
    struct shape *shape = arena_alloc(arena, sizeof *shape);
    if (!shape)
        return NULL;
    *shape =
        (struct shape){.fields = fields, .size = fields->record_size, .self = ASSAY_NEVER, .self_has = ASSAY_NEVER};
    for (uint32_t i = 0; i < fields->rows; i++)
        shape->keys += fields_row(fields, i)->flags & ASSAY_KEY ? 1 : 0;
    shape->part = arena_alloc(arena, (uint64_t)(count_parts(fields) + 1) * sizeof *shape->part);
    if (!shape->part || !fill(arena, shape, fields, 0, ASSAY_NEVER))
        return NULL;
    return shape;
}

/* ---- stored form ---- */

/* Appends `count` elements `stride` apart, each cut or padded with zeros to `size`. Their place, from the start of
 * out. */
static uint64_t add_rows(struct bytes *out, const void *rows, uint32_t count, uint32_t stride, uint32_t size)
{
    uint64_t at = out->size;
    if (stride == size) {
        bytes_add(out, rows, (uint64_t)count * size);
        return at;
    }
    for (uint32_t i = 0; i < count; i++)
        bytes_add(out, (const char *)rows + (uint64_t)i * stride, size);
    return at;
}

/* Moves what the rows stored at `rows` point to into the heap; offsets count from `base`. Parts nest as deep as tables
 * do. */
static void store_parts(struct bytes *out, const struct shape *shape, uint64_t base, uint64_t rows, uint32_t count)
{
    for (uint32_t i = 0; i < count && !out->failed; i++) {
        uint64_t row = rows + (uint64_t)i * shape->size;
        for (uint32_t p = 0; p < shape->parts && !out->failed; p++) {
            const struct shape_part *part = &shape->part[p];
            int real = counts(out->at + row, part->has);
            if (!part->is_list) {
                struct assay_text text;
                memcpy(&text, out->at + row + part->offset, sizeof text);
                uint64_t offset = 0;
                if (real && text.at) {
                    offset = out->size - base;
                    bytes_add(out, text.at, text.size);
                }
                if (out->failed)
                    return;
                uint64_t stored[2] = {offset, offset ? text.size : 0};
                memcpy(out->at + row + part->offset, stored, sizeof stored);
                continue;
            }
            struct assay_list list;
            memcpy(&list, out->at + row + part->offset, sizeof list);
            uint64_t offset = 0;
            uint32_t elements = real && list.at ? list.count : 0;
            if (elements) {
                bytes_align(out, 8);
                uint64_t at = add_rows(out, list.at, elements, list.stride, part->element_size);
                offset = at - base;
                if (part->element && !out->failed)
                    store_parts(out, part->element, base, at, elements);
            }
            if (out->failed)
                return;
            char *to = out->at + row + part->offset;
            uint32_t tail[2] = {elements, part->element_size};
            memcpy(to, &offset, sizeof offset);
            memcpy(to + sizeof offset, tail, sizeof tail);
        }
    }
}

_Static_assert(sizeof(struct assay_text) == 16 && sizeof(struct assay_list) == 16,
               "stored texts and lists take 16 bytes");

int record_store(struct bytes *out, const struct shape *shape, const void *records, uint32_t count, uint32_t stride)
{
    uint64_t base = add_rows(out, records, count, stride, shape->size);
    if (!out->failed && shape->parts) {
        bytes_align(out, 8); /* keeps the heap's first offset above 0 too */
        store_parts(out, shape, base, base, count);
    }
    bytes_align(out, 8);
    return !out->failed;
}

int record_relocate(struct arena *arena, const struct shape *shape, void *rows, uint32_t count, const char *stored)
{
    for (uint32_t i = 0; i < count; i++) {
        char *row = (char *)rows + (uint64_t)i * shape->size;
        for (uint32_t p = 0; p < shape->parts; p++) {
            const struct shape_part *part = &shape->part[p];
            uint64_t offset;
            memcpy(&offset, row + part->offset, sizeof offset);
            const char *at = offset ? stored + offset : NULL;
            if (part->is_list && at && part->element) {
                uint32_t n = at_u32(row, part->offset + 8);
                void *copy = arena_copy(arena, at, (uint64_t)n * part->element_size);
                if (!copy || !record_relocate(arena, part->element, copy, n, stored))
                    return 0;
                at = copy;
            }
            memcpy(row + part->offset, &at, sizeof at);
        }
    }
    return 1;
}

const void *record_open(struct arena *arena, const struct shape *shape, const char *stored, uint32_t count)
{
    if (!shape->parts)
        return stored;
    void *rows = arena_copy(arena, stored, (uint64_t)count * shape->size);
    if (!rows || !record_relocate(arena, shape, rows, count, stored))
        return NULL;
    return rows;
}

static int copy_parts(struct arena *arena, const struct shape *shape, void *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        char *row = (char *)rows + (uint64_t)i * shape->size;
        for (uint32_t p = 0; p < shape->parts; p++) {
            const struct shape_part *part = &shape->part[p];
            if (!counts(row, part->has)) {
                memset(row + part->offset, 0, sizeof(struct assay_text));
                continue;
            }
            if (!part->is_list) {
                struct assay_text text;
                memcpy(&text, row + part->offset, sizeof text);
                if (text.at && !(text.at = arena_copy(arena, text.at, text.size)))
                    return 0;
                memcpy(row + part->offset, &text, sizeof text);
                continue;
            }
            struct assay_list list;
            memcpy(&list, row + part->offset, sizeof list);
            if (!list.at || !list.count) {
                list = (struct assay_list){0};
            } else {
                char *copy = arena_alloc(arena, (uint64_t)list.count * part->element_size);
                if (!copy)
                    return 0;
                for (uint32_t e = 0; e < list.count; e++)
                    memcpy(copy + (uint64_t)e * part->element_size, (const char *)list.at + (uint64_t)e * list.stride,
                           part->element_size);
                if (part->element && !copy_parts(arena, part->element, copy, list.count))
                    return 0;
                list.at = copy;
                list.stride = part->element_size;
            }
            memcpy(row + part->offset, &list, sizeof list);
        }
    }
    return 1;
}

void *record_copy(struct arena *arena, const struct shape *shape, const void *records, uint32_t count, uint32_t stride)
{
    char *rows = arena_alloc(arena, (uint64_t)count * shape->size);
    if (!rows)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        memcpy(rows + (uint64_t)i * shape->size, (const char *)records + (uint64_t)i * stride, shape->size);
    return copy_parts(arena, shape, rows, count) ? rows : NULL;
}

/* ---- order ---- */

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

static int order_bytes(const char *a, uint64_t a_size, const char *b, uint64_t b_size)
{
    uint64_t least = a_size < b_size ? a_size : b_size;
    int order = least ? memcmp(a, b, least) : 0;
    return order ? order : ORDER(a_size, b_size);
}

static int order_real(double a, double b)
{
    if (a != a || b != b) /* not a number comes first */
        return (a == a) - (b == b);
    return ORDER(a, b);
}

static int order_all(const struct assay_fields *, const char *a, const char *b);

#define READ(T, name) T name[2]; memcpy(&name[0], a, sizeof(T)); memcpy(&name[1], b, sizeof(T))

static int order_value(const struct assay_field *row, const char *a, const char *b)
{
    switch (row->type) {
    case ASSAY_FLAG:
    case ASSAY_U32:
    case ASSAY_CHOICE: {
        READ(uint32_t, v);
        return ORDER(v[0], v[1]);
    }
    case ASSAY_I64:
    case ASSAY_MSEC: {
        READ(int64_t, v);
        return ORDER(v[0], v[1]);
    }
    case ASSAY_U64:
    case ASSAY_DOC:
    case ASSAY_SIZE: {
        READ(uint64_t, v);
        return ORDER(v[0], v[1]);
    }
    case ASSAY_REAL: {
        READ(double, v);
        return order_real(v[0], v[1]);
    }
    case ASSAY_TEXT:
    case ASSAY_PATH: {
        READ(struct assay_text, v);
        if (!v[0].at || !v[1].at)
            return (v[0].at != NULL) - (v[1].at != NULL);
        return order_bytes(v[0].at, v[0].size, v[1].at, v[1].size);
    }
    case ASSAY_SPAN: {
        READ(struct assay_span, v);
        return v[0].begin != v[1].begin ? ORDER(v[0].begin, v[1].begin) : ORDER(v[0].end, v[1].end);
    }
    case ASSAY_PLACE: {
        READ(struct assay_place, v);
        if (v[0].doc != v[1].doc)
            return ORDER(v[0].doc, v[1].doc);
        return v[0].span.begin != v[1].span.begin ? ORDER(v[0].span.begin, v[1].span.begin)
                                                  : ORDER(v[0].span.end, v[1].span.end);
    }
    case ASSAY_REF: {
        READ(struct assay_ref, v);
        return v[0].doc != v[1].doc ? ORDER(v[0].doc, v[1].doc) : ORDER(v[0].index, v[1].index);
    }
    case ASSAY_RECORD:
        return order_all(row->of, a, b);
    default:
        return 0;
    }
}

static int order_row(const struct assay_field *row, const char *a, const char *b)
{
    if (row->flags & ASSAY_LIST) /* no order among lists; tables with such a KEY are refused by the check */
        return 0;
    if (row->has != ASSAY_NEVER) {
        int ha = at_u32(a, row->has) != 0, hb = at_u32(b, row->has) != 0;
        if (!ha || !hb)
            return ha - hb;
    }
    return order_value(row, a + row->offset, b + row->offset);
}

static int order_all(const struct assay_fields *fields, const char *a, const char *b)
{
    int order = 0;
    for (uint32_t i = 0; i < fields->rows && !order; i++)
        order = order_row(fields_row(fields, i), a, b);
    return order;
}

int record_order(const struct shape *shape, const void *a, const void *b)
{
    for (uint32_t i = 0; i < shape->fields->rows; i++) {
        const struct assay_field *row = fields_row(shape->fields, i);
        if (!(row->flags & ASSAY_KEY))
            continue;
        int order = order_row(row, a, b);
        if (order)
            return row->flags & ASSAY_DOWN ? -order : order;
    }
    return 0;
}
