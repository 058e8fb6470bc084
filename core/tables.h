/* SPDX-License-Identifier: Apache-2.0
 *
 * The field tables of a plan, compiled once before workers are forked: a shape for every layer and every round's value,
 * and for each slot of each step how its records are read.
 */
#ifndef TABLES_H
#define TABLES_H

#include "plan.h"
#include "record.h"

/* How one step sees one layer. */
struct table_view {
    uint32_t layer;                /* in plan->layer; PLAN_NONE: nobody provides it */
    uint32_t size;                 /* stride of a copied record */
    const struct convert *convert; /* NULL: as the provider lays it out */
    const struct convert *back;    /* a reader's document slot: from its own table to the host's, NULL: equal */
};

struct tables {
    const struct plan *plan;
    struct arena arena;
    const struct shape **layer; /* [plan->layers] */
    const struct shape **value; /* [plan->rounds]; NULL: the round has no value */
    uint32_t *first;            /* [plan->steps + 1]: a step's slots stand from there on in */
    struct table_view *view;
    uint32_t views;
    uint8_t *named;    /* [plan->layers] 1: records of the corpus name its records */
    uint32_t *public_; /* indexes of the layers that writers see, in order */
    uint32_t publics;
    /* [plan->layers] 1: rounds have brought the layer to all documents, to some of them perhaps without a record */
    uint8_t *came;
    uint8_t *gone; /* [plan->layers] 1: the last pass that sees the layer is over */
    uint32_t hashes; /* 1: somebody asks for documents' SHA-256: a step, or a writer, once they are at work */
    uint32_t lean; /* 1: layers that only pass by are not stored: nobody comes back for them */
};

/* 0: out of memory. */
int tables_open(struct tables *, const struct plan *);
void tables_close(struct tables *);
/* A step's view of its slot, NULL where it has no such slot. A writer of all layers counts the public ones. */
const struct table_view *tables_view(const struct tables *, uint32_t step, uint32_t slot);

#endif
