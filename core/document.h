/* SPDX-License-Identifier: Apache-2.0
 *
 * A document: its text, the map to the bytes it came from, its layers. Live while pass 0 works on it (and, for the
 * layers a later pass adds, there too); stored as one block per pass; opened again read-only from the mapped blocks.
 *
 * One struct serves both. Memory is reused from document to document: nothing is allocated for an ordinary one.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include <assay/layers/document.h>

#include "segment.h"
#include "tables.h"

#define DOC_UNMADE 0u /* its provider has not run, or failed */
#define DOC_MADE 1u
#define DOC_STORED 2u /* made, still in stored form */

struct doc_layer {
    uint32_t state, count;
    const void *rows;   /* provider's layout; own.at while it is being made */
    const char *stored; /* DOC_STORED */
    struct bytes own;
};

/* A layer as one step sees it, copied by plan. */
struct doc_copy {
    const void *rows;
    uint32_t count, generation; /* of the document when it was copied; 0: not yet */
};

/* The undo log of one hook: what it adds counts only if it returns ASSAY_OK. */
struct doc_undo {
    struct assay_text text;
    const struct assay_map *map;
    uint64_t runs;
    uint32_t mapped, generation;
    struct assay_document record;
    uint64_t records;
    struct doc_moved *moved; /* rows as they were before a new text moved their spans */
};

struct assay_doc {
    const struct tables *tables;
    struct arena arena;
    assay_docid id;
    uint32_t ordinal;  /* in its task */
    uint32_t item;
    uint32_t frozen;   /* 1: opened from its blocks */
    uint32_t mapped;   /* 1: a map to raw bytes exists */
    struct assay_text text;
    const struct assay_map *map;
    uint64_t runs;
    struct assay_document record; /* layer 0 while live */
    struct doc_layer *layer;      /* [plan->layers] */
    uint64_t *touched;            /* bits: layers that are not as doc_reset leaves them */
    struct doc_copy *copy;        /* [tables->views] */
    uint32_t copied;              /* 1: there are some */
    uint32_t generation;          /* grows with every change of layer 0 */
    uint64_t records;             /* added so far */
    const struct doc_head *stored; /* frozen: the block of the first pass */
    const char *stored_map;       /* frozen: opened on demand */
    uint64_t stored_map_size;
    struct doc_undo undo;
    unsigned char sha[32];
    uint32_t unhashed;            /* 1: nobody has asked for it; it and the record's are zeros, and it is that of */
    struct assay_text given;      /* what the reader gave */
    uint64_t line;
    struct bytes lost;            /* uint32_t: steps whose analyse failed on it */
    uint64_t lost_before;         /* bytes of it from earlier passes */
    char wrong[112];              /* why doc_add refused a record */
};

/* Head of a BLOCK_DOC payload: the directory, then the lost steps, what doc_whole tells where the text is here, then
 * the parts. Every pass writes one for each document it adds something to, so it is short. */
struct doc_dir {
    uint16_t layer, few; /* few: its records; DOC_MANY: the next entry's `eighth` tells how many */
    uint32_t eighth;     /* eighth of the offset from the payload's start */
};
#define DOC_MANY 0xffffu
struct doc_head {
    assay_docid id;
    uint32_t ordinal;
    /* bit 0: what doc_whole tells is there; bit i: layer i was made, is empty, and not in the directory; DOC_FACTS */
    uint32_t whole;
    uint16_t entries; /* of the directory */
    uint16_t lost;    /* uint32_t[lost]: steps whose analyse failed in this pass */
    struct doc_dir dir[];
};
#define DOC_FACTS (UINT32_C(1) << 31) /* document/1 stands right behind the text, and not in the directory */
#define DOC_UNHASHED (UINT32_C(1) << 30) /* the SHA-256 is not stored: it is that of the text as it stands here */
#define DOC_HEAD offsetof(struct doc_head, dir) /* sizeof would count what pads it */
/* What a block has of a layer. */
struct doc_entry {
    uint32_t layer, count;
    uint64_t at; /* from the payload's start; 0: behind the text */
};
/* The next layer that has records in the block; *next begins as 0. 0: no more. */
static inline int doc_entry(const struct doc_head *head, uint32_t *next, struct doc_entry *to)
{
    uint32_t facts = head && head->whole & DOC_FACTS ? 1 : 0;
    if (!head || *next >= facts + head->entries)
        return 0;
    *to = (struct doc_entry){0, 1, 0};
    if ((*next)++ < facts)
        return 1;
    const struct doc_dir *dir = &head->dir[*next - 1 - facts];
    *to = (struct doc_entry){dir->layer, dir->few, (uint64_t)dir->eighth * 8};
    if (dir->few == DOC_MANY)
        to->count = head->dir[(*next)++ - facts].eighth;
    return 1;
}
#define DOC_PLAIN 2u /* in place of 1, "there is a map": the text is the input's, byte for byte, and no map is stored */

/* What stands behind the lost steps: the SHA-256 (but see DOC_UNHASHED), numbers as varints, and one behind the other
 * the id, the path (again.h), the text and a NUL, the map, which ends where the parts begin, up to 7 bytes before. */
struct doc_whole {
    const unsigned char *sha; /* [32]; NULL: it is not stored */
    uint32_t item, mapped;    /* mapped: 0, 1 or DOC_PLAIN */
    uint64_t runs, line, raw_bytes;
    struct assay_text name, text;
    const char *path;         /* as stored */
    struct assay_text map;    /* DOC_PLAIN: none; it begins behind the text */
};
/* 0: it is not here. What it tells of stays where it is stored. */
int doc_whole(const struct doc_head *, struct doc_whole *);
/* Appends it, but for the map, with the path given. `at`: the place in the segment where it comes to stand. */
void doc_put_whole(struct bytes *, const struct doc_whole *, struct assay_text path, struct backrefs *, uint64_t at);
/* Of a block that has it. */
struct assay_text doc_name_of(const struct doc_head *);
struct assay_text doc_path_of(const struct doc_head *);

static inline void doc_touch(struct assay_doc *doc, uint32_t layer)
{
    doc->touched[layer / 64] |= (uint64_t)1 << layer % 64;
}

/* 0: out of memory. */
int doc_open(struct assay_doc *, const struct tables *);
void doc_close(struct assay_doc *);

/* ---- live ---- */

/* Starts a document whose text is `bytes` (borrowed until doc_seal). `runs` == 0 with map == NULL is "byte for byte",
 * runs == 0 with map != NULL "no map". NULL, or why not. */
const char *doc_start(struct assay_doc *, assay_docid, struct assay_text bytes, const struct assay_map *map,
                      uint64_t runs);
/* What the reader gave is that, of which the document's own record tells the SHA-256, once doc_hash has found it out:
 * writers want it, hooks seldom. The bytes stay until doc_seal. 0: out of memory. */
int doc_give(struct assay_doc *, struct assay_text);
int doc_hash(struct assay_doc *);
/* Around a hook. doc_commit puts the step's layers into order and marks them made; doc_rollback forgets all since. */
void doc_mark(struct assay_doc *);
int doc_commit(struct assay_doc *, uint32_t step, uint32_t pass);
/* The same of what the map of a round, `stage` counts from 1, made for the document. */
int doc_commit_map(struct assay_doc *, uint32_t step, uint32_t stage);
/* What it had made of it before, in the document's block of that pass, as if it had made it again. 0: out of memory. */
int doc_take_map(struct assay_doc *, const struct doc_head *, uint32_t step, uint32_t stage);
void doc_rollback(struct assay_doc *, uint32_t step);
/* Unmakes the layers made in this pass and frees their memory. */
void doc_forget(struct assay_doc *);
/* These three: a failure with a sentence in *why, which lasts until the next call; ASSAY_ENOMEM with *why NULL. */
assay_status doc_set_text(struct assay_doc *, struct assay_text, const struct assay_map *, uint64_t runs,
                          const char **why);
assay_status doc_add(struct assay_doc *, uint32_t layer, const void *record, const char **why);
assay_status doc_amend(struct assay_doc *, const char *row, const void *value, const char **why);
/* Adds stored records of a layer, in order of making (an inbox). `size`: of the provider's record. */
int doc_deliver(struct assay_doc *, uint32_t layer, const char *stored);
int doc_delivered(struct assay_doc *, uint32_t layer);
/* 1: a later pass made something for it. */
int doc_adds(const struct assay_doc *);
/* Writes what this pass made as a BLOCK_DOC; with `text` also text and map. */
int doc_seal(struct assay_doc *, struct stream *, int text, uint32_t pass, uint64_t units);

/* ---- stored ---- */

/* Forgets everything; then doc_part for each pass' block, in order of passes. */
void doc_reset(struct assay_doc *);
void doc_part(struct assay_doc *, const char *payload);

/* ---- both ---- */

/* A layer in its provider's layout / as a step sees it. Stride 0: nobody provides it. count is UINT32_MAX if memory is
 * out. */
struct assay_list doc_layer(struct assay_doc *, uint32_t layer);
struct assay_list doc_records(struct assay_doc *, const struct table_view *);
/* 1: the layer was made (an empty one too), so that a step requiring it may be called. */
int doc_has(const struct assay_doc *, uint32_t layer);
/* The step's analyse failed: none of its rounds sees this document. 0: out of memory. */
int doc_lose(struct assay_doc *, uint32_t step);
int doc_is_lost(const struct assay_doc *, uint32_t step);
/* The map; 0: out of memory. */
int doc_map(struct assay_doc *);
/* That of a text of so many bytes which stands in the input as it is. */
int doc_map_plain(struct assay_doc *, uint32_t size);
/* The record's own printed name, DOC#begin-end or DOC#begin-end~2, in the arena; at == NULL: out of memory. */
struct assay_text doc_name(struct assay_doc *, struct arena *, uint32_t layer, uint32_t index);

#endif
