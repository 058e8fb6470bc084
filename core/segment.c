/* SPDX-License-Identifier: Apache-2.0 */
#include "segment.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "backref.h"
#include "transient.h"

#define PAGE 4096u
#define THROUGH 262144u   /* payloads from here on are not copied into the buffer */

int store_open(struct store *store, uint64_t memory)
{
    void *page = mmap(NULL, sizeof *store->used, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return -1;
    const char *folder = getenv("TMPDIR");
    const char *spill = getenv("ASSAY_SPILL"); /* for tests: every segment a file */
    *store = (struct store){
        .used = page, .in_memory = spill && *spill ? 0 : memory / 2, .folder = folder && *folder ? folder : "/var/tmp"};
    return 0;
}

void store_close(struct store *store)
{
    if (store->used)
        munmap((void *)store->used, sizeof *store->used);
    store->used = NULL;
}

static int unlinked_file(const char *folder)
{
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        return fd;
    char name[4096]; /* a file system without O_TMPFILE */
    size_t size = strlen(folder);
    if (size + 20 > sizeof name) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(name, folder, size);
    memcpy(name + size, "/assay-XXXXXX", 14);
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0)
        unlink(name);
    return fd;
}

int segment_create(struct store *store, struct segment *segment, int spill)
{
    *segment = (struct segment){.memory = -1, .file = -1};
    segment->memory = memfd_create("assay", MFD_CLOEXEC);
    if (segment->memory < 0)
        return -1;
    if (!spill)
        return 0;
    segment->file = unlinked_file(store->folder);
    if (segment->file >= 0)
        return 0;
    close(segment->memory);
    segment->memory = -1;
    return -1;
}

static uint64_t fd_size(int fd)
{
    struct stat st;
    return fd < 0 || fstat(fd, &st) ? 0 : (uint64_t)st.st_size;
}

/* What was given back: never below nothing, whatever was counted twice. */
static void use_less(const struct store *store, uint64_t size)
{
    uint64_t used = atomic_load(store->used);
    while (!atomic_compare_exchange_weak(store->used, &used, used > size ? used - size : 0))
        ;
}

int segment_fd(const struct store *store, const struct segment *segment, int resume)
{
    if (segment->file < 0)
        return segment->memory;
    if (segment->memory < 0) /* in a run folder */
        return segment->file;
    if (resume)
        return fd_size(segment->file) ? segment->file : segment->memory;
    return atomic_load(store->used) < store->in_memory ? segment->memory : segment->file;
}

int segment_spool(const struct segment *segment)
{
    return segment->file < 0 ? segment->memory : segment->file;
}

int segment_map(struct segment *segment)
{
    uint64_t in_file = fd_size(segment->file);
    uint64_t size = in_file ? in_file : fd_size(segment->memory);
    if (segment->at && segment->size == size)
        return 0;
    segment_unmap(segment);
    if (!size) {
        segment->at = "";
        return 0;
    }
    void *at = mmap(NULL, size, PROT_READ, MAP_SHARED, in_file ? segment->file : segment->memory, 0);
    if (at == MAP_FAILED)
        return -1;
    segment->at = at;
    segment->size = size;
    segment->in_file = in_file != 0;
    return 0;
}

void segment_unmap(struct segment *segment)
{
    if (segment->size)
        munmap((void *)(uintptr_t)segment->at, segment->size);
    if (segment->apart)
        munmap((void *)(uintptr_t)segment->apart, segment->size);
    segment->at = segment->apart = NULL;
    segment->size = 0;
}

const char *segment_apart(struct segment *segment)
{
    if (segment->apart)
        return segment->apart;
    if (!segment->in_file || !segment->size)
        return segment->at;
    void *at = mmap(NULL, segment->size, PROT_READ, MAP_SHARED, segment->file, 0);
    if (at == MAP_FAILED)
        return segment->at;
    madvise(at, segment->size, MADV_RANDOM);
    segment->apart = at;
    return at;
}

void segment_ahead(const struct segment *segment, uint64_t at, uint64_t size)
{
    if (segment->in_file && size)
        posix_fadvise(segment->file, (off_t)at, (off_t)size, POSIX_FADV_WILLNEED);
}

void segment_behind(const struct segment *segment, uint64_t to)
{
    if (segment->in_file && to)
        madvise((void *)(uintptr_t)segment->at, to,
                MADV_DONTNEED); /* the last page too: its neighbour brings it back */
}

void segment_relax(const struct segment *segment, uint64_t to)
{
    to &= ~(uint64_t)(PAGE - 1); /* what lies behind may be wanted at once */
    if (!segment->in_file || !to)
        return;
    madvise((void *)(uintptr_t)segment->at, to, MADV_DONTNEED);
    if (segment->apart)
        madvise((void *)(uintptr_t)segment->apart, to, MADV_DONTNEED);
}

void segment_close(struct store *store, struct segment *segment)
{
    segment_unmap(segment);
    uint64_t size = fd_size(segment->memory) + fd_size(segment->file);
    if (store->used)
        use_less(store, size);
    if (segment->memory >= 0)
        close(segment->memory);
    if (segment->file >= 0)
        close(segment->file);
    *segment = (struct segment){.memory = -1, .file = -1};
}

int stream_open(struct stream *stream, struct store *store, const struct segment *segment, uint64_t from)
{
    *stream = (struct stream){.store = store, .fd = segment_fd(store, segment, from > 0), .at = from};
    if (file_note(stream->fd, &stream->id))
        return -1;
    uint64_t old = fd_size(stream->fd);
    if (old != from && ftruncate(stream->fd, (off_t)from))
        return -1;
    if (old > from)
        use_less(store, old - from);
    int other = stream->fd == segment->file ? segment->memory : segment->file;
    if (!from && fd_size(other)) { /* a dead worker chose otherwise */
        use_less(store, fd_size(other));
        if (ftruncate(other, 0))
            return -1;
    }
    return 0;
}

struct block block_head(uint32_t kind, uint32_t tag, uint64_t size, uint64_t units)
{
    const uint64_t most = (UINT64_C(1) << BLOCK_SIZE_BITS) - 8;
    return (struct block){.kind = kind,
                          .tag = tag,
                          .size = (size < most ? size : most) & ((UINT64_C(1) << BLOCK_SIZE_BITS) - 1),
                          .units = units & ((UINT64_C(1) << BLOCK_UNITS_BITS) - 1)};
}

uint64_t stream_begin(struct stream *stream, uint32_t kind, uint32_t tag)
{
    struct block block = block_head(kind, tag, 0, 0);
    uint64_t begun = stream->buf.size;
    bytes_add(&stream->buf, &block, sizeof block);
    return begun;
}

int stream_end(struct stream *stream, uint64_t begun, uint64_t units)
{
    bytes_align(&stream->buf, 8);
    if (stream->buf.failed) {
        errno = ENOMEM;
        return -1;
    }
    struct block *block = (struct block *)(void *)(stream->buf.at + begun);
    *block = block_head(block->kind, block->tag, stream->buf.size - begun - sizeof *block, units);
    return 0;
}

static int write_out(struct stream *stream, const char *bytes, uint64_t size)
{
    if (size && !file_is(stream->fd, &stream->id)) {
        errno = EBADF;
        return -1;
    }
    for (uint64_t done = 0; done < size;) {
        ssize_t n = pwrite(stream->fd, bytes + done, size - done, (off_t)(stream->at + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            if (!n)
                errno = ENOSPC;
            return -1;
        }
        done += (uint64_t)n;
    }
    stream->at += size;
    atomic_fetch_add(stream->store->used, size);
    if (stream->sum)
        XXH3_64bits_update(stream->sum, bytes, size);
    return 0;
}

int stream_flush(struct stream *stream)
{
    if (stream->transients && transients_settle(stream->transients, stream))
        return -1;
    if (write_out(stream, stream->buf.at, stream->buf.size))
        return -1;
    stream->buf.size = 0;
    return 0;
}

int stream_block(struct stream *stream, uint32_t kind, uint32_t tag, uint64_t units, const void *payload, uint64_t size,
                 uint64_t *at)
{
    struct block block = block_head(kind, tag, size, units);
    if (!bytes_add(&stream->buf, &block, sizeof block)) {
        errno = ENOMEM;
        return -1;
    }
    *at = stream_size(stream);
    if (size < THROUGH && bytes_add(&stream->buf, payload, size))
        return 0;
    stream->buf.failed = 0;
    return stream_flush(stream) || write_out(stream, payload, size) ? -1 : 0;
}

int stream_cut(struct stream *stream, uint64_t to)
{
    stream->buf.failed = 0;
    if (stream->transients) /* of documents that are cut off, too: all of them */
        transients_clear(stream->transients);
    if (stream->backrefs)
        backref_clear(stream->backrefs);
    if (to >= stream->at) {
        stream->buf.size = to - stream->at;
        return 0;
    }
    stream->buf.size = 0;
    use_less(stream->store, stream->at - to);
    stream->at = to;
    return ftruncate(stream->fd, (off_t)to);
}

void stream_close(struct stream *stream)
{
    bytes_free(&stream->buf);
}

void stream_punch(struct stream *stream, uint64_t from, uint64_t size, uint64_t before)
{
    if (size >= SEGMENT_HOLE &&
        !fallocate(stream->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)from, (off_t)size))
        use_less(stream->store, size - before);
}

const struct block *block_next(const char *map, uint64_t end, uint64_t *at)
{
    if (end < sizeof(struct block) || *at > end - sizeof(struct block))
        return NULL;
    const struct block *block = (const struct block *)(const void *)(map + *at);
    if (block->size > end - *at - sizeof *block || block->size % 8) /* what a killed worker left: no block */
        return NULL;
    *at += sizeof *block + block->size;
    return block;
}
