/* SPDX-License-Identifier: Apache-2.0
 *
 * One line of JSON Lines to a document record.
 */
#ifndef JSONL_LINE_H
#define JSONL_LINE_H

#include <assay/kit/json.h>
#include <assay/layers/document.h>

/* The keys a document is read from, by the reader's options. */
enum line_key { LINE_ID, LINE_TEXT, LINE_SOURCE, LINE_PUBLISHED, LINE_TITLE, LINE_URI, LINE_LANGUAGE, LINE_KEYS };

#define LINE_PAIRS 512 /* other keys a line may have */

/* Reused from line to line; zeroed at first, freed with line_free. */
struct line {
    struct assay_json json;
    struct assay_buf held;              /* what the record points to */
    struct assay_pair pair[LINE_PAIRS];
    uint32_t pairs;
    struct assay_document record; /* valid until the next line_read */
    struct assay_text text;
    struct assay_text no_date;    /* what stands for `published` and is none; null: nothing */
    const char *error, *code; /* where line_read gave 0 */
    uint64_t error_at;        /* byte of the line */
};

/* Reads the object in `bytes`. 0: no document; error, code and error_at say why. */
int line_read(struct line *, struct assay_text bytes, const struct assay_text key[LINE_KEYS]);
void line_free(struct line *);

#endif
