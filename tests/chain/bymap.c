/* SPDX-License-Identifier: Apache-2.0
 *
 * For bymap.sh: what a map tells its own document. The first round's map keeps the size of each text beside it, the second's sets it
 * against that of the document it names ("... see d7 ..."), and keeps that, too; its reduce counts. The words FAIL and DIE stop the
 * first map when it has added. -DWRONG=N does what is refused.
 */
#include <assay/plugin.h>

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#ifndef WRONG
#define WRONG 0
#endif

struct size {
    uint64_t bytes;
};
static const struct assay_field size_rows[] = {
    ASSAY_FIELD(struct size, bytes, ASSAY_U64, 0, NULL, "bytes"),
};
static const struct assay_fields size_fields = ASSAY_FIELDS(struct size, size_rows);

enum { SIZE, MORE, LIKE, TOTAL };
static const struct assay_layer layers[] = {
    [SIZE] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT | ASSAY_BY_MAP, 1, "size", &size_fields, "how long the text is"},
    [MORE] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT | ASSAY_BY_MAP, 2, "more", &size_fields, "longer than the one it names, by so much"},
    [LIKE] = {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 2, "like", &size_fields, "documents of that size"},
    [TOTAL] = {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 2, "total", &size_fields, "documents of a size"},
};

static assay_status open_any(const struct assay_host *host, const void *options, void **self)
{
    (void)options;
    *self = (void *)(uintptr_t)host;
    return ASSAY_OK;
}

static assay_status analyse(void *self, struct assay_doc *doc)
{
    const struct assay_host *h = self;
    struct size size = {1};
    return WRONG == 5 ? h->add(h, doc, SIZE, &size) : ASSAY_OK;
}

static assay_status keep_size(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = self;
    struct assay_text text = h->text(h, doc);
    struct size size = {text.size};
    assay_status e = h->to_document(h, out, WRONG == 4 ? MORE : SIZE, h->docid(h, doc) + (WRONG == 1), &size);
    if (e)
        return e;
    if (h->records(h, doc, SIZE).count)
        return h->fail(h, ASSAY_EDOC, "it sees what it adds");
    if (memmem(text.at, text.size, "DIE", 3))
        abort();
    return memmem(text.at, text.size, "FAIL", 4) ? h->fail(h, ASSAY_EDOC, "not this one") : ASSAY_OK;
}

static const struct size *size_of(const struct assay_host *h, const struct assay_doc *doc)
{
    struct assay_list list = h->records(h, doc, SIZE);
    return list.count == 1 ? ASSAY_AT(struct size, list, 0) : NULL;
}

static assay_docid named_by(const struct assay_host *h, const struct assay_doc *doc)
{
    struct assay_text text = h->text(h, doc);
    const char *see = memmem(text.at, text.size, "see ", 4);
    return see ? XXH3_64bits(see + 4, strcspn(see + 4, " ")) : 0;
}

static assay_status keep_more(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = self;
    const struct size *own = size_of(h, doc), *theirs;
    const struct assay_doc *other;
    if (!own)
        return ASSAY_OK;
    if (!h->view(h, out, named_by(h, doc), &other) && (theirs = size_of(h, other)) && theirs->bytes < own->bytes) {
        struct size more = {own->bytes - theirs->bytes};
        assay_status e = h->to_document(h, out, WRONG == 2 ? LIKE : MORE, h->docid(h, doc), &more);
        if (e)
            return e;
    }
    return h->emit(h, out, &own->bytes, sizeof own->bytes, NULL);
}

static assay_status nothing(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    (void)self, (void)key, (void)size, (void)values, (void)out;
    return ASSAY_OK;
}

static assay_status count(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    const struct assay_host *h = self;
    const struct assay_doc *doc;
    struct assay_list batch;
    const assay_docid *docs;
    struct size total = {0}, like = {h->count(h, values)};
    memcpy(&total.bytes, key, size);
    assay_status e = h->next(h, values, 1, &batch, &docs);
    e = e ? e : h->view(h, out, docs[0], &doc);
    if (!e && h->records(h, doc, MORE).count) /* a reduce sees what the maps of its round have kept */
        like.bytes += 1000;
    e = e ? e : h->to_document(h, out, WRONG == 3 ? MORE : LIKE, docs[0], &like);
    return e ? e : h->to_corpus(h, out, TOTAL, &total);
}

static const struct assay_round rounds[] = {
    {"size", 8, 0, NULL, keep_size, NULL, nothing, NULL, ASSAY_NEVER, ASSAY_FRESH | ASSAY_FRESH_MAP},
    {"more", 8, 0, NULL, keep_more, NULL, count, NULL, ASSAY_NEVER, ASSAY_FRESH | ASSAY_FRESH_MAP},
};

#define NAME_(n) ASSAY_PLUGIN(n)
#define TEXT_(n) #n
#define TEXT(n) TEXT_(n)
NAME_(PLUGIN) = {ASSAY_ABI, .name = TEXT(PLUGIN), .version = "1", .summary = "for a test", .license = "Apache-2.0",
    .role = ASSAY_ANALYSER, .layer = layers, .layers = ASSAY_COUNT(layers), .round = rounds, .rounds = ASSAY_COUNT(rounds),
    .open = open_any, .analyse = analyse};
