/* SPDX-License-Identifier: Apache-2.0
 *
 * Distinct texts, numbered in order of first appearance, with a count each.
 */
#ifndef HTML_NAMES_H
#define HTML_NAMES_H

#include <assay/field.h>

struct name {
    char *at;
    uint64_t size, hash, count;
};

struct names {
    struct name *name;
    uint32_t count, room;
    uint32_t *slot; /* index + 1, 0: free; a power of two of them */
    uint32_t slots;
};

/* Number of the text; it is added, or its count grows, by `n`. ASSAY_NEVER: out of memory. */
uint32_t names_add(struct names *, struct assay_text, uint64_t n);
/* ASSAY_NEVER: unknown. */
uint32_t names_find(const struct names *, struct assay_text);
/* Fills order[count] with the numbers: most first, equal counts bytewise. */
void names_order(const struct names *, uint32_t *order);
void names_free(struct names *);

#endif
