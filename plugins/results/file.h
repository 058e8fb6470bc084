/* SPDX-License-Identifier: Apache-2.0
 *
 * A file of the jsonl writer, by document: where its records stand, and which record an id names.
 */
#ifndef RESULTS_FILE_H
#define RESULTS_FILE_H

#include <assay/field.h>

struct file_doc {
    assay_docid id;
    uint64_t at, size; /* its lines but the first */
};

struct file_claim {
    uint64_t hash;     /* of the id */
    assay_docid doc;
    uint32_t index, zero;
};

struct file {
    int fd;
    uint64_t corpus, size; /* the corpus' lines stand from there on */
    struct file_doc *doc;  /* sorted by id */
    struct file_claim *claim; /* sorted by hash */
    uint64_t docs, claims, doc_room, claim_room;
    char why[300];
};

/* 0: why says why not. Close in both cases. */
int file_open(struct file *, const char *path);
void file_close(struct file *);
const struct file_doc *file_doc(const struct file *, assay_docid);
int file_claim(const struct file *, struct assay_text id, struct assay_ref *);
/* Reads [at, at + size) into memory to be freed; NULL: errno. */
char *file_bytes(const struct file *, uint64_t at, uint64_t size);

#endif
