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
    int memo;                 /* descriptor of DIR/memo; -1: none */
    struct folder_name *memos; /* names that this run uses */
    uint64_t memos_used;
    _Atomic uint64_t *count;  /* [plan->rounds][2], shared: keys asked for in memos, and found */
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
/* A reduce (part of `parts`) or finish of a round. It hangs on all documents (document frequencies), on its step up to this
 * round, on what that reads of others, and on nothing else. */
struct folder_name name_round(const struct run *, const struct plan_round *, enum runfolder_stage, uint32_t part, int amended);
/* What a round made of its keys, whatever the inputs were (memo.h). */
struct folder_name name_memo(const struct run *, const struct plan_round *, uint32_t part);
/* Task i of the stage in hand. */
struct folder_name name_task(const struct run *, uint32_t task, enum runfolder_stage);

/* runfolder_pack.c */
/* Expands runfolder.packed[n] in workers; good[i] becomes 1 where the bytes are those that were packed. RUN_DONE, or why not. */
int pack_expand_all(struct run *, uint32_t n, _Atomic uint32_t *good);
/* The run is done, and what nobody needs is gone; `bytes` stay. Packs them where the chain's `compress` says so. */
void pack_all(struct run *, uint64_t bytes);

#endif
