/* SPDX-License-Identifier: Apache-2.0
 *
 * The assay plugin contract: the only include a plugin needs. A plugin is one shared object NAME.so that exports one
 * constant, written by ASSAY_PLUGIN(NAME) = { ASSAY_ABI, ... }; and links against nothing of assay (but the kit).
 *
 * ABI rule: the major must be equal, the plugin's minor not above the host's; otherwise the module is refused with both
 * numbers and the file. Structs only grow at the end; the host copies min(struct_size, its own size) into zeroed memory
 * and walks arrays by the sizes given here. Public structs have fixed-width members only: no bit-field, enum, bool,
 * #ifdef.
 *
 * Hooks are called in a worker process, one at a time, on one thread. `self` is shared by all workers copy-on-write:
 * what a hook writes there is a cache of its own worker, never a result. Constructors, open and close run in the host.
 */
#ifndef ASSAY_PLUGIN_H
#define ASSAY_PLUGIN_H

#include "field.h"
#include "host.h"
#include "layer.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASSAY_ABI_MAJOR 1
#define ASSAY_ABI_MINOR 0

/* ---- role ---- */
#define ASSAY_READER 1u   /* accept, read */
#define ASSAY_PREPARER 2u /* prepare: bytes become UTF-8 text of the article */
#define ASSAY_ANALYSER 3u /* analyse and/or rounds */
#define ASSAY_WRITER 4u   /* write */

/* ---- flags; an unknown bit is refused ---- */
#define ASSAY_LINES 1u      /* reader: the host may cut an input into items after any '\n' */
#define ASSAY_ALL_LAYERS 2u /* writer: sees every public layer; slot = index in host->layer() */
#define ASSAY_STDIN 4u      /* reader: takes "-" */

/* ---- flags of a round: promises that let a run in a run folder take over what an earlier run made ---- */
/* Promise of `reduce`: each call asks the host for everything it reads and remembers nothing from other calls, except
 * what every call would compute alike (a table made from options). The host may then reuse the records of a key whose
 * values, and the documents it read, are the same as in the run before. A call that uses shared(), memory() or note()
 * is always made again. */
#define ASSAY_FRESH 1u
/* The same promise of `map`: what it emits, and adds to its document, follows from what it asks the host for in that
 * call and from nothing else. The host may then keep both for a document to which all answers are the same as before.
 * A call that uses memory() or note() is always made again, and so is one that read a shared blob, once that blob has
 * changed, unless the round is also flagged ASSAY_LOOKS. In a round with `combine`, the emissions of a whole task
 * (some hundred documents) are kept together or not at all. */
#define ASSAY_FRESH_MAP 2u
/* With ASSAY_FRESH_MAP: `map` depends only on some entries of the shared blobs that it reads. The plugin's hooks
 * `looks` and `differs` name these entries, so that a changed blob calls again only the maps that looked up a changed
 * entry. */
#define ASSAY_LOOKS 4u

/* A round: map every document to (key, value), bring equal keys together, reduce key by key, then finish once.
 * Nothing else flows between rounds but to_document, to_corpus and share. */
struct assay_round {
    const char *name;
    uint32_t key_size;  /* bytes of every key, at most 64; 0: any length up to 4096 */
    uint32_t min_group; /* keys with fewer values are not reduced; 0 and 1: all */
    const struct assay_fields *value; /* NULL: no value, the document alone */
    assay_status (*map)(void *self, const struct assay_doc *, struct assay_out *);
    /* Optional, associative: may replace values of a key by fewer (emit with the same key), any number of times. All
     * values that one call emits belong to the first document among those that the call was given, so a reduce that
     * counts documents has to find the count in the values. Called at the end of a map task for keys of
     * two values and more; in the first pass only for those of one document. If it fails, the values stay as they
     * were. */
    assay_status (*combine)(void *self, const void *key, uint32_t size, struct assay_values *, struct assay_out *);
    assay_status (*reduce)(void *self, const void *key, uint32_t size, struct assay_values *, struct assay_out *);
    /* Optional: one process reads the whole PRIVATE corpus layer finish_slot, sorted by its KEY rows. */
    assay_status (*finish)(void *self, struct assay_values *, struct assay_out *);
    uint32_t finish_slot; /* ASSAY_NEVER: finish reads nothing; without finish it is not looked at */
    uint32_t flags;       /* ASSAY_FRESH, ASSAY_FRESH_MAP, ASSAY_LOOKS */
};

struct assay_plugin {
    uint32_t struct_size; /* these five by ASSAY_ABI; first, for ever */
    uint16_t abi_major, abi_minor;
    uint32_t layer_size, round_size;

    const char *name;    /* [a-z][a-z0-9_]{0,31}, the file's name without .so */
    const char *version; /* of the plugin; part of the identity of its results */
    const char *summary; /* one line */
    const char *license; /* SPDX */
    uint32_t role, flags;

    const struct assay_fields *options; /* NULL: none */
    const struct assay_layer *layer;
    const struct assay_round *round;
    uint32_t layers, rounds; /* how many of each */

    /* Hooks. Required are open and the hook of the role: read, prepare, write; of an analyser analyse or rounds. */

    /* `options` is a filled struct of the table, or NULL; it lives until close. Reads models and lexicons. May not
     * start threads, since workers are copies of the process without them, nor close files that it did not open. */
    assay_status (*open)(const struct assay_host *, const void *options, void **self);
    /* Whether this reader takes the input, from its name and first 4 KiB. ASSAY_OK or ASSAY_NO. NULL: takes any. Before
     * NO it may name what it is by fail(host, ASSAY_NO, "PDF"): the reason where no other takes it, either. */
    assay_status (*accept)(void *self, struct assay_text name, struct assay_text head);
    assay_status (*read)(void *self, struct assay_item *, struct assay_text name);
    /* May call set_text, amend, add. ASSAY_SKIP leaves the text alone. */
    assay_status (*prepare)(void *self, struct assay_doc *);
    assay_status (*analyse)(void *self, struct assay_doc *);
    assay_status (*write)(void *self, struct assay_results *);
    /* Optional: frees self. Called once if open returned ASSAY_OK. */
    void (*close)(void *self);
    /* Optional, for `assay inspect NAME`: a NUL-terminated text about the data it found (languages, lexicons). It lives
     * until close; the host does not free it. */
    const char *(*describe)(void *self);
    /* For rounds flagged ASSAY_LOOKS (round: the first is 1): the keys of all entries of shared blobs that a map of the
     * round may look up because of this document, whether the document is its own or one it views. A key is a uint32_t,
     * usually a hash. The keys must follow from the document alone, never from a blob. Called after the map; the host
     * stores the keys in the run folder. Allocate the list from `subject`. If it fails, the maps concerned are called
     * again in every run. */
    assay_status (*looks)(void *self, uint32_t round, const struct assay_doc *, struct assay_out *subject,
                          struct assay_list *keys);
    /* For the same rounds, once a run: the keys (as `looks` gives them, in any order, repeats allowed) whose entries
     * may have changed between the blobs of the run before (shared_before) and those of this run (shared). Allocate the
     * list from `subject`. Any status but ASSAY_OK: all of them may have changed. */
    assay_status (*differs)(void *self, uint32_t round, struct assay_out *subject, struct assay_list *keys);
};

#if defined(__GNUC__)
#define ASSAY_EXPORT_ __attribute__((visibility("default")))
#else
#define ASSAY_EXPORT_
#endif
#ifdef __cplusplus
#define ASSAY_PLUGIN(NAME)                                                 \
    extern "C" ASSAY_EXPORT_ const struct assay_plugin NAME##_LTX_assay_plugin; \
    const struct assay_plugin NAME##_LTX_assay_plugin
#else
#define ASSAY_PLUGIN(NAME)                                      \
    extern ASSAY_EXPORT_ const struct assay_plugin NAME##_LTX_assay_plugin; \
    const struct assay_plugin NAME##_LTX_assay_plugin
#endif

#define ASSAY_ABI                                                             \
    (uint32_t)sizeof(struct assay_plugin), ASSAY_ABI_MAJOR, ASSAY_ABI_MINOR,  \
        (uint32_t)sizeof(struct assay_layer), (uint32_t)sizeof(struct assay_round)
/* The same with names, for C++20, where the names of members and plain values may not stand side by side:
 * ASSAY_PLUGIN(NAME) = {ASSAY_ABI_NAMED, .name = "NAME", ...}; Members keep the order of the struct. */
#define ASSAY_ABI_NAMED                                                                             \
    .struct_size = (uint32_t)sizeof(struct assay_plugin), .abi_major = ASSAY_ABI_MAJOR,             \
    .abi_minor = ASSAY_ABI_MINOR, .layer_size = (uint32_t)sizeof(struct assay_layer),               \
    .round_size = (uint32_t)sizeof(struct assay_round)
#define ASSAY_COUNT(a) (uint32_t)(sizeof(a) / sizeof((a)[0]))

#ifdef __cplusplus
}
#endif
#endif
