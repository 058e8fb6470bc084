/* SPDX-License-Identifier: Apache-2.0
 *
 * The state of a run, and of the one hook at a time that a process calls. Shared by the host table, the stages and the
 * writers; nobody else includes it.
 */
#ifndef WORK_H
#define WORK_H

#include <sys/types.h>

#include <assay/layers/host.h>

#include "backref.h"
#include "transient.h"
#include "corpus.h"
#include "files.h"
#include "index.h"
#include "inputs.h"
#include "limits.h"
#include "pool.h"
#include "progress.h"
#include "run.h"
#include "shuffle.h"
#include "tables.h"

/* Hooks, as worker_hand wants them: kind | round << 4. */
enum hook {
    HOOK_NONE,
    HOOK_OPEN,
    HOOK_ACCEPT,
    HOOK_READ,
    HOOK_PREPARE,
    HOOK_ANALYSE,
    HOOK_MAP,
    HOOK_REDUCE,
    HOOK_FINISH,
    HOOK_WRITE,
    HOOK_CLOSE,
    HOOK_COMBINE,
    HOOK_LOOK,
    HOOK_DIFFER
};
#define HOOK_KIND(hook) ((hook) & 15u)
/* Sets of hooks, as host_enter wants them. */
#define IN_ALL (~(1u << HOOK_OPEN | 1u << HOOK_CLOSE | 1u << HOOK_NONE))
#define IN_READ (1u << HOOK_READ)
#define IN_PREPARE (1u << HOOK_PREPARE)
#define IN_MAKING (IN_PREPARE | 1u << HOOK_ANALYSE)
#define IN_MAPS (1u << HOOK_MAP | 1u << HOOK_LOOK)
#define IN_VIEW (IN_MAPS | 1u << HOOK_REDUCE | 1u << HOOK_FINISH | 1u << HOOK_WRITE)
#define IN_DOCUMENT (IN_MAKING | IN_VIEW)
#define IN_MAP_OF (1u << HOOK_ANALYSE | IN_MAPS | 1u << HOOK_WRITE)
#define IN_EMIT (1u << HOOK_MAP | 1u << HOOK_COMBINE)
#define IN_REDUCE (1u << HOOK_REDUCE | 1u << HOOK_FINISH)
#define IN_VALUES (IN_REDUCE | 1u << HOOK_COMBINE)
#define IN_WRITE (1u << HOOK_WRITE)
#define HOOK_OF(kind, round) ((uint32_t)(kind) | (uint32_t)(round) << 4)

/* failure/1's codes and stages. */
enum code {
    CODE_CRASH,
    CODE_TIMEOUT,
    CODE_MEMORY,
    CODE_EXIT,
    CODE_DECODE,
    CODE_SYNTAX,
    CODE_LIMIT,
    CODE_UNREADABLE,
    CODE_CONTRACT,
    CODE_FAILED
};
enum stage { STAGE_READ, STAGE_PREPARE, STAGE_ANALYSE, STAGE_MAP, STAGE_REDUCE, STAGE_FINISH, STAGE_WRITE };

/* What a failure for want of memory says: each worker has its share of half the chain's `memory`. */
#define GIVE_MEMORY "a larger 'memory' in the chain, or fewer workers (-j), would give it more"
#define NO_MEMORY "out of memory: " GIVE_MEMORY

#define NOTE_FAILURE 0u
#define NOTE_SKIPPED 1u

/* Payload of a BLOCK_NOTE; then the stored record. */
struct note {
    uint32_t kind;
    uint32_t ordinal; /* document of the task it is about, or INDEX_NONE */
    uint32_t death;   /* 1: a plugin died */
    uint32_t step;
};

#define VIEWS 64

struct view {
    struct assay_doc doc;
    uint32_t number, open; /* open: doc_open was called */
    uint32_t brought;      /* 1: with what is still on its way to the document */
    uint32_t lean, zero;   /* 1: its first part was not added: index_open_lean */
    uint64_t parts;        /* bits: passes whose part was added */
    uint64_t used;
};

struct assay_item {
    struct run *run;
    struct assay_item *above; /* the item it is a member of */
    const struct input *input;
    uint32_t step;      /* its reader */
    uint32_t depth;
    uint32_t piece;
    struct assay_text name;
    struct assay_text member; /* below the input */
    struct assay_text bytes;  /* in memory; at NULL: not read yet */
    int fd;
    uint64_t begin, size;     /* in the input */
    uint64_t line;
    uint64_t docs;            /* add_document calls so far */
    uint64_t said;            /* documents, failures, skips: 0 = the reader was silent */
    struct arena arena;
    void *owned;              /* malloc'ed bytes */
    int told;                 /* why it cannot be read is recorded already */
    int shrank;
};

struct assay_out {
    const struct plan_round *round;
    struct bytes *to;      /* emissions, or made rows */
    uint32_t doc;          /* ordinal */
    int shared;
};

struct assay_values {
    const struct group_entry *entry; /* combine, reduce */
    const struct foot_name *doc;     /* combine before the documents have ranks: theirs, by ordinal */
    uint64_t count, at;
    uint32_t key_size;
    const struct shape *shape;       /* NULL: no value */
    struct corpus_reader reader;     /* finish */
    const struct convert *convert;
    uint32_t stride;                 /* of a converted record */
    struct arena arena;
    int is_corpus;
};

/* Which documents the hooks of a stage are going to view: prefetch.h. */
struct guess {
    uint32_t pass;          /* that it is about, + 1 */
    uint32_t least;         /* how often records have to name one; 0: none is guessed */
    uint64_t named, viewed; /* documents named since it was looked at, views opened until then */
    uint32_t asked, quiet;  /* quiet: the disk was not read for a while */
    long blocks;            /* read until then */
};

/* What one process has in hand. */
struct work {
    struct worker *worker;
    uint32_t step, hook;
    assay_status forced;  /* a breach or want of memory: the hook's result whatever it returns */
    uint32_t code;        /* of forced or of fail(), ASSAY_NEVER: by stage */
    char message[1024];
    char refusal[64];     /* why no reader took the item or member offered last */
    uint64_t unit;        /* done so far in the task */
    uint64_t hold;        /* bytes of emissions that may wait in memory, and of made rows */
    struct stream stream;
    struct transients transients;  /* of that stream */
    struct backrefs backrefs; /* the same */
    struct assay_doc doc; /* live */
    struct assay_item *item;
    uint64_t event, drop; /* documents and notes of the item so far; those that a dead worker has stored */
    struct bytes *emit;   /* [plan->rounds] since the last flush */
    struct bytes made;    /* since the last flush */
    uint64_t made_before; /* bytes of it that are of earlier units */
    uint64_t spilled;     /* place + 1 where what the unit in hand made begins in the stream; 0: it is all in `made` */
    uint64_t spilled_raws; /* bytes of raws before it */
    struct bytes shared;  /* what finish shares */
    struct assay_out out;
    struct assay_values values;
    struct arena arena;   /* of the hook: alloc(out) */
    struct view *view;    /* [VIEWS] */
    uint64_t views_used;
    struct assay_results *results;
    struct bytes docs;    /* uint64_t of the task so far: places of documents */
    struct bytes ids;     /* struct foot_name of them, in pass 0 */
    struct bytes names;   /* their ids */
    uint64_t *count;      /* [plan->layers]: their records */
    struct bytes notes;   /* uint64_t: where its notes are */
    struct bytes sums, firsts; /* in a run folder: struct foot_sum of them, and where each document's begin */
    int summing;
    struct bytes spans, span_firsts; /* where its records stand that others name: spans.h */
    struct noted *noted;  /* what the hook in hand reads; NULL: nobody wants to know */
    struct pairs *pairs;  /* of the key in hand, if an earlier run may know some; NULL */
    uint32_t near; /* rank of the document that is asked for most: the one in hand */
    uint32_t near_task; /* and its task; any, where there is none */
    struct revisit *revisit; /* of the task in hand; NULL: its visits are not told */
    /* in a foot: rounds whose rows are here, what maps read, and where that begins; by document */
    struct bytes own, visit, visit_at;
    struct bytes look, look_at; /* keys that maps look under, and where each document's begin */
    uint64_t under[2];    /* name of the segment below */
    struct bytes raws;    /* struct raw_run: blocks of emissions or made rows */
    uint64_t items_done;  /* of the task */
    uint64_t walked;      /* calls of work_relax */
    uint64_t floor;       /* bytes of files that stay mapped in whatever it does */
    struct inbox *inbox;  /* [tasks] */
    uint64_t inbox_bytes;
    uint64_t stored;      /* bytes of the segment that the progress word covers */
    void *sum;            /* stream.sum */
    int opened;
    uint64_t viewed;      /* views that were opened */
    struct guess guess;
    struct files files;   /* of the host, in a worker process */
    struct limits limits; /* of this process */
    int stop;             /* the run cannot go on, whatever a reader makes of it */
};

/* A block of raw emissions or made rows in the task's own segment. */
struct raw_run {
    uint32_t round, zero;
    uint64_t at, size;
};

struct host_step {
    struct assay_host host;
    struct assay_host plain; /* of a host that checks: without the checks */
    struct run *run;
    uint32_t index;
    int open;
    int dead;      /* 1: its finish failed; later rounds are not run, later layers stay unmade */
    void *self;
    struct arena arena;
    uint64_t found[2]; /* XXH3-128 of the data files it found */
};

/* For people: what fails when a segment cannot be written or opened, most often for want of room. */
#define SEGMENT_UNWRITTEN "intermediate results cannot be written (they go to the folder of --run, or to TMPDIR)"
#define SEGMENT_UNOPENED "intermediate results cannot be opened"

struct runfolder;
struct memo;
struct noted;
struct pairs;
struct revisit;

struct blob {
    const char *at;
    uint64_t size, sum; /* XXH3-64, in run folders */
    uint64_t name[2];   /* of its segment there */
};
struct lookups;

struct map_task {
    uint64_t first, items;
};

struct run {
    const struct plan *plan;
    const struct run_request *request;
    struct diag *diag;
    struct tables tables;
    struct store store;
    struct host_step *step;
    struct inputs inputs;
    uint32_t *large;           /* inputs that may be cut */
    uint32_t larges;
    struct map_task *task;
    uint32_t tasks;
    struct doc_index index;
    uint32_t pass;
    uint32_t parts;            /* of each round of the pass */
    uint64_t share;            /* bytes of memory a worker may use */
    uint64_t memory_limit;     /* what it is held to, but for one large document at a time: reading.c */
    uint32_t *round;           /* rounds of the pass, in plan order */
    uint32_t rounds;
    struct segment *made;      /* segments of the reduces and finishes of a pass, the next one's inbox */
    uint32_t mades;
    struct segment **kept;     /* all arrays of segments, to close */
    uint32_t *kept_count;
    uint32_t *kept_docs;       /* 1: tasks of documents */
    uint32_t kepts;
    /* [tasks] in the maps of a later pass: what these tasks were in an earlier run; NULL: not asked */
    struct segment *prior;
    struct corpus *corpus;     /* [plan->layers] */
    struct blob *blob;         /* [plan->rounds] */
    struct blob *blob_before;  /* [plan->rounds], during visits in a run folder: as the run before shared them */
    struct lookups *lookups;   /* during visits: lookup.h; NULL: nobody asks */
    uint64_t *stands;          /* [passes + 2] bits of layers, and of SUM_*, that the blocks of a pass may have */
    struct work work;
    uint64_t deaths, counted;  /* so far, in document order */
    int stopped;               /* exit code that ends the run, 0: none */
    /* results */
    const char **stored[2];    /* notes of both kinds, stored records, sorted */
    uint64_t stored_count[2];
    uint64_t noted[2];         /* how many there were before too many of a kind were joined */
    struct assay_run record;
    struct arena arena;
    struct bytes own_notes;    /* notes made by the parent: struct note + stored, each behind a uint64_t size */
    int large_fd;              /* locked while a large document is in work */
    int out_fd;                /* the real stdout; 1 is stderr while plugins may print there */
    int home;                  /* the working folder, whatever a plugin calls so later */
    pid_t pid;                 /* of the host: in the names of outputs under construction */
    struct segment *spool;     /* [2 * writers]: stdout's bytes; the list of outputs */
    _Atomic uint32_t *writer;  /* [writers], shared: WRITER_* */
    int writers_exit;
    int stays;                 /* 1: the result kept in the run folder is that of this run */
    int written;               /* 1: the outputs are in place; only the folder is being tidied */
    struct progress *progress;
    struct runfolder *folder;  /* NULL: nothing is kept */
    _Atomic uint32_t *fatal;   /* shared: exit code that a worker asks for, RUN_PLUGIN or RUN_INTERNAL; 0: none */
    int checks;                /* 1: all that plugins hand over is looked at first */
};

/* hosttable.c: a table for every step. */
void host_fill(struct run *, uint32_t step);
/* Makes one line of a plugin's message, which may have been cut: control bytes become blanks, a torn character goes. */
void message_tidy(char *message);
/* Calls around a hook: what fail said is forgotten; the result is what counts. */
void hook_begin(struct work *, uint32_t step, uint32_t hook);
assay_status hook_end(struct work *, assay_status);
/* The host itself fails the hook in hand. */
__attribute__((format(printf, 4, 5)))
assay_status hook_fail(struct work *, assay_status, uint32_t code, const char *format, ...);
/* The process' work, if the hook in hand is one of `hooks` (bits 1 << kind); else NULL, and the hook is lost. */
struct work *host_enter(const struct assay_host *, uint32_t hooks, const char *function);
struct run *host_run(const struct assay_host *);
const struct table_view *host_slot(const struct assay_host *, struct work *, uint32_t slot);
int work_open(struct run *, struct worker *);
void work_close(struct run *);

/* host_read.c, host_doc.c, host_round.c, host_write.c fill their part of the table. */
void host_fill_read(struct assay_host *);
void host_fill_doc(struct assay_host *);
void host_fill_round(struct assay_host *);
void host_fill_write(struct assay_host *);
/* host_check.c: puts the checks before a filled table. */
void host_check_fill(struct host_step *);

/* notes.c */
struct failing {
    struct assay_text doc, path, key, message;
    uint64_t line, begin;
    uint32_t has_line, has_begin, step, stage, code, death, ordinal;
};
int note_failure(struct run *, const struct failing *);
int note_skipped(struct run *, struct assay_text path, struct assay_text reason, uint64_t bytes, uint32_t ordinal);
int note_parent_failure(struct run *, const struct failing *);
int note_parent_skipped(struct run *, struct assay_text path, struct assay_text reason, uint64_t bytes);
/* What a fault or a hook's bad status says as failure. */
#define FAULT_ROOM 192
void failing_fault(struct failing *, const struct pool_fault *, char *room, size_t size);
void failing_hook(struct failing *, const struct work *, assay_status);
/* Collects all notes of all segments, sorts them. 0: out of memory. */
int notes_collect(struct run *);
/* Says on stderr how many failures there are, and the first. Only where there is one. */
void notes_say(struct run *);
/* Parent: counts a whole task's deaths in order; != 0: too many. */
int notes_deaths(struct run *, const struct segment *);

/* steps.c: the chain on one document. */
/* < 0: the run cannot go on. */
int steps_document(struct run *);
/* Stores the document as a block and lists it. < 0: the run cannot go on. */
int steps_seal(struct run *, int text);
/* One round's map on the live document, where what it needs is there. < 0: the run cannot go on. */
int steps_map(struct run *, const struct plan_round *);
/* 1: the map may add to its own document. */
int steps_adds(const struct run *, const struct plan_round *);
/* The keys that the same map looks up in shared blobs for this document. 0: not known; -1: the map is not called. */
int steps_looks(struct run *, const struct plan_round *, struct assay_list *);
/* Under which of them the blobs differ from those of the run before. 0: it could not be told. */
int steps_differs(struct run *, const struct plan_round *, struct assay_list *);
/* A hook asked to stop the run: says so in the task. -1. */
int steps_fatal(struct run *, const char *hook);

/* A key for people: as it is where it is plain text, else in hex. */
struct assay_text key_text(const void *key, uint32_t size, char *room, size_t most);

/* combine.c: writes what a task emitted for a round as its sections, with fewer values where the plugin can join them.
 * -1: the run cannot go on. */
int combine_sections(struct run *, const struct emit_run *, uint64_t runs, uint32_t round, struct foot_section *);

/* inbox.c: in the maps of a later pass, what the rounds before made for documents. */
/* Brings it to an opened document. 0: out of memory. */
int inbox_deliver(struct run *, struct assay_doc *, uint32_t number);
/* Has the disk begin with what the hooks of the next documents of the task will ask for. */
void inbox_ahead(struct run *, uint32_t task, uint32_t ordinal);
/* One number for all that is on its way to a document in layers with these bits; UINT64_MAX: in all layers. -1:
 * errno. */
int inbox_sum(struct run *, uint32_t number, uint64_t layers, uint64_t *sum);
/* 1: the layer comes that way in this pass. */
int inbox_brings(const struct run *, uint32_t layer);
/* Frees what is kept for other documents, at the end of a task. */
void inboxes_close(struct run *);

/* The round whose finish is task `task` of the pass, or NULL. */
const struct plan_round *finish_of(const struct run *, uint32_t task);

/* mapstage.c, reducestage.c, results.c, cut.c */
int map_stage(struct run *);
/* Opens the document in a later pass, with what came for it. 0: out of memory. */
int visit_open(struct run *, uint32_t number);
int reduce_stage(struct run *);
/* Gives back what the rounds before made and nobody reads any more: records for documents stand in their blocks since
 * this pass, private ones for the corpus were read by the round's finish. */
void reduce_drop(struct run *);
int results_stage(struct run *);
int cut_inputs(struct run *);
int tasks_make(struct run *);
/* Writes what is in the buffers and stores the progress. -1: errno. */
int work_flush(struct run *);
/* Made rows of the unit in hand are more than should wait in memory: they are written, as a block that counts only when
 * the unit is done. -1: errno. */
int work_spill(struct run *run);
/* The unit in hand failed: what it made is forgotten. -1: errno. */
int work_undo(struct run *run);
/* Writes what is in the buffers but not emissions; what waits for them is not stored as progress. */
int work_flush_rest(struct run *);
/* Once in a while, lets go of the pages of segments in files, so that a walk over all of them stays within memory. */
void work_relax(struct run *);
/* The same at once. */
void work_relax_now(struct run *);
/* Lists a document of the task whose block's payload is at `at`; head NULL: one that was passed over. -1: out of
 * memory. */
int work_doc(struct work *, const struct doc_head *, uint64_t at);
/* The unit in hand is done: flushes where it is time to. -1: errno. */
int work_unit(struct run *);
/* Goes on in the segment where a dead worker stopped; lists what is there. -1: errno. */
int work_resume(struct run *, struct worker *, struct segment *);
/* The sums of a stored document: sums.c. 0: out of memory. */
int work_sums(struct work *, const struct doc_head *);
/* The table of sections, last block of the segment, and all that is still in the buffer; blob: what a finish shares, at
 * that place of the segment. The task is whole then. -1: errno. */
int work_foot(struct run *, const struct foot_section *, uint64_t sections, uint64_t blob_at, uint64_t blob_size);
/* work_say, and the stream is closed. -1, which a task returns. */
int32_t work_failed(struct run *, const char *what);
/* Files of the host, or the process' limits, are not what they were: ends this worker; another one goes on, looking
 * after each hook for the one that did it. Does nothing in the host's own process. */
void work_robbed(struct run *);
/* The same, if limits were lowered: where something failed that may have failed for it. */
void work_check_limits(struct run *);
/* Behind a hook, and before one that is called within it: after a worker was robbed, ends this one if the hook in hand
 * closed files of the host or lowered limits, which is to blame then. */
void work_look_after(struct work *);
/* Why the task cannot go on, from errno, unless something was said already. */
void work_say(struct run *, const char *what);
/* Before the end of a task: its last document's memory is wanted for the sections. */
void work_shrink(struct run *);
/* Gives back the room of what stands in sections now. */
void work_punch(struct work *);

/* stage.c */
/* Exit code that a worker asked for; 0: none did. */
int asked_exit(struct run *);
/* Runs `tasks` tasks as a job of the pool; `run`, `whole`, `before` as in pool.h. RUN_DONE, or the exit code that ends
 * the run, said. */
int pool_stage(struct run *, const char *what, uint32_t tasks, int32_t (*run)(void *, struct worker *),
               int (*whole)(void *, uint32_t), const uint64_t *before);
/* `n` segments to write to, closed with the run. NULL: said. */
struct segment *segments_new(struct run *, uint32_t n);
/* The same, but nothing is made ready for them: they are opened as files that are there, or stay closed. */
struct segment *segments_none(struct run *, uint32_t n);
/* Those of a stage; in a run folder, they have no files until runfolder_segments. of_docs: of documents, which stay to
 * be visited. */
struct segment *segments_stage(struct run *, uint32_t n, int of_docs);
/* Maps them all. -1: one cannot be mapped, or has no foot. */
int segments_map(struct segment *, uint32_t n);

#endif
