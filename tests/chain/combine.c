/* SPDX-License-Identifier: Apache-2.0
 *
 * For combine.sh: counts words in two rounds, the first with the words as keys and the second, a pass later, with 8 bytes.
 * Built as w_plain (no combine), w_joined (combine) and w_stuck (a combine that fails or dies on some words).
 */
#include <assay/plugin.h>

#include <stdlib.h>
#include <string.h>

struct sum {
    uint64_t words, documents;
};
static const struct assay_field sum_rows[] = {
    ASSAY_FIELD(struct sum, words, ASSAY_U64, 0, NULL, "words"),
    ASSAY_FIELD(struct sum, documents, ASSAY_U64, 0, NULL, "emissions"),
};
static const struct assay_fields sum_fields = ASSAY_FIELDS(struct sum, sum_rows);

struct tally {
    struct assay_text word;
    uint64_t round, words, documents, first, values;
};
static const struct assay_field tally_rows[] = {
    ASSAY_FIELD(struct tally, word, ASSAY_TEXT, ASSAY_KEY, NULL, "the key"),
    ASSAY_FIELD(struct tally, round, ASSAY_U64, ASSAY_KEY, NULL, "which round"),
    ASSAY_FIELD(struct tally, words, ASSAY_U64, 0, NULL, "sum"),
    ASSAY_FIELD(struct tally, documents, ASSAY_U64, 0, NULL, "sum of ones"),
    ASSAY_FIELD(struct tally, first, ASSAY_U64, 0, NULL, "document of the first value"),
    ASSAY_FIELD(struct tally, values, ASSAY_U64, 0, NULL, "values that reached reduce"),
};
static const struct assay_fields tally_fields = ASSAY_FIELDS(struct tally, tally_rows);

static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 1, "words", &tally_fields, "words"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 2, "shorts", &tally_fields, "words by eight bytes"},
};

static assay_status open_any(const struct assay_host *host, const void *options, void **self)
{
    (void)options;
    *self = (void *)(uintptr_t)host;
    return ASSAY_OK;
}

static assay_status emit_words(const struct assay_host *h, const struct assay_doc *doc, struct assay_out *out, int fixed)
{
    struct assay_text text = h->text(h, doc);
    for (uint64_t at = 0; at < text.size;) {
        uint64_t end = at;
        while (end < text.size && text.at[end] != ' ')
            end++;
        char key[64] = {0};
        uint64_t size = end - at < sizeof key ? end - at : sizeof key;
        memcpy(key, text.at + at, size);
        struct sum one = {1, 1};
        assay_status e = h->emit(h, out, key, fixed ? 8 : (uint32_t)size, &one);
        if (e)
            return e;
        at = end + 1;
    }
    return ASSAY_OK;
}

static assay_status map_words(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    return emit_words(self, doc, out, 0);
}

static assay_status map_shorts(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    return emit_words(self, doc, out, 1);
}

static assay_status add_up(const struct assay_host *h, struct assay_values *values, struct tally *t)
{
    struct assay_list batch;
    const assay_docid *docs;
    assay_status e;
    while (!(e = h->next(h, values, 7, &batch, &docs)))
        for (uint32_t i = 0; i < batch.count; i++) {
            const struct sum *s = ASSAY_AT(struct sum, batch, i);
            if (!t->values++)
                t->first = docs[0];
            if (i && docs[i] < docs[i - 1])
                return h->fail(h, ASSAY_EFATAL, "values are not in order of documents");
            t->words += s->words;
            t->documents += s->documents;
        }
    return e == ASSAY_END ? ASSAY_OK : e;
}

#if !defined(PLUGIN_w_plain)
static assay_status join(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    const struct assay_host *h = self;
    struct tally t = {0};
    assay_status e = add_up(h, values, &t);
    struct sum sum = {t.words, t.documents};
#if defined(PLUGIN_w_stuck)
    const char *how = getenv("STUCK");
    if (how && *how == 'd')
        abort();
    if (how && *how == 'f' && t.words > 3)
        return h->fail(h, ASSAY_EDOC, "too many");
    if (how && *how == 'o')
        return h->emit(h, out, "otherkey", 8, &sum);
#endif
    return e ? e : h->emit(h, out, key, size, &sum);
}
#define JOIN join
#else
#define JOIN NULL
#endif

static assay_status tell(const struct assay_host *h, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out,
                         uint32_t slot)
{
    struct tally t = {{key, size}, slot + 1, 0, 0, 0, 0};
    while (t.word.size && !t.word.at[t.word.size - 1])
        t.word.size--;
    assay_status e = add_up(h, values, &t);
    return e ? e : h->to_corpus(h, out, slot, &t);
}

static assay_status reduce_words(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    return tell(self, key, size, values, out, 0);
}

static assay_status reduce_shorts(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    return tell(self, key, size, values, out, 1);
}

static const struct assay_round rounds[] = {
    {"words", 0, 0, &sum_fields, map_words, JOIN, reduce_words, NULL, ASSAY_NEVER, 0},
    {"shorts", 8, 0, &sum_fields, map_shorts, JOIN, reduce_shorts, NULL, ASSAY_NEVER, 0},
};

#define NAME_(n) ASSAY_PLUGIN(n)
#define TEXT_(n) #n
#define TEXT(n) TEXT_(n)
NAME_(PLUGIN) = {ASSAY_ABI, .name = TEXT(PLUGIN), .version = "1", .summary = "counts words", .license = "Apache-2.0",
    .role = ASSAY_ANALYSER, .layer = layers, .layers = 2, .round = rounds, .rounds = 2, .open = open_any};
