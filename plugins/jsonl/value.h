/* SPDX-License-Identifier: Apache-2.0
 *
 * Printing records as JSON by their prepared tables.
 */
#ifndef JSONL_VALUE_H
#define JSONL_VALUE_H

#include <assay/kit/buf.h>

#include "table.h"

struct printer {
    const struct assay_host *host;
    struct assay_results *results;
    const struct tables *tables;
    struct assay_buf buf;
};

struct assay_text printer_id_of(const struct printer *, const struct assay_doc *);
/* [begin,end] in the original, or null. */
void print_raw(struct printer *, const struct assay_doc *, struct assay_span);
void print_u64(struct printer *, uint64_t value);
void print_text(struct printer *, struct assay_text);
/* ,"key":value for each field of the record; the SELF span of the record itself is left to the caller where
 * skip_self. */
void print_fields(struct printer *, const struct table *, const char *record, int skip_self);

#endif
