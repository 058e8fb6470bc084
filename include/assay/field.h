/* SPDX-License-Identifier: Apache-2.0
 *
 * Field tables. One mechanism describes every C struct that crosses the host: options and records. From a table
 * follow config reading with file:line errors, `assay inspect`, the stored form, JSON keys and SQL columns.
 *
 * The C type of a member follows from its row's type (see the constants below). At load the host checks that each
 * row's size fits its type and lies inside the record, so a wrong table is refused.
 * Zeroed memory is a record of nulls. All texts are UTF-8, not terminated.
 */
#ifndef ASSAY_FIELD_H
#define ASSAY_FIELD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A byte string. at == NULL is null; at != NULL with size 0 is the empty text. */
struct assay_text {
    const char *at;
    uint64_t size; /* bytes */
};

/* Bytes [begin, end) of the text of the record's own document. */
struct assay_span {
    uint32_t begin, end;
};

/* Names a document: XXH3-64 of its id, the same in every run. 0 is "no document". */
typedef uint64_t assay_docid;

/* Bytes of the text of a named document. */
struct assay_place {
    assay_docid doc;
    struct assay_span span;
};

/* A record of a document's layer (the row names the layer): its index in the layer's order. */
struct assay_ref {
    assay_docid doc;
    uint32_t index, zero;
};

/* An array: element i starts at (const char *)at + i * stride. Read it with ASSAY_AT. */
struct assay_list {
    const void *at;
    uint32_t count, stride;
};

/* ---- row types ---- */
#define ASSAY_FLAG 1u    /* uint32_t, 0 or 1 */
#define ASSAY_U32 2u     /* uint32_t */
#define ASSAY_I64 3u     /* int64_t */
#define ASSAY_U64 4u     /* uint64_t */
#define ASSAY_REAL 5u    /* double; not finite is printed as null */
#define ASSAY_TEXT 6u    /* struct assay_text: UTF-8; any bytes in emitted values and private layers */
#define ASSAY_CHOICE 7u  /* uint32_t, index into of = "a|b|c"; printed as the word; beyond the list: unknown */
#define ASSAY_SPAN 8u    /* struct assay_span */
#define ASSAY_DOC 9u     /* assay_docid; printed as the document's id */
#define ASSAY_PLACE 10u  /* struct assay_place */
#define ASSAY_REF 11u    /* struct assay_ref, of = "claim/1" */
#define ASSAY_RECORD 12u /* of = const struct assay_fields *: the part is embedded */
#define ASSAY_PATH 13u   /* options only: struct assay_text, made absolute from the chain file's folder */
#define ASSAY_SIZE 14u   /* options only: uint64_t bytes, written "2GB", "512KB", "100" */
#define ASSAY_MSEC 15u   /* options only: int64_t milliseconds, written "10s", "250ms", "2m" */

/* ---- row flags ---- */
#define ASSAY_LIST 1u   /* the member is a struct assay_list of the row's type */
#define ASSAY_SELF 2u   /* SPAN: the record's own place, printed as begin, end (and raw) beside the other keys */
#define ASSAY_MUST 4u   /* of a requirer: the provider must have this row; of an option: it must be given */
#define ASSAY_INPUT 8u  /* of a reader: the inputs if the command line names none */
#define ASSAY_KEY 16u   /* a corpus layer is kept sorted by its KEY rows, in table order */
#define ASSAY_DOWN 32u  /* KEY: largest first */
#define ASSAY_OBJECT 64u /* LIST of RECORD whose first two rows are TEXT: printed as one JSON object, first = key */
#define ASSAY_OUTPUT 128u /* PATH: written, not read; counts from the working directory; "-" is stdout */
#define ASSAY_GRADE 256u /* CHOICE of a corpus layer, gravest word first: `--fail-on WORD` looks here */
#define ASSAY_FOLDER 512u /* with OUTPUT: what is written is a folder, so never stdout */
/* The option matters to nothing before round n (from 1): neither to analyse nor to an earlier round. If it changes, a
 * run in a run folder repeats round n and what follows. Without this flag it repeats the whole step. */
#define ASSAY_FROM_ROUND(n) ((uint32_t)(n) << 24)
#define ASSAY_ROUND_OF(flags) ((uint32_t)(flags) >> 24)

#define ASSAY_NEVER 0xffffffffu

struct assay_fields;

struct assay_field {
    const char *name; /* [a-z][a-z0-9_]*, the key in JSON and in the chain file */
    uint32_t type, flags;
    uint32_t offset, size; /* of the member, bytes */
    uint32_t has;          /* offset of the uint32_t that says "not null", or ASSAY_NEVER */
    uint32_t zero;
    const void *of;                   /* CHOICE: const char *words; REF: const char *layer; RECORD: the part's table */
    const char *fallback, *min, *max; /* options: as a user would write them, through the same parser; NULL: none */
    const char *help;                 /* one sentence, no full stop */
};

struct assay_fields {
    uint32_t row_size; /* sizeof(struct assay_field) of whoever wrote the table */
    uint32_t rows;
    uint32_t record_size;
    uint32_t zero;
    const struct assay_field *row;
};

#define ASSAY_SIZEOF_(S, m) ((uint32_t)sizeof(((S *)0)->m))

/* A row that is never null (a TEXT is null by at == NULL). */
#define ASSAY_FIELD(S, m, TYPE, FLAGS, OF, HELP) \
    { #m, TYPE, FLAGS, (uint32_t)offsetof(S, m), ASSAY_SIZEOF_(S, m), ASSAY_NEVER, 0, OF, NULL, NULL, NULL, HELP }
/* A row that may be null: the struct has a member uint32_t has_m beside it. */
#define ASSAY_MAYBE(S, m, TYPE, FLAGS, OF, HELP) \
    { #m, TYPE, FLAGS, (uint32_t)offsetof(S, m), ASSAY_SIZEOF_(S, m), (uint32_t)offsetof(S, has_##m), 0, OF, NULL, NULL, NULL, HELP }
/* An option. DEFAULT, MIN, MAX as a user would write them, or NULL. A LIST option's default is NULL (empty). */
#define ASSAY_OPTION(S, m, TYPE, FLAGS, OF, DEFAULT, MIN, MAX, HELP) \
    { #m, TYPE, FLAGS, (uint32_t)offsetof(S, m), ASSAY_SIZEOF_(S, m), ASSAY_NEVER, 0, OF, DEFAULT, MIN, MAX, HELP }
#define ASSAY_FIELDS(S, ROWS) \
    { (uint32_t)sizeof(struct assay_field), (uint32_t)(sizeof(ROWS) / sizeof((ROWS)[0])), (uint32_t)sizeof(S), 0, ROWS }

/* Element i of a list as a T, by the list's own stride (a longer provider's struct is fine). */
#define ASSAY_AT(T, list, i) ((const T *)(const void *)((const char *)(list).at + (size_t)(i) * (list).stride))

#ifdef __cplusplus
}
#endif
#endif
