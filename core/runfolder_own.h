/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of the run folder share (runfolder*.c): its state, digests, the names of tasks, packed files.
 */
#ifndef RUNFOLDER_OWN_H
#define RUNFOLDER_OWN_H

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "folder.h"
#include "runfolder.h"

struct packed_task {
    struct segment *segment; /* of the store: it gets the expanded bytes */
    struct folder_file *file;
};

/* A task of visits, whatever other documents there are, and the last segment it gave. */
struct known_visit {
    struct folder_name task, segment; /* or a round, as name_blob says it, and the segment of its blob */
    uint64_t state; /* of the blobs that were asked for: lookup_state */
    uint64_t used; /* 1: by this run */
};
#define KNOWN_VISITS "visits" /* their file in DIR/memo */
#define KEPT_RESULT "result.sum" /* in DIR: what the kept result is: runfolder_result.c */

struct runfolder {
    struct folder folder;
    struct folder_name *item; /* [inputs.items], in the order of inputs.item; shared with workers */
    uint64_t items;
    uint64_t *chunk; /* [chunks + 1]: items that a task of naming takes */
    uint32_t chunks;
    struct folder_name *task; /* names of pass 0, [run->tasks] */
    struct folder_name read;  /* of all of them together */
    uint64_t program[2];      /* XXH3-128 of the running program */
    struct packed_task *packed;       /* in work: to expand, */
    uint32_t packs;
    _Atomic uint32_t *good;           /* and how that went; */
    const struct folder_file **plain; /* to pack */
    struct known_visit *known; /* tasks of visits that are there, of the run before and of this one */
    uint64_t knowns, knowns_room;
    struct segment *was; /* [plan->rounds], during visits: of the run before, what they shared */
    uint64_t *state; /* [tasks], during visits: of the earlier ones */
    int knew;                 /* 1: they were read */
    int stays;                /* 1: the kept result */
    int memo;                 /* descriptor of DIR/memo; -1: none */
    struct folder_name *memos; /* names that this run uses */
    uint64_t memos_used;
    /* [2][plan->rounds][2], shared: keys asked for in memos, and found; the same of documents and their maps */
    _Atomic uint64_t *count;
    int amended;              /* a step with rounds changed document/1: whoever reads that depends on it */
};

/* runfolder_name.c: digests, and the names of tasks. */
static inline void name_add(XXH3_state_t *x, uint64_t n)
{
    XXH3_128bits_update(x, &n, sizeof n);
}
static inline struct folder_name name_end(const XXH3_state_t *x)
{
    XXH128_hash_t h = XXH3_128bits_digest(x);
    return (struct folder_name){h.low64, h.high64};
}
void name_add_text(XXH3_state_t *, struct assay_text);
/* The program by its bytes: a build that computes otherwise must not find what another one made. */
void name_program(struct runfolder *);
/* Of pass 0, one by one and together. RUN_DONE or RUN_INTERNAL. */
int name_tasks(struct run *);
/* A reduce (part of `parts`) or finish of a round. It hangs on all documents (document frequencies), on its step up to
 * this round, on what that reads of others, and on nothing else. */
struct folder_name name_round(const struct run *, const struct plan_round *, enum runfolder_stage, uint32_t part,
                              int amended);
/* What a round made of its keys, whatever the inputs were (memo.h). */
struct folder_name name_memo(const struct run *, const struct plan_round *, uint32_t part);
/* A task of visits by all that decides what it makes but for what its maps see of other documents and of shared blobs:
 * revisit.h. */
struct folder_name name_visit(const struct run *, uint32_t task);
/* What a round shares, as the pass in hand asks for it, whatever the inputs were. */
struct folder_name name_blob(const struct run *, uint32_t round);
/* The result, by the tasks of this run as they are. */
struct folder_name name_result(const struct run *);
/* Task i of the stage in hand. */
struct folder_name name_task(const struct run *, uint32_t task, enum runfolder_stage);

/* runfolder.c: the file of an unfinished task; `*before` gets how far it is. -1: errno. */
int open_part(struct run *, struct segment *, struct folder_name, int resume, uint64_t *before);

/* runfolder.c: bytes of all files in DIR/memo. */
uint64_t memo_bytes(const struct runfolder *);

/* runfolder_prior.c: the run is done; visits that it did not make are forgotten. */
void drop_known(struct runfolder *);

/* runfolder_pack.c */
/* Expands runfolder.packed[n] in workers; good[i] becomes 1 where the bytes are those that were packed. RUN_DONE, or
 * why not. */
int pack_expand_all(struct run *, uint32_t n, _Atomic uint32_t *good);
/* The run is done, and what nobody needs is gone; `bytes` stay. Packs them where the chain's `compress` says so. */
void pack_all(struct run *, uint64_t bytes);

#endif
