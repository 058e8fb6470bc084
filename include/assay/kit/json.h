/* SPDX-License-Identifier: Apache-2.0
 *
 * Kit: writing JSON, and printing and reading numbers the same everywhere (no locale).
 */
#ifndef ASSAY_KIT_JSON_H
#define ASSAY_KIT_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "../field.h"
#include "buf.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A JSON string with quotes; invalid UTF-8 becomes U+FFFD, controls are escaped. NULL text: null. */
void assay_json_text(struct assay_buf *, struct assay_text);
/* The shortest decimal that reads back as the same binary64; null where not finite. At most 24 bytes. */
void assay_json_real(struct assay_buf *, double);
void assay_json_u64(struct assay_buf *, uint64_t);
void assay_json_i64(struct assay_buf *, int64_t);
/* A string literal's key with colon, and a comma before it if `first` is 0. Sets *first to 0. */
void assay_json_key(struct assay_buf *, int *first, const char *key);

/* ---- reading: a strict pull scanner over one value (RFC 8259), no allocation but for strings with escapes ---- */
enum assay_json_type {
    ASSAY_JSON_ERROR,
    ASSAY_JSON_END,
    ASSAY_JSON_NULL,
    ASSAY_JSON_TRUE,
    ASSAY_JSON_FALSE,
    ASSAY_JSON_NUMBER,
    ASSAY_JSON_STRING,
    ASSAY_JSON_OBJECT,
    ASSAY_JSON_ARRAY,
    ASSAY_JSON_CLOSE
};
struct assay_json {
    const char *begin, *at, *end;
    const char *error;      /* what is wrong, at `at` */
    struct assay_buf scratch; /* the decoded string; free with assay_json_done */
    uint32_t depth;         /* refused beyond 64 */
    unsigned char stack[64];
    unsigned char state;
    struct assay_text text; /* NUMBER: as written; STRING: decoded, points into the input where it has no escapes, else
                               into `scratch` until the next string */
    struct assay_text raw;  /* STRING: between its quotes, as written */
};
/* Begins a value. The struct has been zeroed once before the first start; started again, it keeps its scratch memory.
 * `input` is borrowed until the last token has been used. */
void assay_json_start(struct assay_json *, struct assay_text input);
/* The next token. In an object keys come as STRING, each followed by its value; CLOSE ends object and array. */
enum assay_json_type assay_json_next(struct assay_json *);
/* Skips the value whose first token was `type`; *whole (may be NULL) gets it as written. 0: error. */
int assay_json_skip(struct assay_json *, enum assay_json_type type, struct assay_text *whole);
void assay_json_done(struct assay_json *);

/* strtod without locale; 0 where the text is no number. */
int assay_read_real(struct assay_text, double *value);
/* As assay_json_real, into at least 32 bytes, terminated; gives the length. */
uint32_t assay_print_real(char *to, double value);

#ifdef __cplusplus
}
#endif
#endif
