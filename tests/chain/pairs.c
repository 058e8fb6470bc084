/* SPDX-License-Identifier: Apache-2.0
 *
 * For pairs.sh. r_pairs: two documents of one group are a record, with the product of their numbers ("group 12 weighs 7 ..."). Up
 * to MOST documents are compared two by two, and the host is asked which are known (host->known); of more, each with the
 * one before. How many records each call makes goes to stderr. IGNORE: what is known is compared again.
 */
#include <assay/plugin.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 30u

struct weight {
    uint64_t number;
};
static const struct assay_field weight_rows[] = {ASSAY_FIELD(struct weight, number, ASSAY_U64, 0, NULL, "of the document")};
static const struct assay_fields weight_fields = ASSAY_FIELDS(struct weight, weight_rows);

struct couple {
    assay_docid a, b;
    uint64_t product;
};
static const struct assay_field couple_rows[] = {
    ASSAY_FIELD(struct couple, product, ASSAY_U64, ASSAY_KEY, NULL, "of their numbers"),
    ASSAY_FIELD(struct couple, a, ASSAY_DOC, ASSAY_KEY, NULL, "one"),
    ASSAY_FIELD(struct couple, b, ASSAY_DOC, ASSAY_KEY, NULL, "the other"),
};
static const struct assay_fields couple_fields = ASSAY_FIELDS(struct couple, couple_rows);

enum { SLOT_COUPLE, SLOT_ALONE };
static const struct assay_layer layers[] = {
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 1, "couple", &couple_fields, "two of a group"},
    {ASSAY_PROVIDES, 1, ASSAY_ON_CORPUS, 1, "alone", &weight_fields, "names no documents"},
};

static assay_status open_self(const struct assay_host *host, const void *options, void **self)
{
    (void)options;
    *self = (void *)(uintptr_t)host;
    return ASSAY_OK;
}

static void close_self(void *self)
{
    (void)self;
}

/* Each weight after "weighs" is a value of its own. */
static assay_status map_group(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = self;
    struct assay_text text = h->text(h, doc);
    uint64_t group = strtoull(text.at + 6, NULL, 10);
    const char *at = text.at, *end = text.at + text.size;
    assay_status status = ASSAY_OK;
    while (!status && (at = memmem(at, (size_t)(end - at), "weighs ", 7))) {
        struct weight w = {strtoull(at += 7, NULL, 10)};
        status = h->emit(h, out, &group, sizeof group, &w);
    }
    return status;
}

static assay_status reduce_group(void *self, const void *key, uint32_t size, struct assay_values *values,
                                 struct assay_out *out)
{
    const struct assay_host *h = self;
    struct assay_list batch, known = {0};
    const assay_docid *docs;
    unsigned compared = 0;
    assay_status status = h->next(h, values, 4096, &batch, &docs);
    (void)key;
    (void)size;
    if (batch.count <= MOST)
        known = h->known(h, values);
#ifdef IGNORE
    known.count = 0;
#endif
    for (uint32_t i = 0; i < batch.count && !status; i++)
        for (uint32_t k = batch.count <= MOST || !i ? 0 : i - 1; k < i && !status; k++) {
            if (docs[i] == docs[k] ||
                (known.count && *ASSAY_AT(uint32_t, known, i) && *ASSAY_AT(uint32_t, known, k)))
                continue;
            struct couple one = {docs[k], docs[i],
                                 ASSAY_AT(struct weight, batch, i)->number * ASSAY_AT(struct weight, batch, k)->number};
            compared++;
            status = h->to_corpus(h, out, SLOT_COUPLE, &one);
#ifdef NAMELESS
            if (!status)
                status = h->to_corpus(h, out, SLOT_ALONE, ASSAY_AT(struct weight, batch, i));
#endif
        }
    fprintf(stderr, "compared %u\n", compared);
    return status;
}

static const struct assay_round rounds[] = {
    {"pair", 8, 0, &weight_fields, map_group, NULL, reduce_group, NULL, ASSAY_NEVER, ASSAY_FRESH | ASSAY_FRESH_MAP}};

ASSAY_PLUGIN(r_pairs) = {ASSAY_ABI, .name = "r_pairs", .version = "1", .summary = "for a test", .license = "Apache-2.0",
    .role = ASSAY_ANALYSER, .layer = layers, .layers = ASSAY_COUNT(layers), .round = rounds,
    .rounds = ASSAY_COUNT(rounds), .open = open_self, .close = close_self};
