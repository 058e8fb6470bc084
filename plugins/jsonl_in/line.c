/* SPDX-License-Identifier: Apache-2.0 */
#include "line.h"
#include <assay/kit/text.h>

#include <assay/kit/date.h>
#include <assay/kit/utf8.h>
#include <stdint.h>
#include <string.h>

static int bad(struct line *line, const char *code, const char *error)
{
    line->code = code;
    line->error = error;
    line->error_at = (uint64_t)(line->json.at - line->json.begin);
    return 0;
}

/* Copies into `held`. Its memory may still move, so texts are offsets (at = NULL + offset + 1) until line_read fixes
 * them. */
static struct assay_text hold(struct line *line, struct assay_text text)
{
    size_t at = line->held.size;
    assay_buf_add(&line->held, text.at, text.size);
    return (struct assay_text){(const char *)(uintptr_t)(at + 1), text.size};
}

/* The same for what has to be UTF-8: other bytes become U+FFFD. */
static struct assay_text hold_valid(struct line *line, struct assay_text text)
{
    size_t begin = line->held.size;
    for (uint64_t at = 0; at < text.size;) {
        uint64_t n = assay_utf8_valid(text.at + at, text.size - at);
        assay_buf_add(&line->held, text.at + at, n);
        at += n;
        if (at < text.size) {
            assay_buf_add(&line->held, "\xef\xbf\xbd", 3);
            at++;
        }
    }
    return (struct assay_text){(const char *)(uintptr_t)(begin + 1), line->held.size - begin};
}

static void settle(const struct line *line, struct assay_text *text)
{
    if (text->at)
        text->at = line->held.at ? line->held.at + ((uintptr_t)text->at - 1) : "";
}

static struct assay_text *member(struct line *line, enum line_key key)
{
    struct assay_document *d = &line->record;
    struct assay_text *const rows[LINE_KEYS] = {&d->doc,   &line->text, &d->source,  &d->published,
                                                &d->title, &d->uri,     &d->declared};
    return rows[key];
}

static int add_pair(struct line *line, struct assay_text key, struct assay_text value)
{
    for (uint32_t i = 0; i < line->pairs; i++) {
        struct assay_text known = line->pair[i].key;
        settle(line, &known);
        if (known.size == key.size && memcmp(known.at, line->held.at + ((uintptr_t)key.at - 1), key.size) == 0) {
            line->pair[i].value = value;
            return 1;
        }
    }
    if (line->pairs == LINE_PAIRS)
        return bad(line, "limit", "more than 512 other keys");
    line->pair[line->pairs++] = (struct assay_pair){key, value};
    return 1;
}

/* The value whose first token was `type`, as metadata: strings decoded, the rest as written. null adds nothing. */
static int read_other(struct line *line, enum assay_json_type type, struct assay_text key)
{
    if (type == ASSAY_JSON_NULL)
        return 1;
    if (type == ASSAY_JSON_STRING)
        return add_pair(line, key, hold_valid(line, line->json.text));
    struct assay_text whole;
    if (!assay_json_skip(&line->json, type, &whole))
        return bad(line, "syntax", line->json.error);
    return add_pair(line, key, hold_valid(line, whole));
}

/* A key "metadata" with an object is what our own writer prints: its entries become entries again. */
static int read_metadata(struct line *line)
{
    for (;;) {
        enum assay_json_type type = assay_json_next(&line->json);
        if (type == ASSAY_JSON_CLOSE)
            return 1;
        if (type != ASSAY_JSON_STRING)
            return bad(line, "syntax", line->json.error);
        struct assay_text key = hold_valid(line, line->json.text);
        type = assay_json_next(&line->json);
        if (type == ASSAY_JSON_ERROR)
            return bad(line, "syntax", line->json.error);
        if (!read_other(line, type, key))
            return 0;
    }
}

static int read_known(struct line *line, enum assay_json_type type, enum line_key key, struct assay_text name)
{
    struct assay_text *to = member(line, key), whole;
    switch (type) {
    case ASSAY_JSON_NULL:
        *to = (struct assay_text){NULL, 0};
        return 1;
    case ASSAY_JSON_STRING:
        *to = key == LINE_TEXT ? hold(line, line->json.text) : hold_valid(line, line->json.text);
        return 1;
    case ASSAY_JSON_OBJECT:
    case ASSAY_JSON_ARRAY:
        if (key != LINE_TEXT)
            return read_other(line, type, hold_valid(line, name));
        break;
    default:
        if (key != LINE_TEXT && assay_json_skip(&line->json, type, &whole)) {
            *to = hold(line, whole);
            return 1;
        }
    }
    return bad(line, "syntax", "the text is no string");
}

static int read_member(struct line *line, const struct assay_text key[LINE_KEYS])
{
    int known = LINE_KEYS;
    for (int i = 0; i < LINE_KEYS; i++)
        if (assay_text_same(line->json.text, key[i])) {
            known = i;
            break;
        }
    struct assay_text name = {NULL, 0};
    int metadata = known == LINE_KEYS && assay_text_same(line->json.text, (struct assay_text){"metadata", 8});
    if (known == LINE_KEYS)
        name = hold_valid(line, line->json.text);
    enum assay_json_type type = assay_json_next(&line->json);
    if (type == ASSAY_JSON_ERROR)
        return bad(line, "syntax", line->json.error);
    if (metadata && type == ASSAY_JSON_OBJECT)
        return read_metadata(line);
    return known == LINE_KEYS ? read_other(line, type, name) : read_known(line, type, known, key[known]);
}

static int read_object(struct line *line, const struct assay_text key[LINE_KEYS])
{
    enum assay_json_type type = assay_json_next(&line->json);
    if (type != ASSAY_JSON_OBJECT)
        return bad(line, "syntax", "the line is no JSON object such as {\"text\": \"...\"}");
    while ((type = assay_json_next(&line->json)) == ASSAY_JSON_STRING)
        if (!read_member(line, key))
            return 0;
    if (type != ASSAY_JSON_CLOSE || assay_json_next(&line->json) != ASSAY_JSON_END)
        return bad(line, "syntax", line->json.error);
    return line->text.at
               ? 1
               : bad(line, "syntax", "the line has no text under the key that the option 'text' names");
}

/* What is no date is no `published`: it stays readable under metadata. */
static int check_published(struct line *line)
{
    struct assay_text *published = &line->record.published, value = *published;
    struct assay_date date;
    settle(line, &value);
    if (!value.at || assay_date_read(&date, value))
        return 1;
    value = line->no_date = *published;
    *published = (struct assay_text){NULL, 0};
    return value.size == 0 || add_pair(line, hold(line, (struct assay_text){"published", 9}), value);
}

int line_read(struct line *line, struct assay_text bytes, const struct assay_text key[LINE_KEYS])
{
    line->held.size = 0;
    line->pairs = 0;
    line->record = (struct assay_document){0};
    line->text = line->no_date = (struct assay_text){NULL, 0};
    assay_json_start(&line->json, bytes);
    if (!read_object(line, key))
        return 0;
    if (!line->held.failed && !check_published(line))
        return 0;
    if (line->held.failed) {
        line->held = (struct assay_buf){.at = line->held.at, .room = line->held.room};
        return bad(line, "memory", "out of memory");
    }
    for (int i = 0; i < LINE_KEYS; i++)
        settle(line, member(line, i));
    settle(line, &line->no_date);
    for (uint32_t i = 0; i < line->pairs; i++) {
        settle(line, &line->pair[i].key);
        settle(line, &line->pair[i].value);
    }
    line->record.metadata = (struct assay_list){line->pairs ? line->pair : NULL, line->pairs, sizeof line->pair[0]};
    return 1;
}

void line_free(struct line *line)
{
    assay_json_done(&line->json);
    assay_buf_free(&line->held);
}
