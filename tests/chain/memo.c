/* SPDX-License-Identifier: Apache-2.0
 *
 * For memo.sh. r_memo: its first round gives each document a mark, the digits of its text; its second sums up, group by group,
 * the marks of the group's documents and of those that their texts name ("see d12"). A text with NOTE makes it say so, one with
 * SHARED look at the blob.
 */
#include <assay/plugin.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#ifndef VERSION
#define VERSION "1"
#endif
#ifndef FLAGS
#define FLAGS ASSAY_FRESH
#endif

struct options {
    uint64_t add;
};
static const struct assay_field option_rows[] = {
    ASSAY_OPTION(struct options, add, ASSAY_U64, 0, NULL, "0", NULL, NULL, "to every sum"),
};
static const struct assay_fields option_fields = ASSAY_FIELDS(struct options, option_rows);

struct mark {
    uint64_t number;
};
static const struct assay_field mark_rows[] = {ASSAY_FIELD(struct mark, number, ASSAY_U64, ASSAY_KEY, NULL, "sum of digits")};
static const struct assay_fields mark_fields = ASSAY_FIELDS(struct mark, mark_rows);

struct total {
    uint64_t group, sum;
};
static const struct assay_field total_rows[] = {
    ASSAY_FIELD(struct total, group, ASSAY_U64, ASSAY_KEY, NULL, "group"),
    ASSAY_FIELD(struct total, sum, ASSAY_U64, 0, NULL, "of its documents, and those they name"),
};
static const struct assay_fields total_fields = ASSAY_FIELDS(struct total, total_rows);

enum { SLOT_MARK, SLOT_TOLD, SLOT_TOTAL };
static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 1, "mark", &mark_fields, "sum of digits"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 2, "told", &total_fields, "the sum of its group"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 2, "total", &total_fields, "sums"},
};

struct self {
    const struct assay_host *host;
    uint64_t add;
};

static assay_status open_self(const struct assay_host *host, const void *options, void **self)
{
    struct self *s = calloc(1, sizeof *s);
    if (!s)
        return ASSAY_ENOMEM;
    *s = (struct self){host, ((const struct options *)options)->add};
    *self = s;
    return ASSAY_OK;
}

static void close_self(void *self)
{
    free(self);
}

static assay_status map_own(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = ((struct self *)self)->host;
    assay_docid id = h->docid(h, doc);
    return h->emit(h, out, &id, sizeof id, NULL);
}

static assay_status mark_it(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    const struct assay_host *h = ((struct self *)self)->host;
    struct mark mark = {0};
    assay_docid id;
    const struct assay_doc *doc;
    (void)values;
    memcpy(&id, key, size);
    assay_status status = h->view(h, out, id, &doc);
    if (status)
        return status;
    struct assay_text text = h->text(h, doc);
    for (uint64_t i = 0; i < text.size; i++)
        mark.number += text.at[i] >= '0' && text.at[i] <= '9' ? (uint64_t)(text.at[i] - '0') : 0;
    return h->to_document(h, out, SLOT_MARK, id, &mark);
}

static assay_status share_it(void *self, struct assay_values *values, struct assay_out *out)
{
    const struct assay_host *h = ((struct self *)self)->host;
    (void)values;
    return h->share(h, out, "blob", 5);
}

/* "group 12 ..." */
static assay_status map_group(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = ((struct self *)self)->host;
    uint64_t group = strtoull(h->text(h, doc).at + 6, NULL, 10);
    return h->emit(h, out, &group, sizeof group, NULL);
}

static uint64_t mark_of(const struct assay_host *h, struct assay_out *out, assay_docid id, struct assay_text *text)
{
    const struct assay_doc *doc;
    if (h->view(h, out, id, &doc))
        return 1000000;
    struct assay_list marks = h->records(h, doc, SLOT_MARK);
    if (text)
        *text = h->text(h, doc);
    return marks.count ? ASSAY_AT(struct mark, marks, 0)->number : 0;
}

static assay_status sum_up(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    struct self *s = self;
    const struct assay_host *h = s->host;
    struct assay_list batch;
    const assay_docid *docs;
    struct total total = {0, s->add};
    assay_status status = h->next(h, values, 100, &batch, &docs);
    memcpy(&total.group, key, size);
    for (uint32_t i = 0; i < batch.count && !status; i++) {
        struct assay_text text;
        total.sum += mark_of(h, out, docs[i], &text);
        const char *see = memmem(text.at, text.size, "see ", 4);
        if (see)
            total.sum += 1000 * mark_of(h, out, XXH3_64bits(see + 4, strcspn(see + 4, " ")), NULL);
        if (memmem(text.at, text.size, "NOTE", 4))
            h->note(h, ASSAY_NOTE_INFO, "group %llu", (unsigned long long)total.group);
        if (memmem(text.at, text.size, "SHARED", 6))
            total.sum += h->shared(h, 1).size;
    }
    for (uint32_t i = 0; i < batch.count && !status; i++)
        status = h->to_document(h, out, SLOT_TOLD, docs[i], &total);
    return status ? status : h->to_corpus(h, out, SLOT_TOTAL, &total);
}

static const struct assay_round rounds[] = {
    {"mark", 8, 0, NULL, map_own, NULL, mark_it, share_it, ASSAY_NEVER, 0},
    {"sum", 8, 0, NULL, map_group, NULL, sum_up, NULL, ASSAY_NEVER, FLAGS},
};

ASSAY_PLUGIN(r_memo) = {ASSAY_ABI, .name = "r_memo", .version = VERSION, .summary = "for a test", .license = "Apache-2.0",
    .role = ASSAY_ANALYSER, .options = &option_fields, .layer = layers, .layers = ASSAY_COUNT(layers), .round = rounds,
    .rounds = ASSAY_COUNT(rounds), .open = open_self, .close = close_self};
