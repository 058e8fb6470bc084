/* SPDX-License-Identifier: Apache-2.0
 *
 * Segments: the files a run's texts, records and emissions live in. A memfd while the sum of all is below half of the
 * chain's memory, else an unlinked file in TMPDIR; that choice is made by the first write. Written with pwrite, read by
 * mapping once whole: nobody but us can shrink them.
 *
 * A segment is a row of blocks, each a head and a payload of 8-byte aligned size. All fail with -1 and errno.
 */
#ifndef SEGMENT_H
#define SEGMENT_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "files.h"

struct store {
    _Atomic uint64_t *used; /* bytes in all segments, in shared memory */
    uint64_t in_memory;     /* above it new segments become files */
    const char *folder;     /* for those files */
};

int store_open(struct store *, uint64_t memory);
void store_close(struct store *);

struct segment {
    int memory, file; /* descriptors, -1: none; the one that holds bytes is the segment */
    uint64_t name[2]; /* in a run folder */
    uint32_t part;    /* 1: there, and not finished yet */
    const char *at;   /* mapping, NULL: not mapped */
    const char *apart; /* of a file: the same bytes once more, for single places; NULL: not mapped */
    uint64_t size;    /* of the mapping */
    int in_file;      /* 1: what is mapped is a file */
};

/* Before workers are forked. With `spill` == 0 no file is made ready: for what is known to be small. */
int segment_create(struct store *, struct segment *, int spill);
/* The descriptor to write to, chosen once, by the one worker that writes. `resume`: bytes were written before. */
int segment_fd(const struct store *, const struct segment *, int resume);
/* The descriptor for what may be large and is never mapped: the file, where one could be made ready. */
int segment_spool(const struct segment *);
/* Maps the whole segment read-only; again if it has grown. An empty one maps to "" and size 0. */
int segment_map(struct segment *);
void segment_unmap(struct segment *);
/* The mapping to read single places by, here and there: of a file, the system fetches the page that is touched and not
 * its surroundings, which can be thousands of times as much. */
const char *segment_apart(struct segment *);
/* Bytes at [at, at + size) of a mapped segment are going to be read: the disk may begin. Best effort. */
void segment_ahead(const struct segment *, uint64_t at, uint64_t size);
/* Lets go of a mapped file's pages before `to`; what is read again comes from the disk's cache. Pointers stay good. */
void segment_relax(const struct segment *, uint64_t to);
/* The same of its bytes before `to`: they were walked over. */
void segment_behind(const struct segment *, uint64_t to);
void segment_close(struct store *, struct segment *);

#define BLOCK_DOC 0x31434f44u  /* a document, or what a later pass adds to it: document.h */
#define BLOCK_ITEM 0x3154494cu /* an input's end: mapstage.h */
#define BLOCK_NOTE 0x3154454eu /* a failure or skipped record */
#define BLOCK_EMIT 0x3154494du /* emissions of one round: shuffle.h */
#define BLOCK_MADE 0x3144414du /* records for documents and the corpus: made.h */
#define BLOCK_MARK 0x314b524du /* sum of all since the mark before: an interrupted run goes on behind the last good */
#define BLOCK_OVER 0x5245564fu /* first of a segment that stands above another: an interrupted run begins it anew */
#define BLOCK_TRANSIENT 0x44495341u /* records of the documents before it that are forgotten early: transient.h */
#define BLOCK_FOOT 0x31544f46u /* the table of sections, last block of a finished task */

#define BLOCK_SIZE_BITS 40u /* as in a task's progress: pool.h */
#define BLOCK_UNITS_BITS 24u
struct block {
    uint32_t kind;
    uint32_t tag;                       /* by kind */
    uint64_t size : BLOCK_SIZE_BITS;    /* of the payload */
    uint64_t units : BLOCK_UNITS_BITS;  /* units done when the block and all before it are there */
};

/* Appending to a segment. */
struct transients;
struct backrefs;
struct stream {
    struct store *store;
    int fd;
    struct file_id id; /* what fd leads to: where a plugin closed it, writing fails with EBADF */
    uint64_t at;      /* bytes in the file */
    struct bytes buf; /* behind them */
    void *sum;         /* XXH3_state_t of all that was written, where somebody wants it; not the stream's own */
    struct transients *transients; /* records that are forgotten early; NULL: none apart; not the stream's own */
    struct backrefs *backrefs;  /* texts that were put last; NULL: each is put in any case; not the stream's own */
};

/* Goes on behind `from` bytes; what lies behind is cut off. */
int stream_open(struct stream *, struct store *, const struct segment *, uint64_t from);
/* Starts a block in the buffer; add its payload to stream->buf, then end it. `units` as in struct block. */
uint64_t stream_begin(struct stream *, uint32_t kind, uint32_t tag);
int stream_end(struct stream *, uint64_t begun, uint64_t units);
/* The head of a block; a size that it cannot tell becomes the largest. */
struct block block_head(uint32_t kind, uint32_t tag, uint64_t size, uint64_t units);
/* A whole block whose payload lies elsewhere, of a multiple of 8 bytes: large ones are written from there, so that they
 * need no memory twice. *at gets the payload's place. */
int stream_block(struct stream *, uint32_t kind, uint32_t tag, uint64_t units, const void *payload, uint64_t size,
                 uint64_t *at);
/* Writes the buffer out. */
int stream_flush(struct stream *);
/* Bytes in the segment once all is flushed. */
static inline uint64_t stream_size(const struct stream *s)
{
    return s->at + s->buf.size;
}
/* Takes back what was added from `to` on, a place where a block began. */
int stream_cut(struct stream *, uint64_t to);
void stream_close(struct stream *);
/* Gives the file's blocks at [from, from + size) back to the system. Best effort. `before`: bytes of them that were
 * given back already, but for the pages at their ends. */
void stream_punch(struct stream *, uint64_t from, uint64_t size, uint64_t before);
#define SEGMENT_HOLE 16384u /* bytes; below, a hole costs more than it gives and is not made */

/* Walks blocks of a mapping: NULL at `end`. *at moves behind the block. */
const struct block *block_next(const char *map, uint64_t end, uint64_t *at);

#endif
