/* SPDX-License-Identifier: Apache-2.0
 *
 * Places in records follow a new text: SPAN rows, PLACE rows of the document itself, those in parts and lists. A place
 * whose text is gone becomes null where its row may be null; an element of a list goes; else the record goes with it.
 */
#include "document_move.h"

#include <string.h>

#include "fields.h"
#include "textmap.h"

int move_has_places(const struct assay_fields *fields)
{
    int has = 0;
    for (uint32_t i = 0; i < fields->rows && !has; i++) {
        const struct assay_field *row = fields_row(fields, i);
        has = row->type == ASSAY_SPAN || row->type == ASSAY_PLACE ||
              (row->type == ASSAY_RECORD && move_has_places(row->of));
    }
    return has;
}

/* 1: moved. 0: its text is gone. */
static int move_span(const struct move *m, struct assay_span *span, int self)
{
    struct assay_span to;
    if (span->begin == span->end && !self) { /* a point, and zero for "none": behind the byte before it */
        uint32_t at = span->begin;
        *span = (struct assay_span){0, 0};
        if (at && textmap_forward(m->map, m->order, m->runs, at - 1, at, &to))
            *span = (struct assay_span){to.end, to.end};
        return 1;
    }
    if (!textmap_forward(m->map, m->order, m->runs, span->begin, span->end, &to))
        return 0;
    *span = to;
    return 1;
}

/* Moves a record in place. 1: done. 0: its own span is gone, drop the record. -1: out of memory. */
static int move_record(const struct move *, const struct assay_fields *, char *record);

static int move_one(const struct move *m, const struct assay_field *row, char *value)
{
    struct assay_span span;
    struct assay_place place;
    if (row->type == ASSAY_RECORD)
        return move_record(m, row->of, value);
    if (row->type == ASSAY_SPAN) {
        memcpy(&span, value, sizeof span);
        int kept = move_span(m, &span, row->flags & ASSAY_SELF);
        memcpy(value, &span, sizeof span);
        return kept;
    }
    if (row->type != ASSAY_PLACE)
        return 1;
    memcpy(&place, value, sizeof place);
    int kept = place.doc != m->id || move_span(m, &place.span, 0);
    memcpy(value, &place, sizeof place);
    return kept;
}

/* The elements are the plugin's memory: moved in a copy. */
static int move_list(const struct move *m, const struct assay_field *row, char *value)
{
    struct assay_list list;
    uint32_t size = fields_value_size(row), left = 0;
    memcpy(&list, value, sizeof list);
    if (!list.count || row->type == ASSAY_TEXT || (row->type == ASSAY_RECORD && !move_has_places(row->of)))
        return 1;
    char *copy = arena_alloc(m->arena, (uint64_t)list.count * size);
    if (!copy)
        return -1;
    for (uint32_t i = 0; i < list.count; i++) {
        char *to = copy + (uint64_t)left * size;
        memcpy(to, (const char *)list.at + (uint64_t)i * list.stride, size);
        int kept = move_one(m, row, to);
        if (kept < 0)
            return -1;
        left += (uint32_t)kept;
    }
    list = (struct assay_list){copy, left, size};
    memcpy(value, &list, sizeof list);
    return 1;
}

static int move_record(const struct move *m, const struct assay_fields *fields, char *record)
{
    for (uint32_t i = 0; i < fields->rows; i++) {
        const struct assay_field *row = fields_row(fields, i);
        uint32_t has = 1, null = 0;
        if (row->has != ASSAY_NEVER)
            memcpy(&has, record + row->has, sizeof has);
        if (!has)
            continue;
        int kept =
            row->flags & ASSAY_LIST ? move_list(m, row, record + row->offset) : move_one(m, row, record + row->offset);
        if (kept < 0 || (!kept && row->has == ASSAY_NEVER) || (!kept && row->flags & ASSAY_SELF))
            return kept;
        if (!kept)
            memcpy(record + row->has, &null, sizeof null);
    }
    return 1;
}

int move_rows(const struct move *m, const struct assay_fields *fields, char *rows, uint32_t *count, uint32_t size)
{
    uint32_t left = 0;
    for (uint32_t i = 0; i < *count; i++) {
        char *row = rows + (uint64_t)i * size;
        int kept = move_record(m, fields, row);
        if (kept < 0)
            return 0;
        if (kept && left != i)
            memmove(rows + (uint64_t)left * size, row, size);
        left += (uint32_t)kept;
    }
    *count = left;
    return 1;
}
