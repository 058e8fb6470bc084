/* SPDX-License-Identifier: Apache-2.0
 *
 * Analyser results: gives documents and corpus back the records of a finished result (a file of the jsonl writer), so
 * that another writer can print them: `assay export`. Nothing is analysed. It knows the layers of the public headers.
 */
#include <assay/plugin.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <assay/kit/decode.h>
#include <assay/layers/claim.h>
#include <assay/layers/copy.h>
#include <assay/layers/finding.h>
#include <assay/layers/text.h>

#include "file.h"

struct options {
    struct assay_text path;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, path, ASSAY_PATH, ASSAY_MUST, NULL, NULL, NULL, NULL, "a result of the jsonl writer, written with text = true"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

enum { LANGUAGE, SENTENCE, BOILERPLATE, PAGE, CLAIM, ORIGIN, COPY, CLUSTER, FINDING, SLOTS };
static const struct assay_layer layers[SLOTS] = {
    [LANGUAGE] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "language", &assay_language_fields, "as they were"},
    [SENTENCE] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "sentence", &assay_sentence_fields, "as they were"},
    [BOILERPLATE] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "boilerplate", &assay_boilerplate_fields, "as they were"},
    [PAGE] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "page", &assay_page_fields, "as they were"},
    [CLAIM] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT | ASSAY_NAMED, 0, "claim", &assay_claim_fields, "as they were"},
    [ORIGIN] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "origin", &assay_origin_fields, "as they were"},
    [COPY] = {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 1, "copy", &assay_copy_fields, "as they were"},
    [CLUSTER] = {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 1, "cluster", &assay_cluster_fields, "as they were"},
    [FINDING] = {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 1, "finding", &assay_finding_fields, "as they were"},
};

struct self {
    const struct assay_host *host;
    struct file file;
    void *subject; /* of the hook in hand */
};

static void *alloc(void *own, uint64_t size)
{
    struct self *s = own;
    return s->host->alloc(s->host, s->subject, size);
}

static int ref(void *own, const char *layer, struct assay_text id, struct assay_ref *to)
{
    struct self *s = own;
    return !strcmp(layer, "claim/1") && file_claim(&s->file, id, to);
}

static uint32_t slot_of(struct assay_text line)
{
    static const char begin[] = "{\"type\":\"";
    size_t from = sizeof begin - 1;
    if (line.size <= from || memcmp(line.at, begin, from) != 0)
        return SLOTS;
    const char *name = line.at + from, *quote = memchr(name, '"', line.size - from);
    for (uint32_t i = 0; quote && i < SLOTS; i++)
        if (strlen(layers[i].name) == (size_t)(quote - name) && !memcmp(layers[i].name, name, (size_t)(quote - name)))
            return i;
    return SLOTS;
}

/* One line: decoded and added to the document (`doc`) or the corpus (`out`). */
static assay_status add_line(struct self *s, struct assay_text line, struct assay_doc *doc, struct assay_out *out)
{
    union {
        struct assay_claim claim;
        struct assay_finding finding;
        struct assay_copy copy;
    } record; /* the largest */
    struct assay_decode d = {.own = s, .alloc = alloc, .ref = ref};
    uint32_t slot = slot_of(line);
    if (slot == SLOTS || (doc != NULL) != (slot < COPY))
        return ASSAY_OK;
    if (layers[slot].fields->record_size > sizeof record ||
        !assay_decode_record(&d, layers[slot].fields, line, &record))
        return s->host->fail(s->host, ASSAY_EDOC, "a record of type %s: %s", layers[slot].name,
                             d.error ? d.error : "too large");
    return doc ? s->host->add(s->host, doc, slot, &record) : s->host->to_corpus(s->host, out, slot, &record);
}

static assay_status add_lines(struct self *s, uint64_t at, uint64_t size, struct assay_doc *doc, struct assay_out *out)
{
    char *bytes = size ? file_bytes(&s->file, at, size) : NULL, *p = bytes, *end = p + size;
    assay_status status = ASSAY_OK;
    if (size && !bytes)
        return s->host->fail(s->host, ASSAY_EFATAL, "the result cannot be read again: %s", strerror(errno));
    while (!status && p < end) {
        char *line = p, *stop = memchr(p, '\n', (size_t)(end - p));
        stop = stop ? stop : end;
        status = add_line(s, (struct assay_text){line, (uint64_t)(stop - line)}, doc, out);
        p = stop + 1;
    }
    free(bytes);
    return status;
}

static assay_status analyse(void *own, struct assay_doc *doc)
{
    struct self *s = own;
    const struct file_doc *x = file_doc(&s->file, s->host->docid(s->host, doc));
    s->subject = doc;
    return x ? add_lines(s, x->at, x->size, doc, NULL) : ASSAY_OK;
}

static assay_status map_nothing(void *own, const struct assay_doc *doc, struct assay_out *out)
{
    (void)own;
    (void)doc;
    (void)out;
    return ASSAY_OK;
}

/* The corpus' records, a piece of the file at a time. */
static assay_status finish(void *own, struct assay_values *values, struct assay_out *out)
{
    struct self *s = own;
    (void)values;
    s->subject = out;
    return add_lines(s, s->file.corpus, s->file.size - s->file.corpus, NULL, out);
}

static const struct assay_round rounds[] = {
    {.name = "corpus", .key_size = 8, .map = map_nothing, .finish = finish, .finish_slot = ASSAY_NEVER},
};

static void close_(void *own)
{
    struct self *s = own;
    file_close(&s->file);
    free(s);
}

static assay_status open_(const struct assay_host *h, const void *options, void **own)
{
    const struct options *o = options;
    struct self *s = calloc(1, sizeof *s);
    char *path = strndup(o->path.at, o->path.size);
    assay_status status = s && path ? ASSAY_OK : ASSAY_ENOMEM;
    if (!status) {
        s->host = h;
        if (!file_open(&s->file, path))
            status = h->fail(h, ASSAY_ECONF, "%s: %s", path, s->file.why);
    }
    free(path);
    if (!status)
        *own = s;
    else if (s)
        close_(s);
    return status;
}

ASSAY_PLUGIN(results) = {
    ASSAY_ABI,
    .name = "results",
    .version = "1",
    .summary = "gives back the records of a finished result, for another writer",
    .license = "Apache-2.0",
    .role = ASSAY_ANALYSER,
    .options = &option_fields,
    .layer = layers,
    .layers = SLOTS,
    .round = rounds,
    .rounds = 1,
    .open = open_,
    .analyse = analyse,
    .close = close_,
};
