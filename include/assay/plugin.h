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

/* ---- flags of a round ---- */
/* Its reduce asks the host anew, in each call, for everything it reads, and keeps nothing of one call for another but
 * what any call would make the same (a table worked out from options). Then a run in a run folder takes what it made
 * before of a key whose values and documents are the same. A call that uses shared(), memory() or note() is always
 * made. */
#define ASSAY_FRESH 1u
/* The same of its map: what it emits, and adds to its document, follows from what it asks the host for in that call,
 * and from nothing else. Then a run in a run folder keeps both of a document for which all answers are as they were.
 * Shared blobs change with any document: a map is called again where a blob it asked for changed, unless its round is
 * flagged ASSAY_SEES. A call that uses memory() or note() is always made. Where the round combines, the emissions of
 * some hundred documents stay together or none of them. */
#define ASSAY_FRESH_MAP 2u
/* With ASSAY_FRESH_MAP: its map takes but a part of the blobs it asks for, and the plugin's `looks` and `differs`, or its
 * `sees`, tell which: what it looks up on account of its own document, and on account of each that it views. */
#define ASSAY_SEES 4u

/* A round: map every document to (key, value), bring equal keys together, reduce key by key, then finish once.
 * Nothing else flows between rounds but to_document, to_corpus and share. */
struct assay_round {
    const char *name;
    uint32_t key_size;  /* bytes of every key, at most 64; 0: any length up to 4096 */
    uint32_t min_group; /* keys with fewer values are not reduced; 0 and 1: all */
    const struct assay_fields *value; /* NULL: no value, the document alone */
    assay_status (*map)(void *self, const struct assay_doc *, struct assay_out *);
    /* Optional, associative: may replace values of a key by fewer (emit with the same key), any number of times. The
     * values it emits belong to the first document of those it replaces. Called at the end of a map task for keys of
     * two values and more; in the first pass only for those of one document. If it fails, the values stay as they
     * were. */
    assay_status (*combine)(void *self, const void *key, uint32_t size, struct assay_values *, struct assay_out *);
    assay_status (*reduce)(void *self, const void *key, uint32_t size, struct assay_values *, struct assay_out *);
    /* Optional: one process reads the whole PRIVATE corpus layer finish_slot, sorted by its KEY rows. */
    assay_status (*finish)(void *self, struct assay_values *, struct assay_out *);
    uint32_t finish_slot; /* ASSAY_NEVER: finish reads nothing; without finish it is not looked at */
    uint32_t flags;       /* ASSAY_FRESH, ASSAY_FRESH_MAP, ASSAY_SEES */
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

    /* `options` is a filled struct of the table, or NULL; it lives until close. No threads. Reads models and
     * lexicons. */
    assay_status (*open)(const struct assay_host *, const void *options, void **self);
    /* Whether this reader takes the input, from its name and first 4 KiB. ASSAY_OK or ASSAY_NO. NULL: takes any. Before
     * NO it may name what it is by fail(host, ASSAY_NO, "PDF"): the reason where no other takes it, either. */
    assay_status (*accept)(void *self, struct assay_text name, struct assay_text head);
    assay_status (*read)(void *self, struct assay_item *, struct assay_text name);
    /* May call set_text, amend, add. ASSAY_SKIP leaves the text alone. */
    assay_status (*prepare)(void *self, struct assay_doc *);
    assay_status (*analyse)(void *self, struct assay_doc *);
    assay_status (*write)(void *self, struct assay_results *);
    void (*close)(void *self); /* frees self; called once if open returned ASSAY_OK */
    /* Optional, for `assay inspect NAME`: a text about data it finds (languages, lexicons), malloc-free:
     * NUL-terminated, lives until close. */
    const char *(*describe)(void *self);
    /* For rounds flagged ASSAY_SEES: a sum (a hash) of all that the maps of round `round` (first is 1) may look up in
     * shared blobs on account of this document, be it their own or one they view: of those the host puts the sums
     * together. Asked of all documents that the round maps, before the first map. It may ask for whatever map may, and
     * emits nothing; `subject` is for view and alloc. Where it fails, maps that view the document are called. */
    assay_status (*sees)(void *self, uint32_t round, const struct assay_doc *, struct assay_out *subject,
                         uint64_t sum[2]);
    /* For rounds flagged ASSAY_SEES, in place of `sees`, which looks at each document in each run. `looks`: under which
     * keys (uint32_t; hashes) the maps of round `round` may look into shared blobs on account of this document, be it
     * their own or one they view; what they are follows from the document alone, never from a blob. Asked behind the
     * map; kept. `subject` is for alloc. Where it fails, the map is called again in each run. */
    assay_status (*looks)(void *self, uint32_t round, const struct assay_doc *, struct assay_out *subject,
                          struct assay_list *keys);
    /* The keys of `looks` under which the blobs of this run (shared) may answer otherwise than those of the run before
     * (shared_before); in any order, also more than once. Not ASSAY_OK: all may. */
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
#define ASSAY_COUNT(a) (uint32_t)(sizeof(a) / sizeof((a)[0]))

#ifdef __cplusplus
}
#endif
#endif
