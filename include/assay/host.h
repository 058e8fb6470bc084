/* SPDX-License-Identifier: Apache-2.0
 *
 * The host function table: the only way from a plugin to the host. `open` receives it; keep the pointer until close.
 * Entries are only ever added at the end: test newer ones with ASSAY_HAS(host, name).
 *
 * Each comment ends with the hooks that may call the function, [in square brackets].
 *
 * Memory, three rules:
 *   1. What you reach through the table is borrowed until your hook returns.
 *   2. What you add is copied: the struct at once; what it points to must live as long as its subject: the document's
 *      text, alloc(), static data, or your own self. In reduce and finish everything is serialised at once.
 *   3. What you malloc you free, in close. Nothing crosses the line to be freed on the other side.
 *
 * Debug and sanitizer builds of the host, and any with ASSAY_CHECK=1 in the environment, look at every pointer, size,
 * text and place that comes through the table; a breach ends the run and names the function and what is wrong.
 *
 * A "subject" is what the running hook works on: the document, item, out or results pointer it was given.
 */
#ifndef ASSAY_HOST_H
#define ASSAY_HOST_H

#include "field.h"
#include "layer.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

struct assay_doc;     /* a document and its layers */
struct assay_item;    /* an input, or a piece of one, that a reader reads */
struct assay_out;     /* where map, reduce and finish put what they make */
struct assay_values;  /* the values of one key, or the records of a finish */
struct assay_results; /* what a writer pulls from */
struct assay_sink;    /* an output under construction */

/* A run of the text-to-source map: `count` units of from_step bytes of the input, from `from` on, became `count` units
 * of to_step bytes of the text, from `to` on. 1:1 plain bytes, 1:2 a run of 8-bit Cyrillic, 5:1 an entity, 0:n
 * inserted. Runs are in order of `to`, without gap or overlap there. A text range maps to the hull of the units it
 * touches. */
struct assay_map {
    uint64_t from;
    uint32_t to, count;
    uint16_t from_step, to_step;
    uint32_t zero;
};

/* What a writer sees of a layer of the chain. */
struct assay_layer_info {
    const char *name, *plugin; /* plugin: who provides it; "assay" for the host's own */
    uint32_t major, where;
    const struct assay_fields *fields;
    const char *help;
};

#define ASSAY_NOTE_DEBUG 0u
#define ASSAY_NOTE_INFO 1u
#define ASSAY_NOTE_WARNING 2u

struct assay_host {
    uint32_t struct_size;
    uint16_t abi_major, abi_minor;
    void *own; /* the host's */

    /* ---- anywhere ---- */

    /* Says why a hook fails and returns `code`, so that it stands in the return statement. printf-like, one line,
     * UTF-8, cut at 1 KiB. Document, plugin and place are added by the host. [all hooks] */
    assay_status (*fail)(const struct assay_host *, assay_status code, const char *format, ...);
    /* A message for the person at the terminal (ASSAY_NOTE_*). Plugin and, in hooks of one document, document are added
     * by the host. Never a result. [all hooks] */
    void (*note)(const struct assay_host *, uint32_t level, const char *format, ...);
    /* Zeroed, 16-byte aligned memory that lives as long as the subject (document, item, run of the hook), also for
     * size 0. NULL: none left; return ASSAY_ENOMEM. [all but open, close] */
    void *(*alloc)(const struct assay_host *, void *subject, uint64_t size);
    /* Finds a data file that came with the plugins ("lexicon/en.cfg"): beside the chain file, beside the module, in the
     * installed data folder. `path` is NUL-terminated and lives until close. The file's hash becomes part of the step's
     * identity. ASSAY_NO: there is none; *path is null. [open] */
    assay_status (*find)(const struct assay_host *, const char *relative, struct assay_text *path);
    /* Bytes of memory that a hook should not exceed beside its document. The hard limit lies above. [all hooks] */
    uint64_t (*memory)(const struct assay_host *);

    /* ---- reading: `read` ---- */

    /* The item's size, and up to `size` of its bytes from `at` on into `buffer`; *got < size only at its end. A file
     * that shrank ends early. ASSAY_EDOC (recorded by the host) where it cannot be read. [read] */
    uint64_t (*item_size)(const struct assay_host *, const struct assay_item *);
    assay_status (*item_read)(const struct assay_host *, struct assay_item *, uint64_t at, void *buffer, uint64_t size,
                              uint64_t *got);
    /* The whole item in memory, borrowed until the hook returns. ASSAY_EDOC where it is above the chain's item_limit.
     * [read] */
    assay_status (*item_bytes)(const struct assay_host *, struct assay_item *, struct assay_text *bytes);
    /* Where this item starts in its input: byte and line (from 1). Not 0 and 1 for pieces of a cut input. [read] */
    void (*item_place)(const struct assay_host *, const struct assay_item *, uint64_t *byte, uint64_t *line);
    /* Adds a document. `record` is a struct of the reader's own "document" slot; its null rows id, path, media get the
     * host's defaults (id: the item's name, or NAME:LINE for items of several documents), and an empty text counts as
     * null. `bytes` and the record are copied. `map` leads from bytes to the item's input; runs == 0 with map == NULL
     * is "the item itself, byte for byte", runs == 0 with map != NULL is "no map exists". Runs preparers and analysers
     * for it before it returns; their failures are recorded and are not the reader's. [read] */
    assay_status (*add_document)(const struct assay_host *, struct assay_item *, uint32_t slot, const void *record,
                                 struct assay_text bytes, const struct assay_map *map, uint64_t runs);
    /* Hands a part of the item (an archive's member) to the chain's readers, as if it were an input named ITEM!name.
     * `bytes` are borrowed until it returns. ASSAY_NO: no reader takes it. At most 8 deep. [read] */
    assay_status (*add_item)(const struct assay_host *, struct assay_item *, struct assay_text name,
                             struct assay_text bytes);
    /* A bad piece (line, member) of the item: recorded as a failure at byte `at` and line `line` (0: unknown); read
     * goes on. `code`: "syntax", "decode", "limit", "unreadable". [read] */
    assay_status (*failed)(const struct assay_host *, struct assay_item *, uint64_t at, uint64_t line, const char *code,
                           const char *format, ...);
    /* The item (`member` null) or a member of it is passed over. `reason`: "binary", "empty" ...; NULL: the one that
     * the readers gave that refused the member just offered by add_item. [read] */
    assay_status (*skipped)(const struct assay_host *, struct assay_item *, struct assay_text member, uint64_t size,
                            const char *reason);

    /* ---- a document ---- */

    /* Its text as it stands: raw bytes before the preparers, UTF-8 after them. [prepare, analyse, map, reduce, finish,
     * write] */
    struct assay_text (*text)(const struct assay_host *, const struct assay_doc *);
    /* Its name among documents. [as text] */
    assay_docid (*docid)(const struct assay_host *, const struct assay_doc *);
    /* Replaces the text. `map` leads from the new text to the text before this call; the host composes. Both copied.
     * The places in records added before (SPAN, PLACE of this document, in parts and lists too) follow. One whose text
     * is gone becomes null where its row may be null, leaves its list, or takes its record with it. [prepare] */
    assay_status (*set_text)(const struct assay_host *, struct assay_doc *, struct assay_text,
                             const struct assay_map *map, uint64_t runs);
    /* The bytes of the original that a span of the text came from. ASSAY_NO: no map (inserted text, archive, PDF).
     * [as text] */
    assay_status (*raw)(const struct assay_host *, const struct assay_doc *, struct assay_span, uint64_t raw[2]);
    /* The whole composed map, borrowed. 0 runs and ASSAY_NO: there is none. [analyse, map, write] */
    assay_status (*map)(const struct assay_host *, const struct assay_doc *, const struct assay_map **map,
                        uint64_t *runs);
    /* The records of a layer, in its order: by SELF span, then emission. count 0: none, or nobody provides it (stride
     * 0). [as text] */
    struct assay_list (*records)(const struct assay_host *, const struct assay_doc *, uint32_t slot);
    /* Adds a record to a provided layer of this document. ASSAY_EDOC: span outside the text or inside a character, or
     * the document's record limit. [prepare, analyse] */
    assay_status (*add)(const struct assay_host *, struct assay_doc *, uint32_t slot, const void *record);
    /* Sets a row of document/1 that is null, or appends one element to a LIST row. `value` points to the row's C type.
     * A row that is set already stays, and the answer is ASSAY_SKIP. [prepare, analyse] */
    assay_status (*amend)(const struct assay_host *, struct assay_doc *, const char *row, const void *value);

    /* ---- rounds ---- */

    /* One value for one key. With key_size fixed in the round, `size` must equal it. `value` NULL where the round has
     * no value table. [map, combine] */
    assay_status (*emit)(const struct assay_host *, struct assay_out *, const void *key, uint32_t size,
                         const void *value);
    /* count: how many values there are. next: the next of them, at most `most`, valid until next is called again;
     * `docs` (may be NULL) gets the document of each. They come by docid (a hash, so not in the order of the documents'
     * names), then in the order of emission. ASSAY_END: no more. [combine, reduce; finish without docs] */
    uint64_t (*count)(const struct assay_host *, const struct assay_values *);
    assay_status (*next)(const struct assay_host *, struct assay_values *, uint32_t most, struct assay_list *batch,
                         const assay_docid **docs);
    /* Adds a record to a layer of a document that comes out of this round. Reduce and finish add to any document, for
     * the next round's map. A map adds to the document in hand alone, in layers flagged ASSAY_BY_MAP, for this round's
     * reduce and all that follows, not for this or other maps of the round; if it fails, what it added is gone. [map,
     * reduce, finish] */
    assay_status (*to_document)(const struct assay_host *, struct assay_out *, uint32_t slot, assay_docid,
                                const void *record);
    /* Adds a record to a corpus layer. [reduce, finish] */
    assay_status (*to_corpus)(const struct assay_host *, struct assay_out *, uint32_t slot, const void *record);
    /* One blob of this round for all later hooks of this plugin; copied; 8-byte aligned when read. [finish, once] */
    assay_status (*share)(const struct assay_host *, struct assay_out *, const void *bytes, uint64_t size);
    /* The blob of round n (first is 1); null before that round is over. [analyse of a later pass, map, reduce,
     * finish] */
    struct assay_text (*shared)(const struct assay_host *, uint32_t round);
    /* Another document, read-only, with all layers complete so far (in a map also what the round just before made for
     * it); valid until the hook returns. At most 64 stay open, the oldest goes first. ASSAY_NO: no such document. [map,
     * reduce, finish, write] */
    assay_status (*view)(const struct assay_host *, void *subject, assay_docid, const struct assay_doc **doc);
    /* The record a REF names, and its document (either may be NULL). `slot` is your slot for the layer. [as view] */
    assay_status (*resolve)(const struct assay_host *, void *subject, uint32_t slot, struct assay_ref,
                            const struct assay_doc **doc, const void **record);
    /* The printed id of the record a REF names: DOC#begin-end, with "~2" for the second of equal spans; of document/1
     * the document's id, without looking at the document. Borrowed until the hook returns. [as view] */
    assay_status (*name)(const struct assay_host *, void *subject, uint32_t slot, struct assay_ref,
                         struct assay_text *id);

    /* ---- writing ---- */

    /* The next document, in bytewise order of ids; valid until the next call. ASSAY_END after the last. [write] */
    assay_status (*next_document)(const struct assay_host *, struct assay_results *, const struct assay_doc **doc);
    /* The next records of a corpus layer, at most `most`, valid until the next call for that slot. count 0: no more;
     * the call after that starts again. [write] */
    struct assay_list (*corpus)(const struct assay_host *, struct assay_results *, uint32_t slot, uint32_t most);
    /* The layers of the chain. For a writer flagged ASSAY_ALL_LAYERS the index is its slot. Order: document, then the
     * providers' in chain order, then failure, skipped, run. [open of such a writer: 0; write] */
    uint32_t (*layers)(const struct assay_host *);
    const struct assay_layer_info *(*layer)(const struct assay_host *, uint32_t i);
    /* Opens an output under a temporary name. The host syncs it and gives it its name after write returned ASSAY_OK,
     * and removes it otherwise. "-" is stdout. With `temporary` not NULL no stream is opened (*sink NULL): the plugin
     * itself writes a file or folder of that name. ASSAY_EFATAL with a message where it cannot be created. [write] */
    assay_status (*sink)(const struct assay_host *, struct assay_results *, struct assay_text path,
                         struct assay_sink **sink, const char **temporary);
    /* Appends to an output. [write] */
    assay_status (*write)(const struct assay_host *, struct assay_sink *, const void *bytes, uint64_t size);
    /* 1: the sink is a terminal that shows colour (stdout, NO_COLOR unset). *columns (may be NULL): its width, 80 if
     * unknown. [write] */
    uint32_t (*sink_colour)(const struct assay_host *, const struct assay_sink *, uint32_t *columns);
    /* The blob of round n that the run before shared, if the run folder has it; else null. [differs] */
    struct assay_text (*shared_before)(const struct assay_host *, uint32_t round);
    /* For a reduce that compares its values two by two: which of them need not be compared with each other. A uint32_t
     * for each value, in the order of `next`, valid until the hook returns; 1: the values of its document are those of
     * an earlier run, and the host adds what that run made of any two such documents. What the call makes of two of
     * them itself is dropped. `count` 0 (without a run folder always): compare all. By asking, the call promises that
     * all its records go to corpus layers, that each names two documents in its first two DOC rows and follows from
     * their values under this key alone, and that KEY rows tell its records apart. Once a call, before its first
     * record. [reduce of a round flagged ASSAY_FRESH] */
    struct assay_list (*known)(const struct assay_host *, const struct assay_values *);
};

#define ASSAY_HAS(host, member) ((host)->struct_size >= offsetof(struct assay_host, member) + sizeof((host)->member))

#ifdef __cplusplus
}
#endif
#endif
