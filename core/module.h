/* SPDX-License-Identifier: Apache-2.0
 *
 * Plugin modules: found, probed in a child, loaded with libltdl, never unloaded. Only module_load.c sees ltdl.h and
 * dlfcn.h. In a loaded descriptor accept, close, describe, and hooks of other roles may be NULL; open never is.
 */
#ifndef MODULE_H
#define MODULE_H

#include <assay/plugin.h>

#include "arena.h"
#include "diag.h"

struct module {
    const char *name; /* file stem */
    const char *path; /* absolute */
    /* the host's own copy, grown to its size, as are its layer and round arrays: index them plainly; NULL where
     * refused */
    const struct assay_plugin *plugin;
    const char *refused;               /* why, or NULL */
    uint64_t hash[2];                  /* XXH3-128 of the file, where loaded */
};

struct modules;

/* `dirs` NULL-terminated, searched first; then ASSAY_PLUGIN_PATH (not when setuid), the user's folder, the folder
 * "plugins" beside the program, the installed one. Finds files only. NULL: out of memory. */
struct modules *modules_new(const char *const *dirs, struct diag *);
/* Probes and loads these names (NULL-terminated) together in one child, one by one only where that dies. */
void modules_load(struct modules *, const char *const *names);
void modules_load_all(struct modules *);
/* NULL: no file of that name. A refused module is returned with plugin == NULL and `refused` set. Loads on demand. */
const struct module *modules_get(struct modules *, const char *name);
uint32_t modules_count(const struct modules *);
const struct module *modules_at(const struct modules *, uint32_t i); /* sorted by name */
/* What to say to whoever asked for a plugin that is not there: one of a similar name, or where more are looked for. */
const char *modules_hint(const struct modules *, const char *name, struct arena *);
/* The folders searched, in order, NULL-terminated. */
const char *const *modules_dirs(const struct modules *);
/* Frees the bookkeeping; loaded code stays where it is. */
void modules_free(struct modules *);
/* 1: [a-z][a-z0-9_]{0,31}, as plugins, layers and rounds are called. */
int module_good_name(const char *);
/* Checks a descriptor as loaded code claims it; NULL where it is fine, else the sentence why not. */
const char *module_check(const struct assay_plugin *, const char *name, char *room, size_t size);

#endif
