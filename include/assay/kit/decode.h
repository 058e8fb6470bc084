/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: reads a JSON record, as the jsonl writer prints it, back into a struct by its field table. All but `raw`, which
 * only the host can know, comes back as it was.
 */
#ifndef ASSAY_KIT_DECODE_H
#define ASSAY_KIT_DECODE_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"

#ifdef __cplusplus
extern "C" {
#endif

struct assay_decode {
    void *own;
    /* Zeroed memory that lives as long as the record; NULL: none left. */
    void *(*alloc)(void *own, uint64_t size);
    /* The record an id names ("DOC#begin-end") in a layer ("claim/1"). 0: unknown; the row is left null. */
    int (*ref)(void *own, const char *layer, struct assay_text id, struct assay_ref *to);
    const char *error; /* why it failed: static */
};

/* Fills `record` (of fields->record_size bytes, zeroed here). Keys without a row are passed over, rows without a key
 * stay null. DOC rows get the hash of the id. 0: not JSON of that shape, or out of memory; error says which. */
int assay_decode_record(struct assay_decode *, const struct assay_fields *, struct assay_text json, void *record);

#ifdef __cplusplus
}
#endif
#endif
