/* SPDX-License-Identifier: Apache-2.0
 *
 * Plugins that do nothing, so that what a run costs is the host: a reader of one document a line (no JSON), a preparer, an
 * analyser, one with a round whose keys nobody shares, a writer that only walks. Built for b_NAME each.
 */
#include <assay/layers/document.h>
#include <assay/plugin.h>

#include <stdlib.h>
#include <string.h>

static assay_status open_any(const struct assay_host *host, const void *options, void **self)
{
    (void)options;
    *self = (void *)(uintptr_t)host;
    return ASSAY_OK;
}

#if defined(PLUGIN_b_reader)
static const struct assay_layer layers[] = {{ASSAY_PROVIDES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, ""}};

static assay_status read_lines(void *self, struct assay_item *item, struct assay_text name)
{
    const struct assay_host *h = self;
    struct assay_text all;
    assay_status e = h->item_bytes(h, item, &all);
    (void)name;
    for (uint64_t at = 0; !e && at < all.size;) {
        const char *nl = memchr(all.at + at, '\n', all.size - at);
        uint64_t end = nl ? (uint64_t)(nl - all.at) : all.size;
        struct assay_document d = {.media = {"text/plain", 10}};
        e = h->add_document(h, item, 0, &d, (struct assay_text){all.at + at, end - at}, NULL, 0);
        at = end + 1;
    }
    return e;
}

ASSAY_PLUGIN(b_reader) = {ASSAY_ABI, .name = "b_reader", .version = "1", .summary = "lines", .license = "Apache-2.0", .role = ASSAY_READER,
    .flags = ASSAY_LINES, .layer = layers, .layers = 1, .open = open_any, .read = read_lines};
#elif defined(PLUGIN_b_round)
static assay_status map(void *self, const struct assay_doc *doc, struct assay_out *out)
{
    const struct assay_host *h = self;
    uint64_t key = h->docid(h, doc);
    for (uint32_t i = 0; i < 100; i++, key += 0x9e3779b97f4a7c15ull) {
        assay_status e = h->emit(h, out, &key, 8, NULL);
        if (e)
            return e;
    }
    return ASSAY_OK;
}

static assay_status reduce(void *self, const void *key, uint32_t size, struct assay_values *values, struct assay_out *out)
{
    (void)self, (void)key, (void)size, (void)values, (void)out;
    return ASSAY_OK;
}

static const struct assay_round rounds[] = {{"keys", 8, 2, NULL, map, NULL, reduce, NULL, ASSAY_NEVER, 0}};
ASSAY_PLUGIN(b_round) = {ASSAY_ABI, .name = "b_round", .version = "1", .summary = "100 keys a document", .license = "Apache-2.0",
    .role = ASSAY_ANALYSER, .round = rounds, .rounds = 1, .open = open_any};
#elif defined(PLUGIN_b_writer)
static const struct assay_layer layers[] = {{ASSAY_REQUIRES, 1, ASSAY_ON_DOCUMENT, 0, "document", &assay_document_fields, ""}};

static assay_status walk(void *self, struct assay_results *results)
{
    const struct assay_host *h = self;
    const struct assay_doc *doc;
    while (!h->next_document(h, results, &doc))
        (void)h->records(h, doc, 0);
    return ASSAY_OK;
}

ASSAY_PLUGIN(b_writer) = {ASSAY_ABI, .name = "b_writer", .version = "1", .summary = "nothing", .license = "Apache-2.0", .role = ASSAY_WRITER,
    .layer = layers, .layers = 1, .open = open_any, .write = walk};
#else
#if defined(PLUGIN_b_work)
static assay_status analyse(void *self, struct assay_doc *doc) /* a fixed amount of work, about 200 us */
{
    const struct assay_host *h = self;
    volatile uint64_t sum = h->text(h, doc).size;
    for (uint32_t i = 0; i < 150000; i++)
        sum = sum * 31 + i;
    return ASSAY_OK;
}
#else
static assay_status analyse(void *self, struct assay_doc *doc)
{
    (void)self, (void)doc;
    return ASSAY_OK;
}
#endif
#define NAME_(n) ASSAY_PLUGIN(n)
#define TEXT_(n) #n
#define TEXT(n) TEXT_(n)
NAME_(PLUGIN) = {ASSAY_ABI, .name = TEXT(PLUGIN), .version = "1", .summary = "analyser", .license = "Apache-2.0", .role = ASSAY_ANALYSER,
    .open = open_any, .analyse = analyse};
#endif
