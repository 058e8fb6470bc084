/* SPDX-License-Identifier: Apache-2.0
 *
 * A results host in memory, for unit tests of writers: hand-made documents, layers and corpus records behind the real
 * function table. Slots are resolved by layer name; tables have to have the layout of the headers.
 */
#ifndef FAKE_RESULTS_H
#define FAKE_RESULTS_H

#include <assay/plugin.h>

struct fake;

struct fake *fake_new(void);
void fake_free(struct fake *);
/* Zeroed memory that lives as long as the fake. */
void *fake_alloc(struct fake *, size_t size);
struct assay_text fake_text(const char *terminated); /* NULL: null */
/* Adds a layer; the order of calls is the order of layers. Gives its number. */
uint32_t fake_layer(struct fake *, const char *name, uint32_t where, const struct assay_fields *, uint32_t record_size);
/* Adds a document; `record` is a struct assay_document with doc set. `mapped` 0: no map; n: the text starts n bytes into
 * the original. */
assay_docid fake_document(struct fake *, const void *record, struct assay_text text, int64_t mapped);
struct assay_text fake_document_text(struct fake *, assay_docid);
/* Adds a record to a layer; `doc` 0 for corpus layers. Gives its index. Records of a document have to come by span. */
uint32_t fake_add(struct fake *, uint32_t layer, assay_docid doc, const void *record);
/* Opens, writes, closes. `options` is a filled option struct. Outputs opened as temporary files lie in `folder`. */
assay_status fake_write(struct fake *, const struct assay_plugin *, const void *options, const char *folder);
/* What the last write put into its only stream, terminated; the message of the last fail. */
const char *fake_output(struct fake *, size_t *size);
const char *fake_message(struct fake *);
/* The temporary path of the last sink that asked for one. */
const char *fake_temporary(struct fake *);
/* What sink_colour answers; the n-th write from now on fails (0: none does). */
void fake_terminal(struct fake *, uint32_t colour, uint32_t columns);
void fake_break(struct fake *, uint32_t write);

#endif
