/* SPDX-License-Identifier: Apache-2.0
 *
 * For tests of plugins: a host table without a host. Its functions keep what a hook hands them, so that a test can look
 * at it. It checks spans as the host does, but composes no maps, agrees no layers (a slot named "document" holds a
 * struct assay_document) and knows no chain.
 *
 *     struct assay_test *t = assay_test_new(&shout_LTX_assay_plugin, NULL);
 *     assert_int_equal(assay_test_open(t, NULL), ASSAY_OK);
 *     struct assay_doc *doc = assay_test_text(t, "Some text.");
 *     assert_int_equal(t->plugin->analyse(t->self, doc), ASSAY_OK);
 *     struct assay_list found = t->host.records(&t->host, doc, 0);
 *     assay_test_free(t);
 *
 * Everything reached from the struct lives until assay_test_free. Running out of memory ends the test program.
 */
#ifndef ASSAY_TESTING_H
#define ASSAY_TESTING_H

#include "kit/buf.h"
#include "layers/document.h"
#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASSAY_TEST_SLOTS 32

/* The records of one slot: `count` of `stride` bytes each. */
struct assay_test_rows {
    char *at;
    uint32_t count, stride, room;
};

struct assay_doc {
    struct assay_test *test;
    struct assay_text bytes, text; /* as read; as it stands */
    struct assay_document record;
    struct assay_map *map; /* of the last add_document or set_text: towards the text before it */
    uint64_t runs;
    uint32_t mapped; /* 0: no map exists */
    struct assay_test_rows slot[ASSAY_TEST_SLOTS];
};

struct assay_item {
    struct assay_test *test;
    struct assay_text name, bytes;
    uint64_t byte, line; /* what item_place answers */
};

/* A call of failed or skipped, or of add_item (code null, bytes set). */
struct assay_test_event {
    struct assay_text code, text, bytes; /* code or reason; message or member */
    uint64_t at, line, size;
};

/* A call of emit: value is null where there was none. */
struct assay_test_pair {
    struct assay_text key;
    void *value;
};

struct assay_out {
    struct assay_test *test;
    uint32_t round;
    struct assay_test_pair *pair;
    uint32_t pairs, room;
    struct assay_test_rows corpus[ASSAY_TEST_SLOTS];
    struct assay_text shared;
};

struct assay_values {
    struct assay_list list;
    const assay_docid *docs;
    uint32_t at;
};

/* What a writer writes; `text` holds the bytes. */
struct assay_sink {
    struct assay_text path;
    struct assay_buf text;
    struct assay_sink *next;
};

struct assay_results {
    struct assay_test *test;
    uint32_t document;                /* next_document gives test->doc[document] */
    struct assay_out *out;            /* corpus() reads its corpus layers; may be NULL */
    uint32_t given[ASSAY_TEST_SLOTS]; /* how many of each corpus() has given */
};

struct assay_test {
    struct assay_host host;
    const struct assay_plugin *plugin;
    void *self;
    const char *data;   /* folder that find looks in; NULL: finds nothing */
    char message[4096]; /* of the last fail */
    uint32_t notes;     /* how many warnings */

    struct assay_doc **doc; /* in the order they were made */
    uint32_t docs;
    struct assay_test_event *failed, *skipped, *member;
    uint32_t failures, skips, members;
    assay_status member_answer; /* what add_item returns; ASSAY_OK at first */
    struct assay_text shared;   /* what shared answers, for every round */
    const struct assay_layer_info *layer; /* for writers flagged ALL_LAYERS */
    uint32_t layers;
    struct assay_sink *sink; /* all that were opened, latest first */
    void *own;
};

struct assay_test *assay_test_new(const struct assay_plugin *, const char *data_folder);
/* plugin->open; options is the filled struct. Nothing sets defaults here. */
assay_status assay_test_open(struct assay_test *, const void *options);
void assay_test_free(struct assay_test *); /* closes the plugin, too */

/* A document: its bytes are copied; record may be NULL (then its id is "doc-N" and its media text/plain). */
struct assay_doc *assay_test_doc(struct assay_test *, struct assay_text, const struct assay_document *record);
struct assay_doc *assay_test_text(struct assay_test *, const char *terminated);
/* Adds a record to a slot, as an earlier step would have. */
void assay_test_put(struct assay_test *, struct assay_doc *, uint32_t slot, const void *record);
struct assay_item *assay_test_item(struct assay_test *, const char *name, struct assay_text bytes);
/* For map, reduce and finish: keeps what they emit, share and add to the corpus. Begins empty, in round 1. */
struct assay_out *assay_test_out(struct assay_test *);
/* For write: gives all documents made so far, and the corpus layers of `out`, which may be NULL. */
struct assay_results *assay_test_results(struct assay_test *, struct assay_out *);

#ifdef __cplusplus
}
#endif
#endif
