/* SPDX-License-Identifier: Apache-2.0
 *
 * All documents of a run, by number, by docid, by id. 21 bytes a document, in the parent, inherited by workers.
 *
 * A document's number counts through the tasks of pass 0 in order. Its rank is its place in the order of docids; both
 * are the host's business, only docids are seen outside. A document that was passed over has no rank.
 */
#ifndef INDEX_H
#define INDEX_H

#include <assay/plugin.h>

#include "document.h"
#include "segment.h"

#define INDEX_NONE 0xffffffffu
#define INDEX_PARTS 64u /* passes that may be added one by one */

/* The table at the end of a finished segment, payload of BLOCK_FOOT. Offsets are the segment's. */
struct foot_name { /* pass 0; one more behind the last tells where the names end */
    assay_docid id;
    /* the id's place in the table of names: ids are compared without touching the documents' pages */
    uint64_t name : 40;
    uint64_t plain : 24; /* where the text is the input's, byte for byte, and not very long: its size + 1; else 0 */
};
/* Which of the documents have a block, where few do: 64 of them. */
struct foot_bits {
    uint64_t bits, before; /* before: of those before them */
};
struct foot_section {
    uint64_t at, size, rows;
};
struct foot {
    uint64_t docs, docs_at;         /* uint64_t[listed]: payloads of BLOCK_DOC, 0: none */
    /* fewer than docs: those that are there alone, and struct foot_bits for each 64 documents */
    uint64_t listed, bits_at;
    uint64_t ids_at, names_at;      /* struct foot_name[docs + 1], and the names; pass 0 only */
    uint64_t counts_at;             /* uint64_t[plan->layers]: records of each layer on these documents */
    uint64_t notes, notes_at;       /* uint64_t[notes]: payloads of BLOCK_NOTE */
    uint64_t sections, sections_at; /* struct foot_section[sections] */
    uint64_t transients, transients_at;     /* struct foot_section[transients]: BLOCK_TRANSIENT, rows: when they go */
    uint64_t blob_at, blob_size;    /* what finish shared */
    /* struct foot_sum[sums], and uint32_t[docs] where each document's begin; 0: none */
    uint64_t sums, sums_at, firsts_at;
    /* struct assay_span[spans], and uint32_t[docs] where each document's begin: spans.h; 0: none */
    uint64_t spans, spans_at, span_firsts_at;
    /* name of the segment in the run folder that has what is not here; 0: none. Then, by document, */
    uint64_t under[2];
    /* uint32_t[docs]: bits of rounds of the pass whose emissions are here, and not there */
    uint64_t own_at;
    /* what its maps read: revisit.h; bytes, and uint64_t[docs] where each begins, PART_UNDER; 0: not told */
    uint64_t visits, visits_at, visit_at;
    /* keys that its maps look under: lookup.h; bytes, and uint64_t[docs] where each document's begin, PART_UNDER; 0:
     * none are kept */
    uint64_t looks, looks_at, look_at;
    uint64_t size;                  /* of the segment, to tell a whole one */
};
#define PART_UNDER ((uint64_t)1 << 63) /* in the table of documents: the block stands in the segment below */
/* XXH3-64 of a layer of a document as it is stored; in run folders only. */
#define SUM_WHOLE 63u /* in place of a layer: its id, path, text */
#define SUM_MAP 62u   /* and where they stood in the input */
#define SUM_BLOB 61u  /* no document: what a round shared */
struct foot_sum {
    uint64_t sum;
    uint32_t layer, zero;
};

/* The foot of a whole, mapped segment; NULL: it has none. */
const struct foot *foot_of(const struct segment *);
struct foot_name foot_name(assay_docid, uint64_t name, int plain, uint64_t text_size);
/* Appends the table of documents, of which foot->docs are given. */
void foot_docs(struct foot *, struct stream *, const uint64_t *place);
/* What that says of one, of a segment mapped there. */
uint64_t foot_doc(const struct foot *, const char *map, uint64_t ordinal);

/* Where the sums of a task stand in its segment. */
struct index_sums {
    uint64_t first_at, sums_at;
    uint32_t docs, sums; /* docs 0: there are none */
};

struct doc_index {
    uint32_t tasks, passes;
    uint32_t in_files;       /* 1: not all documents stand in memory */
    uint32_t crowded;        /* 1: files hold more than a process should map: single documents are read from them */
    uint32_t amended;        /* 1: a later pass changed document/1 of some, so that theirs stands in two parts */
    uint64_t docs;           /* with those passed over */
    uint64_t kept;
    uint64_t *base;          /* [tasks + 1]: number of a task's first document */
    assay_docid *id;         /* [kept] by rank */
    uint32_t *begin;         /* [1 << begin_bits, + 1]: rank of the first id with these highest bits, or behind them */
    uint32_t begin_bits;
    uint32_t *number;        /* [kept] by rank */
    uint32_t *rank;          /* [docs] by number; INDEX_NONE: passed over */
    uint32_t *order;         /* [kept] ranks, bytewise by id; NULL until index_order */
    struct segment **segment; /* [passes] each [tasks]; filled by the run as passes end */
    struct segment **under;   /* the same: segments below them, where they have one; NULL: none of that pass has */
    /* [passes] each [tasks]: thousands of keys ask for sums here and there, and feet lie far apart; NULL: not noted */
    struct index_sums **sums;
    uint64_t *whole; /* [docs] by number: all that is stored of it so far, in one sum; NULL: it is not told (memo.h) */
};

/* Why a document is passed over. */
struct index_double {
    uint32_t stays, goes; /* numbers */
    uint32_t same;        /* 1: equal bytes */
};

/* From the segments of pass 0, mapped. 0: done; -1: out of memory; 1: two ids share a docid, whose names are in
 * clash. */
int index_build(struct doc_index *, struct segment *segment, uint32_t tasks, struct index_double **doubles, uint64_t *n,
                struct assay_text clash[2]);
int index_order(struct doc_index *);
void index_free(struct doc_index *);

/* Its rank, or INDEX_NONE. */
uint32_t index_find(const struct doc_index *, assay_docid);
uint32_t index_task(const struct doc_index *, uint32_t number);
/* The document's block of a pass, NULL where that pass has none. */
const char *index_part(const struct doc_index *, uint32_t number, uint32_t pass);
const struct doc_head *index_head(const struct doc_index *, uint32_t number);
/* A pass is done: its sums can be asked for. 0: out of memory. */
int index_note_sums(struct doc_index *, uint32_t pass);
/* The sums of what a pass stored of the document, which is of this task; *n 0: nothing, or they were not made. */
const struct foot_sum *index_sums_of(const struct doc_index *, uint32_t task, uint32_t number, uint32_t pass, uint32_t *n);
/* Opens it with the parts of these passes (bits; INDEX_ALL). `alone`: it is not one of many in a row. */
#define INDEX_ALL UINT64_MAX
void index_open(const struct doc_index *, struct assay_doc *, uint32_t number, uint64_t parts, int alone);
/* Opens of it what can be told without looking at it: its docid; with `plain`, where it maps byte for byte, its size
 * and map. */
void index_open_lean(const struct doc_index *, struct assay_doc *, uint32_t rank, int plain);
/* Then what the first pass has of it. Parts of later ones are added, before or after, each once, when they are asked
 * for; unless index_whole says that all are there, which are opened anew. */
void index_open_first(const struct doc_index *, struct assay_doc *, uint32_t number);
void index_add_part(const struct doc_index *, struct assay_doc *, uint32_t number, uint32_t pass);
/* The document's id. */
struct assay_text index_name(const struct doc_index *, uint32_t number);
static inline int index_whole(const struct doc_index *index)
{
    return index->amended || index->passes > INDEX_PARTS;
}
/* It is going to be opened: the disk may begin. */
void index_ahead(const struct doc_index *, uint32_t number);

#endif
