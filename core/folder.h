/* SPDX-License-Identifier: Apache-2.0
 *
 * Run folders (--run DIR): what tasks made is kept by name, so that a later run over the same inputs does only what is
 * new, and an interrupted one goes on where it was.
 *
 *     DIR/assay-run        what this folder is: version of the form, name of the chain
 *     DIR/lock             locked (fcntl) by the host and by its workers while they work here; a dead run holds
 *                          nothing, and what plugins leave behind neither
 *     DIR/manifest         which inputs each task of pass 0 read
 *     DIR/tasks/NAME.SUM   a finished task's segment; SUM is the XXH3-64 of its bytes
 *     DIR/tasks/NAME.part  an unfinished one
 *     DIR/tasks/NAME.SUM.zst  a finished one, packed (pack.h); SUM is that of the bytes before
 *     DIR/verified         which of them are as they were when they were summed last: folder_trust.h
 *     DIR/memo/NAME        what a reduce made of each key: memo.h
 *     DIR/memo/visits      which finished task visited the same documents last: revisit.h
 *
 * NAME is the XXH3-128 of all that decides the content: stage, plugins, options, data files, inputs. Knows no documents
 * and no plugins. Functions give 0 or -1 with errno, unless they say otherwise.
 */
#ifndef FOLDER_H
#define FOLDER_H

#include <stdint.h>

#include "diag.h"

#define FOLDER_MARKER "assay-run"
#define FOLDER_FORM 11u /* of the folder and of the segments in it; a newer one is refused, an older one is redone */

struct folder_name {
    uint64_t low, high;
};

/* By value: < 0, 0, > 0. */
int folder_order(struct folder_name, struct folder_name);

struct folder_stamp { /* of a file, by the system; times in ns */
    uint64_t device, inode, size;
    int64_t changed, touched; /* its bytes; anything about it */
};

struct folder_file {
    struct folder_name name;
    uint64_t sum;
    uint64_t size;   /* of the file */
    uint64_t whole;  /* expanded */
    uint32_t used;   /* by this run */
    uint32_t bad;    /* its checksum was wrong */
    uint32_t packed; /* 1: .zst */
    uint32_t trusted; /* its bytes have been summed, or need not be */
    struct folder_stamp stamp;
};

/* A task of pass 0 in the last run: its items are item[first .. first + items) of the folder. */
struct folder_task {
    uint64_t first, items;
};

struct folder {
    const char *path;
    struct diag *diag;
    int dir, tasks, lock; /* descriptors */
    struct folder_file *file; /* finished, sorted by name */
    uint64_t files, room;
    uint64_t turn; /* runs so far, for folder_trust.h */
    struct folder_task *task; /* the manifest */
    uint64_t known_tasks;
    struct folder_name *item;
    uint64_t known_items;
};

/* Opens the folder, or makes it where there is none or an empty one. Refuses, with a sentence through diag and nothing
 * touched: what is no run folder, one of a newer version, of another chain, one in use, one that cannot be written.
 * `chain`: the chain file's own name, without folders. 0: refused. */
int folder_open(struct folder *, const char *path, const char *chain, struct diag *);
void folder_close(struct folder *);
/* In a worker: the folder is in use until this process ends, whatever becomes of the host. */
int folder_work(const struct folder *);

/* A finished task of that name whose bytes are whole: an open descriptor, else -1 with errno ENOENT. One whose checksum
 * is wrong is said, removed, and not there. */
int folder_find(struct folder *, struct folder_name);
/* The same where it is there packed alone, else NULL: to be expanded and compared with its sum by the caller. Valid
 * until the next folder_keep. */
struct folder_file *folder_packed(struct folder *, struct folder_name);
/* The file itself, open for reading, or -1. */
int folder_file_open(const struct folder *, const struct folder_file *);
/* Its bytes are not what its name says: said, removed, not there any more. */
void folder_spoiled(struct folder *, struct folder_file *);
/* Puts a packed file beside a plain one: 1. 0: it would save next to nothing. -1: errno. May be called in a worker, as
 * the next: `file` is not changed. */
int folder_pack(const struct folder *, const struct folder_file *);
/* Says, from errno, that the task's file cannot be read or written. */
void folder_blame(const struct folder *, struct folder_name);
/* Removes the file. */
void folder_drop(const struct folder *, const struct folder_file *);
/* This run does not need it after all; nobody can use it any more. */
void folder_leave(struct folder *, struct folder_name);
void folder_forget(struct folder *, struct folder_name);
/* Whether a finished task of that name is there, without reading it. */
int folder_has(const struct folder *, struct folder_name);
/* The unfinished task's file, made where there is none, open for reading and writing; else -1. */
int folder_part(const struct folder *, struct folder_name);
/* The part is finished: sums it and gives it its final name. Not synced: what a power cut spoils, its sum will show. */
int folder_keep(struct folder *, struct folder_name, int fd);

/* What this run's pass 0 is cut into: tasks of the last run whose items are all still there stay; all other items, in
 * their order, form new tasks of about `size` bytes. `order` [n] gets the items task by task, `end` [n] where each task
 * ends in it; gives the number of tasks, or UINT32_MAX: out of memory. */
uint32_t folder_cut(const struct folder *, const struct folder_name *item, const uint64_t *cost, uint64_t n,
                    uint64_t size, uint64_t *order, uint64_t *end);
/* How many of the items the last run knew, and how many of its items are gone. */
void folder_compare(const struct folder *, const struct folder_name *item, uint64_t n, uint64_t *known, uint64_t *gone);
/* Replaces the manifest: tasks as folder_cut gave them. */
int folder_note(struct folder *, const struct folder_name *item, const uint64_t *order, const uint64_t *end,
                uint32_t tasks);
/* Removes finished and unfinished tasks that this run did not use. Best effort; gives the bytes that stay. */
uint64_t folder_collect(struct folder *);

#endif
