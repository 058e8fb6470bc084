/* SPDX-License-Identifier: Apache-2.0 */
#include <assay/kit/decode.h>
#include <assay/kit/text.h>

#include <math.h>
#include <string.h>
#include <xxhash.h>

#include <assay/kit/json.h>

static const struct assay_field *row_at(const struct assay_fields *f, uint32_t i)
{
    return (const void *)((const char *)f->row + (size_t)i * f->row_size);
}

static int wrong(struct assay_decode *d, const char *why)
{
    if (!d->error)
        d->error = why;
    return 0;
}

static const struct assay_field *find_row(const struct assay_fields *f, struct assay_text key, uint32_t hint)
{
    for (uint32_t i = 0; i < f->rows; i++) {
        const struct assay_field *row = row_at(f, (hint + i) % f->rows);
        if (!(row->type == ASSAY_SPAN && (row->flags & ASSAY_SELF)) && assay_text_is(key, row->name))
            return row;
    }
    return NULL;
}

static const struct assay_field *self_row(const struct assay_fields *f)
{
    for (uint32_t i = 0; i < f->rows; i++)
        if (row_at(f, i)->type == ASSAY_SPAN && (row_at(f, i)->flags & ASSAY_SELF))
            return row_at(f, i);
    return NULL;
}

static int copy_text(struct assay_decode *d, struct assay_text from, struct assay_text *to)
{
    char *at = d->alloc(d->own, from.size + 1);
    if (!at)
        return wrong(d, "out of memory");
    if (from.size)
        memcpy(at, from.at, from.size);
    *to = (struct assay_text){at, from.size};
    return 1;
}

static int read_u64(struct assay_decode *d, struct assay_text text, uint64_t *to)
{
    uint64_t v = 0;
    if (!text.size || text.size > 20)
        return wrong(d, "a whole number is out of range");
    for (uint64_t i = 0; i < text.size; i++) {
        uint32_t digit = (uint32_t)(unsigned char)text.at[i] - '0';
        if (digit > 9 || v > (UINT64_MAX - digit) / 10)
            return wrong(d, "a whole number is out of range");
        v = v * 10 + digit;
    }
    *to = v;
    return 1;
}

static int read_u32(struct assay_decode *d, struct assay_text text, uint32_t *to)
{
    uint64_t v;
    if (!read_u64(d, text, &v))
        return 0;
    if (v > UINT32_MAX)
        return wrong(d, "a whole number is out of range");
    *to = (uint32_t)v;
    return 1;
}

/* [begin,end] */
static int decode_span(struct assay_decode *d, struct assay_text json, struct assay_span *to)
{
    struct assay_json s = {0};
    assay_json_start(&s, json);
    int ok = assay_json_next(&s) == ASSAY_JSON_ARRAY && assay_json_next(&s) == ASSAY_JSON_NUMBER &&
             read_u32(d, s.text, &to->begin) && assay_json_next(&s) == ASSAY_JSON_NUMBER &&
             read_u32(d, s.text, &to->end);
    assay_json_done(&s);
    return ok || wrong(d, "a span is not [begin,end]");
}

static assay_docid docid(struct assay_text id)
{
    return XXH3_64bits(id.at, id.size);
}

/* {"doc":"a","begin":0,"end":1,"raw":null} */
static int decode_place(struct assay_decode *d, struct assay_text json, struct assay_place *to)
{
    struct assay_json s = {0};
    enum assay_json_type token;
    int ok = 1;
    assay_json_start(&s, json);
    ok = assay_json_next(&s) == ASSAY_JSON_OBJECT;
    while (ok && (token = assay_json_next(&s)) == ASSAY_JSON_STRING) {
        int key = assay_text_is(s.text, "doc")     ? 1
                  : assay_text_is(s.text, "begin") ? 2
                  : assay_text_is(s.text, "end")   ? 3
                                                   : 0;
        token = assay_json_next(&s);
        if (key == 1 && token == ASSAY_JSON_STRING)
            to->doc = docid(s.text);
        else if (key >= 2 && token == ASSAY_JSON_NUMBER)
            ok = read_u32(d, s.text, key == 2 ? &to->span.begin : &to->span.end);
        else
            ok = assay_json_skip(&s, token, NULL);
    }
    assay_json_done(&s);
    return ok || wrong(d, "a place is not {doc, begin, end}");
}

static int decode_word(struct assay_decode *d, const char *words, struct assay_text word, uint32_t *to)
{
    for (uint32_t i = 0;; i++) {
        size_t size = strcspn(words, "|");
        if (size == word.size && !memcmp(words, word.at, size)) {
            *to = i;
            return 1;
        }
        if (!words[size])
            return wrong(d, "an unknown word in a choice");
        words += size + 1;
    }
}

static int decode_number(struct assay_decode *d, uint32_t type, struct assay_text text, void *to)
{
    uint64_t v = 0;
    int minus = text.size && text.at[0] == '-';
    switch (type) {
    case ASSAY_U32:
        return read_u32(d, text, to);
    case ASSAY_U64:
        return read_u64(d, text, to);
    case ASSAY_I64:
        if (!read_u64(d, (struct assay_text){text.at + minus, text.size - (uint64_t)minus}, &v) ||
            v > (uint64_t)INT64_MAX + (uint64_t)minus)
            return wrong(d, "a whole number is out of range");
        *(int64_t *)to = minus ? (int64_t)(0 - v) : (int64_t)v;
        return 1;
    case ASSAY_REAL:
        return assay_read_real(text, to) || wrong(d, "a number cannot be read");
    default:
        return wrong(d, "a number where none belongs");
    }
}

static int decode_string(struct assay_decode *d, const struct assay_field *row, struct assay_text text, void *to)
{
    switch (row->type) {
    case ASSAY_TEXT:
        return copy_text(d, text, to);
    case ASSAY_CHOICE:
        return decode_word(d, row->of, text, to);
    case ASSAY_DOC:
        *(assay_docid *)to = docid(text);
        return 1;
    case ASSAY_REF:
        if (d->ref)
            (void)d->ref(d->own, row->of, text, to);
        return 1;
    default:
        return wrong(d, "a text where none belongs");
    }
}

/* One value, given as it stands; never null. */
static int decode_value(struct assay_decode *d, const struct assay_field *row, struct assay_text json, void *to)
{
    struct assay_json s = {0};
    int ok;
    if (row->type == ASSAY_RECORD)
        return assay_decode_record(d, row->of, json, to);
    if (row->type == ASSAY_SPAN)
        return decode_span(d, json, to);
    if (row->type == ASSAY_PLACE)
        return decode_place(d, json, to);
    assay_json_start(&s, json);
    switch (assay_json_next(&s)) {
    case ASSAY_JSON_TRUE:
    case ASSAY_JSON_FALSE:
        ok = row->type == ASSAY_FLAG || wrong(d, "true or false where none belongs");
        if (ok)
            *(uint32_t *)to = json.at[0] == 't';
        break;
    case ASSAY_JSON_NUMBER:
        ok = decode_number(d, row->type, s.text, to);
        break;
    case ASSAY_JSON_STRING:
        ok = decode_string(d, row, s.text, to);
        break;
    default:
        ok = wrong(d, "an object or list where none belongs");
    }
    assay_json_done(&s);
    return ok;
}

/* Values of a list; keys and values of an object. */
static uint32_t count_elements(struct assay_text json)
{
    struct assay_json s = {0};
    enum assay_json_type token;
    uint32_t n = 0;
    assay_json_start(&s, json);
    assay_json_next(&s);
    while ((token = assay_json_next(&s)) != ASSAY_JSON_CLOSE && assay_json_skip(&s, token, NULL))
        n++;
    assay_json_done(&s);
    return n;
}

static uint32_t element_size(const struct assay_field *row)
{
    switch (row->type) {
    case ASSAY_FLAG:
    case ASSAY_U32:
    case ASSAY_CHOICE:
        return 4;
    case ASSAY_TEXT:
    case ASSAY_PLACE:
    case ASSAY_REF:
        return 16;
    case ASSAY_RECORD:
        return ((const struct assay_fields *)row->of)->record_size;
    default:
        return 8;
    }
}

/* {"key":"value"} into the first two rows of the pairs' table. */
static int decode_pairs(struct assay_decode *d, const struct assay_field *row, struct assay_json *s,
                        struct assay_list *to, char *at)
{
    const struct assay_fields *pair = row->of;
    struct assay_text whole;
    for (uint32_t i = 0; i < to->count; i++) {
        char *element = at + (size_t)i * to->stride;
        if (assay_json_next(s) != ASSAY_JSON_STRING ||
            !copy_text(d, s->text, (void *)(element + row_at(pair, 0)->offset)))
            return wrong(d, "an object's key cannot be read");
        enum assay_json_type token = assay_json_next(s);
        if (token == ASSAY_JSON_STRING ? !copy_text(d, s->text, (void *)(element + row_at(pair, 1)->offset))
            : token == ASSAY_JSON_NULL ? 0
                                       : !assay_json_skip(s, token, &whole) ||
                                             !copy_text(d, whole, (void *)(element + row_at(pair, 1)->offset)))
            return wrong(d, "an object's value cannot be read");
    }
    return 1;
}

static int decode_list(struct assay_decode *d, const struct assay_field *row, struct assay_text json,
                       struct assay_list *to)
{
    int object = (row->flags & ASSAY_OBJECT) && row->type == ASSAY_RECORD;
    struct assay_json s = {0};
    int ok = 1;
    if (json.at[0] != (object ? '{' : '['))
        return wrong(d, "a list where none belongs, or none where one does");
    uint32_t n = count_elements(json);
    *to = (struct assay_list){.count = object ? n / 2 : n, .stride = element_size(row)};
    if (!to->count)
        return 1;
    char *at = d->alloc(d->own, (uint64_t)to->count * to->stride);
    if (!at)
        return wrong(d, "out of memory");
    to->at = at;
    assay_json_start(&s, json);
    assay_json_next(&s);
    if (object)
        ok = decode_pairs(d, row, &s, to, at);
    for (uint32_t i = 0; !object && ok && i < to->count; i++) {
        struct assay_text whole;
        enum assay_json_type token = assay_json_next(&s);
        ok = assay_json_skip(&s, token, &whole) &&
             (token == ASSAY_JSON_NULL || decode_value(d, row, whole, at + (size_t)i * to->stride));
    }
    assay_json_done(&s);
    return ok;
}

static int decode_field(struct assay_decode *d, const struct assay_field *row, struct assay_text json, char *record)
{
    void *to = record + row->offset;
    if (assay_text_is(json, "null")) {
        if (row->type == ASSAY_REAL && row->has == ASSAY_NEVER && !(row->flags & ASSAY_LIST))
            *(double *)to = NAN; /* what is not finite is printed as null */
        return 1;
    }
    if (row->has != ASSAY_NEVER)
        *(uint32_t *)(void *)(record + row->has) = 1;
    return row->flags & ASSAY_LIST ? decode_list(d, row, json, to) : decode_value(d, row, json, to);
}

static int decode_keys(struct assay_decode *d, const struct assay_fields *fields, struct assay_json *s, char *record)
{
    const struct assay_field *self = self_row(fields);
    enum assay_json_type token;
    uint32_t hint = 0;
    while ((token = assay_json_next(s)) == ASSAY_JSON_STRING) {
        const struct assay_field *row = find_row(fields, s->text, hint);
        struct assay_span *span = row || !self ? NULL : (void *)(record + self->offset);
        int begin = assay_text_is(s->text, "begin"), end = assay_text_is(s->text, "end");
        struct assay_text whole;
        token = assay_json_next(s);
        if (span && (begin || end) && token == ASSAY_JSON_NUMBER) {
            if (!read_u32(d, s->text, begin ? &span->begin : &span->end))
                return 0;
            continue;
        }
        if (!assay_json_skip(s, token, &whole))
            return wrong(d, "no JSON");
        if (row && !decode_field(d, row, whole, record))
            return 0;
        hint = row ? (uint32_t)(((const char *)row - (const char *)fields->row) / fields->row_size) + 1 : hint;
    }
    return token == ASSAY_JSON_CLOSE || wrong(d, "no JSON object");
}

int assay_decode_record(struct assay_decode *d, const struct assay_fields *fields, struct assay_text json, void *record)
{
    struct assay_json s = {0};
    memset(record, 0, fields->record_size);
    assay_json_start(&s, json);
    int ok = assay_json_next(&s) == ASSAY_JSON_OBJECT ? decode_keys(d, fields, &s, record) : wrong(d, "no JSON object");
    assay_json_done(&s);
    return ok;
}
