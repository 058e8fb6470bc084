/* SPDX-License-Identifier: Apache-2.0
 *
 * In memos (memo.h): keys whose reduce compares documents two by two and asks which of them need not be compared again
 * (host->known). An entry of such a key keeps a sum of each value. A later call gets the records of two documents whose
 * values have the same sums from the entry, and compares only the others. So one changed document among many costs its
 * own comparisons and not all those of its keys.
 *
 * What was made of two given values is the same in any run: an entry may be used however old it is and whatever other
 * documents stood under the key.
 */
#ifndef PAIRS_H
#define PAIRS_H

#include "shuffle.h"

struct run;

struct pair_sum { /* of a value; in order of documents */
    assay_docid doc;
    uint64_t sum;
};

/* The key in hand. */
struct pairs {
    const struct group_entry *entry; /* its values */
    uint64_t values, key;            /* key: a hash of its bytes */
    const struct pair_sum *was;      /* of the entry; borrowed, as the rows */
    uint64_t wases;
    const char *rows;
    uint64_t size;
    int asked;
    struct bytes now;   /* struct pair_sum, when asked */
    struct bytes known; /* uint32_t, by value */
};

/* A key begins. */
void pairs_begin(struct pairs *, const void *key, uint32_t size, const struct group_entry *, uint64_t n);
/* What an entry of the same key kept, and the rows it holds (struct made_row). */
void pairs_former(struct pairs *, const struct pair_sum *, uint64_t n, const char *rows, uint64_t size);
/* The plugin asks: adds the records of two known documents to work->made. Gives a uint32_t for each value, 1: known.
 * `count` 0: none is. */
struct assay_list pairs_ask(struct run *, struct pairs *);
/* 1: the record, which the call makes for the layer, is of two known documents and there already. -1: the layer's
 * records do not name two documents. */
int pairs_drop(const struct run *, const struct pairs *, uint32_t layer, const void *record);
void pairs_free(struct pairs *);

#endif
