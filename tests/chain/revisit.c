/* SPDX-License-Identifier: Apache-2.0
 *
 * For revisit.sh. Documents are lines "group 12 see d7 ...". The first round counts the documents of each group and marks each with its
 * digits. The maps of the second read marks and texts, of the document and of the one it names, and keep a sum beside the document; those
 * of the third what the second told and kept, and the count of the group, in fours, and of one beside the group of the document named; they keep something, too. The words BLOB, NOTE and MEMORY make the second ask for the whole table of counts,
 * say something, and ask for memory. With -DWRONG=N they do what is refused. With -DJOINS the third combines, with -DCARELESS it also
 * promises nothing.
 */
#include <assay/plugin.h>

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#ifndef NAME
#define NAME r_revisit
#endif
#ifndef WRONG
#define WRONG 0
#endif
#define TEXT_OF(x) #x
#define STRING(x) TEXT_OF(x)
#define JOIN_OF(a, b) a##b
#define JOIN(a, b) JOIN_OF(a, b)

struct number {
    uint64_t group, number;
};
static const struct assay_field number_rows[] = {
    ASSAY_FIELD(struct number, group, ASSAY_U64, ASSAY_KEY, NULL, "group"),
    ASSAY_FIELD(struct number, number, ASSAY_U64, 0, NULL, "what there is to tell"),
};
static const struct assay_fields number_fields = ASSAY_FIELDS(struct number, number_rows);

enum { SLOT_COUNT, SLOT_MARK, SLOT_TOLD, SLOT_TOTAL, SLOT_KEPT, SLOT_LAST };
#define PREFIX(name) STRING(JOIN(NAME, name))
static const struct assay_layer layers[] = {
    {ASSAY_PRIVATE, 1, ASSAY_ON_CORPUS, 1, PREFIX(_count), &number_fields, "documents of a group"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 1, PREFIX(_mark), &number_fields, "sum of digits"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 2, PREFIX(_told), &number_fields, "of its group"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 3, PREFIX(_total), &number_fields, "sums"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT | ASSAY_BY_MAP, 2, PREFIX(_kept), &number_fields, "what the second map kept"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT | ASSAY_BY_MAP, 3, PREFIX(_last), &number_fields, "what the third map kept"},
};

struct self {
    const struct assay_host *host;
};

static assay_status open_self(const struct assay_host *host, const void *options, void **self)
{
    struct self *s = calloc(1, sizeof *s);
    (void)options;
    *self = s;
    if (!s)
        return ASSAY_ENOMEM;
    s->host = host;
    return ASSAY_OK;
}

static void close_self(void *self)
{
    free(self);
}

static uint64_t group_of(const struct assay_host *h, const struct assay_doc *doc)
{
    return strtoull(h->text(h, doc).at + 6, NULL, 10);
}

/* The document that this one names; its name's hash. */
static assay_docid named_by(const struct assay_host *h, const struct assay_doc *doc)
{
    struct assay_text text = h->text(h, doc);
    const char *see = memmem(text.at, text.size, "see ", 4);
    return see ? XXH3_64bits(see + 4, strcspn(see + 4, " ")) : 0;
}

static uint64_t number_of(const struct assay_host *h, const struct assay_doc *doc, uint32_t slot)
{
    struct assay_list list = h->records(h, doc, slot);
    return list.count ? ASSAY_AT(struct number, list, 0)->number : 77;
}

static assay_status emit(const struct assay_host *h, struct assay_out *out, uint64_t key, uint64_t number)
{
    struct number value = {key, number};
    return h->emit(h, out, &key, sizeof key, &value);
}

/* ---- counts, marks ---- */

static assay_status map_group(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = ((struct self *)self)->host;
    struct assay_text text = h->text(h, doc);
    uint64_t mark = 0;
    for (uint64_t i = 0; i < text.size; i++)
        mark += text.at[i] >= '0' && text.at[i] <= '9' ? (uint64_t)(text.at[i] - '0') : 0;
    return emit(h, out, group_of(h, doc), mark);
}

static assay_status count_group(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    const struct assay_host *h = ((struct self *)self)->host;
    struct number count = {0, h->count(h, values)};
    struct assay_list batch;
    const assay_docid *docs;
    assay_status status;
    memcpy(&count.group, key, size);
    while (!(status = h->next(h, values, 100, &batch, &docs)))
        for (uint32_t i = 0; i < batch.count && !status; i++)
            status = h->to_document(h, out, SLOT_MARK, docs[i], ASSAY_AT(struct number, batch, i));
    return status == ASSAY_END ? h->to_corpus(h, out, SLOT_COUNT, &count) : status;
}

static assay_status share_counts(void *self, struct assay_values *values, struct assay_out *out)
{
    const struct assay_host *h = ((struct self *)self)->host;
    uint64_t table[64] = {0};
    struct assay_list batch;
    while (!h->next(h, values, 100, &batch, NULL))
        for (uint32_t i = 0; i < batch.count; i++)
            table[ASSAY_AT(struct number, batch, i)->group % 64] += ASSAY_AT(struct number, batch, i)->number;
    return h->share(h, out, table, sizeof table);
}

/* ---- what is told ---- */

static assay_status map_marks(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = ((struct self *)self)->host;
    struct assay_text text = h->text(h, doc);
    const struct assay_doc *other;
    uint64_t sum = number_of(h, doc, SLOT_MARK);
    if (h->view(h, out, named_by(h, doc), &other))
        sum += 1000000;
    else
        sum += 1000 * number_of(h, other, SLOT_MARK) + (h->text(h, other).size & 1 ? 500 : 0);
    if (memmem(text.at, text.size, "BLOB", 4))
        sum += XXH3_64bits(h->shared(h, 1).at, h->shared(h, 1).size) % 1000;
    if (memmem(text.at, text.size, "NOTE", 4))
        h->note(h, ASSAY_NOTE_INFO, "something");
    if (memmem(text.at, text.size, "MEMORY", 6))
        sum += h->memory(h) != 0;
    if (memmem(text.at, text.size, "FAIL", 4))
        return h->fail(h, ASSAY_EDOC, "as it was asked");
    struct number kept = {group_of(h, doc), sum / 2};
    if (WRONG == 1)
        return h->to_document(h, out, SLOT_KEPT, named_by(h, doc), &kept);
    if (WRONG == 2)
        return h->to_document(h, out, SLOT_TOLD, h->docid(h, doc), &kept);
    assay_status status = kept.group == 41 ? ASSAY_OK : h->to_document(h, out, SLOT_KEPT, h->docid(h, doc), &kept); /* some have none */
    if (!status)
        status = emit(h, out, group_of(h, doc), sum);
    return status ? status : emit(h, out, group_of(h, doc) + 100, sum / 2);
}

static assay_status tell_group(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    const struct assay_host *h = ((struct self *)self)->host;
    struct number told = {0, 0};
    struct assay_list batch;
    const assay_docid *docs;
    assay_docid doc = 0;
    memcpy(&told.group, key, size);
    while (!h->next(h, values, 100, &batch, &docs))
        for (uint32_t i = 0; i < batch.count; i++) {
            doc = docs[i];
            told.number = told.number * 31 + ASSAY_AT(struct number, batch, i)->number;
        }
    return told.group < 100 ? h->to_document(h, out, WRONG == 3 ? SLOT_KEPT : SLOT_TOLD, doc, &told) : ASSAY_OK;
}

/* ---- totals ---- */

static uint64_t fours(const struct assay_host *h, const struct assay_doc *doc)
{
    struct assay_text blob = h->shared(h, 1);
    return blob.at ? ((const uint64_t *)(const void *)blob.at)[group_of(h, doc) % 64] / 4 : 0;
}

/* Taken on account of a document by those that view it, too: how many there are of another group. */
static uint64_t beside(const struct assay_host *h, const struct assay_doc *doc)
{
#ifdef JOINS
    (void)h, (void)doc;
    return 0;
#else
    struct assay_text blob = h->shared(h, 1);
    return blob.at ? ((const uint64_t *)(const void *)blob.at)[(group_of(h, doc) + 40) % 64] : 0;
#endif
}

static assay_status map_told(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = ((struct self *)self)->host;
    const struct assay_doc *other;
    uint64_t sum = number_of(h, doc, SLOT_TOLD) + 7 * number_of(h, doc, SLOT_KEPT) + fours(h, doc);
    if (!h->view(h, out, named_by(h, doc), &other))
        sum += 3 * number_of(h, other, SLOT_TOLD) + 5 * number_of(h, other, SLOT_MARK) + 11 * number_of(h, other, SLOT_KEPT) +
               13 * beside(h, other);
    struct number last = {group_of(h, doc), sum};
    assay_status status = last.group % 2 ? ASSAY_OK : h->to_document(h, out, SLOT_LAST, h->docid(h, doc), &last);
    return status ? status : emit(h, out, group_of(h, doc), sum);
}

/* What a map takes of the counts, as places of the table. BADKEYS: of some it cannot be told; what is told of a document is told of those that view it. */
static assay_status looks(void *self, uint32_t round, const struct assay_doc *doc, struct assay_out *subject, struct assay_list *keys)
{
    const struct assay_host *h = ((struct self *)self)->host;
    uint32_t *key = h->alloc(h, subject, 2 * sizeof *key);
    struct assay_text text = h->text(h, doc);
    if (!key || round != 3)
        return ASSAY_ENOMEM;
    if (memmem(text.at, text.size, "BADKEYS", 7))
        return h->fail(h, ASSAY_EDOC, "as it was asked");
    key[0] = (uint32_t)(group_of(h, doc) % 64);
    key[1] = 64 + (uint32_t)((group_of(h, doc) + 40) % 64);
#ifdef JOINS
    *keys = (struct assay_list){key, 1, sizeof *key};
#else
    *keys = (struct assay_list){key, 2, sizeof *key};
#endif
    return ASSAY_OK;
}

static assay_status differs(void *self, uint32_t round, struct assay_out *subject, struct assay_list *keys)
{
    const struct assay_host *h = ((struct self *)self)->host;
    const uint64_t *now = (const void *)h->shared(h, 1).at, *before = (const void *)h->shared_before(h, 1).at;
    uint32_t *key = h->alloc(h, subject, 128 * sizeof *key), n = 0;
    if (!key || !now || !before || round != 3)
        return ASSAY_SKIP;
    for (uint32_t i = 0; i < 64; i++) {
        if (now[i] / 4 != before[i] / 4)
            key[n++] = i;
        if (now[i] != before[i])
            key[n++] = 64 + i;
    }
    *keys = (struct assay_list){key, n, sizeof *key};
    return ASSAY_OK;
}

static assay_status total_up(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    const struct assay_host *h = ((struct self *)self)->host;
    struct number total = {0, 0};
    struct assay_list batch;
    memcpy(&total.group, key, size);
    while (!h->next(h, values, 100, &batch, NULL))
        for (uint32_t i = 0; i < batch.count; i++)
            total.number += ASSAY_AT(struct number, batch, i)->number;
    return h->to_corpus(h, out, SLOT_TOTAL, &total);
}

#if defined(CARELESS) || defined(JOINS)
#define COMBINE add_up
static assay_status add_up(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    const struct assay_host *h = ((struct self *)self)->host;
    struct assay_list batch;
    uint64_t group, sum = 0;
    memcpy(&group, key, size);
    while (!h->next(h, values, 100, &batch, NULL))
        for (uint32_t i = 0; i < batch.count; i++)
            sum += ASSAY_AT(struct number, batch, i)->number;
    return emit(h, out, group, sum);
}
#else
#define COMBINE NULL
#endif

#ifdef CARELESS
#define PROMISE 0
#define PROMISE_SEEN 0
#else
#define PROMISE ASSAY_FRESH_MAP
#define PROMISE_SEEN (ASSAY_FRESH_MAP | ASSAY_LOOKS)
#endif

static const struct assay_round rounds[] = {
    {"count", 8, 0, &number_fields, map_group, NULL, count_group, share_counts, SLOT_COUNT, 0},
    {"mark", 8, 0, &number_fields, map_marks, NULL, tell_group, NULL, ASSAY_NEVER, PROMISE},
    {"total", 8, 0, &number_fields, map_told, COMBINE, total_up, NULL, ASSAY_NEVER, PROMISE_SEEN},
};

#define PLUGIN(name) ASSAY_PLUGIN(name)
PLUGIN(NAME) = {ASSAY_ABI, .name = STRING(NAME), .version = "1", .summary = "for a test", .license = "Apache-2.0",
    .role = ASSAY_ANALYSER, .layer = layers, .layers = ASSAY_COUNT(layers), .round = rounds, .rounds = ASSAY_COUNT(rounds),
    .open = open_self, .close = close_self,
    .looks = looks, .differs = differs};
