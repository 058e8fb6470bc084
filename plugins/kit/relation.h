/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside of assay/kit/relation.h: how a table's cells are found in a record.
 */
#ifndef KIT_RELATION_H
#define KIT_RELATION_H

#include <assay/kit/relation.h>

#define RELATION_DEPTH 8 /* parts within parts */
#define RELATION_KEYS 4  /* columns of a child's key beside its position */

/* Where a value lies: at `offset`, null where one of the uint32_t at has[] is 0. */
struct relation_at {
    uint32_t offset, haves;
    uint32_t has[RELATION_DEPTH];
};

struct relation_leaf {
    struct relation_at at;
    const struct assay_field *row;
    struct assay_text *word; /* CHOICE */
    uint32_t words, slot;    /* REF */
    uint32_t list;           /* printed as JSON */
};

struct relation_child {
    struct relation_at at; /* of the struct assay_list */
    uint32_t relation;
};

struct relation_table {
    char *name;
    uint32_t columns, room;
    struct assay_table_column *column;
    uint32_t keys;    /* columns filled before the leaves: parent's key, position; or doc, begin ... */
    uint32_t leaves, children;
    struct relation_leaf *leaf;
    struct relation_child *child;
    uint32_t scalar;  /* a child whose elements are no records: one leaf at offset 0 */
    uint32_t self;    /* offset of the layer's SELF span, ASSAY_NEVER: none */
    uint32_t where, is_layer, slot, has_id, id_offset;
};

struct relation_own {
    struct relation_table *table;
    uint32_t count, room;
    uint32_t *of_slot; /* table of each layer */
    uint32_t slots, document, text, id_offset; /* id_offset: of the row doc in document/1 */
};

#endif
