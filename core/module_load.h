/* SPDX-License-Identifier: Apache-2.0
 *
 * Getting foreign code into the process: first into a child that may die of it, then here.
 */
#ifndef MODULE_LOAD_H
#define MODULE_LOAD_H

#include "arena.h"
#include "module.h"

/* A module under way. */
struct module_try {
    const char *name, *path;
    const char *refused; /* why, in the arena */
    uint32_t tried;      /* 1: probe says yes or no; 0: unknown */
};

/* Loads each file in a child process and checks its descriptor there; sets tried and refused. All in one child, and one
 * by one only where that died. */
void module_probe(struct module_try *, uint32_t count, struct arena *);
/* Loads it here: the host's own copy of the descriptor, or NULL and why. */
const struct assay_plugin *module_load(const char *name, const char *path, struct arena *, const char **refused);

#endif
