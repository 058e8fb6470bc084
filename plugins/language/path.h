/* SPDX-License-Identifier: Apache-2.0
 *
 * The best path of languages through the units of a text, block by block, and the spans that it makes.
 */
#ifndef LANGUAGE_PATH_H
#define LANGUAGE_PATH_H

#include "engine.h"

#define PATH_UNITS 2048u

struct path_unit {
    uint32_t begin, letters, symbols;
    int32_t cost; /* of a change before it */
    uint8_t group, state, best;
    uint8_t zero;
    uint8_t stay[ENGINE_STATES]; /* 1: the best way into this state came from itself */
    int32_t z[MODEL_LANES];
};

struct engine_block {
    uint32_t count;
    struct path_unit unit[PATH_UNITS];
};

struct path {
    struct engine *engine;
    struct engine_result *result;
    struct engine_block *block;
    int32_t prior[ENGINE_STATES];
    int32_t reach[ENGINE_STATES]; /* best sum that ends in a state */
    int32_t top;                  /* the best of them */
    int started;
    /* the span at hand */
    struct engine_span span;
    int64_t pooled[MODEL_LANES];
    uint32_t pooled_group;
};

void path_start(struct path *, struct engine *, struct engine_result *, const char *declared, size_t declared_size);
/* The unit to be filled; path_push takes it. 0: out of memory. */
struct path_unit *path_unit(struct path *);
int path_push(struct path *);
int path_end(struct path *, uint32_t size);
/* The best class of a unit within its group. */
uint32_t path_best(const struct engine *, const struct path_unit *);

#endif
