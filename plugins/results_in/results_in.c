/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader results_in: the documents of a finished result (of the jsonl writer, written with text = true), with their
 * texts and maps, and what that run could not read. Its other records come back through the step `results`.
 */
#include <assay/plugin.h>

#include <stdlib.h>
#include <string.h>

#include <assay/kit/decode.h>
#include <assay/kit/json.h>
#include <assay/kit/text.h>
#include <assay/layers/document.h>
#include <assay/layers/host.h>

static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, "as it was"},
};

struct self {
    const struct assay_host *host;
    struct assay_item *item;
};

/* The keys beside those of document/1. */
struct extra {
    struct assay_text text;
    struct assay_list map; /* struct assay_map */
};

static void *alloc(void *own, uint64_t size)
{
    struct self *s = own;
    return s->host->alloc(s->host, s->item, size);
}

static int read_run(struct assay_json *j, struct assay_map *run)
{
    uint64_t number[5] = {0, 0, 0, 1, 1};
    enum assay_json_type token;
    int n = 0;
    for (; (token = assay_json_next(j)) == ASSAY_JSON_NUMBER && n < 5; n++) {
        number[n] = 0;
        for (uint64_t i = 0; i < j->text.size; i++) {
            uint32_t digit = (uint32_t)(unsigned char)j->text.at[i] - '0';
            if (digit > 9 || i > 18)
                return 0;
            number[n] = number[n] * 10 + digit;
        }
    }
    *run = (struct assay_map){.to = (uint32_t)number[0],
                              .from = number[1],
                              .count = (uint32_t)number[2],
                              .to_step = (uint16_t)number[3],
                              .from_step = (uint16_t)number[4]};
    return token == ASSAY_JSON_CLOSE && (n == 3 || n == 5) && number[0] <= UINT32_MAX && number[2] <= UINT32_MAX &&
           number[3] <= 0xffff && number[4] <= 0xffff;
}

static int read_map(struct self *s, struct assay_text json, struct assay_list *map)
{
    struct assay_json j = {0};
    uint32_t room = 0;
    for (uint64_t i = 0; i < json.size; i++)
        room += json.at[i] == '[';
    struct assay_map *run = alloc(s, (uint64_t)room * sizeof *run);
    int ok = run != NULL;
    *map = (struct assay_list){run, 0, sizeof *run};
    assay_json_start(&j, json);
    ok = ok && assay_json_next(&j) == ASSAY_JSON_ARRAY;
    while (ok && assay_json_next(&j) == ASSAY_JSON_ARRAY)
        ok = map->count < room && read_run(&j, &run[map->count++]);
    assay_json_done(&j);
    return ok;
}

static int read_extra(struct self *s, struct assay_text line, struct extra *x)
{
    struct assay_json j = {0};
    enum assay_json_type token;
    struct assay_text whole;
    int ok = 1;
    *x = (struct extra){0};
    assay_json_start(&j, line);
    assay_json_next(&j);
    while (ok && (token = assay_json_next(&j)) == ASSAY_JSON_STRING) {
        int key = assay_text_is(j.text, "text") ? 1 : assay_text_is(j.text, "map") ? 2 : 0;
        token = assay_json_next(&j);
        if (key == 1 && token == ASSAY_JSON_STRING) {
            char *copy = alloc(s, j.text.size + 1);
            if (copy && j.text.size)
                memcpy(copy, j.text.at, j.text.size);
            x->text = (struct assay_text){copy, j.text.size};
        } else {
            ok = assay_json_skip(&j, token, &whole) &&
                 (key != 2 || token != ASSAY_JSON_ARRAY || read_map(s, whole, &x->map));
        }
    }
    assay_json_done(&j);
    return ok;
}

static assay_status bad(struct self *s, uint64_t at, uint64_t line, const char *why)
{
    return s->host->failed(s->host, s->item, at, line, "syntax", "%s", why);
}

static assay_status read_document(struct self *s, struct assay_text json, uint64_t at, uint64_t line)
{
    static const struct assay_map none;
    struct assay_decode d = {.own = s, .alloc = alloc};
    struct assay_document document;
    struct extra x;
    if (!assay_decode_record(&d, &assay_document_fields, json, &document))
        return bad(s, at, line, d.error);
    if (!read_extra(s, json, &x))
        return bad(s, at, line, "the map cannot be read");
    if (!x.text.at)
        return bad(s, at, line, "the result has no texts: it has to be written with text = true");
    return s->host->add_document(s->host, s->item, 0, &document, x.text, x.map.count ? x.map.at : &none, x.map.count);
}

static assay_status read_failure(struct self *s, struct assay_text json, uint64_t at, uint64_t line)
{
    struct assay_decode d = {.own = s, .alloc = alloc};
    struct assay_failure f;
    if (!assay_decode_record(&d, &assay_failure_fields, json, &f))
        return bad(s, at, line, d.error);
    struct assay_text name = f.doc.at ? f.doc : f.path;
    return s->host->failed(s->host, s->item, at, line, "unreadable", "%.*s: %.*s", (int)name.size,
                           name.at ? name.at : "", (int)f.message.size, f.message.at ? f.message.at : "");
}

static assay_status read_skipped(struct self *s, struct assay_text json, uint64_t at, uint64_t line)
{
    struct assay_decode d = {.own = s, .alloc = alloc};
    struct assay_skipped k;
    char *reason;
    if (!assay_decode_record(&d, &assay_skipped_fields, json, &k) || !(reason = alloc(s, k.reason.size + 1)))
        return bad(s, at, line, d.error ? d.error : "out of memory");
    if (k.reason.size)
        memcpy(reason, k.reason.at, k.reason.size);
    return s->host->skipped(s->host, s->item, k.path, k.bytes, reason);
}

static int begins(struct assay_text line, const char *word)
{
    size_t size = strlen(word);
    return line.size > size && !memcmp(line.at, word, size);
}

static assay_status read_line(struct self *s, struct assay_text line, uint64_t at, uint64_t number)
{
    if (begins(line, "{\"type\":\"document\","))
        return read_document(s, line, at, number);
    if (begins(line, "{\"type\":\"failure\","))
        return read_failure(s, line, at, number);
    if (begins(line, "{\"type\":\"skipped\","))
        return read_skipped(s, line, at, number);
    return ASSAY_OK;
}

static assay_status read_(void *own, struct assay_item *item, struct assay_text name)
{
    struct self *s = own;
    struct assay_text all;
    uint64_t byte, number;
    (void)name;
    s->item = item;
    assay_status status = s->host->item_bytes(s->host, item, &all);
    s->host->item_place(s->host, item, &byte, &number);
    for (uint64_t at = 0; !status && at < all.size; number++) {
        const char *end = memchr(all.at + at, '\n', all.size - at);
        uint64_t size = end ? (uint64_t)(end - all.at) - at : all.size - at;
        status = read_line(s, (struct assay_text){all.at + at, size}, byte + at, number);
        at += size + 1;
    }
    return status < 0 ? status : ASSAY_OK;
}

static assay_status accept(void *own, struct assay_text name, struct assay_text head)
{
    (void)own;
    (void)name;
    return begins(head, "{\"type\":\"") ? ASSAY_OK : ASSAY_NO;
}

static assay_status open_(const struct assay_host *h, const void *options, void **own)
{
    struct self *s = calloc(1, sizeof *s);
    (void)options;
    if (!s)
        return ASSAY_ENOMEM;
    s->host = h;
    *own = s;
    return ASSAY_OK;
}

ASSAY_PLUGIN(results_in) = {
    ASSAY_ABI,
    .name = "results_in",
    .version = "1",
    .summary = "reads the documents of a finished result (jsonl with texts)",
    .license = "Apache-2.0",
    .role = ASSAY_READER,
    .flags = ASSAY_LINES,
    .layer = layers,
    .layers = ASSAY_COUNT(layers),
    .open = open_,
    .accept = accept,
    .read = read_,
    .close = free,
};
