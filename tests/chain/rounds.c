/* SPDX-License-Identifier: Apache-2.0
 *
 * For rounds.sh. r_lost: an analyser without a layer of its own whose analyse fails, or dies, on some texts; its two rounds
 * count the documents they see. r_ring: its first round tells each document its number and its neighbour; the maps of the
 * second look at the neighbour's number; its reduce asks a document for its parts in one order after the other. r_much: a reduce that makes more than may wait in memory, and fails or dies after
 * it did on some keys.
 */
#include <assay/plugin.h>

#include <stdlib.h>
#include <string.h>

struct seen {
    uint64_t round, documents;
};
static const struct assay_field seen_rows[] = {
    ASSAY_FIELD(struct seen, round, ASSAY_U64, ASSAY_KEY, NULL, "which round"),
    ASSAY_FIELD(struct seen, documents, ASSAY_U64, 0, NULL, "how many it saw"),
};
static const struct assay_fields seen_fields = ASSAY_FIELDS(struct seen, seen_rows);

struct mark {
    uint64_t number;
    assay_docid neighbour;
};
static const struct assay_field mark_rows[] = {
    ASSAY_FIELD(struct mark, number, ASSAY_U64, 0, NULL, "the document's place among all"),
    ASSAY_FIELD(struct mark, neighbour, ASSAY_DOC, 0, NULL, "the one before it"),
};
static const struct assay_fields mark_fields = ASSAY_FIELDS(struct mark, mark_rows);

static assay_status open_any(const struct assay_host *host, const void *options, void **self)
{
    (void)options;
    *self = (void *)(uintptr_t)host;
    return ASSAY_OK;
}

#if defined(PLUGIN_r_lost)
static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 1, "seen_first", &seen_fields, "documents in round 1"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 2, "seen_second", &seen_fields, "documents in round 2"},
};

static assay_status analyse(void *self, struct assay_doc *doc)
{
    const struct assay_host *h = self;
    struct assay_text text = h->text(h, doc);
    if (memmem(text.at, text.size, "DIES", 4))
        abort();
    if (memmem(text.at, text.size, "FAILS", 5))
        return h->fail(h, ASSAY_EDOC, "not this one");
    return memmem(text.at, text.size, "SKIPS", 5) ? ASSAY_SKIP : ASSAY_OK;
}

static assay_status map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = self;
    (void)doc;
    return h->emit(h, out, "all", 3, NULL);
}

static assay_status tell(const struct assay_host *h, struct assay_values *values, struct assay_out *out, uint32_t round)
{
    struct seen seen = {round, h->count(h, values)};
    return h->to_corpus(h, out, round - 1, &seen);
}

static assay_status first(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    (void)key, (void)size;
    return tell(self, values, out, 1);
}

static assay_status second(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    (void)key, (void)size;
    return tell(self, values, out, 2);
}

static const struct assay_round rounds[] = {
    {"first", 0, 0, NULL, map, NULL, first, NULL, ASSAY_NEVER, 0},
    {"second", 0, 0, NULL, map, NULL, second, NULL, ASSAY_NEVER, 0},
};
#define ANALYSE .analyse = analyse,

#elif defined(PLUGIN_r_much)
static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 1, "mark", &mark_fields, "one of many"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 1, "seen", &seen_fields, "many"},
};

static assay_status map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = self;
    uint64_t key = h->docid(h, doc) % 8;
    return h->emit(h, out, &key, sizeof key, NULL);
}

static assay_status reduce(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    const struct assay_host *h = self;
    uint64_t which;
    struct assay_list batch;
    const assay_docid *docs;
    memcpy(&which, key, size);
    assay_status e = h->next(h, values, 1, &batch, &docs);
    for (uint64_t i = 0; i < 200 && !e; i++) {
        struct mark mark = {which * 1000 + i, docs[0]};
        struct seen seen = {which * 1000 + i * 7 % 200, i};
        e = h->to_document(h, out, 0, docs[0], &mark);
        e = e ? e : h->to_corpus(h, out, 1, &seen);
    }
    if (which == 5)
        abort();
    return which == 3 ? h->fail(h, ASSAY_EDOC, "key 3") : e;
}

static assay_status nothing(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    (void)self, (void)doc, (void)out;
    return ASSAY_OK;
}

static const struct assay_round rounds[] = {
    {"much", 8, 0, NULL, map, NULL, reduce, NULL, ASSAY_NEVER, 0},
    {"nothing", 8, 0, NULL, nothing, NULL, reduce, NULL, ASSAY_NEVER, 0},
};
#define ANALYSE

#else
static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 1, "mark", &mark_fields, "number and neighbour"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 2, "pair", &mark_fields, "a document and what its neighbour's number was"},
    {ASSAY_OPTIONAL, 1, ASSAY_ON_DOCUMENT, 1, "nobody_makes_this", &mark_fields, NULL},
};

static assay_status map_all(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = self;
    (void)doc;
    return h->emit(h, out, "all", 3, NULL);
}

static assay_status number_them(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    const struct assay_host *h = self;
    (void)key, (void)size;
    struct assay_list batch;
    const assay_docid *docs;
    struct mark mark = {0};
    assay_status e;
    while (!(e = h->next(h, values, 100, &batch, &docs)))
        for (uint32_t i = 0; i < batch.count; i++) {
            mark.number++;
            if ((e = h->to_document(h, out, 0, docs[i], &mark)))
                return e;
            mark.neighbour = docs[i];
        }
    return e == ASSAY_END ? ASSAY_OK : e;
}

static assay_status map_ring(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = self;
    struct assay_list own = h->records(h, doc, 0);
    const struct assay_doc *other;
    const void *resolved;
    if (own.count != 1)
        return h->fail(h, ASSAY_EDOC, "%u marks", own.count);
    const struct mark *mark = own.at;
    if (!mark->neighbour)
        return ASSAY_OK;
    assay_status e = h->view(h, out, mark->neighbour, &other);
    if (e)
        return h->fail(h, ASSAY_EDOC, "no neighbour");
    struct assay_list theirs = h->records(h, other, 0);
    if (theirs.count != 1)
        return h->fail(h, ASSAY_EDOC, "the neighbour has %u marks", theirs.count);
    struct assay_ref ref = {mark->neighbour, 0, 0};
    if (h->resolve(h, out, 0, ref, NULL, &resolved) || ((const struct mark *)resolved)->number + 1 != mark->number)
        return h->fail(h, ASSAY_EDOC, "resolve gives another record");
    if (h->resolve(h, out, 2, ref, NULL, &resolved) != ASSAY_NO || h->resolve(h, out, 1, ref, NULL, &resolved) != ASSAY_NO)
        return h->fail(h, ASSAY_EDOC, "resolve gives a record of a layer that no document has");
    return h->emit(h, out, theirs.at, 8, NULL);
}

/* What the document tells when it is asked for one of its parts. */
static const char *asked(const struct assay_host *h, struct assay_out *out, const struct assay_doc *doc, uint64_t what, const struct mark **mark)
{
    struct assay_ref ref = {h->docid(h, doc), 0, 0};
    struct assay_span span = {0, 4};
    struct assay_text name;
    const void *record;
    struct assay_list list;
    uint64_t raw[2];
    switch (what) {
    case 0:
        list = h->records(h, doc, 0);
        *mark = list.at;
        return list.count == 1 ? NULL : "no mark";
    case 1:
        return !memcmp(h->text(h, doc).at, "Text", 4) ? NULL : "another text";
    case 2:
        return !h->raw(h, doc, span, raw) && raw[0] == 0 && raw[1] == 4 ? NULL : "another place in the input";
    case 3:
        return !h->name(h, out, 0, ref, &name) && name.size > 3 && name.at[0] == 'd' ? NULL : "another name";
    default:
        return !h->resolve(h, out, 0, ref, NULL, &record) && (!*mark || ((const struct mark *)record)->number == (*mark)->number) ? NULL : "another record";
    }
}

/* What is found in one order after the other is the same, and stays where it was. */
static const char *asked_in_order(const struct assay_host *h, struct assay_out *out, assay_docid id, uint64_t order, uint64_t number)
{
    const struct assay_doc *doc;
    const struct mark *mark = NULL;
    const char *why = h->view(h, out, id, &doc) ? "no view" : NULL;
    for (uint64_t i = 0; i < 5 && !why; i++)
        why = asked(h, out, doc, (order + i * (1 + order / 5 % 4)) % 5, &mark);
    return why ? why : mark->number == number ? NULL : "another mark";
}

static assay_status tell(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    const struct assay_host *h = self;
    struct assay_list batch;
    const assay_docid *docs;
    struct mark pair = {0};
    memcpy(&pair.number, key, size);
    if (h->next(h, values, 1, &batch, &docs))
        return ASSAY_OK;
    pair.neighbour = docs[0];
    const char *why = asked_in_order(h, out, docs[0], pair.number, pair.number + 1);
    if (why)
        return h->fail(h, ASSAY_EDOC, "%s", why);
    return h->to_corpus(h, out, 1, &pair);
}

static const struct assay_round rounds[] = {
    {"number", 0, 0, NULL, map_all, NULL, number_them, NULL, ASSAY_NEVER, 0},
    {"ring", 8, 0, NULL, map_ring, NULL, tell, NULL, ASSAY_NEVER, 0},
};
#define ANALYSE
#endif

#define NAME_(n) ASSAY_PLUGIN(n)
#define TEXT_(n) #n
#define TEXT(n) TEXT_(n)
NAME_(PLUGIN) = {ASSAY_ABI, .name = TEXT(PLUGIN), .version = "1", .summary = "for a test", .license = "Apache-2.0",
    .role = ASSAY_ANALYSER, .layer = layers, .layers = ASSAY_COUNT(layers), .round = rounds, .rounds = 2, .open = open_any, ANALYSE .close = NULL};
