/* SPDX-License-Identifier: Apache-2.0 */
#include "value.h"

#include <assay/kit/json.h>

#include <string.h>

#define ADD(p, literal) assay_buf_add(&(p)->buf, literal, sizeof(literal) - 1)

void print_u64(struct printer *p, uint64_t value)
{
    assay_json_u64(&p->buf, value);
}

void print_text(struct printer *p, struct assay_text text)
{
    assay_json_text(&p->buf, text);
}

struct assay_text printer_id_of(const struct printer *p, const struct assay_doc *doc)
{
    struct assay_list list = p->host->records(p->host, doc, p->tables->document);
    if (!list.count)
        return (struct assay_text){0};
    return *(const struct assay_text *)(const void *)((const char *)list.at + p->tables->document_id);
}

/* The id of a document; null where there is none. Borrowed until the host closes the document's view. */
static struct assay_text text_of_docid(struct printer *p, assay_docid id)
{
    struct assay_ref document = {.doc = id};
    struct assay_text name = {0};
    if (!id || p->host->name(p->host, p->results, p->tables->document, document, &name) != ASSAY_OK)
        return (struct assay_text){0};
    return name;
}

static void print_span(struct printer *p, uint64_t begin, uint64_t end)
{
    assay_buf_byte(&p->buf, '[');
    print_u64(p, begin);
    assay_buf_byte(&p->buf, ',');
    print_u64(p, end);
    assay_buf_byte(&p->buf, ']');
}

void print_raw(struct printer *p, const struct assay_doc *doc, struct assay_span span)
{
    uint64_t raw[2];
    if (p->host->raw(p->host, doc, span, raw) == ASSAY_OK)
        print_span(p, raw[0], raw[1]);
    else
        ADD(p, "null");
}

static void print_place(struct printer *p, const struct assay_place *place)
{
    const struct assay_doc *doc;
    if (!place->doc || p->host->view(p->host, p->results, place->doc, &doc) != ASSAY_OK) {
        ADD(p, "null");
        return;
    }
    ADD(p, "{\"doc\":");
    print_text(p, text_of_docid(p, place->doc));
    ADD(p, ",\"begin\":");
    print_u64(p, place->span.begin);
    ADD(p, ",\"end\":");
    print_u64(p, place->span.end);
    ADD(p, ",\"raw\":");
    print_raw(p, doc, place->span);
    assay_buf_byte(&p->buf, '}');
}

static void print_ref(struct printer *p, uint32_t slot, const struct assay_ref *ref)
{
    struct assay_text id = {0};
    if (slot == ASSAY_NEVER || !ref->doc || p->host->name(p->host, p->results, slot, *ref, &id) != ASSAY_OK)
        id = (struct assay_text){0};
    print_text(p, id);
}

/* A part: {"key":value,...}. */
static void print_part(struct printer *p, const struct table *t, const char *record)
{
    size_t begin = p->buf.size;
    print_fields(p, t, record, 0);
    if (p->buf.failed)
        return;
    if (p->buf.size > begin)
        p->buf.at[begin] = '{'; /* in place of the first comma */
    else
        assay_buf_byte(&p->buf, '{');
    assay_buf_byte(&p->buf, '}');
}

static void print_value(struct printer *p, const struct table_field *f, const char *at)
{
    const void *v = at;
    switch (f->type) {
    case ASSAY_FLAG:
        if (*(const uint32_t *)v)
            ADD(p, "true");
        else
            ADD(p, "false");
        break;
    case ASSAY_U32:
        print_u64(p, *(const uint32_t *)v);
        break;
    case ASSAY_I64:
        assay_json_i64(&p->buf, *(const int64_t *)v);
        break;
    case ASSAY_U64:
        print_u64(p, *(const uint64_t *)v);
        break;
    case ASSAY_REAL:
        assay_json_real(&p->buf, *(const double *)v);
        break;
    case ASSAY_TEXT:
        print_text(p, *(const struct assay_text *)v);
        break;
    case ASSAY_CHOICE:
        print_text(p, *(const uint32_t *)v < f->words ? f->word[*(const uint32_t *)v] : (struct assay_text){0});
        break;
    case ASSAY_SPAN: {
        const struct assay_span *span = v;
        print_span(p, span->begin, span->end);
        break;
    }
    case ASSAY_DOC:
        print_text(p, text_of_docid(p, *(const assay_docid *)v));
        break;
    case ASSAY_PLACE:
        print_place(p, v);
        break;
    case ASSAY_REF:
        print_ref(p, f->slot, v);
        break;
    case ASSAY_RECORD:
        print_part(p, f->part, at);
        break;
    default:
        ADD(p, "null");
    }
}

/* A list of key and value pairs as one object. */
static void print_object(struct printer *p, const struct table *t, struct assay_list list)
{
    int first = 1;
    assay_buf_byte(&p->buf, '{');
    for (uint32_t i = 0; i < list.count && t->fields >= 2; i++) {
        const char *pair = (const char *)list.at + (size_t)i * list.stride;
        const struct assay_text *key = (const void *)(pair + t->field[0].offset);
        if (!key->at)
            continue;
        if (!first)
            assay_buf_byte(&p->buf, ',');
        first = 0;
        print_text(p, *key);
        assay_buf_byte(&p->buf, ':');
        print_value(p, &t->field[1], pair + t->field[1].offset);
    }
    assay_buf_byte(&p->buf, '}');
}

static void print_list(struct printer *p, const struct table_field *f, struct assay_list list)
{
    if ((f->flags & ASSAY_OBJECT) && f->type == ASSAY_RECORD) {
        print_object(p, f->part, list);
        return;
    }
    assay_buf_byte(&p->buf, '[');
    for (uint32_t i = 0; i < list.count; i++) {
        if (i)
            assay_buf_byte(&p->buf, ',');
        print_value(p, f, (const char *)list.at + (size_t)i * list.stride);
    }
    assay_buf_byte(&p->buf, ']');
}

static void print_own_span(struct printer *p, const struct assay_span *span, int null)
{
    ADD(p, ",\"begin\":");
    if (null)
        ADD(p, "null");
    else
        print_u64(p, span->begin);
    ADD(p, ",\"end\":");
    if (null)
        ADD(p, "null");
    else
        print_u64(p, span->end);
}

void print_fields(struct printer *p, const struct table *t, const char *record, int skip_self)
{
    for (uint32_t i = 0; i < t->fields; i++) {
        const struct table_field *f = &t->field[i];
        const char *at = record + f->offset;
        int null = f->has != ASSAY_NEVER && !*(const uint32_t *)(const void *)(record + f->has);
        if (f->type == ASSAY_SPAN && (f->flags & ASSAY_SELF)) {
            if (!skip_self)
                print_own_span(p, (const void *)at, null);
            continue;
        }
        char *to = assay_buf_room(&p->buf, f->key_size + 1);
        if (!to)
            return;
        to[0] = ',';
        memcpy(to + 1, f->key, f->key_size);
        p->buf.size += f->key_size + 1;
        if (null)
            ADD(p, "null");
        else if (f->flags & ASSAY_LIST)
            print_list(p, f, *(const struct assay_list *)(const void *)at);
        else
            print_value(p, f, at);
    }
}
