/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of the plugin `duplicates` that its rounds share. In words:
 *   0          words, hashed; winnowed runs of them are kept           -> a sketch of each text
 *   1 twins    one hash of the whole text, bands of a MinHash          -> texts that may be the same
 *   2 near     aligns those; what mostly agrees both ways is one text  -> heads, one for each group of twins
 *   3 index    the sketches of heads                                   -> furniture of sites; texts that share something
 *   4 compare  aligns those, furniture left out                        -> copies, excerpts, passages, clusters
 *   5 report   each member beside the earliest of its cluster          -> copy/1, cluster/1, origin/1
 */
#ifndef DUP_H
#define DUP_H

#include <assay/layers/copy.h>
#include <assay/layers/text.h>
#include <assay/plugin.h>

#include "align.h"
#include "cluster.h"
#include "forms.h"
#include "glance.h"
#include "pairs.h"
#include "postings.h"
#include "relate.h"
#include "words.h"

enum {
    DUP_DOCUMENT,
    DUP_FURNITURE,
    DUP_SKETCH,
    DUP_HIGH,
    DUP_SOURCE,
    DUP_TWIN,
    DUP_CANDIDATE,
    DUP_NEAR,
    DUP_FORM_OF,
    DUP_MEMBER,
    DUP_STORY,
    DUP_FREQUENT,
    DUP_SEED,
    DUP_FOOT,
    DUP_LINK,
    DUP_SIGHT,
    DUP_BESIDE,
    DUP_OUT_COPY,
    DUP_OUT_CLUSTER,
    DUP_OUT_ORIGIN,
    DUP_SLOTS
};

struct dup_options {
    uint32_t preset; /* index into DUP_PRESETS */
    uint32_t boilerplate;
    double copy;
    uint32_t passage, zero;
};
#define DUP_PRESETS "normal|strict|noisy"

/* ---- private records ---- */

struct dup_facts { /* what is used of document/1 */
    struct assay_text doc, source, published;
};
struct dup_sketch { /* what later rounds know of a text without reading it again */
    uint64_t exact;
    uint32_t words, source; /* source 0: none */
    uint32_t look; /* what a look at the whole text has found: signs (scan.h), and these; 0: nothing is known */
    struct assay_list pick; /* uint32_t: winnowed runs in order, each at most twice; their lowest DUP_KEPT bits, or all */
};
#define DUP_LOOK_SERBIAN 32u
#define DUP_LOOK 64u
struct dup_packed { /* the same as it is stored */
    uint64_t exact;
    uint32_t words, source; /* words: the highest eight bits are the look */
    struct assay_list pick; /* uint32_t: packed, see kept.c */
};
struct dup_high { /* the highest bits of the runs, a byte each; nobody has them once the index is built */
    struct assay_list byte; /* uint32_t: four of them */
};
#define DUP_VOLUME UINT64_MAX /* in place of a source: picks of long texts, in DUP_VOLUME_UNIT */
#define DUP_VOLUME_UNIT 128u
struct dup_source { /* texts of a source */
    uint64_t source, docs;
};
struct dup_lead { /* of what round 4 shares: heads in clusters, ascending */
    assay_docid doc, lead, via; /* via: what ties it to the lead, see cluster.h */
};
struct dup_other { /* names another text: twin, candidate, same form, seed */
    assay_docid doc;
};
struct dup_form { /* a text of the same form, and where the words of both begin and end */
    assay_docid doc;
    struct assay_span here, there;
};
struct dup_shared { /* another text, and how many winnowed runs both have */
    assay_docid doc;
    uint32_t runs, zero;
};
struct dup_rival { /* a text that may be compared */
    assay_docid doc;
    uint64_t common;              /* runs of words in common, where that was asked */
    const struct assay_doc *view; /* NULL: not open */
    uint64_t furnished;           /* 1: may have furniture, where that was asked */
};
struct dup_head { /* the text that stands for this one and its twins */
    assay_docid doc, via;
    int64_t stamp;
};
struct dup_frequent { /* a run that is furniture of a source */
    uint64_t run, source;
};

#define DUP_FOUND_LINK 0u    /* what differs is kept, for forms.h; of a FORM, too */
#define DUP_FOUND_PASSAGE 1u
#define DUP_FOUND_EXCERPT 2u /* the smaller text stands whole in the other, but may belong to another cluster */
#define DUP_FOUND_FORM 3u
#define DUP_FOUND_REPEAT 4u /* inside one text */
#define DUP_FOUND_VERSION 6u /* two texts of one source, the longer of which may be the other, carried on */
#define DUP_FOUND_BESIDE 5u /* a link in all detail, so that the report need not read the two again */
#define DUP_BLOCKS_TOLD 256u
#define DUP_FIGURES_TOLD 64u

/* What comparing `a` (the text that holds the record; BESIDE: one of them) with `b` gave. Spans: bytes. */
struct dup_found {
    uint32_t kind, zero;
    assay_docid a, b;
    int64_t stamp_a, stamp_b;
    uint32_t share_a, share_b; /* per mille */
    struct assay_span in_a, in_b;
    /* BESIDE: as in struct dup_share; LINK, FORM with slots: open is about what people count */
    uint32_t found_a, open_a, found_b, open_b;
    struct assay_list differ;                  /* BESIDE, PASSAGE, REPEAT: struct assay_differ */
    struct assay_list block;                   /* BESIDE: the same */
    struct assay_list slot;                    /* LINK, FORM: struct dup_slot */
};

#define DUP_REPORT_CLUSTER 0u
#define DUP_REPORT_PASSAGE 1u
#define DUP_REPORT_ORIGIN 2u

struct dup_report {
    uint32_t kind, relation;
    struct assay_place a, b;     /* a: the lesser id */
    double covered_a, covered_b;
    assay_docid lead_a, lead_b;  /* PASSAGE: leads of the clusters of a and b, or the texts themselves */
    assay_docid doc, from;       /* CLUSTER: member and lead; ORIGIN: later and earlier text */
    assay_docid beside;          /* CLUSTER: the text of the pair, the lead or one nearer to it */
    int64_t stamp, stamp_from;
    struct assay_list differ;    /* struct assay_differ */
    struct assay_list block;     /* struct assay_differ: a = in doc, b = in from or beside */
};

extern const struct assay_fields dup_option_fields;
extern const struct assay_fields dup_posting_fields;
extern const struct assay_fields dup_found_fields;
extern const struct assay_fields dup_report_fields;
extern const struct assay_layer dup_layers[DUP_SLOTS];

/* ---- state: options, and buffers that are reused from hook to hook ---- */

/* A text made ready; its members are buffers of the plugin. */
struct dup_text {
    assay_docid doc;
    struct assay_text id;
    int64_t stamp;
    struct dup_side side;
    struct dup_words words;
    uint32_t *run;
    uint32_t *pick; /* winnowed positions */
    uint8_t *mask;
    uint32_t runs, picks, room;
    int cut; /* 1: the text has more words than are compared */
};

/* Room for the runs of a sketch; zeroed at first, freed with free(at). */
struct dup_picks {
    uint32_t *at;
    uint64_t room;
};

struct dup {
    const struct assay_host *host;
    struct dup_rules rules;
    uint32_t furniture; /* clusters of one source with a shingle that make it furniture */
    uint32_t seeds;     /* winnowed runs in common that make a candidate */
    uint32_t unpacked;  /* of the layout, for texts the map of the index has just seen */
    uint32_t pairs_at_once; /* that the index counts at a time: DUP_MOST_PAIRS, fewer in tests */
    struct dup_folding folding, *serbian; /* serbian: of the first text that wants it */
    struct dup_text mine, other;
    struct dup_index index;
    struct dup_alignment alignment;
    struct dup_marks marks;
    struct dup_glance glance;
    struct dup_postings postings;
    struct dup_slices slices;
    struct dup_pairs pairs, feet;
    struct dup_picks my_picks, their_picks;
    uint64_t *scratch;
    uint64_t scratch_room;
#define DUP_SEEN 65536u /* bits; a power of two */
    uint64_t seen[DUP_SEEN / 64]; /* zero but while runs are looked at for repetitions */
};

/* Words of the document without marked boilerplate, and its facts. ASSAY_ENOMEM or what the host says. */
assay_status dup_load(struct dup *, struct dup_text *, const struct assay_doc *);
/* The same for the first time; *look: what the sketch will say of it. */
assay_status dup_load_new(struct dup *, struct dup_text *, const struct assay_doc *, uint32_t *look);
/* The same of some of its bytes, which begin and end with a word. */
assay_status dup_load_part(struct dup *, struct dup_text *, const struct assay_doc *, struct assay_span);
/* What is known of a text without its words: its name, its date and its size. */
void dup_name_text(struct dup *, struct dup_text *, const struct assay_doc *);
/* Runs and winnowed positions of a loaded text. */
assay_status dup_winnow_text(struct dup *, struct dup_text *);
/* Whether a text may have furniture, of what the index round shared: as far as its sketch tells. */
int dup_has_furniture(const struct dup *, const struct dup_sketch *);
/* The mask of a loaded text, which has; and of any. */
assay_status dup_mask_furniture(struct dup *, struct dup_text *, uint32_t source);
assay_status dup_mask_text(struct dup *, struct dup_text *, const struct assay_doc *);
/* Adds to the mask of a loaded text what the blocks cover, of which it is side a. */
assay_status dup_mask_blocks(struct dup_text *, const struct dup_alignment *);
/* Adds a sketch with all bits to its document. */
assay_status dup_keep_sketch(struct dup *, struct assay_doc *, const struct dup_sketch *);
/* What is stored of a document; its list is empty where the document was not analysed. */
struct dup_packed dup_packed_of(const struct dup *, const struct assay_doc *);
uint32_t dup_look_of(const struct dup *, const struct assay_doc *);
/* The same unpacked in the room given, until that is used again. */
assay_status dup_unpack(struct dup_picks *, const struct dup_packed *, struct dup_sketch *to);
assay_status dup_sketch_of(const struct dup *, const struct assay_doc *, struct dup_picks *, struct dup_sketch *to);
/* With all bits; until the map of the index. */
assay_status dup_whole_sketch_of(const struct dup *, const struct assay_doc *, struct dup_picks *,
                                 struct dup_sketch *to);
/* What is stored of at most DUP_AT_ONCE texts, which are not in the cache: all are asked for before the first is looked
 * at. Opens them. */
#define DUP_AT_ONCE 16u
assay_status dup_packed_of_some(struct dup *, struct assay_out *, struct dup_rival *, uint32_t count,
                                struct dup_packed *to);
#define DUP_OPEN 48u /* texts that stay open beside some others: fewer than the host's 64 */
/* Asks for the bytes of a text that is read soon. */
void dup_ask_for_text(const struct dup *, const struct assay_doc *);
/* Loads another document by its name. */
assay_status dup_load_other(struct dup *, struct assay_out *, assay_docid, struct dup_text *,
                            const struct assay_doc **);
void dup_text_free(struct dup_text *);
/* At least `count` numbers of scratch; NULL: out of memory. Contents are lost. */
uint64_t *dup_scratch(struct dup *, uint64_t count);
/* The texts that are named in a layer of struct dup_other `least` times, ascending and each once, in scratch. */
assay_status dup_others(struct dup *, const struct assay_doc *, uint32_t slot, uint32_t least, struct dup_rival **,
                        uint32_t *count);
/* How often a seed is named that has enough in common. */
uint32_t dup_seeds_told(struct dup *);
/* Of a layer of struct dup_shared those with at least `least` runs in all; the same. */
assay_status dup_sharing(struct dup *, const struct assay_doc *, uint32_t slot, uint32_t least, struct dup_rival **,
                         uint32_t *count);
/* Most in common first, then by name. */
void dup_rank(struct dup_rival *, uint32_t count);

/* Adds a block to the `n` that are told already, of DUP_BLOCKS_TOLD at most; then the last one takes in all others.
 * Gives how many. */
uint32_t dup_tell_block(struct assay_differ *told, uint32_t n, const struct dup_side *a, const struct dup_side *b,
                        const struct dup_block *);

/* Source (0: none) and date from document/1. */
uint32_t dup_source_of(const struct dup *, const struct assay_doc *);
int64_t dup_date_of(const struct dup *, const struct assay_doc *);
/* 1 where the document stands for itself: it has no twins, or is their head. From round 3 on. */
int dup_is_head(struct dup *, const struct assay_doc *);
/* The text that stands for it: its head, or itself. */
assay_docid dup_head_of(const struct dup *, const struct assay_doc *);
/* All records of a layer of struct dup_found as links, copies first, see dup_order_links; freed with
 * dup_links_free. */
assay_status dup_read_links(const struct dup *, struct assay_values *, struct dup_links *, uint32_t *copies,
                            uint32_t *versions, int doubting);
/* Notes on a finding what differs between `mine` and `other`, as they were judged, if it may be what is filled in. */
void dup_keep_slots(const struct dup *, const struct dup_share *, struct dup_found *);
void dup_links_free(struct dup_links *);

/* ---- rounds ---- */
assay_status dup_analyse(void *, struct assay_doc *);
assay_status dup_twins_map(void *, const struct assay_doc *, struct assay_out *);
assay_status dup_twins_reduce(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);
assay_status dup_twins_finish(void *, struct assay_values *, struct assay_out *);
assay_status dup_near_map(void *, const struct assay_doc *, struct assay_out *);
assay_status dup_near_reduce(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);
assay_status dup_near_finish(void *, struct assay_values *, struct assay_out *);
assay_status dup_index_map(void *, const struct assay_doc *, struct assay_out *);
assay_status dup_index_combine(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);
/* Of the index, from the table of sources. */
struct dup_layout {
    uint32_t parts;    /* binary logarithm */
    uint32_t unpacked; /* 1: few enough texts to be brought together without being packed */
};
struct dup_layout dup_index_layout(const struct dup *);
#define DUP_INDEX_ROUND 2u /* which shares it */
/* Its parts. */
uint32_t dup_parts_in(struct assay_text blob);
/* The same for every document of a corpus. */
uint32_t dup_parts_of(const struct dup *);
assay_status dup_index_reduce(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);
assay_status dup_index_finish(void *, struct assay_values *, struct assay_out *);
assay_status dup_compare_map(void *, const struct assay_doc *, struct assay_out *);
assay_status dup_compare_reduce(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);
assay_status dup_compare_finish(void *, struct assay_values *, struct assay_out *);
assay_status dup_report_map(void *, const struct assay_doc *, struct assay_out *);
/* The head of the document's twins, itself where it has none. */
assay_docid dup_twin_of(const struct dup *, const struct assay_doc *);
/* looks.c: what comparing and the report ask of shared blobs. */
assay_status dup_looks(void *, uint32_t round, const struct assay_doc *, struct assay_out *, struct assay_list *keys);
assay_status dup_differs(void *, uint32_t round, struct assay_out *, struct assay_list *keys);
assay_status dup_report_reduce(void *, const void *, uint32_t, struct assay_values *, struct assay_out *);

#endif
